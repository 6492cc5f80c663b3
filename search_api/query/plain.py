"""How a plain question is answered: any of its words, ranked.

Every record with one of the words is found, in any of the languages, and so is one with a word of the same meaning (`thesaurus`), a
compound that holds the word, a kind of record that the question names, a fact that it asks after (`answers`), or the same number written
otherwise: each for less weight.  Records with all the words, and with words of the question side by side or near one another, come first,
and of copies, which match alike, the one that was first.  Names of the client that alone is searched count little, since they are
everywhere in its records.  Weights were measured (bench/relevance.py).
"""
from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from archive.analysis import STEMMED, analyse, analyse_exact, fold
from archive.compounds import parts_of
from archive.model.client import Client
from archive.model.query import AllOf, AnyOf, In, MatchAll, Phrase, Preferring, Query, Term
from search_api.query.answers import asked_after
from search_api.query.kind_words import kinds_named, months_named
from search_api.query.known import Known
from search_api.query.thesaurus import related, shown
from search_api.query.tree import Asked, Everything, Leaf, Word
from search_api.query.words_in_fields import STEMMED_FIELDS, word


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign adds, as a factor of the score that the word itself has in the body; `kind`, `month` and `first_copy` are scores,
    `tells` a factor of the scores in `answers`."""
    all_words: float = 0.1
    side_by_side: float = 0.5
    near: float = 0.3
    near_slop: int = 6
    same_meaning: float = 0.5
    part: float = 0.3
    name_of_client: float = 0.15
    number: float = 1.0
    kind: float = 2.0
    month: float = 1.0
    tells: float = 1.0
    first_copy: float = 0.01


WEIGHTS = Weights()


def plain(asked: Asked, known: Known, weights: Weights = WEIGHTS) -> Query:
    """Return the query of the index for a plain question."""
    if isinstance(asked.root, Everything):
        return MatchAll()
    words = asked.words
    names = _names(known.about)
    factors = {text: weights.name_of_client if fold(text) in names else 1.0 for text in words}
    if all(factor < 1 for factor in factors.values()):
        factors = dict.fromkeys(words, 1.0)
    single = [scaled(word(text), factors[text]) for text in words]
    further: list[Query] = []
    # A single word is looked up, not asked about: it alone is found.
    for text in words if len(words) > 1 else ():
        if factors[text] == 1.0:
            further += _meanings(text, weights.same_meaning) + _parts(text, weights.part) + _numbers(text, weights.number)
    if weights.kind and len(words) > 1:
        further += [Term("kind", kind, weights.kind) for kind in kinds_named(words)]
    if weights.tells and (after := asked_after(asked)):
        clients = _named(words, known)
        further += [_of_those(clients, Term("tells", name, weights.tells * each.score)) for each in after for name in each.facts]
    together: list[Query] = []
    if len(words) > 1:
        together = [scaled(AllOf(tuple(word(text) for text in words)), weights.all_words)]
        together += [pair for left, right in itertools.pairwise(words) for pair in _pair(left, right, min(factors[left], factors[right]), weights)]
    found = (*single, *further, *together)
    query = found[0] if len(found) == 1 else AnyOf(found)
    months = months_named(asked) if weights.month else ()
    return Preferring(query, (Term("is_duplicate", "false", weights.first_copy), *(Term("month", each, weights.month) for each in months)))


def added_terms(asked: Asked) -> list[str]:
    """Return the words that a plain question is answered by beside those that were typed, and the kinds of record, for people to read."""
    if asked.mode != "plain" or isinstance(asked.root, Everything):
        return []
    words = asked.words
    out = dict.fromkeys(each for text in words for each in shown(text)) if len(words) > 1 else {}
    return [each for each in out if fold(each) not in {fold(text) for text in words}]


def further_leaves(asked: Asked) -> list[Leaf]:
    """Return the words of `added_terms` as parts of the query, to be shown where none of the typed words is met."""
    return [Word(text, 0) for text in added_terms(asked)]


def scaled(query: Query, factor: float) -> Query:
    """Return the query with the scores of its words multiplied."""
    match query:
        case Term(field, token, boost):
            return Term(field, token, boost * factor)
        case Phrase(field, tokens, slop, boost):
            return Phrase(field, tokens, slop, boost * factor)
        case AllOf(parts):
            return AllOf(tuple(scaled(part, factor) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(scaled(part, factor) for part in parts))
        case _:
            return query


def _meanings(text: str, weight: float) -> list[Query]:
    if not weight:
        return []
    stems = dict.fromkeys(stem for _, stem in related(text))
    return [Term(field, stem, weight * STEMMED_FIELDS[field]) for stem in stems for field in STEMMED_FIELDS]


def _parts(text: str, weight: float) -> list[Query]:
    """A compound is met by its parts, and a word by the compounds that hold it; an identifier by its long number (`INV-25-0611` -> `0611`)."""
    tokens = analyse_exact(text).split()
    if len(tokens) > 1 and weight:
        telling = [t for t in tokens if (t.isalpha() and len(t) > _SHORT) or (t.isdigit() and len(t) > _SHORT and not _year(t))]
        return [scaled(word(token), weight) for token in dict.fromkeys(telling) if not _THOUSANDS.fullmatch(text)]
    if not weight or not text.isalpha():
        return []
    own = analyse(text, "de")
    parts = dict.fromkeys(stem for part in parts_of(text) if (stem := analyse(part, "de")) and " " not in stem)
    held: list[Query] = [Term("parts", own, weight)] if own and " " not in own else []
    for stem in parts:
        held += [Term("parts", stem, weight), Term("body", stem, weight), Term("subject", stem, weight * STEMMED_FIELDS["subject"])]
    return held


_THOUSANDS = re.compile(r"\d{1,3}(?:[.,'’]\d{3})+")
_SHORT = 3


def _year(token: str) -> bool:
    return len(token) == 4 and 1900 <= int(token) <= 2100



def _numbers(text: str, weight: float) -> list[Query]:
    """`800,000`, `800.000` and `800000` are one number: the first two are the same tokens in a row, the third is one token."""
    if not weight:
        return []
    if _THOUSANDS.fullmatch(text):
        joined = re.sub(r"\D", "", text)
        return [Term(field, joined, weight) for field in STEMMED_FIELDS]
    if text.isascii() and text.isdigit() and 4 <= len(text) <= 12 and not _year(text):
        first = len(text) % 3 or 3
        tokens = (text[:first], *(text[n:n + 3] for n in range(first, len(text), 3)))
        return [Phrase(field, tokens, 0, weight) for field in STEMMED_FIELDS]
    return []


def _names(client: Client | None) -> frozenset[str]:
    """Return the words of a client's names."""
    if client is None:
        return frozenset()
    return frozenset(token for name in (client.legal_name, *client.aliases, client.client_id) for token in analyse_exact(name).split() if len(token) > 1)


def _named(words: list[str], known: Known) -> tuple[str, ...]:
    """Return the ids of the clients of whom a question speaks by a word that is in the names of no other, where not one alone is searched."""
    if known.about is not None:
        return ()
    holders: dict[str, list[str]] = {}
    for client in known.clients:
        for token in _names(client):
            holders.setdefault(token, []).append(client.client_id)
    spoken = (holders.get(token, []) for text in words for token in analyse_exact(text).split())
    return tuple(dict.fromkeys(each[0] for each in spoken if len(each) == 1))


def _of_those(client_ids: tuple[str, ...], query: Query) -> Query:
    return AllOf((query, In("clients", client_ids))) if client_ids else query


def _pair(left: str, right: str, factor: float, weights: Weights) -> list[Query]:
    """Two neighbours of the question: side by side in body or subject, and near one another in the body."""
    out: list[Query] = []
    for first, second in _forms(left, right):
        tokens = (*first, *second)
        out += [Phrase("body", tokens, 0, weights.side_by_side * factor), Phrase("subject", tokens, 0, weights.side_by_side * factor)]
        if len(tokens) == 2 and first != second:
            out.append(Phrase("body", tokens, weights.near_slop, weights.near * factor))
    return out


def _forms(left: str, right: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return both words as each stemmer gives them, without repeats: a record is stemmed by one language throughout."""
    return list(dict.fromkeys(zip(_by_language(left), _by_language(right), strict=True)))


def _by_language(text: str) -> list[tuple[str, ...]]:
    """Return the tokens of a word by each stemmer, in the order of STEMMED, then unstemmed."""
    return [tuple(analyse(text, language).split()) for language in (*STEMMED, None)]
