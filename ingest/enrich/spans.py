"""Sentences and messages of an item, as bounds in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.enrich.clauses import NO_STOP
from ingest.enrich.doc import Doc

_END = re.compile(
    rf"(?:(?<=[a-z)\"%]{{2}})|(?<=\d{{3}})|(?<=[a-z]\d)){NO_STOP}[.!?]+(?=\s|$)|"
    r";|\n\s*\n|\n(?=\s*(?:[-*\u2022]\s|\d{1,2}[.)]\s|\d{1,2}\.\d|\())")
_LINES = frozenset({"chat", "call"})


def sentences(doc: Doc, limit: int = 30_000) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences of what the sender wrote; of chats and calls those of the messages."""
    text = doc.said
    if doc.form in _LINES:
        spans = [(s.start, s.end) for s in doc.extracted.segments if s.kind == "turn"]
        if spans:
            yield from (s for s in spans if s[0] < limit)
            return
    yield from cut(text, 0, min(len(text), limit))


@lru_cache(8)
def cut(text: str, low: int, high: int) -> tuple[tuple[int, int], ...]:
    """Return the bounds of the sentences between two offsets, without blanks at either side. The last few texts are remembered: many facts ask."""
    found: list[tuple[int, int]] = []
    at = low
    for m in [*_END.finditer(text, low, high), None]:
        stop = m.end() if m else high
        part = text[at:stop]
        begin, end = stop - len(part.lstrip()), at + len(part.rstrip())
        if end - begin > 2:
            found.append((begin, end))
        at = stop
    return tuple(found)
