"""Cut a query into words, quotes and operators."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.errors import QuerySyntax
from search_api.query.fields import FIELDS, canonical

TEXT_CHARS_MAX = 2_000

Kind = Literal["word", "quote", "field", "(", ")", "AND", "OR", "NOT", "-", "+", "=", "end"]

_QUOTES = {'"': '"', "“": "”\"", "„": "“”\"", "”": "”\"", "«": "»"}
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):(?!//)")
_SLOP = re.compile(r"~(\d{1,3})")
_BREAKS = frozenset("()") | _QUOTES.keys()


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the query; `slop` belongs to a quote. `text` of a field is its name."""
    kind: Kind
    text: str
    at: int
    slop: int = 0


def pieces(text: str) -> Iterator[Piece]:
    """Return the pieces in order, last one of kind `end`. Raises QuerySyntax for an open quote, an unknown field, a text too long."""
    if len(text) > TEXT_CHARS_MAX:
        raise QuerySyntax(f"The query has {len(text)} characters, {TEXT_CHARS_MAX} are allowed.", TEXT_CHARS_MAX, "Shorten it.")
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace():
            at += 1
        elif char in "()":
            yield Piece(char, char, at)  # type: ignore[arg-type]
            at += 1
        elif char in _QUOTES:
            piece, at = _quote(text, at)
            yield piece
        elif char in "-+=" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-+=":
            yield Piece(char, char, at)  # type: ignore[arg-type]
            at += 1
        else:
            found = _field(text, at)
            if found:
                yield found
                at += len(found.text) + 1
                continue
            end = at
            while end < len(text) and not text[end].isspace() and text[end] not in _BREAKS:
                end += 1
            word = text[at:end]
            yield Piece(word if word in ("AND", "OR", "NOT") else "word", word, at)  # type: ignore[arg-type]
            at = end
    yield Piece("end", "", len(text))


def _quote(text: str, at: int) -> tuple[Piece, int]:
    closing = _QUOTES[text[at]]
    end = next((n for n in range(at + 1, len(text)) if text[n] in closing), -1)
    if end < 0:
        raise QuerySyntax(f"The quotation mark at position {at} is not closed.", at, 'Add a closing " or remove this one.')
    slop = _SLOP.match(text, end + 1)
    return Piece("quote", text[at + 1:end], at, int(slop.group(1)) if slop else 0), slop.end() if slop else end + 1


def _field(text: str, at: int) -> Piece | None:
    """Return the field that begins here. An unknown name with a value right behind its colon is an error, else it is a word."""
    met = _FIELD.match(text, at)
    if not met:
        return None
    name, end = met.group(1), met.end()
    if canonical(name):
        return Piece("field", name, at)
    if len(name) == 1 or end >= len(text) or text[end].isspace():
        return None
    raise QuerySyntax(f"There is no field {name!r} (position {at}).", at,
                      f"Fields are: {', '.join(sorted(FIELDS))}. Put the words in quotation marks to look for them as text.")
