"""Days, months, years and ranges of them, as ISO 8601 writes them."""
from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from archive.errors import QuerySyntax

_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_OTHER_ORDER = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")

_FORM = "Write dates as 2025-03-31, 2025-03 or 2025, ranges as 2025-01-01..2025-03-31."

Bounds = tuple[str | None, str | None]
"""First and last day, both included, ISO 8601; None is open."""


def period(text: str, at: int) -> tuple[date, date]:
    """Return the first and last day of a day, month or year. Raises QuerySyntax."""
    met = _PERIOD.fullmatch(text)
    if not met:
        other = " The order of day and month is not the same everywhere." if _OTHER_ORDER.fullmatch(text) else ""
        raise QuerySyntax(f"{text!r} (position {at}) is no date.{other}", at, _FORM)
    year, month, day = (int(part) if part else 0 for part in met.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise QuerySyntax(f"{text!r} (position {at}) is not in the calendar.", at, _FORM) from error


def bounds(field: str, text: str, at: int) -> Bounds:
    """Return the days that `date:`, `before:` or `after:` with this value means. Raises QuerySyntax.

    `before:2025-03` ends with the last day of February, `after:2025-03` begins with the first of April.
    """
    if field == "before":
        return None, _step(period(text, at)[0], -1)
    if field == "after":
        return _step(period(text, at)[1], 1), None
    low, dots, high = text.partition("..")
    if not dots:
        first, last = period(text, at)
        return first.isoformat(), last.isoformat()
    if not low and not high:
        raise QuerySyntax(f"The range at position {at} has no end.", at, _FORM)
    start = period(low, at)[0] if low else None
    end = period(high, at + len(low) + 2)[1] if high else None
    if start and end and start > end:
        raise QuerySyntax(f"The range at position {at} ends before it begins.", at, "Exchange the two dates.")
    return start.isoformat() if start else None, end.isoformat() if end else None


def _step(day: date, days: int) -> str:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return day.isoformat()
