"""Kinds by what a paper does, in four languages; record types; automatic mails."""
from __future__ import annotations

import pytest

from archive.model.extracted import Segment
from ingest.enrich.automatic import is_automatic
from ingest.enrich.kinds import kind
from ingest.enrich.record_types import record_types

PAPERS = [
    ("contract", "Master Services Agreement\nbetween A Ltd and B Ltd\n1. Term. The initial term is one year.\nThis Agreement is "
                 "governed by the law of England."),
    ("contract", "Rahmenvertrag\nzwischen A GmbH und B AG\n§ 1 Gegenstand\n§ 20 Es gilt deutsches Recht."),
    ("contract", "Contrat de prestation\nentre A SARL et B SA\nArticle 1. Le contrat est régi par le droit français."),
    ("contract", "Contrato de servicios\nentre A SL y B SA\nCláusula 1. Se rige por la ley española."),
    ("amendment", "Amendment No. 2\nto the Master Services Agreement dated 1 May 2020\nbetween A Ltd and B Ltd"),
    ("amendment", "1. Nachtrag\nzum Rahmenvertrag vom 1. Mai 2020"),
    ("amendment", "Avenant n° 1\nau contrat du 1er mai 2020"),
    ("amendment", "Order Form 12-B\nThis order form replaces the commercial terms of order form 12."),
    ("sow", "Statement of Work No. 3\nunder the Master Services Agreement of 1 May 2020"),
    ("sow", "Leistungsschein 2\nzum Rahmenvertrag"),
    ("notice", "A Ltd\nDear Sirs\nMaster Services Agreement - notice\nWe hereby give you notice that we terminate the Agreement on 30 "
               "June 2025.\nYours faithfully"),
    ("notice", "A GmbH\nKündigung des Rahmenvertrags\nSehr geehrte Damen und Herren,\nhiermit kündigen wir den Vertrag fristgerecht "
               "zum 30. Juni 2025.\nMit freundlichen Grüßen"),
    ("notice", "Avis de résiliation\nBonjour,\nPar la présente, nous mettons fin au contrat le 30 juin 2025."),
    ("notice", "Estimados señores:\nPor la presente les notificamos la resolución del contrato con efecto el 30 de junio de "
               "2025.\nAtentamente"),
    ("notice", "Re: Notice of Default under Section 9\nDear Ms. Roe:\nThis letter is a notice of default. $5,000.00 is unpaid."),
    ("legal_letter", "A Inc.\nRe: Purported termination\nDear Ms. Roe:\nYour letter dated 7 April reached us. We dispute it.\nSincerely"),
    ("legal_letter", "A Inc.\nChange to your monthly fee\nDear Ms. Roe,\nYour fee will change to $5.00 on 1 June.\nThank you"),
    ("claim", "Demand for payment\nDear Sirs\nWe claim from you £5,000.00, payable within 14 days.\nYours faithfully"),
    ("claim", "DEMAND FOR ARBITRATION\nA Inc., Claimant\n1. Claimant demands arbitration.\n3. Claimant seeks $100,000.00"),
    ("counterclaim", "ANSWER AND COUNTERCLAIM\n3. Respondent counterclaims $700.00"),
    ("settlement", "Settlement Agreement\nDated 1 May 2025\n2.1 A shall pay B £5,000.00 in full and final settlement."),
    ("settlement", "Vergleichsvereinbarung\nzwischen A und B\n1. A zahlt 5.000,00 EUR."),
    ("invoice", "INVOICE\nX-1\nTo: A Ltd\nDate: 1 May 2025\nTotal 50.00"), ("invoice", "Rechnung Nr. 5\nUSt-IdNr. DE1\nGesamtbetrag "
                                                                                       "50,00 EUR"),
    ("credit_note", "CREDIT NOTE\nCN-1\nTo: A Ltd\nCredit of invoice X-1\nTotal 50.00"), ("credit_note",
        "Gutschrift\nzu Rechnung 5\nGesamtbetrag 50,00 EUR"),
    ("review", "Quarterly business review\n1 May 2025\nNPS +5 (target 10)"), ("review", "Revue trimestrielle\nPrésents : A, B"),
    ("call_note", "File note\n1 May 2025\nSpoke to T. about the headsets."), ("call_note", "Telefonnotiz\n1. Mai 2025\nHerr A. hat "
                                                                                           "angerufen."),
    ("meeting_note", "Minutes of the weekly meeting\nAttendees: A, B\n1. Headsets"),
    ("other", "Canteen\nMonday soup"),
    ("other", "INTERIM AWARD\nThe Arbitrator finds that the Agreement was terminated for cause and that $5 is due."),
]


@pytest.mark.parametrize(("wanted", "text"), PAPERS)
def test_paper_has_the_kind_of_what_it_does(paper, wanted, text):
    assert kind(paper(text)).value == wanted


def test_kind_says_which_signs_decided(paper):
    found = kind(paper("Rechnung Nr. 5\nGesamtbetrag 50,00 EUR"))
    assert "title: rechnung" in found.basis
    assert found.passage is not None
    assert found.passage.quote == "Rechnung"


MAILS = [
    ("email", "lunch", "shall we?"),
    ("notice", "Notice of termination - Agreement 12", "Please find attached our notice of termination."),
    ("notice", "Kündigung Rahmenvertrag", "anbei unsere Kündigung. Hiermit kündigen wir den Vertrag zum 30. Juni."),
    ("email", "RE: Notice of termination - Agreement 12", "I acknowledge your letter."),
    ("email", "Retrait de notre avis de résiliation", "Nous retirons notre avis."),
    ("email", "FINAL NOTICE: your storage", "Pay $49.00 by gift card or your mailbox will be terminated."),
    ("claim", "Invoice 5 disputed", "We dispute 5 hours on invoice 5, $120.00. Please credit them."),
    ("email", "WITHOUT PREJUDICE - offer", "We would pay £5,000 in full settlement of everything."),
    ("settlement", "Re: Invoice 5 disputed", "Agreed, 120.50 it is. That settles it."),
    ("payment_advice", "Remittance advice 17", "We have today sent to your account GBP 50.00."),
    ("payment_advice", "AW: doppelte Zahlung", "Die Rückzahlung von 50,00 EUR wurde heute angewiesen."),
    ("email", "RE: Remittance advice 17", "We see 40.00 only. When is the rest coming?"),
]


@pytest.mark.parametrize(("wanted", "subject", "text"), MAILS)
def test_mail_is_a_mail_unless_its_text_does_something_else(mail, wanted, subject, text):
    assert kind(mail(text, subject=subject)).value == wanted


def test_quoted_notice_does_not_make_its_answer_a_notice(mail):
    text = "Thanks, received.\nWe hereby give you notice that we terminate the Agreement."
    assert kind(mail(text, subject="Re: notice of termination", segments=(Segment("new", 0, 17), Segment(
        "quoted", 18, len(text))))).value == "email"


@pytest.mark.parametrize(("wanted", "head", "line"), [
    ("ledger", ["Date", "Type", "Debit", "Credit", "Balance"], ["2024-01-31", "Invoice", 5, None, 5]),
    ("ledger", ["Datum", "Belegart", "Soll", "Haben", "Saldo"], ["31.01.2024", "Rechnung", 5, None, 5]),
    ("survey", ["response_id", "received", "csat", "comment"], ["1", "2024-01-31", 5, "ok"]),
    ("survey", ["Bogen", "Datum", "Bewertung", "Kommentar"], ["1", "31.01.2024", 5, "gut"]),
    ("sla_report", ["Month", "Offered", "Answered", "Target"], ["Jan 2024", 5, 4, 0.8]),
    ("other", ["Name", "Phone"], ["A", "1"]),
])
def test_table_has_the_kind_of_its_columns(sheet, wanted, head, line):
    assert kind(sheet([head, line])).value == wanted


def test_messages_with_times_are_a_chat_and_utterances_a_call(paper):
    chat = paper("a\nb", format="slack", segments=(Segment("turn", 0, 1, "A", "2024-01-01T10:00:00Z"), Segment(
        "turn", 2, 3, "B", "2024-01-01T10:00:01Z")))
    call = paper("a\nb", format="vtt", segments=(Segment("turn", 0, 1, "A", "00:00:01.000"),))
    assert (kind(chat).value, kind(call).value) == ("chat", "call_transcript")


def test_messenger_export_that_no_reader_took_apart_is_a_chat(paper):
    text = "14/11/2024, 20:02 - Ann: hello\n14/11/2024, 20:03 - Bo: hi\n15/11/2024, 08:00 - Ann: bye\n"
    assert kind(paper(text, name="chat.txt", format="txt")).value == "chat"


def test_json_with_utterances_is_a_call_and_other_data_is_none(paper):
    call = '{"call_id": 7, "turns": [{"t": 1, "ch": "a", "text": "hi"}, {"t": 2, "ch": "b", "text": "ho"}]}'
    assert kind(paper(call, name="x.json", format="json")).value == "call_transcript"
    assert kind(paper('{"a": 1}', name="x.json", format="json")).value == "other"


def test_item_without_text_is_other_unless_its_name_is_plain(paper):
    assert kind(paper("", name="image001.png", format="png")).value == "other"
    assert kind(paper("", name="Notice of termination signed.tif", format="tiff")).value == "notice"


def types(doc) -> list[str]:
    return [t.value for t in record_types(doc, kind(doc).value)]


def test_record_types_follow_the_kind_and_what_is_said(mail, paper):
    assert types(mail("see you at noon", subject="lunch")) == ["interaction"]
    assert types(mail("Invoice 17 is still unpaid", subject="Invoice INV-17 overdue")) == ["interaction", "billing"]
    assert types(mail("Please find attached our notice of termination.", subject="Notice of termination")) == ["contractual", "interaction"]
    assert types(paper("Settlement Agreement\n2.1 A shall pay B £5.00")) == ["contractual", "dispute"]
    assert types(paper("Master Services Agreement\n1. The initial term. Disputes go to arbitration. Invoices are due in 30 days.")) == [
        "contractual"]
    assert types(paper("INVOICE\nEarly termination fee, clause 9\nTotal 5.00")) == ["dispute", "billing"]


def test_automatic_mail_is_an_interaction_and_an_automatic_advice_is_not(mail):
    reply = mail("I am away. Your statement of account will be answered later.", subject="Automatic reply: statement of account")
    assert types(reply) == ["interaction"]
    advice = mail("We have today sent to your account GBP 5.00. This is an automatic message.", subject="Remittance advice 4")
    assert types(advice) == ["billing"]


def test_automatic_is_told_by_headers_before_words(mail):
    assert is_automatic(mail("hi", headers=(("Auto-Submitted", "auto-replied"),)))
    assert not is_automatic(mail("hi", headers=(("Auto-Submitted", "no"),)))
    assert is_automatic(mail("hi", sender="mailer-daemon@mx.example"))
