"""How contracts of four languages reckon sums beyond the price. All clauses are invented."""

from __future__ import annotations

import json

import pytest

from ingest.enrich.penalty_clauses import penalty_clauses


def read(doc, kind="contract"):
    out: dict[str, list] = {}
    for f in penalty_clauses(doc, kind, ()):
        out.setdefault(f.name, []).append(json.loads(f.value) if f.name != "percent_replaced" else (f.value, f.basis.rsplit(" ", 1)[-1]))
    return out


@pytest.mark.parametrize(("clause", "expected"), [
    ("If the Customer ends this Agreement before the end of the term it shall pay an early termination fee of forty percent (40%) of the Minimum Monthly "
     "Charge for each remaining month or part of a month.",
     {"kind": "early_termination_fee", "percent": "40", "base": "minimum", "per": "month", "count": "up"}),
    ("Endet der Vertrag vorzeitig, zahlt der Kunde ein Entgelt für die vorzeitige Beendigung in Höhe von 30 % der monatlichen Vergütung je angefangenem Monat "
     "der Restlaufzeit.", {"kind": "early_termination_fee", "percent": "30", "base": "monthly", "per": "month", "count": "up"}),
    ("En cas de résiliation anticipée, le client verse une indemnité de résiliation de cinquante pour cent (50 %) de la redevance mensuelle par mois entamé "
     "restant à courir.", {"kind": "early_termination_fee", "percent": "50", "base": "monthly", "per": "month", "count": "up"}),
    ("El cliente pagará una penalización por resolución anticipada del 25 % de la cuota mínima por cada mes completo que reste.",
     {"kind": "early_termination_fee", "percent": "25", "base": "minimum", "per": "month", "count": "down"}),
    ("The Client shall pay the unamortised Set-up Cost: the Set-up Cost multiplied by the number of complete months to the end of the term and divided by 48.",
     {"kind": "unamortised_setup_cost", "base": "setup", "per": "month", "count": "down", "divisor": 48}),
    ("Bei verspäteter Löschung der Daten zahlt der Dienstleister eine Vertragsstrafe von 7.500 EUR.",
     {"kind": "contractual_penalty_data_deletion", "amount": "7500"}),
    ("The Supplier shall pay liquidated damages of EUR 1,000 for each day of delay.", {"kind": "liquidated_damages", "amount": "1000", "per": "day"}),
    ("A cancellation fee equal to three (3) months' charges is payable.", {"kind": "early_termination_fee", "base": "monthly", "times": 3}),
    ("If charges are below the commitment the Client shall pay a shortfall fee of 75% of the difference.",
     {"kind": "minimum_commitment_shortfall", "percent": "75", "base": "difference"}),
    ("Overdue sums bear late payment interest at 8 per cent a year.", {"kind": "late_interest", "percent": "8"}),
])
def test_clause_is_taken_apart(paper, clause, expected):
    (found,) = read(paper(f"AGREEMENT\n1. Definitions\n2. Term\n2.1 {clause}\n3. Law\n"))["penalty_clause"]
    assert found == expected


@pytest.mark.parametrize("clause", [
    "The early termination fee is a fair reflection of the set-up costs.",
    "The parties wish to change the Minimum Monthly Charge and the Early Termination Fee.",
    "Service credits are the sole remedy.",
    "The Supplier shall answer 80% of calls in 20 seconds.",
])
def test_words_about_a_fee_are_no_way_of_reckoning_it(paper, clause):
    assert "penalty_clause" not in read(paper(f"AGREEMENT\n1. Definitions\n2. Term\n2.1 {clause}\n3. Law\n"))


@pytest.mark.parametrize(("words", "kind", "expected"), [
    ("Minimum Monthly Charge £41,000.00", "contract", {"base": "minimum", "amount": "41000.00"}),
    ('"Set-up Cost" means EUR 90,000.', "contract", {"base": "setup", "amount": "90000"}),
    ("The client shall buy services of at least $900,000 (the \"Minimum Annual Commitment\").", "contract", {"base": "minimum", "amount": "900000"}),
    ("Die Mindestvergütung beträgt 12.000,00 EUR im Monat.", "contract", {"base": "minimum", "amount": "12000.00"}),
    ("The Minimum Monthly Charge is reduced from £41,000.00 to £38,000.00.", "amendment", {"base": "minimum", "amount": "38000.00"}),
    ("Die Mindestvergütung beträgt 10.000,00 EUR statt 12.000,00 EUR.", "amendment", {"base": "minimum", "amount": "10000.00"}),
    ("La redevance mensuelle est portée à 4 200,00 EUR.", "amendment", {"base": "monthly", "amount": "4200.00"}),
])
def test_term_stands_for_its_sum_and_an_amendment_for_the_new_one(paper, words, kind, expected):
    assert read(paper(f"PAPER\n1. One\n2. Two\n2.1 {words}\n3. Three\n"), kind)["named_sum"] == [expected]


@pytest.mark.parametrize(("words", "expected"), [
    ('In clause 9 the words "sixty per cent (60%)" are replaced by "fifty per cent (50%)".', ("50", "60")),
    ("In § 9 werden die Worte 60 % durch 45 % ersetzt.", ("45", "60")),
    ("À l'article 9, 60 % est remplacé par 50 %.", ("50", "60")),
    ("Section 9 now reads 30% instead of 40%.", ("30", "40")),
])
def test_amendment_puts_one_per_cent_in_the_place_of_another(paper, words, expected):
    assert read(paper(f"AMENDMENT\n1. One\n2. Two\n2.1 {words}\n3. Three\n"), "amendment")["percent_replaced"] == [expected]
