"""Search, by GET for people and by POST for queries that should not stand in a log of addresses."""
from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import AliasChoices, Field

from archive.model.query import SortKey
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.collapsing import Collapse
from search_api.problems import responses
from search_api.routes.filtering import FilteredQuery
from search_api.routes.given import TheArchive, TheViewer
from search_api.search import FACETS
from search_api.services import searching

router = APIRouter(prefix="/v1/search", tags=["search"], responses=responses(400, 401, 403, 404, 410, 422, 503))

CURSOR_CHARS = 20_000


FacetName = Literal["kind", "record_types", "clients", "custodian", "language", "sentiment", "privileged", "month", "year", "sender", "tags", "source"]


class Question(FilteredQuery):
    """What is searched for, and how it is shown. Days are YYYY-MM-DD, both included."""
    query: str = Field(validation_alias=AliasChoices("query", "q"), max_length=10_000)
    sort: SortKey = "score"
    limit: int = Field(20, ge=1, le=1000)
    cursor: str | None = Field(None, max_length=CURSOR_CHARS)
    collapse: Collapse | None = None
    facets: list[FacetName] | None = Field(None, validation_alias=AliasChoices("facets", "facet"), max_length=20)


@router.get("")
def search_by_address(archive: TheArchive, viewer: TheViewer,
                      q: Annotated[str, Query(description="The query (docs/search.md).", max_length=10_000,
                                              validation_alias=AliasChoices("q", "query"))],
                      client: Annotated[str | None, Query(max_length=200)] = None,
                      kind: Annotated[list[str] | None, Query(max_length=50)] = None,
                      date_from: Annotated[str | None, Query(alias="from", max_length=40)] = None,
                      date_to: Annotated[str | None, Query(alias="to", max_length=40)] = None,
                      sort: SortKey = "score", limit: Annotated[int, Query(ge=1, le=1000)] = 20,
                      cursor: Annotated[str | None, Query(max_length=CURSOR_CHARS)] = None, collapse: Collapse | None = None,
                      facet: Annotated[list[FacetName] | None, Query(max_length=20)] = None, exact: bool = False) -> dict[str, Any]:
    """Search the records that the viewer may see."""
    return answer(archive, viewer, Question(query=q, client=client, kinds=kind or [], date_from=date_from, date_to=date_to, sort=sort,
                                            limit=limit, cursor=cursor, collapse=collapse, facets=facet, exact=exact))


@router.post("")
def search_by_body(archive: TheArchive, viewer: TheViewer, question: Question) -> dict[str, Any]:
    """Search the records that the viewer may see; the same as by GET."""
    return answer(archive, viewer, question)


def answer(archive: Archive, viewer: Viewer, question: Question) -> dict[str, Any]:
    return searching.search(archive, viewer, question.query, client=question.client, kinds=question.kinds, date_from=question.date_from,
                            date_to=question.date_to, sort=question.sort, limit=question.limit, cursor=question.cursor,
                            collapse=question.collapse, exact=question.exact, facets=FACETS if question.facets is None else question.facets)
