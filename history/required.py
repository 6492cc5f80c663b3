"""The notice that the contract requires: which period, counted from what, and the day that it leads to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.business_days import NONE, Holidays
from history.cited import Known, all_known, cites_of, known
from history.notice import Notice
from history.reckoning import UNITS, day_of, end_of_contract_year, end_of_half_year, end_of_month, end_of_period, end_of_quarter, end_of_year, renewed_until
from history.terms import Paper, same_number, term

_FROM_RECEIPT = re.compile(r"recei(?:pt|ved|ving)|deemed (?:received|served|given)|zugang|eingang|réception|recepci[oó]n|recibid", re.I)
_FROM_DISPATCH = re.compile(
    r"dispatch|(?:date|day)\W+(?:on which|when|of)\W+(?:it is |the notice is )?(?:sen[dt]|posting|sending)|after sending|absendung"
    r"|\benvoi\b|env[ií]o",
    re.I,
)
_END_EN = r"(?:end|last day|expiry|close) of (?:a|any|the|each|every|that|the relevant|the following) "
_END_DE = (
    r"(?:ende|schluss|ablauf|letzten(?: tag)?|letzten tage) (?:(?:eines|des|jedes|jeden|eines jeden|eines jeglichen|dieses|desselben|des jeweiligen|"
    r"des laufenden|des folgenden) )?"
)
_END_FR = r"(?:fin|dernier jour|terme|expiration) (?:d.une?|du|de la|de l.|de|de chaque|d.un m[eê]me) ?"
_END_ES = r"(?:fin(?:al)?|[uú]ltimo d[ií]a|t[eé]rmino|vencimiento) (?:del?|de un|de cada|de la|de una) ?"
_TO_QUARTER = re.compile(
    rf"{_END_EN}(?:calendar )?quarter|quartals(?:ende|ultimo)|{_END_DE}(?:kalender)?(?:quartals?|vierteljahre?s)\b|{_END_FR}trimestre|{_END_ES}trimestre", re.I
)
_TO_MONTH = re.compile(
    rf"{_END_EN}(?:calendar )?month|monats(?:ende|letzten|ultimo)|{_END_DE}(?:kalender)?monat(?:e?s)?\b|{_END_FR}mois\b|{_END_ES}mes\b", re.I
)
_TO_HALF = re.compile(
    rf"{_END_EN}(?:calendar )?(?:half[- ]year|six[- ]month period|semester)|(?:halbjahres|semester)ende|{_END_DE}(?:kalender)?(?:halbjahre?s?|semesters?)\b"
    rf"|{_END_FR}semestre|{_END_ES}semestre",
    re.I,
)
_TO_YEAR = re.compile(
    rf"{_END_EN}calendar year|(?<!geschäfts)(?<!vertrags)jahresende|{_END_DE}kalenderjahre?s?\b|{_END_FR}année civile|{_END_ES}año natural", re.I
)
_TO_CONTRACT_YEAR = re.compile(
    r"(?:end|last day|expiry) of (?:a|any|the|each|that|the then current) contract year|(?:on|to) (?:an|any|the|each) anniversary"
    r"|ende (?:eines|des) (?:jeweiligen )?vertragsjahre?s|fin d.une année contractuelle|fin de(?:l)? (?:un )?año (?:contractual|de contrato)",
    re.I,
)
_IN_PLACE = re.compile(r"replac|substitut|ersetz|geändert|anstelle|remplac|modifi|sustitu|reemplaz", re.I)
_NO_GROUND = re.compile(r"convenience|without cause|ohne grund|ordentlich|sans motif|sin causa", re.I)

BY_LAW = (
    "no paper says from when the period runs: a declaration takes effect when it reaches the other side (BGB § 130(1); common law alike)"
)

CLAUSE_CHARS = 60
"""A citation of a notice period at least this long is taken for its clause; around a shorter one, AROUND_CHARS are looked at."""

AROUND_CHARS = 300


@dataclass(frozen=True, slots=True)
class Required:
    """`period` and `measured_from` None where no contract paper in force says it; `undecided` says so in words."""

    period: Known | None
    measured_from: Known | None
    clause: tuple[Cite, str] | None
    undecided: tuple[str, ...]


def required_notice(given: list[Paper], on: str | None, number: str | None, ground: str | None) -> Required:
    """Return the notice that the terms in force on a day require for ending on that ground.

    A period for ending without a ground says nothing of ending for cause; of several periods the surest that fits is taken.
    """
    if not given:
        return Required(None, None, None, ("the terms cannot be decided: no contract is held",))
    period = term("notice_period", given, on, number, lambda read: _fitting(read, ground))
    if period is None:
        other = term("notice_period", given, on, number) is not None
        why = (
            "the only notice period that was read is for ending without cause"
            if other
            else "no contract paper that is held states a notice period"
        )
        return Required(None, None, None, (f"the required notice cannot be decided: {why}",))
    paper = next((p for p in given if p.read.record.record_id == period.cites[0].record_id), None)
    clause = _clause(period, paper)
    period = replaced_in(period, given, on, number)
    measured = (known(paper.read, "measured_from") if paper else None) or _by_words(clause) or term("measured_from", given, on, number)
    if measured is None and clause:
        measured = Known("measured_from", "receipt", (clause[0],), BY_LAW, status="derived", confidence=0.6)
    if clause and _IN_PLACE.search(clause[1]):
        clause = clause[0], " ".join((clause[1], *(c.quote for k in period.inputs if k.name == "notice_period" for c in k.cites)))
    return Required(period, measured, clause, ())


def replaced_in(period: Known, given: list[Paper], on: str | None, number: str | None) -> Known:
    """Return a period with the words that later papers in force put in its place; the rest of its clause stands."""
    day = next((p.day for p in given if p.read.record.record_id == period.cites[0].record_id), "")
    for paper in given:
        if (
            paper.day < day
            or (on and paper.since > on[:10])
            or (number and paper.contract_number and not same_number(number, paper.contract_number))
        ):
            continue
        for new in all_known(paper.read, "period_replaced"):
            if new.rule.endswith(f"replaces {period.value} {period.unit}"):
                words = f"the paper dated {paper.day or 'nowhere'} puts {new.value} {new.unit} in the place of {period.value} {period.unit}"
                period = Known(
                    "notice_period", new.value, cites_of((new, period)), words, new.unit, (period, new), "derived", new.confidence
                )
    return period


def required_against_renewal(given: list[Paper], on: str | None, number: str | None) -> Required:
    """Return the notice that keeps a term from being renewed: a period before the end of the term."""
    name = "notice_period_to_terminate_renewal"
    period = term(
        name,
        given,
        on,
        number,
        lambda read: max((k for k in all_known(read, name) if _can_be_counted(k)), key=lambda k: k.confidence, default=None),
    )
    if period is None:
        return Required(None, None, None, ("the required notice cannot be decided: no paper that is held states a notice against renewal",))
    paper = next((p for p in given if p.read.record.record_id == period.cites[0].record_id), None)
    clause = _clause(period, paper)
    period = replaced_in(period, given, on, number)
    measured = _by_words(clause) or Known("measured_from", "receipt", period.cites, BY_LAW, status="derived", confidence=0.6)
    return Required(period, measured, clause, ())


def end_without_renewal(notice: Notice, required: Required, expiry: Known | None, renewal: Known | None) -> tuple[Known | None, tuple[str, ...]]:
    """Return the last day of the term that a notice against renewal ends, or why it cannot be decided.

    A notice in time ends the term that runs; one that comes too late leaves it renewed, and can end the next one only.
    """
    end = day_of(expiry.value) if expiry else None
    begun = day_of(notice.date_received.value) if notice.date_received else None
    if required.measured_from is not None and required.measured_from.value == "dispatch" and notice.dispatched is not None:
        begun = day_of(notice.dispatched.value)
    value = _whole(required.period) if required.period else None
    if expiry is None or end is None or begun is None or required.period is None or value is None:
        return expiry, ()
    reached = end_of_period(begun, value, required.period.unit, notice.terms.free(begun))
    if reached is None or reached <= end:
        return expiry, ()
    came = notice.date_received or notice.dispatched
    inputs = tuple(k for k in (expiry, required.period, came, renewal) if k)
    late = f"{value} {required.period.unit} after {begun.isoformat()} end on {reached.isoformat()}, after the term that ran to {end.isoformat()}"
    months = renewal.value if renewal and renewal.unit == "months" else None
    following = renewed_until(end, int(months), reached) if isinstance(months, int | float) and not isinstance(months, bool) else None
    if following is None:
        return None, (f"the end cannot be decided: {late}, and no renewal that could be counted was read",)
    rule = f"{late}: it came too late, and the term was renewed to {following[0].isoformat()}"
    return Known("earliest_compliant_date", following[0].isoformat(), cites_of(inputs), rule, inputs=inputs, status="derived"), ()


def _fitting(read: ReadRecord, ground: str | None) -> Known | None:
    fitting = [k for k in all_known(read, "notice_period") if _can_be_counted(k) and not (ground == "cause" and _needs_no_ground(k))]
    if ground != "cause":
        fitting = [k for k in fitting if not _is_for_cause(k)]
    return max(fitting, key=lambda k: (_is_for_cause(k), k.confidence)) if fitting else None


def _is_for_cause(period: Known) -> bool:
    return "for cause" in period.rule


def _needs_no_ground(period: Known) -> bool:
    return bool(_NO_GROUND.search(period.rule) or any(_NO_GROUND.search(c.quote) for c in period.cites))


def _can_be_counted(period: Known) -> bool:
    return period.unit in UNITS and _whole(period) is not None


def _whole(period: Known) -> int | None:
    if isinstance(period.value, bool) or not isinstance(period.value, int | float | str):
        return None
    try:
        value = float(period.value)
    except ValueError:
        return None
    return int(value) if value.is_integer() else None


def _by_words(clause: tuple[Cite, str] | None) -> Known | None:
    """Return from what the period runs, by the words of its own clause; None when these name neither, or both."""
    if clause is None:
        return None
    cite, text = clause
    found = {name: m for name, words in (("receipt", _FROM_RECEIPT), ("dispatch", _FROM_DISPATCH)) if (m := words.search(text))}
    if len(found) != 1:
        return None
    name, words = next(iter(found.items()))
    return Known("measured_from", name, (cite,), f"the clause of the notice period says {words.group()!r}", status="derived")


def _clause(period: Known, paper: Paper | None) -> tuple[Cite, str] | None:
    """Return the clause of a notice period: its citation where that is long enough, else the paragraph around it."""
    cite = period.cites[0]
    if len(cite.quote) >= CLAUSE_CHARS:
        return cite, cite.quote
    if paper is None:
        return None
    text = paper.read.text
    low = max(0, cite.start - AROUND_CHARS, text.rfind("\n\n", 0, cite.start) + 2)
    gap = text.find("\n\n", cite.end)
    high = min(len(text), cite.end + AROUND_CHARS, gap if gap >= 0 else len(text))
    return paper.read.cite(paper.read.passage(low, high)), text[low:high]


def earliest_date(notice: Notice, required: Required, begins: Known | None = None) -> tuple[Known | None, tuple[str, ...]]:
    """Return the earliest compliant date with its inputs, or None and why it cannot be decided. `begins`: the first day of the contract."""
    period, measured = required.period, required.measured_from
    if period is None:
        return None, ()
    start, lacking = _start(notice, measured)
    begun = day_of(start.value) if start else None
    if start is None or measured is None or begun is None:
        return None, (f"the earliest compliant date cannot be decided: {lacking}",)
    reckoned = _reckon(begun, period, required.clause, notice.terms.free(begun), begins)
    if isinstance(reckoned, str):
        return None, (f"the earliest compliant date cannot be decided: {reckoned}",)
    free = (notice.terms.holidays,) if notice.terms.holidays and period.unit == "business_days" else ()
    inputs = (start, period, measured, *free)
    return Known("earliest_compliant_date", reckoned[0].isoformat(), cites_of(inputs), reckoned[1], inputs=inputs, status="derived"), ()


def _start(notice: Notice, measured: Known | None) -> tuple[Known | None, str]:
    if measured is None:
        return None, "from which event the notice period runs was not read from the contract"
    if measured.value == "dispatch":
        return notice.dispatched, "on which day the notice that counts was sent is not decided"
    return notice.date_received, "the day on which the notice was received was not read from the documents"


def _reckon(
    begun: date, period: Known, clause: tuple[Cite, str] | None, free: Holidays = NONE, begins: Known | None = None
) -> tuple[date, str] | str:
    """Return the last day of the period after `begun`, moved to the point of the calendar that the clause asks for, with the rule in words.

    A text instead says why it cannot be counted.
    """
    value = _whole(period)
    end = end_of_period(begun, value, period.unit, free) if value is not None else None
    if end is None:
        return "the notice period cannot be counted"
    rule = f"{value} {period.unit} after {begun.isoformat()}, that day not counted: {end.isoformat()}"
    text = " ".join(clause[1].split()) if clause else ""
    if _TO_CONTRACT_YEAR.search(text):
        first = day_of(begins.value) if begins else None
        year_end = end_of_contract_year(end, first) if first else None
        if year_end is None:
            return "the clause asks for the end of a contract year, and the first day of the contract is not known"
        return year_end, f"{rule}; the clause asks for the end of a contract year: {year_end.isoformat()}"
    for words, move, name in (
        (_TO_HALF, end_of_half_year, "calendar half-year"),
        (_TO_QUARTER, end_of_quarter, "calendar quarter"),
        (_TO_MONTH, end_of_month, "month"),
        (_TO_YEAR, end_of_year, "calendar year"),
    ):
        if words.search(text):
            moved = move(end)
            return moved, f"{rule}; the clause asks for the end of a {name}: {moved.isoformat()}"
    return end, rule


def too_early_in_any_case(notice: Notice, period: Known, stated: Known) -> str | None:
    """Return the rule by which the stated date is too early whatever the day of receipt: nothing is received before the day it bears."""
    begun = day_of(notice.date_on_document.value) if notice.date_on_document else None
    reckoned = _reckon(begun, period, None) if begun else "no date"
    if begun is None or isinstance(reckoned, str) or str(stated.value) >= reckoned[0].isoformat():
        return None
    return (
        f"not met whenever it was received: no notice is received before the day it bears ({begun.isoformat()}), and counted from that "
        f"day the period ends on {reckoned[0].isoformat()}, after the stated {stated.value}"
    )
