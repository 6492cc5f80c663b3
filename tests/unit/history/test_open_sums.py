"""Contested statements and reminders; bank lists, exchange, suspense, orders with a cap, invoices that never came: what the account shows and proves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from builders.records import CLIENT, client_file, fact, read_record

from archive.model.record import ReadRecord
from history import assemble
from history.sides import made_of_name

US, THEM = "ar@house.example", "payables@norrland.example"


def row(**fields: object) -> str:
    return json.dumps(fields)


def told(record_id: str, text: str, date: str, sender: str, name: str, value: str, thread: str | None = None, kind: str = "email") -> ReadRecord:
    to = (THEM if sender == US else US,)
    read = read_record(record_id, text, kind, date=date, sender=sender, to=to, mime="message/rfc822", facts=(fact(text, name, value, text, "SEK"),))
    return replace(read, record=replace(read.record, thread_id=thread))


def paper(record_id: str, text: str, date: str, kind: str, *facts: tuple[str, object], near: str | None = None) -> ReadRecord:
    made = tuple(fact(text, name, value, text, "SEK") for name, value in facts)  # type: ignore[arg-type]
    return read_record(record_id, text, kind, date=date, facts=made, near_duplicate_of=near)


def ledger(*lines: tuple[str, str, str, str], bank: tuple[tuple[str, str, str], ...] = (), date: str = "2025-12-31") -> ReadRecord:
    text = "\n".join([*(" ".join(line) for line in lines), *(" ".join(line) for line in bank)])
    facts = [fact(text, "ledger_row", row(day=d, kind=k, amount=a, number=n), " ".join((d, k, a, n)), "SEK") for d, k, a, n in lines]
    facts += [fact(text, "bank_row", row(day=d, amount=a, details=w), " ".join((d, a, w)), "SEK") for d, a, w in bank]
    return read_record("ledger", text, "ledger", date=date, facts=tuple(facts))


def steps(dispute: dict[str, Any]) -> list[tuple[str, str, str, float | None]]:
    return [(s["date"], s["kind"], s["by"], s["amount"]) for s in dispute["steps"]]


def found(file: Any) -> list[tuple[str, float]]:
    return [(d["kind"], d["amount"]) for d in assemble(file).as_json()["billing"]["discrepancies"]]


STATEMENT = told("st", "Final statement: please pay 300.", "2025-05-01", US, "demand", row(amount="300", statement=True), "t")
DENIAL = told("no", "We owe 120 and not 300.", "2025-05-10", THEM, "contests", row(says="120", against="300"), "t")
REMINDER = told("rem", "180 is still open, please pay.", "2025-06-01", US, "demand", row(amount="180"), "t")
OTHERS = [told(f"m{n}", f"Hello {n}", "2025-01-01", US, "nothing", "x") for n in range(2)]


def test_contested_statement_is_an_open_dispute_with_its_payment_and_the_further_demand() -> None:
    (one,) = assemble(client_file(*OTHERS, STATEMENT, DENIAL, REMINDER, ledger(("2025-05-20", "payment", "120", "P1")))).as_json()["disputes"]
    assert steps(one) == [
        ("2025-05-01", "claim", "provider", 300.0),
        ("2025-05-10", "response", "client", None),
        ("2025-05-20", "payment", "client", 120.0),
        ("2025-06-01", "claim", "provider", 180.0),
    ]
    assert (one["status"], one["outcome"]) == ("open", None)


def test_reminder_that_nobody_denies_is_no_dispute() -> None:
    assert assemble(client_file(*OTHERS, STATEMENT, REMINDER)).as_json()["disputes"] == []


def test_denial_of_another_sum_in_another_thread_contests_nothing() -> None:
    other = told("no", "We do not owe 77.", "2025-05-10", THEM, "contests", row(against="77"), "u")
    assert assemble(client_file(*OTHERS, STATEMENT, other)).as_json()["disputes"] == []


def test_sums_of_the_two_sides_are_a_conflict_that_cites_both() -> None:
    whats = [(c["what"], {x["record_id"] for x in c["cites"]}) for c in assemble(client_file(*OTHERS, STATEMENT, DENIAL)).as_json()["conflicts"]]
    assert whats == [("Open sum: 300.00 asked for, 120.00 by the books of the other side", {"st", "no"})]


def test_contested_statement_beside_a_claim_of_the_client_is_a_dispute_of_its_own() -> None:
    text = "We claim 50 for the delay."
    claim = read_record("c", text, "claim", date="2025-04-01", facts=(fact(text, "dispute_act", row(kind="claim", amount="50"), text, "SEK"),
                        fact(text, "act_by", "client", text)))  # fmt: skip
    first, second = assemble(client_file(*OTHERS, claim, STATEMENT, DENIAL)).as_json()["disputes"]
    assert steps(first) == [("2025-04-01", "claim", "client", 50.0)]
    assert [s["kind"] for s in second["steps"]] == ["claim", "response"]


INVOICE = ("2025-01-31", "invoice", "1000", "I-7")


def test_receipt_that_the_ledger_books_with_a_slightly_other_sum_is_exchange_where_it_came_in_another_currency() -> None:
    text = "2025-02-10 655.10 WIRE USD 60.00"
    bank = read_record("b", text, "other", date="2025-02-28", facts=(
        fact(text, "bank_row", row(day="2025-02-10", amount="655.10", details="WIRE", original="60.00", unit="USD"), text, "SEK"),))  # fmt: skip
    assert found(client_file(ledger(INVOICE, ("2025-02-10", "payment", "650.00", "W1")), bank)) == [("fx", 5.1)]


def test_receipt_that_the_ledger_books_with_a_slightly_other_sum_is_a_mismatch_in_one_currency() -> None:
    lines = ledger(INVOICE, ("2025-02-10", "payment", "650.00", "W1"), bank=(("2025-02-10", "655.10", "transfer"),))
    assert found(client_file(lines)) == [("amount_mismatch", 5.1)]


def test_money_in_suspense_stands_once_though_ledger_bank_and_remittance_tell_it() -> None:
    advice = paper("a", "Remittance 200, value 2025-02-12", "2025-02-11", "payment_advice", ("advice", row(day="2025-02-12", amount="200")))
    bank = paper("b", "2025-02-12 200 NORR", "2025-02-28", "other", ("bank_row", row(day="2025-02-12", amount="200", details="NORR")))
    lines = ledger(INVOICE, ("2025-02-10", "payment", "650", "on account"), bank=(("2025-02-12", "200", "unidentified, suspense 2990"),))
    (one,) = assemble(client_file(lines, advice, bank)).as_json()["billing"]["discrepancies"]
    assert (one["kind"], one["amount"], {c["record_id"] for c in one["cites"]}) == ("unapplied_payment", 200.0, {"a", "b", "ledger"})


def test_payment_that_only_the_bank_shows_is_a_step_of_the_dispute_about_the_debt() -> None:
    text = "We claim 900."
    claim = read_record("c", text, "claim", date="2025-02-01", facts=(
        fact(text, "dispute_act", row(kind="claim", amount="900"), text, "SEK"), fact(text, "act_by", "provider", text)))  # fmt: skip
    lines = ledger(INVOICE, bank=(("2025-02-12", "200", "NORR"), ("2025-02-13", "200", "NORR suspense")))
    (one,) = assemble(client_file(claim, lines)).as_json()["disputes"]
    assert steps(one)[1:] == [("2025-02-12", "payment", "client", 200.0)]


def test_invoices_above_an_order_are_a_mismatch_by_the_excess_before_tax() -> None:
    order = paper("o", "Order no. 12, not to exceed 400", "2025-01-02", "sow", ("order_cap", row(amount="400", order="12")))
    text = "Invoice I-9 for order 12\nNet 480.00\nTax 120.00\nTotal 600.00"
    bill = read_record("i", text, "invoice", date="2025-01-31", facts=(fact(text, "amount", "600.00", "600.00", "SEK"),
                       fact(text, "amount", "480.00", "480.00", "SEK", confidence=0.3)))  # fmt: skip
    other = read_record("j", "Invoice for order 123\nTotal 900.00", "invoice", date="2025-01-31",
                        facts=(fact("Invoice for order 123\nTotal 900.00", "amount", "900.00", "900.00", "SEK"),))  # fmt: skip
    assert found(client_file(order, bill, other)) == [("amount_mismatch", 80.0)]


def test_invoice_of_the_ledger_that_is_said_never_to_have_come_is_missing_unless_its_paper_is_held() -> None:
    said = told("m", "Invoice I-7 never reached us.", "2025-03-01", THEM, "account_says", row(kind="missing_invoice", reference="C-1 I-7"))
    assert found(client_file(ledger(INVOICE), said)) == [("missing_invoice", 1000.0)]
    held = paper("i", "Invoice I-7 total 1000", "2025-01-31", "invoice", ("amount", "1000"))
    assert found(client_file(ledger(INVOICE), said, held)) == []


def test_domain_made_of_one_part_of_a_double_name_is_the_clients() -> None:
    assert made_of_name("larchen-direct.example", ("Fenwick-Larchen Insurance",))
    assert not made_of_name("larch-direct.example", ("Fenwick-Larchen Insurance",))
    assert not made_of_name("direct.example", (CLIENT.legal_name,))
