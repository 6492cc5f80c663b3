"""Slides (OOXML, ECMA-376-1 part 19): our own walk over the XML; a slide is a page.

Text of a slide: its shapes as they stand in the file (titles first), tables with a tab between cells, the words of diagrams, the values that
charts show, then notes and comments.  Pictures and embedded files are children.  What stands on masters and layouts is decoration and is
left out.
"""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from archive.model.extracted import Cell, Child, Extracted, Page, Participant, Segment, Table, Unread
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.charts import chart_lines
from ingest.extract.docx import Lines
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.office import properties
from ingest.extract.package import Package
from ingest.extract.pages import BREAK
from ingest.extract.relations import relations
from ingest.extract.text import clean
from ingest.extract.xml_names import attr, below, child, local

_SLIDES_MAX = 10_000
_PREVIEWS = (".emf", ".wmf", ".wdp")


class Slide:
    """Puts the words of one part (a slide, its notes) into the lines."""

    def __init__(self, lines: Lines, page: int, package: Package, part: str) -> None:
        self.lines, self._page, self._package = lines, page, package
        self._relations = relations(package, part)

    def shapes(self, parent: etree._Element) -> None:
        """Put the shapes of a tree: titles first, groups in place."""
        things = list(parent)
        for element in sorted(things, key=lambda e: not _is_title(e)):
            name = local(element)
            if name == "sp":
                self._words(child(element, "txBody"), heading=_is_title(element))
            elif name == "grpSp":
                self.shapes(element)
            elif name == "graphicFrame":
                self._frame(element)
            elif name == "AlternateContent":
                choice = child(element, "Choice")
                self.shapes(choice if choice is not None and len(choice) else element)
            elif name in ("Fallback", "spTree"):
                self.shapes(element)

    def _words(self, body: etree._Element | None, heading: bool = False) -> None:
        if body is None:
            return
        for paragraph in (p for p in body if local(p) == "p"):
            words = _paragraph(paragraph)
            if words.strip():
                start, end = self.lines.line(words)
                if heading:
                    self.lines.segments.append(Segment("heading", start, end))

    def _frame(self, element: etree._Element) -> None:
        for table in below(element, "tbl"):
            self._table(table)
        for reference in element.iter():
            name = local(reference)
            if name == "chart" and attr(reference, "id") in self._relations:
                self._part(self._relations[attr(reference, "id")].target, chart=True)
            elif name == "relIds" and attr(reference, "dm") in self._relations:
                self._part(self._relations[attr(reference, "dm")].target, chart=False)

    def _part(self, name: str, chart: bool) -> None:
        if not self._package.has(name):
            return
        try:
            root = self._package.xml(name)
        except CannotRead:
            return
        for line in chart_lines(root) if chart else ("".join(t.text or "" for t in below(p, "t")) for p in below(root, "p")):
            if line.strip():
                self.lines.line(line)

    def _table(self, table: etree._Element) -> None:
        rows: list[tuple[Cell, ...]] = []
        for row in (r for r in table if local(r) == "tr"):
            rows.append(self.lines.row([
                " / ".join(filter(None, (clean(_paragraph(p)).replace("\n", " ").replace("\t", " ").strip() for p in below(cell, "p"))))
                for cell in row if local(cell) == "tc"]))
        if rows:
            self.lines.tables.append(Table("", self._page, tuple(rows)))


def _is_title(element: etree._Element) -> bool:
    holder = child(element, "nvSpPr", "nvPr", "ph")
    return holder is not None and attr(holder, "type") in ("title", "ctrTitle")


def _is_margin(element: etree._Element) -> bool:
    """Say whether a shape of the notes is the picture of the slide, its number, or a header: no words of their own."""
    holder = child(element, "nvSpPr", "nvPr", "ph")
    return holder is not None and attr(holder, "type") in ("sldImg", "sldNum", "hdr", "ftr", "dt")


def _paragraph(element: etree._Element) -> str:
    out: list[str] = []
    for run in element:
        name = local(run)
        if name in ("r", "fld"):
            out.extend(t.text or "" for t in run if local(t) == "t")
        elif name == "br":
            out.append("\n")
        elif name == "AlternateContent" or name == "m":
            out.extend(t.text or "" for t in below(run, "t"))
    return "".join(out)


def _slides(package: Package) -> list[str]:
    """Return the parts of the slides in the order of the show, else in that of their numbers."""
    main = next((r.target for r in relations(package, "").values() if r.kind == "officeDocument" and package.has(r.target)), "ppt/presentation.xml")
    known = relations(package, main)
    listed = [known[key].target for e in below(package.xml(main), "sldId") if (key := _rid(e)) in known and package.has(known[key].target)]
    if listed:
        return listed[:_SLIDES_MAX]
    found = [n for n in package.names() if n.lower().startswith("ppt/slides/slide") and n.lower().endswith(".xml")]
    return sorted(found, key=lambda n: (len(n), n))[:_SLIDES_MAX]


def _rid(element: etree._Element) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")


def _read(work: Work) -> Iterator[Part]:
    with Package(work.content, work.limits.item_bytes) as package:
        slides = _slides(package)
        lines, pages, notes, people, hidden = Lines(), list[Page](), list[str](), list[Participant](), list[str]()
        titles: dict[int, Segment | None] = {}
        authors = _authors(package)
        for number, part in enumerate(slides, 1):
            if number > 1:
                lines.put(BREAK)
            start, headings = lines.length, len(lines.segments)
            try:
                root = package.xml(part)
            except CannotRead as error:
                if error.code == "over_limit":
                    raise
                notes.append(f"slide {number} could not be read")
                pages.append(Page(number, start, start))
                continue
            if attr(root, "show") in ("0", "false"):
                hidden.append(str(number))
            slide = Slide(lines, number, package, part)
            tree = child(root, "cSld", "spTree")
            if tree is not None:
                slide.shapes(tree)
            titles[number] = lines.segments[headings] if len(lines.segments) > headings else None
            _beside(package, part, number, lines, people, authors)
            pages.append(Page(number, start, lines.length))
        metadata, subject, created_at = properties(package)
        if hidden:
            metadata["slides:hidden"] = ", ".join(hidden)
        yield from _embedded(package, work)
    text = "".join(lines.parts)
    if not slides:
        raise CannotRead("damaged", "The presentation has no slides.")
    if not text.strip():
        yield Extracted(Failed("empty", "No slide has text."), subject=subject, metadata=metadata, created_at=created_at)
        return
    named = tuple(replace(p, label=text[t.start:t.end].replace("\n", " ")[:200]) if (t := titles.get(p.number)) is not None else p for p in pages)
    yield Extracted(Done("; ".join(notes)), text=text, pages=named, segments=tuple(lines.segments), tables=tuple(lines.tables),
                    participants=tuple(dict.fromkeys(people)), subject=subject, metadata=metadata, created_at=created_at)


def _beside(package: Package, part: str, number: int, lines: Lines, people: list[Participant], authors: dict[str, str]) -> None:
    """Put the notes and comments of a slide below it."""
    for relation in relations(package, part).values():
        if relation.kind not in ("notesSlide", "comments") or not package.has(relation.target):
            continue
        try:
            root = package.xml(relation.target)
        except CannotRead:
            continue
        if relation.kind == "notesSlide":
            tree = child(root, "cSld", "spTree")
            said = ["\n".join(_paragraph(p) for p in below(sp, "p")).strip() for sp in tree if local(sp) == "sp" and not _is_margin(sp)] \
                if tree is not None else []
            for words in filter(None, said):
                lines.put("Notes: ")
                start, end = lines.line(words)
                lines.segments.append(Segment("paragraph", start, end))
            continue
        for comment in below(root, "cm"):
            words = " ".join(filter(None, ("".join(t.text or "" for t in below(p, "t")).strip() for p in below(comment, "p")))) \
                or "".join(t.text or "" for t in below(comment, "text")).strip()
            if words:
                who, at = authors.get(attr(comment, "authorId"), ""), attr(comment, "dt") or attr(comment, "created")
                lines.put(f"Comment ({', '.join(filter(None, (who, at[:10])))}): ")
                start, end = lines.line(words.replace("\n", " "))
                lines.segments.append(Segment("paragraph", start, end, who, at))
                if who:
                    people.append(Participant("author", "", who))


def _authors(package: Package) -> dict[str, str]:
    """Return the names of those who commented, by id; older and newer files keep them in different parts."""
    found: dict[str, str] = {}
    for name in package.names():
        if name.lower() in ("ppt/commentauthors.xml", "ppt/authors.xml"):
            try:
                root = package.xml(name)
            except CannotRead:
                continue
            found.update({attr(e, "id"): clean(attr(e, "name")) for e in below(root, "cmAuthor", "author")})
    return found


def _embedded(package: Package, work: Work) -> Iterator[Part]:
    names = UniqueNames()
    for member in package.names():
        lowered = member.lower()
        if not lowered.startswith(("ppt/embeddings/", "ppt/media/")) or lowered.endswith(_PREVIEWS):
            continue
        name = names.give(safe_name(member) or "embedded")
        try:
            yield Child(name, package.read(member, work.limits.item_bytes), inline=lowered.startswith("ppt/media/"))
        except CannotRead as error:
            yield Unread(name, Failed(error.code, error.reason))


EXTRACTORS = (Extractor("pptx", "1", bids({"pptx": 1.0}), _read),)
