"""The items of an Outlook data file in their folders: messages, appointments, contacts, tasks, with recipients and attachments ([MS-PST] 2.4)."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ingest.extract.base import CannotRead
from ingest.extract.msg_item import BY_REFERENCE, EMBEDDED, OLE, Attachment, OutlookItem
from ingest.extract.msg_ole import native_object
from ingest.extract.msg_properties import Name, Properties, names_of
from ingest.extract.pst_file import Node, PstFile
from ingest.extract.pst_heap import Heap, properties_of, table_of

_STORE, _NAMES, _ROOT = 0x21, 0x61, 0x122
_FOLDER, _MESSAGE, _ATTACHMENT = 0x02, 0x04, 0x05
_RECIPIENTS = 0x692
_NESTED_MAX = 16
_DEPTH_MAX = 100
ORPHANED = "(without a folder)"


@dataclass(frozen=True, slots=True)
class Found:
    """An item in its folder: the number of its node, the path of the folder with `/`, and the item, or why it cannot be read."""
    number: int
    folder: str
    item: OutlookItem | CannotRead


class Store:
    """An Outlook data file, its items one after the other."""

    def __init__(self, file: PstFile, limit_bytes: int) -> None:
        self._file, self._limit = file, limit_bytes
        self._names: Mapping[Name, int] = self._named()
        self._folders: dict[int, str] = {}
        self._top = self._top_folder()

    def _named(self) -> dict[Name, int]:
        node = self._file.nodes.get(_NAMES)
        if node is None:
            return {}
        try:
            p = properties_of(Heap(self._file, node, self._limit), Properties())
        except CannotRead:
            return {}
        return names_of(p.binary(0x0002), p.binary(0x0003), p.binary(0x0004))

    def _top_folder(self) -> int:
        """Return the folder in which people's folders lie, 0 where it is not told."""
        node = self._file.nodes.get(_STORE)
        try:
            entry = properties_of(Heap(self._file, node, self._limit), Properties()).binary(0x35E0) if node else b""
        except CannotRead:
            return 0
        return int.from_bytes(entry[20:24], "little") if len(entry) >= 24 else 0

    def folder(self, number: int, depth: int = 0) -> str:
        """Return the path of a folder, "" for the top."""
        if number in self._folders:
            return self._folders[number]
        node = self._file.nodes.get(number)
        if number in (0, _ROOT, self._top):
            return ""
        if node is None or node.kind != _FOLDER or depth > _DEPTH_MAX:
            return ORPHANED
        try:
            name = properties_of(Heap(self._file, node, self._limit), Properties()).text(0x3001).replace("/", "_")
        except CannotRead:
            name = f"folder-{number:x}"
        above = self.folder(node.parent, depth + 1) if node.parent != number else ""
        self._folders[number] = f"{above}/{name}" if above else name
        return self._folders[number]

    def items(self) -> Iterator[Found]:
        """Yield all items in order of folder, then of number; those whose folder is gone too."""
        listed = sorted((self.folder(n.parent), n.number) for n in self._file.nodes.values() if n.kind == _MESSAGE)
        for folder, number in listed:
            try:
                item: OutlookItem | CannotRead = self._item(self._file.nodes[number], "", 0)
            except CannotRead as error:
                item = error
            except (IndexError, ValueError, RecursionError) as error:
                item = CannotRead("damaged", f"The item could not be taken apart ({type(error).__name__}).")
            yield Found(number, folder, item)

    def _item(self, node: Node, codec: str, depth: int) -> OutlookItem:
        heap = Heap(self._file, node, self._limit)
        properties = properties_of(heap, Properties(names=self._names))
        properties.settle(codec)
        item = OutlookItem(properties)
        if (table := heap.below.get(_RECIPIENTS)) is not None:
            try:
                for row in table_of(Heap(self._file, table, self._limit)):
                    recipient = Properties(dict(row), self._names)
                    recipient.settle(properties.codec)
                    item.recipients.append(recipient)
            except CannotRead as error:
                item.troubles.append(f"its recipients could not be read: {error.reason}")
        for number in sorted(n for n in heap.below if n & 31 == _ATTACHMENT):
            try:
                item.attachments.append(self._attachment(heap.below[number], properties.codec, depth))
            except CannotRead as error:
                item.attachments.append(Attachment(Properties(), trouble=(error.code, error.reason)))
        return item

    def _attachment(self, node: Node, codec: str, depth: int) -> Attachment:
        heap = Heap(self._file, node, self._limit)
        p = properties_of(heap, Properties(names=self._names))
        p.settle(codec)
        method = p.integer(0x3705, 1)
        if method == EMBEDDED:
            inside = heap.below.get(int.from_bytes(p.binary(0x3701)[:4], "little"))
            if inside is None:
                return Attachment(p, trouble=("damaged", "The embedded item is missing."))
            if depth >= _NESTED_MAX:
                return Attachment(p, trouble=("over_limit", "Items are nested too deep."))
            return Attachment(p, item=self._item(inside, codec, depth + 1))
        if method in BY_REFERENCE and not p.binary(0x3701):
            where = p.text(0x370D, 0x3708)
            return Attachment(p, trouble=("unreadable", f"Only a reference was stored{f' ({where[:300]})' if where else ''}."))
        if method == OLE:
            object_node = heap.below.get(int.from_bytes(p.binary(0x3701)[:4], "little"))
            raw = b"".join(self._file.blocks(object_node.data, self._limit)) if object_node else p.binary(0x3701)
            _, content = native_object(raw)
            return Attachment(p, content or raw) if raw else Attachment(p, trouble=("unsupported", "It is an OLE object of a kind that is not known here."))
        return Attachment(p, p.binary(0x3701))
