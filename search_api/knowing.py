"""What the query of a viewer is read against: only what this viewer may see, the threads and families of others included out."""
from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import islice

from archive.errors import BadRequest
from archive.model.query import Query
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.query import Asked, Known
from search_api.query.answers import asked_after
from search_api.query.tree import filters

HOLDERS_MAX = 50_000
"""How many threads or families one part of a query may be met in."""

_NAMES = frozenset({"client", "from", "to", "cc", "participant"})


def names_people(asked: Asked) -> bool:
    """Say whether the directory is needed to read the query."""
    return any(each.field in _NAMES for each in filters(asked.root))


def known(archive: Archive, viewer: Viewer, asked: Asked, audiences: Sequence[tuple[str, ...]], allowed: Query, client: str | None = None) -> Known:
    """Return what names, dates and `thread:{…}` are resolved against. `allowed` is the filter of the viewer, `client` the one searched for."""
    named = names_people(asked) or bool(asked_after(asked))
    clients = tuple(archive.catalogue.clients(viewer)) if client is not None or named else ()
    seen = frozenset(each for ids in audiences if viewer.sees(ids, False) for each in ids)

    def held(field: str, query: Query) -> Collection[str]:
        found = list(islice(archive.index.values(query, allowed, field), HOLDERS_MAX + 1))
        if len(found) > HOLDERS_MAX:
            raise BadRequest(f"A part of the query in braces is met in more than {HOLDERS_MAX} threads or families.", "Narrow it, by a date for example.")
        return found

    about = next((each for each in clients if each.client_id == client), None)
    return Known(clients if named else (), seen, archive.clock.now().date(), held, about)
