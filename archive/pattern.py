"""Patterns over one word, in a notation that every engine reads alike (Rust's regex and Lucene's RegExp with no flags).

    pattern := row ("|" row)*          row   := (atom repeat?)*
    atom    := letter | "." | "[" "^"? (letter ("-" letter)?)+ "]" | "(" pattern ")" | "\\d"
    repeat  := "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}"

A pattern describes a whole token of the exact stream, so its letters are folded as tokens are, and anything but a letter or digit in
it is an error: it would never be met.  Limits keep every engine from unfolding a pattern without bound: they are named in the errors.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from archive.analysis import fold, is_token

CHARS_MAX = 100
OPEN_REPEATS_MAX = 3
REPEAT_MAX = 20
PLACES_MAX = 200
STATES_MAX = 400
LETTERS_MIN = 2
"""How many letters or digits every word that the pattern describes must owe to the pattern itself."""
DEPTH_MAX = 8
_CLASS_LETTERS_MAX = 10
_WAYS_MAX = 20_000
_REST = "\uffff"
"""Stands for every character that the pattern does not name."""


class PatternError(ValueError):
    """The pattern cannot be used. `at` is the place in it, from 0; `remedy` says what to do."""

    def __init__(self, message: str, at: int, remedy: str) -> None:
        super().__init__(message)
        self.at, self.remedy = at, remedy


@dataclass(frozen=True, slots=True)
class Letters:
    """One character: one of `ranges` (first, last), or with `other` any that is in none of them."""
    ranges: tuple[tuple[str, str], ...]
    other: bool = False

    def takes(self, char: str) -> bool:
        return any(first <= char <= last for first, last in self.ranges) != self.other


@dataclass(frozen=True, slots=True)
class Several:
    """The parts one behind the other."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Again:
    """The part so many times; `most` None: any number."""
    part: Part
    least: int
    most: int | None


Part = Letters | Several | Either | Again

ANY = Letters((), True)


@lru_cache(256)
def parsed(text: str) -> Part:
    """Return what a pattern describes. Raises PatternError."""
    if len(text) > CHARS_MAX:
        raise PatternError(f"a pattern has at most {CHARS_MAX} characters", CHARS_MAX, "Shorten it.")
    reading = _Reading(text)
    part = reading.either(0)
    if reading.at < len(text):
        raise PatternError("this parenthesis was never opened", reading.at, "Remove it or add an opening one.")
    if _letters(part) < LETTERS_MIN:
        raise PatternError(f"it would be met by too many words: fewer than {LETTERS_MIN} letters or digits are given", 0, "Give more letters.")
    if _open(part) > OPEN_REPEATS_MAX:
        raise PatternError(f"it repeats without end more than {OPEN_REPEATS_MAX} times", 0, "Leave out some of * + {m,}.")
    if _size(part) > PLACES_MAX or _too_many_states(part):
        raise PatternError("it is too complex", 0, "Use fewer alternatives and smaller repeats.")
    return part


@lru_cache(256)
def written(part: Part) -> str:
    """Return the pattern in the common notation, to be held against a whole token."""
    match part:
        case Letters(ranges, other):
            if other and not ranges:
                return "."
            if not other and len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
                return ranges[0][0]
            return f"[{'^' if other else ''}{''.join(a if a == b else f'{a}-{b}' for a, b in ranges)}]"
        case Several(parts):
            return "".join(f"({written(each)})" if isinstance(each, Either) else written(each) for each in parts)
        case Either(parts):
            return "|".join(written(each) for each in parts)
        case Again(inner, least, most):
            body = written(inner) if isinstance(inner, Letters) else f"({written(inner)})"
            sign = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((least, most))
            return body + (sign or (f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}"))


def wildcard(text: str) -> Part:
    """Return a folded word with `*` (any characters) and `?` (one) as a pattern."""
    return Several(tuple(Again(ANY, 0, None) if c == "*" else ANY if c == "?" else Letters(((c, c),)) for c in text))


class Matcher:
    """Holds words against a pattern, in time that grows with their length alone. Remembers the ways it went."""

    def __init__(self, part: Part) -> None:
        self._steps, self._start, self._end = _automaton(part)
        self._ways: dict[tuple[frozenset[int], str], frozenset[int]] = {}

    def fullmatch(self, token: str) -> bool:
        """Say whether the pattern describes the whole token."""
        states = self._start
        for char in token:
            states = self._next(states, char)
            if not states:
                return False
        return self._end in states

    def _next(self, states: frozenset[int], char: str) -> frozenset[int]:
        known = self._ways.get((states, char))
        if known is None:
            known = _closed(self._steps, [goal for state in states for letters, goal in self._steps[state][1] if letters.takes(char)])
            if len(self._ways) < _WAYS_MAX:
                self._ways[states, char] = known
        return known


@lru_cache(256)
def matcher(text: str) -> Matcher:
    """Return what holds words against a pattern in the common notation, as `written` gave it."""
    return Matcher(_Reading(text).either(0))


# ---------------------------------------------------------------- reading

class _Reading:
    def __init__(self, text: str) -> None:
        self._text, self.at = text, 0

    def _next(self) -> str:
        return self._text[self.at] if self.at < len(self._text) else ""

    def either(self, depth: int) -> Part:
        if depth > DEPTH_MAX:
            raise PatternError(f"it is nested more than {DEPTH_MAX} deep", self.at, "Remove some parentheses.")
        parts = [self._row(depth)]
        while self._next() == "|":
            self.at += 1
            parts.append(self._row(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _row(self, depth: int) -> Part:
        parts: list[Part] = []
        began = self.at
        while self._next() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom(depth)))
        if not parts:
            raise PatternError("nothing stands here", began, "Give letters, or remove the | or the parentheses.")
        return parts[0] if len(parts) == 1 else Several(tuple(parts))

    def _repeated(self, part: Part) -> Part:
        sign, at = self._next(), self.at
        if sign in ("*", "+", "?"):
            self.at += 1
            part = Again(part, 1 if sign == "+" else 0, 1 if sign == "?" else None)
        elif sign == "{":
            closing = self._text.find("}", at)
            low, comma, high = self._text[at + 1:max(closing, at + 1)].partition(",")
            if closing < 0 or not low.isascii() or not low.isdigit() or (high and not (high.isascii() and high.isdigit())):
                raise PatternError("this repeat is not of the form {2}, {2,} or {2,4}", at, "Write it so.")
            least, most = int(low[:4]), int(high[:4]) if high else None if comma else int(low[:4])
            if max(least, most or 0) > REPEAT_MAX or (most is not None and most < max(least, 1)):
                raise PatternError(f"a repeat goes from a smaller to a larger number, at most {REPEAT_MAX}", at, "Change the numbers.")
            self.at = closing + 1
            part = Again(part, least, most)
        else:
            return part
        if self._next() in ("*", "+", "?", "{") and self._next():
            raise PatternError("a repeat cannot be repeated", self.at, "Put the part into parentheses, or remove one of them.")
        return part

    def _atom(self, depth: int) -> Part:
        char, at = self._next(), self.at
        self.at += 1
        if char == ".":
            return ANY
        if char == "(":
            inside = self.either(depth + 1)
            if self._next() != ")":
                raise PatternError("this parenthesis is not closed", at, "Add a closing one.")
            self.at += 1
            return inside
        if char == "[":
            return self._class(at)
        if char == "\\" and self._next() == "d":
            self.at += 1
            return Letters((("0", "9"),))
        if char in "*+?{":
            raise PatternError(f"{char} has nothing to its left that it could repeat", at, "Put a letter or . before it.")
        return self._letter(char, at)

    def _letter(self, char: str, at: int) -> Part:
        folded = fold(char)
        if not folded or not is_token(folded):
            raise PatternError(f"{char!r} is never met: a pattern is held against single words, which have letters and digits only", at,
                               "Leave it out; quotation marks look for several words in a row.")
        letters = tuple(Letters(((c, c),)) for c in folded)
        return letters[0] if len(letters) == 1 else Several(letters)

    def _class(self, opening: int) -> Part:
        other = self._next() == "^"
        self.at += other
        ranges: list[tuple[str, str]] = []
        while self._next() != "]":
            first = self._in_class(opening)
            last = first
            if self._next() == "-" and self._text[self.at + 1:self.at + 2] not in ("]", ""):
                self.at += 1
                last = self._in_class(opening)
            if last < first:
                raise PatternError("this range ends before it begins", self.at - 1, "Exchange its ends.")
            ranges.append((first, last))
        self.at += 1
        if not ranges:
            raise PatternError("the brackets are empty", opening, "Put letters between them.")
        return Letters(tuple(sorted(set(ranges))), other)

    def _in_class(self, opening: int) -> str:
        char, at = self._next(), self.at
        if not char:
            raise PatternError("this bracket is not closed", opening, "Add ].")
        self.at += 1
        folded = fold(char)
        if len(folded) != 1 or not is_token(folded):
            raise PatternError(f"{char!r} is never met: words have letters and digits only", at, "Leave it out.")
        return folded


# ---------------------------------------------------------------- measuring

def _letters(part: Part) -> int:
    """Return how many characters that the pattern names every word has at least."""
    match part:
        case Letters(ranges, other):
            return int(not other and sum(ord(b) - ord(a) + 1 for a, b in ranges) <= _CLASS_LETTERS_MAX)
        case Several(parts):
            return sum(map(_letters, parts))
        case Either(parts):
            return min(map(_letters, parts))
        case Again(inner, least, _):
            return least * _letters(inner)


def _open(part: Part) -> int:
    match part:
        case Letters():
            return 0
        case Several(parts) | Either(parts):
            return sum(map(_open, parts))
        case Again(inner, least, most):
            return _open(inner) * max(1, least if most is None else most) + (most is None)


def _size(part: Part) -> int:
    match part:
        case Letters():
            return 1
        case Several(parts) | Either(parts):
            return 1 + sum(map(_size, parts))
        case Again(inner, least, most):
            return 1 + _size(inner) * max(1, least + 1 if most is None else most)


Steps = list[tuple[list[int], list[tuple[Letters, int]]]]
"""For each state: where it goes by itself, and by which characters it goes where."""


def _automaton(part: Part) -> tuple[Steps, frozenset[int], int]:
    steps: Steps = []

    def new() -> int:
        steps.append(([], []))
        return len(steps) - 1

    def build(part: Part, begin: int) -> int:
        match part:
            case Letters():
                end = new()
                steps[begin][1].append((part, end))
                return end
            case Several(parts):
                for each in parts:
                    begin = build(each, begin)
                return begin
            case Either(parts):
                end = new()
                for each in parts:
                    steps[build(each, begin)][0].append(end)
                return end
            case Again(inner, least, most):
                for _ in range(least):
                    begin = build(inner, begin)
                if most is None:
                    loop = new()
                    steps[begin][0].append(loop)
                    steps[build(inner, loop)][0].append(loop)
                    return loop
                end = new()
                for _ in range(most - least):
                    steps[begin][0].append(end)
                    begin = build(inner, begin)
                steps[begin][0].append(end)
                return end

    start = new()
    end = build(part, start)
    return steps, _closed(steps, (start,)), end


def _closed(steps: Steps, states: Iterable[int]) -> frozenset[int]:
    met: set[int] = set()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state not in met:
            met.add(state)
            waiting += steps[state][0]
    return frozenset(met)


def _too_many_states(part: Part) -> bool:
    """Say whether an engine that follows every way at once would need more than STATES_MAX states."""
    steps, start, _ = _automaton(part)
    letters = {each for _, goes in steps for each, _ in goes}
    samples = {a for each in letters for a, _ in each.ranges} | {b for each in letters for _, b in each.ranges} | {_REST}
    samples |= {chr(ord(b) + 1) for each in letters for _, b in each.ranges}
    known, waiting = {start}, [start]
    while waiting:
        states = waiting.pop()
        for char in samples:
            goal = _closed(steps, [g for state in states for each, g in steps[state][1] if each.takes(char)])
            if goal and goal not in known:
                if len(known) >= STATES_MAX:
                    return True
                known.add(goal)
                waiting.append(goal)
    return False
