"""Feelings of those who are served, trails of advice and of numbered sums, reasons that answer a question, papers that are missed; all invented."""
from __future__ import annotations

import json

import pytest

from archive.model.extracted import Segment
from ingest.enrich.advices import advices
from ingest.enrich.amounts import sums
from ingest.enrich.leaving_reasons import leaving_reasons
from ingest.enrich.missing import missing
from ingest.enrich.record_types import record_types
from ingest.enrich.sentiment import sentiment

CLIENT = "nora.fielding@harbourpine.example"


@pytest.mark.parametrize(("text", "wanted"), [
    ("We have been asking for a plan for three months and nothing has changed.", "negative"),
    ("For the third time: nobody here ordered these hours.", "negative"),
    ("I no longer know what to tell our customers.", "negative"),
    ("I would not count on a renewal.", "negative"),
    ("Wir warten nun schon seit sechs Wochen, und es hat sich nichts getan.", "negative"),
    ("Zum dritten Mal: das hat hier niemand bestellt.", "negative"),
    ("Nous attendons depuis trois mois, et rien ne change.", "negative"),
    ("Personne ici n'a commandé ces heures, et je ne sais plus quoi répondre.", "negative"),
    ("Llevamos cuatro meses esperando y seguimos igual.", "negative"),
    ("Ya no sé qué contestarles, y el abono sigue sin aparecer.", "negative"),
    ("Thank you for the last five years, it was always easy with you.", "positive"),
    ("Would you be open to quoting for the summer?", "positive"),
    ("Danke für die letzten Jahre, eine angenehme Zusammenarbeit.", "positive"),
    ("Merci pour ces quatre ans, c'était un plaisir de travailler avec vous.", "positive"),
    ("Gracias al equipo por todo, ha sido un placer.", "positive"),
    ("The file is on the server. Please fetch it by Friday.", "neutral"),
    ("Los datos están en el servidor desde el viernes.", "neutral"),
])
def test_turn_of_a_client_tells_its_feeling(mail, text, wanted):
    assert sentiment(mail(text, "Desk", sender=CLIENT), "email").value == wanted


@pytest.mark.parametrize(("subject", "text", "billing"), [
    ("HP-25-0131", "The line shows 412 hours too many. That is $618.00.", True), ("RE: FV25-0051", "Faltan 18,00 €.", True),
    ("RE-2025/0119", "Bitte 400,00 EUR gutschreiben.", True), ("FC-2025-0093", "Il manque 12,00 €.", True),
    ("MSA-2020-0088", "The cap is £4,000.", False), ("Lunch", "Meet at 12:30 in room A-12.", False),
    ("Rule 408", "Case ABC-2023-0188: we would take $4,000.", False),
])
def test_number_of_a_bill_and_a_sum_make_a_mail_billing(mail, subject, text, billing):
    found = {t.value for t in record_types(mail(text, subject, sender=CLIENT), "email")}
    assert ("billing" in found) is billing


def test_counsel_on_the_end_of_a_contract_is_of_both_trails(mail):
    text = "This firm represents Harbour Pine. The Agreement our client holds ends in April."
    assert {"contractual", "dispute"} <= {t.value for t in record_types(mail(text, "Section 9(b)", sender="x@lawfirm.example"), "email")}
    plain = "The agreement with the caterer ends in April."
    assert "dispute" not in {t.value for t in record_types(mail(plain, "Lunch"), "email")}


def test_advice_on_a_notice_is_of_the_trail_of_the_contract(mail, enriched):
    asked = enriched(mail("I need your view on whether the notice was late under the agreement.", "Notice", to=("fa@stroud.example",)))
    assert "contractual" in {t.value for t in asked.record_types}
    text = "In my opinion the notice is late. The risk of a claim is small; a court would follow the contract."
    told = enriched(mail(text, "Notice", sender="fa@stroud.example"))
    assert {"contractual", "dispute"} <= {t.value for t in told.record_types}


def test_offer_of_a_sum_belongs_to_a_dispute_whatever_its_words(mail, enriched):
    offer = enriched(mail("Sin reconocer derecho alguno, mi representada ofrece pagar 12.000 euros.", "Propuesta", sender=CLIENT))
    assert "dispute" in {t.value for t in offer.record_types}
    price = enriched(mail("El precio es de 12.000 euros al mes.", "Tarifa", sender=CLIENT))
    assert "dispute" not in {t.value for t in price.record_types}


@pytest.mark.parametrize(("question", "answer", "code"), [
    ("Why are you leaving?", "The price, mostly.", "price"), ("What would it take?", "We're building our own team here.", "insourcing"),
    ("Warum gehen Sie?", "Die Wartezeiten waren zu lang.", "service_quality"), ("Quel est le motif ?", "Le prix, surtout.", "price"),
    ("¿Puedo preguntar el motivo?", "El precio, sobre todo.", "price"),
])
def test_answer_to_the_question_why_is_a_reason(paper, question, answer, code):
    lines = [f"Ann: {question}", f"Bob: {answer}"]
    text = "\n".join(lines)
    at = len(lines[0]) + 1
    turns = (Segment(0, at - 1, "turn", "Ann", at="00:04"), Segment(at, len(text), "turn", "Bob", at="00:09"))
    found = leaving_reasons(paper(text, format="transcript", segments=turns), "call_transcript", "2025-01-09")
    assert code in {f.value for f in found if f.confidence >= 0.75}


@pytest.mark.parametrize("text", [
    "The root cause report was promised for Monday and I have never received it.", "Die Ursachenanalyse haben wir nie erhalten.",
    "Le rapport d'incident n'a jamais été remis.", "El informe de incidencias no lo hemos recibido.",
])
def test_report_on_a_cause_that_never_came_is_missed(mail, text):
    found = [json.loads(str(f.value)) for f in missing(mail(text, sender=CLIENT), "email", None) if f.name == "missing_paper"]
    assert found and found[0]["paper"] == "cause_report"


def test_minutes_that_are_missing_by_their_day(mail):
    found = missing(mail("Nos falta el acta de la reunión del 12 de noviembre de 2024. No la hemos recibido."), "email", "es")
    assert {"paper": "minutes", "day": "2024-11-12"} in [json.loads(str(f.value)) for f in found if f.name == "missing_paper"]
    assert not [f for f in missing(mail("Que nadie lo recogiera no puede perjudicarnos. La carta es clara."), "email", "es") if f.name == "missing_paper"]


@pytest.mark.parametrize(("text", "sum_", "code"), [
    ("total -26.600,00 €", "26600.00", "EUR"), ("₹ 4,50,000.00 due", "450000.00", "INR"),
    ("rs. 12,34,567 only", "1234567", "INR"), ("mx$ 220,000.00", "220000.00", "MXN"),
])
def test_sum_with_a_minus_or_in_other_groups_is_read(text, sum_, code):
    (found,) = sums(text)
    assert (format(found.value, "f"), found.currency) == (sum_, code)


@pytest.mark.parametrize(("text", "amount"), [
    ("Invoice AB-25-0131 shows $32.50, the order $31.00. That is $618.00 too much.", "618.00"),
    ("La factura FV25-0051 es de 22.264,00 € y hemos recibido 22.246,00 €.", "18.00"),
    ("Invoice AB-25-0131 is $4,100.00 and we received $4,010.00.", "90.00"),
    ("Rechnung RE-2025-0119 ist um 40,00 EUR zu hoch.", "40.00"), ("La facture FC-2025-0093 est trop élevée de 12,00 EUR.", "12.00"),
])
def test_mail_that_says_a_bill_is_wrong_tells_by_how_much(mail, text, amount):
    found = [json.loads(str(f.value)) for f in advices(mail(text, "bill", sender=CLIENT), "email", None, None, ()) if f.name == "account_says"]
    assert ("amount_mismatch", amount) in [(f["kind"], f.get("amount")) for f in found]


@pytest.mark.parametrize(("text", "month"), [
    ("El reporte de gestiones de febrero tampoco nos lo han entregado.", "--02"), ("We never received the activity report for February.", "--02"),
    ("Den Bericht für Februar haben wir nie erhalten.", "--02"), ("Le rapport d'activité de février n'a jamais été remis.", "--02"),
])
def test_report_of_a_month_that_never_came_is_missed(mail, text, month):
    found = [json.loads(str(f.value)) for f in missing(mail(text, sender=CLIENT), "email", None) if f.name == "missing_paper"]
    assert [(f["paper"], f.get("day")) for f in found] == [("report", month)]


def test_report_of_no_month_is_not_told_apart(mail):
    found = [json.loads(str(f.value)) for f in missing(mail("The report may be late. I have not seen the report of the day.", sender=CLIENT), "email", None)]
    assert not any(f.get("day") for f in found)
