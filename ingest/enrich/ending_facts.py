"""Facts about how a service ends, from items of every kind: contract rules, receipts, withdrawals, days of the end, what was done at it, reasons."""

from __future__ import annotations

from archive.model.fact import Derived, Fact
from ingest.enrich.agreed_ends import agreed_ends
from ingest.enrich.day_forms import order_of
from ingest.enrich.doc import Doc
from ingest.enrich.end_days import end_days
from ingest.enrich.exit_done import exit_done
from ingest.enrich.exit_duties import exit_duties
from ingest.enrich.leaving_reasons import leaving_reasons
from ingest.enrich.message_notices import message_notices
from ingest.enrich.notice_rules import notice_rules
from ingest.enrich.receipts import receipts
from ingest.enrich.replaced_periods import replaced_periods
from ingest.enrich.short_days import order_in
from ingest.enrich.withdrawals import withdrawals

_PAPERS = frozenset({"contract", "amendment", "sow"})
_NO_WORDS = frozenset({"invoice", "credit_note", "ledger", "survey", "sla_report"})


def ending_facts(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> tuple[Fact, ...]:
    """Return the facts about an end that an item states."""
    if kind in _NO_WORDS or not doc.text.strip():
        return ()
    near = dated.value if dated else ""
    order = order_in(doc.folded, order_of(doc.folded, language))
    facts: list[Fact] = []
    if kind in _PAPERS:
        facts += notice_rules(doc) + exit_duties(doc)
        facts += replaced_periods(doc) if kind == "amendment" else []
    else:
        facts += receipts(doc, kind, near, order) + message_notices(doc, kind, near, order) + exit_done(doc, kind, near, order)
        facts += leaving_reasons(doc, kind, near)
    facts += withdrawals(doc, kind, near) + end_days(doc, kind, near, order) + agreed_ends(doc, kind, near, order)
    return tuple(facts)
