"""Zip files that are the same on every run, plain and encrypted.

Members are stored, not deflated: the bytes must not depend on the zlib of the machine that runs the generator.
"""
from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

WHEN = (2025, 10, 1, 9, 30, 0)


def pack(members: Iterable[tuple[str, bytes]], when: tuple[int, int, int, int, int, int] = WHEN) -> bytes:
    """Return a zip of the members in the order given, all with one time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, when)
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def repack(office: bytes, modified: str) -> bytes:
    """Return an Office Open XML package with its members in order of name and the time of its last change set to `modified`.

    `[Content_Types].xml` goes first, as readers that sniff expect it (ECMA-376, part 2).  The libraries put the present moment
    where the change time stands.
    """
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    core = members["docProps/core.xml"].decode("utf-8")
    for tag in ("created", "modified"):
        core = re.sub(rf"(<dcterms:{tag}[^>]*>)[^<]*(</dcterms:{tag}>)", rf"\g<1>{modified}\g<2>", core)
    members["docProps/core.xml"] = core.encode("utf-8")
    year, month, day = (int(part) for part in modified[:10].split("-"))
    ordered = sorted(members, key=lambda name: (name != "[Content_Types].xml", name))
    return pack(((name, members[name]) for name in ordered), (year, month, day, 9, 0, 0))


def pack_encrypted(name: str, content: bytes, password: bytes, salt: bytes) -> bytes:
    """Return a zip with one member under the traditional encryption; `salt` is 11 bytes in place of random ones.

    The cipher is weak and must not protect anything; here it only makes a file that a reader cannot open without its password.
    Source: PKWARE APPNOTE 6.3.10, section 6.1.
    """
    plain = zipfile.ZipFile(io.BytesIO(pack([(name, content)])))
    info = plain.infolist()[0]
    keys = Keys(password)
    body = bytes(keys.encrypt(byte) for byte in salt + bytes([info.CRC >> 24]) + content)
    raw = bytearray(pack([(name, content)]))
    start = 30 + len(name.encode())
    raw[start:start + len(content)] = body
    central = raw.index(b"PK\x01\x02", start + len(body))
    end = raw.index(b"PK\x05\x06", central)
    raw[6] |= 1
    raw[central + 8] |= 1
    for offset in (18, central + 20):
        raw[offset:offset + 4] = len(body).to_bytes(4, "little")
    raw[end + 16:end + 20] = central.to_bytes(4, "little")
    return bytes(raw)


class Keys:
    """The three keys of the cipher; each encrypted byte moves them on."""

    def __init__(self, password: bytes) -> None:
        self.first, self.second, self.third = 0x12345678, 0x23456789, 0x34567890
        for byte in password:
            self.move(byte)

    def move(self, byte: int) -> None:
        self.first = step(self.first, byte)
        self.second = ((self.second + (self.first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self.third = step(self.third, self.second >> 24)

    def encrypt(self, byte: int) -> int:
        mask = (self.third | 2) & 0xFFFF
        out = byte ^ ((mask * (mask ^ 1) >> 8) & 0xFF)
        self.move(byte)
        return out


def table_entry(index: int) -> int:
    for _ in range(8):
        index = (index >> 1) ^ 0xEDB88320 if index & 1 else index >> 1
    return index


TABLE = tuple(table_entry(index) for index in range(256))


def step(crc: int, byte: int) -> int:
    """Return the CRC-32 moved on by one byte, without the inversions at its ends."""
    return (crc >> 8) ^ TABLE[(crc ^ byte) & 0xFF]
