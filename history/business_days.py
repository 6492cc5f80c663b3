"""Which days are business days: Monday to Friday, without the holidays that a contract names (python-holidays for what falls where)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

Holidays = frozenset[date]
NONE: Holidays = frozenset()


def holidays_of(code: str, first: int, last: int) -> Holidays:
    """Return the holidays of the years `first` to `last` by a code as contracts are read: `GB-ENG`, `SG`, or `US:labor day;christmas day`.

    With names behind the colon only those holidays of the place count.  A place that is not known has none.
    """
    return frozenset(d for year in range(first, last + 1) for d in _of_year(code, year))


@cache
def _of_year(code: str, year: int) -> Holidays:
    import holidays

    place, _, named = code.partition(":")
    country, _, region = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=region or None, years=year, language=None)
    except NotImplementedError:
        return NONE
    wanted = [_key(n) for n in named.split(";") if n]
    return frozenset(day for day, name in found.items() if not wanted or any(w in _key(name) for w in wanted))


def _key(name: str) -> str:
    return " ".join(name.lower().replace("'", "").replace("’", "").removesuffix(" day").split())


def is_business_day(day: date, free: Holidays = NONE) -> bool:
    return day.weekday() < 5 and day not in free


def business_days_on(start: date, days: int, free: Holidays = NONE) -> date:
    """Return the last of so many business days that follow `start`, which is not counted; with 0 the day itself or the next business day."""
    if not free and days:
        return _weekdays_on(start, days)
    day, left = start, days
    while left or not is_business_day(day, free):
        day += timedelta(days=1)
        if left and is_business_day(day, free):
            left -= 1
    return day


def _weekdays_on(start: date, days: int) -> date:
    weeks, rest = divmod(days, 5)
    # A weekend start is moved back to its Friday: the same number of working days follows.
    day = start - timedelta(days=max(0, start.weekday() - 4)) + timedelta(weeks=weeks)
    for _ in range(rest):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day
