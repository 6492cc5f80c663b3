"""The mapping and the query tree in the words of Elasticsearch's query DSL. Nothing here needs a module beyond the server's core."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mappings
from archive.adapters.index_versions import about_today
from archive.arrangements import arrangements
from archive.errors import BadRequest
from archive.model.query import (
    AllOf,
    AnyOf,
    Exists,
    Fuzzy,
    In,
    IndexEntry,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Phrase,
    Piece,
    Preferring,
    Query,
    Range,
    Regex,
    Row,
    Run,
    Term,
    Wildcard,
)
from archive.streams import MARK, Stream, offsets, stream_of, window, woven

_WORDS = ("text", "words")
_TYPES: dict[str, dict[str, Any]] = {
    "keyword": {"type": "keyword"},
    "bool": {"type": "boolean"},
    "day": {"type": "date", "format": "strict_date"},
    "moment": {"type": "date", "format": "strict_date_time_no_millis"},
    "number": {"type": "long"},
}


def index_body(records: mappings.Records, analysis: mappings.Analysis, shards: int | None = None) -> dict[str, Any]:
    """Return settings and mappings of an index: strict, tokens kept in no other form than their postings, its origin in `_meta`."""
    words = {"type": "text", "analyzer": analysis.analyzer}
    properties = {name: words if kind in _WORDS else _TYPES[kind] for name, kind in records.fields.items()}
    settings = dict(analysis.elasticsearch) | ({"number_of_shards": shards} if shards else {})
    return {
        "settings": {"index": settings},
        "mappings": {
            "dynamic": "strict",
            "_meta": {"casetrail": about_today().as_json()},
            "_source": {"excludes": [name for name, kind in records.fields.items() if kind in _WORDS]},
            "properties": properties,
        },
    }


def document_of(entry: IndexEntry) -> dict[str, Any]:
    """Return the entry as it is written: both streams of a text woven into one field (`archive.streams`), an empty one never missing."""
    analysis, records = mappings.analysis(), mappings.records()
    out: dict[str, Any] = dict(entry)
    for name, kind in records.fields.items():
        if kind == "text":
            out[name] = woven(str(out.get(name) or ""), str(out.pop(name + analysis.exact_suffix, "") or ""), analysis.empty_token)
        elif kind == "words":
            out[name] = out.get(name) or analysis.empty_token
    return out


def dsl(query: Query, streams: dict[str, str]) -> dict[str, Any]:
    """Return the query as DSL: words score by BM25, all else scores 1 (a boost, where it has one). Raises BadRequest for unknown fields."""
    match query:
        case MatchAll():
            return {"match_all": {}}
        case MatchNone():
            return {"match_none": {}}
        case Term(name, token, boost):
            if _kind(streams, name, "words", "keyword", "bool") == "words":
                held = _words(streams, name)
                return {"term": {held.field: {"value": held.mark + token, "boost": boost}}}
            return _constant({"term": {name: token}}, boost)
        case Phrase():
            return _phrase(query, _words(streams, query.field))
        case Wildcard(name, pattern):
            form = {"value": pattern.replace("\\", "\\\\"), "rewrite": "constant_score"}
            if _kind(streams, name, "words", "keyword") == "words":
                held = _words(streams, name, patterns=True)
                return _constant({"wildcard": {held.field: form | {"value": held.mark + form["value"]}}})
            return _constant({"wildcard": {name: form}})
        case Regex(name, pattern):
            held = _words(streams, name, patterns=True)
            return _constant({"regexp": {held.field: {"value": f"{held.mark}({pattern})", "flags": "NONE", "rewrite": "constant_score"}}})
        case Fuzzy(name, token, edits):
            held = _words(streams, name, patterns=True)
            return _constant({"fuzzy": {held.field: {"value": held.mark + token, "fuzziness": edits, "prefix_length": len(held.mark),
                                                     "transpositions": False, "rewrite": "constant_score"}}})
        case Row(name, run):
            return _constant(_run(_words(streams, name).field, run))
        case Near():
            return _constant(_near(query, _words(streams, query.field).field))
        case In(name, values):
            _kind(streams, name, "keyword", "bool")
            return _constant({"terms": {name: list(values)}})
        case Range(name, low, high):
            kind = _kind(streams, name, "day", "moment", "number")
            if kind != "number" and (isinstance(low, int) or isinstance(high, int)):
                # A number would be taken for milliseconds since 1970 and find nothing, without an error.
                raise BadRequest(f"{low} to {high} is no range of {name}.", "Days are written YYYY-MM-DD.")
            bounds = {key: value for key, value in (("gte", low), ("lte", high)) if value is not None}
            return _constant({"range": {name: bounds}} if bounds else {"exists": {"field": name}})
        case Exists(name):
            _kind(streams, name, "keyword", "bool", "day", "moment", "number")
            return _constant({"exists": {"field": name}})
        case AllOf(parts):
            if not parts:
                return {"match_all": {}}
            return {"bool": {"must": [dsl(part, streams) for part in parts if not isinstance(part, Not)],
                             "must_not": [dsl(part.part, streams) for part in parts if isinstance(part, Not)]}}
        case AnyOf(parts):
            if not parts:
                return {"match_none": {}}
            return {"bool": {"should": [dsl(part, streams) for part in parts], "minimum_should_match": 1}}
        case Preferring(inner, better):
            return {"bool": {"must": [dsl(inner, streams)], "should": [dsl(part, streams) for part in better]}}
        case Not(part):
            return {"bool": {"must_not": [dsl(part, streams)]}}


def _words(streams: dict[str, str], name: str, patterns: bool = False) -> Stream:
    """Return where a stream is held; `patterns`: one that patterns may be held against."""
    _kind(streams, name, "words")
    held = stream_of(name)
    if held is None or (patterns and held.step == 2 and not held.mark):
        raise BadRequest(f"Patterns are held against the exact words, not against {name!r}.", "mappings/README.md lists the fields.")
    return held


def _phrase(phrase: Phrase, held: Stream) -> dict[str, Any]:
    tokens = [held.mark + token for token in phrase.tokens]
    if not tokens:
        return {"match_none": {}}
    if len(tokens) == 1:
        term = {"term": {held.field: {"value": tokens[0], "boost": 1.0 if phrase.slop else phrase.boost}}}
        return _constant(term, phrase.boost) if phrase.slop else term
    if held.step == 1:
        again = len(set(tokens)) < len(tokens)
        text: dict[str, Any] = {"query": " ".join(tokens), "slop": phrase.slop}
        text["boost"] = 1.0 if phrase.slop or again else phrase.boost
        return _constant({"match_phrase": {held.field: text}}, phrase.boost) if phrase.slop or again else {"match_phrase": {held.field: text}}
    if not phrase.slop:
        row = _spans(held.field, [(held.step * at, _term(held.field, token)) for at, token in enumerate(tokens)])
        if len(set(tokens)) < len(tokens):
            return _constant(row, phrase.boost)
        row["span_near"]["boost"] = phrase.boost
        return row
    ways = [[(held.step * at, _term(held.field, held.mark + token)) for at, token in way] for way in arrangements(phrase.tokens, phrase.slop)]
    return _constant({"bool": {"should": [_spans(held.field, way) for way in ways]}}, phrase.boost)


Spans = dict[str, Any]


def _spans(field: str, places: list[tuple[int, Spans]]) -> Spans:
    """Return the spans that stand at these positions, counted from the first."""
    clauses: list[Spans] = []
    reached = places[0][0]
    for at, each in places:
        if at > reached:
            clauses.append({"span_gap": {field: at - reached}})
        clauses.append(each)
        reached = at + 1
    return {"span_near": {"clauses": clauses, "slop": 0, "in_order": True}}


def _term(field: str, token: str) -> Spans:
    return {"span_term": {field: token}}


def _piece(field: str, piece: Piece) -> Spans:
    if piece.form == "pattern":
        return {"span_multi": {"match": {"regexp": {field: {"value": f"{MARK}({piece.text})", "flags": "NONE"}}}}}
    return _term(field, piece.text if piece.form == "stem" else MARK + piece.text)


def _run(field: str, run: Run) -> Spans:
    if len(run) == 1:
        return _piece(field, run[0])
    at = offsets([piece.form != "stem" for piece in run])
    return _spans(field, [(place, _piece(field, piece)) for place, piece in zip(at, run, strict=True)])


def _near(near: Near, field: str) -> dict[str, Any]:
    sides = [(near.left, near.right)] + ([] if near.ordered else [(near.right, near.left)])
    found = []
    for left, right in sides:
        # Spans of different lengths cannot stand to the left in one group: the engine goes through them by their beginnings alone.
        firsts = _grouped(left, lambda run: (len(run), run[-1].form != "stem"))
        for (_, left_exact), first in firsts.items():
            for (_, right_exact), second in _grouped(right, lambda run: (0, run[0].form != "stem")).items():
                low, high = window(left_exact, right_exact, near.distance)
                gap: list[Spans] = [{"span_gap": {field: low - 1}}] if low > 1 else []
                found.append({"span_near": {"clauses": [_any(field, first), *gap, _any(field, second)], "slop": high - low, "in_order": True}})
    return {"bool": {"should": found, "minimum_should_match": 1}} if found else {"match_none": {}}


def _grouped(runs: tuple[Run, ...], key: Callable[[Run], tuple[int, bool]]) -> dict[tuple[int, bool], list[Run]]:
    out: dict[tuple[int, bool], list[Run]] = {}
    for run in dict.fromkeys(runs):
        out.setdefault(key(run), []).append(run)
    return out


def _any(field: str, runs: list[Run]) -> Spans:
    made = [_run(field, run) for run in runs]
    return made[0] if len(made) == 1 else {"span_or": {"clauses": made}}


def _constant(query: dict[str, Any], boost: float = 1.0) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": boost}}


def _kind(streams: dict[str, str], name: str, *allowed: str) -> str:
    kind = streams.get(name)
    if kind not in allowed:
        raise BadRequest(f"The index cannot be asked for {name!r} in this way.", "mappings/README.md lists the fields.")
    return kind
