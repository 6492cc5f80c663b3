"""Why clients leave, over all clients."""
from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from search_api.routes.attachment import content_disposition
from search_api.routes.given import READ_PROBLEMS, TheArchive, TheRemembered, TheViewer
from search_api.services import churn

router = APIRouter(prefix="/v1", tags=["reports"], responses=READ_PROBLEMS)


@router.get("/churn")
def reasons_for_leaving(archive: TheArchive, viewer: TheViewer, remembered: TheRemembered) -> dict[str, Any]:
    """Clients that leave by main reason and year, with the documents behind each figure; small groups are null."""
    return churn.report(archive, viewer, remembered)


@router.get("/churn.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def reasons_for_leaving_as_table(archive: TheArchive, viewer: TheViewer, remembered: TheRemembered) -> Response:
    """The same figures as CSV, to whoever may export."""
    content = churn.table(archive, viewer, remembered)
    return Response(content, headers={"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": content_disposition("churn.csv")})
