"""`casetrail text`: what could be read in a record."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.output import print_exactly, print_json


@click.command()
@click.argument("record")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON: record_id and text.")
def text(record: str, as_json: bool) -> None:
    """Print the extracted text of RECORD, exactly that which offsets refer to (in Unicode code points); nothing is added at its end."""
    from archive.model.viewer import LOCAL
    from search_api.services.records import text as text_of

    with opened() as archive:
        found = text_of(archive, LOCAL, record)
    if as_json:
        print_json({"record_id": record, "text": found})
    else:
        print_exactly(found)
