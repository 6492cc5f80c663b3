"""Records that documents mention, that are not held, and of which somebody says that they cannot be found, were not handed over or never came."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation
from history.file import ClientFile
from history.rows import Row, rows

_DISTINCT = frozenset({"side_letter", "guarantee", "waiver", "plan", "audit_report", "cause_report"})
_NUMBERED = {"invoice": ("invoice",), "credit_note": ("credit_note",)}
"""Papers that are told apart by their number, with the kinds of record as which they are held."""
_LETTERED = frozenset({"annex"})
"""Papers that are told apart by a short number, whatever their day."""
_HEAD_CHARS = 1500
_TITLE_CHARS = 200
_MESSAGES = frozenset({"email", "chat", "call_transcript", "call_note", "meeting_note", "legal_letter", "claim", "counterclaim", "notice", "review"})
_ALIKE = (
    frozenset({"side_letter", "letter", "amendment", "waiver"}),
    frozenset({"email", "letter", "waiver"}),
    frozenset({"plan", "report", "memo"}),
    frozenset({"minutes", "report", "memo"}),
    frozenset({"certificate", "report", "minutes"}),
    frozenset({"audit_report", "report"}),
    frozenset({"cause_report", "report"}),
)
_KINDS = {
    "email": ("email", "notice", "claim", "settlement"),
    "letter": ("legal_letter", "notice", "claim", "counterclaim"),
    "report": ("sla_report", "review", "survey"),
    "minutes": ("meeting_note", "review", "call_note"),
    "amendment": ("amendment",),
    "recording": ("call_transcript",),
    "order": ("sow", "contract", "amendment"),
    "memo": ("call_note", "meeting_note", "other"),
}
"""As which kinds of record a paper of that sort would be held."""


@dataclass(frozen=True, slots=True)
class Gap:
    """`paper` is its sort, `day` as far as told, `number` where it has one; `missed` are the words that say it is not there, `mentioned` all other mentions."""

    paper: str
    day: str
    missed: tuple[Known, ...]
    mentioned: tuple[Known, ...]
    number: str = ""

    def as_json(self) -> dict[str, Any]:
        when = f" of {self.day.removeprefix('--')}" if self.day else ""
        return {
            "what": f"{self.paper.replace('_', ' ').capitalize()}{f' {self.number}' if self.number else ''}{when}, mentioned and not held",
            "cites": cites_json(cites_of((*self.missed, *self.mentioned))),
            "status": "derived",
            "derivation": derivation("somebody says that it is not there, and no record of that day and sort is held", (*self.missed, *self.mentioned)),
        }


@dataclass(slots=True)
class _Group:
    paper: str
    day: str
    number: str = ""
    missed: list[Known] = field(default_factory=list)
    mentioned: list[Known] = field(default_factory=list)


def gaps(file: ClientFile) -> tuple[Gap, ...]:
    """Return what is missed, each paper once: the day and the sort tell papers apart; words without a day belong to the one paper of that sort."""
    held, copies = file.by_id(), file.copies()
    reads = [r for i, others in copies.items() for r in (held[i], *others)]
    missed = [(r, row) for r in reads for row in rows(r, "missing_paper")]
    named = [(r, row) for r in reads for row in rows(r, "mentions_paper")]
    numbered = _numbered(file, missed, named)
    missed = [(r, row) for r, row in missed if row.text("paper") not in _NUMBERED]
    groups: list[_Group] = []
    for read, row in sorted(missed, key=lambda x: (not x[1].text("day"), len(x[1].text("day")) != 10)):
        paper, day = row.text("paper"), _dated(row, read)
        number = row.text("number").upper()
        lettered = paper in _LETTERED and number
        group = next((g for g in groups if (g.paper == paper and g.number == number if lettered else _same(g, paper, day))), None)
        if group is None and not day:
            alike = [g for g in groups if _likened(g.paper, paper)]
            group = alike[0] if alike and not lettered else None
            if group is None and paper not in _DISTINCT and not lettered:
                continue
        if group is None:
            group = _Group(paper, day)
            groups.append(group)
        group.missed.append(row.known)
        group.number = group.number or row.text("number").upper()
        if paper in _DISTINCT:
            group.paper = paper
    out = []
    for group in groups:
        if group.paper in _LETTERED and _annexed(group, file):
            continue
        if (group.day and _is_held(group, file)) or (group.number and group.paper not in _LETTERED and _numbered_paper(group, file)):
            continue
        for read, row in named:
            if (group.paper in _LETTERED and row.text("paper") == group.paper and row.text("number").upper() == group.number) or \
                    _same(group, row.text("paper"), _dated(row, read)) or (row.text("paper") == group.paper and group.paper in _DISTINCT):
                group.mentioned.append(row.known)
        if group.day or group.paper in _DISTINCT or (group.paper in _LETTERED and group.number):
            out.append(Gap(group.paper, group.day, tuple(dict.fromkeys(group.missed)), tuple(dict.fromkeys(group.mentioned)), group.number))
    return (*out, *numbered)


def _numbered(file: ClientFile, missed: list[tuple[ReadRecord, Row]], named: list[tuple[ReadRecord, Row]]) -> list[Gap]:
    """Return the invoices and credit notes that are missed by their number, and whose paper is not held."""
    out: dict[tuple[str, str], Gap] = {}
    for _, row in missed:
        paper, number = row.text("paper"), row.text("number").upper()
        kinds = _NUMBERED.get(paper)
        if kinds is None or not number:
            continue
        heads = (r.text[:_HEAD_CHARS].upper() for r in file.records if r.record.kind in kinds)
        if any(re.search(rf"(?<![\w-]){re.escape(number)}(?![\w-])", head) for head in heads):
            continue
        first = out.get((paper, number), Gap(paper, "", (), (), number))
        out[(paper, number)] = Gap(paper, "", tuple(dict.fromkeys((*first.missed, row.known))), first.mentioned, number)
    booked = [(row.text("number").upper(), row.known) for i in file.copies() for row in rows(file.by_id()[i], "ledger_row")] if out else []
    for (paper, number), gap in out.items():
        more = [row.known for _, row in named if row.text("paper") == paper and row.text("number").upper() == number]
        more += [k for n, k in booked if n == number]
        out[(paper, number)] = Gap(paper, "", gap.missed, tuple(dict.fromkeys(more)), number)
    return list(out.values())


def _dated(row: Row, read: ReadRecord) -> str:
    """Return the day with a year where the record tells which: a day without one is the last such day before the record's date."""
    day, on = row.text("day"), (read.record.date or "")[:10]
    if day.startswith("--") and on:
        year = int(on[:4]) if on[:4].isdigit() else 0
        return f"{year if day[2:] <= on[5:] else year - 1}-{day[2:]}" if year else day
    return day


def _same(group: _Group, paper: str, day: str) -> bool:
    if not (group.day and day and _likened(group.paper, paper)):
        return False
    short, long = sorted((group.day, day), key=len)
    return long.startswith(short) or (short.startswith("--") and long.endswith(short[2:])) or (long.startswith("--") and short.endswith(long[2:]))


def _likened(a: str, b: str) -> bool:
    return a == b or any(a in sorts and b in sorts for sorts in _ALIKE)


def _is_held(group: _Group, file: ClientFile) -> bool:
    """Say whether a record of that day is held that may be the paper: of a kind that such papers have."""
    kinds, telling = _KINDS.get(group.paper), {c.record_id for k in group.missed for c in k.cites}
    same_day = (r.record for r in file.records if len(group.day) == 10 and (r.record.date or "")[:10] == group.day)
    return any((kinds is None or r.kind in kinds) and r.record_id not in telling for r in same_day)


def _annexed(group: _Group, file: ClientFile) -> bool:
    """Say whether a paper is held whose name or title is that annex."""
    called = re.compile(rf"\b(?:annex|annexe|appendix|schedule|exhibit|anlage|anhang|beilage|anexo)\W{{1,4}}(?:\./)?{re.escape(group.number)}\b", re.I)
    papers = (r for r in file.records if r.record.kind not in _MESSAGES)
    return any(called.search(r.record.name.replace("_", " ")) or called.search(r.text, 0, _TITLE_CHARS) for r in papers)


def _numbered_paper(group: _Group, file: ClientFile) -> bool:
    """Say whether a paper is held that bears the number in its title: no letter or mail, and none of those that miss it."""
    telling = {c.record_id for k in group.missed for c in k.cites}
    papers = (r for r in file.records if r.record.kind not in _MESSAGES and r.record.record_id not in telling)
    return any(group.number in f"{r.record.name} {r.text[:_TITLE_CHARS]}".upper() for r in papers)
