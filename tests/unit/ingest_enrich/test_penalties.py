"""Sums beyond the price of services, in papers of four languages: what each kind of paper says of them, and what is none."""

from __future__ import annotations

import json

import pytest

from archive.model.fact import Fact
from ingest.enrich.amounts import amounts
from ingest.enrich.penalties import penalties


def said(doc, kind, *more):
    read = (*(amounts(doc, kind, ()) if kind in ("invoice", "credit_note") else ()), *more)
    return [json.loads(f.value) for f in penalties(doc, kind, read, ())]


@pytest.mark.parametrize(("line", "kind"), [
    ("Early Termination Charge, clause 14.2 36,000.00", "early_termination_fee"),
    ("Cancellation fee per section 9 of the order form 36,000.00", "early_termination_fee"),
    ("Entgelt für die vorzeitige Beendigung, § 12 Abs. 3 36.000,00", "early_termination_fee"),
    ("Ablösesumme gemäß § 8 36.000,00", "early_termination_fee"),
    ("Indemnité de résiliation anticipée, article 11 36 000,00", "early_termination_fee"),
    ("Penalización por resolución anticipada, cláusula 10 36.000,00", "early_termination_fee"),
    ("Volume shortfall contract year 3, 40% x 90,000 36,000.00", "minimum_commitment_shortfall"),
    ("Take-or-pay balance 2023 36,000.00", "minimum_commitment_shortfall"),
    ("Mindermengenausgleich 2024 36.000,00", "minimum_commitment_shortfall"),
    ("Complément de volume 2024 36 000,00", "minimum_commitment_shortfall"),
    ("Déficit de volumen 2024 36.000,00".replace("Déficit", "Déficit"), "minimum_commitment_shortfall"),
    ("Minimum monthly fee, June 2024 36,000.00", "minimum_commitment"),
    ("Mindestvergütung Juni 2024 36.000,00", "minimum_commitment"),
    ("Unamortised implementation cost, 14 of 36 months 36,000.00", "unamortised_setup_cost"),
    ("Frais de mise en place non amortis 36 000,00", "unamortised_setup_cost"),
    ("Nicht amortisierte Einrichtungskosten 36.000,00", "unamortised_setup_cost"),
    ("Costes de puesta en marcha no amortizados 36.000,00", "unamortised_setup_cost"),
    ("Late payment interest on 2024-118 36,000.00", "late_interest"),
    ("Verzugszinsen auf R-2024-118 36.000,00", "late_interest"),
    ("Intérêts de retard 36 000,00", "late_interest"),
    ("Intereses de demora 36.000,00", "late_interest"),
    ("Vertragsstrafe nach § 17 36.000,00", "contractual_penalty"),
    ("Liquidated damages, 12 weeks 36,000.00", "liquidated_damages"),
])
def test_invoice_for_such_a_sum_alone_charges_its_total(paper, line, kind):
    german = "," in line[-4:]
    head = "RECHNUNG Nr. HB-2024-0042" if german else "INVOICE HB-2024-0042"
    total = "43.200,00" if german else "43,200.00"
    doc = paper(f"{head}\nHouse Services\nDescription Net EUR\n{line}\n{'Summe netto 36.000,00' if german else 'Net 36,000.00'}\n"
                f"{'USt 20 % 7.200,00' if german else 'VAT 20% 7,200.00'}\n{'Gesamt' if german else 'Total'} {total}\n")
    assert said(doc, "invoice") == [{"act": "charged", "amount": "43200.00", "kind": kind, "number": "HB-2024-0042"}]


@pytest.mark.parametrize("text", [
    "INVOICE HB-1042\nCustomer care May 2024, 4,100 contacts, minimum monthly charge 36,000.00\nTotal 36,000.00\n",
    "RECHNUNG HB-1042\nHotline Mai 2024: 812 Anrufe, Mindestvergütung 3.600,00\nGesamt 3.600,00\n",
    "INVOICE HB-1042\nServices May 2024 36,000.00\nTotal 36,000.00\nOverdue sums bear interest at 8% a year. Late payment interest is charged from day 31.\n",
    "RECHNUNG HB-1042\nLeistung Mai 2024 3.600,00\nGesamt 3.600,00\nBei Zahlungsverzug berechnen wir Verzugszinsen.\n",
    "INVOICE HB-1042\nPlatform charge 120.00\nTotal 120.00\n",
])
def test_price_of_services_and_terms_of_payment_are_no_such_sum(paper, text):
    assert said(paper(text), "invoice") == []


def test_one_line_among_others_charges_its_own_sum(paper):
    doc = paper("INVOICE NB-77120\nServices May 2024 10,000.00\nEarly termination fee 4,000.00\nNet 14,000.00\nTotal 14,000.00\n")
    assert [(f["kind"], f["amount"]) for f in said(doc, "invoice")] == [("early_termination_fee", "4000.00")]


@pytest.mark.parametrize(("text", "expected"), [
    ("CREDIT NOTE CR-201\nPart credit of NB-77120 under the settlement of 3 May 2024 4,000.00\nTotal 4,000.00\n", ("", "4000.00", "NB-77120", "yes")),
    ("GUTSCHRIFT G-2024-11\nVertragsstrafe, laut Vergleich vom 03.05.2024 4.000,00\nGesamt 4.000,00\n", ("contractual_penalty", "4000.00", None, "yes")),
    ("AVOIR AV-2024-11\nFacture F-2024-118, frais de résiliation, selon accord 4 000,00\nTotal 4 000,00\n",
     ("early_termination_fee", "4000.00", "F-2024-118", "yes")),
    ("CREDIT NOTE CR-201\nService credits April 2024 4,000.00\nTotal 4,000.00\n", ("service_level_credits", "4000.00", None, None)),
])
def test_credit_note_names_what_it_credits(paper, text, expected):
    (found,) = said(paper(text), "credit_note")
    assert (found["kind"], found["amount"], found.get("reference"), found.get("agreed")) == expected


@pytest.mark.parametrize(("text", "kind", "expected"), [
    ("We claim the early termination fee of GBP 48,000.00 under clause 14.", "claim", ("claimed", "early_termination_fee", "48000.00")),
    ("Wir verlangen eine Vertragsstrafe in Höhe von 25.000,00 EUR, weil die Daten nicht gelöscht wurden.", "claim",
     ("claimed", "contractual_penalty_data_deletion", "25000.00")),
    ("Nous réclamons l'indemnité de résiliation de 12 500,00 EUR.", "claim", ("claimed", "early_termination_fee", "12500.00")),
    ("Reclamamos la penalización por resolución anticipada de 12.500,00 EUR.", "claim", ("claimed", "early_termination_fee", "12500.00")),
    ("The shortfall fee (invoice NB-88) is withdrawn.", "settlement", ("withdrawn", "minimum_commitment_shortfall", None)),
    ("Die Vertragsstrafe wird erlassen.", "settlement", ("withdrawn", "contractual_penalty", None)),
    ("The sum takes account of service credits of USD 9,000.00 for 2023.", "settlement", ("granted", "service_level_credits", "9000.00")),
    ("This is in full and final settlement of the Early Termination Fee.", "settlement", ("settled", "early_termination_fee", None)),
    ("Damit ist die Vertragsstrafe erledigt.", "email", ("settled", "contractual_penalty", None)),
])
def test_words_say_what_becomes_of_a_sum(paper, text, kind, expected):
    (found,) = said(paper(text), kind)
    assert (found["act"], found["kind"], found.get("amount")) == expected


def test_ruling_allows_and_refuses(paper):
    doc = paper("FINAL AWARD\n1. Service credits of USD 5,000.00 are due to the claimant.\n2. No early termination fee is payable.\n")
    assert {(f["act"], f["kind"], f.get("amount")) for f in said(doc, "other")} == {
        ("granted", "service_level_credits", "5000.00"), ("denied", "early_termination_fee", None)}


def test_what_is_given_up_behind_another_claim_is_that_claim(paper):
    doc = paper("It settles the Early Termination Fee and the client's claim for GBP 8,000.00, which is withdrawn.")
    assert [(f["act"], f["kind"]) for f in said(doc, "settlement")] == [("settled", "early_termination_fee")]


@pytest.mark.parametrize(("details", "kind", "expected"), [
    ("Early termination fee cl. 9", "invoice", ("charged", "early_termination_fee", None)),
    ("Default charge 4%", "invoice", ("charged", "settlement_default_charge", None)),
    ("Verzugszinsen bis 30.06.", "invoice", ("charged", "late_interest", None)),
    ("Settlement, NB-77120 part", "credit", ("credited", "", "NB-77120")),
])
def test_lines_of_a_ledger_are_read_by_their_details(paper, details, kind, expected):
    line = f"2024-05-03 {details} 4000"
    doc = paper(line)
    row = Fact("ledger_row", json.dumps({"kind": kind, "amount": "4000", "number": "NB-1", "details": details}), (doc.passage(0, len(line)),), "line", "EUR")
    (found,) = said(doc, "ledger", row)
    assert (found["act"], found["kind"], found.get("reference")) == expected


@pytest.mark.parametrize("details", ["Services April 2024 (minimum)", "Leistung März 2024 (Mindestvergütung)", "Training fees", "Interest-free deposit"])
def test_other_lines_of_a_ledger_are_none(paper, details):
    doc = paper(details)
    row = Fact("ledger_row", json.dumps({"kind": "invoice", "amount": "4000", "details": details}), (doc.passage(0, len(details)),), "line", "EUR")
    assert said(doc, "ledger", row) == []


@pytest.mark.parametrize("text", [
    "Please waive the early termination fee.",
    "If you pay by Friday the early termination fee is waived.",
    "Könnten Sie auf die Vertragsstrafe verzichten?",
    "This would settle the early termination fee.",
])
def test_mail_that_asks_for_it_gives_nothing_up(mail, text):
    assert [f for f in said(mail(text), "email") if f["act"] in ("withdrawn", "settled")] == []


@pytest.mark.parametrize("text", ["As agreed on the phone, the early termination fee is waived.", "Die Vertragsstrafe wird hiermit erlassen."])
def test_mail_that_gives_a_sum_up_says_so(mail, text):
    assert [f["act"] for f in said(mail(text), "email")] == ["withdrawn"]


@pytest.mark.parametrize(("text", "reference"), [("We dispute invoice NB-77120.", "NB-77120"), ("Die Rechnung R-2024-118 bestreiten wir.", "R-2024-118")])
def test_mail_that_contests_an_invoice_names_its_number(mail, text, reference):
    assert [(f["act"], f.get("reference")) for f in said(mail(text), "email")] == [("contested", reference)]


def test_ordinary_mail_is_not_looked_into(mail):
    assert said(mail("See you at the meeting on Monday, the agenda is attached."), "email") == []
