"""From when to when a contract runs: `effective_date` and `expiration_date`, stated, or reckoned from the term that the paper states."""
from __future__ import annotations

import re
from datetime import date, timedelta

from archive.model.extracted import Passage
from archive.model.fact import Derived, Fact
from ingest.enrich.day_forms import Day, Order, days, iso
from ingest.enrich.doc import Doc
from ingest.enrich.periods import in_months, periods

_FROM = re.compile(r"\b(?:takes? effect (?:on|from|as of)|(?:is |shall be )?effective (?:as of|from|on)|with effect from|"
    r"commencement "
                   r"date(?: is|:| means)?|effective date\W?(?: is|:| means| shall mean)?|start date(?: is|:)?|commenc(?:es?|"
                       r"ing)(?: "
                   r"on| upon| as of)?|(?:to be|become[s]?) effective(?: on| as of)?|begins? on|"
                   r"come[s]? into force on|from and after|(?:tritt|treten) (?:zum|am|mit|ab|mit wirkung (?:vom|zum|ab))|mit wirkung (?:zum|"
                       r"vom|"
                   r"ab)|vertragsbeginn(?: ist)?:?|beginnt am|laufzeit ab|prend effet (?:le|au|a compter du)|prend cours (?:le|au|a la date du)|"
                   r"debute(?:ra)? le|sort(?:ira)? ses effets le|entre en vigueur le|"
                       r"a "
                   r"compter du|"
                   r"date (?:d'effet|de debut)\s?:?|entra(?:ra)? en vigor (?:el|a partir del)|surt(?:e|ira) efectos? (?:el|"
                       r"desde el|a "
                   r"partir del)|(?:contad[oa]s?|computad[oa]s?|que (?:corre|inicia)\w*) (?:a partir del?|desde)(?: dia| el)?|fecha de (?:inicio|"
                   r"entrada en vigor)\s?:?|con efectos? (?:de|desde el|a partir del))\s?$")
_UNTIL = re.compile(r"\b(?:through|until|to|expires? on|end(?:s|ing) on|conclud(?:es?|ing)(?: on)?|expiring(?: on)?|through and "
                    r"including|expiry date(?: is|:)?|end date(?: is|:)?|bis (?:zum)?|"
                    r"endet (?:am|zum|mit ablauf des)|lauft bis(?: zum)?|vertragsende:?|jusqu'au|au|prend fin le|se termine le|expire le|"
                        r"hasta el|al|"
                    r"finaliza(?:ra)? el|vence el)\s?$")
_TERM = re.compile(r"\b(?:term|renewal|laufzeit|vertragsdauer|duree|periode|plazo|vigencia|duracion|expir\w+|end date|"
    r"vertragsende|"
                   r"fest abgeschlossen)\b")
_RUNS_UNTIL = re.compile(r"\b(?:continues?|runs?|remains? in (?:full )?force(?: and effect)?|in force|lauft|fest|gilt|reste en vigueur|"
    r"court|permanece en vigor|vigente)\s(?:until|through|to|bis(?: zum)?|jusqu'au|hasta el)\s?$")
_ENDS_ON = re.compile(r"\b(?:expires? on|ends? on|terminates on|endet (?:am|zum|mit ablauf des)|prend fin le|se termine le|expire le|"
                      r"finaliza(?:ra)? el|vence el|termina el)\s?$")
_CONTRACT = re.compile(r"\b(?:agreement|contract|vertrag|contrat|contrato)\b")
_SAME_DAY = re.compile(r"\b(?:becomes? effective|effective|commenc\w+|takes? effect|in effect|begin\w*|in "
                       r"force)\b[^.;]{0,80}\b(?:date\s+first\s+(?:above|set|written|hereinabove|here)|date\s+hereof|"
                       r"date\s+of\s+(?:this\s+agreement|"
                       r"execution|signing|signature|last\s+signature))|\b(?:tritt|"
                       r"treten)\b[^.;]{0,40}\bmit\s+(?:der\s+)?unterzeichnung|\bprend(?:ra)?\s+effet\b[^.;]{0,40}\bsignature|"
                       r"\bentrara?\s+en\s+vigor\b[^.;]{0,40}\bfirma")
_INITIAL = re.compile(
    r"\b(?:initial term|first term|term of this agreement|in (?:full force and )?effect for|for an? initial (?:term|"
        r"period)|"
    r"(?:agreement|contract) (?:shall|will) (?:be|remain|continue)[^.]{0,60}for a (?:term|period)|"
    r"(?:erst|grund|mindest)laufzeit|feste laufzeit|laufzeit(?: betragt| von)?|duree (?:initiale|du contrat)"
        r"|periode initiale|"
    r"plazo inicial|duracion inicial|vigencia inicial|(?:tendra|con) una (?:vigencia|duracion)(?: inicial)?|vigencia de|duracion de|plazo de vigencia|"
    r"(?:remain|be) (?:valid|in force) for (?:a period|an initial)|"
    r"(?:commences?|starts?|begins?|takes? effect|in force|effective)\b(?:[^.;]|(?<=\d)\.){0,80}?\bfor (?:a|an|the) (?:initial |fixed |firm |"
    r"first )?(?:term|period) of|"
    r"(?:tritt|beginnt|gilt|lauft|abgeschlossen)\b(?:[^.;]|(?<=\d)\.){0,80}?\b(?:auf|fur) (?:die|eine|eine feste|die feste) (?:dauer|laufzeit|"
    r"vertragsdauer) von|"
    r"(?:entre en vigueur|prend (?:effet|cours)|prendra (?:effet|cours)|est conclue?)\b(?:[^.;]|(?<=\d)\.){0,80}?\bpour une (?:duree|"
    r"periode) (?:initiale |ferme |determinee )*de|"
    r"(?:entrara? en vigor|entra en vigor|comenzara?|comienza|se celebra)\b(?:[^.;]|(?<=\d)\.){0,80}?\bpor (?:un|una) (?:plazo|periodo|"
    r"duracion) (?:inicial |minim[oa] )?de)\b")


_APART = re.compile(r"\b(?:and|plus|und|et|y) (?:for|during|fur|pendant|durante)\b")
"""Words by which what follows is no more of the term itself: `during the term of this agreement and for a period of five years`."""


def contract_days(doc: Doc, bounds: list[tuple[int, int]], order: Order, dated: Derived | None) -> list[Fact]:
    """Return the facts about the first and the last day of the term, each by its surest reading."""
    starts: list[tuple[float, Day]] = []
    ends: list[tuple[float, Day]] = []
    for low, high in bounds:
        for day in days(doc.folded, order, low, high):
            before = re.sub(r"\s+", " ", doc.folded[max(low, day.start - 60):day.start])
            after = doc.folded[day.end:day.end + 30]
            around = doc.folded[max(low, day.start - 200):min(high, day.end + 60)]
            if _FROM.search(before):
                starts.append((0.85 - 0.02 * len(starts), day))
            elif re.match(r"\s?\((?:the )?\W?(?:effective|commencement)\s{0,2}date", after):
                starts.append((0.9, day))
            elif _UNTIL.search(before) and (_TERM.search(around) or _RUNS_UNTIL.search(before) or (_ENDS_ON.search(before) and _CONTRACT.search(around))):
                ends.append((0.8, day))
    facts = []
    start = max(starts, key=lambda s: s[0]) if starts else None
    if start:
        facts.append(Fact("effective_date", start[1].value, (doc.passage(start[1].start, start[1].end),),
            "words for the beginning of the term", confidence=round(start[0], 2)))
    if ends:
        sure, day = ends[0]
        facts.append(Fact("expiration_date", day.value, (doc.passage(day.start, day.end),), "words for the end of the term", confidence=sure))
    if not start and dated is not None and dated.passage is not None:
        m = _SAME_DAY.search(doc.folded)
        if m:
            begin = Day(dated.passage.start, dated.passage.end, dated.value)
            start = 0.7, begin
            facts.append(Fact("effective_date", dated.value, (doc.passage(m.start(), m.end()), dated.passage),
                              "begins on the date of the paper", status="derived", confidence=0.7))
    if start and not ends:
        facts += _reckoned(doc, start[1])
    return facts


def _reckoned(doc: Doc, start: Day) -> list[Fact]:
    """The day before the first day some months later, where the paper states an initial term in months or years."""
    for m in _INITIAL.finditer(doc.folded):
        stop = doc.folded.find(".", m.end(), m.end() + 120)
        for period in periods(doc.folded, m.end(), stop if stop > 0 else min(len(doc.folded), m.end() + 120)):
            months = in_months(period)
            if _APART.search(doc.folded, m.end(), period.start):
                break
            if months:
                value = _last_day(start.value, months)
                if value:
                    passages: tuple[Passage, ...] = (doc.passage(m.start(), period.end), doc.passage(start.start, start.end))
                    return [Fact("expiration_date", value, passages, f"first day of the term and an initial term of {months} months", status=
                        "derived", confidence=0.75)]
    return []


def _last_day(first: str, months: int) -> str | None:
    begin = date.fromisoformat(first)
    total = begin.month - 1 + months
    year, month = begin.year + total // 12, total % 12 + 1
    for day in range(begin.day, 27, -1):
        following = iso(year, month, day)
        if following:
            return (date.fromisoformat(following) - timedelta(days=1)).isoformat()
    following = iso(year, month, min(begin.day, 28))
    return (date.fromisoformat(following) - timedelta(days=1)).isoformat() if following else None
