"""TNEF, in which Outlook wraps what MIME cannot say (winmail.dat), as an Outlook item ([MS-OXTNEF])."""
from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator

from ingest.extract.base import CannotRead
from ingest.extract.msg_item import Attachment, OutlookItem
from ingest.extract.msg_properties import (
    BINARY,
    BOOLEAN,
    DOUBLE,
    GUID,
    LONG,
    LONG64,
    MANY,
    OBJECT,
    SHORT,
    STRING8,
    TIME,
    UNICODE,
    Name,
    Properties,
    codec_of_page,
    moment_of,
)

_SIGNATURE = 0x223E9F78
_NESTED_MAX = 16
_PROPERTIES_MAX = 20_000
_MESSAGE = uuid.UUID("00020307-0000-0000-c000-000000000046").bytes_le
_FIXED = {SHORT: 4, LONG: 4, BOOLEAN: 4, 0x000A: 4, 0x0004: 4, DOUBLE: 8, 0x0006: 8, 0x0007: 8, LONG64: 8, TIME: 8, GUID: 16}
_VARIABLE = frozenset((STRING8, UNICODE, BINARY, OBJECT))

# Attributes of the message (level 1) and of its attachments (level 2), by their ids.
_FROM, _SUBJECT, _SENT, _RECEIVED, _ID, _BODY, _CLASS = 0x8000, 0x8004, 0x8005, 0x8006, 0x8009, 0x800C, 0x8008
_PAGE, _MAPI, _RECIPIENTS = 0x9007, 0x9003, 0x9004
_BEGINS, _TITLE, _DATA, _ATTACHMENT, _MODIFIED = 0x9002, 0x8010, 0x800F, 0x9005, 0x8013


def item_of(content: bytes, depth: int = 0) -> OutlookItem:
    """Return the item in a TNEF stream. Raises CannotRead(damaged) where it does not begin as one; what is cut short is read as far as it goes."""
    if len(content) < 6 or struct.unpack_from("<I", content)[0] != _SIGNATURE:
        raise CannotRead("damaged", "It does not begin like TNEF.")
    names: dict[Name, int] = {}
    item = OutlookItem(Properties(names=names))
    page, data = 0, dict[int, bytes]()
    for level, number, raw in _attributes(content, item):
        if level == 2:
            if number == _BEGINS:
                item.attachments.append(Attachment(Properties(names=names), b""))
            elif item.attachments:
                _attachment(item.attachments[-1], number, raw, names, depth)
        elif number == _PAGE and len(raw) >= 4:
            page = struct.unpack_from("<I", raw)[0]
        elif number == _MAPI:
            at = 0
            at = _properties(raw, at, item.properties, names)
        elif number == _RECIPIENTS:
            item.recipients.extend(_recipients(raw, names))
        else:
            data.setdefault(number, raw)
    _from_attributes(item.properties, data)
    codec = codec_of_page(page)
    for properties in (item.properties, *item.recipients, *(a.properties for a in item.attachments)):
        properties.settle(codec)
    for attachment in item.attachments:
        if attachment.item is not None:
            attachment.content = None
    return item


def _attributes(content: bytes, item: OutlookItem) -> Iterator[tuple[int, int, bytes]]:
    """Yield level, id and data of each attribute ([MS-OXTNEF] 2.1.3.2)."""
    at, end = 6, len(content)
    while at + 9 <= end:
        level, number, size = content[at], struct.unpack_from("<H", content, at + 1)[0], struct.unpack_from("<I", content, at + 5)[0]
        if level not in (1, 2):
            item.troubles.append("what follows a damaged attribute was left unread")
            return
        if at + 9 + size > end:
            item.troubles.append("it is cut short")
            size = end - at - 9
        yield level, number, content[at + 9:at + 9 + size]
        at += 9 + size + 2


def _from_attributes(p: Properties, data: dict[int, bytes]) -> None:
    """Let attributes of old stand for properties that are not there."""
    for number, prop in ((_SUBJECT, 0x0037), (_BODY, 0x1000), (_CLASS, 0x001A)):
        if (raw := data.get(number)) is not None:
            if number == _CLASS:
                raw = raw.replace(b"IPM.Microsoft Mail.Note", b"IPM.Note").replace(b"IPM.Microsoft Schedule.Mtg", b"IPM.Schedule.Meeting.")
            p.set(prop, STRING8, raw)
    for number, prop in ((_SENT, 0x0039), (_RECEIVED, 0x0E06)):
        if (raw := data.get(number)) is not None and len(raw) >= 12 and (ticks := _ticks(raw)):
            p.set(prop, TIME, struct.pack("<Q", ticks))
    if (raw := data.get(_FROM)) is not None and len(raw) > 8:  # a triple: kind, sizes, name, address ([MS-OXTNEF] 2.1.3.3.1)
        _, _, name_bytes, address_bytes = struct.unpack_from("<HHHH", raw)
        p.set(0x0C1A, STRING8, raw[8:8 + name_bytes])
        address = raw[8 + name_bytes:8 + name_bytes + address_bytes].rstrip(b"\0")
        kind, _, said = address.partition(b":")
        p.set(0x0C1E, STRING8, kind)
        p.set(0x0C1F, STRING8, said)


def _ticks(raw: bytes) -> int:
    """Return a date and time of seven numbers as a count of 100 ns since 1601, 0 for none."""
    from datetime import UTC, datetime
    year, month, day, hour, minute, second = struct.unpack_from("<HHHHHH", raw)
    try:
        since = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    except ValueError:
        return 0
    ticks = int(since.total_seconds()) * 10_000_000
    return ticks if moment_of(ticks) else 0


def _attachment(attachment: Attachment, number: int, raw: bytes, names: dict[Name, int], depth: int) -> None:
    if number == _DATA:
        attachment.content = raw
    elif number == _TITLE:
        attachment.properties.set(0x3704, STRING8, raw)
    elif number == _MODIFIED and len(raw) >= 12 and (ticks := _ticks(raw)):
        attachment.properties.set(0x3008, TIME, struct.pack("<Q", ticks))
    elif number == _ATTACHMENT:
        _properties(raw, 0, attachment.properties, names)
        inside = attachment.properties.binary(0x3701)
        if inside.startswith(_MESSAGE):
            if depth >= _NESTED_MAX:
                attachment.content, attachment.trouble = None, ("over_limit", "Items are nested too deep.")
                return
            try:
                attachment.item = item_of(inside[16:], depth + 1)
            except CannotRead as error:
                attachment.content, attachment.trouble = None, (error.code, error.reason)
        elif inside and not attachment.content:
            attachment.content = inside[16:] if attachment.properties.values[0x3701][0] == OBJECT else inside


def _recipients(raw: bytes, names: dict[Name, int]) -> list[Properties]:
    out, at = list[Properties](), 4
    for _ in range(min(int.from_bytes(raw[:4], "little"), 5000)):
        if at + 4 > len(raw):
            break
        found = Properties(names=names)
        at = _properties(raw, at, found, names)
        out.append(found)
    return out


def _properties(raw: bytes, at: int, into: Properties, names: dict[Name, int]) -> int:
    """Read a list of properties at a position into `into`; return where it ends ([MS-OXTNEF] 2.1.3.4)."""
    count = int.from_bytes(raw[at:at + 4], "little")
    at += 4
    for _ in range(min(count, _PROPERTIES_MAX)):
        if at + 4 > len(raw):
            return len(raw)
        kind, number = struct.unpack_from("<HH", raw, at)
        at += 4
        if number >= 0x8000:
            at, number = _named(raw, at, number, names)
        plain, several = kind & ~MANY, bool(kind & MANY)
        if plain not in _FIXED and plain not in _VARIABLE:
            return len(raw)
        values = 1
        if several or plain in _VARIABLE:
            values = int.from_bytes(raw[at:at + 4], "little")
            at += 4
        for n in range(min(values, _PROPERTIES_MAX)):
            if plain in _FIXED:
                size = _FIXED[plain]
                value, at = raw[at:at + size], at + size
            else:
                size = int.from_bytes(raw[at:at + 4], "little")
                value, at = raw[at + 4:at + 4 + size], at + 4 + size + (-size % 4)
            if n == 0 and not several:
                into.set(number, plain, value)
            if at > len(raw):
                return len(raw)
    return at


def _named(raw: bytes, at: int, number: int, names: dict[Name, int]) -> tuple[int, int]:
    """Return where the name of a property ends, and the number by which we keep it: one for each name."""
    if at + 24 > len(raw):
        return len(raw), number
    guid, kind = uuid.UUID(bytes_le=raw[at:at + 16]), int.from_bytes(raw[at + 16:at + 20], "little")
    said = int.from_bytes(raw[at + 20:at + 24], "little")
    at += 24
    name: int | str = said
    if kind == 1:
        name = raw[at:at + min(said, 1024)].decode("utf-16-le", "replace").rstrip("\0").lower()
        at += said + (-said % 4)
    return at, names.setdefault((guid, name), 0x8000 + len(names))
