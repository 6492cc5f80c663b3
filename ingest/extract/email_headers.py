"""What the header fields of a message say: who took part, when it was sent, to what it refers, and the marks worth keeping.

The fields may come from a message or be built from the properties of an Outlook item (ingest/extract/msg_fields.py).
"""
from __future__ import annotations

import hashlib

from archive.model.extracted import Mail, Participant
from ingest.extract import headers
from ingest.extract.mime import Entity

_ROLES = (("from", "from"), ("sender", "sender"), ("to", "to"), ("cc", "cc"), ("bcc", "bcc"), ("reply-to", "reply_to"))
_KEPT = (("x-mailer", "email:mailer"), ("user-agent", "email:mailer"), ("auto-submitted", "email:auto-submitted"), ("precedence", "email:precedence"),
         ("list-id", "email:list-id"), ("thread-topic", "email:thread-topic"), ("importance", "email:importance"),
         ("content-language", "email:content-language"), ("x-folder", "email:folder"), ("x-derived-from", "derived"))
_HEADERS_MAX = 500
_PEOPLE_MAX = 5000


def people_of(root: Entity) -> tuple[Participant, ...]:
    """Return who took part, each once in each role, in the order of the fields."""
    found: dict[Participant, None] = {}
    for header, role in _ROLES:
        for raw in root.all(header):
            for name, address in headers.addresses(raw):
                found.setdefault(Participant(role, address, name))  # type: ignore[arg-type]
                if len(found) >= _PEOPLE_MAX:
                    return tuple(found)
    return tuple(found)


def mail_of(root: Entity) -> Mail:
    """Return identity, references and time of a message."""
    sent_at, basis = _sent(root)
    received_at, received_basis = _received(root)
    return Mail(
        message_id=headers.message_id(root.get("message-id")), in_reply_to=headers.message_ids(root.get("in-reply-to")),
        references=headers.message_ids(root.get("references")), thread_index="".join(headers.as_text(root.get("thread-index") or b"").split()),
        sent_at=sent_at, sent_basis=basis, received_at=received_at, received_basis=received_basis,
        headers=tuple((written, headers.words(value)) for _, written, value in root.fields[:_HEADERS_MAX]))


def _sent(root: Entity) -> tuple[str, str]:
    """Return when a message was sent: by its Date field, else by the first server that took it (the last Received field)."""
    for name in ("date", "resent-date"):
        at, note = headers.moment(root.get(name))
        if at:
            return at, _basis(name.title(), note)
    for raw in reversed(root.all("received")):
        at, _ = headers.moment(raw.rpartition(b";")[2])
        if at:
            return at, "header Received"
    at, _ = headers.moment(root.get("delivery-date"))
    return (at, "header Delivery-Date") if at else ("", "")


def _received(root: Entity) -> tuple[str, str]:
    """Return when a message came to its mailbox: by the server that had it last, whose Received field stands first (RFC 5321, 4.4)."""
    for raw in root.all("received"):
        at, note = headers.moment(raw.rpartition(b";")[2])
        if at:
            return at, _basis("Received", note)
    at, note = headers.moment(root.get("delivery-date"))
    return (at, _basis("Delivery-Date", note)) if at else ("", "")


def _basis(field: str, note: str) -> str:
    return f"header {field}" + (f" ({note})" if note else "")


def header_metadata(root: Entity) -> dict[str, str]:
    """Return the marks worth keeping, each under its own name, and the message identification hash where there is a Message-ID."""
    found: dict[str, str] = {}
    for header, key in _KEPT:
        if (value := root.get(header)) is not None:
            found.setdefault(key, headers.words(value)[:500])
    if (mih := mih_of(root.get("message-id"))):
        found["edrm:mih"] = mih
    return found


def mih_of(message_id: bytes | None) -> str:
    """Return the EDRM message identification hash: MD5 in lower case hexadecimal digits of the Message-ID, "" without one.

    The value is unfolded and trimmed; of it counts the first `<…>` with its brackets, in the case in which it is written, as UTF-8; one
    without brackets counts as it is.  Compare without regard to case: programs write the digits in either.  It names a message for an
    exchange with other programs and is no proof that two are the same, since ids are re-used and forged.
    Source: EDRM MIH 1.0 (2023), as implemented in public; docs/formats.md, "Message identification hash".
    """
    said = headers.as_text(message_id or b"")
    opened = said.find("<")
    closed = said.find(">", opened)
    value = said[opened:closed + 1] if 0 <= opened < closed else said
    return hashlib.md5(value.encode("utf-8", "replace"), usedforsecurity=False).hexdigest() if value else ""
