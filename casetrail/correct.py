"""`casetrail correct`: a person's word on what was read, and the way back."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from casetrail.opening import opened
from casetrail.options import KIND_WORDS, TYPE_WORDS, json_option
from casetrail.output import line, print_json, table

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 40
ASSIGNED = {"kind": "kind", "clients": "clients", "types": "record_types", "date": "date", "privilege": "privileged"}


def why_option(command: F) -> F:
    return click.option("--why", required=True, metavar="TEXT", help="Why; it is kept with who and when.")(command)


@click.group()
def correct() -> None:
    """Confirm or correct what was read from a record, or whom it concerns. It goes before any extraction, now and when the record is read again."""


@correct.command("kind")
@click.argument("record")
@click.argument("kind", type=click.Choice(KIND_WORDS), metavar="KIND")
@why_option
@json_option
def kind(record: str, kind: str, why: str, as_json: bool) -> None:
    """RECORD is of this KIND; it is read once more for what papers of that kind say."""
    _settle(record, why, as_json, about="kind", value=kind)


@correct.command("clients")
@click.argument("record")
@click.argument("clients", nargs=-1)
@click.option("--none", "nobody", is_flag=True, help="It concerns no client of the directory.")
@why_option
@json_option
def clients(record: str, clients: tuple[str, ...], nobody: bool, why: str, as_json: bool) -> None:
    """RECORD, with what it is attached to and what is attached to it, concerns these CLIENTS (ids) and no others."""
    if bool(clients) == nobody:
        raise click.UsageError("Name the clients, or say --none.")
    _settle(record, why, as_json, about="clients", value=list(clients))


@correct.command("types")
@click.argument("record")
@click.argument("types", nargs=-1, required=True, type=click.Choice(TYPE_WORDS), metavar="TYPE...")
@why_option
@json_option
def types(record: str, types: tuple[str, ...], why: str, as_json: bool) -> None:
    """RECORD is of these record types and no others."""
    _settle(record, why, as_json, about="record_types", value=list(types))


@correct.command("date")
@click.argument("record")
@click.argument("day", metavar="DATE")
@why_option
@json_option
def date(record: str, day: str, why: str, as_json: bool) -> None:
    """RECORD bears this DATE (YYYY-MM-DD), or `none`."""
    _settle(record, why, as_json, about="date", value=None if day == "none" else day)


@correct.command("privilege")
@click.argument("record")
@click.argument("privileged", type=click.Choice(["yes", "no"]))
@why_option
@json_option
def privilege(record: str, privileged: str, why: str, as_json: bool) -> None:
    """RECORD is privileged, or is not. A family is privileged as a whole when one member is."""
    _settle(record, why, as_json, about="privileged", value=privileged == "yes")


@correct.command("fact")
@click.argument("record")
@click.argument("fact", metavar="FACT|NAME")
@click.argument("value")
@click.option("--unit", metavar="UNIT", help="Its unit or currency, where that changes.")
@click.option("--quote", default="", metavar="WORDS", help="The words of the record that it stands on, as they stand there; needed for a further fact.")
@click.option("--at", "start", type=int, metavar="N", help="The character at which they begin, where they stand more than once.")
@why_option
@json_option
def fact(record: str, fact: str, value: str, unit: str | None, quote: str, start: int | None, why: str, as_json: bool) -> None:
    """The fact FACT of RECORD (its id, as `casetrail facts` shows it) has this VALUE; or there is a further fact called NAME."""
    named = {"fact_id": fact} if _is_id(fact) else {"name": fact}
    _settle(record, why, as_json, about="fact", value=value, unit=unit, quote=quote, start=start, **named)


@correct.command("confirm")
@click.argument("record")
@click.argument("what", metavar="FACT|WHAT")
@why_option
@json_option
def confirm(record: str, what: str, why: str, as_json: bool) -> None:
    """What was read is right: the fact FACT (its id), or the kind, clients, types, date or privilege of RECORD."""
    named = {"about": ASSIGNED[what]} if what in ASSIGNED else {"about": "fact", "fact_id": what}
    _settle(record, why, as_json, confirm=True, **named)


@correct.command("reject")
@click.argument("record")
@click.argument("fact", metavar="FACT")
@why_option
@json_option
def reject(record: str, fact: str, why: str, as_json: bool) -> None:
    """RECORD does not say what the fact FACT (its id) says that it does."""
    _settle(record, why, as_json, about="fact", fact_id=fact, reject=True)


@correct.command("list")
@click.option("--record", metavar="RECORD", help="Only what holds for this record.")
@click.option("--client", metavar="ID", help="Only of records about this client.")
@click.option("--all", "withdrawn", is_flag=True, help="Also those that were withdrawn.")
@json_option
def list_corrections(record: str | None, client: str | None, withdrawn: bool, as_json: bool) -> None:
    """List confirmations and corrections, newest first: who, when and why."""
    from archive.model.viewer import LOCAL
    from search_api.services.correcting import listed

    with opened() as archive:
        found = listed(archive, LOCAL, record_id=record, client=client, withdrawn=withdrawn)
    if as_json:
        print_json({"corrections": found})
        return
    table(["CORRECTION", "AT", "BY", "RECORD", "WHAT", "WAS", "IS", "WHY"],
          ([c["correction_id"], c["at"][:16], c["by"], c["record_id"], _what(c), _shown(c, "was"), "withdrawn" if c["withdrawn_at"] else _shown(c, "is"),
            c["why"]] for c in found))


@correct.command("undo")
@click.argument("correction")
@click.option("--why", default="", metavar="TEXT", help="Why.")
@json_option
def undo(correction: str, why: str, as_json: bool) -> None:
    """Withdraw a CORRECTION, whoever made it: what held before it holds again."""
    from archive.model.viewer import LOCAL
    from search_api.services.correcting import withdraw

    with opened() as archive:
        told = withdraw(archive, LOCAL, correction, why)
    _tell(told, as_json)


def _settle(record: str, why: str, as_json: bool, **wanted: Any) -> None:
    from archive.model.viewer import LOCAL
    from search_api.services.correcting import Wanted
    from search_api.services.correcting import correct as settle

    with opened() as archive:
        told = settle(archive, LOCAL, record, Wanted(**wanted), why)
    _tell(told, as_json)


def _tell(told: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    c = told["correction"]
    if c["withdrawn_at"]:
        line(f"Withdrawn: {_what(c)} of {c['record_id']}.")
    else:
        line(f"{c['verdict'].capitalize()}: {_what(c)} of {c['record_id']}: {_shown(c, 'is')} (was {_shown(c, 'was')}).")
        line(f"`casetrail correct undo {c['correction_id']}` takes it back.")
    if told["holds"]:
        line(told["holds"])
    for each in told["conclusions"]:
        line()
        line(f"{each['client']}: {len(each['changes'])} conclusions are others now" if each["changes"] else f"{each['client']}: the conclusions are the same")
        for change in each["changes"][:SHOWN]:
            line(f"  {change['where']}: {_short(change['before'])} -> {_short(change['after'])}")
        if len(each["changes"]) > SHOWN:
            line(f"  … and {len(each['changes']) - SHOWN} more: --json shows all")


def _what(c: Mapping[str, Any]) -> str:
    if c["about"] == "fact":
        return str((c["fact"] or c["was_fact"])["name"])
    return str(c["about"]).replace("_", " ")


def _shown(c: Mapping[str, Any], which: str) -> str:
    if c["about"] == "fact":
        fact = c["fact"] if which == "is" else c["was_fact"]
        return f"{fact['value']} {fact['unit'] or ''}".strip() if fact else "no such fact"
    value = c["value"] if which == "is" else c["was"]
    return _short(value)


def _short(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "there"
    if isinstance(value, list):
        return ", ".join(_short(each) for each in value) or "none"
    return str(value)[:200]


def _is_id(word: str) -> bool:
    return len(word) == 12 and all(c in "0123456789abcdef" for c in word)
