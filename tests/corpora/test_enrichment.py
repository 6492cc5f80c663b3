"""Enrichment makes sense of every item of the corpora: whatever it raises costs what the item would have said."""
from __future__ import annotations

from pathlib import Path

import pytest

from archive.model.extracted import Extracted
from archive.settings import Limits
from ingest.enrich import enrich
from ingest.extract import Reader
from ingest.extract.base import Content, Work
from ingest.given import Context, Given
from ingest.identify import identify

CONTEXT = Context((), Limits(), ())
_TEXTS = (".txt", ".json", ".eml", ".vtt", ".csv", ".xml", ".html")


@pytest.mark.corpora
@pytest.mark.parametrize("folder", [
    "billing", "chats", "contracts-cuad/full_contract_txt", "court-pacer", "mail-mime", "meetings-qmsum", "reply-quotes", "surveys", "tos-unfair"])
def test_every_text_is_enriched(shared: Path, folder: str) -> None:
    root = shared / "corpora" / folder
    if not root.is_dir():
        pytest.skip(f"corpora/{folder} is absent")
    for path in [p for p in sorted(root.rglob("*")) if p.suffix in _TEXTS and p.stat().st_size < 2_000_000][::3]:
        source, given = Content(path.read_bytes(), None), Given(path.name, str(path), None, "")
        identified = identify(source, given)
        for part in Reader(Work(source, identified, given, Limits()), (), ()).attempts():
            if isinstance(part, Extracted) and not part.container:
                enrich(part, identified, given, CONTEXT)
