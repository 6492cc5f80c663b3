"""Everything for which there is no reader of our own, by `unstructured`: slides, OpenDocument, RTF, EPUB, XML, Org, RST …

It bids lowest, and also for formats that have a reader, for the case that the reader fails.  Elements become lines; where they know
their page (slides do), pages.  Nothing found is no success: then the item is unread and said to be so.
"""
from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from archive.model.extracted import Extracted, Segment
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.office import properties
from ingest.extract.package import Package
from ingest.extract.pages import BREAK, joined
from ingest.extract.text import clean
from ingest.tools import unstructured

_BIDS = {"pptx": 0.2, "odt": 0.2, "rtf": 0.2, "epub": 0.2, "org": 0.2, "rst": 0.2, "xml": 0.2, "md": 0.01, "html": 0.01, "docx": 0.01,
         "xlsx": 0.01, "msg": 0.2, "txt": 0.001, "email": 0.01}
_PAGES_MAX = 10_000
_ZIPPED = frozenset(("pptx", "odt", "epub", "docx", "xlsx"))


def _words(element: Any) -> str:
    """Return the text of an element; of a table its rows as lines with tabs between the cells."""
    html = getattr(element.metadata, "text_as_html", None)
    if html and type(element).__name__ == "Table":
        from ingest.extract.markup import show
        return clean(show(html).text)
    return clean(str(element.text or "")).strip()


def _by_page(elements: list[Any]) -> list[list[Any]]:
    """Return the elements of each page; a page without any is an empty list, so that the numbers hold."""
    pages: list[list[Any]] = []
    for element in elements:
        number = min(getattr(element.metadata, "page_number", None) or len(pages) or 1, _PAGES_MAX)
        while len(pages) < number:
            pages.append([])
        pages[number - 1].append(element)
    return pages


def _read(work: Work) -> Iterator[Part]:
    if not unstructured.available():
        raise CannotRead("unsupported", f"There is no reader for {work.identified.mime}: the extra `unstructured` is not installed.")
    name, content = work.identified.format, work.content
    metadata, subject, created_at = dict[str, str](), "", ""
    if name in _ZIPPED:
        with Package(content, work.limits.item_bytes) as package:  # a bomb must not reach the library
            metadata, subject, created_at = properties(package)
    try:
        elements = unstructured.partition(name, io.BytesIO(content))
    except MemoryError:
        raise
    except ImportError as error:
        raise CannotRead("unsupported", f"The reader for {work.identified.mime} is not completely installed.") from error
    except Exception as error:
        raise CannotRead("damaged", f"The document could not be taken apart ({type(error).__name__}).") from error
    paged = name == "pptx"
    texts, headings, at = list[str](), list[Segment](), 0
    for group in _by_page(elements) if paged else [elements]:
        lines, start = list[str](), at
        for element in group:
            words = _words(element)
            if not words:
                continue
            if type(element).__name__ == "Title":
                headings.append(Segment("heading", start, start + len(words)))
            lines.append(words)
            start += len(words) + 1
        texts.append("\n".join(lines))
        at += len(texts[-1]) + len(BREAK)
    text, pages = joined(texts)
    if not text.strip():
        raise CannotRead("empty", "The document has no text.")
    yield Extracted(Done(), text=text, pages=pages if paged else (), segments=tuple(headings), subject=subject, metadata=metadata,
                    created_at=created_at)


EXTRACTORS = (Extractor("unstructured", unstructured.VERSION, bids(_BIDS), _read),)
