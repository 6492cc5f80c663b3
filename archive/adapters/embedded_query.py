"""The query tree in the words of the embedded engine."""
from __future__ import annotations

import itertools
from typing import Any

import tantivy

from archive.adapters.embedded_schema import number_of
from archive.errors import BadRequest
from archive.model.query import AllOf, AnyOf, Exists, In, MatchAll, MatchNone, Not, Phrase, Query, Range, Term, Wildcard

_Q = tantivy.Query
_MUST, _SHOULD, _MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

_SPECIAL = frozenset("\\.+*?()|[]{}^$#&-~")

SLOPPY_MAX = 4000
"""How many arrangements of its words a phrase with slop may have."""


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
                self._kind(name, "words", "keyword")
                return _Q.const_score_query(_Q.regex_query(self._schema, name, _regex(pattern)), 1.0)
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
            case Not():
                return self._all((query,))

    def _kind(self, name: str, *allowed: str) -> str:
        kind = self._streams.get(name)
        if kind not in allowed:
            raise BadRequest(f"The index cannot be asked for {name!r} in this way.", "mappings/README.md lists the fields.")
        return kind

    def _term(self, name: str, token: str, boost: float) -> Any:
        kind = self._kind(name, "words", "keyword", "bool")
        if kind != "words":
            return _Q.const_score_query(self._in(name, (token,)), boost)
        query = _Q.term_query(self._schema, name, token, "freq")
        return query if boost == 1.0 else _Q.boost_query(query, boost)

    def _phrase(self, phrase: Phrase) -> Any:
        self._kind(phrase.field, "words")
        tokens: list[Any] = list(phrase.tokens)
        if not tokens:
            return _Q.empty_query()
        if len(tokens) == 1:
            term = self._term(phrase.field, tokens[0], phrase.boost)
            return _Q.const_score_query(term, phrase.boost) if phrase.slop else term
        if not phrase.slop:
            query = _Q.phrase_query(self._schema, phrase.field, tokens)
            return query if phrase.boost == 1.0 else _Q.boost_query(query, phrase.boost)
        # The engine's own slop counts as Lucene does only for two different words; else every arrangement is a phrase of its own.
        if len(tokens) == 2 and tokens[0] != tokens[1]:
            query = _Q.phrase_query(self._schema, phrase.field, tokens, phrase.slop)
        else:
            ways = arrangements(phrase.tokens, phrase.slop)
            query = _Q.boolean_query([(_SHOULD, _Q.phrase_query(self._schema, phrase.field, list(way))) for way in ways])
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
        case MatchAll() | MatchNone() | Wildcard() | In() | Range() | Exists():
            return 1.0
        case Term(name, _, boost):
            return boost if streams.get(name) != "words" else None
        case Phrase():
            return query.boost if query.slop else None
        case Not():
            return 0.0
        case AllOf(parts):
            scores = [constant(part, streams) for part in parts]
            return None if None in scores else sum(score for score in scores if score is not None) if parts else 1.0
        case AnyOf(parts):
            return constant(parts[0], streams) if len(parts) == 1 else None if parts else 1.0


def arrangements(tokens: tuple[str, ...], slop: int) -> list[tuple[tuple[int, str], ...]]:
    """Return every way in which the words may stand for the phrase to match with this slop: (position from 0, word), by position.

    As in Lucene's SloppyPhraseMatcher: each word is moved from its place in the phrase, and the largest move less the smallest is at
    most `slop`.  Raises BadRequest when there are more than SLOPPY_MAX.
    """
    if (slop + 1) ** len(tokens) - slop ** len(tokens) > SLOPPY_MAX:
        raise BadRequest("This phrase has too many words for so wide a distance.", "Use fewer words or a smaller number after ~.")
    ways = set()
    for moves in itertools.product(range(slop + 1), repeat=len(tokens)):
        places = [place + move for place, move in enumerate(moves)]
        if min(moves) == 0 and len(set(places)) == len(places):
            first = min(places)
            ways.add(tuple(sorted((place - first, token) for place, token in zip(places, tokens, strict=True))))
    return sorted(ways)


def _regex(pattern: str) -> str:
    """Return a pattern with `*` and `?` as a regular expression over a whole token."""
    return "".join(".*" if c == "*" else "." if c == "?" else f"\\{c}" if c in _SPECIAL else c for c in pattern)
