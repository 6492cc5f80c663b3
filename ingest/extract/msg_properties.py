"""MAPI properties: what Outlook items, their recipients and attachments are made of, wherever they lie ([MS-OXCDATA], [MS-OXPROPS]).

A property has a number and a type; those from 0x8000 on are named, and which name a number stands for is told by the file itself.
"""
from __future__ import annotations

import struct
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ingest.extract.text import clean, codec_of, decode

SHORT, LONG, FLOAT, DOUBLE, BOOLEAN, OBJECT, LONG64, STRING8, UNICODE, TIME, GUID, BINARY = (
    0x0002, 0x0003, 0x0004, 0x0005, 0x000B, 0x000D, 0x0014, 0x001E, 0x001F, 0x0040, 0x0048, 0x0102)
MANY = 0x1000
"""Flag of a type with several values."""

def _outlook(head: str) -> uuid.UUID:
    return uuid.UUID(f"{head}-0000-0000-c000-000000000046")


APPOINTMENT, TASK, ADDRESS, COMMON = _outlook("00062002"), _outlook("00062003"), _outlook("00062004"), _outlook("00062008")
MAPI, PUBLIC, INTERNET = _outlook("00020328"), _outlook("00020329"), _outlook("00020386")
MEETING = uuid.UUID("6ed8da90-450b-101b-98da-00aa003f1305")
"""Sets of named properties ([MS-OXPROPS] 1.3.2)."""

Name = tuple[uuid.UUID, int | str]

_CODE_PAGES = {65001: "utf-8", 65000: "utf-7", 20127: "cp1252", 28591: "cp1252", 28605: "iso-8859-15", 1200: "utf-16-le", 932: "cp932", 936: "gb18030",
               949: "cp949", 950: "cp950", 54936: "gb18030", 51932: "euc_jp", 51949: "euc_kr", 50220: "iso2022_jp", 50221: "iso2022_jp",
               50222: "iso2022_jp", 20866: "koi8_r", 21866: "koi8_u", 10000: "mac_roman", 874: "cp874", 1361: "johab", 50225: "iso2022_kr",
               51936: "gb18030", 52936: "hz", 20932: "euc_jp", 38598: "iso-8859-8"}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def codec_of_page(page: int) -> str:
    """Return Python's codec for a Windows code page, "" for an unknown one."""
    if page in _CODE_PAGES:
        return codec_of(_CODE_PAGES[page])
    if 28592 <= page <= 28606:
        return codec_of(f"iso-8859-{page - 28590}")
    return codec_of(f"cp{page}") if page > 0 else ""


_ANSI = {50220: 932, 50221: 932, 50222: 932, 51932: 932, 20932: 932, 50225: 949, 51949: 949, 52936: 936, 51936: 936, 54936: 936, 20866: 1251, 21866: 1251,
         28592: 1250, 28595: 1251, 28597: 1253, 28599: 1254, 28598: 1255, 38598: 1255, 28596: 1256, 28594: 1257}
"""The Windows code page of the people who write mail in this one: what their other strings are in."""
_LANGUAGES = {0x11: 932, 0x12: 949, 0x1E: 874, 0x08: 1253, 0x1F: 1254, 0x0D: 1255, 0x01: 1256, 0x29: 1256, 0x2A: 1258, 0x19: 1251, 0x22: 1251, 0x23: 1251,
              0x02: 1251, 0x2F: 1251, 0x05: 1250, 0x0E: 1250, 0x15: 1250, 0x18: 1250, 0x1B: 1250, 0x24: 1250, 0x1A: 1250, 0x25: 1257, 0x26: 1257, 0x27: 1257}
_SETTLE_BYTES = 1 << 16


def _page_of_locale(locale: int) -> int:
    """Return the code page of a locale ([MS-LCID]), 0 for those of Western Europe."""
    if locale & 0x3FF == 0x04:
        return 950 if locale in (0x0404, 0x0C04, 0x1404) else 936
    return _LANGUAGES.get(locale & 0x3FF, 0)


def moment_of(ticks: int) -> str:
    """Return a count of 100 ns since 1601 as ISO 8601 in UTC, "" for what is no time ([MS-DTYP] 2.3.3)."""
    try:
        when = _EPOCH + timedelta(microseconds=ticks // 10)
    except (OverflowError, ValueError):
        return ""
    return when.replace(microsecond=0).isoformat() if 1900 <= when.year <= 2200 else ""


@dataclass(slots=True)
class Properties:
    """Properties of one object: raw values by number, each with its type; several values of one as a list of raw ones.

    `names` says which number stands for which name.  `codec` decodes strings that are not Unicode (`settle` finds it).
    """
    values: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    names: Mapping[Name, int] = field(default_factory=dict)
    codec: str = ""

    def set(self, number: int, kind: int, raw: bytes) -> None:
        self.values.setdefault(number, (kind, raw))

    def settle(self, codec: str = "") -> None:
        """Find one codec for all strings that are not Unicode: one that was given, that of the item's code pages or of its language, else a guess.

        It has to fit all of them, since a file that names a page does not always keep to it.
        """
        narrow = [raw for kind, raw in self.values.values() if kind == STRING8 and not raw.isascii()]
        if not narrow:
            self.codec = codec
            return
        joined = b"\n".join(raw.rstrip(b"\0") for raw in narrow)[:_SETTLE_BYTES]
        pages = [self.integer(0x3FFD), self.integer(0x3FDE)]
        pages += [_ANSI.get(page, 0) for page in pages] + [_page_of_locale(self.integer(0x3FF1))]
        for candidate in (codec, *(codec_of_page(page) for page in pages)):
            if candidate and candidate != "cp1252" and _fits(joined, candidate):
                self.codec = candidate
                return
        self.codec = "cp1252" if any(codec_of_page(page) == "cp1252" for page in pages[:1]) else decode(joined)[1].split(" ")[0]

    def has(self, number: int) -> bool:
        return number in self.values

    def number_of(self, guid: uuid.UUID, name: int | str) -> int:
        """Return the number of a named property, 0 where the file names none such."""
        return self.names.get((guid, name.lower() if isinstance(name, str) else name), 0)

    def text(self, *numbers: int) -> str:
        """Return the first of these properties that says something, as text without blanks at its ends; "" without one."""
        for number in numbers:
            found = self.values.get(number)
            if found is None:
                continue
            kind, raw = found
            if kind == UNICODE:
                said = raw.decode("utf-16-le", "replace")
            elif kind == STRING8:
                said = self._narrow(raw)
            else:
                continue
            said = clean(said.split("\0", 1)[0] if len(said) < 2000 else said).strip()
            if said:
                return said
        return ""

    def named_text(self, guid: uuid.UUID, name: int | str) -> str:
        number = self.number_of(guid, name)
        return self.text(number) if number else ""

    def long_text(self, number: int) -> str:
        """Return a property as text as it stands (a body)."""
        kind, raw = self.values.get(number, (0, b""))
        said = raw.decode("utf-16-le", "replace") if kind == UNICODE else self._narrow(raw) if kind == STRING8 else ""
        return clean(said)

    def _narrow(self, raw: bytes) -> str:
        raw = raw.rstrip(b"\0")
        if raw.isascii() and self.codec not in ("iso2022_jp", "iso2022_kr", "hz", "utf-7"):
            return raw.decode("ascii")
        if self.codec:
            return raw.decode(self.codec, "replace")
        return decode(raw)[0]

    def binary(self, number: int) -> bytes:
        kind, raw = self.values.get(number, (0, b""))
        return raw if kind in (BINARY, OBJECT, STRING8, UNICODE) else b""

    def integer(self, number: int, otherwise: int = 0) -> int:
        kind, raw = self.values.get(number, (0, b""))
        size = {SHORT: 2, LONG: 4, LONG64: 8, BOOLEAN: 1, 0x000A: 4}.get(kind, 0)
        if not size or len(raw) < size:
            return otherwise
        return int.from_bytes(raw[:size], "little", signed=kind != BOOLEAN)

    def flag(self, number: int) -> bool:
        return self.integer(number) != 0

    def real(self, number: int) -> float | None:
        kind, raw = self.values.get(number, (0, b""))
        if kind == DOUBLE and len(raw) >= 8:
            return float(struct.unpack_from("<d", raw)[0])
        return None

    def moment(self, *numbers: int) -> str:
        """Return the first of these that is a time, as ISO 8601 in UTC; "" without one."""
        for number in numbers:
            kind, raw = self.values.get(number, (0, b""))
            if kind == TIME and len(raw) >= 8 and (said := moment_of(int.from_bytes(raw[:8], "little"))):
                return said
        return ""

    def named_moment(self, guid: uuid.UUID, name: int | str) -> str:
        number = self.number_of(guid, name)
        return self.moment(number) if number else ""


def _fits(raw: bytes, codec: str) -> bool:
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        return error.start >= len(raw) - 3 and len(raw) >= _SETTLE_BYTES - 3
    except ValueError:
        return False
    return True


def names_of(guids: bytes, entries: bytes, strings: bytes) -> dict[Name, int]:
    """Return the names that a file gives to numbers from 0x8000 on, by its three streams ([MS-OXMSG] 2.2.3, [MS-PST] 2.4.7.1)."""
    found: dict[Name, int] = {}
    for at in range(0, len(entries) - 7, 8):
        said, kind_and_guid, index = struct.unpack_from("<IHH", entries, at)
        which = kind_and_guid >> 1
        if which == 1:
            guid = MAPI
        elif which == 2:
            guid = PUBLIC
        elif which >= 3 and (which - 3) * 16 + 16 <= len(guids):
            guid = uuid.UUID(bytes_le=guids[(which - 3) * 16:(which - 3) * 16 + 16])
        else:
            continue
        name: int | str = said
        if kind_and_guid & 1:
            if said + 4 > len(strings):
                continue
            size = int.from_bytes(strings[said:said + 4], "little")
            name = strings[said + 4:said + 4 + min(size, 1024)].decode("utf-16-le", "replace").lower()
        found.setdefault((guid, name), 0x8000 + index)
    return found
