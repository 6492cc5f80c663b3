"""Which client an item is about, by each sort of sign, and what does not count."""
from __future__ import annotations

import pytest

from archive.model.client import Client
from archive.model.extracted import Segment
from ingest.enrich.client_index import build, core
from ingest.enrich.clients import by_address, concerned, evidence
from ingest.given import Context, Given


@pytest.mark.parametrize(("text", "client"), [
    ("Invoice for account HPF-30551, due in May.", "C-1"),
    ("Invoice for account HPF30551, due in May.", "C-1"),
    ("under MSA-2020-0088 as amended", "C-1"),
    ("between us and HARBOUR PINE FURNITURE LTD (the Customer)", "C-1"),
    ("Harbour Pine's headsets came back", "C-1"),
    ("Please write to nora.fielding@harbourpine.example today", "C-1"),
    ("Vertrag mit der Nordloewe Versicherungs-AG", None),
    ("Vertrag mit der Nordloewe Versicherung AG", "C-2"),
    ("Vertrag mit der NORDLÖWE VERSICHERUNG AG", "C-2"),
    ("Herr Faehrmann, Jürgen hat angerufen; bitte Jurgen Faehrmann zurückrufen", "C-2"),
    ("Kundennummer 77-4410", "C-2"),
    ("bon de commande de Maison Tilleul Inc", "C-3"),
])
def test_client_is_recognised_in_a_text_by_its_names_and_numbers(paper, text, client):
    assert concerned(evidence(paper(text))) == ((client,) if client else ())


def test_evidence_in_a_text_cites_the_words(paper):
    doc = paper("Re: account HPF-30551\nThank you.")
    sign = next(e for e in evidence(doc) if e.identifier == "account number HPF-30551")
    assert sign.passage is not None
    assert sign.passage.quote == "HPF-30551" == doc.text[sign.passage.start:sign.passage.end]


@pytest.mark.parametrize("text", ["The 77 4410 people", "Tilleul Road is closed", "under the tilleul trees",
    "The pine harbour", "277-44101"])
def test_words_that_only_look_like_a_client_do_not_name_one(paper, text):
    assert concerned(evidence(paper(text))) == ()


def test_name_as_part_of_another_firm_is_weak(paper):
    assert concerned(evidence(paper("This is Tilleul Roofing and Gutters. We end the gutter contract."))) == ()


def test_sender_and_recipient_count_by_address_domain_and_subdomain(mail):
    assert concerned(evidence(mail("hi", to=("nora.fielding@harbourpine.example",)))) == ("C-1",)
    assert concerned(evidence(mail("hi", sender="x@mail.harbourpine.example"))) == ("C-1",)
    assert concerned(evidence(mail("hi", sender="x@notharbourpine.example"))) == ()


def test_domain_that_spells_a_name_counts_though_the_directory_lacks_it(mail):
    assert concerned(evidence(mail("hi", sender="julie@maisontilleul.example"))) == ("C-3",)


def test_passing_word_about_another_client_does_not_count(mail):
    doc = mail("We moved two people to the Tilleul queue.", sender="nora.fielding@harbourpine.example")
    assert concerned(evidence(doc)) == ("C-1",)


def test_two_clients_count_when_both_stand_in_the_subject(mail):
    doc = mail("3 people each", subject="roster Harbour Pine / Tilleul")
    assert set(concerned(evidence(doc))) == {"C-1", "C-3"}


def test_misfiled_paper_belongs_to_the_client_that_it_shows(paper):
    assert concerned(evidence(paper("Statement, account 77-4410", path="harbour-pine/letters/scan.pdf"))) == ("C-2",)


def test_paper_without_a_name_belongs_to_the_client_of_its_folder(paper):
    assert concerned(evidence(paper("Last shift notes", path="harbour-pine/calls/notes.txt"))) == ("C-1",)


def test_number_in_the_file_name_counts(paper):
    assert concerned(evidence(paper("x", name="HPF-30551 ledger.xlsx"))) == ("C-1",)


def test_quoted_words_count_less_than_own_words(mail):
    text = "Hello Harbour Pine\nHarbour Pine"
    own = evidence(mail("Harbour Pine"))[0].strength
    quoted = evidence(mail(text[18:], segments=(Segment("quoted", 0, 13),)))
    assert own > max(e.strength for e in quoted if e.identifier.startswith("name"))


def test_given_client_is_certain(paper, context):
    from ingest.enrich.doc import Doc
    doc = paper("nothing here")
    given = Doc(doc.extracted, doc.identified, Given("a", "a", client_given="C-2"), context)
    assert [(e.client_id, e.strength) for e in evidence(given)] == [("C-2", 1.0)]


def test_name_that_two_clients_share_names_neither_alone():
    index = build((Client("A", "Twin Oaks Ltd"), Client("B", "Twin Oaks GmbH")))
    assert {k.client_id: k.strength for k, _, _ in index.matches(["twin", "oaks"])} == {"A": 0.4, "B": 0.4}


def test_longest_name_wins_at_a_place():
    index = build((Client("A", "Alder Ltd"), Client("B", "Alder Wood Homes Ltd")))
    assert {k.client_id for k, _, _ in index.matches(["alder", "wood", "homes"])} == {"B"}


def test_core_of_a_name_is_without_its_form():
    assert core("Tern & Lowe Pte Ltd") == ["tern", "lowe"]
    assert core("Ligne S.A.") == ["ligne"]


def test_empty_directory_gives_no_evidence(paper):
    from ingest.enrich.doc import Doc
    doc = paper("Harbour Pine")
    assert evidence(Doc(doc.extracted, doc.identified, doc.given, Context())) == ()


def test_address_of_nobody_is_no_client(context):
    assert by_address(build(context.clients), "somebody@elsewhere.example") is None
