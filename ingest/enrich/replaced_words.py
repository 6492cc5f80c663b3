"""Which of the words in a sentence that changes a contract are the old ones, which no longer count."""
from __future__ import annotations

import re

from ingest.enrich.periods import Period

_NEW_BEHIND = re.compile(
    r"\b(?:replac\w+|substitut\w+|amend\w+|chang\w+|reduc\w+|extend\w+|increas\w+|shorten\w+)\b[^.;]{0,50}?\b(?:by|with|to|from)\b"
    r"|\b(?:remplac\w+|port\w+|modifi\w+|ramen\w+)\b[^.;]{0,40}?\b(?:par|a)\b|\b(?:sustitu\w+|reemplaz\w+|modific\w+|"
    r"ampli\w+)\b[^.;]{0,40}?\b(?:por|a)\b")
_NEW_WITHIN = re.compile(r"\b(?:durch|auf)\b(?P<new>[^.;]{2,120}?)\b(?:ersetzt|geandert|verlangert|verkurzt|erhoht|angehoben)\b")


def replaced(folded: str, start: int, end: int, period: Period) -> bool:
    """Say whether a period in the sentence between two offsets is what the sentence does away with.

    `the words "three months" are replaced by "six months"`: three months; `die Frist von drei Monaten wird durch sechs Monate ersetzt`: drei Monate.
    """
    within = _NEW_WITHIN.search(folded, start, end)
    if within is not None:
        return not within.start("new") <= period.start < within.end("new")
    behind = _NEW_BEHIND.search(folded, start, end)
    return behind is not None and period.end <= behind.start()
