"""Days, months, quarters, years, ranges of them as ISO 8601 writes them, and spans told from today (`last month`)."""
from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from archive.errors import QuerySyntax

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_OTHER_ORDER = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_RELATIVE = re.compile(r"(last|past|previous|this|next)[ _-]+(?:(\d{1,4})[ _-]+)?(day|week|month|quarter|year)s?", re.IGNORECASE)
RELATIVE_WORDS = frozenset({"last", "past", "previous", "this", "next"})
_SINGLE = {"today": 0, "yesterday": -1, "tomorrow": 1}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}

_FORM = ("Write dates as 2025-03-31, 2025-03, 2025-Q1 or 2025, ranges as 2025-01-01..2025-03-31, or today, yesterday, last month, this year, "
         "last 30 days.")

Bounds = tuple[str | None, str | None]
"""First and last day, both included, ISO 8601; None is open."""


def period(text: str, at: int, today: date | None = None) -> tuple[date, date]:
    """Return the first and last day of a day, month, quarter, year or span told from `today` (None: now, UTC). Raises QuerySyntax.

    `last month` is the month before this one, `last 30 days` the thirty that end today.  Weeks begin on Monday (ISO 8601).
    """
    relative = _relative(text, at, today or datetime.now(UTC).date())
    if relative:
        return relative
    if quarter := _QUARTER.fullmatch(text):
        year, number = int(quarter.group(1)), int(quarter.group(2))
        return _month(year, 3 * number - 2, text, at)[0], _month(year, 3 * number, text, at)[1]
    met = _PERIOD.fullmatch(text)
    if not met:
        other = " The order of day and month is not the same everywhere." if _OTHER_ORDER.fullmatch(text) else ""
        raise QuerySyntax(f"{text!r} (position {at}) is no date.{other}", at, _FORM)
    year, month, day = (int(part) if part else 0 for part in met.groups())
    if not met.group(2):
        return _month(year, 1, text, at)[0], _month(year, 12, text, at)[1]
    if not met.group(3):
        return _month(year, month, text, at)
    try:
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise _not_in_the_calendar(text, at) from error


def bounds(field: str, text: str, at: int, today: date | None = None) -> Bounds:
    """Return the days that `date:`, `before:` or `after:` with this value means. Raises QuerySyntax.

    `before:2025-03` ends with the last day of February, `after:2025-03` begins with the first of April.
    """
    if field == "before":
        return None, _step(period(text, at, today)[0], -1)
    if field == "after":
        return _step(period(text, at, today)[1], 1), None
    low, dots, high = text.partition("..")
    if not dots:
        first, last = period(text, at, today)
        return first.isoformat(), last.isoformat()
    if not low and not high:
        raise QuerySyntax(f"The range at position {at} has no end.", at, _FORM)
    start = period(low, at, today)[0] if low else None
    end = period(high, at + len(low) + 2, today)[1] if high else None
    if start and end and start > end:
        raise QuerySyntax(f"The range at position {at} ends before it begins.", at, "Exchange the two dates.")
    return start.isoformat() if start else None, end.isoformat() if end else None


def is_relative(text: str) -> bool:
    """Say whether a date is told from today."""
    return any(part.strip().lower() in _SINGLE or _RELATIVE.fullmatch(part.strip()) for part in text.split(".."))


def _relative(text: str, at: int, today: date) -> tuple[date, date] | None:
    lowered = text.strip().lower()
    if lowered in _SINGLE:
        day = today + timedelta(_SINGLE[lowered])
        return day, day
    met = _RELATIVE.fullmatch(lowered)
    if not met:
        return None
    which, number, unit = met.group(1), int(met.group(2) or 0), met.group(3)
    try:
        if number:
            return _counted(which, number, unit, today)
        turn = {"this": 0, "next": 1}.get(which, -1)
        if unit == "day":
            return today + timedelta(turn), today + timedelta(turn)
        if unit == "week":
            monday = today - timedelta(today.weekday()) + timedelta(7 * turn)
            return monday, monday + timedelta(6)
        size = _MONTHS[unit]
        first = (today.year * 12 + today.month - 1) // size * size + turn * size
        return date(first // 12, first % 12 + 1, 1), date((first + size) // 12, (first + size) % 12 + 1, 1) - timedelta(1)
    except (ValueError, OverflowError) as error:
        raise _not_in_the_calendar(text, at) from error


def _counted(which: str, number: int, unit: str, today: date) -> tuple[date, date]:
    """Return so many days, weeks, months or years that end today, or with `next` begin tomorrow."""
    sign = 1 if which == "next" else -1
    if unit in ("day", "week"):
        far = today + timedelta(sign * number * (7 if unit == "week" else 1))
    else:
        months = today.year * 12 + today.month - 1 + sign * number * _MONTHS[unit]
        year, month = months // 12, months % 12 + 1
        far = date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return (today + timedelta(1), far) if sign > 0 else (far + timedelta(1), today)


def _month(year: int, month: int, text: str, at: int) -> tuple[date, date]:
    try:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError) as error:
        raise _not_in_the_calendar(text, at) from error


def _not_in_the_calendar(text: str, at: int) -> QuerySyntax:
    return QuerySyntax(f"{text!r} (position {at}) is not in the calendar.", at, _FORM)


def _step(day: date, days: int) -> str:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return day.isoformat()
