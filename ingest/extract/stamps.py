"""Stamps: framed boxes that stand at an angle to the page ("RECEIVED 2 OCT"), found by their frames, so that they are read apart.

Read along with the page they tear its lines, and their own words, mostly the date of receipt, are lost.  A frame that is level with the
page stays in it (tables, boxed headings).  Round stamps, and frames broken by poor ink, are not found.
"""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 700
_INK = 190
_TILT_MIN, _TILT_MAX = 1.2, 30.0
_MOST = 6


@dataclass(frozen=True, slots=True)
class Stamp:
    """A tilted frame: its centre, size in pixels, and by how many degrees clockwise it has to be turned to stand level."""
    x: float
    y: float
    width: float
    height: float
    clockwise: float

    def corners(self, margin: float) -> list[tuple[float, float]]:
        """Return the corners of the frame, `margin` pixels further out."""
        angle = math.radians(-self.clockwise)
        w, h = self.width / 2 + margin, self.height / 2 + margin
        return [(self.x + dx * math.cos(angle) - dy * math.sin(angle), self.y + dx * math.sin(angle) + dy * math.cos(angle))
                for dx, dy in ((-w, -h), (w, -h), (w, h), (-w, h))]


def found(page: Image) -> list[Stamp]:
    """Return the stamps of a grey, levelled page, from top to bottom."""
    import numpy
    from PIL.Image import Resampling
    factor = max(1.0, max(page.size) / _SIDE)
    small = page.resize((max(1, round(page.width / factor)), max(1, round(page.height / factor))), Resampling.BOX)
    ink = numpy.asarray(small) < _INK
    if ink.mean() > 0.3:
        return []
    stamps = [stamp for component in _components(ink) if (stamp := _frame(component, ink.shape)) is not None]
    return sorted((Stamp(s.x * factor, s.y * factor, s.width * factor, s.height * factor, s.clockwise) for s in stamps[:_MOST]), key=lambda s: s.y)


def lifted(page: Image, stamps: list[Stamp]) -> tuple[Image, list[Image]]:
    """Return the page without its stamps, and each stamp turned level, without its frame."""
    from PIL import ImageDraw, ImageOps
    from PIL.Image import Resampling
    rest = page.copy()
    draw = ImageDraw.Draw(rest)
    apart: list[Image] = []
    for stamp in stamps:
        reach = math.hypot(stamp.width, stamp.height) / 2 + 4
        box = (round(stamp.x - reach), round(stamp.y - reach), round(stamp.x + reach), round(stamp.y + reach))
        level = page.crop(box).rotate(-stamp.clockwise, Resampling.BICUBIC, fillcolor=255)
        inside = max(6.0, min(stamp.width, stamp.height) * 0.055)
        middle_x, middle_y, w, h = level.width / 2, level.height / 2, stamp.width / 2 - inside, stamp.height / 2 - inside
        cut = level.crop((round(middle_x - w), round(middle_y - h), round(middle_x + w), round(middle_y + h)))
        apart.append(ImageOps.expand(cut, 20, 255))
        draw.polygon(stamp.corners(4), fill=255)
    return rest, apart


def _components(ink: Any) -> list[Any]:
    """Return the connected strokes (points as rows and columns) whose extent could be that of a stamp."""
    import numpy
    height, width = ink.shape
    left = bytearray(numpy.pad(ink, 1).astype("uint8").tobytes())
    stride = width + 2
    around = (-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1)
    large: list[Any] = []
    at = left.find(1)
    while at >= 0:
        left[at] = 0
        reached, stack = [at], [at]
        while stack:
            here = stack.pop()
            for step in around:
                if left[there := here + step]:
                    left[there] = 0
                    reached.append(there)
                    stack.append(there)
        if len(reached) > (width + height) * 0.08:
            rows, columns = numpy.divmod(numpy.array(reached), stride)
            if 0.08 * width < numpy.ptp(columns) < 0.6 * width and 0.02 * height < numpy.ptp(rows) < 0.3 * height:
                large.append((rows - 1, columns - 1))
        at = left.find(1, at + 1)
    return large


def _frame(component: Any, shape: tuple[int, int]) -> Stamp | None:
    """Return a stroke as a stamp, None when it is no tilted rectangle: its upper and lower edge must be straight and run alike."""
    import numpy
    rows, columns = component
    left, right, top, bottom = columns.min(), columns.max(), rows.min(), rows.max()
    upper, lower = numpy.full(right - left + 1, shape[0]), numpy.full(right - left + 1, -1)
    numpy.minimum.at(upper, columns - left, rows)
    numpy.maximum.at(lower, columns - left, rows)
    width = right - left
    middle = slice(round(width * 0.15), round(width * 0.85) + 1)
    across = numpy.arange(width + 1)[middle]
    edges = (upper[middle], lower[middle])
    if any((edge < 0).any() or (edge >= shape[0]).any() for edge in edges) or across.size < 12:
        return None
    slopes = []
    for edge in edges:
        slope, start = numpy.polyfit(across, edge, 1)
        if float(numpy.percentile(numpy.abs(edge - (slope * across + start)), 90)) > 1.6:
            return None
        slopes.append(math.degrees(math.atan(float(slope))))
    tilt = sum(slopes) / 2
    if abs(slopes[0] - slopes[1]) > 1.2 or not _TILT_MIN <= abs(tilt) <= _TILT_MAX:
        return None
    c, s = math.cos(math.radians(abs(tilt))), math.sin(math.radians(abs(tilt)))
    box_w, box_h = float(right - left + 1), float(bottom - top + 1)
    w, h = (box_w * c - box_h * s) / (c * c - s * s), (box_h * c - box_w * s) / (c * c - s * s)
    if h < 8 or w < h * 0.6:
        return None
    return Stamp(float(left + right + 1) / 2, float(top + bottom + 1) / 2, w, h, -tilt)
