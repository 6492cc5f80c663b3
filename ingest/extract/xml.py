"""XML of any vocabulary: what its elements say. Nothing is fetched, no entity is resolved, no style sheet is applied."""
from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.package import XML_BYTES, parse_xml
from ingest.extract.text import clean, decode
from ingest.extract.xml_names import local
from ingest.extract.xml_words import words

BROKEN = "the XML is broken; read as far as it makes sense"


def tree(content: bytes) -> tuple[etree._Element, str]:
    """Return a document as a tree, and a note when it had to be mended. Raises CannotRead."""
    if len(content) > XML_BYTES:
        raise CannotRead("over_limit", f"The document has {len(content)} bytes of XML; {XML_BYTES} are allowed.")
    try:
        return parse_xml(content, "document"), ""
    except CannotRead as error:
        for bytes_ in (content, _wrapped(content)):
            root = _mended(bytes_)
            if root is not None and sum(len(str(t)) for t in root.itertext()) > len(content) * 0.3:
                return root, BROKEN
        raise error


def _mended(content: bytes) -> etree._Element | None:
    """Return what a forgiving parser makes of broken XML, None when that is nothing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
    try:
        root: etree._Element | None = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return root


_PROLOGUE = re.compile(rb"\s*(<\?xml[^>]*\?>)?\s*(<!DOCTYPE[^>\[]*>)?")


def _wrapped(content: bytes) -> bytes:
    """Return XML that has words or several elements at its top under one root."""
    bare = content.removeprefix(b"\xef\xbb\xbf")
    start = _PROLOGUE.match(bare)
    at = start.end() if start else 0
    text, _ = decode(bare[at:])
    return f"<document>{_AMPERSAND.sub('&amp;', text)}</document>".encode()


_AMPERSAND = re.compile(r"&(?!#?\w{1,30};)")


def _read(work: Work) -> Iterator[Part]:
    root, note = tree(work.content)
    text = words(root)
    metadata = {"xml:root": local(root)}
    namespace = etree.QName(root).namespace
    if namespace:
        metadata["xml:namespace"] = clean(namespace)[:500]
    if not text.strip():
        yield Extracted(Failed("empty", "Its elements hold no words."), metadata=metadata)
        return
    yield Extracted(Done(note), text=f"{text}\n", metadata=metadata)


EXTRACTORS = (Extractor("xml", "1", bids({"xml": 1.0, "einvoice": 0.5}), _read),)
