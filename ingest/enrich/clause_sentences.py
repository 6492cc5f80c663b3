"""The sentences of a contract: what the readers of clauses weigh one by one. Offsets are into the text; numbers and blanks in front are left out."""
from __future__ import annotations

import re

_BREAK = re.compile(r"\n[^\S\n]*\n\s*|(?<=[.;:,])\s+(?=(?:[a-z]\.\s{1,4}|\([a-z]{1,3}\)\s{1,4}|\d{1,2}(?:\.\d{1,2}){1,4}\.?\s{1,4})[\"“(]?[A-Z])")
_STOP = re.compile(r"[.!?][\"'”’)\]]{0,3}(?=\s)|[.!?][\"”’)\]]{1,2}(?=\()")
_ABBREVIATED = re.compile(
    r"(?:\b(?:no|nos|inc|ltd|corp|co|llc|l\.l\.c|l\.p|sec|secs|art|cl|para|mr|mrs|ms|dr|st|vs|v|u\.s|u\.s\.a|u\.k|p\.o|e\.g|i\.e|a\.m|p\.m|jr|sr|et al|"
    r"al|etc|"
    r"ave|blvd|dept|attn|tel|ext|approx|nr|bzw|abs|ziff|ca|gem|vgl|lit|bd|str|z\.b|d\.h|s\.a|s\.l|n\.v|b\.v|g\.m\.b\.h|m|mm|mme|av|bhd|sdn|pte|pty|"
    r"jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|[a-z])|(?<=\n)[^\S\n]*[(\[]?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])|"
    r"\b(?:section|sections|article|clause|paragraph|schedule|exhibit)\s+\d[\d.]*)$", re.I)
_MONTH_AND_DAY = re.compile(r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s{1,3}\d{1,2}$", re.I)
_YEAR = re.compile(r"\s{1,3}(?:19|20)\d\d\b")
_OPENS = re.compile(r"\s+[\"'“‘(\[]{0,2}(?:[A-ZÀ-Þ0-9§*_]|\([a-z0-9]{1,4}\))")
_MARK = re.compile(
    r"\s*(?:(?:section|article|artikel|clause|§)\s{0,3}[\dIVXLC]{1,5}(?:\.\d{1,3}){0,4}(?:\([a-z0-9]{1,4}\))?[.:)]?\s+|"
    r"\(?\d{1,3}(?:\.\d{1,3}){1,4}[.)]?\s+|\d{1,3}[.)]\s*|\(?(?:[a-z]|[ivx]{1,5}|[A-Z]|[IVX]{1,5}|\d{1,2})\)\s+|[A-Z]\.\s+|[IVX]{1,5}\.\s+|[-*•·]\s+)", re.I)
_PAGE = re.compile(r"\s*(?:-\s*)?(?:page\s*)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?(?:\s*-)?\s*|\s*source:[^\n]*", re.I)
_NO_END = re.compile(r"\s(?:the|an?|of|to|and|or|by|in|with|for|from|its|their|this|such|any|than)$")
_LONGEST = 5000


def sentences(text: str, limit: int = 400_000) -> list[tuple[int, int]]:
    """Return the bounds of the sentences and headings of a text in order, without the number or letter in front of them.

    A paragraph that ends in the middle of a sentence goes on behind a page break. Points of a list are units of their own.
    """
    out: list[tuple[int, int]] = []
    for low, high in _paragraphs(text[:limit]):
        begin = low
        for stop in _STOP.finditer(text, low, high):
            if stop.end() >= high or _ends(text, begin, stop, high):
                out += _unit(text, begin, stop.end())
                begin = stop.end()
        out += _unit(text, begin, high)
    return out


def _ends(text: str, begin: int, stop: re.Match[str], high: int) -> bool:
    """Say whether a stop ends a sentence: what follows opens one, and what stands before it is no abbreviation or number of a clause."""
    if stop[0][0] == "." and _ABBREVIATED.search(text, max(begin - 1, stop.start() - 24, 0), stop.start()):
        return False
    if stop[0] == "." and _YEAR.match(text, stop.end(), high) and _MONTH_AND_DAY.search(text, max(begin, stop.start() - 16), stop.start()):
        return False
    return bool(_OPENS.match(text, stop.end(), high)) or (len(stop[0]) > 1 and text.startswith("(", stop.end()))


def _paragraphs(text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    begin = 0
    for gap in [*_BREAK.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > begin and not (_PAGE.fullmatch(text, begin, end) and end - begin < 120):
            if out and _goes_on(text, out[-1], begin):
                out[-1] = out[-1][0], end
            else:
                out.append((begin, end))
        begin = gap.end() if gap else end
    return out


def _goes_on(text: str, before: tuple[int, int], begin: int) -> bool:
    """Say whether a paragraph goes on the one before it: small letter at its beginning, no end of a sentence or point of a list before it.

    Behind a word that no sentence ends with (`renew the`), what follows goes on whatever its letter.
    """
    last = text[before[1] - 1:before[1]]
    opens = text[begin:begin + 1]
    goes_on = opens.islower() or (opens.isalnum() and _NO_END.search(text, max(before[0], before[1] - 12), before[1]) is not None)
    return goes_on and last not in '.;:!?"”' and before[1] - before[0] < _LONGEST and not _MARK.match(text, begin)


def _unit(text: str, low: int, high: int) -> list[tuple[int, int]]:
    while low < high:
        mark = _MARK.match(text, low, high)
        if mark is None or mark.end() >= high:
            break
        low = mark.end()
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return [(low, min(high, low + _LONGEST))] if high - low >= 3 else []
