"""Records made by hand for tests: a text, and facts given by the words that they rest on."""

from __future__ import annotations

from typing import Any

from archive.model.client import Client, Contact
from archive.model.digest import digest_of
from archive.model.extracted import Page, Participant, Passage, Scalar, Segment
from archive.model.fact import ClientEvidence, Fact
from archive.model.outcome import Done, Outcome
from archive.model.record import ReadRecord, Record
from history import ClientFile

CLIENT = Client(
    "C-1",
    "Norrland Kaffe AB",
    aliases=("Norrland",),
    email_domains=("norrland.example",),
    contacts=(Contact("Ebba Lund", "ebba.lund@norrland.example"),),
)


def fact(text: str, name: str, value: Scalar, words: str, unit: str = "", confidence: float = 0.9, basis: str = "test rule") -> Fact:
    """Return a fact that rests on the first place in the text where the words stand."""
    start = text.index(words)
    return Fact(name, value, (Passage(start, start + len(words), words),), basis, unit, confidence=confidence)


def read_record(
    record_id: str,
    text: str = "",
    kind: str = "other",
    *,
    date: str | None = None,
    types: tuple[str, ...] = (),
    facts: tuple[Fact, ...] = (),
    sender: str | None = None,
    to: tuple[str, ...] = (),
    subject: str = "",
    parent: str | None = None,
    mime: str = "text/plain",
    path: str = "",
    inner: str | None = None,
    privileged: bool = False,
    duplicate_of: str | None = None,
    near_duplicate_of: str | None = None,
    outcome: Outcome | None = None,
    content: bytes | None = None,
    name: str = "",
    participants: tuple[Participant, ...] = (),
    segments: tuple[Segment, ...] = (),
    pages: tuple[Page, ...] = (),
    evidence: tuple[ClientEvidence, ...] = (),
    bases: dict[str, str] | None = None,
    clients: tuple[str, ...] = ("C-1",),
) -> ReadRecord:
    content = content if content is not None else f"{record_id}\n{text}".encode("utf-8", "replace")
    path = path or f"drop/{record_id}.txt"
    record = Record(
        record_id=record_id,
        source_paths=(path,),
        inner=inner,
        kind=kind,
        record_types=types,
        clients=clients,
        date=date,
        sent_at=None,
        sender=sender,
        to=to,
        subject=subject,
        language="en",
        thread_id=None,
        family_id=parent or record_id,
        parent_id=parent,
        duplicate_of=duplicate_of,
        near_duplicate_of=near_duplicate_of,
        privileged=privileged,
        sentiment=None,
        digest=digest_of(content),
        mime=mime,
        size_bytes=len(content),
        pages=len(pages) or None,
        source="",
        custodian="",
        name=name or (inner or path).rsplit("/", 1)[-1],
        ordinal=0,
        outcome=outcome or Done(),
        participants=participants,
        bases=bases or {},
    )
    return ReadRecord(record, text, pages, segments, (), {}, facts, evidence)


def mail(record_id: str, text: str, sender: str, to: tuple[str, ...], date: str, **more: Any) -> ReadRecord:
    more = {"kind": "email", "types": ("interaction",), "subject": f"Subject of {record_id}"} | more
    return read_record(record_id, text, sender=sender, to=to, date=date, mime="message/rfc822", **more)


def client_file(*records: ReadRecord, as_of: str | None = None, client: Client = CLIENT) -> ClientFile:
    return ClientFile(client, records, as_of)


def cites_in(value: Any) -> list[dict[str, Any]]:
    """Return every citation in a JSON value, at any depth."""
    if isinstance(value, dict):
        own = list(value["cites"]) if "cites" in value else []
        return own + [c for v in value.values() for c in cites_in(v)]
    return [c for v in value for c in cites_in(v)] if isinstance(value, list) else []


def cited_facts_in(value: Any) -> list[dict[str, Any]]:
    """Return every JSON object that has citations, at any depth."""
    if isinstance(value, dict):
        return ([value] if "cites" in value else []) + [f for v in value.values() for f in cited_facts_in(v)]
    return [f for v in value for f in cited_facts_in(v)] if isinstance(value, list) else []
