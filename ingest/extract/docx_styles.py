"""The styles of a Word document (ECMA-376-1, 17.7): which are headings, which carry a list.

Most documents have the styles of the same few templates, and reading them takes longer than reading a letter: they are read once by a worker.
"""
from __future__ import annotations

import hashlib
from dataclasses import dataclass

from lxml import etree

from ingest.extract.package import XML_BYTES, Package, parse_xml
from ingest.extract.xml_names import attr

_PART = "word/styles.xml"
_KNOWN_MAX = 64


@dataclass(frozen=True, slots=True)
class Styles:
    """`headings`: ids (lower case) of paragraph styles with an outline level; `lists`: list and level of the styles that carry a number."""
    headings: frozenset[str] = frozenset()
    lists: dict[str, tuple[str, int]] | None = None


_known: dict[bytes, Styles] = {}


def styles_of(package: Package) -> Styles:
    """Return the styles of a document; none for one without. Raises CannotRead for a broken part."""
    if not package.has(_PART):
        return Styles(lists={})
    content = package.read(_PART, XML_BYTES)
    digest = hashlib.sha256(content).digest()
    found = _known.get(digest)
    if found is None:
        found = _read(parse_xml(content, _PART))
        if len(_known) < _KNOWN_MAX:
            _known[digest] = found
    return found


def _read(root: etree._Element) -> Styles:
    headings: set[str] = set()
    own, based = dict[str, tuple[str, int]](), dict[str, str]()
    for style in root.iterfind("{*}style"):
        name = attr(style, "styleId")
        parent = style.find("{*}basedOn")
        based[name] = attr(parent, "val") if parent is not None else ""
        if style.find("{*}pPr/{*}outlineLvl") is not None and attr(style, "type") == "paragraph":
            headings.add(name.lower())
        numbered = style.find("{*}pPr/{*}numPr")
        if numbered is not None:
            number, level = numbered.find("{*}numId"), numbered.find("{*}ilvl")
            said = attr(level, "val") if level is not None else ""
            own[name] = (attr(number, "val") if number is not None else "", int(said) if said.isdigit() and len(said) < 3 else 0)
    for name in based:
        seen, at = {name}, name
        while at not in own and based.get(at) and based[at] not in seen:
            at = based[at]
            seen.add(at)
        if at in own:
            own.setdefault(name, own[at])
    return Styles(frozenset(headings), own)
