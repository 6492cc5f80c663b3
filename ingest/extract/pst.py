"""Outlook data files (.pst, .ost): a container, one child an item.

The file holds properties and no messages, so every item is written as a message (ingest/extract/msg_rfc822.py); the same file gives the
same bytes.  The folder stands in the field `X-Folder`.  Settings that Outlook keeps among the items are named and left out.
"""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed, Skipped
from ingest.extract import headers
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.msg_item import OutlookItem
from ingest.extract.msg_rfc822 import message_of
from ingest.extract.names import UniqueNames
from ingest.extract.pst_file import PstFile
from ingest.extract.pst_items import Store

_SETTINGS = ("IPM.Microsoft.", "IPM.Configuration", "IPC.", "REPORT.IPM.Microsoft", "IPM.Rule")


def _read(work: Work) -> Iterator[Part]:
    limit, names, count, unread = work.limits.item_bytes, UniqueNames(), 0, 0
    with work.source.open() as stream:
        file = PstFile(stream)
        for found in Store(file, limit).items():
            count += 1
            if count > work.limits.members:
                raise CannotRead("over_limit", f"It has more than {work.limits.members} items; the first of them were read.")
            plain = f"item-{found.number:08x}"
            if isinstance(found.item, CannotRead):
                unread += 1
                yield Unread(names.give(plain), Failed(found.item.code, f"{found.item.reason} Folder: {found.folder or '/'}."))
                continue
            item = found.item
            if item.message_class.startswith(_SETTINGS):
                yield Unread(names.give(plain), Skipped("unsupported", f"It is a setting of Outlook ({item.message_class[:100]})."))
                continue
            try:
                content = message_of(item, limit, found.folder)
            except CannotRead as error:
                unread += 1
                yield Unread(names.give(_name(item) or plain, before_extension=False), Failed(error.code, error.reason))
                continue
            yield Child(names.give(_name(item) or plain, before_extension=False), content, "message/rfc822", item.properties.moment(0x3008))
        damaged = file.damaged
    notes = [f"{unread} of {count} items could not be read"] if unread else []
    if damaged:
        notes.append(f"{damaged} pages of its index are damaged; what else could be found was read")
    if not count:
        raise CannotRead("damaged" if damaged else "empty", "The data file holds no items" + (" that could be found." if damaged else "."))
    yield Extracted(Done("; ".join(notes)), metadata={"pst:items": str(count)}, container=True)


def _name(item: OutlookItem) -> str:
    """Return the Message-ID of an item with its brackets, "" for one without."""
    told = headers.message_id(item.properties.text(0x1035).encode("utf-8", "replace"))
    if told:
        return told
    from ingest.extract.msg_fields import transport
    return headers.message_id(next((value for name, _, value in transport(item.properties) if name == "message-id"), None))


EXTRACTORS = (Extractor("outlook-data", "1", bids({"pst": 1.0}), _read),)
