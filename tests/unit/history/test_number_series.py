"""Numbers left out in a series of invoices: a hole only where the series is the client's own."""

from __future__ import annotations

import json

from builders.records import client_file, fact, read_record
from hypothesis import given
from hypothesis import strategies as st

from history import audit
from history.number_series import left_out


def test_number_left_out_of_a_dense_series_is_named_as_it_would_be_written() -> None:
    found = list(left_out(["INV-0007", "INV-0008", "INV-0010", "INV-0011", "INV-0012", "INV-0013", "INV-0014"]))
    assert [(m.number, m.before, m.after) for m in found] == [("INV-0009", "INV-0008", "INV-0010")]


def test_series_of_all_clients_and_few_numbers_tell_nothing() -> None:
    assert list(left_out(["R-31", "R-74", "R-99", "R-131", "R-150", "R-151"])) == []
    assert list(left_out(["R-1", "R-3", "R-4"])) == []
    assert list(left_out(["", "cash", "R-1a"])) == []


@given(st.integers(1, 900), st.integers(8, 40), st.data())
def test_exactly_the_number_taken_out_is_found(first: int, length: int, data: st.DataObject) -> None:
    out = data.draw(st.integers(first + 1, first + length - 2))
    numbers = [f"A-{n:04d}" for n in range(first, first + length) if n != out]
    assert [m.number for m in left_out(numbers)] == [f"A-{out:04d}"]


def test_audit_names_the_hole_and_cites_the_lines_beside_it() -> None:
    lines = [f"2025-01-{n:02d} invoice 10 N-{n:02d}" for n in (1, 2, 3, 5, 6, 7, 8)]
    text = "\n".join(lines)
    facts = tuple(
        fact(text, "ledger_row", json.dumps({"day": w[0], "kind": w[1], "amount": w[2], "number": w[3]}), line, "SEK") for line in lines for w in [line.split()]
    )
    holes = audit(client_file(read_record("l", text, "ledger", date="2025-02-01", facts=facts))).as_json()["holes"]
    (one,) = [h for h in holes if h["kind"] == "number"]
    assert one["what"] == "invoice N-04, left out between N-03 and N-05"
    assert [c["quote"] for c in one["cites"]] == [lines[2], lines[3]]
