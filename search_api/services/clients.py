"""The directory of clients, as far as a viewer may see it."""
from __future__ import annotations

from typing import Any

from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api.services.custody import demand, note


def clients(archive: Archive, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the clients that the viewer may see, in the form of docs/formats/directory.md, by id."""
    demand(viewer, "read")
    listed = sorted(archive.catalogue.clients(viewer), key=lambda c: c.client_id)
    note(archive, viewer, "read", "directory", what="clients", count=len(listed))
    return [c.as_json() for c in listed]


def client(archive: Archive, viewer: Viewer, client_id: str) -> dict[str, Any]:
    """Return one client with the number of its records by kind, as far as the viewer may see them. Raises NotFound."""
    demand(viewer, "read")
    found = archive.catalogue.client(client_id, viewer)
    kinds: dict[str, int] = {}
    for record in archive.catalogue.records(RecordFilter(clients=(client_id,)), viewer):
        kinds[record.kind] = kinds.get(record.kind, 0) + 1
    note(archive, viewer, "read", client_id, what="client")
    return found.as_json() | {"records": {"total": sum(kinds.values()), "by_kind": dict(sorted(kinds.items()))}}
