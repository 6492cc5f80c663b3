"""Signs: words in a certain place that speak for a conclusion, each with a weight. Conclusions are the sums; nothing is a chain of ifs.

A sign names a few plain strings (`hints`), one of which must stand there before its pattern is tried: on most items no pattern runs.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from archive.model.extracted import Passage
from ingest.enrich.doc import Doc
from ingest.enrich.hints import Hints, bits, mask_of

Where = Literal["subject", "name", "folder", "title", "head", "said", "text", "unquoted"]


@dataclass(frozen=True, slots=True)
class Sign:
    """`written` is a pattern which, found in `where`, speaks for `says` with `weight` (negative: against). Texts are folded: lower case, no accents.

    `reply` says whether a subject counts also on an answer. `supports` says that it counts only beside others, as do those against.
    """
    says: str
    weight: float
    where: Where
    written: str
    hints: Hints
    reply: bool = True
    supports: bool = False


_OF_ALL = frozenset({"text", "unquoted"})
_IN_TEXT = frozenset({"title", "head", "said", "text", "unquoted"})
_PLACE_CHARS = 60_000
_FLOWING = frozenset({"head", "said"})


@cache
def _pattern(written: str) -> re.Pattern[str]:
    """Return the compiled pattern; most are never needed, so none is compiled before it is."""
    return re.compile(written, re.MULTILINE)


@dataclass(slots=True)
class Score:
    total: float = 0.0
    bases: list[str] = field(default_factory=list)
    passage: Passage | None = None
    best: float = 0.0


def sign(says: str, weight: float, where: Where, pattern: str, hints: str, reply: bool = True, supports: bool = False) -> Sign:
    """Return a sign; `hints` are separated by `|` (a blank inside one is kept), none means the pattern is always tried."""
    return Sign(says, weight, where, pattern, Hints(hints), reply, supports or weight < 0)


class Signs(tuple[Sign, ...]):
    """Signs in the order in which they are looked for: those that only support, or speak against, after the others.

    For each place they are listed by the hints that lead to them: a text holds a few of hundreds.
    """
    _by_place: dict[Where, tuple[int, dict[int, list[int]], list[int]]]

    def __new__(cls, signs: Iterable[Sign]) -> Signs:
        self = super().__new__(cls, sorted(signs, key=lambda s: s.supports))
        self._by_place = {}
        for number, s in enumerate(self):
            mask, leads, always = self._by_place.get(s.where, (0, {}, []))
            if s.hints.always:
                always.append(number)
            for _, bit in s.hints.strings:
                leads.setdefault(bit, []).append(number)
            self._by_place[s.where] = (mask | s.hints.mask, leads, always)
        return self

    def likely(self, doc: Doc) -> list[tuple[Sign, str, int]]:
        """Return the signs that may be there, in order, each with the text and the hints of its place."""
        out: dict[int, tuple[str, int]] = {}
        for where, (mask, leads, always) in self._by_place.items():
            place = _place(doc, where)
            for bit in bits(mask & place[1]):
                out.update(dict.fromkeys(leads[bit], place))
            out.update(dict.fromkeys(always, place))
        return [(self[number], *out[number]) for number in sorted(out)]


def scores(doc: Doc, signs: Signs) -> dict[str, Score]:
    """Return for each conclusion the sum of its signs that are there, with their bases and the passage of the strongest."""
    out: dict[str, Score] = {}
    for s, text, mask in signs.likely(doc):
        if s.supports and s.says not in out:
            continue
        span = s.hints.span(mask, text)
        if span is None or (s.where == "subject" and not s.reply and doc.is_reply):
            continue
        m = _pattern(s.written).search(text, *span)
        if m is None and s.where in _FLOWING and doc.form == "paper":
            m = _pattern(s.written).search(doc.flow[:len(text)], *span)  # the same where lines were wrapped
        if m is None:
            continue
        score = out.setdefault(s.says, Score())
        score.total += s.weight
        score.bases.append(f"{s.where}: {' '.join(m[0].split())[:60]}")
        if s.weight > score.best:
            score.best = s.weight
            if s.where in _IN_TEXT:
                score.passage = doc.passage(m.start(), m.end())
    return out


def _place(doc: Doc, where: Where) -> tuple[str, int]:
    """Return a text and which hints stand in it."""
    if where == "subject":
        return doc.subject, mask_of(doc.subject)
    if where in ("name", "folder"):
        value = doc.name.replace("_", " ") if where == "name" else "/".join(doc.folders)
        return value, mask_of(value)
    text: str = doc.folded if where == "text" else getattr(doc, where)
    return text[:_PLACE_CHARS], doc.mask_of_all if where in _OF_ALL else doc.mask
