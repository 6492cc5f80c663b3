"""The count proof, as far as a viewer may see it."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from archive.errors import NotAllowed
from archive.model.run import RESULTS, RunReport, Trouble
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api.services.custody import note

WITHHELD = "(withheld)"


def sources(archive: Archive, viewer: Viewer) -> dict[str, Any]:
    """Return for every run what was met and what became of it, oldest first, and the sums over all runs.

    It counts over all clients, so it is for viewers who may see them all.  Who may not see privileged records gets the counts, and of
    troubles only those whose place is no privileged one's.
    """
    if viewer.clients is not None or not (viewer.may("read") or viewer.may("manage")):
        raise NotAllowed("The count proof covers all clients.", "Ask for a key that may see all clients.")
    catalogue = archive.catalogue
    runs = [catalogue.run_report(run_id) for run_id in catalogue.runs()]
    if not (viewer.privileged and viewer.may("read")):
        runs = _without_privileged(archive, viewer, runs)
    note(archive, viewer, "read", "runs", what="sources", count=len(runs))
    totals = {result: sum(run.counts.get(result, 0) for run in runs) for result in RESULTS}
    return {"runs": [report_json(run) for run in runs],
            "totals": {"met": sum(run.met for run in runs), **totals, "records": catalogue.count_records()},
            "adds_up": all(run.adds_up for run in runs)}


def report_json(run: RunReport) -> dict[str, Any]:
    """Return a run report in the form of docs/formats/run-report.md."""
    return {"run_id": run.run_id, "source": run.source, "paths": list(run.paths), "started_at": run.started_at, "ended_at": run.ended_at,
            "status": run.status, "met": run.met, **{result: run.counts.get(result, 0) for result in RESULTS}, "adds_up": run.adds_up,
            "troubles": [trouble_json(trouble) for trouble in run.troubles]}


def trouble_json(trouble: Trouble) -> dict[str, Any]:
    return {"path": trouble.path, "inner": trouble.inner, "result": trouble.result, "code": trouble.code, "reason": trouble.reason,
            "kept": trouble.kept}


def _without_privileged(archive: Archive, viewer: Viewer, runs: Iterable[RunReport]) -> list[RunReport]:
    reader = replace(viewer, role="auditor", privileged=False)
    shown = {(path, record.inner) for record in archive.catalogue.records(RecordFilter(), reader) for path in record.source_paths}

    def told(trouble: Trouble) -> Trouble:
        outermost = trouble.inner is None
        # What was refused outright is no record of anything; a member that could not be had is as visible as what it lies in.
        if (outermost and not trouble.kept) or (trouble.path, trouble.inner) in shown or (not outermost and _parent(trouble) in shown):
            return trouble
        return replace(trouble, path=WITHHELD, inner=None, reason="")

    return [replace(run, troubles=tuple(told(trouble) for trouble in run.troubles)) for run in runs]


def _parent(trouble: Trouble) -> tuple[str, str | None]:
    above = (trouble.inner or "").rpartition("#")[0]
    return trouble.path, above or None
