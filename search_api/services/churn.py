"""Why clients leave, over all clients that the viewer may see, in one pass. Nothing rests on a privileged record, whoever asks."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.errors import NotFound
from archive.model.viewer import Viewer
from archive.wiring import Archive
from evidence.tables import BOM
from history.churn import Departure, churn, departure
from search_api.remembered import Remembered
from search_api.services.answers import of_open_file
from search_api.services.custody import demand, note
from search_api.services.exporting import csv_line

COLUMNS = ("reason", "year", "clients", "shown", "documents")
ALL = "all"


def report(archive: Archive, viewer: Viewer, remembered: Remembered | None = None) -> dict[str, Any]:
    """Return the figures with their documents; small groups (CASETRAIL_SMALL_GROUP) are None."""
    demand(viewer, "read")
    found = churn(_departures(archive, viewer, remembered), archive.settings.small_group)
    note(archive, viewer, "read", "directory", what="churn", clients=found.clients)
    return found.as_json()


def table(archive: Archive, viewer: Viewer, remembered: Remembered | None = None) -> bytes:
    """Return the same figures as CSV (RFC 4180): one line a figure, `all` for totals, `documents` the ids of the records behind it."""
    demand(viewer, "export")
    found = churn(_departures(archive, viewer, remembered), archive.settings.small_group)
    note(archive, viewer, "exported", "directory", what="churn", format="csv", clients=found.clients)
    return b"".join([BOM.encode() + csv_line(COLUMNS), *(csv_line(line) for line in lines(found.as_json()))])


def lines(told: dict[str, Any]) -> Iterator[list[str]]:
    """Yield the figures one by one: reason, year, clients ("" where it is not shown), `yes` or `no`, record ids."""
    def line(reason: str, year: str, clients: int | None, documents: list[dict[str, Any]]) -> list[str]:
        return [reason, year, "" if clients is None else str(clients), "no" if clients is None else "yes", " ".join(d["record_id"] for d in documents)]

    for row in told["by_reason"]:
        for cell in row["by_year"]:
            yield line(row["reason"], cell["year"], cell["clients"], cell["documents"])
        yield line(row["reason"], ALL, row["clients"], [])
    for cell in told["by_year"]:
        yield line(ALL, cell["year"], cell["clients"], [])
    yield line(ALL, ALL, told["total"], [])
    for row in told["named"]:
        yield line(f"named: {row['reason']}", ALL, row["clients"], row["documents"])


def _departures(archive: Archive, viewer: Viewer, remembered: Remembered | None) -> Iterator[Departure | None]:
    for client in archive.catalogue.clients(viewer):
        try:
            yield of_open_file(archive, viewer, client.client_id, remembered, departure, _size, "departure")
        except NotFound:  # gone from the directory meanwhile
            continue


def _size(found: Departure | None) -> int:
    return 500 + (400 * sum(len(cites) for _, cites in found.reasons) if found else 0)
