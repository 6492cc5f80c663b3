"""What the nodes of an Outlook data file hold: heaps with trees of properties and tables in them ([MS-PST] 2.3)."""
from __future__ import annotations

import struct

from ingest.extract.base import CannotRead
from ingest.extract.msg_properties import BINARY, BOOLEAN, DOUBLE, GUID, LONG, LONG64, MANY, OBJECT, SHORT, STRING8, TIME, UNICODE, Properties
from ingest.extract.pst_file import Node, PstFile

_INLINE = frozenset((SHORT, LONG, BOOLEAN, 0x0004, 0x000A))
_LEVELS_MAX = 16
_RECORDS_MAX = 200_000
_SIZES = {SHORT: 2, LONG: 4, BOOLEAN: 1, DOUBLE: 8, LONG64: 8, TIME: 8, 0x0004: 4, 0x000A: 4, 0x0006: 8, 0x0007: 8}


class Heap:
    """The heap on a node, with the nodes below it where long values lie."""

    def __init__(self, file: PstFile, node: Node, limit_bytes: int) -> None:
        """Raises CannotRead: damaged, over_limit."""
        self._file, self._limit = file, limit_bytes
        self._blocks = file.blocks(node.data, limit_bytes)
        self.below = file.below(node.below)
        if not self._blocks or len(self._blocks[0]) < 12 or self._blocks[0][2] != 0xEC:
            raise CannotRead("damaged", "The properties of the item are damaged.")
        self.root = int.from_bytes(self._blocks[0][4:8], "little")

    def get(self, hid: int) -> bytes:
        """Return what lies at a place in the heap, b"" for no place ([MS-PST] 2.3.1.1)."""
        if self._file.large:
            index, block = hid >> 5 & 0x3FFF, hid >> 19
        else:
            index, block = hid >> 5 & 0x7FF, hid >> 16
        if not index or block >= len(self._blocks):
            return b""
        raw = self._blocks[block]
        map_at = int.from_bytes(raw[:2], "little")
        if map_at + 4 > len(raw) or index > int.from_bytes(raw[map_at:map_at + 2], "little"):
            return b""
        start = int.from_bytes(raw[map_at + 2 + 2 * index:map_at + 4 + 2 * index], "little")
        end = int.from_bytes(raw[map_at + 4 + 2 * index:map_at + 6 + 2 * index], "little")
        return raw[start:end]

    def value(self, hnid: int) -> bytes:
        """Return a value from the heap or, where it is long, from a node below."""
        if hnid & 31 == 0:
            return self.get(hnid)
        node = self.below.get(hnid)
        return b"".join(self._file.blocks(node.data, self._limit)) if node else b""

    def rows(self, hnid: int) -> list[bytes]:
        """Return the blocks in which the rows of a table lie."""
        if hnid & 31 == 0:
            return [self.get(hnid)]
        node = self.below.get(hnid)
        return self._file.blocks(node.data, self._limit) if node else []

    def records(self, hid: int) -> tuple[list[bytes], int]:
        """Return the records of a tree in the heap, and how many bytes of each are its key ([MS-PST] 2.3.2)."""
        head = self.get(hid)
        if len(head) < 8 or head[0] != 0xB5:
            return [], 0
        key_bytes, data_bytes, levels, root = head[1], head[2], head[3], int.from_bytes(head[4:8], "little")
        if not key_bytes or levels > _LEVELS_MAX:
            return [], 0
        out, queue = list[bytes](), [(root, levels)]
        while queue and len(out) < _RECORDS_MAX:
            at, level = queue.pop()
            raw = self.get(at)
            step = key_bytes + (4 if level else data_bytes)
            pieces = [raw[n:n + step] for n in range(0, len(raw) - step + 1, step)]
            if level:
                queue.extend((int.from_bytes(p[key_bytes:], "little"), level - 1) for p in reversed(pieces))
            else:
                out.extend(pieces)
        return out, key_bytes


def properties_of(heap: Heap, properties: Properties) -> Properties:
    """Fill in the properties that a node has ([MS-PST] 2.3.3). A value that cannot be had is left out."""
    records, _ = heap.records(heap.root)
    for record in records:
        if len(record) < 8:
            continue
        number, kind, hnid = struct.unpack_from("<HHI", record)
        if kind in _INLINE:
            properties.set(number, kind, record[4:8])
        elif not kind & MANY:
            try:
                properties.set(number, kind, heap.value(hnid))
            except CannotRead as error:
                if error.code == "over_limit":
                    raise
    return properties


def table_of(heap: Heap) -> list[dict[int, tuple[int, bytes]]]:
    """Return the rows of a table, each as values by number ([MS-PST] 2.3.4). Cells that do not exist are left out."""
    info = heap.get(heap.root)
    if len(info) < 22 or info[0] != 0x7C:
        return []
    columns = [struct.unpack_from("<HHHBB", info, 22 + 8 * n) for n in range(min(info[1], (len(info) - 22) // 8))]
    bits_at, row_bytes = struct.unpack_from("<HH", info, 6)
    rows_at = int.from_bytes(info[14:18], "little")
    out: list[dict[int, tuple[int, bytes]]] = []
    if row_bytes == 0 or bits_at > row_bytes:
        return out
    for block in heap.rows(rows_at):
        for at in range(0, len(block) - row_bytes + 1, row_bytes):
            row, cells = block[at:at + row_bytes], dict[int, tuple[int, bytes]]()
            for kind, number, where, size, bit in columns:
                if bits_at + bit // 8 >= row_bytes or not row[bits_at + bit // 8] & 128 >> bit % 8:
                    continue
                raw = row[where:where + size]
                if kind in (STRING8, UNICODE, BINARY, OBJECT, GUID) or (kind in _SIZES and _SIZES[kind] > size):
                    raw = heap.value(int.from_bytes(raw[:4], "little"))
                cells[number] = (kind, raw)
            out.append(cells)
            if len(out) >= _RECORDS_MAX:
                return out
    return out
