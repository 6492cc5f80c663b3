"""What reading gave is kept, and what follows for families, threads, copies and clients is drawn (`archive.relations`)."""
from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.corrected import followers, holding_for
from archive.adapters.catalogue.database import Writing, chunks, clean
from archive.adapters.catalogue.intake import Intake, item_of
from archive.adapters.catalogue.members import by_copy, by_family, by_thread, member_again, member_from, member_of, with_history
from archive.adapters.catalogue.nearness import candidates, file_bands, settle_near
from archive.adapters.catalogue.quoting import note_quotes, own_up, superseding
from archive.corrected import correct_facts, correct_member, said_of_item
from archive.model.correction import Correction
from archive.model.digest import Digest, digest_of
from archive.model.extracted import Extracted
from archive.model.fact import Enriched, Fact
from archive.model.item import Item
from archive.model.outcome import Outcome, Retry
from archive.model.record import outcome_json
from archive.model.run import Result
from archive.model.viewer import NO_CLIENT, audience_of, clients_of
from archive.ports import Reading
from archive.relations import Member, copy_order, join_threads

encode = msgspec.msgpack.encode


class Keeping(Intake):
    """The part of the catalogue that keeps what was learned."""

    def keep(self, run_id: str, readings: Sequence[Reading]) -> None:
        if not readings:
            return
        with self.write() as w:
            items, positions, paths = self._items(w.connection, [r.record_id for r in readings])
            held = [r for r in readings if r.record_id in items]
            self._write_outcomes(w, run_id, held)
            digests = self._write_readings(w, held)
            final = [r for r in held if not isinstance(r.outcomes.get("extract"), Retry)]
            self._mark_read(w, final)
            members = [member_from(items[r.record_id], positions[r.record_id], paths[r.record_id], r, digests[r.record_id])
                       for r in final if not r.extracted.container]
            members, following = self._corrected(w, members, {r.record_id: (r.enriched, r.extracted) for r in final})
            self._relate(w, members)
            self._settle_again(w, following)
            self._shut_containers(w, members)
            self._quote(w, members, {r.record_id: r.extracted for r in final if r.extracted.quoted})

    # ------------------------------------------------------------ rows of the reading itself

    def _items(self, c: Connection, ids: Sequence[str]) -> tuple[dict[str, Item], dict[str, str], dict[str, list[str]]]:
        items: dict[str, Item] = {}
        positions: dict[str, str] = {}
        paths: dict[str, list[str]] = {}
        for part in chunks(ids):
            for row in c.execute(select(t.items).where(t.items.c.record_id.in_(part))):
                items[row.record_id] = item_of(row)
                positions[row.record_id] = row.position
            found = select(t.places.c.record_id, t.places.c.path).where(t.places.c.record_id.in_(part)).order_by(t.places.c.met_at, t.places.c.path)
            for record_id, path in c.execute(found):
                paths.setdefault(record_id, []).append(path)
        return items, positions, paths

    def _write_outcomes(self, w: Writing, run_id: str, readings: Sequence[Reading]) -> None:
        rows, results = [], []
        for r in readings:
            for step, outcome in r.outcomes.items():
                told = outcome_json(outcome)
                rows.append({"record_id": r.record_id, "step": step, "status": told["status"], "code": told.get("code", ""),
                             "reason": clean(told.get("reason", "")), "at": w.at, "run_id": run_id})
            results.append((r.record_id, _result(r.outcomes.values())))
        # Learning anew what was read (no run) changes outcomes, not by which run the item was read.
        w.insert(t.outcomes, rows, replace=("status", "code", "reason", *(("at", "run_id") if run_id else ())))
        for result in {result for _, result in results}:
            was = ("stored", "duplicate") if result != "stored" else ("failed", "skipped")
            for part in chunks([i for i, now in results if now == result]):
                w.connection.execute(update(t.met).where(t.met.c.record_id.in_(part), t.met.c.result.in_(was)).values(result=result))

    def _write_readings(self, w: Writing, readings: Sequence[Reading]) -> dict[str, Digest]:
        """Write what was read, and return the digest of the text of each item."""
        texts: dict[str, bytes] = {}
        digests: dict[str, Digest] = {}
        rows = []
        for r in readings:
            text = r.extracted.text.encode()
            name = digest_of(text)
            texts[name], digests[r.record_id] = text, name
            rows.append({"record_id": r.record_id, "format": r.format, "format_basis": r.format_basis, "mime": clean(r.mime), "text_digest": name,
                         "extracted_body": zlib.compress(encode(replace(r.extracted, text="")), 1),
                         "enriched_body": encode(r.enriched) if r.enriched else None, "said_key": None, "said_body": None})
        there: set[str] = set()
        for part in chunks(sorted(texts)):
            there.update(w.connection.execute(select(t.texts.c.text_digest).where(t.texts.c.text_digest.in_(part))).scalars())
        w.insert(t.texts, [{"text_digest": name, "body": zlib.compress(text, 1)} for name, text in texts.items() if name not in there], ignore=True)
        w.insert(t.readings, rows, replace=("format", "format_basis", "mime", "text_digest", "extracted_body", "enriched_body", "said_key",
                                                "said_body"))
        self._write_facts(w, [(r.record_id, r.enriched) for r in readings if r.enriched])
        return digests

    def _write_facts(self, w: Writing, enriched: Sequence[tuple[str, Enriched]]) -> None:
        for part in chunks([record_id for record_id, _ in enriched]):
            w.connection.execute(delete(t.facts).where(t.facts.c.record_id.in_(part), t.facts.c.status == "extracted"))
        w.insert(t.facts, [
            {"record_id": record_id, "name": fact.name, "status": fact.status, "confidence": fact.confidence, "body": encode(fact)}
            for record_id, e in enriched for fact in e.facts])

    def _mark_read(self, w: Writing, readings: Sequence[Reading]) -> None:
        for container in (False, True):
            for part in chunks([r.record_id for r in readings if r.extracted.container is container]):
                w.connection.execute(update(t.items).where(t.items.c.record_id.in_(part)).values(
                    state="read", container=container, claimed_by=None, claimed_until=None))
                if container:
                    w.connection.execute(delete(t.records).where(t.records.c.record_id.in_(part)))

    # ------------------------------------------------------------ a person's word

    def _corrected(self, w: Writing, members: Sequence[Member], given: Mapping[str, tuple[Enriched | None, Extracted]],
                   every: bool = False) -> tuple[list[Member], set[str]]:
        """Return members as persons settled them, and write their facts so; and which copies of them have to follow.

        `every` has the facts of all of them written, corrected or not: what held before may hold no more.
        """
        if not every and not w.number("work_seq"):
            return list(members), set()
        holding = holding_for(w.connection, [(m.record.record_id, m.copy_key) for m in members])
        touched = [m.record.record_id for m in members if every or m.record.record_id in holding]
        for part in chunks(touched):
            w.connection.execute(delete(t.facts).where(t.facts.c.record_id.in_(part)))
        w.insert(t.facts, [
            {"record_id": i, "name": fact.name, "status": fact.status, "confidence": fact.confidence, "body": encode(fact)}
            for i in touched for fact in _settled_facts(*given[i], holding.get(i, {}).values())])
        out = [correct_member(m, holding[i].values()) if (i := m.record.record_id) in holding else m for m in members]
        return out, followers(w.connection, members, holding)

    def _settle_again(self, w: Writing, record_ids: Iterable[str]) -> None:
        """Draw anew what follows for records from what reading gave and from what persons say by now."""
        for part in chunks(sorted(set(record_ids)), 100):
            members: list[Member] = []
            given: dict[str, tuple[Enriched | None, Extracted]] = {}
            rows = w.connection.execute(
                select(t.records, t.readings.c.extracted_body, t.readings.c.enriched_body, t.readings.c.said_key, t.readings.c.said_body,
                       t.texts.c.body.label("text")).join(t.readings, t.readings.c.record_id == t.records.c.record_id)
                .join(t.texts, t.texts.c.text_digest == t.records.c.text_digest).where(t.records.c.record_id.in_(part))).all()
            holding = holding_for(w.connection, [(r.record_id, r.copy_key) for r in rows])
            for row in rows:
                key = said_of_item(holding.get(row.record_id, {}).values()).key
                body = row.said_body if key and row.said_key == key else row.enriched_body
                enriched = msgspec.msgpack.decode(body, type=Enriched) if body else None
                extracted = msgspec.msgpack.decode(zlib.decompress(row.extracted_body), type=Extracted)
                given[row.record_id] = (enriched, replace(extracted, text=zlib.decompress(row.text).decode()))
                members.append(member_again(row, enriched))
            self._relate(w, self._corrected(w, members, given, every=True)[0])
            self._shut_containers(w, members)

    # ------------------------------------------------------------ what follows

    def _relate(self, w: Writing, members: Sequence[Member]) -> None:
        """Draw what follows from new or changed members, and write every record that is not as it was."""
        c = w.connection
        if not members:
            return
        found, moved = self._thread(w, members)
        new = {m.record.record_id: m for m in members}
        before: dict[str, Member] = {}
        self._load(c, before, t.records.c.family_id.in_, sorted({m.record.family_id for m in members}))
        now = before | {i: with_history(m, before.get(i)) for i, m in new.items()} | {
            i: replace(m, record=replace(m.record, thread_id=moved.get(m.record.thread_id or "", m.record.thread_id)))
            for i, m in before.items() if i not in new}
        now = by_family(now, found)

        threads = sorted({m.record.thread_id for m in now.values() if m.record.thread_id} | set(moved.values()))
        others: dict[str, Member] = {}
        self._load(c, others, t.records.c.thread_id.in_, threads + sorted(moved))
        before |= {i: m for i, m in others.items() if i not in before}
        for i, m in others.items():
            if i not in now:
                now[i] = replace(m, record=replace(m.record, thread_id=moved.get(m.record.thread_id or "", m.record.thread_id)))
        now = by_thread(now)

        keys = {m.copy_key for m in members} | {before[i].copy_key for i in new if i in before}
        copies = self._copies(c, keys, now)
        before |= {i: m for i, m in copies.items() if i not in before}
        now = by_copy({**copies, **now}, keys)
        now = self._near(w, now, before, [now[i] for i in new])
        self._write(w, [m for i, m in now.items() if before.get(i) != m or i in new])

    def _thread(self, w: Writing, members: Sequence[Member]) -> tuple[dict[str, str], dict[str, str]]:
        """Find the thread of each mail among them, by record_id; return also which threads were merged into which."""
        c = w.connection
        nodes = {m.record.record_id: m.own.thread.split() for m in members if m.own.thread}
        if not nodes:
            return {}, {}
        known: dict[str, str] = {}
        for part in chunks(sorted({n for listed in nodes.values() for n in listed})):
            known.update(c.execute(select(t.thread_nodes.c.message_id, t.thread_nodes.c.thread_id).where(t.thread_nodes.c.message_id.in_(part))).all())
        threads, moved = join_threads(list(nodes.values()), known)
        for old, kept in moved.items():
            c.execute(update(t.thread_nodes).where(t.thread_nodes.c.thread_id == old).values(thread_id=kept))
        told = {n: m.record.record_id for m in members for n in m.own.told.split()}
        w.insert(t.thread_nodes, [{"message_id": n, "thread_id": name, "own_record": told.get(n)} for n, name in threads.items() if n not in known])
        own_up(w, {n: i for n, i in told.items() if n in known}, {m.record.record_id for m in members if m.record.derived_from})
        return {record_id: threads[listed[0]] for record_id, listed in nodes.items()}, moved

    def _quote(self, w: Writing, members: Sequence[Member], quoting: Mapping[str, Extracted]) -> None:
        """Note the mails that these quote, and let a mail that came after all go before what was derived of it."""
        note_quotes(w, members, quoting)
        superseded = superseding(w.connection, members)
        derived: dict[str, Member] = {}
        self._load(w.connection, derived, t.records.c.record_id.in_, sorted(superseded))
        self._write(w, [replace(m, record=replace(m.record, duplicate_of=superseded[i])) for i, m in derived.items() if m.record.duplicate_of != superseded[i]])

    def _near(self, w: Writing, now: dict[str, Member], before: dict[str, Member], new: Sequence[Member]) -> dict[str, Member]:
        """Point near duplicates among the new members, and those held, to their primary."""
        near = candidates(w.connection, file_bands(w, [m for m in new if m.record.duplicate_of is None]))
        if not near:
            return now
        held: dict[str, Member] = {}
        wanted = {i for listed in near.values() for i in listed} - now.keys()
        self._load(w.connection, held, t.records.c.record_id.in_, sorted(wanted))
        roots = {p for m in (*held.values(), *now.values()) if (p := m.record.near_duplicate_of)} - now.keys() - held.keys()
        self._load(w.connection, held, t.records.c.record_id.in_, sorted(roots))
        self._load(w.connection, held, t.records.c.near_duplicate_of.in_, sorted({*held} & {*wanted, *roots}))
        everyone = held | now
        changed = settle_near(w.connection, everyone, near)
        before |= {i: held[i] for i in changed if i in held and i not in before}
        return now | changed

    def _copies(self, c: Connection, keys: set[str], now: dict[str, Member]) -> dict[str, Member]:
        """Return the held members of groups of copies that have to be looked at: the primary, and all of them where it changes.

        A logo that is attached to every mail has a very large group; a new copy of it needs to know the primary only.
        """
        out: dict[str, Member] = {}
        ours: dict[str, list[Member]] = {}
        for m in now.values():
            ours.setdefault(m.copy_key, []).append(m)
        rank = func.row_number().over(partition_by=t.records.c.copy_key, order_by=(t.records.c.path, t.records.c.position)).label("rank")
        for part in chunks(sorted(keys)):
            ranked = select(t.records, rank).where(t.records.c.copy_key.in_(part)).subquery()
            for row in c.execute(select(ranked).where(ranked.c.rank == 1)):
                primary = member_of(row)
                out[row.record_id] = primary
                new = ours.get(primary.copy_key, ())
                if row.record_id in now or any(copy_order(m) < copy_order(primary) for m in new):
                    self._load(c, out, t.records.c.copy_key.in_, [primary.copy_key])
        return out

    def _load(self, c: Connection, into: dict[str, Member], among: Any, values: Sequence[str]) -> None:
        for part in chunks(values):
            for row in c.execute(select(t.records).where(among(part))):
                into[row.record_id] = member_of(row)

    def _write(self, w: Writing, members: Sequence[Member]) -> None:
        rows, clients = [], []
        for m in sorted(members, key=copy_order):
            r = m.record
            rows.append({
                "record_id": r.record_id, "changed_seq": w.take("change_seq"), "family_id": r.family_id, "thread_id": r.thread_id,
                "copy_key": m.copy_key, "kind": r.kind,
                "record_types": "|".join(("", *r.record_types, "")), "date": r.date,
                "audience": audience_of(r.clients), "family_audience": audience_of(m.family_clients),
                "privileged": r.privileged, "path": clean(r.source_paths[0]), "position": m.position, "text_digest": m.text_digest,
                "body": encode(r), "own_body": encode(m.own), "duplicate_of": r.duplicate_of,
                "near_duplicate_of": r.near_duplicate_of, "doubt": _doubt(m)})
            clients += [{"client_id": x, "record_id": r.record_id} for x in r.clients]
        for part in chunks([r["record_id"] for r in rows]):
            w.connection.execute(delete(t.record_clients).where(t.record_clients.c.record_id.in_(part)))
        w.insert(t.records, rows, replace=[x.name for x in t.records.columns if x.name != "record_id"])
        w.insert(t.record_clients, clients)

    def _renamed(self, w: Writing, record_ids: Sequence[str]) -> None:
        _, _, paths = self._items(w.connection, record_ids)
        members: dict[str, Member] = {}
        self._load(w.connection, members, t.records.c.record_id.in_, record_ids)
        self._write(w, [replace(m, record=replace(m.record, source_paths=tuple(paths[i]))) for i, m in members.items()])

    def _shut_containers(self, w: Writing, members: Sequence[Member]) -> None:
        """An archive file holds what its members hold: it is privileged when one is, and has the clients that all together have."""
        c = w.connection
        family = sorted({m.record.family_id for m in members})
        holders: set[str] = set()
        for part in chunks([m.record.record_id for m in members]):
            holders.update(c.execute(select(t.items.c.parent_id).where(t.items.c.parent_id.in_(part), t.items.c.family_id == t.items.c.record_id)).scalars())
        while family:
            above: set[str] = set()
            for part in chunks(family):
                above.update(x for x in c.execute(select(t.items.c.parent_id).where(t.items.c.record_id.in_(part))).scalars() if x)
            family = sorted(above - holders)
            holders |= above
        shut: dict[str, Member] = {}
        self._load(c, shut, t.records.c.record_id.in_, sorted(holders))
        changed = []
        for record_id, m in shut.items():
            inside = c.execute(select(t.records.c.audience, t.records.c.privileged).distinct().join(
                t.items, t.items.c.record_id == t.records.c.record_id).where(t.items.c.parent_id == record_id)).all()
            audiences = {a for a, _ in inside}
            clients = () if NO_CLIENT in audiences else tuple(sorted({x for a in audiences for x in clients_of(a)} | set(m.family_clients)))
            privileged = m.record.privileged or any(p for _, p in inside)
            record = replace(m.record, clients=clients, privileged=privileged, bases=m.record.bases | {f"client {x}": "members" for x in clients})
            if record != m.record:
                changed.append(replace(m, record=record))
        self._write(w, changed)


def _settled_facts(e: Enriched | None, x: Extracted, holding: Iterable[Correction]) -> tuple[Fact, ...]:
    return correct_facts(e.facts if e else (), x.text, holding, x.pages)


def _doubt(m: Member) -> str | None:
    """Return why a person should look at whom a record concerns, None for no reason. An archive file concerns all whom its members do."""
    r = m.record
    if "clients" in r.bases or "members" in r.bases.values():
        return None
    if m.doubt == "weak" or (m.doubt == "below" and not r.clients):
        return m.doubt
    return "several" if len(r.clients) > 1 else None


def _result(outcomes: Iterable[Outcome]) -> Result:
    """Return `failed` or `skipped` when the reading ended so, else `stored`."""
    told = [outcome_json(o)["status"] for o in outcomes]
    return "failed" if "failed" in told else "skipped" if "skipped" in told or "retry" in told else "stored"
