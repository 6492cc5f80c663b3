"""`casetrail history`: how the service ended."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, held_on_option, json_option
from casetrail.output import line, paragraph, print_json


@click.command()
@click.argument("client")
@as_of_option
@held_on_option
@click.option("--format", "form", type=click.Choice(["html", "pdf"]), help="Write the readable report in this form; needs --output.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the report, `-` for standard output.")
@click.option("--force", is_flag=True, help="Replace a FILE that exists.")
@json_option
def history(client: str, as_of: str | None, held_on: str | None, form: Any, output: Path | None, force: bool, as_json: bool) -> None:
    """Assemble the termination history of CLIENT; every entry cites the words it rests on.

    With -o FILE (or --format) it is written as a report for people, with the derivation of every conclusion: HTML in one file, or PDF.
    """
    if output is not None and form is None:
        form = {".html": "html", ".htm": "html", ".pdf": "pdf"}.get(output.suffix.lower())
        if form is None:
            raise click.UsageError("Say the form of the report: --format html or --format pdf.")
    if form is not None:
        if output is None:
            raise click.UsageError("Say where to write the report: -o FILE, or -o - for standard output.")
        _write(client, as_of, held_on, form, output, force, as_json)
        return
    from archive.model.viewer import LOCAL
    from history.report import report
    from search_api.services.histories import history_of

    with opened() as archive:
        found = history_of(archive, LOCAL, client, as_of, held_on)
    if as_json:
        print_json(found.as_json())
    else:
        paragraph(report(found))


def _write(client: str, as_of: str | None, held_on: str | None, form: Any, output: Path, force: bool, as_json: bool) -> None:
    from archive.model.viewer import LOCAL
    from casetrail.writing import written_to
    from search_api.services.reports import report

    with opened() as archive, written_to(output, replace=force) as file:
        made = report(archive, LOCAL, client, form, as_of, held_on)
        file.write(made.content)
    if str(output) == "-":
        return
    if as_json:
        print_json({"client": client, "format": form, "size_bytes": len(made.content), "file": str(output)})
    else:
        line(f"The report on {client} is written to {output}.")
