"""Where a query is met in a text. Made from the stored text itself, so that offsets cite it, by the analysis that made the index.

What the index would find is found here too: the forms of a word by every stemmer, patterns, phrases, words near one another.
"""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.analysis import analyse_exact, places, stream, surfaces, variants
from archive.arrangements import arrangements
from archive.pattern import matcher
from search_api.query.rows import row_of, run_of
from search_api.query.tree import Leaf, Loose, Nearby, Quoted, Side

STRETCH_CHARS = 160
"""Words near one another are marked as one stretch up to so many characters."""
MATCHES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A match: `text[start:end]`; `leaf` counts which part of the query it meets."""
    start: int
    end: int
    leaf: int


class Piece(NamedTuple):
    """What one word must be: the token `text` of a stream (`stem`, `exact`), a `pattern`, or `loose`: the edits allowed and the token."""
    text: str
    form: str


Run = tuple[Piece, ...]


def marks(text: str, language: str | None, leaves: Sequence[Leaf], start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the matches between two places of the text, in order; of those that overlap only the first and longest.

    A phrase is one match, and so are two words near one another with what lies between them, unless that is longer than STRETCH_CHARS: then
    both ends are.
    """
    end = len(text) if end is None else end
    asked = [_asked(leaf) for leaf in leaves]
    met = _met(text, language, {piece for one in asked for piece in one.pieces}, start, end)
    found: list[Mark] = []
    for number, one in enumerate(asked):
        found += [Mark(first, last, number) for first, last in one.stretches(met)]
    return _apart(found)[:MATCHES_MAX]


# ---------------------------------------------------------------- where words stand

Place = tuple[int, int, int]
"""Position of a token among those of the text, first and last character of its word."""
Found = dict[Piece, list[Place]]


def _met(text: str, language: str | None, pieces: Collection[Piece], start: int, end: int) -> Found:
    """Return for each piece where it is met, in order."""
    by_token: dict[str, dict[str, list[Piece]]] = {"stem": {}, "exact": {}}
    tests: list[tuple[Piece, Callable[[str], bool]]] = []
    for piece in pieces:
        if piece.form in by_token:
            by_token[piece.form].setdefault(piece.text, []).append(piece)
        else:
            tests.append((piece, _test(piece.form, piece.text)))
    of_stem, of_exact = by_token["stem"], by_token["exact"]
    stems, exact = stream(language), stream(None)
    meets: dict[str, list[tuple[int, list[Piece]]]] = {}
    for word in surfaces(text if end - start == len(text) else text[start:end]):
        plain, stem = exact[word], stems[word]
        # A word of several tokens is rare; it is looked at whatever they are.
        if stem in of_stem or plain in of_exact or " " in plain or any(test(plain) for _, test in tests):
            its = []
            for turn, (token, its_stem) in enumerate(zip(plain.split(), stem.split(), strict=True)):
                here = [*of_exact.get(token, ()), *of_stem.get(its_stem, ()), *(piece for piece, test in tests if test(token))]
                if here:
                    its.append((turn, here))
            if its:
                meets[word] = its
    found: Found = {piece: [] for piece in pieces}
    if not meets:
        return found
    counting = any(len(its) > 1 or its[0][0] for its in meets.values()) or len(pieces) > 1
    position, reached = 0, start
    for first, last, word in places(text, meets, start, end):
        if counting:
            position += _tokens_between(text, reached, first)
            reached = last
        for turn, here in meets[word]:
            for piece in here:
                found[piece].append((position + turn, first, last))
        position += len(exact[word].split())
    return found


def _tokens_between(text: str, start: int, end: int) -> int:
    return len(analyse_exact(text[start:end]).split()) if start < end else 0


@lru_cache(64)
def _test(form: str, text: str) -> Callable[[str], bool]:
    """Return what says whether a word fits a pattern or is loosely the same. It remembers the words it met."""
    if form == "pattern":
        return lru_cache(1 << 14)(matcher(text).fullmatch)
    edits, _, token = text.partition(" ")
    return lru_cache(1 << 14)(lambda word: differs(word, token, int(edits)) <= int(edits))


def differs(word: str, other: str, most: int) -> int:
    """Return by how many letters put in, left out or exchanged two words differ (Levenshtein); more than `most` need not be exact."""
    if abs(len(word) - len(other)) > most:
        return most + 1
    row = list(range(len(other) + 1))
    for n, char in enumerate(word, 1):
        before, row[0] = row[0], n
        for m, its in enumerate(other, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (char != its))
    return row[-1]


# ---------------------------------------------------------------- what meets the query

@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of the query: words in a row (`left`, any of them), with `right` near them, or with `ways` in one of these arrangements."""
    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()
    distance: int = 0
    ordered: bool = False
    ways: tuple[tuple[tuple[int, Piece], ...], ...] = ()

    @property
    def pieces(self) -> set[Piece]:
        return {piece for run in (*self.left, *self.right) for piece in run}

    def stretches(self, met: Found) -> list[tuple[int, int]]:
        if self.ways:
            return [(min(p[1] for p in row), max(p[2] for p in row)) for way in self.ways for row in _arranged(way, met)]
        left = [row for run in self.left for row in _in_a_row(run, met)]
        if not self.right:
            return [(row[1], row[2]) for row in left]
        right = [row for run in self.right for row in _in_a_row(run, met)]
        out = _pairs(left, right, self.distance)
        return out if self.ordered else out + _pairs(right, left, self.distance)


Row = tuple[int, int, int, int]
"""Position of the first token, first and last character, position of the last token."""


def _in_a_row(run: Run, met: Found) -> list[Row]:
    if len(run) == 1:
        return [(position, first, last, position) for position, first, last in met[run[0]]]
    way = tuple(enumerate(run))
    return [(row[0][0], row[0][1], row[-1][2], row[-1][0]) for row in _arranged(way, met)]


def _arranged(way: Sequence[tuple[int, Piece]], met: Found) -> list[list[Place]]:
    if not all(met[piece] for _, piece in way):
        return []
    # From the rarest word, so that little is looked at.
    turn, rarest = min(way, key=lambda each: len(met[each[1]]))
    at = [{place[0]: place for place in met[piece]} if piece is not rarest else {} for _, piece in way]
    out = []
    for place in met[rarest]:
        row = [place if piece is rarest and offset == turn else (at[n] or {p[0]: p for p in met[piece]}).get(place[0] - turn + offset)
               for n, (offset, piece) in enumerate(way)]
        if all(each is not None for each in row):
            out.append([each for each in row if each is not None])
    return out


def _pairs(left: list[Row], right: list[Row], distance: int) -> list[tuple[int, int]]:
    """Return the stretches from one of the left to the next of the right that begins 1 to `distance` words after its end."""
    if not left or not right:
        return []
    right = sorted(right)
    begins = [row[0] for row in right]
    out: list[tuple[int, int]] = []
    for row in left:
        at = bisect_left(begins, row[3] + 1)
        if at < len(right) and begins[at] - row[3] <= distance:
            first, last = row[1], right[at][2]
            out += [(first, last)] if last - first <= STRETCH_CHARS else [(first, row[2]), (right[at][1], last)]
    return out


@lru_cache(512)
def _asked(leaf: Leaf) -> _Asked:
    if isinstance(leaf, Nearby):
        return _Asked(_runs(leaf.left), _runs(leaf.right), leaf.distance, leaf.ordered)
    if isinstance(leaf, Quoted) and leaf.slop:
        run = tuple(Piece(piece.text, piece.form) for piece in row_of(leaf.text, leaf.at))
        if len(run) > 1:
            ways = arrangements(tuple(piece.text for piece in run), leaf.slop)
            return _Asked((run,), ways=tuple(tuple((at, Piece(token, "exact")) for at, token in way) for way in ways))
    return _Asked(_runs((leaf,)))


def _runs(sides: Sequence[Side]) -> tuple[Run, ...]:
    out: list[Run] = []
    for side in sides:
        if isinstance(side, Loose):
            out.append((Piece(f"{side.edits} {analyse_exact(side.text)}", "loose"),))
        else:
            run = run_of(side)
            row = None if run is None else tuple(Piece(piece.text, piece.form) for piece in run)
            out += [row] if row is not None else [tuple(Piece(token, "stem") for token in form) for form in variants(side.text)]
    return tuple(dict.fromkeys(out))


def _apart(found: Iterable[Mark]) -> list[Mark]:
    out: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if not out or mark.start >= out[-1].end:
            out.append(mark)
    return out
