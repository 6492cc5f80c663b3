"""The settlement statement: opening + invoices - payments - credits + refunds = balance, by currency, as of any day, with what was agreed and is not booked.

The lines are those of the ledger that goes furthest in each currency, dated up to the day.  A ledger made after the day is used for its lines up to it, and
that is said.  Sums that a settlement, a ruling or an invoice fixed and that no line shows stand beside the balance, not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from archive.model.record import ReadRecord
from history.acts import near
from history.cited import Known, cites_json, cites_of, derivation, known
from history.disputes import Dispute
from history.file import ClientFile
from history.ledger import Entry, entries_of
from history.money import decimal_of
from history.passages import lead
from history.penalties import Penalty
from history.rows import rows

_SIGNS = {"invoice": 1, "payment": -1, "credit": -1, "refund": 1}
_NAMES = {"invoice": "invoiced", "payment": "paid", "credit": "credited", "refund": "refunded"}
_CENT = Decimal("0.005")
_BOOKED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Unbooked:
    """A sum that was fixed and that the ledger does not show: `amount` is positive where the client owes it, negative where the provider does."""

    what: str
    amount: Decimal
    known: Known

    def as_json(self) -> dict[str, Any]:
        backing = {"cites": cites_json(self.known.cites), "status": "derived", "derivation": derivation(self.known.rule, (self.known,))}
        return {"what": self.what, "amount": float(self.amount), **backing}


@dataclass(frozen=True, slots=True)
class Statement:
    """Sums of one currency up to the end of `as_of`; `days` gives the balance at the end of each day on which it changed."""

    currency: str
    as_of: str
    ledger: ReadRecord
    opening: Known | None
    sums: tuple[tuple[str, Decimal, tuple[Known, ...]], ...]
    days: tuple[tuple[str, Decimal], ...]
    unbooked: tuple[Unbooked, ...]

    @property
    def balance(self) -> Decimal:
        return (decimal_of(self.opening) or Decimal(0)) + sum((_SIGNS[kind] * amount for kind, amount, _ in self.sums), Decimal(0))

    @property
    def later(self) -> bool:
        """Whether the ledger was made after the day."""
        return (self.ledger.record.date or "")[:10] > self.as_of

    def on(self, day: str) -> Decimal:
        """Return the balance at the end of a day (ISO 8601) up to `as_of`: that of the last change before it, else the opening."""
        before = [balance for changed, balance in self.days if changed <= day]
        return before[-1] if before else decimal_of(self.opening) or Decimal(0)

    def as_json(self) -> dict[str, Any]:
        parts = [
            Known(_NAMES[kind], format(amount, "f"), cites_of(lines), f"sum of {len(lines)} {kind} lines", self.currency)
            for kind, amount, lines in self.sums
            if lines
        ]
        inputs = [*((self.opening,) if self.opening else ()), *parts]
        rule = "opening + invoiced - paid - credited + refunded, by the lines of the ledger up to the day"
        return {
            "currency": self.currency or None,
            "as_of": self.as_of,
            "ledger": self.ledger.record.record_id,
            "by_later_ledger": self.later,
            "opening": float(decimal_of(self.opening) or 0),
            **{_NAMES[kind]: float(amount) for kind, amount, _ in self.sums},
            "balance": float(self.balance),
            "days": [{"date": day, "balance": float(balance)} for day, balance in self.days],
            "unbooked": [u.as_json() for u in self.unbooked],
            "balance_with_unbooked": float(self.balance + sum((u.amount for u in self.unbooked), Decimal(0))),
            "cites": cites_json(cites_of(inputs) or tuple(self.ledger.cite(p) for p in (lead(self.ledger),) if p)),
            "status": "derived",
            "derivation": derivation(rule + ("; the ledger itself was made later" if self.later else ""), inputs),
        }


def statements(file: ClientFile, day: str | None, trail: Sequence[Dispute] = (), fixed: Iterable[Penalty] = ()) -> tuple[Statement, ...]:
    """Return the statement of each currency as of a day (ISO 8601), or of the last day that the ledger shows; () where no ledger is held.

    `file` is the whole file, not only what was held on the day; `trail` and `fixed` are the disputes and the penalties known on it.
    """
    held = file.by_id()
    found: dict[str, tuple[ReadRecord, tuple[Entry, ...]]] = {}
    for record_id in file.copies():
        read = held[record_id]
        entries = entries_of(read) if rows(read, "ledger_row") else ()
        if not entries:
            continue
        unit = next((e.known.unit for e in entries if e.known.unit), "")
        other = found.get(unit)
        if other is None or (read.record.date or "", len(entries), record_id) > (other[0].record.date or "", len(other[1]), other[0].record.record_id):
            found[unit] = (read, entries)
    penalties = tuple(fixed)
    return tuple(_statement(unit, read, entries, day, trail, penalties) for unit, (read, entries) in sorted(found.items()))


def _statement(unit: str, read: ReadRecord, entries: tuple[Entry, ...], day: str | None, trail: Sequence[Dispute], fixed: tuple[Penalty, ...]) -> Statement:
    last = max([(read.record.date or "")[:10], *(e.day for e in entries)])
    on = day or last
    until = [e for e in entries if e.day <= on]
    opening = known(read, "opening_balance")
    sums = tuple((kind, sum((e.amount for e in until if e.kind == kind), Decimal(0)), tuple(e.known for e in until if e.kind == kind)) for kind in _SIGNS)
    balance, days = decimal_of(opening) or Decimal(0), dict[str, Decimal]()
    for entry in until:
        balance += _SIGNS.get(entry.kind, 0) * entry.amount
        days[entry.day] = balance
    return Statement(unit, on, read, opening, sums, tuple(days.items()), tuple(_unbooked(unit, until, on, trail, fixed)))


def _unbooked(unit: str, until: list[Entry], on: str, trail: Sequence[Dispute], fixed: tuple[Penalty, ...]) -> list[Unbooked]:
    """Return what was fixed by the day and is in no line: what a settlement or a final ruling gives, less what was paid on it, and penalties due."""
    out: list[Unbooked] = []
    for dispute in trail:
        act = dispute.outcome
        if act is None or act.amount is None or act.currency not in ("", unit) or not act.day or act.day > on or dispute.payer not in ("client", "provider"):
            continue
        if dispute.payer == "client" and any(s.by == "provider" and s.kind in ("claim", "counterclaim") for s in dispute.steps):
            continue  # what the provider claimed it has invoiced: the settlement only says how much of that stays due
        paid = sum((s.amount for s in dispute.steps if s.kind == "payment" and s.by == dispute.payer and s.amount is not None and s.day <= on), Decimal(0))
        left = act.amount - paid
        if left > _CENT and not _booked(left, act.day, until, "invoice" if dispute.payer == "client" else "credit"):
            out.append(Unbooked(f"{act.kind} of {act.day}, unpaid", left if dispute.payer == "client" else -left, act.known))
    for penalty in fixed:
        if penalty.status == "due" and penalty.currency in ("", unit) and penalty.day <= on and penalty.inputs:
            kinds = ("invoice",) if penalty.payer == "client" else ("credit", "refund")
            if not any(_booked(penalty.amount, "", until, kind) for kind in kinds):
                cites = cites_of(penalty.inputs)
                basis = Known(penalty.kind, format(penalty.amount, "f"), cites, penalty.rule, penalty.currency, penalty.inputs, "derived")
                amount = penalty.amount if penalty.payer == "client" else -penalty.amount
                out.append(Unbooked(f"{penalty.kind.replace('_', ' ')}, due", amount, basis))
    return out


def _booked(amount: Decimal, day: str, lines: list[Entry], kind: str) -> bool:
    return any(e.kind == kind and abs(e.amount - amount) < _CENT and (not day or near(e.day, day, _BOOKED_DAYS)) for e in lines)
