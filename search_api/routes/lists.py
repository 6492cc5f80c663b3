"""Hit sets as lists: exports, term reports, batches of searches."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import StreamingResponse

from archive.model.query import SortKey
from search_api.problems import responses
from search_api.routes.attachment import content_disposition
from search_api.routes.filtering import FilteredQuery
from search_api.routes.given import TheArchive, TheViewer
from search_api.routes.streaming import LINES, json_lines, streamed
from search_api.services import exporting, term_report

router = APIRouter(prefix="/v1", tags=["lists"], responses=responses(400, 401, 403, 404, 422, 503))


class Export(FilteredQuery):
    """What is exported, in which format and order."""
    format: Literal["csv", "xlsx", "jsonl"] = "csv"
    sort: SortKey = "date_asc"


class Terms(BaseModel):
    """The terms to report on, each a query; `within` narrows them all."""
    model_config = ConfigDict(extra="forbid")

    terms: list[str] = Field(max_length=1000)
    within: FilteredQuery | None = None


class Search(FilteredQuery):
    """One search of a batch."""
    name: str = Field("", max_length=200)


class Batch(BaseModel):
    """The searches, and how many hits of each are wanted; `limit` 0 means all."""
    model_config = ConfigDict(extra="forbid")

    searches: list[Search] = Field(max_length=1000)
    limit: int = Field(20, ge=0)


@router.post("/exports", response_class=StreamingResponse, responses={200: {"content": {media: {} for media in exporting.MEDIA_TYPES.values()}}})
def export_hits(archive: TheArchive, viewer: TheViewer, given: Export) -> StreamingResponse:
    """All records that a query finds, as a download; `X-Total` says how many."""
    total, pieces = exporting.export(archive, viewer, given.filtered(), given.format, given.sort)
    return streamed(pieces, exporting.MEDIA_TYPES[given.format], {"Content-Disposition": content_disposition(f"records.{given.format}"),
                                                                  "X-Total": str(total)})


@router.post("/term-reports")
def report_terms(archive: TheArchive, viewer: TheViewer, given: Terms) -> dict[str, Any]:
    """What each term finds: hits, unique hits, with families."""
    return term_report.term_report(archive, viewer, given.terms, given.within.filtered() if given.within else None)


@router.post("/batches", response_class=StreamingResponse, responses={200: {"content": {LINES: {}}}})
def batch_of_searches(archive: TheArchive, viewer: TheViewer, given: Batch) -> StreamingResponse:
    """Many searches at once, one answer a line."""
    wanted = [(search.name or str(number), search.filtered()) for number, search in enumerate(given.searches, 1)]
    answers: Iterator[dict[str, Any]] = term_report.batch(archive, viewer, wanted, given.limit or None)
    return streamed(json_lines(answers), LINES)
