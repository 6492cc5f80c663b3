"""Dates as letters, logs, reports and tables of four languages write them; each case is invented."""
from __future__ import annotations

import pytest

from ingest.enrich.dates import document_date
from ingest.enrich.day_forms import days, order_of
from ingest.enrich.file_name_dates import name_date
from ingest.enrich.fold import fold
from ingest.enrich.kinds import kind


@pytest.mark.parametrize(("written", "value"), [
    ("25-Oct-2024", "2024-10-25"), ("25/Oct/24", "2024-10-25"), ("25 Oct 24", "2024-10-25"), ("25.Okt.2024", "2024-10-25"),
    ("2024-Oct-25", "2024-10-25"), ("2024 October 25", "2024-10-25"), ("3-févr-25", "2025-02-03"), ("4 Nov '24", "2024-11-04"),
    ("31Dec2024", "2024-12-31"), ("Dec.31,2024", "2024-12-31"), ("this 4th day of November, 2024", "2024-11-04"),
])
def test_day_with_a_month_in_words_is_read_however_it_is_joined(written, value):
    assert [d.value for d in days(fold(written), "dmy")] == [value]


@pytest.mark.parametrize("written", ["12 Mar 18:30", "25 Oct 24 hours later", "1 mar 50%", "March 2024", "5 sept 10 p.m."])
def test_numbers_that_only_follow_a_month_are_no_year(written):
    assert list(days(fold(written), "dmy")) == []


def test_dollars_alone_do_not_make_a_text_american():
    assert order_of(fold("Gulf Prawns Pte. Ltd. owes USD 500 since 03/02/2025, GST included"), "en") == "dmy"
    assert order_of(fold("Plains Wire Inc., Omaha, NE 68102, 03/02/2025"), "en") == "mdy"


LETTERS = [
    ("2024-10-02", "Nordlöwe AG\nIhr Zeichen    Unser Zeichen    Telefon     Datum\nAB             RE/kl            040 55      02.10.2024\n"
                   "Sehr geehrte Damen und Herren,\nIhr Schreiben vom 30.09.2024 liegt uns vor."),
    ("2024-10-02", "Corv GmbH\nUnser Zeichen: KL/77\nDatum\n02.10.2024\nSehr geehrte Frau Lind,\nIhr Schreiben vom 30.09.2024 kam an."),
    ("2024-10-16", "Per E-Mail und Post\n16.10.2024\nSehr geehrte Frau Lind,\nder Vertrag vom 1.1.2020 gilt."),
    ("2025-06-02", "Objet : votre courrier du 20 mai 2025\nParis, le 02/06/2025\nMadame,\nveuillez agréer"),
    ("2025-03-04", "En Madrid, a 4 de marzo de 2025\nMuy señores nuestros:\nsu carta de 1 de febrero de 2025"),
    ("2024-05-14", "Harbour Pine Limited\nRECEIVED\n16 MAY 2024 09:12\n14 May 2024\nDear Sirs\nYours faithfully"),
    ("2024-05-14", "Harbour Pine Limited\n14 May 2024 | RECEIVED\nMAY 16 2024\nDear Sirs\nYours faithfully"),
    ("2024-05-14", "Nordlöwe AG\nEingegangen 16.05.2024\nHamburg, den 14.05.2024\nSehr geehrte Damen und Herren"),
]


@pytest.mark.parametrize(("value", "text"), LETTERS)
def test_letter_has_the_day_in_its_head_and_not_that_of_its_receipt_or_of_other_letters(paper, value, text):
    found = document_date(paper(text), "legal_letter", None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("sort", "value", "text"), [
    ("amendment", "2022-06-01", "Nachtrag Nr. 2 vom 1. Juni 2022\nzum Rahmenvertrag vom 01.01.2020"),
    ("amendment", "2022-06-01", "Zweiter Nachtrag zum Rahmenvertrag vom 1. Januar 2020\nDie Frist wird geändert.\nMit Wirkung ab 1. Juli 2022\n"
                                "Hamburg, 25.05.2022\nBerlin, 01.06.2022\nfür A für B"),
    ("amendment", "2022-05-26", "Amendment No. 3\nThis Amendment is effective as of June 1, 2022.\nA INC. B INC.\n"
                                "By: L. Roe, Manager By: D. Poe, VP\nDate: May 24, 2022 Date: May 26, 2022"),
    ("contract", "2021-03-17", "SERVICES AGREEMENT\nThis Agreement is made on the 17th day of March 2021\nBETWEEN\n(1) A Pte. Ltd."),
    ("other", "2023-06-10", "In the matter of an arbitration\nAWARD\nThe respondent shall pay.\nMade at Singapore this 10th day of June 2023"),
    ("claim", "2025-02-14", "FORM OF PROOF OF DEBT\nDate of liquidation: 6 January 2025\nName of creditor: A\nSignature ____  Dated: 14/02/2025"),
])
def test_what_is_signed_has_the_day_of_the_last_signature_unless_it_is_dated(paper, sort, value, text):
    found = document_date(paper(text), sort, None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("value", "text"), [
    ("2024-10-02", "Auslieferungsbeleg\nEinlieferung 30.09.2024 16:40\nZugestellt am 02.10.2024 09:12"),
    ("2024-11-01", "DHL Waybill 1234\nPicked up 31 Oct 2024 17:02\nDelivered 01 Nov 2024 10:20 signed LIM"),
    ("2025-01-03", "MAIL ROOM LOG\nweek of 30 Dec 24\n\n30/12 Mon nil\n31/12 Tue one parcel\n02/01 Thu tray emptied\n03/01 Fri nil of note"),
    ("2024-11-07", "Notes\n5 Nov 2024: called, no answer\n6 Nov 2024: next week, he says\n7 Nov 2024: paid five thousand"),
])
def test_logs_receipts_and_notes_of_several_days_have_the_last(paper, value, text):
    found = document_date(paper(text), "other", "en")
    assert found is not None
    assert found.value == value


def test_notes_with_a_day_in_their_title_have_that_day(paper):
    found = document_date(paper("Handover notes, 12 May 2025\n5 May 2025: keys returned\n9 May 2025: badges returned"), "other", "en")
    assert found is not None
    assert found.value == "2025-05-12"


@pytest.mark.parametrize(("value", "text"), [
    ("2024-02-29", "Zufriedenheitsumfrage\nErhebungszeitraum: Dezember 2023 bis Februar 2024\nNote 2,3"),
    ("2024-12-31", "Monatsbericht 12/2024\nErreichbarkeit 79,1 % (Ziel 85 %)"),
    ("2024-06-30", "Customer satisfaction survey, June 2024\nResponses: 120\nCSAT 4.2"),
    ("2024-09-30", "Service level report Q3 2024\nPrepared 8 October 2024\nAbandon rate 6.1 %"),
])
def test_reports_end_with_the_last_month_that_they_cover(paper, value, text):
    doc = paper(text)
    found = document_date(doc, kind(doc).value, None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("sort", "value", "rows"), [
    ("ledger", "2025-03-31", [["Aged debtors as at 31-Mar-25", None], ["Customer", "Total"], ["A", 5]]),
    ("ledger", "2024-12-31", [["Offene Posten", "Stichtag 31.12.2024"], ["Belegdatum", "Beleg", "Fällig", "Betrag"], ["30.11.2024", "R1", "14.01.2025", 5]]),
    ("ledger", "2024-11-30", [["Belegdatum", "Beleg", "Fällig", "Betrag"], ["30.10.2024", "R1", "14.01.2025", 5], ["30.11.2024", "R2", "14.02.2025", 5]]),
    ("ledger", "2025-03-28", [["Value date", "Narrative", "DR", "CR"], ["03-Feb-25", "x", None, 5], ["28-Mar-25", "x", None, 5]]),
    ("sla_report", "2024-12-31", [["KPI", "2024-10", "2024-11", "2024-12", "Target"], ["Service level", 0.8, 0.8, 0.8, 0.9]]),
    ("sla_report", "2024-12-31", [["Monat", "Erreichbarkeit"], ["Nov 24", "80 %"], ["Dez 24", "79 %"]]),
    ("survey", "2024-12-31", [["Quarter", "Respondents", "NPS"], ["Q3 2024", 20, 12], ["Q4 2024", 22, -3]]),
])
def test_table_has_its_as_of_day_or_its_last_line_or_the_end_of_its_months(sheet, sort, value, rows):
    found = document_date(sheet(rows), sort, None)
    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(("name", "value"), [("Bericht 12/2024", "2024-12-31"), ("SLA 3.2025", "2025-03-31"), ("clause 3.2", None)])
def test_month_of_a_year_in_numbers_is_a_period(name, value):
    found = name_date(fold(name), "dmy")
    assert (found[0] if found else None) == value
