"""What is asked of the catalogue. Every question takes the viewer, and the filter stands inside the query."""
from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select, tuple_

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import CHUNK, chunks, clean
from archive.adapters.catalogue.intake import item_of
from archive.adapters.catalogue.keeping import Keeping
from archive.adapters.catalogue.members import decode_record
from archive.errors import NotFound
from archive.model.extracted import Extracted, Identified
from archive.model.fact import Enriched, Fact, Word
from archive.model.item import Item
from archive.model.outcome import Done
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer, audience_of, clients_of
from archive.ports import Changed, IndexHealth, RecordFilter

PAGE = 200
LAST = "\U0010ffff"
"""Sorts after every character that a name begins to differ with."""
NOTHING = Extracted(Done())


class Asking(Keeping):
    """The part of the catalogue that is read."""

    # ------------------------------------------------------------ the change log

    def changes(self, after: int, limit: int) -> list[Changed]:
        with self.read() as c:
            rows = c.execute(
                select(t.records.c.changed_seq, t.records.c.body, t.texts.c.body.label("text"))
                .join(t.texts, t.texts.c.text_digest == t.records.c.text_digest)
                .where(t.records.c.changed_seq > after).order_by(t.records.c.changed_seq).limit(limit)).all()
            reads = [ReadRecord(decode_record(r.body), zlib.decompress(r.text).decode()) for r in rows]
            ids = [read.record.record_id for read in reads]
            tags, facts = tags_of(c, ids), _facts_of(c, ids)
        return [Changed(r.changed_seq, replace(read, tags=tags.get(read.record.record_id, ()), facts=tuple(facts.get(read.record.record_id, ()))))
                for r, read in zip(rows, reads, strict=True)]

    def last_change(self) -> int:
        with self.read() as c:
            return int(c.execute(select(func.max(t.records.c.changed_seq))).scalar() or 0)

    def watermark(self, version: str) -> int:
        with self.read() as c:
            return int(c.execute(select(t.index_versions.c.watermark).where(t.index_versions.c.version == version)).scalar() or 0)

    def set_watermark(self, version: str, seq: int) -> None:
        with self.write() as w:
            w.insert(t.index_versions, [{"version": version, "watermark": seq}], replace=("watermark",))

    # ------------------------------------------------------------ records

    def record(self, record_id: str, viewer: Viewer) -> Record:
        with self.read() as c:
            body = c.execute(select(t.records.c.body).where(t.records.c.record_id == record_id, self._sees(c, viewer))).scalar()
            if body is None:
                raise _unknown(record_id)
            return self._unlinked(c, [decode_record(body)], viewer)[0]

    def read_record(self, record_id: str, viewer: Viewer) -> ReadRecord:
        found = list(self.read_records(RecordFilter(record_ids=(record_id,)), viewer))
        if not found:
            raise _unknown(record_id)
        return found[0]

    def records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[Record]:
        def page(c: Connection, after: tuple[Any, ...] | None) -> tuple[list[Record], tuple[Any, ...] | None]:
            rows = c.execute(self._page(c, wanted, viewer, after, PAGE)).all()
            return self._unlinked(c, [decode_record(r.body) for r in rows], viewer), _position(rows[-1]) if rows else after
        return self.stream(page, None)

    def read_records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[ReadRecord]:
        if wanted.clients:
            yield from self._of_clients(wanted, viewer)
            return

        def page(c: Connection, after: tuple[Any, ...] | None) -> tuple[list[ReadRecord], tuple[Any, ...] | None]:
            rows = c.execute(self._page(c, wanted, viewer, after, PAGE)).all()
            records = self._unlinked(c, [decode_record(r.body) for r in rows], viewer)
            return self._filled(c, records, viewer), _position(rows[-1]) if rows else after
        yield from self.stream(page, None)

    def _of_clients(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[ReadRecord]:
        """Yield the records of clients: their order is made once, since a client has few records beside all that there are."""
        with self.read() as c:
            statement = self._page(c, wanted, viewer, None, None).with_only_columns(t.records.c.record_id)
            ids = list(c.execute(statement).scalars())
        for part in chunks(ids, PAGE):
            with self.read() as c:
                rows = c.execute(select(t.records.c.record_id, t.records.c.body).where(t.records.c.record_id.in_(part), self._sees(c, viewer))).all()
                found = {r.record_id: decode_record(r.body) for r in rows}
                reads = self._filled(c, self._unlinked(c, [found[i] for i in part if i in found], viewer), viewer)
            yield from reads

    def texts(self, record_ids: Sequence[str], viewer: Viewer) -> dict[str, str]:
        out: dict[str, str] = {}
        with self.read() as c:
            for part in chunks(record_ids):
                rows = c.execute(select(t.records.c.record_id, t.texts.c.body).join(t.texts, t.texts.c.text_digest == t.records.c.text_digest)
                                 .where(t.records.c.record_id.in_(part), self._sees(c, viewer))).all()
                out.update((r.record_id, zlib.decompress(r.body).decode()) for r in rows)
        return out

    def audiences(self) -> list[tuple[str, ...]]:
        with self.read() as c:
            return _audiences(c)

    def item(self, record_id: str, viewer: Viewer) -> Item:
        with self.read() as c:
            row = c.execute(select(t.items).where(t.items.c.record_id == record_id)).one_or_none()
            seen = c.execute(select(t.records.c.record_id).where(t.records.c.record_id == record_id, self._sees(c, viewer))).scalar()
        whole = viewer.clients is None and viewer.privileged
        if row is None or not (seen or (row.container and whole)):
            raise _unknown(record_id)
        return item_of(row)

    def items(self) -> Iterator[Item]:
        def page(c: Connection, after: str) -> tuple[list[Item], str]:
            rows = c.execute(select(t.items).where(t.items.c.record_id > after).order_by(t.items.c.record_id).limit(PAGE)).all()
            return [item_of(r) for r in rows], rows[-1].record_id if rows else after
        return self.stream(page, "")

    def held_below(self, prefix: str) -> dict[str, str]:
        prefix = clean(prefix)
        start, column = prefix[:t.PLACE_CHARS], t.items.c.place_start
        found: dict[str, str] = {}
        with self.read() as c:
            rows = c.execute(select(t.items.c.canonical, t.items.c.record_id).where(column >= start, column < start + LAST)
                             .order_by(t.items.c.arrival))
            found.update((canonical, record_id) for canonical, record_id in rows if canonical.startswith(prefix))
        return found

    def count_records(self) -> int:
        return self.count(t.records)

    def count_items(self) -> int:
        return self.count(t.items)

    def health(self) -> IndexHealth:
        with self.read() as c:
            c.execute(select(t.heads.c.name).limit(1)).all()
        return IndexHealth(True, "catalogue answers")

    # ------------------------------------------------------------ reading anew what was read

    def readings(self, after: str, limit: int) -> list[tuple[Item, Identified, Extracted]]:
        return self._readings(and_(t.items.c.record_id > after, t.items.c.container.is_(False)), limit)

    def readings_of(self, record_ids: Sequence[str]) -> list[tuple[Item, Identified, Extracted]]:
        """Return these items with what was extracted, in order of record_id; those that were not read are left out."""
        return [each for part in chunks(sorted(set(record_ids))) for each in self._readings(t.items.c.record_id.in_(part), CHUNK)]

    def _readings(self, rule: ColumnElement[bool], limit: int) -> list[tuple[Item, Identified, Extracted]]:
        with self.read() as c:
            rows = c.execute(
                select(t.items, t.readings.c.format, t.readings.c.format_basis, t.readings.c.mime, t.readings.c.extracted_body, t.texts.c.body.label("text"))
                .join(t.readings, t.readings.c.record_id == t.items.c.record_id).join(t.texts, t.texts.c.text_digest == t.readings.c.text_digest)
                .where(rule).order_by(t.items.c.record_id).limit(limit)).all()
        return [(item_of(r), Identified(r.format, r.mime, r.format_basis),
                 replace(_extracted(r.extracted_body), text=zlib.decompress(r.text).decode())) for r in rows]

    # ------------------------------------------------------------ inside

    def _sees(self, c: Connection, viewer: Viewer) -> ColumnElement[bool]:
        """Return the condition under which a viewer sees a record: the same rule as `Viewer.sees`."""
        rules: list[ColumnElement[bool]] = []
        if not viewer.privileged:
            rules.append(t.records.c.privileged.is_(False))
        if viewer.clients is not None:
            seen = [audience_of(a) for a in _audiences(c) if a and set(a) <= viewer.clients]
            rules.append(t.records.c.audience.in_(seen) if seen else false())
        return and_(*rules) if rules else t.records.c.record_id.is_not(None)

    def _page(self, c: Connection, wanted: RecordFilter, viewer: Viewer, after: tuple[Any, ...] | None, limit: int | None) -> Select[Any]:
        day = func.coalesce(t.records.c.date, "9999")
        statement = select(t.records.c.record_id, t.records.c.body, t.records.c.path, t.records.c.position, day.label("day")).where(self._sees(c, viewer))
        for column, values in ((t.records.c.kind, wanted.kinds), (t.records.c.record_id, wanted.record_ids), (t.records.c.family_id, wanted.family_ids),
                               (t.records.c.thread_id, wanted.thread_ids)):
            if values:
                statement = statement.where(column.in_(values))
        if wanted.record_types:
            statement = statement.where(or_(*(t.records.c.record_types.contains(f"|{x}|", autoescape=True) for x in wanted.record_types)))
        if wanted.clients:
            of = select(t.record_clients.c.record_id).where(t.record_clients.c.client_id.in_(wanted.clients))
            statement = statement.where(t.records.c.record_id.in_(of))
        if after is not None:
            statement = statement.where(tuple_(day, t.records.c.path, t.records.c.position) > tuple_(*after))
        return statement.order_by(day, t.records.c.path, t.records.c.position).limit(limit)

    def _unlinked(self, c: Connection, records: Sequence[Record], viewer: Viewer) -> list[Record]:
        """Return the records without links to others that the viewer may not see."""
        if viewer.clients is None and viewer.privileged:
            return list(records)
        linked = sorted({x for r in records for x in (r.duplicate_of, r.near_duplicate_of, r.parent_id, r.family_id) if x})
        seen: set[str] = set()
        for part in chunks(linked):
            seen.update(c.execute(select(t.records.c.record_id).where(t.records.c.record_id.in_(part), self._sees(c, viewer))).scalars())
        return [replace(
            r, duplicate_of=r.duplicate_of if r.duplicate_of in seen else None,
            near_duplicate_of=r.near_duplicate_of if r.near_duplicate_of in seen else None,
            parent_id=r.parent_id if r.parent_id in seen else None, family_id=r.family_id if r.family_id in seen else r.record_id,
            bases={k: v for k, v in r.bases.items() if not k.startswith("client ") or viewer.sees_client(k[7:])}) for r in records]

    def _filled(self, c: Connection, records: Sequence[Record], viewer: Viewer) -> list[ReadRecord]:
        ids = [r.record_id for r in records]
        bodies: dict[str, Any] = {}
        for part in chunks(ids):
            for row in c.execute(select(t.readings.c.record_id, t.readings.c.extracted_body, t.readings.c.enriched_body, t.texts.c.body.label("text"))
                                 .join(t.texts, t.texts.c.text_digest == t.readings.c.text_digest).where(t.readings.c.record_id.in_(part))):
                bodies[row.record_id] = row
        tags, facts = tags_of(c, ids), self._discreet(c, _facts_of(c, ids), viewer)
        out = []
        for r in records:
            kept = bodies.get(r.record_id)
            x = _extracted(kept.extracted_body) if kept else NOTHING
            e = msgspec.msgpack.decode(kept.enriched_body, type=Enriched) if kept and kept.enriched_body else None
            out.append(ReadRecord(r, zlib.decompress(kept.text).decode() if kept else "", x.pages, x.segments, x.tables, x.metadata,
                                  tuple(facts.get(r.record_id, ())), e.clients if e else (), tags.get(r.record_id, ())))
        return out

    def _discreet(self, c: Connection, facts: dict[str, list[Fact]], viewer: Viewer) -> dict[str, list[Fact]]:
        """Return facts without the reasons and names that the viewer may not read: of corrections made on copies that it may not see, and the reasons
        of people who could see privileged records."""
        words = {f.word.record_id for listed in facts.values() for f in listed if f.word}
        if not words or (viewer.clients is None and viewer.privileged):
            return facts
        seen: set[str] = set()
        for part in chunks(sorted(words)):
            seen.update(c.execute(select(t.records.c.record_id).where(t.records.c.record_id.in_(part), self._sees(c, viewer))).scalars())

        def told(word: Word) -> Word:
            if word.record_id not in seen:
                return replace(word, record_id="", actor="", why="")
            return replace(word, why="") if word.insider and not viewer.privileged else word
        return {i: [replace(f, word=told(f.word)) if f.word else f for f in listed] for i, listed in facts.items()}


def _extracted(body: bytes) -> Extracted:
    return msgspec.msgpack.decode(zlib.decompress(body), type=Extracted)


def tags_of(c: Connection, record_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags of records as people wrote them, in alphabetical order; records without one are left out."""
    found: dict[str, list[str]] = {}
    for part in chunks(record_ids):
        rows = c.execute(select(t.labels.c.record_id, t.labels.c.value).distinct().where(
            t.labels.c.record_id.in_(part), t.labels.c.kind == "tag", t.labels.c.removed_by.is_(None)))
        for record_id, value in rows:
            found.setdefault(record_id, []).append(value)
    return {record_id: tuple(sorted(values)) for record_id, values in found.items()}


def _facts_of(c: Connection, record_ids: Sequence[str]) -> dict[str, list[Fact]]:
    """Return the facts of records in the order in which they were read; records without one are left out."""
    facts: dict[str, list[Fact]] = {}
    for part in chunks(record_ids):
        found = select(t.facts.c.record_id, t.facts.c.body).where(t.facts.c.record_id.in_(part)).order_by(t.facts.c.fact_id)
        for record_id, body in c.execute(found):
            facts.setdefault(record_id, []).append(msgspec.msgpack.decode(body, type=Fact))
    return facts


def _audiences(c: Connection) -> list[tuple[str, ...]]:
    found = c.execute(select(t.records.c.audience).distinct().order_by(t.records.c.audience)).scalars()
    return [clients_of(a) for a in found]


def _position(row: Any) -> tuple[Any, ...]:
    return row.day, row.path, row.position


def _unknown(record_id: str) -> NotFound:
    return NotFound(f"There is no record {record_id[:40]!r}.", "`casetrail records` lists those you may see.")
