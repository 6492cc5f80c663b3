"""PDF, DOCX, XLSX and pictures of paper from words, the same on every run."""
from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import reportlab
from docx import Document
from docx.document import Document as DocumentObject
from openpyxl import Workbook
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer, Table, TableStyle
from reportlab.platypus.flowables import Flowable

from story.write_pack import repack

Block = tuple[str, str] | tuple[str, Sequence[Sequence[str]]]
"""A piece of a paper: `title`, `centre`, `right`, `head`, `clause`, `para`, `small`, `gap`, `page` with its words, or `table` with rows."""

STYLES = {
    "title": ParagraphStyle("title", fontName="Times-Bold", fontSize=16, leading=20, alignment=TA_CENTER, spaceAfter=8),
    "centre": ParagraphStyle("centre", fontName="Times-Roman", fontSize=11, leading=14, alignment=TA_CENTER, spaceAfter=4),
    "right": ParagraphStyle("right", fontName="Times-Roman", fontSize=10.5, leading=14, alignment=TA_RIGHT),
    "head": ParagraphStyle("head", fontName="Times-Bold", fontSize=11, leading=14, spaceBefore=10, spaceAfter=3, keepWithNext=1),
    "clause": ParagraphStyle("clause", fontName="Times-Roman", fontSize=10.5, leading=13.5, leftIndent=12 * mm, firstLineIndent=-12 * mm,
                             spaceAfter=4),
    "para": ParagraphStyle("para", fontName="Times-Roman", fontSize=10.5, leading=14, spaceAfter=7),
    "small": ParagraphStyle("small", fontName="Times-Italic", fontSize=8.5, leading=11),
}

KEPT_STYLES = ("Normal", "Title", "Heading 2", "Default Paragraph Font", "Normal Table", "Table Grid", "No List")


def pdf(blocks: Sequence[Block], title: str, author: str, footer: str = "") -> bytes:
    """Return a PDF with text, its streams uncompressed, so that no bytes depend on zlib; `footer` stands on every page with its number."""
    out = io.BytesIO()
    paper = BaseDocTemplate(out, pagesize=A4, invariant=1, pageCompression=0, title=title, author=author, creator="Casetrail samples")

    def stamp(canvas, _paper):  # type: ignore[no-untyped-def]
        canvas.setFont("Times-Roman", 8.5)
        canvas.drawString(25 * mm, 12 * mm, footer)
        canvas.drawRightString(A4[0] - 22 * mm, 12 * mm, f"Page {canvas.getPageNumber()}")

    # At the end of the page: text is taken out in the order in which it was drawn, and a paper does not begin with its footer.
    frame = Frame(25 * mm, 22 * mm, A4[0] - 47 * mm, A4[1] - 44 * mm)
    paper.addPageTemplates(PageTemplate("page", [frame], onPageEnd=stamp))
    paper.build([flowable(*block) for block in blocks])
    return out.getvalue()


def flowable(kind: str, content: str | Sequence[Sequence[str]]) -> Flowable:
    if kind == "gap":
        return Spacer(1, 6 * mm)
    if kind == "page":
        return PageBreak()
    if kind == "table":
        table = Table([list(row) for row in content], hAlign="LEFT")
        table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Times-Roman", 10), ("FONT", (0, 0), (-1, 0), "Times-Bold", 10),
                                   ("LINEBELOW", (0, 0), (-1, 0), 0.5, "black"), ("TOPPADDING", (0, 0), (-1, -1), 2)]))
        return table
    assert isinstance(content, str)
    return Paragraph(content.replace("&", "&amp;").replace("\n", "<br/>"), STYLES[kind])


def docx(blocks: Sequence[Block], title: str, author: str, dated: str) -> bytes:
    """Return a DOCX with headings, paragraphs and tables; `dated` (ISO 8601 day) stands in its properties."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = title, author, author, ""
    properties.created = properties.modified = datetime.fromisoformat(dated).replace(hour=9)
    for kind, content in blocks:
        if kind == "table":
            table = document.add_table(rows=0, cols=len(content[0]))
            table.style = "Table Grid"
            for row in content:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
        elif kind == "page":
            document.add_page_break()  # type: ignore[no-untyped-call]
        elif kind != "gap":
            style = {"title": "Title", "head": "Heading 2"}.get(kind, "Normal")
            document.add_paragraph(str(content), style=style)
    prune(document)
    out = io.BytesIO()
    document.save(out)
    return repack(out.getvalue(), f"{dated}T09:00:00Z")


def prune(document: DocumentObject) -> None:
    """Take out what the template of the library carries and nothing here uses: 100 styles, their twin for old programs, a picture.

    Stored without compression they would be nine tenths of the file.
    """
    for rels in (document.part.rels, document.part.package.rels):
        for name in [name for name, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml"))]:
            del rels[name]
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            style.delete()


def xlsx(sheets: dict[str, Sequence[Sequence[object]]], dated: str, percent_columns: dict[str, tuple[int, ...]]) -> bytes:
    """Return a workbook, a sheet a name; columns named in `percent_columns` (from 1) show a share as per cent."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for column in percent_columns.get(name, ()):
            for cells in sheet.iter_rows(min_row=2, min_col=column, max_col=column):
                cells[0].number_format = "0.0%"
    book.properties.creator = "Tallowbridge Workforce Planning"
    book.properties.created = datetime.fromisoformat(dated).replace(tzinfo=UTC)
    out = io.BytesIO()
    book.save(out)
    return repack(out.getvalue(), f"{dated}T09:00:00Z")


def scan(lines: Sequence[str], seed: int, form: str) -> bytes:
    """Return a picture of a sheet of paper, black and white at 100 dots an inch with dust on it: no text can be taken from it without OCR.

    `form` is `TIFF` (Group 4, as scanners write) or `PNG` (not compressed).  The type face is the one that reportlab ships.
    """
    face = ImageFont.truetype(str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"), 17)
    sheet = Image.new("1", (620, 420), 1)
    draw = ImageDraw.Draw(sheet)
    draw.fontmode = "1"
    for number, line in enumerate(lines):
        draw.text((48, 44 + 27 * number), line, font=face, fill=0)
    dust = Random(seed)
    for _ in range(160):
        sheet.putpixel((dust.randrange(620), dust.randrange(420)), 0)
    out = io.BytesIO()
    if form == "TIFF":
        sheet.save(out, "TIFF", compression="group4", dpi=(100, 100))
    else:
        sheet.save(out, "PNG", compress_level=0, dpi=(100, 100))
    return out.getvalue()
