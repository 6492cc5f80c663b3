"""What a query means, read from the texts themselves: a small matcher that shares no code with the index, the parser or the analysis.

A word is a run of letters and digits.  It is compared in lower case and without accents, in its exact form or by the Snowball stem of the
record's language; a word that is asked for stands for its stems in every language that is stemmed, and for itself.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

import Stemmer

from archive.model.record import ReadRecord

_STEMMERS = {"en": Stemmer.Stemmer("english"), "de": Stemmer.Stemmer("german"), "fr": Stemmer.Stemmer("french"), "es": Stemmer.Stemmer("spanish")}
_LETTERS = {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
FIELDS = ("body", "subject", "filename", "participants")


def plain(word: str) -> str:
    """Return a word in lower case without accents."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(c))
    return "".join(_LETTERS.get(c, c) for c in bare)


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text))


def stem(word: str, language: str | None) -> str:
    return plain(_STEMMERS[language].stemWord(word.lower())) if language in _STEMMERS else plain(word)


@cache
def stems(word: str) -> frozenset[str]:
    """Return what a word that is asked for may be in a stemmed text."""
    return frozenset(stem(word, language) for language in (*_STEMMERS, None))


class Column:
    """A field of a record: its words in exact form and stemmed, in order, and where each stands."""

    def __init__(self, exact: Sequence[str], stemmed: Sequence[str]) -> None:
        self.exact = tuple(exact)
        self.places: tuple[dict[str, set[int]], dict[str, set[int]]] = ({}, {})
        for column, row in zip(self.places, (exact, stemmed), strict=True):
            for at, word in enumerate(row):
                column.setdefault(word, set()).add(at)


@dataclass(frozen=True)
class Doc:
    """A record as a reader sees it."""
    read: ReadRecord
    columns: dict[str, Column]

    @property
    def id(self) -> str:
        return self.read.record.record_id


def doc(read: ReadRecord) -> Doc:
    record = read.record
    people = "\n".join(part for person in record.participants for part in (person.name, person.address))
    named = "\n".join((people, record.sender or "", *record.to))
    out = {}
    for name, text in {"body": read.text, "subject": record.subject, "filename": record.name, "participants": named}.items():
        its = words(text)
        language = record.language if name in ("body", "subject") else None
        out[name] = Column([plain(w) for w in its], [stem(w, language) for w in its])
    return Doc(read, out)


Test = Callable[[Column], set[int]]
"""Says in which places of a column the word stands that is asked for."""


def form_of(word: str) -> Test:
    wanted = stems(word)
    return lambda column: set().union(*(column.places[1].get(each, set()) for each in wanted))


def stemmed_as(token: str) -> Test:
    return lambda column: column.places[1].get(token, set())


def exactly(word: str) -> Test:
    wanted = plain(word)
    return lambda column: column.places[0].get(wanted, set())


def _where(met: Callable[[str], bool]) -> Test:
    return lambda column: set().union(*(places for word, places in column.places[0].items() if met(word)))


def like(pattern: str) -> Test:
    """A regular expression over the whole exact word."""
    form = re.compile(pattern)
    return _where(lambda word: form.fullmatch(word) is not None)


def about(word: str, edits: int) -> Test:
    wanted = plain(word)
    return _where(lambda word: distance(word, wanted) <= edits)


@cache
def distance(a: str, b: str) -> int:
    """Return the Levenshtein distance."""
    if not a or not b:
        return len(a) + len(b)
    if abs(len(a) - len(b)) > 3:
        return 9
    if a[-1] == b[-1]:
        return distance(a[:-1], b[:-1])
    return 1 + min(distance(a[:-1], b), distance(a, b[:-1]), distance(a[:-1], b[:-1]))


def runs(column: Column, tests: Sequence[Test]) -> list[tuple[int, int]]:
    """Return where the words stand in a row: places of the first and of the last."""
    begins: set[int] | None = None
    for turn, test in enumerate(tests):
        here = {at - turn for at in test(column)}
        begins = here if begins is None else begins & here
        if not begins:
            return []
    return [(at, at + len(tests) - 1) for at in sorted(begins or ())]


def has(doc: Doc, tests: Sequence[Test], fields: Iterable[str] = FIELDS) -> bool:
    return any(runs(doc.columns[field], tests) for field in fields)


def has_form(doc: Doc, word: str, fields: Iterable[str] = FIELDS) -> bool:
    """An identifier is its parts in a row; in fields that have no language a word has its exact form only."""
    parts = words(word)
    for field in fields:
        if field in ("body", "subject"):
            for language in (*_STEMMERS, None):
                wanted = [stem(part, language) for part in parts]
                if runs(doc.columns[field], [stemmed_as(token) for token in wanted]):
                    return True
        elif runs(doc.columns[field], [exactly(part) for part in parts]):
            return True
    return False


Side = Sequence[Sequence[Test]]
"""Alternatives, each words in a row."""


def near(doc: Doc, left: Callable[[str], Side], right: Callable[[str], Side], most: int, ordered: bool, fields: Iterable[str] = FIELDS) -> bool:
    """Say whether in one field something of one side ends 1 to `most` words before something of the other begins."""
    for field in fields:
        column = doc.columns[field]
        first = [run for tests in left(field) for run in runs(column, tests)]
        second = [run for tests in right(field) for run in runs(column, tests)]
        if any(1 <= b[0] - a[1] <= most for a in first for b in second):
            return True
        if not ordered and any(1 <= a[0] - b[1] <= most for a in first for b in second):
            return True
    return False


def moved(doc: Doc, tokens: Sequence[str], slop: int, fields: Iterable[str] = FIELDS) -> bool:
    """Say whether the words stand so that the largest move less the smallest is at most `slop`, each word in a place of its own."""
    for field in fields:
        rows = [sorted(doc.columns[field].places[0].get(token, ())) for token in tokens]
        for places in product(*rows):
            moves = [at - n for n, at in enumerate(places)]
            if len(set(places)) == len(places) and max(moves) - min(moves) <= slop:
                return True
    return False
