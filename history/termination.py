"""One conclusion per notice of termination: what was required, when it could end at the earliest, and what cannot be decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation, known
from history.condition import Condition
from history.delivery import delivery
from history.disputes import Dispute
from history.ending import Ending, ending
from history.exit_conditions import exit_conditions
from history.file import ClientFile
from history.formulas import Formula, formulas
from history.notice import Notice, asks_for_cure, notices
from history.notice_conditions import address_met, cure_met, method_met, period_met, withdrawal_met
from history.penalties import Penalty, penalties
from history.reasons import Reason, reasons
from history.reckoning import day_of, renewed_until
from history.required import earliest_date, end_without_renewal, required_against_renewal, required_notice
from history.sides import Sides
from history.terms import Paper, dated_by, is_draft, papers, term
from history.told import Told, told
from history.who_said import Voices, voices


@dataclass(frozen=True, slots=True)
class Termination:
    """What one notice of termination comes to. `undecided` lists what the documents do not decide, and why."""

    notice: Notice
    contract_number: Known | None
    contract_effective_date: Known | None
    contract_expiry_date: Known | None
    governing_law: Known | None
    notice_period: Known | None
    measured_from: Known | None
    earliest_compliant_date: Known | None
    ending: Ending
    conditions: tuple[Condition, ...]
    reasons: tuple[Reason, ...]
    undecided: tuple[str, ...]
    formulas: tuple[Formula, ...] = ()
    penalties: tuple[Penalty, ...] = ()

    @property
    def inputs(self) -> tuple[Known, ...]:
        parts = (
            self.contract_number,
            self.contract_effective_date,
            self.contract_expiry_date,
            self.governing_law,
            self.earliest_compliant_date,
            self.ending.effective,
            self.ending.withdrawn,
            self.ending.accepted,
            self.ending.new_terms,
        )
        return tuple(p for p in parts if p)

    def as_json(self) -> dict[str, Any]:
        notice = self.notice.as_json()
        own = cites_of(self.inputs)
        return {
            "contract_number": _value(self.contract_number),
            "contract_effective_date": _value(self.contract_effective_date),
            "contract_expiry_date": _value(self.contract_expiry_date),
            "governing_law": _value(self.governing_law),
            "notice": notice,
            "required_notice": self._required(),
            "earliest_compliant_date": _value(self.earliest_compliant_date),
            "effective_date": _value(self.ending.effective),
            "status": self.ending.status,
            "conditions": [c.as_json() for c in self.conditions],
            "penalties": [p.as_json() for p in self.penalties],
            "reasons": [r.as_json() for r in self.reasons],
            "undecided": list(self.undecided),
            "cites": cites_json(own) or notice["cites"],
            "derivation": derivation(
                f"terms from the contract papers in force on the day of the notice; status {self.ending.status}: {self.ending.rule}",
                self.inputs,
            ),
        }

    def _required(self) -> dict[str, Any] | None:
        if self.notice_period is None:
            return None
        inputs = (self.notice_period, *((self.measured_from,) if self.measured_from else ()))
        return {
            "value": self.notice_period.value,
            "unit": self.notice_period.unit,
            "measured_from": _value(self.measured_from),
            "cites": cites_json(cites_of(inputs)),
            "status": self.notice_period.status,
            "derivation": derivation(self.notice_period.rule, inputs),
        }


def terminations(file: ClientFile, trail: Sequence[Dispute] = ()) -> tuple[Termination, ...]:
    """Return one termination for each notice of termination, by date. `trail` are the disputes of the file."""
    given, said, who = papers(file), told(file), voices(file)
    found = notices(file, given, said, who)
    out: list[Termination] = []
    since = ""
    for n, notice in enumerate(found):
        following = next((f.day for f in found[n + 1 :] if f.day > notice.day), "")
        made = _termination(file, notice, given, said, who, since, following)
        out.append(made)
        since = str(made.ending.withdrawn.value) if made.ending.withdrawn else notice.day
    # The sums beyond the price belong to the last notice that ended the service, else to the last that was received at all.
    ended = [t for t in out if t.ending.effective] or [t for t in out if t.notice.date_received and not t.ending.withdrawn] or out[-1:]
    return tuple(replace(t, penalties=penalties(file, trail, t.formulas)) if t is ended[-1] else t for t in out)


def _termination(file: ClientFile, notice: Notice, given: list[Paper], said: Told, who: Voices, since: str, following: str) -> Termination:
    on = _words(notice.date_on_document)
    number = next((k for r in notice.copies if (k := known(r, "contract_number"))), None)
    wanted = _words(number)
    ground = _words(notice.ground)
    required = required_notice(given, on, wanted, ground)
    expiry, lacking = _expiry(given, on, wanted)
    starts = [p for p in given if p.read.record.kind == "contract"]
    begins = term("effective_date", starts, on, wanted)
    if ground == "non_renewal" and (against := required_against_renewal(given, on, wanted)).period:
        required = against
        earliest, why = end_without_renewal(notice, required, expiry, term("renewal_term", given, on, wanted))
        why = (*lacking, *why) if earliest is None else why
    else:
        earliest, why = earliest_date(notice, required, begins)
    if notice.agreed:
        required, earliest, why = replace(required, period=None, undecided=()), None, ()
    end = ending(file, notice, following, said, earliest, expiry)
    asked = () if notice.agreed else (method_met(notice), address_met(notice), withdrawal_met(notice, end.withdrawn, end.accepted))
    conditions = [c for c in asked if c]
    if required.period and (notice.date_received or notice.copies[0].record.kind != "chat"):
        conditions.insert(0, period_met(notice, required, earliest, why))
    if ground == "cause" and (cure := cure_met(notice, given, said, wanted, _default(file, notice, said, who.sides))):
        conditions.insert(0, cure)
    clauses = formulas(given, _agreed_later(file), wanted, on, end.effective, expiry)
    if end.effective and end.status != "notice_given":
        conditions += exit_conditions(file, notice, given, said, wanted, end.effective, expiry, clauses)
    until = _words(end.withdrawn) or _words(end.effective) or ""
    return Termination(
        notice,
        number or _only_number(given),
        begins,
        expiry,
        term("governing_law", given, on, wanted),
        required.period,
        required.measured_from,
        earliest,
        end,
        tuple(conditions),
        reasons(file, notice, said, who, since, until),
        (*required.undecided, *lacking, *why, *end.undecided),
        clauses,
    )


def _agreed_later(file: ClientFile) -> list[ReadRecord]:
    """Return the settlements and claims, for what is agreed in a settlement on its default; privileged papers and drafts left out."""
    return [r for r in file.in_order() if r.record.kind in ("settlement", "claim") and not r.record.privileged and not is_draft(r)]


def _default(file: ClientFile, notice: Notice, said: Told, sides: Sides) -> tuple[Known, ...]:
    """Return the day on which the notice of default that went before was received, or that it bears; none where none was read."""
    held = file.by_id()
    giver = notice.given_by.value if notice.given_by else None
    earlier = [held[i] for i in file.copies() if asks_for_cure(held[i]) and (held[i].record.date or "9999")[:10] < notice.day]
    for read in sorted(earlier, key=lambda r: r.record.date or "", reverse=True):
        by, day = known(read, "given_by"), known(read, "notice_given") or dated_by(read)
        side = by.value if by else None if read.record.kind == "notice" else sides.of_sender(read)
        if side and giver and side != giver:
            continue
        way = delivery((read,), notice.terms, said, (read.record.date or "")[:10])
        # What came in on the day of the notice of termination or later is that one.
        if way.first and way.first.received and str(way.first.received.value) < notice.day:
            return (way.first.received,)
        if day:
            return (day,)
    return ()


def _only_number(given: list[Paper]) -> Known | None:
    """Return the contract number of the papers when all that have one have the same."""
    numbers = [k for p in given if p.read.record.kind == "contract" and (k := known(p.read, "contract_number"))]
    return numbers[0] if len({str(n.value) for n in numbers}) == 1 else None


def _expiry(given: list[Paper], on: str | None, wanted: str | None) -> tuple[Known | None, tuple[str, ...]]:
    """Return the last day of the term that ran on a day: as stated, or after as many renewals as it takes to reach that day."""
    stated = term("expiration_date", given, on, wanted)
    end, day = day_of(stated.value) if stated else None, day_of(on)
    if stated is None or end is None or day is None or end >= day:
        return stated, ()
    renewal = term("renewal_term", given, on, wanted)
    months = renewal.value if renewal and renewal.unit == "months" else None
    reached = renewed_until(end, int(months), day) if isinstance(months, int | float) and not isinstance(months, bool) else None
    if renewal is None or reached is None:
        return None, (
            f"the end of the term that ran cannot be decided: the stated end {stated.value} lies before the notice, and no renewal "
            "that could be counted was read",
        )
    last, times = reached
    return Known(
        "expiration_date",
        last.isoformat(),
        cites_of((stated, renewal)),
        f"the term to {end.isoformat()} renewed {times} time(s) by {months} months until it reached the notice of {day.isoformat()}",
        inputs=(stated, renewal),
        status="derived",
    ), ()


def _words(item: Known | None) -> str | None:
    return item.value if item and isinstance(item.value, str) else None


def _value(item: Known | None) -> Any:
    return item.value if item else None
