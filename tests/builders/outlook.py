"""Outlook files built from values: .msg (an OLE compound file), .pst (ANSI and Unicode) and TNEF, as small as they can be.

Written after [MS-CFB], [MS-OXMSG], [MS-PST] and [MS-OXTNEF], not after our readers.
"""
from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.extract.pst_file import _I, cyclic

LONG, BOOLEAN, OBJECT, STRING8, UNICODE, TIME, BINARY = 0x0003, 0x000B, 0x000D, 0x001E, 0x001F, 0x0040, 0x0102
Value = tuple[int, bytes]
Values = Mapping[int, Value]


def text(words: str) -> Value:
    return UNICODE, words.encode("utf-16-le")


def narrow(raw: bytes) -> Value:
    return STRING8, raw


def number(value: int) -> Value:
    return LONG, struct.pack("<i", value)


def moment(seconds_since_1970: int) -> Value:
    return TIME, struct.pack("<Q", (seconds_since_1970 + 11_644_473_600) * 10_000_000)


@dataclass
class Item:
    """An item to be: properties by number, recipients, attachments (an attachment with an `item` is an embedded one)."""
    values: Values
    recipients: Sequence[Values] = ()
    attachments: Sequence[Attached] = ()


@dataclass
class Attached:
    values: Values
    content: bytes = b""
    item: Item | None = None
    extra: dict[str, bytes] = field(default_factory=dict)


def mail(subject: str, body: str, **more: Value) -> dict[int, Value]:
    """Return the properties of an ordinary mail."""
    return {0x001A: text("IPM.Note"), 0x0037: text(subject), 0x1000: text(body), 0x0C1A: text("Ann Example"), 0x0C1E: text("SMTP"),
            0x0C1F: text("Ann@x.example"), 0x0039: moment(1_710_749_564)} | {int(k.removeprefix("p"), 16): v for k, v in more.items()}


def person(name: str, address: str, kind: int = 1) -> dict[int, Value]:
    return {0x3001: text(name), 0x3002: text("SMTP"), 0x3003: text(address), 0x39FE: text(address), 0x0C15: number(kind)}


# ---------------------------------------------------------------- .msg

Storage = dict[str, "bytes | Storage"]
_FIXED = {LONG, BOOLEAN, TIME}


def _storage(values: Values, head: bytes) -> Storage:
    out: Storage = {}
    table = bytearray(head)
    for key, (kind, raw) in values.items():
        if kind in _FIXED:
            table += struct.pack("<HHI", kind, key, 6) + raw.ljust(8, b"\0")
        else:
            table += struct.pack("<HHII", kind, key, 6, len(raw)) + b"\0\0\0\0"
            out[f"__substg1.0_{key:04X}{kind:04X}"] = raw
    out["__properties_version1.0"] = bytes(table)
    return out


def _item(item: Item, top: bool) -> Storage:
    out = _storage(item.values, b"\0" * (32 if top else 24))
    for n, recipient in enumerate(item.recipients):
        out[f"__recip_version1.0_#{n:08X}"] = _storage(recipient, b"\0" * 8)
    for n, attached in enumerate(item.attachments):
        method = {} if 0x3705 in attached.values else {0x3705: number(5 if attached.item else 1)}
        storage = _storage({**attached.values, **method}, b"\0" * 8)
        if attached.item is not None:
            storage["__substg1.0_3701000D"] = _item(attached.item, False)
        elif attached.extra:
            storage["__substg1.0_3701000D"] = dict(attached.extra)
        else:
            storage["__substg1.0_37010102"] = attached.content
        out[f"__attach_version1.0_#{n:08X}"] = storage
    return out


def msg(item: Item, names: Sequence[tuple[bytes, int]] = ()) -> bytes:
    """Return an item as a .msg file. `names` gives (GUID, number) for the properties 0x8000, 0x8001 …"""
    root = _item(item, True)
    guids = list(dict.fromkeys(guid for guid, _ in names))
    entries = b"".join(struct.pack("<IHH", said, (guids.index(guid) + 3) << 1, n) for n, (guid, said) in enumerate(names))
    root["__nameid_version1.0"] = {"__substg1.0_00020102": b"".join(guids), "__substg1.0_00030102": entries, "__substg1.0_00040102": b""}
    return compound(root)


def compound(root: Storage) -> bytes:
    """Return storages and streams as a compound file (version 3, [MS-CFB]): streams below 4,096 bytes lie in small sectors."""
    entries: list[list[object]] = [["Root Entry", 5, -1, -1, -1, 0, 0]]
    sectors: list[bytes] = []
    chains: list[int] = []
    small, small_chains = bytearray(), list[int]()

    def put(raw: bytes, stream: bool = False) -> int:
        if not raw:
            return 0xFFFFFFFE
        if stream and len(raw) < 4096:
            first, count = len(small) // 64, -(-len(raw) // 64)
            small.extend(raw.ljust(count * 64, b"\0"))
            small_chains.extend([*range(first + 1, first + count), 0xFFFFFFFE])
            return first
        first = len(sectors)
        pieces = [raw[n:n + 512].ljust(512, b"\0") for n in range(0, len(raw), 512)]
        sectors.extend(pieces)
        chains.extend([*range(first + 1, first + len(pieces)), 0xFFFFFFFE])
        return first

    def add(storage: Storage, parent: int) -> None:
        children = []
        for name, inside in storage.items():
            index = len(entries)
            children.append((len(name), name.upper(), index))
            if isinstance(inside, bytes):
                entries.append([name, 2, -1, -1, -1, put(inside, True), len(inside)])
            else:
                entries.append([name, 1, -1, -1, -1, 0, 0])
                add(inside, index)
        children.sort()
        for (_, _, index), (_, _, following) in itertools.pairwise(children):
            entries[index][3] = following  # a list leaning to the right is a tree too
        if children:
            entries[parent][4] = children[0][2]

    add(root, 0)
    entries[0][5:] = [put(bytes(small)), len(small)]
    small_table = struct.pack(f"<{len(small_chains)}I", *small_chains)
    small_at, small_count = put(small_table.ljust(-(-len(small_table) // 512) * 512, b"\xff")), -(-len(small_table) // 512)
    directory = b"".join(
        (str(name).encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<HBBiii16sIQQIQ", len(str(name)) * 2 + 2, kind, 1, left, right, child,
                                                                                 b"", 0, 0, 0, start if kind != 1 else 0xFFFFFFFE, size)
        for name, kind, left, right, child, start, size in entries)
    directory_at = put(directory)
    count = -(-(len(sectors) + 2) // 126)
    table_at = len(sectors)
    chains.extend([0xFFFFFFFD] * count)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(count * 512, b"\xff")
    head = struct.pack("<8s16sHHHHHHIIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), b"", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, count, directory_at, 0, 4096,
                       small_at, small_count, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *range(table_at, table_at + count), *[0xFFFFFFFF] * (109 - count))
    return head + b"".join(sectors) + table


# ---------------------------------------------------------------- .pst

class Pst:
    """A data file to be. Folders and items are nodes; everything lies in blocks of its own."""

    def __init__(self, wide: bool = True, crypt: int = 1) -> None:
        self._wide, self._crypt = wide, crypt
        self._width = 8 if wide else 4
        self._file = bytearray(b"\0" * 0x4400)
        self._blocks: list[tuple[int, int, int]] = []
        self._nodes: list[tuple[int, int, int, int]] = []
        self._next = 4
        self._count = 0

    def _block(self, raw: bytes, internal: bool = False) -> int:
        key = self._next | (2 if internal else 0)
        self._next += 4
        if not internal:
            raw = raw.translate(bytes(_I.index(n) for n in range(256))) if self._crypt == 1 else _enciphered(raw, key) if self._crypt == 2 else raw
        while len(self._file) % 64:
            self._file.append(0)
        self._blocks.append((key, len(self._file), len(raw)))
        self._file += raw.ljust(-(-(len(raw) + 16) // 64) * 64, b"\0")
        return key

    def _data(self, raw: bytes) -> int:
        """Return a block, or a block of blocks, that holds these bytes."""
        pieces = [raw[n:n + 8000] for n in range(0, len(raw), 8000)] or [b""]
        keys = [self._block(piece) for piece in pieces]
        if len(keys) == 1:
            return keys[0]
        return self._block(struct.pack("<BBHI", 1, 1, len(keys), len(raw)) + b"".join(k.to_bytes(self._width, "little") for k in keys), True)

    def _below(self, nodes: Sequence[tuple[int, int, int]]) -> int:
        if not nodes:
            return 0
        head = struct.pack("<BBH", 2, 0, len(nodes)) + (b"\0" * 4 if self._wide else b"")
        body = b"".join(b"".join(x.to_bytes(self._width, "little") for x in (n, d, s)) for n, d, s in sorted(nodes))
        return self._block(head + body, True)

    def _context(self, values: Values) -> tuple[bytes, list[tuple[int, int, int]]]:
        """Return a heap with properties, and the nodes below it in which the long ones lie."""
        heap, below, records = [b"", b""], [], []
        for key, (kind, raw) in sorted(values.items()):
            if kind in (LONG, BOOLEAN):
                records.append(struct.pack("<HH", key, kind) + raw.ljust(4, b"\0"))
            elif len(raw) > 2000:
                node = (len(below) + 0x100) << 5 | 0x1F
                below.append((node, self._data(raw), 0))
                records.append(struct.pack("<HHI", key, kind, node))
            else:
                heap.append(raw)
                records.append(struct.pack("<HHI", key, kind, len(heap) << 5))
        heap[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, 2 << 5)
        heap[1] = b"".join(records)
        return _heap(heap, 0xBC), below

    def _table(self, rows: Sequence[Values]) -> bytes:
        columns = sorted({(key, kind) for row in rows for key, (kind, _) in row.items()})
        bits_at = 8 + 4 * len(columns)
        row_bytes = bits_at + -(-(len(columns) + 2) // 8)
        heap, packed = [b"", b""], bytearray()
        for n, row in enumerate(rows):
            cells = bytearray(row_bytes)
            struct.pack_into("<II", cells, 0, n, 0)
            for at, (key, kind) in enumerate(columns):
                if key not in row:
                    continue
                raw = row[key][1]
                if kind not in (LONG, BOOLEAN):
                    heap.append(raw)
                    raw = struct.pack("<I", len(heap) << 5)
                cells[8 + 4 * at:12 + 4 * at] = raw.ljust(4, b"\0")
                cells[bits_at + (at + 2) // 8] |= 128 >> (at + 2) % 8
            packed += cells
        heap[1] = bytes(packed)
        described = b"".join(struct.pack("<HHHBB", kind, key, 8 + 4 * n, 4, n + 2) for n, (key, kind) in enumerate(columns))
        heap[0] = struct.pack("<BBHHHHIII", 0x7C, len(columns), bits_at, bits_at, bits_at, row_bytes, 0, 2 << 5, 0) + described
        return _heap(heap, 0x7C)

    def _parts(self, item: Item) -> tuple[int, int]:
        """Return the blocks of an item: its properties, and the nodes below it."""
        raw, below = self._context(item.values)
        if item.recipients:
            below.append((0x692, self._data(self._table(item.recipients)), 0))
        for n, attached in enumerate(item.attachments):
            inside: list[tuple[int, int, int]] = []
            values = {0x3705: number(5 if attached.item else 1)} | dict(attached.values)
            if attached.item is not None:
                data, further = self._parts(attached.item)
                inside.append((0x24, data, further))
                values[0x3701] = (OBJECT, struct.pack("<II", 0x24, 0))
            else:
                values[0x3701] = (BINARY, attached.content)
            context, long_ones = self._context(values)
            below.append(((n + 1) << 5 | 0x05, self._data(context), self._below([*inside, *long_ones])))
        return self._data(raw), self._below(below)

    def folder(self, name: str, parent: int = 0x122) -> int:
        self._count += 1
        key = (self._count + 0x400) << 5 | 0x02
        raw, _ = self._context({0x3001: text(name)})
        self._nodes.append((key, self._data(raw), 0, parent))
        return key

    def add(self, item: Item, folder: int) -> None:
        self._count += 1
        self._nodes.append(((self._count + 0x10000) << 5 | 0x04, *self._parts(item), folder))

    def _page(self, entries: Sequence[bytes], kind: int) -> int:
        while len(self._file) % 512:
            self._file.append(0)
        at, size = len(self._file), len(entries[0]) if entries else 1
        room = 488 if self._wide else 496
        assert len(entries) * size <= room, "the builder writes one page of each tree"
        page = b"".join(entries).ljust(room, b"\0") + struct.pack("<BBBB", len(entries), room // size, size, 0) + (b"\0" * 4 if self._wide else b"")
        self._file += page + bytes((kind, kind)) + b"\0" * (14 if self._wide else 10)
        return at

    def done(self) -> bytes:
        w = self._width
        nodes = [n.to_bytes(w, "little") + d.to_bytes(w, "little") + b.to_bytes(w, "little") + struct.pack("<I", p) + (b"\0" * 4 if self._wide else b"")
                 for n, d, b, p in sorted(self._nodes)]
        blocks = [k.to_bytes(w, "little") + o.to_bytes(w, "little") + struct.pack("<HH", s, 2) + (b"\0" * 4 if self._wide else b"")
                  for k, o, s in sorted(self._blocks)]
        leaves = [self._page(blocks[n:n + 20], 0x80) for n in range(0, len(blocks), 20)]
        block_root = leaves[0] if len(leaves) == 1 else self._branch(leaves, [blocks[n * 20][:w] for n in range(len(leaves))], 0x80)
        node_root = self._page(nodes, 0x81)
        self._file[0:12] = b"!BDN" + b"\0" * 4 + b"SM" + struct.pack("<H", 23 if self._wide else 14)
        roots = (224, 240, 513) if self._wide else (188, 196, 461)
        self._file[roots[0]:roots[0] + w] = node_root.to_bytes(w, "little")
        self._file[roots[1]:roots[1] + w] = block_root.to_bytes(w, "little")
        self._file[roots[2]] = self._crypt
        return bytes(self._file)

    def _branch(self, leaves: Sequence[int], keys: Sequence[bytes], kind: int) -> int:
        at = self._page([key + b"\0" * self._width + leaf.to_bytes(self._width, "little") for key, leaf in zip(keys, leaves, strict=True)], kind)
        self._file[at + (491 if self._wide else 499)] = 1
        return at


def _heap(parts: Sequence[bytes], client: int) -> bytes:
    """Return parts as a heap on one block; the first of them is its root ([MS-PST] 2.3.1)."""
    body, offsets = bytearray(b"\0" * 12), [12]
    for part in parts:
        body += part
        offsets.append(len(body))
    if len(body) % 2:
        body.append(0)
    where = len(body)
    body += struct.pack(f"<HH{len(offsets)}H", len(parts), 0, *offsets)
    struct.pack_into("<HBBI", body, 0, where, 0xEC, client, 1 << 5)
    assert len(body) < 8000, "the builder writes heaps of one block"
    return bytes(body)


def _enciphered(raw: bytes, key: int) -> bytes:
    return cyclic(raw, key & 0xFFFFFFFF)


# ---------------------------------------------------------------- TNEF

def tnef(values: Values, attachments: Sequence[tuple[str, bytes]] = (), code_page: int = 1252) -> bytes:
    """Return properties and attachments as a TNEF stream."""
    out = bytearray(struct.pack("<IH", 0x223E9F78, 1))

    def put(level: int, key: int, raw: bytes) -> None:
        out.extend(struct.pack("<BII", level, key, len(raw)) + raw + struct.pack("<H", sum(raw) & 0xFFFF))

    put(1, 0x00069007, struct.pack("<II", code_page, 0))
    put(1, 0x00069003, _listed(values))
    for name, content in attachments:
        put(2, 0x00069002, b"\0" * 14)
        put(2, 0x0006800F, content)
        put(2, 0x00069005, _listed({0x3707: text(name)}))
    return bytes(out)


def _listed(values: Values) -> bytes:
    out = bytearray(struct.pack("<I", len(values)))
    for key, (kind, raw) in values.items():
        out += struct.pack("<HH", kind, key)
        if kind in (LONG, BOOLEAN):
            out += raw.ljust(4, b"\0")
        elif kind == TIME:
            out += raw
        else:
            out += struct.pack("<II", 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)
    return bytes(out)
