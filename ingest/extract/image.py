"""Pictures (TIFF with all its pages, PNG, JPEG, GIF, BMP, WebP, HEIC): their text by OCR, page by page.

Decorations are told by their size or by having no legible words: they end as done with an empty text and the note that says so, since
reading them again would find nothing more.  Without tesseract a picture waits (`needs_ocr`).
"""
from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Outcome, Skipped
from ingest.extract import scan
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.ocr import OCR_SHARE, Pages, read_pages
from ingest.extract.pages import joined
from ingest.identify.formats import IMAGES
from ingest.tools import heif, tesseract

if TYPE_CHECKING:
    from PIL.Image import Image

PAGES_MAX = 2000
_SMALL_SIDE, _SMALL_AREA = 24, 8000
_USUAL_DPI = 200
_READ = ("tiff", "jpeg", "png", "gif", "bmp", "webp", "heic")
NOTHING, TOO_SMALL = "no text found in the picture", "the picture is too small to hold text"


def _read(work: Work) -> Iterator[Part]:
    if work.identified.format not in _READ:
        raise CannotRead("unsupported", f"There is no reader for pictures of the kind {work.identified.mime}.")
    if work.identified.format == "heic" and not heif.available():
        yield Extracted(Skipped("unavailable", f"Reading pictures of this kind needs {heif.PACKAGE}."))
        return
    content = work.content
    frames, width, height, metadata = _look(content)
    if min(width, height) < _SMALL_SIDE or width * height < _SMALL_AREA:
        yield Extracted(Done(TOO_SMALL), metadata=metadata)
        return
    if not tesseract.available():
        yield Extracted(Skipped("needs_ocr", "It is a picture; tesseract, which would read it, is not installed."), metadata=metadata)
        return
    pages = _pages(content, frames, work.limits.seconds * OCR_SHARE)
    texts = [pages.read[n].text if n in pages.read else "" for n in range(1, frames + 1)]
    text, bounds = joined(texts)
    yield Extracted(_outcome(pages, text), text=text if text.strip() else "", pages=bounds if text.strip() else (), metadata=metadata | pages.metadata())


def _outcome(pages: Pages, text: str) -> Outcome:
    if text.strip():
        return Done("; ".join(pages.notes()))
    if pages.broken and not pages.read:
        raise CannotRead("damaged", "The picture is not complete.")
    if pages.late:
        return Skipped("needs_ocr", "Reading it took longer than an item may take.")
    foreign = [note for note in pages.notes() if "no language" in note]
    return Skipped("needs_ocr", f"{foreign[0][0].upper()}{foreign[0][1:]}.") if foreign else Done(NOTHING)


_known: dict[bytes, Pages] = {}
_KNOWN_MAX = 512


def _pages(content: bytes, frames: int, seconds: float) -> Pages:
    """Return the text of a picture. The logo in a hundred mails is read once by each worker."""
    digest = hashlib.sha256(content).digest()
    known = _known.get(digest)
    if known is None:
        with _open(content) as image:
            known = read_pages(list(range(1, frames + 1)), lambda number: _frame(image, number - 1), seconds)
        if not known.late and len(_known) < _KNOWN_MAX:
            _known[digest] = known
    return known


def _open(content: bytes) -> Any:
    """Return a picture whose pixels are not unpacked yet. Raises CannotRead(damaged, over_limit)."""
    from PIL import Image, UnidentifiedImageError
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, at every page
    warnings.filterwarnings("ignore", module="PIL")  # what is wrong with a picture is told by its outcome
    known = ["TIFF", "JPEG", "PNG", "GIF", "BMP", "WEBP"]
    if content[4:8] == b"ftyp" and heif.available():
        heif.register()
        known.append("HEIF")
    try:
        return Image.open(io.BytesIO(content), formats=known)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, KeyError, TypeError, EOFError, OverflowError) as error:
        raise CannotRead("damaged", "It is no sound picture.") from error


def _look(content: bytes) -> tuple[int, int, int, dict[str, str]]:
    """Return how many pages a picture has, the size of the first, and what it says of itself."""
    with _open(content) as image:
        width, height = image.size
        if width * height > scan.PIXELS_MAX:
            raise CannotRead("over_limit", f"The picture has {width} by {height} pixels; {scan.PIXELS_MAX} in all are allowed.")
        frames = 1
        if image.format == "TIFF":
            try:
                frames = min(int(getattr(image, "n_frames", 1)), PAGES_MAX)
            except Exception:  # a broken chain of pages: the first can still be read
                frames = 1
        metadata = {"image:size": f"{width}x{height}"}
        if frames > 1:
            metadata["image:pages"] = str(frames)
        return frames, width, height, metadata | _exif(image)


_EXIF = {270: "ImageDescription", 271: "Make", 272: "Model", 305: "Software", 306: "DateTime", 315: "Artist", 33432: "Copyright"}


def _exif(image: Any) -> dict[str, str]:
    """Return what the camera or scanner wrote (Exif 2.32, 4.6)."""
    from ingest.extract.text import clean
    try:
        tags = image.getexif()
        found = {f"exif:{name}": clean(str(tags[tag])).strip()[:500] for tag, name in _EXIF.items() if tag in tags}
    except Exception:
        return {}
    return {name: value for name, value in found.items() if value}


def _frame(image: Any, index: int) -> tuple[Image, int] | None:
    """Return a page of a picture, upright as its camera says, and its resolution; None when it is larger than allowed."""
    from PIL import ImageOps
    if index:
        image.seek(index)
    width, height = image.size
    if width * height > scan.PIXELS_MAX:
        return None
    dpi = _dpi(image, max(width, height))
    if image.format in ("JPEG", "MPO") and max(width, height) > scan.SIDE_MAX:
        image.draft("L", (width // 2, height // 2))
    picture = ImageOps.exif_transpose(image) or image
    return scan.grey(picture).copy(), dpi


def _dpi(image: Any, side: int) -> int:
    """Return the resolution that a picture states, where that makes a page of a possible size, else one that does."""
    try:
        stated = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        stated = 0.0
    return round(stated) if 90 <= stated <= 1200 and 2 <= side / stated <= 50 else _USUAL_DPI


EXTRACTORS = (Extractor("image", "3", bids(dict.fromkeys(IMAGES, 1.0)), _read),)
