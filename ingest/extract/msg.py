"""Outlook items in files of their own (.msg): mails, appointments, contacts, tasks, notes.

The text is the body; what an appointment, contact or task keeps in properties of its own stands before it, a line each.  Headers are those
that came over the network where the item has them, else what its properties say.  Attachments are children with their bytes; an item
inside an item is a child too, written as a message (ingest/extract/msg_rfc822.py), since it is no file by itself.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.model.extracted import Child, Extracted, Mail, Segment, Unread
from archive.model.outcome import Done, Failed
from ingest.extract import headers
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.email_headers import header_metadata, mail_of, people_of
from ingest.extract.mime import Entity
from ingest.extract.msg_body import body_of, details_of
from ingest.extract.msg_fields import author_of, date_basis, fields_of, transport
from ingest.extract.msg_item import OutlookItem
from ingest.extract.msg_ole import item_of
from ingest.extract.msg_rfc822 import attachment_name, message_of
from ingest.extract.names import UniqueNames
from ingest.extract.quotes import split


def _read(work: Work) -> Iterator[Part]:
    item = item_of(work.content, work.limits.item_bytes)
    yield from children_of(item, work)
    yield extracted_of(item, work.limits.item_bytes)


def children_of(item: OutlookItem, work: Work) -> Iterator[Part]:
    """Yield the attachments of an item as children, or why they cannot be."""
    names = UniqueNames()
    for number, attachment in enumerate(item.attachments, 1):
        name = names.give(attachment_name(attachment, number))
        if number > work.limits.members:
            yield Unread(name, Failed("over_limit", f"The item has more than {work.limits.members} attachments."))
        elif attachment.item is not None:
            try:
                yield Child(name, message_of(attachment.item, work.limits.item_bytes), "message/rfc822")
            except CannotRead as error:
                yield Unread(name, Failed(error.code, error.reason))
        elif attachment.content is not None:
            modified = attachment.properties.moment(0x3008, 0x3007)
            inline = bool(attachment.content_id) or attachment.properties.flag(0x7FFE)
            yield Child(name, attachment.content, attachment.mime, modified, inline)
        else:
            code, reason = attachment.trouble or ("damaged", "It has no bytes.")
            yield Unread(name, Failed(code, reason))


def extracted_of(item: OutlookItem, limit_bytes: int) -> Extracted:
    """Return what an item says."""
    p = item.properties
    fields = fields_of(item)
    root = Entity(fields, 0, 0, 0)
    body, details = body_of(item, limit_bytes), details_of(item)
    before = len(details) + 2 if details and body.text else 0
    text = "\n\n".join(filter(None, (details, body.text)))
    found, mails = split(body.text, body.quotes)
    parts = tuple(_shifted(s, before) for s in found)
    mail = None if item.is_a("IPM.Contact", "IPM.StickyNote", "IPM.Task", "IPM.DistList", "IPM.Activity") else _mail(item, root)
    notes = [*item.troubles, *body.notes]
    if not text.strip():
        notes.append("the item has no body" + (", only attachments" if item.attachments else ""))
    metadata = header_metadata(root) | {"outlook:class": item.message_class[:200]}
    people = people_of(root) + (() if any(name == "from" for name, _, _ in fields) else author_of(p))
    if body.form:
        metadata["body"] = body.form
    if details.startswith("Start: "):
        metadata["event:start"] = details[7:].partition("\n")[0]
    quoted = tuple(replace(q, start=q.start + before, end=q.end + before) for q in mails)
    return Extracted(
        Done("; ".join(dict.fromkeys(notes))), text=text, segments=parts, participants=people,
        subject=headers.words(root.get("subject") or b"")[:2000], mail=mail,
        created_at=mail.sent_at if mail and mail.sent_at else p.moment(0x0039, 0x3007, 0x3008), metadata=metadata, quoted=quoted)


def _mail(item: OutlookItem, root: Entity) -> Mail:
    mail = mail_of(root)
    if not mail.received_at and (delivered := item.properties.moment(0x0E06)):
        mail = replace(mail, received_at=delivered, received_basis="property PidTagMessageDeliveryTime")
    if mail.sent_at and mail.sent_basis.startswith("header Date") and not any(name == "date" for name, _, _ in transport(item.properties)):
        return replace(mail, sent_basis=date_basis(item.properties))
    return mail


def _shifted(segment: Segment, by: int) -> Segment:
    return replace(segment, start=segment.start + by, end=segment.end + by) if by else segment


EXTRACTORS = (Extractor("outlook", "1", bids({"msg": 1.0}), _read),)
