"""The client directory is imported; what was read before is then looked at anew, since a new identifier may name its client."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.errors import BadRequest
from archive.model.viewer import Viewer
from archive.wiring import Archive
from ingest.directory import import_directory as keep
from search_api.services.custody import demand


def import_directory(archive: Archive, viewer: Viewer, file: Path, report: Callable[[int], None] | None = None) -> dict[str, Any]:
    """Import a CSV file; return how many clients it has, how many are new or changed, and how many items were looked at anew.

    `report` is called with the number of items done.  Raises BadRequest for a file that cannot be read or is no directory.
    """
    demand(viewer, "ingest")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise BadRequest(f"{file} cannot be read ({error.strerror}).", "Check the path and its permissions.") from error
    clients, changed = keep(archive, content, viewer.actor)
    learned = 0
    if changed and archive.catalogue.count_records():
        from ingest.pipeline import learn_again  # the whole of extraction: only when it is needed
        learned = learn_again(archive, (lambda progress: report(progress.read)) if report else None)
    return {"clients": clients, "changed": changed, "looked_at_anew": learned}
