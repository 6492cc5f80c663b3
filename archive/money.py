"""Sums of money as the index holds them: whole hundredths, once by themselves and once together with their currency in one number."""
from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from archive.model.fact import Fact

HUNDREDTHS_MAX = (1 << 46) - 1
"""A larger sum is held as this one."""
_CURRENCY = re.compile(r"[A-Z]{3}")


def hundredths(value: Decimal) -> int:
    """Return a sum in hundredths, without its sign, cut at HUNDREDTHS_MAX; what is less than a hundredth is dropped."""
    return min(int(abs(value) * 100), HUNDREDTHS_MAX) if value.is_finite() else 0


def with_currency(currency: str, amount: int) -> int:
    """Return a currency (ISO 4217, three capital letters) and hundredths as one number: sums of one currency stand in a row."""
    code = 0
    for letter in currency:
        code = code * 26 + ord(letter) - 65
    return code << 46 | amount


def sums(facts: Iterable[Fact]) -> list[tuple[str, int]]:
    """Return the sums that facts state, each with its currency, without repeats, in order."""
    out: dict[tuple[str, int], None] = {}
    for fact in facts:
        if not _CURRENCY.fullmatch(fact.unit) or isinstance(fact.value, bool) or not isinstance(fact.value, str | int | float):
            continue
        try:
            out[fact.unit, hundredths(Decimal(str(fact.value)))] = None
        except InvalidOperation:
            continue
    return sorted(out)
