"""A fact that a language model proposes. It is no fact of the record until a person confirms it, and no conclusion is drawn from it."""
from __future__ import annotations

from dataclasses import dataclass

from archive.model.correction import FactSaid, fact_id_of
from archive.model.extracted import Scalar
from archive.model.fact import Fact


@dataclass(frozen=True, slots=True)
class Proposal:
    """`fact` has the status `proposed`, the basis `model NAME`, and passages that stand in the record's text; `fact_id` is by what a person means it."""
    record_id: str
    fact_id: str
    model: str
    at: str
    fact: Fact


def proposal_id_of(said: FactSaid) -> str:
    return fact_id_of(said.name, said.value, said.unit, said.passages)


def same_words(fact: Fact, name: str, value: Scalar, unit: str, start: int, end: int) -> bool:
    """Say whether a fact tells the same of words that lie over these."""
    return (fact.name, str(fact.value), fact.unit) == (name, str(value), unit) and any(p.start < end and start < p.end for p in fact.passages)
