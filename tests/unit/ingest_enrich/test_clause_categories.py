"""Eleven kinds of clauses of a contract as facts: in English by learned weights, in German, French and Spanish by rules; every passage stands in the text."""
from __future__ import annotations

import numpy as np
import pytest

from archive.model.fact import Fact
from ingest.enrich.clause_categories import CATEGORIES, clause_categories
from ingest.enrich.clause_model import FILE, MENTIONS, SENTENCES, score_mentions, score_sentences, weights
from ingest.enrich.clause_reading import read_clauses
from ingest.enrich.fold import fold

ENGLISH = """SUPPLY AND SUPPORT AGREEMENT

This Supply and Support Agreement (this "Agreement") is entered into as of March 3, 2014 (the "Effective Date") by and between Larkspur Optics, Inc., a
Delaware corporation ("Larkspur"), and Pinewater Clinics LLC, a Texas limited liability company ("Pinewater").

1. Services. Larkspur shall deliver the lenses listed in Exhibit A and shall support them during business hours.

2. Term. The initial term of this Agreement shall commence on the Effective Date and shall continue for a period of three (3) years thereafter (the
"Initial Term").

2.1 Renewal. This Agreement shall automatically renew for successive one (1) year periods unless either party gives the other written notice of its intention
not to renew at least ninety (90) days prior to the expiration of the then current term.

3. Payment. Pinewater shall pay each invoice within forty-five (45) days.

4. Termination. Pinewater may terminate this Agreement at any time, without cause, upon sixty (60) days' prior written notice to Larkspur.

4.1 Upon any expiration or termination of this Agreement, Larkspur shall continue to fill all orders accepted before the effective date of termination, and
Pinewater may sell its remaining inventory for a period of six (6) months.

4.2 If Pinewater terminates this Agreement before the end of the Initial Term, it shall pay Larkspur, as liquidated damages and not as a penalty, an early
termination fee equal to twenty percent (20%) of the fees for the remaining months.

5. Liability. IN NO EVENT SHALL EITHER PARTY BE LIABLE FOR ANY INDIRECT, INCIDENTAL OR CONSEQUENTIAL DAMAGES, AND THE TOTAL LIABILITY OF LARKSPUR UNDER THIS
AGREEMENT SHALL NOT EXCEED THE AMOUNTS PAID BY PINEWATER DURING THE PRECEDING TWELVE MONTHS.

6. Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of Oregon, without regard to its conflict of laws
principles.

IN WITNESS WHEREOF the parties have executed this Agreement.
"""


def named(found, name):
    return [f for f in found if f.name == name]


@pytest.fixture
def english(paper):
    doc = paper(ENGLISH)
    return doc, clause_categories(doc, "contract", "en", ())


@pytest.mark.parametrize(("name", "value", "unit", "words"), [
    ("agreement_date", "2014-03-03", "", "March 3, 2014"),
    ("effective_date", "2014-03-03", "", "March 3, 2014"),
    ("expiration_date", "2017-03-03", "", "three (3) years thereafter"),
    ("renewal_term", 12, "months", "automatically renew"),
    ("notice_period_to_terminate_renewal", 90, "calendar_days", "ninety (90) days prior"),
    ("termination_for_convenience", "yes", "", "without cause, upon sixty"),
    ("post_termination_services", "yes", "", "fill all orders"),
    ("cap_on_liability", "yes", "", "SHALL NOT EXCEED"),
    ("liquidated_damages", "yes", "", "liquidated damages"),
    ("governing_law", "Oregon", "", "State of Oregon"),
])
def test_contract_that_the_weights_never_saw_gives_each_category_with_its_words(english, name, value, unit, words):
    _, found = english
    assert any((f.value, f.unit) == (value, unit) and words in " ".join(f.passages[0].quote.split()) for f in named(found, name)), named(found, name)


def test_parties_are_named_once_with_what_the_paper_calls_them(english):
    _, found = english
    (parties,) = named(found, "parties")
    assert "Larkspur Optics, Inc." in parties.value and "Pinewater Clinics LLC" in parties.value
    assert {"Larkspur", "Pinewater"} <= {p.quote for p in parties.passages}


def test_every_passage_stands_in_the_text_and_every_fact_says_its_basis(english):
    doc, found = english
    for fact in found:
        assert fact.passages and fact.basis and 0 < fact.confidence <= 1
        assert all(doc.text[p.start:p.end] == p.quote != "" for p in fact.passages)


def test_reckoned_end_cites_the_day_it_was_reckoned_from(english):
    (end,) = named(english[1], "expiration_date")
    assert end.status == "derived" and any(p.quote == "March 3, 2014" for p in end.passages[1:])


def test_payment_and_delivery_clauses_are_of_no_category(english):
    quotes = " ".join(p.quote for f in english[1] for p in f.passages)
    assert "forty-five (45) days" not in quotes and "business hours" not in quotes


def test_same_text_gives_the_same_facts(paper, english):
    assert clause_categories(paper(ENGLISH), "contract", "en", ()) == english[1]


def test_facts_of_the_rules_that_are_no_category_stay_as_they_are(paper, english):
    doc, found = english
    own = Fact("contract_number", "X-1", (doc.passage(0, 6),), "number behind its label")
    assert set(clause_categories(doc, "contract", "en", (own,))) == {own, *found}


def test_paper_that_changes_another_keeps_what_the_rules_read_of_a_category(paper, english):
    doc, _ = english
    own = Fact("renewal_term", 24, (doc.passage(0, 6),), "renewal clause", "months")
    assert named(clause_categories(doc, "amendment", "en", (own,)), "renewal_term") == [own]


@pytest.mark.parametrize(("said", "stays"), [
    ("After that it renews for twelve months at a time.", True), ("The parties shall not delay and shall extend the date of delivery by two months.", False)])
def test_renewal_that_only_the_rules_read_stays_where_its_words_speak_of_one(paper, said, stays):
    doc = paper(f"An agreement about nothing else.\n\n{said}\n")
    at = doc.text.index(said)
    own = Fact("renewal_term", 12, (doc.passage(at, at + len(said)),), "renewal clause", "months")
    named_here = named(clause_categories(doc, "contract", "en", (own,)), "renewal_term")
    assert any(f.value == 12 for f in named_here) is stays


def test_end_one_day_before_the_one_read_here_is_that_of_the_rules(paper, english):
    doc, _ = english
    own = Fact("expiration_date", "2017-03-02", (doc.passage(0, 6),), "first day of the term and an initial term of 36 months", status="derived")
    (end,) = named(clause_categories(doc, "contract", "en", (own,)), "expiration_date")
    assert end.value == "2017-03-02" and "three (3) years" in " ".join(end.passages[0].quote.split())


@pytest.mark.parametrize("text", ["", "\n\n", "agreement", "x" * 5000 + " agreement", "agreement. " * 3000, "\u0130 agreement \ud7ff\n\n1.\n\n2.\n"])
def test_any_text_is_read_without_harm(paper, text):
    doc = paper(text)
    for fact in clause_categories(doc, "contract", "en", ()):
        assert all(doc.text[p.start:p.end] == p.quote for p in fact.passages)


@pytest.mark.parametrize(("language", "name", "text"), [
    ("de", "cap_on_liability", "Die Haftung des Auftragnehmers ist der Höhe nach auf die Vergütung eines Vertragsjahres begrenzt."),
    ("de", "liquidated_damages", "Für jeden Fall der Zuwiderhandlung ist eine Vertragsstrafe von 5.000 EUR zu zahlen."),
    ("de", "post_termination_services", "Nach Beendigung des Vertrages hat der Auftragnehmer alle Unterlagen herauszugeben."),
    ("fr", "cap_on_liability", "La responsabilité du Prestataire ne saurait excéder le montant des sommes payées au cours des douze derniers mois."),
    ("fr", "liquidated_damages", "En cas de retard, le Client paiera des pénalités de 2 % du prix par semaine entamée."),
    ("fr", "post_termination_services", "À l'expiration du contrat, le Prestataire s'engage à restituer l'ensemble des données du Client."),
    ("es", "cap_on_liability", "La responsabilidad total del Proveedor no excederá del importe pagado en los doce meses anteriores."),
    ("es", "liquidated_damages", "En caso de desistimiento anticipado se aplicará una penalización de dos mensualidades completas."),
    ("es", "post_termination_services", "Tras la terminación del contrato, el Proveedor devolverá todos los datos del Cliente en treinta días."),
])
def test_clause_in_another_language_is_found_by_the_words_drafters_use(paper, language, name, text):
    doc = paper(f"Vertrag – contrat – contrato\n\n{text}\n")
    (fact,) = named(clause_categories(doc, "contract", language, ()), name)
    assert fact.passages[0].quote == text


@pytest.mark.parametrize(("language", "text"), [
    ("de", "Die Haftung für Vorsatz richtet sich nach dem Gesetz, eine Vereinbarung wird hierzu nicht getroffen."),
    ("de", "Die Kündigung ist ohne Vertragsstrafe möglich und bedarf nur der Schriftform durch den Kunden."),
    ("fr", "Le Client peut résilier le contrat sans pénalité, sous réserve d'un préavis écrit de trente jours."),
    ("es", "El Cliente podrá resolver el contrato sin penalización alguna con un preaviso de treinta días."),
    ("it", "La responsabilità del fornitore è limitata al corrispettivo di dodici mesi del presente contratto."),
])
def test_clause_that_denies_or_is_of_another_matter_is_not_found(paper, language, text):
    assert clause_categories(paper(f"{text}\n"), "contract", language, ()) == ()


def test_weights_are_small_and_fit_the_features_and_the_categories():
    by_sentence, by_mention = weights()
    assert FILE.stat().st_size < 5_000_000
    assert by_sentence.hashed.dtype == np.int8 and np.all(by_sentence.first <= by_sentence.more) and np.all(by_mention.first <= by_mention.more)
    assert {*SENTENCES, *MENTIONS} == CATEGORIES


def test_paper_without_sentences_has_no_scores():
    assert score_sentences("", "", []).shape == (0, len(SENTENCES)) and score_mentions("", []).shape == (0, len(MENTIONS))
    assert read_clauses("", "") == {}


def test_longer_paper_around_a_clause_does_not_move_its_passage():
    filler = "\n\n".join(f"{n}. The parties shall meet every month to discuss the plan for item {n}." for n in range(10, 60))
    text = f"{ENGLISH}\n\n{filler}\n"
    found = read_clauses(text, fold(text))
    assert any("State of Oregon" in text[p.start:p.end] for p in found["governing_law"])
