"""To which trails mails and papers belong by why they were written; what attachments and mails give one another; all texts invented."""
from __future__ import annotations

import pytest

from archive.model.extracted import Participant, Segment
from ingest.enrich.automatic import is_automatic
from ingest.enrich.clients import concerned, evidence
from ingest.enrich.doc import Doc
from ingest.enrich.kinds import kind
from ingest.enrich.record_types import record_types
from ingest.enrich.sentiment import sentiment
from ingest.given import Given

MAILS = [
    ("contractual dispute interaction", "RE: Notice of non-renewal",
     "Dear Mr Lane\n\nYour notice reached us on 4 April. Ninety days from 4 April is 3 July, so the agreement does not end in "
     "June.\n\nYours sincerely"),
    ("billing interaction", "March invoice",
     "Hi, could you resend invoice 4471? We can't find it."),
    ("interaction", "Tuesday call",
     "Can we move the call to 3 pm? Rota attached."),
    ("billing dispute interaction", "Invoice 4471",
     "We never ordered weekend cover, please cancel invoice 4471 or issue a credit note. We do not accept it."),
    ("dispute interaction", "WITHOUT PREJUDICE",
     "Without prejudice. My client would pay 40,000 to close the matter."),
    ("contractual interaction", "Notice period",
     "Could you tell me the notice period under clause 12 and to which address a termination has to go?"),
    ("feedback interaction", "CSAT in May",
     "Service level was 71% against 80, CSAT 3.9. We need to talk about it."),
    ("contractual interaction", "Rückgabe Hardware",
     "Die 20 Laptops und Token wurden gestern übergeben, das Übergabeprotokoll liegt bei. Die Löschbestätigung folgt nach "
     "Vertragsende."),
    ("billing interaction", "Zahlungserinnerung RE-2024-77",
     "Sehr geehrte Damen und Herren,\n\ndie Rechnung RE-2024-77 über 4.000,00 EUR ist seit 14 Tagen fällig."),
    ("billing dispute interaction", "Facture 2024-88 contestée",
     "Bonjour,\n\nNous contestons la facture 2024-88, les heures n'ont pas été commandées."),
    ("interaction", "Formation de mardi",
     "Bonjour, la formation est à 10 h en salle B."),
    ("contractual interaction", "Preaviso",
     "Buenos días, ¿cuál es el preaviso para la no renovación del contrato y cuándo es la fecha de fin?"),
]
PAPERS = [
    ("contractual dispute",
     "Harbour Pine Furniture Limited\n4 May 2024\nDear Mr Lane\nYour notice of termination\nYour notice of 2 May states 31 May as "
     "the end. Clause 14 requires ninety days. The earliest date on which the Agreement can end is 31 July 2024.\nYours "
     "faithfully\nA. Roe"),
    ("dispute",
     "Harbour Pine Furniture Limited\n4 May 2024\nDear Mr Lane\nYour letter of 1 May\nWe do not accept that GBP 40,000.00 or any "
     "sum is due. The clause is a penalty.\nYours faithfully\nA. Roe"),
    ("billing contractual",
     "Corvus Ltd\n4 May 2024\nDear Ms Roe\nPrice adjustment\nFrom 1 July your monthly fee will increase from GBP 4,000 to GBP "
     "4,200 under clause 7.\nYours sincerely"),
    ("contractual",
     "PROOF OF DELIVERY\nConsignment 555\nSigned by R. Shaw 4 May 2024 10:12\nContents: documents"),
    ("contractual",
     "Certificate of Destruction\nWe certify that all records of Harbour Pine were erased on 4 May 2024."),
    ("contractual",
     "Übergabeprotokoll\n1. Schlüssel übergeben\n2. Token übergeben\nBremen, 04.05.2024"),
    ("dispute",
     "IN THE MATTER OF AN ARBITRATION\nFINAL AWARD\n1. The respondent shall pay USD 40,000.00 to the claimant.\nDated 4 May 2024"),
    ("billing",
     "Schlussabrechnung\nRahmenvertrag RV-77\nRE-1 4.000,00 EUR\nGesamt 4.000,00 EUR"),
    ("contractual dispute",
     "Harbour Pine Furniture Limited\n4 May 2024\nNotice of termination for cause\nDear Sirs\nYou failed to cure the breach. We "
     "hereby terminate the Agreement with immediate effect.\nYours faithfully"),
    ("contractual",
     "Harbour Pine Furniture Limited\n4 May 2024\nNotice of termination\nDear Sirs\nWe hereby give notice under clause 22 that we "
     "terminate the Agreement on 31 August 2024.\nYours faithfully"),
    ("billing contractual dispute",
     "Corvus Ltd\n4 May 2024\nNotice of default\nDear Sirs\nInvoices 1 and 2 (GBP 9,000.00) are overdue. Unless they are paid "
     "within ten days we may terminate the Agreement.\nYours faithfully"),
    ("billing dispute",
     "Corvus Ltd\n4 May 2024\nSettlement agreement of 2 January 2024 - notice of default\nDear Sirs\nThe second instalment of GBP "
     "9,000.00 was not paid.\nYours faithfully"),
    ("billing dispute",
     "INVOICE 77\nEarly termination fee per clause 18\nTotal 40,000.00"),
    ("billing",
     "INVOICE 78\nServices May\nTotal 4,000.00"),
    ("billing dispute",
     "GUTSCHRIFT 9\nStorno der bestrittenen Stunden, RE-5\nGesamt 400,00 EUR"),
    ("billing dispute",
     "PROOF OF DEBT\nIn the matter of Harbour Pine Furniture Limited (in liquidation)\nCreditor: Corvus Ltd\nCharges "
     "40,000.00\nTotal claimed 40,000.00"),
    ("contractual dispute",
     "Settlement Agreement\nbetween Corvus Ltd and Harbour Pine Furniture Limited\n1. Harbour Pine shall pay GBP 40,000 in full "
     "and final settlement."),
]


def trails(doc):
    return {t.value for t in record_types(doc, kind(doc).value)}


@pytest.mark.parametrize(("wanted", "subject", "text"), MAILS)
def test_mail_belongs_to_the_trails_of_its_matter(mail, wanted, subject, text):
    assert trails(mail(text, subject=subject, sender="nora.fielding@harbourpine.example")) == set(wanted.split())


@pytest.mark.parametrize(("wanted", "text"), PAPERS)
def test_paper_belongs_to_the_trails_of_its_ground(paper, wanted, text):
    assert trails(paper(text)) == set(wanted.split())


def test_every_trail_that_rests_on_words_cites_them(paper):
    doc = paper(PAPERS[0][1])
    for found in record_types(doc, kind(doc).value):
        if found.passage is not None:
            assert doc.text[found.passage.start:found.passage.end] == found.passage.quote


def test_an_answer_to_who_contests_a_bill_is_part_of_the_dispute(mail):
    asked = "The rest of invoice 77, GBP 900.00, is still open. Please pay by Friday."
    text = f"{asked}\n\n> We cannot confirm your statement and never received the invoice."
    parts = (Segment("new", 0, len(asked)), Segment("quoted", len(asked) + 2, len(text)))
    assert "dispute" in trails(mail(text, subject="RE: your statement", segments=parts))
    assert "dispute" not in trails(mail(asked, subject="your statement"))


def test_a_suspension_is_no_dispute_by_itself(mail):
    text = "Dear Sirs\n\nGBP 900.00 is unpaid. Corvus will suspend the services from 4 May."
    assert trails(mail(text, subject="Suspension of services")) == {"contractual", "interaction"}


@pytest.mark.parametrize("text", ["Dear valued customer\n\nYour contract will be terminated.",
                                  "Sehr geehrte Mitglieder,\n\ndie Kündigungsfrist beträgt vier Wochen."])
def test_what_is_sent_to_many_is_an_interaction_only(mail, text):
    doc = mail(text)
    assert is_automatic(doc)
    assert trails(doc) == {"interaction"}


def in_folder(doc, path):
    return Doc(doc.extracted, doc.identified, Given(doc.given.name, path), doc.context)


def test_a_folder_of_words_of_one_name_names_its_client(paper):
    assert concerned(evidence(in_folder(paper("Minutes"), "files/harbour-furniture/minutes.pdf"))) == ("C-1",)
    assert concerned(evidence(in_folder(paper("Minutes"), "files/harbour-lights/minutes.pdf"))) == ()


def test_a_folder_counts_little_where_the_item_shows_another_client(mail):
    found = concerned(evidence(in_folder(mail("For RV-2019-55."), "files/harbour pine/a.eml")))
    assert found == ("C-2",)


def test_side_files_of_an_export_have_no_client_by_their_folder(paper):
    doc = paper("id: U1\nname: kim", name="users.json", format="json")
    assert concerned(evidence(in_folder(doc, "files/harbour pine/users.json"))) == ()


def test_the_last_word_of_a_name_is_known_alone_and_needs_company(paper):
    once, often = paper("The Tilleul line is open."), paper("Tilleul: forecast. Tilleul: staff. Tilleul: phones.")
    assert evidence(once)[0].client_id == "C-3"
    assert concerned(evidence(often)) == ("C-3",)


def test_a_name_in_subject_and_text_is_what_the_mail_is_about(mail):
    doc = mail("Nordlöwe wants the form.", subject="FW: form, Nordlöwe")
    assert concerned(evidence(doc)) == ("C-2",)
    assert concerned(evidence(mail("Nordlöwe wants the form.", subject="FW: form"))) == ()


def test_what_a_speaker_is_called_in_the_directory_makes_him_the_clients(paper):
    text = "[00:00:01] Kim Lane: this is terrible, awful\n[00:00:05] Nora Fielding: great, wonderful, thank you so much\n"
    cut = text.index("\n") + 1
    turns = (Segment("turn", 0, cut - 1, "Kim Lane", "00:00:01"), Segment("turn", cut, len(text) - 1, "Nora Fielding", "00:00:05"))
    doc = paper(text, name="call.vtt", format="vtt", segments=turns, participants=(
        Participant("speaker", "", "Kim Lane"), Participant("speaker", "", "Nora Fielding")))
    assert sentiment(doc, "call_transcript").value == "positive"
