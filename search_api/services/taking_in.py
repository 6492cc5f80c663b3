"""Taking in, as the command line and the upload route both ask for it."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from archive.errors import BadRequest
from archive.model.run import Retrying, RunReport
from archive.model.viewer import Viewer
from archive.wiring import Archive
from ingest.pipeline import Progress, ingest
from ingest.sources.base import Access, MetOrNot, Pulling
from search_api.services.custody import demand


def take_in(archive: Archive, viewer: Viewer, paths: Sequence[str], *, source: str = "", custodian: str = "", client: str = "",
            passwords: Sequence[str] = (), retry: Retrying | None = None, report: Callable[[Progress], None] | None = None,
            stopping: Callable[[], bool] = lambda: False, called: Mapping[str, str] | None = None, access: Access | None = None,
            met: Callable[[Pulling], Iterator[MetOrNot]] | None = None) -> RunReport:
    """Take in what lies at these paths and return the report of the run (`ingest.pipeline.ingest` says how, and what it raises).

    Who may see some clients only has to say whose the items are.
    """
    demand(viewer, "ingest")
    if viewer.clients is not None and not client:
        raise BadRequest("This key takes in for named clients only.", "Say which with `client`.")
    if client:
        archive.catalogue.client(client, viewer)
    for name, value in (("source", source), ("custodian", custodian)):
        if len(value) > 200 or not value.isprintable() or ":" in value:
            raise BadRequest(f"The {name} is {value[:50]!r}.", "Use up to 200 printable characters, no colon.")
    return ingest(archive, paths, source=source, custodian=custodian, client=client, actor=viewer.actor, passwords=passwords, retry=retry,
                  report=report, stopping=stopping, called=called, access=access, met=met)
