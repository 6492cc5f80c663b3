"""Signs: words in a certain place that speak for a conclusion, each with a weight. Conclusions are the sums; nothing is a chain of ifs.

A sign names a few plain strings (`hints`), one of which must stand there before its pattern is tried: on most items no pattern runs.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from archive.model.extracted import Passage
from ingest.enrich.doc import Doc
from ingest.enrich.hints import Hints

Where = Literal["subject", "name", "folder", "title", "head", "said", "text", "unquoted"]


@dataclass(frozen=True, slots=True)
class Sign:
    """`pattern` found in `where` speaks for `says` with `weight` (negative: against). Texts are folded: lower case, no accents.

    `reply` says whether a subject counts also on an answer. `supports` says that it counts only beside others, as do those against.
    """
    says: str
    weight: float
    where: Where
    pattern: re.Pattern[str]
    hints: Hints
    reply: bool = True
    supports: bool = False


_SHORT = frozenset({"subject", "name", "folder"})
_OWN = frozenset({"said", "head", "title"})


@dataclass(slots=True)
class Score:
    total: float = 0.0
    bases: list[str] = field(default_factory=list)
    passage: Passage | None = None
    best: float = 0.0


def sign(says: str, weight: float, where: Where, pattern: str, hints: str, reply: bool = True, supports: bool = False) -> Sign:
    """Return a sign; `hints` are separated by `|` (a blank inside one is kept), none means the pattern is always tried."""
    return Sign(says, weight, where, re.compile(pattern, re.MULTILINE), Hints(hints), reply, supports or weight < 0)


def scores(doc: Doc, signs: Iterable[Sign]) -> dict[str, Score]:
    """Return for each conclusion the sum of its signs that are there, with their bases and the passage of the strongest.

    `signs` are `arranged`.
    """
    out: dict[str, Score] = {}
    texts: dict[str, str] = {}
    for s in signs:
        if s.supports and s.says not in out:
            continue
        text = texts.get(s.where)
        if text is None:
            text = texts[s.where] = _place(doc, s.where)
        if not (s.hints.are_in(text) if s.where in _SHORT else s.hints.may_be_in(doc.mask if s.where in _OWN else doc.mask_of_all, text)):
            continue
        if s.where == "subject" and not s.reply and doc.is_reply:
            continue
        m = s.pattern.search(text)
        if m is None:
            continue
        score = out.setdefault(s.says, Score())
        score.total += s.weight
        score.bases.append(f"{s.where}: {' '.join(m[0].split())[:60]}")
        if s.weight > score.best:
            score.best = s.weight
            if s.where in ("title", "head", "said", "text", "unquoted"):
                score.passage = doc.passage(m.start(), m.end())
    return out


def _last(s: Sign) -> bool:
    return s.supports


def arranged(signs: Iterable[Sign]) -> tuple[Sign, ...]:
    """Return signs in the order in which `scores` wants them: those that only support, or speak against, after the others."""
    return tuple(sorted(signs, key=_last))


def _place(doc: Doc, where: Where) -> str:
    if where == "name":
        return doc.name.replace("_", " ")
    if where == "folder":
        return "/".join(doc.folders)
    if where == "text":
        return doc.folded
    value = {"subject": doc.subject, "title": doc.title, "head": doc.head, "said": doc.said, "unquoted": doc.unquoted}[where]
    return value if len(value) <= 60_000 else value[:60_000]
