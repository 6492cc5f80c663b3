"""Records, their texts, facts and originals."""
from __future__ import annotations

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from starlette.responses import Response, StreamingResponse

from archive.errors import BadRequest
from archive.model.record import KINDS, RECORD_TYPES
from archive.ports import RecordFilter
from search_api.routes.attachment import content_disposition, media_type_of
from search_api.routes.given import READ_PROBLEMS, RecordId, TheArchive, TheViewer
from search_api.routes.streaming import LINES, json_lines, json_list, streamed
from search_api.services import records

router = APIRouter(prefix="/v1/records", tags=["records"], responses=READ_PROBLEMS)


@router.get("", response_class=StreamingResponse)
def list_records(archive: TheArchive, viewer: TheViewer, client: Annotated[list[str] | None, Query()] = None,
                 kind: Annotated[list[str] | None, Query()] = None, record_type: Annotated[list[str] | None, Query(alias="type")] = None,
                 accept: Annotated[str, Header()] = "") -> StreamingResponse:
    """All records of these clients, kinds and types, in order of date; one a line where `application/x-ndjson` is accepted."""
    for given, words, name in ((kind, KINDS, "kind"), (record_type, RECORD_TYPES, "type")):
        if unknown := sorted(set(given or ()) - set(words)):
            raise BadRequest(f"There is no {name} {', '.join(unknown)}.", f"Use {', '.join(words)}.")
    found = records.records(archive, viewer, RecordFilter(tuple(client or ()), tuple(kind or ()), tuple(record_type or ())))
    if LINES in accept:
        return streamed(json_lines(found), LINES)
    return streamed(json_list("records", found), "application/json")


@router.get("/{record_id}")
def one_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """One record, with how each derived value is known."""
    return records.record(archive, viewer, record_id)


@router.get("/{record_id}/text", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def text_of_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer) -> Response:
    """The record's extracted text, exactly that which offsets refer to (in Unicode code points)."""
    return Response(records.text(archive, viewer, record_id).encode("utf-8", "replace"), media_type="text/plain; charset=utf-8")


@router.get("/{record_id}/facts")
def facts_of_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Every fact read from the record."""
    return {"facts": records.facts(archive, viewer, record_id)}


@router.get("/{record_id}/original", response_class=StreamingResponse, responses={200: {"content": {"application/octet-stream": {}}}})
def original_of_record(record_id: RecordId, archive: TheArchive, viewer: TheViewer) -> StreamingResponse:
    """The bytes as they came in, always as a download. If they no longer have their digest the answer breaks off before its end."""
    found, chunks = records.original(archive, viewer, record_id)
    return streamed(chunks, media_type_of(found.mime), {
        "Content-Disposition": content_disposition(found.name), "Content-Length": str(found.size_bytes),
        "Repr-Digest": f"sha-256=:{_base64_of_hex(found.digest)}:"})


def _base64_of_hex(digest: str) -> str:
    """Return a digest as Repr-Digest has it (RFC 9530, 3)."""
    return base64.b64encode(bytes.fromhex(digest)).decode()
