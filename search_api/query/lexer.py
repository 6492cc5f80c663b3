"""Cut a query into words, quotes and operators."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.errors import QuerySyntax
from search_api.query.fields import FIELDS, HOLDERS, TEXT_FIELDS, canonical

TEXT_CHARS_MAX = 2_000

Kind = Literal["word", "quote", "regex", "field", "holder", "near", "within", "(", ")", "}", "AND", "OR", "NOT", "-", "+", "=", "end"]

_QUOTES = {'"': '"', "“": "”\"", "„": "“”\"", "”": "”\"", "«": "»"}
_FIELD = re.compile(r"([A-Za-z][A-Za-z_]*):(?!//)")
_SLOP = re.compile(r"~(\d{1,4})")
_NEAR = re.compile(r"(W|PRE|NEAR)/(\d{1,6})(?=$|[\s()\"“„«=])", re.IGNORECASE)
_REGEX = re.compile(r"/((?:[^/\s\\]|\\.)+)/(?=$|[\s)}])")
_WITHIN = re.compile(r"within\s+(\d{1,6})\s+(day|week|month|year)s?(?=$|[\s)}])", re.IGNORECASE)
_HALVES = re.compile("[\ud800-\udfff]")
"""Half surrogates: no text has them, and no engine takes them."""
_BREAKS = frozenset("()") | _QUOTES.keys()
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the query. `number` is the slop of a quote, the distance of a proximity, the days of `within`. `text` of a field is its name."""
    kind: Kind
    text: str
    at: int
    number: int = 0


def pieces(text: str) -> Iterator[Piece]:
    """Return the pieces in order, last one of kind `end`. Raises QuerySyntax for an open quote, an unknown field, a text too long."""
    if len(text) > TEXT_CHARS_MAX:
        raise QuerySyntax(f"The query has {len(text)} characters, {TEXT_CHARS_MAX} are allowed.", TEXT_CHARS_MAX, "Shorten it.")
    text = _HALVES.sub("\ufffd", text)
    at, braces, value = 0, 0, False
    while at < len(text):
        char, raw = text[at], value
        value = False
        if char.isspace():
            at += 1
        elif char in "()" or (char == "}" and braces):
            braces -= char == "}"
            yield Piece(char, char, at)  # type: ignore[arg-type]
            at += 1
        elif char in _QUOTES:
            piece, at = _quote(text, at)
            yield piece
        elif char in "-+=" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] not in "-+=":
            yield Piece(char, char, at)  # type: ignore[arg-type]
            at += 1
        else:
            found = None if raw else _special(text, at, braces)
            if found is None:
                end = _end_of_word(text, at, braces)
                word = text[at:end]
                yield Piece("word" if raw or word not in ("AND", "OR", "NOT") else word, word, at)  # type: ignore[arg-type]
                at = end
                continue
            piece, at = found
            braces += piece.kind == "holder"
            # What stands right behind the colon is the value, whatever it looks like: `amount:EUR:5000`.
            value = piece.kind == "field" and canonical(piece.text) not in TEXT_FIELDS
            yield piece
    yield Piece("end", "", len(text))


def _special(text: str, at: int, braces: int) -> tuple[Piece, int] | None:
    """Return the operator, pattern or field that begins here, and where it ends."""
    if met := _NEAR.match(text, at):
        return Piece("near", met.group(1).upper(), at, int(met.group(2))), met.end()
    if met := _REGEX.match(text, at):
        return Piece("regex", met.group(1), at), met.end()
    if text[:at].rstrip().endswith("}") and (met := _WITHIN.match(text, at)):
        return Piece("within", met.group(0), at, int(met.group(1)) * _DAYS[met.group(2).lower()]), met.end()
    found = _field(text, at)
    if found is None:
        return None
    end = at + len(found.text) + 1
    if found.text.lower() in HOLDERS and text[end:end + 1] == "{":
        return Piece("holder", found.text.lower(), at), end + 1
    return found, end


def _end_of_word(text: str, at: int, braces: int) -> int:
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in _BREAKS and not (braces and text[end] == "}"):
        end += 1
    return end


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
