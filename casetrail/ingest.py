"""`casetrail ingest`: from files to records."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casetrail.opening import opened
from casetrail.options import access_of, access_options, json_option
from casetrail.output import line, print_json

if TYPE_CHECKING:
    from archive.model.run import RunReport

SHOWN = 20

CODE_WORDS = ("encrypted", "damaged", "unsupported", "over_limit", "timeout", "crashed", "empty", "needs_ocr", "unreadable", "interrupted", "unavailable")
"""As `archive.model.outcome.Code` (a test holds the two together): written here so that `--help` imports nothing."""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH…")
@click.option("--source", default="", metavar="NAME",
              help="The name of the source; a drop of that name sent again from elsewhere is known by its relative paths.")
@click.option("--custodian", default="", metavar="NAME", help="Whose data it was.")
@click.option("--client", default="", metavar="ID", help="The client whom all of it concerns.")
@click.option("--retry", is_flag=True, help="Also read again what could not be read before. Codes may follow, as in `--retry encrypted needs_ocr`.")
@click.option("--retry-only", "codes", multiple=True, type=click.Choice(CODE_WORDS), metavar="CODE", help="With --retry: the same as a code after it.")
@click.option("--run", "run_id", default="", metavar="RUN", help="With --retry: only what this run met.")
@click.option("--path", "places", multiple=True, metavar="GLOB", help="With --retry: only what lies at such a path, as in `letters/*.pdf`.")
@click.option("--record", "records", multiple=True, metavar="ID", help="With --retry: only this record, whatever became of it before.")
@click.option("--passwords", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Passwords to try on encrypted items, one a line.")
@access_options
@json_option
def ingest(paths: tuple[str, ...], source: str, custodian: str, client: str, retry: bool, codes: tuple[str, ...], run_id: str,
           places: tuple[str, ...], records: tuple[str, ...], passwords: Path | None,
           password_file: Path | None, oauth_token_file: Path | None, plain_imap: bool, as_json: bool) -> None:
    """Take in files, folders, mailboxes and exports, and read them. Given again, it goes on where it stopped and takes nothing twice.

    A PATH may also name a mailbox on a mail server (imaps://USER@HOST/FOLDER, without FOLDER all folders) or objects in a bucket
    (s3://BUCKET/PREFIX).

    Ends with status 0 when every item met has an outcome, an unreadable file with its reason being one; with 130 when it was stopped.
    """
    from archive.model.run import Retrying
    from archive.model.viewer import LOCAL
    from search_api.services.sources import report_json
    from search_api.services.taking_in import take_in

    again = None
    if retry:
        paths, words = _codes_among(paths)
        again = Retrying((*codes, *words), run_id, places, records)
    elif codes or run_id or places or records:
        raise click.UsageError("--retry-only, --run, --path and --record go with --retry.")
    elif not paths:
        raise click.UsageError("Name at least one path, or give --retry.")
    secrets = password_lines(passwords) if passwords else []
    from casetrail.pace import Ahead, Pace
    from casetrail.progress import progress
    from casetrail.stopping import stopping

    ahead = Ahead(paths)
    pace = Pace(ahead)
    with opened() as archive, stopping() as stop, progress("Taking in") as tell:
        report = take_in(archive, LOCAL, paths, source=source, custodian=custodian, client=client, passwords=secrets,
                         retry=again, report=lambda p: tell(*pace(p)), stopping=stop,
                         access=access_of(password_file, oauth_token_file, plain_imap))
    ahead.end()
    if as_json:
        print_json(report_json(report))
    else:
        show(report)
    judge(report)


def _codes_among(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths and the codes among the words after --retry. A file whose name is a code is given as `./encrypted`."""
    return tuple(w for w in words if w not in CODE_WORDS), tuple(w for w in words if w in CODE_WORDS)


def show(report: RunReport) -> None:
    """Print the summary of a run: the counts, the reasons, then what could not be read and why."""
    from collections import Counter

    from casetrail.pace import reasons

    counts = report.counts
    line(f"Run {report.run_id} {report.status}: {report.met} items met")
    for result, words in (("stored", "stored"), ("duplicate", "duplicates, kept at a further place"), ("already_held", "already held"),
                          ("skipped", "kept, not read"), ("failed", "failed")):
        line(f"  {counts.get(result, 0):>9}  {words}")
    if report.waiting:
        line(f"  {report.waiting} of them still wait to be read.")
    if report.troubles:
        line(f"  Not read: {reasons(Counter(trouble.code for trouble in report.troubles))}")
    for trouble in report.troubles[:SHOWN]:
        inner = f" > {trouble.inner}" if trouble.inner else ""
        line(f"  {trouble.result}: {trouble.path}{inner}: {trouble.code}: {trouble.reason}{'' if trouble.kept else ' (not held)'}")
    if len(report.troubles) > SHOWN:
        line(f"  … and {len(report.troubles) - SHOWN} more: `casetrail sources --run {report.run_id}` lists all.")


def judge(report: RunReport) -> None:
    """Raise what the command has to end with when the run did not go through."""
    from archive.errors import Incomplete

    if report.status == "interrupted":
        raise KeyboardInterrupt
    if not report.adds_up:
        raise Incomplete("The counts of the run do not add up.", "Run the same command again, then look at `casetrail sources`.")


def password_lines(file: Path) -> list[str]:
    from archive.errors import BadRequest

    try:
        return [line for line in file.read_text("utf-8").splitlines() if line]
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{file} cannot be read.", "It is a UTF-8 text file with one password a line.") from error
