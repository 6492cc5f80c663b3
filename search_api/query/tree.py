"""What was asked for, as a tree. Every leaf knows its place in the text (characters from 0)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["plain", "exact"]


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed; `exact`: in this form only. `field` is a text field, or "" for all of them."""
    text: str
    at: int
    exact: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words in this order and form; with `slop`, up to so many moves apart."""
    text: str
    at: int
    slop: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with `*` or `?` in it."""
    text: str
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A field with a value, as typed."""
    field: str
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class But:
    """Everything except the part."""
    part: Node


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition."""


Node = Word | Quoted | Pattern | Filter | All | Any | But | Everything
Leaf = Word | Quoted | Pattern


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as understood.

    `plain`: `root` holds the words that count, any of which may match, and `left_out` the function words that carry no weight.
    `exact`: the set that `root` describes.
    """
    mode: Mode
    root: Node
    left_out: tuple[str, ...] = ()


def wanted(node: Node) -> list[Leaf]:
    """Return the words, quotes and patterns that a match may contain, those under an exception left out."""
    match node:
        case Word() | Quoted() | Pattern():
            return [node]
        case All(parts) | Any(parts):
            return [leaf for part in parts for leaf in wanted(part)]
        case _:
            return []
