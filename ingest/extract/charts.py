"""What a chart shows (DrawingML, ECMA-376-1 part 21.2): its title, and a line for each series with the values stored in the file."""
from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.extract.xml_names import below, child, local

_POINTS_MAX = 2000


def chart_lines(root: etree._Element) -> Iterator[str]:
    """Yield the title of a chart, then the series as "name: category value; category value"."""
    for title in below(root, "title"):
        words = "".join(t.text or "" for t in below(title, "t"))
        if words.strip():
            yield words
    for series in below(root, "ser"):
        name = " ".join(_points(child(series, "tx")))
        categories = _points(child(series, "cat")) or _points(child(series, "xVal"))
        values = _points(child(series, "val")) or _points(child(series, "yVal"))
        pairs = [f"{category} {value}".strip() for category, value in zip([*categories, *[""] * (len(values) - len(categories))], values, strict=False)]
        yield (f"{name}: " if name else "") + "; ".join(pairs or categories)


def _points(element: etree._Element | None) -> list[str]:
    """Return the cached points of a reference, shares of a hundredth part as they are stored."""
    found: list[str] = []
    for point in below(element, "pt"):
        value = next((v.text or "" for v in point if local(v) == "v"), "")
        found.append(" ".join(value.split()))
        if len(found) >= _POINTS_MAX:
            break
    return found or [" ".join((v.text or "").split()) for v in below(element, "v")][:1]
