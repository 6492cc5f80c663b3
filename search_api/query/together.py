"""Which threads or families hold records of several kinds close to one another in time."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date


def close_in_time(found: Sequence[Collection[str]], days: int) -> set[str]:
    """Return the holders that have a day in each of the collections, the first and the last of these days at most `days` apart.

    A collection has values as the index keeps them: the id of the holder, a blank, the day (ISO 8601).
    """
    rows = [_by_holder(values) for values in found]
    common = set(rows[0]).intersection(*rows[1:]) if rows else set()
    return {holder for holder in common if _spread([row[holder] for row in rows]) <= days}


def _by_holder(values: Collection[str]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for value in values:
        holder, _, day = value.rpartition(" ")
        out.setdefault(holder, []).append(date.fromisoformat(day).toordinal())
    return {holder: sorted(days) for holder, days in out.items()}


def _spread(rows: list[list[int]]) -> int:
    """Return the least difference between the first and the last of one day from each row (each ascending)."""
    places = [0] * len(rows)
    best = None
    while True:
        now = [row[place] for row, place in zip(rows, places, strict=True)]
        best = max(now) - min(now) if best is None else min(best, max(now) - min(now))
        first = now.index(min(now))
        places[first] += 1
        if places[first] == len(rows[first]):
            return best
