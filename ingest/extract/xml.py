"""XML of any vocabulary: what its elements say. Nothing is fetched, no entity is resolved, no style sheet is applied."""
from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.package import XML_BYTES, parse_xml
from ingest.extract.text import clean
from ingest.extract.xml_names import local
from ingest.extract.xml_words import words

BROKEN = "the XML is broken; read as far as it makes sense"


def tree(content: bytes) -> tuple[etree._Element, str]:
    """Return a document as a tree, and a note when it had to be mended. Raises CannotRead."""
    if len(content) > XML_BYTES:
        raise CannotRead("over_limit", f"The document has {len(content)} bytes of XML; {XML_BYTES} are allowed.")
    try:
        return parse_xml(content, "document"), ""
    except CannotRead:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, recover=True)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError:
            root = None
        if root is None or not "".join(str(t) for t in root.itertext()).strip():
            raise
        return root, BROKEN


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
