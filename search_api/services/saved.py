"""Saved searches and what is new in them. The words of a search are its owner's until it is shared; its hits are always the viewer's own."""
from __future__ import annotations

from typing import Any

from archive.errors import BadRequest
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from ingest.work_export import state_work
from search_api.search import all_ids
from search_api.services.custody import demand, note
from search_api.services.searching import Filtered, asked_of, filtered

NAME_CHARS = 100


def save(archive: Archive, viewer: Viewer, name: str, what: Filtered, shared: bool = False) -> dict[str, Any]:
    """Keep a search under a name; what it finds now counts as seen. Raises QuerySyntax, BadRequest, Conflict for a name in use."""
    asking = asked_of(archive, viewer, what)
    found = set(all_ids(archive, asking))
    kept, change_id = archive.catalogue.save_search(_name(name), what.as_json(), shared, viewer)
    state_work(archive)
    archive.catalogue.set_seen(kept.saved_id, viewer, found)
    return kept.as_json() | {"change_id": change_id, "total": len(found)}


def listed(archive: Archive, viewer: Viewer) -> list[dict[str, Any]]:
    """Return one's own saved searches and those that are shared, by name."""
    demand(viewer, "read")
    return [saved.as_json() for saved in archive.catalogue.saved_searches(viewer)]


def one(archive: Archive, viewer: Viewer, name: str) -> dict[str, Any]:
    """Return a saved search by its id or name. Raises NotFound."""
    demand(viewer, "read")
    return archive.catalogue.saved_search(name, viewer).as_json()


def change(archive: Archive, viewer: Viewer, name: str, *, new_name: str | None = None, what: Filtered | None = None,
           shared: bool | None = None) -> dict[str, Any]:
    """Change one of one's own searches. Raises NotFound for another's."""
    demand(viewer, "read")
    if what is not None:
        asked_of(archive, viewer, what)
    saved = archive.catalogue.saved_search(name, viewer)
    change_id = archive.catalogue.change_search(saved.saved_id, viewer, name=_name(new_name) if new_name is not None else None,
                                                body=what.as_json() if what is not None else None, shared=shared)
    state_work(archive)
    return archive.catalogue.saved_search(saved.saved_id, viewer).as_json() | {"change_id": change_id}


def remove(archive: Archive, viewer: Viewer, name: str) -> dict[str, Any]:
    """Remove one of one's own searches; `casetrail tag undo` brings it back. Raises NotFound for another's."""
    demand(viewer, "read")
    saved = archive.catalogue.saved_search(name, viewer)
    change_id = archive.catalogue.change_search(saved.saved_id, viewer, remove=True)
    state_work(archive)
    return {"saved_id": saved.saved_id, "change_id": change_id}


def check(archive: Archive, viewer: Viewer, names: tuple[str, ...] = (), keep: bool = True) -> list[dict[str, Any]]:
    """Return for each saved search what it finds now that this viewer had not seen, newest record first; `keep` counts it as seen from now on.

    A search that can no longer be asked says so in `trouble`; the others are checked all the same.  `gone` counts hits of last time that are
    none any more.
    """
    demand(viewer, "read")
    chosen = [archive.catalogue.saved_search(name, viewer) for name in names] or archive.catalogue.saved_searches(viewer)
    out = []
    for saved in chosen:
        told: dict[str, Any] = {"saved_id": saved.saved_id, "name": saved.name, "search": dict(saved.body)}
        before = archive.catalogue.seen_of(saved.saved_id, viewer)
        try:
            found = set(all_ids(archive, asked_of(archive, viewer, filtered(saved.body))))
        except BadRequest as error:
            out.append(told | {"trouble": str(error), "total": None, "new": [], "gone": 0})
            continue
        fresh = sorted(found - before[1]) if before else sorted(found)
        note(archive, viewer, "searched", saved.saved_id, what="check", total=len(found), new=len(fresh))
        out.append(told | {"checked_at": before[0] if before else None, "total": len(found), "gone": len(before[1] - found) if before else 0,
                           "new": _shown(archive, viewer, fresh)})
        if keep:
            archive.catalogue.set_seen(saved.saved_id, viewer, found)
    return out


def _shown(archive: Archive, viewer: Viewer, record_ids: list[str]) -> list[dict[str, Any]]:
    records = []
    for start in range(0, len(record_ids), 500):
        records += list(archive.catalogue.records(RecordFilter(record_ids=tuple(record_ids[start:start + 500])), viewer))
    records.sort(key=lambda r: (r.date or "", r.record_id), reverse=True)
    return [{"record_id": r.record_id, "date": r.date, "kind": r.kind, "clients": list(r.clients), "subject": r.subject, "name": r.name,
             "source_paths": list(r.source_paths), "inner": r.inner} for r in records]


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        raise BadRequest("A name has 1 to 100 printable characters.", "Choose another one.")
    return name
