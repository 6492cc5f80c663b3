"""The inside of a .doc file ([MS-DOC]): where its characters lie (2.8.35 PlcPcd), and what is said of them (2.9.33 and 2.9.175, formatted disk pages).

Positions of characters count from 0 through all stories; what is said of paragraphs and runs refers to bytes of the main stream.
"""
from __future__ import annotations

import bisect
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ingest.extract.base import CannotRead

_PAGE = 512
_IN_TABLE, _ROW_END, _DELETED, _HIDDEN = 0x2416, 0x2417, 0x0800, 0x083C
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_PIECES_MAX = 1_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that stand together and of which the same is said."""
    text: str
    in_table: bool = False
    row_end: bool = False
    heading: bool = False
    deleted: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `first` to `last` lie from byte `at` of the main stream, one byte each where `narrow`, else two."""
    first: int
    last: int
    at: int
    narrow: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of stretches of bytes: they begin at `starts`, each value holds up to the next one."""
    starts: list[int] = field(default_factory=list)
    values: list[tuple[bool, bool, bool]] = field(default_factory=list)

    def at(self, byte: int) -> tuple[tuple[bool, bool, bool], int]:
        """Return what is said of a byte and where the stretch ends."""
        index = bisect.bisect_right(self.starts, byte) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 62
        return (self.values[index] if index >= 0 else (False, False, False)), end


@dataclass(frozen=True, slots=True)
class Document:
    """The pieces of a document, what is said of them, and how long each story is."""
    main: bytes
    pieces: list[_Piece]
    paragraphs: _Said
    runs: _Said
    lengths: dict[str, int]

    @classmethod
    def of(cls, main: bytes, stream: Callable[[str], bytes]) -> Document:
        """Return a document from its main stream; `stream` gives another one by its name, b"" without it. Raises CannotRead(damaged, unsupported)."""
        try:
            magic, version = struct.unpack_from("<HH", main, 0)
            flags = struct.unpack_from("<H", main, 10)[0]
            if magic not in (0xA5EC, 0xA5DC):
                raise CannotRead("damaged", "Its main stream does not begin as one of Word.")
            if version < 101 or magic == 0xA5DC:  # Word 6 and 95
                return _older(main, flags)
            lengths = dict(zip(("main", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes"),
                               struct.unpack_from("<8i", main, 0x4C), strict=True))
            if any(n < 0 or n > len(main) * 2 for n in lengths.values()):
                raise CannotRead("damaged", "The lengths of its parts make no sense.")
            table = stream("1Table" if flags & 0x0200 else "0Table")
            clx, clx_size = struct.unpack_from("<II", main, 0x1A2)
            pieces = _pieces(table[clx:clx + clx_size])
            chpx, chpx_size, papx, papx_size = struct.unpack_from("<IIII", main, 0xFA)
        except struct.error as error:
            raise CannotRead("damaged", "Its main stream is cut off.") from error
        if not pieces:
            raise CannotRead("damaged", "It does not say where its text lies.")
        return cls(main, pieces, _said(main, table[papx:papx + papx_size], True), _said(main, table[chpx:chpx + chpx_size], False), lengths)

    def stories(self) -> Iterator[tuple[str, int, int]]:
        """Yield the stories with their first and last position, headers first; macros and what draws headers are none."""
        at, found = 0, dict[str, tuple[int, int]]()
        for name, length in self.lengths.items():
            found[name] = (at, at + length)
            at += length
        for name in ("headers", "main", "footnotes", "endnotes", "boxes", "comments"):
            if name in found and found[name][1] > found[name][0]:
                yield name, *found[name]

    def spans(self, first: int, last: int) -> Iterator[Span]:
        """Yield the characters from one position to another, cut where what is said of them changes."""
        for piece in self.pieces[max(0, bisect.bisect_right(self.pieces, first, key=lambda p: p.first) - 1):]:
            if piece.first >= last:
                return
            position, stop = max(piece.first, first), min(piece.last, last)
            width = 1 if piece.narrow else 2
            while position < stop:
                byte = piece.at + (position - piece.first) * width
                (in_table, row_end, heading), paragraph_ends = self.paragraphs.at(byte)
                (deleted, hidden, _), run_ends = self.runs.at(byte)
                count = max(1, min(stop - position, (min(paragraph_ends, run_ends) - byte + width - 1) // width))
                raw = self.main[byte:byte + count * width]
                if not raw:
                    return
                yield Span(raw.decode("cp1252" if piece.narrow else "utf-16-le", "replace"), in_table, row_end, heading, deleted, hidden)
                position += count


def _older(main: bytes, flags: int) -> Document:
    """Return a document of Word 6 or 95, whose text lies in one place unless it was saved fast (then the order may be wrong)."""
    first, last = struct.unpack_from("<II", main, 0x18)
    length = struct.unpack_from("<i", main, 0x34)[0]
    if flags & 0x0100:
        raise CannotRead("encrypted", "It is protected by a password in a way of old that cannot be opened here.")
    if not 0 < first < last <= len(main):
        raise CannotRead("damaged", "It does not say where its text lies.")
    length = length if 0 < length <= last - first else last - first
    return Document(main, [_Piece(0, length, first, True)], _Said(), _Said(), {"main": length})


def _pieces(clx: bytes) -> list[_Piece]:
    """Return the piece table of a Clx ([MS-DOC] 2.9.38)."""
    at = 0
    while at + 5 <= len(clx) and clx[at] == 1:  # formatting of whole pieces
        at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
    if at + 5 > len(clx) or clx[at] != 2:
        return []
    size = struct.unpack_from("<I", clx, at + 1)[0]
    data = clx[at + 5:at + 5 + size]
    count = (len(data) - 4) // 12
    if not 0 < count <= _PIECES_MAX:
        return []
    positions = struct.unpack_from(f"<{count + 1}I", data, 0)
    found: list[_Piece] = []
    for n in range(count):
        where = struct.unpack_from("<I", data, 4 * (count + 1) + 8 * n + 2)[0]
        narrow = bool(where & 0x40000000)
        byte = (where & 0x3FFFFFFF) // 2 if narrow else where & 0x3FFFFFFF
        if positions[n + 1] <= positions[n] or (found and positions[n] < found[-1].last):
            continue
        found.append(_Piece(positions[n], positions[n + 1], byte, narrow))
    return found


def _said(main: bytes, plc: bytes, paragraphs: bool) -> _Said:
    """Return what the formatted disk pages say, by bytes; what cannot be read says nothing."""
    count = (len(plc) - 4) // 8
    said: list[tuple[int, tuple[bool, bool, bool]]] = []
    for n in range(max(0, min(count, _PIECES_MAX))):
        number = struct.unpack_from("<I", plc, 4 * (count + 1) + 4 * n)[0] & 0x3FFFFF
        page = main[number * _PAGE:(number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        runs = page[511]
        if 4 * (runs + 1) + runs * (13 if paragraphs else 1) > 511:
            continue
        starts = struct.unpack_from(f"<{runs + 1}I", page, 0)
        for r in range(runs):
            said.append((starts[r], _paragraph(page, 4 * (runs + 1) + 13 * r) if paragraphs else _run(page, 4 * (runs + 1) + r)))
    said.sort(key=lambda s: s[0])
    return _Said([s for s, _ in said], [v for _, v in said])


def _paragraph(page: bytes, at: int) -> tuple[bool, bool, bool]:
    """Return of a paragraph whether it stands in a table, ends a row, is a heading (one of the nine built-in styles)."""
    offset = page[at] * 2
    if not offset or offset >= 510:
        return False, False, False
    size, start = page[offset] * 2 - 1, offset + 1
    if page[offset] == 0:
        size, start = page[offset + 1] * 2, offset + 2
    properties = page[start:min(start + max(size, 0), 511)]
    style = struct.unpack_from("<H", properties, 0)[0] if len(properties) >= 2 else 0
    flags = _flags(properties[2:])
    return bool(flags.get(_IN_TABLE)), bool(flags.get(_ROW_END)), 1 <= style <= 9


def _run(page: bytes, at: int) -> tuple[bool, bool, bool]:
    """Return of a run whether it was deleted, or is hidden."""
    offset = page[at] * 2
    if not offset or offset >= 511:
        return False, False, False
    flags = _flags(page[offset + 1:min(offset + 1 + page[offset], 511)])
    return flags.get(_DELETED) == 1, flags.get(_HIDDEN) == 1, False


def _flags(properties: bytes) -> dict[int, int]:
    """Return the one-byte values in a list of modifiers ([MS-DOC] 2.6); it ends where it makes no sense."""
    found: dict[int, int] = {}
    at = 0
    while at + 2 < len(properties):
        code = struct.unpack_from("<H", properties, at)[0]
        kind = code >> 13
        if kind in (0, 1):
            found[code] = properties[at + 2]
        if kind == 6:
            size = 1 + properties[at + 2] if code not in (0xD608, 0xC615) else 1 + struct.unpack_from("<H", properties[at:at + 4].ljust(4, b"\0"), 2)[0]
        else:
            size = _OPERAND[kind]
        at += 2 + size
    return found
