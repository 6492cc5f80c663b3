"""One conclusion per notice of termination: what was required, when it could end at the earliest, and what cannot be decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation, known
from history.file import ClientFile
from history.notice import Notice, notices
from history.reckoning import day_of, renewed_until
from history.required import Required, earliest_date, required_notice, too_early_in_any_case
from history.terms import Paper, papers, term


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of ending: `met` None when it cannot be decided, and then `missing` says for want of what."""

    name: str
    required: str
    actual: str
    met: bool | None
    missing: tuple[str, ...]
    rule: str
    inputs: tuple[Known, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "required": self.required,
            "actual": self.actual,
            "met": self.met,
            "missing": list(self.missing),
            "cites": cites_json(cites_of(self.inputs)),
            "status": "derived",
            "derivation": derivation(self.rule, self.inputs),
        }


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
    conditions: tuple[Condition, ...]
    undecided: tuple[str, ...]

    @property
    def inputs(self) -> tuple[Known, ...]:
        parts = (
            self.contract_number,
            self.contract_effective_date,
            self.contract_expiry_date,
            self.governing_law,
            self.earliest_compliant_date,
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
            "effective_date": None,
            "status": "notice_given",
            "conditions": [c.as_json() for c in self.conditions],
            "penalties": [],
            "reasons": [],
            "undecided": list(self.undecided),
            "cites": cites_json(own) or notice["cites"],
            "derivation": derivation(
                "terms from the contract papers in force on the day of the notice; status: a notice of termination was given, "
                "and no later stage is concluded from the documents yet",
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


def terminations(file: ClientFile) -> tuple[Termination, ...]:
    """Return one termination for each notice of termination, by date."""
    given = papers(file)
    return tuple(_termination(notice, given) for notice in notices(file))


def _termination(notice: Notice, given: list[Paper]) -> Termination:
    on = _words(notice.date_on_document)
    number = next((k for r in notice.copies if (k := known(r, "contract_number"))), None)
    wanted = _words(number)
    required = required_notice(given, on, wanted, _words(notice.ground))
    expiry, lacking = _expiry(given, on, wanted)
    earliest, why = earliest_date(notice, required)
    conditions = (_period_met(notice, required, earliest, why),) if required.period else ()
    starts = [p for p in given if p.read.record.kind == "contract"]
    return Termination(
        notice,
        number or _only_number(given),
        term("effective_date", starts, on, wanted),
        expiry,
        term("governing_law", given, on, wanted),
        required.period,
        required.measured_from,
        earliest,
        conditions,
        (*required.undecided, *lacking, *why),
    )


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


def _period_met(notice: Notice, required: Required, earliest: Known | None, why: tuple[str, ...]) -> Condition:
    period, measured, stated = required.period, required.measured_from, notice.stated_effective_date
    assert period is not None
    needed = (
        f"{period.value} {period.unit}"
        + (f" from {measured.value}" if measured else "")
        + (f", earliest {earliest.value}" if earliest else "")
    )
    actual = f"the notice states {stated.value}" if stated else "the notice states no date"
    inputs = tuple(k for k in (period, measured, earliest, stated) if k)
    if stated is None:
        return Condition("notice_period", needed, actual, None, ("the date that the notice asks for",), "needs the date asked for", inputs)
    if earliest:
        met = str(stated.value) >= str(earliest.value)
        return Condition(
            "notice_period", needed, actual, met, (), "met if the stated date is not before the earliest compliant date", inputs
        )
    if rule := too_early_in_any_case(notice, period, stated):
        dated = (notice.date_on_document,) if notice.date_on_document else ()
        return Condition("notice_period", needed, actual, False, (), rule, (*inputs, *dated))
    return Condition("notice_period", needed, actual, None, why, "needs the earliest compliant date", inputs)


def _words(item: Known | None) -> str | None:
    return item.value if item and isinstance(item.value, str) else None


def _value(item: Known | None) -> Any:
    return item.value if item else None
