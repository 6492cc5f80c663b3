"""Small cases made from texts: mails, papers and tables read by the rules of enrichment, assembled as one client's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from builders.records import read_record
from builders.sheets import sheet_of

from archive.model.client import Client
from archive.model.extracted import Extracted, Identified, Mail, Participant
from archive.model.outcome import Done
from archive.model.record import ReadRecord
from history import ClientFile, assemble
from ingest.enrich import enrich
from ingest.given import Context, Given


def told_by(client: Client, documents: Sequence[tuple[str, ...] | tuple[str, str, list[list[Any]]]]) -> dict[str, Any]:
    """Return the history as JSON of documents, each `mail` (day, from, to, subject, text, thread), `paper` (name, text) or `table` (name, rows)."""
    context = Context(clients=(client,))
    reads = tuple(_read(n, document, context) for n, document in enumerate(documents))
    return assemble(ClientFile(client, reads)).as_json()


def _read(number: int, document: Any, context: Context) -> ReadRecord:
    sort, name, *rest = document
    if sort == "mail":
        sender, to, subject, text, thread = rest
        people = (Participant("from", sender, ""), Participant("to", to, ""))
        sent = f"{name}T10:00:00+00:00"
        extracted = Extracted(Done(), text, (), (), (), people, subject, Mail(f"<{number}@x.example>", sent_at=sent, headers=()))
        found = enrich(extracted, Identified("email", "message/rfc822", "test"), Given(f"{number}.eml", f"{number}.eml"), context)
        read = read_record(f"r{number}", text, found.kind.value, date=name, sender=sender, to=(to,), subject=subject, mime="message/rfc822", facts=found.facts,
                           types=tuple(t.value for t in found.record_types), participants=people)  # fmt: skip
        return replace(read, record=replace(read.record, thread_id=thread or None, sent_at=sent))
    text, *tables = (rest[0],) if sort == "paper" else sheet_of(rest[0])
    shape = ("pdf", "application/pdf") if sort == "paper" else ("csv", "text/csv")
    found = enrich(Extracted(Done(), text, tables=tuple(tables)), Identified(shape[0], shape[1], "test"), Given(name, name), context)
    day = found.date.value[:10] if found.date else None
    return read_record(f"r{number}", text, found.kind.value, date=day, facts=found.facts, types=tuple(t.value for t in found.record_types), name=name)
