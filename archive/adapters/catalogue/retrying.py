"""Which items are read again: those that were not read well, and those of which a member could not be had."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from sqlalchemy import Connection, or_, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.counting import standing
from archive.adapters.catalogue.database import chunks
from archive.model.run import Retrying


def to_read_again(c: Connection, wanted: Retrying) -> list[str]:
    """Return the record_ids of the items that are wanted, in the order in which they came; none that waits to be read already."""
    named = set(wanted.record_ids)
    ids = {record_id for record_id, place in _candidates(c, wanted) if _matches(place, wanted.paths) and (not named or record_id in named)}
    if named and not wanted.codes:
        ids |= named
    found: list[tuple[int, str]] = []
    for part in chunks(sorted(ids)):
        found += c.execute(select(t.items.c.arrival, t.items.c.record_id).where(t.items.c.record_id.in_(part), t.items.c.state == "read")).all()
    return [record_id for _, record_id in sorted(found)]


def _candidates(c: Connection, wanted: Retrying) -> Iterator[tuple[str, tuple[str, str | None]]]:
    """Yield (record_id, place) of items that were not read well, then of those that hold a member which was not, with the member's place."""
    unread = select(t.outcomes.c.record_id).where(t.outcomes.c.status.in_(("failed", "skipped")))
    lost = select(t.troubles.c.parent_id, t.troubles.c.path, t.troubles.c.inner).where(t.troubles.c.parent_id.is_not(None), standing())
    if wanted.codes:
        unread = unread.where(t.outcomes.c.code.in_(wanted.codes))
        lost = lost.where(t.troubles.c.code.in_(wanted.codes))
    items = select(t.items.c.record_id, t.items.c.path, t.items.c.inner).where(t.items.c.record_id.in_(unread))
    if wanted.run_id:
        of_run = select(t.met.c.record_id).where(t.met.c.run_id == wanted.run_id)
        items = items.where(t.items.c.record_id.in_(of_run))
        lost = lost.where(or_(t.troubles.c.run_id == wanted.run_id, t.troubles.c.parent_id.in_(of_run)))
    for statement in (items, lost):
        for record_id, path, inner in c.execute(statement):
            yield record_id, (path, inner)


def _matches(place: tuple[str, str | None], patterns: Sequence[str]) -> bool:
    path, inner = place
    names = (path,) if inner is None else (path, f"{path}#{inner}")
    return not patterns or any(fnmatchcase(name, pattern) or fnmatchcase(name, f"*/{pattern}") for name in names for pattern in patterns)
