"""Origin statements: what was learned about where an item came from, as a small object beside its original.

Format `casetrail-origin/1` (docs/formats/object-store.md). From these and the originals alone the catalogue can be rebuilt.  What was found
inside another item is stated in lists beside the original of that one: a mailbox of thousands of mails has a few lists, not as many objects.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from archive.errors import IntegrityBroken
from archive.model.digest import Digest, digest_of, members_key, origin_key
from archive.model.item import Item, Place
from archive.ports import NewObject

FORMAT = "casetrail-origin/1"


def statements_of(items: Iterable[tuple[Item, Item | None]]) -> list[NewObject]:
    """Return the objects that state where items came from, each given with the item that it was found in, or None."""
    out: list[NewObject] = []
    lists: dict[str, tuple[Item, list[bytes]]] = {}
    for item, holder in items:
        if holder is None:
            content = statement_of(item)
            out.append(NewObject(origin_key(item.digest, item.record_id, item.place.path), content, digest_of(content)))
        else:
            lists.setdefault(holder.record_id, (holder, []))[1].append(statement_of(item))
    for holder, lines in lists.values():
        content = b"".join(lines)
        out.append(NewObject(members_key(holder.digest, holder.record_id, content), content, digest_of(content)))
    return out


def items_of(content: bytes) -> Iterator[Item]:
    """Yield the items of a list, or of one statement. Raises IntegrityBroken as `item_of` does."""
    return (item_of(line) for line in content.split(b"\n") if line)


def statement_of(item: Item) -> bytes:
    """Return the statement as UTF-8 JSON on one line, with a final newline."""
    told = _told(item)
    try:
        return msgspec.json.encode(told) + b"\n"
    except UnicodeEncodeError:      # half a surrogate: written out
        return (json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "backslashreplace")


def _told(item: Item) -> dict[str, Any]:
    return {
        "format": FORMAT, "record_id": item.record_id, "sha256": item.digest, "size_bytes": item.size_bytes,
        "path": item.place.path, "canonical": item.place.canonical, "inner": item.place.inner, "source": item.source,
        "custodian": item.custodian, "client": item.client_given, "parent_id": item.parent_id, "family_id": item.family_id,
        "depth": item.depth, "ordinal": item.ordinal, "declared_mime": item.declared_mime, "modified_at": item.modified_at,
        "met_at": item.met_at, "run_id": item.run_id,
        "derived": item.derived,
    }


def item_of(statement: bytes) -> Item:
    """Return the item that a statement describes. Raises IntegrityBroken for what is no statement of this format."""
    try:
        told = json.loads(statement)
        if told["format"] != FORMAT:
            raise ValueError(told["format"])
        return Item(
            record_id=told["record_id"], digest=Digest(told["sha256"]), size_bytes=told["size_bytes"],
            place=Place(told["path"], told["canonical"], told["inner"]), source=told["source"], custodian=told["custodian"],
            client_given=told["client"], parent_id=told["parent_id"], family_id=told["family_id"], depth=told["depth"],
            ordinal=told["ordinal"], declared_mime=told["declared_mime"], modified_at=told["modified_at"], met_at=told["met_at"],
            run_id=told["run_id"], derived=told.get("derived", False))
    except (ValueError, KeyError, TypeError) as error:
        raise IntegrityBroken("An origin statement cannot be read.", "Compare the bucket with a copy of it.") from error
