"""The change log of the catalogue is written to the index, up to a watermark that the catalogue keeps for each version.

The watermark moves only after the index has committed, and entries are written by identity: whatever is killed when, writing goes on
where it stood, and nothing is missing or there twice.  A reindex is the same thing from 0 into a new version, then one switch; meanwhile
and until the old version is dropped both can be written to, since each has a watermark of its own.

An entry that the index refuses stops nothing: it is kept with the reason (`Catalogue.refusals`), told in the log, and tried again at the next feed.
An index that cannot be reached is waited for, and told about, before this gives up.
"""
from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from archive.clock import stamp
from archive.entry import entry_of
from archive.errors import Conflict, Incomplete, NotFound, StoreFull, Unavailable
from archive.model.custody import Event
from archive.model.query import IndexEntry
from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.wiring import Archive
from ingest.index_check import findings

BATCH = 500
COMMIT_EVERY = 20_000
COMMIT_SECONDS = 3.0
"""Where more comes all the time, what was written is committed so often."""
TELL_EVERY_SECONDS = 10.0
READY = "ready"

Progress = Callable[[int, int], None]
"""Called with (entries written, entries there are)."""
T = TypeVar("T")

log = logging.getLogger("casetrail.feed")


def feed(archive: Archive, progress: Progress | None = None, wait_seconds: float | None = None, more: Callable[[], bool] | None = None) -> int:
    """Write what has changed to the version in use (made when there is none) and to versions that stand ready; return how many entries were written.

    `more` is asked whenever all is written, and may wait: what has changed by then is written too before the commit, until it says no.
    Raises Unavailable when the index could not be reached for `wait_seconds` (None: as the settings say); what was not written is at the next call.
    """
    return _patiently(lambda: _feed(archive, progress, more), archive.settings.index_wait_seconds if wait_seconds is None else wait_seconds)


def _feed(archive: Archive, progress: Progress | None, more: Callable[[], bool] | None) -> int:
    with archive.catalogue.exclusive("feed"):
        version = archive.index.current()
        if version is None:
            version = _new_version(archive)
            archive.index.create(version)
            archive.index.switch(version)
        if stale := _stale(archive, version):
            raise Conflict(f"The search index cannot be written to: {stale}.", "Run `casetrail reindex`; what was taken in is kept.")
        written = catch_up(archive, version, progress, more)
        there = set(archive.index.versions())
        for other, state in archive.catalogue.version_states().items():
            if state == READY and other != version and other in there and not _stale(archive, other):
                catch_up(archive, other)
        return written


def catch_up(archive: Archive, version: str, progress: Progress | None = None, more: Callable[[], bool] | None = None) -> int:
    """Write all changes since the version's watermark to it and commit, once there are no `more`."""
    catalogue, index = archive.catalogue, archive.index
    seq = catalogue.watermark(version)
    written = uncommitted = 0
    last = catalogue.last_change() if progress else 0
    uncommitted += _try_again(archive, version)
    committed = time.monotonic()
    while (changed := catalogue.changes(seq, BATCH)) or (more is not None and more()):
        if not changed:
            continue
        _write(archive, version, [entry_of(c.read) for c in changed])
        seq = changed[-1].seq
        written, uncommitted = written + len(changed), uncommitted + len(changed)
        if uncommitted >= COMMIT_EVERY:
            index.commit(version)
            catalogue.set_watermark(version, seq)
            uncommitted = 0
            committed = time.monotonic()
        elif more is not None and time.monotonic() - committed > COMMIT_SECONDS:
            index.commit(version)       # so that it can be searched, and the last commit has little to do; the watermark need not follow at once
            committed = time.monotonic()
        if progress:
            progress(written, max(last, written))
    if uncommitted:
        index.commit(version)
        catalogue.set_watermark(version, seq)
    return written


def _write(archive: Archive, version: str, entries: Sequence[IndexEntry]) -> int:
    """Write entries; keep which of them were refused. Returns how many were taken."""
    refused: dict[str, str] = {}
    try:
        archive.index.upsert(version, entries)
    except Incomplete as error:
        if not error.refused:
            raise
        refused = error.refused
        for record_id, reason in refused.items():
            log.error("the index refused the entry of record %s: %s", record_id, reason)
    before = archive.catalogue.refusals(version)
    taken = [str(entry["record_id"]) for entry in entries if entry["record_id"] in before and entry["record_id"] not in refused]
    if refused or taken:
        archive.catalogue.set_refusals(version, refused, taken)
    return len(entries) - len(refused)


def _try_again(archive: Archive, version: str) -> int:
    """Write anew what the version refused before; return how many entries it took now."""
    refused = list(archive.catalogue.refusals(version))
    taken = 0
    for start in range(0, len(refused), BATCH):
        part = tuple(refused[start:start + BATCH])
        reads = list(archive.catalogue.read_records(RecordFilter(record_ids=part), LOCAL))
        gone = set(part) - {read.record.record_id for read in reads}
        if gone:
            archive.catalogue.set_refusals(version, {}, gone)
        if reads:
            taken += _write(archive, version, [entry_of(read) for read in reads])
    return taken


# ---------------------------------------------------------------- versions

def reindex(archive: Archive, actor: str, progress: Progress | None = None, switch_now: bool = True, keep: bool = False) -> str:
    """Build a new version of the index from the catalogue while searches use the old one, then switch. Returns the new version.

    The new version is compared with the catalogue before the switch: counts, and a sample of records that must be found by what they are.  With
    `keep` the old one stays, and `switch` goes back to it.  Without `switch_now` the new one stands ready beside it, both written to.
    Raises Incomplete, and keeps the old version in use, when the new one does not hold what it should; a version that fails is dropped.
    """
    version = _new_version(archive)
    archive.index.create(version)
    _patiently(lambda: catch_up(archive, version, progress), archive.settings.index_wait_seconds)
    with archive.catalogue.exclusive("feed"):
        _patiently(lambda: catch_up(archive, version), archive.settings.index_wait_seconds)
        old = archive.index.current()
        worse = set(archive.catalogue.refusals(version)) - set(archive.catalogue.refusals(old) if old else ())
        wrong = findings(archive, version)
        if wrong or worse:
            _drop(archive, version)
            told = wrong or [f"it refused {len(worse)} entries, the first that of {min(worse)}"]
            raise Incomplete(f"The new index is not as it should be and was dropped: {'; '.join(told[:3])}.", "Run `casetrail reindex` again.")
        archive.catalogue.set_version_state(version, READY)
        if switch_now:
            archive.index.switch(version)
    if switch_now:
        # One way back is enough: what is older than the version before goes.
        for each in archive.index.versions():
            if each != version and not (keep and each == old):
                _drop(archive, each)
    archive.catalogue.log([Event("reindexed", actor, version, {"records": archive.catalogue.count_records(), "switched": switch_now})])
    return version


def switch(archive: Archive, version: str, actor: str, progress: Progress | None = None) -> str | None:
    """Let searches use another version that is there: bring it up to date, compare it, switch. Returns the version used before.

    Raises NotFound; Conflict for a version that another program wrote, or that does not hold what it should: the one in use stays.
    """
    if version not in archive.index.versions():
        raise NotFound(f"The index has no version {version[:80]!r}.", "`casetrail index list` names those there are.")
    if stale := _stale(archive, version):
        raise Conflict(f"Version {version!r} cannot be used by this program: {stale}.", "Use the program that made it, or run `casetrail reindex`.")
    with archive.catalogue.exclusive("feed"):
        _patiently(lambda: catch_up(archive, version, progress), archive.settings.index_wait_seconds)
        wrong = findings(archive, version)
        if wrong:
            raise Conflict(f"Version {version!r} is not as it should be: {'; '.join(wrong[:3])}.", "Run `casetrail reindex`.")
        before = archive.index.current()
        archive.index.switch(version)
        archive.catalogue.set_version_state(version, READY)
        if before and before != version:
            archive.catalogue.set_version_state(before, "")
    archive.catalogue.log([Event("reindexed", actor, version, {"what": "switch", "before": before})])
    return before


def drop(archive: Archive, version: str, actor: str) -> None:
    """Remove a version that is not in use. Raises Conflict for the one in use, NotFound."""
    with archive.catalogue.exclusive("feed"):
        _drop(archive, version)
    archive.catalogue.log([Event("reindexed", actor, version, {"what": "drop"})])


def _stale(archive: Archive, version: str) -> str:
    """Return why this program cannot use a version, "" when it can."""
    about = getattr(archive.index, "about", None)
    return about(version).stale() if about else ""


def _drop(archive: Archive, version: str) -> None:
    archive.index.drop(version)
    archive.catalogue.forget_version(version)


def _patiently(work: Callable[[], T], seconds: float) -> T:
    """Do the work, and again while the index cannot be reached, with longer and longer pauses, for so many seconds."""
    began, told, pause = time.monotonic(), -TELL_EVERY_SECONDS, 0.5
    while True:
        try:
            return work()
        except StoreFull:
            raise
        except Unavailable as error:
            waited = time.monotonic() - began
            if waited >= seconds:
                raise
            if waited - told >= TELL_EVERY_SECONDS:
                told = waited
                log.warning("The search index cannot be reached; waiting (%.0f of %.0f s). %s", waited, seconds, error.message)
            time.sleep(min(pause, max(0.0, seconds - waited)))
            pause = min(pause * 2, 8.0)


def _new_version(archive: Archive) -> str:
    return stamp(archive.clock.now())[:19].replace("-", "").replace(":", "").lower() + "-" + secrets.token_hex(2)
