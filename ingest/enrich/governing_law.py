"""Which law a contract chooses: the country or state named behind the words that choose it."""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import Fact
from ingest.enrich.doc import Doc

_STOPS = ("without and as applicable excluding except notwithstanding with or to in unless shall will irrespective regardless then exclusive the under for but "
          "where which")
_PLACE = (rf"[a-z][a-z'-]+(?:,?\s+(?!(?:{'|'.join(_STOPS.split())})\b)[a-z'-]+){{0,3}}"
          r"(?:\s+and\s+wales|\s+und\s+wales|\s+et\s+galles)?")
_STATE = r"(?:(?:the|republic|kingdom|state|commonwealth|province)\s+(?:of\s+)?(?:the\s+)?){0,3}"
_ENGLISH = re.compile(
    r"\b(?:govern(?:ed|ing|s)|constru(?:ed|ction)|interpret(?:ed|ation)|enforced|enforceability|subject\s+to|"
    r"determined)\b[^.;]{0,220}?\b(?:substantive\s+|internal\s+)?"
    rf"laws?(?:\s+and\s+(?:judicial\s+)?decisions)?(?:,?\s+in\s+force)?\s+of\s+{_STATE}(?P<place>{_PLACE})"
    rf"|\bthe\s+laws?\s+of\s+{_STATE}(?P<subject>{_PLACE}?)\s+(?:apply|applies|governs?|shall\s+(?:apply|govern))\b"
    r"|\b(?P<adjective>english|scots|scottish|irish|french|german|swiss|austrian|dutch|belgian|spanish|italian|singapore|delaware|"
    r"new\s+york|california|ontario|quebec|"
    r"texas|florida)\s+law\s+(?:governs|applies|shall\s+(?:govern|apply))")
_GERMAN = re.compile(
    r"\b(?P<recht>(?:(?:deutsches|deutschem|osterreichisches|osterreichischem|schweizerisches|schweizer|schweizerischem|franzosisches|"
    r"englisches)\s+recht)"
    r"|recht\s+der\s+(?:bundesrepublik\s+deutschland|republik\s+osterreich|schweiz))")
_GERMAN_CHOICE = re.compile(r"\b(?:gilt|gelten|unterlieg\w*|untersteh\w*|unterstell\w*|anwendbar|anwendung|anzuwenden|massgeb\w+|masgeb\w+)\b")
_FRENCH = re.compile(
    r"\b(?:regi\w*|soumis\w*|gouverne\w*|interprete\w*)\b[^.;]{0,80}?\b(?:par|au|aux|"
    r"conformement)\b[^.;]{0,30}?(?P<droit>(?:droit\s+[a-z-]{4,20}|lois?\s+(?:de\s+la\s+|de\s+l'|du\s+|des\s+|de\s+)?"
    r"[a-z][a-z' -]{2,40}?(?=[,.;\n]|\s(?:et|sans|a\s+l)\b)|lois?\s+(?:francaises?|quebecoises?|belges?|suisses?)))")
_SPANISH = re.compile(
    r"\b(?:rige|regira|regido|sometid\w+|sujet\w+|interpretara)\b[^.;]{0,80}?\b(?:por|a|al|segun)\b[^.;]{0,30}?(?P<ley>(?:(?:ley|leyes|"
    r"derecho|legislacion)\s+(?:de\s+(?:la\s+|los\s+)?)?"
    r"[a-z][a-z ]{2,40}?(?=[,.;\n]|\s(?:y|sin|con|comun)\b)))")


def governing_law(doc: Doc) -> Iterator[Fact]:
    """Yield the fact `governing_law` with the place as written, or nothing."""
    found = _chosen(doc.folded)
    if found is not None:
        m, group = found
        start, end = m.start(group), m.end(group)
        yield Fact("governing_law", " ".join(doc.text[start:end].split()), (doc.passage(m.start(), m.end()),),
            "words that choose the law", confidence=0.85)


def _chosen(folded: str) -> tuple[re.Match[str], str] | None:
    """Return the last choice of law in a text, since papers put it near their end, and the group with the law."""
    last: tuple[re.Match[str], str] | None = None
    if "law" in folded:
        for m in _ENGLISH.finditer(folded):
            group = next(g for g in ("place", "subject", "adjective") if m[g])
            if not re.match(r"(?:another|other|any|such|that|this|its|each|all|applicable|land|jurisdiction|general|nature|countries|country)\b", m[group]):
                last = m, group
    if last is None and "recht" in folded:
        for m in _GERMAN.finditer(folded):
            if _GERMAN_CHOICE.search(folded, max(0, m.start() - 100), min(len(folded), m.end() + 60)):
                return m, "recht"
    for hint, pattern, group in (("droit", _FRENCH, "droit"), ("loi", _FRENCH, "droit"), ("ley", _SPANISH,
        "ley"), ("derecho", _SPANISH, "ley"), ("legisl", _SPANISH, "ley")):
        if last is None and hint in folded:
            m2 = pattern.search(folded)
            if m2:
                return m2, group
    return last
