"""What a passage of a contract says as a value: a day, a length of time, or that it runs until somebody ends it. None where it says none.

Days are ISO 8601; where the paper leaves a blank, with what stands there (`2004-03`, `2004`). A term of some years that is counted from or after a
day ends on the same day of a later year; one that begins on a day, or is of some years, ends on the day before it.
"""
from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.enrich.clause_days import loose_days
from ingest.enrich.day_forms import MONTH_NAME, Order, days, month_number
from ingest.enrich.periods import Period, in_months, periods

PERPETUAL = "perpetual"

ORDINALS = {w: n for n, w in enumerate((
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth",
    "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth",
    "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first"), 1)}
ORDINAL = "|".join(sorted(ORDINALS, key=len, reverse=True))
_DAY_OF = re.compile(rf"\b(?P<d>\d{{1,2}}|{ORDINAL})\s?(?:st|nd|rd|th|s\st|n\sd|r\sd|t\sh)?\s+day\s+of\s+(?P<m>{MONTH_NAME})\b[\s,.]*(?:in the "
                     rf"year\s)?(?P<y>(?:19|20)\s?\d\d)?")
_SPACED = re.compile(rf"\b(?P<m>{MONTH_NAME})\b\.?\s*(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|s\st|t\sh)?\s*[,.]?\s*(?P<y>(?:19|20)\s?\d\d)\b")
_SPACED_2 = re.compile(rf"\b(?P<d>\d{{1,2}})\s?(?:st|nd|rd|th|s\st|t\sh)?\s*(?:of\s+)?(?P<m>{MONTH_NAME})\b\.?[\s,]*(?P<y>(?:19|20)\s?\d\d)\b")
_MONTH = re.compile(rf"\b(?P<m>{MONTH_NAME})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

_EDGE = re.compile(
    r"\b(?P<end>until|through|thru|to|till|expir\w*|terminat\w*|end(?:s|ing|ed)?|conclud\w+|no later than)\b|"
    r"\b(?P<begin>commenc\w*|begin\w*|start\w*|effective|from|dated|entered|executed|in force on|into force|notice|elect)\b")
OPEN = re.compile(
    r"\b(?:perpetual\w*|in perpetuity|indefinite\w*|no (?:expiration|expiry|fixed term)|evergreen|unlimited (?:period|term|duration))\b|"
    r"\bend (?:on|upon|as of) the [a-z0-9-]{3,12} day (?:following|after) (?:a|the|any|such)? ?(?:written )?notice\b|"
    r"\b(?:until|unless and until|(?<!date )when(?! all))\b(?:(?!\bunless\b)[^.;]){0,80}\b(?:terminat\w+|cancel\w*|notice|informs?)\b(?! date\b)")
BEGUN_BY_EVENT = re.compile(
    r"\b(?:effective|commenc\w+|begin\w*|start\w*)\s(?:(?:on|upon|as of|from|with)\s){1,2}(?:the )?(?:date|day|time)\s(?:of (?!(?:the )?(?:effective|"
    r"commencement|"
    r"this|last|agreement|execution|signing|signature|contract|its execution|due)|[a-z]{3,9} \d)|(?:on|upon) which (?!(?:this|the (?:last|agreement|"
    r"parties)|it is (?:duly )?(?:signed|executed)))|when |that )")
_NAME_IS_DEFINED = re.compile(r"[\"“'‘]{1,2}\s?effective date\s?[\"”'’]{1,2}")
_YEARLY = re.compile(r"\b(?:year[- ]to[- ]year|annual(?:ly)?|each year|every year|yearly|from year to year|one-year|another year|calendar year|"
                     r"anniversary)\b")
_MONTHLY = re.compile(r"\bmonth[- ]to[- ]month(?:ly)?\b|\bmonthly (?:periods?|terms?|basis)\b|\b(?:another|additional|each) month\b")
_HALF_YEAR = re.compile(r"\bhalf[- ](?:a[- ])?year|\bsix-month|\bsemi-?annual")
_RENEWS = re.compile(r"\b(?:renew\w*|extend\w*|extension|successive|consecutive|additional|thereafter|subsequent|further|another|each)\b")
_RENEWS_OPEN = re.compile(
    r"\b(?:renew\w*|extend\w*|continue\w*)\b[^.;]{0,40}\b(?:indefinite\w*|unlimited|perpetual\w*|undetermined) ?(?:period|term|time|duration)?\b|"
    r"\bthereafter\b[^.;]{0,60}\bcontinue\w*\b(?:(?!\bunless\b)[^.;\d]){0,60}\buntil\b[^.;]{0,120}\b(?:terminat\w+|cancel\w*|notice)\b")
_FIRST_TERM = re.compile(r"\b(?:initial|first|original|existing|current)\W{1,3}(?:\w+\W{1,3})?$")
_OF_A_RENEWAL = re.compile(r"['’]?s?['’]?[\s-]{0,3}(?:terms?|periods?|renewals?|extensions?|each)\b")
_FOR_A_RENEWAL = re.compile(
    r"\b(?:successive|consecutive|additional|further|subsequent|another|renew(?:al|ed|s)?|exten(?:sion|ded|ds?))\b(?:\W{1,3}\w+){0,3}\W{1,3}$")
_BLANK_TERMS = re.compile(r"(?:\[[^\]\n]{0,12}\]|_{3,}|\*{3,})\W{0,4}(?:\w+\W{1,3})?(?:years?|months?|days?|terms?|periods?)\b")
_AHEAD = re.compile(r"\b(?:notice|notif\w+|advis\w+|writ\w+|prior|before|advance|at least|not less|no later|no less|days?)\b")
_SAME_DAY = re.compile(
    r"\bday and year (?:first )?(?:above|written|set|herein)|\bdate (?:given|stated|shown|set out) (?:at|in) the (?:beginning|head|top)\b|"
    r"\bdate (?:first )?(?:above|set forth|hereof|written|below|first|of (?:this|the|its) (?:agreement|execution|signing|signature|contract))|"
    r"\b(?:execution|signing|signature|signed|executed)\b|\bdate of this\b|\bas of the date\b|\bthe effective date\b|\bimmediately\b|\bhereof\b")


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
    loose = loose_days(folded, order, start, end)
    if loose:
        return loose[0].value
    said = folded[start:end]
    for pattern in (_DAY_OF, _SPACED, _SPACED_2):
        m = pattern.search(said)
        if m and m["y"]:
            day = ORDINALS.get(m["d"]) or int(m["d"])
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
    written = next(iter(loose_days(folded, order, start, end)), None)
    same = _SAME_DAY.search(folded, start, end)
    if written is not None and not (same and same.start() < written.start and edge(folded, same.start(), written.start) == "end"):
        return written.value, False
    if BEGUN_BY_EVENT.search(folded, start, end) or (same and same[0] == "the effective date" and _NAME_IS_DEFINED.search(folded)):
        return None, False  # a day that hangs on something, or one that the paper defines by something else than a day
    if same and agreed:
        return agreed, True
    return None if written else day_in(folded, order, start, end), False


def renews_for(folded: str, start: int, end: int) -> Length | str | None:
    """Return for how long a sentence says the paper goes on each time, `perpetual` where until somebody ends it, None where it does not say."""
    cue = _RENEWS.search(folded, start, end)
    begin = cue.start() if cue else start
    if _RENEWS_OPEN.search(folded, begin, end):
        return PERPETUAL
    ranked = [p for p in periods(folded, start, end) if not _is_notice(folded, p, start, end)]
    behind = [p for p in ranked if p.start >= begin - 2 and not _FIRST_TERM.search(folded, max(start, p.start - 30), p.start)] if cue else []
    behind = [p for p in behind if _OF_A_RENEWAL.match(folded, p.end, end) or _FOR_A_RENEWAL.search(folded, max(start, p.start - 45), p.start)] or behind
    if not behind and _BLANK_TERMS.search(folded, begin, end):
        return None
    if not behind and _YEARLY.search(folded, begin, end):
        return Length(12, "months")
    if not behind and _HALF_YEAR.search(folded, start, end):
        return Length(6, "months")
    for period in behind or [p for p in ranked[-1:] if not _FIRST_TERM.search(folded, max(start, p.start - 30), p.start)]:
        months = in_months(period)
        if months is not None or behind:
            return Length(months, "months") if months is not None else Length(period.value, period.unit)
    if _YEARLY.search(folded, start, end):
        return Length(12, "months")
    if _MONTHLY.search(folded, start, end):
        return Length(1, "months")
    return PERPETUAL if OPEN.search(folded, start, end) else None


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
    near = [p for p in found if p.unit != "years" and not _OF_A_RENEWAL.match(folded, p.end, end)
            and _AHEAD.search(folded, max(start, p.start - 80), min(end, p.end + 60))]
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


def edge(folded: str, start: int, end: int) -> str | None:
    """Return whether the last word about beginning or ending between two offsets is one of an `end` or a `begin`."""
    last = None
    for m in _EDGE.finditer(folded, start, end):
        last = m.lastgroup
    return last
