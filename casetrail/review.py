"""`casetrail review`: what a person has yet to settle."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("client", required=False)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="Show so many of each sort.")
@json_option
def review(client: str | None, limit: int, as_json: bool) -> None:
    """List what a person has yet to settle: whom records concern, unsure facts; with CLIENT also what cannot be decided and what contradicts itself."""
    from archive.model.viewer import LOCAL
    from search_api.services.reviewing import review as left

    with opened() as archive:
        found = left(archive, LOCAL, client, limit)
    if as_json:
        print_json(found)
        return
    _section("Whom it concerns", found["clients"], lambda e: f"{e['record_id']}  {e['title']}: {e['in_doubt']}"
             + "".join(f"; {s['client']} by {s['identifier']} ({s['strength']:.2f})" for s in e["signs"][:3]))
    _section("Unsure facts", found["facts"],
             lambda e: f"{e['record_id']}  {e['fact_id']}  {e['name']} = {e['value']} ({e['confidence']:.2f}): \"{e['quote'] or ''}\"")
    if found["proposals"]["total"]:
        _section("Proposed by a language model", found["proposals"],
                 lambda e: f"{e['record_id']}  {e['fact_id']}  {e['name']} = {e['value']} {e['unit'] or ''}: \"{e['quote'] or ''}\"")
    if client is not None:
        _section("Cannot be decided", found["undecided"], lambda e: f"{e['about']}: {e['in_doubt']}"
                 + (f"; would be decided by: {'; '.join(e['would_decide'])}" if e["would_decide"] else ""))
        _section("Contradictions", found["conflicts"], lambda e: str(e["in_doubt"]))
        _section("Words that do not stand where they are cited", found["misplaced"], lambda e: f"{e['record_id']}  {e['name']} = {e['value']}")
    else:
        line()
        line("`casetrail review CLIENT` also shows what cannot be decided about a client.")


def _section(heading: str, part: Mapping[str, Any], shown: Callable[[Mapping[str, Any]], str]) -> None:
    line()
    line(f"{heading}: {part['total']}")
    for entry in part["entries"]:
        line(f"  {shown(entry)}")
    if part["total"] > len(part["entries"]):
        line(f"  … and {part['total'] - len(part['entries'])} more: --limit shows them")
