"""Pages of a PDF that are pictures, and pictures on pages with text: which they are, and how pages are drawn for recognition."""
from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import re
from itertools import repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

from ingest.extract.scan import PIXELS_MAX, SIDE_MAX, grey, is_writing
from ingest.extract.text import plain
from ingest.tools import tesseract

_OBJECTS = 3000
_FORMS_DEEP = 4
_FEW_CHARS = 200
PLENTY_CHARS = 800
_LEAST_DPI, _MOST_DPI = 200, 300
_LEAST_SHARE, _LEAST_WIDTH, _LEAST_HEIGHT = 0.008, 160, 40
PICTURES_MAX = 12
_PIXELS_IN_ALL = 20_000_000
UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_CONTROLS = bytes((*range(9), *range(14, 32)))
_BLANK = re.compile(r"\s+")


class Sights:
    """What the pages of a document look like, each seen while it is open: which hold writing that is not in their text, and pictures with writing.

    `scans` are pages (from 0) that are pictures, with the resolution to draw them at; `pictures` such as letterheads and pasted tables on pages
    with text, each with its page and resolution, those that look like writing only.
    """

    def __init__(self) -> None:
        self.scans: dict[int, int] = {}
        self.pictures: list[tuple[int, Image, int]] = []
        self._seen: set[bytes] = set()
        self._pixels = 0

    def look(self, page: Any, number: int, text: str) -> None:
        """Look at an open page (pdfium's handle); `text` is its own.

        A scan is a page without text that has a picture or many strokes, one with a few words over a picture of a whole page, and one whose font
        does not say which characters its shapes are.
        """
        few = len(text) < PLENTY_CHARS and len(_BLANK.sub("", text)) < _FEW_CHARS
        strokes, images = _drawn(page)
        placed = _placed(page, images) if images else []
        largest = max((share for _, share, _ in placed), default=0.0)
        dpi = min(max(max((dpi for _, share, dpi in placed if share >= 0.5), default=_LEAST_DPI), _LEAST_DPI), _MOST_DPI)
        unmapped, blank = _unmapped(text), not text.strip()
        if (unmapped > 6 and unmapped > len(_BLANK.sub("", text)) * 0.3) or (few and (largest >= 0.5 or (blank and (largest >= 0.01 or strokes >= 40)))):
            self.scans[number] = dpi
        elif not blank:
            self._gather(number, [(image, dpi) for image, share, dpi in placed if _LEAST_SHARE <= share < 0.5])

    def _gather(self, number: int, images: list[tuple[Any, int]]) -> None:
        """Keep the pictures that look like writing. One that comes again, as a letterhead does on every page, is looked at on the first one."""
        if not images or not tesseract.available():
            return
        for image, dpi in images:
            if len(self._seen) > PICTURES_MAX * 20 or len(self.pictures) >= PICTURES_MAX or self._pixels > _PIXELS_IN_ALL:
                return
            with contextlib.suppress(ValueError, OSError):  # a picture that cannot be unpacked
                width, height = _size(image)
                if width < _LEAST_WIDTH or height < _LEAST_HEIGHT or width * height > PIXELS_MAX or (digest := _digest(image)) in self._seen:
                    continue
                self._seen.add(digest)
                self._pixels += width * height
                if self._pixels <= _PIXELS_IN_ALL and is_writing(picture := _unpacked(image)):
                    self.pictures.append((number, picture, max(90, min(dpi, 400))))


def _unmapped(text: str) -> int:
    """Return how many characters mean nothing. Most texts have none, which is seen at their bytes: all such begin with one of two, or are controls."""
    if plain(text):
        return 0
    packed = text.encode("utf-8", "surrogatepass")
    if b"\xee" not in packed and b"\xef" not in packed and len(packed.translate(None, _CONTROLS)) == len(packed):
        return 0
    return len(UNMAPPED.findall(text))


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
    strokes, images, seen, depth = 0, list[Any](), 0, 0
    levels: list[tuple[Any, int, Any]] = [(ctypes.cast(page, ctypes.c_void_p), raw.FPDFPage_CountObjects(page), of_page)]
    while levels and depth < 200 and seen < _OBJECTS:
        holder, count, get = levels.pop(0)
        depth += 1
        wanted = min(count, _OBJECTS - seen)
        seen += wanted
        things = list(map(get, repeat(holder, wanted), range(wanted)))
        kinds = list(map(kind_of, things))
        strokes += kinds.count(path)
        if image in kinds or form in kinds:
            for thing, kind in zip(things, kinds, strict=True):
                if kind == image:
                    images.append(ctypes.cast(thing, raw.FPDF_PAGEOBJECT))
                elif kind == form and len(levels) < 100:
                    levels.append((thing, count_of(thing), of_form))
    return strokes, images


def _placed(page: Any, images: list[Any]) -> list[tuple[Any, float, int]]:
    """Return of each image that is there the share of the page that it takes, and its resolution."""
    import pypdfium2.raw as raw
    whole = max(raw.FPDF_GetPageWidthF(page) * raw.FPDF_GetPageHeightF(page), 1.0)
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    placed = []
    for image in images:
        wide, high = _size(image)
        if wide and high and raw.FPDFPageObj_GetBounds(image, left, bottom, right, top):
            width, height = max(right.value - left.value, 0.1), max(top.value - bottom.value, 0.1)
            placed.append((image, width * height / whole, round(max(wide * 72 / width, high * 72 / height))))
    return placed


def _size(image: Any) -> tuple[int, int]:
    """Return width and height of an image in pixels, zeros when it is not there."""
    import pypdfium2.raw as raw
    wide, high = ctypes.c_uint(), ctypes.c_uint()
    return (wide.value, high.value) if raw.FPDFImageObj_GetImagePixelSize(image, wide, high) else (0, 0)


def _digest(image: Any) -> bytes:
    """Return the SHA-256 of an image as it is packed."""
    import pypdfium2.raw as raw
    buffer = (ctypes.c_ubyte * raw.FPDFImageObj_GetImageDataRaw(image, None, 0))()
    raw.FPDFImageObj_GetImageDataRaw(image, buffer, len(buffer))
    return hashlib.sha256(buffer).digest()


def _unpacked(image: Any) -> Image:
    """Return an image in shades of grey. Raises ValueError, OSError."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw
    unpacked = raw.FPDFImageObj_GetBitmap(image)
    if not unpacked:
        raise ValueError("the picture cannot be unpacked")
    bitmap = pdfium.PdfBitmap.from_raw(unpacked)  # holds what the picture lies in until it is grey
    return grey(bitmap.to_pil())
