"""Tags and notes on records and on whole hit sets: who gave them and when, and the way back."""
from __future__ import annotations

from typing import Any

from archive.errors import BadRequest
from archive.model.viewer import Viewer
from archive.wiring import Archive
from ingest.work_export import state_work
from search_api.search import all_ids
from search_api.services.custody import demand
from search_api.services.searching import Filtered, asked_of

TAG_CHARS, NOTE_CHARS = 60, 10_000


def tag(archive: Archive, viewer: Viewer, value: str, *, record_id: str | None = None, what: Filtered | None = None, remove: bool = False) -> dict[str, Any]:
    """Give a record, or every record that a query finds, a tag, or take it away; return the change_id and how many records changed.

    The index is brought up to date before this returns, so that `tag:` finds them.  Raises NotFound, QuerySyntax, BadRequest.
    """
    value = _tag(value)
    ids, subject = _meant(archive, viewer, record_id, what)
    catalogue = archive.catalogue
    change_id, done = (catalogue.unlabel(viewer, subject, record_ids=ids, tag=value) if remove else catalogue.label(ids, "tag", value, viewer, subject))
    _index(archive)
    return {"change_id": change_id, "tag": value, "records": done}


def note(archive: Archive, viewer: Viewer, value: str, *, record_id: str | None = None, what: Filtered | None = None) -> dict[str, Any]:
    """Put a note on a record, or on every record that a query finds. Raises NotFound, QuerySyntax, BadRequest."""
    value = value.strip()
    if not value or len(value) > NOTE_CHARS:
        raise BadRequest(f"A note has 1 to {NOTE_CHARS} characters.", "Shorten it, or write something.")
    ids, subject = _meant(archive, viewer, record_id, what)
    change_id, done = archive.catalogue.label(ids, "note", value, viewer, subject)
    state_work(archive)
    return {"change_id": change_id, "records": done}


def remove_note(archive: Archive, viewer: Viewer, record_id: str, label_id: int) -> dict[str, Any]:
    """Take a note from a record. Raises NotFound."""
    demand(viewer, "read")
    archive.catalogue.record(record_id, viewer)
    if not any(label.label_id == label_id and label.kind == "note" for label in archive.catalogue.labels([record_id], viewer)):
        raise BadRequest(f"The record has no note {label_id}.", "The record lists those it has.")
    change_id, done = archive.catalogue.unlabel(viewer, record_id, label_id=label_id)
    state_work(archive)
    return {"change_id": change_id, "records": done}


def labels(archive: Archive, viewer: Viewer, record_id: str) -> dict[str, Any]:
    """Return the tags and notes of a record, oldest first. Raises NotFound."""
    demand(viewer, "read")
    archive.catalogue.record(record_id, viewer)
    found = [label.as_json() for label in archive.catalogue.labels([record_id], viewer)]
    return {"tags": [x for x in found if x["kind"] == "tag"], "notes": [x for x in found if x["kind"] == "note"]}


def tags(archive: Archive, viewer: Viewer) -> dict[str, int]:
    """Return the tags in use, each with how many records that the viewer may see have it."""
    demand(viewer, "read")
    return archive.catalogue.tags(viewer)


def changes(archive: Archive, viewer: Viewer, limit: int = 100) -> list[dict[str, Any]]:
    """Return one's own acts (tags, notes, saved searches), newest first."""
    demand(viewer, "read")
    return [change.as_json() for change in archive.catalogue.work_changes(viewer, limit)]


def undo(archive: Archive, viewer: Viewer, change_id: str) -> dict[str, Any]:
    """Undo one of one's own acts. Raises NotFound, Conflict when it was undone before."""
    demand(viewer, "read")
    done = archive.catalogue.undo(change_id, viewer)
    _index(archive)
    return {"change_id": change_id, "undone": done}


def _meant(archive: Archive, viewer: Viewer, record_id: str | None, what: Filtered | None) -> tuple[list[str], str]:
    """Return which records are meant, and what the custody log calls them."""
    demand(viewer, "read")
    if (record_id is None) == (what is None):
        raise BadRequest("Say which records are meant.", "Name a record or give a query, not both.")
    if record_id is not None:
        return [archive.catalogue.record(record_id, viewer).record_id], record_id
    assert what is not None
    return list(all_ids(archive, asked_of(archive, viewer, what))), what.digest


def _index(archive: Archive) -> None:
    from ingest.feed import feed

    feed(archive)
    state_work(archive)


def _tag(value: str) -> str:
    value = " ".join(value.split())
    if not value or len(value) > TAG_CHARS or not value.isprintable() or "," in value:
        raise BadRequest(f"A tag has 1 to {TAG_CHARS} printable characters and no comma.", "Choose another one.")
    return value
