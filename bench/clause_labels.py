"""The labelled contracts of CUAD v1 as `bench.contracts` and `bench.train_clauses` read them: text, passages by category, answers.

A passage of the table is found in the text by its words, whatever blanks stand between them. One that was written with `<omitted>` has several
parts. Words that stand several times in a text (a party's name) have several places; any of them is right.
"""
from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Span = tuple[int, int]

CATEGORIES = (
    "Parties", "Agreement Date", "Effective Date", "Expiration Date", "Renewal Term", "Notice Period To Terminate Renewal", "Governing Law",
    "Termination For Convenience", "Post-Termination Services", "Cap On Liability", "Liquidated Damages",
)
_MOST_PLACES = 40


def fact_name(category: str) -> str:
    """Return the name of the fact that stands for a category: `cap_on_liability` for `Cap On Liability`."""
    return re.sub(r"\W+", "_", category).lower()


@dataclass(frozen=True, slots=True)
class Gold:
    """A labelled passage: each place is a list of the parts that make it up. No place where its words do not stand in the text."""
    words: str
    places: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract with its labels; `answers` are the normalised values as people wrote them, "" where none."""
    file: Path
    text: str
    passages: dict[str, tuple[Gold, ...]]
    answers: dict[str, str]


def contracts(folder: Path, table: str, texts: str) -> Iterator[Contract]:
    """Yield the contracts of a table whose text is there, in the order of the table."""
    csv.field_size_limit(1 << 30)
    with (folder / table).open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            file = folder / texts / f"{row['Filename'].rsplit('.', 1)[0]}.txt"
            if not file.is_file():
                continue
            text = file.read_text("utf-8")
            squeezed, offsets = _squeezed(text)
            yield Contract(
                file, text,
                {c: tuple(Gold(words, _places(words, squeezed, offsets)) for words in ast.literal_eval(row[c])) for c in CATEGORIES},
                {c: (row.get(f"{c}-Answer") or row.get(f"{c}- Answer") or "").strip() for c in CATEGORIES},
            )


def _squeezed(text: str) -> tuple[str, list[int]]:
    """Return a text without any blanks, and the offset of each of its characters."""
    offsets = [at for at, char in enumerate(text) if not char.isspace()]
    return "".join(text[at] for at in offsets), offsets


def _places(words: str, squeezed: str, offsets: list[int]) -> tuple[tuple[Span, ...], ...]:
    pieces = ["".join(piece.split()) for piece in words.split("<omitted>")]
    found = [_all(piece, squeezed, offsets) for piece in pieces if piece]
    found = [places for places in found if places]
    if not found:
        return ()
    if len(found) == 1:
        return tuple((span,) for span in found[0])
    return (tuple(places[0] for places in found),)


def _all(piece: str, squeezed: str, offsets: list[int]) -> list[Span]:
    out: list[Span] = []
    at = squeezed.find(piece)
    while at >= 0 and len(out) < _MOST_PLACES:
        out.append((offsets[at], offsets[at + len(piece) - 1] + 1))
        at = squeezed.find(piece, at + 1)
    return out


def overlap(span: Span, gold: Gold) -> float:
    """Return the characters that a stretch and a passage share over those of both, at the passage's best place."""
    best = 0.0
    for place in gold.places:
        shared = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in place)
        if shared:
            best = max(best, shared / (span[1] - span[0] + sum(end - start for start, end in place) - shared))
    return best


def matched(spans: Iterable[Span], golds: tuple[Gold, ...]) -> int:
    """Return how many stretches meet a passage of their own with half of the characters of both, or more."""
    left, hit = list(golds), 0
    for span in spans:
        best = max(left, key=lambda g: overlap(span, g), default=None)
        if best is not None and overlap(span, best) >= 0.5:
            left.remove(best)
            hit += 1
    return hit
