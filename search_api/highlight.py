"""Where the words of a query stand in a text, and the fragments to show. Made from the stored text itself, so that offsets cite it.

Every form of a word that the index would find is found here too: the same analysis gives the tokens of both.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from archive.analysis import analyse, analyse_exact, places, stream, surfaces, words_between
from search_api.query.fields import pattern_of
from search_api.query.tree import Leaf, Pattern, Quoted

FRAGMENT_CHARS = 160
FRAGMENTS_MAX = 3
WINDOW_CHARS = 400_000
"""A longer text is looked through in windows of so many characters, until one has a match."""
LOOKED_THROUGH_CHARS_MAX = 4_000_000
"""A text in which so much was looked through without a match is shown without a fragment."""
MATCHES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A match: `text[start:end]`; `leaf` counts which part of the query it meets."""
    start: int
    end: int
    leaf: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A fragment of a field: `fragment` is exactly `text[start:end]`, and `marks` are the matches in it, offsets into the same text."""
    field: str
    fragment: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]

    def as_json(self) -> dict[str, object]:
        return {"field": self.field, "fragment": self.fragment, "start": self.start, "end": self.end, "marks": [list(m) for m in self.marks]}


def highlights(field: str, text: str, language: str | None, leaves: Sequence[Leaf], most: int = FRAGMENTS_MAX) -> list[Highlight]:
    """Return the fragments of a text (`field`: `text` or `subject`) where the query's words stand most densely, in order of place."""
    wanted = [leaf for leaf in leaves if _reaches(leaf.field, field)]
    if not wanted or not text:
        return []
    for start in range(0, min(len(text), LOOKED_THROUGH_CHARS_MAX), WINDOW_CHARS):
        found = marks(text, language, wanted, start, min(len(text), start + WINDOW_CHARS))
        if found:
            return [_fragment(field, text, chosen) for chosen in _densest(found, most)]
    return []


def marks(text: str, language: str | None, leaves: Sequence[Leaf], start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the matches between two places of the text, in order; of those that overlap only the first and longest."""
    end = len(text) if end is None else end
    asked = [_asked(leaf, language) for leaf in leaves]
    stems, exact = stream(language), stream(None)
    wanted_stems = {token for one in asked if not one.exact for token in one.tokens}
    wanted_exact = {token for one in asked if one.exact for token in one.tokens}
    patterns = [one.pattern for one in asked if one.pattern]
    words: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for word in surfaces(text if end - start == len(text) else text[start:end]):
        stem, plain = stems[word], exact[word]
        # A word of several tokens is rare; it is kept whatever they are.
        if stem in wanted_stems or plain in wanted_exact or " " in plain or (patterns and any(pattern.fullmatch(plain) for pattern in patterns)):
            words[word] = tuple(stem.split()), tuple(plain.split())
    if not words:
        return []
    met = places(text, words, start, end)
    found: list[Mark] = []
    for number, one in enumerate(asked):
        row = [(first, last, words[word][one.exact]) for first, last, word in met]
        if one.pattern:
            found += [Mark(first, last, number) for first, last, its in row if any(map(one.pattern.fullmatch, its))]
        else:
            found += _runs(text, [place for place in row if not one.needed.isdisjoint(place[2])], one, number)
    return _apart(found)[:MATCHES_MAX]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of the query in tokens of the stream that it is met in, or as a pattern over one token."""
    tokens: tuple[str, ...]
    needed: frozenset[str]
    exact: bool
    slop: int = 0
    pattern: re.Pattern[str] | None = None


@lru_cache(512)
def _asked(leaf: Leaf, language: str | None) -> _Asked:
    if isinstance(leaf, Pattern):
        form = "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern_of(leaf.text, leaf.at))
        return _Asked((), frozenset(), True, pattern=re.compile(form))
    exact = isinstance(leaf, Quoted) or leaf.exact
    tokens = tuple((analyse_exact(leaf.text) if exact else analyse(leaf.text, language)).split())
    return _Asked(tokens, frozenset(tokens), exact, leaf.slop if isinstance(leaf, Quoted) else 0)


def _reaches(leaf_field: str, field: str) -> bool:
    return not leaf_field or (leaf_field != "filename" and (leaf_field == "subject") == (field == "subject"))


Met = list[tuple[int, int, tuple[str, ...]]]


def _runs(text: str, met: Met, one: _Asked, number: int) -> list[Mark]:
    """Return where the tokens stand one behind the other, or with slop near one another, each run as a whole."""
    if len(one.tokens) == 1:
        return [Mark(first, last, number) for first, last, _ in met]
    if not one.needed <= {token for _, _, its in met for token in its}:
        return []
    return _near(text, met, one.tokens, one.slop, number) if one.slop else _in_a_row(text, met, one.tokens, number)


def _in_a_row(text: str, met: Met, tokens: tuple[str, ...], number: int) -> list[Mark]:
    out = []
    for place, (first, _, its) in enumerate(met):
        # A word of several tokens (`½`) may begin or end a phrase in its middle; the mark takes the whole word.
        for offset in range(len(its)):
            row, at, last = its[offset:], place, met[place][1]
            while len(row) < len(tokens) and row == tokens[:len(row)] and at + 1 < len(met) and not words_between(text, last, met[at + 1][0]):
                at += 1
                row, last = (*row, *met[at][2]), met[at][1]
            if row[:len(tokens)] == tokens:
                out.append(Mark(first, last, number))
                break
    return out


def _near(text: str, met: Met, tokens: tuple[str, ...], slop: int, number: int) -> list[Mark]:
    """Return the shortest stretches that hold all tokens within the distance. What the index found decides; this only shows where."""
    needed, out = set(tokens), []
    for place, (first, _, its) in enumerate(met):
        missing, last = needed - set(its), met[place][1]
        for _, (begins, ends, further) in zip(range(len(tokens) * 3), met[place + 1:], strict=False):
            if not missing or words_between(text, first, begins) > len(tokens) + slop:
                break
            if missing.intersection(further):
                missing, last = missing - set(further), ends
        if not missing and words_between(text, first, last) <= len(tokens) + slop:
            out.append(Mark(first, last, number))
    return out


def _apart(found: Iterable[Mark]) -> list[Mark]:
    out: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return out


def _densest(found: list[Mark], most: int) -> list[list[Mark]]:
    """Return up to `most` groups of marks that fit into a fragment each: most parts of the query first, then most marks; by place."""
    starts = [mark.start for mark in found]
    groups = []
    for place, mark in enumerate(found):
        group = [m for m in found[place:bisect_left(starts, mark.start + FRAGMENT_CHARS)] if m.end <= mark.start + FRAGMENT_CHARS] or [mark]
        groups.append((-len({m.leaf for m in group}), -len(group), mark.start, group))
    chosen: list[list[Mark]] = []
    for *_, group in sorted(groups, key=lambda g: g[:3]):
        if len(chosen) == most:
            break
        if all(group[-1].end <= other[0].start or group[0].start >= other[-1].end for other in chosen):
            chosen.append(group)
    return sorted(chosen, key=lambda group: group[0].start)


def _fragment(field: str, text: str, group: list[Mark]) -> Highlight:
    """Return the group with so much text around it as fits, cut between words where there are blanks."""
    first, last = group[0].start, group[-1].end
    room = max(0, FRAGMENT_CHARS - (last - first))
    start, end = max(0, first - room // 2), min(len(text), last + room - room // 2)
    if start > 0:
        blank = next((at for at in range(start, first) if text[at].isspace()), first - 1)
        start = blank + 1
    if end < len(text):
        end = next((at for at in range(end, last, -1) if text[at - 1].isspace()), last)
    while end > last and text[end - 1].isspace():
        end -= 1
    while start < first and text[start].isspace():
        start += 1
    return Highlight(field, text[start:end], start, end, tuple((mark.start, mark.end) for mark in group))
