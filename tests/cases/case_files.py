"""Writes the files of an invented case and, beside each, what is true of it: one call a file, so that a file cannot lack its truth.

The form is that of `truth.json` as docs/cases of the same form have it (docs/history.md tells the measures): paths relative to the folder of all cases.
Dates inside PDF, DOCX and XLSX depend on the clock; nothing that is scored does.
"""
from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any

Block = str | list[list[str]]
"""A paragraph ("# " before a heading) or a table (rows of cells)."""


def as_docx(blocks: Sequence[Block]) -> bytes:
    """Return a Word document of headings, paragraphs and tables."""
    import docx

    document = docx.Document()
    for block in blocks:
        if isinstance(block, list):
            table = document.add_table(rows=0, cols=len(block[0]))
            for row in block:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif block.startswith("# "):
            document.add_heading(block[2:], level=2)
        else:
            document.add_paragraph(block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_pdf(blocks: Sequence[Block]) -> bytes:
    """Return a PDF of headings, paragraphs and tables with a text layer, as a word processor prints one."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    styles, flow = getSampleStyleSheet(), []
    for block in blocks:
        if isinstance(block, list):
            flow.append(Table(block, hAlign="LEFT"))
        elif block.startswith("# "):
            flow.append(Paragraph(block[2:], styles["Heading3"]))
        else:
            flow.append(Paragraph(block.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br/>"), styles["BodyText"]))
        flow.append(Spacer(1, 4))
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(flow)
    return out.getvalue()


def as_xlsx(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return a workbook; a cell given as (value, format) gets that number format."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for y, row in enumerate(rows, 1):
            for x, value in enumerate(row, 1):
                cell = sheet.cell(y, x)
                cell.value, form = value if isinstance(value, tuple) else (value, None)
                if form:
                    cell.number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def message(sender: str, to: str, when: str, subject: str, body: str, *, ident: str, answers: str | None = None,
            attached: Sequence[tuple[str, bytes]] = ()) -> EmailMessage:
    """Return a mail; `when` is ISO with its zone, `answers` the Message-ID that it replies to, `attached` (name, bytes)."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"] = format_datetime(datetime.fromisoformat(when))
    mail["Message-ID"] = ident
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(body)
    kinds = {"pdf": ("application", "pdf"), "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
             "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")}
    for name, content in attached:
        major, minor = kinds[name.rsplit(".", 1)[1]]
        mail.add_attachment(content, maintype=major, subtype=minor, filename=name)
    return mail


@dataclass
class Case:
    """A folder of one client under the folder of all cases, and its truth."""

    root: Path
    name: str
    client: str
    language: str
    documents: list[dict[str, Any]] = field(default_factory=list)

    def path(self, place: str) -> str:
        """Return the path of a file below `sources/`, as the truth names it."""
        return f"{self.name}/{place}" if self.name == "noise" else f"{self.name}/sources/{place}"

    def paths(self, *places: str) -> list[str]:
        """Return `path` of each."""
        return [self.path(place) for place in places]

    def told(self, place: str, kind: str, types: str, date: str | None, **more: Any) -> None:
        """Note what is true of one record: its kind, its record types (words), its date and whatever differs from the ordinary."""
        entry = {"path": self.path(place), "kind": kind, "record_types": types.split(), "clients": [self.client] if self.client else [],
                 "date": date, "language": self.language, "thread": None, "duplicate_of": None, "near_duplicate_of": None,
                 "privileged": False, "sentiment": None}
        for key in ("duplicate_of", "near_duplicate_of"):
            if key in more:
                more[key] = self.path(more[key])
        self.documents.append({**entry, **more})

    def file(self, place: str, content: bytes, kind: str, types: str, date: str | None, **more: Any) -> None:
        """Write a file and note its truth."""
        target = self.root / self.path(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self.told(place, kind, types, date, **more)

    def mail(self, place: str, mail: EmailMessage, kind: str, types: str, **more: Any) -> None:
        """Write a mail as a file; its date is that of its header."""
        day = datetime.strptime(str(mail["Date"])[5:16], "%d %b %Y").date().isoformat()
        self.file(place, mail.as_bytes(), kind, types, day, **more)

    def mbox(self, place: str, mails: Sequence[tuple[EmailMessage, str, str, dict[str, Any]]]) -> None:
        """Write a mailbox file; each mail with its kind, its record types and what differs."""
        target = self.root / self.path(place)
        target.parent.mkdir(parents=True, exist_ok=True)
        parts = []
        for mail, kind, types, more in mails:
            stamp = datetime.strptime(str(mail["Date"])[5:16], "%d %b %Y")
            body = mail.as_bytes().replace(b"\nFrom ", b"\n>From ")
            parts.append(b"From MAILER-DAEMON " + stamp.strftime("%a %b %d 08:00:00 %Y").encode() + b"\n" + body + b"\n")
            self.told(place, kind, types, stamp.date().isoformat(), inner=str(mail["Message-ID"]), **more)
        target.write_bytes(b"".join(parts))

    def step(self, day: str, kind: str, by: str, amount: float | None, *places: str, currency: str) -> dict[str, Any]:
        """Return one step of a dispute, with the files that show it."""
        return {"date": day, "kind": kind, "by": by, "amount": amount, "currency": currency, "documents": self.paths(*places)}

    def close(self, **truth: Any) -> None:
        """Write truth.json: `client`, `history`, `win_back`, `queries` as given."""
        (self.root / self.name / "truth.json").write_text(json.dumps({**truth, "documents": self.documents}, ensure_ascii=False, indent=1))
