"""Outlook .msg files: an OLE compound file whose storages are objects and whose streams are their properties ([MS-OXMSG]).

Read with `olefile`.  A property that is missing or cut costs itself, an attachment that is damaged costs itself.
"""
from __future__ import annotations

import re
import struct
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from ingest.extract.base import CannotRead
from ingest.extract.msg_item import BY_REFERENCE, EMBEDDED, OLE, Attachment, OutlookItem
from ingest.extract.msg_properties import BINARY, GUID, MANY, OBJECT, STRING8, UNICODE, Name, Properties, names_of

if TYPE_CHECKING:
    from olefile import OleFileIO

_STREAM = re.compile(r"__substg1\.0_([0-9A-F]{4})([0-9A-F]{4})", re.IGNORECASE)
_PROPERTIES = "__properties_version1.0"
_HEADER_BYTES = {"top": 32, "embedded": 24, "part": 8}
_LONG_KINDS = frozenset((STRING8, UNICODE, BINARY, OBJECT, GUID))
_NESTED_MAX = 32
_PARTS_MAX = 20_000

Path = tuple[str, ...]


class _File:
    """The compound file with its directory by storage, since `listdir` costs a walk each time."""

    def __init__(self, stream: BinaryIO, limit_bytes: int) -> None:
        import olefile
        try:
            self.ole: OleFileIO = olefile.OleFileIO(stream, raise_defects=olefile.DEFECT_FATAL)
            listed = self.ole.listdir(streams=True, storages=True)
        except (OSError, struct.error, ValueError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise CannotRead("damaged", "It is no complete compound file.") from error
        self.below: dict[Path, list[str]] = {}
        for path in listed:
            self.below.setdefault(tuple(path[:-1]), []).append(path[-1])
        self.limit_bytes, self.read_bytes = limit_bytes, 0
        self.names: dict[Name, int] = {}
        self.troubles: list[str] = []

    def stream(self, path: Path) -> bytes:
        """Return a stream, b"" for one that cannot be had (noted). Raises CannotRead(over_limit)."""
        try:
            size = self.ole.get_size(list(path))
            if self.read_bytes + size > self.limit_bytes * 2:
                raise CannotRead("over_limit", "Its parts together are larger than is allowed.")
            content = bytes(self.ole.openstream(list(path)).read())
        except (OSError, struct.error, ValueError, IndexError, TypeError, AttributeError) as error:
            self.troubles.append(f"the part {path[-1]} is damaged ({type(error).__name__})")
            return b""
        self.read_bytes += len(content)
        return content


def _properties(file: _File, at: Path, kind: str, codec: str) -> Properties:
    """Return the properties of a storage: short values from its table, long ones from streams of their own."""
    found = Properties(names=file.names)
    inside = file.below.get(at, [])
    table = file.stream((*at, _PROPERTIES)) if _PROPERTIES in inside else b""
    for entry in range(_HEADER_BYTES[kind], len(table) - 15, 16):
        number_type, number = struct.unpack_from("<HH", table, entry)
        if not number_type & MANY and number_type not in _LONG_KINDS:
            found.set(number, number_type, table[entry + 8:entry + 16])
    for name in inside:
        match = _STREAM.fullmatch(name)
        if match is None:
            continue
        number, kind_of = int(match.group(1), 16), int(match.group(2), 16)
        if kind_of in _LONG_KINDS and number != 0x3701 and not file.below.get((*at, name)):
            found.set(number, kind_of, file.stream((*at, name)))
    found.settle(codec)
    return found


def _item(file: _File, at: Path, kind: str, codec: str, depth: int) -> OutlookItem:
    properties = _properties(file, at, kind, codec)
    item = OutlookItem(properties)
    if depth > _NESTED_MAX:
        item.troubles.append(f"items nested deeper than {_NESTED_MAX} were left unread")
        return item
    for number, name in enumerate(sorted(file.below.get(at, []))):
        if number > _PARTS_MAX:
            item.troubles.append(f"parts beyond {_PARTS_MAX} were left unread")
            break
        if name.lower().startswith("__recip_version1.0_"):
            item.recipients.append(_properties(file, (*at, name), "part", properties.codec))
        elif name.lower().startswith("__attach_version1.0_"):
            item.attachments.append(_attachment(file, (*at, name), properties.codec, depth))
    return item


def _attachment(file: _File, at: Path, codec: str, depth: int) -> Attachment:
    properties = _properties(file, at, "part", codec)
    method = properties.integer(0x3705, 1)
    data = next((n for n in file.below.get(at, []) if n.upper().startswith("__SUBSTG1.0_3701")), None)
    if data is not None and file.below.get((*at, data)):
        if method == OLE:
            name, inside = _ole_object(file, (*at, data))
            if inside is None:
                return Attachment(properties, trouble=("unsupported", "It is an OLE object of a kind that is not known here."))
            if name:
                properties.values[0x3707] = (UNICODE, name.encode("utf-16-le"))
            return Attachment(properties, inside)
        return Attachment(properties, item=_item(file, (*at, data), "embedded", codec, depth + 1))
    if data is not None and ((content := file.stream((*at, data))) or method not in BY_REFERENCE):
        return Attachment(properties, content)
    if method in BY_REFERENCE:
        where = properties.text(0x370D, 0x3708, 0x8000)
        return Attachment(properties, trouble=("unreadable", f"Only a reference was stored{f' ({where[:300]})' if where else ''}."))
    if method == EMBEDDED:
        return Attachment(properties, trouble=("damaged", "The embedded item is missing."))
    return Attachment(properties, b"")


def _ole_object(file: _File, at: Path) -> tuple[str, bytes | None]:
    """Return name and bytes of what an embedded object holds as a file, (“”, None) when it holds none."""
    inside = {name.lower(): name for name in file.below.get(at, [])}
    if "\x01ole10native" in inside:
        return native_object(file.stream((*at, inside["\x01ole10native"])))
    for known in ("package", "contents", "embeddedodf"):
        if known in inside:
            return "", file.stream((*at, inside[known]))
    return "", None


def native_object(raw: bytes) -> tuple[str, bytes | None]:
    """Return name and bytes of an Ole10Native stream ([MS-OLEDS] 2.3.6 and the package format of the object packager)."""
    if len(raw) < 6 or struct.unpack_from("<H", raw, 4)[0] != 2:
        return "", raw[4:] if len(raw) > 4 else None
    label_end = raw.find(b"\0", 6)
    path_end = raw.find(b"\0", label_end + 1)
    if label_end < 0 or path_end < 0 or path_end + 9 > len(raw):
        return "", None
    at = path_end + 5
    at += 4 + int.from_bytes(raw[at:at + 4], "little")
    size = int.from_bytes(raw[at:at + 4], "little")
    content = raw[at + 4:at + 4 + size]
    return raw[6:label_end].decode("cp1252", "replace"), content or None


def item_of(content: bytes, limit_bytes: int) -> OutlookItem:
    """Return the item that a .msg file holds. Raises CannotRead: damaged, over_limit."""
    file = _File(BytesIO(content), limit_bytes)
    names = next((n for n in file.below.get((), []) if n.lower().startswith("__nameid")), None)
    if names is not None:
        at: Path = (names,)
        streams = {n.upper(): n for n in file.below.get(at, [])}
        parts = [file.stream((*at, streams[key])) if (key := f"__SUBSTG1.0_{number}0102") in streams else b"" for number in ("0002", "0003", "0004")]
        file.names = names_of(*parts)
    item = _item(file, (), "top", "", 0)
    if not item.properties.values:
        raise CannotRead("damaged", "It has no properties of an Outlook item.")
    item.troubles.extend(dict.fromkeys(file.troubles))
    return item


