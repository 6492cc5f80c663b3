"""Numbers of automatic lists in Word (ECMA-376-1, 17.9): a clause that reads "22.3" on paper has no such characters in the file."""
from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from ingest.extract.base import CannotRead
from ingest.extract.docx_styles import Styles
from ingest.extract.package import Package
from ingest.extract.xml_names import attr, local

_LEVELS = 9
_BULLETS = {"\uf0b7": "•", "o": "•", "\uf0a7": "•", "\uf0d8": "•", "-": "-", "–": "–", "•": "•"}


def _value(element: etree._Element | None, name: str) -> str:
    return "" if element is None else attr(element, name)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((c for c in element if local(c) == name), None)


def _number(text: str, default: int) -> int:
    return int(text) if text.lstrip("-").isdigit() and len(text) < 7 else default


@dataclass(frozen=True, slots=True)
class Level:
    """How one level counts: `form` as in numFmt, `text` with %1 … %9 for the numbers of the levels, `style` that stands for it."""
    start: int = 1
    form: str = "decimal"
    text: str = ""
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted. `number` has to be called for the paragraphs in their order."""
    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, package: Package, styles: Styles | None) -> Numbering:
        """Return the numbering of a document with its styles; an empty one when it has none or either cannot be read."""
        try:
            abstract, made = dict[str, dict[int, Level]](), cls()
            if package.has("word/numbering.xml"):
                root = package.xml("word/numbering.xml")
                for element in root:
                    if local(element) == "abstractNum":
                        abstract[attr(element, "abstractNumId")] = _levels(element)
                for element in root:
                    if local(element) == "num":
                        based = _value(_child(element, "abstractNumId"), "val")
                        overrides = [o for o in element if local(o) == "lvlOverride"]
                        levels = dict(abstract.get(based, {}))
                        for override in overrides:
                            levels |= _overridden(override, levels)
                        made.lists[attr(element, "numId")] = (attr(element, "numId") if overrides else based, levels)
            if made.lists:
                if styles is None:
                    return cls()
                made.styles = styles.lists or {}
            return made
        except CannotRead:
            return cls()

    def number(self, paragraph: etree._Element, style: str) -> str:
        """Return the number that Word shows before a paragraph, "" for one that is in no list."""
        if not self.lists:
            return ""
        list_id, level = self._place(paragraph, style)
        known = self.lists.get(list_id)
        if known is None or list_id == "0":
            return ""
        key, levels = known
        how = levels.get(level)
        if how is None:
            return ""
        counts = self.counts.setdefault(key, [levels.get(n, Level()).start - 1 for n in range(_LEVELS)])
        counts[level] += 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = levels.get(deeper, Level()).start - 1
        if how.form == "bullet":
            return _BULLETS.get(how.text, "•")
        if how.form == "none" or not how.text:
            return ""
        shown = how.text
        for n in range(_LEVELS):
            if f"%{n + 1}" in shown:
                upper = levels.get(n, Level())
                value = counts[n] if n == level else max(counts[n], upper.start)
                shown = shown.replace(f"%{n + 1}", written(value, upper.form))
        return shown.strip()

    def _place(self, paragraph: etree._Element, style: str) -> tuple[str, int]:
        properties = _child(paragraph, "pPr")
        own = _child(properties, "numPr") if properties is not None else None
        list_id, level = self.styles.get(style, ("", 0))
        if own is not None:
            list_id = _value(_child(own, "numId"), "val") or list_id
            level = _number(_value(_child(own, "ilvl"), "val"), level)
        return list_id, min(max(level, 0), _LEVELS - 1)


def _levels(element: etree._Element) -> dict[int, Level]:
    return {_number(attr(lvl, "ilvl"), 0): _level(lvl) for lvl in element if local(lvl) == "lvl"}


def _level(lvl: etree._Element) -> Level:
    return Level(_number(_value(_child(lvl, "start"), "val"), 1), _value(_child(lvl, "numFmt"), "val") or "decimal",
                 _value(_child(lvl, "lvlText"), "val"), _value(_child(lvl, "pStyle"), "val"))


def _overridden(override: etree._Element, levels: dict[int, Level]) -> dict[int, Level]:
    at = _number(attr(override, "ilvl"), 0)
    own, known = _child(override, "lvl"), levels.get(at, Level())
    level = _level(own) if own is not None else known
    start = _value(_child(override, "startOverride"), "val")
    return {at: Level(_number(start, level.start), level.form, level.text, level.style)}


def written(value: int, form: str) -> str:
    """Return a number as a list shows it: decimal, letters, Roman; other forms as decimal."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        out = ""
        for size, mark in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
                           (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            out += mark * (value // size)
            value %= size
        return out if form == "lowerRoman" else out.upper()
    if form == "decimalZero":
        return f"{value:02d}"
    return str(value)
