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

from ingest.sources.base import Met, Refused, Source

GROUP = "casetrail.sources"


@functools.cache
def sources() -> tuple[Source, ...]:
    """Return all sources, those of this package first."""
    found: list[Source] = []
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        found.extend(getattr(importlib.import_module(f"{__name__}.{module}"), "SOURCES", ()))
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        loaded = point.load()
        found.extend(loaded if isinstance(loaded, tuple) else (loaded,))
    return tuple(found)


def source_for(path: str) -> Source | None:
    """Return the source that takes this path most surely, None when nobody does (there is nothing at the path)."""
    best = max(sources(), key=lambda s: s.bid(path), default=None)
    return best if best is not None and best.bid(path) > 0 else None


def walk(path: str, name: str = "") -> Iterator[Met | Refused]:
    """Yield everything at and below a path as the user typed it. What cannot be had is `Refused`; this never raises for a path."""
    chosen = source_for(path)
    if chosen is None:
        reason = "There is no such file or folder." if not os.path.lexists(path) else "It cannot be opened."
        yield Refused(path, "unreadable", reason)
        return
    yield from chosen.walk(path, name)
