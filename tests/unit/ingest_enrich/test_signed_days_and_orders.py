"""Days of signatures with their place, of drafts, receipts and notes; orders, schedules, meetings, suspensions, set-off and acceptance."""
from __future__ import annotations

import pytest

from ingest.enrich.dates import document_date
from ingest.enrich.kinds import kind


@pytest.mark.parametrize(("sort", "value", "text"), [
    ("sow", "2021-05-03", "Leistungsschein 4\nzum Rahmenvertrag RV-77\n1. Leistung\nBremen/Ulm, 03.05.2021 - gez. Abel - gez. Bohn"),
    ("contract", "2019-11-12", "Anlage 2 Datenschutz\n1.1 Der Vertrag gilt.\n\nBremen, den 12. November 2019\n"),
    ("amendment", "2022-03-18", "2. Nachtrag\nmit Wirkung ab 1. April 2022\n\nBremen, den 14. März 2022 Ulm, den 18. März 2022\n\nA. Abel  B. Bohn"),
    ("amendment", "2020-09-02", "Avenant 3\nau contrat du 4 mai 2018\n\nLyon, le 2 septembre 2020\nPour la société"),
    ("amendment", "2023-01-09", "Adenda 1\nal contrato de 2 de mayo de 2021\n\nBilbao, a 9 de enero de 2023\nFirmado"),
    ("amendment", "2022-12-01", "Nachtrag 2\nzum Vertrag vom 1. Juli 2020\nFassung vom 1. Dezember 2022\nDie Laufzeit endet am 30. Juni 2023."),
    ("notice", "2024-10-24", "A Ltd\n1 High Street, Leeds\n[24] October 2024\nB Ltd\nDear Sirs\nNotice of termination"),
    ("claim", "2025-01-10", "PROOF OF DEBT\nDate of claim: 3 December 2024\nTotal 507.00\nSigned: A. Dyson, for the creditor, 10 January 2025"),
    ("other", "2024-10-02", "RÜCKSCHEIN\nEinlieferung: 30.09.2024\nZustellversuch: 01.10.2024\nausgeliefert am: 02.10.2024"),
    ("other", "2024-04-05", "ADVICE OF DELIVERY\nPosted 3 April 2024\nDelivered 5 April 2024"),
    ("call_note", "2024-12-20", "Acct 55\n- 2 Dec 2024: export handed over\n- 19 Dec 2024: deletion done\n- they rang 20 Dec to say thanks"),
    ("call_note", "2024-12-19", "Acct 55\n- 2 Dec 2024: export handed over\n- 19 Dec 2024: deletion done, answer due by 30 Dec"),
])
def test_paper_has_the_day_that_its_signatures_or_entries_show(paper, sort, value, text):
    found = document_date(paper(text), sort, None)
    assert found is not None
    assert found.value == value, found.basis


def test_a_contract_that_names_its_day_keeps_it_beside_the_signatures(paper):
    text = "Rahmenvertrag vom 1. Juli 2020\nzwischen A GmbH und B AG\n§ 1 Gegenstand\n\nBremen, 26.06.2020 Ulm, 29.06.2020"
    assert document_date(paper(text), "contract", "de").value == "2020-07-01"


@pytest.mark.parametrize("text", ["Agreement\n1. Term\nPage 3, 4 May 2020", "Agreement\nprinted, 4 May 2020", "Interest to 3 December 2024 7.50"])
def test_what_is_no_place_signs_nothing(paper, text):
    found = document_date(paper(text), "amendment", "en")
    assert found is None or "place" not in found.basis


def test_a_remark_that_names_a_day_does_not_date_a_table(sheet):
    rows = [["Doc", "Ours", "Yours", "Remark"], ["R-1", 5, 5, ""], ["G-3", 0, 7, "your mail of 11.04.2025, not booked"]]
    assert document_date(sheet(rows), "ledger", "en") is None


@pytest.mark.parametrize(("expected", "text"), [
    ("sow", "Order no. 12\nA Ltd to B Ltd under MSA-9\nMigration of records, August.\nNot to exceed GBP 4,000"),
    ("sow", "Schedule 2 – Services, and Schedule 4 – Rates\nMSA-9\n1.1 Support by telephone"),
    ("sow", "Anlage 3 – Leistungen und Preise\nzum Rahmenvertrag"),
    ("sow", "Annexe B – Tarifs des prestations\nContrat 44"),
    ("meeting_note", "Exit meeting, 20 November 2024, Leeds (video)\nPresent: A. Abel, B. Bohn\n1. Data export"),
    ("meeting_note", "Besprechung am 3. Mai 2024\nTeilnehmer: Abel, Bohn\n1. Datenexport"),
    ("notice", "A Ltd\nNotice of termination, clause 17.3\nDear Sirs\nIt was not paid.\nCorvus Services terminates the Agreement. It ends on 22 May 2024.\n"
               "Yours faithfully"),
    ("notice", "A SARL\nMadame,\nObjet : contrat 44\nTilleul Services résilie le contrat au 30 juin 2024.\nVeuillez agréer"),
])
def test_paper_is_known_by_its_form(paper, expected, text):
    found = kind(paper(text))
    assert found.value == expected, found.basis


@pytest.mark.parametrize("text", ["Order form 12\nA Ltd\nMonthly fee", "If A Ltd terminates the Agreement the fee is due.\nGeneral remarks"])
def test_what_only_sounds_like_it_is_not_taken_for_it(paper, text):
    assert kind(paper(text)).value not in ("sow", "notice")


@pytest.mark.parametrize(("expected", "subject", "text"), [
    ("notice", "Suspension of services, clause 11.1", "Dear Sirs\n\nGBP 193.00 is unpaid. Corvus will suspend the services from 24 October 2024, 18:00."),
    ("notice", "Einstellung der Leistung", "Sehr geehrte Damen und Herren,\n\nwegen offener Rechnungen stellen wir die Leistung ab 1. Mai ein."),
    ("notice", "Suspension de nos services", "Madame,\n\nNous suspendrons les services à compter du 4 mai."),
    ("email", "Suspension - what we tell members", "Joy, please say that the desk is closed. Nothing about money."),
    ("counterclaim", "RE: your notice", "We claim GBP 90.00 for the outage of 3 May and set it off."),
    ("counterclaim", "AW: Ihre Mahnung", "Uns stehen 900,00 EUR zu; wir erklären die Aufrechnung."),
    ("settlement", "AW: Vertragsstrafe - Ihr Angebot",
     "Sehr geehrter Herr Abel,\n\neinverstanden. Bitte senden Sie die Gutschrift über 5.000,00 EUR; damit ist die Strafe erledigt."),
    ("settlement", "RE: disputed hours", "Hi Ann,\n\nagreed. Please credit £ 500 and that settles the matter."),
    ("email", "AW: Protokoll", "Lieber Herr Abel,\n\neinverstanden. Der Malus bleibt trotzdem."),
])
def test_mail_is_known_by_what_it_does(mail, expected, subject, text):
    found = kind(mail(text, subject=subject))
    assert found.value == expected, found.basis


@pytest.mark.parametrize(("expected", "rows"), [
    ("survey", [["ts", "lang", "topic", "csat", "verbatim"], ["2024-06-05T06:45+08:00", "en", "award", 4, "ok"]]),
    ("survey", [["Nr", "Datum", "Zufriedenheit (1-5)", "Bemerkung"], [1, "2025-01-05", 4, "gut"]]),
    ("ledger", [["Date", "Text", "Ccy", "Orig amount", "Rate", "SGD"], ["2024-09-12", "A Ltd", "USD", 40.0, 1.3, 52.1]]),
])
def test_table_is_known_by_its_columns_whatever_its_cells_speak_of(sheet, expected, rows):
    found = kind(sheet(rows))
    assert found.value == expected, found.basis
