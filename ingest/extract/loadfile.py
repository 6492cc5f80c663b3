"""Load files as documents: what they say, as text and as a table. Where their files lie beside them, ingest/sources/load_file.py follows them."""
from __future__ import annotations

import csv
from collections.abc import Iterator

from archive.model.extracted import Cell, Extracted, Table
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.loadfile_rows import read_sheet, rows_of
from ingest.extract.text import clean

_BETWEEN = " | "
_CELLS_MAX = 500_000


def _read(work: Work) -> Iterator[Part]:
    with work.source.open() as stream:
        sheet = read_sheet(stream)
        if sheet is None:
            raise CannotRead("damaged", "Its line of names cannot be read.")
        lines, rows, at, cells = list[str](), list[tuple[Cell, ...]](), 0, 0
        note = ""
        try:
            for number, row in enumerate(_with_names(sheet.columns, rows_of(stream, sheet))):
                said = [" ".join(clean(cell).split()) for cell in row]
                line = _BETWEEN.join(said)
                if cells + len(said) <= _CELLS_MAX:
                    rows.append(_cells(said, at))
                    cells += len(said)
                lines.append(line)
                at += len(line) + 1
                if at > work.limits.text_chars or number > work.limits.members:
                    note = f"rows beyond the first {number} were left out"
                    break
        except csv.Error:
            note = "a row is damaged; what comes before it was read"
    metadata = {"loadfile:rows": str(max(0, len(lines) - 1)), "charset": sheet.charset}
    yield Extracted(Done(note), text="\n".join(lines), tables=(Table("", None, tuple(rows)),), subject=work.given.name, metadata=metadata)


def _with_names(names: tuple[str, ...], rows: Iterator[list[str]]) -> Iterator[list[str]]:
    yield list(names)
    yield from rows


def _cells(said: list[str], at: int) -> tuple[Cell, ...]:
    out = list[Cell]()
    for words in said:
        out.append(Cell(words or None, at, at + len(words)))
        at += len(words) + len(_BETWEEN)
    return tuple(out)


EXTRACTORS = (Extractor("load-file", "1", bids({"loadfile": 1.0}), _read),)
