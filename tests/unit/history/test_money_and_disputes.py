from __future__ import annotations

from builders.records import client_file, fact, mail, read_record

from archive.model.record import ReadRecord
from history import assemble

LEDGER = "Invoices 1000.10 Receipts 700.05 Credits 50.00 Refunds 0.00"
THEM = "ebba.lund@norrland.example"


def ledger(record_id: str = "l", date: str = "2025-06-30", without: str = "") -> ReadRecord:
    sums = {"invoiced_total": "1000.10", "paid_total": "700.05", "credited_total": "50.00", "refunded_total": "0.00"}
    facts = tuple(fact(LEDGER, n, v, v, "SEK") for n, v in sums.items() if n != without)
    return read_record(record_id, LEDGER, "ledger", date=date, facts=facts)


def test_outstanding_is_computed_exactly_from_the_four_totals() -> None:
    told = assemble(client_file(ledger())).as_json()["billing"]
    assert (told["currency"], told["invoiced_total"], told["refunded_total"]) == ("SEK", 1000.1, 0.0)
    assert told["outstanding_as_of"]["amount"] == 250.05
    assert told["outstanding_as_of"]["date"] == "2025-06-30"
    assert told["outstanding_as_of"]["status"] == "derived"
    assert len(told["outstanding_as_of"]["derivation"]["inputs"]) == 4


def test_outstanding_is_not_computed_when_a_total_is_missing() -> None:
    told = assemble(client_file(ledger(without="paid_total"))).as_json()["billing"]
    assert told["outstanding_as_of"] is None
    assert "paid_total was not read from the ledger" in told["undecided"]


def test_latest_ledger_speaks() -> None:
    told = assemble(client_file(ledger("new", "2025-07-31"), ledger("old", "2025-06-30"))).as_json()["billing"]
    assert {c["record_id"] for c in told["cites"]} == {"new"}


def test_without_a_ledger_there_are_no_sums_and_no_empty_citation() -> None:
    told = assemble(client_file()).as_json()["billing"]
    assert told["invoiced_total"] is None
    assert told["undecided"] == ["no ledger is held"]
    assert "cites" not in told


def test_sum_that_is_no_number_is_not_used() -> None:
    bad = read_record(
        "l", LEDGER, "ledger", facts=(fact(LEDGER, "invoiced_total", "NaN", "1000.10"), fact(LEDGER, "paid_total", "x", "700.05"))
    )
    assert assemble(client_file(bad)).as_json()["billing"]["undecided"] == ["no ledger that is held could be summed"]


def claim(record_id: str, kind: str, date: str, amount: str, **more: object) -> ReadRecord:
    text = f"Letter about {amount} SEK."
    return read_record(record_id, text, kind, date=date, facts=(fact(text, "amount", amount, amount, "SEK"),), **more)  # type: ignore[arg-type]


def test_claims_and_settlement_are_steps_of_one_dispute_in_order_of_date() -> None:
    file = client_file(
        claim("s", "settlement", "2025-09-01", "80"),
        claim("c", "claim", "2025-06-01", "200", sender="kim@house.example"),
        claim("k", "counterclaim", "2025-07-01", "90", sender=THEM),
    )
    (told,) = assemble(file).as_json()["disputes"]
    assert [(s["date"], s["kind"], s["amount"]) for s in told["steps"]] == [
        ("2025-06-01", "claim", 200.0),
        ("2025-07-01", "counterclaim", 90.0),
        ("2025-09-01", "settlement", 80.0),
    ]
    assert told["status"] == "settled"
    assert told["outcome"]["amount"] == 80.0
    assert told["outcome"]["payer"] is None


def test_claim_after_a_settlement_leaves_the_dispute_open() -> None:
    (told,) = assemble(client_file(claim("s", "settlement", "2025-05-01", "80"), claim("c", "claim", "2025-06-01", "200"))).as_json()[
        "disputes"
    ]
    assert told["status"] == "open"
    assert told["outcome"] is None


def test_mail_and_the_claim_it_carries_are_one_step() -> None:
    carrying = mail("m", "Our claim is attached.", THEM, ("kim@house.example",), "2025-06-01", kind="claim")
    (told,) = assemble(client_file(carrying, claim("c", "claim", "2025-05-30", "200", parent="m"))).as_json()["disputes"]
    (step,) = told["steps"]
    assert (step["date"], step["by"], step["amount"]) == ("2025-05-30", "client", 200.0)


def test_settlement_without_any_claim_is_no_dispute() -> None:
    assert assemble(client_file(claim("s", "settlement", "2025-05-01", "80"))).as_json()["disputes"] == []


def test_draft_against_the_signed_paper_is_a_conflict_that_cites_both() -> None:
    signed, draft = "Fee of 50 per cent, notice 30 days.", "Fee of 40 per cent, notice 60 days."
    file = client_file(
        read_record("signed", signed, "amendment", facts=(fact(signed, "notice_period", 30, "30 days", "calendar_days"),)),
        read_record(
            "draft", draft, "amendment", facts=(fact(draft, "notice_period", 60, "60 days", "calendar_days"),), near_duplicate_of="signed"
        ),
    )
    (told,) = assemble(file).as_json()["conflicts"]
    assert {c["record_id"] for c in told["cites"]} == {"signed", "draft"}
    assert {"50 per cent", "40 per cent"} <= {c["quote"] for c in told["cites"]}
    assert "30 calendar days" in told["what"]
