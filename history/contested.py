"""Open sums that the other side contests: a final statement or a reminder becomes a claim by the denial that answers it.

A reminder that nobody denies is ordinary business and no dispute.  What the same side asks for afterwards, of what was denied, is a further claim.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from archive.model.record import ReadRecord
from history.acts import Act, side_of_record
from history.cited import Known, cites_of
from history.file import ClientFile, carrier_of, is_mail, once_a_file
from history.reckoning import day_of
from history.rows import Row, rows
from history.sides import Sides, direction, sides_of
from history.terms import dated_by, is_draft

ANSWER_DAYS = 180
"""A denial later than this after a demand does not answer it."""
FURTHER_DAYS = 400


@dataclass(frozen=True, slots=True)
class Contest:
    """`steps` are claims and responses in order; `told` for each denial with a sum what the writer's books say and what it denies."""

    steps: tuple[Act, ...]
    told: tuple[tuple[Decimal, Decimal, Known, Known], ...]


@dataclass(frozen=True, slots=True)
class _Said:
    read: ReadRecord
    row: Row
    by: str
    day: str
    thread: str | None
    why: Known | None


@once_a_file
def contested(file: ClientFile) -> Contest:
    """Return the demands that are contested, as claims, with the denials, as responses; nothing where no demand is."""
    sides = sides_of(file)
    asked, denied = _said(file, sides, "demand"), _said(file, sides, "contests")
    steps: list[Act] = []
    told: list[tuple[Decimal, Decimal, Known, Known]] = []
    answered: set[str] = set()
    for denial in denied:
        before = [d for d in asked if d.by != denial.by and 0 <= _days(d.day, denial.day) <= ANSWER_DAYS and _answers(denial, d)]
        if not before:
            continue
        demand = before[-1]
        if demand.read.record.record_id not in answered:
            answered.add(demand.read.record.record_id)
            steps.append(_act("claim", demand, (denial.row.known,)))
        steps.append(_act("response", denial, (demand.row.known,)))
        says = denial.row.sum("says")
        if says is not None and (sum_ := demand.row.sum()) is not None and says != sum_:
            told.append((sum_, says, demand.row.known, denial.row.known))
    if steps:
        side, last = steps[0].by, max(s.day for s in steps if s.kind == "response")
        for d in asked:
            told_before = any(s.kind == "claim" and s.amount == d.row.sum() for s in steps)
            if d.by == side and 0 < _days(last, d.day) <= FURTHER_DAYS and not told_before:
                steps.append(_act("claim", d, ()))
    return Contest(tuple(sorted(steps, key=lambda a: a.day)), tuple(told))


def _answers(denial: _Said, demand: _Said) -> bool:
    """Say whether a denial answers a demand: it names its sum, lies in its thread, or speaks of a statement where the demand is one."""
    sum_ = demand.row.sum()
    if sum_ is not None and sum_ in (denial.row.sum("against"), denial.row.sum("says")):
        return denial.row.sum("against") == sum_
    if denial.thread and denial.thread == demand.thread:
        return True
    return bool(denial.row.fields.get("statement") and demand.row.fields.get("statement"))


def _said(file: ClientFile, sides: Sides, name: str) -> list[_Said]:
    """Return what passed between the sides under a name, by day."""
    held, out = file.by_id(), []
    for record_id in file.copies():
        read = held[record_id]
        found = rows(read, name)
        if not found or read.record.privileged or is_draft(read) or (is_mail(read) and direction(read, sides)[0] == "internal"):
            continue
        by, why = side_of_record(read, held, sides)
        if by is None and name == "demand" and not is_mail(read):
            by = "provider"  # the account of a customer is kept, and its statement made, by who invoices
        day, carrier = (read.record.date or "")[:10], held[carrier_of(read, held)]
        if by in ("client", "provider") and day:
            out += [_Said(read, row, by, day, carrier.record.thread_id or read.record.thread_id, why) for row in found[:1]]
    return sorted(out, key=lambda s: s.day)


def _act(kind: str, said: _Said, more: tuple[Known, ...]) -> Act:
    known, read = said.row.known, said.read
    inputs = tuple(k for k in (said.why, dated_by(read), *more) if k)
    amount = said.row.sum() if kind == "claim" else None
    cites = cites_of((known, *(k for k in (said.why,) if k)))
    threads = (said.thread,) if said.thread else ()
    return Act(kind, said.day, said.by, amount, known.unit, known, inputs, cites, (read.record.record_id,), said.thread, threads=threads)


def _days(first: str, last: str) -> int:
    a, b = day_of(first), day_of(last)
    return (b - a).days if a and b else -1
