"""`casetrail worker`: reads what others took in."""
from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from casetrail.opening import opened
from casetrail.output import line

if TYPE_CHECKING:
    from archive.wiring import Archive

WAIT_STEP_SECONDS = 0.2


@click.command()
@click.option("--every", default=5.0, show_default=True, type=click.FloatRange(0.1), metavar="SECONDS", help="How often to look for work.")
@click.option("--once", is_flag=True, help="End when nothing is left to read.")
def worker(every: float, once: bool) -> None:
    """Read items that were taken in and not yet read (a run was killed, another worker died), and bring the index up to date.

    Several may run at once on one catalogue. SIGTERM and Ctrl-C end it after the items under way.
    """
    from archive.errors import Unavailable
    from casetrail.ingest import show
    from casetrail.stopping import stopping
    from ingest.feed import feed
    from ingest.pipeline import ingest

    with opened() as archive, stopping() as stop:
        while not stop():
            try:
                if _work_waits(archive):
                    show(ingest(archive, [], source="worker", actor="worker", stopping=stop))
                else:
                    feed(archive)
            except Unavailable as error:
                if once:
                    raise
                line(f"Waiting: {error}")
            if once and not _work_waits(archive):
                return
            _wait(every, stop)


def _work_waits(archive: Archive) -> bool:
    from archive.owner import owner_name

    waiting = archive.catalogue.claim(1, owner_name())
    if waiting:
        archive.catalogue.release(owner_name())
    return bool(waiting)


def _wait(seconds: float, stop: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and not stop():
        time.sleep(WAIT_STEP_SECONDS)
