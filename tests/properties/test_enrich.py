"""Whatever stands in an item, enrichment answers, and every passage it cites stands in the text."""
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.client import Client, Contact
from archive.model.extracted import Cell, Extracted, Identified, Mail, Participant, Segment, Table
from archive.model.fact import Enriched
from archive.model.outcome import Done
from archive.model.record import KINDS, RECORD_TYPES
from ingest.enrich import enrich
from ingest.enrich.amounts import decimal_from
from ingest.enrich.day_forms import days
from ingest.enrich.fold import fold, spellings, vocabulary
from ingest.enrich.hints import Hints, mask_of
from ingest.given import Context, Given

CONTEXT = Context((
    Client("C-1", "Harbour Pine Ltd", ("Pine",), ("HP-1",), ("pine.example",), (Contact("A B", "a@pine.example"),), ("M-1",), "", "GBP"),
    Client("C-2", "İzmir Straße GmbH", ("ß",), ("", "-"), (".",), (Contact("", "@"),), ("(",)),
))
WORDS = vocabulary("notice of termination hereby give kündigung zum 31.12.2024 dated 1 April 2021 £5,000.00 privileged legal advice "
                   "total 12 days' notice renew "
                   "invoice HP-1 may 2, 2024 résiliation Vertrag between Ltd governed by the law of England 29.02.2023 (120) months "
                   "initial term ____ . ; § 1.1 9.3") | {"\n", "\n\n", " "}
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(sorted(WORDS)), max_size=80).map(" ".join))
FORMATS = st.sampled_from(["pdf", "email", "csv", "docx", "json", "txt", "slack", "vtt", "pptx", "png", "unknown"])


def passages(found: Enriched):
    yield from (p for d in (found.kind, found.date, found.language, found.privileged, found.sentiment, *found.record_types) if d and (p := d.passage))
    yield from (e.passage for e in found.clients if e.passage)
    yield from (p for f in found.facts for p in f.passages)


def check(found: Enriched, text: str) -> None:
    assert found.kind.value in KINDS
    assert found.kind.basis
    assert [t.value for t in found.record_types] == [t for t in RECORD_TYPES if t in {r.value for r in found.record_types}]
    assert all(0 <= e.strength <= 1 for e in found.clients)
    assert all(f.basis and f.passages for f in found.facts)
    for p in passages(found):
        assert text[p.start:p.end] == p.quote


@settings(max_examples=150, deadline=None)
@given(TEXTS, FORMATS, st.text(max_size=30), st.text(max_size=30))
def test_any_text_is_answered_and_cited_where_it_stands(text, format, name, subject):
    half = len(text) // 2
    segments = (Segment("new", 0, half), Segment("quoted", half, len(text))) if format == "email" else (Segment("turn", 0, half, "A", "x"),)
    mail = Mail("<1@x>", sent_at="2024-05-06T10:00:00+00:00") if format == "email" else None
    people = (Participant("from", subject, name), Participant("to", "a@pine.example", ""))
    extracted = Extracted(Done(), text, segments=segments, mail=mail, participants=people, subject=subject)
    check(enrich(extracted, Identified(format, "", "name"), Given(name, f"{subject}/{name}"), CONTEXT), text)


CELLS = st.one_of(st.none(), st.booleans(), st.integers(-10**9, 10**9), st.floats(allow_nan=True, allow_infinity=True), st.sampled_from(
    ["Date", "Type", "Debit", "Credit", "Balance", "Invoice", "Payment", "2024-01-31", "31/01/2024",
        "1.000,50", "csat", "comment", "Target", "Jan 2024", ""]))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_any_table_is_answered_and_cited_where_it_stands(rows):
    text, lines = "", []
    for row in rows:
        cells = []
        for value in row:
            shown = "" if value is None else str(value)
            cells.append(Cell(value, len(text), len(text) + len(shown)))
            text += shown + "\t"
        text += "\n"
        lines.append(tuple(cells))
    extracted = Extracted(Done(), text, tables=(Table("t", None, tuple(lines)),))
    found = enrich(extracted, Identified("xlsx", "", "name"), Given("t.xlsx", "t.xlsx"), CONTEXT)
    assert found.kind.value in KINDS
    for p in passages(found):
        assert text[p.start:p.end] == p.quote


@given(st.text())
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet="abcäöüßéÄÖÜ", min_size=1, max_size=12))
def test_word_is_among_its_own_spellings(word):
    assert fold(word) in spellings(word)


@given(st.text(max_size=40))
def test_number_reader_never_raises(written):
    decimal_from(written)


@given(TEXTS)
def test_days_stand_in_order_and_inside_the_text(text):
    folded = fold(text)
    found = list(days(folded, "dmy"))
    assert all(0 <= d.start < d.end <= len(folded) for d in found)
    assert [d.start for d in found] == sorted(d.start for d in found)


@given(st.lists(st.text(alphabet="abcd", min_size=3, max_size=6), min_size=1, max_size=4),
       st.lists(st.text(alphabet="abcd", min_size=1, max_size=9), max_size=9))
def test_hint_that_stands_in_a_word_is_never_missed(hints, text_words):
    listed = Hints("|".join(hints))
    text = " ".join(text_words)
    if any(h in text for h in hints):
        assert listed.may_be_in(mask_of(text), text)
