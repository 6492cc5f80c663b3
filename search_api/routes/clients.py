"""The directory, and what follows from a client's records."""
from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from search_api.routes.given import READ_PROBLEMS, AsOf, ClientId, HeldOn, TheArchive, TheRemembered, TheViewer
from search_api.services import answers, clients, histories

AN_OBJECT: dict[int | str, dict[str, Any]] = {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}

router = APIRouter(prefix="/v1/clients", tags=["clients"], responses=READ_PROBLEMS)


@router.get("")
def list_clients(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """The clients that the viewer may see."""
    return {"clients": clients.clients(archive, viewer)}


@router.get("/{client_id}")
def one_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """One client, with the number of its records by kind."""
    return clients.client(archive, viewer, client_id)


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")


@router.get("/{client_id}/history", response_class=Response, responses=AN_OBJECT)
def history_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None,
                      held_on: HeldOn = None) -> Response:
    """The termination history: every entry cites the words it rests on."""
    return _json(answers.answer(archive, viewer, client_id, "history", remembered, as_of, held_on))


@router.get("/{client_id}/disputes", response_class=Response, responses=AN_OBJECT)
def disputes_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None,
                       held_on: HeldOn = None) -> Response:
    """The dispute trail alone."""
    return _json(answers.answer(archive, viewer, client_id, "disputes", remembered, as_of, held_on))


@router.get("/{client_id}/win-back", response_class=Response, responses=AN_OBJECT)
def win_back_brief(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None,
                   held_on: HeldOn = None) -> Response:
    """The brief that an agent reads before calling; never privileged material."""
    return _json(answers.answer(archive, viewer, client_id, "win-back", remembered, as_of, held_on))


@router.get("/{client_id}/audit")
def audit_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, as_of: AsOf = None,
                      held_on: HeldOn = None) -> dict[str, Any]:
    """Completeness and accuracy of what is held."""
    return histories.audit(archive, viewer, client_id, as_of, held_on).as_json()
