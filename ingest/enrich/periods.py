"""Periods as contracts write them: a number in words or digits, a unit, in four languages."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_SMALL: dict[str, int] = {}
for _value, _names in enumerate((
        "one ein einem einer un une uno", "two zwei deux dos", "three drei trois tres", "four vier quatre cuatro",
            "five funf cinq cinco", "six sechs seis",
        "seven sieben sept siete", "eight acht huit ocho", "nine neun neuf nueve", "ten zehn dix diez",
            "eleven elf onze once", "twelve zwolf douze doce", "thirteen dreizehn treize trece",
        "fourteen vierzehn quatorze catorce", "fifteen funfzehn quinze quince"), 1):
    for _name in _names.split():
        _SMALL[_name] = _value
_SMALL |= {"eighteen": 18, "achtzehn": 18, "dix-huit": 18, "dieciocho": 18, "twenty": 20, "zwanzig": 20,
    "vingt": 20, "veinte": 20, "twenty-one": 21, "twenty-five": 25, "twenty-four": 24, "vierundzwanzig": 24,
           "vingt-quatre": 24, "veinticuatro": 24, "thirty": 30, "dreissig": 30, "dreisig": 30, "trente": 30,
               "treinta": 30, "thirty-six": 36, "sechsunddreissig": 36, "sechsunddreisig": 36,
           "trente-six": 36, "forty": 40, "vierzig": 40, "quarante": 40, "cuarenta": 40, "forty-five": 45,
               "quarante-cinq": 45, "sixty": 60, "sechzig": 60, "soixante": 60, "sesenta": 60,
           "ninety": 90, "neunzig": 90, "quatre-vingt-dix": 90, "noventa": 90, "one hundred and twenty": 120,
               "one hundred twenty": 120, "hundertzwanzig": 120, "cent vingt": 120,
           "ciento veinte": 120, "one hundred and eighty": 180, "one hundred eighty": 180, "cent quatre-vingts": 180,
               "hundertachtzig": 180, "ciento ochenta": 180, "sixteen": 16}
_WORD_NUMBER: Final = "|".join(sorted((re.escape(w).replace(r"\ ", r"\s") for w in _SMALL), key=len, reverse=True))
_UNIT: Final = (r"(?:(?P<business>business|working|banking|werk|arbeits|bank(?:arbeits)?|geschafts)[\s-]?(?:days?|tagen?|tage)|"
                r"(?P<calendar>calendar\s|kalender)?(?:days?\b|tagen?\b|tage\b)"
                r"|jours?\s(?P<jo>ouvrables?|ouvres?)|dias?\s(?P<dh>habiles|laborables)|(?P<jours>jours?|dias?)(?:\s(?:calendaires?|"
                r"civils?|naturales|corridos))?\b"
                r"|(?P<weeks>weeks?|wochen?|semaines?|semanas?)\b|(?P<months>(?:calendar\s)?months?|monaten?|monate?s?|mois|"
                r"mes(?:es)?)\b|(?P<years>years?|jahren?|jahre?s?|ans?\b|annees?|anos?)\b)")
_PERIOD = re.compile(rf"(?<![\w.,/-])(?:(?P<words>{_WORD_NUMBER})\s{{0,2}}\(\s?(?P<paren>\d{{1,3}})\s?\)|"
                     rf"(?P<digits>\d{{1,3}})(?:\s?\(\s?[a-z\s-]{{2,30}}\))?|(?P<word>{_WORD_NUMBER}))[\s-]{{1,3}}"
                     rf"(?:(?:clear|full|volle[rn]?|ganze[rn]?|consecutive|weitere[rn]?)\s)?{_UNIT}")


_END_OF = re.compile(r"\b(?:ends?|last day|close|ende|letzten tag\w*|schluss|fin|dernier jour|final|ultimo dia)\s(?:of\s|de\s|d'|del\s|"
                     r"des\s|der\s)?$")


@dataclass(frozen=True, slots=True)
class Period:
    """A period that stands from `start` to `end`; `unit` is calendar_days, business_days, weeks, months or years."""
    start: int
    end: int
    value: int
    unit: str


_ADJECTIVE = re.compile(rf"\b(?P<n>\d{{1,3}}|{_WORD_NUMBER})-?(?P<u>monatig|wochig|tagig|jahrig)(?:e[nrsm]?)?\b")
_ADJECTIVE_UNITS: Final = {"monatig": "months", "wochig": "weeks", "tagig": "calendar_days", "jahrig": "years"}


def periods(folded: str, start: int = 0, end: int | None = None) -> Iterator[Period]:
    """Yield the periods in a folded text between two offsets, in order of place."""
    for m in _PERIOD.finditer(folded, start, len(folded) if end is None else end):
        digits = m["paren"] or m["digits"]
        word = re.sub(r"\s+", " ", m["word"] or "")
        value = int(digits) if digits else _SMALL.get(word, 0)
        if value and not (value == 1 and _END_OF.search(folded, max(0, m.start() - 40), m.start())):
            yield Period(m.start(), m.end(), value, _unit(m))
    for m in _ADJECTIVE.finditer(folded, start, len(folded) if end is None else end):
        value = int(m["n"]) if m["n"].isdigit() else _SMALL.get(m["n"], 0)
        if value:
            yield Period(m.start(), m.end(), value, _ADJECTIVE_UNITS[m["u"]])


def in_months(period: Period) -> int | None:
    """Return the length in months of a period in months or years, else None."""
    return period.value * 12 if period.unit == "years" else period.value if period.unit == "months" else None


def _unit(m: re.Match[str]) -> str:
    if m["business"] or m["jo"] or m["dh"]:
        return "business_days"
    if m["weeks"]:
        return "weeks"
    if m["months"]:
        return "months"
    return "years" if m["years"] else "calendar_days"


def number_of(word: str) -> int | None:
    """Return the number that a folded word or digits name, else None."""
    return int(word) if word.isdigit() else _SMALL.get(word)
