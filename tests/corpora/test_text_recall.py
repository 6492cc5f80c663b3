"""The words that lie beside the shared corpora are in the texts that we read (bench/text_recall.py): at least 97 of 100, and nothing read is empty."""
from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench import text_recall

FLOOR = 0.97


@pytest.mark.corpora
@pytest.mark.parametrize("kind", ["workbooks (SheetJS)", "e-invoices (ZUGFeRD, UBL, FatturaPA)", "contracts, PDF (CUAD)",
                                  "one text in many formats (unstructured)", "broken XML (terms of service)",
                                  "transcripts (QMSum)", "court pages (PACER)", "invoices (invoice2data)",
                                  "Outlook items (msgreader)"])
def test_words_that_must_be_there_are_there(kind: str, shared: Path) -> None:
    from ingest.tools import tesseract
    if "invoice2data" in kind and not tesseract.available():
        pytest.skip("tesseract: one invoice has its sender in a picture")
    row = text_recall.measure(kind, text_recall.KINDS[kind](shared))
    if not row.recalls:
        pytest.skip(f"corpora: nothing of the kind {kind}")
    assert row.pooled >= FLOOR and row.mean >= FLOOR, sorted(row.recalls)[:3]
    assert not row.hollow and not row.unread
