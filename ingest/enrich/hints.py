"""Whether any of some plain strings may stand in a text, told from its words alone: hundreds of patterns need not be tried on every mail.

Each word of a text is looked up once; which hints it contains is remembered across items, since mails share their vocabulary. A hint of several
words counts by its longest one, so the answer may be yes too often, never no too often.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_REMEMBERED: Final = 200_000
_BITS: Final[dict[str, int]] = {}
_BY_START: Final[dict[str, list[tuple[str, int]]]] = {}
_SEEN: Final[dict[str, int]] = {}
_RUN = re.compile(r"[^\W_]+")


class Hints:
    """Some strings, folded and separated by `|`. None at all means: always maybe."""
    __slots__ = ("always", "mask", "raw", "strings")

    def __init__(self, listed: str) -> None:
        self.strings = tuple(h for h in listed.split("|") if h)
        self.always = not self.strings
        self.mask, raw = 0, []
        for hint in self.strings:
            longest = max(_RUN.findall(hint), key=len, default="")
            if len(longest) >= 3:
                self.mask |= _bit(longest)
            else:
                raw.append(hint)
        self.raw = tuple(raw)

    def may_be_in(self, mask: int, text: str) -> bool:
        """Say whether one may stand in a text whose words have this mask."""
        if self.always or self.mask & mask:
            return True
        return any(h in text for h in self.raw) if self.raw else False

    def are_in(self, text: str) -> bool:
        """Say whether one stands in a short text: a subject, a name."""
        if self.always:
            return True
        for hint in self.strings:  # noqa: SIM110  a plain loop, since this runs a hundred times a mail
            if hint in text:
                return True
        return False


def _bit(word: str) -> int:
    if word not in _BITS:
        _BITS[word] = 1 << len(_BITS)
        _BY_START.setdefault(word[:3], []).append((word, _BITS[word]))
        _SEEN.clear()
    return _BITS[word]


def mask_of(words: Iterable[str]) -> int:
    """Return which hints the words contain, anywhere inside a word."""
    mask = 0
    for word in words:
        known = _SEEN.get(word)
        if known is None:
            known = _look(word)
        mask |= known
    return mask


def _look(word: str) -> int:
    mask = 0
    for at in range(min(len(word), 60) - 2):
        for hint, bit in _BY_START.get(word[at:at + 3], ()):
            if word.startswith(hint, at):
                mask |= bit
    if len(_SEEN) >= _REMEMBERED:
        _SEEN.clear()
    _SEEN[word] = mask
    return mask
