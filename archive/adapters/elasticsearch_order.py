"""Orders of hits in the words of Elasticsearch, and positions in them. Each is total: the sort key, then record_id."""
from __future__ import annotations

from datetime import date
from typing import Any

from archive.errors import BadRequest
from archive.model.query import IndexHit, Position, SortKey

_ID = {"record_id": {"order": "asc"}}
SORTS: dict[SortKey, list[dict[str, Any]]] = {
    "score": [{"_score": {"order": "desc"}}, _ID],
    "date_desc": [{"date": {"order": "desc", "missing": "_last"}}, _ID],
    "date_asc": [{"date": {"order": "asc", "missing": "_last"}}, _ID],
    "sender": [{"sender_key": {"order": "asc", "missing": "_last"}}, _ID],
    "size_desc": [{"size_bytes": {"order": "desc", "missing": "_last"}}, _ID],
    "size_asc": [{"size_bytes": {"order": "asc", "missing": "_last"}}, _ID],
}
# The sort value that Elasticsearch gives a document without a number, by order. (With a format it could not be given back to it.)
_LOWEST, _HIGHEST = -(1 << 63), (1 << 63) - 1
_NONE: dict[SortKey, int] = {"date_desc": _LOWEST, "date_asc": _HIGHEST, "size_desc": _LOWEST, "size_asc": _HIGHEST}
_DAY_MILLISECONDS = 86_400_000
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def hit_of(hit: Any, sort: SortKey, group: str) -> IndexHit:
    """Return a hit of an answer; `group` is the field whose value it brings along."""
    first, record_id = hit["sort"][:2]  # in a point in time a third value follows, of the engine's own
    values = hit.get("fields", {}).get(group) or [""]
    if sort == "score":
        return IndexHit(record_id, float(first), (float(first), record_id), None, str(values[0]))
    return IndexHit(record_id, 0.0, (_key(first, sort), record_id), None, str(values[0]))


def sort_values(after: Position, sort: SortKey) -> list[float | str | None]:
    """Return a position as `search_after` takes it. Raises BadRequest for one of another order."""
    first, record_id = after
    try:
        if sort == "score":
            return [float(first), record_id]
        if sort == "sender":
            return [str(first) or None, record_id]
        if first == "":
            return [_NONE[sort], record_id]
        if sort in ("size_desc", "size_asc"):
            return [int(first), record_id]
        return [(date.fromisoformat(str(first)).toordinal() - _EPOCH_DAY) * _DAY_MILLISECONDS, record_id]
    except ValueError as error:
        raise BadRequest("The place to go on from is not one of this index.", "Begin again without a cursor.") from error


def _key(first: Any, sort: SortKey) -> float | str:
    if sort == "sender":
        return str(first or "")
    if first is None or first == _NONE[sort]:
        return ""
    if sort in ("size_desc", "size_asc"):
        return int(first)
    return date.fromordinal(first // _DAY_MILLISECONDS + _EPOCH_DAY).isoformat()
