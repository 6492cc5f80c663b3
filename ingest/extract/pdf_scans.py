"""Pages of a PDF that are pictures: which they are, and how they are drawn for recognition."""
from __future__ import annotations

import ctypes
import functools
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

from ingest.extract.scan import PIXELS_MAX, SIDE_MAX, grey, is_writing
from ingest.extract.text import plain

_OBJECTS = 3000
_FORMS_DEEP = 4
_FEW_CHARS = 200
PLENTY_CHARS = 800
_LEAST_DPI, _MOST_DPI = 200, 300
_LEAST_SHARE, _LEAST_WIDTH, _LEAST_HEIGHT = 0.008, 160, 40
PICTURES_MAX = 12
_PIXELS_IN_ALL = 20_000_000
UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Look:
    """What a page looks like, seen while it was open: whether it holds writing that is not in its text, and which pictures may hold some.

    `pictures` are (which picture of the page, its resolution).
    """
    scan: bool
    dpi: int = _LEAST_DPI
    pictures: tuple[tuple[int, int], ...] = ()


def look(page: Any, text: str) -> Look:
    """Return what an open page (pdfium's handle) looks like; `text` is its own.

    A scan is a page without text that has a picture or many strokes, one with a few words over a picture of a whole page, and one whose font
    does not say which characters its shapes are.
    """
    few = len(text) < PLENTY_CHARS and len(_BLANK.sub("", text)) < _FEW_CHARS
    strokes, images = _drawn(page)
    import pypdfium2.raw as raw
    whole = max(raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page), 1.0) if images else 1.0
    placed = [(n, share, dpi) for n, image in enumerate(images) for share, dpi in _placed(image, whole)]
    largest = max((share for _, share, _ in placed), default=0.0)
    dpi = min(max(max((dpi for _, share, dpi in placed if share >= 0.5), default=_LEAST_DPI), _LEAST_DPI), _MOST_DPI)
    unmapped = 0 if plain(text) else len(UNMAPPED.findall(text))
    if unmapped > 6 and unmapped > len(_BLANK.sub("", text)) * 0.3:
        return Look(True, dpi)
    blank = not text.strip()
    if few and (largest >= 0.5 or (blank and (largest >= 0.01 or strokes >= 40))):
        return Look(True, dpi)
    return Look(False, dpi, () if blank else tuple((n, dpi) for n, share, dpi in placed if _LEAST_SHARE <= share < 0.5))


def pictures(document: Any, looks: Mapping[int, Look]) -> list[tuple[int, Image, int]]:
    """Return the pictures on pages with text that look like writing (letterheads, pasted tables), each once, with page (from 0) and resolution.

    A picture that comes again, as a letterhead does on every page, is looked at on the first one.
    """
    import pypdfium2 as pdfium
    seen: set[bytes] = set()
    found: list[tuple[int, Image, int]] = []
    pixels = 0
    for number, seen_ in looks.items():
        if not seen_.pictures or len(seen) > PICTURES_MAX * 20:
            continue
        page = document[number]
        try:
            images = _drawn(page.raw)[1]
            for n, dpi in seen_.pictures:
                thing = pdfium.PdfImage(images[n], page=page, pdf=document)
                width, height = thing.get_px_size()
                if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or width * height > PIXELS_MAX:
                    continue
                digest = hashlib.sha256(bytes(thing.get_data(decode_simple=False))).digest()
                if digest in seen:
                    continue
                seen.add(digest)
                pixels += width * height
                if pixels > _PIXELS_IN_ALL:
                    return found
                picture = grey(thing.get_bitmap().to_pil())
                if is_writing(picture):
                    found.append((number, picture, max(90, min(dpi, 400))))
                    if len(found) >= PICTURES_MAX:
                        return found
        except (pdfium.PdfiumError, ValueError, OSError, IndexError):  # a picture that cannot be unpacked
            continue
        finally:
            page.close()
    return found


def draw(document: Any, number: int, dpi: int) -> tuple[Image, int]:
    """Return page `number` (from 0) as a grey picture and its resolution, which is less than asked for where the page is huge."""
    page = document[number]
    try:
        dpi = max(1, min(dpi, int(SIDE_MAX * 72 / max(page.get_width(), page.get_height(), 1))))
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        try:
            return bitmap.to_pil().copy(), dpi
        finally:
            bitmap.close()
    finally:
        page.close()


@functools.cache
def _calls() -> tuple[Any, Any, Any, Any]:
    """Return pdfium's calls to walk over a page with handles as plain numbers, since there may be thousands and ctypes makes an object of every pointer.

    They are: object n of a page, object n of a form, the number of objects of a form, the kind of an object.
    """
    import pypdfium2.raw as raw
    handle, number = ctypes.c_void_p, ctypes.c_int
    nth, count = ctypes.CFUNCTYPE(handle, handle, number), ctypes.CFUNCTYPE(number, handle)

    def address(function: Any) -> int:
        return ctypes.cast(function, handle).value or 0

    return (nth(address(raw.FPDFPage_GetObject)), ctypes.CFUNCTYPE(handle, handle, ctypes.c_ulong)(address(raw.FPDFFormObj_GetObject)),
            count(address(raw.FPDFFormObj_CountObjects)), count(address(raw.FPDFPageObj_GetType)))


def _drawn(page: Any) -> tuple[int, list[Any]]:
    """Return how many strokes are drawn on an open page (pdfium's handle), and its images, those in forms too, as pdfium's own handles."""
    import pypdfium2.raw as raw
    of_page, of_form, count_of, kind_of = _calls()
    path, image, form = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
    kinds: Counter[int] = Counter()
    images, seen, depth = list[Any](), 0, 0
    levels: list[tuple[Any, int, Any]] = [(ctypes.cast(page, ctypes.c_void_p), raw.FPDFPage_CountObjects(page), of_page)]
    while levels and depth < 200 and seen < _OBJECTS:
        holder, count, get = levels.pop(0)
        depth += 1
        wanted = min(count, _OBJECTS - seen)
        seen += wanted
        things = [get(holder, n) for n in range(wanted)]
        for thing in things:
            kind = kind_of(thing)
            kinds[kind] += 1
            if kind == image:
                images.append(ctypes.cast(thing, raw.FPDF_PAGEOBJECT))
            elif kind == form and len(levels) < 100:
                levels.append((thing, count_of(thing), of_form))
    return kinds[path], images


def _placed(image: Any, whole: float) -> Iterator[tuple[float, int]]:
    """Yield the share of the page that an image takes and its resolution; nothing where the image is not there."""
    import pypdfium2.raw as raw
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFPageObj_GetBounds(image, left, bottom, right, top) or not raw.FPDFImageObj_GetImagePixelSize(image, wide, high):
        return
    width, height = max(right.value - left.value, 0.1), max(top.value - bottom.value, 0.1)
    yield width * height / whole, round(max(wide.value * 72 / width, high.value * 72 / height))
