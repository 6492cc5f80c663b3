"""`casetrail audit`: is what is held about a client complete and true."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, held_on_option, json_option
from casetrail.output import line, print_json

SHOWN = 20


@click.command()
@click.argument("client")
@as_of_option
@held_on_option
@json_option
def audit(client: str, as_of: str | None, held_on: str | None, as_json: bool) -> None:
    """Check what is held about CLIENT: gaps, conflicts, unverified facts, unread and undated records; every original against its digest.

    Ends with status 8 when an original does not have its digest.
    """
    from archive.errors import IntegrityBroken
    from archive.model.viewer import LOCAL
    from search_api.services.histories import audit as audit_of

    with opened() as archive:
        found = audit_of(archive, LOCAL, client, as_of, held_on).as_json()
    if as_json:
        print_json(found)
    else:
        _show(found)
    broken = (found["fixity"] or {}).get("mismatches", [])
    if broken:
        raise IntegrityBroken(f"{len(broken)} originals do not have their digest.", "Restore them from a copy; `casetrail verify` checks the whole archive.")


def _show(found: Mapping[str, Any]) -> None:
    fixity = found["fixity"] or {}
    line(f"{found['client']['legal_name']} ({found['client']['id']}): {found['records']} records, {'complete' if found['complete'] else 'not complete'}")
    line(f"Originals: {fixity.get('intact', 0)} of {fixity.get('checked', 0)} intact, {len(fixity.get('mismatches', []))} altered or gone, "
         f"{len(fixity.get('unchecked', []))} not checked")
    _section("Expected", (f"{e['what']} ({e['why']}): {'held' if e['held'] else 'MISSING'}" for e in found["expected"]))
    for heading, key, words in (("Gaps", "gaps", ("description", "what")), ("Conflicts", "conflicts", ("description", "what", "fact"))):
        _section(heading, (_first(entry, words) for entry in found[key]))
    _section("Not decided", (f"{u['about']}: {u['what']}" for u in found["undecided"]))
    _section("Unverified facts", (f"{u['name']} = {u['value']} in {u['record_id']}: {u['why']}" for u in found["unverified"]))
    _section("Not read", (_first(u, ("source_path",)) for u in found["unread"]))
    _section("Without a date", (u["source_path"] for u in found["undated"]))
    _section("Client not sure", (f"{u['source_path']}: {u['why']}" for u in found["uncertain_client"]))


def _section(heading: str, entries: Iterable[str]) -> None:
    listed = list(entries)
    line()
    line(f"{heading}: {len(listed)}")
    for entry in listed[:SHOWN]:
        line(f"  {entry}")
    if len(listed) > SHOWN:
        line(f"  … and {len(listed) - SHOWN} more: --json shows all")


def _first(entry: Mapping[str, Any], names: Iterable[str]) -> str:
    return str(next((entry[name] for name in names if entry.get(name)), entry))
