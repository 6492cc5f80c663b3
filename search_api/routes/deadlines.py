"""Deadlines: a list, and a calendar to subscribe to."""
from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from history.deadline_feed import MEDIA_TYPE
from search_api.problems import responses
from search_api.routes.attachment import content_disposition
from search_api.routes.given import READ_PROBLEMS, ClientId, TheArchive, TheRemembered, TheViewer
from search_api.services import deadlines

router = APIRouter(prefix="/v1", tags=["deadlines"])
When = Annotated[Literal["past", "open", "next"] | None, Query(description="Those that are over, those that are not, or of each client the next one.")]
OfClient = Annotated[str | None, Query(alias="client", description="Only of this client.", max_length=200)]
CALENDAR: dict[int | str, dict[str, Any]] = {200: {"content": {"text/calendar": {}}}}


@router.get("/deadlines", responses=READ_PROBLEMS)
def list_deadlines(archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, client: OfClient = None, when: When = None) -> dict[str, Any]:
    """The deadlines of all clients that the viewer may see, each with the words that it is derived from."""
    return deadlines.listed(archive, viewer, client, when, remembered)


@router.get("/clients/{client_id}/deadlines", responses=READ_PROBLEMS)
def deadlines_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, when: When = None) -> dict[str, Any]:
    """The deadlines of one client."""
    return deadlines.listed(archive, viewer, client_id, when, remembered)


@router.get("/deadlines.ics", response_class=Response, responses=READ_PROBLEMS | CALENDAR)
def calendar_of_deadlines(archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, client: OfClient = None) -> Response:
    """The same as a calendar, for who can show a key in a header."""
    return _calendar(deadlines.feed(archive, viewer, client, remembered))


@router.get("/feeds/{secret}/deadlines.ics", response_class=Response, responses=responses(401, 404, 503) | CALENDAR)
def feed_of_deadlines(secret: Annotated[str, Path(description="The secret of a feed.", max_length=100)], archive: TheArchive,
                      viewer: TheViewer, remembered: TheRemembered) -> Response:
    """The same for calendars, which can show no header: the address was made by `casetrail keys feed` and can be revoked."""
    return _calendar(deadlines.feed(archive, viewer, None, remembered))


def _calendar(content: bytes) -> Response:
    return Response(content, headers={"Content-Type": MEDIA_TYPE, "Content-Disposition": content_disposition("deadlines.ics")})
