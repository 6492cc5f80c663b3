"""`casetrail status`: the page that may be shown to a client."""
from __future__ import annotations

from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, json_option
from casetrail.output import line, print_json


@click.command()
@click.argument("client")
@as_of_option
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.html", help="Write the page as HTML, `-` for standard output.")
@click.option("--force", is_flag=True, help="Replace a FILE.html that exists.")
@json_option
def status(client: str, as_of: str | None, output: Path | None, force: bool, as_json: bool) -> None:
    """Show what CLIENT itself may be told: conditions met and open, dates, sums. No word of a record is on the page, nothing internal or privileged."""
    from archive.model.viewer import LOCAL
    from casetrail.writing import written_to
    from history.status_page import sections, status_html
    from search_api.services.reports import status as page_of

    with opened() as archive:
        page = page_of(archive, LOCAL, client, as_of)
    if output is not None:
        with written_to(output, replace=force) as file:
            file.write(status_html(page).encode("utf-8", "replace"))
        if str(output) != "-" and not as_json:
            line(f"The status page of {client} is written to {output}.")
        return
    if as_json:
        print_json(page.as_json())
        return
    told = page.as_json()
    line(f"Status for {told['client']['name']}, as of {told['as_of']}")
    for heading, rows in sections(page):
        line()
        line(heading)
        for label, value, state in rows:
            line(f"  {label}: {' '.join(part for part in (state, value) if part)}")
