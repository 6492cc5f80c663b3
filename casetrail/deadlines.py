"""`casetrail deadlines`: what has to happen until when."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.command()
@click.argument("client", required=False)
@click.option("--when", type=click.Choice(["past", "open", "next"]), help="Only those that are over, those that are not, or of each client the next one.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write all of them as a calendar, `-` for standard output.")
@click.option("--force", is_flag=True, help="Replace a FILE.ics that exists.")
@json_option
def deadlines(client: str | None, when: Any, output: Path | None, force: bool, as_json: bool) -> None:
    """List the deadlines of CLIENT, or of all clients: windows for notice, ends of cure, duties of the end, payments of settlements.

    Each is derived from words of the records (--json shows them). `casetrail keys feed` makes an address that calendars can subscribe to.
    """
    from archive.model.viewer import LOCAL
    from casetrail.writing import written_to
    from search_api.services import deadlines as service

    if output is not None:
        if when:
            raise click.UsageError("A calendar holds all deadlines: leave --when out.")
        with opened() as archive, written_to(output, replace=force) as file:
            file.write(service.feed(archive, LOCAL, client))
        if str(output) != "-" and not as_json:
            line(f"The deadlines are written to {output}.")
        return
    with opened() as archive:
        found = service.listed(archive, LOCAL, client, when)
    if as_json:
        print_json(found)
        return
    if not found["deadlines"]:
        line("No record sets a deadline.")
        return
    table(["DATE", "STATE", "CLIENT", "WHAT", "BY", "SUM"],
          ([d["date"], d["state"], d["client"], d["title"], d["by"] or "", _sum(d)] for d in found["deadlines"]))
    if found["next"] and when != "past":
        line(f"Next: {found['next']['date']}, {found['next']['client']}, {found['next']['title']}.")


def _sum(told: dict[str, Any]) -> str:
    return "" if told["amount"] is None else f"{told['currency'] or ''} {told['amount']:,.2f}".strip()
