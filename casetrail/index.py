"""`casetrail index`: the versions of the index."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, table


@click.group()
def index() -> None:
    """The versions of the search index: list them, go back to another one, drop one."""


@index.command("list")
@json_option
def list_versions(as_json: bool) -> None:
    """List the versions there are, newest first."""
    from archive.model.viewer import LOCAL
    from search_api.services.indexes import versions

    with opened() as archive:
        found = versions(archive, LOCAL)
    if as_json:
        print_json({"versions": found})
    else:
        table(["VERSION", "STATE", "ENTRIES", "BEHIND", "REFUSED", "STALE"],
              ([v["version"], "in use" if v["in_use"] else "ready" if v["ready"] else "", v["entries"], v["lag"], v["refused"], v["stale"]] for v in found))


@index.command("switch")
@click.argument("version")
@json_option
def switch_version(version: str, as_json: bool) -> None:
    """Let searches use VERSION: it is brought up to date, compared with the catalogue, then switched to. This is also the way back."""
    from archive.model.viewer import LOCAL
    from casetrail.progress import progress
    from ingest.feed import switch

    with opened() as archive, progress("Indexing") as tell:
        before = switch(archive, version, LOCAL.actor, lambda done, total: tell("", done, total))
    if as_json:
        print_json({"version": version, "before": before})
    else:
        line(f"Searches use {version} now" + (f"; before it was {before}." if before else "."))


@index.command("drop")
@click.argument("version")
@json_option
def drop_version(version: str, as_json: bool) -> None:
    """Remove VERSION, which must not be in use."""
    from archive.model.viewer import LOCAL
    from ingest.feed import drop

    with opened() as archive:
        drop(archive, version, LOCAL.actor)
    if as_json:
        print_json({"dropped": version})
    else:
        line(f"{version} is gone.")


@index.command("refused")
@click.option("--version", metavar="VERSION", help="Another version than the one in use.")
@json_option
def refused_entries(version: str | None, as_json: bool) -> None:
    """List the entries that the index refused, each with the reason. They are tried again by every ingest."""
    from archive.model.viewer import LOCAL
    from search_api.services.indexes import refused

    with opened() as archive:
        found = refused(archive, LOCAL, version)
    if as_json:
        print_json({"refused": found})
    else:
        table(["RECORD", "TRIES", "REASON"], ([r["record_id"], r["tries"], r["reason"]] for r in found))
