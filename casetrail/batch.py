"""`casetrail batch`: many searches from a CSV file."""
from __future__ import annotations

import csv
from pathlib import Path

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import line, print_json_lines
from casetrail.writing import written_to


@click.command()
@click.argument("searches", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.csv")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write the hits as CSV; `-` for standard output.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, metavar="N", help="How many hits of each search; 0 means all.")
@click.option("--force", is_flag=True, help="Replace a FILE that exists.")
@json_option
def batch(searches: Path, output: Path | None, limit: int, force: bool, as_json: bool) -> None:
    """Make all searches of FILE.csv: a column `query`, and where they are wanted `name`, `client`, `kind` (several with ;), `from`, `to`."""
    from archive.errors import BadRequest
    from archive.model.viewer import LOCAL
    from evidence.tables import BOM, harmless
    from search_api.services.exporting import csv_line
    from search_api.services.term_report import BATCH_COLUMNS, batch_rows, searches_of
    from search_api.services.term_report import batch as make

    try:
        with searches.open(encoding="utf-8-sig", newline="") as file:
            listed = searches_of(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadRequest(f"{searches} cannot be read as CSV in UTF-8.", "Check the path and the encoding.") from error
    troubled = 0
    with opened() as archive:
        answers = make(archive, LOCAL, listed, limit or None)
        if as_json:
            found = list(answers)
            troubled = sum(bool(answer["trouble"]) for answer in found)
            print_json_lines(found)
        elif output is None:
            for answer in answers:
                troubled += bool(answer["trouble"])
                line(f"{answer['search']}: {answer['trouble'] or answer['total']}")
        else:
            with written_to(output, replace=force) as file:
                file.write(BOM.encode() + csv_line(BATCH_COLUMNS))
                for answer in answers:
                    troubled += bool(answer["trouble"])
                    for row in batch_rows([answer]):
                        file.write(csv_line([harmless(cell) for cell in row]))
    if troubled:
        raise SystemExit(BadRequest.exit_code)
