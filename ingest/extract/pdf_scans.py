"""Pages of a PDF that are pictures: which they are, and how they are drawn for recognition."""
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

from ingest.extract.scan import SIDE_MAX

_OBJECTS = 3000
_FEW_CHARS = 200
_LEAST_DPI, _MOST_DPI = 200, 300
UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_BLANK = re.compile(r"\s+")


def needs_ocr(document: Any, number: int, text: str) -> bool:
    """Say whether page `number` (from 0) holds writing that is not in its text.

    That is a page without text that has a picture or many strokes, one with a few words over a picture of a whole page, and one whose
    font does not say which characters its shapes are.
    """
    bare = _BLANK.sub("", text)
    if len(bare) >= 20 and len(UNMAPPED.findall(bare)) > len(bare) * 0.3:
        return True
    if len(bare) >= _FEW_CHARS:
        return False
    shares, strokes = [0.0], 0
    page = document[number]
    try:
        whole = max(page.get_width() * page.get_height(), 1.0)
        for kind, share, _ in _drawn(page, whole):
            if kind == "image":
                shares.append(share)
            strokes += kind == "path"
    finally:
        page.close()
    return max(shares) >= 0.5 or (not bare and (max(shares) >= 0.01 or strokes >= 40))


def draw(document: Any, number: int) -> tuple[Image, int]:
    """Return page `number` (from 0) as a grey picture and its resolution: that of the scan where the page is one, 200 to 300 a inch."""
    page = document[number]
    try:
        width, height = page.get_width(), page.get_height()
        scanned = [dpi for kind, share, dpi in _drawn(page, max(width * height, 1.0)) if kind == "image" and share >= 0.5]
        dpi = min(max(scanned, default=_LEAST_DPI), _MOST_DPI)
        dpi = max(dpi, _LEAST_DPI)
        dpi = max(1, min(dpi, int(SIDE_MAX * 72 / max(width, height, 1))))
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        try:
            return bitmap.to_pil().copy(), dpi
        finally:
            bitmap.close()
    finally:
        page.close()


def _drawn(page: Any, whole: float) -> Iterator[tuple[str, float, int]]:
    """Yield what is drawn on a page: "image" or "path", its share of the page, the resolution of an image."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw
    for thing in itertools.islice(page.get_objects(max_depth=4), _OBJECTS):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            yield "path", 0.0, 0
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            try:
                left, bottom, right, top = thing.get_bounds()
                pixels = thing.get_px_size()
            except (pdfium.PdfiumError, ValueError):  # a picture that is not there
                continue
            width, height = max(right - left, 0.1), max(top - bottom, 0.1)
            yield "image", width * height / whole, round(max(pixels[0] * 72 / width, pixels[1] * 72 / height))
