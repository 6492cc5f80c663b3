"""What is known of an item before it is read. It crosses the fence with the bytes."""
from __future__ import annotations

from dataclasses import dataclass, field

from archive.model.client import Client
from archive.model.correction import Said
from archive.settings import Limits


@dataclass(frozen=True, slots=True)
class Given:
    """`name` is the file name, `path` and `inner` as in `Place`; `declared_mime` what the carrier said; `modified_at` ISO 8601 or "".

    `parent_format` is the short format name of the parent (`email`, `zip` …) or "".  `passwords` are tried on what is encrypted.
    `people` says who is meant by the ids in an export, from a list that lies beside the item: (id, name, address or "").
    `said` is what persons say of the item, which goes before what its words say.
    """
    name: str
    path: str = ""
    inner: str | None = None
    declared_mime: str = ""
    modified_at: str = ""
    client_given: str = ""
    parent_format: str = ""
    depth: int = 0
    passwords: tuple[str, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is the same for all items of a run: the client directory, our own mail domains as far as known, and the limits."""
    clients: tuple[Client, ...] = ()
    limits: Limits = field(default_factory=Limits)
    own_domains: tuple[str, ...] = ()
