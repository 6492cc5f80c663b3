"""What an XML document says, without knowing its vocabulary: a line for each element that holds a value, running text where text runs.

An element with characters between its elements is running text and is shown as it stands.  Every other element with a value is a line
"name: value"; attributes follow in brackets.  Names are local names, since prefixes mean nothing to a reader.
"""
from __future__ import annotations

from collections.abc import Container

from lxml import etree

from ingest.extract.text import clean
from ingest.extract.xml_names import local

_SILENT = frozenset(("schemaLocation", "noNamespaceSchemaLocation", "nil", "space"))


def words(root: etree._Element, passed: Container[etree._Element] = ()) -> str:
    """Return what a tree says, without the elements in `passed` and what lies under them."""
    out: list[str] = []
    stack: list[etree._Element] = [root]
    while stack:
        element = stack.pop()
        if element in passed:
            continue
        children = list(element)
        if children and _runs(element, children):
            out.append(_flow(element).strip("\n"))
            continue
        value = " ".join((element.text or "").split()) if not children else ""
        if len(value) == 8 and value.isdigit() and element.get("format") == "102":  # UN/CEFACT: a day as CCYYMMDD
            value = f"{value[:4]}-{value[4:6]}-{value[6:]}"
        line = _line(local(element), value, element)
        if line:
            out.append(line)
        stack.extend(reversed(children))
    return clean("\n".join(filter(None, out)))


def _line(name: str, words_: str, element: etree._Element) -> str:
    said = [f"{key} {value}" for raw, stated in element.attrib.items()
            if (key := str(raw).rpartition("}")[2]) not in _SILENT and (value := str(stated).strip())]
    if not words_ and not said:
        return ""
    shown = f"{name}: {words_}" if words_ else name
    return f"{shown} ({', '.join(said)})" if said else shown


def _runs(element: etree._Element, children: list[etree._Element]) -> bool:
    """Say whether characters stand between the elements of an element."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in children)


def _flow(element: etree._Element) -> str:
    """Return running text as it stands; an entity that is defined elsewhere as it is written."""
    out: list[str] = []
    for event, item in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            out.append(item.text or "")
        elif item is not element:
            out.append(item.tail or "")
    return "".join(out)
