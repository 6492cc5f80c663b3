"""Days that a contract names in one place and writes in another: `the Launch Date`, `the date of the last signature`, `Term: 1 May 2019 to 30 April 2020`.

Each day comes with the offsets of the words that write it, so that what is reckoned from it can cite them. A name that is given to two days, or to a
day that hangs on something (`the later of`, `upon approval`), is none.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.enrich.clause_mentions import of_a_source
from ingest.enrich.day_forms import MONTH_NAME, Day, Order, days, iso, last_of_month, month_number


@dataclass(frozen=True, slots=True)
class Called:
    """A day with the words, from `start` to `end`, that give it its name; the day may stand elsewhere (`means the date of the last signature`)."""
    day: Day
    start: int
    end: int

    @property
    def elsewhere(self) -> bool:
        return not self.start <= self.day.start < self.end


_SUFFIX = r"(?:st|nd|rd|th|s\st|n\sd|r\sd|t\sh)"
_LOOSE = re.compile(
    rf"(?<![\d/])(?P<m>{MONTH_NAME})\b\.?\s{{0,3}}(?P<d>\d{{1,2}})\s?{_SUFFIX}?\s?[,.]{{0,2}}\s{{0,3}}(?P<y>(?:19|20)\s?\d\d)\b"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})\s?{_SUFFIX}?\)?\s{{0,3}}(?:day\s{{1,3}}of\s{{1,3}}(?:[a-z]{{3,6}}day,?\s|[-–—_]{{2,6}}\s{{1,3}})?|of\s{{1,3}})?(?P<m2>{MONTH_NAME})\b\.?[\s,]{{1,4}}"
    rf"(?P<y2>(?:19|20)\s?\d\d)\b"
    rf"|(?P<close>\b(?:last day|end) (?:of|in) (?:the month of )?)(?P<m3>{MONTH_NAME})\b[\s,]{{1,4}}(?:of )?(?P<y3>(?:19|20)\d\d)\b")
"""Days as `day_forms` has them, with the slips of a scan: `March 18. 2021`, `1s t day of June, 2004`, `as of1 May 2019`; and the end of a month."""

_NAMED = re.compile(
    r"\b(?:the|its|such|said|on|of|from|upon|after|\"|“)\W{0,2}(?P<name>(?!(?:the|its|such|said|an?|first|later|earlier|last|same|expir|terminat|"
    r"due)\w*\s)(?:[a-z][a-z&/-]*\s){1,4}?"
    r"date)\b(?!\s(?:of|on|upon|that|when|which|first|set|hereof|above)\b)")
_MEANS = r"[\"”'’]{0,2}\s?\)?\s{0,4}(?:(?:shall|will)? ?(?:means?|be)|is(?: defined as)?|has the meaning of|:|=)\s{0,4}"
_BRACKET = (r"\(\W{0,3}(?:(?:hereinafter|herein|such date|referred to|as|being|the|this|called|collectively)\b,?\s){0,6}[\"“'‘]{1,2}\s?")
_LEADS = re.compile(r"\W{0,3}(?:(?:the|on|as|of|from|day|date|shall|be|is|midnight|and|effective|commencing|beginning|at|a\.m|p\.m|\d{1,2}:\d\d|on|"
    r"this)\b\W{0,3}){0,8}$")
_HANGS = re.compile(r"\b(?:later of|earlier of|later to|if|subject to|approval|receipt|provided|unless|completion|which|when|whichever)\b")
_OF_SIGNING = re.compile(
    r"\W{0,3}(?:(?:the|on|as|of|date|day|this|agreement|its|is|on which|that)\b\W{0,2}){0,6}(?:(?:last|latest|later|final) (?:\w+ )?(?:signature|"
    r"signed|execution|"
    r"party|of the (?:dates|signatures)|to (?:sign|execute))|signature|signed|signing|execution|executed|last (?:date|day) (?:of|on)|fully executed)\b")
_OF_THE_PAPER = re.compile(
    r"\W{0,3}(?:(?:the|on|as|of|from)\b\W{0,2}){0,4}(?:date (?:first (?:above|set|written|here)|hereof|of (?:this|the) (?:agreement|contract)\b|above)|"
    r"day and year first|first date)")
_EFFECTIVE = re.compile(
    r"\b(?:agreement|contract|lease|made|executed|entered into|signed|dated|is|be|becomes?|and)\W{1,4}(?:is |are |shall be |shall become |becomes |"
    r"made )?(?:and (?:is )?)?"
    r"effective(?: as)?(?: of| from| on)?(?=\s)")
_SIGNATURES = re.compile(
    r"\b(?:in witness (?:whereof|hereof|thereof)|(?:agreed|accepted)(?: to)?,? (?:and|&) (?:agreed|accepted|acknowledged)|signed (?:for and )?on behalf|"
    r"duly authori[sz]ed representatives?|have (?:each )?(?:duly )?executed|have caused this|agree to the terms)\b|/s/")
_BESIDE = re.compile(r"\bdated?\b[^\S\n]{0,4}(?:signed|of signature)?\W{0,6}$|\b(?:signed|executed)\W{0,3}(?:on|this)?\W{0,3}$|\b(?:name|"
    r"title)\b[^\n]{0,60}\s$|"
                     r"\n[^\S\n]*[a-z][a-z /-]{2,30},\s(?:the )?$")
_BLOCK = 3500
_ROW = re.compile(
    r"(?:^|\n|\t|\|)[^\S\n]{0,8}(?:[\dA-Za-z]{1,3}[.)][^\S\n]{1,4})?(?:initial |contract |agreement |service |license )?(?:(?P<end>(?:contract |scheduled )?"
    r"(?:expir(?:y|ation)|termination|end)(?: date)?|valid until|valid through|contract end|end)|"
    r"(?P<start>(?:effective|commencement|start)(?: date)?|contract start|start)|(?P<term>term|period|duration|contract period|validity)"
    r"(?: of (?:this |the )?(?:agreement|contract|project))?)(?: dates?)?(?: (?:of|for|"
    r"under) [^:\n|]{2,50})?[^\S\n]{0,4}[:=|\t][^\S\n]{0,6}(?P<said>[^\n|]{4,120})", re.IGNORECASE)
_TO = re.compile(r"\W{0,4}(?:and )?(?:to|until|through|thru|till|ending|-|–|expiring)(?: and including| on)?(?: the)?\W{0,4}")


def loose_days(folded: str, order: Order, start: int, end: int) -> list[Day]:
    """Return the days written between two offsets in order of place, those with slips of a scan and the ends of months included."""
    found = {(d.start, d.end): d for d in days(folded, order, start, end)}
    for m in _LOOSE.finditer(folded, start, end):
        if any(a < m.end() and m.start() < b for a, b in found):
            continue
        year = int((m["y"] or m["y2"] or m["y3"]).replace(" ", ""))
        month = month_number(m["m"] or m["m2"] or m["m3"]) or 0
        value = last_of_month(year, month) if m["close"] else iso(year, month, int(m["d"] or m["d2"]))
        if value:
            found[m.start(), m.end()] = Day(m.start(), m.end(), value)
    return sorted(found.values(), key=lambda d: d.start)


def names_in(folded: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the named dates of a sentence (`effective date`, `services commencement date`) and where each ends."""
    for m in _NAMED.finditer(folded, start, end):
        yield " ".join(m["name"].split()), m.end()


def named_day(folded: str, order: Order, name: str, signed: Day | None = None, paper: Day | None = None) -> Called | None:
    """Return the day that a paper gives a name: `on May 3, 2014 (the "Launch Date")`, `"Launch Date" means May 3, 2014`.

    `signed` is the day of the last signature, `paper` that of the paper: they stand for a name that means them. None where the paper defines no
    such day, or two.
    """
    words = r"\s{1,4}".join(map(re.escape, name.split()))
    found: list[Called] = []
    for m in re.finditer(rf"{_BRACKET}{words}\s?[\"”'’]{{1,2}}", folded):
        before = [d for d in loose_days(folded, order, max(0, m.start() - 60), m.start()) if not of_a_source(folded, d.start)]
        if before and re.fullmatch(r"[\s,]*", folded[before[-1].end:m.start()]) and not _HANGS.search(folded, max(0, before[-1].start - 40), before[-1].start):
            found.append(Called(before[-1], before[-1].start, m.end()))
    for m in re.finditer(rf"(?:[\"“'‘]\s?|\n[^\S\n]*|\b(?:the|this) ){words}{_MEANS}|(?<!\w){words}\s?:\s{{0,4}}", folded):
        near = loose_days(folded, order, m.end(), min(len(folded), m.end() + 90))
        if near and _LEADS.fullmatch(folded, m.end(), near[0].start) and not _HANGS.search(folded, m.end(), near[0].end):
            found.append(Called(near[0], m.start(), near[0].end))
        elif signed and (meant := _OF_SIGNING.match(folded, m.end(), m.end() + 120)):
            found.append(Called(signed, m.start(), meant.end()))
        elif paper and (meant := _OF_THE_PAPER.match(folded, m.end(), m.end() + 120)):
            found.append(Called(paper, m.start(), meant.end()))
    return found[0] if found and len({c.day.value for c in found}) == 1 else None


def stated_start(folded: str, order: Order) -> Day | None:
    """Return the one day from which a paper says in plain words that it is effective: `effective as of this 1st day of March 2020`; None where two."""
    found = [d for m in _EFFECTIVE.finditer(folded) for d in loose_days(folded, order, m.end(), min(len(folded), m.end() + 40))[:1]
             if re.fullmatch(r"\W{0,3}(?:(?:this|the)\s{1,3})?", folded[m.end():d.start]) and not of_a_source(folded, d.start)]
    return found[0] if found and len({d.value for d in found}) == 1 else None


def signature_days(folded: str, order: Order) -> list[Day]:
    """Return the days that stand beside the signatures of a paper, in order of place."""
    found: list[Day] = []
    looked = 0
    for mark in _SIGNATURES.finditer(folded, len(folded) // 4):
        begin = max(looked, mark.end())
        looked = min(len(folded), mark.end() + _BLOCK)
        found += [d for d in loose_days(folded, order, begin, looked)
                  if not of_a_source(folded, d.start) and _BESIDE.search(folded, max(mark.end(), d.start - 70), d.start)]
    return found


def signature_day(signatures: list[Day]) -> Day | None:
    """Return the last of the days beside the signatures, None where there is none."""
    return max(signatures, key=lambda d: d.value, default=None)


def rows(text: str, folded: str, order: Order) -> dict[str, tuple[int, int, Day]]:
    """Return the first and last day that a line of a form states, by `start` and `end`: each with the bounds of the line's words and the day.

    `Effective Date: 1 May 2019`, `Term: May 1, 2019 to April 30, 2020`. Only the first line of each sort counts.
    """
    out: dict[str, tuple[int, int, Day]] = {}
    for m in _ROW.finditer(text):
        low, high = m.start("said"), m.end("said")
        written = loose_days(folded, order, low, high)
        begin = next(m.start(g) for g in ("end", "start", "term") if m[g])
        if not written or _HANGS.search(folded, low, written[0].start):
            continue
        stop = max(d.end for d in written)
        if m["term"]:
            if len(written) >= 2 and _TO.fullmatch(folded, written[0].end, written[1].start):
                out.setdefault("end", (begin, stop, written[1]))
                out.setdefault("start", (begin, stop, written[0]))
        elif written[0].start - low <= 24:
            out.setdefault("end" if m["end"] else "start", (begin, stop, written[0]))
    return out


def day_after(value: str) -> str:
    """Return the next day (ISO 8601)."""
    return (date.fromisoformat(value) + timedelta(days=1)).isoformat()
