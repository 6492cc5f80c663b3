"""What routes are given: the archive of the application and the viewer whom the guard named."""
from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request

from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.problems import responses
from search_api.remembered import Remembered


def the_archive(request: Request) -> Archive:
    archive: Archive = request.app.state.archive
    return archive


def the_viewer(request: Request) -> Viewer:
    """Return who asks. The guard puts it there for every path that is not open to all; without it the request fails."""
    viewer: Viewer = request.scope["state"]["viewer"]
    return viewer


def the_remembered(request: Request) -> Remembered:
    remembered: Remembered = request.app.state.remembered
    return remembered


TheArchive = Annotated[Archive, Depends(the_archive)]
TheViewer = Annotated[Viewer, Depends(the_viewer)]
TheRemembered = Annotated[Remembered, Depends(the_remembered)]
ClientId = Annotated[str, Path(description="The id of a client in the directory.", max_length=200)]
RecordId = Annotated[str, Path(description="The id of a record.", max_length=64)]
AsOf = Annotated[str | None, Query(alias="as_of", description="Conclude from what is dated up to this day (YYYY-MM-DD), whenever it was taken in.",
                                   max_length=40)]
HeldOn = Annotated[str | None, Query(alias="held_on", description="Conclude from what had been taken in by the end of this day (YYYY-MM-DD, UTC), "
                                     "with the corrections that held then.", max_length=40)]

READ_PROBLEMS: dict[int | str, dict[str, Any]] = responses(400, 401, 403, 404, 422, 503)
