"""`casetrail clients`: the client directory."""
from __future__ import annotations

from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.group()
def clients() -> None:
    """Import and list the client directory."""


@clients.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@json_option
def import_(file: Path, as_json: bool) -> None:
    """Import the client directory from a CSV file; again: updates it.

    Columns: client_id, legal_name, trading_names, account_numbers, email_domains, contacts, contract_numbers, status, currency. Lists inside
    a cell are separated by ";". Further columns are kept as they are.
    """
    from archive.model.viewer import LOCAL
    from search_api.services.directory import import_directory

    with opened() as archive:
        done = import_directory(archive, LOCAL, file)
    if as_json:
        print_json(done)
    else:
        line(f"{done['clients']} clients in the file, {done['changed']} new or changed.")


@clients.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List the clients."""
    from archive.model.viewer import LOCAL
    from search_api.services.clients import clients as listed

    with opened() as archive:
        found = listed(archive, LOCAL)
    if as_json:
        print_json({"clients": found})
    else:
        table(["ID", "NAME", "ALIASES", "STATUS"], ([c["id"], c["legal_name"], "; ".join(c["aliases"]), c["status"]] for c in found))
