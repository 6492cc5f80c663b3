"""Lines of a paper that give a label and a number behind it, as statements, proofs and adjudications are made up: `Total claimed  507,597.89`."""
from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.enrich.amounts import Sum, sums

_LINE = re.compile(r"[^\n]+")
_GAP_CHARS = 120


def label_lines(text: str, label: re.Pattern[str]) -> Iterator[tuple[int, int, Sum]]:
    """Yield the lines of a folded text that begin with a label and hold a sum behind it: where the line stands, and its last sum.

    Bare numbers count only with two decimals.  A label alone on its line takes the number of the next line, as tables are read cell by cell.
    """
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if text[m.start():m.end()].strip()]
    for number, (start, end) in enumerate(lines):
        found = label.match(text, start + len(text[start:end]) - len(text[start:end].lstrip(" \t|*-")), end)
        if found is None:
            continue
        held = list(sums(text, found.end(), end, bare=True))
        if not held and not text[found.end():end].strip(" :|\t") and number + 1 < len(lines):
            end = lines[number + 1][1]
            held = list(sums(text, lines[number + 1][0], end, bare=True))
        if held and end - start <= 2 * _GAP_CHARS:
            yield start, end, held[-1]
