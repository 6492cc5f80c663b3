"""One message, attachment or file as it came."""
from __future__ import annotations

import hashlib
from dataclasses import dataclass

from archive.model.digest import Digest


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item was met.

    `path` is the path as it was given to `ingest`, joined with what lies below it.  `canonical` is what makes two names the same
    place: `<source>:<path relative to what was given>` where the source was named, else the resolved path.  `inner` is None for
    a file of its own, else where the item lies inside that file; deeper levels are joined with `#`.
    """
    path: str
    canonical: str
    inner: str | None = None


def record_id_of(place: Place, digest: Digest) -> str:
    """Return the identity of the item with these bytes at this place: 20 hexadecimal digits, the same on every machine.

    Other bytes at the same place are another item; the same bytes at another place are another item too.
    """
    name = "\0".join((place.canonical, place.inner or "", digest))
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:20]


@dataclass(frozen=True, slots=True)
class Item:
    """An item that is stored: what is known before anybody read it.

    `family_id` is the record_id of the outermost parent (its own when it has none).  `declared_mime` is what the carrier said of
    it.  `modified_at` is the time of the file or member, ISO 8601, or "".  `container` marks a mailbox or archive whose
    members are records of their own while it is none itself.  `derived` marks what came in only as the words of its parent (a mail that exists
    only where another quotes it): its bytes are ours, made from those words.
    """
    record_id: str
    digest: Digest
    size_bytes: int
    place: Place
    source: str
    custodian: str
    client_given: str
    parent_id: str | None
    family_id: str
    depth: int
    ordinal: int
    declared_mime: str
    modified_at: str
    met_at: str
    run_id: str
    container: bool = False
    derived: bool = False

    @property
    def name(self) -> str:
        """The file name of the item itself: the last part of `inner`, else of the path."""
        inner = self.place.inner
        return inner.rsplit("#", 1)[-1].rsplit("/", 1)[-1] if inner else self.place.path.rsplit("/", 1)[-1]
