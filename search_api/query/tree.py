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
    """Words in this order and form, patterns among them; with `slop`, up to so many moves apart."""
    text: str
    at: int
    slop: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word, or the parts of an identifier, with `*` or `?` in it."""
    text: str
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Loose:
    """A word and those that differ from it by `edits` letters at most."""
    text: str
    at: int
    edits: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Expression:
    """A regular expression over one word (`archive.pattern`)."""
    text: str
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Nearby:
    """One of `left` and one of `right` in the same field, at most `distance` words apart; `ordered`: left first."""
    left: tuple[Side, ...]
    right: tuple[Side, ...]
    distance: int
    ordered: bool
    at: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A field with a value, as typed."""
    field: str
    value: str
    at: int


@dataclass(frozen=True, slots=True)
class Holding:
    """Records of a thread or family (`by`) that holds for each part a record that it describes; with `days`, so many days apart at most."""
    by: str
    parts: tuple[Node, ...]
    at: int
    days: int | None = None


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


Side = Word | Quoted | Pattern | Loose | Expression
Leaf = Side | Nearby
Node = Leaf | Filter | Holding | All | Any | But | Everything


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as understood.

    `plain`: `root` holds the words that count, any of which may match, and `left_out` the function words that carry no weight.
    `exact`: the set that `root` describes.
    """
    mode: Mode
    root: Node
    left_out: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words of a plain query that count."""
        return [part.text for part in (self.root.parts if isinstance(self.root, Any) else (self.root,)) if isinstance(part, Word)]


def wanted(node: Node) -> list[Leaf]:
    """Return the words, quotes, patterns and proximities that a match may contain, those under an exception left out."""
    match node:
        case Filter() | But() | Everything():
            return []
        case All(parts) | Any(parts) | Holding(_, parts):
            return [leaf for part in parts for leaf in wanted(part)]
        case _:
            return [node]


def filters(node: Node) -> list[Filter]:
    """Return every field with a value in the query."""
    match node:
        case Filter():
            return [node]
        case But(part):
            return filters(part)
        case All(parts) | Any(parts) | Holding(_, parts):
            return [each for part in parts for each in filters(part)]
        case _:
            return []
