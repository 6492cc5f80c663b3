"""`casetrail reindex`: the index anew from what is stored."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.option("--drop-old", is_flag=True, help="Drop the version used until now; else it stays for `casetrail index switch`.")
@click.option("--no-switch", is_flag=True, help="Let the new version stand ready, kept up to date; `casetrail index switch` then uses it.")
@json_option
def reindex(drop_old: bool, no_switch: bool, as_json: bool) -> None:
    """Rebuild the index from the catalogue, into a new version; searches use the old one until the new one is whole and was compared."""
    from archive.model.viewer import LOCAL
    from casetrail.progress import progress
    from ingest.feed import reindex as rebuild_index

    with opened() as archive, progress("Indexing") as tell:
        version = rebuild_index(archive, LOCAL.actor, lambda done, total: tell("", done, total), not no_switch, not drop_old)
        count = archive.catalogue.count_records()
    if as_json:
        print_json({"version": version, "records": count, "in_use": not no_switch})
    elif no_switch:
        line(f"The index version {version} stands ready. `casetrail index switch {version}` uses it.")
    else:
        line(f"The index is {version} now and holds {count} records.")
