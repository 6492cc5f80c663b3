"""What a clause on a sum beyond the price comes to: its words, as amended, and where these can be counted the amount, with every figure that went in."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, all_known, cites_json, cites_of, derivation
from history.money import decimal_of
from history.reckoning import day_of
from history.rows import Row, rows
from history.terms import Paper, same_number, term

_BASES = {
    "minimum": "the minimum charge", "setup": "the set-up cost", "monthly": "the monthly charge", "balance": "the unpaid balance",
    "difference": "what was taken less than the minimum",
}  # fmt: skip
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Formula:
    """`amount` is what the clause comes to, None where that cannot be counted, and then `missing` says for want of what."""

    kind: str
    words: str
    amount: Decimal | None
    currency: str
    clause: Known
    inputs: tuple[Known, ...]
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "words": self.words,
            "amount": float(self.amount) if self.amount is not None else None,
            "currency": self.currency or None,
            "missing": list(self.missing),
            "cites": cites_json(cites_of(self.inputs)),
            "status": "derived",
            "derivation": derivation(self.words, self.inputs),
        }


def formulas(
    given: list[Paper], more: Iterable[ReadRecord], number: str | None, on: str | None, ended: Known | None, expiry: Known | None
) -> tuple[Formula, ...]:
    """Return what the clauses of the papers in force come to, one for each kind of sum.

    `more` are settlements and claims, for what is agreed there on a default; `ended` is the day of the end and `expiry` that of the term.
    """
    found: dict[str, tuple[Known, Row]] = {}
    for paper in given:
        if (on and paper.since > on[:10]) or (number and paper.contract_number and not same_number(number, paper.contract_number)):
            continue
        for row in rows(paper.read, "penalty_clause"):
            found[row.text("kind")] = (row.known, row)
    reads = list(more)
    for read in reads:
        if read.record.kind == "settlement":
            for row in rows(read, "penalty_clause"):
                found.setdefault(row.text("kind"), (row.known, row))
    return tuple(_formula(kind, clause, row, given, reads, number, on, ended, expiry) for kind, (clause, row) in sorted(found.items()))


def _formula(
    kind: str,
    clause: Known,
    row: Row,
    given: list[Paper],
    reads: list[ReadRecord],
    number: str | None,
    on: str | None,
    ended: Known | None,
    expiry: Known | None,
) -> Formula:
    inputs: list[Known] = [clause]
    missing: list[str] = []
    parts: list[str] = []
    amount: Decimal | None = None
    percent, changed = _percent(row, clause, given, number, on)
    base = row.text("base")
    if percent is not None:
        parts.append(f"{percent.normalize():f}%")
        inputs += changed
    fixed = row.sum()
    if fixed is not None and percent is None:
        amount = fixed
        parts.append(f"{fixed:,.2f}")
    elif base:
        stands = _stands_for(base, given, reads, number, on)
        if stands is None:
            missing.append(f"the sum of {_BASES.get(base, base)}")
            parts.append(_BASES.get(base, base))
        else:
            inputs.append(stands[0])
            amount = stands[1]
            parts.append(f"{amount:,.2f}")
    elif percent is not None:
        missing.append("the sum on which the per cent is reckoned")
    if amount is not None and percent is not None:
        amount = amount * percent / 100
    times = row.fields.get("times")
    if isinstance(times, int) and not isinstance(times, bool) and 0 < times < 1000:
        parts.append(f"{times}")
        amount = amount * times if amount is not None else None
    per = row.text("per")
    if per == "month" and ended and expiry:
        months = months_between(str(ended.value), str(expiry.value), row.text("count") != "down")
        inputs += [ended, expiry]
        if months is None:
            missing.append("the months from the end to the end of the term")
        parts.append(f"{months if months is not None else '?'} months from {ended.value} to {expiry.value}")
        amount = amount * months if amount is not None and months is not None else None
    elif per:
        missing.append(f"the number of {per}s")
        parts.append(f"each {per}")
        amount = None
    divisor = row.fields.get("divisor")
    if isinstance(divisor, int) and not isinstance(divisor, bool) and divisor > 0:
        parts.append(f"/ {divisor}")
        amount = amount / divisor if amount is not None else None
    if missing:
        amount = None
    value = amount.quantize(_CENT, ROUND_HALF_UP) if amount is not None else None
    words = " x ".join(parts).replace(" x / ", " / ") + (f" = {value:,.2f}" if value is not None else "")
    unit = next((k.unit for k in inputs if k.name in ("named_sum", "penalty_clause") and k.unit), "")
    return Formula(kind, words, value, unit, clause, tuple(dict.fromkeys(inputs)), tuple(missing))


def _percent(row: Row, clause: Known, given: list[Paper], number: str | None, on: str | None) -> tuple[Decimal | None, list[Known]]:
    """Return the per cent of a clause with what later papers in force put in its place, and these."""
    try:
        percent = Decimal(str(row.fields["percent"]))
    except (KeyError, ArithmeticError):
        return None, []
    if not percent.is_finite():
        return None, []
    day = next((p.day for p in given if p.read.record.record_id == clause.cites[0].record_id), "")
    changed: list[Known] = []
    for paper in given:
        if paper.day < day or (on and paper.since > on[:10]) or (number and paper.contract_number and not same_number(number, paper.contract_number)):
            continue
        for new in all_known(paper.read, "percent_replaced"):
            value = decimal_of(new)
            if value is not None and new.rule.endswith(f"replaces {percent.normalize():f}"):
                percent = value
                changed.append(new)
    return percent, changed


def _stands_for(base: str, given: list[Paper], reads: list[ReadRecord], number: str | None, on: str | None) -> tuple[Known, Decimal] | None:
    """Return the sum that a term stands for on a day, by the latest paper in force that says it, with the fact behind it."""

    sums: dict[Known, Decimal] = {}

    def of(read: ReadRecord) -> Known | None:
        named = {row.known: amount for row in rows(read, "named_sum") if row.text("base") == base and (amount := row.sum()) is not None}
        sums.update(named)
        return max(named, key=lambda k: k.confidence) if named else None

    found = term("named_sum", given, on, number, of)
    if found is None:
        found = next((k for read in reads if (k := of(read))), None)
    if found is None:
        return None
    amount = next(amount for k, amount in sums.items() if k.value == found.value and k.cites == found.cites)
    return found, amount


def months_between(first: str, last: str, part_counts: bool) -> int | None:
    """Return the months from one day to another, a part of one counted as one or left out; None where the days are none or the wrong way round."""
    begun, end = day_of(first), day_of(last)
    if begun is None or end is None or end < begun:
        return None
    months = (end.year - begun.year) * 12 + end.month - begun.month
    if _on(begun, months) > end:
        months -= 1
    return months + (1 if part_counts and _on(begun, months) < end else 0)


def _on(start: date, months: int) -> date:
    """Return the day so many months on; from the last day of a month it is the last day again."""
    counted = start.month - 1 + months
    year, month = start.year + counted // 12, counted % 12 + 1
    length = calendar.monthrange(year, month)[1]
    ends = start.day == calendar.monthrange(start.year, start.month)[1]
    return date(year, month, length if ends else min(start.day, length))
