"""Pictures of pages made ready for recognition: grey, of a fitting size, without a dark background, without specks, and straight.

Everything here takes a picture and gives a new one; nothing is known of text.  numpy and Pillow are imported when called.
"""
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS_MAX = 50_000_000
"""A picture of more than this is not opened: A3 at 600 dpi has 70 million, of which a letter of A4 is half."""
SIDE_MAX = 3600
_SMALL_SIDE, _WANTED_SIDE = 1500, 2200
_SKEW_SIDE = 1000
_SKEW_MAX, _SKEW_MIN = 8.0, 0.15
_DARK = 140


def grey(picture: Image) -> Image:
    """Return a picture in shades of grey; what is transparent becomes white."""
    from PIL import Image as images
    if picture.mode in ("RGBA", "LA", "PA") or (picture.mode == "P" and "transparency" in picture.info):
        picture = picture.convert("RGBA")
        white = images.new("RGBA", picture.size, "white")
        return images.alpha_composite(white, picture).convert("L")
    if picture.mode.startswith("I;16"):  # 16 bits a pixel
        import numpy
        return images.fromarray((numpy.asarray(picture).astype("uint16") >> 8).astype("uint8"))
    if picture.mode in ("I", "F"):
        import numpy
        values = numpy.asarray(picture).astype("float64")
        low, high = float(values.min()), float(values.max())
        return images.fromarray(((values - low) * (255 / ((high - low) or 1))).astype("uint8"))
    return picture.convert("L")


def sized(picture: Image) -> Image:
    """Return a picture whose letters have a height that can be read: small ones are enlarged at most threefold, huge ones made smaller."""
    from PIL.Image import Resampling
    side = max(picture.size)
    if side > SIDE_MAX:
        factor = SIDE_MAX / side
    elif side < _SMALL_SIDE:
        factor = min(3.0, _WANTED_SIDE / max(side, 1))
    else:
        return picture
    return picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))), Resampling.LANCZOS)


def cleaned(picture: Image) -> Image:
    """Return a grey picture with an even white background, full contrast and no single dark specks; white on black is turned over."""
    import numpy
    from PIL import Image as images
    from PIL import ImageOps
    pixels = numpy.asarray(picture)
    if pixels.size == 0:
        return picture
    if float(numpy.median(pixels)) < 100:
        picture = ImageOps.invert(picture)
        pixels = numpy.asarray(picture)
    if _is_uneven(pixels):
        picture = images.fromarray(_even(picture))
    elif _is_faint(pixels):
        picture = ImageOps.autocontrast(picture, cutoff=(1, 30))
    return images.fromarray(_without_specks(numpy.asarray(picture)))


def _tiles(pixels: Any, side: int = 16) -> Any:
    """Return how bright the paper is in each of side*side parts: what nine in ten of its pixels are darker than."""
    import numpy
    height, width = pixels.shape[0] // side, pixels.shape[1] // side
    if height < 4 or width < 4:
        return numpy.full((1, 1), 255.0)
    parts = pixels[:height * side, :width * side].reshape(side, height, side, width).swapaxes(1, 2).reshape(side, side, -1)
    return numpy.percentile(parts[:, :, ::7], 90, axis=2)


def _is_uneven(pixels: Any) -> bool:
    """Say whether the paper is brighter in one place than in another by what a shadow or a grey stripe makes."""
    tiles = _tiles(pixels)
    return float(tiles.max() - tiles.min()) > 40


def _is_faint(pixels: Any) -> bool:
    """Say whether paper and ink are near each other."""
    import numpy
    dark, light = numpy.percentile(pixels[::4, ::4], (0.5, 90))
    return float(light - dark) < 140


def _even(picture: Image) -> Any:
    """Return the pixels divided by their surroundings, so that the paper is white everywhere."""
    import numpy
    from PIL import ImageFilter
    from PIL.Image import Resampling
    small = picture.resize((max(1, picture.width // 8), max(1, picture.height // 8)), Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.BoxBlur(6)).resize(picture.size, Resampling.BILINEAR)
    ratio = numpy.asarray(picture).astype("float32") / numpy.maximum(numpy.asarray(paper).astype("float32"), 40)
    return numpy.clip(ratio * 255, 0, 255).astype("uint8")


def _without_specks(pixels: Any) -> Any:
    """Return the pixels without dark specks of one or two pixels where there are many; points over letters are larger than these.

    Noise of a camera or a poor scanner is smoothed where it is strong.
    """
    import numpy
    dark = pixels < _DARK
    count = int(dark.sum())
    if count < 50:
        return pixels
    padded = numpy.pad(dark, 2)
    around = numpy.zeros(pixels.shape, dtype="uint8")
    height, width = pixels.shape
    for y in range(1, 4):
        for x in range(1, 4):
            around += padded[y:y + height, x:x + width]
    specks = dark & (around <= 2)
    if int(specks.sum()) < count * 0.02:
        return pixels
    if int(specks.sum()) > count * 0.15:  # so many that letters have them too
        from PIL import Image as images
        from PIL import ImageFilter
        return numpy.asarray(images.fromarray(pixels).filter(ImageFilter.MedianFilter(3)))
    return numpy.where(specks, numpy.uint8(255), pixels)


def unruled(picture: Image) -> Image:
    """Return a level grey picture without its ruled lines (of tables, forms, under words), which make marks out of letters next to them."""
    import numpy
    from PIL import Image as images
    pixels = numpy.asarray(picture)
    dark = pixels < 205
    length = max(60, max(pixels.shape) // 28)
    lines = _runs(dark, length) & ~_runs(dark.T, 9).T | _runs(dark.T, length).T & ~_runs(dark, 9)
    if not lines.any():
        return picture
    padded = numpy.pad(lines, 1)
    width = lines.shape[1]
    wide = padded[:-2, 1:-1] | padded[1:-1, 1:-1] | padded[2:, 1:-1] | padded[1:-1, :width] | padded[1:-1, 2:]
    return images.fromarray(numpy.where(wide & (_strokes_across(dark, lines) == 0), numpy.uint8(255), pixels))


def _runs(dark: Any, length: int) -> Any:
    """Return which pixels lie in a dark stretch along their row of at least so many pixels."""
    import numpy
    height, width = dark.shape
    if width < length:
        return numpy.zeros(dark.shape, dtype=bool)
    sums = numpy.zeros((height, width + 1), dtype="int32")
    numpy.cumsum(dark, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) == length  # a stretch begins here
    marks = numpy.zeros((height, width + 1), dtype="int32")
    marks[:, :full.shape[1]] += full
    marks[:, length:] -= full
    return numpy.cumsum(marks, axis=1)[:, :width] > 0


def _strokes_across(dark: Any, lines: Any) -> Any:
    """Return where a letter crosses a line or stands on it: dark above or below what the line itself covers."""
    import numpy
    rest = dark & ~lines
    padded = numpy.pad(rest, ((3, 3), (0, 0)))
    above, below = padded[:-6], padded[6:]
    return (above & below).astype("uint8")


def is_writing(picture: Image) -> bool:
    """Say whether a grey picture looks like writing: two tones, one of them rare, that change often along many rows. Photographs do not."""
    import numpy
    from PIL.Image import Resampling
    factor = min(1.0, 1200 / max(picture.size))
    small = picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))), Resampling.BOX) if factor < 1 else picture
    if small.height < 12:
        return False
    tones = numpy.array(small.histogram()[:256])
    low, high, middle = _ranked(tones, 0.005), _ranked(tones, 0.995), _ranked(tones, 0.5)
    if high - low < 60:
        return False
    background = high if middle > (low + high) / 2 else low
    away = numpy.abs(numpy.arange(256) - background)
    is_far = away > (high - low) / 2
    if not 0.005 < tones[is_far].sum() / tones.sum() < 0.3 or tones[away < (high - low) / 8].sum() / tones.sum() < 0.6:
        return False
    far = is_far[numpy.asarray(small)]
    changes = (far[:, 1:] != far[:, :-1]).sum(axis=1)
    return bool((changes >= 12).sum() >= max(8, small.height * 0.08))


def _ranked(tones: Any, share: float) -> float:
    """Return the tone below which a share of the pixels lies; `tones` counts them."""
    import numpy
    return float(numpy.searchsorted(numpy.cumsum(tones), share * (tones.sum() - 1), side="right"))


def turned(picture: Image, clockwise: float) -> Image:
    """Return the picture turned; right angles lose nothing, others get white corners."""
    from PIL.Image import Resampling, Transpose
    if clockwise and not clockwise % 90:
        quarters = {1: Transpose.ROTATE_270, 2: Transpose.ROTATE_180, 3: Transpose.ROTATE_90}  # Pillow counts the other way
        return picture.transpose(quarters[int(clockwise) // 90 % 4])
    return picture.rotate(-clockwise, Resampling.BICUBIC, expand=False, fillcolor=255) if clockwise else picture


def skew(picture: Image) -> float:
    """Return by how many degrees clockwise a grey picture must be turned for its lines to run level; 0 for less than a seventh of one.

    Lines of text that run level make rows full of ink and rows with none: the angle under which the squares of the sums of rows are
    greatest is the one (projection profile).  Angles up to 8 degrees are looked at.
    """
    import numpy
    from PIL.Image import Resampling
    factor = min(1.0, _SKEW_SIDE / max(picture.size))
    small = picture.resize((max(1, round(picture.width * factor)), max(1, round(picture.height * factor))), Resampling.BOX) if factor < 1 else picture
    pixels = numpy.asarray(small)
    edge_y, edge_x = pixels.shape[0] // 50, pixels.shape[1] // 50  # black borders of the scanner are no lines
    rows, columns = numpy.nonzero(pixels[edge_y:pixels.shape[0] - edge_y, edge_x:pixels.shape[1] - edge_x] < 160)
    if not 200 < rows.size < pixels.size * 0.4:
        return 0.0
    if rows.size > 60_000:
        step = rows.size // 60_000 + 1
        rows, columns = rows[::step], columns[::step]
    rows, columns = rows.astype("float32"), columns.astype("float32")

    def sharpness(angle: float) -> float:
        at = rows - columns * math.tan(math.radians(angle))
        sums = numpy.bincount((at - at.min()).astype("int32")).astype("float64")
        return float(((sums[1:] - sums[:-1]) ** 2).sum())

    best = max((step * 0.5 for step in range(round(-_SKEW_MAX * 2), round(_SKEW_MAX * 2) + 1)), key=sharpness)
    best = max((best + step * 0.1 for step in range(-5, 6)), key=sharpness)
    return -best if _SKEW_MIN <= abs(best) < _SKEW_MAX and sharpness(best) > sharpness(0.0) * 1.02 else 0.0
