"""The settlement statement as of any day: sums by kind, opening, several currencies, what is agreed and not booked."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

from builders.records import client_file, fact, read_record
from hypothesis import given
from hypothesis import strategies as st

from archive.model.record import ReadRecord
from history import ClientFile, assemble
from history.statement import statements

LINES = (
    ("2025-01-31", "invoice", "100.00", "I-1"), ("2025-02-10", "payment", "60.00", "P-1"), ("2025-02-28", "invoice", "50.00", "I-2"),
    ("2025-03-05", "credit", "10.00", "C-1"), ("2025-03-09", "refund", "4.00", "R-1"),
)  # fmt: skip


def ledger(*lines: tuple[str, str, str, str], unit: str = "SEK", record_id: str = "ledger", when: str = "2025-12-31", opening: str = "") -> ReadRecord:
    text = "\n".join([f"opening {opening}", *(" ".join(line) for line in lines)])
    facts = [fact(text, "ledger_row", json.dumps(dict(zip(("day", "kind", "amount", "number"), line, strict=True))), " ".join(line), unit) for line in lines]
    if opening:
        facts.append(fact(text, "opening_balance", opening, f"opening {opening}", unit))
    return read_record(record_id, text, "ledger", date=when, facts=tuple(facts))


def test_balance_is_opening_and_invoices_less_payments_and_credits_with_refunds() -> None:
    (told,) = assemble(client_file(ledger(*LINES, opening="7.50"))).as_json()["billing"]["statements"]
    parts = {k: told[k] for k in ("opening", "invoiced", "paid", "credited", "refunded", "balance")}
    assert parts == {"opening": 7.5, "invoiced": 150.0, "paid": 60.0, "credited": 10.0, "refunded": 4.0, "balance": 91.5}
    assert (told["as_of"], told["currency"], told["by_later_ledger"]) == ("2025-12-31", "SEK", False)


def test_statement_as_of_a_day_leaves_out_what_came_later_and_says_that_the_ledger_did() -> None:
    told = assemble(client_file(ledger(*LINES), as_of="2025-02-28")).as_json()["billing"]["statements"][0]
    assert (told["as_of"], told["balance"], told["paid"], told["credited"], told["by_later_ledger"]) == ("2025-02-28", 90.0, 60.0, 0.0, True)
    assert "later" in told["derivation"]["rule"]
    assert [d["date"] for d in told["days"]] == ["2025-01-31", "2025-02-10", "2025-02-28"]


def test_each_currency_has_a_statement_of_its_own_by_the_ledger_that_goes_furthest() -> None:
    euro = ledger(("2025-01-05", "invoice", "9.00", "E-1"), unit="EUR", record_id="euro")
    older = ledger(("2025-01-05", "invoice", "1.00", "I-0"), record_id="older", when="2025-01-31")
    told = assemble(client_file(ledger(*LINES), euro, older)).as_json()["billing"]["statements"]
    assert [(s["currency"], s["balance"], s["ledger"]) for s in told] == [("EUR", 9.0, "euro"), ("SEK", 84.0, "ledger")]


def act(record_id: str, day: str, by: str, kind: str, **more: str) -> ReadRecord:
    text = f"Words of {record_id}."
    facts = (fact(text, "dispute_act", json.dumps({"kind": kind, **more}), text, "SEK"), fact(text, "act_by", by, text))
    return read_record(record_id, text, kind if kind in ("claim", "settlement") else "email", date=day, facts=facts)


def test_sum_that_the_provider_agreed_to_pay_and_did_not_book_stands_beside_the_balance() -> None:
    claim, deal = act("c", "2025-03-10", "client", "claim", amount="30"), act("d", "2025-03-20", "client", "settlement", amount="20", payer="provider")
    told = assemble(client_file(ledger(*LINES), claim, deal)).as_json()["billing"]["statements"][0]
    assert [(u["amount"], u["cites"][0]["record_id"]) for u in told["unbooked"]] == [(-20.0, "d")]
    assert (told["balance"], told["balance_with_unbooked"]) == (84.0, 64.0)
    booked = ledger(*LINES, ("2025-03-25", "credit", "20.00", "C-2"))
    assert assemble(client_file(booked, claim, deal)).as_json()["billing"]["statements"][0]["unbooked"] == []


def test_without_a_ledger_there_is_no_statement() -> None:
    assert assemble(client_file()).as_json()["billing"]["statements"] == []


KINDS = st.sampled_from(["invoice", "payment", "credit", "refund"])
CENTS = st.integers(1, 10**9).map(lambda n: f"{n // 100}.{n % 100:02d}")
DAYS = st.integers(0, 400).map(lambda n: (date(2024, 1, 1) + timedelta(days=n)).isoformat())


@given(st.lists(st.tuples(DAYS, KINDS, CENTS), min_size=1, max_size=12), DAYS)
def test_balance_on_any_day_is_the_sum_of_the_lines_up_to_it(drawn: list[tuple[str, str, str]], day: str) -> None:
    lines = [(d, k, a, f"N-{n:03d}") for n, (d, k, a) in enumerate(drawn)]
    file: ClientFile = client_file(ledger(*lines))
    signs = {"invoice": 1, "payment": -1, "credit": -1, "refund": 1}
    wanted = sum((signs[k] * Decimal(a) for d, k, a, _ in lines if d <= day), Decimal(0))
    (cut,), (whole,) = statements(file, day), statements(file, None)
    assert cut.balance == wanted == whole.on(day)
