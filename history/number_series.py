"""Numbers that are left out in a series of invoices or credit notes: only where the series is a client's own, so that a hole means something.

A provider that numbers the invoices of all its clients in one series leaves holes in each account; then nothing can be said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

_TAIL = re.compile(r"^(?P<head>.*?)(?P<n>\d{1,9})(?P<tail>[A-Za-z]?)$")
_LEAST = 5
"""So many numbers make a series."""
_SURE = 0.8
"""So large a share of its steps has to be one."""
_MOST = 3
"""A larger hole is the beginning of something else (a year, a book) rather than a loss."""


@dataclass(frozen=True, slots=True)
class Missing:
    """`number` as it would be written; `before` and `after` are the numbers beside the hole."""

    number: str
    before: str
    after: str


def left_out(numbers: Iterable[str]) -> Iterator[Missing]:
    """Yield the numbers that a series leaves out, in order; nothing for numbers that form none."""
    series: dict[tuple[str, int], dict[int, str]] = {}
    for written in numbers:
        if (m := _TAIL.match(written.strip())) and not m["tail"]:
            series.setdefault((m["head"].lower(), len(m["n"])), {})[int(m["n"])] = written.strip()
    for (_, width), found in sorted(series.items()):
        steps = list(pairwise(sorted(found)))
        if len(found) < _LEAST or sum(b - a == 1 for a, b in steps) < _SURE * len(steps):
            continue
        for a, b in steps:
            if 1 < b - a <= _MOST + 1:
                head = found[a][:-width]
                yield from (Missing(f"{head}{n:0{width}d}", found[a], found[b]) for n in range(a + 1, b))
