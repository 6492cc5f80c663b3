"""The deadlines of one client or of all: as a list and as a calendar. They never rest on a privileged record, whoever asks."""
from __future__ import annotations

from typing import Any, Literal

from archive.errors import NotFound
from archive.model.client import Client
from archive.model.viewer import Viewer
from archive.wiring import Archive
from history.deadline_feed import calendar
from history.deadlines import Deadline, deadlines, next_of
from search_api.remembered import Remembered
from search_api.services.answers import of_open_file
from search_api.services.custody import demand, note

When = Literal["past", "open", "next"]


def listed(archive: Archive, viewer: Viewer, client_id: str | None = None, when: When | None = None,
           remembered: Remembered | None = None) -> dict[str, Any]:
    """Return `today`, `next` (the one that comes next, or None) and `deadlines` by day, of one client or of all that the viewer may see.

    `when`: those of days that are over or were kept (`past`), those that are not (`open`), or of each client the next one (`next`).
    Raises NotFound for a client that is not there for this viewer.
    """
    today, found, names = _found(archive, viewer, client_id, "deadlines", remembered)
    following = next_of(found, today)
    if when == "next":
        firsts = (next_of(tuple(d for d in found if d.client_id == each), today) for each in names)
        found = tuple(sorted((d for d in firsts if d), key=lambda d: (d.day, d.client_id)))
    elif when:
        found = tuple(d for d in found if d.when(today) == when)
    return {"today": today, "next": following.as_json(today) if following else None,
            "deadlines": [d.as_json(today) | {"client_name": names[d.client_id]} for d in found]}


def feed(archive: Archive, viewer: Viewer, client_id: str | None = None, remembered: Remembered | None = None) -> bytes:
    """Return the same deadlines as an iCalendar object (RFC 5545), past ones too: a calendar keeps what it is given."""
    _, found, names = _found(archive, viewer, client_id, "deadline feed", remembered)
    title = f"Deadlines of {names[client_id]}" if client_id else "Deadlines"
    return calendar(title, found, names, archive.clock.now())


def _found(archive: Archive, viewer: Viewer, client_id: str | None, what: str,
           remembered: Remembered | None) -> tuple[str, tuple[Deadline, ...], dict[str, str]]:
    demand(viewer, "deadlines")
    clients: list[Client] = [archive.catalogue.client(client_id, viewer)] if client_id else archive.catalogue.clients(viewer)
    today = archive.clock.now().date().isoformat()
    found: list[Deadline] = []
    for client in clients:
        try:
            of_client = of_open_file(archive, viewer, client.client_id, remembered, lambda file: deadlines(file, today), _size, "deadlines", today)
            found.extend(of_client)
        except NotFound:  # gone from the directory meanwhile
            continue
    note(archive, viewer, "read", client_id or "directory", what=what, clients=len(clients), deadlines=len(found))
    return today, tuple(sorted(found, key=lambda d: (d.day, d.client_id, d.kind))), {c.client_id: c.legal_name for c in clients}


def _size(found: tuple[Deadline, ...]) -> int:
    return 2_000 + 4_000 * len(found)
