"""The change log of the catalogue is written to the index, up to a watermark that the catalogue keeps for each version.

The watermark moves only after the index has committed, and entries are written by identity: whatever is killed when, writing goes on
where it stood, and nothing is missing or there twice.  A reindex is the same thing from 0 into a new version, then one switch.
"""
from __future__ import annotations

import secrets
from collections.abc import Callable

from archive.clock import stamp
from archive.entry import entry_of
from archive.errors import Incomplete
from archive.model.custody import Event
from archive.model.query import MatchAll
from archive.wiring import Archive

BATCH = 500
COMMIT_EVERY = 20_000

Progress = Callable[[int, int], None]
"""Called with (entries written, entries there are)."""


def feed(archive: Archive, progress: Progress | None = None) -> int:
    """Write what has changed to the version in use (made when there is none); return how many entries were written."""
    with archive.catalogue.exclusive("feed"):
        version = archive.index.current()
        if version is None:
            version = _new_version(archive)
            archive.index.create(version)
            archive.index.switch(version)
        return catch_up(archive, version, progress)


def catch_up(archive: Archive, version: str, progress: Progress | None = None) -> int:
    """Write all changes since the version's watermark to it and commit."""
    catalogue, index = archive.catalogue, archive.index
    seq = catalogue.watermark(version)
    written = uncommitted = 0
    last = catalogue.last_change() if progress else 0
    while changed := catalogue.changes(seq, BATCH):
        index.upsert(version, [entry_of(c.read) for c in changed])
        seq = changed[-1].seq
        written, uncommitted = written + len(changed), uncommitted + len(changed)
        if uncommitted >= COMMIT_EVERY:
            index.commit(version)
            catalogue.set_watermark(version, seq)
            uncommitted = 0
        if progress:
            progress(written, max(last, written))
    if uncommitted:
        index.commit(version)
        catalogue.set_watermark(version, seq)
    return written


def reindex(archive: Archive, actor: str, progress: Progress | None = None) -> str:
    """Build a new version of the index from the catalogue while searches use the old one, then switch. Returns the new version.

    Raises Incomplete, and keeps the old version in use, when the new one does not hold every record.
    """
    version = _new_version(archive)
    archive.index.create(version)
    catch_up(archive, version, progress)
    with archive.catalogue.exclusive("feed"):
        catch_up(archive, version)
        should, holds = archive.catalogue.count_records(), archive.index.count(MatchAll(), version)
        if should != holds:
            archive.index.drop(version)
            raise Incomplete(f"The new index holds {holds} of {should} records and was dropped.", "Run `casetrail reindex` again.")
        old = archive.index.current()
        archive.index.switch(version)
    if old and old != version:
        archive.index.drop(old)
    archive.catalogue.log([Event("reindexed", actor, version, {"records": holds})])
    return version


def _new_version(archive: Archive) -> str:
    return stamp(archive.clock.now())[:19].replace("-", "").replace(":", "").lower() + "-" + secrets.token_hex(2)
