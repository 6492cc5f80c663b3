"""For who runs the service: is it alive, is it ready, what does it measure."""
from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from archive.errors import NotAllowed
from search_api import metrics
from search_api.problems import problem, request_id_of, responses
from search_api.routes.given import TheArchive, TheViewer
from search_api.services import checks, sources

router = APIRouter(tags=["operations"])


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process lives and answers."""
    return {"status": "alive"}


@router.get("/readyz", responses=responses(503))
def ready(request: Request, archive: TheArchive) -> Any:
    """Objects, catalogue and index answer."""
    state = checks.readiness(archive)
    if state["ready"]:
        return state
    missing = ", ".join(name for name, part in state["parts"].items() if not part["ready"])
    return problem(request_id_of(request), 503, "not-ready", "Not ready", f"Not ready: {missing}. The log says why.",
                   headers={"Retry-After": "5"}, parts=state["parts"])


@router.get("/metrics", response_class=Response, responses=responses(401, 403))
def measures(request: Request, archive: TheArchive, viewer: TheViewer) -> Response:
    """Measures in the text format of Prometheus. They count over all clients, so they are for viewers who may see them all."""
    if viewer.clients is not None:
        raise NotAllowed("Measures cover all clients.", "Ask for a key that may see all clients.")
    return Response(request.app.state.metrics.text(checks.gauges(archive)), media_type=metrics.MEDIA_TYPE)


@router.get("/v1/sources", responses=responses(401, 403, 503))
def count_proof(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """The count proof: per run what was met and what became of it."""
    return sources.sources(archive, viewer)
