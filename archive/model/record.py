"""An item with what was learned about it: the value that search, history, bundle and API hand on."""
from __future__ import annotations

from dataclasses import dataclass, field

from archive.model.digest import Digest
from archive.model.extracted import Page, Participant, Passage, Scalar, Segment, Table
from archive.model.fact import Cite, ClientEvidence, Fact
from archive.model.outcome import Outcome

KINDS = ("email", "chat", "call_transcript", "call_note", "meeting_note", "contract", "amendment", "sow", "legal_letter", "notice", "claim",
         "counterclaim", "settlement", "invoice", "credit_note", "ledger", "payment_advice", "survey", "sla_report", "review", "other")
RECORD_TYPES = ("contractual", "interaction", "dispute", "billing", "feedback")


@dataclass(frozen=True, slots=True)
class Record:
    """One item in one place, and what was learned about it.

    Dates are ISO 8601 (`date` a day, `sent_at` and `received_at` with their zone) or None.  `bases` says for each derived field how we know it.  The
    text itself is fetched apart (`Catalogue.text`), since lists of records are long and texts are large.
    """
    record_id: str
    source_paths: tuple[str, ...]
    inner: str | None
    kind: str
    record_types: tuple[str, ...]
    clients: tuple[str, ...]
    date: str | None
    sent_at: str | None
    sender: str | None
    to: tuple[str, ...]
    subject: str
    language: str | None
    thread_id: str | None
    family_id: str
    parent_id: str | None
    duplicate_of: str | None
    near_duplicate_of: str | None
    privileged: bool
    sentiment: str | None
    digest: Digest
    mime: str
    size_bytes: int
    pages: int | None
    source: str
    custodian: str
    name: str
    ordinal: int
    outcome: Outcome
    participants: tuple[Participant, ...] = ()
    message_id: str = ""
    children: int = 0
    derived_from: str | None = None
    received_at: str | None = None
    bases: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Return the record in the form of the contract (docs/formats/record.md)."""
        return {
            "record_id": self.record_id, "source_paths": list(self.source_paths), "inner": self.inner, "kind": self.kind,
            "record_types": list(self.record_types), "clients": list(self.clients), "date": self.date, "sent_at": self.sent_at, "received_at": self.received_at,
            "from": self.sender, "to": list(self.to), "subject": self.subject, "language": self.language, "thread_id": self.thread_id,
            "family_id": self.family_id, "parent_id": self.parent_id, "duplicate_of": self.duplicate_of, "derived_from": self.derived_from,
            "near_duplicate_of": self.near_duplicate_of, "privileged": self.privileged, "sentiment": self.sentiment,
            "sha256": self.digest, "mime": self.mime, "size": self.size_bytes, "pages": self.pages, "source": self.source,
            "custodian": self.custodian, "name": self.name, "children": self.children, "outcome": outcome_json(self.outcome), "bases": dict(self.bases),
        }


def outcome_json(outcome: Outcome) -> dict[str, str]:
    """Return an outcome as JSON: `status` done|skipped|retry|failed, and where there is one `code` and `reason`."""
    out = {"status": type(outcome).__name__.lower()}
    code = getattr(outcome, "code", "")
    reason = getattr(outcome, "reason", "") or getattr(outcome, "cause", "") or getattr(outcome, "note", "")
    return out | ({"code": code} if code else {}) | ({"reason": reason} if reason else {})


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record together with all that was read from it: what the thinking half works on."""
    record: Record
    text: str = ""
    page_bounds: tuple[Page, ...] = ()
    segments: tuple[Segment, ...] = ()
    tables: tuple[Table, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()
    evidence: tuple[ClientEvidence, ...] = ()
    tags: tuple[str, ...] = ()

    def cite(self, passage: Passage) -> Cite:
        """Return a passage of this record's text as a citation."""
        r = self.record
        return Cite(r.record_id, r.source_paths[0], r.inner, passage.page, passage.start, passage.end, passage.quote)

    def passage(self, start: int, end: int) -> Passage:
        """Return the words from `start` to `end` as a passage with its page."""
        page = next((p.number for p in self.page_bounds if p.start <= start < p.end), None)
        return Passage(start, end, self.text[start:end], page)

    def fact(self, name: str) -> Fact | None:
        """Return the surest fact of that name, one that a person settled before all others, or None."""
        named = [f for f in self.facts if f.name == name]
        return max(named, key=lambda f: (f.settled, f.confidence)) if named else None

    def value(self, name: str) -> Scalar:
        """Return the value of the surest fact of that name, or None."""
        fact = self.fact(name)
        return fact.value if fact else None
