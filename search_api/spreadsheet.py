"""Tables as XLSX (ECMA-376, 1st edition, part 4, 3.3), written row by row: no row is kept in memory, and there is no last row.

Every cell is text (an inline string), so that nothing in it is ever reckoned as a formula.  A sheet holds 1,048,576 rows, of which the first are the
headings; what does not fit goes on in the next sheet.
"""
from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

SHEET_ROWS = 1_048_576
CELL_CHARS = 32_767

_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACK = "http://schemas.openxmlformats.org/package/2006"


class _Pipe(io.RawIOBase):
    """A stream that is written to and whose bytes are then taken; it cannot be gone back in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(data)  # type: ignore[call-overload]
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        out, self._parts = b"".join(self._parts), []
        return out


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]], sheet_rows: int = SHEET_ROWS) -> Iterator[bytes]:
    """Return the bytes of a workbook with these headings on every sheet, piece by piece."""
    pipe = _Pipe()
    waiting = iter(rows)
    row = next(waiting, None)
    sheets = 0
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as book:
        while row is not None or not sheets:
            sheets += 1
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
                sheet.write(_row(headings))
                count = 1
                while row is not None and count < sheet_rows:
                    sheet.write(_row(row))
                    count += 1
                    row = next(waiting, None)
                    if not count % 500:
                        yield pipe.taken()
                sheet.write(b"</sheetData></worksheet>")
            yield pipe.taken()
        for name, content in _parts(sheets):
            book.writestr(name, _HEAD + content)
    yield pipe.taken()


def _row(cells: Sequence[str]) -> bytes:
    shown = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(_BAD.sub(_told, cell)[:CELL_CHARS])}</t></is></c>' for cell in cells)
    return f"<row>{shown}</row>".encode()


def _told(found: re.Match[str]) -> str:
    """What XML cannot hold is written as its code point, as the office programs do (ECMA-376, 22.9.2.19)."""
    return f"_x{ord(found[0]):04X}_"


def _parts(sheets: int) -> Iterator[tuple[str, str]]:
    numbers = range(1, sheets + 1)
    overrides = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
                        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>' for n in numbers)
    yield "[Content_Types].xml", (
        f'<Types xmlns="{_PACK}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{overrides}</Types>')
    yield "_rels/.rels", (f'<Relationships xmlns="{_PACK}/relationships"><Relationship Id="rId1" Type="{_RELS}/officeDocument" '
                          'Target="xl/workbook.xml"/></Relationships>')
    yield "xl/workbook.xml", (f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>'
                              + "".join(f'<sheet name="Records {n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers) + "</sheets></workbook>")
    yield "xl/_rels/workbook.xml.rels", (
        f'<Relationships xmlns="{_PACK}/relationships">'
        + "".join(f'<Relationship Id="rId{n}" Type="{_RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers) + "</Relationships>")
