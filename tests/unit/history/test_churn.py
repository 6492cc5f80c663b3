"""Churn reasons: figures that add up, documents behind each, and small groups that cannot be reckoned from what is shown."""
from __future__ import annotations

import itertools
from typing import Any

import pytest
from builders.records import client_file, fact, read_record
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.client import Client
from archive.model.fact import Cite
from history.churn import NOT_DECIDED, Departure, churn, departure
from history.suppression import hidden, with_totals


def leaving(client: str, reason: str, year: str = "2025", *others: str) -> Departure:
    def words(of: str) -> tuple[Cite, ...]:
        return tuple(Cite(f"{client}-{of}-{n}", "path", None, None, 0, 1, "w") for n in range(2))

    given_by = () if reason == NOT_DECIDED else ((reason, words(reason)), *((o, words(o)) for o in others))
    return Departure(client, year, given_by, words("notice"))


def figures(told: dict[str, Any]) -> dict[str, list[int | None]]:
    return {row["reason"]: [*(c["clients"] for c in row["by_year"]), row["clients"]] for row in told["by_reason"]} | {
        "": [*(c["clients"] for c in told["by_year"]), told["total"]]}


def test_each_client_counts_once_and_the_figures_add_up() -> None:
    some = [leaving(f"p{n}", "price", "2024", "competitor") for n in range(4)] + [leaving(f"q{n}", "service_quality", "2025") for n in range(3)]
    told = churn([*some, None, None], 3).as_json()
    assert told["clients"] == 9 and told["total"] == 7 and told["years"] == ["2024", "2025"]
    assert figures(told) == {"service_quality": [0, 3, 3], "price": [4, 0, 4], "": [4, 3, 7]}
    assert {n["reason"]: n["clients"] for n in told["named"]} == {"service_quality": 3, "price": 4, "competitor": 4}


def test_every_figure_has_its_documents_one_a_record() -> None:
    told = churn([leaving(f"p{n}", "price") for n in range(3)], 3).as_json()
    documents = told["by_reason"][0]["by_year"][0]["documents"]
    assert len(documents) == 6 and {d["client"] for d in documents} == {"p0", "p1", "p2"}
    assert all(d["quote"] for d in documents)


def test_small_group_is_not_shown_and_nothing_is_quoted_from_it() -> None:
    told = churn([leaving(f"p{n}", "price") for n in range(5)] + [leaving("b", "breach")], 3).as_json()
    assert figures(told)["breach"] == [None, None]
    assert "b-breach" not in str(told) and "'b'" not in str(told)


def test_total_does_not_give_a_small_group_away() -> None:
    told = churn([leaving(f"p{n}", "price") for n in range(5)] + [leaving("b", "breach")], 3).as_json()
    shown = figures(told)
    assert not (isinstance(shown[""][0], int) and isinstance(shown["price"][0], int))


def test_client_without_a_known_reason_is_counted_with_its_notice_behind_it() -> None:
    told = churn([leaving(f"n{n}", NOT_DECIDED) for n in range(3)], 3).as_json()
    assert figures(told)[NOT_DECIDED] == [3, 3]
    assert told["by_reason"][0]["by_year"][0]["documents"][0]["record_id"] == "n0-notice-0"


def test_nobody_leaves() -> None:
    told = churn([None, None], 3).as_json()
    assert told["total"] == 0 and told["by_reason"] == [] and told["clients"] == 2


@pytest.mark.parametrize("least", [0, 1])
def test_least_of_one_shows_all(least: int) -> None:
    assert hidden([[1, 2], [0, 5]], least) == set()


def test_two_small_cells_that_a_total_would_fix_get_a_third() -> None:
    """1 and 1 in a row of total 2: both would be known to be 1, since what is hidden is at least 1."""
    table = [[1, 1, 5], [6, 7, 8]]
    out = hidden(table, 2)
    assert len({cell for cell in out if cell[0] == 0}) >= 3


COUNTS = st.integers(0, 3)
TABLES = st.one_of(st.lists(st.lists(COUNTS, min_size=2, max_size=2), min_size=2, max_size=2),
                   st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=1))


@settings(max_examples=60)
@given(st.integers(1, 3), TABLES)
def test_no_small_count_can_be_reckoned_from_what_is_shown(least: int, table: list[list[int]]) -> None:
    """Whoever tries all tables that agree with what is shown finds, for every small count, one in which it is no small count."""
    out, whole = hidden(table, least), with_totals(table)
    width = len(table[0])
    small = {(i, j) for i, row in enumerate(whole) for j, x in enumerate(row) if 0 < x < least}
    assert small <= out
    inner = sorted(c for c in out if c[0] < len(table) and c[1] < width)
    open_ones = set(small)
    for values in itertools.product(range(1, whole[-1][-1] + least), repeat=len(inner)):
        if not open_ones:
            break
        tried = [list(row) for row in table]
        for (i, j), value in zip(inner, values, strict=True):
            tried[i][j] = value
        summed = with_totals(tried)
        if all(summed[i][j] == whole[i][j] or ((i, j) in out and summed[i][j] >= 1) for i in range(len(whole)) for j in range(width + 1)):
            open_ones -= {(i, j) for i, j in open_ones if summed[i][j] >= least}
    assert open_ones == set()


def test_client_that_stays_is_none_and_one_that_leaves_is_told_with_its_reasons() -> None:
    words = "Notice of termination of 2 June 2025 with effect on 31 October 2025. Your service has become too expensive."
    notice = read_record("notice", words, "notice", date="2025-06-02", facts=(
        fact(words, "notice_given", "2025-06-02", "2 June 2025"), fact(words, "given_by", "client", "Notice"),
        fact(words, "stated_effective_date", "2025-10-31", "31 October 2025"), fact(words, "leaving_reason", "price", "too expensive", "2025-06-02")))
    found = departure(client_file(notice, client=Client("C-1", "Norrland Kaffe AB")))
    assert found and (found.year, found.main) == ("2025", "price")
    assert found.documents("price")[0]["quote"] == "too expensive"
    assert departure(client_file()) is None
