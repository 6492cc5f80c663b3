"""Questions that people would ask of the sample drop, and what must stand among the first hits; floors for the marked sets that are shared."""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.model.viewer import LOCAL
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from bench.relevance import cases, clauses, mean, ndcg_and_recall, taken_in
from search_api.search import search

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("samples")
    environment = {**os.environ, "CASETRAIL_HOME": str(home)}
    for command in (["clients", "import", "samples/directory.csv"], ["ingest", "samples/drop"]):
        subprocess.run([sys.executable, "-m", "casetrail.main", *command], cwd=ROOT, env=environment, check=True, capture_output=True)
    opened = open_archive(read_settings(environment))
    yield opened
    opened.close()


def first(archive: Archive, question: str, count: int) -> list[str]:
    """Return the names and kinds of the first records, copies once."""
    hits = search(archive, LOCAL, question, client="C-2001", limit=20, facets=()).hits
    rows = dict.fromkeys(f"{hit.record.subject or hit.record.name} ({hit.record.kind})" for hit in hits)
    return list(rows)[:count]


@pytest.mark.parametrize(("question", "among", "expected"), [
    ("when was the notice received", 1, "Acknowledgement of notice MSA-2022-0093 (legal_letter)"),
    ("how much is the early termination fee", 1, "Claim for the early termination fee (claim)"),
    ("did they delete the passenger data", 2, "Certificate of deletion (other)"),
    ("which refund or credit did we grant", 2, "Credit note CN-25-0058 (credit_note)"),
    ("settlement amount paid", 2, "Settlement Agreement Tallowbridge and Dunmarra (settlement)"),
    ("settlement amount paid", 3, "Remittance advice EUR 24,000.00 DUN-3304 (payment_advice)"),
    ("INV-25-0922", 1, "Invoice INV-25-0922 (invoice)"),
    ("service levels missed", 1, "Service levels Dunmarra 2025.xlsx (sla_report)"),
    ("signed amendment fee", 1, "Amendment No. 1 to MSA-2022-0093 (amendment)"),
])
def test_record_that_answers_a_question_is_among_the_first(archive: Archive, question: str, among: int, expected: str) -> None:
    assert expected in first(archive, question, among)


@pytest.mark.parametrize(("question", "among", "expected"), [
    ("Löschung Nachweis", 1, "Certificate of deletion (other)"),
    ("Kündigung Zugang", 1, "Acknowledgement of notice MSA-2022-0093 (legal_letter)"),
    ("Rechnung Vertragsstrafe", 1, "Invoice INV-25-0922 (invoice)"),
    ("résiliation frais", 5, "Claim for the early termination fee (claim)"),
])
def test_question_in_another_language_finds_the_record_too(archive: Archive, question: str, among: int, expected: str) -> None:
    assert expected in first(archive, question, among)


def test_name_of_the_client_alone_still_finds_its_records(archive: Archive) -> None:
    assert search(archive, LOCAL, "Dunmarra", client="C-2001", facets=()).total > 10


def test_figures_are_those_of_their_definition() -> None:
    assert ndcg_and_recall([2, 1], [1, 2]) == (1.0, 1.0)
    assert ndcg_and_recall([0, 0, 2], [2]) == (pytest.approx(0.5), 1.0)
    assert ndcg_and_recall([0] * 25 + [1], [1, 1]) == (0.0, 0.0)
    assert ndcg_and_recall([], []) == (1.0, 0.0)


@pytest.mark.corpora
def test_questions_of_the_cases_keep_their_floor(shared: Path) -> None:
    root = (shared / "cases").resolve()
    with taken_in(root) as held:
        ndcg, recall = mean(cases(held, root))
    assert ndcg >= 0.75
    assert recall >= 0.85


@pytest.mark.corpora
def test_clauses_of_contracts_keep_their_floor(shared: Path) -> None:
    ndcg, recall = mean(clauses(shared / "corpora" / "contracts-cuad"))
    assert ndcg >= 0.53
    assert recall >= 0.78
