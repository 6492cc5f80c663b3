"""Search with its right and its custody event; the search itself is `search_api.search`."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from archive.model.query import SortKey
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.search import FACETS
from search_api.search import search as find
from search_api.services.custody import demand, note


def search(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (), date_from: str | None = None,
           date_to: str | None = None, sort: SortKey = "score", limit: int = 20, cursor: str | None = None,
           facets: Sequence[str] = FACETS) -> dict[str, Any]:
    """Return the answer in the form of the contract. Raises QuerySyntax, BadRequest, NotFound for a client that may not be seen."""
    demand(viewer, "read")
    if client is not None:
        archive.catalogue.client(client, viewer)
    found = find(archive, viewer, text, client=client, kinds=tuple(kinds), date_from=date_from, date_to=date_to, sort=sort,
                 limit=limit, cursor=cursor, facets=tuple(facets)).as_json()
    # The words of a query may name people, and the custody log is for ever: it gets their digest.
    note(archive, viewer, "searched", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), client=client, total=found["total"])
    return found
