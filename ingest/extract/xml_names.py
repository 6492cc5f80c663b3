"""Elements and attributes by their local names: office files use one vocabulary under several namespaces (ECMA-376, 29500 strict)."""
from __future__ import annotations

from collections.abc import Iterator

from lxml import etree


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace, "" for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attr(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, "" without it; one without a namespace goes first."""
    own = element.get(name)
    if own is not None:
        return own
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """Return what lies under an element by a path of local names, the first at each step; None where a step leads nowhere."""
    for name in names:
        if element is None:
            return None
        element = next((e for e in element if local(e) == name), None)
    return element


def below(element: etree._Element | None, *names: str) -> Iterator[etree._Element]:
    """Yield an element and those anywhere below it that have one of these local names, in order.

    lxml looks at the names itself: to be told the name of each element costs more than all that is done with the few.
    """
    return iter(()) if element is None else element.iter(*(f"{{*}}{name}" for name in names))
