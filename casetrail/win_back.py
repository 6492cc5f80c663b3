"""`casetrail win-back`: the brief to read before calling."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, held_on_option, json_option
from casetrail.output import line, print_json


@click.command("win-back")
@click.argument("client")
@as_of_option
@held_on_option
@json_option
def win_back(client: str, as_of: str | None, held_on: str | None, as_json: bool) -> None:
    """Show the brief to read before calling CLIENT: why they left, what is open, what was promised, consent. Never privileged material."""
    from archive.model.viewer import LOCAL
    from search_api.services.histories import win_back as brief_on

    with opened() as archive:
        brief = brief_on(archive, LOCAL, client, as_of, held_on).as_json()
    if as_json:
        print_json(brief)
        return
    line(f"{brief['client']['legal_name']} ({brief['client']['id']})")
    _section("Left", (f"{t['date_on_document'] or 'no date'}: notice by {t['given_by'] or 'unknown'}, contract {t['contract_number'] or 'unknown'}, "
                      f"now {t['status'] or 'not decided'}" for t in brief["left"]))
    _section("Why", [*(str(reason.get("code", reason)) for reason in brief["why"]["reasons"]), brief["why"]["explanation"]])
    _section("Open", [*(f"dispute {d['title']}: {d['status']}" for d in brief["open"]["disputes"]), *_outstanding(brief["open"]["outstanding"]),
                      *(f"not decided: {what}" for what in brief["open"]["undecided"])])
    _section("Promised", map(_said, brief["promised"]))
    _section("Consent", [*map(_said, brief["consent"]["statements"]), brief["consent"]["explanation"]])
    _section("Last contacts", (f"{i['date']} {i['channel']} {i['direction']}: {i['subject']}" for i in brief["recent_interactions"]))
    _section("Openings", map(_said, brief["openings"]))
    _section("Against", (o["words"] for o in brief["obstacles"]))
    _section("Must not be said", (f"{u['why'].replace('_', ' ')}: {_said(u)}" for u in brief["must_not_say"]))
    called = "yes" if brief["recommended"] else "no"
    _section("Recommended", [brief["explanation"] if brief["recommended"] is None else f"{called}: {brief['explanation']}"])


def _section(heading: str, entries: Iterable[str]) -> None:
    listed = [entry for entry in entries if entry]
    line()
    line(heading)
    for entry in listed or ["nothing found"]:
        line(f"  {entry}")


def _said(said: Mapping[str, Any]) -> str:
    return f"{said['date'] or 'no date'} {said['by'] or 'unknown'}: \"{said['words']}\" ({said['record_id']})"


def _outstanding(outstanding: Mapping[str, Any] | None) -> list[str]:
    return [f"outstanding on {outstanding['date'] or 'an unknown day'}: {outstanding['amount']}"] if outstanding else []
