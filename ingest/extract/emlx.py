"""Messages of Apple Mail (.emlx): a line with a length, a message of that many bytes, then a property list with its state.

The message between is read as any other.  `.partial.emlx` has its attachments beside it, in files of their own: that is said.
"""
from __future__ import annotations

import plistlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from archive.model.extracted import Extracted, Mail
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Content, Extractor, Part, Work, bids
from ingest.extract.email import read_message

_LENGTH = re.compile(rb"\s*(\d{1,10})[ \t]*\r?\n")
_PLIST_BYTES = 1 << 20
_READ, _DELETED, _ANSWERED, _FLAGGED = 1, 2, 4, 16


def _read(work: Work) -> Iterator[Part]:
    raw = work.content
    said = _LENGTH.match(raw[:64])
    if said is None:
        raise CannotRead("damaged", "The line with the length of the message is missing.")
    start, size = said.end(), int(said.group(1))
    message, rest = raw[start:start + size], raw[start + size:]
    notes = [] if len(message) == size else [f"the message is {size - len(message)} bytes shorter than its length says"]
    if work.given.name.lower().endswith(".partial.emlx"):
        notes.append("its attachments lie beside it in files of their own")
    for part in read_message(replace(work, source=Content(message))):
        if isinstance(part, Extracted):
            outcome = part.outcome
            if isinstance(outcome, Done) and notes:
                outcome = Done("; ".join(filter(None, [outcome.note, *notes])))
            state = _state(rest)
            yield replace(part, outcome=outcome, metadata=part.metadata | state, mail=_received(part.mail, state))
        else:
            yield part


def _received(mail: Mail | None, state: dict[str, str]) -> Mail | None:
    """Return the mail with the time at which the program took it in, where no server tells it."""
    at = state.get("emlx:date-received", "")
    return replace(mail, received_at=at, received_basis="property date-received") if mail and at and not mail.received_at else mail


def _state(rest: bytes) -> dict[str, str]:
    """Return what the property list says of the message: when it was received, its flags."""
    begin = rest.find(b"<?xml")
    if begin < 0 or b"<!ENTITY" in rest or len(rest) > _PLIST_BYTES:
        return {}
    try:
        found = plistlib.loads(rest[begin:], fmt=plistlib.FMT_XML)
    except Exception:  # whatever the parser raises about hostile bytes: the state is a courtesy
        return {}
    if not isinstance(found, dict):
        return {}
    out: dict[str, str] = {}
    received = found.get("date-received")
    if isinstance(received, int | float) and 0 < received < 4e9:
        out["emlx:date-received"] = datetime.fromtimestamp(received, UTC).isoformat()
    flags = found.get("flags")
    if isinstance(flags, int):
        words = [word for bit, word in ((_READ, "read"), (_DELETED, "deleted"), (_ANSWERED, "answered"), (_FLAGGED, "flagged")) if flags & bit]
        if words:
            out["emlx:flags"] = ", ".join(words)
    return out


EXTRACTORS = (Extractor("emlx", "1", bids({"emlx": 1.0}), _read),)
