"""Where the words of a query stand in a text, and the fragments to show. Made from the stored text itself, so that offsets cite it.

Every form of a word that the index would find is found here too: the same analysis gives the tokens of both.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.analysis import analyse, analyse_exact, finder, surfaces, tokens_of, words_between
from archive.errors import QuerySyntax
from search_api.query.fields import pattern_of
from search_api.query.tree import Leaf, Pattern, Quoted

FRAGMENT_CHARS = 160
FRAGMENTS_MAX = 3
WINDOW_CHARS = 400_000
"""A longer text is looked through in windows of so many characters, until one has a match."""
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
    for start in range(0, len(text), WINDOW_CHARS):
        found = marks(text, language, wanted, start, min(len(text), start + WINDOW_CHARS))
        if found:
            return [_fragment(field, text, chosen) for chosen in _densest(found, most)]
    return []


def marks(text: str, language: str | None, leaves: Sequence[Leaf], start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the matches between two places of the text, in order; of those that overlap only the first and longest."""
    end = len(text) if end is None else end
    seen = surfaces(text[start:end])
    stems = {word: tokens_of(word, language) for word in seen}
    exact = stems if language is None else {word: tokens_of(word, None) for word in seen}
    found: list[Mark] = []
    for number, leaf in enumerate(leaves):
        if isinstance(leaf, Pattern):
            form = _pattern(leaf)
            words = [word for word, tokens in exact.items() if any(form.fullmatch(token) for token in tokens)] if form else []
            found += [Mark(*met.span(), number) for met in finder(words).finditer(text, start, end)] if words else []
            continue
        plain = isinstance(leaf, Quoted) or leaf.exact
        tokens = tuple((analyse_exact(leaf.text) if plain else analyse(leaf.text, language)).split())
        found += _runs(text, start, end, tokens, exact if plain else stems, leaf.slop if isinstance(leaf, Quoted) else 0, number)
    return _apart(found)[:MATCHES_MAX]


def _reaches(leaf_field: str, field: str) -> bool:
    return not leaf_field or (leaf_field != "filename" and (leaf_field == "subject") == (field == "subject"))


def _pattern(leaf: Pattern) -> re.Pattern[str] | None:
    try:
        folded = pattern_of(leaf.text, leaf.at)
    except QuerySyntax:
        return None
    return re.compile("".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in folded))


def _runs(text: str, start: int, end: int, tokens: tuple[str, ...], forms: dict[str, tuple[str, ...]], slop: int, number: int) -> list[Mark]:
    """Return where the tokens stand one behind the other, or with slop near one another, each run as a whole."""
    needed = set(tokens)
    words = [word for word, its in forms.items() if not needed.isdisjoint(its)]
    if not words or not needed <= {token for word in words for token in forms[word]}:
        return []
    met = [(found.start(), found.end(), forms[found.group()]) for found in finder(words).finditer(text, start, end)]
    if len(tokens) == 1:
        return [Mark(first, last, number) for first, last, its in met if tokens[0] in its]
    return _near(text, met, tokens, slop, number) if slop else _in_a_row(text, met, tokens, number)


Met = list[tuple[int, int, tuple[str, ...]]]


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
