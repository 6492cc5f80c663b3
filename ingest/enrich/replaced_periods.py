"""`period_replaced`: an amendment puts one period in place of another by its words alone (`the words "six months" are replaced by "three months"`).

The value and unit are those of the new period; the basis ends with the old one as `replaces 6 months`, so that the history can see which term it changes.
"""

from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.doc import Doc
from ingest.enrich.exit_duties import CURE_PERIOD
from ingest.enrich.notice_rules import flat
from ingest.enrich.periods import periods
from ingest.enrich.spans import cut

_REPLACES = re.compile(
    r"\b(?:replac\w+|substitut\w+|amend\w+ (?:from|by|to read)|instead of|in place of|statt|chang\w+ from|(?:reduc|extend|increas|shorten)\w+ from|"
    r"ersetzt|geandert|tritt an die stelle|treten an die stelle|anstelle|verkurzt|verlangert|"
    r"remplac\w+|substitu\w+|ramen\w+ de|port\w+ de|modifi\w+|sustitu\w+|reemplaz\w+|modific\w+|reduc\w+ de|"
    r"ampli\w+ de|(?:debe|debera|ha de) (?:decir|leerse)|(?:muss|soll|hat) es[^.]{0,60}? (?:heissen|heisen|lauten)|(?:il (?:faut|convient de)|"
    r"doit(?: se)?) lire|"
    r"(?:is|are) (?:to be|hereby) (?:read|deleted|struck)|delet\w+|strik\w+|shall (?:be )?read)\b"
)
_CURES = re.compile(rf"\b{CURE_PERIOD}\b")
_BARE = re.compile(r"[\"'\u201c\u201e\u00ab]\s?(?:[a-z-]{3,20}\s\((\d{1,3})\)|(\d{1,3}))\s?[\"'\u201d\u201c\u00bb]")
"""A number in quotation marks that names no unit: for "thirty (30)" there shall be substituted "twenty (20)"."""
_NEW_FIRST = re.compile(
    r"\b(?:anstelle|an die stelle|statt|instead of|in place of|au lieu de|en lugar de|replaces?|replacing|"
    r"remplace|sustituye)\b"
)


def replaced_periods(doc: Doc) -> list[Fact]:
    """Return the periods that an amendment replaces by others."""
    text = flat(doc)
    facts = []
    for start, end in cut(text, 0, len(text)):
        if not _REPLACES.search(text, start, end):
            continue
        bare = [int(m[1] or m[2]) for m in _BARE.finditer(text, start, end)]
        if len(bare) == 2 and bare[0] != bare[1] and _CURES.search(text, start, end):
            said = f"number put in place of another in the time to put a breach right: replaces {bare[0]}"
            facts.append(Fact("cure_period", bare[1], (doc.passage(start, end),), said, confidence=0.8))
            continue
        found = [p for p in periods(text, start, end) if p.unit != "years"]
        if len(found) != 2 or (found[0].value, found[0].unit) == (found[1].value, found[1].unit):
            continue
        old, new = found
        between = text[old.end : new.start]
        if _NEW_FIRST.search(between) and not re.search(r"\b(?:replaced|ersetzt|with|by|durch|par|por)\b", between):
            old, new = new, old
        facts.append(
            Fact(
                "period_replaced",
                new.value,
                (doc.passage(start, end),),
                f"words put in place of others: replaces {old.value} {old.unit}",
                new.unit,
                confidence=0.8,
            )
        )
    return facts
