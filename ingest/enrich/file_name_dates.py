"""The day that a file name bears; of a period (`Oct24-Jan25`, `Q4 2024`, `2023-06`) its last day."""
from __future__ import annotations

import re

from ingest.enrich.day_forms import MONTH_NAME, Order, days, full_year, iso, last_of_month, month_number

_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![a-z])({MONTH_NAME})[ _.-]?(?:((?:19|20)\d\d)|'?(\d\d))(?!\d)")
_YEAR_MONTH = re.compile(r"(?<![\d-])((?:19|20)\d\d)[-_.](0[1-9]|1[0-2])(?![\d]|[-_.]\d)")
_MONTH_OF_YEAR = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[./]((?:19|20)\d\d)(?![\d./-])")
_QUARTER = re.compile(r"(?<![a-z0-9])(?:q|t)([1-4])[ _./-]{0,3}((?:19|20)\d\d|\d\d)(?!\d)|(?<!\d)((?:19|20)\d\d)[ _./-]{0,3}(?:q|"
                      r"t)([1-4])(?!\d)")
_WEEK = re.compile(r"(?<![a-z])(?:kw|wk|week|cw|semaine|semana|sem)[ _.-]?(\d{1,2})[ _./-]{1,3}((?:19|20)\d\d)(?!\d)")
_YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d])")


def name_date(folded_name: str, order: Order, years_too: bool = False) -> tuple[str, str] | None:
    """Return the day in a folded file name and what sort of period it was (`day`, `month`, `quarter`, `week`, `year`), or None.

    Of several the last one counts, since ranges end with it. A bare year counts only where asked for.
    """
    name = folded_name.replace("_", " ")
    found = list(days(name, order))
    if found:
        return found[-1].value, "day"
    for m in _COMPACT.finditer(name):
        value = iso(int(m[1]), int(m[2]), int(m[3]))
        if value:
            return value, "day"
    ends = []
    for m in _MONTH_YEAR.finditer(name):
        month = month_number(m[1])
        if month:
            ends.append((m.start(), last_of_month(full_year(m[2] or m[3]), month), "month"))
    for m in _YEAR_MONTH.finditer(name):
        ends.append((m.start(), last_of_month(int(m[1]), int(m[2])), "month"))
    for m in _MONTH_OF_YEAR.finditer(name):
        ends.append((m.start(), last_of_month(int(m[2]), int(m[1])), "month"))
    for m in _QUARTER.finditer(name):
        quarter, year = (m[1], m[2]) if m[1] else (m[4], m[3])
        ends.append((m.start(), last_of_month(full_year(year), int(quarter) * 3), "quarter"))
    for m in _WEEK.finditer(name):
        ends.append((m.start(), _end_of_week(int(m[2]), int(m[1])), "week"))
    known = [(value, sort) for _, value, sort in sorted(ends, key=lambda e: e[0]) if value]
    if known:
        return known[-1]
    years = _YEAR.findall(name) if years_too else []
    return (f"{years[-1]}-12-31", "year") if years else None


def _end_of_week(year: int, week: int) -> str | None:
    from datetime import date
    try:
        return date.fromisocalendar(year, week, 7).isoformat()
    except ValueError:
        return None
