"""Days as people write them in passing, without the year: `Monday, April 10`, `5/18`, `am 2. Oktober`, `28 May`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ingest.enrich.day_forms import MONTH, Day, Order, days, iso, month_number

_SHORT = re.compile(
    rf"(?<![\w/.-])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m1>{MONTH})(?!\s?(?:19|20)\d\d)(?!\w)"
    rf"|(?<!\w)(?P<m2>{MONTH})\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|\w|,?\s?(?:19|20)\d\d|[.,:]\d)"
    r"|(?<![\w/.,:-])(?P<a>\d{1,2})(?P<s>[/.])(?P<b>\d{1,2})(?P<t>\.?)(?![\w/%]|[.,:]\d)"
)

_PAIR = re.compile(r"(?<![\w/.,:-])(\d{1,2})/(\d{1,2})(?![\w/%]|[.,:]\d)")


def short_days(folded: str, order: Order, near: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """Yield all days between two offsets in order of place; of those without a year the one that lies nearest to the day `near`.

    Without `near` ("") only days with a year are given.
    """
    found = list(days(folded, order, start, end))
    taken = [(d.start, d.end) for d in found]
    if near:
        for m in _SHORT.finditer(folded, start, len(folded) if end is None else end):
            if any(a <= m.start() < b or a < m.end() <= b for a, b in taken):
                continue
            if m["s"] == "." and not m["t"]:
                continue  # 3.14 is a number; a day ends with a stop: 2.10.
            if m["a"]:
                a, b = int(m["a"]), int(m["b"])
                day, month = (a, b) if m["s"] == "." or a > 12 or (order == "dmy" and b <= 12) else (b, a)
            else:
                day, month = int(m["d1"] or m["d2"]), month_number(m["m1"] or m["m2"]) or 0
            if value := _nearest(day, month, near):
                found.append(Day(m.start(), m.end(), value))
    yield from sorted(found, key=lambda d: d.start)


def order_in(folded: str, otherwise: Order) -> Order:
    """Return the order of day and month that the days without a year show: `5/18` has the month first; else the order given."""
    votes = 0
    for m in _PAIR.finditer(folded[:100_000]):
        a, b = int(m[1]), int(m[2])
        votes += (a > 12 >= b) - (b > 12 >= a and b <= 31)
    return otherwise if not votes else "dmy" if votes > 0 else "mdy"


def _nearest(day: int, month: int, near: str) -> str | None:
    here = date.fromisoformat(near[:10])
    possible = [v for year in (here.year - 1, here.year, here.year + 1) if (v := iso(year, month, day))]
    return min(possible, key=lambda v: abs((date.fromisoformat(v) - here).days)) if possible else None
