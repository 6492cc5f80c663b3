"""Totals of the provider's ledger as it stands: of the ledger that goes furthest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation, known
from history.discrepancies import discrepancies
from history.discrepancy import Discrepancy
from history.file import ClientFile
from history.money import currency, decimal_of, number
from history.statement import Statement
from history.terms import dated_by

_TOTALS = ("invoiced_total", "paid_total", "credited_total", "refunded_total")


@dataclass(frozen=True, slots=True)
class Billing:
    """Sums in the ledger's currency; None where no ledger states or sums them. `undecided` says what could not be had, and why."""

    totals: dict[str, Known]
    outstanding: Known | None
    as_of: Known | None
    currency: str | None
    undecided: tuple[str, ...]
    discrepancies: tuple[Discrepancy, ...] = ()
    statements: tuple[Statement, ...] = ()

    def as_json(self) -> dict[str, Any]:
        inputs = [*self.totals.values(), *((self.outstanding,) if self.outstanding else ())]
        out: dict[str, Any] = {
            "currency": self.currency,
            **{name: number(self.totals.get(name)) for name in _TOTALS},
            "outstanding_as_of": None,
            "discrepancies": [d.as_json() for d in self.discrepancies],
            "statements": [s.as_json() for s in self.statements],
            "undecided": list(self.undecided),
        }
        if self.outstanding:
            out["outstanding_as_of"] = {
                "date": self.as_of.value if self.as_of else None,
                "amount": number(self.outstanding),
                **self.outstanding.backing(),
                "cites": cites_json(cites_of((self.outstanding, self.as_of))),
            }
        if inputs:
            out |= {
                "cites": cites_json(cites_of(inputs)),
                "status": "derived",
                "derivation": derivation("totals of the latest ledger", inputs),
            }
        return out


def billing(file: ClientFile) -> Billing:
    """Return the totals of the latest ledger that has any; what it does not state is computed only where all four sums are there."""
    found = discrepancies(file)
    held = file.by_id()
    ledgers = [held[i] for i in file.copies() if held[i].record.kind == "ledger"]
    speaking = [(r, sums) for r in ledgers if (sums := {n: k for n in _TOTALS if (k := _sum(r, n))})]
    if not speaking:
        return Billing({}, None, None, None, ("no ledger is held" if not ledgers else "no ledger that is held could be summed",), found)
    read, totals = max(speaking, key=lambda s: (s[0].record.date or "", len(s[1]), s[0].record.record_id))
    outstanding = _sum(read, "outstanding") or _computed(totals)
    undecided = tuple(
        f"{n} was not read from the ledger" for n in (*_TOTALS, "outstanding") if n not in totals and not (n == "outstanding" and outstanding)
    )
    spoken = next((c for k in totals.values() if (c := currency(k))), None)
    return Billing(totals, outstanding, dated_by(read), spoken, undecided, found)


def _sum(read: ReadRecord, name: str) -> Known | None:
    found = known(read, name)
    return found if decimal_of(found) is not None else None


def _computed(totals: dict[str, Known]) -> Known | None:
    sums = [decimal_of(totals.get(n)) for n in _TOTALS]
    if any(s is None for s in sums):
        return None
    invoiced, paid, credited, refunded = (s for s in sums if s is not None)
    inputs = tuple(totals.values())
    return Known(
        "outstanding",
        str(invoiced - paid - credited + refunded),
        cites_of(inputs),
        "invoiced - paid - credited + refunded",
        inputs[0].unit,
        inputs,
        "derived",
    )
