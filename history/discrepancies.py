"""Where the account does not reconcile: ledger lines against invoices, credit notes, remittances, bank lists, and what mails say of it.

Nothing is netted: each entry is listed with its sum and its documents, also one that was put right later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from archive.model.record import ReadRecord
from history.acts import near
from history.cited import Known, all_known, known
from history.discrepancy import Discrepancy, said_of
from history.file import ClientFile, once_a_file
from history.invoice_checks import invoice_checks
from history.ledger import Account, Entry, account, advices
from history.money import decimal_of
from history.order_caps import above_order
from history.received import CENT, received
from history.rows import Row, rows

_CANCELS = re.compile(
    r"cancel|void|issued in error|in error|duplicate|storno|stornier|irrtümlich|doppelt|annul|par erreur|émise par erreur|doublon|anula|por error|duplicad"
)
_PUT_RIGHT = re.compile(
    r"\b(?:rate|price|quantity|hours) correction\b|\bcorrect(?:s|ed|ion of)? (?:the )?(?:hourly |unit |agreed |contract )?(?:rate|price|quantity)\b|"
    r"\b(?:wrong|incorrect) (?:hourly |unit )?(?:rate|price)\b|\bover-?(?:billed|billing|charged?)\b|\bkorrektur (?:des |der )?(?:stundensatz|preis|menge)\w*|"
    r"\bfalsche[rnms]? (?:stundensatz|preis)\w*|\b(?:correction|erreur) d\w+ (?:taux|tarif|prix)\b|\b(?:corrección|error) (?:de|en) (?:la |"
    r"el )?(?:tarifa|precio)\b",
    re.I,
)
"""Words of a credit that puts right what had been billed otherwise than agreed."""
_TWICE = re.compile(r"twice|double|duplicate|doppelt|zweimal|en double|deux fois|doublon|dos veces|duplicad")


@once_a_file
def discrepancies(file: ClientFile) -> tuple[Discrepancy, ...]:
    """Return what does not reconcile, by kind; one matter that shows in several places stands once."""
    money = account(file)
    told = advices(file)
    said = [row for r in file.in_order() for row in rows(r, "account_says")]
    out: dict[tuple[str, Decimal], Discrepancy] = {}
    booked = (
        *received(told, said, money), *_papers(file, money),
        *_never_came(file, said, money), *_corrected(said, money), *_rates_put_right(file, money), *above_order(file), *invoice_checks(file, money),
    )  # fmt: skip
    for found in (*_twice_billed(file, money), *_twice_paid(said, money), *booked):
        if found.amount <= CENT:
            continue
        key = (found.kind, found.amount)
        first = out.get(key)
        if first is None:
            out[key] = _with_mails(found, said)
        elif not set(found.basis) <= set(first.basis):
            out[key] = replace(first, basis=tuple(dict.fromkeys((*first.basis, *found.basis))))
    return tuple(out.values())


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
            if abs(line.amount - credit.amount) > CENT or line.day > credit.day or not _names(credit.words, line.number):
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
            said = said_of(sayings, "other", line.amount)
            if _TWICE.search(twin.words) or back or said:
                basis = (line.known, twin.known, *(e.known for e in back[:1]), *said[:3])
                yield Discrepancy("other", line.amount, line.known.unit, "a payment made twice", basis)


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
            total = abs(total)  # a credit note may write its sums with a minus
            if line is not None:
                gap = abs(line.amount - total)
                if gap > CENT and not any(abs(decimal_of(k) or 0) == line.amount for k in _stated(read)):
                    what = f"{total:,.2f} on the paper, {line.amount:,.2f} in the ledger"
                    yield Discrepancy("amount_mismatch", gap, amount.unit, what, (amount, line.known))
                continue
            kinds = ("invoice",) if kind == "invoice" else ("credit", "refund")
            if day and first <= day <= money.as_of and not any(abs(e.amount - total) < CENT and near(e.day, day, 45) for e in money.of(*kinds)):
                yield Discrepancy(missing, total, amount.unit, f"a {kind.replace('_', ' ')} that the ledger does not show", (amount,))


def _never_came(file: ClientFile, said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield invoices of the ledger of which a mail says, by their number, that they never came, and whose paper is not held."""
    if not any(row.text("kind") == "missing_invoice" for row in said):
        return
    papers = [read.text[:1500].upper() for read, _ in _invoices(file)]
    for line in money.of("invoice"):
        number = line.number.upper()
        if not re.search(r"\d", number) or any(number in text for text in papers):
            continue
        telling = [row.known for row in said if row.text("kind") == "missing_invoice" and number in row.text("reference").split()]
        if telling:
            what = f"invoice {line.number} is in the ledger; its paper is not held, and it is said never to have come"
            yield Discrepancy("missing_invoice", line.amount, line.known.unit, what, (line.known, *telling))


def _corrected(said: list[Row], money: Account) -> Iterator[Discrepancy]:
    """Yield sums of which a mail says that they were billed or paid wrong, and that the ledger shows as credited or as paid on top for it."""
    for row in said:
        amount = row.sum()
        if row.text("kind") != "amount_mismatch" or amount is None:
            continue
        lines = [e for e in money.of("credit") if e.amount == amount]
        short = [e for e in money.of("payment") if re.search(rf"(?<![\d.,]){re.escape(f'{amount:.2f}')}(?!\d)", e.words.replace(",", "."))]
        for line in (*lines[:1], *short[:1]):
            what = f"{amount:,.2f} by which a bill or a payment was wrong, by a mail and by the ledger"
            yield Discrepancy("amount_mismatch", amount, line.known.unit, what, (row.known, line.known))


def _rates_put_right(file: ClientFile, money: Account) -> Iterator[Discrepancy]:
    """Yield the credits by which, as their own words say, a rate, a price or a quantity was put right that had been billed too high."""
    notes = [(read, amount) for read, amount in _invoices(file, "credit_note") if _PUT_RIGHT.search(read.text)]
    for line in money.of("credit"):
        same = [(read, amount) for read, amount in notes if abs(abs(decimal_of(amount) or Decimal(0)) - line.amount) < CENT]
        papers = [amount for read, amount in same if _names(read.text.lower(), line.number)]
        if papers or _PUT_RIGHT.search(line.words):
            what = f"{line.amount:,.2f} billed above what was agreed, by the words of the credit that puts it right"
            yield Discrepancy("amount_mismatch", line.amount, line.known.unit, what, tuple((papers or [line.known])[:1]))


def _stated(read: ReadRecord) -> list[Known]:
    return all_known(read, "amount")


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
