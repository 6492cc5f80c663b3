"""Reads and exports are custody events, written before the content is handed out."""
from __future__ import annotations

from archive.errors import NotAllowed
from archive.model.custody import Action, Event
from archive.model.viewer import Right, Viewer
from archive.wiring import Archive

DEEDS = {"read": "read what the archive holds", "export": "export", "ingest": "take anything in", "correct": "confirm or correct what was read",
         "manage": "run the archive", "deadlines": "read deadlines"}


def demand(viewer: Viewer, right: Right) -> None:
    """Raise NotAllowed unless the viewer has the right."""
    if not viewer.may(right):
        raise NotAllowed(f"The role {viewer.role} may not {DEEDS[right]}.", "Ask for a key whose role has that right (docs/manual.md, roles).")


def note(archive: Archive, viewer: Viewer, action: Action, subject: str, **details: object) -> None:
    """Append one event: who did what to which subject. `details` hold no words from records or queries."""
    archive.catalogue.log([Event(action, viewer.actor, subject, dict(details))])
