"""Pages as a scanner gives them: text set on paper, drawn, then tilted, turned, darkened, stained; and how far a reading is from the truth."""
from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from typing import Any

import pytest

from ingest.tools import tesseract

LETTER = ("Notice of termination. We refer to the Master Services Agreement dated 1 April 2021 (MSA-2021-0417) and give you notice under clause 22.2 that "
          "the agreement will come to an end on 31 May 2025. Fees of 48,000.00 remain payable until that date. Please confirm receipt and return all "
          "headsets, tokens and customer records within 14 days.")
BRIEF = ("Kündigung des Rahmenvertrags. Hiermit kündigen wir den oben genannten Vertrag über Kundendienstleistungen ordentlich zum 31. März 2025, "
         "hilfsweise zum nächstmöglichen Termin. Wir bitten um schriftliche Bestätigung des Eingangs und um die Rückgabe der Geräte gemäß § 9 der Anlage. "
         "Die Vergütung beträgt 4,85 EUR je Kontakt.")


def need(*languages: str) -> None:
    """Skip by name where tesseract or a language is missing; fail where everything has to be there."""
    missing = [name for name in (*languages, "osd") if name not in tesseract.languages()]
    if missing:
        words = f"tesseract: {', '.join(missing)} not installed"
        if os.environ.get("CASETRAIL_REQUIRE_SERVERS") == "1":
            pytest.fail(words)
        pytest.skip(words)


def paper(paragraphs: list[str], font: str = "Helvetica", size: int = 11) -> tuple[bytes, str]:
    """Return a PDF of one page with paragraphs, and its lines."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas
    out, lines, y = io.BytesIO(), list[str](), 780.0
    canvas = Canvas(out)
    canvas.setFont(font, size)
    for paragraph in paragraphs:
        for line in simpleSplit(paragraph, font, size, 430):
            canvas.drawString(80, y, line)
            lines.append(line)
            y -= size * 1.3
        y -= 10
    canvas.save()
    return out.getvalue(), "\n".join(lines)


def drawn(pdf: bytes, dpi: int) -> Any:
    """Return the first page of a PDF as a grey picture."""
    import pypdfium2
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=dpi / 72, grayscale=True).to_pil().copy()
    finally:
        document.close()


def stained(picture: Any, seed: int = 1) -> Any:
    """Return a picture with grain and with black and white specks."""
    import numpy
    from PIL import Image
    random = numpy.random.default_rng(seed)
    pixels = numpy.asarray(picture).astype(float) + random.normal(0, 20, (picture.height, picture.width))
    specks = random.random(pixels.shape)
    pixels[specks < 0.003] = 0
    pixels[specks > 0.997] = 255
    return Image.fromarray(numpy.clip(pixels, 0, 255).astype("uint8"))


def shaded(picture: Any) -> Any:
    """Return a picture whose left edge lies in the dark."""
    import numpy
    from PIL import Image
    return Image.fromarray((numpy.asarray(picture) * numpy.linspace(0.45, 1, picture.width)[None, :]).astype("uint8"))


def tilted(degrees: float) -> Callable[[Any], Any]:
    return lambda picture: picture.rotate(degrees, fillcolor=255, resample=3)


def turned(degrees: int) -> Callable[[Any], Any]:
    return lambda picture: picture.rotate(degrees, expand=True)


def scanned(pictures: list[Any], dpi: int = 200) -> bytes:
    """Return a PDF whose pages are pictures."""
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    return out.getvalue()


def error_rate(read: str, truth: str) -> float:
    """Return the share of characters to be changed to get from one text to the other, runs of white space counting as one blank."""
    a, b = (re.sub(r"\s+", " ", text).strip() for text in (read, truth))
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y)))
    return row[-1] / max(len(b), 1)
