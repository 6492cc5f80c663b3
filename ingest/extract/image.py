"""Pictures: kept, not yet read. Their text waits for OCR."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Extracted
from archive.model.outcome import Skipped
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.identify.formats import IMAGES


def _read(work: Work) -> Iterator[Part]:
    yield Extracted(Skipped("needs_ocr", "It is a picture; its text has not been read."))


EXTRACTORS = (Extractor("image", "1", bids(dict.fromkeys(IMAGES, 1.0)), _read),)
