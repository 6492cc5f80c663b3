"""Text in pages: how page texts become one text, and what the offsets of the pages are.

Between two pages stands "\\n\\f" (the form feed is the page break of plain text).  A page's offsets cover its own text without it.
"""
from __future__ import annotations

from collections.abc import Iterable

from archive.model.extracted import Page

BREAK = "\n\f"


def joined(texts: Iterable[str], labels: Iterable[str] | None = None) -> tuple[str, tuple[Page, ...]]:
    """Return the texts of pages as one text, and the pages with their offsets in it, numbered from 1."""
    parts, pages, at = list[str](), list[Page](), 0
    names = iter(labels) if labels is not None else None
    for number, text in enumerate(texts, 1):
        if number > 1:
            parts.append(BREAK)
            at += len(BREAK)
        pages.append(Page(number, at, at + len(text), next(names, "") if names is not None else ""))
        parts.append(text)
        at += len(text)
    return "".join(parts), tuple(pages)
