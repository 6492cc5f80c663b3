"""What was agreed, and what of it was in force on a day: the latest signed paper that speaks goes before earlier ones."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from archive.model.extracted import Passage
from archive.model.record import ReadRecord
from history.cited import Known, all_known, known
from history.file import ClientFile
from history.passages import lead

_DRAFT = re.compile(r"(?:^|[\W_])(?:drafts?|entw[uü]rfe?|brouillons?|borrador(?:es)?|redline|blackline|mark-?up|unsigned|tracked)(?:[\W_]|$)", re.I)
_MARKED = re.compile(r"(?:^|\n)\W{0,4}(?:DRAFT|ENTWURF|BROUILLON|PROJET|BORRADOR)\b|\b(?i:not for signature)\b|\bnon sign[eé]\b|\bnicht zur unterschrift\b|"
                     r"\bno (?:apto )?para firma\b")
"""Marks on a paper itself that it is a draft, at the head of a line."""
_PAPERS = ("contract", "amendment", "sow")


@dataclass(frozen=True, slots=True)
class Paper:
    """A contract, amendment or statement of work that counts: `day` its own date or "" where it has none.

    `since` is the day from which it is in force: for an amendment the later of its date and the day it names for that.
    """

    read: ReadRecord
    day: str
    contract_number: str | None
    since: str = ""


def papers(file: ClientFile) -> list[Paper]:
    """Return the papers that count, earliest first; those without a date first of all. Duplicates and drafts do not count."""
    held = file.by_id()
    out = [
        Paper(held[i], day := (held[i].record.date or "")[:10], _text(known(held[i], "contract_number")), _since(held[i], day))
        for i in file.copies()
        if held[i].record.kind in _PAPERS and not is_draft(held[i])
    ]
    return sorted(out, key=lambda p: (p.day, p.read.record.kind == "amendment", p.read.record.record_id))


def _since(read: ReadRecord, day: str) -> str:
    """Return the day from which a paper is in force; the first day named as such in an amendment, when it lies behind its date."""
    named = [str(k.value)[:10] for k in all_known(read, "effective_date")] if read.record.kind == "amendment" else []
    return max(day, min(named)) if named and day else day


def is_draft(read: ReadRecord) -> bool:
    """Say whether a paper is a draft: its name or subject says so, or it stands as a near duplicate of another of its kind."""
    r = read.record
    marked = r.kind in _PAPERS and (_MARKED.search(read.text[:400]) or _MARKED.search(read.text[-600:]))
    return bool(_DRAFT.search(r.name) or _DRAFT.search(r.subject) or r.near_duplicate_of or marked)


def term(
    name: str,
    given: list[Paper],
    on: str | None = None,
    contract_number: str | None = None,
    pick: Callable[[ReadRecord], Known | None] | None = None,
) -> Known | None:
    """Return a term as it was in force on a day: from the latest paper of that contract, dated by then, that has it.

    An undated paper counts as older than any dated one.  A paper without a contract number counts for every contract.  A paper that
    changed the term is named with what it changed, in the inputs.  `pick` chooses among the readings of one paper; by default the surest.
    """
    speaking: list[tuple[Paper, Known]] = []
    for paper in given:
        if on and paper.since and paper.since > on[:10]:
            continue
        if contract_number and paper.contract_number and not same_number(contract_number, paper.contract_number):
            continue
        if found := pick(paper.read) if pick else known(paper.read, name):
            speaking.append((paper, found))
    if not speaking:
        return None
    paper, found = speaking[-1]
    earlier = tuple(k for _, k in speaking[:-1] if k.value != found.value)
    if not earlier:
        return found
    dated = dated_by(paper.read)
    return replace(
        found,
        unit=found.unit or (earlier[-1].unit if isinstance(found.value, int) else found.unit),  # another number in the place of the first: of the same days
        inputs=(*earlier, *((dated,) if dated else ())),
        rule=f"{found.rule}; the latest paper in force{f' on {on[:10]}' if on else ''}, dated {paper.day or 'nowhere'}, "
        "goes before earlier ones",
    )


def dated_by(read: ReadRecord) -> Known | None:
    """Return the date of a record as a known thing, cited by the words that give it where these are known, else by its first line."""
    if not read.record.date:
        return None
    for name in ("agreement_date", "notice_given", "effective_date"):
        found = known(read, name)
        if found and found.value == read.record.date:
            return replace(found, name="date")
    first: Passage | None = lead(read)
    if first is None:
        return None
    return Known("date", read.record.date, (read.cite(first),), f"date of the record: {read.record.bases.get('date') or 'as recorded'}")


def same_number(a: str, b: str) -> bool:
    """Say whether two contract numbers are the same or one is a supplement of the other (`X-12` and `X-12-A`)."""
    a, b = _plain(a), _plain(b)
    return bool(a and b) and (a == b or a.startswith(b) or b.startswith(a))


def _plain(number: str) -> str:
    return re.sub(r"[\W_]+", "", number).upper()


def _text(item: Known | None) -> str | None:
    return item.value if item and isinstance(item.value, str) else None
