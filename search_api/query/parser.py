"""Read a query (docs/query-language.md). Recursive descent:

    query := all ("OR" all)*
    all   := part ("AND"? part)*
    part  := ("NOT" | "-" | "+") part | "(" query ")" | field value | "=" word | quote | word
    value := "(" query ")" | quote | word
"""
from __future__ import annotations

from archive.analysis import analyse_exact
from archive.errors import QuerySyntax
from search_api.query.fields import TEXT_FIELDS, canonical, is_pattern, pattern_of
from search_api.query.lexer import Piece, pieces
from search_api.query.tree import All, Any, Asked, But, Everything, Filter, Node, Pattern, Quoted, Word
from search_api.query.words import function_words

DEPTH_MAX = 20
LEAVES_MAX = 64
SLOP_MAX = 20
SLOPPY_WORDS_MAX = 5

_PUNCTUATION = "?!.,;:'’…"
_STARTS = ("word", "quote", "field", "(", "NOT", "-", "+", "=")


def parse(text: str) -> Asked:
    """Return what was asked. Nothing at all asks for everything. Raises QuerySyntax naming the place and how it is probably mended."""
    found = list(pieces(text))
    if all(piece.kind in ("word", "end") and not is_pattern(piece.text) for piece in found):
        return _plain(found)
    reading = _Reading(found)
    root = reading.query("", 0)
    reading.expect_end()
    return Asked("exact", _whole(root, found))


def _plain(found: list[Piece]) -> Asked:
    words: dict[str, Word] = {}
    for piece in found[:-1]:
        if analyse_exact(piece.text):
            words.setdefault(analyse_exact(piece.text), Word(piece.text.strip(_PUNCTUATION), piece.at))
    if not words:
        if len(found) > 1:
            raise _no_word(found[0])
        return Asked("plain", Everything())
    _limit(len(words), found[-1].at)
    dropped = function_words(list(words))
    kept = tuple(word for tokens, word in words.items() if tokens not in dropped)
    return Asked("plain", kept[0] if len(kept) == 1 else Any(kept), tuple(word.text for tokens, word in words.items() if tokens in dropped))


def _whole(root: Node | None, found: list[Piece]) -> Node:
    if root is None:
        raise _no_word(found[0])
    return root


def _no_word(piece: Piece) -> QuerySyntax:
    return QuerySyntax("There is no word or number in the query.", piece.at, "Give at least one word, number or field.")


def _limit(leaves: int, at: int) -> None:
    if leaves > LEAVES_MAX:
        raise QuerySyntax(f"The query has more than {LEAVES_MAX} words and conditions.", at, "Leave out what matters least.")


class _Reading:
    """Goes through the pieces once. Its methods return None for what says nothing (a lone punctuation mark)."""

    def __init__(self, found: list[Piece]) -> None:
        self._found, self._next, self._leaves = found, 0, 0

    def query(self, field: str, depth: int) -> Node | None:
        parts = [self._all(field, depth)]
        while self._here.kind == "OR":
            self._take()
            self._operand("OR")
            parts.append(self._all(field, depth))
        return _joined(Any, parts)

    def expect_end(self) -> None:
        if self._here.kind == ")":
            raise QuerySyntax(f"The closing parenthesis at position {self._here.at} was never opened.", self._here.at,
                              "Remove it or add an opening one.")

    @property
    def _here(self) -> Piece:
        return self._found[self._next]

    def _take(self) -> Piece:
        piece = self._here
        self._next += piece.kind != "end"
        return piece

    def _operand(self, operator: str) -> None:
        """Hold that something follows an operator."""
        if self._here.kind not in _STARTS:
            raise QuerySyntax(f"{operator} has nothing to its right (position {self._here.at}).", self._here.at,
                              f'Add what it joins, or write "{operator.lower()}" in small letters when the word is meant.')

    def _all(self, field: str, depth: int) -> Node | None:
        if self._here.kind in ("AND", "OR"):
            raise QuerySyntax(f"{self._here.text} has nothing to its left (position {self._here.at}).", self._here.at,
                              "Add what it joins, or write it in small letters when the word is meant.")
        parts: list[Node | None] = []
        while True:
            if self._here.kind in _STARTS:
                parts.append(self._part(field, depth))
            elif self._here.kind == "AND":
                self._take()
                self._operand("AND")
            else:
                return _joined(All, parts)

    def _part(self, field: str, depth: int) -> Node | None:
        if depth > DEPTH_MAX:
            raise QuerySyntax(f"The query is nested more than {DEPTH_MAX} deep.", self._here.at, "Remove some parentheses.")
        piece = self._take()
        match piece.kind:
            case "NOT" | "-" | "+":
                self._operand("NOT" if piece.kind == "NOT" else piece.kind)
                part = self._part(field, depth + 1)
                return part if piece.kind == "+" or part is None else But(part)
            case "(":
                return self._group(piece, field, depth)
            case "field":
                return self._field(piece, field, depth)
            case "=":
                if self._here.kind != "word":
                    raise QuerySyntax(f"= at position {piece.at} has no word behind it.", piece.at, "Write =word, or quotation marks for several.")
                return self._word(self._take(), field, exact=True)
            case "quote":
                return self._quoted(piece, field)
            case _:
                return self._word(piece, field)

    def _group(self, opening: Piece, field: str, depth: int) -> Node | None:
        inside = self.query(field, depth + 1) if self._here.kind != ")" else None
        if self._here.kind != ")":
            raise QuerySyntax(f"The parenthesis at position {opening.at} is not closed.", opening.at, "Add a closing one or remove this one.")
        self._take()
        return inside

    def _field(self, piece: Piece, outer: str, depth: int) -> Node | None:
        name = canonical(piece.text)
        if outer:
            raise QuerySyntax(f"The field {name} at position {piece.at} stands inside another field.", piece.at,
                              "Close the parenthesis of the outer field first.")
        if self._here.kind in ("=", "-") and (name not in TEXT_FIELDS or self._here.kind == "-"):
            raise QuerySyntax(f"The value of {name} at position {self._here.at} begins with {self._here.text!r}.", self._here.at,
                              f"Write {name}:value, or -{name}:value for all others.")
        if self._here.kind not in ("word", "quote", "(", "="):
            raise QuerySyntax(f"The field {name} at position {piece.at} has no value.", piece.at, f"Write {name}:value without a blank.")
        return self._part(name, depth + 1)

    def _word(self, piece: Piece, field: str, exact: bool = False) -> Node | None:
        self._leaves += 1
        _limit(self._leaves, piece.at)
        if field and field not in TEXT_FIELDS:
            return Filter(field, piece.text, piece.at)
        if set(piece.text) == {"*"} and not field:
            return Everything()
        if not is_pattern(piece.text):
            if analyse_exact(piece.text):
                return Word(piece.text, piece.at, exact, field)
            if field:
                raise QuerySyntax(f"{piece.text!r} (position {piece.at}) has no letter or digit.", piece.at, f"Write {field}:word.")
            return None
        return self._pattern(piece, field)

    def _pattern(self, piece: Piece, field: str) -> Node:
        """A pattern is held against single tokens, or in `filename:` against the whole name."""
        if field == "filename":
            return Filter("filename", piece.text, piece.at) if pattern_of(piece.text, piece.at) else Everything()
        parts = analyse_exact(piece.text.replace("*", "x").replace("?", "x")).split()
        stem = piece.text.rstrip("*").rstrip("-./_,:")
        if len(parts) > 1 and not is_pattern(stem) and piece.text.endswith("*") and stem + "*" != piece.text:
            # `INV-25-*`: an identifier is a run of tokens, and its beginning is found by its first ones.
            return Word(stem, piece.at, True, field)
        if len(parts) > 1:
            raise QuerySyntax(f"The pattern {piece.text!r} (position {piece.at}) is more than one word.", piece.at,
                              "Use * and ? inside a single word; the beginning of a number such as INV-25 is found without them.")
        pattern_of(piece.text, piece.at)
        return Pattern(piece.text, piece.at, field)

    def _quoted(self, piece: Piece, field: str) -> Node:
        self._leaves += 1
        _limit(self._leaves, piece.at)
        if field and field not in TEXT_FIELDS:
            return Filter(field, piece.text.strip(), piece.at)
        tokens = analyse_exact(piece.text).split()
        if not tokens:
            raise QuerySyntax(f"The quotation marks at position {piece.at} hold no word or number.", piece.at, "Put words between them.")
        if piece.slop > SLOP_MAX or (piece.slop and len(tokens) > SLOPPY_WORDS_MAX) or _too_wide(len(tokens), piece.slop):
            raise QuerySyntax(f'The phrase at position {piece.at} cannot be searched with "~{piece.slop}".', piece.at,
                              f"The distance is at most {SLOP_MAX} for two words, 8 for three, 4 for four, 3 for five.")
        return Quoted(piece.text, piece.at, piece.slop, field)


def _too_wide(words: int, slop: int) -> bool:
    return slop > {1: SLOP_MAX, 2: SLOP_MAX, 3: 8, 4: 4, 5: 3}.get(words, 0)


def _joined(kind: type[All] | type[Any], parts: list[Node | None]) -> Node | None:
    met = tuple(part for part in parts if part is not None)
    return None if not met else met[0] if len(met) == 1 else kind(met)
