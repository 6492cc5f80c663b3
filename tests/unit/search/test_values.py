"""Values of fields: sums of money, spans of time, names that stand for others."""
from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from archive.errors import QuerySyntax
from archive.model.client import Client, Contact
from archive.model.fact import Fact
from archive.model.query import In, MatchNone, Query, Range
from archive.money import HUNDREDTHS_MAX, hundredths, sums, with_currency
from search_api.query import Known, parse, query_of, understood
from search_api.query.amounts import amount
from search_api.query.dates import bounds
from search_api.query.known import clients_named, variants_of
from search_api.query.together import close_in_time

TODAY = date(2026, 11, 24)
OKV = Client("C-1", "Ostsee Kontor Versand GmbH", ("OKV", "Ostsee"), email_domains=("okv.example", "ostsee.example"),
             contacts=(Contact("Imke Fährmann", "imke@mail.example"),))


@pytest.mark.parametrize(("text", "low", "high"), [
    ("10000", 1_000_000, 1_000_000), (">10000", 1_000_001, None), (">=10000", 1_000_000, None), ("<10", 0, 999), ("<=10", 0, 1_000),
    ("5000..9000", 500_000, 900_000), ("5000..", 500_000, None), ("..9000", 0, 900_000), ("10,000", 1_000_000, 1_000_000),
    ("10.000,50", 1_000_050, 1_000_050), ("1'250.5", 125_050, 125_050), ("892,21", 89_221, 89_221), ("1 250 000", 125_000_000, 125_000_000),
])
def test_sum_is_read_in_hundredths_however_it_is_written(text: str, low: int, high: int | None) -> None:
    assert amount(text, 0) == Range("amount", low, high)


@pytest.mark.parametrize("text", ["EUR:5000..9000", "eur 5000..9000", "€5000..9000", "€ 5,000..9,000", "EUR5000..€9000"])
def test_sum_with_a_currency_is_a_range_of_that_currency(text: str) -> None:
    assert amount(text, 0) == Range("money", with_currency("EUR", 500_000), with_currency("EUR", 900_000))


def test_currency_alone_means_any_sum_of_it() -> None:
    assert amount("GBP", 0) == Range("money", with_currency("GBP", 0), with_currency("GBP", HUNDREDTHS_MAX))


@pytest.mark.parametrize("text", ["..", "lots", "5..x", "<0", "1.2.3", "9..5", "--5"])
def test_what_is_no_sum_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntax):
        amount(text, 3)


def test_sums_of_one_currency_stand_in_a_row_and_never_reach_the_next() -> None:
    assert with_currency("EUR", HUNDREDTHS_MAX) < with_currency("EUS", 0)
    assert hundredths(Decimal("-12.345")) == 1_234
    assert hundredths(Decimal(10) ** 30) == HUNDREDTHS_MAX


def test_only_facts_in_a_currency_are_sums() -> None:
    facts = [Fact("amount", "12.50", (), "t", "EUR"), Fact("notice_period", 3, (), "t", "months"), Fact("amount", "x", (), "t", "EUR"),
             Fact("amount", "12.50", (), "t", "EUR"), Fact("amount", True, (), "t", "USD"), Fact("amount", "NaN", (), "t", "USD")]
    assert sums(facts) == [("EUR", 1_250), ("USD", 0)]


@pytest.mark.parametrize(("text", "low", "high"), [
    ("2025-Q1", "2025-01-01", "2025-03-31"), ("2024q4", "2024-10-01", "2024-12-31"), ("today", "2026-11-24", "2026-11-24"),
    ("yesterday", "2026-11-23", "2026-11-23"), ("last month", "2026-10-01", "2026-10-31"), ("this month", "2026-11-01", "2026-11-30"),
    ("last-year", "2025-01-01", "2025-12-31"), ("last quarter", "2026-07-01", "2026-09-30"), ("this week", "2026-11-23", "2026-11-29"),
    ("last week", "2026-11-16", "2026-11-22"), ("last 30 days", "2026-10-26", "2026-11-24"), ("past 2 months", "2026-09-25", "2026-11-24"),
    ("next 7 days", "2026-11-25", "2026-12-01"), ("next month", "2026-12-01", "2026-12-31"), ("2025-01..last month", "2025-01-01", "2026-10-31"),
])
def test_span_of_time_has_these_days(text: str, low: str, high: str) -> None:
    assert bounds("date", text, 0, TODAY) == (low, high)


def test_month_that_is_shorter_ends_with_its_last_day() -> None:
    assert bounds("date", "last 1 month", 0, date(2025, 3, 31)) == ("2025-03-01", "2025-03-31")


@pytest.mark.parametrize("text", ["2025-Q5", "last", "last 5 moons", "31.12.2024", "last 9999 years"])
def test_what_is_no_span_of_time_is_an_error(text: str) -> None:
    with pytest.raises(QuerySyntax):
        bounds("date", text, 0, TODAY)


def test_client_is_called_by_any_of_its_names() -> None:
    known = Known((OKV,), frozenset({"C-1", "C-9"}))
    for name in ("C-1", "okv", "OSTSEE KONTOR  VERSAND GMBH", "Ostsee"):
        assert clients_named(name, known) == ["C-1"]
    assert clients_named("C-9", known) == ["C-9"]
    assert clients_named("Nobody", known) == []


def test_name_of_a_client_or_contact_stands_for_addresses_domains_and_other_names() -> None:
    known = Known((OKV,))
    okv = variants_of("OKV", known)
    assert okv.addresses == ("okv.example", "ostsee.example", "imke@mail.example")
    assert okv.names == ("Ostsee Kontor Versand GmbH", "Ostsee")
    assert variants_of("@okv.example", known).addresses == ("ostsee.example", "imke@mail.example")
    assert variants_of("Imke Faehrmann", known) == variants_of("nobody", known)
    assert variants_of("imke fahrmann", known).addresses == ("imke@mail.example",)
    assert variants_of("imke@mail.example", known).names == ("Imke Fährmann",)


def test_answer_says_what_a_name_and_a_day_were_taken_for() -> None:
    known = Known((OKV,), today=TODAY)
    assert understood(parse("client:okv"), known) == "client:okv [C-1 Ostsee Kontor Versand GmbH]"
    assert understood(parse('participant:"imke fahrmann"'), known) == 'participant:"imke fahrmann" [also imke@mail.example]'
    assert understood(parse("date:last month fee"), known) == 'date:"last month" [2026-10-01..2026-10-31] AND fee'


def test_names_of_a_client_that_is_not_seen_stand_for_nothing() -> None:
    assert not variants_of("OKV", Known())
    with pytest.raises(QuerySyntax, match="no client"):
        query_of(parse("client:OKV"), Known())


def test_threads_are_close_in_time_when_one_day_of_each_is() -> None:
    first = ["t1 2024-01-01", "t1 2024-03-01", "t2 2024-01-01", "t3 2024-01-01"]
    second = ["t1 2024-03-06", "t2 2024-01-09", "t4 2024-01-01"]
    assert close_in_time([first, second], 5) == {"t1"}
    assert close_in_time([first, second], 8) == {"t1", "t2"}
    assert close_in_time([first, second, ["t1 2024-02-28"]], 5) == set()
    assert close_in_time([first, second, ["t1 2024-03-02"]], 5) == {"t1"}


def test_braces_ask_first_what_they_hold_and_give_the_threads_that_have_all() -> None:
    asked: list[str] = []

    def held(field: str, query: Query) -> list[str]:
        asked.append(field)
        return ["t1", "t2"] if len(asked) == 1 else ["t2", "t3"]
    query = query_of(parse("thread:{fee AND kind:email}"), Known(held=held))
    assert (asked, query) == (["thread"], In("thread", ("t1", "t2")))
    query_of(parse("family:{fee} AND family:{notice} within 3 days"), Known(held=lambda field, query: asked.append(field) or []))
    assert asked == ["thread", "family_day", "family_day"]


def test_braces_that_nothing_meets_find_nothing() -> None:
    assert query_of(parse("thread:{fee}"), Known(held=lambda field, query: [])) == MatchNone()
