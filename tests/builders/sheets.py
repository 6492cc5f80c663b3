"""A table as readers give it: cells joined by tabs, rows by line feeds, each cell with its place in the text."""
from __future__ import annotations

from typing import Any

from archive.model.extracted import Cell, Table


def sheet_of(rows: list[list[Any]], title: str = "") -> tuple[str, Table]:
    """Return the text and the table of these values; None is an empty cell."""
    text, lines = "", []
    for row in rows:
        cells = []
        for n, value in enumerate(row):
            text += "\t" if n else ""
            shown = "" if value is None else str(value)
            cells.append(Cell(value, len(text), len(text) + len(shown)))
            text += shown
        text += "\n"
        lines.append(tuple(cells))
    return text, Table(title, None, tuple(lines))
