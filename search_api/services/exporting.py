"""A hit set as a list for others: CSV, XLSX or one JSON object a line; streamed, without a last row."""
from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from archive.errors import BadRequest
from archive.model.query import SortKey
from archive.model.record import Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from evidence.tables import BOM, harmless
from search_api.search import Question, every_hit
from search_api.services.custody import demand, note
from search_api.services.searching import Filtered, asked_of
from search_api.spreadsheet import xlsx

Format = Literal["csv", "xlsx", "jsonl"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "jsonl")
MEDIA_TYPES: dict[str, str] = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson",
                               "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
COLUMNS = ("record_id", "kind", "record_types", "clients", "date", "sent_at", "from", "to", "subject", "name", "custodian", "source", "source_paths",
           "inner", "language", "sentiment", "privileged", "thread_id", "family_id", "parent_id", "duplicate_of", "near_duplicate_of", "sha256", "size",
           "mime", "pages", "tags", "notes")
PAGE = 500


def export(archive: Archive, viewer: Viewer, what: Filtered, form: Format, sort: SortKey = "date_asc") -> tuple[int, Iterator[bytes]]:
    """Return how many records a query finds, and the list of them as bytes, piece by piece, in one state of the index.

    The custody event is written before the first piece, and another with the digest of all record_ids after the last.  Cells that a spreadsheet
    program could take for a formula get an apostrophe before them.  Raises NotAllowed, QuerySyntax, BadRequest, NotFound.
    """
    demand(viewer, "export")
    if form not in FORMATS:
        raise BadRequest(f"There is no format {form!r}.", f"Formats are: {', '.join(FORMATS)}.")
    asking = asked_of(archive, viewer, what)
    total = archive.index.count(asking.whole)
    note(archive, viewer, "exported", what.digest, what="hits", format=form, total=total)
    rows = _records(archive, viewer, asking, what, sort)
    if form == "jsonl":
        return total, (json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for row in rows)
    cells = ([harmless(_shown(row[column])) for column in COLUMNS] for row in rows)
    return total, _csv(cells) if form == "csv" else xlsx(COLUMNS, cells)


def _records(archive: Archive, viewer: Viewer, asking: Question, what: Filtered, sort: SortKey) -> Iterator[dict[str, Any]]:
    digest, count = hashlib.sha256(), 0
    for page in every_hit(archive, asking, sort, PAGE):
        records = {r.record_id: r for r in archive.catalogue.records(RecordFilter(record_ids=tuple(page)), viewer)}
        tags: dict[str, list[str]] = {}
        notes: dict[str, list[str]] = {}
        for label in archive.catalogue.labels(page, viewer):
            (tags if label.kind == "tag" else notes).setdefault(label.record_id, []).append(label.value)
        for record_id in page:
            if record_id in records:
                digest.update(record_id.encode() + b"\n")
                count += 1
                yield _row(records[record_id], tags.get(record_id, []), notes.get(record_id, []))
    note(archive, viewer, "exported", what.digest, what="hits written", records=count, record_ids_sha256=digest.hexdigest())


def _row(record: Record, tags: Sequence[str], notes: Sequence[str]) -> dict[str, Any]:
    told = record.as_json() | {"tags": sorted(tags), "notes": list(notes)}
    return {column: told[column] for column in COLUMNS}


def _csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """Return rows as CSV (RFC 4180) in UTF-8 with the mark that spreadsheet programs know it by."""
    yield BOM.encode() + csv_line(COLUMNS)
    for row in rows:
        yield csv_line(row)


def csv_line(cells: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue().encode("utf-8", "backslashreplace")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " | ".join(map(str, value)) if isinstance(value, list) else str(value)
