"""Periods as contracts write them: a number in words or digits, a unit, in four languages."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


def _german_tens(unit: str, ten: str) -> str:
    return ("ein" if unit == "eins" else unit) + "und" + ten


def _numbers() -> dict[str, int]:
    """Return the names of the numbers up to 199 and of 270, 360 and 365, folded, in four languages; a few in the forms in which contracts bend them."""
    units = {
        "en": ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
        "de": ["eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"],
        "fr": ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
        "es": ["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    }
    teens = {
        "en": ["ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"],
        "de": ["zehn", "elf", "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"],
        "fr": ["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"],
        "es": ["diez", "once", "doce", "trece", "catorce", "quince", "dieciseis", "diecisiete", "dieciocho", "diecinueve"],
    }
    tens = {
        "en": ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        "de": ["zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
        "fr": ["vingt", "trente", "quarante", "cinquante", "soixante", "soixante-dix", "quatre-vingt", "quatre-vingt-dix"],
        "es": ["veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"],
    }
    out: dict[str, int] = {}
    for language, ones in units.items():
        small = dict(zip((*ones, *teens[language]), range(1, 20), strict=True))
        for step, ten in enumerate(tens[language], 2):
            small[ten] = step * 10
            for number, unit in enumerate(ones, 1):
                if language == "en":
                    small[f"{ten}-{unit}"] = small[f"{ten} {unit}"] = step * 10 + number
                elif language == "de":
                    small[_german_tens(unit, ten)] = step * 10 + number
                elif language == "es":
                    small[f"veinti{unit}" if step == 2 else f"{ten} y {unit}"] = step * 10 + number
                elif step not in (7, 9):
                    small[f"{ten}-et-{unit}" if number == 1 and step < 8 else f"{ten}-{unit}"] = step * 10 + number
                    small.setdefault(f"{ten} et {unit}", step * 10 + number)
        if language == "fr":
            for step, ten in ((60, "soixante"), (80, "quatre-vingt")):
                small |= {f"{ten}-{teen}": step + 10 + n for n, teen in enumerate(teens["fr"])}
            small["quatre-vingts"] = 80
        hundreds = {"en": ("one hundred and ", "one hundred ", "a hundred and "), "de": ("hundert", "einhundert"), "fr": ("cent ",), "es": ("ciento ",)}
        for start in hundreds[language]:
            small |= {start + name: 100 + value for name, value in list(small.items()) if value < 100}
        out |= small
    out |= {"one hundred": 100, "hundert": 100, "einhundert": 100, "cent": 100, "cien": 100, "ein": 1, "einem": 1, "einer": 1, "une": 1,
            "una": 1, "veintiun": 21, "two hundred": 200,
            "two hundred seventy": 270, "two hundred and seventy": 270, "three hundred sixty": 360, "three hundred and sixty": 360,
            "three hundred sixty-five": 365, "three hundred and sixty-five": 365}
    out |= {f"{ten} y un": value + 1 for ten, value in zip(tens["es"][1:], range(30, 100, 10), strict=True)}
    return out | {name.replace("dreissig", "dreisig"): value for name, value in out.items() if "dreissig" in name}  # `ss` folded from `ß` is one letter


_SMALL: Final = _numbers()
_EN_ONES: Final = "one|two|three|four|five|six|seven|eight|nine"
_DE_ONES: Final = "ein|zwei|drei|vier|funf|sechs|sieben|acht|neun"
_FR_ONES: Final = "une?|deux|trois|quatre|cinq|six|sept|huit|neuf"
_FR_TEENS: Final = "dix(?:-(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize"
_ES_ONES: Final = "uno?|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve"
_EN: Final = (rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[-\s](?:{_EN_ONES}))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
              rf"seventeen|eighteen|nineteen|{_EN_ONES})")
_DE: Final = (rf"(?:(?:(?:{_DE_ONES})und)?(?:zwanzig|dreiss?ig|vierzig|funfzig|sechzig|siebzig|achtzig|neunzig)|zehn|elf|zwolf|dreizehn|vierzehn|funfzehn|"
              rf"sechzehn|siebzehn|achtzehn|neunzehn|eine[mrs]|eins|{_DE_ONES})")
_FR: Final = (rf"(?:(?:vingt|trente|quarante|cinquante|soixante|quatre-vingts?)(?:[-\s](?:et[-\s])?(?:{_FR_TEENS}|{_FR_ONES}))?|{_FR_TEENS}|{_FR_ONES})")
_ES: Final = (rf"(?:(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)(?:\sy\s(?:{_ES_ONES}))?|veinti(?:{_ES_ONES})|veinte|diez|once|doce|trece|"
              rf"catorce|quince|dieciseis|diecisiete|dieciocho|diecinueve|{_ES_ONES})")
_WORD_NUMBER: Final = (rf"(?:one|a|two|three)\shundred(?:\s(?:and\s)?{_EN})?|(?:ein)?hundert{_DE}?|cent(?:\s{_FR})?|cien(?:to\s{_ES})?|"
                       rf"{_EN}|{_DE}|{_FR}|{_ES}")
_UNIT: Final = (r"(?:(?P<business>business|working|banking|werk|arbeits|bank(?:arbeits)?|geschafts)[\s-]?(?:days?|tagen?|tage)|"
                r"(?P<calendar>calendar\s|kalender)?(?:days?\b|tagen?\b|tage\b)"
                r"|jours?\s(?P<jo>ouvrables?|ouvres?)|dias?\s(?P<dh>habiles|laborables)|(?P<jours>jours?|dias?)(?:\s(?:calendaires?|calendrier|civils?|"
                r"francs?|consecutifs?|naturales|corridos))?\b"
                r"|(?P<weeks>weeks?|wochen?|semaines?|semanas?)\b|(?P<months>(?:calendar\s)?months?|monaten?|monate?s?|mois|"
                r"mes(?:es)?)\b|(?P<years>years?|jahren?|jahre?s?|ans?\b|annees?|anos?)\b)")
_PERIOD = re.compile(rf"(?<![\w.,/-])(?:(?P<words>{_WORD_NUMBER})\s{{0,2}}\(\s?(?P<paren>\d{{1,3}})\s?\)\]?|"
                     rf"(?P<digits>\d{{1,3}})(?:\s?\(\s?[a-z\s-]{{2,30}}\))?|(?P<word>{_WORD_NUMBER}))[\s~-]{{1,3}}"
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
