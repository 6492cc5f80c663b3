"""The table of the records in a bundle: CSV for people, JSON lines for machines."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from archive.model.custody import ChainedEvent
from archive.model.record import Record, outcome_json

COLUMNS = (
    "record_id",
    "kind",
    "record_types",
    "clients",
    "date",
    "sent_at",
    "from",
    "to",
    "subject",
    "name",
    "source_paths",
    "inner",
    "language",
    "thread_id",
    "family_id",
    "parent_id",
    "duplicate_of",
    "near_duplicate_of",
    "privileged",
    "sha256",
    "size",
    "mime",
    "pages",
    "custodian",
    "source",
    "outcome",
    "original",
    "text",
)
BOM = "﻿"
"""Spreadsheet programs take a CSV without it for the code page of the machine."""

_FORMULA = "=+-@\t\r\n＝＋－＠"


def csv_header() -> bytes:
    return (BOM + _row(COLUMNS)).encode("utf-8")


def csv_row(record: Record, original: str, text: str | None) -> bytes:
    """Return a record as a row of CSV (RFC 4180), lists joined by ` | `, every cell safe to open in a spreadsheet program."""
    told = record.as_json() | {"original": original, "text": text or ""}
    told["outcome"] = " ".join(outcome_json(record.outcome).values())
    return _row([harmless(_shown(told[column])) for column in COLUMNS]).encode("utf-8", "backslashreplace")


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet program takes for a formula: with an apostrophe before what may begin one; no NUL in it."""
    cell = cell.replace("\0", "\\0")
    begins = cell.lstrip(" \u00a0\"'")[:1]
    return "'" + cell if cell and (cell[0] in _FORMULA or (begins and begins in _FORMULA)) else cell


def record_line(record: Record, original: str, text: str | None) -> bytes:
    """Return a record as one line of JSON, as the contract has it, with the paths of its original and text in the bag."""
    return json_line(record.as_json() | {"original": original, "text": text})


def event_line(link: ChainedEvent) -> bytes:
    """Return a custody event as one line of JSON, with all that its digest is computed over."""
    event = link.event
    return json_line(
        {
            "seq": link.seq,
            "at": link.at,
            "action": event.action,
            "actor": event.actor,
            "subject": event.subject,
            "details": event.details,
            "previous": link.previous,
            "digest": link.digest,
        }
    )


def json_line(value: dict[str, Any]) -> bytes:
    return json_bytes(value) + b"\n"


def json_bytes(value: Any, indent: int | None = None) -> bytes:
    """Return JSON as UTF-8. A lone surrogate, which has no UTF-8, is written as the JSON escape of itself, so it reads back the same."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent).encode("utf-8", "backslashreplace")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return " | ".join(str(v) for v in value) if isinstance(value, list) else str(value)


def _row(cells: tuple[str, ...] | list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
