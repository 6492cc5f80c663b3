"""Electronic books (EPUB 3.3): the documents of the spine in their order, each a page; pictures are not read."""
from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.markup import show
from ingest.extract.package import XML_BYTES, Package
from ingest.extract.pages import joined
from ingest.extract.text import clean, decode
from ingest.extract.xml_names import attr, below, local

_PARTS_MAX = 5000


def _read(work: Work) -> Iterator[Part]:
    with Package(work.content, work.limits.item_bytes) as package:
        container = package.xml("META-INF/container.xml")
        opf = next((unquote(attr(e, "full-path")) for e in below(container, "rootfile")), "")
        root = package.xml(opf)
        folder = posixpath.dirname(opf)
        hrefs = {attr(e, "id"): posixpath.normpath(posixpath.join(folder, unquote(attr(e, "href")))) for e in below(root, "item")}
        metadata = {f"dc:{local(e)}": clean(e.text).strip()[:2000] for e in root.iter()
                    if str(e.tag).startswith("{http://purl.org/dc/elements/1.1/}") and e.text and e.text.strip()}
        texts, broken = list[str](), 0
        for reference in list(below(root, "itemref"))[:_PARTS_MAX]:
            try:
                texts.append(clean(show(decode(package.read(hrefs.get(attr(reference, "idref"), ""), XML_BYTES))[0]).text).strip("\n"))
            except CannotRead:
                broken += 1
                texts.append("")
    text, pages = joined(texts)
    if not text.strip():
        yield Extracted(Failed("empty", "The book has no text."), metadata=metadata)
        return
    yield Extracted(Done(f"{broken} parts could not be read" if broken else ""), text=text, pages=pages, subject=metadata.get("dc:title", ""),
                    metadata=metadata, created_at="")


EXTRACTORS = (Extractor("epub", "1", bids({"epub": 1.0}), _read),)
