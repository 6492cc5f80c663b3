"""Tags and notes, and the way back."""
from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from search_api.problems import responses
from search_api.routes.filtering import FilteredQuery
from search_api.routes.given import RecordId, TheArchive, TheViewer
from search_api.services import tagging

router = APIRouter(prefix="/v1", tags=["tags and notes"], responses=responses(400, 401, 403, 404, 409, 422, 503))


class Labelling(BaseModel):
    """One record, or all that a query finds, and the tag or note."""
    model_config = ConfigDict(extra="forbid")

    value: str = Field(max_length=20_000)
    record_id: str | None = Field(None, max_length=64)
    search: FilteredQuery | None = None

    def meant(self) -> dict[str, Any]:
        return {"record_id": self.record_id, "what": self.search.filtered() if self.search else None}


@router.get("/tags")
def list_tags(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """The tags in use, each with how many records that the viewer may see have it."""
    return {"tags": tagging.tags(archive, viewer)}


@router.post("/tags")
def add_tag(archive: TheArchive, viewer: TheViewer, given: Labelling) -> dict[str, Any]:
    """Give a record, or all that a query finds, a tag."""
    return tagging.tag(archive, viewer, given.value, **given.meant())


@router.post("/tags/remove")
def remove_tag(archive: TheArchive, viewer: TheViewer, given: Labelling) -> dict[str, Any]:
    """Take a tag from a record, or from all that a query finds."""
    return tagging.tag(archive, viewer, given.value, remove=True, **given.meant())


@router.post("/notes")
def add_note(archive: TheArchive, viewer: TheViewer, given: Labelling) -> dict[str, Any]:
    """Put a note on a record, or on all that a query finds."""
    return tagging.note(archive, viewer, given.value, **given.meant())


@router.get("/records/{record_id}/labels")
def labels_of_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """The tags and notes of a record: who gave them, and when."""
    return tagging.labels(archive, viewer, record_id)


@router.delete("/records/{record_id}/notes/{label_id}")
def remove_note(record_id: RecordId, label_id: Annotated[int, Path(ge=1)], archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Take a note from a record; the change can be undone."""
    return tagging.remove_note(archive, viewer, record_id, label_id)


@router.get("/changes")
def changes_of_viewer(archive: TheArchive, viewer: TheViewer, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict[str, Any]:
    """What the viewer did: tags, notes and saved searches, newest first."""
    return {"changes": tagging.changes(archive, viewer, limit)}


@router.post("/changes/{change_id}/undo")
def undo_change(change_id: Annotated[str, Path(max_length=64)], archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Undo one of one's own acts."""
    return tagging.undo(archive, viewer, change_id)
