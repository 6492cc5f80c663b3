"""Word documents (OOXML, ECMA-376-1 part 17): our own walk over the XML, which keeps the order of what is read.

Text: headers, then paragraphs and tables in place (cells by a tab, numbers of automatic lists computed), text boxes where they are
anchored, footnotes and endnotes, footers, comments.  Tracked changes: the text is as if all were accepted; what was deleted, and by
whom, stands in the metadata.  Embedded documents and pictures are children.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from archive.model.extracted import Cell, Child, Extracted, Participant, Segment, Table, Unread
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.docx_lists import Numbering
from ingest.extract.docx_styles import Styles, styles_of
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.office import properties
from ingest.extract.package import Package
from ingest.extract.text import clean
from ingest.extract.xml_names import below, local

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MEDIA = (".emf", ".wmf", ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".svg", ".wdp")
_CHANGES_MAX = 200


class Lines:
    """Text as it grows, with the stretches worth naming. Everything is cleaned on the way in, so that offsets hold."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.segments: list[Segment] = []
        self.tables: list[Table] = []

    def put(self, text: str) -> tuple[int, int]:
        text = clean(text)
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length

    def row(self, words: Sequence[str]) -> tuple[Cell, ...]:
        """Put the words of a row of cells, a tab between them and a line end behind, and return its cells."""
        cells: list[Cell] = []
        for number, said in enumerate(words):
            if number:
                self.put("\t")
            start, end = self.put(said)
            cells.append(Cell(said or None, start, end))
        self.put("\n")
        return tuple(cells)

    def line(self, text: str) -> tuple[int, int]:
        bounds = self.put(text)
        self.put("\n")
        return bounds


class Story:
    """Walks one part of the document: its body, a header, the notes. Recursion is as deep as the XML, which the parser bounds."""

    def __init__(self, lines: Lines, numbering: Numbering, headings: frozenset[str], accept: Callable[[str, str], None]) -> None:
        self.lines, self._numbering, self._headings, self._changed = lines, numbering, headings, accept

    def blocks(self, parent: etree._Element) -> None:
        """Put paragraphs and tables of an element, in order."""
        for child in parent:
            name = local(child)
            if name == "p":
                self.paragraph(child)
            elif name == "tbl":
                self.table(child)
            elif name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "txbxContent"):
                self.blocks(child)
            elif name == "AlternateContent":
                self.blocks(_choice(child))
            elif name in ("del", "moveFrom"):
                self._deleted(child)

    def paragraph(self, element: etree._Element) -> None:
        boxes: list[etree._Element] = []
        words = self.runs(element, boxes)
        style = _style(element)
        number = self._numbering.number(element, style) if words.strip() else ""
        start, end = self.lines.line(f"{number}\t{words}" if number else words)
        if words.strip() and (style.lower() in self._headings or style.lower().startswith(("heading", "title", "berschrift", "titre"))):
            self.lines.segments.append(Segment("heading", start, end))
        for box in boxes:
            self.blocks(box)

    def runs(self, element: etree._Element, boxes: list[etree._Element]) -> str:
        """Return the words of a paragraph or run; text boxes are gathered for later."""
        out: list[str] = []
        for child in element:
            name = local(child)
            if name == "t":
                out.append(child.text or "")
            elif name == "tab" and local(element) == "r":
                out.append("\t")
            elif name in ("br", "cr"):
                out.append("\n")
            elif name in ("noBreakHyphen", "softHyphen"):
                out.append("-" if name == "noBreakHyphen" else "")
            elif name == "sym":
                out.append(_symbol(child))
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                out.append(self.runs(_choice(child), boxes))
            elif name in ("del", "moveFrom"):
                self._deleted(child)
            elif name in ("ins", "moveTo"):
                words = self.runs(child, boxes)
                if words:
                    self._changed("inserted", f"{_attr(child, 'author')} {_attr(child, 'date')[:10]}: {words}")
                out.append(words)
            elif name in ("footnoteReference", "endnoteReference"):
                out.append(f"[{_attr(child, 'id')}]")
            elif name == "p":  # a paragraph where none belongs
                out.append(self.runs(child, boxes) + "\n")
            elif name not in ("pPr", "rPr", "instrText", "delText", "fldData", "sectPr", "sdtPr", "sdtEndPr", "smartTagPr", "tblPr"):
                out.append(self.runs(child, boxes))
        return "".join(out)

    def _deleted(self, element: etree._Element) -> None:
        words = "".join(t.text or "" for t in below(element, "delText", "t"))
        if words.strip():
            self._changed("deleted", f"{_attr(element, 'author')} {_attr(element, 'date')[:10]}: {words}")

    def table(self, element: etree._Element) -> None:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(element):
            cells: list[Cell] = []
            for number, cell in enumerate(_cells(row)):
                if number:
                    self.lines.put("\t")
                words = clean(self._cell(cell))
                start, end = self.lines.put(words)
                cells.append(Cell(words or None, start, end))
            self.lines.put("\n")
            rows.append(tuple(cells))
        if rows:
            self.lines.tables.append(Table("", None, tuple(rows)))
            self.lines.segments.append(Segment("row", rows[0][0].start if rows[0] else self.lines.length, self.lines.length))

    def _cell(self, cell: etree._Element) -> str:
        """Return the text of a cell on one line; paragraphs and nested tables in it are set apart by " / "."""
        said: list[str] = []
        queue = list(cell)
        while queue:
            child = queue.pop(0)
            name = local(child)
            if name == "p":
                boxes: list[etree._Element] = []
                words = self.runs(child, boxes).replace("\n", " ").replace("\t", " ").strip()
                number = self._numbering.number(child, _style(child)) if words else ""
                if words:
                    said.append(f"{number} {words}".strip())
                queue[:0] = [part for box in boxes for part in box]
            elif name in ("tbl", "tr", "tc", "sdt", "sdtContent", "ins", "txbxContent"):
                queue[:0] = list(child)
        return " / ".join(said)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local(child) == "tr":
            yield child
        elif local(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if local(child) == "tc":
            yield child
        elif local(child) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(child)


def _choice(element: etree._Element) -> etree._Element:
    """Return the version of alternative content that is read: the first choice, else the fallback (ECMA-376-3, 10.2)."""
    return next((c for c in element if local(c) == "Choice" and len(c)), next((c for c in element if local(c) == "Fallback"), element))


def _attr(element: etree._Element, name: str) -> str:
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _style(paragraph: etree._Element) -> str:
    for properties_ in paragraph:
        if local(properties_) == "pPr":
            return next((_attr(p, "val") for p in properties_ if local(p) == "pStyle"), "")
    return ""


def _symbol(element: etree._Element) -> str:
    """Return the character of a symbol font that everybody would read; ticks and bullets of Wingdings, nothing for others."""
    return {"F0FC": "✓", "F0FE": "☑", "F0A8": "☐", "F06F": "☐", "F0B7": "•", "F0A7": "•"}.get(_attr(element, "char").upper(), "")


# ---------------------------------------------------------------- the document

def _styles(package: Package) -> Styles | None:
    """Return the styles of a document, None when they cannot be read."""
    try:
        return styles_of(package)
    except CannotRead:
        return None


def _main_part(package: Package) -> str:
    """Return the name of the main part, as the relations of the package say."""
    if package.has("_rels/.rels"):
        for relation in package.xml("_rels/.rels"):
            if (relation.get("Type") or "").endswith("/officeDocument") and package.has(relation.get("Target") or ""):
                return (relation.get("Target") or "").lstrip("/")
    return "word/document.xml"


def _read(work: Work) -> Iterator[Part]:
    with Package(work.content, work.limits.item_bytes) as package:
        changes: dict[str, list[str]] = {"inserted": [], "deleted": []}

        def changed(kind: str, words: str) -> None:
            if len(changes[kind]) < _CHANGES_MAX:
                changes[kind].append(clean(words)[:500])

        lines, notes, seen = Lines(), list[str](), set[str]()
        styles = _styles(package)
        numbering, headings = Numbering.of(package, styles), styles.headings if styles is not None else frozenset()
        story = Story(lines, numbering, headings, changed)
        folder = _main_part(package).rpartition("/")[0] or "word"
        names = package.names()

        def side(prefix: str) -> None:
            for name in names:
                if not name.lower().startswith(f"{folder}/{prefix}".lower()) or not name.lower().endswith(".xml"):
                    continue
                before = Lines()
                try:
                    Story(before, numbering, headings, changed).blocks(package.xml(name))
                except CannotRead as error:
                    notes.append(error.reason)
                    continue
                words = "".join(before.parts).strip()
                if words and words not in seen:
                    seen.add(words)
                    lines.line(words)

        side("header")
        body = next((c for c in package.xml(_main_part(package)) if local(c) == "body"), None)
        if body is None:
            raise CannotRead("damaged", "The document has no body.")
        story.blocks(body)
        for part in ("footnotes", "endnotes"):
            if package.has(f"{folder}/{part}.xml"):
                _foot(package, f"{folder}/{part}.xml", story, lines, notes)
        side("footer")
        people = list(_comments(package, folder, lines, notes))
        text = "".join(lines.parts)
        metadata, subject, created_at = properties(package)
        for kind, what in changes.items():
            if what:
                metadata[f"word:{kind}"] = "\n".join(what)
        yield from _embedded(package, folder, work)
    if not text.strip():
        yield Extracted(Failed("empty", "The document has no text."), subject=subject, metadata=metadata, created_at=created_at)
        return
    yield Extracted(Done("; ".join(notes)), text=text, segments=tuple(sorted(lines.segments, key=lambda s: (s.start, s.end))),
                    tables=tuple(lines.tables), participants=tuple(dict.fromkeys(people)), subject=subject, metadata=metadata,
                    created_at=created_at)


def _foot(package: Package, name: str, story: Story, lines: Lines, notes: list[str]) -> None:
    try:
        root = package.xml(name)
    except CannotRead as error:
        notes.append(error.reason)
        return
    for note in root:
        if local(note) in ("footnote", "endnote") and _attr(note, "type") in ("", "normal"):
            words = "".join(story.runs(p, []) for p in below(note, "p")).strip()
            if words:
                lines.line(f"[{_attr(note, 'id')}] {words}")


def _comments(package: Package, folder: str, lines: Lines, notes: list[str]) -> Iterator[Participant]:
    """Put the comments below the text, each a segment with its author and time, and yield the authors."""
    if not package.has(f"{folder}/comments.xml"):
        return
    try:
        root = package.xml(f"{folder}/comments.xml")
    except CannotRead as error:
        notes.append(error.reason)
        return
    for comment in root:
        words = " ".join("".join(t.text or "" for t in below(p, "t")) for p in below(comment, "p")).strip()
        if local(comment) != "comment" or not words:
            continue
        author, at = clean(_attr(comment, "author")), _attr(comment, "date")
        lines.put(f"Comment ({', '.join(filter(None, (author, at[:10])))}): ")
        start, end = lines.line(words)
        lines.segments.append(Segment("paragraph", start, end, author, at))
        if author:
            yield Participant("author", "", author)


def _embedded(package: Package, folder: str, work: Work) -> Iterator[Part]:
    """Yield embedded documents and pictures. Previews of embedded objects (EMF, WMF) are none of them."""
    names = UniqueNames()
    for member in package.names():
        lowered = member.lower()
        if not lowered.startswith((f"{folder}/embeddings/".lower(), f"{folder}/media/".lower())) or lowered.endswith((".emf", ".wmf")):
            continue
        name = names.give(safe_name(member) or "embedded")
        try:
            yield Child(name, package.read(member, work.limits.item_bytes), inline=lowered.endswith(_MEDIA))
        except CannotRead as error:
            yield Unread(name, Failed(error.code, error.reason))


EXTRACTORS = (Extractor("docx", "1", bids({"docx": 1.0}), _read),)
