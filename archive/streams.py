"""How the two token streams of a text field stand in one field of an engine, so that a stem may be asked for beside an exact word.

Word n has its exact token, marked, at position 2n and its stem at 2n + 1.  What is so many words away is twice as many positions away,
and no pattern that begins with the mark meets a stem.  The mark has three characters that no token has: whatever is two letters away
from a marked token is itself marked.  Fields of one stream have word n at position n, unmarked.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import mappings

MARK = "==="


@dataclass(frozen=True, slots=True)
class Stream:
    """Where the tokens of a stream are: the engine's `field`, the `mark` before each, and the positions from one to the next."""
    field: str
    mark: str
    step: int


@cache
def stream_of(name: str) -> Stream | None:
    """Return where a stream of the mapping (`body`, `body_exact`, `from_names`) is held, None for what has no words."""
    suffix, fields = mappings.analysis().exact_suffix, mappings.records().fields
    base = name.removesuffix(suffix)
    if fields.get(base) == "text":
        return Stream(base, MARK if name != base else "", 2)
    return Stream(name, "", 1) if fields.get(name) == "words" else None


def woven(stems: str, exact: str, empty: str) -> str:
    """Return both streams as the tokens of one field. Where one is shorter, `empty` stands in it; two empty ones hold one such word."""
    left, right = exact.split() or [empty], stems.split() or [empty]
    if len(left) != len(right):
        size = max(len(left), len(right))
        left += [empty] * (size - len(left))
        right += [empty] * (size - len(right))
    both = [""] * (2 * len(left))
    both[::2] = [MARK + token for token in left]
    both[1::2] = right
    return " ".join(both)


def window(left_exact: bool, right_exact: bool, distance: int) -> tuple[int, int]:
    """Return how many positions may lie from the last token of the left to the first of the right, 1 to `distance` words on: least, most."""
    turn = (0 if right_exact else 1) - (0 if left_exact else 1)
    return 2 + turn, 2 * distance + turn


def offsets(exact: Sequence[bool]) -> list[int]:
    """Return the positions of words in a row, from the place of the first word; `exact` says in which stream each is asked for."""
    return [2 * place + (0 if each else 1) for place, each in enumerate(exact)]
