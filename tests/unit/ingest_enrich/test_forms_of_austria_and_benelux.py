"""Forms of Austrian, Belgian and Luxembourg drafters and accountants, and their like in English and Spanish; all invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.agreed_ends import agreed_ends
from ingest.enrich.billing import billing
from ingest.enrich.contract_terms import contract_terms
from ingest.enrich.dispute_acts import dispute_acts
from ingest.enrich.kinds import kind
from ingest.enrich.missing import missing
from ingest.enrich.notices import notices
from ingest.enrich.penalties import penalties
from ingest.enrich.privilege import privileged
from ingest.enrich.settlement_terms import settlement_acts

CLIENT = "nora.fielding@harbourpine.example"


@pytest.mark.parametrize(("text", "as_kind"), [
    ("TERMINATION AGREEMENT\nThe Agreement dated 3 March 2021 shall end on 30 June 2024.", "contract"),
    ("Deed of settlement\nThe parties have agreed to terminate the Agreement with effect from 30 June 2024.", "settlement"),
    ("Amendment 4\nIt is agreed that the Contract is terminated by mutual consent on 30 June 2024.", "amendment"),
    ("Aufhebungsvertrag\nDer Dienstleistungsvertrag endet mit Ablauf des 30. Juni 2024.", "other"),
    ("Vergleich\nDie Parteien heben den Rahmenvertrag einvernehmlich zum 30. Juni 2024 auf.", "settlement"),
    ("Zusatzvereinbarung\nDie Zusammenarbeit wird im beiderseitigen Einvernehmen per 30. Juni 2024 beendet.", "amendment"),
    ("Protocole d'accord\nLes Parties conviennent de mettre fin à la convention, avec effet au 30 juin 2024.", "settlement"),
    ("Avenant 2\nLe contrat est résilié d'un commun accord au 30 juin 2024.", "amendment"),
    ("Acuerdo de terminación\nEl contrato queda resuelto con efectos del 30 de junio de 2024.", "contract"),
    ("Acuerdo transaccional\nLas partes acuerdan dar por terminado el contrato de mutuo acuerdo el 30 de junio de 2024.", "settlement"),
])
def test_end_that_both_sides_agree_on_is_read_with_its_day(paper, text, as_kind):
    found = {f.name: f.value for f in agreed_ends(paper(text), as_kind, "2024-05-06", "dmy")}
    assert found == {"agreed_end": "2024-06-30", "service_ended": "2024-06-30"}


@pytest.mark.parametrize(("text", "as_kind"), [
    ("Framework agreement\nThe parties may terminate this Agreement by mutual consent at any time. Signed 30 June 2024.", "contract"),
    ("Vergleich\nDie Parteien können den Vertrag jederzeit einvernehmlich beenden, frühestens am 30. Juni 2024.", "settlement"),
    ("Protocole d'accord\nLes parties peuvent mettre fin au contrat d'un commun accord avant le 30 juin 2024.", "settlement"),
    ("Settlement\nThe client pays EUR 4,000 by 30 June 2024. The Agreement goes on.", "settlement"),
    ("Contrato\nLas partes podrán resolver el contrato de mutuo acuerdo. Madrid, 30 de junio de 2024.", "contract"),
])
def test_clause_that_allows_an_end_by_agreement_is_none(paper, text, as_kind):
    assert agreed_ends(paper(text), as_kind, "2024-05-06", "dmy") == []


@pytest.mark.parametrize(("text", "day"), [
    ("Wir kündigen den Vertrag unter Einhaltung der vereinbarten Frist zum 30. Juni 2024 auf.", "2024-06-30"),
    ("Wir kündigen unter Beachtung der vertraglichen Kündigungsfrist per 30. September 2024.", "2024-09-30"),
    ("Nous résilions le contrat dans le respect du préavis de trois mois, avec effet au 30 juin 2024.", "2024-06-30"),
])
def test_end_behind_words_that_the_period_is_kept_is_what_the_notice_asks_for(paper, text, day):
    doc = paper(f"Kündigung\n25. März 2024\n{text}")
    assert [f.value for f in notices(doc, None, (), None) if f.name == "stated_effective_date"] == [day]


def test_end_of_the_period_itself_is_not_what_the_notice_asks_for(paper):
    doc = paper("Kündigung\nWir kündigen den Vertrag. Die Frist läuft bis zum 30. Juni 2024.")
    assert not [f for f in notices(doc, None, (), None) if f.name == "stated_effective_date" and f.value == "2024-06-30" and "Frist" in doc.text[:20]]


@pytest.mark.parametrize(("text", "expected"), [
    ("BEREINIGUNGSVEREINBARUNG\nabgeschlossen zwischen A und B", "settlement"),
    ("Streitbeilegungsvertrag\nzwischen A und B", "settlement"),
    ("Beilage ./C - Leistungsverzeichnis\nHotline Mo-Fr", "sow"),
    ("Sehr geehrter Herr X!\nWir stellen daher die Pönale für zwei Monate, sohin EUR 24.000,--, fällig.\nHochachtungsvoll", "claim"),
    ("Sehr geehrte Damen und Herren!\nWir ersuchen Sie um Überweisung von EUR 4.800,-- binnen 14 Tagen.", "claim"),
    ("Sehr geehrter Herr X!\nIhre Pönale bestreiten wir. Unsererseits ist die Mehrleistung vom 1.-28. März mit "
     "EUR 4.800,-- offen, die wir hiemit einfordern.", "counterclaim"),
    ("Madame,\nNous contestons. Vous nous devez 9.600,00 € de pénalités, qui se compenseront à due concurrence.", "counterclaim"),
    ("Monsieur,\nÀ défaut de paiement, nous nous réservons le droit de résilier le contrat à vos torts.", "notice"),
    ("Dear Sir,\nFailing which we reserve the right to terminate the agreement.", "notice"),
    ("Vereinbarung über eine Auftragsverarbeitung nach Art. 28 DSGVO\nDer Verantwortliche: A.", "contract"),
])
def test_kinds_by_words_of_these_countries(paper, text, expected):
    assert kind(paper(text)).value == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Guten Tag,\nwir haben Ihnen heute EUR 2.364,00 rücküberwiesen.", "payment_advice"),
    ("Zahlungsavis Nr. 55\nZahlungsdatum: 14.11.2024\nAR 1   26.400,00 EUR", "payment_advice"),
    ("Guten Tag,\nbitte rücküberweisen Sie den Betrag.", "email"),
    ("Guten Tag,\nhaben Sie die EUR 2.364,00 schon rücküberwiesen?", "email"),
])
def test_mail_that_says_that_money_went_back_is_an_advice(mail, text, expected):
    assert kind(mail(text, sender=CLIENT)).value == expected


@pytest.mark.parametrize("heads", [
    ["BelDat", "BS", "BelNr", "Text", "Soll", "Haben", "Saldo"], ["Buchdat", "Symbol", "RgNr", "Buchungstext", "Soll", "Haben", "Saldo"],
    ["Belegdatum", "Journal", "Belegnr.", "Beschreibung", "Soll", "Haben", "Saldo"],
])
def test_ledger_with_headings_cut_short_is_read(sheet, heads):
    rows = [heads, ["31.01.2024", "AR", "2024-0107", "Kundenservice Jänner", "1.200,00", None, "1.200,00"],
            ["29.02.2024", "BK", "41", "Zahlung AR 2024-0107", None, "1.000,00", "200,00"],
            ["05.03.2024", "GS", "2024-0098", "Gutschrift", None, "150,00", "50,00"], ["06.03.2024", "BK", "44", "Rücküberweisung", "50,00", None, "100,00"]]
    found = {f.name: f.value for f in billing(sheet(rows, name="Kontoblatt.csv"), ())}
    assert [found[n] for n in ("invoiced_total", "paid_total", "credited_total", "refunded_total")] == ["1200.00", "1000.00", "150.00", "50.00"]


def test_number_of_a_customer_is_not_that_of_a_document(sheet):
    rows = [["Datum", "KundenNr", "BelNr", "Text", "Soll", "Haben"], ["31.01.2024", "77001", "AR 12", "Rechnung Jänner", "1.200,00", None]]
    found = [json.loads(str(f.value)) for f in billing(sheet(rows, name="Konto.csv"), ()) if f.name == "ledger_row"]
    assert [r["number"] for r in found] == ["AR 12"]


@pytest.mark.parametrize(("text", "days"), [
    ("Le client paie 36.000,00 € en trois échéances de 12.000,00 € chacune, exigibles les\n15 janvier, 15 février et 15 mars 2025.",
     ["2025-01-15", "2025-02-15", "2025-03-15"]),
    ("The Client pays EUR 15,000 in three instalments of EUR 5,000 each, due on 1 May, 1 June and 1 July 2025.", ["2025-05-01", "2025-06-01", "2025-07-01"]),
    ("Der Kunde zahlt EUR 9.000 in zwei Raten zu je EUR 4.500, fällig am 1. Mai und 1. Juni 2025.", ["2025-05-01", "2025-06-01"]),
    ("El cliente paga 9.000 € en dos plazos de 4.500 € cada uno, el 1 de mayo y el 1 de junio de 2025.", ["2025-05-01", "2025-06-01"]),
])
def test_equal_instalments_whose_days_stand_in_a_row_are_read(paper, text, days):
    found = [json.loads(str(f.value)) for f in settlement_acts(paper(text), (), "EUR", None) if f.name == "instalment"]
    assert [f["day"] for f in found] == days


def test_equal_sums_with_another_count_of_days_are_no_instalments(paper):
    text = "The Client pays in three instalments of EUR 5,000 each, the first on 1 May and the second on 1 June 2025."
    assert not [f for f in settlement_acts(paper(text), (), "EUR", None) if f.name == "instalment"]


@pytest.mark.parametrize("text", [
    "Lieber Markus,\nanbei die Pönale-Forderung. Wie stehen unsere Chancen? Können sie gegen Rechnungen aufrechnen?",
    "Zur Info die Einschätzung von Dr. Berger: er rät zum Vergleich.",
    "Counsel, what are our chances on the penalty claim?",
])
def test_question_to_counsel_and_his_view_passed_on_are_privileged(mail, text):
    assert privileged(mail(text, sender="kim@house.example", to=("berger@berger-partner.example",))) is not None


@pytest.mark.parametrize("text", ["Wie stehen die Chancen auf ein Treffen am Freitag?", "Wir vergleichen gerade die Preise, meinst du wir sollten wechseln?"])
def test_chances_and_comparisons_sent_to_a_client_are_not(mail, text):
    assert privileged(mail(text, sender="kim@house.example", to=(CLIENT,))) is None


def test_pauschale_that_a_side_grants_is_the_sum_of_the_settlement_and_the_recital_is_not(paper):
    text = ("Bereinigungsvereinbarung\nPräambel: B hat eine Pönale von EUR 36.000,-- geltend gemacht.\n"
            "1. A gewährt B zur Abgeltung der Pönale einen Pauschalbetrag von EUR 20.000,-- durch Gutschrift.\n"
            "2. Auf die darüber hinausgehende Pönale (EUR 16.000,--) verzichtet B.")
    acts = [json.loads(str(f.value)) for f in dispute_acts(paper(text), "settlement", (), "de") if f.name == "dispute_act"]
    assert ("settlement", "20000") in [(a["kind"], a.get("amount")) for a in acts]
    told = [json.loads(str(f.value)) for f in penalties(paper(text), "settlement", (), ())]
    assert "36000" not in [t.get("amount") for t in told] and ("withdrawn", "16000") in [(t["act"], t.get("amount")) for t in told]


@pytest.mark.parametrize(("text", "by"), [
    ("Note. R. Thill propose 36.000 € en trois fois. Je transmets.", "client"), ("Aktennotiz. Frau Moser bietet 4.000 EUR.", "client"),
    ("Call note. Mr Dunn proposes £4,000.", "client"),
])
def test_offer_told_in_the_present_is_of_whom_the_note_names(paper, text, by):
    acts = [json.loads(str(f.value)) for f in dispute_acts(paper(text), "call_note", (), None) if f.name == "dispute_act"]
    assert [(a["kind"], a["by"]) for a in acts] == [("offer", by)]


@pytest.mark.parametrize(("text", "number"), [
    ("Nous relevons que l'annexe 3 signée ne nous a jamais été remise.", "3"), ("Die Beilage ./B ist bei uns nicht auffindbar.", "B"),
    ("We cannot find Schedule 4 anywhere.", "4"), ("Anlage 2 liegt uns nicht vor.", "2"),
])
def test_annex_that_is_missed_is_known_by_its_number(paper, text, number):
    found = [json.loads(str(f.value)) for f in missing(paper(text), "legal_letter", None) if f.name == "missing_paper"]
    assert {"paper": "annex", "number": number} in found


@pytest.mark.parametrize(("text", "end"), [
    ("Contrat\nLe Contrat entre en vigueur le 1er mars 2021 pour une durée de trois ans.", "2024-02-29"),
    ("Vertrag\nDer Vertrag tritt am 1. März 2021 in Kraft und wird auf die Dauer von drei Jahren abgeschlossen.", "2024-02-29"),
    ("Agreement\nThis Agreement commences on 1 March 2021 for a fixed term of three years.", "2024-02-29"),
])
def test_end_of_a_term_told_by_its_length_is_reckoned(paper, text, end):
    found = [f.value for f in contract_terms(paper(text), "contract", None, None) if f.name == "expiration_date"]
    assert found == [end]
