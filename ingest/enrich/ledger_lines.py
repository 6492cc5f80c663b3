"""The lines of a ledger, typed: invoice, payment, credit or refund, with the sum and the cell where it stands."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from archive.model.extracted import Cell, Table
from ingest.enrich.amounts import decimal_from
from ingest.enrich.currencies import CODES
from ingest.enrich.day_forms import Order, days
from ingest.enrich.fold import fold, words

LineKind = Literal["invoice", "payment", "credit", "refund"]

_COLUMNS: Final[dict[str, frozenset[str]]] = {
    "debit": frozenset(["debit", "debits", "soll", "charges", "charge", "lastschrift", "belastung", "debe", "cargo", "cargos", "dr"]),
    "credit": frozenset(["credit", "credits", "haben", "haber", "gutschrift", "abono", "abonos", "cr"]),
    "balance": frozenset(["balance", "saldo", "solde", "kontostand", "running"]),
    "amount": frozenset(["amount", "betrag", "montant", "importe", "value", "umsatz"]),
    "type": frozenset(["type", "typ", "art", "belegart", "buchungsart", "tipo", "kind", "transaction", "vorgang", "nature", "clase", "movimiento",
        "operacion", "txn", "trans", "trx", "tran", "entry", "category", "buchungstyp", "geschaftsvorfall"]),
    "reference": frozenset(["reference", "ref", "doc", "no", "number", "nr", "beleg", "belegnummer",
        "belegnr", "piece", "numero", "num", "documento", "document", "folio", "voucher", "vch", "comprobante", "invoice", "factura"]),
    "details": frozenset(["details", "description", "memo", "text", "buchungstext", "libelle", "concepto",
        "descripcion", "bezeichnung", "beschreibung", "narrative", "narration", "comment", "particulars", "detalle", "glosa", "remarks",
        "verwendungszweck", "observaciones"]),
    "currency": frozenset(["ccy", "currency", "cur", "curr", "wahrung", "devise", "monnaie", "divisa", "moneda"]),
    "date": frozenset(["date", "datum", "fecha", "buchungsdatum", "belegdatum", "posted", "dt", "fec", "f", "dated", "day", "buchungstag", "tag"]),
}
_SHORTENED: Final[dict[str, re.Pattern[str]]] = {
    "type": re.compile(r"bs|ba|bsymb|bu?sym(?:bol)?|buchungssymbol|belegkz|jnl|jrnl|journal|jal"),
    "reference": re.compile(r"(?!k[du]|kunde|konto|deb|kred|cust|acc|client|cuenta)[a-z]{2,12}(?:nr|nummer|num|no)"),
    "details": re.compile(r"(?:buchungs?|buch|beleg|pos)(?:text|txt|bez)"),
    "date": re.compile(r"(?:bel|beleg|buch|buchungs?|rg|re|doc|posting|post)\.?(?:dat|datum|date|dt)"),
}
"""Headings run together or cut short: `BelDat`, `BelNr`, `RgNr`; the number of an account or a customer is none of a document."""
_ORIGINAL: Final = frozenset(["orig", "original", "foreign", "fremdwahrung", "origine", "origen", "ursprung",
                              "ursprungsbetrag", "instructed"])
_CODES: Final = frozenset(CODES)
_TYPES: Final[tuple[tuple[LineKind, re.Pattern[str]], ...]] = (
    ("refund", re.compile(r"\b(?:refund(?:ed|s)?|rfd|rmb|rbt|ruckzahlung|ruckuberweisung|erstattung|remboursement|reembolso|devolucion|"
                          r"repayment|pay ?out|auszahlung)\b")),
    ("credit", re.compile(r"\b(?:credit (?:note|memo|memorandum)|credit|cn|cm|cr|crn|gs|gu|gut|gutschr|gutschrift|storno|avoir|note de credit|nc|dg|rect|rc|"
                          r"abono(?! en cuenta)|nota de (?:credito|abono)|(?:factura )?rectificativa|write[- ]?off)\b")),
    ("invoice", re.compile(r"\b(?:late[- ]payment (?:interest|charges?|fees?|compensation)|interest on (?:late|overdue) payments?|finance charges?|"
                           r"verzugszins\w*|mahngebuhr\w*|interets de (?:retard|paiement)|intereses? (?:de demora|moratorios?|por mora))\b")),
    ("payment", re.compile(r"\b(?:receipt|payment|pmt|pymt|pay|paid|rcpt|rct|rec|eft|cash|wire|ach|bacs|chaps|zahlung|zahlungseingang|ze|eingang|"
                           r"uberweisung|paiement|reglement|virement|versement|enc|"
                           r"pago|cobro|cob|transferencia|transf|trf|ingreso|deposito|spei|sepa|dz|abono en cuenta|remesa|neft|rtgs|imps|upi|cheque|"
                           r"check|chk|chq|deposit|lockbox|"
                           r"collection|part payment)\b")),
    ("invoice", re.compile(r"\b(?:invoice|inv|sales?|ventas?|verkauf|ventes?|fv|fra|ft|rv|dr|cargo|honorarios|fac|fact|facture|rechnung|rg|re|ar|"
        r"factura|bill|charge|debit note|lastschrift)\b")),
)
_OF_ALL_COLUMNS: Final = frozenset(["transaction", "txn", "trans", "trx", "tran", "entry"])
"""What a program may write over each of its columns; alone it stands over the kinds."""

_ENTRY_CODES: Final[dict[str, LineKind]] = {
    "si": "invoice", "sin": "invoice", "sinv": "invoice", "sr": "payment", "srec": "payment", "sa": "payment",
    "sc": "credit", "scn": "credit", "scr": "credit", "scrn": "credit", "sd": "credit", "sp": "refund", "spay": "refund", "srf": "refund",
}
"""Codes of accounting programs for the entries of a sales ledger, where one is all that stands in the column of kinds."""

_TOTAL = re.compile(r"^\W*(?:grand )?(?:sub)?(?:total|totaux|summe|gesamt|saldo|balance|solde|brought forward|carried forward|opening|"
                    r"closing|anfangsbestand|endbestand|ubertrag|report|saldo inicial|saldo final)")


_OPENING = re.compile(r"\b(?:opening|brought forward|b/?f|carried over|balance forward|anfangsbestand|anfangssaldo|vortrag|saldovortrag|ubertrag|"
                      r"solde (?:initial|reporte|d'ouverture)|report a nouveau|a nouveau|saldo (?:inicial|anterior|de apertura))\b")


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` is never negative for what is usual of its kind; `cell` shows it; `balance` is the cell of the running balance, or None.

    `day` is ISO 8601 or None, `number` and `details` as written; the whole line stands from `start` to `end`.
    """
    kind: LineKind
    amount: Decimal
    cell: Cell
    balance: Cell | None
    day: str | None = None
    number: str = ""
    details: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line of a bank's list: `amount` in the currency of the account; `original` what was sent in another currency `unit`, where it says so."""
    day: str
    amount: Decimal
    details: str
    start: int
    end: int
    original: Decimal | None = None
    unit: str = ""


def number_in(cell: Cell) -> Decimal | None:
    """Return the number that a cell holds, typed or written; None for an empty cell or other text."""
    value = cell.value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return Decimal(str(round(value, 6))).normalize() if isinstance(value, float) else Decimal(value)
    stripped = re.sub(r"[A-Za-z$€£\s]", "", value)
    if not stripped or not re.fullmatch(r"[-+(]?[\d.,']+[)-]?", stripped) or re.fullmatch(r"\d{1,2}[.]\d{1,2}[.]\d{2,4}", stripped):
        return None
    return decimal_from(stripped)


def ledger_lines(table: Table, order: Order = "dmy") -> list[Line]:
    """Return the typed lines of a table that is a ledger, [] for any other. A second heading line ends it."""
    head = heading(table)
    return [] if head is None else list(_typed(table, head, _columns(table.rows[head]), order))


def opening(table: Table, order: Order = "dmy") -> tuple[Decimal, Cell] | None:
    """Return what a ledger begins with, and the cell that shows it: the line of an opening balance before any other; None where there is none.

    What stands on the credit side is negative: the customer has paid ahead.
    """
    head = heading(table)
    if head is None:
        return None
    columns = _columns(table.rows[head])
    for line in table.rows[head + 1:head + 4]:
        said = " ".join(fold(str(c.value)) for c in line if isinstance(c.value, str))
        if not _OPENING.search(said):
            continue
        for name in ("balance", "debit", "credit", "amount"):
            at = columns.get(name)
            value = number_in(line[at]) if at is not None and at < len(line) else None
            if value and at is not None:
                return (-abs(value) if name == "credit" else value), line[at]
    return None


def heading(table: Table) -> int | None:
    """Return the position of the line over a ledger's columns: debit and credit, or an amount and two others; among the first twelve."""
    for number, row in enumerate(table.rows[:12]):
        columns = set(_columns(row))
        if {"debit", "credit"} <= columns or ("amount" in columns and len(columns) >= 3):
            return number
    return None


def _columns(row: tuple[Cell, ...]) -> dict[str, int]:
    out: dict[str, int] = {}
    for number, cell in enumerate(row):
        if isinstance(cell.value, str):
            held = set(words(fold(cell.value)))
            if not held.isdisjoint(_ORIGINAL):
                out.setdefault("original", number)
                continue
            if held and held <= _CODES:
                out.setdefault("amount", number)
                continue
            own = held - _OF_ALL_COLUMNS  # `Trans Date` is a date, `Transaction No.` a number
            held = own if any(not own.isdisjoint(known) for known in _COLUMNS.values()) else held
            for name, known in _COLUMNS.items():
                if name not in out and (not held.isdisjoint(known) or any(_names(name, w) for w in held)):
                    out[name] = number
                    break
    return out


def _names(column: str, word: str) -> bool:
    return column in _SHORTENED and _SHORTENED[column].fullmatch(word) is not None


def bank_lines(table: Table, order: Order = "dmy") -> list[Receipt]:
    """Return the receipts of a bank's list, which names no kinds: day, sum, words, and where the line stands; [] for any other table."""
    head = heading(table)
    if head is None:
        return []
    columns = _columns(table.rows[head])
    out = []
    for row in table.rows[head + 1:]:
        at = columns.get("amount", columns.get("credit"))
        cell = row[at] if at is not None and at < len(row) else None
        value = number_in(cell) if cell is not None else None
        day = _day(row, columns, order)
        if value and value > 0 and day:
            said = " ".join(str(c.value) for c in row if isinstance(c.value, str))
            original, unit = _original(row, columns)
            out.append(Receipt(day, value, said, row[0].start, max(c.end for c in row), original, unit))
    return out


def _original(row: tuple[Cell, ...], columns: dict[str, int]) -> tuple[Decimal | None, str]:
    """Return what was sent, and in which currency, where the list has columns for it; nothing without a code of three letters."""
    at, of = columns.get("original"), columns.get("currency")
    code = str(row[of].value or "").strip().upper() if of is not None and of < len(row) else ""
    sent = number_in(row[at]) if at is not None and at < len(row) else None
    return (sent, code) if re.fullmatch(r"[A-Z]{3}", code) else (None, "")


def _day(row: tuple[Cell, ...], columns: dict[str, int], order: Order) -> str | None:
    at = columns.get("date")
    value = row[at].value if at is not None and at < len(row) else None
    if not isinstance(value, str):
        return None
    if re.match(r"(?:19|20)\d\d-\d\d-\d\d", value):
        return value[:10]
    return next((d.value for d in days(fold(value), order)), None)


def _typed(table: Table, head: int, columns: dict[str, int], order: Order) -> Iterator[Line]:
    width = len(table.rows[head])
    for row in table.rows[head + 1:]:
        shown = [c for c in row if c.value is not None]
        if not shown:
            continue
        numbers = sum(1 for c in row if number_in(c) is not None)
        if not numbers and len(shown) >= 3 and width >= 3 and len(_columns(row)) >= 2:
            return  # another table begins
        line = _line(row, columns, order)
        if line is not None:
            yield line


def _line(row: tuple[Cell, ...], columns: dict[str, int], order: Order) -> Line | None:
    def cell(name: str) -> Cell | None:
        at = columns.get(name)
        return row[at] if at is not None and at < len(row) else None

    def text(name: str) -> str:
        found = cell(name)
        return fold(str(found.value)) if found is not None and isinstance(found.value, str) else ""

    by_type = _ENTRY_CODES.get(text("type").strip()) or _kind(text("type"))
    named = by_type or _kind(text("reference")) or _kind(text("details"))
    kind = named or _by_side(cell("debit"), cell("credit"), text("reference"))
    typed = by_type is not None  # then its words may say `balance of invoice 12`
    if any(_TOTAL.match(text(n)) for n in ("type", "reference", "details", "date") if not (typed and n == "details")) or kind is None:
        return None
    debit, credit, single = cell("debit"), cell("credit"), cell("amount")
    shown = (debit, credit) if kind in ("invoice", "refund") else (credit, debit)
    for candidate in (*shown, single):
        if candidate is not None:
            value = number_in(candidate)
            if value:
                return Line(kind, abs(value), candidate, cell("balance"), _day(row, columns, order), _written(cell("reference")),
                    _written(cell("details")), row[0].start, max(c.end for c in row))
    return None


def _by_side(debit: Cell | None, credit: Cell | None, reference: str) -> LineKind | None:
    """Return what a line with a numbered document is that no word names: a customer is charged by an invoice, and pays on the other side."""
    if debit is None or credit is None or not re.search(r"\d{2}", reference):
        return None
    charged, paid = number_in(debit), number_in(credit)
    if bool(charged) == bool(paid):
        return None
    return "invoice" if charged else "payment"


def _written(cell: Cell | None) -> str:
    return str(cell.value).strip() if cell is not None and cell.value is not None else ""


def _kind(text: str) -> LineKind | None:
    if not text:
        return None
    spaced = re.sub(r"[-_/.]", " ", text)
    for kind, pattern in _TYPES:
        if pattern.search(spaced):
            return kind
    return None
