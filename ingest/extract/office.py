"""What office documents say of themselves (OPC core properties, ECMA-376-2 part 11; ODF 1.3 part 3, 4.3), and those that are locked."""
from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from archive.model.extracted import Extracted
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Content, Extractor, Part, Work, bids
from ingest.extract.package import Package
from ingest.extract.text import clean
from ingest.tools import msoffcrypto

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
        if package.has(part):
            with contextlib.suppress(CannotRead):
                _gather(package.xml(part).iter(), found)
    return _with_title(found)


def odf_properties(root: etree._Element) -> tuple[dict[str, str], str, str]:
    """Return the same of an OpenDocument file that is one XML file."""
    found: dict[str, str] = {}
    meta = next((e for e in root if str(e.tag).endswith("}meta")), None)
    if meta is not None:
        _gather(meta.iter(), found)
    return _with_title(found)


def _gather(elements: Iterable[etree._Element], found: dict[str, str]) -> None:
    for element in elements:
        tag = element.tag
        if not isinstance(tag, str) or len(element) or not (element.text or "").strip():
            continue
        namespace, _, name = tag.removeprefix("{").rpartition("}")
        prefix = _PREFIXES.get(namespace)
        if prefix and (prefix != "app" or name in _KEPT_APP):
            found.setdefault(f"{prefix}:{name}", clean(element.text or "").strip()[:2000])


def _with_title(found: dict[str, str]) -> tuple[dict[str, str], str, str]:
    return found, found.get("dc:title", ""), found.get("dcterms:created") or found.get("meta:creation-date") or ""


def unlocked(content: bytes, passwords: tuple[str, ...]) -> tuple[bytes, str]:
    """Return an Office file without its encryption, and the note how it was opened. Raises CannotRead(encrypted)."""
    try:
        opened, needed = msoffcrypto.opened(content, passwords)
    except msoffcrypto.WrongPassword as error:
        raise CannotRead("encrypted", "No password that was given opens it." if passwords else "It is protected by a password.") from error
    except msoffcrypto.NotKnown as error:
        raise CannotRead("encrypted", "Its method of encryption is not known here, or it is damaged.") from error
    return opened, "opened with a password that was given" if needed else ""


def _locked(work: Work) -> Iterator[Part]:
    """Read what a password protects: unlocked, it is identified anew and goes to the reader of its format."""
    from ingest.extract import Reader
    from ingest.identify import identify
    content, note = unlocked(work.content, work.given.passwords)
    source = Content(data=content)
    identified = identify(source, work.given)
    if identified.format == "encrypted-office":
        raise CannotRead("encrypted", "What the password opens is locked again.")
    for part in Reader(replace(work, source=source, identified=identified)).attempts():
        if isinstance(part, Extracted):
            outcome = part.outcome
            yield replace(part, outcome=Done("; ".join(filter(None, (note, outcome.note)))) if isinstance(outcome, Done) else outcome)
        elif not isinstance(part, str):
            yield part


EXTRACTORS = (Extractor("locked-office", "2", bids({"encrypted-office": 1.0}), _locked),)
