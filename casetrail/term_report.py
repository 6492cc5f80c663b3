"""`casetrail term-report`: what each term of a list finds."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casetrail.filtering import filter_options, filtered
from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_exactly, print_json, table


@click.command("term-report")
@click.argument("terms", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), metavar="FILE")
@click.option("--within", metavar="QUERY", default="", help="Only records that this finds too.")
@filter_options
@click.option("--csv", "as_csv", is_flag=True, help="Answer in CSV.")
@json_option
def term_report(terms: Path, within: str, client: str | None, date_from: str | None, date_to: str | None, kinds: tuple[str, ...], exact: bool, as_csv: bool,
                as_json: bool) -> None:
    """Report for each term in FILE (one a line, `-` for standard input; lines with # are left out) how many records it finds, how many no other term
    finds, and how many with families."""
    from archive.errors import BadRequest
    from archive.model.viewer import LOCAL
    from search_api.services.term_report import report_csv
    from search_api.services.term_report import term_report as report

    try:
        text = click.open_file(str(terms), encoding="utf-8-sig").read()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{terms} cannot be read as text in UTF-8.", "Check the path and the encoding.") from error
    listed = [each for each in text.splitlines() if each.strip() and not each.lstrip().startswith("#")]
    with opened() as archive:
        found = report(archive, LOCAL, listed, filtered(within, client, date_from, date_to, kinds, exact))
    if as_json:
        print_json(found)
    elif as_csv:
        print_exactly(report_csv(found))
    else:
        _show(found)
    if found["totals"]["troubled"]:
        raise SystemExit(BadRequest.exit_code)


def _show(found: dict[str, Any]) -> None:
    table(["TERM", "HITS", "UNIQUE", "WITH FAMILIES"], ([t["term"], t["hits"], t["unique"], t["with_families"]] for t in found["terms"]))
    totals = found["totals"]
    line(f"In all {totals['hits']} records, with families {totals['with_families']}.")
    for term in found["terms"]:
        if term["trouble"]:
            line(f"{term['term']}: {term['trouble']}")
