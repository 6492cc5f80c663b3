"""When a contract's term ends, as a sentence says it: a day, a length counted from a day, an anniversary, or no end at all.

A term that is counted from something of which the paper does not know the day has no end here. A term of some years that is counted from or after a
day ends on the same day of a later year; one that begins on a day, or is of some years, ends on the day before it.
"""
from __future__ import annotations

import re

from ingest.enrich.clause_days import loose_days, names_in
from ingest.enrich.clause_values import BEGUN_BY_EVENT, OPEN, ORDINAL, ORDINALS, PERPETUAL, edge, shifted
from ingest.enrich.day_forms import Day, Order
from ingest.enrich.periods import Period, in_months, number_of, periods

_UNLESS = re.compile(r"\bunless\b[^.;]{0,60}\b(?:terminat\w+|cancel\w*)\b")
_SOME_END = re.compile(r"\b(?:until|through|expir\w+|anniversary|period|years?|months?|end (?:on|of)|completion|date set|when|"
                       r"(?:for|be|have|during) the (?:\w+ )?term|term (?:set|stated|specified))\b|\beffective immediately\W*$")
_DAY_AND_YEAR = re.compile(r"\bday and year\b")
_YEAR_END = re.compile(r"\b(?:until|through|to|at|on|by)\b(?: and including)? (?:the )?end of (?:the )?(?:(?:then[- ])?(?:current|same) "
                       r"(?:calendar )?year|(?:calendar year |year )?(?P<y>(?:19|20)\d\d))\b")
_NAMED_END = re.compile(r"\b(?:(?:scheduled |initial |final |contract )?(?:expiration|expiry|end|termination|maturity) date|"
                        r"(?:service|initial|contract|license|agreement) (?:period|term))\b")
_DEFINED_UNTIL = re.compile(r"\n[^\S\n]*\n|(?<=[a-z0-9)])[.;](?=\s{1,4}[\"“]?[a-z(])")
_WHEN_NOTICE = re.compile(r"\W{0,3}(?:(?:day )?(?:following|after|from|of|upon)\b[^.;]{0,20}\bnotice\b)")
_COUNTED_FROM = re.compile(r"^\W{0,3}(?:\(?[\"'a-z ]{0,24}\)?\W{0,3})?(?:from|after|following|subsequent to|thereafter|therefrom|since|of the "
                           r"(?:effective|execution) date)\b")
_ANNIVERSARY = re.compile(
    rf"\b(?P<n>{ORDINAL}|\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\s?(?:\(\s?\d{{1,2}}\s?(?:st|nd|rd|th|t\sh|"
    rf"s\st)?\s?\)\s?)?(?:st|nd|rd|th)?"
    r"(?:[\s-]years?)?\s+(?:year\s+)?anniversary")
_KNOWN_START = re.compile(
    r"\W*(?:(?:from|after|following|since|of|on|upon|subsequent to|commencing|beginning|starting|effective|as|running|and|shall|which|with|to|be|the|its|"
    r"such|that|said)\b\W*){0,6}(?:effective|date (?:of (?:this|the|its)? ?(?:agreement|contract|execution|signing|signature)|hereof|first|above|below|set|"
    r"on which this)|day|commence\w* date|agreement date|execution|signing|signature|this agreement|the agreement|agreement|initial date|date|"
    r"[a-z]+ \d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s[a-z]+)\b")
_EVENT = re.compile(
    r"\W*(?:\([^()]{0,40}\)\W{0,3})?(?:from|after|following|subsequent to|commencing|beginning|starting)\b(?: (?:on|upon|from|with|as of|at))?")
_LATER_TERM = re.compile(
    r"\b(?:after|following|upon|at|beyond)\b[^.;]{0,40}\b(?:initial|first|original) (?:term|period)\b|\bthereafter\b(?!,? unless)|\b(?:extended|"
    r"renewal) terms?\b|"
    r"\b(?:year[- ]to[- ]year|month[- ]to[- ]month|from year to year|from month to month)\b|\bprior to the (?:end|expir\w+) of (?:the|said|such)\b")
_OF_THE_PAPER = re.compile(
    r"\W{0,3}(?:from|after|following|of|as of|commencing on|beginning on)\s(?:and after )?(?:the )?(?:date (?:hereof|of this (?:agreement|contract)|"
    r"of (?:the )?(?:execution|"
    r"signature|signing)(?! by)|first (?:above|set|written))|execution (?:hereof|of this)|day and year first)")
_OTHER_DATE = re.compile(
    r"\W*(?:the |its )?(?:date|day)\s(?:of (?!(?:the )?effective|(?:the )?commencement|this|the agreement|execution|signing|signature|the contract|"
    r"its execution)|(?:on|upon) which (?!this)|"
    r"(?:the|that|when|[a-z-]+'s)\b)")
_DAY_BEFORE = re.compile(r"\b(?:day (?:prior|before|preceding)|immediately (?:prior to|preceding|before))\b")
_NOT_THE_TERM = re.compile(r"\b(?:notice|renew\w*|extend\w*|extension|additional|successive|thereafter|subsequent|cure|within|prior to|before the)\b")
_TERM_WORDS = re.compile(r"\b(?:term|period|effect|force|continue\w*|remain\w*|valid\w*|commenc\w*|expir\w*|terminat\w*|end\w*|initial|duration|for)\b")
_THE_TERM = re.compile(r"\b(?:for|throughout|during|until|be|in) the (?:end of the )?(?:agreement |contract |initial |license )?term\b|"
    r"\bthe term set forth\b")
_TERM_MEANS = re.compile(r"[\"“'‘](?:initial |agreement |contract |license )?term[\"”'’]{1,2}\)?,?\s{1,4}(?:means|shall mean|will mean|is|shall be|"
    r"has the meaning of)\b:?")
_ALONE = 70  # characters of a passage that is hardly more than its day


def meaning_of_term(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of what a paper says that its term means, for a sentence that speaks of the term alone: `shall continue for the Term`."""
    if not _THE_TERM.search(folded, start, end):
        return None
    for meant in _TERM_MEANS.finditer(folded):
        if meant.start() < start or meant.start() >= end:
            stop = re.compile(r"[.;]\s|\n[^\S\n]*\n").search(folded, meant.end(), meant.end() + 600)
            return meant.end(), stop.start() if stop else min(len(folded), meant.end() + 600)
    return None


def ends(folded: str, order: Order, start: int, end: int, first: str | None, counted: bool = False) -> tuple[str | None, bool]:
    """Return the last day of the term as a sentence gives it, or `perpetual`, and whether it was reckoned from `first`, the first day.

    With `counted`, `first` is the very day from which the sentence counts, whatever it calls it.
    """
    written = loose_days(folded, order, start, end)
    for day in written:
        if edge(folded, max(start, day.start - 90), day.start) == "end":
            return day.value, False
    if written and end - start < _ALONE and edge(folded, start, written[-1].start) is None:
        return written[-1].value, False
    said = folded[start:end]
    anniversary, term = _ANNIVERSARY.search(said), _term(folded, start, end)
    if anniversary and first and not (term and term.start < start + anniversary.start()):
        years = ORDINALS.get(anniversary["n"]) or number_of(anniversary["n"])
        if years and (counted or _from_the_start(folded, start + anniversary.end(), end)):
            eve = _DAY_BEFORE.search(said, max(0, anniversary.start() - 60), anniversary.start())
            return shifted(first, 12 * years, 0, -1 if eve else 0), True
    closing = _YEAR_END.search(said)
    if closing and (closing["y"] or first):
        return f"{closing['y'] or str(first)[:4]}-12-31", not closing["y"]
    if term is not None and first:
        behind = folded[term.end:min(end, term.end + 60)]
        if not counted and (BEGUN_BY_EVENT.search(folded, start, term.start) or (
                (event := _EVENT.match(behind)) and not _from_the_start(folded, term.end + event.end(), end))):
            return None, False
        on_the_day = bool(_COUNTED_FROM.match(behind)) and not re.match(r"\W*(?:therefrom\b|from (?:the|its) (?:commencement|start|beginning)\b)", behind)
        months, extra = (in_months(term) or 0), _days(term)
        return shifted(first, months, extra, 0 if on_the_day else -1), True
    if term is None and _LATER_TERM.search(said):
        return None, False
    if term is None and (OPEN.search(said) or (_UNLESS.search(said) and not _SOME_END.search(_DAY_AND_YEAR.sub(" ", said)))):
        return PERPETUAL, False
    return None, False


def first_day_in(folded: str, order: Order, start: int, end: int) -> Day | None:
    """Return the day on which a sentence itself says that the term begins: `for one year commencing on the 1st day of May, 2006`."""
    begun = [d for d in loose_days(folded, order, start, end) if edge(folded, max(start, d.start - 60), d.start) == "begin"]
    return begun[0] if len({d.value for d in begun}) == 1 else None


def counts_from_paper(folded: str, start: int, end: int) -> bool:
    """Say whether a sentence counts the term from the day of the paper, whatever day it is in force from: `the fifth anniversary of the date hereof`."""
    length = _ANNIVERSARY.search(folded, start, end) or _term(folded, start, end)
    return length is not None and _OF_THE_PAPER.match(folded, length.end if isinstance(length, Period) else length.end(), end) is not None


def counts_from_event(folded: str, start: int, end: int) -> bool:
    """Say whether a sentence counts the term from something that happens on a day it does not name: `two years from the first delivery`."""
    term = _term(folded, start, end)
    if term is None:
        return False
    event = _EVENT.match(folded[term.end:min(end, term.end + 60)])
    return event is not None and not _from_the_start(folded, term.end + event.end(), end)


def counted_from(folded: str, start: int, end: int) -> str | None:
    """Return the name of the date from which a sentence counts the term (`services commencement date`), None where it names none or several."""
    said = folded[start:end]
    length = _ANNIVERSARY.search(said) or _term(folded, start, end)
    if length is None:
        return None
    at = length.end if isinstance(length, Period) else start + length.end()
    near = [name for name, stop in names_in(folded, at, min(end, at + 80))]
    named = dict.fromkeys(name for name, _ in names_in(folded, start, end))
    if not near and counts_from_event(folded, start, end):
        return None
    return near[0] if near else next(iter(named)) if len(named) == 1 else None


def defined_end(folded: str, order: Order, start: int, end: int) -> Day | None:
    """Return the last day of a date or term that a sentence names and the paper states elsewhere: `"Expiration Date" means 31 March 2020`."""
    for named in _NAMED_END.finditer(folded, start, end):
        day = _day_before_name(folded, order, named[0])
        if day:
            return day
        words = r"\s{1,4}".join(map(re.escape, named[0].split()))
        for meant in re.finditer(rf"[\"“']?\b{words}[\"”']?\)?\s{{0,4}}(?:means|shall mean|is defined as|shall be|will be|is|:|=)(?=\W)", folded):
            stop = _DEFINED_UNTIL.search(folded, meant.end(), meant.end() + 300)
            close = min(stop.start() if stop else meant.end() + 300, len(folded))
            written = loose_days(folded, order, meant.end(), close)
            if len(written) == 1 or (len(written) == 2 and edge(folded, written[0].start, written[1].start) == "end"):
                return written[-1]
    return None


def _day_before_name(folded: str, order: Order, name: str) -> Day | None:
    """Return the one last day that a name in brackets follows: `made effective May 3, 2016, through May 2, 2019 (the "Initial Term")`."""
    words = r"\s{1,4}".join(map(re.escape, name.split()))
    found: dict[str, Day] = {}
    for m in re.finditer(rf"\(\s?(?:the |hereinafter |collectively,? the )?[\"“'‘]{{1,2}}{words}[\"”'’]{{1,2}}", folded):
        before = loose_days(folded, order, max(0, m.start() - 50), m.start())
        if before and not folded[before[-1].end:m.start()].strip(" ,") and edge(folded, max(0, before[-1].start - 40), before[-1].start) == "end":
            found[before[-1].value] = before[-1]
    return next(iter(found.values())) if len(found) == 1 else None


def _from_the_start(folded: str, start: int, end: int) -> bool:
    """Say whether what follows is the first day of the paper or of its term, not an event of which the day is not known."""
    behind = folded[start:min(end, start + 80)]
    return (bool(_KNOWN_START.match(behind)) and not _OTHER_DATE.match(re.sub(r"^\W*(?:of|from|on|upon)\b", "", behind))) or not behind.strip(" .;,")


def says_end(folded: str, order: Order, start: int, end: int) -> bool:
    """Say whether a sentence states an end or a length of the term at all, be it reckonable or not."""
    return ends(folded, order, start, end, "2001-01-01")[0] is not None


def _term(folded: str, start: int, end: int) -> Period | None:
    """Return the length of the term that a sentence states: its first period that is none of a notice, a renewal or a time to put right."""
    for period in periods(folded, start, end):
        before, behind = folded[max(start, period.start - 40):period.start], folded[period.end:min(end, period.end + 25)]
        if re.match(r"['’]?s?['’]?\W{0,3}(?:prior|advance|written|notice|renewal|cure|before|after (?:receipt|notice|written))\b", behind):
            continue
        if re.search(r"\bsuch\W{0,3}$", before) or _WHEN_NOTICE.match(behind) or (_days(period) and re.match(r"\W{0,3}period\b", behind)):
            continue
        if _NOT_THE_TERM.search(before) and not re.search(r"\b(?:initial|first|term of|period of|continue for|effect for|extends? for|force for)\b", before):
            continue
        if _TERM_WORDS.search(folded, start, period.end + 30):
            return period
    return None


def _days(period: Period) -> int:
    return {"calendar_days": 1, "business_days": 1, "weeks": 7}.get(period.unit, 0) * period.value
