"""Tax that is not its rate, credits set against another invoice, more paid than invoiced: found by the papers and lines alone."""

from __future__ import annotations

from typing import Any

from builders.small_cases import told_by

from archive.model.client import Client

WHO = Client("C-9", "Pike & Lowell Ltd", ("Pike Lowell",), ("PL-88",), ("pikelowell.example",), (), (), "", "GBP")
HEAD = ["Date", "Type", "Ref", "Details", "Debit", "Credit", "Balance"]


def invoice(number: str, lines: str, month: str = "January") -> tuple[str, str, str]:
    return ("paper", f"{number}.pdf", f"INVOICE {number}\nBrightdesk Services Ltd\nPike & Lowell Ltd, customer PL-88\n31 {month} 2025\n{lines}")


def found(*documents: Any) -> list[tuple[str, float]]:
    return [(d["kind"], d["amount"]) for d in told_by(WHO, documents)["billing"]["discrepancies"]]


def ledger(*lines: list[Any]) -> tuple[str, str, list[list[Any]]]:
    return ("table", "ledger PL-88.csv", [HEAD, *lines])


def test_tax_above_its_rate_of_the_net_sum_is_a_mismatch() -> None:
    assert found(invoice("BD-102", "Net 10,000.00\nVAT 20% 2,200.00\nTotal GBP 12,200.00")) == [("amount_mismatch", 200.0)]
    assert found(invoice("BD-102", "Net 10,000.00\nVAT 20% 2,000.00\nTotal GBP 12,000.00")) == []
    assert found(invoice("BD-102", "Net 10,000.00\nVAT 20% 0.00\nTotal GBP 10,000.00")) == []
    assert found(invoice("BD-102", "Net 33.33\nVAT 20% 6.67\nTotal GBP 40.00")) == []


def test_credit_set_against_another_invoice_than_its_paper_names_is_found() -> None:
    note = ("paper", "CN-8.pdf", "CREDIT NOTE CN-8\nBrightdesk Services Ltd\nPike & Lowell Ltd, customer PL-88\n10 April 2025\nOvertime on BD-103\n"
    "Total GBP 900.00")
    one, three = ["2025-01-31", "Invoice", "BD-101", "January", "12000.00", None, "12000.00"], ["2025-03-31", "Invoice", "BD-103", "March",
     "11000.00", None, "23000.00"]
    assert found(note, ledger(one, three, ["2025-04-10", "Credit note", "CN-8", "BD-101 overtime", None, "900.00", "22100.00"])) == [("other", 900.0)]
    assert found(note, ledger(one, three, ["2025-04-10", "Credit note", "CN-8", "BD-103 overtime", None, "900.00", "22100.00"])) == []


def test_payment_of_somewhat_more_than_the_one_invoice_that_it_names_is_found() -> None:
    bill = ["2025-01-31", "Invoice", "BD-101", "January", "12000.00", None, "12000.00"]
    assert found(ledger(bill, ["2025-02-14", "Receipt", "R-1", "BD-101", None, "12500.00", "-500.00"])) == [("other", 500.0)]
    assert found(ledger(bill, ["2025-02-14", "Receipt", "R-1", "BD-101", None, "12000.00", "0.00"])) == []
    assert found(ledger(bill, ["2025-02-14", "Receipt", "R-1", "BD-101 and others", None, "31000.00", "-19000.00"])) == []
