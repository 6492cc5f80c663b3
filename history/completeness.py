"""What is not there: papers that records refer to, attachments, messages that were answered, invoices of the ledger. Each hole has a name and its proof."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, derivation
from history.file import ClientFile, is_mail
from history.gaps import Gap
from history.ledger import Account, account
from history.number_series import left_out
from history.passages import own_spans
from history.rows import rows

_ATTACHED = re.compile(
    r"\b(?:(?:please )?(?:see|find) (?:the )?(?:attached|enclosed)|(?:is|are|copy|both|letter|notice|agreement|report|invoice|"
    r"statement) (?:attached|enclosed)|attached (?:is|are|please|you will)"
    r"|anbei|im anhang|als anlage|beigefügt\w*|anliegend\w*|ci-joint\w*|en pièce jointe|voir (?:la |le )?(?:lettre |document )?joint\w*"
    r"|adjunt[oa]s?|se adjunta\w*)\b",
    re.I,
)
_REPLY = re.compile(r"^\s*(?:re|aw|sv|antw|antwort|rép|rép\.?|res)\s?(?:\[\d+\])?\s?:", re.I)
_LETTERS = frozenset({"letter", "email", "side_letter", "amendment", "guarantee", "waiver", "plan", "report", "minutes"})


@dataclass(frozen=True, slots=True)
class Hole:
    """`kind`: missed | referenced | attachment | thread | invoice | number; `what` names it; `basis` are the cited words that show it."""

    kind: str
    what: str
    basis: tuple[Known, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "what": self.what,
            "cites": cites_json(c for k in self.basis for c in k.cites),
            "status": "derived",
            "derivation": derivation("referred to and not held", self.basis),
        }


@dataclass(frozen=True, slots=True)
class Checked:
    """`holes` in the order of their kinds; `checks` by kind how many references were looked up, so that a share can be told."""

    holes: tuple[Hole, ...]
    checks: dict[str, int]


def holes(file: ClientFile, gaps: tuple[Gap, ...]) -> Checked:
    """Return the holes of a file, with the number of references that were looked up. `gaps` are those that somebody misses already."""
    checks: dict[str, int] = {"missed": len(gaps)}
    out = [Hole("missed", g.as_json()["what"], (*g.missed, *g.mentioned)) for g in gaps]
    for kind, found in (
        ("referenced", _referenced(file, gaps)),
        ("attachment", _attachments(file)),
        ("thread", _threads(file)),
        ("invoice", _invoices(file, account(file))),
        ("number", _numbers(account(file))),
    ):
        for hole in found:
            checks[kind] = checks.get(kind, 0) + 1
            if hole is not None:
                out.append(hole)
    return Checked(tuple(out), checks)


def _referenced(file: ClientFile, gaps: tuple[Gap, ...]) -> Iterator[Hole | None]:
    """Yield for each paper named with its full day whether a record of that day is held; those that are missed anyway are named there."""
    days = {(r.record.date or "")[:10] for r in file.records}
    named: dict[tuple[str, str], list[Known]] = {}
    for read in file.in_order():
        for row in rows(read, "mentions_paper"):
            if row.day and row.text("paper") in _LETTERS and row.day <= (read.record.date or "9999")[:10]:
                named.setdefault((row.text("paper"), row.day), []).append(row.known)
    for (paper, day), basis in named.items():
        if any(g.day == day for g in gaps):
            continue
        held = day in days or any(day in _written(r) for r in file.records)
        yield None if held else Hole("referenced", f"{paper.replace('_', ' ')} of {day}", tuple(basis))


def _written(read: ReadRecord) -> set[str]:
    """Return the days that a paper gives itself by other facts than its date: of the notice it is, of its signing."""
    return {str(f.value)[:10] for f in read.facts if f.name in ("agreement_date", "effective_date", "notice_given") and f.value}


def _attachments(file: ClientFile) -> Iterator[Hole | None]:
    for read in file.in_order():
        if not is_mail(read) or read.record.duplicate_of:
            continue
        for start, end in own_spans(read):
            if m := _ATTACHED.search(read.text, start, end):
                passage = read.passage(m.start(), m.end())
                basis = Known("attached", passage.quote, (read.cite(passage),), "words of an attachment, and the mail carries none")
                yield None if read.record.children else Hole("attachment", f"attachment of the mail of {read.record.date or 'unknown date'}", (basis,))
                break


def _threads(file: ClientFile) -> Iterator[Hole | None]:
    """Yield for each reply whether an earlier message of its thread is held."""
    first: dict[str, str] = {}
    for read in file.records:
        r = read.record
        if r.thread_id and is_mail(read):
            when = r.sent_at or r.date or ""
            first[r.thread_id] = min(first.get(r.thread_id, when), when)
    for read in file.in_order():
        r = read.record
        if not is_mail(read) or not _REPLY.match(r.subject) or r.duplicate_of:
            continue
        earlier = bool(r.thread_id) and first.get(r.thread_id or "", "") < (r.sent_at or r.date or "")
        words = next((p for a, b in own_spans(read) if (p := _first_words(read, a, b)) is not None), None)
        if words is None:
            continue
        yield None if earlier else Hole("thread", f"message answered by the mail of {r.date or 'unknown date'}", (words,))


def _first_words(read: ReadRecord, start: int, end: int) -> Known | None:
    m = re.compile(r"\S[^\n]{0,120}").search(read.text, start, end)
    return Known("reply", read.record.subject, (read.cite(read.passage(m.start(), m.end())),), "the subject says that it answers") if m else None


def _numbers(money: Account) -> Iterator[Hole | None]:
    """Yield for each number of a series of the ledger whether it is there; the holes are cited by the lines beside them."""
    for kind in ("invoice", "credit"):
        lines = {e.number: e for e in money.of(kind) if e.number}
        yield from (None for _ in lines)
        for hole in left_out(lines):
            basis = (lines[hole.before].known, lines[hole.after].known)
            yield Hole("number", f"{kind} {hole.number}, left out between {hole.before} and {hole.after}", basis)


def _invoices(file: ClientFile, money: Account) -> Iterator[Hole | None]:
    """Yield for each invoice and credit note of the ledger whether its paper is held: a paper of that kind names its number in its head."""
    papers = [r.text[:1500].lower() for r in file.records if r.record.kind in ("invoice", "credit_note")]
    if not papers:
        return
    for line in money.of("invoice", "credit"):
        if not re.search(r"\d", line.number):
            continue
        held = any(line.number.lower() in text for text in papers)
        yield None if held else Hole("invoice", f"paper of {line.kind} {line.number}", (line.known,))
