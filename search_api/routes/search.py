"""Search, by GET for people and by POST for queries that should not stand in a log of addresses."""
from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AliasChoices, BaseModel, ConfigDict, Field

from archive.model.query import SortKey
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.problems import responses
from search_api.routes.given import TheArchive, TheViewer
from search_api.services import searching

router = APIRouter(prefix="/v1/search", tags=["search"], responses=responses(400, 401, 403, 404, 422, 503))


class Question(BaseModel):
    """What is searched for. Days are YYYY-MM-DD, both included."""
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    query: str = Field(validation_alias=AliasChoices("query", "q"), max_length=10_000)
    client: str | None = Field(None, max_length=200)
    kinds: list[str] = Field(default_factory=list, validation_alias=AliasChoices("kinds", "kind"), max_length=50)
    date_from: str | None = Field(None, validation_alias=AliasChoices("from", "date_from"), max_length=40)
    date_to: str | None = Field(None, validation_alias=AliasChoices("to", "date_to"), max_length=40)
    sort: SortKey = "score"
    limit: int = Field(20, ge=1, le=1000)
    cursor: str | None = Field(None, max_length=2000)


@router.get("")
def search_by_address(archive: TheArchive, viewer: TheViewer,
                      q: Annotated[str, Query(description="The query (docs/search.md).", max_length=10_000,
                                              validation_alias=AliasChoices("q", "query"))],
                      client: Annotated[str | None, Query(max_length=200)] = None,
                      kind: Annotated[list[str] | None, Query(max_length=50)] = None,
                      date_from: Annotated[str | None, Query(alias="from", max_length=40)] = None,
                      date_to: Annotated[str | None, Query(alias="to", max_length=40)] = None,
                      sort: SortKey = "score", limit: Annotated[int, Query(ge=1, le=1000)] = 20,
                      cursor: Annotated[str | None, Query(max_length=2000)] = None) -> dict[str, Any]:
    """Search the records that the viewer may see."""
    return answer(archive, viewer, Question(query=q, client=client, kinds=kind or [], date_from=date_from, date_to=date_to, sort=sort,
                                            limit=limit, cursor=cursor))


@router.post("")
def search_by_body(archive: TheArchive, viewer: TheViewer, question: Question) -> dict[str, Any]:
    """Search the records that the viewer may see; the same as by GET."""
    return answer(archive, viewer, question)


def answer(archive: Archive, viewer: Viewer, question: Question) -> dict[str, Any]:
    return searching.search(archive, viewer, question.query, client=question.client, kinds=question.kinds, date_from=question.date_from,
                            date_to=question.date_to, sort=question.sort, limit=question.limit, cursor=question.cursor)
