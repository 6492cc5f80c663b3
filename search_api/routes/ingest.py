"""Uploads: files sent as multipart/form-data go through the same pipeline as everything else."""
from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from archive.errors import TooLarge, Unavailable
from archive.model.run import RunReport
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.problems import responses
from search_api.routes.given import TheArchive, TheViewer
from search_api.services.custody import demand
from search_api.services.sources import report_json
from search_api.services.taking_in import take_in
from search_api.uploads import Upload

router = APIRouter(prefix="/v1/ingest", tags=["ingest"], responses=responses(400, 401, 403, 404, 413, 422, 503, 507))

SOURCE = "upload"
WAIT_SECONDS = 30
_one_at_a_time = threading.Lock()
"""A run uses all processors; a second one at the same time would only make both slow."""

BODY: dict[str, Any] = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": {
    "type": "object", "required": ["file"], "properties": {
        "file": {"type": "array", "items": {"type": "string", "format": "binary"}, "description": "One file or more: any format, zip and mbox too."},
        "source": {"type": "string", "description": "The name of the source; `upload` where none is given."},
        "custodian": {"type": "string"}, "client": {"type": "string", "description": "The client whom the files concern."}}}}}}}


@router.post("", openapi_extra=BODY)
async def upload(request: Request, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Take in files; answers with the run report once every item has an outcome."""
    demand(viewer, "ingest")
    limit = archive.settings.upload_max_bytes
    if int(request.headers.get("content-length") or 0) > limit:
        raise TooLarge(f"The upload is larger than {limit} bytes.", "Send less at a time, or use `casetrail ingest` beside the archive.")
    sent = Upload(archive.settings, request.headers.get("content-type", ""))
    try:
        async for chunk in request.stream():
            await run_in_threadpool(sent.feed, chunk)
        sent.finish()
        return report_json(await run_in_threadpool(_take_in, archive, viewer, sent, request.app.state.stopping))
    finally:
        await run_in_threadpool(sent.discard)


def _take_in(archive: Archive, viewer: Viewer, sent: Upload, stopping: threading.Event) -> RunReport:
    if not _one_at_a_time.acquire(timeout=WAIT_SECONDS):
        raise Unavailable("Another upload is being taken in.", "Send it again in a minute.")
    try:
        source, folder, client = sent.fields.get("source") or SOURCE, str(sent.folder), sent.fields.get("client", "")
        if viewer.clients is not None and client:
            # Places of its own for each client: else a file of the same name and bytes would be held as another client's, and stay theirs.
            sent.keep_below(client)
        report = take_in(archive, viewer, [folder], source=source, custodian=sent.fields.get("custodian", ""), client=client,
                       called={folder: source}, stopping=stopping.is_set)
    finally:
        _one_at_a_time.release()
    if viewer.clients is None:
        return report
    # A run also reads what others left unread: who may not see everything is told of its own files only, and not whether others hold them.
    own = tuple(f"{source}/{file.relative_to(sent.folder)}" for file in sent.files)
    counts = report.counts | {"stored": report.counts.get("stored", 0) + report.counts.get("duplicate", 0), "duplicate": 0}
    return replace(report, counts=counts, troubles=tuple(trouble for trouble in report.troubles if trouble.path in own))
