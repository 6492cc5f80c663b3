"""What is typed as one thing, as words in a row: `INV-25-0331`, `"notice of terminat*"`, `INV-2?-0331`."""
from __future__ import annotations

import re

from archive.analysis import analyse_exact, is_token
from archive.errors import QuerySyntax
from archive.model.query import Piece, Run
from archive.pattern import parsed, wildcard, written
from search_api.query.fields import is_pattern, pattern_of
from search_api.query.tree import Expression, Loose, Pattern, Quoted, Side, Word

EDITS_LETTERS = {1: 3, 2: 4}
"""How long a word must be for so many letters of it to differ."""
LOOSE_LETTERS_MAX = 20

_PART = re.compile(r"(?:[^\W_]|[*?])+")
_SAME_LETTERS_MIN = 1


def row_of(text: str, at: int) -> Run:
    """Return exact words in a row, patterns among them; () when there is no word. Raises QuerySyntax for a pattern that is too wide."""
    out: list[Piece] = []
    for typed in text.split():
        if not is_pattern(typed):
            out += [Piece(token, "exact") for token in analyse_exact(typed).split()]
            continue
        parts = _PART.findall(typed)
        for part in parts:
            out += [_pattern(part, at, len(parts) > 1)] if "*" in part or "?" in part else [Piece(t, "exact") for t in analyse_exact(part).split()]
    return tuple(out)


def run_of(side: Side) -> Run | None:
    """Return the words in a row that a side of a proximity stands for; None for a word that may have several forms."""
    match side:
        case Word(text, _, exact):
            return tuple(Piece(token, "exact") for token in analyse_exact(text).split()) if exact else None
        case Quoted(text, at) | Pattern(text, at):
            return row_of(text, at)
        case Loose(text):
            return (Piece(loosely(analyse_exact(text)), "pattern"),)
        case Expression(text):
            return (Piece(written(parsed(text)), "pattern"),)


def loosely(token: str) -> str:
    """Return a pattern for a word and those that have one letter more, less or other. Raises QuerySyntax for one that is too long."""
    if len(token) > LOOSE_LETTERS_MAX:
        raise QuerySyntax(f"{token!r} is too long to be looked for loosely beside other words.", 0, "Use a pattern.")
    forms = [token[:n] + "." + token[n:] for n in range(len(token) + 1)] + [token[:n] + ".?" + token[n + 1:] for n in range(len(token))]
    return "|".join(forms)


def _pattern(part: str, at: int, among_others: bool) -> Piece:
    if among_others and "*" not in part and sum(char != "?" for char in part) >= _SAME_LETTERS_MIN:
        folded = "".join(char if char == "?" else analyse_exact(char) for char in part)
    else:
        folded = pattern_of(part, at)
    if not is_token(folded.replace("*", "").replace("?", "")):
        raise QuerySyntax(f"{part!r} (position {at}) is never met: a pattern is held against single words.", at,
                          "Leave out what is no letter or digit.")
    return Piece(written(wildcard(folded)), "pattern")
