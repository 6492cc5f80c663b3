"""Origin statements: what was learned about where an item came from, as a small object beside its original.

Format `casetrail-origin/1` (docs/formats/object-store.md). From these and the originals alone the catalogue can be rebuilt.
"""
from __future__ import annotations

import json
from typing import Any

from archive.errors import IntegrityBroken
from archive.model.digest import Digest
from archive.model.item import Item, Place

FORMAT = "casetrail-origin/1"


def statement_of(item: Item) -> bytes:
    """Return the statement as UTF-8 JSON on one line, with a final newline."""
    told: dict[str, Any] = {
        "format": FORMAT, "record_id": item.record_id, "sha256": item.digest, "size_bytes": item.size_bytes,
        "path": item.place.path, "canonical": item.place.canonical, "inner": item.place.inner, "source": item.source,
        "custodian": item.custodian, "client": item.client_given, "parent_id": item.parent_id, "family_id": item.family_id,
        "depth": item.depth, "ordinal": item.ordinal, "declared_mime": item.declared_mime, "modified_at": item.modified_at,
        "met_at": item.met_at, "run_id": item.run_id,
        "derived": item.derived,
    }
    return (json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


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
