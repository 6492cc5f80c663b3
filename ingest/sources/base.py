"""What a source is. One module per source; each registers itself with what it accepts; the surest wins.

A source names what is there and where its bytes lie; it reads none of them.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model.item import Place
from archive.model.outcome import Code


@dataclass(frozen=True, slots=True)
class Met:
    """A file that was met and can be had. `file` is where its bytes are; `declared_mime` what the source says of it."""
    place: Place
    file: Path
    size_bytes: int
    modified_at: str
    declared_mime: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was met and cannot be had, and why."""
    path: str
    code: Code
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """`bid(path)` is 0 for what it does not take, else up to 1.  `walk(path, name)` yields everything below, in order of path;

    `path` is as the user typed it (it stays the beginning of every `Place.path`), `name` the name of the source as given with --source,
    or "" (then places are known by their resolved path).
    """
    name: str
    bid: Callable[[str], float]
    walk: Callable[[str, str], Iterator[Met | Refused]]
