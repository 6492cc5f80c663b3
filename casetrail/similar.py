"""`casetrail similar`: records like a record."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.command()
@click.argument("record")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, metavar="N", help="How many to show.")
@json_option
def similar(record: str, limit: int, as_json: bool) -> None:
    """Show the records that share most of what is particular to RECORD."""
    from archive.model.viewer import LOCAL
    from search_api.services.similar import similar as like

    with opened() as archive:
        found = like(archive, LOCAL, record, limit)
    if as_json:
        print_json(found)
        return
    line("Looked for: " + (", ".join(found["words"]) or "nothing: the record has no word of its own"))
    table(["RECORD", "SHARED", "DATE", "KIND", "SUBJECT OR NAME"],
          ([r["record_id"], f"{r['shared']}/{r['of']}", r["date"], r["kind"], r["subject"] or r["name"]] for r in found["records"]))
