"""Money that came in: remittances and bank lists against the payments of the ledger, and money that is not applied to an invoice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from archive.model.record import ReadRecord
from history.acts import near
from history.discrepancy import Discrepancy, said_of
from history.ledger import Account, Entry
from history.rows import Row

CENT = Decimal("0.005")
_SUSPENSE = re.compile(
    r"suspense|unallocated|unapplied|unidentified|unmatched|ungeklärt|klärung|nicht zugeordnet|non affect|non identifi|en attente|compte d'attente|"
    r"sin aplicar|sin asignar|sin identificar|no identificad"
)
_FX = re.compile(
    r"\bfx\b|exchange|kursdiff|wechselkurs|de change|tipo de cambio|diferencia de cambio|bank charge|bankspesen|frais bancaires|gastos bancarios|"
    r"(?<![a-z])(?:eur|gbp|usd|cad|chf|sgd|aud|jpy)\s?\d[\d.,]*\s?(?:@|zu|at|à|a)\s?\d"
)
_SMALL = Decimal("0.05")
"""The share of a payment that exchange and bank charges may take: more is a mismatch of the sum."""
_DAYS = 5


def received(told_by: list[tuple[ReadRecord, Row]], said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield what remittances and banks tell that the ledger shows with another sum or not at all, and what it holds in suspense."""
    yield from _told_and_booked(told_by, said, money)
    yield from _banked(told_by, said, money)
    yield from _in_suspense(money)


def _told_and_booked(told_by: list[tuple[ReadRecord, Row]], said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield remittances that the ledger shows with another sum, or not at all as far as it reaches."""
    paid = list(money.of("payment"))
    if not paid:
        return
    unit = paid[0].known.unit
    for read, told in told_by:
        amount, day = told.sum(), told.day or (read.record.date or "")[:10]
        if amount is None or not day or any(e.amount == amount and near(e.day, day, 14) for e in money.of("payment", "refund")):
            continue
        if told.known.unit and unit and told.known.unit != unit:
            continue
        if any(e.amount == amount and near(e.day, day, _DAYS) for e in money.bank):
            continue  # it arrived as it was told: what became of it is a matter of the bank's line
        close = sorted((e for e in paid if near(e.day, day, 7)), key=lambda e: (not near(e.day, day, 2), abs(e.amount - amount)))
        if close and not any(r.sum() == close[0].amount and near(r.day, close[0].day, 7) for _, r in told_by):
            line = close[0]
            gap = abs(line.amount - amount)
            kind = "fx" if _FX.search(line.words) or (gap <= amount * _SMALL and said_of(said, "fx", gap)) else "amount_mismatch"
            seen = [e.known for e in money.bank if e.amount == line.amount and near(e.day, line.day, _DAYS)]
            yield Discrepancy(kind, gap, unit, f"{amount:,.2f} by the remittance, {line.amount:,.2f} by the ledger", (told.known, line.known, *seen))
        elif not close and day <= money.as_of and money.entries and day >= money.entries[0].day:
            what = "a payment that was advised and that the ledger does not show"
            yield Discrepancy("unapplied_payment", amount, told.known.unit or unit, what, (told.known,))


def _banked(told_by: list[tuple[ReadRecord, Row]], said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield receipts of a bank that the ledger shows with another sum, or within its time not at all."""
    paid = list(money.of("payment"))
    if not paid:
        return
    unit = paid[0].known.unit
    for line in money.bank:
        if not line.day or not money.entries[0].day <= line.day <= money.as_of or any(_booked(line, e) for e in paid):
            continue
        booked = _nearly(line, paid, money)
        near_by = [row for read, row in told_by if near(row.day or (read.record.date or "")[:10], line.day, _DAYS)]
        advised = [row.known for row in near_by if row.sum() in (line.amount, line.original)]
        if booked is not None:
            gap = abs(booked.amount - line.amount)
            foreign = line.unit not in ("", unit) or any(k.unit not in ("", unit) for k in advised)
            kind = "fx" if foreign or _FX.search(booked.words) or _FX.search(line.words) or said_of(said, "fx", gap) else "amount_mismatch"
            what = f"{line.amount:,.2f} by the bank, {booked.amount:,.2f} by the ledger"
            yield Discrepancy(kind, gap, unit, what, (line.known, booked.known, *advised))
        else:
            what = "a receipt of the bank that the ledger does not apply to an invoice"
            yield Discrepancy("unapplied_payment", line.amount, unit, what, (line.known, *advised))


def _booked(line: Entry, entry: Entry) -> bool:
    return abs(entry.amount - line.amount) < CENT and near(entry.day, line.day, 20)


def _nearly(line: Entry, paid: list[Entry], money: Account) -> Entry | None:
    """Return the payment of the ledger that is this receipt with a slightly other sum, and no other receipt's."""
    found = [e for e in paid if near(e.day, line.day, _DAYS) and abs(e.amount - line.amount) <= line.amount * _SMALL]
    found = [e for e in found if not any(_booked(other, e) for other in money.bank)]
    return min(found, key=lambda e: abs(e.amount - line.amount), default=None)


def _in_suspense(money: Account) -> Iterator[Discrepancy]:
    for line in (*money.of("payment"), *money.bank):
        if _SUSPENSE.search(line.words):
            yield Discrepancy("unapplied_payment", line.amount, line.known.unit, "money received and not applied to an invoice", (line.known,))
    for line in money.entries:
        if _FX.search(line.words) and line.kind != "payment":
            yield Discrepancy("fx", line.amount, line.known.unit, "a line for a difference of exchange", (line.known,))


def unbooked(money: Account) -> list[Entry]:
    """Return the receipts of banks that the ledger does not show, not even with another sum; one that two lists show once."""
    paid, out = money.of("payment"), list[Entry]()
    for line in money.bank:
        known_already = any(_booked(line, e) for e in (*paid, *out)) or _nearly(line, paid, money) is not None
        if not known_already:
            out.append(line)
    return out
