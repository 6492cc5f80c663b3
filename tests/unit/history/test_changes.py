"""What is concluded otherwise, side by side."""
from __future__ import annotations

from typing import Any

from history.changes import changes


def history(**parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"client": {"id": "C"}, "as_of": None, "terminations": [], "disputes": [], "gaps": [], "timeline": [],
                             "billing": {"paid_total": None}}
    return empty | parts


def termination(number: str | None, **fields: Any) -> dict[str, Any]:
    return {"contract_number": number, "status": "terminated", "cites": [{"quote": number}], "derivation": {"rule": "r"}, "conditions": [], **fields}


def test_same_conclusions_are_no_change_whatever_their_proof_and_order() -> None:
    old = history(terminations=[termination("A"), termination("B")])
    new = history(terminations=[termination("B"), termination("A", cites=[{"quote": "elsewhere"}], derivation={"rule": "other"})])
    assert changes(old, new) == []


def test_changed_value_is_told_where_it_stands_before_and_after_with_its_words() -> None:
    old = history(terminations=[termination("A", conditions=[{"name": "notice_period", "met": False, "cites": [{"quote": "90"}]}])])
    new = history(terminations=[termination("A", conditions=[{"name": "notice_period", "met": True, "cites": [{"quote": "60"}]}])])
    assert changes(old, new) == [{"where": "terminations A: conditions notice_period: met", "before": False, "after": True, "cites": [{"quote": "60"}]}]


def test_entry_that_came_or_went_is_one_change_without_its_proof() -> None:
    gap = {"what": "Letter of 3 March", "cites": [{"quote": "our letter"}], "derivation": {}}
    told, = changes(history(), history(gaps=[gap]))
    assert (told["where"], told["before"], told["after"], told["cites"]) == ("gaps Letter of 3 March", None, {"what": "Letter of 3 March"}, gap["cites"])
    told, = changes(history(gaps=[gap]), history())
    assert (told["before"], told["after"]) == ({"what": "Letter of 3 March"}, None)


def test_only_termination_is_the_same_one_when_its_number_changes() -> None:
    told = changes(history(terminations=[termination(None)]), history(terminations=[termination("A")]))
    assert [(c["where"], c["before"], c["after"]) for c in told] == [("terminations: contract_number", None, "A")]


def test_entries_of_one_name_are_all_compared() -> None:
    old = history(disputes=[{"title": "fee", "status": "open"}, {"title": "fee", "status": "open"}])
    new = history(disputes=[{"title": "fee", "status": "open"}, {"title": "fee", "status": "settled"}])
    assert [c["after"] for c in changes(old, new)] == ["settled"]
