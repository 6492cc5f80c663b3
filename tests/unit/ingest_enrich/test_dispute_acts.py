"""Acts read from papers and mails in several languages, settlement terms, figures and missing papers; all texts invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.dispute_acts import dispute_acts
from ingest.enrich.figures import figures
from ingest.enrich.missing import missing


def acts_of(doc, kind):
    return [json.loads(f.value) for f in dispute_acts(doc, kind, (), None) if f.name == "dispute_act"]


def brief(found):
    return [(a["kind"], a.get("amount")) for a in found]


@pytest.mark.parametrize(("text", "wanted"), [
    ("Your offer of £7,500 is declined. We would settle at £12,000, each side bearing its costs.", [("rejection", "7500"), ("offer", "12000")]),
    ("Ihr Angebot über 7.500 EUR lehnen wir ab. Wir wären bereit, uns bei 12.000 EUR zu einigen.", [("rejection", "7500"), ("offer", "12000")]),
    ("Sans reconnaissance de responsabilité, nous proposons de verser 3 200,00 €.", [("offer", "3200.00")]),
    ("Sin reconocimiento de responsabilidad, ofrecemos abonar 3.000,00 EUR.", [("offer", "3000.00")]),
    ("We will pay £900 on Monday as usual.", []),
])
def test_offers_and_refusals_are_told_apart_from_plain_payments(mail, text, wanted):
    assert brief(acts_of(mail(text), "email")) == wanted


def test_letter_that_denies_and_offers_does_two_things(paper):
    text = "Die Vertragsstrafe von 22.500,00 EUR weisen wir zurück. Ohne Anerkennung einer Rechtspflicht bieten wir Ihnen 7.500,00 EUR an."
    assert brief(acts_of(paper(text), "legal_letter")) == [("response", None), ("offer", "7500.00")]


def test_notice_of_default_is_a_claim_only_where_it_demands_a_sum(paper):
    demand = paper("Notice of default. Unless $45,000.00 is received by May 3, we may accelerate.")
    assert brief(acts_of(demand, "notice")) == [("claim", "45000.00")]
    assert acts_of(paper("Notice of default. The service level of 80% was missed three times."), "notice") == []


def test_ruling_gives_what_is_found_due_and_not_what_is_dismissed(paper):
    text = "FINAL AWARD\nThe tribunal finds. The claim for interest of $9,000.00 is dismissed. The respondent shall pay $150,000.00.\nArbitrator"
    told = [(a["kind"], a["amount"], a["by"], a["forum"]) for a in acts_of(paper(text), "other")]
    assert told == [("ruling", "150000.00", "third_party", "final")]


def test_settlement_gives_instalments_and_what_is_withdrawn(paper):
    text = ("Settlement Agreement\n1.1 The Customer shall pay the Supplier $200.00 in two installments:\n"
            "1 May 2, 2024 $100.00\n2 June 3, 2024 $100.00\n"
            "1.2 It is a default if an installment is not received within ten (10) days after its due date.\n"
            "2.1 The Customer's claim for $70.00 is withdrawn.\n")
    facts = dispute_acts(paper(text), "settlement", (), "en")
    assert [json.loads(f.value)["day"] for f in facts if f.name == "instalment"] == ["2024-05-02", "2024-06-03"]
    assert [f.value for f in facts if f.name == "default_days"] == [10]
    assert ("withdrawal", "70.00") in brief([json.loads(f.value) for f in facts if f.name == "dispute_act"])


def test_every_act_is_cited_by_words_that_stand_in_the_text(mail):
    doc = mail("Without prejudice, we offer £500. Your £300 is declined.")
    facts = dispute_acts(doc, "email", (), None)
    assert facts
    assert all(p.quote == doc.text[p.start:p.end] for f in facts for p in f.passages)


def test_months_down_a_table_give_shares_with_their_target(sheet):
    doc = sheet([["Month", "SL1 result", "Target"], ["Nov 2024", "58%", "80%"], ["Dec 2024", "62%", "80%"]])
    told = [json.loads(f.value) for f in figures(doc, "sla_report", None, "en")]
    assert [(t["date"], t["value"], t["target"]) for t in told] == [("2024-11-30", 0.58, 0.8), ("2024-12-31", 0.62, 0.8)]


def test_letter_that_cannot_be_found_is_told_with_its_day(mail):
    told = {f.name: json.loads(f.value) for f in missing(mail("We cannot find your letter of 12 March 2024."), "email", "en")}
    assert told["missing_paper"] == {"paper": "letter", "day": "2024-03-12"}
