"""First facts of contracts, notices, claims and ledgers; every one cited by words that stand in the text."""
from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.enrich.amounts import decimal_from, sums
from ingest.enrich.fold import fold
from ingest.enrich.periods import periods

CONTRACT = """Master Services Agreement
Reference MSA-2020-0088
Dated 1 April 2021
between
(1) HOUSE SERVICES LIMITED, a company registered in England (the Supplier); and
(2) HARBOUR PINE FURNITURE LIMITED (the Customer).
1. Interpretation
1.1 Commencement Date: 1 May 2021. Initial Term: three years from the Commencement Date.
2. Term
2.1 Either party may prevent renewal by giving not less than 90 days' written notice expiring on the last day of the term.
2.2 If no notice is given this Agreement renews for a further period of twelve months.
9. Termination
9.1 Either party may terminate on 14 days' notice if the other is in material breach.
9.2 The Customer may terminate this Agreement for convenience at any time by giving not less than one hundred and twenty (120) days' written notice. \
The period begins on the day after receipt of the notice.
10. Law
10.1 This Agreement is governed by the law of England and Wales.
"""


def facts(found, name):
    return [f for f in found.facts if f.name == name]


def best(found, name):
    return max(facts(found, name), key=lambda f: f.confidence)


def test_contract_gives_its_first_facts(paper, enriched):
    found = enriched(paper(CONTRACT))
    assert found.kind.value == "contract"
    assert best(found, "parties").value == "HOUSE SERVICES LIMITED; HARBOUR PINE FURNITURE LIMITED"
    assert best(found, "contract_number").value == "MSA-2020-0088"
    assert best(found, "agreement_date").value == "2021-04-01"
    assert best(found, "effective_date").value == "2021-05-01"
    assert (best(found, "expiration_date").value, best(found, "expiration_date").status) == ("2024-04-30", "derived")
    assert best(found, "governing_law").value == "England and Wales"
    assert (best(found, "notice_period").value, best(found, "notice_period").unit) == (120, "calendar_days")
    assert best(found, "notice_period").passages[0].quote.startswith("9.2 The Customer")
    assert (best(found, "notice_period_to_terminate_renewal").value, best(found, "renewal_term").value) == (90, 12)
    assert best(found, "measured_from").value == "receipt"
    assert best(found, "termination_for_convenience").value == "yes"


@pytest.mark.parametrize(("clause", "value", "unit"), [
    ("Der Vertrag kann von jeder Partei mit einer Frist von drei Monaten zum Ende eines Kalendervierteljahres gekündigt werden.", 3,
        "months"),
    ("Chaque partie peut résilier le contrat à tout moment moyennant un préavis écrit de trente (30) jours.", 30, "calendar_days"),
    ("Cualquiera de las partes podrá resolver el contrato en cualquier momento con un preaviso de quince días hábiles.", 15,
        "business_days"),
    ("Either party may terminate this agreement at any time on ten (10) Business Days' notice.", 10, "business_days"),
])
def test_notice_period_is_read_in_four_languages(paper, enriched, clause, value, unit):
    found = enriched(paper(f"Services Agreement / Vertrag / Contrat / Contrato\nThis is an agreement.\n1. Eins\n2. Zwei\n3. "
                           f"{clause}\n4. The initial term."))
    assert (best(found, "notice_period").value, best(found, "notice_period").unit) == (value, unit)


def test_cure_period_is_not_taken_for_the_notice_period(paper, enriched):
    found = enriched(paper("Services Agreement\n1. Initial term one year.\n2. A party may terminate if the other is in material breach "
                           "and fails to cure within "
                           "thirty (30) days after notice.\n3. Law"))
    assert facts(found, "notice_period") == []


@pytest.mark.parametrize(("clause", "value"), [
    ('In clause 9 (Termination) the words "three months\' notice" are replaced by "six months\' notice".', 6),
    ("In § 9 wird die Kündigungsfrist von drei Monaten durch eine Kündigungsfrist von sechs Monaten ersetzt.", 6),
    ("Le préavis de résiliation de trois mois est remplacé par un préavis de résiliation de six mois.", 6),
    ("El preaviso de resolución de tres meses se sustituye por un preaviso de resolución de seis meses.", 6),
])
def test_amendment_gives_the_new_period_and_not_the_one_it_replaces(paper, enriched, clause, value):
    found = enriched(paper(f"Amendment No. 1 / Nachtrag / Avenant / Adenda\n1. Eins\n2. {clause}\n3. Drei"))
    assert found.kind.value == "amendment"
    assert [(f.value, f.unit) for f in facts(found, "notice_period")] == [(value, "months")]


@pytest.mark.parametrize(("written", "value", "unit"), [
    ("one hundred and twenty (120) days", 120, "calendar_days"), ("90 days", 90, "calendar_days"), ("ten Business Days", 10,
        "business_days"),
    ("three months", 3, "months"), ("sechs Wochen", 6, "weeks"), ("dreißig Tage", 30, "calendar_days"), (
        "zehn Werktagen", 10, "business_days"),
    ("trois mois", 3, "months"), ("30 jours ouvrables", 30, "business_days"), ("seis meses", 6, "months"), ("two (2) years", 2, "years"),
])
def test_period_is_read_with_its_unit(written, value, unit):
    assert [(p.value, p.unit) for p in periods(fold(written))] == [(value, unit)]


def test_last_day_of_a_month_is_no_period():
    assert list(periods(fold("on the last day of one month"))) == []


NOTICE = """Harbour Pine Furniture Limited
27 December 2024
House Services Limited
Dear Sirs
Agreement MSA-2020-0088
We hereby give you notice that we terminate the Agreement. The notice period of 120 days ends on 26 April 2025 and the Agreement will
therefore come to an end on 30 April 2025.
Yours faithfully
"""


def test_notice_gives_day_giver_end_and_ground(paper, enriched):
    found = enriched(paper(NOTICE))
    assert found.kind.value == "notice"
    assert best(found, "notice_given").value == "2024-12-27"
    assert best(found, "given_by").value == "client"
    assert best(found, "stated_effective_date").value == "2025-04-30"
    assert best(found, "ground").value == "convenience"
    assert best(found, "contract_number").value == "MSA-2020-0088"


def test_notice_for_non_payment_from_us_is_for_cause(paper, enriched):
    found = enriched(paper("House Services Limited\n3 May 2024\nHarbour Pine Furniture Limited\nDear Sirs\nNotice of "
                           "termination\nInvoices are overdue. "
                           "We hereby terminate the Agreement for non-payment with effect from 30 June 2024."))
    assert (best(found, "ground").value, best(found, "given_by").value) == ("cause", "provider")


def test_notice_that_names_no_end_states_none(paper, enriched):
    found = enriched(paper("Harbour Pine Furniture Limited\n3 May 2024\nDear Sirs\nWe hereby give you notice of termination."))
    assert facts(found, "stated_effective_date") == []


@pytest.mark.parametrize(("written", "value"), [
    ("57,600.00", "57600.00"), ("3.450,00", "3450.00"), ("1 164,00", "1164.00"), ("1'234.50", "1234.50"), (
        "12,345", "12345"), ("0,125", "0.125"),
    ("900", "900"), ("-3966,64", "-3966.64"), ("(500.00)", "-500.00"), ("1.234.567,89", "1234567.89"),
])
def test_number_is_read_with_point_or_comma(written, value):
    assert decimal_from(written) == Decimal(value)


@pytest.mark.parametrize(("text", "wanted"), [
    ("pay £57,600.00 now", [("57600.00", "GBP")]), ("EUR 1.234,50 und 5 €", [("1234.50", "EUR"), ("5",
        "EUR")]), ("1 338,31 $", [("1338.31", "")]),
    ("US$5 or S$6", [("5", "USD"), ("6", "SGD")]), ("10 £240,000.00", [("240000.00", "GBP")]), ("clause 22.3 of 2025", []),
])
def test_sums_stand_with_their_currency(text, wanted):
    found = [(str(s.value), s.currency) for s in sums(fold(text))]
    assert [(Decimal(v), c) for v, c in found] == [(Decimal(v), c) for v, c in wanted]


def test_claim_gives_the_total_and_not_its_parts(paper, enriched):
    found = enriched(paper("Demand for payment\nDear Sirs\nWe claim from you:\nFee £2,000.00\nInterest £300.00\nTotal £2,300.00\nYours "
                           "faithfully"))
    assert (best(found, "amount_claimed").value, best(found, "amount_claimed").unit) == ("2300.00", "GBP")


def test_ledger_adds_up_by_type(sheet, enriched):
    found = enriched(sheet([
        ["Account", "HPF-30551"], ["Date", "Type", "Reference", "Debit", "Credit", "Balance"],
        ["2024-01-31", "Invoice", "INV-1", 100.5, None, 100.5], ["2024-02-10", "Receipt", "BACS", None, 100.5, 0],
        ["2024-02-29", "Invoice", "INV-2", 200, None, 200], ["2024-03-01", "Credit note", "CN-1", None, 50, 150],
        ["2024-03-02", "Refund", "R-1", 10, None, 160], [None, None, None, None, None, None], [None, None, "Total", 310.5, 150.5, 160]]))
    got = {f.name: Decimal(str(f.value)) for f in found.facts if f.name != "ledger_row"}
    assert got == {"invoiced_total": Decimal("300.5"), "paid_total": Decimal("100.5"), "credited_total": Decimal(50),
        "refunded_total": Decimal(10),
                   "outstanding": Decimal(160)}
    assert "agrees" in next(f.basis for f in found.facts if f.name == "outstanding")
    assert {f.unit for f in found.facts} == {"GBP"}


def test_german_ledger_with_comma_decimals_as_text(sheet, enriched):
    found = enriched(sheet([["Buchungsdatum", "Belegart", "Belegnr.", "Soll", "Haben", "Saldo"],
                            ["31.01.2024", "Rechnung", "RG-1", "1.000,50", None, "1.000,50"], ["15.02.2024",
                                "Zahlung", "ZE-1", None, "400,50", "600,00"]]))
    got = {f.name: Decimal(str(f.value)) for f in found.facts if f.name != "ledger_row"}
    assert (got["invoiced_total"], got["paid_total"], got["outstanding"]) == (Decimal("1000.50"), Decimal("400.50"), Decimal("600.00"))


def test_balance_that_does_not_agree_says_so(sheet, enriched):
    found = enriched(sheet([["Date", "Type", "Debit", "Credit", "Balance"], ["2024-01-31", "Invoice", 100, None, 100], [
        "2024-02-01", "Payment", None, 30, 75]]))
    fact = next(f for f in found.facts if f.name == "outstanding")
    assert (fact.value, "add up to 70" in fact.basis) == ("75", True)


def test_every_fact_is_cited_by_words_that_stand_in_the_text(paper, enriched):
    for text in (CONTRACT, NOTICE):
        for fact in enriched(paper(text)).facts:
            assert fact.passages
            assert all(p.quote and text[p.start:p.end] == p.quote for p in fact.passages)
