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
from ingest.enrich.fold import words
from ingest.enrich.hints import Hints, mask_of

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


def scores(doc: Doc, signs: Iterable[Sign]) -> dict[str, Score]:
    """Return for each conclusion the sum of its signs that are there, with their bases and the passage of the strongest.

    `signs` are `arranged`.
    """
    out: dict[str, Score] = {}
    places: dict[str, tuple[str, int]] = {}
    for s in signs:
        place = places.get(s.where)
        if place is None:
            place = places[s.where] = _place(doc, s.where)
        text, mask = place
        hints = s.hints
        if not (hints.mask & mask or hints.raw or hints.always) or (s.supports and s.says not in out):
            continue
        span = hints.span(mask, text)
        if span is None or (s.where == "subject" and not s.reply and doc.is_reply):
            continue
        m = _pattern(s.written).search(text, *span)
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


def _last(s: Sign) -> bool:
    return s.supports


def arranged(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Return signs in the order in which `scores` wants them: those that only support, or speak against, after the others."""
    return tuple(sorted(signs, key=_last))


def _place(doc: Doc, where: Where) -> tuple[str, int]:
    """Return a text and which hints its words may contain."""
    if where == "subject":
        return doc.subject, mask_of(words(doc.subject))
    if where in ("name", "folder"):
        value = doc.name.replace("_", " ") if where == "name" else "/".join(doc.folders)
        return value, mask_of(words(value))
    text: str = doc.folded if where == "text" else getattr(doc, where)
    return text[:_PLACE_CHARS], doc.mask_of_all if where in _OF_ALL else doc.mask
