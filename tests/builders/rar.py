"""RAR archives of the older and the newer form, made by hand; members are stored or, where their bytes are given as packed, said to be packed."""
from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """`packed` is what stands in the file where that is not the content itself; `kind` is file, folder or link."""
    name: str
    content: bytes = b""
    packed: bytes | None = None
    kind: str = "file"
    encrypted: bool = False
    split: bool = False
    solid: bool = False
    size_bytes: int | None = None
    crc: int | None = None


def old(*members: Member, headers_locked: bool = False, end: bool = True) -> bytes:
    """Return an archive of version 2.9 to 4."""
    out = b"Rar!\x1a\x07\x00" + _block(0x73, 0x80 if headers_locked else 0, bytes(6))
    for m in members:
        data = m.content if m.packed is None else m.packed
        plain = m.name.encode("latin-1", "ignore")
        named = m.name.encode() if m.name.isascii() else plain + b"\0" + _name(m.name)
        flags = 0x8000 | (4 if m.encrypted else 0) | (2 if m.split else 0) | (0x10 if m.solid else 0) | (0 if m.name.isascii() else 0x200) \
            | (0xE0 if m.kind == "folder" else 0)
        crc = zlib.crc32(m.content) if m.crc is None else m.crc
        size = len(m.content) if m.size_bytes is None else m.size_bytes
        mode = 0xA1FF if m.kind == "link" else 0o100644
        body = struct.pack("<IIBIIBBHI", len(data), size, 3, crc, _dos(2024, 3, 5, 9, 30), 29, 0x30 if m.packed is None else 0x33, len(named), mode)
        out += _block(0x74, flags, body + named) + data
    return out + (_block(0x7B, 0x4000, b"") if end else b"")


def _block(kind: int, flags: int, body: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(body)) + body
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _name(name: str) -> bytes:
    """Return a name in the packed form: each character by two bytes of its own."""
    out, units = b"\0", [name.encode("utf-16-le")[n:n + 2] for n in range(0, len(name.encode("utf-16-le")), 2)]
    for at in range(0, len(units), 4):
        out += b"\xaa" + b"".join(units[at:at + 4])
    return out


def _dos(year: int, month: int, day: int, hour: int, minute: int) -> int:
    return (year - 1980) << 25 | month << 21 | day << 16 | hour << 11 | minute << 5


def new(*members: Member, headers_locked: bool = False, end: bool = True) -> bytes:
    """Return an archive of version 5."""
    out = b"Rar!\x1a\x07\x01\x00" + (_head(4, 0, bytes(20)) if headers_locked else _head(1, 0, b"\0"))
    for m in members:
        data = m.content if m.packed is None else m.packed
        crc = zlib.crc32(m.content) if m.crc is None else m.crc
        size = len(m.content) if m.size_bytes is None else m.size_bytes
        extra = (_vint(2) + b"\x01\x00" if m.encrypted else b"") + (_vint(2) + b"\x05\x01" if m.kind == "link" else b"")
        name = m.name.encode()
        body = _vint(6 | (m.kind == "folder")) + _vint(size) + _vint(0o100644) + struct.pack("<II", 1_709_631_000, crc) \
            + _vint(0 if m.packed is None else 3 << 7) + _vint(1) + _vint(len(name)) + name
        out += _head(2, 2 | (1 if extra else 0) | (0x10 if m.split else 0), body, extra, len(data)) + data
    return out + (_head(5, 0, b"\0") if end else b"")


def _head(kind: int, flags: int, body: bytes, extra: bytes = b"", data: int = 0) -> bytes:
    block = _vint(kind) + _vint(flags) + (_vint(len(extra)) if flags & 1 else b"") + (_vint(data) if flags & 2 else b"") + body + extra
    block = _vint(len(block)) + block
    return struct.pack("<I", zlib.crc32(block)) + block


def _vint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes((value & 0x7F | 0x80,))
        value >>= 7
    return out + bytes((value,))
