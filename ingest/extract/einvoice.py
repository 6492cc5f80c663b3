"""Electronic invoices in XML: CII (ZUGFeRD 1 and 2, Factur-X, XRechnung), UBL invoices and credit notes, FatturaPA.

Text: the terms of EN 16931 by their names, the lines as a table, the totals, then everything else that the file says.  Metadata has the
terms under their numbers (`BT-1` is the number of the invoice, `BT-115` the amount due).  The lines and the totals are tables with typed
cells.  Nothing is computed or corrected: whether the sums agree is for others to say.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.model.extracted import Cell, Extracted, Participant, Scalar, Table
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.docx import Lines
from ingest.extract.einvoice_terms import COLUMNS, LINES, TERMS, Term, compiled, found, syntax_of
from ingest.extract.text import clean
from ingest.extract.xml import tree
from ingest.extract.xml_names import attr
from ingest.extract.xml_words import words

_BETWEEN = " | "
_CREDITS = frozenset(("381", "261", "262", "296", "308", "396", "420", "458", "532", "TD04", "TD08"))
_CORRECTIONS = frozenset(("384",))
_NAMES = {"cii": "CII", "ubl": "UBL", "fattura": "FatturaPA"}
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,12})?")
_LINES_MAX = 50_000


def _shown(value: etree._Element | str) -> str:
    """Return a value as it is shown: dates of format 102 as ISO 8601, the rest as it stands on one line."""
    if isinstance(value, str):
        return clean(" ".join(value.split()))
    text = clean(" ".join((value.text or "").split()))
    if attr(value, "format") == "102" and re.fullmatch(r"\d{8}", text):
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def number(text: str) -> Scalar:
    """Return a decimal as a number (xs:decimal has no exponent), anything else as the text it is."""
    if not _NUMBER.fullmatch(text):
        return text or None
    return float(text) if "." in text else int(text)


class _Invoice:
    """Puts the terms into lines and remembers what was said, so that the rest can follow."""

    def __init__(self, root: etree._Element, syntax: str) -> None:
        self.root, self.syntax, self.lines = root, syntax, Lines()
        self.said: set[etree._Element] = set()
        self.metadata: dict[str, str] = {"einvoice:syntax": _NAMES[syntax]}
        self._totals: list[tuple[Cell, ...]] = []

    def values(self, term: Term, root: etree._Element | None = None) -> list[tuple[str, etree._Element | None]]:
        """Return the values of a term, each with its element."""
        shown = [(_shown(v), None if isinstance(v, str) else v) for v in found(self.root if root is None else root, term, self.syntax)]
        return [(text, element) for text, element in shown if text]

    def put(self, term: Term, label: str = "") -> None:
        values = self.values(term)
        if not values:
            return
        kept = values[:1] if term.number != "BT-22" else values
        self.metadata[term.number] = "\n".join(text for text, _ in kept)[:2000]
        for text, element in values:
            currency = attr(element, "currencyID") if element is not None and term.money else ""
            start, end = self.lines.put(label or term.label)
            self.lines.put(": ")
            value_start, value_end = self.lines.put(text)
            self.lines.put(f" {currency}\n" if currency else "\n")
            if element is not None:
                self.said.add(element)
            if term.money:
                self._totals.append((Cell(label or term.label, start, end), Cell(number(text), value_start, value_end)))

    def table(self) -> None:
        """Put the lines of the invoice as rows; columns without a value in any line are left out."""
        result = compiled(LINES[self.syntax])(self.root)
        items = [e for e in result if isinstance(e, etree._Element)][:_LINES_MAX] if isinstance(result, list) else []
        values = [[self.values(column, item)[:1] for column in COLUMNS] for item in items]
        used = [n for n in range(len(COLUMNS)) if any(row[n] for row in values)]
        if not used:
            return
        rows: list[tuple[Cell, ...]] = [self._row([COLUMNS[n].label for n in used], [False] * len(used))]
        for row in values:
            rows.append(self._row([row[n][0][0] if row[n] else "" for n in used], [COLUMNS[n].money for n in used]))
            self.said.update(element for cell in row for _, element in cell if element is not None)
        self.lines.tables.append(Table("lines", None, tuple(rows)))

    def _row(self, shown: list[str], typed: list[bool]) -> tuple[Cell, ...]:
        cells: list[Cell] = []
        for n, text in enumerate(shown):
            if n:
                self.lines.put(_BETWEEN)
            start, end = self.lines.put(text)
            cells.append(Cell(number(text) if typed[n] else text or None, start, end))
        self.lines.put("\n")
        return tuple(cells)

    def end(self) -> None:
        if self._totals:
            self.lines.tables.append(Table("totals", None, tuple(self._totals)))


def _read(work: Work) -> Iterator[Part]:
    root, note = tree(work.content)
    syntax = syntax_of(root)
    if not syntax:
        raise CannotRead("unsupported", "It is XML, but no invoice of a kind that is known.")
    invoice = _Invoice(root, syntax)
    code = next((text for term in TERMS if term.number == "BT-3" for text, _ in invoice.values(term)), "")
    title = "Credit note" if code in _CREDITS or etree.QName(root).localname == "CreditNote" else "Corrected invoice" if code in _CORRECTIONS else "Invoice"
    for term in TERMS:
        if not term.money:
            invoice.put(term, f"{title} number" if term.number == "BT-1" else "")
    invoice.table()
    for term in TERMS:
        if term.money:
            invoice.put(term)
    invoice.end()
    rest = words(root, invoice.said)
    if rest:
        invoice.lines.put(f"\n{rest}\n")
    metadata = invoice.metadata
    people = (*(Participant("from", "", name[:300]) for name in filter(None, [metadata.get("BT-27")])),
              *(Participant("to", "", name[:300]) for name in filter(None, [metadata.get("BT-44")])))
    yield Extracted(Done(note), text="".join(invoice.lines.parts), tables=tuple(invoice.lines.tables), participants=people,
                    subject=f"{title} {metadata.get('BT-1', '')}".strip(), metadata=metadata)


EXTRACTORS = (Extractor("einvoice", "1", bids({"einvoice": 1.0}), _read),)
