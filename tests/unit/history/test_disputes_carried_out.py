"""Disputes from acts and ledger lines: grouping, order, payments, breach, outcome; and what the account, the figures and the gaps show."""

from __future__ import annotations

import json
from typing import Any

from builders.records import client_file, fact, read_record

from archive.model.record import ReadRecord
from history import assemble, audit


def row(**fields: object) -> str:
    return json.dumps(fields)


def says(record_id: str, text: str, date: str, *acts: str, by: str = "provider", kind: str = "email", more: tuple[tuple[str, Any], ...] = ()) -> ReadRecord:
    facts = [fact(text, "dispute_act", a, text, "SEK") for a in acts]
    if acts:
        facts.append(fact(text, "act_by", by, text))
    facts += [fact(text, name, value, text, "SEK") for name, value in more]
    return read_record(record_id, text, kind, date=date, facts=tuple(facts))


def ledger(*lines: tuple[str, str, str, str], date: str = "2025-12-31") -> ReadRecord:
    text = "\n".join(" ".join(line) for line in lines)
    facts = tuple(
        fact(text, "ledger_row", row(day=d, kind=k, amount=a, number=n), " ".join((d, k, a, n)), "SEK") for d, k, a, n in lines
    )
    return read_record("ledger", text, "ledger", date=date, facts=facts)


CLAIM = says("claim", "We claim 200.", "2025-01-10", row(kind="claim", amount="200"), kind="claim")
OFFER = says("offer", "We offer 80.", "2025-02-01", row(kind="offer", amount="80"), by="client")
REFUSAL = says("no", "80 is declined, 120 would do.", "2025-02-05", row(kind="rejection", amount="80"), row(kind="offer", amount="120"))
SETTLED = says(
    "deal", "The client shall pay 100 in two parts.", "2025-03-01", row(kind="settlement", amount="100", payer="client"), kind="settlement",
    more=(("instalment", row(number=1, day="2025-04-01", amount="50")), ("instalment", row(number=2, day="2025-05-01", amount="50")), ("default_days", 10)),
)  # fmt: skip


def steps(told: dict[str, Any]) -> list[tuple[str, str, str, float | None]]:
    return [(s["date"], s["kind"], s["by"], s["amount"]) for s in told["steps"]]


def test_refusal_and_counter_offer_of_one_message_are_two_steps_in_that_order() -> None:
    (told,) = assemble(client_file(CLAIM, OFFER, REFUSAL)).as_json()["disputes"]
    assert steps(told) == [
        ("2025-01-10", "claim", "provider", 200.0),
        ("2025-02-01", "offer", "client", 80.0),
        ("2025-02-05", "rejection", "provider", 80.0),
        ("2025-02-05", "offer", "provider", 120.0),
    ]
    assert (told["status"], told["outcome"]) == ("negotiation", None)


def test_payments_of_the_ledger_carry_a_settlement_out_and_no_breach_follows() -> None:
    paid = (("2025-04-01", "payment", "50", "P1"), ("2025-05-02", "payment", "50", "P2"), ("2025-06-01", "payment", "7", "P3"))
    file = client_file(CLAIM, SETTLED, ledger(*paid))
    (told,) = assemble(file).as_json()["disputes"]
    assert [s[1:] for s in steps(told)][-2:] == [("payment", "client", 50.0), ("payment", "client", 50.0)]
    assert (told["status"], told["outcome"]["amount"], told["outcome"]["payer"]) == ("settled", 100.0, "client")


def test_breach_is_dated_when_the_time_to_pay_ran_out_and_opens_a_dispute_of_its_own() -> None:
    later = says("default", "Unless 20 is received we accelerate.", "2025-05-20", row(kind="claim", amount="20"), kind="notice")
    file = client_file(CLAIM, SETTLED, later, ledger(("2025-04-01", "payment", "50", "P1"), ("2025-05-01", "payment", "30", "part")))
    first, second = assemble(file).as_json()["disputes"]
    assert steps(first)[-1] == ("2025-05-11", "breach", "client", 20.0)
    assert (first["status"], second["status"]) == ("settled", "open")
    assert steps(second) == [("2025-05-20", "claim", "provider", 20.0)]


def test_breach_is_not_concluded_beyond_the_days_that_the_ledger_shows() -> None:
    file = client_file(CLAIM, SETTLED, ledger(("2025-04-01", "payment", "50", "P1"), date="2025-04-30"))
    (told,) = assemble(file).as_json()["disputes"]
    assert all(s[1] != "breach" for s in steps(told))


def test_claim_withdrawn_by_the_number_of_its_invoice_has_the_sum_of_the_ledger() -> None:
    acts = (row(kind="settlement", amount="10", payer="client"), row(kind="withdrawal", reference="F-9"))
    given_up = says("deal2", "Invoice F-9 is withdrawn.", "2025-03-01", *acts, kind="settlement")
    (told,) = assemble(client_file(CLAIM, given_up, ledger(("2025-01-01", "invoice", "150", "F-9")))).as_json()["disputes"]
    assert ("2025-03-01", "withdrawal", "provider", 150.0) in steps(told)


def test_final_ruling_decides_and_an_interim_one_does_not() -> None:
    award = row(kind="ruling", amount="150", by="third_party", payer="client", forum="final")
    final = says("award", "The client shall pay 150.", "2025-06-01", award, kind="other")
    (told,) = assemble(client_file(CLAIM, final)).as_json()["disputes"]
    assert (told["status"], told["outcome"]["amount"], told["outcome"]["payer"]) == ("adjudicated", 150.0, "client")
    interim = says("award", "150 so far.", "2025-06-01", row(kind="ruling", amount="150", by="third_party", forum="interim"), kind="other")
    (told,) = assemble(client_file(CLAIM, interim)).as_json()["disputes"]
    assert told["outcome"] is None


def test_privileged_advice_about_an_offer_is_no_step() -> None:
    text = "I would offer 90."
    advice = read_record("advice", text, "email", date="2025-02-02", privileged=True, facts=(fact(text, "dispute_act", row(kind="offer", amount="90"), text),))
    (told,) = assemble(client_file(CLAIM, advice)).as_json()["disputes"]
    assert [s[1] for s in steps(told)] == ["claim"]


def test_remittance_and_ledger_that_differ_are_a_discrepancy_and_a_conflict_citing_both() -> None:
    text = "We paid 576."
    advice = read_record("advice", text, "payment_advice", date="2025-05-28", facts=(fact(text, "advice", row(day="2025-05-29", amount="576"), text, "SEK"),))
    told = assemble(client_file(advice, ledger(("2025-05-01", "invoice", "576", "F-1"), ("2025-05-29", "payment", "567", "P1")))).as_json()
    (found,) = told["billing"]["discrepancies"]
    assert (found["kind"], found["amount"]) == ("amount_mismatch", 9.0)
    assert {c["record_id"] for c in found["cites"]} == {"advice", "ledger"}
    assert len(told["conflicts"]) == 1


def test_two_payments_of_one_sum_are_one_made_twice_only_where_something_says_so() -> None:
    lines = (("2025-05-01", "payment", "40", "P1"), ("2025-05-04", "payment", "40", "P2"))
    assert assemble(client_file(ledger(*lines))).as_json()["billing"]["discrepancies"] == []
    (found,) = assemble(client_file(ledger(*lines, ("2025-05-20", "refund", "40", "R1")))).as_json()["billing"]["discrepancies"]
    assert (found["kind"], found["amount"]) == ("other", 40.0)


def test_paper_that_cannot_be_found_is_a_gap_unless_it_is_held() -> None:
    text, other = "We cannot find the letter of 3 March 2025.", "See the letter of 3 March 2025."
    missed = read_record("m", text, "email", date="2025-05-01", facts=(fact(text, "missing_paper", row(paper="letter", day="2025-03-03"), text),))
    named = read_record("n", other, "email", date="2025-04-01", facts=(fact(other, "mentions_paper", row(paper="letter", day="2025-03-03"), other),))
    (gap,) = assemble(client_file(missed, named)).as_json()["gaps"]
    assert {c["record_id"] for c in gap["cites"]} == {"m", "n"}
    held = read_record("l", "The letter.", "legal_letter", date="2025-03-03")
    assert assemble(client_file(missed, named, held)).as_json()["gaps"] == []


def test_audit_names_holes_and_its_score_counts_them() -> None:
    text = "See our letter of 3 March 2025."
    named = read_record("n", text, "legal_letter", date="2025-04-01", facts=(fact(text, "mentions_paper", row(paper="letter", day="2025-03-03"), text),))
    told = audit(client_file(named)).as_json()
    assert [(h["kind"], h["what"]) for h in told["holes"]] == [("referenced", "letter of 2025-03-03")]
    assert told["score"]["parts"]["referenced"] == {"checks": 1, "passed": 0}
    assert told["score"]["value"] < 1


def test_figure_told_by_two_reports_stands_once_and_cites_both() -> None:
    value = row(metric="SL1", value=0.58, target=0.8, date="2024-11-30")
    one, two = (read_record(i, "SL1 58%", "sla_report", date="2025-01-31", facts=(fact("SL1 58%", "figure", value, "SL1 58%"),)) for i in ("a", "b"))
    (told,) = assemble(client_file(one, two)).as_json()["feedback"]
    assert (told["date"], told["value"], told["target"], len(told["cites"])) == ("2024-11-30", 0.58, 0.8, 2)
