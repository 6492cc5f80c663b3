"""The lines of the account: of the provider's ledger that goes furthest, of bank lists, and what remittances say was paid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from archive.model.record import ReadRecord
from history.cited import Known
from history.file import ClientFile, once_a_file
from history.rows import Row, rows


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `kind` invoice | payment | credit | refund | receipt (of a bank); `day` ISO 8601 or ""; `amount` never negative.

    `original` is what a bank received in another currency `unit`, where its list says so.
    """

    day: str
    kind: str
    amount: Decimal
    number: str
    details: str
    known: Known
    record_id: str
    original: Decimal | None = None
    unit: str = ""

    @property
    def words(self) -> str:
        return f"{self.number} {self.details}".lower()


@dataclass(frozen=True, slots=True)
class Account:
    """`as_of` is the last day that the ledger shows; `ledger` its record, None where none is held."""

    ledger: ReadRecord | None
    entries: tuple[Entry, ...]
    bank: tuple[Entry, ...]
    as_of: str

    def of(self, *kinds: str) -> list[Entry]:
        return [e for e in self.entries if e.kind in kinds]


@once_a_file
def account(file: ClientFile) -> Account:
    """Return the lines of the ledger that goes furthest, and the lines of all bank lists, each once."""
    held = file.by_id()
    reads = [held[i] for i in file.copies()]
    ledgers = [(r, found) for r in reads if (found := rows(r, "ledger_row"))]
    bank = _entries(((r, row) for r in reads for row in rows(r, "bank_row")), "receipt")
    if not ledgers:
        return Account(None, (), bank, "")
    read, _ = max(ledgers, key=lambda pair: (pair[0].record.date or "", len(pair[1]), pair[0].record.record_id))
    entries = entries_of(read)
    return Account(read, entries, bank, max([read.record.date or "", *(e.day for e in entries)]))


def entries_of(read: ReadRecord) -> tuple[Entry, ...]:
    """Return the lines of one ledger by day."""
    return _entries(((read, row) for row in rows(read, "ledger_row")), "")


def _entries(found: Iterable[tuple[ReadRecord, Row]], kind: str) -> tuple[Entry, ...]:
    out: dict[tuple[str, Decimal, str], Entry] = {}
    for read, row in found:
        amount = row.sum()
        if amount is None:
            continue
        sent, unit = (row.sum("original"), row.text("unit")) if kind else (None, "")
        entry = Entry(
            row.day, kind or row.text("kind"), abs(amount), row.text("number"), row.text("details"), row.known, read.record.record_id, sent, unit
        )
        key = (entry.day, entry.amount, f"{read.record.record_id} {row.known.cites[0].start}" if not kind else entry.details)
        out.setdefault(key, entry)
    return tuple(sorted(out.values(), key=lambda e: e.day))


@once_a_file
def advices(file: ClientFile) -> list[tuple[ReadRecord, Row]]:
    """Return what remittances say: record and its facts `advice` (JSON: `day`, `amount`, `reference`)."""
    held = file.by_id()
    return [(held[i], row) for i in file.copies() for row in rows(held[i], "advice")]
