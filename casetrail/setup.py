"""`casetrail setup`: everything that has to be there before the first item."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@json_option
def setup(as_json: bool) -> None:
    """Make the bucket, the tables and the index where they are missing. May be run at any time, again and again."""
    from archive.errors import Unavailable
    from search_api.services.checks import readiness, set_up

    with opened() as archive:
        set_up(archive)
        state = readiness(archive)
    if as_json:
        print_json(state)
    else:
        for name, part in state["parts"].items():
            line(f"{name}: {part['detail']}")
    if not state["ready"]:
        raise Unavailable("Not every part is ready.", "See above; then run `casetrail setup` again.")
