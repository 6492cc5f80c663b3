"""How long records have to be kept after the end of a contract, in four languages, and what is no such thing."""
from __future__ import annotations

from collections.abc import Callable

import pytest

from ingest.enrich.doc import Doc
from ingest.enrich.exit_duties import exit_duties

READ = [
    ("14. The Supplier shall retain all records relating to the Services for six (6) years after termination of this Agreement.", (72, "months")),
    ("14. Books and records shall be kept for at least seven years following the expiry of this Agreement.", (84, "months")),
    ("14. Call recordings will be preserved for 18 months from the end of the term.", (18, "months")),
    ("14. The Supplier keeps the documentation for the term and for twenty-four (24) months thereafter.", (24, "months")),
    ("14. Die Auftragnehmerin bewahrt alle Unterlagen auf; Aufzeichnungen sind zehn Jahre nach Vertragsende aufzubewahren.", (120, "months")),
    ("14. Sämtliche Dokumente sind für 6 Jahre nach Beendigung des Vertrages aufzubewahren.", (72, "months")),
    ("14. Le Prestataire conserve les dossiers pendant cinq (5) ans après la fin du contrat.", (60, "months")),
    ("14. Les enregistrements sont conservés pendant 12 mois suivant la résiliation du contrat.", (12, "months")),
    ("14. El Proveedor conservará la documentación durante cinco años tras la terminación del contrato.", (60, "months")),
    ("14. Los registros se conservarán durante 90 días desde la finalización del contrato.", (90, "calendar_days")),
]
NOT_READ = [
    "14. Call recordings are retained for 90 days after each call.",
    "14. Confidential information is kept secret for five years after termination of this Agreement.",
    "14. The Supplier retains title to its documents. Invoices are payable within thirty days after the end of the month.",
    "14. Unterlagen werden 30 Tage nach Eingang der Rechnung aufbewahrt.",
    "14. Les dossiers sont conservés pendant la durée du contrat.",
]


def kept(made: Doc) -> list[tuple[object, str]]:
    return [(f.value, f.unit) for f in exit_duties(made) if f.name == "retention_period"]


@pytest.mark.parametrize(("text", "period"), READ)
def test_time_for_which_records_are_kept_after_the_end_is_read(paper: Callable[..., Doc], text: str, period: tuple[int, str]) -> None:
    made = paper("SERVICES AGREEMENT\n\n" + text)
    assert kept(made) == [period]
    assert all(p.quote == made.text[p.start:p.end] for f in exit_duties(made) for p in f.passages)


@pytest.mark.parametrize("text", NOT_READ)
def test_time_that_counts_from_something_else_is_not(paper: Callable[..., Doc], text: str) -> None:
    assert kept(paper("SERVICES AGREEMENT\n\n" + text)) == []
