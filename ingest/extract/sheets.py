"""Spreadsheets (xlsx, xlsm, xlsb, xls, ods) by calamine: every sheet a page and a table with typed cells.

The text of a sheet is its name, then a line a row with " | " between the cells, rows and columns without anything left out at the ends.
Values are those that were last computed and stored in the file.  Dates are written as ISO 8601, shares in a cell formatted as per cent
as "78.1%" (the value of the cell stays 0.781).
"""
from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from typing import Any

from archive.model.extracted import Cell, Extracted, Page, Scalar, Table
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.odf_locked import Manifest
from ingest.extract.office import properties, unlocked
from ingest.extract.package import Package
from ingest.extract.pages import BREAK
from ingest.extract.sheet_styles import comments, odf_percent_cells, percent_cells
from ingest.extract.text import clean

CELLS_MAX = 500_000
BETWEEN = " | "


def value_of(raw: Any) -> Scalar:
    """Return a cell's value in a plain type: dates and times as ISO 8601 text, whole floats as int, "" as None."""
    if isinstance(raw, bool) or raw is None:
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() and abs(raw) < 1e15 else raw
    if isinstance(raw, int):
        return raw if abs(raw) < 1 << 62 else float(raw)
    if isinstance(raw, datetime.datetime):
        return raw.date().isoformat() if raw.time() == datetime.time() else raw.isoformat(timespec="seconds")
    if isinstance(raw, (datetime.date, datetime.time)):
        return raw.isoformat()
    if isinstance(raw, datetime.timedelta):
        seconds = int(raw.total_seconds())
        return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return clean(str(raw)).strip() or None


def shown(value: Scalar, percent: bool = False) -> str:
    """Return how a value stands in the text: numbers with a point and without grouping, line breaks in a cell as blanks."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        if percent:
            return f"{round(value * 100, 10):g}%" if abs(value) < 1e10 else f"{value * 100}%"
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    return value.replace("\n", " ").replace("\t", " ")


def _read(work: Work) -> Iterator[Part]:
    content, opened = work.content, ""
    try:
        book = _book(content)
    except CannotRead as error:
        if error.code != "encrypted":
            raise
        content, opened = _unlocked(work, error)
        book = _book(content)
    metadata, subject, created_at, percents, notes_by_sheet = _side_parts(content, work)
    parts, pages, tables, notes, at, cells = list[str](), list[Page](), list[Table](), list[str](), 0, 0
    for number, sheet in enumerate(book.sheet_names, 1):
        try:
            grid = book.get_sheet_by_name(sheet)
            rows = grid.to_python(skip_empty_area=False)
        except Exception:  # one sheet that cannot be read (a chart, a broken part) does not cost the others
            notes.append(f"sheet {number} could not be read")
            rows = []
        title = clean(sheet).replace("\n", " ")
        lines, table = _sheet(rows, title, at + len(title) + 1, number, percents.get(sheet, frozenset()), CELLS_MAX - cells)
        cells += sum(map(len, table.rows))
        body = "\n".join([title, *lines, *notes_by_sheet.get(sheet, [])])
        pages.append(Page(number, at, at + len(body), title))
        tables.append(table)
        parts.append(body)
        at += len(body) + len(BREAK)
        if at > work.limits.text_chars:
            notes.append(f"text ends with sheet {number} of {len(book.sheet_names)}")
            break
    if cells >= CELLS_MAX:
        notes.append(f"tables end after {CELLS_MAX} cells; the text goes on")
    hidden = [s.name for s in book.sheets_metadata if not str(s.visible).endswith("Visible") or "Hidden" in str(s.visible)]
    if hidden:
        metadata["sheets:hidden"] = ", ".join(map(clean, hidden))
    if opened:
        notes.insert(0, opened)
    if not any(t.rows for t in tables) and cells == 0:
        yield Extracted(Failed("empty", "The workbook has no cells with anything in them."), metadata=metadata, created_at=created_at)
        return
    yield Extracted(Done("; ".join(notes)), text=BREAK.join(parts), pages=tuple(pages), tables=tuple(tables), subject=subject,
                    metadata=metadata, created_at=created_at)


def _book(content: bytes) -> Any:
    """Return an opened workbook. Raises CannotRead(encrypted, damaged)."""
    from python_calamine import CalamineError, PasswordError, load_workbook
    try:
        return load_workbook(io.BytesIO(content))
    except PasswordError as error:
        raise CannotRead("encrypted", "The workbook is protected by a password.") from error
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise CannotRead("encrypted", "The workbook is protected by a password.") from error
        raise CannotRead("damaged", "It is no sound workbook.") from error


def _unlocked(work: Work, error: CannotRead) -> tuple[bytes, str]:
    """Return the workbook without its encryption and the note how it was opened. Raises CannotRead(encrypted)."""
    if not work.content.startswith(b"PK"):
        return unlocked(work.content, work.given.passwords)
    with Package(work.content, work.limits.item_bytes) as package:
        manifest = Manifest.of(package)
        note = manifest.unlock(work.given.passwords)
        if not note:
            raise error
        return manifest.plain(work.limits.item_bytes), note


def _sheet(rows: list[list[Any]], title: str, at: int, page: int, percents: frozenset[tuple[int, int]], room: int) -> tuple[list[str], Table]:
    """Return the lines of a sheet, the first of which begins at offset `at`, and the sheet as a table of at most `room` cells."""
    lines, kept = list[str](), list[tuple[Cell, ...]]()
    for r, row in enumerate(rows):
        values = [value_of(raw) for raw in row]
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        cells, words, start = list[Cell](), list[str](), at
        for c, value in enumerate(values):
            percent = (r, c) in percents and isinstance(value, (int, float)) and not isinstance(value, bool)
            word = shown(value, percent)
            cells.append(Cell(value, start, start + len(word), percent))
            words.append(word)
            start += len(word) + len(BETWEEN)
        line = BETWEEN.join(words)
        lines.append(line)
        at += len(line) + 1
        if room > 0:
            kept.append(tuple(cells))
            room -= len(cells)
    return lines, Table(title, page, tuple(kept))


def _side_parts(content: bytes, work: Work) -> tuple[dict[str, str], str, str, dict[str, frozenset[tuple[int, int]]], dict[str, list[str]]]:
    """Return what calamine does not read of an OOXML workbook: properties, which cells show per cent, and comments by sheet."""
    if work.identified.format not in ("xlsx", "xlsb", "ods") or not content.startswith(b"PK"):
        return {}, "", "", {}, {}
    with Package(content, work.limits.item_bytes) as package:
        metadata, subject, created_at = properties(package)
        try:
            percents, said = percent_cells(package) or odf_percent_cells(package), comments(package)
        except CannotRead as error:
            if error.code == "over_limit":
                raise
            percents, said = {}, {}
        return metadata, subject, created_at, percents, said


EXTRACTORS = (Extractor("calamine", "2", bids({"xlsx": 1.0, "xls": 1.0, "xlsb": 1.0, "ods": 1.0}), _read),)
