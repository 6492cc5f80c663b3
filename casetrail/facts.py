"""`casetrail facts`: what was read from a record."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("record")
@json_option
def facts(record: str, as_json: bool) -> None:
    """Show every fact read from RECORD, with the words that it stands on."""
    from archive.model.viewer import LOCAL
    from search_api.services.records import facts as facts_of

    with opened() as archive:
        found = facts_of(archive, LOCAL, record)
    if as_json:
        print_json(found)
        return
    if not found:
        line("No fact was read from this record.")
    for fact in found:
        unit = f" {fact['unit']}" if fact["unit"] else ""
        line(f"{fact['fact_id']}  {fact['name']}: {fact['value']}{unit}   ({fact['status']}, confidence {fact['confidence']:.2f}, {fact['basis']})")
        if word := fact["settled"]:
            line(f"    {fact['status']} by {word['by'] or 'a person'} on {word['at'][:10]}: {word['why'] or 'the reason is not shown'}")
        for cite in fact["cites"]:
            page = f"page {cite['page']}, " if cite["page"] else ""
            line(f"    {page}characters {cite['start']} to {cite['end']}: {cite['quote']}")
