"""The clauses of a contract by category, as facts: eleven categories of CUAD with the passage, the value it states, basis and confidence.

    parties, agreement_date, effective_date, expiration_date         who, from when, to when (ISO 8601, or `perpetual`)
    renewal_term, notice_period_to_terminate_renewal                 a number and its unit
    governing_law                                                    the place
    termination_for_convenience, post_termination_services, cap_on_liability, liquidated_damages      `yes`: a fact a passage

English papers are read by the learned weights (`clause_reading`), others by rules (`clause_rules`). Facts that the rules of `contract_terms` read are
replaced where the paper was read here, and stay where it was not: a paper that changes another one is read by its rules alone where these speak.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date

from archive.model.extracted import Passage, Scalar
from archive.model.fact import Fact
from ingest.enrich.clause_cues import CUES
from ingest.enrich.clause_mentions import of_a_source
from ingest.enrich.clause_reading import LIMIT, Found, read_clauses
from ingest.enrich.clause_rules import clause_rules
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.clause_values import Length, begins, day_in, defined_end, ends, notice_of, renews_for, says_end
from ingest.enrich.day_forms import Order, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.governing_law import governing_law

CATEGORIES = frozenset((
    "parties", "agreement_date", "effective_date", "expiration_date", "renewal_term", "notice_period_to_terminate_renewal", "governing_law",
    "termination_for_convenience", "post_termination_services", "cap_on_liability", "liquidated_damages"))
_THERE = ("termination_for_convenience", "post_termination_services", "cap_on_liability", "liquidated_damages")
_KEPT = frozenset(("parties", "agreement_date", "effective_date", "expiration_date", "governing_law", "renewal_term"))
"""Categories of which a fact of the rules stays although the weights see no such clause: a wrong silence would cost more than a wrong word."""

_UNSURE = 0.6
"""Below this a value read here gives way to one that the rules are surer of."""
_LEARNED = "clause found by learned weights"
_AGAINST = re.compile(CUES["not_renew"] + r"|\b(?:renew\w*|extend\w*|extension)\b[^.]{0,200}\b(?:unless|until|except)\b")
_GOES_ON = re.compile(CUES["auto_renew"] + r"|\brenew(?:s|ed|al)?\b")
_DENIED = re.compile(r"\b(?:not|no|nor|neither|without)\b[^.;]{0,40}\b(?:renew\w*|extend\w*|renewal|extension)\b")
_INSURED = re.compile(r"\b(?:insur\w+|policy|policies)\b")
_ENDS_FREELY = "termination_for_convenience"
_IN_A_CASE = re.compile(
    r"\b(?:upon|on|in|after) (?:the )?(?:occurrence|happening|event|case)\b|\b(?:if|where|should) (?:any|either|the|such|one|a|there|it|that|[a-z]+)\b"
    r"[^.;]{0,160}\b(?:fails?|breach\w*|default\w*|materially|violat\w*|impede|prohibit|assert|terminate for any reason)\b|\bof any breach\b|"
    r"\b(?:if|following|notice|follows|party)\s?:\s*$")
_FREELY = re.compile(
    r"\b(?:convenience|without (?:cause|a cause|any cause|reason|penalty or cause)|no cause|with or without|(?:any|no) reason|"
    r"(?:sole|absolute|own) (?:and \w+ )?(?:discretion|option|election)|at will|no fault)\b")
_COMES_INTO_FORCE = re.compile(
    r"\b(?:agreement|contract|lease)\b[^.;]{0,60}\b(?:(?:is|are|be|become|becomes|made|executed) effective|commences?|comes? into (?:force|effect)|"
    r"enters? into (?:force|effect)|takes? effect|in force)\b[^.;]{0,30}\b(?:from|on|upon|as of|as from|at|when|after)\b[^.;]{0,40}\b"
    r"(?:date|day|execut\w+|signed|signature|signing|(?:19|20)\d\d)\b")
_NOTICE_NAME = "notice_period_to_terminate_renewal"
_AT_A_TERM = re.compile(
    r"\b(?:terminat\w+|cancel\w*)\b[^.;]{0,160}\b(?:end|expir\w+|last day) (?:date )?of (?:the |its |this |any |each )?(?:\w+ )?"
    r"(?:or any of its ?renewals|term or any|initial term|relevant term|renewal term|extended term|then[- ]current term|agreement or any)\b")
_YEAR_BY_YEAR = re.compile(
    r"\b(?:from year to year thereafter|thereafter\b[^.;]{0,80}\b(?:from year to year|(?:successive|consecutive) "
    r"(?:annual|yearly|one[- ]year|12[- ]month|twelve[- ]month) (?:periods?|terms?))|renew(?:ed|s|able)\b[^.;]{0,30}\b(?:every|each) year\b|"
    r"renewable,? (?:for )?(?:one|1|annual)[- ](?:year )?(?:term|period)s?|year(?:ly)? (?:term )?(?:extensions?|renewals?) unless)")
_ONLY_FORM = re.compile(r"\W*(?:inc|llc|ltd|limited|corp|corporation|company|co|gmbh|plc|n\.?a|l\.?p)\W*")
_ASSENT = re.compile(r"\b(?:agreement|contract|lease|licen[cs]e|terms)\b")


def clause_categories(doc: Doc, kind: str, language: str | None, known: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts of a contract paper: those `known` from the rules, with the eleven categories read anew."""
    rules = tuple(known)
    if language not in (None, "en"):
        named = {f.name for f in rules}
        return (*rules, *(f for f in clause_rules(doc, language) if f.name not in named))
    if not _ASSENT.search(doc.folded):
        return rules
    read = _facts(doc, read_clauses(doc.text, doc.folded), order_of(doc.folded, "en"))
    if kind == "amendment":
        named = {f.name for f in rules}
        return (*rules, *(f for f in read if f.name not in named))
    return _together(doc, rules, read)


def _together(doc: Doc, rules: tuple[Fact, ...], read: list[Fact]) -> tuple[Fact, ...]:
    """Return both readings as one. Where the weights found the clause their passage stands; `_value` says whose value."""
    by_name: dict[str, list[Fact]] = {}
    for fact in rules:
        by_name.setdefault(fact.name, []).append(fact)
    named = {f.name for f in read}
    out = [f for f in rules if f.name not in CATEGORIES or (f.name not in named and _stays(doc, f))]
    for fact in read:
        told = by_name.get(fact.name)
        out.append(_value(fact, max(told, key=lambda f: f.confidence)) if told else fact)
    if "renewal_term" not in {f.name for f in out}:
        out += _goes_on_yearly(doc)
    if _NOTICE_NAME not in {f.name for f in out}:
        out += _ends_with_a_term(doc)
    return tuple(out)


def _ends_with_a_term(doc: Doc) -> list[Fact]:
    """Return the notice that a paper wants from who ends it with its term: `may cancel at the end of the initial term upon 30 days' notice`."""
    for start, end in _with(doc, _AT_A_TERM):
        said = notice_of(doc.folded, start, end)
        if said and "notice" in doc.folded[start:end] and not _IN_A_CASE.search(doc.folded, start, end):
            return [Fact(_NOTICE_NAME, said.value, (doc.passage(start, end),), "clause on ending with the term", said.unit, confidence=0.5)]
    return []


def _goes_on_yearly(doc: Doc) -> list[Fact]:
    """Return the renewal that a paper states without a word of renewing: `for two years, and from year to year thereafter`."""
    return [Fact("renewal_term", 12, (doc.passage(*bounds),), "goes on from year to year", "months", confidence=0.6)
            for bounds in _with(doc, _YEAR_BY_YEAR)[:1]]


def _with(doc: Doc, form: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the bounds of the sentences in which a form begins, each once, in order; the text is cut only if it stands there at all."""
    places = [m.start() for m in form.finditer(doc.folded, 0, LIMIT)]
    if not places:
        return []
    bounds = sentences(doc.text, LIMIT)
    starts = [a for a, _ in bounds]
    rows = dict.fromkeys(bisect_right(starts, place) - 1 for place in places)
    return [bounds[row] for row in rows if row >= 0]


def _stays(doc: Doc, fact: Fact) -> bool:
    """Say whether a fact of the rules stays when the weights found no such clause in the paper."""
    if fact.name == "notice_period_to_terminate_renewal":
        start, end = fact.passages[0].start, fact.passages[0].end
        return bool(_AGAINST.search(doc.folded, start, end)) and not _INSURED.search(doc.folded, start, end)
    if fact.name == "effective_date":
        return fact.status != "derived"
    if fact.name == "agreement_date":
        return not of_a_source(doc.folded, fact.passages[0].start)
    if fact.name == "renewal_term":
        return bool(_GOES_ON.search(doc.folded, fact.passages[0].start, fact.passages[0].end))
    return fact.name in _KEPT or fact.value == "no"


def _value(fact: Fact, told: Fact) -> Fact:
    """Return a fact that was read here, with the value of the rules where it states none, is unsure, or reckons the same end one day later.

    Names of parties come from the rules only where fewer than two were read here.
    """
    if fact.name == "parties":
        if isinstance(fact.value, str) and "; " in fact.value:
            return fact
        return Fact(fact.name, told.value, _joined(told.passages, fact.passages), told.basis, told.unit, told.status, told.confidence)
    if fact.name in _THERE or (fact.value == told.value and fact.unit == told.unit) or (fact.name == "agreement_date" and fact.value is not None):
        return fact
    if _same_end(fact, told) if fact.name == "expiration_date" else fact.value is None or fact.confidence < min(_UNSURE, told.confidence):
        return Fact(fact.name, told.value, _joined(fact.passages, told.passages), f"{fact.basis}; {told.basis}", told.unit, told.status, fact.confidence)
    return fact


def _meet(fact: Fact, other: Fact) -> bool:
    return any(p.start < q.end and q.start < p.end for p in fact.passages for q in other.passages)


def _same_end(fact: Fact, told: Fact) -> bool:
    """Say whether the rules reckoned from the same words an end that is a day before, or that could not be reckoned here."""
    return _eve(told.value, fact.value) or (fact.value is None and _meet(fact, told))


def _eve(first: Scalar, second: Scalar) -> bool:
    try:
        return (date.fromisoformat(str(second)) - date.fromisoformat(str(first))).days == 1
    except ValueError:
        return False


def _joined(first: tuple[Passage, ...], more: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Return the passages of a reading, and of those that gave its value the ones that stand elsewhere."""
    return (*first, *(p for p in more if not any(p.start < q.end and q.start < p.end for q in first)))


def _facts(doc: Doc, found: dict[str, list[Found]], order: Order) -> list[Fact]:
    facts = [*_parties(doc, found.get("parties", []))]
    agreed = _agreed(doc, found.get("agreement_date", []), order)
    begun = _begun(doc, found.get("effective_date", []), order, agreed)
    facts += [f for f in (agreed, begun) if f]
    facts += _ended(doc, found.get("expiration_date", []), order, begun or agreed)
    facts += _lengths(doc, "renewal_term", found.get("renewal_term", []))
    facts += _lengths(doc, "notice_period_to_terminate_renewal", found.get("notice_period_to_terminate_renewal", []))
    facts += _law(doc, found.get("governing_law", []))
    for name in _THERE:
        facts += [_fact(doc, name, "yes", passage) for passage in found.get(name, [])
                  if name != _ENDS_FREELY or not for_cause(doc.folded, passage.start, passage.end)]
    return facts


def for_cause(folded: str, start: int, end: int) -> bool:
    """Say whether a sentence on ending the paper gives that right only in cases that it names, or that the points behind it name."""
    return bool(_IN_A_CASE.search(folded, start, end)) and not _FREELY.search(folded, start, end)


def _fact(doc: Doc, name: str, value: Scalar, passage: Found, unit: str = "") -> Fact:
    return Fact(name, value, (doc.passage(passage.start, passage.end),), _LEARNED, unit, confidence=passage.confidence)


def _surest(found: list[Found]) -> list[Found]:
    return sorted(found, key=lambda p: -p.score)


def _parties(doc: Doc, found: list[Found]) -> list[Fact]:
    """Return one fact with the names as written, each once, joined by `; `, and all passages: names and what the paper calls them."""
    found = [p for p in found if not _ONLY_FORM.fullmatch(doc.folded, p.start, p.end)]
    if not found:
        return []
    names = [p for p in found if p.form == "name"]
    value = "; ".join(dict.fromkeys(" ".join(doc.text[p.start:p.end].split()) for p in names or found))
    sure = max(p.confidence for p in found)
    return [Fact("parties", value, tuple(doc.passage(p.start, p.end) for p in found), "names and terms of the opening, found by learned "
                                                            "weights", confidence=sure)]


def _agreed(doc: Doc, found: list[Found], order: Order) -> Fact | None:
    for passage in found:
        return _fact(doc, "agreement_date", day_in(doc.folded, order, passage.start, passage.end), passage)
    return None


def _begun(doc: Doc, found: list[Found], order: Order, agreed: Fact | None) -> Fact | None:
    for passage in found or _in_force(doc):
        if passage.form == "day":
            return _fact(doc, "effective_date", day_in(doc.folded, order, passage.start, passage.end), passage)
        day = agreed.value if agreed and isinstance(agreed.value, str) else None
        value, derived = begins(doc.folded, order, passage.start, passage.end, day)
        fact = _fact(doc, "effective_date", value, passage)
        return _derived(fact, "begins on the date of the paper", agreed) if derived and agreed else fact
    return None


def _in_force(doc: Doc) -> list[Found]:
    """Return the sentence that says in plain words from when the paper is in force, for papers in which the weights found none."""
    return [Found(*bounds, score=0.0) for bounds in _with(doc, _COMES_INTO_FORCE)[:1]]


def _ended(doc: Doc, found: list[Found], order: Order, first: Fact | None) -> list[Fact]:
    """Return a fact for each passage on the end of the term; the value is that of the surest one that states any."""
    value: str | None = None
    derived, stated = False, None
    day = first.value if first and isinstance(first.value, str) else None
    for passage in _surest(found):
        value, derived = ends(doc.folded, order, passage.start, passage.end, day)
        if value is None:
            value, derived = defined_end(doc.folded, order, passage.start, passage.end), False
        stated = passage
        if value is not None or says_end(doc.folded, order, passage.start, passage.end):
            break
    out = []
    for passage in found:
        fact = _fact(doc, "expiration_date", value if passage == stated else None, passage)
        out.append(_derived(fact, "the term that the clause states, from the first day", first) if derived and passage == stated and first else fact)
    return out


def _derived(fact: Fact, rule: str, source: Fact | None) -> Fact:
    """Return a fact whose value was reckoned from another one; the words of that one are cited behind its own."""
    behind = source.passages if source else ()
    return Fact(fact.name, fact.value, _joined(fact.passages, behind), f"{fact.basis}; {rule}", fact.unit, "derived", fact.confidence)


def _lengths(doc: Doc, name: str, found: list[Found]) -> list[Fact]:
    out: list[Fact] = []
    for passage in _surest(found):
        said = (renews_for if name == "renewal_term" else notice_of)(doc.folded, passage.start, passage.end)
        if name == "renewal_term" and said is None and _DENIED.search(doc.folded, passage.start, passage.end):
            continue
        value: Scalar = said.value if isinstance(said, Length) else said
        out.append(_fact(doc, name, value, passage, said.unit if isinstance(said, Length) else ""))
    return out


def _law(doc: Doc, found: list[Found]) -> list[Fact]:
    """Return the passages on the law; the place is read by the words that choose a law (`governing_law`) where these stand inside."""
    places = list(governing_law(doc))
    out = []
    for passage in found:
        inside = next((f for f in places if f.passages[0].start < passage.end and passage.start < f.passages[0].end), None)
        out.append(_fact(doc, "governing_law", inside.value if inside else None, passage))
    return out
