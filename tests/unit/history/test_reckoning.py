from __future__ import annotations

from datetime import date

import pytest

from history.reckoning import day_of, end_of_month, end_of_period, end_of_quarter, renewed_until


@pytest.mark.parametrize(
    ("start", "value", "unit", "expected"),
    [
        ("2025-01-02", 120, "calendar_days", "2025-05-02"),
        ("2024-02-28", 1, "calendar_days", "2024-02-29"),
        ("2024-10-02", 3, "months", "2025-01-02"),
        ("2024-11-30", 3, "months", "2025-02-28"),
        ("2023-04-10", 10, "business_days", "2023-04-24"),
        ("2024-10-28", 20, "business_days", "2024-11-25"),
        ("2024-10-26", 1, "business_days", "2024-10-28"),
        ("2024-10-25", 1, "business_days", "2024-10-28"),
        ("2025-01-01", 2, "weeks", "2025-01-15"),
    ],
)
def test_period_ends_where_the_calendar_says(start: str, value: int, unit: str, expected: str) -> None:
    assert end_of_period(date.fromisoformat(start), value, unit) == date.fromisoformat(expected)


@pytest.mark.parametrize(("value", "unit"), [(0, "months"), (-3, "calendar_days"), (10_001, "weeks"), (3, "fortnights"), (9999, "months")])
def test_period_that_cannot_be_counted_gives_none(value: int, unit: str) -> None:
    assert end_of_period(date(9500, 1, 31), value, unit) is None


def test_business_days_agree_with_counting_one_by_one() -> None:
    for offset in range(14):
        start = date.fromordinal(date(2024, 12, 20).toordinal() + offset)
        for days in range(1, 30):
            day, left = start, days
            while left:
                day = date.fromordinal(day.toordinal() + 1)
                left -= day.weekday() < 5
            assert end_of_period(start, days, "business_days") == day


def test_ends_of_month_and_quarter() -> None:
    assert end_of_month(date(2024, 2, 3)) == date(2024, 2, 29)
    assert [end_of_quarter(date(2025, m, 1)).isoformat() for m in (1, 3, 4, 12)] == ["2025-03-31", "2025-03-31", "2025-06-30", "2025-12-31"]


def test_only_an_iso_day_is_a_day() -> None:
    assert day_of("2025-01-02T10:00:00Z") == date(2025, 1, 2)
    assert day_of("2 January 2025") is None
    assert day_of(20250102) is None


@pytest.mark.parametrize(
    ("end", "months", "day", "expected"),
    [
        ("2024-03-31", 12, "2024-03-31", ("2024-03-31", 0)),
        ("2024-03-31", 12, "2024-04-01", ("2025-03-31", 1)),
        ("2024-02-29", 12, "2027-01-15", ("2027-02-28", 3)),
        ("2023-01-30", 1, "2023-02-28", ("2023-02-28", 1)),
        ("2020-06-15", 6, "2025-06-15", ("2025-06-15", 10)),
    ],
)
def test_renewed_term_ends_on_or_after_the_day(end: str, months: int, day: str, expected: tuple[str, int]) -> None:
    found = renewed_until(date.fromisoformat(end), months, date.fromisoformat(day))
    assert found == (date.fromisoformat(expected[0]), expected[1])


def test_renewal_of_no_months_or_beyond_the_calendar_gives_none() -> None:
    assert renewed_until(date(2024, 1, 1), 0, date(2025, 1, 1)) is None
    assert renewed_until(date(9990, 1, 1), 120, date(9999, 12, 31)) is None
