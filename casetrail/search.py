"""`casetrail search`."""
from __future__ import annotations

from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option, kind_option
from casetrail.output import line, print_json, safe

SORTS = ("score", "date_desc", "date_asc")


@click.command()
@click.argument("query")
@click.option("--client", metavar="ID", help="Only records about this client.")
@click.option("--from", "date_from", metavar="DATE", help="Only records of this day or later (YYYY-MM-DD).")
@click.option("--to", "date_to", metavar="DATE", help="Only records of this day or earlier.")
@kind_option
@click.option("--sort", type=click.Choice(SORTS), default="score", show_default=True, help="Best first, newest first or oldest first.")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, metavar="N", help="How many hits to show.")
@click.option("--cursor", metavar="TEXT", help="Go on after the last hit seen: the `next` of the answer before.")
@json_option
def search(query: str, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...], sort: Any, limit: int,
           cursor: str | None, as_json: bool) -> None:
    """Search for QUERY: words, "phrases", AND, OR, NOT, field:value, wild*. docs/search.md describes it."""
    from archive.model.viewer import LOCAL
    from search_api.services.searching import search as search_for

    with opened() as archive:
        answer = search_for(archive, LOCAL, query, client=client, kinds=kinds, date_from=date_from, date_to=date_to, sort=sort, limit=limit,
                            cursor=cursor)
    if as_json:
        print_json(answer)
    else:
        _show(answer)


def _show(answer: dict[str, Any]) -> None:
    line(f"{answer['total']} found in {answer['took_ms']} ms")
    for hit in answer["hits"]:
        line()
        click.echo(f"{click.style(safe(hit['record_id']), fg='cyan')}  {hit['date'] or 'no date':10}  {hit['kind']}  "
                   f"{safe('; '.join(hit['clients']))}")
        line(f"  {hit['subject'] or '(no subject)'}")
        line(f"  {hit['source_paths'][0]}{'  >  ' + hit['inner'] if hit['inner'] else ''}")
        for highlight in hit["highlights"][:2]:
            line(f"    … {' '.join(highlight['fragment'].split())} …")
    if answer["next"]:
        line()
        line(f"More: add --cursor {answer['next']}")
