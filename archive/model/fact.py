"""One thing learned from records, with its citations, basis and status."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from archive.model.extracted import Passage, Scalar

Status = Literal["extracted", "derived", "confirmed", "corrected", "proposed"]


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived value and how we know: `basis` names the rule or the place (`header Date`, `file name`, `quoted parent`)."""
    value: str
    basis: str
    confidence: float = 1.0
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Who confirmed or corrected a fact, when (ISO 8601 UTC) and why, and on which record. `why` is "" for who may not read it.

    `thing` is the `fact_id` of what was read there before (`archive.model.correction`).
    """
    correction_id: str
    record_id: str
    thing: str
    actor: str
    at: str
    why: str
    insider: bool

    def as_json(self) -> dict[str, str | None]:
        return {"correction_id": self.correction_id, "by": self.actor or None, "at": self.at, "why": self.why or None}


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact read from one record. `value` is ISO 8601 for dates, a decimal number as text for money; `unit` its currency or unit.

    `passages` stand in that record's text.  `basis` names the rule that read it.  `confidence` is between 0 and 1.
    `word` is a person's, where the status is confirmed or corrected.
    """
    name: str
    value: Scalar
    passages: tuple[Passage, ...]
    basis: str
    unit: str = ""
    status: Status = "extracted"
    confidence: float = 1.0
    word: Word | None = None

    @property
    def settled(self) -> bool:
        """Whether a person has said so: that goes before any extraction."""
        return self.status in ("confirmed", "corrected")


@dataclass(frozen=True, slots=True)
class ClientEvidence:
    """A sign in one record that it concerns a client.

    `identifier` is what was recognised (`domain okv.example`, `contract number RV-2020-118`); `strength` between 0 and 1; a passage
    where the sign stands in the text, None where it stands in a header, a path or was given.
    """
    client_id: str
    identifier: str
    basis: str
    strength: float
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What near duplicates are found by: `sketch` is a MinHash of the item's words, compared number by number.

    Only items of equal `guard` are likened (an invoice to one for the same months), and they are near duplicates from `least` on.
    """
    sketch: bytes
    guard: str
    least: float


@dataclass(frozen=True, slots=True)
class Enriched:
    """What was learned from one item by itself. What follows from family, thread and copies is added by the catalogue's relations."""
    kind: Derived
    record_types: tuple[Derived, ...] = ()
    date: Derived | None = None
    language: Derived | None = None
    privileged: Derived | None = None
    sentiment: Derived | None = None
    clients: tuple[ClientEvidence, ...] = ()
    facts: tuple[Fact, ...] = ()
    fingerprint: Fingerprint | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """Words in a record: `quote` is exactly `text[start:end]` of the record's text; `page` counts from 1, None where there are none."""
    record_id: str
    source_path: str
    inner: str | None
    page: int | None
    start: int
    end: int
    quote: str
