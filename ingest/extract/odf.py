"""OpenDocument text and presentations (ODF 1.3 part 3), in a zip or as one flat XML file: our own walk over the XML, in reading order.

Text: headers of the pages, then headings, paragraphs, lists and tables in place (cells by a tab), text boxes where they are anchored, notes
in brackets with their number, comments below the paragraph they belong to, footers.  A slide is a page, its notes stand below it.  Tracked
changes: the text is as if all were accepted; what was deleted stands in the metadata.  Pictures and embedded files are children.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.model.extracted import Cell, Child, Extracted, Page, Participant, Scalar, Segment, Table, Unread
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.docx import Lines
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.odf_lists import Numbering
from ingest.extract.odf_locked import Manifest
from ingest.extract.office import odf_properties, properties
from ingest.extract.package import XML_BYTES, Package, parse_xml
from ingest.extract.pages import BREAK
from ingest.extract.text import clean
from ingest.extract.xml_names import attr, below, local

_CONTAINERS = frozenset(("section", "list-header", "index-body", "table-of-content", "illustration-index", "table-index", "user-index",
                         "alphabetical-index", "bibliography", "index-title", "g", "custom-shape", "rect", "frame", "text-box", "page", "a", "object",
                         "numbered-paragraph", "text", "presentation", "drawing", "line", "ellipse", "polygon", "path", "connector", "caption", "circle"))
_ASIDE = frozenset(("tracked-changes", "sequence-decls", "variable-decls", "user-field-decls", "forms", "event-listeners", "bookmark-ref", "ruby-text"))
_REPEATS_MAX = 64
_WHITE = re.compile(r"[ \t\r\n]+")


def _number(text: str, most: int) -> int:
    return min(int(text), most) if text.isdigit() else 1


class Walk:
    """Puts what is shown in an element into the lines. Recursion is as deep as the XML, which the parser bounds."""

    def __init__(self, lines: Lines, numbering: Numbering | None = None) -> None:
        self.lines, self.people = lines, list[Participant]()
        self._numbering = numbering or Numbering({})
        self._boxes: list[etree._Element] = []
        self._remarks: list[tuple[str, str, str]] = []
        self._notes = 0

    def blocks(self, parent: etree._Element) -> None:
        """Put the blocks of an element, in order."""
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                self.paragraph(child, heading=name == "h")
            elif name == "table":
                self.table(child)
            elif name == "list":
                self._numbering.enter(attr(child, "style-name"), attr(child, "continue-numbering") == "true")
                self.blocks(child)
                self._numbering.leave()
            elif name == "list-item":
                self._numbering.item()
                self.blocks(child)
            elif name in _CONTAINERS:
                self.blocks(child)
            elif name == "annotation":
                self._remark(child)
                self._put_remarks()

    def paragraph(self, element: etree._Element, heading: bool) -> None:
        words = self.words(element)
        number = self._numbering.number(_number(attr(element, "outline-level"), 10) if heading else 0) if words.strip() else ""
        start, end = self.lines.line(f"{number}\t{words}" if number else words)
        if heading and words.strip():
            self.lines.segments.append(Segment("heading", start, end))
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box)
        self._put_remarks()

    def words(self, element: etree._Element) -> str:
        """Return the words of a paragraph; text boxes and comments in it are gathered for later."""
        out = [_blanks(element.text)]
        for child in element:
            name = local(child)
            if name == "s":
                out.append(" " * _number(attr(child, "c"), 1000))
            elif name == "tab":
                out.append("\t")
            elif name == "line-break":
                out.append("\n")
            elif name == "note":
                self._notes += 1
                body = next((c for c in child if local(c) == "note-body"), None)
                said = " ".join(filter(None, (self.words(p).strip() for p in below(body, "p", "h")))) if body is not None else ""
                out.append(f" [{said}] " if said else "")
            elif name == "annotation":
                self._remark(child)
            elif name in ("frame", "custom-shape", "text-box", "rect", "g"):
                self._boxes.append(child)
            elif name not in _ASIDE:
                out.append(self.words(child))
            out.append(_blanks(child.tail))
        return "".join(out)

    def _remark(self, element: etree._Element) -> None:
        who = next((c.text or "" for c in element if local(c) == "creator"), "")
        when = next((c.text or "" for c in element if local(c) == "date"), "")
        said = " ".join("".join(str(t) for t in p.itertext()).strip() for p in below(element, "p")).strip()
        if said:
            self._remarks.append((clean(who), clean(when), said))

    def _put_remarks(self) -> None:
        remarks, self._remarks = self._remarks, []
        for who, when, said in remarks:
            self.lines.put(f"Comment ({', '.join(filter(None, (who, when[:10])))}): ")
            start, end = self.lines.line(said.replace("\n", " "))
            self.lines.segments.append(Segment("paragraph", start, end, who, when))
            if who:
                self.people.append(Participant("author", "", who))

    def table(self, element: etree._Element) -> None:
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(element):
            cells: list[Cell] = []
            for cell in row:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                shown = " / ".join(filter(None, (self._cell_words(p) for p in below(cell, "p", "h"))))
                value, percent = typed(cell, shown)
                repeats = _number(attr(cell, "number-columns-repeated"), _REPEATS_MAX)
                for _ in range(repeats if shown else min(repeats, 8)):
                    if cells:
                        self.lines.put("\t")
                    start, end = self.lines.put(shown)
                    cells.append(Cell(value, start, end, percent))
            self.lines.put("\n")
            rows.append(tuple(cells))
        if rows:
            self.lines.tables.append(Table(clean(attr(element, "name")), None, tuple(rows)))
            if rows[0]:
                self.lines.segments.append(Segment("row", rows[0][0].start, self.lines.length))
        self._put_remarks()

    def _cell_words(self, element: etree._Element) -> str:
        return clean(self.words(element)).replace("\n", " ").replace("\t", " ").strip()


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if local(child) == "table-row":
            says = any(str(t).strip() for t in child.itertext())
            for _ in range(_number(attr(child, "number-rows-repeated"), _REPEATS_MAX) if says else 1):
                yield child
        elif local(child) in ("table-header-rows", "table-row-group", "table-rows"):
            yield from _rows(child)


def typed(cell: etree._Element, shown: str) -> tuple[Scalar, bool]:
    """Return the value of a cell as its type says (ODF 1.3 part 3, 19.387), and whether it is shown as per cent."""
    kind = attr(cell, "value-type")
    try:
        if kind in ("float", "currency", "percentage"):
            number = float(attr(cell, "value"))
            return (int(number) if number.is_integer() and abs(number) < 1e15 else number), kind == "percentage"
        if kind == "date":
            return clean(attr(cell, "date-value")).removesuffix("T00:00:00") or None, False
        if kind == "boolean":
            return attr(cell, "boolean-value") == "true", False
    except (ValueError, OverflowError):
        pass
    return clean(shown) or None, False


def _blanks(text: str | None) -> str:
    """Return character data with white space collapsed (ODF 1.3 part 3, 6.1.2)."""
    return _WHITE.sub(" ", text) if text else ""


# ---------------------------------------------------------------- the document

def _read(work: Work) -> Iterator[Part]:
    content = work.content
    if not content.startswith(b"PK"):
        yield _flat(parse_xml(content, "document") if len(content) <= XML_BYTES else _too_large())
        return
    with Package(content, work.limits.item_bytes) as package:
        manifest = Manifest.of(package)
        note = manifest.unlock(work.given.passwords)
        root = parse_xml(manifest.read("content.xml", XML_BYTES), "content.xml")
        styles = None
        if package.has("styles.xml"):
            try:
                styles = parse_xml(manifest.read("styles.xml", XML_BYTES), "styles.xml")
            except CannotRead as error:
                note = "; ".join(filter(None, (note, error.reason)))
        metadata, subject, created_at = properties(package)
        yield from _embedded(package, manifest, work)
    yield _extracted(root, styles, metadata, subject, created_at, note)


def _too_large() -> etree._Element:
    raise CannotRead("over_limit", "The document has more XML than is allowed.")


def _flat(root: etree._Element) -> Extracted:
    metadata, subject, created_at = odf_properties(root)
    return _extracted(root, root, metadata, subject, created_at, "")


def _extracted(root: etree._Element, styles: etree._Element | None, metadata: dict[str, str], subject: str, created_at: str, note: str) -> Extracted:
    body = next(below(root, "body"), None)
    if body is None:
        raise CannotRead("damaged", "The document has no body.")
    deleted = _deleted(body)
    if deleted:
        metadata["odf:deleted"] = deleted
    lines = Lines()
    walk = Walk(lines, Numbering.of(root, styles))
    pages: list[Page] = []
    slides = list(below(body, "page"))
    if slides:
        for number, slide in enumerate(slides, 1):
            if number > 1:
                lines.put(BREAK)
            start = lines.length
            walk.blocks(slide)
            notes = next((e for e in slide if local(e) == "notes"), None)
            if notes is not None:
                walk.blocks(notes)
            pages.append(Page(number, start, lines.length, clean(attr(slide, "name"))))
    else:
        _margins(styles, "header", lines)
        walk.blocks(body)
        _margins(styles, "footer", lines)
    text = "".join(lines.parts)
    people = tuple(dict.fromkeys(walk.people))
    if not text.strip():
        return Extracted(Failed("empty", "The document has no text."), subject=subject, metadata=metadata, created_at=created_at)
    return Extracted(Done(note), text=text, pages=tuple(pages), segments=tuple(sorted(lines.segments, key=lambda s: (s.start, s.end))),
                     tables=tuple(lines.tables), participants=people, subject=subject, metadata=metadata, created_at=created_at)


def _margins(styles: etree._Element | None, which: str, lines: Lines) -> None:
    """Put the headers or footers of the page styles, each text once."""
    if styles is None:
        return
    seen: set[str] = set()
    for page in below(styles, "master-page"):
        for element in (e for e in page if local(e) in (which, f"{which}-left", f"{which}-first")):
            own = Lines()
            Walk(own).blocks(element)
            words = "".join(own.parts).strip()
            if words and words not in seen:
                seen.add(words)
                lines.line(words)


def _deleted(body: etree._Element) -> str:
    """Return what tracked changes took out, with who and when, as lines; it stands in no paragraph."""
    said: list[str] = []
    for region in below(body, "deletion"):
        who = next((e.text or "" for e in below(region, "creator")), "")
        when = next((e.text or "" for e in below(region, "date")), "")
        words = " ".join("".join(str(t) for t in p.itertext()).strip() for p in below(region, "p", "h")).strip()
        if words:
            said.append(clean(f"{who} {when[:10]}: {words}")[:500])
    return "\n".join(said[:200])


def _embedded(package: Package, manifest: Manifest, work: Work) -> Iterator[Part]:
    """Yield pictures and embedded files. Objects (formulas, charts) lie in folders of their own and are no files; previews are left out."""
    names = UniqueNames()
    for member in package.names():
        folder, _, base = member.rpartition("/")
        if folder not in ("Pictures", "media", "Media") and not (folder == "" and base.startswith("Object ")):
            continue
        name = names.give(safe_name(member) or "embedded")
        try:
            yield Child(name, manifest.read(member, work.limits.item_bytes), inline=folder == "Pictures")
        except CannotRead as error:
            yield Unread(name, Failed(error.code, error.reason))


EXTRACTORS = (Extractor("odf", "1", bids({"odt": 1.0, "odp": 1.0, "odg": 1.0, "fodt": 1.0}), _read),)
