"""A rise in price as a letter announces it, and as somebody was told before: fact `asserts_increase` (JSON: `percent`, `how` announced or said)."""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import Fact
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.enrich.sentences import sentences

_PERCENT = r"(?P<n>\d{1,2}(?:[.,]\d{1,2})?)"
_SHARE = re.compile(rf"(?<![\d.,]){_PERCENT}\s?(?:%|per ?cent\b|prozent\b|v\. ?h\.|pour ?cent\b|por ciento\b)")
_PRICE = re.compile(r"\b(?:fees?|prices?|pricing|rates?|charges?|tariffs?|monthly fee|preis\w*|entgelt\w*|vergutung\w*|gebuhr\w*|honorare?|tarifs?|"
    r"prix|frais|honoraires|redevances?|precios?|tarifas?|cuotas?|honorarios)\b")
_RISE = re.compile(r"\b(?:increas\w+|chang\w+|ris(?:e|es|ing)|go(?:es)? up|adjust\w*|uplift|erhoh\w*|anpass\w*|angepasst|passen|passt|steig\w*|"
    r"augment\w*|hausse\w*|modifi\w*|major\w*|ajust\w*|indexa\w*|sub(?:ida|en|e|ira|iran)|aument\w*|increment\w*)\b")
_SAID = re.compile(
    rf"\b(?:you|he|she|they|u) (?:had |have )?(?:said|told (?:me|us)|mentioned|promised|quoted|spoke of|talked about)\W{{1,3}}(?:only |about |around |"
    rf"maybe |of )?{_PERCENT}(?:\s?(?:%|per ?cent))?(?![\d.,]?\d)|"
    rf"\b(?:sie (?:haben|hatten)|du hast|es war|von)\b[^.\n]{{0,40}}?\b{_PERCENT.replace('<n>', '<n2>')}\s?(?:%|prozent)[^.\n]{{0,30}}\b(?:gesagt|"
    rf"genannt|versprochen|die rede|zugesagt)\b|"
    rf"\b(?:vous (?:aviez|avez)|tu (?:avais|as)|on m'avait) (?:dit|parle de|annonce|promis)\W{{1,3}}(?:environ |"
    rf"seulement )?{_PERCENT.replace('<n>', '<n3>')}\b|"
    rf"\b(?:usted(?:es)? )?(?:dijo|dijeron|dijiste|hablaron de|prometieron|habian dicho)\W{{1,3}}(?:un |el |solo )?{_PERCENT.replace('<n>', '<n4>')}\b")
_ANNOUNCES = frozenset({"legal_letter", "notice", "email"})
_TELLS = frozenset({"chat", "email", "call_transcript", "call_note", "meeting_note", "review"})
_MOST = 45.0
_LIMIT = 30_000


def increases(doc: Doc, kind: str) -> tuple[Fact, ...]:
    """Return the rises that an item announces or says to have been told; () for one without a share of a hundred."""
    if kind not in _ANNOUNCES | _TELLS or not _SHARE.search(doc.said, 0, _LIMIT):
        return ()
    return tuple(_found(doc, kind, doc.said[:_LIMIT]))[:6]


def _found(doc: Doc, kind: str, text: str) -> Iterator[Fact]:
    if kind in _TELLS:
        for m in _SAID.finditer(text):
            value = _number(next(v for k, v in m.groupdict().items() if v))
            if 0 < value <= _MOST:
                words = (doc.passage(*m.span()),)
                yield Fact("asserts_increase", row(percent=value, how="said"), words, "what somebody says to have been told", confidence=0.6)
    if kind in _ANNOUNCES:
        for start, end in sentences(text):
            share = _SHARE.search(text, start, end)
            if share and _PRICE.search(text, start, end) and _RISE.search(text, start, end) and 0 < _number(share["n"]) <= _MOST:
                announced = row(percent=_number(share["n"]), how="announced")
                yield Fact("asserts_increase", announced, (doc.passage(start, end),), "words that announce a change of the price", confidence=0.7)


def _number(written: str) -> float:
    return float(written.replace(",", "."))
