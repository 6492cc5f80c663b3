"""`casetrail churn`: why clients leave."""
from __future__ import annotations

from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json
from casetrail.output import table as print_table


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.csv", help="Write the figures as CSV, `-` for standard output.")
@click.option("--force", is_flag=True, help="Replace a FILE.csv that exists.")
@json_option
def churn(output: Path | None, force: bool, as_json: bool) -> None:
    """Show why clients leave: all clients, each once, by main reason and year of its notice. --json has the documents behind each figure.

    Groups of fewer clients than CASETRAIL_SMALL_GROUP are not shown, nor is what they could be reckoned from.
    """
    from archive.model.viewer import LOCAL
    from casetrail.writing import written_to
    from search_api.services import churn as service

    if output is not None:
        with opened() as archive, written_to(output, replace=force) as file:
            file.write(service.table(archive, LOCAL))
        if str(output) != "-" and not as_json:
            line(f"The figures are written to {output}.")
        return
    with opened() as archive:
        told = service.report(archive, LOCAL)
    if as_json:
        print_json(told)
        return
    if not told["by_reason"]:
        line(f"None of {told['clients']} clients leaves.")
        return
    rows = [[row["reason"].replace("_", " "), *(shown(c["clients"]) for c in row["by_year"]), shown(row["clients"])] for row in told["by_reason"]]
    totals = ["all", *(shown(c["clients"]) for c in told["by_year"]), shown(told["total"])]
    print_table(["MAIN REASON", *told["years"], "ALL"], [*rows, totals])
    line()
    print_table(["NAMED AT ALL", "CLIENTS"], [[n["reason"].replace("_", " "), shown(n["clients"])] for n in told["named"]])
    line()
    line(f"{told['clients']} clients looked at. *: not shown, since a group of fewer than {told['small_group']} clients could be told from it.")


def shown(clients: int | None) -> str:
    return "*" if clients is None else str(clients)
