"""Contracts in forms that carry no plain sign, and papers that only speak of one; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.contract_forms import contract_form
from ingest.enrich.kinds import kind

CONTRACTS = [
    "Exhibit 10.7 JOINT FILING AGREEMENT The undersigned hereby agree that the statement on Schedule 13D shall be filed on behalf of each of them.",
    "Exhibit 4.2\n\n40,000 Shares\n\nHELLEBORE BANCORP, INC.\n\n AGENCY AGREEMENT\n\n June 2, 2011\n\nLadies and Gentlemen:\n\nHellebore Bancorp, Inc. (the "
    "\"Company\") and Hellebore Savings Bank (the \"Bank\") confirm as follows. This Agreement shall bind successors and assigns.",
    "Exhibit 10.31 Cooperation Contract of a Wind Park in Lower Ashby Party A: Council of Lower Ashby. Party B: Breeze Ltd. Party A welcomes the investment.",
    "Exhibit 10.2 Partner Programme General Terms and Conditions\nThese General Terms and Conditions apply to owners of sites who wish to take part.",
    "WITNESSETH that the parties agree.\n\nLICENSE\n\nNOW, THEREFORE, the licensor grants a right by and between the two.",
    "Anlage 3.1 Wartungsvertrag v2.0\n\nDer Auftraggeber betreibt Anlagen; der Auftragnehmer wird verpflichtet, diese zu warten. Präambel",
    "ANNEXE 4.1 : Contrat de maintenance no. 7\n\nEntre les soussignées, la société A et la société B, il a été exposé ce qui suit.",
    "ANEXO 2.1 Contrato marco n.o 9\n\nREUNIDOS de una parte A y de otra B, EXPONEN que las partes acuerdan lo siguiente.",
]
OTHERS = [
    "Harrow Bancorp Enters Into Outsourcing Agreement\nHarrow Bancorp announced today that it has entered into an agreement by and between it and Lumo Inc.",
    "Notes on the lease\n\nWe looked at the lease again. It seems fine, and nothing has to be done before the summer.",
    "Exhibit 7.1 Price list for the service agreement\n\nDesk 4.00\nChair 2.00",
    "Minutes of the board\n\nMaster Services Agreement\n\nThe agreement by and between us and Orso was discussed.",
    "Summary of the licence\n\nLicence\n\nThe licence was made by and between A and B and runs three years.",
    "Zusammenfassung Wartungsvertrag\n\nWartungsvertrag\n\nDer Auftraggeber und der Auftragnehmer vereinbaren folgendes.",
    "Compte-rendu\n\nContrat de maintenance\n\nLes parties conviennent de se revoir.",
    "WHEREAS the board met and WHEREAS the plan was read, NOW, THEREFORE, BE IT RESOLVED that the plan is adopted.",
]
LETTERS = [
    "Dear Ms Orr,\n\nMaster Services Agreement\n\nThe agreement by and between us ends in May. Please tell us what you need.\n\nYours sincerely\nA. Lind",
    "Dear Sirs\nWe refer to the lease by and between you and us. In consideration of the premises we wait for your answer.\nYours faithfully",
    "Sehr geehrte Frau Lind,\n\nWartungsvertrag\n\nder Auftraggeber und der Auftragnehmer vereinbaren folgendes Treffen.\n\nMit freundlichen Grüßen",
    "Madame,\n\nContrat de maintenance\n\nles parties conviennent de se voir.\n\nCordialement",
    "Muy señores nuestros:\n\nContrato marco\n\nlas partes acuerdan verse.\n\nAtentamente",
]


@pytest.mark.parametrize("text", CONTRACTS)
def test_paper_with_a_title_and_words_that_bind_is_a_contract(paper, text):
    assert kind(paper(text, name="scan.txt")).value == "contract"


@pytest.mark.parametrize("text", CONTRACTS[:4])
def test_contract_form_cites_its_title(paper, text):
    doc = paper(text)
    found = contract_form(doc)
    assert found is not None and found.passage is not None
    assert text[found.passage.start:found.passage.end] == found.passage.quote
    assert "title: " in found.basis and "head: " in found.basis


@pytest.mark.parametrize("text", OTHERS + LETTERS)
def test_paper_that_only_speaks_of_a_contract_has_no_form_of_one(paper, text):
    assert contract_form(paper(text)) is None


@pytest.mark.parametrize("text", LETTERS)
def test_letter_about_an_agreement_stays_a_letter(paper, text):
    assert kind(paper(text, name="scan.txt")).value == "legal_letter"


def test_salutation_in_an_attachment_makes_no_letter_of_a_contract(paper):
    text = CONTRACTS[0].replace("JOINT FILING", "v1.0: AGENCY") + "\n" + "The agency sells. " * 300 + "\nDear Sir\nwe appoint you.\nYours sincerely\n"
    assert kind(paper(text, name="scan.txt")).value == "contract"


def test_mail_about_an_agreement_stays_a_mail(mail):
    text = "Exhibit 10.1 Service Agreement\n\nThe undersigned hereby agree that the statement is filed. NOW, THEREFORE we wait."
    assert kind(mail(text, subject="agreement")).value == "email"
