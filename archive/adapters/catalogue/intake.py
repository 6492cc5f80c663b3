"""Runs, what they met, and the items that still have to be read."""
from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from sqlalchemy import Column, Row, RowMapping, Select, insert, literal, or_, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.counting import Counting, counts_of, had_after_all, standing
from archive.adapters.catalogue.database import Writing, chunks, clean
from archive.adapters.catalogue.retrying import to_read_again
from archive.clock import stamp
from archive.model.custody import Event
from archive.model.digest import Digest
from archive.model.item import Item, Place, record_id_of
from archive.model.run import Retrying, RunReport, Trouble
from archive.owner import owner_alive, owner_name
from archive.ports import Known, Pending

LEASE = timedelta(hours=1)


class Intake(Counting):
    """The part of the catalogue that takes in."""

    # ------------------------------------------------------------ runs

    def begin_run(self, source: str, paths: Sequence[str], actor: str, custodian: str, client_given: str) -> str:
        with self.write() as w:
            run_id = f"{w.at[:19].replace(':', '').replace('-', '')}-{secrets.token_hex(4)}"
            open_runs = w.connection.execute(select(t.runs.c.run_id, t.runs.c.owner).where(t.runs.c.status == "running")).all()
            dead = [r.run_id for r in open_runs if not owner_alive(r.owner)]
            if dead:
                w.connection.execute(update(t.runs).where(t.runs.c.run_id.in_(dead)).values(status="interrupted"))
            w.insert(t.runs, [{
                "run_id": run_id, "source": clean(source), "custodian": clean(custodian), "client_given": client_given, "actor": actor,
                "owner": owner_name(), "paths": json.dumps([clean(p) for p in paths]), "started_at": w.at, "ended_at": None,
                "status": "running", "met": None}])
            w.log(Event("run_started", actor, run_id, {"source": clean(source)}))
        return run_id

    def end_run(self, run_id: str, status: Literal["finished", "interrupted"], met: int) -> RunReport:
        with self.write() as w:
            w.connection.execute(update(t.runs).where(t.runs.c.run_id == run_id).values(ended_at=w.at, status=status, met=met))
            actor = w.connection.execute(select(t.runs.c.actor).where(t.runs.c.run_id == run_id)).scalar_one()
            w.log(Event("run_ended", actor, run_id, {"status": status, "met": met, "counts": counts_of(w.connection, run_id)}))
        return self.run_report(run_id)

    def refuse(self, run_id: str, troubles: Sequence[tuple[Trouble, str | None]]) -> int:
        if not troubles:
            return 0
        with self.write() as w:
            roots = _of_items(w.connection, t.items.c.root_id, [parent for _, parent in troubles if parent])
            there = {(r.path, r.inner) for r in w.connection.execute(
                select(t.troubles.c.path, t.troubles.c.inner).where(t.troubles.c.run_id == run_id, t.troubles.c.root_id.in_(sorted(set(roots.values())))))}
            rows = [{
                "run_id": run_id, "root_id": roots.get(parent or ""), "parent_id": parent, "path": clean(x.path), "inner": clean(x.inner) if x.inner else None,
                "result": x.result, "code": x.code, "reason": clean(x.reason)} for x, parent in troubles]
            new = [r for r in rows if (r["path"], r["inner"]) not in there]
            w.insert(t.troubles, new)
        return len(new)

    # ------------------------------------------------------------ taking in

    def known(self, places: Sequence[tuple[Place, Digest]]) -> list[Known | None]:
        ids = [record_id_of(place, digest) for place, digest in places]
        named: set[tuple[str, str]] = set()
        with self.read() as c:
            for part in chunks(sorted(set(ids))):
                named.update(c.execute(select(t.places.c.record_id, t.places.c.path).where(t.places.c.record_id.in_(part))).all())
        held = {record_id for record_id, _ in named}
        return [Known(i, (i, clean(place.path)) in named) if i in held else None for i, (place, _) in zip(ids, places, strict=True)]

    def take_in(self, run_id: str, items: Sequence[Item], held: Sequence[tuple[str, Place]]) -> int:
        with self.write() as w:
            met = self._take_new(w, run_id, items)
            return met + self._meet_again(w, run_id, held)

    def _take_new(self, w: Writing, run_id: str, items: Sequence[Item]) -> int:
        if not items:
            return 0
        c = w.connection
        digests, ids, parents = sorted({str(i.digest) for i in items}), [i.record_id for i in items], [i.parent_id for i in items if i.parent_id]
        had: set[str] = set()
        for part in chunks(digests):
            had.update(c.execute(select(t.items.c.digest).where(t.items.c.digest.in_(part))).scalars())
        there: set[str] = set()
        for part in chunks(ids):
            there.update(c.execute(select(t.items.c.record_id).where(t.items.c.record_id.in_(part))).scalars())
        roots = _of_items(c, t.items.c.root_id, parents)
        positions = _of_items(c, t.items.c.position, parents)
        actor = c.execute(select(t.runs.c.actor).where(t.runs.c.run_id == run_id)).scalar_one()
        rows, met = [], []
        owner, until = owner_name(), stamp(self.clock.now() + LEASE)
        for item in items:
            if item.record_id in there:
                met.append({"run_id": run_id, "record_id": item.record_id, "result": "already_held"})
                continue
            there.add(item.record_id)
            root = roots.get(item.parent_id or "", item.record_id)
            roots[item.record_id] = root
            above = positions.get(item.parent_id or "", "")
            positions[item.record_id] = position = f"{above}{item.ordinal:08d}." if item.parent_id else above
            rows.append({
                "record_id": item.record_id, "arrival": w.take("arrival"), "digest": item.digest, "size_bytes": item.size_bytes,
                "path": clean(item.place.path), "canonical": clean(item.place.canonical), "inner": clean(item.place.inner) if item.place.inner else None,
                "root_id": root, "parent_id": item.parent_id, "family_id": item.family_id, "source": clean(item.source),
                "custodian": clean(item.custodian), "client_given": item.client_given, "depth": item.depth, "ordinal": item.ordinal, "position": position,
                "declared_mime": clean(item.declared_mime), "modified_at": item.modified_at, "met_at": item.met_at, "run_id": item.run_id,
                "container": item.container, "derived": item.derived, "state": "pending", "claimed_by": owner, "claimed_until": until,
                "place_start": clean(item.place.canonical)[:t.PLACE_CHARS] if item.place.inner is None else None})
            met.append({"run_id": run_id, "record_id": item.record_id, "result": "duplicate" if item.digest in had else "stored"})
            had.add(item.digest)
            w.log(Event("taken_in", actor, item.record_id, {"sha256": item.digest, "run": run_id}))
        w.insert(t.items, rows)
        w.insert(t.places, [{"record_id": r["record_id"], "path": r["path"], "met_at": r["met_at"], "run_id": run_id} for r in rows], ignore=True)
        w.insert(t.outcomes, [{"record_id": r["record_id"], "step": "store", "status": "done", "code": "", "reason": "", "at": w.at, "run_id": run_id}
                              for r in rows], ignore=True)
        moved = had_after_all(w, {(i.parent_id, str(clean(i.place.inner))): i.record_id for i in items if i.parent_id and i.place.inner})
        w.insert(t.met, met, ignore=True)
        return len(met) - moved.count(run_id)

    def _meet_again(self, w: Writing, run_id: str, held: Sequence[tuple[str, Place]]) -> int:
        """Keep that these, and what was found inside them, were met again; a further name of the same place is added to it."""
        if not held:
            return 0
        c = w.connection
        before = sum(counts_of(c, run_id).values())
        ids = sorted({record_id for record_id, _ in held})
        named: set[tuple[str, str]] = set()
        for part in chunks(ids):
            named.update(c.execute(select(t.places.c.record_id, t.places.c.path).where(t.places.c.record_id.in_(part))).all())
            inside = select(literal(run_id), t.items.c.record_id, literal("already_held")).where(
                or_(t.items.c.root_id.in_(part), t.items.c.record_id.in_(part)),
                t.items.c.record_id.not_in(select(t.met.c.record_id).where(t.met.c.run_id == run_id)))
            c.execute(insert(t.met).from_select(["run_id", "record_id", "result"], inside))
        self._lose_again(w, run_id, ids)
        new = {(record_id, clean(place.path)): place for record_id, place in held if (record_id, clean(place.path)) not in named}
        if new:
            actor = c.execute(select(t.runs.c.actor).where(t.runs.c.run_id == run_id)).scalar_one()
            for record_id, path in new:
                members = select(t.items.c.record_id).where(or_(t.items.c.root_id == record_id, t.items.c.record_id == record_id))
                ids = list(c.execute(members).scalars())
                w.insert(t.places, [{"record_id": i, "path": path, "met_at": w.at, "run_id": run_id} for i in ids], ignore=True)
                w.log(Event("met_again", actor, record_id, {"run": run_id}))
                self._renamed(w, ids)
        return sum(counts_of(c, run_id).values()) - before

    def _lose_again(self, w: Writing, run_id: str, root_ids: Sequence[str]) -> None:
        """Keep that what still cannot be had of these files was met again, each member once a run."""
        for part in chunks(root_ids):
            there = set(w.connection.execute(select(t.troubles.c.parent_id, t.troubles.c.inner).where(
                t.troubles.c.root_id.in_(part), t.troubles.c.run_id == run_id)))
            lost = w.connection.execute(select(t.troubles).where(t.troubles.c.root_id.in_(part), t.troubles.c.run_id != run_id, standing())).mappings()
            again = {(row["parent_id"], row["inner"]): {name: row[name] for name in row if name != "trouble_id"} | {"run_id": run_id} for row in lost}
            w.insert(t.troubles, [row for member, row in again.items() if member not in there])

    def _renamed(self, w: Writing, record_ids: Sequence[str]) -> None:
        """Write anew the records whose places have changed (filled by the part that keeps)."""
        raise NotImplementedError

    # ------------------------------------------------------------ what still has to be read

    def claim(self, limit: int, owner: str) -> list[Pending]:
        with self.write() as w:
            c = w.connection
            free = [t.items.c.claimed_by.is_(None), t.items.c.claimed_until < w.at]
            leased = c.execute(select(t.items.c.claimed_by).where(t.items.c.state == "pending", t.items.c.claimed_by.is_not(None)).distinct()).scalars()
            dead = [name for name in leased if name != owner and not owner_alive(name)]
            if dead:
                free.append(t.items.c.claimed_by.in_(dead))
            rows = c.execute(select(t.items).where(t.items.c.state == "pending", or_(*free)).order_by(t.items.c.arrival).limit(limit)).all()
            formats: dict[str, str] = {}
            until = stamp(self.clock.now() + LEASE)
            for part in chunks([r.record_id for r in rows]):
                c.execute(update(t.items).where(t.items.c.record_id.in_(part)).values(claimed_by=owner, claimed_until=until))
            for part in chunks(sorted({r.parent_id for r in rows if r.parent_id})):
                found = c.execute(select(t.readings.c.record_id, t.readings.c.format).where(t.readings.c.record_id.in_(part))).all()
                formats.update((f.record_id, f.format) for f in found)
        return [Pending(item_of(r), formats.get(r.parent_id, "")) for r in rows]

    def release(self, owner: str) -> None:
        with self.write() as w:
            w.connection.execute(update(t.items).where(t.items.c.claimed_by == owner).values(claimed_by=None, claimed_until=None))

    def retry(self, run_id: str, wanted: Retrying) -> int:
        with self.write() as w:
            ids = to_read_again(w.connection, wanted)
            for part in chunks(ids):
                w.connection.execute(update(t.items).where(t.items.c.record_id.in_(part)).values(state="pending"))
            w.insert(t.met, [{"run_id": run_id, "record_id": i, "result": "stored"} for i in ids], ignore=True)
            actor = w.connection.execute(select(t.runs.c.actor).where(t.runs.c.run_id == run_id)).scalar_one()
            w.log(Event("retried", actor, run_id, {"items": len(ids), "codes": sorted(wanted.codes)}))
        return len(ids)


def item_of(row: Row[Any]) -> Item:
    """Return the item that a row of `items` holds."""
    r: RowMapping = row._mapping
    return Item(
        record_id=r["record_id"], digest=Digest(r["digest"]), size_bytes=r["size_bytes"], place=Place(r["path"], r["canonical"], r["inner"]),
        source=r["source"], custodian=r["custodian"], client_given=r["client_given"], parent_id=r["parent_id"], family_id=r["family_id"],
        depth=r["depth"], ordinal=r["ordinal"], declared_mime=r["declared_mime"], modified_at=r["modified_at"], met_at=r["met_at"],
        run_id=r["run_id"], container=r["container"], derived=r["derived"])


def _of_items(connection: Any, column: Column[Any], record_ids: Sequence[str]) -> dict[str, str]:
    """Return the value of a column of `items` for each of these that is held."""
    out: dict[str, str] = {}
    for part in chunks(sorted(set(record_ids))):
        statement: Select[Any] = select(t.items.c.record_id, column).where(t.items.c.record_id.in_(part))
        out.update(connection.execute(statement).all())
    return out
