"""Where in a text some plain strings stand, told from its words alone: hundreds of patterns need not be tried on every mail.

Each word of a text is looked up once; which hints it contains is remembered across items, since mails share their vocabulary. A hint of several
words counts by its longest one, so the mask may say yes too often, never no too often; `span` then looks for the strings themselves.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

REACH: Final = 300
"""How far from a hint a match of its pattern may begin or end, in characters."""

_REMEMBERED: Final = 200_000
_BITS: Final[dict[str, int]] = {}
_BY_START: Final[dict[str, list[tuple[str, int]]]] = {}
_SEEN: Final[dict[str, int]] = {}
_BARREN: Final[set[str]] = set()  # words without any hint, which most are
_RUN = re.compile(r"[^\W_]+")


class Hints:
    """Some strings, folded and separated by `|`. None at all means: always maybe, anywhere."""
    __slots__ = ("always", "mask", "raw", "strings")

    def __init__(self, listed: str) -> None:
        strings = [h for h in listed.split("|") if h]
        self.always = not strings
        self.mask, self.raw, known = 0, False, []
        for hint in strings:
            longest = max(_RUN.findall(hint), key=len, default="")
            bit = bit_of(longest) if len(longest) >= 3 else 0
            self.mask |= bit
            self.raw |= not bit
            known.append((hint, bit))
        self.strings = tuple(known)

    def may_be_in(self, mask: int, text: str) -> bool:
        """Say whether one may stand in a text whose words have this mask."""
        return self.span(mask, text) is not None

    def span(self, mask: int, text: str) -> tuple[int, int] | None:
        """Return the part of a text in which a match can lie, None where no hint stands in it. `mask` is that of its words, or of more."""
        if self.always:
            return 0, len(text)
        if not (self.raw or self.mask & mask):
            return None
        first, last = -1, -1
        for hint, bit in self.strings:
            if bit & mask or not bit:
                at = text.find(hint)
                if at >= 0:
                    first = at if first < 0 else min(first, at)
                    last = max(last, text.rfind(hint, max(at, last)))
        if first < 0:
            return None
        end = text.find("\n", last + REACH) if last + REACH < len(text) else -1
        return max(0, first - REACH), end if end >= 0 else len(text)


def bit_of(word: str) -> int:
    """Return the bit of a mask that stands for a word part of three letters or more."""
    if word not in _BITS:
        _BITS[word] = 1 << len(_BITS)
        _BY_START.setdefault(word[:3], []).append((word, _BITS[word]))
        _SEEN.clear()
        _BARREN.clear()
    return _BITS[word]


def mask_of(words: Iterable[str]) -> int:
    """Return which hints the words contain, anywhere inside a word."""
    mask = 0
    for word in set(words).difference(_BARREN):
        known = _SEEN.get(word)
        mask |= _look(word) if known is None else known
    return mask


def _look(word: str) -> int:
    mask = 0
    for at in range(min(len(word), 60) - 2):
        start = word[at:at + 3]
        if start in _BY_START:
            for hint, bit in _BY_START[start]:
                if word.startswith(hint, at):
                    mask |= bit
    if len(_SEEN) + len(_BARREN) >= _REMEMBERED:
        _SEEN.clear()
        _BARREN.clear()
    if mask:
        _SEEN[word] = mask
    else:
        _BARREN.add(word)
    return mask
