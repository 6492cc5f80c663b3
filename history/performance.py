"""How a settlement or a ruling was carried out: the payments that fall under it, and the first day on which it was broken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from archive.model.record import ReadRecord
from history.acts import Act, near
from history.business_days import business_days_on
from history.cited import Known, cites_of, known
from history.file import ClientFile
from history.ledger import Account, Entry, advices
from history.money import decimal_of
from history.rows import rows

_UNDER = re.compile(
    r"settle|instal|compromise|vergleich|\brate\b|raten|transaction|echeance|échéance|versement|acuerdo|plazo|cuota|part\b|teil|acompte|a cuenta|award"
)
_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What has to be paid when: `dues` by day with their sums and the fact behind each; `grace` days until it is a default."""

    dues: tuple[tuple[str, Decimal, Known], ...]
    grace: int
    basis: tuple[Known, ...]


def schedule(file: ClientFile, settled: Act) -> Schedule:
    """Return the schedule of a settlement from its own papers: instalments, else the whole sum within the days it gives."""
    held = file.by_id()
    reads: list[ReadRecord] = [held[i] for i in settled.records if i in held]
    grace = next((k for r in reads if (k := known(r, "default_days"))), None)
    days = int(grace.value) if grace and isinstance(grace.value, int) and 0 <= grace.value <= 120 else 0
    for read in reads:
        lines = [(row.day, amount, row.known) for row in rows(read, "instalment") if row.day and (amount := row.sum()) is not None]
        if lines:
            return Schedule(tuple(sorted(lines, key=lambda x: x[0])), days, tuple(k for k in (grace,) if k))
    within = next((k for r in reads if (k := known(r, "settlement_days"))), None)
    if within and isinstance(within.value, int) and 0 < within.value <= 400 and settled.amount and (due := after(settled.day, within.value)):
        return Schedule(((due, settled.amount, within),), days, tuple(k for k in (grace, within) if k))
    return Schedule((), days, ())


def payments_under(file: ClientFile, money: Account, settled: Act, payer: str | None, plan: Schedule, until: str) -> list[Act]:
    """Return the payments that carry out a settlement, by the ledger's lines; by a credit or refund of the same sum where the provider pays."""
    owed = settled.amount
    if owed is None:
        return []
    if payer == "provider":
        lines = [e for e in money.of("credit", "refund") if e.day >= settled.day and abs(e.amount - owed) < _CENT]
        refunds = [e for e in lines if e.kind == "refund"]
        return [payment(file, money, e, "provider") for e in (refunds or lines)[:1]] or _by_credit_note(file, settled)
    out, left = [], owed
    parts = {amount for _, amount, _ in plan.dues} | {owed}
    for e in money.of("payment") or list(money.bank):
        if e.day < settled.day or (until and e.day >= until) or e.amount > left + _CENT:
            continue
        if e.amount in parts or _UNDER.search(e.words):
            out.append(payment(file, money, e, payer or "client"))
            left -= e.amount
    return out


def payment(file: ClientFile, money: Account, line: Entry, by: str) -> Act:
    """Return a line as an act, with the lines of a bank's list, the remittances and the credit notes that tell the same."""
    held = file.by_id()
    same = [e for e in money.bank if e is not line and e.amount == line.amount and near(e.day, line.day, 5)]
    more = [row.known for read, row in advices(file) if row.sum() == line.amount and near(row.day or (read.record.date or ""), line.day, 5)]
    if line.kind in ("credit", "refund") and line.number:
        for read in held.values():
            if read.record.kind == "credit_note" and line.number.lower() in read.text.lower() and (k := known(read, "amount")):
                more.append(k)
    inputs = (line.known, *(e.known for e in same), *more)
    return Act("payment", line.day, by, line.amount, line.known.unit, line.known, inputs[1:], cites_of(inputs), (line.record_id,))


def _by_credit_note(file: ClientFile, settled: Act) -> list[Act]:
    held = file.by_id()
    for i in file.copies():
        r = held[i]
        if r.record.kind == "credit_note" and (r.record.date or "") >= settled.day:
            k = known(r, "amount")
            if k and settled.amount is not None and decimal_of(k) == settled.amount:
                return [Act("payment", (r.record.date or "")[:10], "provider", settled.amount, k.unit, k, (), k.cites, (i,))]
    return []


def breach(file: ClientFile, money: Account, settled: Act, payer: str | None, plan: Schedule, paid: list[Act]) -> Act | None:
    """Return the first breach: the day on which the time for an instalment ran out, and what was then unpaid.

    Only as far as the ledger reaches: what it does not show yet is not unpaid.
    """
    owed = Decimal(0)
    for day, amount, basis in plan.dues:
        owed += amount
        end = after(day, plan.grace)
        if end is None or not money.as_of or end >= money.as_of:
            return None
        until = business_days_on(date.fromisoformat(end), 0).isoformat()  # what is booked on the Monday after a weekend was paid in time
        got = sum((p.amount for p in paid if p.amount is not None and p.day <= until), Decimal(0))
        if owed - got > _CENT:
            seen = [p for p in paid if p.day <= until]
            inputs = (*plan.basis, *(p.known for p in seen))
            later = [r for r in file.in_order() if r.record.kind in ("notice", "claim") and (r.record.date or "") >= end]
            told = [c for r in later for row in rows(r, "dispute_act") if row.sum() == owed - got for c in row.known.cites][:2]
            cites = tuple(dict.fromkeys((*cites_of((basis, *inputs)), *told)))
            return Act("breach", end, payer or "client", owed - got, settled.currency, basis, inputs, cites, settled.records)
    return None


def after(day: str, days: int) -> str | None:
    """Return the day so many days later; None for what is no day."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None
