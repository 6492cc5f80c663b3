"""The blocks of an Outlook data file (.pst, .ost): nodes and what they hold, found by two trees ([MS-PST] 2.2).

A reader of our own: it needs no library, gives back the items inside items, and goes on where a page is damaged.  All three layouts are
read: ANSI (to Outlook 2002), Unicode, and the one with pages of 4 KB in which Outlook 2013 and later keep .ost files.  Both kinds of
encoding are undone.  They are no encryption: the password of a file only asks Outlook for manners.
"""
from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.extract.base import CannotRead

_NBT, _BBT = 0x81, 0x80
_LEVELS_MAX = 20
_BLOCKS_MAX = 1 << 20
_SCAN_BYTES = 2 << 30

_I = bytes.fromhex(
    "47f1b4e60b6a7248854e9eebe2f89453e0bba002e85a09abdbe3bac67cc310dd39059630f53760828cc9134a6b1df3fb8f2697ca911701c4322d6e3195ffd923"
    "d1005e79dc443b1a28c5615720903d83b943be67d2464276c06d5b7eb20f16293ca903540dda5ddff6b7c762cd8d06d3695c86d614f7a56675acb1e94521700c"
    "879f74a4224c6fbf1f56aa2eb3783350b0a392bccf191ca763cb1e4d3e4b1b9b4fe7f0eead3ab55904ea40552551e57a893868527bfc27aed7bdfa07f4cc8e5f"
    "ef359c842b15d5773449b6120a7f7188fd9d18417d93d8582ccefe24afdeb836c8a180a69998a82f0e816573e4c2a28ad4e111d0088b2af2ed9a643fc16cf9ec")
_R = bytes(_I.index(byte) for byte in range(256))
_S = bytes.fromhex(
    "14530f56b3c87a9ceb65481716159f02cc547c83000d0c0ba262a876dbd9edc7c5a4dcac8574d6d0a79bae9a967166c36399b8dd73928e847da55ed15d93b157"
    "5150808952944f4e0a6bbc8d7f6e47464140440111cb033ff7f4e1a98f3c3af9fbf0193082092ec99da08649ee6f4d6dc42d813425871b88aafc06a11238fd4c"
    "4272641337246a757743ffe6b44b365ce4d8353d45b92cecb7312b290768a30e697b189e2139be281a5b78f523ca2ab0af3efe048ce7e5983295d3f64ae8a6ea"
    "e9f3d52f7020f21f0567ad5510cecde3273bdabad7c226d4911dd21c2233f8faf15aefcf90b68bb5bdc0bf08971e6ce261e0c6c159abbb58de5fdf60797eb28a")
"""The tables of [MS-PST] 5.1: the third of them undoes the first, the second undoes itself."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its number, the blocks of its content and of the nodes below it, and the folder that it lies in."""
    number: int
    data: int
    below: int
    parent: int

    @property
    def kind(self) -> int:
        return self.number & 31


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where things lie in one of the three layouts; `long` says that ids and offsets have eight bytes."""
    long: bool
    page_bytes: int
    count_at: int
    trailer_bytes: int
    wide: bool
    roots_at: tuple[int, int]
    crypt_at: int


_ANSI = _Layout(False, 512, 496, 12, False, (188, 196), 461)
_UNICODE = _Layout(True, 512, 488, 16, False, (224, 240), 513)
_LARGE = _Layout(True, 4096, 4056, 24, True, (224, 240), 513)


class PstFile:
    """An open data file. `damaged` counts the pages and blocks that could not be read."""

    def __init__(self, stream: BinaryIO) -> None:
        """Raises CannotRead: damaged, unsupported."""
        self._stream = stream
        head = self._at(0, 564)
        if len(head) < 564 or not head.startswith(b"!BDN"):
            raise CannotRead("damaged", "It does not begin like an Outlook data file.")
        version = struct.unpack_from("<H", head, 10)[0]
        if version >= 36:
            self._layout = _LARGE
        elif version >= 21:
            self._layout = _UNICODE
        elif version in (14, 15):
            self._layout = _ANSI
        else:
            raise CannotRead("unsupported", f"Outlook data files of version {version} are not known here.")
        self.large = self._layout.wide
        self._crypt = head[self._layout.crypt_at]
        if self._crypt not in (0, 1, 2):
            raise CannotRead("encrypted", "It is protected by rights management of Windows.")
        self.damaged = 0
        self._blocks: dict[int, tuple[int, int, int]] = {}
        self.nodes: dict[int, Node] = {}
        node_root, block_root = (self._number(head, at) for at in self._layout.roots_at)
        for entry in self._entries(block_root, _BBT):
            self._note_block(entry)
        for entry in self._entries(node_root, _NBT):
            self._note_node(entry)
        if self.damaged or not self.nodes:
            self._scan()
        if not self.nodes:
            raise CannotRead("damaged", "No index of its items could be found.")

    # ------------------------------------------------------------ trees

    def _at(self, offset: int, size: int) -> bytes:
        if offset < 0 or size < 0:
            return b""
        try:
            self._stream.seek(offset)
            return self._stream.read(size)
        except (OSError, OverflowError, ValueError):
            return b""

    def _number(self, raw: bytes, at: int) -> int:
        return int.from_bytes(raw[at:at + (8 if self._layout.long else 4)], "little")

    def _page(self, offset: int, kind: int) -> tuple[list[bytes], int] | None:
        """Return the entries of a page of a tree and its level (0 for leaves), None for what is no such page ([MS-PST] 2.2.2.7.7.1)."""
        layout = self._layout
        page = self._at(offset, layout.page_bytes)
        if len(page) < layout.page_bytes:
            return None
        trailer = layout.page_bytes - layout.trailer_bytes
        if page[trailer] != kind or page[trailer + 1] != kind:
            return None
        if layout.wide:
            count, _, size, level = struct.unpack_from("<HHBB", page, layout.count_at)
        else:
            count, _, size, level = struct.unpack_from("<BBBB", page, layout.count_at)
        if not size or count * size > layout.count_at or level > _LEVELS_MAX:
            return None
        return [page[n * size:(n + 1) * size] for n in range(count)], level

    def _entries(self, root: int, kind: int) -> Iterator[bytes]:
        """Yield the entries of all leaves below a page. A page that is damaged, or leads in a circle, is counted and left out."""
        queue, seen = [(root, _LEVELS_MAX + 1)], set[int]()
        width = 8 if self._layout.long else 4
        while queue:
            offset, above = queue.pop()
            page = None if offset in seen else self._page(offset, kind)
            seen.add(offset)
            if page is None or page[1] >= above:
                self.damaged += 1
                continue
            entries, level = page
            if level == 0:
                yield from entries
            else:
                queue.extend((int.from_bytes(e[2 * width:3 * width], "little"), level) for e in reversed(entries))

    def _note_block(self, e: bytes) -> None:
        width = 8 if self._layout.long else 4
        if len(e) < 2 * width + 4:
            return
        number, offset = int.from_bytes(e[:width], "little"), int.from_bytes(e[width:2 * width], "little")
        size = int.from_bytes(e[2 * width:2 * width + 2], "little")
        unpacked = int.from_bytes(e[2 * width + 2:2 * width + 4], "little") if self._layout.wide else size
        self._blocks.setdefault(number & ~1, (offset, size, unpacked))

    def _note_node(self, e: bytes) -> None:
        width = 8 if self._layout.long else 4
        if len(e) < 3 * width + 4:
            return
        number = int.from_bytes(e[:4], "little")
        data, below = int.from_bytes(e[width:2 * width], "little"), int.from_bytes(e[2 * width:3 * width], "little")
        self.nodes.setdefault(number, Node(number, data, below, int.from_bytes(e[3 * width:3 * width + 4], "little")))

    def _scan(self) -> None:
        """Take what leaves of the two trees still lie in the file, where the trees themselves are damaged."""
        layout = self._layout
        self._stream.seek(0, 2)
        end = min(self._stream.tell(), _SCAN_BYTES)
        for offset in range(layout.page_bytes, end, layout.page_bytes):
            mark = self._at(offset + layout.page_bytes - layout.trailer_bytes, 2)
            if mark in (b"\x80\x80", b"\x81\x81"):
                found = self._page(offset, mark[0])
                if found is not None and found[1] == 0:
                    for entry in found[0]:
                        if mark[0] == _BBT:
                            self._note_block(entry)
                        else:
                            self._note_node(entry)

    # ------------------------------------------------------------ blocks

    def _block(self, number: int) -> bytes:
        """Return the bytes of a block, decoded. Raises CannotRead(damaged)."""
        found = self._blocks.get(number & ~1)
        if found is None:
            raise CannotRead("damaged", "A block of the item is missing.")
        offset, size, unpacked = found
        raw = self._at(offset, size)
        if len(raw) < size:
            raise CannotRead("damaged", "A block of the item lies beyond the end of the file.")
        if unpacked != size and unpacked:
            try:
                raw = zlib.decompressobj().decompress(raw, 1 << 17)
            except zlib.error as error:
                raise CannotRead("damaged", "A block of the item cannot be unpacked.") from error
        return raw if number & 2 else self._decoded(raw, number)

    def _decoded(self, raw: bytes, number: int) -> bytes:
        if self._crypt == 1:
            return raw.translate(_I)
        return cyclic(raw, number & 0xFFFFFFFF) if self._crypt == 2 else raw

    def blocks(self, number: int, limit_bytes: int) -> list[bytes]:
        """Return the blocks of content below a block number, in order ([MS-PST] 2.2.2.8.3.2). Raises CannotRead: damaged, over_limit."""
        if number == 0:
            return []
        width = 8 if self._layout.long else 4
        out, size, queue, count = list[bytes](), 0, [(number, 3)], 0
        while queue:
            at, level = queue.pop()
            count += 1
            if count > _BLOCKS_MAX or level < 0:
                raise CannotRead("damaged", "The blocks of the item lead in a circle.")
            raw = self._block(at)
            if at & 2 and raw[:1] == b"\x01":
                listed = int.from_bytes(raw[2:4], "little")
                numbers = [int.from_bytes(raw[8 + n * width:8 + (n + 1) * width], "little") for n in range(min(listed, (len(raw) - 8) // width))]
                queue.extend((n, level - 1) for n in reversed(numbers))
                continue
            size += len(raw)
            if size > limit_bytes:
                raise CannotRead("over_limit", f"The item has more than {limit_bytes} bytes.")
            out.append(raw)
        return out

    def below(self, number: int) -> dict[int, Node]:
        """Return the nodes below a node, by their number ([MS-PST] 2.2.2.8.3.3). Raises CannotRead(damaged)."""
        out: dict[int, Node] = {}
        if number == 0:
            return out
        width, head = (8, 8) if self._layout.long else (4, 4)
        queue, count = [number], 0
        while queue:
            raw = self._block(queue.pop())
            count += 1
            if count > 10_000 or raw[:1] != b"\x02":
                raise CannotRead("damaged", "The parts of the item are damaged.")
            level, listed = raw[1], int.from_bytes(raw[2:4], "little")
            step = width * 2 if level else width * 3
            for at in range(head, min(head + listed * step, len(raw) - step + 1), step):
                entry = int.from_bytes(raw[at:at + 4], "little")
                data = int.from_bytes(raw[at + width:at + 2 * width], "little")
                if level:
                    queue.append(data)
                else:
                    out[entry] = Node(entry, data, int.from_bytes(raw[at + 2 * width:at + 3 * width], "little"), 0)
        return out


def cyclic(raw: bytes, key: int) -> bytes:
    """Return bytes under the cyclic encoding, which undoes itself ([MS-PST] 5.2)."""
    out = bytearray(raw)
    key = (key ^ key >> 16) & 0xFFFF
    for at, byte in enumerate(raw):
        low, high = key & 255, key >> 8
        byte = _R[byte + low & 255]
        byte = _S[byte + high & 255]
        out[at] = _I[byte - high & 255] - low & 255
        key = key + 1 & 0xFFFF
    return bytes(out)
