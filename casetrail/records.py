"""`casetrail records`: the records there are."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import TYPE_WORDS, json_option, kind_option
from casetrail.output import print_json_lines, table


@click.command()
@click.option("--client", "client_ids", multiple=True, metavar="ID", help="Only records about this client; may be given more than once.")
@kind_option
@click.option("--type", "types", multiple=True, type=click.Choice(TYPE_WORDS), metavar="TYPE",
              help=f"Only records of this type; may be given more than once. One of {', '.join(TYPE_WORDS)}.")
@json_option
def records(client_ids: tuple[str, ...], kinds: tuple[str, ...], types: tuple[str, ...], as_json: bool) -> None:
    """List records in order of date; with --json one record a line."""
    from archive.model.viewer import LOCAL
    from archive.ports import RecordFilter
    from search_api.services.records import records as found_by

    with opened() as archive:
        found = found_by(archive, LOCAL, RecordFilter(client_ids, kinds, types))
        if as_json:
            print_json_lines(found)
        else:
            table(["RECORD", "DATE", "KIND", "CLIENTS", "SUBJECT OR NAME"],
                  ([r["record_id"], r["date"], r["kind"], ";".join(r["clients"]), r["subject"] or r["name"]] for r in found))
