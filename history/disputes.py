"""The dispute trail, first version: what was claimed, answered by a claim, and settled, step by step, each cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation, known
from history.file import ClientFile, carrier_of, is_mail
from history.money import currency, number
from history.passages import lead
from history.sides import Sides, sides_of
from history.terms import dated_by, is_draft

_STEPS = ("claim", "counterclaim", "settlement")


@dataclass(frozen=True, slots=True)
class Step:
    """One step, from one record and the records of its family that do the same. `by` and `amount` are None where not shown."""

    date: str | None
    kind: str
    by: Known | None
    amount: Known | None
    dated: Known | None
    cites: tuple[Cite, ...]
    records: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        inputs = [k for k in (self.by, self.amount, self.dated) if k]
        return {
            "date": self.date,
            "kind": self.kind,
            "by": self.by.value if self.by else None,
            "amount": number(self.amount),
            "currency": currency(self.amount),
            "records": list(self.records),
            "cites": cites_json(self.cites),
            "status": "derived" if inputs else "extracted",
            "derivation": derivation(f"a record of kind {self.kind}, dated as the record is", inputs),
        }


@dataclass(frozen=True, slots=True)
class Dispute:
    """`status` is `settled` from a settlement on that no later claim follows, else `open`."""

    title: str
    status: str
    steps: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        settled = [s for s in self.steps if s.kind == "settlement" and s.amount]
        outcome = None
        if self.status == "settled" and settled and settled[-1].amount:
            amount = settled[-1].amount
            outcome = {
                "amount": number(amount),
                "currency": currency(amount),
                "payer": None,
                **amount.backing(),
                "undecided": ["who pays is not concluded from the documents yet"],
            }
        steps = [s.as_json() for s in self.steps]
        return {
            "title": self.title,
            "status": self.status,
            "steps": steps,
            "outcome": outcome,
            "cites": cites_json(c for s in self.steps for c in s.cites),
            "derivation": derivation("settled when a settlement follows the last claim, else open"),
        }


def disputes(file: ClientFile) -> tuple[Dispute, ...]:
    """Return the dispute of the file, if there is one: claims that may be set off against each other are one dispute."""
    steps = _steps(file)
    claims = [s for s in steps if s.kind != "settlement"]
    if not claims:
        return ()
    last_claim = max(s.date or "" for s in claims)
    settled = any(s.kind == "settlement" and s.date and s.date >= last_claim for s in steps)
    title = " and ".join(dict.fromkeys(f"{s.kind} of {s.date or 'unknown date'}" for s in claims))
    return (Dispute(title[:1].upper() + title[1:], "settled" if settled else "open", tuple(steps)),)


def _steps(file: ClientFile) -> list[Step]:
    held, sides = file.by_id(), sides_of(file)
    grouped: dict[tuple[str, str], list[ReadRecord]] = {}
    for record_id in file.copies():
        read = held[record_id]
        if read.record.kind in _STEPS and not is_draft(read):
            grouped.setdefault((read.record.kind, carrier_of(read, held)), []).append(read)
    steps = [step for (kind, _), group in grouped.items() if (step := _step(kind, group, sides))]
    return sorted(steps, key=lambda s: (s.date is None, s.date or "", _STEPS.index(s.kind)))


def _step(kind: str, group: list[ReadRecord], sides: Sides) -> Step | None:
    # The paper itself speaks before the mail that carries it.
    order = sorted(group, key=is_mail)
    leads = tuple(r.cite(p) for r in order if (p := lead(r)))
    if not leads:
        return None
    by = next((k for r in order if (k := known(r, "by") or known(r, "given_by"))), None) or _by_sender(order, sides)
    amount = next((k for r in order if (k := _amount(r))), None)
    dated = next((d for r in order if (d := dated_by(r))), None)
    cites = tuple(dict.fromkeys((*cites_of((amount, by, dated)), *leads)))
    date = str(dated.value)[:10] if dated else None
    return Step(date, kind, by, amount, dated, cites, tuple(r.record.record_id for r in order))


def _amount(read: ReadRecord) -> Known | None:
    found = next((k for name in ("amount_claimed", "settlement_amount", "amount") if (k := known(read, name))), None)
    return found if found and number(found) is not None else None


def _by_sender(order: list[ReadRecord], sides: Sides) -> Known | None:
    for read in order:
        side, first = sides.of_sender(read), lead(read)
        if side and first:
            return Known("by", side, (read.cite(first),), "side of the sender", status="derived")
    return None
