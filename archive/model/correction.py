"""A person's word on what was read: it confirms, corrects or rejects one thing about one record, and goes before any extraction until it is withdrawn."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from archive.model.extracted import Passage, Scalar
from archive.model.fact import Fact

About = Literal["clients", "kind", "record_types", "date", "privileged", "fact"]
Verdict = Literal["confirmed", "corrected", "rejected"]
ABOUTS: tuple[About, ...] = get_args(About)

Settled = tuple[str, ...] | str | bool | None
"""What an assignment is to be: clients and record types as a tuple, kind and date (None: none) as text, privileged as a boolean."""


@dataclass(frozen=True, slots=True)
class FactSaid:
    """A fact as it was read, or as a person says it is. `value` and `unit` as in `Fact`."""
    name: str
    value: Scalar
    unit: str
    passages: tuple[Passage, ...]
    basis: str = ""
    confidence: float = 1.0

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "value": self.value, "unit": self.unit or None, "basis": self.basis,
                "passages": [{"start": p.start, "end": p.end, "quote": p.quote, "page": p.page} for p in self.passages]}


@dataclass(frozen=True, slots=True)
class Correction:
    """One word of one person about one record.

    `thing` is what it is about: the name of the assignment, the `fact_id` of the fact as it was read, or its own id for a fact that had not been
    read.  `target` is that fact as it was read.  `value` is what an assignment is to be, `fact` what a fact is to be (None where it is rejected, or
    it is about no fact).  `was` and `was_fact` are what stood there before; both None for a fact that had not been read.  `insider` says that its
    author could see privileged records: then `why` is told to such people only.  Of two about the same thing the later one holds; when it is
    withdrawn the earlier one holds again.
    """
    correction_id: str
    seq: int
    record_id: str
    about: About
    thing: str
    verdict: Verdict
    value: Settled
    fact: FactSaid | None
    target: FactSaid | None
    was: Settled
    was_fact: FactSaid | None
    actor: str
    at: str
    why: str
    insider: bool
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None

    @property
    def basis(self) -> str:
        """How a value that it settles is known."""
        return f"{self.verdict} by a person (correction {self.correction_id})"

    @property
    def of_content(self) -> bool:
        """Whether it holds for every copy of the item: what the words say is the same in each. Whom a copy concerns, and whether it may be shown
        after all, is not."""
        return self.about in ("kind", "record_types", "date", "fact") or (self.about == "privileged" and self.value is True)

    def held_at(self, moment: str) -> bool:
        """Say whether it had been made, and not withdrawn, before this moment (ISO 8601 UTC)."""
        return self.at < moment and (self.withdrawn_at is None or self.withdrawn_at >= moment)

    def without_reason(self) -> Correction:
        return replace(self, why="", withdrawn_why=None)

    def as_json(self) -> dict[str, Any]:
        fact = {"fact": self.fact.as_json() if self.fact else None, "was_fact": self.was_fact.as_json() if self.was_fact else None}
        plain = {"value": _plain(self.value), "was": _plain(self.was)}
        return {"correction_id": self.correction_id, "record_id": self.record_id, "about": self.about, "verdict": self.verdict,
                **(fact if self.about == "fact" else plain), "by": self.actor, "at": self.at, "why": self.why or None,
                "withdrawn_at": self.withdrawn_at, "withdrawn_by": self.withdrawn_by, "withdrawn_why": self.withdrawn_why}


@dataclass(frozen=True, slots=True)
class Said:
    """What persons say of an item that decides how its words are read: its kind, its day, its clients. "" and None where nobody has said it."""
    kind: str = ""
    date: str = ""
    clients: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        """A name for it: 16 hexadecimal digits, "" where nothing was said."""
        if self == Said():
            return ""
        return hashlib.sha256(json.dumps([self.kind, self.date, self.clients]).encode()).hexdigest()[:16]


def fact_id_of(name: str, value: Scalar, unit: str, passages: tuple[Passage, ...]) -> str:
    """Return by what a fact of a record is called: 12 hexadecimal digits from its name, value, unit and words; the same however often it is read."""
    told = json.dumps([name, value, unit, [(p.start, p.end, p.quote) for p in passages]], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def said_of(fact: Fact) -> FactSaid:
    return FactSaid(fact.name, fact.value, fact.unit, fact.passages, fact.basis, fact.confidence)


def _plain(value: Settled) -> Any:
    return list(value) if isinstance(value, tuple) else value
