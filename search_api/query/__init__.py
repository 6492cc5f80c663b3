"""From what a person types to the query tree (docs/query-language.md).

    lexer       text -> words, quotes, operators, each with its place
    parser      those -> a tree of what was meant (`tree`)
    dates       days, months, quarters, years, ranges of them, spans told from today
    amounts     sums of money
    fields      what can be filtered by, and with which values
    known       what names are resolved against: clients, their contacts, addresses and domains
    rows        words in a row, patterns among them
    together    threads and families that hold several records close in time
    words       the function words that carry no weight
    plain       how a plain question is ranked; thesaurus: words of the same meaning; kind_words: kinds and months that a question names;
                answers: facts that it asks after
    meaning     that tree -> the query of the index: exact (a set) or plain (ranked)
    understood  that tree -> one line that says how it was understood
"""
from __future__ import annotations

from search_api.query.known import Known
from search_api.query.meaning import query_of
from search_api.query.parser import parse
from search_api.query.tree import Asked
from search_api.query.understood import understood

__all__ = ["Asked", "Known", "parse", "query_of", "understood"]
