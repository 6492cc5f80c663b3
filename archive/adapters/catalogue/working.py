"""What people do with records: tags, notes, saved searches, their own searches; and the entries that an index version refused.

Labels are shown only on records that the viewer may see.  A saved search is found by its owner and, when it is shared, by all; nobody but its
owner changes it.  Every act is one row of `changes_of_work`, by which it can be undone.
"""
from __future__ import annotations

import json
import secrets
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, or_, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.acting import Acting, labels_of
from archive.adapters.catalogue.database import Writing, chunks, clean
from archive.adapters.catalogue.members import decode_record
from archive.analysis import key_of
from archive.errors import Conflict, NotFound
from archive.model.custody import Event
from archive.model.record import Record
from archive.model.viewer import Viewer
from archive.model.work import AskedSearch, Label, LabelKind, SavedSearch, WorkChange

ASKED_KEPT = 1000
"""So many of a person's latest searches are kept."""


class Working(Acting):
    """The part of the catalogue that holds people's work."""

    # ------------------------------------------------------------ tags and notes

    def label(self, record_ids: Iterable[str], kind: LabelKind, value: str, viewer: Viewer, subject: str) -> tuple[str, int]:
        """Give records a tag or note; return the change_id and how many got it. A record that has the tag, or may not be seen, is left as it is.

        `subject` is what the act was about, for the custody log: a record_id or the digest of a query.
        """
        with self.write() as w:
            given: list[str] = []
            for part in chunks(sorted(set(record_ids))):
                sees = self._sees(w.connection, viewer)
                seen = list(w.connection.execute(select(t.records.c.record_id).where(t.records.c.record_id.in_(part), sees)).scalars())
                if kind == "tag":
                    having = set(w.connection.execute(select(t.labels.c.record_id).where(_tagged(key_of(value)), t.labels.c.record_id.in_(seen))).scalars())
                    seen = [record_id for record_id in seen if record_id not in having]
                given += seen
            change_id = self._act(w, viewer, kind, subject=clean(subject), value=clean(value), records=given)
            w.log(Event("labelled", viewer.actor, subject, {"what": kind, "change": change_id, "records": len(given)}))
        return change_id, len(given)

    def unlabel(self, viewer: Viewer, subject: str, *, record_ids: Iterable[str] | None = None, tag: str = "", label_id: int = 0) -> tuple[str, int]:
        """Take a tag from records, or one label by its id, as far as the viewer may see the records; return the change_id and how many lost it."""
        with self.write() as w:
            taken: list[list[str]] = []
            which = [and_(_tagged(key_of(tag)), t.labels.c.record_id.in_(part)) for part in chunks(sorted(set(record_ids or ())))] if tag else \
                [and_(t.labels.c.label_id == label_id, t.labels.c.removed_by.is_(None))]
            for rule in which:
                rows = w.connection.execute(select(t.labels.c.change_id, t.labels.c.record_id).join(t.records, t.records.c.record_id == t.labels.c.record_id)
                                            .where(rule, self._sees(w.connection, viewer))).all()
                taken += [[r.change_id, r.record_id] for r in rows]
            if not tag and not taken:
                raise NotFound(f"There is no note {label_id}.", "The record lists those it has.")
            what = "untag" if tag else "unnote"
            change_id = self._act(w, viewer, what, subject=clean(subject), labels=taken)
            w.log(Event("labelled", viewer.actor, subject, {"what": what, "change": change_id, "records": len(taken)}))
        return change_id, len(taken)

    def labels(self, record_ids: Sequence[str], viewer: Viewer) -> list[Label]:
        """Return the tags and notes of records, oldest first, of those that the viewer may see."""
        out: list[Label] = []
        with self.read() as c:
            for part in chunks(sorted(set(record_ids))):
                rows = c.execute(select(t.labels).join(t.records, t.records.c.record_id == t.labels.c.record_id)
                                 .where(t.labels.c.record_id.in_(part), t.labels.c.removed_by.is_(None), self._sees(c, viewer)))
                out += [Label(r.label_id, r.record_id, r.kind, r.value, r.actor, r.at, r.change_id) for r in rows]
        return sorted(out, key=lambda label: label.label_id)

    def tags(self, viewer: Viewer) -> dict[str, int]:
        """Return the tags in use with how many records that the viewer may see have each, by name."""
        with self.read() as c:
            rows = c.execute(select(func.min(t.labels.c.value).label("value"), func.count(t.labels.c.record_id.distinct()).label("records"))
                             .join(t.records, t.records.c.record_id == t.labels.c.record_id)
                             .where(t.labels.c.kind == "tag", t.labels.c.removed_by.is_(None), self._sees(c, viewer))
                             .group_by(t.labels.c.name).order_by(t.labels.c.name)).all()
        return {r.value: r.records for r in rows}

    # ------------------------------------------------------------ saved searches

    def save_search(self, name: str, body: Mapping[str, Any], shared: bool, viewer: Viewer) -> tuple[SavedSearch, str]:
        """Keep a search under a name of its owner's; return it and the change_id. Raises Conflict when the owner has one of that name."""
        saved_id = secrets.token_hex(6)
        with self.write() as w:
            if w.connection.execute(select(t.saved_searches.c.saved_id).where(_own(viewer), t.saved_searches.c.name == clean(name))).first():
                raise Conflict(f"You have a saved search {name!r} already.", "Choose another name, or remove that one first.")
            change_id = self._act(w, viewer, "save", subject=saved_id, name=clean(name), shared=shared, search=_json(body))
            w.log(Event("saved", viewer.actor, saved_id, {"change": change_id, "shared": shared}))
        return self.saved_search(saved_id, viewer), change_id

    def change_search(self, saved_id: str, viewer: Viewer, *, name: str | None = None, body: Mapping[str, Any] | None = None,
                      shared: bool | None = None, remove: bool = False) -> str:
        """Change or remove one of one's own searches; return the change_id. Raises NotFound."""
        with self.write() as w:
            row = w.connection.execute(select(t.saved_searches).where(_own(viewer), t.saved_searches.c.saved_id == saved_id)).one_or_none()
            if row is None:
                raise _no_search(saved_id)
            before = {"name": row.name, "body": row.body, "shared": bool(row.shared), "removed_at": row.removed_at}
            given = {"name": clean(name) if name is not None else None, "body": _json(body) if body is not None else None, "shared": shared}
            after: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
            after |= {"removed_at": w.at if remove else None}
            change_id = self._act(w, viewer, "remove" if remove else "change", subject=saved_id, before=before, after=after)
            w.log(Event("saved", viewer.actor, saved_id, {"what": "remove" if remove else "change", "change": change_id}))
        return change_id

    def saved_searches(self, viewer: Viewer) -> list[SavedSearch]:
        """Return one's own searches and those that are shared, by name."""
        with self.read() as c:
            rows = c.execute(_searches(viewer).order_by(t.saved_searches.c.name, t.saved_searches.c.saved_id)).all()
        return [_saved(r) for r in rows]

    def saved_search(self, saved_id: str, viewer: Viewer) -> SavedSearch:
        """Return a saved search by its id or by its name (one's own first). Raises NotFound, also for one that is not shared."""
        with self.read() as c:
            rows = c.execute(_searches(viewer).where(or_(t.saved_searches.c.saved_id == saved_id, t.saved_searches.c.name == saved_id))).all()
        if not rows:
            raise _no_search(saved_id)
        return _saved(min(rows, key=lambda r: (r.saved_id != saved_id, r.owner != viewer.actor, r.saved_id)))

    def seen_of(self, saved_id: str, viewer: Viewer) -> tuple[str, set[str]] | None:
        """Return when this viewer last looked at a saved search and which record_ids it found then; None before the first time."""
        with self.read() as c:
            row = c.execute(select(t.saved_checks).where(t.saved_checks.c.saved_id == saved_id, t.saved_checks.c.actor == viewer.actor)).one_or_none()
        if row is None:
            return None
        packed = zlib.decompress(row.seen).hex()
        return row.checked_at, {packed[at:at + 20] for at in range(0, len(packed), 20)}

    def set_seen(self, saved_id: str, viewer: Viewer, record_ids: Iterable[str]) -> None:
        """Keep what a viewer has now seen of a saved search."""
        packed = zlib.compress(bytes.fromhex("".join(sorted(record_ids))), 1)
        with self.write() as w:
            w.insert(t.saved_checks, [{"saved_id": saved_id, "actor": viewer.actor, "checked_at": w.at, "seen": packed}], replace=("checked_at", "seen"))

    # ------------------------------------------------------------ one's own searches

    def log_search(self, event: Event, body: Mapping[str, Any], total: int) -> None:
        """Append the custody event of a search, and keep its words for who asked."""
        with self.write() as w:
            w.log(event)
            w.insert(t.asked, [{"actor": clean(event.actor), "at": w.at, "body": _json(body), "total": total}])
            newest = select(t.asked.c.asked_id).where(t.asked.c.actor == event.actor).order_by(t.asked.c.asked_id.desc()).offset(ASKED_KEPT).limit(1)
            if oldest := w.connection.execute(newest).scalar():
                w.connection.execute(delete(t.asked).where(t.asked.c.actor == event.actor, t.asked.c.asked_id <= oldest))

    def asked(self, viewer: Viewer, limit: int = 100) -> list[AskedSearch]:
        """Return one's own latest searches, newest first."""
        with self.read() as c:
            rows = c.execute(select(t.asked).where(t.asked.c.actor == viewer.actor).order_by(t.asked.c.asked_id.desc()).limit(limit)).all()
        return [AskedSearch(r.asked_id, r.at, r.total, json.loads(r.body)) for r in rows]

    def forget_asked(self, viewer: Viewer) -> int:
        """Forget one's own searches; return how many there were. The custody log keeps that searches were made, by digest."""
        with self.write() as w:
            return int(w.connection.execute(delete(t.asked).where(t.asked.c.actor == viewer.actor)).rowcount)

    # ------------------------------------------------------------ undo

    def work_changes(self, viewer: Viewer, limit: int = 100) -> list[WorkChange]:
        """Return one's own acts, newest first."""
        with self.read() as c:
            rows = c.execute(select(t.changes_of_work).where(t.changes_of_work.c.actor == viewer.actor)
                             .order_by(t.changes_of_work.c.at.desc(), t.changes_of_work.c.change_id).limit(limit)).all()
            counts = {}
            for r in rows:
                counts[r.change_id] = int(c.execute(select(func.count()).select_from(t.labels).where(
                    or_(t.labels.c.change_id == r.change_id, t.labels.c.removed_by == r.change_id))).scalar_one())
        return [WorkChange(r.change_id, r.actor, r.at, r.what, r.subject, r.undone_at, counts[r.change_id]) for r in rows]

    def undo(self, change_id: str, viewer: Viewer) -> int:
        """Undo one of one's own acts; return how many records or searches are as they were before. Raises NotFound, Conflict when it was undone."""
        with self.write() as w:
            row = w.connection.execute(select(t.changes_of_work).where(
                t.changes_of_work.c.change_id == change_id, t.changes_of_work.c.actor == viewer.actor)).one_or_none()
            if row is None:
                raise NotFound(f"There is no change {change_id[:40]!r} of yours.", "`casetrail tag changes` lists them.")
            if row.undone_at:
                raise Conflict(f"The change {change_id} was undone before.")
            done = self._touched(w, row)
            self._act(w, viewer, "undo", undone=change_id)
            w.log(Event("undone", viewer.actor, row.subject, {"change": change_id, "what": row.what, "records": done}))
        return done

    def _touched(self, w: Writing, row: Any) -> int:
        """Return how many records or searches are as they were before once an act is undone."""
        rule = labels_of(row)
        table, reached = (t.labels, rule) if rule is not None else (t.saved_searches, t.saved_searches.c.saved_id == row.subject)
        return int(w.connection.execute(select(func.count()).select_from(table).where(reached)).scalar_one())

    # ------------------------------------------------------------ copies and families

    def copies(self, record_ids: Sequence[str], viewer: Viewer) -> dict[str, list[Record]]:
        """Return for each record all that are copies of the same item, itself among them, as far as the viewer may see them; the primary first."""
        out: dict[str, list[Record]] = {}
        with self.read() as c:
            keys: dict[str, str] = {}
            for part in chunks(sorted(set(record_ids))):
                keys.update(c.execute(select(t.records.c.record_id, t.records.c.copy_key).where(
                    t.records.c.record_id.in_(part), self._sees(c, viewer))).all())
            groups: dict[str, list[Record]] = {}
            for part in chunks(sorted(set(keys.values()))):
                rows = c.execute(select(t.records.c.copy_key, t.records.c.body).where(t.records.c.copy_key.in_(part), self._sees(c, viewer))
                                 .order_by(t.records.c.path, t.records.c.position)).all()
                for copy_key, body in rows:
                    groups.setdefault(copy_key, []).append(decode_record(body))
            for record_id, key in keys.items():
                out[record_id] = self._unlinked(c, groups.get(key, []), viewer)
        return out

    def families(self, viewer: Viewer) -> dict[str, list[str]]:
        """Return the families of more than one record that the viewer may see: family_id -> record_ids."""
        several = select(t.records.c.family_id).group_by(t.records.c.family_id).having(func.count() > 1)
        out: dict[str, list[str]] = {}
        with self.read() as c:
            for family_id, record_id in c.execute(select(t.records.c.family_id, t.records.c.record_id).where(
                    t.records.c.family_id.in_(several), self._sees(c, viewer))):
                out.setdefault(family_id, []).append(record_id)
        return out

    # ------------------------------------------------------------ versions of the index

    def version_states(self) -> dict[str, str]:
        """Return the states that index versions were given (`ready`: whole, and kept up to date beside the one in use)."""
        with self.read() as c:
            return {r.version: r.state for r in c.execute(select(t.index_versions)) if r.state}

    def set_version_state(self, version: str, state: str) -> None:
        """Give a version a state, "" for none."""
        with self.write() as w:
            if not w.connection.execute(update(t.index_versions).where(t.index_versions.c.version == version).values(state=state or None)).rowcount:
                w.connection.execute(insert(t.index_versions).values(version=version, watermark=0, state=state or None))

    def forget_version(self, version: str) -> None:
        """Forget the watermark, state and refusals of a version that was dropped."""
        with self.write() as w:
            w.connection.execute(delete(t.index_versions).where(t.index_versions.c.version == version))
            w.connection.execute(delete(t.index_refusals).where(t.index_refusals.c.version == version))

    def refusals(self, version: str) -> dict[str, tuple[str, int]]:
        """Return the entries that a version did not take: record_id -> why, and how often it was tried."""
        with self.read() as c:
            rows = c.execute(select(t.index_refusals).where(t.index_refusals.c.version == version).order_by(t.index_refusals.c.record_id))
            return {r.record_id: (r.reason, r.tries) for r in rows}

    def set_refusals(self, version: str, refused: Mapping[str, str], taken: Iterable[str] = ()) -> None:
        """Keep which entries a version refused and why, and that it has taken others after all."""
        taken = sorted(set(taken))
        with self.write() as w:
            for part in chunks(taken):
                w.connection.execute(delete(t.index_refusals).where(t.index_refusals.c.version == version, t.index_refusals.c.record_id.in_(part)))
            held = dict(w.connection.execute(select(t.index_refusals.c.record_id, t.index_refusals.c.tries).where(
                t.index_refusals.c.version == version)).all()) if refused else {}
            w.insert(t.index_refusals, [{"version": version, "record_id": record_id, "reason": clean(reason)[:2000], "at": w.at,
                                         "tries": held.get(record_id, 0) + 1} for record_id, reason in refused.items()], replace=("reason", "at", "tries"))


def _tagged(name: str) -> ColumnElement[bool]:
    return and_(t.labels.c.kind == "tag", t.labels.c.name == name, t.labels.c.removed_by.is_(None))


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return and_(t.saved_searches.c.owner == viewer.actor, t.saved_searches.c.removed_at.is_(None))


def _searches(viewer: Viewer) -> Select[Any]:
    return select(t.saved_searches).where(t.saved_searches.c.removed_at.is_(None),
                                          or_(t.saved_searches.c.owner == viewer.actor, t.saved_searches.c.shared.is_(True)))


def _saved(row: Any) -> SavedSearch:
    return SavedSearch(row.saved_id, row.owner, row.name, bool(row.shared), cast("dict[str, Any]", json.loads(row.body)), row.created_at, row.changed_at)


def _json(body: Mapping[str, Any]) -> str:
    return json.dumps(dict(body), sort_keys=True)


def _no_search(saved_id: str) -> NotFound:
    return NotFound(f"There is no saved search {saved_id[:80]!r}.", "`casetrail saved list` names those you may use.")

