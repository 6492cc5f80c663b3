"""What a source is. One module per source; each registers itself with what it accepts; the surest wins.

A source that lies on a disk (`Source`) names what is there and where its bytes lie, and reads none of them.  One that has to be asked
for its bytes over a network (`Pull`) brings them along, and is told what the catalogue holds already, so that nothing is fetched twice.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from archive.model.item import Place
from archive.model.outcome import Code


@dataclass(frozen=True, slots=True)
class Met:
    """An item that was met and can be had: in `file`, or as `content` where a source had to fetch it.

    `size_bytes` counts its bytes, `modified_at` is ISO 8601 or "", `declared_mime` what the source says of it.  `custodian` is whose data
    it is where the source knows and nobody said (--custodian).  A `passing` file is the source's own copy: it is removed once taken in.
    `parent` is the item that this one belongs to, met before it in the same walk (an attachment that lies beside its mail).
    """
    place: Place
    file: Path | None
    size_bytes: int
    modified_at: str
    declared_mime: str = ""
    content: bytes | None = None
    custodian: str = ""
    passing: bool = False
    parent: Met | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """An item that was met and whose bytes need not be fetched: the catalogue holds it as `record_id`, and that place never changes."""
    place: Place
    record_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was met and cannot be had, and why; `skipped` when it is left alone on purpose."""
    path: str
    code: Code
    reason: str
    result: Literal["failed", "skipped"] = "failed"


MetOrNot = Met | Held | Refused


@dataclass(frozen=True, slots=True)
class Access:
    """How a source that pulls shows who it is. Secrets are read from their files when they are needed, since tokens expire, and kept nowhere.

    `environment` holds secrets where no file is named; `plain` allows a password to cross a network without TLS.
    """
    password_file: Path | None = None
    token_file: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Pulling:
    """What a source that pulls is given.

    `held(prefix)` answers with the canonical names below a prefix that the catalogue holds, each with its record_id.  `spool` is a folder
    for what is too large for memory.  `own` are the places of the archive itself, as URLs: they are never taken in.
    """
    held: Callable[[str], Mapping[str, str]]
    spool: Path
    access: Access
    own: tuple[str, ...] = ()
    stopping: Callable[[], bool] = lambda: False


@dataclass(frozen=True, slots=True)
class Source:
    """`bid(given)` is 0 for what it does not take, else up to 1.  `walk(given, name)` yields everything below, in order of path;

    `given` is as the user typed it (it stays the beginning of every `Place.path`), `name` the name of the source as given with --source,
    or "" (then places are known by their resolved path).
    """
    name: str
    bid: Callable[[str], float]
    walk: Callable[[str, str], Iterator[MetOrNot]]


@dataclass(frozen=True, slots=True)
class Pull:
    """A source behind a network. `check(given, pulling)` raises BadRequest or BadSettings for what could never work, before a run begins.

    `pull(given, name, pulling)` yields everything below; it raises Unavailable where a server cannot be reached or stays away.
    """
    name: str
    bid: Callable[[str], float]
    check: Callable[[str, Pulling], None]
    pull: Callable[[str, str, Pulling], Iterator[MetOrNot]]
