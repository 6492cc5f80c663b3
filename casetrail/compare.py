"""`casetrail compare`: where the texts of two records differ."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("record")
@click.argument("other")
@json_option
def compare(record: str, other: str, as_json: bool) -> None:
    """Show line by line where the text of OTHER differs from that of RECORD."""
    from archive.model.viewer import LOCAL
    from search_api.services.comparing import compare as differences

    with opened() as archive:
        found = differences(archive, LOCAL, record, other)
    if as_json:
        print_json(found)
        return
    line(f"{found['same_lines']} lines are the same, {len(found['differences'])} stretches differ.")
    for each in found["differences"]:
        line()
        for sign, side in (("-", each["first"]), ("+", each["second"])):
            for words in side["text"].splitlines():
                line(f"{sign} {words}")
