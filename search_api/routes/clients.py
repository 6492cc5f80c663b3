"""The directory, and what follows from a client's records."""
from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from search_api.routes.given import READ_PROBLEMS, AsOf, ClientId, HeldOn, TheArchive, TheRemembered, TheViewer
from search_api.services import clients, histories

router = APIRouter(prefix="/v1/clients", tags=["clients"], responses=READ_PROBLEMS)


@router.get("")
def list_clients(archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """The clients that the viewer may see."""
    return {"clients": clients.clients(archive, viewer)}


@router.get("/{client_id}")
def one_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer) -> dict[str, Any]:
    """One client, with the number of its records by kind."""
    return clients.client(archive, viewer, client_id)


@router.get("/{client_id}/history", response_class=Response, responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}})
def history_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, remembered: TheRemembered, as_of: AsOf = None,
                      held_on: HeldOn = None) -> Response:
    """The termination history: every entry cites the words it rests on."""
    return Response(histories.history_answer(archive, viewer, client_id, remembered, as_of, held_on), media_type="application/json")


@router.get("/{client_id}/disputes")
def disputes_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, as_of: AsOf = None,
                      held_on: HeldOn = None) -> dict[str, Any]:
    """The dispute trail alone."""
    return histories.disputes(archive, viewer, client_id, as_of, held_on)


@router.get("/{client_id}/win-back")
def win_back_brief(client_id: ClientId, archive: TheArchive, viewer: TheViewer, as_of: AsOf = None,
                      held_on: HeldOn = None) -> dict[str, Any]:
    """The brief that an agent reads before calling; never privileged material."""
    return histories.win_back(archive, viewer, client_id, as_of, held_on).as_json()


@router.get("/{client_id}/audit")
def audit_of_client(client_id: ClientId, archive: TheArchive, viewer: TheViewer, as_of: AsOf = None,
                      held_on: HeldOn = None) -> dict[str, Any]:
    """Completeness and accuracy of what is held."""
    return histories.audit(archive, viewer, client_id, as_of, held_on).as_json()
