"""Pages of a PDF that are pictures: which they are, and how they are drawn for recognition."""
from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

from ingest.extract.scan import PIXELS_MAX, SIDE_MAX, grey, is_writing

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


PICTURES_MAX = 12
_LEAST_SHARE, _LEAST_WIDTH, _LEAST_HEIGHT = 0.008, 160, 40


def pictures(document: Any, numbers: Iterable[int]) -> list[tuple[int, Image, int]]:
    """Return the pictures on pages with text that look like writing (letterheads, pasted tables), each once, with page (from 0) and resolution.

    A picture that comes again, as a letterhead does on every page, is looked at on the first one.
    """
    seen: set[bytes] = set()
    found: list[tuple[int, Image, int]] = []
    for number in numbers:
        page = document[number]
        try:
            whole = max(page.get_width() * page.get_height(), 1.0)
            for thing, share, dpi in _images(page, whole):
                if not _LEAST_SHARE <= share < 0.5 or len(seen) > PICTURES_MAX * 20:
                    continue
                width, height = thing.get_px_size()
                if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or width * height > PIXELS_MAX:
                    continue
                digest = hashlib.sha256(bytes(thing.get_data())).digest()
                if digest in seen:
                    continue
                seen.add(digest)
                picture = grey(thing.get_bitmap().to_pil())
                if is_writing(picture):
                    found.append((number, picture, max(90, min(dpi, 400))))
                    if len(found) >= PICTURES_MAX:
                        return found
        except (pdfium_error(), ValueError, OSError):  # a picture that cannot be unpacked
            continue
        finally:
            page.close()
    return found


def pdfium_error() -> type[Exception]:
    import pypdfium2 as pdfium
    error: type[Exception] = pdfium.PdfiumError
    return error


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
    import pypdfium2.raw as raw
    for thing in itertools.islice(page.get_objects(max_depth=4), _OBJECTS):
        if thing.type == raw.FPDF_PAGEOBJ_PATH:
            yield "path", 0.0, 0
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            yield from (("image", share, dpi) for _, share, dpi in _placed(thing, whole))


def _images(page: Any, whole: float) -> Iterator[tuple[Any, float, int]]:
    import pypdfium2.raw as raw
    for thing in itertools.islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), _OBJECTS):
        yield from _placed(thing, whole)


def _placed(thing: Any, whole: float) -> Iterator[tuple[Any, float, int]]:
    """Yield an image with its share of the page and its resolution; nothing where the image is not there."""
    try:
        left, bottom, right, top = thing.get_bounds()
        pixels = thing.get_px_size()
    except (pdfium_error(), ValueError):
        return
    width, height = max(right - left, 0.1), max(top - bottom, 0.1)
    yield thing, width * height / whole, round(max(pixels[0] * 72 / width, pixels[1] * 72 / height))
