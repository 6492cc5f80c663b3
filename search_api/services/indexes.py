"""The versions of the index: which there are, which one searches use, and what they refused."""
from __future__ import annotations

from typing import Any

from archive.model.query import MatchAll
from archive.model.viewer import Viewer
from archive.wiring import Archive


def versions(archive: Archive, viewer: Viewer) -> list[dict[str, Any]]:
    """Return every version, newest first: whether it is in use or stands ready, its entries, how far it lags behind, what it refused, why it is stale."""
    index, catalogue = archive.index, archive.catalogue
    current, states, last = index.current(), catalogue.version_states(), catalogue.last_change()
    about = getattr(index, "about", None)
    return [{"version": version, "in_use": version == current, "ready": version != current and states.get(version) == "ready",
             "entries": index.count(MatchAll(), version), "lag": max(0, last - catalogue.watermark(version)),
             "refused": len(catalogue.refusals(version)), "stale": (about(version).stale() if about else "") or None}
            for version in sorted(index.versions(), reverse=True)]


def refused(archive: Archive, viewer: Viewer, version: str | None = None) -> list[dict[str, Any]]:
    """Return the entries that a version (None: the one in use) refused, each with the reason and how often it was tried."""
    version = version or archive.index.current() or ""
    return [{"record_id": record_id, "reason": reason, "tries": tries} for record_id, (reason, tries) in archive.catalogue.refusals(version).items()]
