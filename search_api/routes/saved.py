"""Saved searches, what is new in them, and one's own latest searches."""
from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from search_api.problems import responses
from search_api.routes.filtering import FilteredQuery
from search_api.routes.given import TheArchive, TheViewer
from search_api.services import saved, searching

router = APIRouter(prefix="/v1", tags=["saved searches"], responses=responses(400, 401, 403, 404, 409, 422, 503))

SavedName = Annotated[str, Path(description="The id or the name of a saved search.", max_length=200)]


class ToSave(BaseModel):
    """A search and the name it is kept under."""
    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=200)
    search: FilteredQuery
    shared: bool = False


class Changed(BaseModel):
    """What is to be changed of a saved search; what is left out stays."""
    model_config = ConfigDict(extra="forbid")

    name: str | None = Field(None, max_length=200)
    search: FilteredQuery | None = None
    shared: bool | None = None


class ToCheck(BaseModel):
    """Which saved searches are looked at (none: all), and whether what is new counts as seen."""
    model_config = ConfigDict(extra="forbid")

    names: list[str] = Field(default_factory=list, max_length=1000)
    keep: bool = True


@router.get("/saved")
def list_saved(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """One's own saved searches and those that are shared."""
    return {"saved": saved.listed(archive, viewer)}


@router.post("/saved")
def save(archive: TheArchive, viewer: TheViewer, given: ToSave) -> dict[str, Any]:
    """Keep a search; what it finds now counts as seen."""
    return saved.save(archive, viewer, given.name, given.search.filtered(), given.shared)


@router.post("/saved/check")
def check_saved(archive: TheArchive, viewer: TheViewer, given: ToCheck) -> dict[str, Any]:
    """What saved searches find now that the viewer had not seen."""
    return {"checked": saved.check(archive, viewer, tuple(given.names), given.keep)}


@router.get("/saved/{name}")
def one_saved(name: SavedName, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """One saved search."""
    return saved.one(archive, viewer, name)


@router.patch("/saved/{name}")
def change_saved(name: SavedName, archive: TheArchive, viewer: TheViewer, given: Changed) -> dict[str, Any]:
    """Change one of one's own saved searches."""
    return saved.change(archive, viewer, name, new_name=given.name, what=given.search.filtered() if given.search else None, shared=given.shared)


@router.delete("/saved/{name}")
def remove_saved(name: SavedName, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Remove one of one's own saved searches; the change can be undone."""
    return saved.remove(archive, viewer, name)


@router.get("/searches")
def recent_searches(archive: TheArchive, viewer: TheViewer, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict[str, Any]:
    """One's own latest searches, newest first. Nobody else can ask for them."""
    return {"searches": searching.recent(archive, viewer, limit)}


@router.delete("/searches")
def forget_searches(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """Forget one's own searches."""
    return {"forgotten": searching.forget(archive, viewer)}
