"""The clauses of a contract: where each begins and ends, by its number or its paragraph. Terms are read clause by clause, never across."""
from __future__ import annotations

import re

from ingest.enrich.day_forms import MONTH_NAME

_COUNTED = (rf"(?:{MONTH_NAME})\b\.?,?\s(?:19|20)\d\d|(?:calendar |business |working |clear |full |consecutive )?(?:days?|weeks?|months?|years?|hours?|"
            r"minutes)\b|(?:kalender|werk|arbeits|bankarbeits|geschafts)?tagen?\b|wochen\b|monaten?\b|jahren?\b|stunden\b|jours?\b|semaines?\b|mois\b|ans?\b|"
            r"heures\b|dias?\b|semanas?\b|meses\b|anos\b|horas\b|per ?cent\b|prozent\b|euros?\b|eur\b|gbp\b|usd\b")
"""What a number at the beginning of a line counts where it is no clause's number: the line goes on with a day or a period."""

_ORDINALS = (r"primer[ao]|segund[ao]|tercer[ao]|cuart[ao]|quint[ao]|sext[ao]|septim[ao]|octav[ao]|noven[ao]|decim[ao](?:primer[ao]|segund[ao]|"
    r"tercer[ao]|cuart[ao]|quint[ao]|"
             r"sext[ao]|septim[ao]|octav[ao]|noven[ao])?|undecim[ao]|duodecim[ao]|vigesim[ao]|trigesim[ao]|erstens|zweitens|drittens|viertens|funftens")
"""Clauses of Spanish papers are counted in words: `PRIMERA.`, `Décima Segunda:`, `Decimocuarta.`"""

_START = re.compile(r"^[^\S\n]{0,12}(?:§\s?\d{1,3}[a-z]?\b|(?:clause|section|article|artikel|ziffer|art\.|clausula)\s\d{1,3}|"
                    rf"(?:clausula\s)?(?:{_ORDINALS})(?:\s(?:{_ORDINALS}))?[\s]?[.:)-]|"
                    rf"\(?\d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.)]?(?=\s+\D)(?!\.?\s(?:{_COUNTED}))|\([a-z0-9]{{1,3}}\)\s(?!(?:{_COUNTED})))", re.MULTILINE)
_SHORT = ("abs", "art", "nr", "ziff", "bzw", "ca", "no", "sec", "cl", "gem", "vgl", "lit", "mr", "ms", "mrs", "dr", "inc", "ltd", "corp", "co", "st", "vs")
NO_STOP = "".join(rf"(?<!\b{short})" for short in _SHORT)
"""Abbreviations whose stop ends no sentence, as conditions on what stands before it."""

_STOP = re.compile(rf"(?:(?<=[a-z)\"]{{2}})|(?<=\d{{4}})){NO_STOP}[.;](?=\s|$)")
_MAX_CLAUSE = 4000


def clauses(folded: str, limit: int = 400_000) -> list[tuple[int, int]]:
    """Return the bounds of the clauses of a folded text in order.

    Lettered points stay with the clause above them; prose without numbers is cut at blank lines.
    """
    text = folded[:limit]
    starts = [m.start() for m in _START.finditer(text) if not m[0].strip().startswith("(") or m[0].strip()[1:2].isdigit()]
    if len(starts) < 3:
        starts = [0] + [m.end() for m in re.finditer(r"\n\s*\n|\n(?=[^\n]{40,})", text)]
    if not starts or starts[0] != 0:
        starts.insert(0, 0)
    bounds = []
    for begin, following in zip(starts, [*starts[1:], len(text)], strict=True):
        if following > begin:
            bounds.append((begin, min(following, begin + _MAX_CLAUSE)))
    return bounds


def trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds without blanks at either side."""
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    return start, end


def sentence(folded: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Return the bounds of the sentence around two offsets, inside of the clause from `low` to `high`."""
    begin = low
    for m in _STOP.finditer(folded, low, start):
        begin = m.end()
    stop = _STOP.search(folded, end, high)
    return trimmed(folded, begin, stop.start() + 1 if stop else high)
