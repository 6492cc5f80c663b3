"""Which corrections hold for which records. No writing in here."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import chunks
from archive.corrected import in_force
from archive.model.correction import Correction
from archive.relations import Member

Holding = dict[str, dict[str, Correction]]
"""By record, then by what it is about."""


def decode(body: bytes) -> Correction:
    return msgspec.msgpack.decode(body, type=Correction)


def holding_for(c: Connection, records: Sequence[tuple[str, str]]) -> Holding:
    """Return the corrections that hold for these (record_id, copy_key): their own, and those of their copies that are about the content."""
    own: dict[str, list[Correction]] = {}
    shared: dict[str, list[Correction]] = {}
    n, r = t.corrections.c, t.records.c
    for part in chunks([record_id for record_id, _ in records]):
        for record_id, body in c.execute(select(n.record_id, n.body).where(n.record_id.in_(part), n.withdrawn_at.is_(None))):
            own.setdefault(record_id, []).append(decode(body))
    for part in chunks(sorted({key for _, key in records})):
        rows = c.execute(select(r.copy_key, n.body).join(t.records, r.record_id == n.record_id).where(r.copy_key.in_(part), n.withdrawn_at.is_(None)))
        for key, body in rows:
            shared.setdefault(key, []).append(decode(body))
    out: Holding = {}
    for record_id, key in records:
        others = [each for each in shared.get(key, ()) if each.record_id != record_id and each.of_content]
        if mine := in_force([*own.get(record_id, ()), *others]):
            out[record_id] = mine
    return out


def followers(c: Connection, members: Sequence[Member], holding: Mapping[str, Mapping[str, Correction]]) -> set[str]:
    """Return the held copies of members that are corrected themselves; those copies have to follow."""
    keys = sorted({m.copy_key for m in members if any(x.record_id == m.record.record_id for x in holding.get(m.record.record_id, {}).values())})
    ours = {m.record.record_id for m in members}
    out: set[str] = set()
    for part in chunks(keys):
        out.update(c.execute(select(t.records.c.record_id).where(t.records.c.copy_key.in_(part))).scalars())
    return out - ours


def group_of(record_id: str) -> Select[Any]:
    """Return the query for a record and all its copies."""
    key = select(t.records.c.copy_key).where(t.records.c.record_id == record_id).scalar_subquery()
    return select(t.records.c.record_id).where(t.records.c.copy_key == key)
