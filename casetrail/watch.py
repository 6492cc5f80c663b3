"""`casetrail watch`: takes in what arrives."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casetrail.opening import opened
from casetrail.output import line

if TYPE_CHECKING:
    from archive.model.run import RunReport
    from ingest.sources.base import MetOrNot


@click.command()
@click.argument("places", nargs=-1, required=True, metavar="FOLDER…|s3://BUCKET/INBOX/")
@click.option("--settle", default=2.0, show_default=True, type=click.FloatRange(0), metavar="SECONDS",
              help="A file of a folder is taken when it has not changed for so long.")
@click.option("--every", type=click.FloatRange(0.1), metavar="SECONDS",
              help="How often everything is looked at; by default 60 for folders, 5 for a bucket.")
@click.option("--lease", default=300.0, show_default=True, type=click.FloatRange(5), metavar="SECONDS",
              help="A bucket only: what another worker has claimed is taken over when it was silent for so long.")
@click.option("--once", is_flag=True, help="End when all that is there was taken in.")
@click.option("--source", default="", metavar="NAME", help="The name of the source, as for `ingest`.")
@click.option("--custodian", default="", metavar="NAME", help="Whose data it was.")
@click.option("--client", default="", metavar="ID", help="The client whom all of it concerns.")
@click.option("--passwords", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Passwords to try on encrypted items, one a line.")
def watch(places: tuple[str, ...], settle: float, every: float | None, lease: float, once: bool, source: str, custodian: str, client: str,
          passwords: Path | None) -> None:
    """Take in what arrives in folders, or in the inbox of a bucket, until stopped by Ctrl-C or SIGTERM.

    Each time something has arrived, that is a run with a report of its own. Files in folders are read and never changed; objects of an
    inbox are claimed, and moved to done/ or failed/ beside it.
    """
    from archive.errors import BadRequest
    from archive.model.viewer import LOCAL
    from casetrail.ingest import judge, password_lines, show
    from casetrail.stopping import stopping
    from ingest.sources.s3_address import is_address
    from ingest.watching import Watch, watch_folders
    from search_api.services.taking_in import take_in

    buckets = [place for place in places if is_address(place)]
    if buckets and len(places) > 1:
        raise BadRequest("A bucket is watched by itself.", "Start one `casetrail watch` for it and another for the rest.")
    secrets = password_lines(passwords) if passwords else []
    with opened() as archive, stopping() as stop:
        def take(met: Callable[[], Iterator[MetOrNot]]) -> RunReport:
            report = take_in(archive, LOCAL, places, source=source, custodian=custodian, client=client, passwords=secrets, stopping=stop,
                             met=lambda pulling: met())
            show(report)
            if report.status == "finished":
                judge(report)
            return report

        if buckets:
            from ingest.inbox import Inbox, became, work_inbox

            inbox = Inbox(buckets[0], source, lease, every or 5.0, once, line, stop, (archive.settings.objects_url,))
            work_inbox(inbox, take, lambda canonical: became(archive, canonical))
        else:
            watch_folders(Watch(places, source, str(archive.settings.home), settle, every or 60.0, once, line, stop), take)
