"""One conclusion per notice of termination: what was required, when it could end at the earliest, and what cannot be decided."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.model.fact import Cite
from history.cited import Known, cites_json, cites_of, derivation, known
from history.file import ClientFile
from history.notice import Notice, notices
from history.reckoning import UNITS, day_of, end_of_month, end_of_period, end_of_quarter, end_of_year
from history.terms import Paper, papers, term

_FROM_RECEIPT = re.compile(r"recei(?:pt|ved|ving)|deemed (?:received|served|given)|zugang|eingang|réception|recepci[oó]n|recibid", re.I)
_FROM_DISPATCH = re.compile(
    r"dispatch|(?:date|day)\W+(?:on which|when|of)\W+(?:it is |the notice is )?(?:sen[dt]|posting|sending)|after sending|absendung"
    r"|\benvoi\b|env[ií]o",
    re.I,
)
_TO_QUARTER = re.compile(
    r"end of (?:a|any|the|each) (?:calendar )?quarter|quartalsende|ende (?:eines|des) (?:kalender)?(?:quartals|vierteljahre?s)"
    r"|fin d.un trimestre|fin de(?:l)? (?:un )?trimestre",
    re.I,
)
_TO_MONTH = re.compile(
    r"(?:end|last day) of (?:a|any|the|each|that) (?:calendar )?month|monatsende|ende (?:eines|des) (?:kalender)?monats"
    r"|fin d.un mois|fin de(?:l)? (?:un )?mes\b",
    re.I,
)
_TO_YEAR = re.compile(r"end of (?:a|any|the|each) (?:calendar|contract) year|jahresende|ende (?:eines|des) kalenderjahre?s", re.I)
AROUND_CHARS = 500
"""How far around the words of a notice period its own clause is looked at."""


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
    held = {p.read.record.record_id: p for p in given}
    return tuple(_termination(notice, given, held) for notice in notices(file))


def _termination(notice: Notice, given: list[Paper], held: dict[str, Paper]) -> Termination:
    on = notice.date_on_document.value if notice.date_on_document else None
    on = on if isinstance(on, str) else None
    number = next((k for r in notice.copies if (k := known(r, "contract_number"))), None)
    wanted = str(number.value) if number else None
    number = number or _only_number(given)
    undecided: list[str] = []
    if not given:
        undecided.append("the terms cannot be decided: no contract is held")
    period = _counted(term("notice_period", given, on, wanted))
    if given and period is None:
        undecided.append("the required notice cannot be decided: no contract paper that is held states a notice period")
    measured = _measured_from(period, held)
    expiry = _expiry(given, on, wanted, undecided)
    earliest, why = _earliest(notice, period, measured, held)
    undecided.extend(why)
    conditions = (_period_met(notice, period, measured, earliest, why),) if period else ()
    return Termination(
        notice,
        number,
        term("effective_date", given, on, wanted),
        expiry,
        term("governing_law", given, on, wanted),
        period,
        measured,
        earliest,
        conditions,
        tuple(undecided),
    )


def _only_number(given: list[Paper]) -> Known | None:
    """Return the contract number of the papers when all that have one have the same."""
    numbers = [k for p in given if p.read.record.kind == "contract" and (k := known(p.read, "contract_number"))]
    return numbers[0] if len({str(n.value) for n in numbers}) == 1 else None


def _counted(period: Known | None) -> Known | None:
    if period is None or period.unit not in UNITS or isinstance(period.value, bool) or not isinstance(period.value, int | float | str):
        return None
    try:
        float(period.value)
    except ValueError:
        return None
    return period


def _expiry(given: list[Paper], on: str | None, wanted: str | None, undecided: list[str]) -> Known | None:
    expiry = term("expiration_date", given, on, wanted)
    if expiry and on and str(expiry.value) < on:
        undecided.append(f"the end of the term that ran cannot be decided: the stated end {expiry.value} lies before the notice")
        return None
    return expiry


def _measured_from(period: Known | None, held: dict[str, Paper]) -> Known | None:
    """Return from what the period runs, by the words of its own clause; None when these name neither, or both."""
    clause = _clause(period, held)
    if period is None or clause is None:
        return None
    cite, text = clause
    found = {name: m for name, words in (("receipt", _FROM_RECEIPT), ("dispatch", _FROM_DISPATCH)) if (m := words.search(text))}
    if len(found) != 1:
        return None
    name = next(iter(found))
    return Known("measured_from", name, (cite,), f"the clause of the notice period says {found[name].group()!r}", status="derived")


def _clause(period: Known | None, held: dict[str, Paper]) -> tuple[Cite, str] | None:
    """Return the paragraph around the words of a notice period, as a citation and as text."""
    if period is None or not period.cites or not (paper := held.get(period.cites[0].record_id)):
        return None
    text, cite = paper.read.text, period.cites[0]
    low = max(0, cite.start - AROUND_CHARS, text.rfind("\n\n", 0, cite.start) + 2)
    gap = text.find("\n\n", cite.end)
    high = min(len(text), cite.end + AROUND_CHARS, gap if gap >= 0 else len(text))
    return paper.read.cite(paper.read.passage(low, high)), text[low:high]


def _start(notice: Notice, measured: Known | None) -> tuple[Known | None, str]:
    if measured is None:
        return None, "from which event the notice period runs is not shown"
    if measured.value == "dispatch":
        return notice.dispatched, "the day of dispatch is not shown"
    return notice.date_received, "the day on which the notice was received is not shown"


def _earliest(notice: Notice, period: Known | None, measured: Known | None, held: dict[str, Paper]) -> tuple[Known | None, list[str]]:
    if period is None:
        return None, []
    start, lacking = _start(notice, measured)
    begun = day_of(start.value) if start else None
    if start is None or measured is None or begun is None:
        return None, [f"the earliest compliant date cannot be decided: {lacking}"]
    reckoned = _reckon(begun, period, held)
    if reckoned is None:
        return None, ["the earliest compliant date cannot be decided: the notice period cannot be counted"]
    day, rule = reckoned
    return Known(
        "earliest_compliant_date",
        day.isoformat(),
        cites_of((start, period, measured)),
        rule,
        inputs=(start, period, measured),
        status="derived",
    ), []


def _reckon(begun: date, period: Known, held: dict[str, Paper]) -> tuple[date, str] | None:
    """Return the last day of the period after `begun`, at the point of the calendar which the clause asks for, with the rule in words."""
    value = float(period.value) if isinstance(period.value, int | float | str) else 0.0
    end = end_of_period(begun, int(value), period.unit) if value == int(value) else None
    if end is None:
        return None
    rule = f"{int(value)} {period.unit} after {begun.isoformat()}, that day not counted: {end.isoformat()}"
    clause = _clause(period, held)
    text = clause[1] if clause else ""
    for words, move, name in (
        (_TO_QUARTER, end_of_quarter, "calendar quarter"),
        (_TO_MONTH, end_of_month, "month"),
        (_TO_YEAR, end_of_year, "year"),
    ):
        if words.search(text):
            moved = move(end)
            return moved, f"{rule}; the clause asks for the end of a {name}: {moved.isoformat()}"
    return end, rule


def _period_met(notice: Notice, period: Known, measured: Known | None, earliest: Known | None, why: list[str]) -> Condition:
    required = (
        f"{period.value} {period.unit}"
        + (f" from {measured.value}" if measured else "")
        + (f", earliest {earliest.value}" if earliest else "")
    )
    stated = notice.stated_effective_date
    actual = f"the notice states {stated.value}" if stated else "the notice states no date"
    inputs = tuple(k for k in (period, measured, earliest, stated) if k)
    if stated is None:
        return Condition(
            "notice_period", required, actual, None, ("the date that the notice asks for",), "needs the date asked for", inputs
        )
    if earliest:
        met = str(stated.value) >= str(earliest.value)
        return Condition(
            "notice_period", required, actual, met, (), "met if the stated date is not before the earliest compliant date", inputs
        )
    if floor := _impossible(notice, period, stated):
        return Condition(
            "notice_period", required, actual, False, (), floor, (*inputs, *((notice.date_on_document,) if notice.date_on_document else ()))
        )
    return Condition("notice_period", required, actual, None, tuple(why), "needs the earliest compliant date", inputs)


def _impossible(notice: Notice, period: Known, stated: Known) -> str | None:
    """Return the rule by which the stated date is too early whatever the day of receipt: nothing is received before the day it bears."""
    begun = day_of(notice.date_on_document.value) if notice.date_on_document else None
    reckoned = _reckon(begun, period, {}) if begun else None
    if begun is None or reckoned is None or str(stated.value) >= reckoned[0].isoformat():
        return None
    return (
        f"not met whenever it was received: no notice is received before the day it bears ({begun.isoformat()}), and counted from that day "
        f"the period ends on {reckoned[0].isoformat()}, after the stated {stated.value}"
    )


def _value(item: Known | None) -> Any:
    return item.value if item else None
