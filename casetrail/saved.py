"""`casetrail saved`: searches that are kept, and what is new in them."""
from __future__ import annotations

from typing import Any

import click

from casetrail.filtering import filter_options, filtered
from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table

NEW_EXIT = 10
"""Exit status of `check --fail-on-new` when there is something new."""


@click.group()
def saved() -> None:
    """Saved searches, what is new in them, and your own latest searches."""


@saved.command("add")
@click.argument("name")
@click.argument("query")
@filter_options
@click.option("--shared", is_flag=True, help="Let others use it too; each finds only what they may see.")
@json_option
def add(name: str, query: str, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...], exact: bool, shared: bool,
        as_json: bool) -> None:
    """Keep QUERY under NAME. What it finds now counts as seen."""
    from archive.model.viewer import LOCAL
    from search_api.services.saved import save

    with opened() as archive:
        kept = save(archive, LOCAL, name, filtered(query, client, date_from, date_to, kinds, exact), shared)
    if as_json:
        print_json(kept)
    else:
        line(f"{kept['name']} is saved; it finds {kept['total']} records now.")


@saved.command("list")
@json_option
def list_saved(as_json: bool) -> None:
    """List your own saved searches and those that are shared."""
    from archive.model.viewer import LOCAL
    from search_api.services.saved import listed

    with opened() as archive:
        found = listed(archive, LOCAL)
    if as_json:
        print_json({"saved": found})
    else:
        table(["NAME", "QUERY", "OWNER", "SHARED"], ([s["name"], s["search"]["query"], s["owner"], "yes" if s["shared"] else ""] for s in found))


@saved.command("remove")
@click.argument("name")
@json_option
def remove(name: str, as_json: bool) -> None:
    """Remove the saved search NAME. `casetrail tag undo` brings it back."""
    from archive.model.viewer import LOCAL
    from search_api.services.saved import remove as take_away

    with opened() as archive:
        done = take_away(archive, LOCAL, name)
    if as_json:
        print_json(done)
    else:
        line(f"{name} is removed; `casetrail tag undo {done['change_id']}` brings it back.")


@saved.command("check")
@click.argument("names", nargs=-1)
@click.option("--keep-new", is_flag=True, help="Do not count what is new as seen.")
@click.option("--fail-on-new", is_flag=True, help=f"End with exit status {NEW_EXIT} when there is something new.")
@json_option
def check(names: tuple[str, ...], keep_new: bool, fail_on_new: bool, as_json: bool) -> None:
    """Show what the saved searches NAMES (without: all) find that was not there last time."""
    from archive.model.viewer import LOCAL
    from search_api.services.saved import check as look

    with opened() as archive:
        found = look(archive, LOCAL, names, keep=not keep_new)
    if as_json:
        print_json({"checked": found})
    else:
        for each in found:
            _show(each)
    if fail_on_new and any(each["new"] for each in found):
        raise SystemExit(NEW_EXIT)


def _show(each: dict[str, Any]) -> None:
    if each.get("trouble"):
        line(f"{each['name']}: {each['trouble']}")
        return
    line(f"{each['name']}: {len(each['new'])} new of {each['total']}")
    for record in each["new"]:
        line(f"  {record['record_id']}  {record['date'] or 'no date':10}  {record['kind']}  {record['subject'] or record['name']}")


@saved.command("recent")
@click.option("--forget", "forgetting", is_flag=True, help="Forget them.")
@json_option
def recent(forgetting: bool, as_json: bool) -> None:
    """List your own latest searches, newest first. Nobody else can see them."""
    from archive.model.viewer import LOCAL
    from search_api.services.searching import forget
    from search_api.services.searching import recent as latest

    with opened() as archive:
        if forgetting:
            count = forget(archive, LOCAL)
            print_json({"forgotten": count}) if as_json else line(f"{count} searches are forgotten.")
            return
        found = latest(archive, LOCAL)
    if as_json:
        print_json({"searches": found})
    else:
        table(["AT", "FOUND", "QUERY"], ([a["at"][:19], a["total"], a["search"]["query"]] for a in found))
