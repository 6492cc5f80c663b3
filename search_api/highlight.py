"""Where the words of a query stand in a text, and the fragments to show. Made from the stored text itself, so that offsets cite it.

Every form of a word that the index would find is found here too: the same analysis gives the tokens of both.
"""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.model.extracted import Passage
from search_api.matching import STRETCH_CHARS, Mark, marks
from search_api.query.tree import Leaf

__all__ = ["Highlight", "Mark", "highlights", "marks"]

FRAGMENT_CHARS = STRETCH_CHARS
FRAGMENTS_MAX = 3
WINDOW_CHARS = 6_000
"""A longer text is looked through in windows of so many characters, until one has a match."""
WINDOW_CHARS_MAX = 400_000
OVERLAP_CHARS = 1_000
LOOKED_THROUGH_CHARS_MAX = 4_000_000
"""A text in which so much was looked through without a match is shown without a fragment."""


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
    wanted = [leaf for leaf in leaves if reaches(leaf.field, field)]
    if not wanted or not text:
        return []
    for start, end in _windows(text):
        found = marks(text, language, wanted, start, end)
        if found:
            return [_fragment(field, text, chosen) for chosen in _densest(found, most)]
    return []


def stated(text: str, passages: Sequence[Passage], most: int = FRAGMENTS_MAX) -> list[Highlight]:
    """Return the stretches of a text that facts were read from as fragments, in order of place, none over another."""
    chosen: list[Highlight] = []
    for start, end in sorted({(p.start, min(p.end, p.start + FRAGMENT_CHARS)) for p in passages if p.quote == text[p.start:p.end]}):
        if len(chosen) < most and (not chosen or start >= chosen[-1].end):
            chosen.append(_fragment("text", text, [Mark(start, end, 0)]))
    return chosen


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Yield stretches of the text that overlap, so that no phrase falls between two, and grow; they begin and end between words."""
    start, size = 0, WINDOW_CHARS
    while start < min(len(text), LOOKED_THROUGH_CHARS_MAX):
        end = _blank_before(text, start + size) if start + size < len(text) else len(text)
        yield start, end
        if end == len(text):
            return
        start, size = max(start + 1, _blank_before(text, end - OVERLAP_CHARS)), min(2 * size, WINDOW_CHARS_MAX)


def _blank_before(text: str, place: int) -> int:
    """Return the last blank in the hundred characters before a place, or the place itself where there is none."""
    return next((at for at in range(place, max(0, place - 100), -1) if text[at].isspace()), place)


def reaches(leaf_field: str, field: str) -> bool:
    """Say whether a part of the query that names a field, or none (""), is shown in this one (`text` or `subject`)."""
    return not leaf_field or (leaf_field != "filename" and (leaf_field == "subject") == (field == "subject"))


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
