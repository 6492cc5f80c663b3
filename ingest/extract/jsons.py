"""JSON as exports hold it: read whole, or as far as a cut one goes; values as words; what nobody else showed as lines."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from ingest.extract.base import CannotRead, Work
from ingest.extract.markup import show
from ingest.extract.text import clean, decode

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[{}\[\],]', re.DOTALL)
_DEPTH = 200
_LINES_MAX = 20_000
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,10});")


def load(work: Work) -> tuple[Any, str]:
    """Return the value of a JSON file and a note about what was wrong with it. A file that ends too early is read up to its last whole value.

    Raises CannotRead(damaged) for what is no JSON.
    """
    text = decode(work.content)[0].lstrip("\ufeff").strip()
    value = parsed(text)
    if value is not None:
        return value, ""
    cut = closed(text)
    value = parsed(cut) if cut else None
    if value is None:
        raise CannotRead("damaged", "It is no JSON.")
    return value, "the file ends too early; read up to the last whole value"


def parsed(text: str) -> Any:
    """Return the value of a JSON text, None for what is none (a bare `null` too)."""
    try:
        return msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError, ValueError):
        pass
    try:
        return json.loads(text, strict=False)  # lone surrogates, NaN, line ends in strings
    except (ValueError, RecursionError):
        return None


def closed(text: str) -> str:
    """Return a JSON text that was cut off, ended after its last whole value; "" where there is none."""
    stack: list[str] = []
    cut, closers = 0, ""
    for token in _TOKEN.finditer(text):
        mark = token.group()
        if mark in ("{", "["):
            stack.append("}" if mark == "{" else "]")
            if len(stack) > _DEPTH:
                return ""
        elif mark in ("}", "]"):
            if not stack or stack.pop() != mark:
                return ""
            cut, closers = token.end(), "".join(reversed(stack))
        elif mark == ",":
            cut, closers = token.start(), "".join(reversed(stack))
    return text[:cut] + closers if cut else ""


def text_of(value: object, depth: int = 0) -> str:
    """Return the words of a value: a string (HTML as it shows), a list of pieces, an object with its text."""
    if isinstance(value, str):
        return unmarked(value)
    if isinstance(value, bool) or value is None or depth > 6:
        return ""
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list):
        return "".join(text_of(each, depth + 1) for each in value[:5000])
    if isinstance(value, dict):
        for name in ("text", "plain", "plain_text", "content", "body", "value", "html", "transcript", "message"):
            if value.get(name):
                return text_of(value[name], depth + 1)
    return ""


def unmarked(words: str) -> str:
    """Return words as they show: those with HTML tags or character references are read as HTML, others stay."""
    if "<" not in words and "&" not in words:
        return clean(words)
    return clean(show(words).text) if _TAG.search(words) else clean(words)


def at(value: object, *path: str) -> Any:
    """Return what lies at a path of names in nested objects, None where it breaks off."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def objects(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list, [] for what is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def flat(value: object, skip: frozenset[str] = frozenset(), name: str = "", depth: int = 0) -> Iterator[str]:
    """Yield plain values as lines `name: value` in order, names of nested ones joined by a point; `skip` names what is left out."""
    if depth > 8:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            if key not in skip:
                yield from flat(inner, skip, f"{name}.{key}" if name else str(key), depth + 1)
    elif isinstance(value, list):
        plain = [str(v) for v in value[:2000] if isinstance(v, str | int | float) and not isinstance(v, bool)]
        if plain and len(plain) == len(value):
            yield f"{name}: {', '.join(plain)}"
        else:
            for inner in value[:5000]:
                yield from flat(inner, skip, name, depth + 1)
    elif value is not None and value != "" and not isinstance(value, bool):
        words = unmarked(value) if isinstance(value, str) else str(value)
        if words.strip():
            yield f"{name}: {words.strip()}" if name else words.strip()


def lines_about(value: object, skip: frozenset[str] = frozenset()) -> list[str]:
    """Return `flat` as a list, without what is not for people: links to the export's own server, and at most 20,000 lines."""
    found: list[str] = []
    for each in flat(value, skip):
        found.append(clean(each))
        if len(found) >= _LINES_MAX:
            break
    return found
