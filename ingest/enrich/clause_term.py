"""From when to when a contract runs, as facts: the day of the paper, its first day and its last, from the passages that the weights found.

Where these found none, plain words and the lines of a form are looked at. What is reckoned cites what it was reckoned from.
"""
from __future__ import annotations

import re
from dataclasses import replace

from archive.model.fact import Fact
from ingest.enrich.clause_days import Called, day_after, named_day, rows, signature_day, stated_start
from ingest.enrich.clause_ends import counted_from, counts_from_paper, defined_end, ends, first_day_in, meaning_of_term, says_end
from ingest.enrich.clause_facts import day_of, derived_from, fact_of, joined, resting_on, sentences_with, surest
from ingest.enrich.clause_reading import Found
from ingest.enrich.clause_values import begins, day_in
from ingest.enrich.day_forms import Day, Order
from ingest.enrich.doc import Doc

_FIRST_DAYS = ("effective date", "commencement date")
_OF_COPIES = re.compile(r"\bcounterparts?\b")
_ON_SIGNING = re.compile(
    r"\b(?P<after>day (?:after|following) (?:the )?)?(?:date (?:of|on which) )?(?:the |its |this agreement is )?(?:last|latest|later|final|full|fully) "
    r"(?:\w+ ){0,2}(?:signature|signed|execution|executed|party|of the (?:dates|signatures))\b|"
    r"\b(?:signature|signed|signing|execution|executed|acceptance)\b(?! (?:page|block|of (?:any|an|each)))")
_AS_BELOW = re.compile(
    r"\b(?:executed|signed|entered into|made|subscribed|duly authori[sz]ed)\b[^.;]{0,120}\b(?:as of|on|effective|with effect from) the (?:last |"
    r"later |latest )?(?:of the )?"
    r"(?:dates?|day)(?: and year)? (?:set forth |set out |written |shown |indicated |stated |last )*(?:below|beneath|under|beside|opposite|next to|"
    r"of (?:the )?last)\b")
_PLAIN_TERM = re.compile(
    r"\b(?:term|duration|validity) of (?:this|the) (?:\w+ )?(?:agreement|contract|lease|licen[cs]e|project|joint venture)\b[^.;]{0,40}(?:\b(?:is|"
    r"shall be|will be|shall "
    r"(?:begin|commence|continue|run)|will (?:begin|commence|continue|run)|begins|commences)\b|:)|"
    r"\b(?:this|the) (?:\w+ )?(?:agreement|contract|lease|licen[cs]e|joint venture|employment|appointment)\b[^.;]{0,60}\b(?:be|is|remains?|"
    r"continues?)(?: to be)? "
    r"(?:(?:in|of) (?:full )?(?:force|effect)|effective|valid|binding)\b[^.;]{0,60}\b(?:until|through|for (?:a|an|the) |during)|"
    r"\bshall have a (?:term|duration) of\b|\b(?:shall|will) continue (?:unless and )?until\b")
_WEAK = 0.5
"""A passage below this gives way to a line of a form that says when the paper ends."""
_COMES_INTO_FORCE = re.compile(
    r"\b(?:agreement|contract|lease)\b[^.;]{0,60}\b(?:(?:is|are|be|become|becomes|made|executed) effective|commences?|comes? into (?:force|effect)|"
    r"enters? into (?:force|effect)|takes? effect|in force)\b[^.;]{0,30}\b(?:from|on|upon|as of|as from|at|when|after)\b[^.;]{0,40}\b"
    r"(?:date|day|execut\w+|signed|signature|signing|(?:19|20)\d\d)\b")


def agreed_day(doc: Doc, found: list[Found], order: Order, signatures: list[Day]) -> Fact | None:
    """Return the day of the paper: that of the last signature where it refers to the signatures or dates itself nowhere else."""
    signed = signature_day(signatures)
    if signed is not None:
        beside = bool(found) and any(found[0].start < d.end and d.start < found[0].end for d in signatures)
        if not found or beside or _AS_BELOW.search(doc.folded):
            sure = found[0].confidence if beside else 0.6
            return Fact("agreement_date", signed.value, (doc.passage(signed.start, signed.end),), "last signature", confidence=sure)
    for passage in found:
        return fact_of(doc, "agreement_date", day_in(doc.folded, order, passage.start, passage.end), passage)
    return None


def first_day(doc: Doc, found: list[Found], order: Order, agreed: Fact | None, signed: Day | None) -> Fact | None:
    """Return from when the paper is in force: the day that it calls so, else what the best passage says, else the line of a form."""
    found = [p for p in found or _in_force(doc) if p.form == "day" or not _OF_COPIES.search(doc.folded, p.start, p.end)]
    paper = day_of(agreed)
    called = next((d for name in _FIRST_DAYS if (d := named_day(doc.folded, order, name, signed, paper))), None)
    if called is not None:
        return _called_first(doc, called, found)
    for passage in found:
        if passage.form == "day":
            return fact_of(doc, "effective_date", day_in(doc.folded, order, passage.start, passage.end), passage)
        if signed is not None and (m := _ON_SIGNING.search(doc.folded, passage.start, passage.end)):
            begun = day_after(signed.value) if m["after"] else signed.value
            return resting_on(doc, fact_of(doc, "effective_date", begun, passage), "begins with the last signature", signed)
        day = agreed.value if agreed and isinstance(agreed.value, str) else None
        value, derived = begins(doc.folded, order, passage.start, passage.end, day)
        fact = fact_of(doc, "effective_date", value, passage)
        return derived_from(fact, "begins on the date of the paper", agreed) if derived and agreed else fact
    plain = stated_start(doc.folded, order)
    if plain is not None:
        return Fact("effective_date", plain.value, (doc.passage(plain.start, plain.end),), "words for the first day", confidence=0.6)
    return _of_a_row(doc, "effective_date", "start", order)


def _called_first(doc: Doc, called: Called, found: list[Found]) -> Fact:
    """Return the day that the paper calls its first: with the passage found around it, else with its own words."""
    day, basis = called.day, "day that the paper calls its first"
    if called.elsewhere:
        return resting_on(doc, Fact("effective_date", day.value, (doc.passage(called.start, called.end),), basis, confidence=0.8), "the day it means", day)
    at = next((p for p in found if p.start <= day.start and day.end <= p.end), None)
    passage = doc.passage(at.start, at.end) if at else doc.passage(day.start, day.end)
    return Fact("effective_date", day.value, (passage,), basis, confidence=at.confidence if at else 0.8)


def _in_force(doc: Doc) -> list[Found]:
    """Return the sentence that says in plain words from when the paper is in force, for papers in which the weights found none."""
    return [Found(*bounds, score=0.0) for bounds in sentences_with(doc, _COMES_INTO_FORCE)[:1]]


def _of_a_row(doc: Doc, name: str, edge: str, order: Order) -> Fact | None:
    """Return the first or last day that a line of a form states: `Term: May 1, 2019 to April 30, 2020`."""
    row = rows(doc.text, doc.folded, order).get(edge)
    return Fact(name, row[2].value, (doc.passage(row[0], row[1]),), "line of a form", confidence=0.6) if row else None


def last_days(doc: Doc, found: list[Found], order: Order, first: Fact | None, signed: Day | None, paper: Day | None) -> list[Fact]:
    """Return a fact for each passage on the end of the term; the value is that of the surest one that states any."""
    ending: Fact | None = None
    stated = None
    for passage in surest(found) or _plain_terms(doc):
        stated = passage
        ending = _ending(doc, passage, order, first, signed, paper)
        if ending is not None or says_end(doc.folded, order, passage.start, passage.end):
            break
    row = _of_a_row(doc, "expiration_date", "end", order) if ending is None else None
    if not found and ending:
        return [ending]
    out = [ending if passage is stated and ending else fact_of(doc, "expiration_date", None, passage) for passage in found
           if not row or passage.confidence > _WEAK]
    return [*out, row] if row else out


def _plain_terms(doc: Doc) -> list[Found]:
    """Return the sentences that state the term in plain words, for papers in which the weights found none."""
    return [Found(*bounds, score=0.0) for bounds in sentences_with(doc, _PLAIN_TERM)[:3]]


def _ending(doc: Doc, passage: Found, order: Order, first: Fact | None, signed: Day | None, paper: Day | None) -> Fact | None:
    """Return the end that a passage states, reckons from the first day or from a day that the paper names, or that the paper defines elsewhere."""
    folded, start, end = doc.folded, passage.start, passage.end
    day = first.value if first and isinstance(first.value, str) else None
    own = paper if counts_from_paper(folded, start, end) else first_day_in(folded, order, start, end)
    value, derived = ends(folded, order, start, end, own.value if own else day)
    if value is not None:
        fact = fact_of(doc, "expiration_date", value, passage)
        if derived and own:
            return resting_on(doc, fact, "the term that the clause states, from the day that it names", own)
        return derived_from(fact, "the term that the clause states, from the first day", first) if derived and first else fact
    name = counted_from(folded, start, end)
    known = named_day(folded, order, name, signed, paper) if name else None
    if name and known:
        value, _ = ends(folded, order, start, end, known.day.value, counted=True)
        if value is not None:
            fact = fact_of(doc, "expiration_date", value, passage)
            fact = replace(fact, passages=joined(fact.passages, (doc.passage(known.start, known.end),)))
            return resting_on(doc, fact, f"the term that the clause states, from the {name}", known.day)
    stated = defined_end(folded, order, start, end)
    if stated is not None:
        fact = fact_of(doc, "expiration_date", stated.value, passage)
        return replace(fact, passages=joined(fact.passages, (doc.passage(stated.start, stated.end),)), basis=f"{fact.basis}; day defined elsewhere")
    meant = meaning_of_term(folded, start, end)
    if meant is not None:
        value, derived = ends(folded, order, *meant, day)
        if value is not None:
            fact = fact_of(doc, "expiration_date", value, passage)
            fact = replace(fact, passages=joined(fact.passages, (doc.passage(*meant),)), basis=f"{fact.basis}; what the paper calls its term")
            return derived_from(fact, "the term that the clause states, from the first day", first) if derived and first else fact
    return None
