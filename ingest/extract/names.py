"""Names of members: without path parts and control characters, unique within their parent."""
from __future__ import annotations

import re

from ingest.extract.text import clean

_LONGEST = 240
_BLANKS = re.compile(r"\s+")


def safe_name(name: str) -> str:
    """Return the last part of a name without blanks at its ends, "" when nothing is left. Slashes of both kinds part."""
    name = _BLANKS.sub(" ", clean(name)).strip().replace("\\", "/").rstrip("/").rpartition("/")[2].strip()
    if name in (".", ".."):
        return ""
    return shortened(name)


def safe_path(name: str) -> str:
    """Return a member path with `/` between its parts and without empty, "." and ".." parts; "" when nothing is left."""
    parts = [_BLANKS.sub(" ", part).strip() for part in clean(name).replace("\\", "/").split("/")]
    return "/".join(shortened(part) for part in parts if part not in ("", ".", ".."))[-2000:].lstrip("/")


def shortened(name: str) -> str:
    """Return a name of at most 240 characters, its extension kept."""
    if len(name) <= _LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if dot and len(extension) <= 10:
        return f"{stem[:_LONGEST - len(extension) - 1]}.{extension}"
    return name[:_LONGEST]


class UniqueNames:
    """Hands out names that are unique within one parent: the second "a.pdf" becomes "a (2).pdf"."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._count: dict[str, int] = {}

    def give(self, name: str, before_extension: bool = True) -> str:
        """Return the name, or one with a number: before the extension of a file, at the end of what is no file (a message id)."""
        if name not in self._used:
            self._used.add(name)
            return name
        stem, dot, extension = name.rpartition(".") if before_extension else (name, "", "")
        if before_extension and (not dot or not stem or "/" in extension or len(extension) > 10):
            stem, dot, extension = name, "", ""
        number = self._count.get(name, 1)
        while True:
            number += 1
            candidate = f"{stem} ({number}){dot}{extension}"
            if candidate not in self._used:
                self._count[name] = number
                self._used.add(candidate)
                return candidate
