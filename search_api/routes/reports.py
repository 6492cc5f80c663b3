"""What follows from a client's records, as documents for people."""
from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from history.report_html import POLICY
from history.status_page import status_html
from search_api.routes.attachment import content_disposition
from search_api.routes.given import READ_PROBLEMS, AsOf, ClientId, HeldOn, TheArchive, TheRemembered, TheViewer
from search_api.services import reports

PAGE_HEADERS = {"Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'; sandbox allow-popups"}
"""For a page of its own that holds words from documents: no script, nothing loaded, no form, an origin of its own."""

router = APIRouter(prefix="/v1/clients", tags=["reports"], responses=READ_PROBLEMS)


@router.get("/{client_id}/report", response_class=Response, responses={200: {"content": {media: {} for media in reports.MEDIA_TYPES.values()}}})
def report_on_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, as_of: AsOf = None, held_on: HeldOn = None,
                     form: Annotated[Literal["html", "pdf"], Query(alias="format", description="The form of the report.")] = "html") -> Response:
    """The readable report with the derivation of every conclusion: HTML to be shown and printed, or PDF as a download."""
    made = reports.report(archive, viewer, client_id, form, as_of, held_on)
    headers = PAGE_HEADERS if form == "html" else {"Content-Disposition": content_disposition(made.name)}
    return Response(made.content, headers={"Content-Type": made.media_type, **headers})


@router.get("/{client_id}/status")
def status_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None) -> dict[str, Any]:
    """What the client itself may be told: conditions met and open, dates, sums. By an allow-list; nothing internal, nothing privileged."""
    return reports.status(archive, viewer, client_id, as_of, remembered).as_json()


@router.get("/{client_id}/status.html", response_class=Response, responses={200: {"content": {"text/html": {}}}})
def status_page_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None) -> Response:
    """The same as a page, to be shown to the client or printed."""
    page = status_html(reports.status(archive, viewer, client_id, as_of, remembered))
    return Response(page.encode("utf-8", "replace"), headers={"Content-Type": reports.MEDIA_TYPES["html"], **PAGE_HEADERS})
