"""HTML pages: the text that they show, with title and meta elements."""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.extracted import Extracted, Segment
from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.extract.markup import show
from ingest.extract.text import clean, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_.-]{2,40})",
                      re.IGNORECASE)


def declared_charset(content: bytes) -> str:
    """Return the charset that a page declares in its first kilobytes (WHATWG HTML 13.2.3.2 prescan), or ""."""
    found = _CHARSET.search(content[:4096])
    name = (found.group(1) or found.group(2)).decode("ascii") if found else ""
    return "utf-8" if name.lower().startswith("utf-16") else name  # it could not have been read here, were it UTF-16


def _read(work: Work) -> Iterator[Part]:
    content = work.content
    html, charset = decode(content, declared_charset(content))
    page = show(html)
    text = clean(page.text)
    if len(text) != len(page.text):  # offsets would lie
        page = show(clean(html))
        text = page.text
    if not text.strip():
        yield Extracted(Failed("empty", "The page shows no text."), subject=page.title)
        return
    metadata = {"charset": charset} | ({"html:title": page.title} if page.title else {}) | {f"html:{key}": value for key, value in page.meta}
    yield Extracted(Done(), text=text, subject=page.title, segments=tuple(Segment("heading", a, b) for a, b in page.headings),
                    metadata={key: clean(value) for key, value in metadata.items()})


EXTRACTORS = (Extractor("html", "1", bids({"html": 1.0, "xml": 0.1}), _read),)
