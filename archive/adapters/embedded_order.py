"""Hits of the embedded engine in a total order: the sort key, then record_id; entries without the key come last.

The engine orders by one key only and ties as it likes.  Whole groups of equal keys are put in order here; of the last group only as many
as are wanted are fetched, in order of record_id, from a column that holds its first 60 bits.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import tantivy

from archive.adapters.embedded_query import integers_between, restricted
from archive.adapters.embedded_schema import DATE_ASC, DATE_DESC, ID_HIGH, ID_LOW, date_order, day_of_order, id_numbers, record_id
from archive.errors import BadRequest
from archive.model.query import IndexHit, SearchRequest

NOT_HERE = "The place to go on from is not one of this index."
AGAIN = "Begin again without a cursor."

_KEYED = {"sender": ("sender_key", tantivy.Order.Asc), "size_desc": ("size_bytes", tantivy.Order.Desc), "size_asc": ("size_bytes", tantivy.Order.Asc)}
_Q = tantivy.Query


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to one searcher: `level` is the score that all hits share, None where scores differ; `fixed`: the state is one that is kept."""
    searcher: Any
    schema: Any
    query: Any
    total: int
    level: float | None
    fixed: bool


def hits(asked: Asked, request: SearchRequest) -> tuple[IndexHit, ...]:
    """Return the hits that a request wants."""
    try:
        if request.sort in _KEYED:
            return _by_key(asked, request)
        if request.sort == "score" and asked.level is None:
            return _by_score(asked, request)
        return _by_column(asked, request)
    except (ValueError, TypeError) as error:
        if request.after is not None and isinstance(error, (_Elsewhere, TypeError)):
            raise BadRequest(NOT_HERE, AGAIN) from error
        raise


class _Elsewhere(ValueError):
    """A position that no hit of this order can have."""


def ids_of(searcher: Any, addresses: list[Any]) -> list[str]:
    if not addresses:
        return []
    highs, lows = searcher.fast_field_values(ID_HIGH, addresses), searcher.fast_field_values(ID_LOW, addresses)
    return [record_id(high, low) for high, low in zip(highs, lows, strict=True)]


def ids_after(searcher: Any, schema: Any, query: Any, after: str | None, limit: int) -> list[str]:
    """Return the first record_ids, ascending, of those that match and come after one (None: from the first)."""
    place = _high(after) if after else None
    if place is not None:
        query = restricted(query, integers_between(schema, ID_HIGH, place, None))
    wanted = limit + 1
    while True:
        found = searcher.search(query, wanted, False, order_by_field=ID_HIGH, order=tantivy.Order.Asc).hits
        # Ids that share the first 60 bits are put in order here, so their group must be whole.
        closed = found if len(found) < wanted else [hit for hit in found if hit[0] < found[-1][0]]
        names = [name for name in sorted(ids_of(searcher, [address for _, address in closed])) if after is None or name > after]
        if len(names) >= limit or len(found) < wanted:
            return names[:limit]
        wanted *= 2


def ids(searcher: Any, schema: Any, query: Any, page: int = 50_000) -> Iterator[str]:
    """Return all record_ids that match, ascending."""
    after = None
    while True:
        names = ids_after(searcher, schema, query, after, page)
        yield from names
        if len(names) < page:
            return
        after = names[-1]


def groups_of(searcher: Any, schema: Any, names: list[str], field: str) -> dict[str, str]:
    """Return the values that these entries have in a keyword field; an entry without one is left out."""
    out: dict[str, str] = {}
    for start in range(0, len(names), 1000):
        part = names[start:start + 1000]
        found = searcher.search(_Q.term_set_query(schema, "record_id", part), len(part), False, order_by_field=field, order=tantivy.Order.Asc).hits
        out.update((name, str(value)) for name, (value, _) in zip(ids_of(searcher, [a for _, a in found]), found, strict=True) if value is not None)
    return out


def _high(name: str) -> int:
    try:
        return id_numbers(name)[0]
    except (ValueError, TypeError, AttributeError) as error:
        raise _Elsewhere("no record_id") from error


def _by_score(asked: Asked, request: SearchRequest) -> tuple[IndexHit, ...]:
    """Return hits by score, then record_id. In a state that is kept, those of the pages before are passed over by their number."""
    try:
        after = None if request.after is None else (-float(request.after[0]), request.after[1])
    except ValueError as error:
        raise _Elsewhere("no score") from error
    offset = request.after_rank or 0 if asked.fixed and after is not None else 0
    room, wanted = asked.total - offset, request.limit + 1
    while True:
        wanted = max(1, min(wanted, room))
        found = asked.searcher.search(asked.query, wanted, False, offset=offset).hits
        # The last score may go on behind what was fetched: those hits are in order only when all are here.
        closed = found if wanted >= room else [hit for hit in found if hit[0] > found[-1][0]]
        names = ids_of(asked.searcher, [address for _, address in closed])
        first = {-score: offset + number for number, (score, _) in reversed(list(enumerate(closed)))}
        ordered = sorted(zip((-score for score, _ in closed), names, strict=True))
        rest = [place for place in ordered if after is None or place > after]
        if len(rest) >= request.limit or wanted >= room:
            return tuple(IndexHit(name, -score, (-score, name), first[score]) for score, name in rest[:request.limit])
        wanted *= 2


def _by_column(asked: Asked, request: SearchRequest) -> tuple[IndexHit, ...]:
    """Return hits in the order of a column that holds the whole order but for the last bits of the record_id."""
    searcher, query = asked.searcher, asked.query
    if request.sort == "score":
        level, last = asked.level or 0.0, request.after[1] if request.after else None
        return tuple(IndexHit(name, level, (level, name)) for name in ids_after(searcher, asked.schema, query, last, request.limit))
    column = DATE_DESC if request.sort == "date_desc" else DATE_ASC
    after: tuple[int, str] | None = None
    if request.after is not None:
        high = _high(request.after[1])
        try:
            after = (date_order(column, str(request.after[0]), high), request.after[1])
        except ValueError as error:
            raise _Elsewhere("no day") from error
        query = restricted(query, integers_between(asked.schema, column, after[0], None))
    wanted = request.limit + 1
    while True:
        found = searcher.search(query, wanted, False, order_by_field=column, order=tantivy.Order.Asc).hits
        closed = found if len(found) < wanted else [hit for hit in found if hit[0] < found[-1][0]]
        names = ids_of(searcher, [address for _, address in closed])
        rest = [place for place in sorted(zip((key for key, _ in closed), names, strict=True)) if after is None or place > after]
        if len(rest) >= request.limit or len(found) < wanted:
            return tuple(IndexHit(name, 0.0, (day_of_order(column, place), name)) for place, name in rest[:request.limit])
        wanted *= 2


def _by_key(asked: Asked, request: SearchRequest) -> tuple[IndexHit, ...]:
    """Return hits by sender or size, then record_id."""
    field, order = _KEYED[request.sort]
    searcher, out, offset = asked.searcher, list[IndexHit](), 0

    def members(key: Any, first: int, after: str | None, limit: int) -> list[IndexHit]:
        names = ids_after(searcher, asked.schema, restricted(asked.query, _having(asked.schema, field, key)), after, limit)
        return [IndexHit(name, 0.0, ("" if key is None else key, name), first) for name in names]

    if request.after is not None:
        given, last = request.after
        try:
            key = None if given == "" else str(given) if field == "sender_key" else int(given)
        except ValueError as error:
            raise _Elsewhere("no number") from error
        offset = request.after_rank if asked.fixed and request.after_rank is not None else _rank(asked, field, order, key)
        out = members(key, offset, last, request.limit)
        offset += int(searcher.search(restricted(asked.query, _having(asked.schema, field, key)), 1, True).count)
    while len(out) < request.limit:
        wanted = request.limit - len(out) + 1
        found = searcher.search(asked.query, wanted, False, order_by_field=field, order=order, offset=offset).hits
        groups = [(key, [address for _, address in group]) for key, group in groupby(found, key=lambda hit: hit[0])]
        for number, (key, addresses) in enumerate(groups):
            if number < len(groups) - 1 or len(found) < wanted:
                out += [IndexHit(name, 0.0, ("" if key is None else key, name), offset) for name in sorted(ids_of(searcher, addresses))]
            else:
                out += members(key, offset, None, request.limit - len(out))
            offset += len(addresses)
        if len(found) < wanted:
            break
    return tuple(out[:request.limit])


def _having(schema: Any, field: str, key: str | int | None) -> Any:
    if key is None:
        return _Q.boolean_query([(tantivy.Occur.Must, _Q.all_query()), (tantivy.Occur.MustNot, _Q.exists_query(field))])
    return integers_between(schema, field, key, key) if isinstance(key, int) else _Q.term_query(schema, field, key, "basic")


def _rank(asked: Asked, field: str, order: Any, key: str | int | None) -> int:
    """Return how many hits have a better key, where the cursor does not tell."""
    if isinstance(key, int):
        low, high = (key + 1, None) if order == tantivy.Order.Desc else (None, key - 1)
        return int(asked.searcher.search(restricted(asked.query, integers_between(asked.schema, field, low, high)), 1, True).count)
    if key is None:
        return int(asked.searcher.search(restricted(asked.query, _Q.exists_query(field)), 1, True).count)
    offset, page = 0, 10_000
    while found := asked.searcher.search(asked.query, page, False, order_by_field=field, order=order, offset=offset).hits:
        better = [value for value, _ in found if value is not None and value < key]
        offset += len(better)
        if len(better) < len(found):
            break
    return offset
