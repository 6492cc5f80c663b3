"""Who asks: API keys and the built-in local user.

A key is `ct_` and 256 random bits in base64url (RFC 4648, 5), shown once; only its SHA-256 is kept.  A fast hash is right here: nobody
guesses 256 random bits.  It comes as `Authorization: Bearer ct_…` (RFC 6750, 2.1), or as the password of HTTP Basic (RFC 7617), so that
a browser can ask for it without a page of ours ever holding it.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import secrets
from datetime import datetime

from archive.errors import NotAuthenticated
from archive.model.viewer import LOCAL, Viewer
from archive.ports import Catalogue, Clock

PREFIX = "ct_"
FEEDS = "/v1/feeds/"
"""What begins so is asked for by calendars, which can show no header: the address itself holds the secret (docs/decisions/0015-papers-and-feeds.md)."""
REMEDY = "Show a valid key as `Authorization: Bearer ct_…`; `casetrail keys issue` makes one."


def new_secret() -> str:
    """Return a fresh key."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of_secret(secret: str) -> str:
    """Return what is kept of a key: its SHA-256 in 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_loopback(host: str) -> bool:
    """Say whether a server that listens on this address is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Gate:
    """Names the viewer of a request. `keys_required` is False for a server that listens on loopback only."""

    def __init__(self, catalogue: Catalogue, clock: Clock, keys_required: bool) -> None:
        self._catalogue, self._clock, self._keys_required = catalogue, clock, keys_required

    def viewer(self, authorization: str | None) -> Viewer:
        """Return who shows this Authorization header: the owner of the key; without a header the local user where no key is required.

        Raises NotAuthenticated; what is wrong with a key is not told apart.
        """
        if not authorization:
            if self._keys_required:
                raise NotAuthenticated("This server answers only to who shows a key.", REMEDY)
            return LOCAL
        viewer = self._owner(_secret_in(authorization))
        if viewer is None or viewer.role == "feed":
            raise NotAuthenticated("The key is unknown, expired or revoked.", REMEDY)
        return viewer

    def feed(self, secret: str) -> Viewer:
        """Return who asks by a feed address with this secret. Raises NotAuthenticated; no other key opens a feed, and a feed's nothing else."""
        viewer = self._owner(secret)
        if viewer is None or viewer.role != "feed":
            raise NotAuthenticated("The feed address is unknown, expired or revoked.", "`casetrail keys feed` makes one.")
        return viewer

    def _owner(self, secret: str) -> Viewer | None:
        key = self._catalogue.key(digest_of_secret(secret))
        if key is None or key.revoked_at or datetime.fromisoformat(key.expires_at) <= self._clock.now():
            return None
        return key.viewer


def feed_path(secret: str) -> str:
    """Return the path of a feed address."""
    return f"{FEEDS}{secret}/deadlines.ics"


def secret_in_path(path: str) -> str | None:
    """Return the secret in the path of a feed address, None for any other path."""
    return path.removeprefix(FEEDS).partition("/")[0] if path.startswith(FEEDS) else None


def _secret_in(authorization: str) -> str:
    scheme, _, value = authorization.partition(" ")
    value = value.strip()
    if scheme.lower() == "bearer":
        return value
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            pass
    raise NotAuthenticated("The Authorization header cannot be understood.", REMEDY)
