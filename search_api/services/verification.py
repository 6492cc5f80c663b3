"""The whole archive is checked, and mended where that is asked for: objects, catalogue and index against one another, the custody log against its chain."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from archive.errors import CasetrailError, NotAllowed
from archive.model.digest import digest_of, work_key
from archive.model.viewer import Viewer
from archive.wiring import Archive
from evidence import ArchiveVerdict, Repair, verify_archive
from evidence.acts_check import ActStated
from evidence.agreement import IndexAgreement, index_agreement
from evidence.archive_check import FINDINGS_KEPT, FIXITY, Differences
from evidence.verdict import status_of
from ingest.repair import Damage
from ingest.repair import repair as mend
from ingest.work_export import statement_of
from search_api.services.custody import demand, note

SAMPLE = 1000
"""So many index entries are compared in their content by a fast check."""


def verify(archive: Archive, viewer: Viewer, progress: Callable[[int], None] | None = None, *, fast: bool = False, repair: bool = False) -> ArchiveVerdict:
    """Return what a check of the whole archive found; `progress` is told the number of items done. What it found is a custody event.

    `fast` sees that originals and statements are there without reading them, and compares a sample of the index entries.  `repair` mends what can
    be mended; then the verdict is that of a second, fast check, with what only the first could see.
    """
    if viewer.clients is not None:
        raise NotAllowed("The check covers all clients.", "Ask for a key that may see all clients.")
    demand(viewer, "ingest" if repair else "read")
    verdict = _check(archive, progress, fast)
    if repair and (verdict.differences.any or verdict.behind):     # an index that is behind is fed, too
        repairs = tuple(Repair(m.code, m.subject, m.what) for m in mend(archive, viewer.actor, _damage(verdict.differences)))
        verdict = _after(verdict, _check(archive, progress, fast=True), repairs)
    note(archive, viewer, "verified", "archive", status=verdict.status, items=verdict.items, findings=verdict.findings_total, repairs=len(verdict.repairs))
    return verdict


def _check(archive: Archive, progress: Callable[[int], None] | None, fast: bool) -> ArchiveVerdict:
    catalogue = archive.catalogue
    agreement = _agreement(archive, fast)
    return verify_archive(
        catalogue.items(), archive.objects, catalogue.custody(), agreement.entries if agreement else None, _asked(catalogue.count_records), progress, fast=fast,
        names=catalogue.further_names(), loose=catalogue.loose_ends(), index=agreement,
        held=lambda record_id: bool(catalogue.items_of([record_id])), acts=_acts(archive))


def _acts(archive: Archive) -> Iterator[ActStated]:
    waiting = {act.seq for act in archive.catalogue.acts(unstored=True)}
    for act in archive.catalogue.acts():
        yield ActStated(work_key(act.seq, act.act_id), digest_of(statement_of(act)), act.seq not in waiting)


def _agreement(archive: Archive, fast: bool) -> IndexAgreement | None:
    try:
        return index_agreement(archive.catalogue, archive.index, SAMPLE if fast else None)
    except CasetrailError:
        return None


def _damage(found: Differences) -> Damage:
    index = found.index
    lost = {end.record_id for end in found.loose if end.kind == "record_without_item"}
    return Damage(
        tuple(found.originals), tuple(found.statements), tuple(found.stated),
        tuple(end.record_id for end in found.loose if end.kind == "item_without_record" and end.record_id not in lost), tuple(found.uncopied),
        no_index=index is not None and (bool(index.uncompared) or (index.version is None and index.records > 0)), missing=index.missing if index else (),
        superfluous=index.superfluous if index else (), stale=index.stale if index else (), records=index.records if index else 0, acts=tuple(found.acts))


def _after(first: ArchiveVerdict, second: ArchiveVerdict, repairs: tuple[Repair, ...]) -> ArchiveVerdict:
    """Return the second verdict with the findings of the first that a fast check cannot have, and what the first had read."""
    kept = [f for f in first.findings if f.code in FIXITY and f not in second.findings] if not first.fast else []
    findings = (*kept, *second.findings)
    return replace(
        second, findings=findings[:FINDINGS_KEPT], findings_total=second.findings_total + len(kept), status=status_of(findings), fast=first.fast,
        bytes_read=first.bytes_read, compared=max(first.compared, second.compared), repairs=repairs)


def _asked(count: Callable[[], int]) -> int | None:
    try:
        return count()
    except CasetrailError:
        return None
