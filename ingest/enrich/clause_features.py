"""A sentence of a contract as numbers: which hashed word sequences it has, those beside it, and where it stands. The training script uses the same."""
from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterable, Iterator

from ingest.enrich.fold import vocabulary

BITS = 17
"""Features are counted in 2 to the power of so many columns; two that meet in one share its weight."""

_HEADING_WORDS = 8
_TOKEN = re.compile(r"[a-z]+(?:'[a-z])?|\d+|[$£€%*_]+|[;:\"]")
_NUMBERS = vocabulary(
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty sixty ninety hundred thousand million")


def tokens(folded: str) -> list[str]:
    """Return the words of a folded sentence; numbers, sums and blanks to fill in are one word each."""
    out = []
    for word in _TOKEN.findall(folded):
        if word[0].isdigit():
            word = "#year" if len(word) == 4 and word[0] in "12" else "#"
        elif word in _NUMBERS:
            word = "#w"
        elif word[0] in "*_":
            word = "#blank"
        out.append(word)
    return out


def columns(folded: str, bounds: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the columns of each unit of a folded text, given the bounds of the units in order."""
    units = [tokens(folded[start:end]) for start, end in bounds]
    heading: list[str] = []
    for at, words in enumerate(units):
        yield hashed(features(units, at, heading))
        if len(words) <= _HEADING_WORDS:
            heading = words


def features(units: list[list[str]], at: int, heading: list[str]) -> Iterator[str]:
    """Yield the features of the unit at a place among the units of a text, given the words of the heading above it."""
    words = units[at]
    if len(words) > 220:
        words = words[:180] + words[-40:]
    padded = ["<", *words, ">"]
    yield from words
    yield from map(" ".join, itertools.pairwise(padded))
    yield from map(" ".join, zip(padded, padded[1:], padded[2:], strict=False))
    content = [w for w in words if len(w) > 3 or w[0] in "#$"]
    for n, word in enumerate(content):
        for other in content[n + 2:n + 6]:
            yield f"{word}_{other}"
    for word in set(heading):
        yield f"h:{word}"
    for side, near in (("p", at - 1), ("n", at + 1)):
        if 0 <= near < len(units):
            beside = units[near][:60]
            for word in set(beside):
                yield f"{side}:{word}"
            for pair in itertools.pairwise(beside):
                yield f"{side}:{' '.join(pair)}"
    size = len(words)
    yield f"size:{min(size // 8, 12)}"
    yield f"at:{10 * at // max(1, len(units))}"
    if at < 12:
        yield "opening"


def hashed(listed: Iterable[str]) -> list[int]:
    """Return the columns of some features, each once."""
    mask = (1 << BITS) - 1
    return list({zlib.crc32(f.encode()) & mask for f in listed})
