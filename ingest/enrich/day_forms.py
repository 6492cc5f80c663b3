"""Days as they are written in English, German, French and Spanish papers, and the order of day and month in numbers."""
from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Order = Literal["dmy", "mdy"]

_MONTHS: Final[dict[str, int]] = {}
for _number, _names in enumerate((
        "january jan januar janner janvier janv enero ene", "february feb februar feber fevrier fev fevr febrero",
        "march mar marz maerz mrz mars marzo", "april apr avril avr abril abr", "may mai mayo", "june jun juni juin junio",
        "july jul juli juillet juil julio", "august aug aout agosto ago", "september sept sep septembre septiembre setiembre",
        "october oct oktober okt octobre octubre", "november nov novembre noviembre", "december dec dezember dez decembre diciembre dic"), 1):
    for _name in _names.split():
        _MONTHS[_name] = _number

MONTH_NAME: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
MONTH: Final = MONTH_NAME + r"\b\.?"
_YEAR = r"(?:19|20)\d\d"
_WORDED = re.compile(
    rf"(?<![\w/.-])(?P<d1>\d{{1,2}})\]?(?:\s?(?:st|nd|rd|th|er|t\sh|s\st)|\.|o|ª|º)?\s{{1,3}}(?:day\s{{1,3}}of\s{{1,3}}|de\s|"
    rf"of\s)?(?P<m1>{MONTH}),?\s{{1,3}}(?:de\s|"
    rf"del\s)?(?P<y1>{_YEAR})\b"
    rf"|(?<!\w)(?P<m2>{MONTH})\s{{0,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{0,3}}(?P<y2>{_YEAR})\b")
_JOINED = re.compile(
    rf"(?<![\w/-])(?P<d>\d{{1,2}})(?P<s>[-/. ]?)(?P<m>{MONTH_NAME})\.?(?P=s)(?P<y>{_YEAR}|'?\d\d(?=[^\w:./%-]|[./-]?\s|[./-]?$))"
    rf"|(?<![\w/-])(?P<y2>{_YEAR})[-/. ](?P<m2>{MONTH_NAME})[-/. ](?P<d2>\d{{1,2}})(?!\w)")
_NUMBERS = re.compile(
    rf"(?<![\d/.-])(?:(?P<y1>{_YEAR})(?P<s1>[-/.])(?P<m1>\d{{1,2}})(?P=s1)(?P<d1>\d{{1,2}})"
    rf"|(?P<a>\d{{1,2}})(?P<s2>[-/.])\s?(?P<b>\d{{1,2}})(?P=s2)\s?(?P<y2>{_YEAR}|\d\d))(?![\d]|[/.-]\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day that stands written from `start` to `end`."""
    start: int
    end: int
    value: str


def iso(year: int, month: int, day: int) -> str | None:
    """Return the day as ISO 8601, None when there is no such day or it lies outside of 1970 to 2099."""
    try:
        return date(year, month, day).isoformat() if 1970 <= year <= 2099 else None
    except ValueError:
        return None


def last_of_month(year: int, month: int) -> str | None:
    return iso(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 and 1970 <= year <= 2099 else None


def month_number(word: str) -> int | None:
    """Return the number of a folded month name or its short form."""
    return _MONTHS.get(word.rstrip("."))


def full_year(digits: str) -> int:
    """Return the year meant by two or four digits: two digits are of this century up to 69."""
    year = int(digits)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


def days(folded: str, order: Order, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """Yield the days that stand in a folded text between two offsets, in order of place. What is no day of the calendar is left out."""
    limit = len(folded) if end is None else end
    found = []
    for m in _WORDED.finditer(folded, start, limit):
        day, month, year = (m["d1"], m["m1"], m["y1"]) if m["d1"] else (m["d2"], m["m2"], m["y2"])
        value = iso(int(year), _MONTHS[month.rstrip(".")], int(day))
        if value:
            found.append(Day(m.start(), m.end(), value))
    taken = {d.start for d in found}
    for m in _JOINED.finditer(folded, start, limit):
        day, month, year = (m["d"], m["m"], m["y"].lstrip("'")) if m["d"] else (m["d2"], m["m2"], m["y2"])
        value = iso(full_year(year), _MONTHS[month], int(day))
        in_prose = m["s"] == " " and len(m["y"]) == 2 and folded[m.end():m.end() + 1] not in ("", "\n", "\t", "|", ";", ")")
        if value and m.start() not in taken and not in_prose:
            found.append(Day(m.start(), m.end(), value))
    for m in _NUMBERS.finditer(folded, start, limit):
        value = _from_numbers(m, order)
        if value:
            found.append(Day(m.start(), m.end(), value))
    found.sort(key=lambda d: d.start)
    yield from found


def _from_numbers(m: re.Match[str], order: Order) -> str | None:
    if m["y1"]:
        return iso(int(m["y1"]), int(m["m1"]), int(m["d1"]))
    first, second, year = int(m["a"]), int(m["b"]), full_year(m["y2"])
    if m["s2"] == "." and len(m["y2"]) == 2 and (first > 31 or second > 12):
        return None
    if m["s2"] == "." or second <= 12 < first:
        return iso(year, second, first)
    if first <= 12 < second:
        return iso(year, first, second)
    return iso(year, second, first) if order == "dmy" else iso(year, first, second)


_NAMED_MONTH = re.compile(rf"(?<![a-z])({MONTH_NAME})(?![a-z])")


def order_named(folded: str, name: str, otherwise: Order) -> Order:
    """Return the order of day and month of a list whose name names its month (`receipts_feb2025`), where that decides; else the order given."""
    months = {_MONTHS[m[1]] for m in _NAMED_MONTH.finditer(name)}
    pairs = [(int(m[1]), int(m[2])) for m in _SLASHED.finditer(folded[:100_000])] if months else []
    first, second = (bool(pairs) and all(pair[n] in months for pair in pairs) for n in (0, 1))
    return otherwise if first == second else "mdy" if first else "dmy"


_MONTH_FIRST = re.compile(rf"\b{MONTH}\s\d{{1,2}},\s{_YEAR}")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)\b")
_AMERICAN = re.compile(r"\b(?:[a-z]{2},? \d{5}(?:-\d{4})?\b|u\.s\.|usa|inc\.|delaware|corporation|zip(?: code)?|p\.m\.|a\.m\.|"
                       r"(?:total|by|via|per|amount|type|type of|an) ach\b|ach (?:debit|credit|receipts?|payment|trace|transfer|batch|id|deposit|"
                       r"remittance|usd)|"
                       r"lockbox|aba (?:no|number|#|routing|\d)|routing (?:no|number|#))|\(\d{3}\) \d{3}-\d{4}")
_ELSEWHERE = re.compile(r"£|\b(?:plc|ltd|(?<!not )(?<!be )(?<!is )(?<!are )limited(?! (?:to|by|liability|partner|licen|warrant|right|use|number|time|"
    r"exclusive|non|purpose))|pte|pty|llp|vat|gst|abn|uen|singapore|london|england|dublin|sydney|gbp|sgd|aud|nzd|hkd|inr|eur)\b")


def order_of(folded: str, language: str | None) -> Order:
    """Return the order of day and month in this text: by a number above 12, else by how it writes months in words, else by its country.

    Only English texts may put the month first; among them those that write `May 3, 2024` or have American addresses.
    """
    votes = 0
    for m in _SLASHED.finditer(folded[:100_000]):
        first, second = int(m[1]), int(m[2])
        votes += (first > 12 >= second) - (second > 12 >= first)
    if votes:
        return "dmy" if votes > 0 else "mdy"
    if language not in (None, "en", "zxx"):
        return "dmy"
    if _MONTH_FIRST.search(folded[:20_000]):
        return "mdy"
    return "mdy" if _AMERICAN.search(folded[:5000]) and not _ELSEWHERE.search(folded[:20_000]) else "dmy"
