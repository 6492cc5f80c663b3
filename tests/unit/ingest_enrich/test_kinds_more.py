"""Kinds and trails of further papers, tables and mails in four languages; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.kinds import kind
from ingest.enrich.record_types import record_types

PAPERS = [
    ("claim", "dispute billing", "LETTER OF DEMAND\nDear Sirs,\nUnless payment is received within 7 days we will commence winding up proceedings."),
    ("claim", "dispute", "STATUTORY DEMAND\nTo: Gulf Prawns Pte. Ltd.\nThe creditor claims that the company owes S$212,400.50."),
    ("claim", "dispute billing", "Lyon, le 2 juin 2025\nMadame,\nNous vous mettons en demeure de nous payer la somme de 4 300,00 EUR sous huit jours."),
    ("legal_letter", "dispute billing", "20 January 2025\nTO ALL KNOWN CREDITORS\nCircular to creditors No. 1\nDear Sir/Madam,\nPlease lodge your proof of "
                                "debt by 28 February 2025.\nYours faithfully,\nLiquidator"),
    ("legal_letter", "billing", "A GmbH\nZahlungserinnerung\nSehr geehrte Damen und Herren,\nRechnung 2025-0107 über 47.600,00 EUR ist noch offen.\n"
                                "Mit freundlichen Grüßen"),
    ("legal_letter", "contractual dispute", "Ihre Kündigung - Vertragsende\nSehr geehrte Frau Lind,\nentgegen Ihrem Schreiben endet der Vertrag nicht "
                                            "zum 31. Dezember.\nMit freundlichen Grüßen"),
    ("notice", "contractual", "Le 9 mai 2025\nObjet : Résiliation de notre abonnement\nMadame,\nNous souhaitons résilier notre contrat.\nCordialement"),
    ("notice", "contractual", "Madrid, 4 de marzo de 2025\nMuy señores nuestros:\nMediante la presente les comunicamos nuestra decisión de resolver el "
                              "contrato.\nAtentamente"),
    ("notice", "contractual dispute", "Dear Mr Tan\nTermination for non-payment\nThe default has not been remedied. We therefore terminate the "
                                              "Agreement.\nYours sincerely"),
    ("notice", "contractual", "RECEIVED 3 MAY\nBy courier\nDear Sirs\nWe hereby give you notice that we end the Agreement on 30 June. This is without "
                              "prejudice to accrued rights.\nYours faithfully"),
    ("contract", "contractual", "Auftragsverarbeitungsvertrag\nnach Art. 28 DSGVO\nzwischen A AG und B GmbH\n§ 1 Gegenstand"),
    ("settlement", "contractual dispute", "PROTOCOLE D'ACCORD TRANSACTIONNEL\nEntre X et Y\nArticle 1. X verse 4 000 EUR."),
    ("settlement", "contractual dispute", "DEED OF COMPROMISE\nThis Deed is made on 1 December 2023 between A and B.\n2. A shall pay B GBP 4,000."),
    ("invoice", "billing", "Corv GmbH\nRechnungsnummer: 2025-0107\nRechnungsdatum: 31.01.2025\nGesamtbetrag 47.600,00 EUR"),
    ("meeting_note", "interaction", "Ergebnisprotokoll Übergabetermin\nTeilnehmer: A. Berg, K. Lind\n1. Wissensdatenbank"),
    ("sla_report", "feedback", "Service-Level-Bericht November 2024\nErreichbarkeit 81,2 %\nZielwert 85 %"),
    ("credit_note", "billing", "CREDIT NOTE\nCN-7\nService level credits for March\nTotal 50.00"),
    ("credit_note", "billing dispute", "CREDIT NOTE\nCN-8\nInvoice X-1 put right\nTotal 50.00"),
]


@pytest.mark.parametrize(("wanted", "trails", "text"), PAPERS)
def test_paper_has_its_kind_and_trails(paper, wanted, trails, text):
    doc = paper(text)
    found = kind(doc).value
    assert found == wanted
    assert {t.value for t in record_types(doc, found)} == set(trails.split())


def test_clause_about_notice_does_not_make_a_contract_a_notice(paper):
    text = ("Master Services Agreement\nbetween A Ltd and B Ltd\n1. If no notice is given this Agreement renews.\n2. Termination for convenience\n"
            "Either party may terminate. This Agreement is governed by the law of England.")
    assert kind(paper(text)).value == "contract"


@pytest.mark.parametrize(("wanted", "rows", "name"), [
    ("ledger", [["Date", "Description", "Paid in", "Paid out", "Balance"], ["03/02/2025", "x", 5, None, 5]], "bank.csv"),
    ("ledger", [["Buchungstag", "Verwendungszweck", "Umsatz", "Währung"], ["03.02.2025", "RE 1", "5,00", "EUR"]], "umsatz.csv"),
    ("ledger", [["Item", "Per us", "Per them", "Difference"], ["X-1", 5, 4, 1]], "balance reconciliation.xlsx"),
    ("sla_report", [["Week", "Calls in", "Calls handled", "ASA"], ["KW 40", 500, 480, "00:12"]], "weekly.csv"),
    ("survey", [["Timestamp", "How satisfied are you?", "What can we do better?"], ["1/1/2025", 4, "x"]], "form.csv"),
    ("other", [["Asset tag", "Type", "Returned on", "Condition"], ["H-1", "Headset", "31/03/2025", "ok"]], "assets.xlsx"),
])
def test_table_is_told_by_what_stands_over_its_columns(sheet, wanted, rows, name):
    assert kind(sheet(rows, name)).value == wanted


@pytest.mark.parametrize(("trails", "subject", "text"), [
    ("interaction dispute", "Ihr Brief", "Die Forderung bestreiten wir, die Vertragsstrafe ist unberechtigt."),
    ("interaction billing", "", "Bonjour, la facture de mai n'est pas réglée, le virement est parti hier. Merci"),
    ("interaction feedback", "numbers", "AHT is up, abandon too and the forecast was off. Service level 71 yesterday."),
    ("interaction contractual", "fin de contrat", "Le dernier jour est le 31 mai, la restitution suit."),
    ("interaction", "Friday", "Cake in the kitchen at four."),
])
def test_mail_belongs_to_the_trails_of_which_it_speaks(mail, trails, subject, text):
    assert {t.value for t in record_types(mail(text, subject=subject), "email")} == set(trails.split())


def test_chat_with_a_rating_is_feedback(paper):
    doc = paper("visitor: it broke\nagent: sorry\n\nrating.score: 1\nrating.comment: no", format="chat-json")
    assert "feedback" in {t.value for t in record_types(doc, "chat")}
