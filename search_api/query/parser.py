"""Read a query (docs/query-language.md). Recursive descent:

    query := all ("OR" all)*
    all   := near ("AND"? near)*
    near  := part (("W/n" | "PRE/n") part)?
    part  := ("NOT" | "-" | "+") near | "(" query ")" | holder "{" query "}" | field value | "=" word | "/regex/" | quote | word
    value := "(" query ")" | "/regex/" | quote | word
"""
from __future__ import annotations

import re

from archive.analysis import analyse_exact
from archive.errors import QuerySyntax
from archive.pattern import PatternError, parsed
from search_api.query.dates import RELATIVE_WORDS
from search_api.query.fields import DATED, TEXT_FIELDS, canonical, is_pattern, pattern_of
from search_api.query.lexer import Piece, pieces
from search_api.query.rows import EDITS_LETTERS, row_of
from search_api.query.tree import All, Any, Asked, But, Everything, Expression, Filter, Holding, Loose, Nearby, Node, Pattern, Quoted, Side, Word
from search_api.query.words import function_words

DEPTH_MAX = 20
LEAVES_MAX = 64
SLOP_MAX = 20
SLOPPY_WORDS_MAX = 5
DISTANCE_MAX = 100
HOLDERS_MAX = 8
WITHIN_DAYS_MAX = 36_600

_PUNCTUATION = "?!.,;:'’…"
_STARTS = ("word", "quote", "regex", "field", "holder", "(", "NOT", "-", "+", "=")
_LOOSE = re.compile(r"(.+)~(\d?)")
_SIDES = (Word, Quoted, Pattern, Loose, Expression)


def parse(text: str, exact: bool = False) -> Asked:
    """Return what was asked. Nothing at all asks for everything. Raises QuerySyntax naming the place and how it is probably mended.

    `exact`: bare words are joined by AND too, so that the answer is a set and not a ranking.
    """
    found = list(pieces(text))
    if not exact and all(piece.kind in ("word", "end") and not is_pattern(piece.text) and not _LOOSE.fullmatch(piece.text) for piece in found):
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
        self._found, self._next, self._leaves, self._holders = found, 0, 0, 0

    def query(self, field: str, depth: int) -> Node | None:
        parts = [self._all(field, depth)]
        while self._here.kind == "OR":
            self._take()
            self._operand("OR")
            parts.append(self._all(field, depth))
        return _joined(Any, parts)

    def expect_end(self) -> None:
        left = self._here
        if left.kind == ")":
            raise QuerySyntax(f"The closing parenthesis at position {left.at} was never opened.", left.at, "Remove it or add an opening one.")
        if left.kind != "end":
            raise QuerySyntax(f"{left.text!r} at position {left.at} cannot stand here.", left.at, "Remove it, or put it in quotation marks.")

    @property
    def _here(self) -> Piece:
        return self._found[self._next]

    def _is(self, kind: str) -> bool:
        return self._here.kind == kind

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
        if self._here.kind in ("AND", "OR", "near", "within"):
            raise QuerySyntax(f"{self._here.text} has nothing to its left (position {self._here.at}).", self._here.at,
                              "Add what it joins, or write it in small letters when the word is meant.")
        parts: list[Node | None] = []
        while True:
            if self._here.kind in _STARTS:
                parts.append(self._near(field, depth))
            elif self._here.kind == "AND":
                self._take()
                self._operand("AND")
            elif self._here.kind == "within":
                parts = _within(self._take(), parts)
            else:
                return _joined(All, parts)

    def _near(self, field: str, depth: int) -> Node | None:
        left = self._part(field, depth)
        if not self._is("near"):
            return left
        sign = self._take()
        name = f"{'PRE' if sign.text == 'PRE' else 'W'}/{sign.number}"
        if not 1 <= sign.number <= DISTANCE_MAX:
            raise QuerySyntax(f"The distance of {name} at position {sign.at} is not between 1 and {DISTANCE_MAX}.", sign.at,
                              "1 means side by side; AND finds both wherever they stand.")
        self._operand(name)
        right = self._part(field, depth)
        if self._is("near"):
            raise QuerySyntax(f"Two proximities in a row (position {self._here.at}) can be read in two ways.", self._here.at,
                              f"Join two of them: (a {name} b) AND (b {name} c).")
        sides = _sides(left, name, sign.at), _sides(right, name, sign.at)
        fields = {side.field for both in sides for side in both}
        if len(fields) > 1:
            raise QuerySyntax(f"The two sides of {name} (position {sign.at}) are in different fields.", sign.at,
                              f"Write field:(a {name} b): words are near one another in one field only.")
        return Nearby(*sides, sign.number, sign.text == "PRE", sign.at, fields.pop())

    def _part(self, field: str, depth: int) -> Node | None:
        if depth > DEPTH_MAX:
            raise QuerySyntax(f"The query is nested more than {DEPTH_MAX} deep.", self._here.at, "Remove some parentheses.")
        piece = self._take()
        match piece.kind:
            case "NOT" | "-" | "+":
                self._operand("NOT" if piece.kind == "NOT" else piece.kind)
                part = self._near(field, depth + 1)
                return part if piece.kind == "+" or part is None else But(part)
            case "(":
                return self._group(piece, field, depth)
            case "field":
                return self._field(piece, field, depth)
            case "holder":
                return self._holder(piece, field, depth)
            case "regex":
                return self._regex(piece, field)
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

    def _holder(self, piece: Piece, outer: str, depth: int) -> Node:
        if outer:
            raise QuerySyntax(f"{piece.text}:{{…}} at position {piece.at} stands inside another field.", piece.at, "Put it outside.")
        self._holders += 1
        if self._holders > HOLDERS_MAX:
            raise QuerySyntax(f"The query has more than {HOLDERS_MAX} thread:{{…}} and family:{{…}}.", piece.at, "Use fewer.")
        inside = self.query("", depth + 1) if self._here.kind != "}" else None
        if self._here.kind != "}":
            raise QuerySyntax(f"The brace after {piece.text}: at position {piece.at} is not closed.", piece.at, "Add } behind what it holds.")
        if inside is None:
            raise QuerySyntax(f"Nothing stands in {piece.text}:{{}} (position {piece.at}).", piece.at,
                              f"Write {piece.text}:{{words or conditions}}.")
        self._take()
        return Holding(piece.text, (inside,), piece.at)

    def _regex(self, piece: Piece, field: str) -> Node:
        self._leaves += 1
        _limit(self._leaves, piece.at)
        if field and field not in TEXT_FIELDS:
            return Filter(field, f"/{piece.text}/", piece.at)
        try:
            parsed(piece.text)
        except PatternError as error:
            at = piece.at + 1 + min(error.at, len(piece.text))
            raise QuerySyntax(f"The expression /{piece.text}/ cannot be used (position {at}): {error}.", at, error.remedy) from error
        return Expression(piece.text, piece.at, field)

    def _field(self, piece: Piece, outer: str, depth: int) -> Node | None:
        name = canonical(piece.text)
        if outer:
            raise QuerySyntax(f"The field {name} at position {piece.at} stands inside another field.", piece.at,
                              "Close the parenthesis of the outer field first.")
        if self._here.kind in ("=", "-") and (name not in TEXT_FIELDS or self._here.kind == "-"):
            raise QuerySyntax(f"The value of {name} at position {self._here.at} begins with {self._here.text!r}.", self._here.at,
                              f"Write {name}:value, or -{name}:value for all others.")
        if name in DATED and self._here.kind == "word" and self._here.text.lower() in RELATIVE_WORDS:
            return self._relative(name)
        if self._here.kind not in ("word", "quote", "regex", "(", "="):
            raise QuerySyntax(f"The field {name} at position {piece.at} has no value.", piece.at, f"Write {name}:value without a blank.")
        return self._part(name, depth + 1)

    def _relative(self, name: str) -> Node:
        """`date:last month`, `after:last 30 days`: the words that belong to it."""
        first = self._take()
        words = [first.text]
        while self._here.kind == "word" and (self._here.text.isdigit() or self._here.text.lower().rstrip("s") in _UNITS) and len(words) < 3:
            words.append(self._take().text)
            if not words[-1].isdigit():
                break
        self._leaves += 1
        _limit(self._leaves, first.at)
        return Filter(name, " ".join(words), first.at)

    def _word(self, piece: Piece, field: str, exact: bool = False) -> Node | None:
        self._leaves += 1
        _limit(self._leaves, piece.at)
        if field and field not in TEXT_FIELDS:
            return Filter(field, piece.text, piece.at)
        if set(piece.text) == {"*"} and not field:
            return Everything()
        if loose := _LOOSE.fullmatch(piece.text):
            return _loose(piece, loose.group(1), loose.group(2), field)
        if not is_pattern(piece.text):
            if analyse_exact(piece.text):
                return Word(piece.text, piece.at, exact, field)
            if field:
                raise QuerySyntax(f"{piece.text!r} (position {piece.at}) has no letter or digit.", piece.at, f"Write {field}:word.")
            return None
        return self._pattern(piece, field)

    def _pattern(self, piece: Piece, field: str) -> Node:
        """A pattern is held against single words, or in `filename:` against the whole name."""
        if field == "filename":
            return Filter("filename", piece.text, piece.at) if pattern_of(piece.text, piece.at) else Everything()
        stem = piece.text.rstrip("*").rstrip("-./_,:")
        if analyse_exact(stem) and not is_pattern(stem) and stem != piece.text.rstrip("*"):
            # `INV-25-*`: an identifier is a run of tokens, and its beginning is found by its first ones.
            return Word(stem, piece.at, True, field)
        row_of(piece.text, piece.at)
        return Pattern(piece.text, piece.at, field)

    def _quoted(self, piece: Piece, field: str) -> Node:
        self._leaves += 1
        _limit(self._leaves, piece.at)
        if field and field not in TEXT_FIELDS:
            return Filter(field, piece.text.strip(), piece.at)
        row = row_of(piece.text, piece.at)
        if not row:
            raise QuerySyntax(f"The quotation marks at position {piece.at} hold no word or number.", piece.at, "Put words between them.")
        if piece.number and any(each.form == "pattern" for each in row):
            raise QuerySyntax(f"The phrase at position {piece.at} has a pattern and a distance.", piece.at,
                              f"Leave out one of them, or write: word W/{piece.number} patt*.")
        if piece.number > SLOP_MAX or (piece.number and len(row) > SLOPPY_WORDS_MAX) or _too_wide(len(row), piece.number):
            raise QuerySyntax(f'The phrase at position {piece.at} cannot be searched with "~{piece.number}".', piece.at,
                              f"The distance is at most {SLOP_MAX} for two words, 8 for three, 4 for four, 3 for five.")
        return Quoted(piece.text, piece.at, piece.number, field)


_UNITS = ("day", "week", "month", "quarter", "year")


def _loose(piece: Piece, text: str, edits: str, field: str) -> Node:
    """`word~` allows one letter more, less or other in words of 3 to 5 letters, two in longer ones; `word~1` and `word~2` say it."""
    tokens = analyse_exact(text).split()
    if len(tokens) != 1 or "*" in text or "?" in text:
        raise QuerySyntax(f"{piece.text!r} (position {piece.at}) is not one word.", piece.at, "Write ~ behind a single word without * or ?.")
    size = len(tokens[0])
    if edits not in ("", "1", "2") or size < EDITS_LETTERS[int(edits or 1)]:
        raise QuerySyntax(f"{piece.text!r} (position {piece.at}) allows too many letters to differ.", piece.at,
                          f"One may differ from {EDITS_LETTERS[1]} letters on, two from {EDITS_LETTERS[2]} on.")
    return Loose(text, piece.at, int(edits) if edits else 2 if size > 5 else 1, field)


def _sides(node: Node | None, name: str, at: int) -> tuple[Side, ...]:
    """Return the alternatives on one side of a proximity. Raises QuerySyntax for what cannot be near anything."""
    if isinstance(node, Any):
        return tuple(side for part in node.parts for side in _sides(part, name, at))
    if not isinstance(node, _SIDES) or (isinstance(node, Quoted) and node.slop):
        mend = {All: f"Write (a {name} c) AND (b {name} c).", Nearby: f"Write (a {name} b) AND (b {name} c).",
                But: f"Write (a AND b) AND NOT (a {name} b)."}.get(type(node), "Put a word, phrase, pattern or (one OR another) on each side.")
        raise QuerySyntax(f"{name} (position {at}) stands between words, phrases, patterns and groups of them joined by OR.", at, mend)
    if isinstance(node, Loose) and node.edits > 1:
        raise QuerySyntax(f"{node.text}~ (position {node.at}) cannot stand beside {name}.", node.at, f"Allow one letter: {node.text}~1, or use a pattern.")
    return (node,)


def _within(piece: Piece, parts: list[Node | None]) -> list[Node | None]:
    """Return the parts with the `thread:{…} AND thread:{…}` before `within N days` as one."""
    together: list[Holding] = []
    while parts and isinstance(last := parts[-1], Holding) and last.days is None and (not together or last.by == together[0].by):
        together.insert(0, last)
        parts = parts[:-1]
    if len(together) < 2:
        raise QuerySyntax(f"{piece.text!r} (position {piece.at}) has not two of a kind to its left.", piece.at,
                          "Write thread:{A} AND thread:{B} within 5 days.")
    if piece.number > WITHIN_DAYS_MAX:
        raise QuerySyntax(f"{piece.text!r} (position {piece.at}) is too long a time.", piece.at, "Leave it out: all times are meant then.")
    return [*parts, Holding(together[0].by, tuple(part for each in together for part in each.parts), together[0].at, piece.number)]


def _too_wide(words: int, slop: int) -> bool:
    return slop > {1: SLOP_MAX, 2: SLOP_MAX, 3: 8, 4: 4, 5: 3}.get(words, 0)


def _joined(kind: type[All] | type[Any], parts: list[Node | None]) -> Node | None:
    met = tuple(part for part in parts if part is not None)
    return None if not met else met[0] if len(met) == 1 else kind(met)
