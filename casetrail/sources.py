"""`casetrail sources`: the count proof."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table

COLUMNS = ("met", "stored", "duplicate", "already_held", "skipped", "failed")


@click.command()
@click.option("--run", "run_id", metavar="RUN", help="Only this run.")
@json_option
def sources(run_id: str | None, as_json: bool) -> None:
    """Show for every run what was met, stored, a duplicate, already held, skipped and failed, each with its reason.

    Ends with status 9 when the sums do not agree.
    """
    from archive.errors import Incomplete, NotFound
    from archive.model.viewer import LOCAL
    from search_api.services.sources import sources as count_proof

    with opened() as archive:
        found = count_proof(archive, LOCAL)
    if run_id is not None:
        found["runs"] = [run for run in found["runs"] if run["run_id"] == run_id]
        if not found["runs"]:
            raise NotFound(f"There is no run {run_id}.", "`casetrail sources` lists those there are.")
    if as_json:
        print_json(found)
    else:
        for run in found["runs"]:
            line(f"Run {run['run_id']}  {run['started_at']}  {run['status']}  source {run['source'] or 'unnamed'}  {' '.join(run['paths'])}")
            table([c.upper() for c in COLUMNS], [[run[c] for c in COLUMNS]])
            for trouble in run["troubles"]:
                inner = f" > {trouble['inner']}" if trouble["inner"] else ""
                line(f"  {trouble['result']}: {trouble['path']}{inner}: {trouble['code']}: {trouble['reason']}")
            line()
        totals = found["totals"]
        line(f"All runs: {', '.join(f'{totals[c]} {c.replace(chr(95), chr(32))}' for c in COLUMNS)}; {totals['records']} records. "
             f"The sums {'agree' if found['adds_up'] else 'DO NOT AGREE'}.")
    if not found["adds_up"]:
        raise Incomplete("The counts of a run do not add up.", "Run the same ingest again; if that does not mend it, report it with --json.")
