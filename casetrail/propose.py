"""`casetrail propose`: a language model proposes facts, where one is set."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("client", required=False)
@click.option("--record", metavar="RECORD", help="Only this record.")
@click.option("--yes", is_flag=True, help="Send it. Without, only say what would be sent and to where.")
@click.option("--again", is_flag=True, help="Also ask what this model was asked before.")
@json_option
def propose(client: str | None, record: str | None, yes: bool, again: bool, as_json: bool) -> None:
    """Have the language model that is set propose facts of the records of CLIENT.

    Nothing is concluded from a proposal until a person confirms it (`casetrail correct`). Off unless CASETRAIL_MODEL_URL is set.
    """
    from archive.model.viewer import LOCAL
    from search_api.services.proposing import propose as asked

    with opened() as archive:
        found = asked(archive, LOCAL, client, record, send=yes, again=again)
    if as_json:
        print_json(found)
    else:
        line(f"{'Sent' if yes else 'Would be sent'}: {len(found['records'])} records with {found['characters']} characters to {found['address']} "
             f"(model {found['model']})"
             + ("" if found["encrypted"] else ", without encryption"))
        line(f"Personal data: {'sent as they stand' if found['personal'] else 'masked'}. Privileged records: {'sent' if found['privileged'] else 'not sent'}.")
        if found["cut"]:
            line(f"Of {found['cut']} records only the beginning.")
        for why, count in found["withheld"].items():
            line(f"Not sent, {why}: {count}")
        if not yes:
            line("Nothing was sent. --yes sends it.")
        else:
            line(f"Proposed: {found['proposed']} facts. `casetrail review` lists them.")
            for why, count in found["refused"].items():
                line(f"Refused, since {why}: {count}")
            for each in found["failed"]:
                line(f"No answer on {each['record_id']}: {each['why']}")
            if found["stopped"]:
                line("Stopped: the model does not answer. The same call goes on from here.")
    if found["failed"]:
        raise click.exceptions.Exit(9)
