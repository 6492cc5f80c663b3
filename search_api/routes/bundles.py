"""Bundles: what leaves the house, as a ZIP."""
from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

from fastapi import APIRouter
from pydantic import AliasChoices, BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from archive.errors import BadRequest
from archive.model.viewer import Viewer
from archive.wiring import Archive
from evidence import BundleSummary
from search_api.problems import responses
from search_api.routes.attachment import content_disposition
from search_api.routes.given import TheArchive, TheViewer
from search_api.routes.streaming import streamed
from search_api.services import bundles
from search_api.uploads import spool_of

router = APIRouter(prefix="/v1/bundles", tags=["bundles"], responses=responses(400, 401, 403, 404, 422, 503, 507))

CHUNK_BYTES = 256 << 10


class BundleQuestion(BaseModel):
    """What goes into the bundle: all records of `client`, or what `query` finds (of `client`, where named) with its families."""
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    client: str | None = Field(None, max_length=200)
    query: str | None = Field(None, max_length=10_000)
    kinds: list[str] = Field(default_factory=list, max_length=50)
    date_from: str | None = Field(None, validation_alias=AliasChoices("from", "date_from"), max_length=40)
    date_to: str | None = Field(None, validation_alias=AliasChoices("to", "date_to"), max_length=40)


@router.post("", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}})
def make_bundle(archive: TheArchive, viewer: TheViewer, question: BundleQuestion) -> StreamingResponse:
    """A sealed evidence bundle. `X-Bundle-Seal` is the SHA-256 of its tag manifest, `Repr-Digest` covers the ZIP."""
    if question.client is None and question.query is None:
        raise BadRequest("A bundle is of a client or of a query.", "Send `client`, `query` or both.")
    if question.query is None and (question.kinds or question.date_from or question.date_to):
        raise BadRequest("Kinds and dates narrow a query.", "Send `query` too, or leave them out.")
    wanted = bundles.Wanted(question.client, question.query, tuple(question.kinds), question.date_from, question.date_to)
    summary, chunks = _made(archive, viewer, wanted)
    return streamed(chunks, "application/zip", {"Content-Disposition": content_disposition(f"{summary.title}.zip"),
                                                "Content-Length": str(summary.size_bytes), "X-Bundle-Seal": summary.seal})


def _made(archive: Archive, viewer: Viewer, wanted: bundles.Wanted) -> tuple[BundleSummary, Iterator[bytes]]:
    """Write the bundle and give its bytes. The file has lost its name before the first byte goes out, so nothing stays behind."""
    spool = spool_of(archive.settings)
    spool.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=spool, prefix=uuid.uuid4().hex) as folder:
        target = Path(folder) / "bundle.zip"
        summary = bundles.write(archive, viewer, wanted, target)
        file = target.open("rb")

    def chunks() -> Iterator[bytes]:
        with file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    return summary, chunks()
