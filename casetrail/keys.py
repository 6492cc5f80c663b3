"""`casetrail keys`: who may use a server that others can reach."""
from __future__ import annotations

from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.group()
def keys() -> None:
    """Issue, list and revoke API keys."""


@keys.command()
@click.option("--label", required=True, help="Who or what uses the key.")
@click.option("--role", required=True, type=click.Choice(("admin", "legal", "auditor", "agent")), help="What it may do (docs/manual.md, roles).")
@click.option("--client", "clients", multiple=True, metavar="ID", help="Only records about this client; may be given more than once.")
@click.option("--all-clients", is_flag=True, help="Records about all clients, and those about none.")
@click.option("--privileged", is_flag=True, help="Privileged records too.")
@click.option("--days", required=True, type=click.IntRange(1, 365), help="How long it holds.")
@json_option
def issue(label: str, role: Any, clients: tuple[str, ...], all_clients: bool, privileged: bool, days: int, as_json: bool) -> None:
    """Issue a key. It is shown once and kept nowhere."""
    from search_api.services import keys as service

    if bool(clients) == all_clients:
        raise click.UsageError("Say which clients the key may see: --client ID, once or more, or --all-clients.")
    with opened() as archive:
        issued = service.issue(archive, label, role, None if all_clients else clients, privileged, days)
        shown = service.key_json(issued.key, archive.clock.now())
    if as_json:
        print_json({"key": issued.secret, **shown})
    else:
        click.echo(f"Key {shown['key_id']} ({shown['label']}), until {shown['expires_at']}. Keep it now, it is not shown again:", err=True)
        click.echo(issued.secret)


@keys.command()
@click.option("--label", required=True, help="Whose calendar it is.")
@click.option("--client", "clients", multiple=True, metavar="ID", help="Only deadlines of this client; may be given more than once.")
@click.option("--all-clients", is_flag=True, help="Deadlines of all clients.")
@click.option("--days", required=True, type=click.IntRange(1, 365), help="How long it holds.")
@json_option
def feed(label: str, clients: tuple[str, ...], all_clients: bool, days: int, as_json: bool) -> None:
    """Make a feed address: a calendar that subscribes to it gets the deadlines. It is shown once; whoever has it can read them.

    It opens nothing else, never rests on privileged records, and ends with `casetrail keys revoke`.
    """
    from search_api.auth import feed_path
    from search_api.services import keys as service

    if bool(clients) == all_clients:
        raise click.UsageError("Say whose deadlines: --client ID, once or more, or --all-clients.")
    with opened() as archive:
        issued = service.issue(archive, label, "feed", None if all_clients else clients, False, days)
        shown = service.key_json(issued.key, archive.clock.now())
    path = feed_path(issued.secret)
    if as_json:
        print_json({"path": path, **shown})
    else:
        click.echo(f"Feed {shown['key_id']} ({shown['label']}), until {shown['expires_at']}. Add the path to the address of the server; it is not "
                   "shown again:", err=True)
        click.echo(path)


@keys.command("list")
@json_option
def list_(as_json: bool) -> None:
    """List all keys ever issued."""
    from search_api.services import keys as service

    with opened() as archive:
        found = service.keys(archive)
    if as_json:
        print_json({"keys": found})
    else:
        table(["KEY", "LABEL", "ROLE", "CLIENTS", "PRIVILEGED", "UNTIL", "STATE"],
              ([k["key_id"], k["label"], k["role"], "all" if k["clients"] is None else ";".join(k["clients"]),
                "yes" if k["privileged"] else "no", k["expires_at"], k["state"]] for k in found))


@keys.command()
@click.argument("key_id")
@json_option
def revoke(key_id: str, as_json: bool) -> None:
    """Let a key hold no longer."""
    from search_api.services import keys as service

    with opened() as archive:
        service.revoke(archive, key_id)
    if as_json:
        print_json({"key_id": key_id, "state": "revoked"})
    else:
        line(f"Key {key_id} is revoked.")
