"""Records from texts: each is enriched as it would be when taken in, so that a test goes from words to conclusions without a store."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_string
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from builders.records import read_record

from archive.model.client import Client
from archive.model.extracted import Extracted, Identified, Mail, Participant
from archive.model.outcome import Done
from archive.model.record import ReadRecord
from ingest.enrich import enrich
from ingest.given import Context, Given


def read_text(path: Path, client: Client) -> ReadRecord:
    """Return a text file or a plain mail as a record of that client."""
    text, more, people, mail = path.read_text("utf-8"), {}, (), None
    if path.suffix == ".eml":
        message = message_from_string(text)
        text = str(message.get_payload()).strip() + "\n"
        sender, to = (str(message[name]).rsplit("<", 1)[-1].strip(">") for name in ("From", "To"))
        day = parsedate_to_datetime(str(message["Date"])).isoformat()
        people = (Participant("from", sender, ""), Participant("to", to, ""))
        mail = Mail(str(message["Message-ID"]), sent_at=day)
        more = {"sender": sender, "to": (to,), "subject": str(message["Subject"]), "mime": "message/rfc822", "participants": people}
    extracted = Extracted(Done(), text, (), (), (), people, str(more.get("subject", "")), mail)
    identified = Identified("email" if mail else "text", "message/rfc822" if mail else "text/plain", "name")
    found = enrich(extracted, identified, Given(path.name, path.name), Context(clients=(client,)))
    fields: dict[str, Any] = {"date": found.date.value if found.date else None, "types": tuple(t.value for t in found.record_types), "facts": found.facts}
    read = read_record(path.stem, text, found.kind.value, path=path.name, **fields, **more)
    return replace(read, record=replace(read.record, sent_at=mail.sent_at if mail else None))
