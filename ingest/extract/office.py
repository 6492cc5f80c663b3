"""What office documents say of themselves (OPC core properties, ECMA-376-2 part 11; ODF 1.3 part 3, 4.3), and those that are locked."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Extracted
from archive.model.outcome import Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.package import Package
from ingest.extract.text import clean

_PREFIXES = {"http://purl.org/dc/elements/1.1/": "dc", "http://purl.org/dc/terms/": "dcterms",
             "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
             "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "app",
             "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta"}
_PARTS = ("docProps/core.xml", "docProps/app.xml", "meta.xml")
_KEPT_APP = frozenset(("Application", "Company", "Manager", "Pages", "Template", "AppVersion"))


def properties(package: Package) -> tuple[dict[str, str], str, str]:
    """Return the properties by their own names (`dc:creator`), the title, and when the document was created. Broken ones are left out."""
    found: dict[str, str] = {}
    for part in _PARTS:
        if not package.has(part):
            continue
        try:
            root = package.xml(part)
        except CannotRead:
            continue
        for element in root.iter():
            tag = element.tag
            if not isinstance(tag, str) or len(element) or not (element.text or "").strip():
                continue
            namespace, _, name = tag.removeprefix("{").rpartition("}")
            prefix = _PREFIXES.get(namespace)
            if prefix and (prefix != "app" or name in _KEPT_APP):
                found.setdefault(f"{prefix}:{name}", clean(element.text or "").strip()[:2000])
    created = found.get("dcterms:created") or found.get("meta:creation-date") or ""
    return found, found.get("dc:title", ""), created


def _locked(work: Work) -> Iterator[Part]:
    yield Extracted(Failed("encrypted", "The document is protected by a password."))


EXTRACTORS = (Extractor("locked-office", "1", bids({"encrypted-office": 1.0}), _locked),)
