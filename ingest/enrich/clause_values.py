"""What a passage of a contract says as a value: a day, a length of time, or that it runs until somebody ends it. None where it says none.

Days are ISO 8601; where the paper leaves a blank, with what stands there (`2004-03`, `2004`). A term of some years that is counted from or after a
day ends on the same day of a later year; one that begins on a day, or is of some years, ends on the day before it.
"""
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.enrich.day_forms import MONTH_NAME, Order, days, month_number
from ingest.enrich.periods import Period, in_months, number_of, periods

PERPETUAL = "perpetual"

_ORDINALS = {w: n for n, w in enumerate((
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth",
    "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"), 1)}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_DAY_OF = re.compile(rf"\b(?P<d>\d{{1,2}}|{_ORDINAL})\s?(?:st|nd|rd|th|s\st|n\sd|r\sd|t\sh)?\s+day\s+of\s+(?P<m>{MONTH_NAME})\b[\s,.]*(?:in the "
                     rf"year\s)?(?P<y>(?:19|20)\s?\d\d)?")
_SPACED = re.compile(rf"\b(?P<m>{MONTH_NAME})\b\.?\s*(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|s\st|t\sh)?\s*[,.]?\s*(?P<y>(?:19|20)\s?\d\d)\b")
_SPACED_2 = re.compile(rf"\b(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|s\st|t\sh)?\s*(?:of\s+)?(?P<m>{MONTH_NAME})\b\.?[\s,]*(?P<y>(?:19|20)\s?\d\d)\b")
_MONTH = re.compile(rf"\b(?P<m>{MONTH_NAME})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_EDGE = re.compile(
    r"\b(?P<end>until|through|thru|to|till|expir\w*|terminat\w*|end(?:s|ing|ed)?|conclud\w+|no later than)\b|"
    r"\b(?P<begin>commenc\w*|begin\w*|start\w*|effective|from|dated|entered|executed|in force on|into force|notice|elect)\b")
_OPEN = re.compile(
    r"\b(?:perpetual\w*|in perpetuity|indefinite\w*|no (?:expiration|expiry|fixed term)|evergreen|unlimited (?:period|term|duration))\b|"
    r"\b(?:until|unless and until|when)\b(?:(?!\bunless\b)[^.;]){0,80}\b(?:terminat\w+|cancel\w*|notice|informs?)\b")
_UNLESS = re.compile(r"\bunless\b[^.;]{0,60}\b(?:terminat\w+|cancel\w*)\b")
_SOME_END = re.compile(r"\b(?:until|through|expir\w+|anniversary|period|years?|months?|end (?:on|of)|completion|date set)\b")
_DAY_AND_YEAR = re.compile(r"\bday and year\b")
_YEAR_END = re.compile(r"\b(?:until|through|to|at|on|by)\b(?: and including)? (?:the )?end of (?:the )?(?:(?:then[- ])?(?:current|same) "
                       r"(?:calendar )?year|(?:calendar year |year )?(?P<y>(?:19|20)\d\d))\b")
_NAMED_END = re.compile(r"\b(?:(?:scheduled |initial |final |contract )?(?:expiration|expiry|end|termination|maturity) date|"
                        r"(?:service|initial|contract|license|agreement) (?:period|term))\b")
_DEFINED_UNTIL = re.compile(r"\n[^\S\n]*\n|(?<=[a-z0-9)])[.;](?=\s{1,4}[\"“]?[a-z(])")
_WHEN_NOTICE = re.compile(r"\W{0,3}(?:period\b|(?:day )?(?:following|after|from|of|upon)\b[^.;]{0,20}\bnotice\b)")
_COUNTED_FROM = re.compile(r"^\W{0,3}(?:\(?[\"'a-z ]{0,24}\)?\W{0,3})?(?:from|after|following|subsequent to|thereafter|therefrom|since|of the "
                           r"(?:effective|execution) date)\b")
_ANNIVERSARY = re.compile(
    rf"\b(?P<n>{_ORDINAL}|\d{{1,2}}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)\s?(?:\(\s?\d{{1,2}}\s?(?:st|nd|rd|th|t\sh|"
    rf"s\st)?\s?\)\s?)?(?:st|nd|rd|th)?"
    r"(?:[\s-]years?)?\s+(?:year\s+)?anniversary")
_KNOWN_START = re.compile(
    r"\W*(?:(?:from|after|following|since|of|on|upon|subsequent to|commencing|beginning|starting|effective|as|running|and|shall|which|with|to|be|the|its|"
    r"such|that|said)\b\W*){0,6}(?:effective|date (?:of (?:this|the|its)? ?(?:agreement|contract|execution|signing|signature)|hereof|first|above|below|set|"
    r"on which this)|day|commence\w* date|agreement date|execution|signing|signature|this agreement|the agreement|agreement|initial date|date|"
    r"[a-z]+ \d{1,2})\b")
_EVENT = re.compile(
    r"\W*(?:\([^()]{0,40}\)\W{0,3})?(?:from|after|following|subsequent to|commencing|beginning|starting)\b(?: (?:on|upon|from|with|as of|at))?")
_OTHER_DATE = re.compile(
    r"\W*(?:the |its )?(?:date|day)\s(?:of (?!(?:the )?effective|(?:the )?commencement|this|the agreement|execution|signing|signature|the contract|"
    r"its execution)|(?:on|upon) which (?!this)|"
    r"(?:the|that|when|[a-z-]+'s)\b)")
_DAY_BEFORE = re.compile(r"\b(?:day (?:prior|before|preceding)|immediately (?:prior to|preceding|before))\b")
_NOT_THE_TERM = re.compile(r"\b(?:notice|renew\w*|extend\w*|extension|additional|successive|thereafter|subsequent|cure|within|prior to|before the)\b")
_TERM_WORDS = re.compile(r"\b(?:term|period|effect|force|continue\w*|remain\w*|valid\w*|commenc\w*|expir\w*|terminat\w*|end\w*|initial|duration|for)\b")
_YEARLY = re.compile(r"\b(?:year[- ]to[- ]year|annual(?:ly)?|each year|every year|yearly|from year to year|one-year|another year|calendar year|"
                     r"anniversary)\b")
_MONTHLY = re.compile(r"\bmonth[- ]to[- ]month(?:ly)?\b")
_HALF_YEAR = re.compile(r"\bhalf[- ](?:a[- ])?year|\bsix-month|\bsemi-?annual")
_RENEWS = re.compile(r"\b(?:renew\w*|extend\w*|extension|successive|consecutive|additional|thereafter|subsequent|further|another|each)\b")
_AHEAD = re.compile(r"\b(?:notice|notif\w+|advis\w+|writ\w+|prior|before|advance|at least|not less|no later|no less|days?)\b")
_SAME_DAY = re.compile(
    r"\bday and year (?:first )?(?:above|written|set|herein)|\bdate (?:given|stated|shown|set out) (?:at|in) the (?:beginning|head|top)\b|"
    r"\bdate (?:first )?(?:above|set forth|hereof|written|below|first|of (?:this|the|its) (?:agreement|execution|signing|signature|contract))|"
    r"\b(?:execution|signing|signature|signed|executed)\b|\bdate of this\b|\bas of the date\b|\bthe effective date\b|\bimmediately\b|\bhereof\b")


_ALONE = 70  # characters of a passage that is hardly more than its day


@dataclass(frozen=True, slots=True)
class Length:
    """A number of months or days; `unit` as in `Period`, years told in months."""
    value: int
    unit: str


def day_in(folded: str, order: Order, start: int, end: int) -> str | None:
    """Return the first day written between two offsets; where only a month and year or a year stand, these; None where not even a year does."""
    full = next(days(folded, order, start, end), None)
    if full is not None:
        return full.value
    said = folded[start:end]
    for pattern in (_DAY_OF, _SPACED, _SPACED_2):
        m = pattern.search(said)
        if m and m["y"]:
            day = _ORDINALS.get(m["d"]) or int(m["d"])
            try:
                return date(int(m["y"].replace(" ", "")), month_number(m["m"]) or 0, day).isoformat()
            except ValueError:
                continue
    year, month = _YEAR.search(said), _MONTH.search(said)
    if year is None:
        return None
    number = month_number(month["m"]) if month else None
    return f"{year[0]}-{number:02d}" if number else year[0]


def begins(folded: str, order: Order, start: int, end: int, agreed: str | None) -> tuple[str | None, bool]:
    """Return the day from which a sentence says the paper is in force, and whether it follows from the day of the paper (`agreed`)."""
    written = next(days(folded, order, start, end), None)
    same = _SAME_DAY.search(folded, start, end)
    if written is not None and not (same and same.start() < written.start and _edge(folded, same.start(), written.start) == "end"):
        return written.value, False
    if same and agreed:
        return agreed, True
    return None if written else day_in(folded, order, start, end), False


def ends(folded: str, order: Order, start: int, end: int, first: str | None) -> tuple[str | None, bool]:
    """Return the last day of the term as a sentence gives it, or `perpetual`, and whether it was reckoned from `first`, the first day."""
    written = list(days(folded, order, start, end))
    for day in written:
        if _edge(folded, max(start, day.start - 90), day.start) == "end":
            return day.value, False
    if written and end - start < _ALONE and _edge(folded, start, written[-1].start) is None:
        return written[-1].value, False
    said = folded[start:end]
    anniversary = _ANNIVERSARY.search(said)
    if anniversary and first:
        years = _ORDINALS.get(anniversary["n"]) or number_of(anniversary["n"])
        if years and _from_the_start(folded, start + anniversary.end(), end):
            eve = _DAY_BEFORE.search(said, max(0, anniversary.start() - 60), anniversary.start())
            return shifted(first, 12 * years, 0, -1 if eve else 0), True
    closing = _YEAR_END.search(said)
    if closing and (closing["y"] or first):
        return f"{closing['y'] or str(first)[:4]}-12-31", not closing["y"]
    term = _term(folded, start, end)
    if term is not None and first:
        behind = folded[term.end:min(end, term.end + 60)]
        if (event := _EVENT.match(behind)) and not _from_the_start(folded, term.end + event.end(), end):
            return None, False
        on_the_day = bool(_COUNTED_FROM.match(behind)) and not re.match(r"\W*from (?:the|its) (?:commencement|start|beginning)\b", behind)
        months, extra = (in_months(term) or 0), _days(term)
        return shifted(first, months, extra, 0 if on_the_day else -1), True
    if term is None and (_OPEN.search(said) or (_UNLESS.search(said) and not _SOME_END.search(_DAY_AND_YEAR.sub(" ", said)))):
        return PERPETUAL, False
    return None, False


def defined_end(folded: str, order: Order, start: int, end: int) -> str | None:
    """Return the last day of a date or term that a sentence names and the paper states elsewhere: `"Expiration Date" means 31 March 2020`."""
    for named in _NAMED_END.finditer(folded, start, end):
        words = r"\s{1,4}".join(map(re.escape, named[0].split()))
        for meant in re.finditer(rf"[\"“']?\b{words}[\"”']?\)?\s{{0,4}}(?:means|shall mean|is defined as|shall be|will be|is|:|=)(?=\W)", folded):
            stop = _DEFINED_UNTIL.search(folded, meant.end(), meant.end() + 300)
            close = min(stop.start() if stop else meant.end() + 300, len(folded))
            written = list(days(folded, order, meant.end(), close))
            if len(written) == 1 or (len(written) == 2 and _edge(folded, written[0].start, written[1].start) == "end"):
                return written[-1].value
    return None


def _from_the_start(folded: str, start: int, end: int) -> bool:
    """Say whether what follows is the first day of the paper or of its term, not an event of which the day is not known."""
    behind = folded[start:min(end, start + 80)]
    return (bool(_KNOWN_START.match(behind)) and not _OTHER_DATE.match(re.sub(r"^\W*(?:of|from|on|upon)\b", "", behind))) or not behind.strip(" .;,")


def says_end(folded: str, order: Order, start: int, end: int) -> bool:
    """Say whether a sentence states an end or a length of the term at all, be it reckonable or not."""
    return ends(folded, order, start, end, "2001-01-01")[0] is not None


def _edge(folded: str, start: int, end: int) -> str | None:
    """Return whether the last word about beginning or ending between two offsets is one of an `end` or a `begin`."""
    last = None
    for m in _EDGE.finditer(folded, start, end):
        last = m.lastgroup
    return last


def _term(folded: str, start: int, end: int) -> Period | None:
    """Return the length of the term that a sentence states: its first period that is none of a notice, a renewal or a time to put right."""
    for period in periods(folded, start, end):
        before, behind = folded[max(start, period.start - 40):period.start], folded[period.end:min(end, period.end + 25)]
        if re.match(r"['’]?s?['’]?\W{0,3}(?:prior|advance|written|notice|renewal|cure|before|after (?:receipt|notice|written))\b", behind):
            continue
        if re.search(r"\bsuch\W{0,3}$", before) or _WHEN_NOTICE.match(behind):
            continue
        if _NOT_THE_TERM.search(before) and not re.search(r"\b(?:initial|first|term of|period of|continue for|effect for|extends? for|force for)\b", before):
            continue
        if _TERM_WORDS.search(folded, start, period.end + 30):
            return period
    return None


def renews_for(folded: str, start: int, end: int) -> Length | str | None:
    """Return for how long a sentence says the paper goes on each time, `perpetual` where until somebody ends it, None where it does not say."""
    cue = _RENEWS.search(folded, start, end)
    found = list(periods(folded, start, end))
    ranked = [p for p in found if not _is_notice(folded, p, start, end)]
    behind = [p for p in ranked if cue and p.start >= cue.start() - 2]
    if not behind and _YEARLY.search(folded, cue.start() if cue else start, end):
        return Length(12, "months")
    if not behind and _HALF_YEAR.search(folded, start, end):
        return Length(6, "months")
    for period in behind or ranked[-1:]:
        months = in_months(period)
        if months is not None or behind:
            return Length(months, "months") if months is not None else Length(period.value, period.unit)
    if _YEARLY.search(folded, start, end):
        return Length(12, "months")
    if _MONTHLY.search(folded, start, end):
        return Length(1, "months")
    return PERPETUAL if _OPEN.search(folded, start, end) else None


def _is_notice(folded: str, period: Period, start: int, end: int) -> bool:
    """Say whether a period is that of a notice: `60 days prior written notice`, `at least 60 days before the end`."""
    behind = folded[period.end:min(end, period.end + 60)]
    if re.match(r"['’]?s?['’]?\s{0,3}(?:(?:advance|advanced|prior|written|previous|or more|in advance)\s{1,3}){0,3}(?:notice|before|prior|preceding|in "
                r"advance|of the (?:expir|end))", behind):
        return True
    return bool(re.search(r"\b(?:at least|not less than|no less than|no later than|not later than|minimum of|within|upon|not more than)\s(?:\w+\s)?$",
                          folded[max(start, period.start - 30):period.start]))


def notice_of(folded: str, start: int, end: int) -> Length | None:
    """Return how long before the end a sentence wants a notice against renewal, None where it does not say."""
    found = list(periods(folded, start, end))
    marked = [p for p in found if _is_notice(folded, p, start, end)]
    near = [p for p in found if p.unit != "years" and _AHEAD.search(folded, max(start, p.start - 80), min(end, p.end + 60))]
    for period in marked or near[-1:]:
        if period.unit == "years":
            return Length(12 * period.value, "months")
        return Length(period.value, period.unit)
    return None


def shifted(day: str, months: int, more_days: int, by: int) -> str | None:
    """Return a day some months and days later, and then `by` days; for a day of which only month or year is known, as much as is known."""
    parts = [int(p) for p in day.split("-")]
    total = (parts[1] if len(parts) > 1 else 1) - 1 + months
    year, month = parts[0] + total // 12, total % 12 + 1
    if len(parts) == 1:
        return str(parts[0] + months // 12) if months % 12 == 0 and months and not more_days else None
    if len(parts) == 2:
        return f"{year}-{month:02d}" if not more_days else None
    try:
        moved = date(year, month, min(parts[2], monthrange(year, month)[1])) + timedelta(days=more_days + by)
    except (ValueError, OverflowError):
        return None
    return moved.isoformat()


def _days(period: Period) -> int:
    return {"calendar_days": 1, "business_days": 1, "weeks": 7}.get(period.unit, 0) * period.value
