"""What people do, act by act: each is one row of `acts`, and what follows from it is done by one function, live and when a rebuild does it again.

An act is JSON (docs/formats/object-store.md, work).  It holds all that is needed to do it again, and nothing that has to be looked up: which
records it reached was decided when it was done.  Its row is written in the transaction of what it does, and its object soon after
(`ingest.work_export`); `stored_at` says that it was.
"""
from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.corrected import decode, group_of
from archive.adapters.catalogue.database import Writing, chunks, clean
from archive.adapters.catalogue.reading import Asking
from archive.analysis import key_of
from archive.errors import IntegrityBroken
from archive.model.correction import Correction, FactSaid
from archive.model.viewer import Viewer
from archive.model.work import StatedAct

Body = dict[str, Any]


def labels_of(row: Any) -> ColumnElement[bool] | None:
    """Return which tags and notes the undoing of an act reaches, those that it gave or took; None for an act on a saved search."""
    labels = t.labels.c
    if row.what in ("tag", "note"):
        return and_(labels.change_id == row.change_id, labels.removed_by.is_(None))
    return labels.removed_by == row.change_id if row.what in ("untag", "unnote") else None


class Acting(Asking):
    """The part of the catalogue that does what people do."""

    def acts(self, unstored: bool = False) -> list[StatedAct]:
        """Return the acts of people in order, or those only that are not yet stated in the object store."""
        with self.read() as c:
            chosen = select(t.acts).order_by(t.acts.c.seq)
            rows = c.execute(chosen.where(t.acts.c.stored_at.is_(None)) if unstored else chosen).all()
        return [StatedAct(r.seq, r.act_id, r.body) for r in rows]

    def acts_stored(self, seqs: Sequence[int]) -> None:
        """Keep that these acts are stated in the object store."""
        with self.write() as w:
            for part in chunks(seqs):
                w.connection.execute(update(t.acts).where(t.acts.c.seq.in_(part)).values(stored_at=w.at))

    def restore_acts(self, acts: Sequence[StatedAct]) -> None:
        """Do again, in an empty catalogue, what people had done (`casetrail rebuild`). Raises IntegrityBroken for an act that is none."""
        with self.write() as w:
            now = w.at
            for act in sorted(acts, key=lambda a: a.seq):
                try:
                    body = json.loads(act.body)
                    w.at = str(body["at"])
                    self._do(w, act.seq, act.act_id, body)
                except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
                    raise IntegrityBroken(f"The act {act.seq} of a person in the bucket cannot be read.", "Compare the bucket with a copy of it.") from error
                w.connection.execute(insert(t.acts).values(seq=act.seq, act_id=act.act_id, body=act.body, stored_at=now))
            if acts:
                w.set("work_seq", str(max(a.seq for a in acts)))
            w.at = now

    def _act(self, w: Writing, viewer: Viewer, what: str, act_id: str = "", **told: Any) -> str:
        """Do what a person does, and keep it as an act; return its id."""
        act_id, seq = act_id or secrets.token_hex(6), w.take("work_seq")
        body = {"what": what, "actor": clean(viewer.actor), "at": w.at, **told}
        self._do(w, seq, act_id, body)
        w.connection.execute(insert(t.acts).values(seq=seq, act_id=act_id, body=json.dumps(body, sort_keys=True), stored_at=None))
        return act_id

    def _do(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        deeds: dict[str, Callable[[Writing, int, str, Body], None]] = {
            "tag": self._labelled, "note": self._labelled, "untag": self._unlabelled, "unnote": self._unlabelled, "save": self._saved,
            "change": self._search_changed, "remove": self._search_changed, "undo": self._undone, "correct": self._correct, "withdraw": self._withdraw,
            "propose": self._propose, "state": self._state}
        deeds[act["what"]](w, seq, act_id, act)

    # ------------------------------------------------------------ tags, notes, saved searches

    def _labelled(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        self._change(w, act_id, act)
        tag, name = act["what"] == "tag", key_of(act["value"]) if act["what"] == "tag" else ""
        w.insert(t.labels, [{"record_id": record_id, "kind": act["what"], "name": name, "value": act["value"], "actor": act["actor"], "at": act["at"],
                             "change_id": act_id, "removed_by": None} for record_id in act["records"]])
        if tag:
            self._again(w, act["records"])

    def _unlabelled(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        self._change(w, act_id, act)
        for change_id, record_id in act["labels"]:
            w.connection.execute(update(t.labels).where(
                t.labels.c.change_id == change_id, t.labels.c.record_id == record_id, t.labels.c.removed_by.is_(None)).values(removed_by=act_id))
        self._again(w, [record_id for _, record_id in act["labels"]])

    def _saved(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        w.insert(t.saved_searches, [{"saved_id": act["subject"], "owner": act["actor"], "name": act["name"], "shared": act["shared"], "body": act["search"],
                                     "created_at": act["at"], "changed_at": act["at"], "removed_at": None}])
        self._change(w, act_id, act)

    def _search_changed(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        self._change(w, act_id, act, act["before"])
        w.connection.execute(update(t.saved_searches).where(t.saved_searches.c.saved_id == act["subject"]).values(**act["after"], changed_at=act["at"]))

    def _undone(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        changes, labels, searches = t.changes_of_work, t.labels, t.saved_searches
        row = w.connection.execute(select(changes).where(changes.c.change_id == act["undone"])).one()
        rule = labels_of(row)
        if rule is not None:
            reached = list(w.connection.execute(select(labels.c.record_id).where(rule)).scalars())
            w.connection.execute(update(labels).where(rule).values(removed_by=row.change_id if row.what in ("tag", "note") else None))
            self._again(w, reached)
        else:
            before = json.loads(row.before) if row.before else {"removed_at": act["at"]}
            w.connection.execute(update(searches).where(searches.c.saved_id == row.subject).values(**before, changed_at=act["at"]))
        w.connection.execute(update(changes).where(changes.c.change_id == row.change_id).values(undone_at=act["at"]))

    def _change(self, w: Writing, change_id: str, act: Body, before: Mapping[str, Any] | None = None) -> None:
        w.insert(t.changes_of_work, [{"change_id": change_id, "actor": act["actor"], "at": act["at"], "what": act["what"], "subject": act["subject"],
                                      "before": json.dumps(dict(before), sort_keys=True) if before else "", "undone_at": None}])

    def _again(self, w: Writing, record_ids: Sequence[str]) -> None:
        """Have the index entries of records written anew."""
        for record_id in record_ids:
            w.connection.execute(update(t.records).where(t.records.c.record_id == record_id).values(changed_seq=w.take("change_seq")))

    def _state(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        """Put back what had been done before acts were kept one by one."""
        for table in (t.changes_of_work, t.labels, t.saved_searches):
            columns = act["columns"][table.name]
            w.insert(table, [dict(zip(columns, row, strict=True)) for row in act["rows"][table.name]])

    # ------------------------------------------------------------ corrections

    def _correct(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        told = act["correction"] | {"correction_id": act_id, "seq": seq, "actor": act["actor"], "at": act["at"]}
        correction = msgspec.convert(told, type=Correction)
        w.insert(t.corrections, [{"correction_id": act_id, "seq": seq, "record_id": correction.record_id, "about": correction.about,
                                  "withdrawn_at": None, "body": msgspec.msgpack.encode(correction)}])
        self._settle_group(w, correction.record_id)

    def _withdraw(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        n = t.corrections.c
        held = decode(w.connection.execute(select(n.body).where(n.correction_id == act["withdrawn"])).scalar_one())
        gone = replace(held, withdrawn_at=act["at"], withdrawn_by=act["actor"], withdrawn_why=act["why"])
        w.connection.execute(update(t.corrections).where(n.correction_id == held.correction_id).values(
            withdrawn_at=act["at"], body=msgspec.msgpack.encode(gone)))
        self._settle_group(w, held.record_id)

    def _propose(self, w: Writing, seq: int, act_id: str, act: Body) -> None:
        said = msgspec.convert(act["facts"], type=list[FactSaid])
        w.insert(t.proposals, [{"record_id": act["record"], "model": act["model"], "seq": seq, "at": act["at"], "question": act["question"],
                                "body": msgspec.msgpack.encode(said)}], replace=("seq", "at", "question", "body"))

    def _settle_group(self, w: Writing, record_id: str) -> None:
        self._settle_again(w, list(w.connection.execute(group_of(record_id)).scalars()))

    def settle_copies_again(self) -> None:
        """Draw anew what follows for all records that are corrected and for their copies (after everything was read anew)."""
        with self.write() as w:
            corrected = select(t.corrections.c.record_id).distinct()
            keys = select(t.records.c.copy_key).where(t.records.c.record_id.in_(corrected))
            self._settle_again(w, list(w.connection.execute(select(t.records.c.record_id).where(
                or_(t.records.c.record_id.in_(corrected), t.records.c.copy_key.in_(keys)))).scalars()))

