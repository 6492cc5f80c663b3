"""Forms of Indian, Mexican and American drafters, and their like in German and French; all invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.amounts import amounts
from ingest.enrich.assertions import assertions
from ingest.enrich.clauses import clauses
from ingest.enrich.contract_terms import contract_terms
from ingest.enrich.dates import document_date
from ingest.enrich.dispute_acts import dispute_acts
from ingest.enrich.figures import figures
from ingest.enrich.kinds import kind
from ingest.enrich.notice_rules import notice_rules
from ingest.enrich.notices import notices
from ingest.enrich.privilege import privileged
from ingest.enrich.sentiment import sentiment
from ingest.enrich.speaker import client_names
from ingest.extract.chat_lines import _SPANISH_CLOCK

CLIENT = "nora.fielding@harbourpine.example"


@pytest.mark.parametrize("text", [
    "PRIMERA. OBJETO. Uno.\nDÉCIMA. TERMINACIÓN. Dos.\nDÉCIMA PRIMERA. DEVOLUCIÓN. Tres.\nVIGÉSIMA SEGUNDA: JURISDICCIÓN. Cuatro.",
    "Primera.- Objeto. Uno.\nSegunda.- Duración. Dos.\nDecimocuarta.- Resolución. Tres.\nCláusula Decimoséptima. Avisos. Cuatro.",
])
def test_clauses_counted_in_words_are_told_apart(text):
    assert len(clauses(text.lower().translate(str.maketrans("áéíóú", "aeiou")))) == 4


def test_term_and_notice_of_clauses_in_words_are_read(paper):
    text = ("CONTRATO DE SERVICIOS\nNOVENA. VIGENCIA. El contrato tendrá una vigencia de veinticuatro (24) meses contados a partir del 1 de febrero de 2024.\n"
            "DÉCIMA. TERMINACIÓN ANTICIPADA. El cliente podrá dar por terminado el contrato en cualquier momento mediante aviso por escrito con "
            "cuarenta y cinco (45) días naturales de anticipación, contados a partir de la recepción del aviso.\n"
            "VIGÉSIMA. AVISOS. Los avisos se entregarán personalmente con acuse de recibo o por mensajería. "
            "Los correos electrónicos no surtirán efectos de notificación.")
    doc = paper(text)
    found = {f.name: f.value for f in contract_terms(doc, "contract", None, "es")}
    assert (found["effective_date"], found["expiration_date"]) == ("2024-02-01", "2026-01-31")
    assert (found["notice_period"], found["measured_from"]) == (45, "receipt")
    rules = [(f.name, f.value) for f in notice_rules(doc)]
    assert ("notice_method", "hand") in rules and ("notice_method_barred", "email") in rules and ("notice_method", "email") not in rules


@pytest.mark.parametrize(("wanted", "text"), [
    ("notice", "12th May, 2025\nBy RPAD\nSub: Notice of breach under Clause 11.1\nSir,\nRectify the breach within thirty days. "
               "We further claim from you Rs. 3,86,400/-.\nYours faithfully"),
    ("notice", "A 7 de abril de 2025\nAsunto: Terminación anticipada\nPor medio de la presente les damos aviso de la terminación anticipada del contrato."),
    ("claim", "15 de julio de 2025\nLa comisión asciende a $412,380.00. Se les requiere el pago de dicha cantidad en cinco días.\nLic. Cuéllar"),
    ("counterclaim", "LEGAL NOTICE\nOn behalf of our client we call upon you, by way of counter claim, to pay Rs. 4,31,880/- within 15 days."),
    ("credit_note", "NOTA DE CRÉDITO\nFolio NC-017\nConvenio de finiquito del 18 de agosto\nTotal 112,380.00"),
    ("other", "INDIA POST - ACKNOWLEDGEMENT DUE\nArticle RT447\nDelivered 16/05/2025"),
    ("other", "CONSTANCIA DE DEVOLUCIÓN Y DESTRUCCIÓN\nSe hace constar que los expedientes fueron devueltos."),
    ("legal_letter", "Dear Sir,\nYour notice of breach is denied. There is no breach.\nYours sincerely"),
])
def test_papers_of_other_countries_have_their_kind(paper, wanted, text):
    assert kind(paper(text)).value == wanted


def test_notice_states_its_end_and_ground(paper):
    text = "Por medio de la presente les damos aviso de la terminación anticipada del contrato, misma que surtirá efectos el 8 de mayo de 2025."
    found = {f.name: f.value for f in notices(paper(text), None, (), "es")}
    assert (found["stated_effective_date"], found["ground"]) == ("2025-05-08", "convenience")
    cause = {f.name: f.value for f in notices(paper("The breach was not rectified. We terminate the Agreement on 15 July 2025."), None, (), "en")}
    assert cause["ground"] == "cause"


def test_refusal_in_a_notice_and_denial_beside_an_offer_are_acts(paper, mail):
    notice = paper("We terminate the Agreement. Your offer of $4,000.00 is not acceptable to us.")
    assert [json.loads(str(f.value))["kind"] for f in dispute_acts(notice, "notice", (), "en") if f.name == "dispute_act"] == ["rejection"]
    text = "Negamos adeudar la cantidad reclamada: los pagos son nuestros. Con el único fin de cerrar el tema, ofrecemos $200,000.00."
    found = [json.loads(str(f.value))["kind"] for f in dispute_acts(mail(text, sender=CLIENT), "email", (), "es") if f.name == "dispute_act"]
    assert sorted(found) == ["offer", "response"]
    plain = mail("Sin reconocer nada, ofrecemos $200,000.00 para cerrar el tema.", sender=CLIENT)
    assert [json.loads(str(f.value))["kind"] for f in dispute_acts(plain, "email", (), "es") if f.name == "dispute_act"] == ["offer"]


@pytest.mark.parametrize("text", [
    "El plazo vence el 23 de mayo de 2025, por lo que terminará en esa fecha y no el 8 de mayo de 2025.",
    "Seventy-five days run out on May 23, 2025, so that it ends on that date and not on May 8, 2025.",
    "Die Frist läuft am 23. Mai 2025 ab, der Vertrag endet an diesem Tag und nicht am 8. Mai 2025.",
    "Le délai expire le 23 mai 2025, le contrat prend fin à cette date et non le 8 mai 2025.",
])
def test_one_day_and_not_another_is_an_assertion(paper, text):
    found = [json.loads(str(f.value)) for f in assertions(paper(text), "legal_letter", None, None) if f.name == "asserts_end"]
    assert {"day": "2025-05-23", "against": "2025-05-08"} in found


def test_headings_below_captions_name_the_columns(sheet):
    doc = sheet([["Client", "AB-0311"], ["Month", "Accuracy", "Target", "Filings on time", "Target"], ["Apr-2025", "95.4%", "99.5%", "75%", "100%"],
                 ["May-2025", "98.1%", "99.5%", "90%", "100%"]])
    found = [json.loads(str(f.value)) for f in figures(doc, "sla_report", None, "en") if f.name == "figure"]
    assert ("Accuracy", 0.954, 0.995, "2025-04-30") in [(f["metric"], f["value"], f.get("target"), f["date"]) for f in found]
    assert ("Filings on time", 0.9, 1, "2025-05-31") in [(f["metric"], f["value"], f.get("target"), f["date"]) for f in found]


def test_totals_in_indian_groups_are_read(paper):
    found = amounts(paper("TAX INVOICE\nProcessing 1,50,000.00\nIGST 18% 27,000.00\nTotal 1,77,000.00"), "invoice", ())
    assert found[0].value == "177000.00"


@pytest.mark.parametrize(("text", "day"), [
    ("CONSTANCIA\nLos expedientes fueron devueltos el 30 de mayo de 2025.\nGuadalajara, Jal., a 4 de junio de 2025\nPablo Montaño", "2025-06-04"),
    ("AVISO\nZapopan, Jalisco, a 7 de abril de 2025\nSurtirá efectos el 8 de mayo de 2025.", "2025-04-07"),
])
def test_place_with_its_state_stands_before_the_day(paper, text, day):
    found = document_date(paper(text), "other", "es")
    assert found is not None and found.value == day


def test_short_name_behind_the_forms_of_a_company_is_its_name(paper):
    from archive.model.fact import ClientEvidence
    doc = paper("Harbour Pine Furniture Limited, S.A. de C.V., SOFOM, E.N.R. (\"HPF\") pagará 4.")
    assert "hpf" in client_names(doc, (ClientEvidence("C-1", "text", "name", 0.9),))


def test_view_of_an_advocate_is_privileged(mail):
    text = "The termination appears valid; thirty days ran out. On the damages I would not put your chances above 50%. Do not disclose this view."
    assert privileged(mail(text, "Re: opinion", sender="svr@raghavan.example")) is not None
    assert privileged(mail("The password appears valid; the contract portal and the notice board open.", sender="it@vendor.example")) is None


@pytest.mark.parametrize("text", [
    "Once again the file is wrong. This cannot go on.", "So kann es nicht weitergehen, schon wieder falsch.",
    "Encore une fois en retard, cela ne peut plus durer.",
    "Otra vez por debajo de meta. No podemos seguir así.",
])
def test_what_cannot_go_on_is_a_complaint(mail, text):
    assert sentiment(mail(text, "Service", sender=CLIENT), "email").value == "negative"


def test_spanish_clock_is_told_from_the_american():
    assert _SPANISH_CLOCK.search("2/4/2025, 9:41 a. m. - Ximena")
    assert not _SPANISH_CLOCK.search("2/4/2025, 9:41 a.m. - Bob") and not _SPANISH_CLOCK.search("9:41 AM")
