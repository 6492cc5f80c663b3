"""`casetrail reindex`: the index anew from what is stored."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@json_option
def reindex(as_json: bool) -> None:
    """Rebuild the index from the catalogue, into a new version; searches use the old one until the new one is whole."""
    from archive.model.viewer import LOCAL
    from casetrail.progress import progress
    from ingest.feed import reindex as rebuild_index

    with opened() as archive, progress("Indexing") as tell:
        version = rebuild_index(archive, LOCAL.actor, lambda done, total: tell("", done, total))
        count = archive.catalogue.count_records()
    if as_json:
        print_json({"version": version, "records": count})
    else:
        line(f"The index is {version} now and holds {count} records.")
