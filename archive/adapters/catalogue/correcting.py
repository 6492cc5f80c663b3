"""Corrections as they are made, withdrawn and listed; and what a person has yet to settle. Each is shown only with a record that the viewer may see."""
from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, or_, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.corrected import decode, holding_for
from archive.adapters.catalogue.database import chunks, clean
from archive.adapters.catalogue.members import decode_record
from archive.adapters.catalogue.working import Working
from archive.corrected import said_of_item
from archive.errors import Conflict, NotFound
from archive.model.correction import Correction, Said
from archive.model.custody import Event
from archive.model.fact import ClientEvidence, Enriched, Fact
from archive.model.record import Record
from archive.model.viewer import Viewer
from archive.relations import SURE


class Correcting(Working):
    """The part of the catalogue that holds people's words on what was read."""

    def correct(self, draft: Correction, viewer: Viewer) -> Correction:
        """Keep a correction and draw what follows from it for the record and its copies; return it with its id, who and when.

        Raises NotFound for a record that the viewer may not see.
        """
        with self.write() as w:
            sees = self._sees(w.connection, viewer)
            if not w.connection.execute(select(t.records.c.record_id).where(t.records.c.record_id == draft.record_id, sees)).scalar():
                raise NotFound(f"There is no record {draft.record_id[:40]!r}.", "`casetrail records` lists those you may see.")
            correction_id = secrets.token_hex(6)
            told = msgspec.to_builtins(replace(draft, thing=draft.thing or correction_id, why=clean(draft.why), insider=viewer.privileged))
            plain = {name: value for name, value in told.items() if name not in ("correction_id", "seq", "actor", "at")}
            self._act(w, viewer, "correct", correction_id, correction=plain)
            w.log(Event("corrected", viewer.actor, draft.record_id, {"about": draft.about, "verdict": draft.verdict, "correction": correction_id}))
            return decode(w.connection.execute(select(t.corrections.c.body).where(t.corrections.c.correction_id == correction_id)).scalar_one())

    def withdraw(self, correction_id: str, viewer: Viewer, why: str) -> Correction:
        """Withdraw a correction, anybody's, and draw what follows; return it. Raises NotFound, Conflict where it was withdrawn before."""
        with self.write() as w:
            n = t.corrections.c
            row = w.connection.execute(select(n.body).join(t.records, t.records.c.record_id == n.record_id).where(
                n.correction_id == correction_id, self._sees(w.connection, viewer))).scalar()
            if row is None:
                raise NotFound(f"There is no correction {correction_id[:40]!r}.", "`casetrail correct list` names those you may see.")
            held = decode(row)
            if held.withdrawn_at:
                raise Conflict(f"The correction {correction_id} was withdrawn before.")
            self._act(w, viewer, "withdraw", withdrawn=correction_id, why=clean(why))
            w.log(Event("withdrawn", viewer.actor, held.record_id, {"about": held.about, "correction": correction_id}))
            return decode(w.connection.execute(select(n.body).where(n.correction_id == correction_id)).scalar_one())

    def corrections(self, viewer: Viewer, *, record_ids: Sequence[str] | None = None, client: str | None = None, correction_id: str | None = None,
                    withdrawn: bool = False, limit: int | None = None) -> list[Correction]:
        """Return corrections of records that the viewer may see, newest first: of all, of these records with what their copies have in common, of a
        client's, or the one of this id. Reasons and clients that the viewer may not know are left out."""
        n, r = t.corrections.c, t.records.c
        rules: list[ColumnElement[bool]] = [] if withdrawn else [n.withdrawn_at.is_(None)]
        with self.read() as c:
            if record_ids is not None:
                keys = dict(c.execute(select(r.record_id, r.copy_key).where(r.record_id.in_(record_ids), self._sees(c, viewer))).all())
                rules.append(or_(n.record_id.in_(list(keys)), r.copy_key.in_(list(keys.values()))))
            if client is not None:
                rules.append(n.record_id.in_(select(t.record_clients.c.record_id).where(t.record_clients.c.client_id == client)))
            if correction_id is not None:
                rules.append(n.correction_id == correction_id)
            rows = c.execute(select(n.body).join(t.records, r.record_id == n.record_id).where(*rules, self._sees(c, viewer)).order_by(
                n.seq.desc()).limit(limit)).scalars().all()
        found = [decode(body) for body in rows]
        return [_told(each, viewer) for each in found if record_ids is None or each.record_id in keys or each.of_content]

    # ------------------------------------------------------------ read once more by what persons say of an item

    def unlearned(self) -> list[tuple[str, Said]]:
        """Return the records whose words have not been read by what persons by now say of their kind, day and clients, with what is said."""
        n, r = t.corrections.c, t.records.c
        about = n.about.in_(("kind", "date", "clients"))
        with self.read() as c:
            said = select(n.record_id).where(about, n.withdrawn_at.is_(None))
            keys = select(r.copy_key).where(r.record_id.in_(said))
            rows = c.execute(select(r.record_id, r.copy_key, t.readings.c.said_key).join(t.readings, t.readings.c.record_id == r.record_id).where(
                or_(r.record_id.in_(said), r.copy_key.in_(keys)))).all()
            holding = holding_for(c, [(row.record_id, row.copy_key) for row in rows])
        wanted = [(row, said_of_item(holding.get(row.record_id, {}).values())) for row in rows]
        return [(row.record_id, said) for row, said in wanted if said.key and row.said_key != said.key]

    def keep_said(self, learned: Sequence[tuple[str, Said, Enriched]]) -> None:
        """Keep what items tell when they are read by what persons say of them, and draw what follows."""
        with self.write() as w:
            for record_id, said, enriched in learned:
                w.connection.execute(update(t.readings).where(t.readings.c.record_id == record_id).values(
                    said_key=said.key, said_body=msgspec.msgpack.encode(enriched)))
            self._settle_again(w, [record_id for record_id, _, _ in learned])

    # ------------------------------------------------------------ to be settled

    def doubtful(self, viewer: Viewer, client: str | None = None, limit: int = 100) -> tuple[int, list[tuple[Record, str, tuple[ClientEvidence, ...]]]]:
        """Return how many records a person should say the clients of, and the first of them: the record, why, and the signs in it.

        Of a client: those that are about it, or have a sign of it that was too weak.
        """
        r = t.records.c
        total = 0
        with self.read() as c:
            rows = c.execute(select(r.record_id, r.body, r.doubt, t.readings.c.enriched_body).join(t.readings, t.readings.c.record_id == r.record_id).where(
                r.doubt.is_not(None), self._sees(c, viewer)).order_by(r.doubt, func.coalesce(r.date, "9999"), r.path, r.position))
            kept: list[tuple[Record, str, tuple[ClientEvidence, ...]]] = []
            for row in rows:
                signs = msgspec.msgpack.decode(row.enriched_body, type=Enriched).clients if row.enriched_body else ()
                record = decode_record(row.body)
                if client is not None and client not in {*record.clients, *(s.client_id for s in signs)}:
                    continue
                total += 1
                if len(kept) < limit:
                    kept.append((record, row.doubt, tuple(s for s in signs if viewer.sees_client(s.client_id))))
            plain = self._unlinked(c, [record for record, _, _ in kept], viewer)
        return total, [(record, doubt, signs) for record, (_, doubt, signs) in zip(plain, kept, strict=True)]

    def unsure_facts(self, viewer: Viewer, client: str | None = None, limit: int = 100) -> tuple[int, list[tuple[Record, Fact]]]:
        """Return how many facts were read with little certainty and settled by nobody, and the first of them with their records, least sure first."""
        f, r = t.facts.c, t.records.c
        with self.read() as c:
            rules: list[ColumnElement[bool]] = [f.status == "extracted", f.confidence < SURE, self._sees(c, viewer), r.duplicate_of.is_(None)]
            if client is not None:
                rules.append(r.record_id.in_(select(t.record_clients.c.record_id).where(t.record_clients.c.client_id == client)))
            joined = t.facts.join(t.records, r.record_id == f.record_id)
            total = int(c.execute(select(func.count()).select_from(joined).where(*rules)).scalar_one())
            rows = c.execute(select(r.body, f.body.label("fact")).select_from(joined).where(*rules).order_by(
                f.name == "amount", f.confidence, f.fact_id).limit(limit)).all()
            records = self._unlinked(c, [decode_record(row.body) for row in rows], viewer)
        return total, [(record, msgspec.msgpack.decode(row.fact, type=Fact)) for record, row in zip(records, rows, strict=True)]

    # ------------------------------------------------------------ what was held on a day

    def met_at(self, record_ids: Iterable[str]) -> dict[str, str]:
        """Return when these items were first taken in (ISO 8601 UTC)."""
        out: dict[str, str] = {}
        with self.read() as c:
            for part in chunks(sorted(set(record_ids))):
                out.update(c.execute(select(t.items.c.record_id, t.items.c.met_at).where(t.items.c.record_id.in_(part))).all())
        return out

    def moved_since(self, moment: str) -> list[str]:
        """Return the families whose clients a person has settled, or unsettled, from this moment on."""
        n, r = t.corrections.c, t.records.c
        with self.read() as c:
            rows = c.execute(select(n.body, r.family_id).join(t.records, r.record_id == n.record_id).where(n.about == "clients")).all()
        return sorted({row.family_id for row in rows if (held := decode(row.body)).at >= moment or (held.withdrawn_at or "") >= moment})

    def as_told(self, facts: dict[str, list[Fact]], viewer: Viewer) -> dict[str, list[Fact]]:
        """Return facts (by record) without the names and reasons that the viewer may not read, as every record is read."""
        with self.read() as c:
            return self._discreet(c, facts, viewer)

    def ever_said(self, record_ids: Sequence[str]) -> dict[str, list[Correction]]:
        """Return all that persons ever said about these records and, of their content, about copies of them; withdrawn or not. For the archive's own
        use: nothing is left out."""
        n, r = t.corrections.c, t.records.c
        out: dict[str, list[Correction]] = {}
        with self.read() as c:
            for part in chunks(sorted(set(record_ids))):
                theirs = t.records.alias("theirs")
                rows = c.execute(select(r.record_id, n.body).join(theirs, theirs.c.copy_key == r.copy_key).join(
                    t.corrections, n.record_id == theirs.c.record_id).where(r.record_id.in_(part)).order_by(n.seq))
                for record_id, body in rows:
                    each = decode(body)
                    if each.record_id == record_id or each.of_content:
                        out.setdefault(record_id, []).append(each)
        return out

    def enriched_as(self, wanted: Mapping[str, str]) -> dict[str, Enriched]:
        """Return what these records told: read by what persons say of them under this key (`Said.key`) where that is kept, else as they were read."""
        out: dict[str, Enriched] = {}
        n = t.readings.c
        with self.read() as c:
            for part in chunks(sorted(wanted)):
                for row in c.execute(select(n.record_id, n.enriched_body, n.said_key, n.said_body).where(n.record_id.in_(part))):
                    key = wanted[row.record_id]
                    body = row.said_body if key and row.said_key == key else row.enriched_body
                    if body:
                        out[row.record_id] = msgspec.msgpack.decode(body, type=Enriched)
        return out


def _told(held: Correction, viewer: Viewer) -> Correction:
    """Return a correction without what the viewer may not know."""
    if held.insider and not viewer.privileged:
        held = held.without_reason()
    if held.about == "clients" and viewer.clients is not None:
        held = replace(held, was=_seen(held.was, viewer), value=_seen(held.value, viewer))
    return held


def _seen(value: Any, viewer: Viewer) -> tuple[str, ...]:
    return tuple(c for c in value or () if viewer.sees_client(c))
