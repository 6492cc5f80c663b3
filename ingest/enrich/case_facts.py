"""The facts about a case besides contract, notice and sums: acts in a dispute, remittances, figures, what is mentioned and missing, what is asserted.

    dispute_acts      who claims, denies, offers, refuses, accepts, decides     speaker, settlement_terms
    demands           open sums that are asked for, and what is said against them
    billing           the lines of a bank's list
    advices           payments told by remittances; what mails say is wrong with the account
    order_caps        sums that orders may not exceed
    payments_told     money said to be sent or not to have come, orders by word of mouth
    increases         rises in price, announced and told before
    figures           satisfaction and service levels with their targets
    missing           papers named, and papers that cannot be found
    assertions        days of receipt and end, and figures, as each side gives them
"""
from __future__ import annotations

from archive.model.fact import ClientEvidence, Derived, Fact
from ingest.enrich.advices import advices
from ingest.enrich.assertions import assertions
from ingest.enrich.billing import bank_list
from ingest.enrich.demands import demands
from ingest.enrich.dispute_acts import KINDS, dispute_acts
from ingest.enrich.doc import Doc
from ingest.enrich.figures import figures
from ingest.enrich.increases import increases
from ingest.enrich.missing import missing
from ingest.enrich.order_caps import order_caps
from ingest.enrich.payments_told import payments_told


def case_facts(doc: Doc, kind: str, dated: Derived | None, language: str | None, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return these facts for an item of this kind; the order is that of the modules, and within each that of the text."""
    return (
        *(dispute_acts(doc, kind, evidence, language) if kind in KINDS else ()),
        *demands(doc, kind, evidence),
        *advices(doc, kind, dated, language, evidence),
        *bank_list(doc, kind, evidence),
        *order_caps(doc, kind, evidence),
        *payments_told(doc, kind, evidence),
        *increases(doc, kind),
        *figures(doc, kind, dated, language),
        *missing(doc, kind, language),
        *assertions(doc, kind, dated, language),
    )
