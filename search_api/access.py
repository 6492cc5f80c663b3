"""What a viewer may see, as a filter inside the query: hits, totals, facets and pages are all made under it."""
from __future__ import annotations

from collections.abc import Sequence

from archive.model.query import AllOf, In, MatchAll, MatchNone, Not, Query
from archive.model.viewer import Viewer, audience_of


def permitted(viewer: Viewer, audiences: Sequence[tuple[str, ...]]) -> Query:
    """Return the filter for a viewer; `audiences` are the sets of clients that records have (`Catalogue.audiences`).

    The same rule as `Viewer.sees`: a record about several clients is seen only by who may see them all.
    """
    parts: list[Query] = []
    if viewer.clients is not None:
        seen = sorted({audience_of(clients) for clients in audiences if viewer.sees(clients, False)})
        if not seen:
            return MatchNone()
        parts.append(In("audience", tuple(seen)))
    if not viewer.privileged:
        parts.append(Not(In("privileged", ("true",))))
    if not parts:
        return MatchAll()
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts))
