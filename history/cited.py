"""What a conclusion is made of: a value, the words it rests on, and the rule that led there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.model.extracted import Scalar
from archive.model.fact import Cite, Fact, Status, Word
from archive.model.record import ReadRecord


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known, with its citations (never empty), the rule that gave it and the known things that went in."""

    name: str
    value: Scalar
    cites: tuple[Cite, ...]
    rule: str
    unit: str = ""
    inputs: tuple[Known, ...] = ()
    status: Status = "extracted"
    confidence: float = 1.0
    word: Word | None = None

    def as_input(self) -> dict[str, Any]:
        """Return it as an input of a derivation, with its own inputs below it where it was derived itself."""
        out: dict[str, Any] = {
            "name": self.name,
            "value": self.value,
            "unit": self.unit or None,
            "rule": self.rule,
            "cites": cites_json(self.cites),
        } | self._settled()
        return out | ({"inputs": [i.as_input() for i in self.inputs]} if self.inputs else {})

    def as_json(self) -> dict[str, Any]:
        """Return the fields that every concluded fact carries: value, citations, status, derivation."""
        return {"value": self.value, **self.backing()}

    def _settled(self) -> dict[str, Any]:
        """Return for what a person confirmed or corrected that this is so, with who, when and why; {} for all else."""
        return {"status": self.status, **({"settled": self.word.as_json()} if self.word else {})} if self.status in ("confirmed", "corrected") else {}

    def backing(self) -> dict[str, Any]:
        return self._settled() | {
            "cites": cites_json(self.cites),
            "status": self.status,
            "confidence": self.confidence,
            "derivation": derivation(self.rule, self.inputs),
        }


def stands(read: ReadRecord, fact: Fact) -> bool:
    """Say whether a fact can be relied on: its passages stand in the text of its record, and a number is finite.

    One that does not is not used, and the audit names it.
    """
    return usable(fact.value) and bool(fact.passages) and all(p.quote and read.text[p.start : p.end] == p.quote for p in fact.passages)


def usable(value: Scalar) -> bool:
    """Say whether a value can be written as JSON: a number that is not finite cannot (RFC 8259, section 6)."""
    return not isinstance(value, float) or math.isfinite(value)


def known(read: ReadRecord, name: str) -> Known | None:
    """Return the surest fact of that name in a record whose passages stand, or None: what a person settled goes before all that was read.

    Equal sureness: the one that comes first.
    """
    named = [f for f in read.facts if f.name == name and f.value is not None and stands(read, f)]
    return from_fact(read, max(named, key=lambda f: (f.settled, f.confidence))) if named else None


def all_known(read: ReadRecord, name: str) -> list[Known]:
    """Return all facts of that name in a record whose passages stand, in the order read."""
    return [from_fact(read, f) for f in read.facts if f.name == name and f.value is not None and stands(read, f)]


def from_fact(read: ReadRecord, fact: Fact) -> Known:
    return Known(fact.name, fact.value, tuple(read.cite(p) for p in fact.passages), fact.basis, fact.unit, (), fact.status, fact.confidence, fact.word)


def cite_json(cite: Cite) -> dict[str, Any]:
    return {
        "record_id": cite.record_id,
        "source_path": cite.source_path,
        "inner": cite.inner,
        "page": cite.page,
        "start": cite.start,
        "end": cite.end,
        "quote": cite.quote,
    }


def cites_json(cites: Iterable[Cite]) -> list[dict[str, Any]]:
    """Return citations as JSON, each once, in the order given."""
    return [cite_json(c) for c in dict.fromkeys(cites)]


def derivation(rule: str, inputs: Iterable[Known] = ()) -> dict[str, Any]:
    """Return the rule applied and its inputs, each a cited fact."""
    return {"rule": rule, "inputs": [i.as_input() for i in inputs]}


def cites_of(items: Iterable[Known | None]) -> tuple[Cite, ...]:
    """Return the citations of all that are known, each once."""
    return tuple(dict.fromkeys(c for item in items if item is not None for c in item.cites))


def value_of(item: Known | None) -> Scalar:
    return item.value if item is not None else None
