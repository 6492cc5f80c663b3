"""The count proof: what was met and what has become of it, by run and as held now, broken down, each level adding up to the one above."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from archive.errors import NotAllowed, NotFound
from archive.model.run import BREAKDOWNS, HELD, RESULTS, Accounted, Breakdown, RunReport, Tally, Trouble
from archive.model.viewer import Viewer
from archive.ports import Catalogue
from archive.wiring import Archive
from search_api.services.custody import note

WITHHELD = "(withheld)"
TRIES = 3
"""A run that is under way changes the counts between two questions; one that never agrees is no such thing."""


def sources(archive: Archive, viewer: Viewer, run_id: str | None = None, by: Sequence[Breakdown] = ("source",)) -> dict[str, Any]:
    """Return the count proof in the form of docs/formats/run-report.md, its lists whole."""
    found = count_proof(archive, viewer, run_id, by)
    for block in (*found["runs"], *([found["held"]] if found["held"] else [])):
        block["troubles"] = list(block["troubles"])
    return found


def count_proof(archive: Archive, viewer: Viewer, run_id: str | None = None, by: Sequence[Breakdown] = ("source",)) -> dict[str, Any]:
    """Return the count proof: every run (or one), oldest first, what is held now, and the sums. `troubles` are iterators, read as they are used.

    It counts over all clients, so it is for viewers who may see them all, and no agent's.  Who may not see privileged records gets the
    counts, and of troubles only those whose place is no privileged one's; folders are told to nobody else either.  Raises NotFound for
    an unknown run.
    """
    if viewer.clients is not None or viewer.role == "agent" or not (viewer.may("read") or viewer.may("manage")):
        raise NotAllowed("The count proof covers all clients.", "Ask for a key that may see all clients.")
    if not _full(viewer) and set(by) - {"source"}:
        raise NotAllowed("The breakdown names what may be privileged.", "Ask for a key that may see privileged records too.")
    catalogue = archive.catalogue
    if run_id not in (None, HELD):
        catalogue.run_report(str(run_id), listed=False)
    listed = [] if run_id == HELD else [each for each in catalogue.runs() if run_id in (None, each)]
    note(archive, viewer, "read", run_id or "runs", what="sources", count=len(listed))
    blocks = _agreed(lambda: _runs(catalogue, listed, run_id, by))
    held = _agreed(lambda: [_held(catalogue, by)]) if run_id in (None, HELD) else []
    for block in (*blocks, *held):
        block["troubles"] = _troubles(catalogue, block.get("run_id", HELD), _full(viewer))
    totals = {name: sum(block[name] for block in blocks) for name in ("met", *RESULTS)}
    return {"runs": blocks, "held": held[0] if held else None, "totals": {**totals, "records": catalogue.count_records()},
            "adds_up": all(block["adds_up"] for block in (*blocks, *held))}


def items(archive: Archive, viewer: Viewer, scope: str = HELD) -> Iterator[dict[str, Any]]:
    """Yield every item of a run, or of what is held now, with what became of it, in the form of docs/formats/run-report.md.

    Raises NotAllowed for who may not see everything, NotFound for an unknown run.
    """
    if viewer.clients is not None or viewer.role == "agent" or not _full(viewer):
        raise NotAllowed("The list names every item.", "Ask for a key that may read everything, privileged records too.")
    if scope != HELD and scope not in archive.catalogue.runs():
        raise NotFound(f"There is no run {scope[:40]!r}.", "`casetrail sources` lists those there are.")
    note(archive, viewer, "read", scope, what="items")
    return (item_json(each) for each in archive.catalogue.accounted(scope))


def report_json(run: RunReport) -> dict[str, Any]:
    """Return a run report in the form of docs/formats/run-report.md."""
    return {"run_id": run.run_id, "source": run.source, "paths": list(run.paths), "started_at": run.started_at, "ended_at": run.ended_at,
            "status": run.status, "met": run.met, **{result: run.counts.get(result, 0) for result in RESULTS}, "waiting": run.waiting,
            "adds_up": run.adds_up, "troubles": [trouble_json(trouble) for trouble in run.troubles]}


def trouble_json(trouble: Trouble | Accounted) -> dict[str, Any]:
    return {"path": trouble.path, "inner": trouble.inner, "result": trouble.result, "code": trouble.code, "reason": trouble.reason,
            "kept": trouble.kept}


def item_json(item: Accounted) -> dict[str, Any]:
    return {"record_id": item.record_id, **trouble_json(item), "duplicate_of": item.duplicate_of, "same_bytes_as": item.same_bytes_as,
            "source": item.source, "custodian": item.custodian, "format": item.format, "date": item.day or None, "size": item.size_bytes}


# ---------------------------------------------------------------- counts

def _runs(catalogue: Catalogue, listed: Sequence[str], run_id: str | None, by: Sequence[Breakdown]) -> list[dict[str, Any]]:
    scope = run_id or ""
    whole, parts = _of_runs(catalogue.tallies(scope)), {name: _of_runs(catalogue.tallies(scope, name)) for name in by}
    out = []
    for each in listed:
        report = report_json(catalogue.run_report(each, listed=False))
        del report["troubles"]
        out.append(_block(report, whole.get(each, []), {name: parts[name].get(each, []) for name in by}))
    return out


def _held(catalogue: Catalogue, by: Sequence[Breakdown]) -> dict[str, Any]:
    whole = catalogue.tallies(HELD)
    counts = _counts(whole)
    block = {"met": catalogue.count_items() + catalogue.count_lost(), **counts, "waiting": catalogue.count_waiting()}
    return _block(block | {"adds_up": block["met"] == sum(counts.values())}, whole, {name: catalogue.tallies(HELD, name) for name in by})


def _block(block: dict[str, Any], whole: Sequence[Tally], parts: dict[Breakdown, list[Tally]]) -> dict[str, Any]:
    """Return a block with its reasons and breakdowns; `adds_up` says whether each of them gives the same counts as the block itself."""
    counts = {result: block[result] for result in RESULTS}
    same = all(_counts(tallies) == counts for tallies in (whole, *parts.values()))
    return block | {"adds_up": block["adds_up"] and same, "reasons": _reasons(whole),
                    "by": {name: _rows(name, tallies) for name, tallies in parts.items()}}


def _rows(name: Breakdown, tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    by_key: dict[str, list[Tally]] = {}
    for tally in tallies:
        by_key.setdefault(tally.key, []).append(tally)
    rows = []
    for key in sorted(by_key):
        counts = _counts(by_key[key])
        rows.append({name: key, "met": sum(counts.values()), **counts, "reasons": _reasons(by_key[key])})
    return rows


def _counts(tallies: Iterable[Tally]) -> dict[str, int]:
    counts: dict[str, int] = dict.fromkeys(RESULTS, 0)
    for tally in tallies:
        counts[tally.result] += tally.count
    return counts


def _reasons(tallies: Iterable[Tally]) -> list[dict[str, Any]]:
    """Return what was skipped or failed by code, the most frequent first."""
    counted: dict[tuple[str, str], int] = {}
    for tally in tallies:
        if tally.result in ("skipped", "failed"):
            counted[tally.result, tally.code] = counted.get((tally.result, tally.code), 0) + tally.count
    return [{"result": result, "code": code, "count": count} for (result, code), count in sorted(counted.items(), key=lambda x: (-x[1], x[0]))]


def _of_runs(tallies: Iterable[Tally]) -> dict[str, list[Tally]]:
    out: dict[str, list[Tally]] = {}
    for tally in tallies:
        out.setdefault(tally.run_id, []).append(tally)
    return out


def _agreed(count: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    for _ in range(TRIES):
        blocks = count()
        if all(block["adds_up"] for block in blocks):
            break
    return blocks


# ---------------------------------------------------------------- what may be told

def _full(viewer: Viewer) -> bool:
    return viewer.privileged and viewer.may("read")


def _troubles(catalogue: Catalogue, scope: str, full: bool) -> Iterator[dict[str, Any]]:
    for each in catalogue.accounted(scope, troubled=True):
        told = trouble_json(each)
        # What was refused outright is no record of anything; a member that could not be had is as visible as what it lies in.
        yield told if full or each.privileged is False else told | {"path": WITHHELD, "inner": None, "reason": ""}


def known_breakdowns(names: Iterable[str]) -> tuple[Breakdown, ...]:
    """Return the breakdowns of these names, each once, in their own order."""
    wanted = set(names)
    return tuple(name for name in BREAKDOWNS if name in wanted)
