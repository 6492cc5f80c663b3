"""API keys: issued with a role, the clients they may see and a last day; shown once; revoked at any time."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive.clock import stamp
from archive.errors import BadRequest
from archive.model.viewer import LOCAL, RIGHTS, Role, Viewer
from archive.ports import ApiKey
from archive.wiring import Archive
from search_api.auth import digest_of_secret, new_secret

DAYS_MAX = 365


@dataclass(frozen=True, slots=True)
class Issued:
    """A fresh key; `secret` is kept nowhere and cannot be shown again."""
    secret: str
    key: ApiKey


def issue(archive: Archive, label: str, role: Role, clients: Sequence[str] | None, privileged: bool, days: int) -> Issued:
    """Make a key that holds for `days` from now. `clients` None means all; `privileged` is the right to see privileged records.

    Raises BadRequest for a label, role, client or number of days that cannot be.
    """
    if not label.strip() or len(label) > 100 or not label.isprintable():
        raise BadRequest("The label of a key is 1 to 100 printable characters.", "Say who will use it, as in `reporting`.")
    if role not in RIGHTS:
        raise BadRequest(f"There is no role {role!r}.", f"Use one of {', '.join(sorted(RIGHTS))}.")
    if not 1 <= days <= DAYS_MAX:
        raise BadRequest(f"A key holds for 1 to {DAYS_MAX} days.", "Issue a new one before it ends.")
    if clients is not None:
        if not clients:
            raise BadRequest("A key for no client at all sees nothing.", "Name at least one client, or leave the restriction out.")
        missing = sorted(set(clients) - {c.client_id for c in archive.catalogue.clients(LOCAL)})
        if missing:
            raise BadRequest(f"The directory has no client {', '.join(missing)}.", "`casetrail clients list` shows those there are.")
    secret = new_secret()
    viewer = Viewer(f"key:{label.strip()}", role, None if clients is None else frozenset(clients), privileged)
    expires_at = stamp(archive.clock.now() + timedelta(days=days))
    return Issued(secret, archive.catalogue.add_key(label.strip(), digest_of_secret(secret), viewer, expires_at))


def keys(archive: Archive) -> list[dict[str, Any]]:
    """Return all keys ever issued with their state: `valid`, `expired` or `revoked`."""
    return [key_json(key, archive.clock.now()) for key in archive.catalogue.keys()]  # noqa: SIM118  no mapping


def any_valid(archive: Archive) -> bool:
    """Say whether somebody could use a server that asks for keys; feeds do not count."""
    return any(key["state"] == "valid" and key["role"] != "feed" for key in keys(archive))


def revoke(archive: Archive, key_id: str) -> None:
    """Let a key hold no longer. Raises NotFound."""
    archive.catalogue.revoke_key(key_id, LOCAL.actor)


def key_json(key: ApiKey, now: datetime) -> dict[str, Any]:
    state = "revoked" if key.revoked_at else "expired" if datetime.fromisoformat(key.expires_at) <= now else "valid"
    clients = None if key.viewer.clients is None else sorted(key.viewer.clients)
    return {"key_id": key.key_id, "label": key.label, "role": key.viewer.role, "clients": clients, "privileged": key.viewer.privileged,
            "expires_at": key.expires_at, "revoked_at": key.revoked_at, "state": state}
