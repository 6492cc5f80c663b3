"""`casetrail thread`: a conversation, and which of its mails have to be read."""
from __future__ import annotations

from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("thread_id", metavar="THREAD")
@json_option
def thread(thread_id: str, as_json: bool) -> None:
    """Show the conversation THREAD (its id, or a record of it) in order of time, and which of its mails hold all that was said."""
    from archive.model.viewer import LOCAL
    from search_api.services.threads import thread as conversation

    with opened() as archive:
        found = conversation(archive, LOCAL, thread_id)
    if as_json:
        print_json(found)
    else:
        _show(found)


def _show(found: dict[str, Any]) -> None:
    line(f"{found['subject'] or '(no subject)'}: read these {len(found['read'])} of {found['mails']}")
    for entry in found["timeline"]:
        sign = "*" if entry["read"] else " "
        at = (entry["sent_at"] or entry["date"] or "no date")[:16]
        line(f"{sign} {entry['record_id']}  {at:16}  {entry['from'] or ''}  {entry['subject'] or entry['name']}")
        if entry["contained_in"]:
            line(f"      is contained in {entry['contained_in']['record_id']}")
        for holder in entry["holders"][1:]:
            line(f"      also held: {holder['source_paths'][0]}{'  >  ' + holder['inner'] if holder['inner'] else ''}  {holder['custodian']}")
