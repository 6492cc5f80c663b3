"""What the sides assert and may see differently: payments, orders by word of mouth, rises in price, days of end and receipt; all texts invented."""
from __future__ import annotations

import json

import pytest

from archive.model.fact import Derived
from ingest.enrich.assertions import assertions
from ingest.enrich.billing import bank_list, billing
from ingest.enrich.demands import demands
from ingest.enrich.increases import increases
from ingest.enrich.order_caps import order_caps
from ingest.enrich.payments_told import payments_told


def told(found, *names):
    return [(f.name, json.loads(f.value)) for f in found if not names or f.name in names]


@pytest.mark.parametrize("text", [
    "We have already sent USD 8,000.00 on 3 May.",
    "Die 8.000,00 USD haben wir am 3. Mai überwiesen.",
    "Nous avons déjà viré 8 000,00 USD le 3 mai.",
    "Ya hemos transferido 8.000,00 USD el 3 de mayo.",
])
def test_payment_is_said_to_be_sent(mail, text):
    assert told(payments_told(mail(text), "email", ())) == [("says_paid", {"amount": "8000.00"})]


@pytest.mark.parametrize("text", [
    "We have no trace of USD 8,000.00.",
    "The USD 8,000.00 have not been received.",
    "Ein Eingang über 8.000,00 USD ist bei uns nicht feststellbar.",
    "Nous n'avons aucune trace des 8 000,00 USD.",
    "No nos consta el pago de 8.000,00 USD.",
])
def test_payment_is_said_not_to_have_come(mail, text):
    assert told(payments_told(mail(text), "email", ())) == [("denies_receipt", {"amount": "8000.00"})]


@pytest.mark.parametrize("text", ["Please pay USD 8,000.00 by May.", "Bitte zahlen Sie 8.000,00 USD.", "The order of USD 8,000.00 is attached."])
def test_request_to_pay_tells_of_no_payment(mail, text):
    assert told(payments_told(mail(text), "email", ())) == []


@pytest.mark.parametrize("text", [
    "As to INV-24-310, Mr Hale approved the extra days orally.",
    "Zu RE-24-310 hat Frau Hale den Auftrag telefonisch erteilt.",
    "Pour FA-24-310, la commande a été passée oralement.",
    "Para F-24-310 el pedido se hizo verbalmente.",
])
def test_order_by_word_of_mouth_names_the_invoice(mail, text):
    ((name, value),) = told(payments_told(mail(text), "email", ()))
    assert name == "oral_order" and value["reference"].endswith("24-310")


@pytest.mark.parametrize("text", [
    "There is no order for INV-24-310.", "Für RE-24-310 gibt es keinen Auftrag.",
    "FA-24-310 a été émise sans bon de commande.", "F-24-310: no hemos autorizado nada, sin pedido.",
])
def test_denial_of_an_order_names_the_invoice(mail, text):
    ((name, value),) = told(payments_told(mail(text), "email", ()))
    assert name == "denies_order" and value["reference"].endswith("24-310")


@pytest.mark.parametrize("text", [
    "Your monthly fee will change from $2,000 to $2,160 (8%) on June 1.",
    "Wir passen unsere Preise zum 1. Juni um 8 % an.",
    "Nos tarifs augmenteront de 8 % au 1er juin.",
    "Nuestras tarifas aumentarán un 8 % el 1 de junio.",
])
def test_letter_announces_a_rise(paper, text):
    assert told(increases(paper(text), "legal_letter")) == [("asserts_increase", {"how": "announced", "percent": 8.0})]


@pytest.mark.parametrize("text", [
    "8%?? in March you said 5, worst case",
    "8 % ! vous aviez dit 5 en mars",
    "8 % statt 5 %? Sie haben uns doch 5 % genannt",
    "¿8 %? ustedes dijeron 5",
])
def test_other_share_is_said_to_have_been_told(mail, text):
    assert ("asserts_increase", {"how": "said", "percent": 5.0}) in told(increases(mail(text), "email"))


def test_share_that_is_no_price_announces_nothing(paper):
    assert told(increases(paper("The abandon rate was 8% in May."), "legal_letter")) == []
    assert told(increases(paper("You said 5 people would come."), "call_note")) == []


def ends(doc, kind="legal_letter", on="2024-05-20", language="en"):
    return told(assertions(doc, kind, Derived(on, "test"), language), "asserts_end", "asserts_receipt")


@pytest.mark.parametrize("text", [
    "The Agreement ends on 30 June 2024.", "Der Vertrag ist zum 30. Juni 2024 beendet.", "Der Rahmenvertrag endet daher am 30. Juni 2024.",
    "Wir sind einverstanden, dass der Vertrag am 30. Juni 2024 endet.",
    "Le contrat prendra fin le 30 juin 2024.", "El contrato finaliza el 30 de junio de 2024.",
])
def test_day_of_the_end_is_asserted(paper, text):
    assert ("asserts_end", {"day": "2024-06-30"}) in ends(paper(text))


@pytest.mark.parametrize("text", [
    "Kündigung des Rahmenvertrags vom 1. Juli 2020.",
    "Termination of the agreement of 1 July 2020.", "Die Kündigung hätte spätestens am 31. März 2024 zugehen müssen.",
    "Would you agree to an end date of 31 July 2024?", "Wir bestätigen den Zugang Ihrer Kündigung am 2. Mai 2024.",
])
def test_day_of_a_paper_a_question_or_a_receipt_is_no_end(paper, text):
    assert "asserts_end" not in [name for name, _ in ends(paper(text))]


def test_day_against_another_is_the_end_of_a_correction(mail):
    text = "Twenty Business Days after that is 30 June 2024, not 27 June 2024."
    assert ("asserts_end", {"day": "2024-06-30", "against": "2024-06-27"}) in ends(mail(text), "email")


@pytest.mark.parametrize("text", [
    "We say the e-mail of 16 May 2024 was received the same day.", "Die E-Mail vom 16. Mai 2024 ist noch am selben Tag zugegangen, also am selben Tag.",
    "Le courriel du 16 mai 2024 a été reçu le jour même.", "El correo del 16 de mayo de 2024 fue recibido el mismo día.",
])
def test_receipt_on_the_same_day_is_the_day_of_the_paper(mail, text):
    found = ends(mail(text), "email")
    assert ("asserts_receipt", {"day": "2024-05-16", "how": "actual"}) in found


@pytest.mark.parametrize(("text", "order", "cap"), [
    ("Order no. 9\nMigration, 30 days at 900.00\nNot to exceed EUR 28,000.00 without a further order.", "9", "28000.00"),
    ("Bestellung Nr. 4711\nÜberleitung, höchstens 28.000,00 EUR", "4711", "28000.00"),
    ("Bon de commande n° 12\nSans pouvoir dépasser 28 000,00 EUR", "12", "28000.00"),
    ("Pedido 31\nHasta un máximo de 28.000,00 EUR", "31", "28000.00"),
])
def test_order_gives_its_cap_and_number(paper, text, order, cap):
    assert told(order_caps(paper(text), "sow", ())) == [("order_cap", {"amount": cap, "order": order})]


def test_paper_that_is_no_order_has_no_cap(paper):
    assert order_caps(paper("Master agreement\nLiability shall not exceed EUR 28,000.00."), "contract", ()) == ()
    assert order_caps(paper("Order no. 9\nPrice EUR 28,000.00."), "sow", ()) == ()


@pytest.mark.parametrize(("text", "amount"), [
    ("Final statement\nInvoice 12  400.00\nInvoice 13  500.00\nTotal due 900.00\nWe request payment by 31 May.", "900.00"),
    ("Schlussabrechnung\nRE-12 400,00\nRE-13 500,00\nGesamt 900,00\nWir bitten um Ausgleich bis zum 31. Mai.", "900.00"),
    ("Décompte final\nFA-12 400,00\nSolde 900,00\nMerci de régler avant le 31 mai.", "900.00"),
    ("Liquidación final\nF-12 400,00\nTotal pendiente 900,00\nRogamos su pago antes del 31 de mayo.", "900.00"),
])
def test_final_statement_asks_for_its_total(paper, text, amount):
    assert told(demands(paper(text), "other", ())) == [("demand", {"amount": amount, "statement": True})]


@pytest.mark.parametrize("text", [
    "Your final statement cannot be confirmed. By our books we owe EUR 300.00 and not EUR 900.00.",
    "Ihre Schlussabrechnung können wir nicht bestätigen. Nach unseren Büchern schulden wir 300,00 EUR und nicht 900,00 EUR.",
    "Nous ne pouvons valider votre décompte final. Selon nos livres nous devons 300,00 EUR et non 900,00 EUR.",
    "No podemos confirmar su liquidación final. Según nuestros libros debemos 300,00 EUR y no 900,00 EUR.",
])
def test_denial_tells_both_sums(mail, text):
    assert told(demands(mail(text), "email", ())) == [("contests", {"says": "300.00", "against": "900.00", "statement": True})]


@pytest.mark.parametrize("text", ["Thank you, the statement agrees with our books.", "Please find the invoice attached.", "We paid EUR 900.00 yesterday."])
def test_plain_answer_contests_nothing(mail, text):
    assert told(demands(mail(text), "email", ()), "contests") == []


@pytest.mark.parametrize(("line", "amount"), [
    (["2024-01-01", "", "", "Opening balance", None, None, 250.5], "250.5"),
    (["01.01.2024", "", "", "Saldovortrag", "250,50", None, None], "250.50"),
    (["01/01/2024", "", "", "Solde initial", None, "250,50", None], "-250.50"),
    (["01/01/2024", "", "", "Saldo anterior", None, None, "250,50"], "250.50"),
])
def test_opening_balance_of_a_ledger_is_read(sheet, line, amount):
    head = ["Date", "Type", "Reference", "Details", "Debit", "Credit", "Balance"]
    doc = sheet([head, line, ["2024-01-31", "Invoice", "I-1", "January", "100", None, "350"]])
    found = {f.name: f.value for f in billing(doc, ())}
    assert (found["opening_balance"], found["invoiced_total"]) == (amount, "100")


def test_bank_list_in_another_currency_gives_both_sums(sheet):
    head = ["Date", "Text", "Ccy", "Orig amount", "Rate", "EUR"]
    doc = sheet([head, ["12/09/2024", "NORDLOWE NY", "USD", "40000.00", "0.91", "36400.00"]], name="bank_EUR.csv")
    ((name, value),) = told(bank_list(doc, "other", ()))
    assert (name, value["amount"], value["original"], value["unit"]) == ("bank_row", "36400.00", "40000.00", "USD")


def test_table_that_nothing_calls_a_banks_is_none(sheet):
    doc = sheet([["Date", "Text", "Amount"], ["12/09/2024", "Oranges", "12.00"]], name="canteen.csv")
    assert bank_list(doc, "other", ()) == ()
