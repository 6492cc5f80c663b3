"""The date that a document gives itself, in each form that papers use, and the dates that it must not take."""
from __future__ import annotations

import pytest

from archive.model.extracted import Segment
from ingest.enrich.dates import document_date
from ingest.enrich.day_forms import days, order_of
from ingest.enrich.file_name_dates import name_date
from ingest.enrich.fold import fold


@pytest.mark.parametrize(("written", "order", "value"), [
    ("27 December 2024", "dmy", "2024-12-27"), ("27th of December 2024", "dmy", "2024-12-27"), ("December 3, 2024", "mdy", "2024-12-03"),
    ("2. Oktober 2024", "dmy", "2024-10-02"), ("1. März 2023", "dmy", "2023-03-01"), ("1er août 2025", "dmy", "2025-08-01"),
    ("6 février 2025", "dmy", "2025-02-06"), ("3 de marzo de 2025", "dmy", "2025-03-03"), ("15 de diciembre del 2023", "dmy", "2023-12-15"),
    ("2024-12-27", "mdy", "2024-12-27"), ("05/04/2024", "dmy", "2024-04-05"), ("05/04/2024", "mdy", "2024-05-04"),
    ("13/04/2024", "mdy", "2024-04-13"), ("27.12.24", "mdy", "2024-12-27"), ("4/24/23", "mdy", "2023-04-24"),
])
def test_day_is_read_in_every_form(written, order, value):
    assert [d.value for d in days(fold(written), order)] == [value]


@pytest.mark.parametrize("written", ["31 February 2024", "2024-13-01", "32/01/2024", "version 1.2.2024.5", "IP 10.1.2.3", "12/34/56789"])
def test_what_is_no_day_is_left_out(written):
    assert list(days(fold(written), "dmy")) == []


@pytest.mark.parametrize(("text", "language", "order"), [
    ("05/31/2024 and 06/01/2024", "en", "mdy"), ("31/05/2024", "en", "dmy"), ("02/03/2024", "de", "dmy"), (
        "May 3, 2024 or 02/03/2024", "en", "mdy"),
    ("02/03/2024 for £5", "en", "dmy"), ("Tulsa, OK 74103, 02/03/2024", "en", "mdy"),
])
def test_order_of_day_and_month_follows_the_evidence(text, language, order):
    assert order_of(fold(text), language) == order


@pytest.mark.parametrize(("name", "value"), [
    ("2025-06-06 demand", "2025-06-06"), ("Settlement 26-09-2025", "2025-09-26"), ("Notice 27.12.24",
        "2024-12-27"), ("scan 20250103", "2025-01-03"),
    ("SLA Sep24-Jan25", "2025-01-31"), ("QBR Q4 2024", "2024-12-31"), ("volumes 2024-02", "2024-02-29"), ("note Feb 2023", "2023-02-28"),
    ("Bericht KW 14 2023", "2023-04-09"), ("INV-25-0331", None), ("MSA-2021-0417 conformed", None),
])
def test_file_name_gives_a_day_or_the_last_day_of_its_period(name, value):
    found = name_date(fold(name), "dmy")
    assert (found[0] if found else None) == value


@pytest.mark.parametrize(("kind", "text", "value"), [
    ("contract", "Services Agreement\nDated 1 April 2021\nbetween\nA and B. It starts on 1 May 2021.", "2021-04-01"),
    ("contract", "This Agreement is entered into as of June 1, 2019 (the \"Effective Date\") between A and B", "2019-06-01"),
    ("contract", "Dienstleistungsvertrag\ngeschlossen am 3. März 2020 zwischen A und B", "2020-03-03"),
    ("contract", "Contrat\nFait à Lyon, le 4 juin 2022\n", "2022-06-04"),
    ("contract", "Order Form\nStart date: September 1, 2023.\nSigned: A, August 22, 2023   Signed: B, August 23, 2023", "2023-08-23"),
    ("amendment", "Amendment No. 1\nto the Agreement dated 1 April 2021\nDated ____ February 2023  DRAFT v2 - 2 Feb 2023", "2023-02-02"),
    ("legal_letter", "Harbour Pine\nLeeds\n20 June 2025\nDear Sirs\nYour letter dated 6 June 2025 arrived.", "2025-06-20"),
    ("notice", "Maison Tilleul inc.\nLe 6 mai 2025\nAvis de résiliation\nLe service finit le 31 mai 2025.", "2025-05-06"),
    ("notice", "Nordlöwe\nKöln, den 2. Oktober 2024\nwir kündigen den Vertrag vom 1. Januar 2020", "2024-10-02"),
    ("invoice", "INVOICE X-1\nAccount 7 Date 02/28/2023\nDue date: 03/30/2023\n$5.00", "2023-02-28"),
    ("invoice", "RECHNUNG 12\nFälligkeitsdatum: 30.04.2024\nDatum: 31.03.2024", "2024-03-31"),
    ("call_note", "File note\n3 June 2025, G P\nSpoke to T.", "2025-06-03"),
    ("review", "Quarterly review – Harbour Pine\nPueblo, February 9, 2023\nCSAT 3.4", "2023-02-09"),
    ("claim", "DEMAND\n1. under the Agreement\ndated June 1, 2019.\nDated: May 12, 2023\nX for Claimant", "2023-05-12"),
])
def test_paper_gives_its_own_date(paper, kind, text, value):
    doc = paper(text)
    found = document_date(doc, kind, None)
    assert found is not None
    assert found.value == value
    assert found.passage is None or doc.text[found.passage.start:found.passage.end] == found.passage.quote


def test_paper_without_any_date_has_none(paper):
    assert document_date(paper("Standard terms\nWe answer mails.", name="terms.pdf"), "contract", "en") is None


def test_paper_does_not_take_the_time_of_the_file(paper):
    assert document_date(paper("Standard terms", name="terms.pdf", created_at="2020-01-01T00:00:00"), "contract", "en") is None


def test_effective_date_is_not_the_date_of_the_paper(paper):
    assert document_date(paper("Order form\nTakes effect on 1 April 2021.\n", name="order.docx"), "sow", "en") is None


def test_mail_has_the_day_of_its_header_in_the_zone_written_there(mail):
    found = document_date(mail("Dated 1 January 2020"), "email", "en")
    assert found is not None
    assert (found.value, found.basis) == ("2024-05-06", "header Date")


def test_mail_without_a_date_header_has_none(mail):
    assert document_date(mail("Dated 1 January 2020", sent_at=""), "email", "en") is None


def test_chat_has_the_day_of_its_first_message(paper):
    turns = (Segment("turn", 0, 2, "A", "2024-11-14T20:02:00"), Segment("turn", 3, 5, "B", "2024-11-15T07:00:00"))
    found = document_date(paper("hi\nho", format="whatsapp", segments=turns), "chat", None)
    assert found is not None
    assert found.value == "2024-11-14"


def test_ledger_has_its_as_of_date_before_its_last_line(sheet):
    doc = sheet([["A/R detail as of", "05/31/2024"], ["Date", "Type", "Charges", "Credits"], ["05/03/2024", "Invoice", 5, None]])
    found = document_date(doc, "ledger", "en")
    assert found is not None
    assert (found.value, found.basis) == ("2024-05-31", "as-of date")


def test_ledger_without_as_of_has_its_last_line(sheet):
    doc = sheet([["Datum", "Art", "Soll", "Haben"], ["31.03.2024", "Rechnung", 5, None], ["30.04.2024", "Zahlung", None, 5]])
    found = document_date(doc, "ledger", "de")
    assert found is not None
    assert found.value == "2024-04-30"


def test_survey_ends_with_its_last_month(sheet):
    doc = sheet([["id", "received", "csat"], [1, "2024-11-03", 4], [2, "2025-02-11", 5]])
    found = document_date(doc, "survey", "en")
    assert found is not None
    assert found.value == "2025-02-28"


def test_months_without_a_year_take_it_from_the_sheet_name(sheet):
    doc = sheet([["Mois", "Cible"], ["Janvier", 60], ["Mai", 60]], title="2025")
    found = document_date(doc, "sla_report", "fr")
    assert found is not None
    assert found.value == "2025-05-31"
