"""Where items come from, and the register of sources.

A module of this package takes part by a constant `SOURCES`, a package from outside by an entry point of the group `casetrail.sources`
that names a `Source` or a tuple of them.  Mailbox files and archives are no sources but formats: their members come out of the reader
and go back to the front door (ingest/extract/mbox.py, zip.py).
"""
from __future__ import annotations

import functools
import importlib
import os
import pkgutil
from collections.abc import Iterator
from importlib.metadata import entry_points

from archive.errors import BadRequest
from ingest.sources.base import MetOrNot, Pull, Pulling, Refused, Source

GROUP = "casetrail.sources"


@functools.cache
def sources() -> tuple[Source | Pull, ...]:
    """Return all sources, those of this package first."""
    found: list[Source | Pull] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        found.extend(getattr(importlib.import_module(f"{__name__}.{module}"), "SOURCES", ()))
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        loaded = point.load()
        found.extend(loaded if isinstance(loaded, tuple) else (loaded,))
    return tuple(found)


def source_for(given: str) -> Source | Pull | None:
    """Return the source that takes this most surely, None when nobody does (there is nothing of that name)."""
    best = max(sources(), key=lambda s: s.bid(given), default=None)
    return best if best is not None and best.bid(given) > 0 else None


def check(given: str, pulling: Pulling) -> None:
    """Raise BadRequest or BadSettings for what can never be taken in, so that it is told before anything is."""
    chosen = source_for(given)
    if chosen is None:
        raise BadRequest(f"{given} does not exist.", "Check the path; nothing was taken in.")
    if isinstance(chosen, Pull):
        chosen.check(given, pulling)


def walk(given: str, name: str, pulling: Pulling) -> Iterator[MetOrNot]:
    """Yield everything at and below what the user typed. What cannot be had is `Refused`; only a server that stays away raises (Unavailable)."""
    chosen = source_for(given)
    if chosen is None:
        reason = "There is no such file or folder." if not os.path.lexists(given) else "It cannot be opened."
        yield Refused(given, "unreadable", reason)
    elif isinstance(chosen, Pull):
        yield from chosen.pull(given, name, pulling)
    else:
        yield from chosen.walk(given, name)
