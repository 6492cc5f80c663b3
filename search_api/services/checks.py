"""Is every part there and ready, and what is the archive's size and lag."""
from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from archive.errors import CasetrailError, Unavailable
from archive.wiring import Archive

log = logging.getLogger("casetrail.api")


def readiness(archive: Archive) -> dict[str, Any]:
    """Return `ready` and for each part whether it answers, with a word for the operator: no address, no secret."""
    parts = {"objects": _answers(lambda: _objects(archive)), "catalogue": _answers(lambda: _health(archive.catalogue.health())),
             "index": _answers(lambda: _health(archive.index.health()))}
    return {"ready": all(part["ready"] for part in parts.values()), "parts": parts}


def gauges(archive: Archive) -> dict[str, tuple[str, float]]:
    """Return the measures of the archive by name, each with its help text; those of a part that does not answer are left out."""
    found: dict[str, tuple[str, float]] = {}

    def measure(name: str, explanation: str, value: Callable[[], float | None]) -> None:
        try:
            given = value()
        except CasetrailError:
            return
        if given is not None:
            found[name] = (explanation, given)

    measure("casetrail_records", "Records that the catalogue holds.", archive.catalogue.count_records)
    measure("casetrail_index_lag", "Changes of the catalogue that the index has not yet seen.", lambda: _lag(archive))
    measure("casetrail_index_refused", "Entries that the index in use refused; the log and `casetrail index refused` say why.", lambda: _refused(archive))
    measure("casetrail_ready", "1 when objects, catalogue and index answer.", lambda: float(readiness(archive)["ready"]))
    return found


def _lag(archive: Archive) -> float | None:
    version = archive.index.current()
    return None if version is None else archive.catalogue.last_change() - archive.catalogue.watermark(version)


def _refused(archive: Archive) -> float | None:
    version = archive.index.current()
    return None if version is None else float(len(archive.catalogue.refusals(version)))


def _objects(archive: Archive) -> tuple[bool, str]:
    # One key is enough to see that the store can be asked; that there is none yet is no fault.
    next(iter(archive.objects.keys("v1/directory/")), None)
    return True, "answers"


def _health(health: Any) -> tuple[bool, str]:
    return bool(health.ready), str(health.detail)


def _answers(ask: Callable[[], tuple[bool, str]]) -> dict[str, Any]:
    try:
        ready, detail = ask()
    except Exception as error:  # whatever keeps a part from answering, the check itself must answer
        log.warning("not ready: %s", error, exc_info=error)
        ready, detail = False, "does not answer; the log says why"
    return {"ready": ready, "detail": detail}


def make_index(archive: Archive) -> None:
    """Make a first version of the index where there is none; a server that is not there yet is told by the readiness instead."""
    try:
        if archive.index.current() is None:
            from ingest.feed import feed
            feed(archive, wait_seconds=0)
    except Unavailable as error:
        log.warning("no index yet: %s", error, exc_info=error)


def set_up(archive: Archive) -> None:
    """Make what is missing: the bucket, the tables, a first version of the index. Raises what the parts raise."""
    prepare = getattr(archive.objects, "prepare", None)
    if prepare is not None:
        prepare()
    archive.catalogue.health()  # opening it brings the tables up to date
    from ingest.feed import feed
    feed(archive, wait_seconds=30)
