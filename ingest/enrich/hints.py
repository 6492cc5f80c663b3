"""Which plain strings stand in a text, told by one pass over it: hundreds of patterns need not be tried on every mail.

All hints of all modules are looked for at once (Aho, Corasick 1975), in time that grows with the text only. Blanks and line ends count as one blank, so
the mask may say yes too often, never no too often; `span` then looks for the strings themselves.
"""
from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ahocorasick_rs import AhoCorasick, Implementation

REACH: Final = 300
"""How far from a hint a match of its pattern may begin or end, in characters."""

_BITS: Final[dict[str, int]] = {}


class Hints:
    """Some strings, folded and separated by `|`. None at all means: always maybe, anywhere."""
    __slots__ = ("always", "mask", "strings")

    def __init__(self, listed: str) -> None:
        self.strings = tuple((hint, bit_of(hint)) for hint in listed.split("|") if hint)
        self.always = not self.strings
        self.mask = 0
        for _, bit in self.strings:
            self.mask |= bit

    def may_be_in(self, mask: int, text: str) -> bool:
        """Say whether one may stand in a text that has this mask."""
        return self.span(mask, text) is not None

    def span(self, mask: int, text: str) -> tuple[int, int] | None:
        """Return the part of a text in which a match can lie, None where no hint stands in it. `mask` is that of the text, or of more."""
        if self.always:
            return 0, len(text)
        if not self.mask & mask:
            return None
        first, last = -1, -1
        for hint, bit in self.strings:
            if bit & mask:
                at = text.find(hint)
                if at >= 0:
                    first = at if first < 0 else min(first, at)
                    last = max(last, text.rfind(hint, max(at, last)))
        if first < 0:
            return None
        end = text.find("\n", last + REACH) if last + REACH < len(text) else -1
        return max(0, first - REACH), end if end >= 0 else len(text)


def bit_of(string: str) -> int:
    """Return the bit of a mask that stands for a string."""
    return _BITS.setdefault(string, 1 << len(_BITS))


def known() -> int:
    """Return how many strings are looked for by now: modules that are imported later add theirs, and masks made before do not tell of these."""
    return len(_BITS)


def bits(mask: int) -> Iterator[int]:
    """Yield the bits that are set, the lowest first."""
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit


def mask_of(text: str) -> int:
    """Return which hints stand in a text."""
    plain = f" {' '.join(text.split())} "
    try:
        found = _finder().find_matches_as_indexes(plain, overlapping=True)
    except UnicodeEncodeError:      # half a surrogate
        found = _finder().find_matches_as_indexes(plain.encode("utf-8", "replace").decode(), overlapping=True)
    mask = 0
    for number in {number for number, _, _ in found}:
        mask |= 1 << number
    return mask


_made: list[tuple[int, AhoCorasick]] = []


def _finder() -> AhoCorasick:
    if not _made or _made[0][0] != known():
        _made[:] = [(known(), AhoCorasick(list(_BITS), implementation=Implementation.DFA))]
    return _made[0][1]
