"""Letters known by what they do in their own words, and what contracts, ledgers and settlements say in other forms; four languages, all invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.exit_duties import exit_duties
from ingest.enrich.kinds import kind
from ingest.enrich.ledger_lines import ledger_lines
from ingest.enrich.notice_rules import notice_rules
from ingest.enrich.penalties import _own_number
from ingest.enrich.penalty_words import early_end
from ingest.enrich.periods import periods
from ingest.enrich.privilege import privileged
from ingest.enrich.receipts import receipts
from ingest.enrich.replaced_periods import replaced_periods
from ingest.enrich.settlement_terms import settlement_acts
from ingest.enrich.speaker import speaker

CLAIMS = [
    "April 2, 2024\nDear Ms. Ogden:\nOur client demands payment of $41,220.00 within ten days.\nVery truly yours",
    "14 May 2024\nDear Mr Rao\nWe lost twelve shifts. We put our loss at INR 4,50,000 and hereby demand that sum.\nRegards",
    "Dear Sir,\nDemand is hereby made for the amount of £9,400.00, failing which we shall sue.\nYours faithfully",
    "Sehr geehrte Frau Tann,\nnamens unserer Mandantin fordern wir Sie auf, den Betrag von 12.800,00 EUR bis zum 3. Mai zu zahlen.\nMit freundlichen Grüßen",
    "Madame,\nNous vous réclamons la somme de 7 300,00 EUR au titre de la clause 9.\nVeuillez agréer",
    "Muy señor mío:\nLe requiero para que abone la suma de 18.450,00 euros en diez días.\nAtentamente",
    "Estimada señora:\nReclamamos el pago de MXN 220,000.00 por los servicios de marzo.\nAtentamente",
]
NO_CLAIMS = [
    "Dear Sir,\nYour client demands $41,220.00. Nothing is due, and we decline.\nSincerely",
    "Dear Ms Lee,\nThe price of the desk will be $2,400.00 from May.\nYours sincerely",
    "Sehr geehrter Herr Ost,\nIhre Forderung über 12.800,00 EUR weisen wir zurück.\nMit freundlichen Grüßen",
    "Estimado señor:\nHemos recibido su carta sobre 18.450,00 euros y la estudiaremos.\nAtentamente",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_letter_whose_sentence_demands_a_sum_is_a_claim(paper, text):
    assert kind(paper(text)).value == "claim"


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_letter_that_recounts_or_refuses_a_demand_is_none(paper, text):
    assert kind(paper(text)).value != "claim"


@pytest.mark.parametrize("text", [
    "Dear Counsel:\nAs a counterclaim to the credits, our client demands payment of $90,000.00.\nVery truly yours",
    "Sehr geehrte Damen und Herren,\nunsererseits verlangen wir 4.000,00 EUR für die verlorenen Geräte.\nMit freundlichen Grüßen",
    "Maître,\nÀ titre reconventionnel, nous réclamons 6 200,00 EUR.\nCordialement",
    "Estimado compañero:\nPor nuestra parte reclamamos 9.100,00 € de deducciones.\nAtentamente",
])
def test_letter_that_claims_against_a_claim_is_a_counterclaim(paper, text):
    assert kind(paper(text)).value == "counterclaim"


@pytest.mark.parametrize("text", [
    "BUROFAX CON ACUSE DE RECIBO\nMuy señores nuestros:\nLes comunicamos nuestra intención de no prorrogar el contrato a su vencimiento.\nAtentamente",
    "Guadalajara, 3 de marzo de 2025\nEstimados señores:\nDamos por terminado el contrato de servicios.\nAtentamente",
    "EINSCHREIBEN MIT RÜCKSCHEIN\nSehr geehrte Damen und Herren,\nhiermit machen wir von unserem Kündigungsrecht zum Jahresende Gebrauch.\nMit "
    "freundlichen Grüßen",
    "Lettre recommandée avec accusé de réception\nMadame,\nNous vous informons de notre décision de ne pas renouveler la convention.\nCordialement",
    "CERTIFIED MAIL, RETURN RECEIPT REQUESTED\nDear Sirs:\nPlease take notice that Orrin Lake, LLC elects to terminate the agreement.\nVery truly yours",
])
def test_way_of_sending_with_a_receipt_leaves_a_notice_a_notice(paper, text):
    assert kind(paper(text)).value == "notice"


@pytest.mark.parametrize("text", [
    "SETTLEMENT AGREEMENT AND MUTUAL RELEASE\nThis Settlement Agreement is entered into as of May 1, 2025 by and between A and B. Governing law: Ohio.",
    "CONVENIO DE FINIQUITO\nEl cliente pagará $40,000.00.",
    "Vergleichsvereinbarung\nzwischen A GmbH und B AG. A zahlt 4.000 EUR.",
])
def test_settlement_is_no_contract_of_services(paper, text):
    assert kind(paper(text)).value == "settlement"


def test_record_of_a_conciliation_is_no_reconciliation_of_accounts(paper):
    assert kind(paper("ACTA DE CONCILIACIÓN\nComparecen las partes ante la conciliadora.")).value != "ledger"
    assert kind(paper("Conciliación bancaria de marzo\nSaldo 4")).value == "ledger"


@pytest.mark.parametrize(("words", "value", "unit"), [
    ("seventy-five (75) days", 75, "calendar_days"), ("one hundred and eighty days", 180, "calendar_days"), ("forty-eight months", 48, "months"),
    ("funfundvierzig tagen", 45, "calendar_days"), ("hundertachtzig tage", 180, "calendar_days"), ("soixante-quinze jours", 75, "calendar_days"),
    ("vingt et un jours ouvrables", 21, "business_days"), ("cuarenta y cinco dias habiles", 45, "business_days"), ("veintiun dias", 21, "calendar_days"),
    ("ciento veinte dias", 120, "calendar_days"),
])
def test_number_in_words_is_a_period(words, value, unit):
    (found,) = periods(f"not less than {words} before")
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize(("text", "new", "old"), [
    ('Section 9(b) is amended by deleting "sixty (60) days" and substituting in lieu thereof "seventy-five (75) days".', 75, "60 calendar_days"),
    ('En la cláusula 2.2, donde dice "dos (2) meses" debe decir "tres (3) meses".', 3, "2 months"),
    ("In Ziffer 4 muss es statt drei Monate künftig sechs Monate heißen.", 6, "3 months"),
    ("À l'article 7, au lieu de deux mois, il faut lire trois mois.", 3, "2 months"),
])
def test_amendment_puts_one_period_in_place_of_another(paper, text, new, old):
    (found,) = replaced_periods(paper(text))
    assert found.value == new and found.basis.endswith(f"replaces {old}")


@pytest.mark.parametrize("text", [
    "12. Notices. A notice is deemed received on delivery if by hand, on the first business day after deposit if by overnight courier, and on the third "
    "business day after mailing if by certified mail.",
    "12. Notices. Notices are deemed received when delivered by hand, one business day after dispatch by courier, or three business days after "
    "mailing by certified mail.",
])
def test_each_way_of_a_list_has_its_own_day_of_receipt(paper, text):
    found = {f.name: (f.value, f.unit) for f in notice_rules(paper(text)) if f.name.startswith("deemed_receipt")}
    assert found["deemed_receipt_courier"] == (1, "business_days")
    assert found["deemed_receipt_registered_post"] == (3, "business_days")


def test_duty_counts_from_the_day_that_the_sentence_before_names(paper):
    text = ("9. Wind-down. Within ten (10) days after termination Vendor shall return all laptops. Within thirty (30) days following that date Vendor shall "
            "destroy Customer Data.")
    found = {f.name: f.value for f in exit_duties(paper(text))}
    assert found["data_deletion_within"] == 30
    other = "9. Calls. Each call is logged. Within thirty (30) days following that date recordings shall be deleted."
    assert "data_deletion_within" not in {f.name for f in exit_duties(paper(other))}


def test_delivery_tried_in_vain_is_no_receipt(paper):
    text = "PRUEBA DE ENTREGA\nBurofax NB1\n30/12/2024 11:20  Ausente. Se deja aviso de llegada de la carta\n03/01/2025 10:41  Entregado. Receptor: Arnal\n"
    assert [f.value for f in receipts(paper(text), "other", "2025-01-03", "dmy")] == ["2025-01-03"]


@pytest.mark.parametrize(("head", "charged", "paid"), [
    ("F. asiento|Clase|Documento|Concepto|Debe|Haber", "31/01/2025|Factura|F1|enero|10|", "28/02/2025|Cobro|T1|F1||10"),
    ("Date|Particulars|Vch Type|Vch No.|Debit|Credit", "01-04-2025|Services|Sales|S/25/07|10|", "02-05-2025|HDFC|Receipt|R/11||10"),
    ("Posting Dt|Doc Type|Ref|Narrative|Dr USD|Cr USD", "01/31/2025|DR|90014|x|10|", "02/28/2025|DZ|14007|y||10"),
    ("Fecha|Documento|Detalle|Cargo|Abono", "2025-01-31|A-1007|servicio|10|", "2025-02-28|P-2231|su envio||10"),
])
def test_ledger_of_another_house_is_read_by_kind_or_by_side(sheet, head, charged, paid):
    found = ledger_lines(sheet([line.split("|") for line in (head, charged, paid)]).extracted.tables[0])
    assert [(line.kind, str(line.amount)) for line in found] == [("invoice", "10"), ("payment", "10")]


def test_line_without_a_document_is_no_invoice(sheet):
    assert ledger_lines(sheet([["Date", "Ref", "Debit", "Credit"], ["2025-01-01", "adj", "10", ""]]).extracted.tables[0]) == []


@pytest.mark.parametrize("text", [
    "1. Payment. A shall pay $95,000.00 in two installments: (a) $50,000.00 on or before May 30, 2025; and (b) $45,000.00 on or before June 30, 2025.",
    "2. Der Betrag ist in zwei Raten zu zahlen: 50.000,00 EUR bis 30.05.2025 und 45.000,00 EUR bis 30.06.2025.",
    "3. Le règlement se fait en deux échéances, le 30 mai 2025 : 50 000,00 EUR et le 30 juin 2025 : 45 000,00 EUR.",
    "4. Pagará en dos plazos: 50.000,00 euros el 30 de mayo de 2025 y 45.000,00 euros el 30 de junio de 2025.",
])
def test_instalments_of_one_sentence_have_their_sums_and_days(paper, text):
    language = {"1": "en", "2": "de", "3": "fr", "4": "es"}[text[0]]
    found = [json.loads(str(f.value)) for f in settlement_acts(paper(text), (), "USD", language) if f.name == "instalment"]
    assert [(i["day"], i["amount"]) for i in found] == [("2025-05-30", "50000.00"), ("2025-06-30", "45000.00")]


def test_credits_of_a_settlement_go_with_the_invoices_behind_their_sums(paper):
    text = "2. B shall issue a credit memo of $21.50, of which $18.00 cancels invoice AB-25-0509 and $3.50 is applied to invoice AB-25-0131."
    found = [json.loads(str(f.value)) for f in settlement_acts(paper(text), (), "USD", "en") if f.name == "settlement_credit"]
    assert [(c["amount"], c.get("reference")) for c in found] == [("21.50", None), ("18.00", "AB-25-0509"), ("3.50", "AB-25-0131")]


def test_settlement_whose_credits_and_instalments_have_no_sums_is_read(paper):
    text = "1. B waives its fee and issues a credit memo.\n2. Payment in installments.\n3. A withdraws its claim of $4.00."
    assert [f.name for f in settlement_acts(paper(text), (), "USD", "en")] == ["dispute_act"]


@pytest.mark.parametrize(("said", "wanted"), [
    ("si deja el servicio antes del vencimiento del periodo en curso", True), ("a penalty for each month remaining", True),
    ("bei vorzeitiger beendigung des vertrags", True), ("en cas de resiliation anticipee", True), ("penalty for late deletion of data", False),
])
def test_penalty_for_leaving_before_the_term_is_a_fee_for_an_early_end(said, wanted):
    assert early_end(said, 0, len(said)) is wanted


def test_number_of_a_company_is_not_that_of_its_invoice(paper):
    assert _own_number(paper("Norte S.L. NIF B-00000187\nFACTURA\nNº FV25-0077\nFecha 06/05/2025")) == "FV25-0077"
    assert _own_number(paper("Bharat Pvt Ltd GSTIN 27AAACB0001F1Z\nTAX INVOICE\nInvoice No: BP/25/0119")) == "BP/25/0119"


@pytest.mark.parametrize(("text", "side"), [
    ("STONE & REED LLP\nDear Counsel:\nWe represent Harbour Pine Furniture Limited in this matter.", "client"),
    ("STONE & REED LLP\nHarbour Pine Furniture Limited\nDear Counsel:\nWe act for Quillon Services Ltd.", "provider"),
    ("KANZLEI WEIR\nSehr geehrte Damen und Herren,\nwir vertreten die Interessen der Nordlöwe Versicherung AG.", None),
    ("Letrados Pons\nMuy señores míos:\nEn nombre de mi representada, Quillon Iberia, S.L., les requiero.", "provider"),
    ("STONE & REED LLP\nRe: Harbour Pine Furniture Limited adv. Quillon Services Ltd\nDear Counsel:", "client"),
])
def test_counsel_says_for_whom(paper, text, side):
    told = speaker(paper(text), (), ("harbour pine",))
    assert (told[0] if told else None) == (side if side else "provider")


@pytest.mark.parametrize(("text", "to"), [
    ("Rafael:\nNecesito tu opinión. El burofax llegó tarde. ¿Está fuera de plazo según el contrato?", "rm@monsol.example"),
    ("Ferris, I need your view on whether the notice was late under the agreement.", "fa@stroud.example"),
    ("Herr Wolf, bitte um Ihre Einschätzung: ist die Kündigung zu spät, und was sagt der Vertrag?", "w@wolf.example"),
    ("Claire, j'ai besoin de votre avis : le préavis est-il respecté au sens du contrat ?", "c@cl.example"),
])
def test_view_on_law_that_is_sought_outside_is_privileged(mail, text, to):
    assert privileged(mail(text, "Question", to=(to,))) is not None


@pytest.mark.parametrize(("text", "sender", "to"), [
    ("In our opinion your notice is late under the contract, and a court will say so. Our client will sue.", "x@other.example", "lee@house.example"),
    ("I need your view on the notice period in the agreement.", "kim@house.example", "nora.fielding@harbourpine.example"),
    ("I need your opinion on the new headsets.", "kim@house.example", "a@vendor.example"),
    ("In my opinion the risk of rain is high.", "kim@house.example", "lee@house.example"),
])
def test_view_told_across_or_on_other_things_is_not_privileged(mail, text, sender, to):
    assert privileged(mail(text, "Question", sender=sender, to=(to,))) is None


@pytest.mark.parametrize("words", [
    "unless either party gives notice that it has elected not to extend the term",
    "unless a party gives the other written notice that such party elects not to renew",
    "if either gives notice that it will not renew"])
def test_contract_that_says_how_it_may_be_ended_gives_no_notice(paper, words):
    text = f"This Agreement is made between Alder Services Inc. and Birch LLC.\n1. Term. It shall renew for a year {words}.\n2. Fees. The Client pays.\n"
    assert kind(paper(text)).value != "notice"


def test_letter_that_says_the_same_of_its_writer_is_a_notice(paper):
    text = "Dear Ms Birch,\nPlease take notice that Alder has elected not to renew the Agreement.\nSincerely,\nAlder Services Inc."
    assert kind(paper(text)).value == "notice"
