"""How a period is counted. The day of the starting event is not counted (the rule of most contract laws; BGB § 187(1), CPR 2.8)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from history.business_days import NONE, Holidays, business_days_on

UNITS = ("calendar_days", "business_days", "weeks", "months")

MAX_VALUE = 10_000
"""A longer period than this is taken for a reading error."""


def end_of_period(start: date, value: int, unit: str, free: Holidays = NONE) -> date | None:
    """Return the last day of a period that begins the day after `start`; None for a period that cannot be counted.

    `business_days` are Monday to Friday without the holidays in `free`: those that the contract names.  `months` end on the day with
    the number of the starting day, or on the last of the month where there is none (BGB § 188(2), (3)).
    """
    if not 0 < value <= MAX_VALUE:
        return None
    try:
        if unit == "calendar_days":
            return start + timedelta(days=value)
        if unit == "weeks":
            return start + timedelta(weeks=value)
        if unit == "months":
            return _months_on(start, value)
        if unit == "business_days":
            return business_days_on(start, value, free)
    except (OverflowError, ValueError):
        return None
    return None


def renewed_until(end: date, months: int, day: date) -> tuple[date, int] | None:
    """Return the end of the term that runs on `day` and how many times it was renewed, for a term that ends on `end` and renews by months.

    A term that ends on the last of a month does so again.  None for a renewal of no months, or beyond the calendar.
    """
    if not 0 < months <= MAX_VALUE:
        return None
    times = max(0, ((day.year - end.year) * 12 + day.month - end.month) // months)
    while True:
        try:
            last = _months_on(end, times * months)
        except ValueError:
            return None
        last = end_of_month(last) if end == end_of_month(end) else last
        if last >= day:
            return last, times
        times += 1


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def end_of_quarter(day: date) -> date:
    """Return the last day of the calendar quarter that the day lies in."""
    return end_of_month(day.replace(day=1, month=(day.month + 2) // 3 * 3))


def end_of_half_year(day: date) -> date:
    """Return 30 June or 31 December, whichever ends the half-year that the day lies in."""
    return day.replace(month=6, day=30) if day.month <= 6 else day.replace(month=12, day=31)


def end_of_year(day: date) -> date:
    return day.replace(month=12, day=31)


def end_of_contract_year(day: date, first: date) -> date | None:
    """Return the last day of the contract year that the day lies in, for a contract that began on `first`; None before it."""
    if day < first:
        return None
    years = day.year - first.year
    for n in (years, years + 1):
        end = _months_on(first, 12 * n) - timedelta(days=1)
        if end >= day:
            return end
    return None


def day_of(text: object) -> date | None:
    """Return the day of an ISO 8601 date or moment, None for anything else."""
    try:
        return date.fromisoformat(str(text)[:10]) if isinstance(text, str) else None
    except ValueError:
        return None


def _months_on(start: date, months: int) -> date:
    counted = start.month - 1 + months
    year, month = start.year + counted // 12, counted % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
