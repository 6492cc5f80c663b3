"""Rich Text (RTF 1.9.1): one pass over groups and control words, without a tree.

Text: headers, paragraphs and tables in place (cells by a tab), results of fields, footnotes in brackets where they are called, comments where
they are made, footers.  Words deleted under tracked changes and hidden ones are left out of the text; the deleted stand in the metadata.
Pictures (PNG, JPEG) are children.
"""
from __future__ import annotations

import binascii
from collections.abc import Iterator

from archive.model.extracted import Cell, Child, Extracted, Table
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.docx import Lines
from ingest.extract.names import UniqueNames
from ingest.extract.rtf_words import Aim, Parser, Sink
from ingest.extract.text import clean

_CHILDREN_MAX = 1000


class _Document(Sink):
    """Gathers the words of a document: paragraphs and rows into the text, the rest beside it."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.margins: dict[str, list[str]] = {"header": [], "footer": []}
        self.deleted: list[str] = []
        self.metadata: dict[str, str] = {}
        self.created: dict[str, int] = {}
        self.pictures: list[tuple[str, bytes]] = []
        self._words: list[str] = []
        self._margin: list[str] = []
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[tuple[Cell, ...]] = []

    def words(self, text: str, aim: Aim) -> None:
        if aim == "text":
            self._words.append(text)
        elif aim == "deleted":
            self.deleted.append(text)
        elif aim in ("header", "footer"):
            self._margin.append(text)
        elif aim not in ("created", "picture", "nothing"):
            self.metadata[aim] = self.metadata.get(aim, "") + text

    def paragraph(self, aim: Aim, in_table: bool) -> None:
        if aim == "text":
            words = self._taken()
            if in_table:
                self._cell.append(words)
            else:
                self._end_table()
                self.lines.line(words)
        elif aim in ("header", "footer"):
            self._margin.append("\n")

    def cell(self, aim: Aim) -> None:
        if aim != "text":
            self.words("\t", aim)
            return
        self._cell.append(self._taken())
        self._cells.append(" / ".join(filter(None, (" ".join(part.split()) for part in self._cell))))
        self._cell = []

    def row(self, aim: Aim) -> None:
        if aim != "text":
            self.paragraph(aim, False)
            return
        self._rows.append(self.lines.row(self._cells))
        self._cells = []

    def closed(self, aim: Aim) -> None:
        if aim in ("header", "footer"):
            words = clean("".join(self._margin)).strip()
            self._margin = []
            if words and words not in self.margins[aim]:
                self.margins[aim].append(words)

    def picture(self, kind: str, hexed: bytes) -> None:
        if len(self.pictures) < _CHILDREN_MAX:
            try:
                self.pictures.append((kind, binascii.unhexlify(hexed[:len(hexed) // 2 * 2])))
            except binascii.Error:
                return

    def moment(self, part: str, number: int) -> None:
        self.created[part] = number

    def end(self) -> None:
        if self._cells or self._cell:
            self.cell("text")
            self.row("text")
        words = self._taken()
        if words.strip():
            self.lines.line(words)
        self._end_table()

    def text(self) -> str:
        return "".join(self.lines.parts)

    def _taken(self) -> str:
        words = clean("".join(self._words))
        self._words = []
        return words

    def _end_table(self) -> None:
        if self._rows:
            self.lines.tables.append(Table("", None, tuple(self._rows)))
            self._rows = []


def _read(work: Work) -> Iterator[Part]:
    content = work.content
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        raise CannotRead("damaged", "It does not begin as Rich Text does.")
    document = _Document()
    parser = Parser(content, document)
    parser.read()
    document.end()
    body = document.text()
    head = "".join(f"{words}\n" for words in document.margins["header"])
    foot = "".join(f"{words}\n" for words in document.margins["footer"])
    text = f"{head}{body}{foot}"
    tables = tuple(Table(t.name, t.page, tuple(tuple(Cell(c.value, c.start + len(head), c.end + len(head)) for c in row) for row in t.rows))
                   for t in document.lines.tables)
    metadata = {name: clean(value).strip()[:2000] for name, value in document.metadata.items() if value.strip()}
    if document.deleted:
        metadata["rtf:deleted"] = clean("".join(document.deleted))[:20_000]
    names = UniqueNames()
    for number, (kind, data) in enumerate(document.pictures, 1):
        yield Child(names.give(f"picture-{number}.{kind}"), data, inline=True)
    if not text.strip():
        yield Extracted(Failed("empty", "The document has no text."), metadata=metadata)
        return
    note = "the file ends inside a group; read as far as it goes" if parser.cut else ""
    yield Extracted(Done(note), text=text, tables=tables, subject=metadata.get("dc:title", ""), metadata=metadata, created_at=_moment(document.created))


def _moment(parts: dict[str, int]) -> str:
    """Return a time of the document's own properties as ISO 8601; it has no zone."""
    if not {"yr", "mo", "dy"} <= parts.keys() or not (1900 < parts["yr"] < 2200 and 1 <= parts["mo"] <= 12 and 1 <= parts["dy"] <= 31):
        return ""
    day = f"{parts['yr']:04d}-{parts['mo']:02d}-{parts['dy']:02d}"
    return f"{day}T{parts['hr'] % 24:02d}:{parts.get('min', 0) % 60:02d}:00" if "hr" in parts else day


EXTRACTORS = (Extractor("rtf", "1", bids({"rtf": 1.0}), _read),)
