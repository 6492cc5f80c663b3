"""Numbers of lists and headings in OpenDocument (ODF 1.3 part 3, 16.29 to 16.34): they are not in the text and have to be counted."""
from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.extract.xml_names import attr, below, local

LEVELS_MAX = 10
_HEADINGS = "\0headings"


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered: `form` "1", "a", "A", "i", "I" or "" for none; `levels` how many are shown, as in "2.1"."""
    form: str
    prefix: str
    suffix: str
    levels: int
    start: int


Styles = dict[str, dict[int, Level]]


class Numbering:
    """Counts along a document. A list that goes on another of its style with `continue-numbering` goes on counting."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._counts: dict[str, list[int]] = {}
        self._open: list[str] = []
        self._fresh = False

    @classmethod
    def of(cls, root: etree._Element, styles: etree._Element | None) -> Numbering:
        """Return the numbering that the styles of a document say."""
        found: Styles = {}
        for tree in (styles, root):
            for element in below(tree, "list-style", "outline-style"):
                name = attr(element, "name") if local(element) == "list-style" else _HEADINGS
                found[name] = {_int(attr(e, "level"), 1): _level(e) for e in element if local(e).endswith(("level-style-number", "outline-level-style"))}
        return cls(found)

    def enter(self, style: str, goes_on: bool) -> None:
        """Begin a list, or one inside a list, whose style is that of the outer where it names none."""
        style = style or (self._open[-1] if self._open else "")
        self._open.append(style)
        depth = len(self._open)
        counts = self._counts.setdefault(style, [])
        if not goes_on or len(counts) < depth:
            del counts[depth - 1:]

    def leave(self) -> None:
        if self._open:
            self._open.pop()

    def item(self) -> None:
        """Begin an item; its first paragraph gets the number."""
        self._fresh = True
        if self._open:
            self._count(self._open[-1], len(self._open))

    def number(self, heading: int) -> str:
        """Return the number of the paragraph to come, "" for none; `heading` is its outline level, 0 for no heading."""
        if self._open:
            fresh, self._fresh = self._fresh, False
            return self._shown(self._open[-1], len(self._open)) if fresh else ""
        if heading and self._styles.get(_HEADINGS, {}).get(heading):
            self._count(_HEADINGS, heading)
            return self._shown(_HEADINGS, heading)
        return ""

    def _count(self, style: str, depth: int) -> None:
        counts = self._counts.setdefault(style, [])
        levels = self._styles.get(style, {})
        while len(counts) < depth:
            level = levels.get(len(counts) + 1)
            counts.append((level.start if level else 1) - (1 if len(counts) == depth - 1 else 0))
        del counts[depth:]
        counts[depth - 1] += 1

    def _shown(self, style: str, depth: int) -> str:
        levels, counts = self._styles.get(style, {}), self._counts.get(style, [])
        level = levels.get(depth)
        if level is None or not level.form or len(counts) < depth:
            return ""
        first = max(depth - level.levels, 0)
        said = [written(counts[n], known.form) for n in range(first, depth) if (known := levels.get(n + 1)) is not None and known.form]
        return f"{level.prefix}{'.'.join(said)}{level.suffix}".strip()


def _level(element: etree._Element) -> Level:
    shown = min(_int(attr(element, "display-levels"), 1), LEVELS_MAX)
    return Level(attr(element, "num-format"), attr(element, "num-prefix"), attr(element, "num-suffix"), shown,
                 _int(attr(element, "start-value"), 1))


def _int(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() and len(text) < 7 else otherwise


def written(number: int, form: str) -> str:
    """Return a number as a list shows it: 3 as "3", "c", "C", "iii" or "III"."""
    if form in ("a", "A"):
        letters = chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 26 * 20 else str(number)
        return letters.upper() if form == "A" else letters
    if form in ("i", "I") and 0 < number < 4000:
        out = ""
        for value, letters in _ROMAN:
            out += letters * (number // value)
            number %= value
        return out.upper() if form == "I" else out
    return str(number)


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
