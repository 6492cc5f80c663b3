"""The readable report of a client's history, to be handed out: HTML or PDF."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import history
from archive.errors import BadSettings
from archive.model.viewer import Viewer
from archive.wiring import Archive
from history.status_page import StatusPage, status_page
from search_api.remembered import Remembered
from search_api.services.answers import of_open_file
from search_api.services.custody import demand, note
from search_api.services.histories import client_file, day_of

Form = Literal["html", "pdf"]
MEDIA_TYPES: dict[str, str] = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
PRIVILEGED = "Privileged: made from records among which are privileged ones. Not for the other side."


@dataclass(frozen=True, slots=True)
class Report:
    """One document: its bytes, media type and a name for the file."""
    content: bytes
    media_type: str
    name: str


def report(archive: Archive, viewer: Viewer, client_id: str, form: Form, as_of: str | None = None, held: str | None = None) -> Report:
    """Return the report on a client as far as the viewer may see its records; an export, in the custody log before it is handed out.

    Raises NotFound, NotAllowed without the right to export, BadRequest for what is no day, BadSettings for a font that cannot be used.
    """
    demand(viewer, "export")
    file = client_file(archive, viewer, client_id, as_of, held)
    found = history.assemble(file)
    note(archive, viewer, "exported", client_id, what="report", format=form, as_of=file.as_of, held_on=file.held_on, records=len(file.records))
    marking = PRIVILEGED if any(read.record.privileged for read in file.records) else ""
    days = (f"-{file.as_of}" if file.as_of else "") + (f"-held-{file.held_on}" if file.held_on else "")
    return Report(_WRITERS[form](archive, found, marking), MEDIA_TYPES[form], f"history-{client_id}{days}.{form}")


def _html(_: Archive, found: history.History, marking: str) -> bytes:
    from history.report_html import report_html
    return report_html(found, marking).encode("utf-8", "replace")


def _pdf(archive: Archive, found: history.History, marking: str) -> bytes:
    from history.report_pdf import FontUnusable, report_pdf
    try:
        return report_pdf(found, fonts_of(archive.settings.report_fonts), marking)
    except FontUnusable as error:
        raise BadSettings("A font in CASETRAIL_REPORT_FONTS is no TrueType font that can be embedded.", "Name a .ttf file with outlines.") from error


_WRITERS: dict[str, Callable[[Archive, history.History, str], bytes]] = {"html": _html, "pdf": _pdf}


def fonts_of(paths: Sequence[Path]) -> list[bytes]:
    """Return the fonts' bytes. Raises BadSettings for one that cannot be read."""
    try:
        return [path.read_bytes() for path in paths]
    except OSError as error:
        raise BadSettings("A font in CASETRAIL_REPORT_FONTS cannot be read.", "Check its path and its rights.") from error


def status(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, remembered: Remembered | None = None) -> StatusPage:
    """Return the status page of a client, which may be shown to the client itself; it never rests on a privileged record. Raises NotFound."""
    demand(viewer, "read")
    day, today = day_of(as_of), archive.clock.now().date().isoformat()
    page = of_open_file(archive, viewer, client_id, remembered, lambda file: status_page(file, today), lambda _: 20_000, "status", today, as_of=day)
    note(archive, viewer, "read", client_id, what="status", as_of=day)
    return page
