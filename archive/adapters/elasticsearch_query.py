"""The mapping and the query tree in the words of Elasticsearch's query DSL. Nothing here needs a module beyond the server's core."""
from __future__ import annotations

from typing import Any

import mappings
from archive.adapters.index_versions import about_today
from archive.errors import BadRequest
from archive.model.query import AllOf, AnyOf, Exists, In, MatchAll, MatchNone, Not, Phrase, Query, Range, Term, Wildcard

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
    streams = records.streams()
    properties = {name: words if kind == "words" else _TYPES[kind] for name, kind in streams.items()}
    settings = dict(analysis.elasticsearch) | ({"number_of_shards": shards} if shards else {})
    return {
        "settings": {"index": settings},
        "mappings": {
            "dynamic": "strict",
            "_meta": {"casetrail": about_today().as_json()},
            "_source": {"excludes": [name for name, kind in streams.items() if kind == "words"]},
            "properties": properties,
        },
    }


def dsl(query: Query, streams: dict[str, str]) -> dict[str, Any]:
    """Return the query as DSL: words score by BM25, all else scores 1 (a boost, where it has one). Raises BadRequest for unknown fields."""
    match query:
        case MatchAll():
            return {"match_all": {}}
        case MatchNone():
            return {"match_none": {}}
        case Term(name, token, boost):
            if _kind(streams, name, "words", "keyword", "bool") == "words":
                return {"term": {name: {"value": token, "boost": boost}}}
            return _constant({"term": {name: token}}, boost)
        case Phrase(name, tokens, slop, boost):
            _kind(streams, name, "words")
            if not tokens:
                return {"match_none": {}}
            if len(tokens) == 1:
                term = {"term": {name: {"value": tokens[0], "boost": 1.0 if slop else boost}}}
                return _constant(term, boost) if slop else term
            phrase: dict[str, Any] = {"query": " ".join(tokens), "slop": slop, "boost": 1.0 if slop else boost}
            return _constant({"match_phrase": {name: phrase}}, boost) if slop else {"match_phrase": {name: phrase}}
        case Wildcard(name, pattern):
            _kind(streams, name, "words", "keyword")
            return _constant({"wildcard": {name: {"value": pattern.replace("\\", "\\\\"), "rewrite": "constant_score"}}})
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
        case Not(part):
            return {"bool": {"must_not": [dsl(part, streams)]}}


def _constant(query: dict[str, Any], boost: float = 1.0) -> dict[str, Any]:
    return {"constant_score": {"filter": query, "boost": boost}}


def _kind(streams: dict[str, str], name: str, *allowed: str) -> str:
    kind = streams.get(name)
    if kind not in allowed:
        raise BadRequest(f"The index cannot be asked for {name!r} in this way.", "mappings/README.md lists the fields.")
    return kind
