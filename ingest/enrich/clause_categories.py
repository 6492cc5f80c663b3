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
from collections.abc import Iterable
from datetime import date

from archive.model.extracted import Scalar
from archive.model.fact import Fact
from ingest.enrich.clause_days import signature_day, signature_days
from ingest.enrich.clause_ends import counts_from_event
from ingest.enrich.clause_facts import day_of, fact_of, joined
from ingest.enrich.clause_mentions import of_a_source
from ingest.enrich.clause_reading import Found, read_clauses
from ingest.enrich.clause_renewal import IN_A_CASE, NOTICE, RENEWAL, lengths, plain_renewals, stays
from ingest.enrich.clause_rules import clause_rules
from ingest.enrich.clause_term import agreed_day, first_day, last_days
from ingest.enrich.day_forms import Order, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.governing_law import governing_law

CATEGORIES = frozenset((
    "parties", "agreement_date", "effective_date", "expiration_date", "renewal_term", "notice_period_to_terminate_renewal", "governing_law",
    "termination_for_convenience", "post_termination_services", "cap_on_liability", "liquidated_damages"))
_DAYS = frozenset(("agreement_date", "effective_date", "expiration_date"))
_THERE = ("termination_for_convenience", "post_termination_services", "cap_on_liability", "liquidated_damages")
_KEPT = frozenset(("parties", "agreement_date", "effective_date", "expiration_date", "governing_law", "renewal_term"))
"""Categories of which a fact of the rules stays although the weights see no such clause: a wrong silence would cost more than a wrong word."""

_UNSURE = 0.6
"""Below this a value read here gives way to one that the rules are surer of."""
_ENDS_FREELY = "termination_for_convenience"
_FREELY = re.compile(
    r"\b(?:convenience|without (?:cause|a cause|any cause|reason|penalty or cause)|no cause|with or without|(?:any|no) reason|"
    r"(?:sole|absolute|own) (?:and \w+ )?(?:discretion|option|election)|at will|no fault)\b")
_ONLY_FORM = re.compile(r"\W*(?:inc|llc|ltd|limited|corp|corporation|company|co|gmbh|plc|n\.?a|l\.?p)\W*")
_ASSENT = re.compile(r"\b(?:agreement|contract|lease|licen[cs]e|terms)\b")


def clause_categories(doc: Doc, kind: str, language: str | None, known: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts of a contract paper: those `known` from the rules, with the eleven categories read anew."""
    rules = tuple(f for f in known if not (f.name in _DAYS and any(of_a_source(doc.folded, p.start) for p in f.passages)))
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
        out.append(_value(doc, fact, max(told, key=lambda f: f.confidence)) if told else fact)
    return (*out, *plain_renewals(doc, out))


def _stays(doc: Doc, fact: Fact) -> bool:
    """Say whether a fact of the rules stays when the weights found no such clause in the paper."""
    if fact.name in (NOTICE, RENEWAL):
        return stays(doc, fact)
    if fact.name == "effective_date":
        return fact.status != "derived"
    if fact.name == "agreement_date":
        return not of_a_source(doc.folded, fact.passages[0].start)
    return fact.name in _KEPT or fact.value == "no"


def _value(doc: Doc, fact: Fact, told: Fact) -> Fact:
    """Return a fact that was read here, with the value of the rules where it states none, is unsure, or reckons the same end one day later.

    Names of parties come from the rules only where fewer than two were read here.
    """
    if fact.name == "parties":
        if isinstance(fact.value, str) and "; " in fact.value:
            return fact
        return Fact(fact.name, told.value, joined(told.passages, fact.passages), told.basis, told.unit, told.status, told.confidence)
    if fact.name in _THERE or (fact.value == told.value and fact.unit == told.unit) or (fact.name == "agreement_date" and fact.value is not None):
        return fact
    if fact.name in (NOTICE, RENEWAL) and not _meet(fact, told):
        return fact
    if _same_end(doc, fact, told) if fact.name == "expiration_date" else fact.value is None or fact.confidence < min(_UNSURE, told.confidence):
        return Fact(fact.name, told.value, joined(fact.passages, told.passages), f"{fact.basis}; {told.basis}", told.unit, told.status, fact.confidence)
    return fact


def _meet(fact: Fact, other: Fact) -> bool:
    return any(p.start < q.end and q.start < p.end for p in fact.passages for q in other.passages)


def _same_end(doc: Doc, fact: Fact, told: Fact) -> bool:
    """Say whether the rules reckoned from the same words an end that is a day before, or that could not be reckoned here."""
    if _eve(told.value, fact.value):
        return True
    if fact.value is not None or not _meet(fact, told):
        return False
    return told.status != "derived" or not counts_from_event(doc.folded, fact.passages[0].start, fact.passages[0].end)


def _eve(first: Scalar, second: Scalar) -> bool:
    try:
        return (date.fromisoformat(str(second)) - date.fromisoformat(str(first))).days == 1
    except ValueError:
        return False


def _facts(doc: Doc, found: dict[str, list[Found]], order: Order) -> list[Fact]:
    facts = [*_parties(doc, found.get("parties", []))]
    signatures = signature_days(doc.folded, order)
    signed = signature_day(signatures)
    agreed = agreed_day(doc, found.get("agreement_date", []), order, signatures)
    begun = first_day(doc, found.get("effective_date", []), order, agreed, signed)
    facts += [f for f in (agreed, begun) if f]
    facts += last_days(doc, found.get("expiration_date", []), order, begun or agreed, signed, day_of(agreed))
    for name in (RENEWAL, NOTICE):
        facts += lengths(doc, name, found.get(name, []))
    facts += _law(doc, found.get("governing_law", []))
    for name in _THERE:
        facts += [fact_of(doc, name, "yes", passage) for passage in found.get(name, [])
                  if name != _ENDS_FREELY or not for_cause(doc.folded, passage.start, passage.end)]
    return facts


def for_cause(folded: str, start: int, end: int) -> bool:
    """Say whether a sentence on ending the paper gives that right only in cases that it names, or that the points behind it name."""
    return bool(IN_A_CASE.search(folded, start, end)) and not _FREELY.search(folded, start, end)


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


def _law(doc: Doc, found: list[Found]) -> list[Fact]:
    """Return the passages on the law; the place is read by the words that choose a law (`governing_law`) where these stand inside."""
    places = list(governing_law(doc))
    out = []
    for passage in found:
        inside = next((f for f in places if f.passages[0].start < passage.end and passage.start < f.passages[0].end), None)
        out.append(fact_of(doc, "governing_law", inside.value if inside else None, passage))
    return out
