"""The readable report as PDF (ISO 32000): the same outline as the HTML form, with bookmarks, page numbers and links to the quotations.

Made with reportlab: fonts are embedded, the language and title are set, nothing in it runs or points outside.  The file is not tagged, since
the library writes no structure tree: who needs the structure of the document takes the HTML form.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from history.assembly import History
from history.outline import ON_SOURCES, QUOTED, Outline, Section, Statement, Step, outline

MARGIN = 18 * mm
_INK, _DIM = HexColor("#1a222b"), HexColor("#46525f")
_FACE, _BOLD = "Vera", "VeraBd"


class FontUnusable(ValueError):
    """A font that was given is no TrueType font that can be embedded."""


def report_pdf(history: History, fonts: Sequence[bytes] = (), marking: str = "") -> bytes:
    """Return the report as PDF. The same history and fonts give the same bytes.

    The built-in face covers the languages of western and central Europe.  `fonts` are TrueType files, asked in their order for what it does not
    have; a character that none of them has is shown as its code point.  Raises FontUnusable.
    """
    return pdf_of(outline(history, marking), fonts)


def pdf_of(told: Outline, fonts: Sequence[bytes] = ()) -> bytes:
    """Return an outline as PDF."""
    written = _Writer(_faces(fonts), told)
    out = io.BytesIO()
    document = _Document(out, told.title)
    document.build(list(written.flowables()))
    return out.getvalue()


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """Pages of A4 with the title and the number of the page at the foot, and a bookmark for every heading."""

    def __init__(self, out: io.BytesIO, title: str) -> None:
        super().__init__(out, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, title=title, lang="en",
                         creator="Casetrail", author="", subject="Termination history", displayDocTitle=1, invariant=1)  # fmt: skip
        self._foot = title if len(title) <= 90 else title[:89] + "…"
        frame = Frame(self.leftMargin, self.bottomMargin, self.width, self.height, 0, 0, 0, 0, id="page")
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._footer))

    def _footer(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont(_FACE, 7.5)
        canvas.setFillColor(_DIM)
        canvas.drawString(MARGIN, 10 * mm, "".join(c if ord(c) in _glyphs(_FACE) else "?" for c in self._foot))
        canvas.drawRightString(A4[0] - MARGIN, 10 * mm, f"Page {canvas.getPageNumber()}")
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:
        if heading := getattr(flowable, "casetrail_heading", None):
            name, words, level = heading
            self.canv.bookmarkPage(name)
            self.canv.addOutlineEntry(words, name, level, closed=level > 0)


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    face = more.pop("face", _FACE)
    given = {"textColor": _INK, "leading": size * 1.4, "spaceAfter": 1.5} | more
    return ParagraphStyle(name, fontName=face, fontSize=size, splitLongWords=1, **given)


class _Writer:
    """Makes paragraphs of an outline, each character in a face that has it."""

    def __init__(self, faces: Sequence[str], told: Outline) -> None:
        self._faces, self._told, self._headings = faces, told, 0
        self._title = _style("title", 17, face=_BOLD, spaceAfter=8)
        self._head = [
            _style("h1", 13, face=_BOLD, spaceBefore=12, spaceAfter=4, keepWithNext=1),
            _style("h2", 11, face=_BOLD, spaceBefore=8, spaceAfter=3, keepWithNext=1),
            _style("h3", 9.5, face=_BOLD, spaceBefore=6, spaceAfter=2, keepWithNext=1),
        ]
        self._plain, self._said = _style("plain", 9), _style("said", 9, spaceBefore=3)
        self._quote = _style("quote", 8, leftIndent=12, borderColor=_DIM)
        self._source = _style("source", 8, leftIndent=26, bulletIndent=0, bulletFontName=_FACE, bulletFontSize=8, spaceAfter=3)
        self._steps = [_style(f"step{n}", 7.5, leftIndent=12 + 10 * n, textColor=_DIM, spaceAfter=0.5) for n in range(1, 9)]

    def flowables(self) -> Iterator[Flowable]:
        yield Paragraph(self.words(self._told.title, _BOLD), self._title)
        for name, value in self._told.facts:
            yield Paragraph(f"{self._strong(name)}: {self.words(value)}", self._plain)
        for section in self._told.sections:
            yield from self._section(section, 0)
        yield self._heading("Sources", 0)
        yield Paragraph(self.words(ON_SOURCES), self._plain)
        for s in self._told.sources:
            text = f'<a name="s{s.number}"/>“{self.words(s.quote)}”<br/><font color="#46525f">{self.words(s.place)}; {self.words(s.where)}</font>'
            yield Paragraph(text, self._source, bulletText=f"[{s.number}]")

    def _section(self, section: Section, level: int) -> Iterator[Flowable]:
        yield self._heading(section.title, level)
        if section.note:
            yield Paragraph(self.words(section.note), self._plain)
        for statement in section.statements:
            yield from self._statement(statement)
        for below in section.sections:
            yield from self._section(below, level + 1)

    def _heading(self, words: str, level: int) -> Flowable:
        self._headings += 1
        made = Paragraph(self.words(words, _BOLD), self._head[min(level, len(self._head) - 1)])
        made.casetrail_heading = (f"h{self._headings}", words, level)
        return made

    def _statement(self, s: Statement) -> Iterator[Flowable]:
        state = self._strong(s.state) if s.state else ""
        words = self.words(s.words) if s.words and s.words != s.state else ""
        yield Paragraph(f"{self._strong(s.label)}: {': '.join(part for part in (state, words) if part)}", self._said)
        if s.wanted:
            yield Paragraph(f"Would be decided by: {self.words('; '.join(s.wanted))}", self._quote)
        for number in s.sources[:QUOTED]:
            source = self._told.sources[number - 1]
            page = f", page {source.page}" if source.page else ""
            where = f'<font color="#46525f">{self.words(source.place)}{page}</font>'
            yield Paragraph(f"“{self.words(source.quote)}” {where} {_links((number,))}", self._quote)
        if rest := s.sources[QUOTED:]:
            yield Paragraph(f"also {_links(rest)}", self._quote)
        if s.how:
            yield from self._step(s.how, 0)

    def _step(self, step: Step, depth: int) -> Iterator[Flowable]:
        opening = "Concluded by: " if depth == 0 else "– "
        yield Paragraph(f"{opening}{self.words(step.words)} {_links(step.sources)}", self._steps[min(depth, len(self._steps) - 1)])
        for below in step.steps:
            yield from self._step(below, depth + 1)

    def _strong(self, words: str) -> str:
        return f'<font name="{_BOLD}">{self.words(words, _BOLD)}</font>'

    def words(self, words: str, face: str = _FACE) -> str:
        """Return plain text as the markup of a paragraph: escaped, each run of characters in the first face that has them."""
        if all(ord(c) in _glyphs(face) for c in words):
            return escape(words)
        out: list[str] = []
        run, current = "", face
        for c in words:
            wanted = next((f for f in (face, *self._faces) if ord(c) in _glyphs(f)), None)
            shown = c if wanted else f"<U+{ord(c):04X}>"
            if (wanted or face) != current:
                out.append(_in_face(run, current, face))
                run, current = "", wanted or face
            run += shown
        return "".join((*out, _in_face(run, current, face)))


def _in_face(run: str, current: str, face: str) -> str:
    return escape(run) if current == face or not run else f'<font name="{current}">{escape(run)}</font>'


def _links(numbers: Iterable[int]) -> str:
    return " ".join(f'<a href="#s{n}" color="#123f6b">[{n}]</a>' for n in numbers)


def _faces(fonts: Sequence[bytes]) -> list[str]:
    _built_in()
    names = [_FACE]
    for content in fonts:
        names.append(_registered(content))
    return names


@cache
def _built_in() -> None:
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (_FACE, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


@cache
def _registered(content: bytes) -> str:
    name = f"given{_registered.cache_info().currsize}"
    try:
        pdfmetrics.registerFont(TTFont(name, io.BytesIO(content)))
    except (TTFError, ValueError, KeyError, IndexError) as error:
        raise FontUnusable(str(error)) from error
    return name


@cache
def _glyphs(face: str) -> frozenset[int]:
    return frozenset(pdfmetrics.getFont(face).face.charToGlyph) | {0x20}
