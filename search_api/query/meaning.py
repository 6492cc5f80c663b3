"""From what was asked to the query of the index.

A word is met in any of the text fields, in any form that one of the stemmers gives it, since the language of the question is not
that of the record.  File names and people are not stemmed.  `exact` gives the set that was described.  `plain` gives every record
with one of the words, so ranked that records with all of the words and with words of the question side by side come first.
"""
from __future__ import annotations

import itertools

from archive.analysis import STEMMED, analyse, analyse_exact, variants
from archive.model.query import AllOf, AnyOf, Fuzzy, In, MatchAll, MatchNone, Near, Not, Phrase, Piece, Query, Regex, Row, Run, Term, Wildcard
from archive.pattern import parsed, written
from mappings import analysis as settings
from search_api.query.fields import FIELDS, HOLDERS, TEXT_FIELDS, pattern_of
from search_api.query.known import Known
from search_api.query.rows import row_of, run_of
from search_api.query.together import close_in_time
from search_api.query.tree import (
    All,
    Any,
    Asked,
    But,
    Everything,
    Expression,
    Filter,
    Holding,
    Loose,
    Nearby,
    Node,
    Pattern,
    Quoted,
    Side,
    Word,
)

_EXACT = settings().exact_suffix

STEMMED_FIELDS = {"body": 1.0, "subject": 0.8}
"""Text fields that are stemmed, and what a word in them weighs."""
UNSTEMMED_FIELDS = {"filename": 0.7, "participants": 0.4}

ALL_WORDS_WEIGHT = 0.25
SIDE_BY_SIDE_WEIGHT = 0.3
NEAR_WEIGHT = 0.8
NEAR_SLOP = 6
"""Plain questions: what is added for a record with all words, with two neighbours of the question side by side, with the two near."""


def query_of(asked: Asked, known: Known) -> Query:
    """Return the query of the index. Raises QuerySyntax for a value that a field cannot have."""
    return _plain(asked.root) if asked.mode == "plain" else _exact(asked.root, known)


def _exact(node: Node, known: Known) -> Query:
    match node:
        case Everything():
            return MatchAll()
        case Word(text, _, exact, field):
            return word(text, field, exact)
        case Quoted(text, at, slop, field):
            run = row_of(text, at)
            if any(piece.form == "pattern" for piece in run):
                return AnyOf(tuple(Row(name, run) for name in _fields(field)))
            return AnyOf(tuple(_tokens(name + _EXACT, tuple(piece.text for piece in run), slop=slop) for name in _fields(field)))
        case Pattern(text, at, field):
            run = row_of(text, at)
            return AnyOf(tuple(Wildcard(name + _EXACT, pattern_of(text, at)) if len(run) == 1 else Row(name, run) for name in _fields(field)))
        case Loose(text, _, edits, field):
            return AnyOf(tuple(Fuzzy(name + _EXACT, analyse_exact(text), edits) for name in _fields(field)))
        case Expression(text, _, field):
            return AnyOf(tuple(Regex(name + _EXACT, written(parsed(text))) for name in _fields(field)))
        case Nearby(left, right, distance, ordered, _, field):
            return AnyOf(tuple(Near(name, _runs(left, name), _runs(right, name), distance, ordered) for name in _fields(field)))
        case Holding():
            return _holding(node, known)
        case Filter(field, value, at):
            build = FIELDS[field]
            return build(value, at, known) if build else Wildcard("filename_key", pattern_of(value, at))
        case All(parts):
            return AllOf(tuple(_exact(part, known) for part in parts))
        case Any(parts):
            return AnyOf(tuple(_exact(part, known) for part in parts))
        case But(part):
            return Not(_exact(part, known))


def _runs(sides: tuple[Side, ...], field: str) -> tuple[Run, ...]:
    """Return the alternatives of one side of a proximity: a word in each of its forms, where the field has forms."""
    out: list[Run] = []
    for side in sides:
        run = run_of(side)
        if run is None:
            assert isinstance(side, Word)
            typed = tuple(Piece(token, "exact") for token in analyse_exact(side.text).split())
            forms = [tuple(Piece(token, "stem") for token in form) for form in variants(side.text)]
            out += [typed] if field in UNSTEMMED_FIELDS else forms
        else:
            out.append(run)
    return tuple(dict.fromkeys(out))


def _holding(node: Holding, known: Known) -> Query:
    """Records of the threads or families in which each part is met. The parts are asked for first, under the viewer's rights."""
    parts = [_exact(part, known) for part in node.parts]
    if node.days is not None:
        values = close_in_time([known.held(f"{HOLDERS[node.by]}_day", part) for part in parts], node.days)
        return In(HOLDERS[node.by], tuple(sorted(values))) if values else MatchNone()
    found: set[str] | None = None
    for part in parts:
        values = set(known.held(HOLDERS[node.by], part))
        found = values if found is None else found & values
    return In(HOLDERS[node.by], tuple(sorted(found))) if found else MatchNone()


def word(text: str, field: str = "", exact: bool = False) -> Query:
    """Return the query for a word as typed: in one text field or in all ("")."""
    typed = tuple(analyse_exact(text).split())
    parts: list[Query] = []
    for name in _fields(field):
        if name in UNSTEMMED_FIELDS or exact:
            parts.append(_tokens(name + _EXACT, typed, (STEMMED_FIELDS | UNSTEMMED_FIELDS)[name]))
        else:
            parts += [_tokens(name, tokens, STEMMED_FIELDS[name]) for tokens in variants(text)]
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def _fields(field: str) -> tuple[str, ...]:
    return (TEXT_FIELDS[field],) if field else (*STEMMED_FIELDS, *UNSTEMMED_FIELDS)


def _tokens(field: str, tokens: tuple[str, ...], boost: float = 1.0, slop: int = 0) -> Query:
    return Term(field, tokens[0], boost) if len(tokens) == 1 else Phrase(field, tokens, slop, boost)


def _plain(root: Node) -> Query:
    if isinstance(root, Everything):
        return MatchAll()
    words = [part.text for part in (root.parts if isinstance(root, Any) else (root,)) if isinstance(part, Word)]
    single = [word(text) for text in words]
    if len(words) == 1:
        return single[0]
    together = _scaled(AllOf(tuple(single)), ALL_WORDS_WEIGHT)
    pairs = [pair for left, right in itertools.pairwise(words) for pair in _pair(left, right)]
    return AnyOf((*single, together, *pairs))


def _pair(left: str, right: str) -> list[Query]:
    """Two neighbours of the question: side by side in body or subject, and near one another in the body."""
    out: list[Query] = []
    for first, second in _forms(left, right):
        tokens = (*first, *second)
        out += [Phrase("body", tokens, 0, SIDE_BY_SIDE_WEIGHT), Phrase("subject", tokens, 0, SIDE_BY_SIDE_WEIGHT)]
        if len(tokens) == 2 and first != second:
            out.append(Phrase("body", tokens, NEAR_SLOP, NEAR_WEIGHT))
    return out


def _forms(left: str, right: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return both words as each stemmer gives them, without repeats: a record is stemmed by one language throughout."""
    pairs = zip(by_language(left), by_language(right), strict=True)
    return list(dict.fromkeys(pairs))


def by_language(text: str) -> list[tuple[str, ...]]:
    """Return the tokens of a word by each stemmer, in the order of STEMMED, then unstemmed."""
    return [tuple(analyse(text, language).split()) for language in (*STEMMED, None)]


def _scaled(query: Query, factor: float) -> Query:
    """Return the query with the scores of its words multiplied."""
    match query:
        case Term(field, token, boost):
            return Term(field, token, boost * factor)
        case Phrase(field, tokens, slop, boost):
            return Phrase(field, tokens, slop, boost * factor)
        case AllOf(parts):
            return AllOf(tuple(_scaled(part, factor) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_scaled(part, factor) for part in parts))
        case _:
            return query


def added_terms(asked: Asked) -> list[str]:
    """Return the words that a plain question is answered by beside those that were typed."""
    return []
