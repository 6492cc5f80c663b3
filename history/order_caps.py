"""Invoices above the written order: what was invoiced under an order that gives a sum not to be exceeded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from archive.model.record import ReadRecord
from history.cited import Known, all_known, known
from history.discrepancy import Discrepancy
from history.file import ClientFile
from history.money import decimal_of
from history.rows import rows
from history.terms import is_draft

_NET = re.compile(r"\W*(?:net\b|netto|sub-?total|zwischensumme|summe netto|total (?:net|ht|hors)|hors taxe|montant ht|base imponible|importe neto|"
    r"subtotal)", re.I)


def above_order(file: ClientFile) -> Iterator[Discrepancy]:
    """Yield for each order with a cap by how much the invoices that name it exceed it, before tax where they give a net sum."""
    held = file.by_id()
    reads = [held[i] for i in file.copies() if not is_draft(held[i])]
    capped = [(r, found) for r in reads if (found := rows(r, "order_cap"))]
    if not capped:
        return
    bills = [(r, k) for r in reads if r.record.kind == "invoice" and (k := _net(r)) is not None]
    for _, found in capped:
        for row in found:
            cap, number = row.sum(), row.text("order")
            if cap is None or not number:
                continue
            named = [(r, k) for r, k in bills if _names_order(r, number) and not r.record.near_duplicate_of]
            total = sum((decimal_of(k) or Decimal(0) for _, k in named), Decimal(0))
            if named and total > cap:
                what = f"{total:,.2f} invoiced under order {number}, which gives at most {cap:,.2f}"
                yield Discrepancy("amount_mismatch", total - cap, row.known.unit, what, (row.known, *(k for _, k in named)))


def _names_order(invoice: ReadRecord, number: str) -> bool:
    words = r"(?:order|po|auftrag|bestellung|commande|bon de commande|pedido|encargo)"
    return bool(re.search(rf"\b{words}\W{{0,3}}(?:no|nr|n°|nº|num|number|numéro|número)?\W{{0,3}}{re.escape(number)}(?![\w])", invoice.text, re.I))


def _net(invoice: ReadRecord) -> Known | None:
    """Return the sum before tax that an invoice gives, else its total."""
    for item in all_known(invoice, "amount"):
        start = item.cites[0].start
        line = invoice.text[invoice.text.rfind("\n", 0, start) + 1 : start]
        if _NET.match(line):
            return item
    return known(invoice, "amount")
