"""The query tree in the words of the embedded engine."""
from __future__ import annotations

import itertools
from typing import Any

import tantivy

from archive.adapters.embedded_schema import number_of
from archive.arrangements import arrangements
from archive.errors import BadRequest
from archive.model.query import (
    AllOf,
    AnyOf,
    Exists,
    Fuzzy,
    In,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Phrase,
    Preferring,
    Query,
    Range,
    Regex,
    Row,
    Run,
    Term,
    Wildcard,
)
from archive.streams import MARK, Stream, offsets, stream_of, window

_Q = tantivy.Query
_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

_SPECIAL = frozenset("\\.+*?()|[]{}^$#&-~")

ARRANGEMENTS_MAX = 800
"""How many arrangements the two sides of a proximity may have; one with a pattern counts as PATTERN_WEIGHT, since it is looked up anew."""
PATTERN_WEIGHT = 40


class Translator:
    """Makes queries for one schema; `streams` are the fields with their types."""

    def __init__(self, schema: Any, streams: dict[str, str]) -> None:
        self._schema, self._streams = schema, streams

    def query(self, query: Query) -> Any:
        """Return the engine's query: words score by BM25, all else as `constant` says. Raises BadRequest for an unknown field."""
        match query:
            case MatchAll():
                return _Q.const_score_query(_Q.all_query(), 1.0)
            case MatchNone():
                return _Q.empty_query()
            case Term(name, token, boost):
                return self._term(name, token, boost)
            case Phrase():
                return self._phrase(query)
            case Wildcard(name, pattern):
                return self._pattern(name, _regex(pattern))
            case Regex(name, pattern):
                return self._pattern(name, pattern)
            case Fuzzy(name, token, edits):
                held = self._words(name, patterns=True)
                fuzzy = _Q.fuzzy_term_query(self._schema, held.field, held.mark + token, edits, False)
                return _Q.const_score_query(fuzzy, 1.0)
            case Row(name, run):
                return _Q.const_score_query(self._placed(self._words(name).field, _places(run, 0)), 1.0)
            case Near():
                return _Q.const_score_query(self._near(query), 1.0)
            case In(name, values):
                return _Q.const_score_query(self._in(name, values), 1.0)
            case Range(name, low, high):
                return _Q.const_score_query(self._range(name, low, high), 1.0)
            case Exists(name):
                self._kind(name, "keyword", "bool", "day", "moment", "number")
                return _Q.const_score_query(_Q.exists_query(name), 1.0)
            case AllOf(parts):
                return self._all(parts)
            case AnyOf(parts):
                return _Q.boolean_query([(_SHOULD, self.query(part)) for part in parts]) if parts else _Q.empty_query()
            case Preferring(inner, better):
                return _Q.boolean_query([(_MUST, self.query(inner)), *((_SHOULD, self.query(part)) for part in better)])
            case Not():
                return self._all((query,))

    def _kind(self, name: str, *allowed: str) -> str:
        kind = self._streams.get(name)
        if kind not in allowed:
            raise BadRequest(f"The index cannot be asked for {name!r} in this way.", "mappings/README.md lists the fields.")
        return kind

    def _words(self, name: str, patterns: bool = False) -> Stream:
        """Return where a stream is held; `patterns`: one that patterns may be held against."""
        self._kind(name, "words")
        held = stream_of(name)
        if held is None or (patterns and held.step == 2 and not held.mark):
            raise BadRequest(f"Patterns are held against the exact words, not against {name!r}.", "mappings/README.md lists the fields.")
        return held

    def _pattern(self, name: str, pattern: str) -> Any:
        if self._kind(name, "words", "keyword") == "keyword":
            return _Q.const_score_query(_Q.regex_query(self._schema, name, pattern), 1.0)
        held = self._words(name, patterns=True)
        return _Q.const_score_query(_Q.regex_query(self._schema, held.field, f"{held.mark}({pattern})"), 1.0)

    def _term(self, name: str, token: str, boost: float) -> Any:
        kind = self._kind(name, "words", "keyword", "bool")
        if kind != "words":
            return _Q.const_score_query(self._in(name, (token,)), boost)
        held = self._words(name)
        query = _Q.term_query(self._schema, held.field, held.mark + token, "freq")
        return query if boost == 1.0 else _Q.boost_query(query, boost)

    def _placed(self, field: str, places: list[tuple[int, str, bool]], slop: int = 0) -> Any:
        """Return the query for tokens at these positions; the third says that the token is a pattern."""
        if len(places) == 1:
            _, text, pattern = places[0]
            return _Q.regex_query(self._schema, field, text) if pattern else _Q.term_query(self._schema, field, text, "basic")
        if not any(pattern for _, _, pattern in places):
            return _Q.phrase_query(self._schema, field, [(at, text) for at, text, _ in places], slop)
        return _Q.regex_phrase_query(self._schema, field, [(at, text) for at, text, _ in places], slop)

    def _near(self, near: Near) -> Any:
        field = self._words(near.field).field
        sides = [(near.left, near.right)] + ([] if near.ordered else [(near.right, near.left)])
        found: list[Any] = []
        weight = 0
        for left, right in sides:
            # One word each: a window of so many positions is a phrase with slop around its middle.
            for (a, a_pattern), (b, b_pattern) in itertools.product(_single_words(left), _single_words(right)):
                low, high = window(a.startswith(MARK), b.startswith(MARK), near.distance)
                found.append(self._placed(field, [(0, a, a_pattern), ((low + high) // 2, b, b_pattern)], (high - low) // 2))
            # Else every distance is an arrangement of its own.
            for one, other in itertools.product(left, right):
                if len(one) == len(other) == 1:
                    continue
                first, second = _places(one, 0), _places(other, 0)
                weight += near.distance * (PATTERN_WEIGHT if any(pattern for _, _, pattern in (*first, *second)) else 1)
                if weight > ARRANGEMENTS_MAX:
                    raise BadRequest("This proximity has too many alternatives for so wide a distance.",
                                     "Use a smaller distance, fewer alternatives, or single words in place of phrases.")
                found += [self._placed(field, [*first, *((at + turn, text, pattern) for at, text, pattern in second)])
                          for turn in _turns(first, second, near.distance)]
        return _Q.boolean_query([(_SHOULD, each) for each in found]) if found else _Q.empty_query()

    def _phrase(self, phrase: Phrase) -> Any:
        held = self._words(phrase.field)
        tokens = [held.mark + token for token in phrase.tokens]
        if not tokens:
            return _Q.empty_query()
        if len(tokens) == 1:
            term = self._term(phrase.field, phrase.tokens[0], phrase.boost)
            return _Q.const_score_query(term, phrase.boost) if phrase.slop else term
        if not phrase.slop:
            query = _Q.phrase_query(self._schema, held.field, [(held.step * at, token) for at, token in enumerate(tokens)])
            if len(set(tokens)) < len(tokens):
                return _Q.const_score_query(query, phrase.boost)
            return query if phrase.boost == 1.0 else _Q.boost_query(query, phrase.boost)
        # The engine's own slop counts as Lucene does only for two different words; else every arrangement is a phrase of its own.
        if len(tokens) == 2 and tokens[0] != tokens[1]:
            query = _Q.phrase_query(self._schema, held.field, [(0, tokens[0]), (held.step, tokens[1])], held.step * phrase.slop)
        else:
            ways: list[list[Any]] = [[(held.step * at, held.mark + token) for at, token in way] for way in arrangements(phrase.tokens, phrase.slop)]
            query = _Q.boolean_query([(_SHOULD, _Q.phrase_query(self._schema, held.field, way)) for way in ways])
        return _Q.const_score_query(query, phrase.boost)

    def _in(self, name: str, values: tuple[str, ...]) -> Any:
        kind = self._kind(name, "keyword", "bool")
        if not values:
            return _Q.empty_query()
        if kind == "bool":
            return _Q.boolean_query([(_SHOULD, _Q.term_query(self._schema, name, value == "true", "basic")) for value in set(values)])
        if len(values) == 1:
            return _Q.term_query(self._schema, name, values[0], "basic")
        return _Q.term_set_query(self._schema, name, list(values))

    def _range(self, name: str, low: str | int | None, high: str | int | None) -> Any:
        kind = self._kind(name, "day", "moment", "number")
        if low is None and high is None:
            return _Q.exists_query(name)
        try:
            bounds = [None if bound is None else number_of(kind, bound) for bound in (low, high)]
        except ValueError as error:
            raise BadRequest(f"{low} to {high} is no range of {name}.", "Days are written YYYY-MM-DD.") from error
        return integers_between(self._schema, name, bounds[0], bounds[1])

    def _all(self, parts: tuple[Query, ...]) -> Any:
        clauses = [(_MUST_NOT, self.query(part.part)) if isinstance(part, Not) else (_MUST, self.query(part)) for part in parts]
        if not any(occur == _MUST for occur, _ in clauses):
            # An engine that is only told what not to give gives nothing; "all others" is meant.
            clauses.insert(0, (_MUST, _Q.const_score_query(_Q.all_query(), 1.0 if not parts else 0.0)))
        return _Q.boolean_query(clauses)


def integers_between(schema: Any, name: str, low: int | None, high: int | None) -> Any:
    """Return the query for a column between two numbers, both included, None open."""
    return _Q.range_query(schema, name, tantivy.FieldType.Integer, low, high)


def restricted(query: Any, *filters: Any) -> Any:
    """Return the query with filters that do not score."""
    return _Q.boolean_query([(_MUST, query), *((_MUST, _Q.const_score_query(part, 0.0)) for part in filters)])


def constant(query: Query, streams: dict[str, str]) -> float | None:
    """Return the score that every match of the query has, None where scores differ: one for what is not made of words."""
    match query:
        case MatchAll() | MatchNone() | Wildcard() | Regex() | Fuzzy() | Row() | Near() | In() | Range() | Exists():
            return 1.0
        case Term(name, _, boost):
            return boost if streams.get(name) != "words" else None
        case Phrase():
            return query.boost if query.slop or len(set(query.tokens)) < len(query.tokens) else None
        case Not():
            return 0.0
        case Preferring(inner, better):
            return constant(inner, streams) if not better else None
        case AllOf(parts):
            scores = [constant(part, streams) for part in parts]
            return None if None in scores else sum(score for score in scores if score is not None) if parts else 1.0
        case AnyOf(parts):
            return constant(parts[0], streams) if len(parts) == 1 else None if parts else 1.0


Places = list[tuple[int, str, bool]]
"""Tokens as the engine holds them, each with its position and whether it is a pattern."""


def _places(run: Run, first: int) -> Places:
    """Return a run as positions, its first word counting as word `first`."""
    at = offsets([piece.form != "stem" for piece in run])
    return [(2 * first + place, piece.text if piece.form == "stem" else f"{MARK}({piece.text})" if piece.form == "pattern" else MARK + piece.text,
             piece.form == "pattern") for place, piece in zip(at, run, strict=True)]


def _single_words(runs: tuple[Run, ...]) -> list[tuple[str, bool]]:
    """Return the runs of one word, those of one stream as one pattern of them all: the token, and whether it is a pattern."""
    out: list[tuple[str, bool]] = []
    for exact in (True, False):
        single = list(dict.fromkeys(_places(run, 0)[0][1:] for run in runs if len(run) == 1 and (run[0].form != "stem") == exact))
        if len(single) == 1:
            out.append(single[0])
        elif single:
            texts = "|".join(text.removeprefix(MARK) for text, _ in single)
            out.append((f"{MARK if exact else ''}({texts})", True))
    return out


def _turns(first: Places, second: Places, distance: int) -> range:
    """Return by how many positions the second run may be moved, to begin 1 to `distance` words after the first ends."""
    last_word = first[-1][0] // 2
    return range(2 * (last_word + 1), 2 * (last_word + distance) + 1, 2)


def _regex(pattern: str) -> str:
    """Return a pattern with `*` and `?` as a regular expression over a whole token."""
    return "".join(".*" if c == "*" else "." if c == "?" else f"\\{c}" if c in _SPECIAL else c for c in pattern)
