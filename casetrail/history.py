"""`casetrail history`: how the service ended."""
from __future__ import annotations

import click

from casetrail.opening import opened
from casetrail.options import as_of_option, json_option
from casetrail.output import paragraph, print_json


@click.command()
@click.argument("client")
@as_of_option
@json_option
def history(client: str, as_of: str | None, as_json: bool) -> None:
    """Assemble the termination history of CLIENT; every entry cites the words it rests on."""
    from archive.model.viewer import LOCAL
    from history.report import report
    from search_api.services.histories import history_of

    with opened() as archive:
        found = history_of(archive, LOCAL, client, as_of)
    if as_json:
        print_json(found.as_json())
    else:
        paragraph(report(found))
