"""`casetrail rebuild`: the catalogue anew from the object store."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import print_json


@click.command()
@json_option
def rebuild(as_json: bool) -> None:
    """Fill an empty catalogue from the object store alone, read everything anew and build the index."""
    from archive.model.viewer import LOCAL
    from casetrail.ingest import judge, show
    from casetrail.pace import Pace
    from casetrail.progress import progress
    from ingest.rebuild import rebuild as put_together
    from search_api.services.sources import report_json

    pace = Pace()
    with opened() as archive, progress("Rebuilding") as tell:
        report = put_together(archive, LOCAL.actor, lambda p: tell(*pace(p)))
    if as_json:
        print_json(report_json(report))
    else:
        show(report)
    judge(report)
