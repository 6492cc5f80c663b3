"""Makers of small items for the rules of enrichment: texts, mails, tables, all invented."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from builders.sheets import sheet_of

from archive.model.client import Client, Contact
from archive.model.extracted import Extracted, Identified, Mail, Participant, Segment
from archive.model.fact import Enriched
from archive.model.outcome import Done
from ingest.enrich import enrich
from ingest.enrich.doc import Doc
from ingest.given import Context, Given

CONTEXT = Context(clients=(
    Client("C-1", "Harbour Pine Furniture Limited", ("Harbour Pine",), ("HPF-30551",), ("harbourpine.example",),
           (Contact("Nora Fielding", "nora.fielding@harbourpine.example"),), ("MSA-2020-0088",), "active", "GBP"),
    Client("C-2", "Nordlöwe Versicherung AG", (), ("77-4410",), ("nlv.example",),
           (Contact("Jürgen Fährmann", "fahrmann@nlv.example"),), ("RV-2019-55",), "", "EUR"),
    Client("C-3", "Maison Tilleul inc.", ("Tilleul",), (), (), (), (), "", "CAD"),
))


@pytest.fixture
def context() -> Context:
    return CONTEXT


@pytest.fixture
def paper() -> Callable[..., Doc]:
    def make(text: str, name: str = "paper.pdf", path: str = "", format: str = "pdf", **more: Any) -> Doc:
        return Doc(Extracted(Done(), text, **more), Identified(format, "", "name"), Given(name, path or name), CONTEXT)
    return make


@pytest.fixture
def mail() -> Callable[..., Doc]:
    def make(text: str, subject: str = "", sender: str = "kim@house.example", to: tuple[str, ...] = ("lee@house.example",),
             sent_at: str = "2024-05-06T23:30:00-04:00", headers: tuple[tuple[str, str], ...] = (),
             segments: tuple[Segment, ...] = ()) -> Doc:
        people = (Participant("from", sender, ""), *(Participant("to", a, "") for a in to))
        extracted = Extracted(Done(), text, (), segments, (), people, subject, Mail("<1@house.example>", sent_at=sent_at, headers=headers))
        return Doc(extracted, Identified("email", "message/rfc822", "structure"), Given("a.eml", "a.eml"), CONTEXT)
    return make


@pytest.fixture
def sheet() -> Callable[..., Doc]:
    """Make an item of one table; a cell is shown as its value, cells are joined by tabs, lines by line feeds."""
    def make(rows: list[list[Any]], name: str = "list.csv", title: str = "") -> Doc:
        text, table = sheet_of(rows, title)
        extracted = Extracted(Done(), text, tables=(table,))
        return Doc(extracted, Identified("csv", "text/csv", "name"), Given(name, name), CONTEXT)
    return make


@pytest.fixture
def enriched() -> Callable[[Doc], Enriched]:
    return lambda doc: enrich(doc.extracted, doc.identified, doc.given, doc.context)
