"""`casetrail verify`: does everything match."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casetrail.opening import opened
from casetrail.options import json_option
from casetrail.output import paragraph, print_json

if TYPE_CHECKING:
    from evidence import ArchiveVerdict, BundleVerdict


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path), metavar="[FILE.zip]")
@click.option("--fast", is_flag=True, help="See that everything is there without reading it; compare a sample of the index.")
@click.option("--repair", is_flag=True, help="Mend what can be mended, and say what was done. Nothing that is there is overwritten.")
@json_option
def verify(file: Path | None, fast: bool, repair: bool, as_json: bool) -> None:
    """Verify a bundle against its manifests, or the whole archive: every original against its digest, objects, catalogue and index against
    one another, the custody log against its chain.

    Ends with status 0 when all matches (after --repair: matches again), 8 when something does not, 6 when something could not be checked.
    """
    from archive.errors import IntegrityBroken, NotFound, Unavailable
    from archive.model.viewer import LOCAL
    from casetrail.progress import progress

    if file is not None and (fast or repair):
        raise click.UsageError("--fast and --repair are for the whole archive, not for a bundle.")
    verdict: ArchiveVerdict | BundleVerdict
    if file is not None:
        if not file.is_file():
            raise NotFound(f"There is no file {file}.", "Name a bundle, or nothing to verify the whole archive.")
        from evidence import verify_bundle
        with progress("Verifying") as tell:
            verdict = verify_bundle(file, lambda done: tell("", done))
    else:
        from search_api.services.verification import verify as verify_all
        with opened() as archive, progress("Verifying") as tell:
            verdict = verify_all(archive, LOCAL, lambda done: tell("", done), fast=fast, repair=repair)
    if as_json:
        print_json(verdict.as_json())
    else:
        paragraph(verdict.report())
    if verdict.status == "broken":
        raise IntegrityBroken("Not everything matches.", "Keep it as it is, and compare with a copy; `casetrail verify --repair` mends what is merely missing.")
    if verdict.status == "unchecked":
        raise Unavailable("Not everything could be checked.", "See above; then verify again.")
