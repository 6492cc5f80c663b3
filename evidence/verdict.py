"""What a check found. "Does not match" raises the alarm, "could not check" asks for patience, a note asks for neither."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["alarm", "unchecked", "note"]
Status = Literal["intact", "broken", "unchecked"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `code` for machines, `subject` the file, record or event, `what` one sentence for people."""

    level: Level
    code: str
    subject: str
    what: str

    def as_json(self) -> dict[str, str]:
        return {"level": self.level, "code": self.code, "subject": self.subject, "what": self.what}


def status_of(findings: Iterable[Finding]) -> Status:
    """Return `broken` if anything does not match, else `unchecked` if anything could not be checked, else `intact`."""
    levels = {f.level for f in findings}
    return "broken" if "alarm" in levels else "unchecked" if "unchecked" in levels else "intact"


def alarm(code: str, subject: str, what: str) -> Finding:
    return Finding("alarm", code, subject, what)


def unchecked(code: str, subject: str, what: str) -> Finding:
    return Finding("unchecked", code, subject, what)


def note(code: str, subject: str, what: str) -> Finding:
    return Finding("note", code, subject, what)


def told(status: Status, findings: Iterable[Finding], counted: str) -> str:
    """Return a verdict for people: the result first, then what was counted, then each finding on a line."""
    heads = {
        "intact": "INTACT: everything matches.",
        "broken": "BROKEN: something does not match.",
        "unchecked": "NOT CHECKED: not everything could be looked at; what could be, matches.",
    }
    words = {"alarm": "does not match", "unchecked": "could not be checked", "note": "note"}
    lines = [heads[status], counted, *(f"  {words[f.level]}: {shown(f.subject)}: {shown(f.what)}" for f in findings)]
    return "\n".join(lines) + "\n"


def shown(words: str) -> str:
    """Return words without anything that a terminal would obey."""
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in words)
