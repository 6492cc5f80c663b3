"""From what was asked to the query of the index.

A word is met in any of the text fields, in any form that one of the stemmers gives it, since the language of the question is not
that of the record.  File names and people are not stemmed.  An exact query gives the set that was described, a plain one a ranking (`plain`).
"""
from __future__ import annotations

from archive.analysis import analyse_exact, variants
from archive.model.query import AllOf, AnyOf, Fuzzy, In, MatchAll, MatchNone, Near, Not, Piece, Query, Regex, Row, Run, Wildcard
from archive.pattern import parsed, written
from search_api.query.fields import FIELDS, HOLDERS, pattern_of
from search_api.query.known import Known
from search_api.query.plain import plain
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
from search_api.query.words_in_fields import EXACT, UNSTEMMED_FIELDS, fields_of, tokens_in, word


def query_of(asked: Asked, known: Known) -> Query:
    """Return the query of the index. Raises QuerySyntax for a value that a field cannot have."""
    return plain(asked, known) if asked.mode == "plain" else _exact(asked.root, known)


def _exact(node: Node, known: Known) -> Query:
    match node:
        case Everything():
            return MatchAll()
        case Word(text, _, exact, field):
            return word(text, field, exact)
        case Quoted(text, at, slop, field):
            run = row_of(text, at)
            if any(piece.form == "pattern" for piece in run):
                return AnyOf(tuple(Row(name, run) for name in fields_of(field)))
            return AnyOf(tuple(tokens_in(name + EXACT, tuple(piece.text for piece in run), slop=slop) for name in fields_of(field)))
        case Pattern(text, at, field):
            run = row_of(text, at)
            return AnyOf(tuple(Wildcard(name + EXACT, pattern_of(text, at)) if len(run) == 1 else Row(name, run) for name in fields_of(field)))
        case Loose(text, _, edits, field):
            return AnyOf(tuple(Fuzzy(name + EXACT, analyse_exact(text), edits) for name in fields_of(field)))
        case Expression(text, _, field):
            return AnyOf(tuple(Regex(name + EXACT, written(parsed(text))) for name in fields_of(field)))
        case Nearby(left, right, distance, ordered, _, field):
            return AnyOf(tuple(Near(name, _runs(left, name), _runs(right, name), distance, ordered) for name in fields_of(field)))
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
