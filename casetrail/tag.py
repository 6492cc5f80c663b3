"""`casetrail tag`: tags and notes on records and on whole hit sets, and the way back."""
from __future__ import annotations

from typing import Any

import click

from casetrail.filtering import filter_options, filtered
from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.group()
def tag() -> None:
    """Tags and notes on records, and on all that a query finds. Every act has an id by which it is undone."""


def _meant(record: str | None, query: str | None, *filters: Any) -> dict[str, Any]:
    return {"record_id": record, "what": filtered(query, *filters) if query is not None else None}


def _told(done: dict[str, Any], what: str, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        line(f"{what}: {done['records']} records. `casetrail tag undo {done['change_id']}` takes it back.")


@tag.command("add")
@click.argument("value", metavar="TAG")
@click.argument("record", required=False)
@click.option("--query", metavar="QUERY", help="All records that this finds, in place of one RECORD.")
@filter_options
@json_option
def add(value: str, record: str | None, query: str | None, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...],
        exact: bool, as_json: bool) -> None:
    """Give RECORD, or all that a query finds, the tag TAG; `tag:TAG` finds them."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import tag as give

    with opened() as archive:
        done = give(archive, LOCAL, value, **_meant(record, query, client, date_from, date_to, kinds, exact))
    _told(done, f"Tagged {done['tag']}", as_json)


@tag.command("remove")
@click.argument("value", metavar="TAG")
@click.argument("record", required=False)
@click.option("--query", metavar="QUERY", help="All records that this finds, in place of one RECORD.")
@filter_options
@json_option
def remove(value: str, record: str | None, query: str | None, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...],
           exact: bool, as_json: bool) -> None:
    """Take the tag TAG from RECORD, or from all that a query finds."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import tag as give

    with opened() as archive:
        done = give(archive, LOCAL, value, remove=True, **_meant(record, query, client, date_from, date_to, kinds, exact))
    _told(done, f"Tag {done['tag']} taken away", as_json)


@tag.command("note")
@click.argument("text")
@click.argument("record", required=False)
@click.option("--query", metavar="QUERY", help="All records that this finds, in place of one RECORD.")
@filter_options
@json_option
def note(text: str, record: str | None, query: str | None, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...],
         exact: bool, as_json: bool) -> None:
    """Put the note TEXT on RECORD, or on all that a query finds."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import note as write

    with opened() as archive:
        done = write(archive, LOCAL, text, **_meant(record, query, client, date_from, date_to, kinds, exact))
    _told(done, "Noted", as_json)


@tag.command("show")
@click.argument("record")
@json_option
def show(record: str, as_json: bool) -> None:
    """Show the tags and notes of RECORD: who gave them, and when."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import labels

    with opened() as archive:
        found = labels(archive, LOCAL, record)
    if as_json:
        print_json(found)
    else:
        table(["KIND", "VALUE", "BY", "AT", "CHANGE"],
              ([x["kind"], x["value"], x["by"], x["at"][:19], x["change_id"]] for x in (*found["tags"], *found["notes"])))


@tag.command("list")
@json_option
def list_tags(as_json: bool) -> None:
    """List the tags in use, each with how many records have it."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import tags

    with opened() as archive:
        found = tags(archive, LOCAL)
    if as_json:
        print_json({"tags": found})
    else:
        table(["TAG", "RECORDS"], found.items())


@tag.command("changes")
@json_option
def changes(as_json: bool) -> None:
    """List what you did: tags, notes and saved searches, newest first."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import changes as acts

    with opened() as archive:
        found = acts(archive, LOCAL)
    if as_json:
        print_json({"changes": found})
    else:
        table(["CHANGE", "AT", "WHAT", "RECORDS", "UNDONE"],
              ([c["change_id"], c["at"][:19], c["what"], c["records"], (c["undone_at"] or "")[:19]] for c in found))


@tag.command("undo")
@click.argument("change_id", metavar="CHANGE")
@json_option
def undo(change_id: str, as_json: bool) -> None:
    """Undo the act with the id CHANGE: tags and notes go or come back, a saved search is as it was before."""
    from archive.model.viewer import LOCAL
    from search_api.services.tagging import undo as take_back

    with opened() as archive:
        done = take_back(archive, LOCAL, change_id)
    if as_json:
        print_json(done)
    else:
        line(f"Undone: {done['undone']}.")
