"""What invoices, credits and payments show by themselves: tax above its rate, credits set against another invoice, more paid than invoiced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from archive.model.record import ReadRecord
from history.cited import Known, all_known, known
from history.discrepancy import Discrepancy
from history.file import ClientFile
from history.ledger import Account, Entry
from history.money import decimal_of
from history.terms import is_draft

_NET = re.compile(r"\W*(?:net\b|netto|sub-?total|zwischensumme|summe netto|total (?:net|ht|hors)|montant ht|base imponible|importe neto)", re.I)
_TAX = re.compile(r"\W*(?:vat|ust|mwst|umsatzsteuer|mehrwertsteuer|tva|iva|gst|hst|sales tax|tps)\b[^\n%]{0,20}?(?P<rate>\d{1,2}(?:[.,]\d{1,3})?)\s?%", re.I)
_ROUNDING = Decimal("0.05")
_MORE = Decimal("0.2")
"""A payment may exceed the one invoice that it names by this share; what is more pays for something else too."""


def invoice_checks(file: ClientFile, money: Account) -> Iterator[Discrepancy]:
    """Yield what does not agree in a paper itself, or between it and its line of the ledger, in the order of the papers."""
    held = file.by_id()
    papers = [read for i in file.copies() if (read := held[i]).record.kind in ("invoice", "credit_note") and not is_draft(read)]
    for read in papers:
        wrong = _tax(read) if read.record.kind == "invoice" else _set_against(read, money)
        if wrong is not None:
            yield wrong
    yield from _overpaid(money)


def _tax(read: ReadRecord) -> Discrepancy | None:
    """Return the tax of an invoice that is more than its rate of the net sum; None where it has several taxes or does not state both."""
    net: Known | None = None
    taxes: list[tuple[Decimal, Known]] = []
    for item in all_known(read, "amount"):
        at = item.cites[0].start
        begun = read.text.rfind("\n", 0, at) + 1
        line = read.text[begun:at]
        if _NET.match(line):
            net = net or item
        elif (m := _TAX.match(line)) and not any(k.cites == item.cites for _, k in taxes):
            taxes.append((Decimal(m["rate"].replace(",", ".")), item))
    whole, stated = decimal_of(net), decimal_of(taxes[0][1]) if len(taxes) == 1 else None
    if net is None or whole is None or stated is None:
        return None
    rate, item = taxes[0]
    due = whole * rate / 100
    gap = stated - due
    if gap <= _ROUNDING or gap > whole:
        return None  # less tax than the rate of all is what an invoice with untaxed parts shows
    what = f"{stated:,.2f} of tax on the invoice, where {rate:f}% of {whole:,.2f} are {due:,.2f}"
    return Discrepancy("amount_mismatch", gap.quantize(Decimal("0.01")), item.unit, what, (net, item))


def _set_against(read: ReadRecord, money: Account) -> Discrepancy | None:
    """Return a credit that the ledger sets against another invoice than its paper names."""
    text = read.text.upper()
    line = next((e for e in money.of("credit") if e.number and _named(e.number, text)), None)
    if line is None:
        return None
    invoices = money.of("invoice")
    meant = [e for e in invoices if e.number and _named(e.number, text)]
    booked = [e for e in invoices if e.number and _named(e.number, line.details.upper())]
    amount = known(read, "amount")
    if len(meant) == 1 and len(booked) == 1 and meant[0].number != booked[0].number and amount is not None:
        what = f"a credit for {meant[0].number} by its paper, set against {booked[0].number} in the ledger"
        return Discrepancy("other", line.amount, line.known.unit, what, (amount, line.known, meant[0].known))
    return None


def _overpaid(money: Account) -> Iterator[Discrepancy]:
    """Yield payments that name one invoice and are somewhat more than it, where the excess is no other invoice."""
    invoices = money.of("invoice")
    sums = {e.amount for e in invoices}
    for line in money.of("payment"):
        named = [e for e in invoices if e.number and re.search(r"\d", e.number) and _named(e.number, line.words.upper())]
        if len(named) != 1:
            continue
        more = line.amount - named[0].amount
        if 0 < more <= named[0].amount * _MORE and more not in sums and not _part(named[0], line, money):
            what = f"{line.amount:,.2f} paid on invoice {named[0].number} of {named[0].amount:,.2f}"
            yield Discrepancy("other", more, line.known.unit, what, (named[0].known, line.known))


def _part(invoice: Entry, line: Entry, money: Account) -> bool:
    return any(e is not line and _named(invoice.number, e.words.upper()) for e in money.of("payment", "credit"))


def _named(number: str, words: str) -> bool:
    return bool(re.search(rf"(?<![\w-]){re.escape(number.upper())}(?![\w-])", words))
