"""What a clause on a sum beyond the price comes to, with every figure that went in. All papers are invented."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from builders.records import fact, read_record

from archive.model.record import ReadRecord
from history.cited import Known
from history.formulas import formulas, months_between
from history.terms import Paper

TEXT = "14.3 A fee of sixty per cent of the Minimum Charge for each month. Minimum Charge SEK 10,000. Ends 30 June 2027. Ended 15 March 2026."


def paper(record_id: str = "contract", day: str = "2023-07-01", kind: str = "contract", **rows: dict[str, Any] | str) -> Paper:
    facts = []
    for name, fields in rows.items():
        if isinstance(fields, dict):
            facts.append(fact(TEXT, name, json.dumps(fields), "14.3 A fee", "SEK"))
        else:
            new, _, old = fields.partition("/")
            facts.append(fact(TEXT, name, new, "sixty per cent", "percent", basis=f"words put in place of others: replaces {old}"))
    read = read_record(record_id, TEXT, kind, date=day, facts=tuple(facts))
    return Paper(read, day, None, day)


def day(read: ReadRecord, name: str, value: str, words: str) -> Known:
    start = TEXT.index(words)
    return Known(name, value, (read.cite(read.passage(start, start + len(words))),), "test")


CLAUSE = {"kind": "early_termination_fee", "percent": "60", "base": "minimum", "per": "month", "count": "up"}
MINIMUM = {"base": "minimum", "amount": "10000"}


def reckon(*papers: Paper, on: str = "2026-01-02") -> Any:
    ended, expiry = day(papers[0].read, "effective_date", "2026-03-15", "15 March 2026"), day(papers[0].read, "expiration_date", "2027-06-30", "30 June 2027")
    (found,) = formulas(list(papers), (), None, on, ended, expiry)
    return found


def test_fee_is_per_cent_times_charge_times_months_and_names_its_figures() -> None:
    found = reckon(paper(penalty_clause=CLAUSE, named_sum=MINIMUM))
    assert found.amount == Decimal("96000.00")
    assert found.words == "60% x 10,000.00 x 16 months from 2026-03-15 to 2027-06-30 = 96,000.00"
    assert [k.name for k in found.inputs] == ["penalty_clause", "named_sum", "effective_date", "expiration_date"]
    assert all(k.cites for k in found.inputs)


def test_whole_months_only_where_the_clause_says_so() -> None:
    assert reckon(paper(penalty_clause=CLAUSE | {"count": "down"}, named_sum=MINIMUM)).amount == Decimal("90000.00")


def test_amendment_in_force_changes_per_cent_and_sum_and_a_later_one_does_not() -> None:
    base = paper(penalty_clause=CLAUSE, named_sum=MINIMUM)
    changed = paper("one", "2024-02-01", "amendment", percent_replaced="50/60", named_sum={"base": "minimum", "amount": "8000"})
    later = paper("two", "2026-05-01", "amendment", percent_replaced="10/50")
    found = reckon(base, changed, later)
    assert found.amount == Decimal("64000.00")
    assert "percent_replaced" in [k.name for k in found.inputs]


def test_without_the_sum_behind_a_term_nothing_is_reckoned_and_it_is_said_what_is_missing() -> None:
    found = reckon(paper(penalty_clause=CLAUSE))
    assert (found.amount, found.missing) == (None, ("the sum of the minimum charge",))


def test_sum_by_the_day_waits_for_the_number_of_days() -> None:
    found = reckon(paper(penalty_clause={"kind": "liquidated_damages", "amount": "1000", "per": "day"}))
    assert (found.amount, found.missing) == (None, ("the number of days",))


def test_divisor_and_fixed_sum() -> None:
    clause = {"kind": "unamortised_setup_cost", "amount": "48000", "per": "month", "count": "down", "divisor": 48}
    assert reckon(paper(penalty_clause=clause)).amount == Decimal("15000.00")


@pytest.mark.parametrize("fields", [CLAUSE | {"percent": "NaN"}, CLAUSE | {"percent": []}, CLAUSE | {"divisor": 0}, CLAUSE | {"times": "x"}])
def test_fields_that_are_no_numbers_are_passed_over(fields: dict[str, Any]) -> None:
    reckon(paper(penalty_clause=fields, named_sum=MINIMUM))


@pytest.mark.parametrize(("first", "last", "part", "whole"), [
    ("2025-05-31", "2026-03-31", 10, 10), ("2026-03-15", "2027-06-30", 16, 15), ("2024-11-25", "2027-02-28", 28, 27), ("2025-01-31", "2025-02-28", 1, 1),
    ("2025-01-31", "2025-01-31", 0, 0), ("2025-02-01", "2025-01-01", None, None), ("never", "2025-01-01", None, None),
])
def test_months_between_two_days(first: str, last: str, part: int | None, whole: int | None) -> None:
    assert (months_between(first, last, True), months_between(first, last, False)) == (part, whole)
