"""What lies around a record: its conversation, records like it, where a query matches in it, how it differs from another."""
from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from search_api.problems import responses
from search_api.routes.given import RecordId, TheArchive, TheViewer
from search_api.services import comparing, searching, similar, threads

router = APIRouter(prefix="/v1", tags=["records"], responses=responses(400, 401, 403, 404, 413, 422, 503))


@router.get("/threads/{thread_id}")
def one_thread(thread_id: Annotated[str, Path(description="The id of a conversation, or of a record of it.", max_length=200)],
               archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """A conversation in order of time, and which of its mails hold all that was said."""
    return threads.thread(archive, viewer, thread_id)


@router.get("/records/{record_id}/similar")
def similar_records(record_id: RecordId, archive: TheArchive, viewer: TheViewer, limit: Annotated[int, Query(ge=1, le=100)] = 10) -> dict[str, Any]:
    """Records that share most of what is particular to this one."""
    return similar.similar(archive, viewer, record_id, limit)


@router.get("/records/{record_id}/marks")
def marks_in_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer, q: Annotated[str, Query(max_length=10_000)]) -> dict[str, Any]:
    """Where a query matches in the whole of a record."""
    return searching.marks_of(archive, viewer, record_id, q)


@router.get("/records/{record_id}/compare/{other_id}")
def compare_records(record_id: RecordId, other_id: Annotated[str, Path(max_length=64)], archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Where the texts of two records differ."""
    return comparing.compare(archive, viewer, record_id, other_id)
