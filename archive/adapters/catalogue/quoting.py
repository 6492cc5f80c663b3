"""Mails that are quoted by others: which of them are held, and which exist only as a quote.

Only what records of known clients quote, and tell in full (sender, time and subject), is noted: the history of a client is what a lost
mail would be missed in.
"""
from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, and_, bindparam, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import Database, Writing, chunks
from archive.adapters.catalogue.intake import item_of
from archive.model.extracted import Extracted
from archive.ports import OpenQuote
from archive.relations import Member, thread_names

PAGE = 200


def own_up(w: Writing, told: Mapping[str, str], derived: set[str]) -> None:
    """Keep which record says a known name of itself; one that came as itself goes before one that was derived."""
    c, n = w.connection, t.thread_nodes.c
    owners: dict[str, str | None] = {}
    for part in chunks(sorted(told)):
        owners.update(c.execute(select(n.message_id, n.own_record).where(n.message_id.in_(part))).all())
    yielding: set[str | None] = {None}
    for part in chunks(sorted({owner for owner in owners.values() if owner})):
        yielding.update(c.execute(select(t.items.c.record_id).where(t.items.c.record_id.in_(part), t.items.c.derived)).scalars())
    named = [{"name": name, "own": record_id} for name, record_id in told.items()
             if name in owners and (owners[name] is None if record_id in derived else owners[name] in yielding)]
    if named:
        c.execute(update(t.thread_nodes).where(n.message_id == bindparam("name")).values(own_record=bindparam("own")), named)


def note_quotes(w: Writing, members: Sequence[Member], quoting: Mapping[str, Extracted]) -> None:
    """Note what new members quote; a derived member closes the quote that it was made of."""
    c = w.connection
    known: set[str] = set()
    for part in chunks(sorted(quoting)):
        known.update(c.execute(select(t.record_clients.c.record_id).where(t.record_clients.c.record_id.in_(part))).scalars())
    derived = {m.record.record_id for m in members if m.record.derived_from}
    w.insert(t.quotes, [
        {"record_id": i, "ordinal": number, "node": name, "state": "open", "derived_id": None}
        for i in sorted(known - derived) for number, names in thread_names(i, quoting[i]).quoted for name in dict.fromkeys(names)], ignore=True)
    for m in members:
        if m.record.derived_from:
            _close(c, m)


def _close(c: Connection, m: Member) -> None:
    q = t.quotes.c
    numbers = list(c.execute(select(q.ordinal).where(q.record_id == m.record.derived_from, q.node.in_(m.own.told.split() or [""])).distinct()).scalars())
    c.execute(update(t.quotes).where(q.record_id == m.record.derived_from, q.ordinal.in_(numbers)).values(state="derived", derived_id=m.record.record_id))


def superseding(c: Connection, members: Sequence[Member]) -> dict[str, str]:
    """Return for derived records the record of the mail itself, where that is held by now; as far as these members bear on it."""
    q, n = t.quotes.c, t.thread_nodes.c
    found: dict[str, str] = {}
    told = sorted({name for m in members for name in m.own.told.split()})
    ids = sorted(m.record.record_id for m in members if m.record.derived_from)
    ours = select(t.items.c.record_id).where(t.items.c.derived)
    for column, values in ((q.node, told), (q.derived_id, ids)):
        for part in chunks(values):
            pairs = select(q.derived_id, n.own_record).join(t.thread_nodes, n.message_id == q.node).where(
                column.in_(part), q.derived_id.is_not(None), n.own_record.is_not(None), n.own_record.not_in(ours)).order_by(n.own_record)
            for derived_id, own in c.execute(pairs):
                found.setdefault(derived_id, own)
    return found


class Quoting(Database):
    """The part of the catalogue that knows what exists only as a quote."""

    def open_quotes(self) -> list[OpenQuote]:
        """Return quotes of mails that are not held, one for each such mail, some at a time; those of held mails are closed on the way."""
        with self.write() as w:
            while names := _page(w.connection):
                _set(w.connection, [key for key, (_, held) in names.items() if held], "held")
                seen: set[str] = set()
                found: list[OpenQuote] = []
                for key, (listed, held) in sorted(names.items()):
                    if held or listed & seen:
                        continue
                    seen |= listed
                    quote = _found(w.connection, *key)
                    if quote is None:
                        _set(w.connection, [key], "held")
                    else:
                        found.append(quote)
                if found:
                    return found
        return []

    def close_quotes(self, quotes: Sequence[OpenQuote]) -> None:
        """Keep that these were looked at, whatever came of it."""
        with self.write() as w:
            _set(w.connection, [(each.item.record_id, each.ordinal) for each in quotes], "held")


def _page(c: Connection) -> dict[tuple[str, int], tuple[set[str], bool]]:
    """Return some open quotes with their names, and whether a held mail says one of these of itself."""
    q, n = t.quotes.c, t.thread_nodes.c
    page = select(q.record_id, q.ordinal).where(q.state == "open").distinct().order_by(q.record_id, q.ordinal).limit(PAGE).subquery()
    rows = c.execute(select(q.record_id, q.ordinal, q.node, n.own_record).join(
        page, and_(page.c.record_id == q.record_id, page.c.ordinal == q.ordinal)).outerjoin(t.thread_nodes, n.message_id == q.node)).all()
    out: dict[tuple[str, int], tuple[set[str], bool]] = {}
    for r in rows:
        listed, held = out.get((r.record_id, r.ordinal), (set(), False))
        out[r.record_id, r.ordinal] = (listed | {r.node}, held or r.own_record is not None)
    return out


def _set(c: Connection, keys: Sequence[tuple[str, int]], state: str) -> None:
    q = t.quotes.c
    for record_id, ordinal in keys:
        c.execute(update(t.quotes).where(q.record_id == record_id, q.ordinal == ordinal, q.state == "open").values(state=state))


def _found(c: Connection, record_id: str, ordinal: int) -> OpenQuote | None:
    row = c.execute(
        select(t.items, t.readings.c.extracted_body, t.texts.c.body.label("text")).join(t.readings, t.readings.c.record_id == t.items.c.record_id)
        .join(t.texts, t.texts.c.text_digest == t.readings.c.text_digest).where(t.items.c.record_id == record_id)).one_or_none()
    x = msgspec.msgpack.decode(zlib.decompress(row.extracted_body), type=Extracted) if row else None
    if row is None or x is None or ordinal >= len(x.quoted):
        return None
    quote = x.quoted[ordinal]
    words = zlib.decompress(row.text).decode()[quote.start:quote.end]
    return OpenQuote(item_of(row), ordinal, quote, x.subject, words) if words.strip() else None
