"""`casetrail export`: a hit set as a list."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casetrail.filtering import SORTS, filter_options, filtered
from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json
from casetrail.writing import written_to


@click.command()
@click.argument("query")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FILE",
              help="Where to write, `-` for standard output; the ending .csv, .xlsx or .jsonl says the format.")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "jsonl"]), help="The format, where the ending of FILE does not say it.")
@filter_options
@click.option("--sort", type=click.Choice(SORTS), default="date_asc", show_default=True, help="The order of the list.")
@click.option("--force", is_flag=True, help="Replace a FILE that exists.")
@json_option
def export(query: str, output: Path, form: Any, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...], exact: bool, sort: Any,
           force: bool, as_json: bool) -> None:
    """Write all records that QUERY finds as a list: CSV, XLSX or one JSON object a line. However many there are."""
    from archive.model.viewer import LOCAL
    from search_api.services.exporting import export as write

    form = form or output.suffix.lower().removeprefix(".")
    with opened() as archive:
        total, pieces = write(archive, LOCAL, filtered(query, client, date_from, date_to, kinds, exact), form, sort)
        with written_to(output, replace=force) as file:
            size = sum(file.write(piece) for piece in pieces)
    if str(output) == "-":
        return
    if as_json:
        print_json({"records": total, "format": form, "size_bytes": size, "file": str(output)})
    else:
        line(f"{total} records are written to {output}.")
