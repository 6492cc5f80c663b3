"""In which arrangements of its words a phrase with slop matches: what every engine is asked where its own slop counts otherwise; and limits."""
from __future__ import annotations

import itertools

from archive.errors import BadRequest

SLOPPY_MAX = 800
"""How many arrangements of its words a phrase with slop may have."""


def arrangements(tokens: tuple[str, ...], slop: int) -> list[tuple[tuple[int, str], ...]]:
    """Return every way in which the words may stand for the phrase to match with this slop: (position from 0, word), by position.

    As in Lucene's SloppyPhraseMatcher: each word is moved from its place in the phrase, and the largest move less the smallest is at
    most `slop`.  Raises BadRequest when there are more than SLOPPY_MAX.
    """
    if (slop + 1) ** len(tokens) - slop ** len(tokens) > SLOPPY_MAX:
        raise BadRequest("This phrase has too many words for so wide a distance.", "Use fewer words or a smaller number after ~.")
    ways = set()
    for moves in itertools.product(range(slop + 1), repeat=len(tokens)):
        places = [place + move for place, move in enumerate(moves)]
        if min(moves) == 0 and len(set(places)) == len(places):
            first = min(places)
            ways.add(tuple(sorted((place - first, token) for place, token in zip(places, tokens, strict=True))))
    return sorted(ways)


def too_wide() -> BadRequest:
    """Return what an engine means when it says that a pattern beside other words stands for too many."""
    return BadRequest("A pattern in this query stands for more words than can be looked for beside others.",
                      "Give more letters of it, or join it by AND in place of W, PRE or quotation marks.")


def too_complex() -> BadRequest:
    """Return what an engine means when it says that an expression, or a group of patterns, has too many states."""
    return BadRequest("The patterns of this query are too complex to be looked for.", "Use fewer alternatives, smaller repeats and fewer * and . in them.")
