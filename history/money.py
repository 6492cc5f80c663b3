"""Sums of money as facts carry them: a decimal number as text, with its currency as unit."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from history.cited import Known

LIMIT = Decimal(10) ** 15
"""A sum beyond this is a reading error."""


def decimal_of(item: Known | None) -> Decimal | None:
    """Return the sum exactly, None for what is no finite number."""
    if item is None or isinstance(item.value, bool) or item.value is None:
        return None
    try:
        sum_ = Decimal(str(item.value))
    except InvalidOperation:
        return None
    return sum_ if sum_.is_finite() and abs(sum_) < LIMIT else None


def number(item: Known | None) -> float | None:
    """Return the sum as a JSON number; cents are exact up to 10^13."""
    exact = decimal_of(item)
    return float(exact) if exact is not None else None


def currency(item: Known | None) -> str | None:
    return (item.unit or None) if item else None
