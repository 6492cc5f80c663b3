"""`casetrail sources`: the count proof."""
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import as_json as in_json
from casetrail.output import line, print_json_lines, table

COLUMNS = ("met", "stored", "duplicate", "already_held", "skipped", "failed")
SHOWN = 20
BY_WORDS = ("source", "custodian", "folder", "day", "format")
"""As `archive.model.run.BREAKDOWNS` (a test holds the two together): written here so that `--help` imports nothing."""


@click.command()
@click.option("--run", "run_id", metavar="RUN", help="Only this run; `held` for what is held now.")
@click.option("--by", multiple=True, type=click.Choice(BY_WORDS), metavar="WHAT",
              help=f"Break the counts down; may be given more than once. One of {', '.join(BY_WORDS)}.")
@click.option("--items", "listed", is_flag=True, help="List every item (of --run, else of what is held now) with what became of it, one JSON object a line.")
@json_option
def sources(run_id: str | None, by: tuple[str, ...], listed: bool, as_json: bool) -> None:
    """Show for every run, and for what is held now, what was met, stored, a duplicate, already held, skipped and failed, each with its reason.

    Ends with status 9 when the sums do not agree at some level.
    """
    from archive.errors import Incomplete
    from archive.model.run import HELD
    from archive.model.viewer import LOCAL
    from search_api.services import sources as service

    with opened() as archive:
        if listed:
            print_json_lines(service.items(archive, LOCAL, run_id or HELD))
            return
        found = service.count_proof(archive, LOCAL, run_id, service.known_breakdowns(by or ("source",)))
        if as_json:
            for piece in _pieces(found):
                click.echo(piece, nl=False)
            click.echo()
        else:
            _show(found, by, None if run_id else SHOWN)
    if not found["adds_up"]:
        raise Incomplete("The counts do not add up.", "Run the same ingest again; if that does not mend it, report it with --json.")


def _show(found: Mapping[str, Any], by: tuple[str, ...], most: int | None) -> None:
    for run in found["runs"]:
        line(f"Run {run['run_id']}  {run['started_at']}  {run['status']}  source {run['source'] or 'unnamed'}  {' '.join(run['paths'])}")
        _show_block(run, by, most, f"--run {run['run_id']}")
    if found["held"]:
        line("Held now, each item once")
        _show_block(found["held"], by, most, "--run held")
    totals, agree = found["totals"], "agree" if found["adds_up"] else "DO NOT AGREE"
    counted = ", ".join(f"{totals[c]} {c.replace('_', ' ')}" for c in COLUMNS)
    line(f"{'All runs: ' + counted + '; ' if found['runs'] else ''}{totals['records']} records. The sums {agree}.")


def _show_block(block: Mapping[str, Any], by: tuple[str, ...], most: int | None, option: str) -> None:
    table([c.upper() for c in COLUMNS], [[block[c] for c in COLUMNS]])
    if block["waiting"]:
        line(f"{block['waiting']} of them still wait to be read.")
    for name in by:
        line()
        table([name.upper(), *(c.upper() for c in COLUMNS), "REASONS"],
              [[row[name] or "-", *(row[c] for c in COLUMNS), _reasons(row["reasons"])] for row in block["by"][name]])
    if block["reasons"]:
        line(f"Not read: {_reasons(block['reasons'])}")
    for number, trouble in enumerate(block["troubles"]):
        if number == most:
            line(f"  … and more: `casetrail sources {option}` lists all.")
            break
        inner = f" > {trouble['inner']}" if trouble["inner"] else ""
        line(f"  {trouble['result']}: {trouble['path']}{inner}: {trouble['code']}: {trouble['reason']}{'' if trouble['kept'] else ' (not held)'}")
    line()


def _reasons(reasons: list[Mapping[str, Any]]) -> str:
    return ", ".join(f"{reason['count']} {reason['code'] or reason['result']}" for reason in reasons)


def _pieces(value: Any, margin: str = "") -> Iterator[str]:
    """Yield a value as JSON, indented; an iterator in it becomes a list that is never held as a whole."""
    inside = margin + "  "
    if isinstance(value, Iterator) or (isinstance(value, list | dict) and value):
        named = isinstance(value, dict)
        before = ("{" if named else "[") + "\n"
        empty = True
        for each in value.items() if isinstance(value, dict) else value:
            yield f"{before}{inside}" + (f"{in_json(each[0])}: " if named else "")
            yield from _pieces(each[1] if named else each, inside)
            before, empty = ",\n", False
        yield "[]" if empty else f"\n{margin}" + ("}" if named else "]")
    else:
        yield in_json(value)
