"""`casetrail search`."""
from __future__ import annotations

from typing import Any

import click

from casetrail.filtering import SORTS, filter_options
from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json, safe

FACETS = ("kind", "record_types", "clients", "custodian", "language", "sentiment", "privileged", "month", "year", "sender", "tags", "source")


@click.command()
@click.argument("query")
@filter_options
@click.option("--sort", type=click.Choice(SORTS), default="score", show_default=True, help="Best first, newest or oldest first, by sender or by size.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="How many hits to show.")
@click.option("--cursor", metavar="TEXT", help="Go on after the last hit seen: the `next` of the answer before.")
@click.option("--collapse", type=click.Choice(["thread", "family", "duplicates"]), help="Show of each thread, family or group of copies one hit.")
@click.option("--facet", "facets", multiple=True, type=click.Choice(FACETS), metavar="FACET",
              help=f"Also show how many hits have each value; may be given more than once. One of {', '.join(FACETS)}.")
@json_option
def search(query: str, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...], exact: bool, sort: Any, limit: int,
           cursor: str | None, collapse: Any, facets: tuple[str, ...], as_json: bool) -> None:
    """Search for QUERY: words, "phrases", AND, OR, NOT, W/5, field:value, wild*. docs/query-language.md describes it."""
    from archive.model.viewer import LOCAL
    from search_api.search import FACETS as COUNTED
    from search_api.services.searching import search as search_for

    counted = tuple(dict.fromkeys((*(COUNTED if as_json else ()), *facets)))
    with opened() as archive:
        answer = search_for(archive, LOCAL, query, client=client, kinds=kinds, date_from=date_from, date_to=date_to, sort=sort, limit=limit,
                            cursor=cursor, collapse=collapse, facets=counted, exact=exact)
    if as_json:
        print_json(answer)
    else:
        _show(answer)


def _show(answer: dict[str, Any]) -> None:
    groups = f" in {answer['groups']} groups" if answer.get("collapse") else ""
    line(f"{answer['total']} found{groups} in {answer['took_ms']} ms ({answer['understood']})")
    for name, counts in answer["facets"].items():
        line(f"{name}: " + ", ".join(f"{value} {count}" for value, count in counts.items()))
    for hit in answer["hits"]:
        line()
        others = f"  (+{hit['group']['hits'] - 1} more)" if hit.get("group", {}).get("hits", 1) > 1 else ""
        click.echo(f"{click.style(safe(hit['record_id']), fg='cyan')}  {hit['date'] or 'no date':10}  {hit['kind']}  "
                   f"{safe('; '.join(hit['clients']))}{others}")
        line(f"  {hit['subject'] or '(no subject)'}")
        line(f"  {hit['source_paths'][0]}{'  >  ' + hit['inner'] if hit['inner'] else ''}")
        for holder in hit.get("holders", [])[1:]:
            line(f"  also held: {holder['source_paths'][0]}{'  >  ' + holder['inner'] if holder['inner'] else ''}  {holder['custodian']}")
        for highlight in hit["highlights"][:2]:
            line(f"    … {' '.join(highlight['fragment'].split())} …")
    if answer["next"]:
        line()
        line(f"More: add --cursor {answer['next']}")
