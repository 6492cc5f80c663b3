"""The client directory, the custody log as it is read, and the API keys."""
from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, update

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.agreeing import Agreeing
from archive.adapters.catalogue.database import clean
from archive.adapters.catalogue.proposing import Proposing
from archive.adapters.catalogue.quoting import Quoting
from archive.errors import NotFound
from archive.model.client import Client
from archive.model.custody import Action, ChainedEvent, Event
from archive.model.digest import Digest
from archive.model.viewer import Viewer
from archive.ports import ApiKey

PAGE = 1000


class SqlCatalogue(Agreeing, Proposing, Quoting):
    """The whole catalogue: `archive.ports.Catalogue`."""

    # ------------------------------------------------------------ clients

    def import_clients(self, clients: Sequence[Client], actor: str, digest: Digest) -> int:
        """Add or update clients, and keep the digest of the directory they came from in the custody log. Returns how many changed."""
        with self.write() as w:
            held = dict(w.connection.execute(select(t.clients.c.client_id, t.clients.c.body)).all())
            rows = [{"client_id": c.client_id, "legal_name": clean(c.legal_name), "body": msgspec.msgpack.encode(c)} for c in clients]
            changed = [r for r in rows if held.get(r["client_id"]) != r["body"]]
            w.insert(t.clients, changed, replace=("legal_name", "body"))
            w.log(Event("directory_imported", actor, digest, {"clients": len(rows), "changed": len(changed)}))
        return len(changed)

    def clients(self, viewer: Viewer) -> list[Client]:
        with self.read() as c:
            statement = select(t.clients.c.body).order_by(t.clients.c.client_id)
            if viewer.clients is not None:
                statement = statement.where(t.clients.c.client_id.in_(sorted(viewer.clients)))
            return [msgspec.msgpack.decode(body, type=Client) for body in c.execute(statement).scalars()]

    def client(self, client_id: str, viewer: Viewer) -> Client:
        with self.read() as c:
            body = c.execute(select(t.clients.c.body).where(t.clients.c.client_id == client_id)).scalar()
        if body is None or not viewer.sees_client(client_id):
            raise NotFound(f"There is no client {client_id[:80]!r}.", "`casetrail clients list` names those you may see.")
        return msgspec.msgpack.decode(body, type=Client)

    def state_of(self, client_id: str) -> str:
        of_client = select(t.record_clients.c.record_id).where(t.record_clients.c.client_id == client_id).scalar_subquery()
        with self.read() as c:
            # A record that goes lowers the count; one that comes or changes has a number above all before it.
            count, last = c.execute(select(func.count(), func.max(t.records.c.changed_seq)).where(t.records.c.record_id.in_(of_client))).one()
        return f"{count} {last or 0}"

    # ------------------------------------------------------------ custody

    def custody(self, after: int = 0, subject: str | None = None) -> Iterator[ChainedEvent]:
        def page(c: Connection, start: int) -> tuple[list[ChainedEvent], int]:
            statement = select(t.custody).where(t.custody.c.seq > start).order_by(t.custody.c.seq).limit(PAGE)
            if subject is not None:
                statement = statement.where(t.custody.c.subject == subject)
            rows = c.execute(statement).all()
            return [_event(r) for r in rows], rows[-1].seq if rows else start
        return self.stream(page, after)

    def restore_custody(self, events: Sequence[ChainedEvent]) -> None:
        """Put back events of a log that was exported, as the beginning of an empty one (`casetrail rebuild`)."""
        with self.write() as w:
            w.insert(t.custody, [{
                "seq": e.seq, "at": e.at, "action": e.event.action, "actor": e.event.actor, "subject": e.event.subject,
                "details": json.dumps(e.event.details, sort_keys=True), "previous": e.previous, "digest": e.digest} for e in events])
            for name, value in (("custody_seq", str(events[-1].seq)), ("custody_digest", events[-1].digest)) if events else ():
                w.set(name, value)

    # ------------------------------------------------------------ API keys

    def add_key(self, label: str, secret_sha256: str, viewer: Viewer, expires_at: str) -> ApiKey:
        key_id = secrets.token_hex(6)
        with self.write() as w:
            w.insert(t.api_keys, [{"key_id": key_id, "label": clean(label), "secret_sha256": secret_sha256, "created_at": w.at,
                                   "viewer_body": msgspec.msgpack.encode(viewer), "expires_at": expires_at, "revoked_at": None}])
            w.log(Event("key_issued", "local", key_id, {"role": viewer.role, "expires_at": expires_at}))
        return ApiKey(key_id, label, viewer, expires_at, None)

    def key(self, secret_sha256: str) -> ApiKey | None:
        with self.read() as c:
            row = c.execute(select(t.api_keys).where(t.api_keys.c.secret_sha256 == secret_sha256)).one_or_none()
        return _key(row) if row else None

    def keys(self) -> list[ApiKey]:
        with self.read() as c:
            return [_key(r) for r in c.execute(select(t.api_keys).order_by(t.api_keys.c.created_at))]

    def revoke_key(self, key_id: str, actor: str) -> None:
        with self.write() as w:
            done = w.connection.execute(update(t.api_keys).where(t.api_keys.c.key_id == key_id, t.api_keys.c.revoked_at.is_(None)).values(revoked_at=w.at))
            if not done.rowcount:
                raise NotFound(f"There is no key {key_id[:40]!r} in force.", "`casetrail keys list` names them.")
            w.log(Event("key_revoked", actor, key_id, {}))


def _event(row: Any) -> ChainedEvent:
    action: Action = row.action
    return ChainedEvent(row.seq, row.at, Event(action, row.actor, row.subject, json.loads(row.details)), row.previous, row.digest)


def _key(row: Any) -> ApiKey:
    viewer = msgspec.msgpack.decode(row.viewer_body, type=Viewer)
    return ApiKey(row.key_id, row.label, replace_actor(viewer, row.key_id), row.expires_at, row.revoked_at)


def replace_actor(viewer: Viewer, key_id: str) -> Viewer:
    """Return the viewer of a key, known in the custody log by the key."""
    return Viewer(f"key:{key_id}", viewer.role, viewer.clients, viewer.privileged)
