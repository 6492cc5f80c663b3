"""Word documents of the older kind (.doc): text by the piece table of [MS-DOC], with tables, headings and tracked changes.

Text: headers, then the main document (cells by a tab), footnotes and endnotes, text boxes, comments.  Fields show their last result.
Words deleted under tracked changes stand in the metadata only, hidden ones nowhere.  Word 6 and 95 files are read as one run of characters.
Embedded files and pictures are children.
"""
from __future__ import annotations

import struct
from collections.abc import Iterator

from archive.model.extracted import Cell, Extracted, Segment, Table
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.doc_pieces import Document, Span
from ingest.extract.docx import Lines
from ingest.extract.names import UniqueNames
from ingest.extract.office import unlocked
from ingest.extract.ole import Compound, pictures
from ingest.extract.text import clean

_SHOWN = str.maketrans({0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x1E: "-", 0x1F: None, 0x01: None, 0x02: None, 0x03: None, 0x04: None, 0x05: None, 0x08: None,
                        0xF0B7: "•", 0xF0A7: "•", 0xF0FC: "✓", 0xF0FE: "☑", 0xF0A8: "☐", 0xF06F: "☐", 0x06: None})


class _Fields:
    """Leaves out the instructions of fields: 0x13 instruction 0x14 result 0x15, nested."""

    def __init__(self) -> None:
        self._open: list[bool] = []

    def shown(self, text: str) -> str:
        if not self._open and "\x13" not in text and "\x15" not in text and "\x14" not in text:
            return text
        out: list[str] = []
        for c in text:
            if c == "\x13":
                self._open.append(False)
            elif c == "\x14":
                if self._open:
                    self._open[-1] = True
            elif c == "\x15":
                if self._open:
                    self._open.pop()
            elif all(self._open):
                out.append(c)
        return "".join(out)


class _Story:
    """Puts a stretch of the document into the lines: paragraphs, and rows of tables as they end."""

    def __init__(self, lines: Lines, document: Document) -> None:
        self.lines, self._document = lines, document
        self.deleted: list[str] = []
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[tuple[Cell, ...]] = []

    def put(self, first: int, last: int) -> None:
        """Put the characters from position `first` to `last` of the document."""
        fields, words = _Fields(), list[str]()
        for span in self._document.spans(first, last):
            if span.deleted:
                self.deleted.append(span.text.replace("\r", " ").replace("\x07", " "))
                continue
            if span.hidden:
                continue
            for piece in _cut(span):
                mark = piece[-1:]
                if mark not in ("\r", "\x07"):
                    words.append(fields.shown(piece))
                    continue
                words.append(fields.shown(piece[:-1]))
                self._end("".join(words), mark, span)
                words = []
        self._end("".join(words), "\r", None)
        self._end_table()

    def _end(self, words: str, mark: str, span: Span | None) -> None:
        words = clean(words.translate(_SHOWN))
        if mark == "\x07" and span is not None and span.row_end:
            self._row()
        elif mark == "\x07":
            self._cell.append(words)
            self._cells.append(" / ".join(filter(None, (" ".join(part.split()) for part in self._cell))))
            self._cell = []
        elif span is not None and span.in_table:
            self._cell.append(words)
        elif span is not None or words.strip():
            self._end_table()
            start, end = self.lines.line(words)
            if span is not None and span.heading and words.strip():
                self.lines.segments.append(Segment("heading", start, end))

    def _row(self) -> None:
        self._rows.append(self.lines.row(self._cells))
        self._cells = []

    def _end_table(self) -> None:
        if self._cells or self._cell:  # a table whose last row does not end
            self._cells += [" ".join(part.split()) for part in self._cell]
            self._cell = []
            self._row()
        if self._rows:
            self.lines.tables.append(Table("", None, tuple(self._rows)))
            self._rows = []


def _cut(span: Span) -> Iterator[str]:
    """Yield the text of a span cut after each mark of a paragraph or cell."""
    start = 0
    for at, c in enumerate(span.text):
        if c in "\r\x07":
            yield span.text[start:at + 1]
            start = at + 1
    if start < len(span.text):
        yield span.text[start:]


def _read(work: Work) -> Iterator[Part]:
    content, note = work.content, ""
    if not content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead("unsupported", "It is no Word document of the kind that its name says.")
    with Compound(content) as file:
        main = file.read("WordDocument")
        if len(main) >= 12 and struct.unpack_from("<H", main, 10)[0] & 0x0100:
            content, note = unlocked(content, work.given.passwords)
    with Compound(content) as file:
        main = file.read("WordDocument")
        document = Document.of(main, lambda name: file.read(name) if file.has(name) else b"")
        lines = Lines()
        story = _Story(lines, document)
        seen: set[str] = set()
        for name, first, last in document.stories():
            if name == "headers":
                _margins(document, first, last, lines, seen)
            else:
                story.put(first, last)
        metadata, subject, created_at = file.properties()
        yield from file.embedded()
        yield from pictures(file.read("Data") if file.has("Data") else b"", UniqueNames())
    text = "".join(lines.parts)
    if story.deleted:
        metadata["word:deleted"] = clean(" ".join(story.deleted)).strip()[:20_000]
    if not text.strip():
        yield Extracted(Failed("empty", "The document has no text."), subject=subject, metadata=metadata, created_at=created_at)
        return
    yield Extracted(Done(note), text=text, segments=tuple(lines.segments), tables=tuple(lines.tables), subject=subject, metadata=metadata,
                    created_at=created_at)


def _margins(document: Document, first: int, last: int, lines: Lines, seen: set[str]) -> None:
    """Put headers and footers, each line once."""
    own = Lines()
    _Story(own, document).put(first, last)
    for line in "".join(own.parts).split("\n"):
        if line.strip() and line not in seen:
            seen.add(line)
            lines.line(line)


EXTRACTORS = (Extractor("doc", "1", bids({"doc": 1.0}), _read),)
