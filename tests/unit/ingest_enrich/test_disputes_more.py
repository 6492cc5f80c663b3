"""Set-offs, acceptances, refusals, offers told in notes, notices of default, proofs of debt and what is admitted: four languages, all texts invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.dispute_acts import dispute_acts


def acts_of(doc, kind, language=None):
    return [json.loads(f.value) for f in dispute_acts(doc, kind, (), language) if f.name == "dispute_act"]


def brief(found):
    return [(a["kind"], a.get("amount")) for a in found]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Your offer of £4,000 is not accepted. We could live with £6,500.", [("rejection", "4000"), ("offer", "6500")]),
    ("We do not accept your proposal of $4,000. Without prejudice, we would take $6,500.", [("rejection", "4000"), ("offer", "6500")]),
    ("Ihren Vorschlag über 4.000 EUR nehmen wir nicht an. Ohne Anerkennung einer Rechtspflicht könnten wir mit 6.500 EUR leben.",
     [("rejection", "4000"), ("offer", "6500")]),
    ("Das Angebot von 4.000 EUR wird nicht angenommen. Vergleichsweise würden wir 6.500 EUR akzeptieren.", [("rejection", "4000"), ("offer", "6500")]),
    ("Nous n'acceptons pas votre offre de 4 000 €. Sans reconnaissance, nous accepterions 6 500 €.", [("rejection", "4000"), ("offer", "6500")]),
    ("No aceptamos su oferta de 4.000 EUR. Sin reconocimiento alguno, podríamos aceptar 6.500 EUR.", [("rejection", "4000"), ("offer", "6500")]),
    ("Let us split the difference: £5,250, and that closes it.", [("offer", "5250")]),
    ("Wir treffen uns in der Mitte bei 5.250 EUR, damit ist die Angelegenheit erledigt. Einverstanden?", [("offer", "5250")]),
    ("Coupons la poire en deux : 5 250 €, et nous pouvons clore le dossier.", [("offer", "5250")]),
    ("Podemos partir la diferencia: 5.250 EUR, y damos por cerrado el asunto.", [("offer", "5250")]),
])
def test_refusals_and_counter_offers_of_correspondents(mail, text, wanted):
    assert brief(acts_of(mail(text), "email")) == wanted


@pytest.mark.parametrize(("text", "amount"), [
    ("Agreed. Please issue the credit note for £5,250.00 and the matter is closed.", "5250.00"),
    ("Dear Ms Ward,\n\nwe agree. £5,250.00 by credit note, then.", "5250.00"),
    ("Sehr geehrter Herr Dr. Falk,\n\neinverstanden. Bitte senden Sie die Gutschrift über 5.250,00 EUR.", "5250.00"),
    ("Wir sind einverstanden. Die 5.250,00 EUR verrechnen Sie bitte.", "5250.00"),
    ("Madame,\n\nc'est d'accord. Merci d'émettre l'avoir de 5 250,00 €.", "5250.00"),
    ("Estimado señor Ruiz:\n\nConforme. Por favor emitan el abono de 5.250,00 EUR.", "5250.00"),
])
def test_sentence_that_only_says_yes_takes_the_sum_that_follows(mail, text, amount):
    assert brief(acts_of(mail(text), "email")) == [("settlement", amount)]


@pytest.mark.parametrize("text", [
    "Agreed? The credit note would be £5,250.00.",
    "Einverstanden? Dann 5.250,00 EUR.",
    "We do not agree. £5,250.00 is not what the contract says.",
    "Das Angebot über 4.000 EUR nehmen wir nicht an.",
    "We accept your offer of £5,250 if the tokens are returned.",
    "D'accord ? Ce serait 5 250 €.",
])
def test_question_condition_or_refusal_is_no_acceptance(mail, text):
    assert "settlement" not in [kind for kind, _ in brief(acts_of(mail(text), "email"))]


@pytest.mark.parametrize("text", [
    "1. The company claims USD 61,000.00 for the outage of May and sets it off.\n2. Invoice 4411 is disputed.",
    "We set USD 61,000.00 off against your invoices. The rest of the claim is disputed.",
    "Mit 61.000,00 USD rechnen wir auf. Ihre Forderung bestreiten wir im Übrigen.",
    "Nous compensons la somme de 61 000,00 USD. Votre demande est contestée pour le surplus.",
    "Compensamos 61.000,00 USD con sus facturas. Su reclamación la rechazamos en lo demás.",
])
def test_set_off_with_a_denial_is_a_claim_and_a_response(mail, text):
    assert sorted(brief(acts_of(mail(text), "email")), key=str) == [("claim", "61000.00"), ("response", None)]


@pytest.mark.parametrize("text", [
    "Fees are payable without set-off or deduction, USD 61,000.00 on the first of the month.",
    "There is no set-off. The USD 61,000.00 remain payable.",
    "Eine Aufrechnung mit 61.000,00 USD ist ausgeschlossen.",
    "No cabe compensación de los 61.000,00 USD.",
])
def test_words_against_a_set_off_are_no_claim(mail, text):
    assert "claim" not in [kind for kind, _ in brief(acts_of(mail(text), "email"))]


@pytest.mark.parametrize(("text", "by"), [
    ("Call note. I offered £4,000 as goodwill, to be set against the open invoice. He will write.", "provider"),
    ("Gesprächsnotiz. Habe im Auftrag von KM 4.000 EUR Kulanz angeboten. Er meldet sich.", "provider"),
    ("Wir haben 4.000 EUR angeboten, er will nachdenken.", "provider"),
    ("Note d'appel. J'ai proposé 4 000 € à titre commercial.", "provider"),
    ("Nota de la llamada. Hemos ofrecido 4.000 EUR.", "provider"),
    ("She offered £4,000 if we drop the rest.", "client"),
    ("Er hat 4.000 EUR angeboten, wenn wir den Rest fallen lassen.", "client"),
    ("Le client a proposé 4 000 €.", "client"),
])
def test_offer_told_in_a_note_is_whose_it_is_said_to_be(paper, text, by):
    assert [(a["kind"], a["amount"], a["by"]) for a in acts_of(paper(text), "call_note")] == [("offer", "4000", by)]


def test_note_that_tells_of_no_offer_has_none(paper):
    assert acts_of(paper("Call note. The invoice of £4,000 was discussed, he offered a coffee next time."), "call_note") == []
    assert acts_of(paper("The discount of 4.000 EUR was offered by nobody we know."), "call_note") == []


@pytest.mark.parametrize("text", [
    "Payment default notice\nThe following amounts are overdue. If EUR 72,300.00 is not paid in full within ten Business Days we may terminate.",
    "Notice of default\nUnless EUR 72,300.00 is received by 4 May the agreement ends.",
    "Mahnung und Kündigungsandrohung, Zahlungsverzug\nSollte der Betrag von 72.300,00 EUR nicht bis zum 4. Mai eingehen, kündigen wir.",
    "Mise en demeure, impayés\nÀ défaut de paiement de la somme de 72 300,00 € sous dix jours, le contrat sera résilié.",
    "Requerimiento por impago\nDe no abonarse 72.300,00 EUR en diez días, resolveremos el contrato.",
])
def test_notice_of_default_demands_what_it_makes_a_condition(paper, text):
    assert brief(acts_of(paper(text), "notice")) == [("claim", "72300.00")]


@pytest.mark.parametrize("text", [
    "Notice of default\nInvoice  Due  Overdue\nA-1  41,000.00  41,000.00\nA-2  31,300.00  31,300.00\nTotal  72,300.00\nIf this amount is not paid "
    "within ten days "
    "we may terminate.",
    "Zahlungsverzug\nA-1 41.000,00\nA-2 31.300,00\nGesamtbetrag 72.300,00\nWird dieser Betrag nicht bis zum 4. Mai gezahlt, kündigen wir.",
    "Mise en demeure\nA-1 41 000,00\nA-2 31 300,00\nMontant total 72 300,00\nSi cette somme n'est pas réglée sous dix jours, le contrat sera résilié.",
    "Requerimiento por impago\nA-1 41.000,00\nA-2 31.300,00\nTotal pendiente 72.300,00\nSi no se abona dicha cantidad en diez días, resolveremos el "
    "contrato.",
])
def test_notice_of_default_that_speaks_of_this_amount_demands_the_total_above(paper, text):
    assert brief(acts_of(paper(text), "notice")) == [("claim", "72300.00")]


def test_notice_of_termination_that_recalls_an_unpaid_sum_demands_nothing(paper):
    text = "Notice of termination for default\nThe amount of EUR 72,300.00 was not paid within ten Business Days. The agreement ends on 3 June 2024."
    assert acts_of(paper(text), "notice") == []


@pytest.mark.parametrize(("text", "amount", "day"), [
    ("PROOF OF DEBT (GENERAL FORM)\nIn the matter of Maison Tilleul inc. (in liquidation)\nDate of claim: 3 March 2024\nCharges 61,200.00\nInterest "
     "812.40\n"
     "Total claimed 62,012.40\nSigned: A. Reed, for the creditor, 9 April 2024", "62012.40", "2024-04-09"),
    ("Proof of Claim\nOfficial Form 410\nAmount of claim\n$62,012.40\nDate of petition: March 3, 2024\nSigned April 9, 2024", "62012.40", "2024-04-09"),
    ("Forderungsanmeldung im Insolvenzverfahren\nSchuldnerin: Maison Tilleul inc.\nHauptforderung 61.200,00 EUR\nZinsen 812,40 EUR\nSumme der "
     "Forderungen 62.012,40 EUR\n"
     "Unterschrift: A. Reed, 9. April 2024", "62012.40", "2024-04-09"),
    ("Déclaration de créance\nDébiteur : Maison Tilleul inc.\nPrincipal 61 200,00 €\nIntérêts 812,40 €\nTotal déclaré 62 012,40 €\nFait à Lyon, le "
     "9 avril 2024", "62012.40", "2024-04-09"),
    ("Comunicación de créditos\nDeudor: Maison Tilleul inc.\nPrincipal 61.200,00 EUR\nIntereses 812,40 EUR\nTotal 62.012,40 EUR\nFirmado: A. Reed, "
     "9 de abril de 2024",
     "62012.40", "2024-04-09"),
])
def test_proof_of_debt_claims_its_total_on_the_day_it_was_signed(paper, text, amount, day):
    (told,) = acts_of(paper(text), "claim")
    assert (told["kind"], told["amount"], told.get("day")) == ("claim", amount, day)


@pytest.mark.parametrize("text", [
    "NORTH QUAY ADVISORY\n12 June 2024\nMaison Tilleul inc. (in liquidation) - adjudication of proof of debt\nClaimed 62,012.40\nLess credit "
     "-5,000.00\nAdmitted 57,012.40\n"
    "You may appeal within 21 days.\nLiquidator",
    "Notice of admission\nIn the matter of Maison Tilleul inc., in administration\nYour proof is admitted for EUR 57,012.40 as an unsecured "
     "claim.\nThe Administrators",
    "Auszug aus der Insolvenztabelle\nInsolvenzverfahren über das Vermögen der Maison Tilleul inc.\nAngemeldete Forderung 62.012,40 EUR\n"
     "Festgestellter Betrag 57.012,40 EUR\n"
    "Der Insolvenzverwalter",
    "Avis d'admission de créance\nProcédure de liquidation judiciaire de Maison Tilleul inc.\nCréance déclarée 62 012,40 €\nCréance admise 57 "
     "012,40 €\nLe mandataire judiciaire",
    "Lista de acreedores\nConcurso de Maison Tilleul inc.\nCrédito comunicado 62.012,40 EUR\nCrédito reconocido 57.012,40 EUR\nEl administrador concursal",
])
@pytest.mark.parametrize("kind", ["other", "legal_letter"])
def test_admission_of_a_proof_is_a_ruling_for_the_sum_admitted(paper, text, kind):
    (told,) = [a for a in acts_of(paper(text), kind) if a["kind"] == "ruling"]
    assert (told["amount"], told["by"], told["forum"]) == ("57012.40", "third_party", "admission")


def test_circular_of_a_liquidator_decides_nothing(paper):
    text = ("Notice to creditors\nMaison Tilleul inc. (in liquidation)\nProofs of debt have to reach the liquidator by 9 April 2024. "
            "Fees of EUR 57,012.40 were admitted to bail.")
    assert "ruling" not in [a["kind"] for a in acts_of(paper(text), "legal_letter")]


@pytest.mark.parametrize("text", [
    "Ihre Forderung weisen wir zurück. Ein Verschulden liegt nicht vor.",
    "We reject your claim. The tapes were encrypted.",
    "Nous contestons votre demande. Aucune faute n'est établie.",
    "Rechazamos su reclamación por improcedente.",
])
def test_letter_that_denies_a_claim_answers_it_without_any_sum(paper, text):
    assert brief(acts_of(paper(text), "legal_letter")) == [("response", None)]


@pytest.mark.parametrize("text", [
    "We pay the £900.00 under protest and reserve all rights.",
    "Die 900,00 EUR zahlen wir unter Vorbehalt.",
    "Nous réglons les 900,00 € sous réserve.",
    "Pagamos los 900,00 EUR bajo protesta.",
])
def test_payment_under_reservation_keeps_the_dispute_alive(mail, text):
    assert brief(acts_of(mail(text), "email")) == [("response", None)]
