"""`casetrail disputes`: the dispute trail."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, held_on_option, json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("client")
@as_of_option
@held_on_option
@json_option
def disputes(client: str, as_of: str | None, held_on: str | None, as_json: bool) -> None:
    """Show the dispute trail of CLIENT alone."""
    from archive.model.viewer import LOCAL
    from search_api.services.histories import disputes as disputes_of

    with opened() as archive:
        found = disputes_of(archive, LOCAL, client, as_of, held_on)
    if as_json:
        print_json(found)
        return
    if not found["disputes"]:
        line("No dispute was found in the records.")
    for dispute in found["disputes"]:
        line(f"{dispute['title']}: {dispute['status']}")
        for step in dispute["steps"]:
            amount = f"  {step['amount']} {step['currency'] or ''}" if step["amount"] is not None else ""
            line(f"  {step['date'] or 'no date':10}  {step['kind']} by {step['by'] or 'unknown'}{amount}")
            for cite in step["cites"][:1]:
                line(f"              \"{cite['quote']}\"  ({cite['record_id']}, {cite['source_path']})")
