"""Sums of money as people write them in `amount:`: `>10000`, `5,000..9,000`, `EUR:5000`, `€ 1.250,50`."""
from __future__ import annotations

import re
from decimal import Decimal

from archive.errors import QuerySyntax
from archive.model.query import Query, Range
from archive.money import HUNDREDTHS_MAX, hundredths, with_currency

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_CURRENCY = re.compile(r"([A-Za-z]{3})(?::|\s+|(?=[\d<>])|$)|([€$£¥])\s*")
_NUMBER = re.compile(r"\d{1,15}(?:[.,]\d{1,2})?|\d{1,3}(?:([., '’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_FORM = "Write amount:10000, amount:>10000, amount:5000..9000, or with a currency amount:EUR:5000..9000."


def amount(value: str, at: int) -> Query:
    """Return the condition on the sums of a record. Raises QuerySyntax."""
    text, currency = value.strip(), ""
    if met := _CURRENCY.match(text):
        currency = (met.group(1) or _SIGNS[met.group(2)]).upper()
        text = text[met.end():].strip()
    low, high = _bounds(text, at) if text else (None, None)
    if not currency:
        return Range("amount", low, high)
    return Range("money", with_currency(currency, low or 0), with_currency(currency, HUNDREDTHS_MAX if high is None else high))


def _bounds(text: str, at: int) -> tuple[int | None, int | None]:
    for sign in (">=", "<=", ">", "<"):
        if text.startswith(sign):
            value = _hundredths(text[len(sign):], at)
            if sign[0] == ">":
                return value + (sign == ">"), None
            if sign == "<" and not value:
                raise QuerySyntax(f"No sum is less than 0 (position {at}).", at, _FORM)
            return 0, value - (sign == "<")
    low, dots, high = text.partition("..")
    if not dots:
        return _hundredths(text, at), _hundredths(text, at)
    if not low.strip() and not high.strip():
        raise QuerySyntax(f"The range at position {at} has no end.", at, _FORM)
    first = _hundredths(low, at) if low.strip() else 0
    last = _hundredths(high, at) if high.strip() else None
    if last is not None and first > last:
        raise QuerySyntax(f"The range at position {at} ends before it begins.", at, "Exchange the two sums.")
    return first, last


def _hundredths(text: str, at: int) -> int:
    text = text.strip().lstrip("".join(_SIGNS)).strip()
    met = _NUMBER.fullmatch(text)
    if not met:
        raise QuerySyntax(f"{text!r} (position {at}) is no sum of money.", at, _FORM)
    thousands = met.group(1)
    plain = text.replace(thousands, "") if thousands and text.count(thousands) * 4 <= len(text) else text
    return hundredths(Decimal(plain.replace(",", ".")))
