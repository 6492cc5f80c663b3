"""Where the account does not reconcile: ledger lines against invoices, credit notes, remittances, bank lists, and what mails say of it.

Nothing is netted: each entry is listed with its sum and its documents, also one that was put right later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model.record import ReadRecord
from history.acts import near
from history.cited import Known, all_known, cites_json, cites_of, derivation, known
from history.file import ClientFile
from history.ledger import Account, Entry, account, advices
from history.money import decimal_of
from history.rows import Row, rows

_CENT = Decimal("0.005")
_CANCELS = re.compile(
    r"cancel|void|issued in error|in error|duplicate|storno|stornier|irrtümlich|doppelt|annul|par erreur|émise par erreur|doublon|anula|por error|duplicad"
)
_TWICE = re.compile(r"twice|double|duplicate|doppelt|zweimal|en double|deux fois|doublon|dos veces|duplicad")
_SUSPENSE = re.compile(
    r"suspense|unallocated|unapplied|on account|ungeklärt|klärung|"
    r"nicht zugeordnet|non affect|en attente|sin aplicar|sin asignar|no identificad"
)
_FX = re.compile(r"\bfx\b|exchange|kursdiff|wechselkurs|de change|tipo de cambio|diferencia de cambio|bank charge|bankspesen")
_SMALL = Decimal("0.05")
"""The share of a payment that exchange and bank charges may take: more is a mismatch of the sum."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`amount` is what does not agree, in `currency`; `basis` are the cited facts that do not go together."""

    kind: str
    amount: Decimal
    currency: str
    what: str
    basis: tuple[Known, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "amount": float(self.amount),
            "currency": self.currency or None,
            "what": self.what,
            "cites": cites_json(cites_of(self.basis)),
            "status": "derived",
            "derivation": derivation(self.what, self.basis),
        }


def discrepancies(file: ClientFile, money: Account | None = None) -> tuple[Discrepancy, ...]:
    """Return what does not reconcile, by kind; one matter that shows in several places stands once."""
    money = money or account(file)
    told = advices(file)
    said = [row for r in file.in_order() for row in rows(r, "account_says")]
    out: list[Discrepancy] = []
    taken: set[tuple[str, Decimal]] = set()
    booked = (*_told_and_booked(told, said, money), *_in_suspense(money), *_papers(file, money))
    for found in (*_twice_billed(file, money), *_twice_paid(said, money), *booked):
        key = (found.kind, found.amount)
        if key not in taken and found.amount > _CENT:
            taken.add(key)
            out.append(_with_mails(found, said))
    return tuple(out)


def _invoices(file: ClientFile, kind: str = "invoice") -> list[tuple[ReadRecord, Known]]:
    held = file.by_id()
    return [(held[i], k) for i in file.copies() if held[i].record.kind == kind and (k := known(held[i], "amount")) and decimal_of(k) is not None]


def number_of(read: ReadRecord, money: Account) -> Entry | None:
    """Return the ledger line of an invoice or credit note: its number stands in the head of the paper."""
    head = read.text[:1200].lower()
    named = [e for e in money.of("invoice", "credit", "refund") if e.number and re.search(rf"(?<![\w-]){re.escape(e.number.lower())}(?![\w-])", head)]
    kinds = ("invoice",) if read.record.kind == "invoice" else ("credit", "refund")
    own = [e for e in named if e.kind in kinds]
    return min(own, key=lambda e: head.find(e.number.lower())) if own else None


def _twice_billed(file: ClientFile, money: Account) -> Iterator[Discrepancy]:
    """Yield invoices for what was invoiced before: near duplicates, and lines cancelled in full beside another one for the same thing."""
    held = file.by_id()
    for read, amount in _invoices(file):
        first = held.get(read.record.near_duplicate_of or "")
        total = decimal_of(amount)
        if first is not None and first.record.kind == "invoice" and total is not None:
            line = number_of(read, money)
            cancelled = [e.known for e in money.of("credit") if line is not None and _names(e.words, line.number)]
            earlier = known(first, "amount")
            basis = tuple(k for k in (amount, earlier, line.known if line else None, *cancelled) if k)
            yield Discrepancy("duplicate_invoice", total, amount.unit, "an invoice for what another one had invoiced", basis)
    lines = money.of("invoice")
    for credit in money.of("credit"):
        if not _CANCELS.search(credit.words):
            continue
        for line in lines:
            if abs(line.amount - credit.amount) > _CENT or line.day > credit.day or not _names(credit.words, line.number):
                continue
            close = [e for e in lines if e is not line and near(e.day, line.day, 31)]
            twin = next((e for e in close if e.amount == line.amount or _alike(e.details, line.details)), None)
            if twin is not None:
                basis = (line.known, twin.known, credit.known)
                what = "an invoice beside another for the same thing, cancelled by a credit"
                yield Discrepancy("duplicate_invoice", line.amount, line.known.unit, what, basis)
    for number, line in enumerate(lines):
        for twin in lines[number + 1 :]:
            if twin.amount == line.amount and twin.number != line.number and _alike(twin.details, line.details, 0.8) and near(twin.day, line.day, 20):
                what = "two invoices of one sum with the same words"
                yield Discrepancy("duplicate_invoice", line.amount, line.known.unit, what, (line.known, twin.known))


def _twice_paid(sayings: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield payments made twice: two of one sum within a month, where the ledger or a mail says so or the sum was paid back."""
    paid = money.of("payment")
    for number, line in enumerate(paid):
        for twin in paid[number + 1 :]:
            if twin.amount != line.amount or not near(twin.day, line.day, 31):
                continue
            back = [e for e in money.of("refund") if e.amount == line.amount and e.day >= twin.day]
            said = _said(sayings, "other", line.amount)
            if _TWICE.search(twin.words) or back or said:
                basis = (line.known, twin.known, *(e.known for e in back[:1]), *said[:3])
                yield Discrepancy("other", line.amount, line.known.unit, "a payment made twice", basis)


def _told_and_booked(told_by: list[tuple[ReadRecord, Row]], said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield remittances that the ledger shows with another sum, or not at all as far as it reaches, and bank lines that it does not show."""
    paid = list(money.of("payment"))
    if not paid:
        return
    unit = paid[0].known.unit
    for read, told in told_by:
        amount, day = told.sum(), told.day or (read.record.date or "")[:10]
        if amount is None or not day or any(e.amount == amount and near(e.day, day, 14) for e in money.of("payment", "refund")):
            continue
        close = sorted((e for e in paid if near(e.day, day, 7)), key=lambda e: (not near(e.day, day, 2), abs(e.amount - amount)))
        if close and not any(r.sum() == close[0].amount and near(r.day, close[0].day, 7) for _, r in told_by):
            line = close[0]
            gap = abs(line.amount - amount)
            other_unit = bool(told.known.unit and unit and told.known.unit != unit)
            kind = "fx" if other_unit or _FX.search(line.words) or (gap <= amount * _SMALL and _said(said, "fx", gap)) else "amount_mismatch"
            if other_unit:
                continue
            seen = [e.known for e in money.bank if e.amount == line.amount and near(e.day, line.day, 5)]
            yield Discrepancy(kind, gap, unit, f"{amount:,.2f} by the remittance, {line.amount:,.2f} by the ledger", (told.known, line.known, *seen))
        elif not close and day <= money.as_of and money.entries and day >= money.entries[0].day and told.known.unit in ("", unit):
            yield Discrepancy("unapplied_payment", amount, unit, "a payment that was advised and that the ledger does not show", (told.known,))
    for line in money.bank:
        booked = any(abs(e.amount - line.amount) < _CENT and near(e.day, line.day, 20) for e in paid)
        if line.day and money.entries[0].day <= line.day <= money.as_of and not booked:
            kind = "fx" if _FX.search(line.words) else "unapplied_payment"
            yield Discrepancy(kind, line.amount, unit, "a receipt of the bank that the ledger does not show", (line.known,))


def _in_suspense(money: Account) -> Iterator[Discrepancy]:
    for line in (*money.of("payment"), *money.bank):
        if _SUSPENSE.search(line.words):
            yield Discrepancy("unapplied_payment", line.amount, line.known.unit, "money received and not applied to an invoice", (line.known,))
    for line in money.entries:
        if _FX.search(line.words) and line.kind != "payment":
            yield Discrepancy("fx", line.amount, line.known.unit, "a line for a difference of exchange", (line.known,))


def _papers(file: ClientFile, money: Account) -> Iterator[Discrepancy]:
    """Yield invoices and credit notes that the ledger shows with another sum, or not at all within the time that it covers."""
    if not money.entries:
        return
    first = money.entries[0].day
    for kind, missing in (("invoice", "missing_invoice"), ("credit_note", "unrecorded_credit")):
        for read, amount in _invoices(file, kind):
            total, line, day = decimal_of(amount), number_of(read, money), (read.record.date or "")[:10]
            if total is None:
                continue
            if line is not None:
                gap = abs(line.amount - total)
                if gap > _CENT and not any(abs(decimal_of(k) or 0) == line.amount for k in _stated(read)):
                    what = f"{total:,.2f} on the paper, {line.amount:,.2f} in the ledger"
                    yield Discrepancy("amount_mismatch", gap, amount.unit, what, (amount, line.known))
                continue
            kinds = ("invoice",) if kind == "invoice" else ("credit", "refund")
            if day and first <= day <= money.as_of and not any(abs(e.amount - total) < _CENT and near(e.day, day, 45) for e in money.of(*kinds)):
                yield Discrepancy(missing, total, amount.unit, f"a {kind.replace('_', ' ')} that the ledger does not show", (amount,))


def _stated(read: ReadRecord) -> list[Known]:
    return all_known(read, "amount")


def _said(said: list[Row], kind: str, amount: Decimal) -> list[Known]:
    return [row.known for row in said if row.text("kind") == kind and row.sum() in (None, amount)]


def _with_mails(found: Discrepancy, said: list[Row]) -> Discrepancy:
    """Return it with the mails that speak of it, by its sum and in its words, so that both sides of it are cited."""
    more = [row.known for row in said if row.sum() == found.amount][:6]
    return Discrepancy(found.kind, found.amount, found.currency, found.what, tuple(dict.fromkeys((*found.basis, *more))))


def _names(words: str, number: str) -> bool:
    """Say whether words name a number, in full or by its last part (`Cancels INV-25-0340`, `Annule 2505B`)."""
    number = number.lower().strip()
    if not number:
        return False
    tail = re.split(r"[-/ ]", number)[-1]
    return number in words or (len(tail) >= 4 and bool(re.search(rf"(?<![\w]){re.escape(tail)}(?![\w])", words)))


def _alike(a: str, b: str, least: float = 0.5) -> bool:
    one, two = ({w for w in re.findall(r"\w+", x.lower()) if len(w) > 1} for x in (a, b))
    return bool(one and two) and len(one & two) / min(len(one), len(two)) >= least
