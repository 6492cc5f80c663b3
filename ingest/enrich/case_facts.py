"""The facts about a case besides contract, notice and sums: acts in a dispute, remittances, figures, what is mentioned and missing."""
from __future__ import annotations

from archive.model.fact import ClientEvidence, Derived, Fact
from ingest.enrich.advices import advices
from ingest.enrich.dispute_acts import KINDS, dispute_acts
from ingest.enrich.doc import Doc
from ingest.enrich.figures import figures
from ingest.enrich.missing import missing


def case_facts(doc: Doc, kind: str, dated: Derived | None, language: str | None, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return these facts for an item of this kind; the order is that of the modules, and within each that of the text."""
    facts: tuple[Fact, ...] = ()
    if kind in KINDS:
        facts += dispute_acts(doc, kind, evidence, language)
    return facts + figures(doc, kind, dated, language) + advices(doc, kind, dated, language, evidence) + missing(doc, kind, language)
