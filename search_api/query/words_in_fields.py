"""A word as typed, in the text fields of the index: in any form that one of the stemmers gives it, or in this form only."""
from __future__ import annotations

from archive.analysis import analyse_exact, variants
from archive.model.query import AnyOf, Phrase, Query, Term
from mappings import analysis as settings
from search_api.query.fields import TEXT_FIELDS

EXACT = settings().exact_suffix

STEMMED_FIELDS = {"body": 1.0, "subject": 0.8}
"""Text fields that are stemmed, and what a word in them weighs."""
UNSTEMMED_FIELDS = {"filename": 0.7, "participants": 0.15}


def word(text: str, field: str = "", exact: bool = False) -> Query:
    """Return the query for a word as typed: in one text field or in all ("")."""
    typed = tuple(analyse_exact(text).split())
    parts: list[Query] = []
    for name in fields_of(field):
        if name in UNSTEMMED_FIELDS or exact:
            parts.append(tokens_in(name + EXACT, typed, (STEMMED_FIELDS | UNSTEMMED_FIELDS)[name]))
        else:
            parts += [tokens_in(name, tokens, STEMMED_FIELDS[name]) for tokens in variants(text)]
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))


def fields_of(field: str) -> tuple[str, ...]:
    """Return the text fields of the index that a field as typed names; all for ""."""
    return (TEXT_FIELDS[field],) if field else (*STEMMED_FIELDS, *UNSTEMMED_FIELDS)


def tokens_in(field: str, tokens: tuple[str, ...], boost: float = 1.0, slop: int = 0) -> Query:
    return Term(field, tokens[0], boost) if len(tokens) == 1 else Phrase(field, tokens, slop, boost)
