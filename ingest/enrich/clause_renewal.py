"""How a contract goes on and who may stop it, as facts: the length of a renewal and the notice against it, from the weights and from plain words."""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from archive.model.extracted import Scalar
from archive.model.fact import Fact
from ingest.enrich.clause_cues import CUES
from ingest.enrich.clause_facts import fact_of, sentences_with, surest
from ingest.enrich.clause_reading import LIMIT, Found
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.clause_values import PERPETUAL, Length, notice_of, renews_for
from ingest.enrich.doc import Doc
from ingest.enrich.periods import in_months, periods

NOTICE = "notice_period_to_terminate_renewal"
RENEWAL = "renewal_term"
IN_A_CASE = re.compile(
    r"\b(?:upon|on|in|after) (?:the )?(?:occurrence|happening|event|case)\b|\b(?:if|where|should) (?:any|either|the|such|one|a|there|it|that|[a-z]+)\b"
    r"[^.;]{0,160}\b(?:fails?|breach\w*|default\w*|materially|violat\w*|impede|prohibit|assert|terminate for any reason)\b|\bof any breach\b|"
    r"\b(?:if|following|notice|follows|party)\s?:\s*$")
_TO_GO_ON = re.compile(
    r"\b(?:elect\w*|option|wish\w*|desire\w*|inten\w+|right|request\w*)\b(?:\W+\w+){0,3}?\W+to (?:renew|extend)\b|\bmay (?:\w+,? ){0,4}(?:extend|renew)\b|"
    r"\bmay\b[^.;]{0,90}\b(?:extend|renew)\b|\b(?:renew|extend|renewed|extended)\b[^.;]{0,120}\b(?:by|upon|provid\w+|with)\b[^.;]{0,40}\bnotice")
_NOT_GO_ON = re.compile(r"\bunless\b|\b(?:prevent|avoid|stop|oppose|declin|refus|opt out)|\bnot (?:to )?(?:be )?(?:renew|extend)|\bnon-?\s?renew|"
    r"\b(?:terminat|cancel|discontinu)")
_SPEAKS_OF_NOTICE = re.compile(r"\b(?:notice|notify|notifies|notification|advis\w+)\b")
_OF_THAT_NOTICE = re.compile(
    r"\W{0,3}(?:(?:such|said|the|this|any|that) (?:\w+ ){0,2}(?:notice|notification)\b|notice (?:of|must|shall|to)\b[^.;]{0,80}|"
    r"(?:an?|at least|not less than) (?:\w+ )?(?:\(\d+\) )?(?:days?|months?|weeks?)['’]?s?['’]? (?:\w+ ){0,2}notice\b|"
    r"(?=[^.;]{0,300}\b(?:renew\w*|expir\w*|end of)\b)(?:either|a|any|each|neither) part(?:y|ies)\b[^.;]{0,90}\b(?:not|terminat\w+|"
    r"end)\b[^.;]{0,60}\bnotice\b)")
_AT_A_TERM = re.compile(
    r"\b(?:terminat\w+|cancel\w*)\b[^.;]{0,160}\b(?:end|expir\w+|last day) (?:date )?of (?:the |its |this |any |each )?(?:\w+ )?"
    r"(?:or any of its ?renewals|term or any|initial term|relevant term|renewal term|extended term|then[- ]current term|agreement or any)\b")
_YEAR_BY_YEAR = re.compile(
    r"\b(?:from year to year thereafter|thereafter\b[^.;]{0,80}\b(?:from year to year|(?:successive|consecutive) "
    r"(?:annual|yearly|one[- ]year|12[- ]month|twelve[- ]month) (?:periods?|terms?))|renew(?:ed|s|able)\b[^.;]{0,30}\b(?:every|each) year\b|"
    r"renewable,? (?:for )?(?:one|1|annual)[- ](?:year )?(?:term|period)s?|year(?:ly)? (?:term )?(?:extensions?|renewals?) unless)")
_UNTIL_ENDED = re.compile(
    r"\bthereafter\b[^.;]{0,60}\b(?:continue|remain)\w*\b(?:(?!\bunless\b)[^.;\d]){0,60}\b(?:until|unless)\b[^.;]{0,120}\b(?:terminat\w+|cancel\w*|notice)\b")
_AGAINST = re.compile(CUES["not_renew"] + r"|\b(?:renew\w*|extend\w*|extension)\b[^.]{0,200}\b(?:unless|until|except)\b")
_RENEWING = re.compile(CUES["auto_renew"] + r"|\brenew(?:s|ed|able)?\b")
_DENIED = re.compile(r"\b(?:not|no|nor|neither|without)\b[^.;]{0,40}\b(?:renew\w*|extend\w*|renewal|extension)\b")
_STOP = re.compile(r"(?<=[a-z)])[.;]\s")
_INSURED = re.compile(r"\b(?:insur\w+|policy|policies)\b")


def stays(doc: Doc, fact: Fact) -> bool:
    """Say whether a renewal or a notice that the rules read stays when the weights found no such clause in the paper."""
    start, end = fact.passages[0].start, fact.passages[0].end
    if fact.name == RENEWAL:
        return _RENEWING.search(doc.folded, start, end) is not None
    if not _AGAINST.search(doc.folded, start, end) or _INSURED.search(doc.folded, start, end):
        return False
    return not any("notice" in said and _for_going_on(said) for said in _STOP.split(doc.folded[start:end]))


def _for_going_on(said: str) -> bool:
    """Say whether the notice of a sentence is one by which somebody makes the paper go on: `may renew by 60 days' notice`."""
    return _TO_GO_ON.search(said) is not None and not _NOT_GO_ON.search(said)


def plain_renewals(doc: Doc, known: Iterable[Fact]) -> list[Fact]:
    """Return the renewal and the notice against it that plain words state, where a paper's facts have none of the kind yet."""
    facts = list(known)
    more = [] if any(f.name == RENEWAL for f in facts) else _goes_on_yearly(doc)
    if not any(f.name == NOTICE for f in facts):
        more += _ends_with_a_term(doc) or _ends_what_goes_on(doc, (*facts, *more)) or _against_renewal(doc, (*facts, *more))
    return more


def lengths(doc: Doc, name: str, found: list[Found]) -> list[Fact]:
    """Return a fact for each passage that the weights found on renewal or on the notice against it, the surest first."""
    out: list[Fact] = []
    for passage in surest(found):
        said = (renews_for if name == RENEWAL else notice_of)(doc.folded, passage.start, passage.end)
        if name == NOTICE and _for_going_on(doc.folded[passage.start:passage.end]):
            continue
        if name == RENEWAL and said is None and _DENIED.search(doc.folded, passage.start, passage.end):
            continue
        value: Scalar = said.value if isinstance(said, Length) else said
        out.append(fact_of(doc, name, value, passage, said.unit if isinstance(said, Length) else ""))
    return out


def _ends_with_a_term(doc: Doc) -> list[Fact]:
    """Return the notice that a paper wants from who ends it with its term: `may cancel at the end of the initial term upon 30 days' notice`."""
    for start, end in sentences_with(doc, _AT_A_TERM):
        said = notice_of(doc.folded, start, end)
        if said and "notice" in doc.folded[start:end] and not IN_A_CASE.search(doc.folded, start, end):
            return [Fact(NOTICE, said.value, (doc.passage(start, end),), "clause on ending with the term", said.unit, confidence=0.5)]
    return []


def _against_renewal(doc: Doc, known: Iterable[Fact]) -> list[Fact]:
    """Return the notice against renewal that stands in the sentence on renewal, or in the one behind it: `Such notice must be given 90 days before`."""
    for fact in known:
        if fact.name != RENEWAL:
            continue
        start, end = fact.passages[0].start, fact.passages[0].end
        bounds = sentences(doc.text, LIMIT)
        row = bisect_right([a for a, _ in bounds], start)
        for low, high in ((start, end), *bounds[row:row + 2]):
            said = doc.folded[low:high]
            if (low, high) != (start, end) and not _OF_THAT_NOTICE.match(said):
                continue
            told = notice_of(doc.folded, low, high) if _SPEAKS_OF_NOTICE.search(said) else None
            if told and _NOT_GO_ON.search(doc.folded, start, high) and not IN_A_CASE.search(said):
                return [Fact(NOTICE, told.value, (doc.passage(low, high),), "notice beside the clause on renewal", told.unit, confidence=0.5)]
    return []


def _ends_what_goes_on(doc: Doc, known: Iterable[Fact]) -> list[Fact]:
    """Return the notice that ends a paper which, after its first term, goes on until somebody gives it."""
    for fact in known:
        if fact.name == RENEWAL and fact.value == PERPETUAL:
            start, end = fact.passages[0].start, fact.passages[0].end
            said = notice_of(doc.folded, start, end) if "notice" in doc.folded[start:end] else None
            if said:
                return [Fact(NOTICE, said.value, (doc.passage(start, end),), "notice that ends what goes on without an end", said.unit, confidence=0.5)]
    return []


def _goes_on_yearly(doc: Doc) -> list[Fact]:
    """Return the renewal that a paper states without a word of renewing: `for two years, and from year to year thereafter`."""
    for bounds in sentences_with(doc, _YEAR_BY_YEAR)[:1]:
        said = _YEAR_BY_YEAR.search(doc.folded, *bounds)
        near = periods(doc.folded, max(bounds[0], said.start() - 24), said.end()) if said else ()
        months = next((n for p in near if said and p.end > said.start() and (n := in_months(p))), 12)
        return [Fact(RENEWAL, months, (doc.passage(*bounds),), "goes on from year to year", "months", confidence=0.6)]
    for bounds in sentences_with(doc, _UNTIL_ENDED)[:1]:
        return [Fact(RENEWAL, PERPETUAL, (doc.passage(*bounds),), "goes on until somebody ends it", confidence=0.6)]
    return []
