"""Hits collapsed by thread, family or copies: the first of each group in the order asked for stands for it.

Which hit is the first of its group is asked of the index in the same state, so a page needs to know nothing of the pages before it.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from archive.model.query import AllOf, AnyOf, Exists, In, IndexHit, IndexHits, Query, SearchRequest
from archive.ports import SearchIndex

Collapse = Literal["thread", "family", "duplicates"]
COLLAPSES: tuple[Collapse, ...] = ("thread", "family", "duplicates")
FIELDS: dict[Collapse, str] = {"thread": "thread", "family": "family", "duplicates": "duplicate_of"}

_CHUNK_MIN, _CHUNK_MAX, _PAGE, _VALUES = 100, 1000, 2000, 1000


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its first hit, and all its matching record_ids in the order asked for, that one first."""
    first: IndexHit
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collapsed:
    """A page of groups; `more` says that others follow. `answer` is what the index said first (total, facets, state)."""
    groups: tuple[Group, ...]
    more: bool
    answer: IndexHits


def collapsed(index: SearchIndex, request: SearchRequest, by: Collapse) -> Collapsed:
    """Return up to `request.limit` groups after `request.after`."""
    wanted = request.limit + 1
    chunk = max(_CHUNK_MIN, min(_CHUNK_MAX, 2 * wanted))
    asked = replace(request, limit=chunk, group=FIELDS[by])
    answer = first = index.search(asked)
    out: list[Group] = []
    while True:
        members = _local(answer.hits, by) if len(answer.hits) == answer.total else _members(index, asked, answer, by)
        for hit in answer.hits:
            ids = members[_key(hit, by)]
            if ids[0] == hit.record_id:
                out.append(Group(hit, tuple(ids)))
        if len(out) >= wanted or len(answer.hits) < chunk or not answer.point:
            return Collapsed(tuple(out[:request.limit]), len(out) > request.limit, first)
        last = answer.hits[-1]
        asked = replace(asked, after=last.position, after_rank=last.rank, point=answer.point, facets=())
        answer = index.search(asked)


def count_groups(index: SearchIndex, query: Query, permitted: Query, total: int, by: Collapse) -> int:
    """Return how many groups the `total` hits fall into, exactly."""
    field, groups, primaries = FIELDS[by], 0, 0
    values = index.values(query, permitted, field)
    while part := tuple(islice(values, _VALUES)):
        groups += len(part)
        if by == "duplicates":
            primaries += index.count(AllOf((query, permitted, In("record_id", part))))
    alone = total - index.count(AllOf((query, permitted, Exists(field)))) if total else 0
    return groups + alone - primaries


def _key(hit: IndexHit, by: Collapse) -> str:
    return hit.group or f"\0{hit.record_id}" if by != "duplicates" else hit.group or hit.record_id


def _local(hits: Sequence[IndexHit], by: Collapse) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for hit in hits:
        out.setdefault(_key(hit, by), []).append(hit.record_id)
    return out


def _members(index: SearchIndex, request: SearchRequest, answer: IndexHits, by: Collapse) -> dict[str, list[str]]:
    """Return all matching record_ids of the groups that these hits belong to, in order."""
    out = {_key(hit, by): list[str]() for hit in answer.hits}
    keys = tuple(key for key in out if not key.startswith("\0"))
    out.update((key, [key[1:]]) for key in out if key.startswith("\0"))
    for start in range(0, len(keys), _VALUES):
        part = keys[start:start + _VALUES]
        among: Query = In(FIELDS[by], part)
        if by == "duplicates":
            among = AnyOf((among, In("record_id", part)))
        for hit in _all(index, replace(request, permitted=AllOf((request.permitted, among)), after=None, after_rank=None, point=answer.point,
                                       facets=(), limit=_PAGE, shown=None)):
            out.setdefault(_key(hit, by), []).append(hit.record_id)
    return out


def _all(index: SearchIndex, request: SearchRequest) -> Iterator[IndexHit]:
    while True:
        answer = index.search(request)
        yield from answer.hits
        if len(answer.hits) < request.limit:
            return
        last = answer.hits[-1]
        request = replace(request, after=last.position, after_rank=last.rank)
