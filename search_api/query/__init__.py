"""From what a person types to the query tree (docs/query-language.md).

    lexer       text -> words, quotes, operators, each with its place
    parser      those -> a tree of what was meant (`tree`)
    dates       days, months, years and ranges of them
    fields      what can be filtered by, and with which values
    words       the function words that carry no weight
    meaning     that tree -> the query of the index: exact (a set) or plain (ranked)
    understood  that tree -> one line that says how it was understood
"""
from __future__ import annotations

from search_api.query.fields import Known
from search_api.query.meaning import query_of
from search_api.query.parser import parse
from search_api.query.tree import Asked
from search_api.query.understood import understood

__all__ = ["Asked", "Known", "parse", "query_of", "understood"]
