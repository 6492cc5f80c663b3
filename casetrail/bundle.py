"""`casetrail bundle`: what leaves the house."""
from __future__ import annotations

from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import json_option, kind_option
from casetrail.output import line, print_json


@click.command()
@click.argument("client", required=False)
@click.option("--query", metavar="QUERY", help="What this finds instead, with whole families; with CLIENT only what concerns the client.")
@kind_option
@click.option("--from", "date_from", metavar="DATE", help="With --query: only records of this day or later (YYYY-MM-DD).")
@click.option("--to", "date_to", metavar="DATE", help="With --query: only records of this day or earlier.")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE.zip", help="Where to write.")
@click.option("--force", is_flag=True, help="Replace FILE.zip if it exists.")
@json_option
def bundle(client: str | None, query: str | None, kinds: tuple[str, ...], date_from: str | None, date_to: str | None, output: Path, force: bool,
           as_json: bool) -> None:
    """Write a sealed evidence bundle of CLIENT or of a query: originals, texts, a table, the history, custody events, SHA-256 manifests.

    Privileged records are in it like all others: leave them out with --query 'NOT is:privileged' where it goes to the other side.
    """
    if client is None and query is None:
        raise click.UsageError("Name a client, or give --query.")
    if query is None and (kinds or date_from or date_to):
        raise click.UsageError("--kind, --from and --to go with --query.")
    from archive.errors import Conflict
    from archive.model.viewer import LOCAL
    from casetrail.progress import progress
    from search_api.services.bundles import Wanted, write

    if output.exists() and not force:
        raise Conflict(f"{output} exists.", "Choose another name, or give --force to replace it.")
    with opened() as archive, progress("Bundling") as tell:
        summary = write(archive, LOCAL, Wanted(client, query, kinds, date_from, date_to), output, lambda done, total: tell("", done, total))
    if as_json:
        print_json(summary.as_json())
    else:
        line(f"{summary.path}: {summary.records} records, {summary.payload_files} files, {summary.size_bytes} bytes")
        line(f"SHA-256 {summary.sha256}")
        line(f"Seal    {summary.seal}")
