"""The whole archive is checked: originals against digests, the custody log against its chain, the index against the catalogue."""
from __future__ import annotations

from collections.abc import Callable

from archive.errors import CasetrailError
from archive.model.query import MatchAll
from archive.model.viewer import Viewer
from archive.wiring import Archive
from evidence import ArchiveVerdict, verify_archive
from search_api.services.custody import note


def verify(archive: Archive, viewer: Viewer, progress: Callable[[int], None] | None = None) -> ArchiveVerdict:
    """Return what a check of the whole archive found; `progress` is told the number of items done. What it found is a custody event."""
    catalogue = archive.catalogue
    verdict = verify_archive(catalogue.items(), archive.objects, catalogue.custody(), _asked(lambda: archive.index.count(MatchAll())),
                             _asked(catalogue.count_records), progress)
    note(archive, viewer, "verified", "archive", status=verdict.status, items=verdict.items, findings=verdict.findings_total)
    return verdict


def _asked(count: Callable[[], int]) -> int | None:
    try:
        return count()
    except CasetrailError:
        return None
