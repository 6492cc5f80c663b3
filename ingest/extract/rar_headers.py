"""The headers of RAR archives of versions 1.5 to 4 and 5, read without unpacking: which members there are, and where those lie that are not packed.

The forms are those of the publisher's technical notes ("RAR 4.x technote", "RAR 5.0 archive format").  Nothing here unpacks; a member that
is only stored can be cut out of the file.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

OLD, NEW = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"
_HEADER_MAX = 2 << 20
_NAME_MAX = 4096


class Locked(Exception):
    """Even the headers are encrypted: not even the names can be had."""


class Broken(Exception):
    """What should be a header is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as its header tells it. `start`: where its bytes begin, `packed_bytes` how many; `kind` is file, folder or link.

    `stored`: not packed.  `split`: a part of it lies in another file.  `crc` is None where there is none, or none of the plain bytes.
    `foreign`: packed in a way that only the publisher's program knows.  `modified_at` is ISO 8601, without a zone where the archive knows none.
    """
    name: str
    start: int
    packed_bytes: int
    size_bytes: int
    kind: str
    stored: bool
    encrypted: bool
    split: bool
    crc: int | None
    modified_at: str
    foreign: bool = False


def entries(stream: BinaryIO, size_bytes: int) -> Iterator[Entry]:
    """Yield the members in the order of the archive. Raises Locked, Broken; both after what came before."""
    stream.seek(0)
    mark = stream.read(8)
    if mark.startswith(OLD):
        yield from _old(stream, size_bytes)
    elif mark == NEW:
        yield from _new(stream, size_bytes)
    else:
        raise Broken


def _old(stream: BinaryIO, size_bytes: int) -> Iterator[Entry]:
    at = len(OLD)
    while at + 7 <= size_bytes:
        stream.seek(at)
        head = stream.read(7)
        kind, flags, length = head[2], int.from_bytes(head[3:5], "little"), int.from_bytes(head[5:7], "little")
        if kind == 0x7B:  # end of the archive
            return
        if length < 7 or not 0x72 <= kind <= 0x7B:
            raise Broken
        block = head + stream.read(length - 7)
        if len(block) < length:
            raise Broken
        if kind == 0x73 and flags & 0x80:
            raise Locked
        packed = int.from_bytes(block[7:11], "little") if flags & 0x8000 and length >= 11 else 0
        if kind in (0x74, 0x7A):
            if length < 32:
                raise Broken
            if flags & 0x100 and length >= 40:
                packed |= int.from_bytes(block[32:36], "little") << 32
            if kind == 0x74:
                yield _old_entry(block, flags, at + length, packed)
        at += length + packed
        if packed < 0 or at > size_bytes:
            raise Broken


def _old_entry(block: bytes, flags: int, start: int, packed: int) -> Entry:
    size, host, crc = int.from_bytes(block[11:15], "little"), block[15], int.from_bytes(block[16:20], "little")
    named, attributes, at = int.from_bytes(block[26:28], "little"), int.from_bytes(block[28:32], "little"), 32
    if flags & 0x100 and len(block) >= 40:
        size |= int.from_bytes(block[36:40], "little") << 32
        at = 40
    raw = block[at:at + min(named, _NAME_MAX)]
    if flags & 0x200 and b"\0" in raw:
        plain, _, packed_name = raw.partition(b"\0")
        name = unpacked_name(plain, packed_name)
    else:
        name = _decoded(raw, "utf-8" if flags & 0x200 else "cp437")
    link = host == 3 and attributes & 0xF000 == 0xA000
    folder = flags & 0xE0 == 0xE0 or (host == 3 and attributes & 0xF000 == 0x4000)
    return Entry(name.replace("\\", "/"), start, packed, size, "link" if link else "folder" if folder else "file", block[25] == 0x30, bool(flags & 4),
                 bool(flags & 3), crc, _dos(int.from_bytes(block[20:24], "little")), foreign=block[24] < 29 or bool(flags & 0x10))


def unpacked_name(plain: bytes, packed: bytes) -> str:
    """Return a name as Unicode: `packed` says for each character whether it is that of `plain`, one byte, one with the common high byte, or two."""
    if not packed:
        return _decoded(plain, "utf-8")
    high, at, flags, bits = packed[0], 1, 0, 0
    out = bytearray()
    try:
        while at < len(packed) and len(out) < _NAME_MAX * 2:
            if not bits:
                flags, bits, at = packed[at], 8, at + 1
            bits -= 2
            how = flags >> bits & 3
            if how < 2:
                out += bytes((packed[at], high if how else 0))
                at += 1
            elif how == 2:
                out += packed[at:at + 2]
                at += 2
            else:
                count, at = packed[at], at + 1
                add, over = (packed[at], high) if count & 0x80 else (0, 0)
                at += bool(count & 0x80)
                for _ in range((count & 0x7F) + 2):
                    out += bytes(((plain[len(out) // 2] + add) & 0xFF, over))
    except IndexError:  # it ends in the middle: what came before is kept
        pass
    return bytes(out).decode("utf-16-le", "replace")


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(charset, "replace")


def _dos(value: int) -> str:
    day, clock = value >> 16, value & 0xFFFF
    try:
        return datetime(1980 + (day >> 9), day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, (clock & 31) * 2).isoformat()
    except ValueError:
        return ""


class _Fields:
    """The fields of a header of version 5, one after the other. Raises Broken where it ends too early."""

    def __init__(self, content: bytes) -> None:
        self.content, self.at = content, 0

    def number(self) -> int:
        value = shift = 0
        while shift < 70:
            if self.at >= len(self.content):
                raise Broken
            byte = self.content[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7
        raise Broken

    def take(self, count: int) -> bytes:
        if count < 0 or self.at + count > len(self.content):
            raise Broken
        self.at += count
        return self.content[self.at - count:self.at]


def _new(stream: BinaryIO, size_bytes: int) -> Iterator[Entry]:
    at = len(NEW)
    while at + 7 <= size_bytes:
        stream.seek(at)
        front = _Fields(stream.read(16))
        front.take(4)  # the checksum of the header
        length = front.number()
        if not 2 <= length <= _HEADER_MAX:
            raise Broken
        stream.seek(at + front.at)
        block = stream.read(length)
        if len(block) < length:
            raise Broken
        fields, start = _Fields(block), at + front.at + length
        kind, flags = fields.number(), fields.number()
        extra = fields.number() if flags & 1 else 0
        packed = fields.number() if flags & 2 else 0
        if kind == 4:
            raise Locked
        if kind == 5 or start + packed > size_bytes + (packed if flags & 0x18 else 0):
            if kind == 5:
                return
            raise Broken
        if kind == 2:
            yield _new_entry(fields, flags, extra, start, packed)
        at = start + packed


def _new_entry(fields: _Fields, flags: int, extra: int, start: int, packed: int) -> Entry:
    about, size, _ = fields.number(), fields.number(), fields.number()
    moment = int.from_bytes(fields.take(4), "little") if about & 2 else 0
    crc = int.from_bytes(fields.take(4), "little") if about & 4 else None
    method, _, named = fields.number(), fields.number(), fields.number()
    name = fields.take(min(named, _NAME_MAX)).decode("utf-8", "replace")
    fields.at = max(fields.at, len(fields.content) - extra)
    encrypted, link = False, False
    while fields.at < len(fields.content):
        length = fields.number()
        after = fields.at + length
        kind = fields.number() if length else 0
        encrypted, link = encrypted or kind == 1, link or kind == 5
        if kind == 3 and not moment:
            moment = _when(fields)
        fields.at = max(after, fields.at)
    return Entry(name, start, packed, 0 if about & 8 else size, "link" if link else "folder" if about & 1 else "file", method >> 7 & 7 == 0, encrypted,
                 bool(flags & 0x18), crc if not encrypted else None, datetime.fromtimestamp(moment, UTC).isoformat() if 0 < moment < 1 << 32 else "")


def _when(fields: _Fields) -> int:
    """Return the time of the last change in seconds since 1970, 0 where the record has none."""
    about = fields.number()
    if not about & 2:
        return 0
    if about & 1:
        return int.from_bytes(fields.take(4), "little")
    return max(0, int.from_bytes(fields.take(8), "little") // 10_000_000 - 11_644_473_600)  # from 1601, in 100 ns
