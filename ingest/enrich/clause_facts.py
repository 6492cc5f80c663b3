"""Facts of clauses as they are made: the passage that was found, and behind it the words that its value was reckoned from."""
from __future__ import annotations

import re
from bisect import bisect_right

from archive.model.extracted import Passage, Scalar
from archive.model.fact import Fact
from ingest.enrich.clause_reading import LIMIT, Found
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.day_forms import Day
from ingest.enrich.doc import Doc

LEARNED = "clause found by learned weights"



def fact_of(doc: Doc, name: str, value: Scalar, passage: Found, unit: str = "") -> Fact:
    """Return the fact that a passage found by the weights states."""
    return Fact(name, value, (doc.passage(passage.start, passage.end),), LEARNED, unit, confidence=passage.confidence)


def derived_from(fact: Fact, rule: str, source: Fact | None) -> Fact:
    """Return a fact whose value was reckoned from another one; the words of that one are cited behind its own."""
    behind = source.passages if source else ()
    return Fact(fact.name, fact.value, joined(fact.passages, behind), f"{fact.basis}; {rule}", fact.unit, "derived", fact.confidence)


def resting_on(doc: Doc, fact: Fact, rule: str, day: Day) -> Fact:
    """Return a fact that was reckoned from a day written elsewhere, which is cited behind its own words."""
    return Fact(fact.name, fact.value, joined(fact.passages, (doc.passage(day.start, day.end),)), f"{fact.basis}; {rule}", fact.unit, "derived",
                fact.confidence)


def joined(first: tuple[Passage, ...], more: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages of a reading, and of those that gave its value the ones that stand elsewhere."""
    return (*first, *(p for p in more if not any(p.start < q.end and q.start < p.end for q in first)))


def day_of(fact: Fact | None) -> Day | None:
    """Return the day that a fact states, with the place of its words; None where it states none in full."""
    if fact is None or not isinstance(fact.value, str) or len(fact.value) != 10:
        return None
    return Day(fact.passages[0].start, fact.passages[0].end, fact.value)


def sentences_with(doc: Doc, form: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the bounds of the sentences in which a form begins, each once, in order; the text is cut only if it stands there at all."""
    places = [m.start() for m in form.finditer(doc.folded, 0, LIMIT)]
    if not places:
        return []
    bounds = sentences(doc.text, LIMIT)
    starts = [a for a, _ in bounds]
    rows = dict.fromkeys(bisect_right(starts, place) - 1 for place in places)
    return [bounds[row] for row in rows if row >= 0]


def surest(found: list[Found]) -> list[Found]:
    """Return passages by their scores, the highest first."""
    return sorted(found, key=lambda p: -p.score)
