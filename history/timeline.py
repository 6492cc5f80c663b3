"""Every record of a client in order of date, each entry cited; what cannot be cited is listed apart, so nothing is left out in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.fact import Cite
from archive.model.outcome import Done
from archive.model.record import RECORD_TYPES, ReadRecord, outcome_json
from history.cited import cites_json
from history.file import ClientFile
from history.passages import find, lead, one_line

_LEADING = ("dispute", "contractual", "billing", "feedback", "interaction")
"""Which of several record types an entry is filed under: the most telling one; `record_types` keeps all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record on the timeline. `copies` are its duplicates, `date_basis` how the date is known ("" when there is none)."""

    record_id: str
    date: str | None
    record_type: str | None
    record_types: tuple[str, ...]
    kind: str
    title: str
    cites: tuple[Cite, ...]
    cited_through: str
    date_basis: str
    copies: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "date": self.date,
            "record_type": self.record_type,
            "kind": self.kind,
            "title": self.title,
            "cites": cites_json(self.cites),
            "record_id": self.record_id,
            "record_types": list(self.record_types),
            "date_basis": self.date_basis or None,
            "cited_through": self.cited_through,
            "copies": list(self.copies),
        }


@dataclass(frozen=True, slots=True)
class UnreadRecord:
    """A record of which no words are known, so that nothing can be quoted from it, and why."""

    record_id: str
    source_path: str
    inner: str | None
    kind: str
    date: str | None
    reason: str
    code: str

    def as_json(self) -> dict[str, Any]:
        return {
            "record_id": self.record_id,
            "source_path": self.source_path,
            "inner": self.inner,
            "kind": self.kind,
            "date": self.date,
            "code": self.code or None,
            "reason": self.reason,
        }


def timeline(file: ClientFile) -> tuple[tuple[Entry, ...], tuple[UnreadRecord, ...]]:
    """Return all records as entries in order, undated ones last, and those that cannot be cited.

    An entry stands for a record and its duplicates.  A record without words of its own (a picture in a mail) is cited by the
    nearest parent that has some.
    """
    held = file.by_id()
    entries: list[Entry] = []
    unread: list[UnreadRecord] = []
    for record_id, copies in file.copies().items():
        read = held[record_id]
        cites, through = _cites(read, copies, held)
        if not cites:
            unread.extend(unread_record(r) for r in [read, *copies])
            continue
        r = read.record
        leading = next((t for t in _LEADING if t in r.record_types), None)
        types = tuple(t for t in RECORD_TYPES if t in r.record_types)
        entries.append(
            Entry(
                record_id,
                r.date,
                leading,
                types,
                r.kind,
                title(read),
                cites,
                through,
                r.bases.get("date", "") if r.date else "",
                tuple(c.record.record_id for c in copies),
            )
        )
    entries.sort(key=lambda e: (e.date is None, (e.date or "")[:10]))
    return tuple(entries), tuple(unread)


def _cites(read: ReadRecord, copies: list[ReadRecord], held: dict[str, ReadRecord]) -> tuple[tuple[Cite, ...], str]:
    own = tuple(r.cite(p) for r in [read, *copies] if (p := lead(r)))
    if own:
        return own, "record"
    seen: set[str] = set()
    current: ReadRecord | None = read
    while current and (parent := current.record.parent_id) and parent not in seen:
        seen.add(parent)
        current = held.get(parent)
        if current and (passage := find(current, read.record.name) or lead(current)):
            return (current.cite(passage),), "parent"
    return (), ""


def title(read: ReadRecord) -> str:
    """Return what a record is called: its subject, else its file name, else its first line."""
    first = lead(read)
    return one_line(read.record.subject or read.record.name or (first.quote if first else "") or read.record.record_id, 160)


def unread_record(read: ReadRecord) -> UnreadRecord:
    r = read.record
    told = outcome_json(r.outcome)
    reason = told.get("reason", "") or ("no text was found in it" if isinstance(r.outcome, Done) else told["status"])
    return UnreadRecord(r.record_id, r.source_paths[0] if r.source_paths else "", r.inner, r.kind, r.date, reason, told.get("code", ""))
