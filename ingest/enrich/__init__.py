"""What one item says by itself: one module per fact. Pure functions of what was extracted, given and known; each value says its basis.

    doc             the item as the rules look at it: folded text, own words, head, names
    clients         which clients it is about              client_index  the directory, prepared once a run
    kinds           what it does                           kind_signs, acts_of_letters, table_kinds  the signs; contract_forms where these say nothing
    record_types    the trails it belongs to               topics, record_type_signs, type_grounds  of which it speaks
    dates           the date it gives itself               day_forms, file_name_dates, table_dates
    language        in which language the sender wrote     small_words
    privilege       legal advice that stayed inside
    sentiment       how the author feels                   valence_words, feeling_acts, turns_of_service, targets
    contract_terms  first facts of contracts               clauses, periods, contract_days, names_of_parties
    clause_categories   eleven kinds of clauses    clause_reading, clause_model, clause_features, clause_cues, clause_mentions, clause_sentences, clause_values,
                                                   clause_days, clause_ends, clause_term, clause_renewal, clause_facts, clause_rules
    notices         who gave notice, when, to what date
    amounts         sums of money
    billing         totals of ledgers                      ledger_lines
    penalties       sums beyond the price                  penalty_words, penalty_clauses
    ending_facts    how a service ends                     notice_rules, notice_methods, places, receipts, message_notices, withdrawals,
                                                           end_days, agreed_ends, exit_duties, exit_done, leaving_reasons, replaced_periods, short_days, spans
    case_facts      what else a case is made of            dispute_acts, settlement_terms, speaker

Patterns are tried only where a plain string of theirs stands (`hints`, `signs`), since there are hundreds of them and mails are many.
Families, threads, copies and what is inherited through them are the catalogue's (`archive.relations`).
"""
from __future__ import annotations

from archive.model.extracted import Extracted, Identified
from archive.model.fact import ClientEvidence, Derived, Enriched, Fact
from ingest.enrich.clients import evidence
from ingest.enrich.dates import document_date
from ingest.enrich.doc import Doc
from ingest.enrich.fingerprint import fingerprint
from ingest.enrich.kinds import kind
from ingest.enrich.language import language
from ingest.enrich.privilege import privileged
from ingest.enrich.record_types import record_types, with_acts, with_advice
from ingest.enrich.sentiment import sentiment
from ingest.given import Context, Given

SAID = "said by a person"


def enrich(extracted: Extracted, identified: Identified, given: Given, context: Context) -> Enriched:
    """Return what one item says by itself. Never raises for what stands in an item; what is not said is None or empty."""
    doc = Doc(extracted, identified, given, context)
    said = given.said
    found = Derived(said.kind, SAID) if said and said.kind else kind(doc)
    spoken = language(doc)
    code = spoken.value if spoken else None
    dated = Derived(said.date, SAID) if said and said.date else document_date(doc, found.value, code)
    signs = evidence(doc)
    if said and said.clients is not None:
        signs = (*(ClientEvidence(client, "named", SAID, 1.0) for client in said.clients), *(s for s in signs if s.client_id in said.clients))
    facts = _facts(doc, found.value, dated, code, signs)
    kept_inside = privileged(doc)
    return Enriched(
        kind=found,
        record_types=with_advice(with_acts(record_types(doc, found.value), found.value, facts), doc, kept_inside),
        date=dated,
        language=spoken,
        privileged=kept_inside,
        sentiment=sentiment(doc, found.value),
        clients=signs,
        facts=facts,
        fingerprint=fingerprint(doc, found.value, dated, code),
    )


_SPEAKS = 2.0
_SHOWS = 0.3
_OF_CASES = frozenset({"contractual", "dispute"})
_CONTRACTS = frozenset({"contract", "amendment", "sow"})
_PAPERS_OF_SUMS = frozenset({"invoice", "credit_note", "ledger", "claim", "counterclaim", "settlement", "notice", "legal_letter"})
_WORDS_OF_SUMS = frozenset({"email", "other"})
_SUMS = frozenset({"invoice", "credit_note", "claim", "counterclaim", "settlement", "payment_advice"})


def _facts(doc: Doc, kind: str, dated: Derived | None, language: str | None, signs: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the facts that the item states. The modules are imported when first needed: most items are plain mails.

    A plain mail that shows no client and does not plainly speak of a contract's end or of a dispute has none about a case; nor has one while no
    client is known at all, since a case is a client's: when the directory comes, all is learned anew.
    """
    facts = _of_kind(doc, kind, dated, language, signs)
    facts = (*facts, *_penalties(doc, kind, facts, signs))
    shows_client = any(sign.strength >= _SHOWS for sign in signs)
    if kind == "email" and not shows_client and (not doc.context.clients or sum(doc.topics[trail][0] for trail in _OF_CASES & doc.topics.keys()) < _SPEAKS):
        return facts
    from ingest.enrich.case_facts import case_facts
    from ingest.enrich.ending_facts import ending_facts
    return (*facts, *ending_facts(doc, kind, dated, language), *case_facts(doc, kind, dated, language, signs))


def _penalties(doc: Doc, kind: str, read: tuple[Fact, ...], signs: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    if kind in _PAPERS_OF_SUMS or (kind in _WORDS_OF_SUMS and any(sign.strength >= _SHOWS for sign in signs)):
        from ingest.enrich.penalties import penalties
        from ingest.enrich.penalty_clauses import AGREED_LATER, penalty_clauses
        return (*penalties(doc, kind, read, signs), *(penalty_clauses(doc, kind, signs) if kind in AGREED_LATER else ()))
    return ()


def _of_kind(doc: Doc, kind: str, dated: Derived | None, language: str | None, signs: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    if kind in _CONTRACTS:
        from ingest.enrich.clause_categories import clause_categories
        from ingest.enrich.contract_terms import contract_terms
        from ingest.enrich.penalty_clauses import penalty_clauses
        read = clause_categories(doc, kind, language, contract_terms(doc, kind, dated, language))
        return (*read, *penalty_clauses(doc, kind, signs))
    if kind == "notice":
        from ingest.enrich.notices import notices
        return notices(doc, dated, signs, language)
    if kind == "ledger":
        from ingest.enrich.billing import billing
        return billing(doc, signs)
    if kind in _SUMS:
        from ingest.enrich.amounts import amounts
        return amounts(doc, kind, signs)
    return ()
