"""What the catalogue says of itself, so that it can be compared with the objects and the index."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import Database, chunks
from archive.adapters.catalogue.intake import item_of
from archive.model.digest import Digest
from archive.model.item import Item
from archive.ports import LooseEnd

PAGE = 2000


class Agreeing(Database):
    """The part of the catalogue that is compared with others."""

    def marks(self) -> Iterator[tuple[str, int]]:
        def page(c: Connection, after: str) -> tuple[list[tuple[str, int]], str]:
            rows = c.execute(select(t.records.c.record_id, t.records.c.changed_seq).where(t.records.c.record_id > after)
                             .order_by(t.records.c.record_id).limit(PAGE)).all()
            return [(r.record_id, r.changed_seq) for r in rows], rows[-1].record_id if rows else after
        return self.stream(page, "")

    def further_names(self) -> Iterator[tuple[str, Digest, str]]:
        def page(c: Connection, after: tuple[str, str]) -> tuple[list[tuple[str, Digest, str]], tuple[str, str]]:
            record_id, path = after
            rows = c.execute(
                select(t.places.c.record_id, t.places.c.path, t.items.c.digest, t.items.c.inner, t.items.c.path.label("first"))
                .join(t.items, t.items.c.record_id == t.places.c.record_id)
                .where((t.places.c.record_id > record_id) | ((t.places.c.record_id == record_id) & (t.places.c.path > path)))
                .order_by(t.places.c.record_id, t.places.c.path).limit(PAGE)).all()
            # A page may be all first names; a placeholder keeps it from looking like the end.
            found = [(r.record_id, Digest(r.digest), r.path) for r in rows if r.inner is None and r.path != r.first]
            return found or [("", Digest(""), "")] * bool(rows), (rows[-1].record_id, rows[-1].path) if rows else after
        return (name for name in self.stream(page, ("", "")) if name[0])

    def items_of(self, record_ids: Sequence[str]) -> list[Item]:
        out: list[Item] = []
        with self.read() as c:
            for part in chunks(record_ids):
                out += [item_of(row) for row in c.execute(select(t.items).where(t.items.c.record_id.in_(part)))]
        return out

    def loose_ends(self) -> Iterator[LooseEnd]:
        with self.read() as c:
            orphans = c.execute(select(t.records.c.record_id).outerjoin(t.items, t.items.c.record_id == t.records.c.record_id)
                                .where(t.items.c.record_id.is_(None)).order_by(t.records.c.record_id)).scalars().all()
            unread = c.execute(select(t.items.c.record_id).outerjoin(t.records, t.records.c.record_id == t.items.c.record_id)
                               .where(t.items.c.state == "read", t.items.c.container.is_(False), t.records.c.record_id.is_(None))
                               .order_by(t.items.c.record_id)).scalars().all()
        yield from (LooseEnd("record_without_item", record_id) for record_id in orphans)
        yield from (LooseEnd("item_without_record", record_id) for record_id in unread)
