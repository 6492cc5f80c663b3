"""What a ledger adds up to: facts `invoiced_total`, `paid_total`, `credited_total`, `refunded_total` and `outstanding`, cited by the cells summed.

Taxes are included as the ledger has them. `outstanding` is the balance on the last line where there is one, and agrees or not with
invoiced - paid - credited + refunded: that is said in its basis.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from archive.model.extracted import Table
from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import currency_of
from ingest.enrich.day_forms import Order, order_named, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold
from ingest.enrich.ledger_lines import Line, bank_lines, heading, ledger_lines, number_in, opening
from ingest.enrich.row_values import row

_MOST = 3000
_SUSPENSE = re.compile(r"suspense|unidentified|unallocated|unapplied|unmatched|ungeklart|klarung|nicht zugeordnet|verrechnungskonto|non affecte|"
    r"non identifie|compte d'attente|"
                       r"sin (?:aplicar|asignar|identificar)|no identificad|cuenta transitoria")
_BANK = re.compile(r"(?<![a-z])(?:banks?|bank ?(?:statement|list)|lockbox|iban|kontoauszug\w*|bankauszug\w*|umsatz(?:liste|e)?|releves? (?:de compte|"
    r"bancaires?)|banque|"
                   r"extractos?|banco|bancari[oa]s?)(?![a-z])")

_NAMES = {"invoice": "invoiced_total", "payment": "paid_total", "credit": "credited_total", "refund": "refunded_total"}


def billing(doc: Doc, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the totals of the first table that is a ledger with invoices; of a kind with no lines the total is 0, cited by the heading.

    With them its lines, as facts `ledger_row` (JSON: `day`, `kind`, `amount`, `number`, `details`); of a list without invoices and kinds, as a
    bank gives it, and of a ledger's further tables of money in suspense the facts `bank_row` (JSON: `day`, `amount`, `details`; `original` and
    `unit` for money that came in another currency).  At most 3,000 lines.
    """
    order, currency = order_named(doc.folded, doc.name, order_of(doc.folded, None)), currency_of(doc, evidence)
    for number, table in enumerate(doc.extracted.tables):
        lines = ledger_lines(table, order)
        if any(line.kind == "invoice" for line in lines):
            rest = [t for other, t in enumerate(doc.extracted.tables) if other != number]
            suspense = _received(doc, rest, currency, order, only=_SUSPENSE)
            return _totals(doc, table, lines, currency) + _begun(doc, table, order, currency) + _rows(doc, lines, currency) + suspense
    return _received(doc, doc.extracted.tables, currency, order)


def bank_list(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the `bank_row` facts of a table of no known kind that its name, its folders or its first lines call a bank's."""
    if kind != "other" or doc.form != "table" or not _BANK.search(" ".join((doc.name, *doc.folders[-2:], doc.folded[:400]))):
        return ()
    order, currency = order_named(doc.folded, doc.name, order_of(doc.folded, None)), currency_of(doc, evidence)
    if any(line.kind == "invoice" for table in doc.extracted.tables for line in ledger_lines(table, order)):
        return ()
    return _received(doc, doc.extracted.tables, currency, order)


def _received(doc: Doc, tables: Sequence[Table], currency: str, order: Order, only: re.Pattern[str] | None = None) -> tuple[Fact, ...]:
    found = [line for table in tables for line in bank_lines(table, order) if only is None or only.search(fold(line.details))][:_MOST]
    return tuple(
        Fact("bank_row", row(day=line.day, amount=format(line.amount, "f"), details=line.details, unit=line.unit or None,
                             original=format(line.original, "f") if line.original is not None else None),
             (doc.passage(line.start, line.end),), "line of a bank's list", currency, confidence=0.85)
        for line in found)


def _begun(doc: Doc, table: Table, order: Order, currency: str) -> tuple[Fact, ...]:
    found = opening(table, order)
    if found is None:
        return ()
    amount, cell = found
    return (Fact("opening_balance", format(amount, "f"), (doc.passage(cell.start, cell.end),), "opening balance of the ledger", currency, confidence=0.85),)


def _rows(doc: Doc, lines: list[Line], currency: str) -> tuple[Fact, ...]:
    return tuple(
        Fact("ledger_row", row(day=line.day, kind=line.kind, amount=format(line.amount, "f"), number=line.number or None, details=line.details or None),
             (doc.passage(line.start, line.end),), f"line of the ledger: {line.kind}", currency, confidence=0.9)
        for line in lines[:_MOST])


def _totals(doc: Doc, table: Table, lines: list[Line], currency: str) -> tuple[Fact, ...]:
    facts, sums = [], {}
    whole = table.rows[heading(table) or 0]
    head = doc.passage(whole[0].start, max(c.end for c in whole))
    for kind, name in _NAMES.items():
        of_kind = [line for line in lines if line.kind == kind]
        total = sum((line.amount for line in of_kind), Decimal(0))
        sums[kind] = total
        passages = tuple(doc.passage(line.cell.start, line.cell.end) for line in of_kind) or (head,)
        facts.append(Fact(name, format(total, "f"), passages, f"sum of {len(of_kind)} {kind} lines", currency,
            "derived", 0.85 if of_kind else 0.7))
    computed = sums["invoice"] - sums["payment"] - sums["credit"] + sums["refund"]
    last = next((line.balance for line in reversed(lines) if line.balance is not None and number_in(line.balance) is not None), None)
    shown = number_in(last) if last is not None else None
    if last is not None and shown is not None:
        agrees = abs(shown - computed) < Decimal("0.005")
        basis = "balance on the last line; " + ("agrees with the sums of the lines" if agrees else
            f"the lines add up to {format(computed, 'f')}")
        facts.append(Fact("outstanding", format(shown, "f"), (doc.passage(last.start, last.end),), basis, currency,
            "extracted", 0.95 if agrees else 0.6))
    else:
        passages = tuple(p for f in facts for p in f.passages)
        facts.append(Fact("outstanding", format(computed, "f"), passages, "invoiced - paid - credited + refunded", currency,
            "derived", 0.8))
    return tuple(facts)
