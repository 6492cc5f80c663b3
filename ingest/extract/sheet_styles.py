"""What calamine leaves out of an OOXML workbook (ECMA-376-1 part 18): cells formatted as per cent, and comments."""
from __future__ import annotations

import posixpath
import re

from ingest.extract.base import CannotRead
from ingest.extract.package import XML_BYTES, Package
from ingest.extract.text import clean
from ingest.extract.xml_names import attr, below, local

_BUILT_IN_PERCENT = frozenset(("9", "10"))  # 18.8.30: 0% and 0.00%
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_REFERENCE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_STYLE = re.compile(rb"\bs=\"(\d{1,6})\"")
_COMMENTS_MAX = 5000
_FILLED_MAX = 1000


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part: id -> (last word of the type, full name of the target)."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels"
    if not package.has(rels):
        return {}
    found: dict[str, tuple[str, str]] = {}
    for relation in package.xml(rels):
        target = relation.get("Target") or ""
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id") or ""] = ((relation.get("Type") or "").rpartition("/")[2], full)
    return found


def _sheets(package: Package) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    if not package.has("xl/workbook.xml"):
        return {}
    relations = _relations(package, "xl/workbook.xml")
    found: dict[str, str] = {}
    for element in below(package.xml("xl/workbook.xml"), "sheet"):
        key = next((str(v) for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        if key in relations:
            found[element.get("name") or ""] = relations[key][1]
    return found


def percent_cells(package: Package) -> dict[str, frozenset[tuple[int, int]]]:
    """Return by sheet name the cells (row, column, both from 0) whose number format has a per cent sign."""
    if not package.has("xl/styles.xml"):
        return {}
    root = package.xml("xl/styles.xml")
    percent = set(_BUILT_IN_PERCENT) | {e.get("numFmtId") or "" for e in below(root, "numFmt") if "%" in (e.get("formatCode") or "")}
    formats = next((e for e in root if local(e) == "cellXfs"), None)
    styles = frozenset(str(n).encode() for n, xf in enumerate(formats if formats is not None else []) if xf.get("numFmtId") in percent)
    if not styles:
        return {}
    found: dict[str, frozenset[tuple[int, int]]] = {}
    for name, part in _sheets(package).items():
        if package.has(part):
            found[name] = frozenset(_styled(package.read(part, XML_BYTES), styles))
    return found


def odf_percent_cells(package: Package) -> dict[str, frozenset[tuple[int, int]]]:
    """Return the same of an OpenDocument workbook, whose cells say of what kind they are (ODF 1.3 part 3, 19.387)."""
    if not package.has("content.xml"):
        return {}
    found: dict[str, set[tuple[int, int]]] = {}
    row = column = 0
    repeated = 1
    sheet: set[tuple[int, int]] = set()
    for element in below(package.xml("content.xml"), "table", "table-row", "table-cell", "covered-table-cell"):
        name = local(element)
        if name == "table":
            sheet, row, repeated = found.setdefault(attr(element, "name"), set()), -1, 1
        elif name == "table-row":
            row, column = row + repeated, 0
            repeated = _repeats(attr(element, "number-rows-repeated"))
        elif name in ("table-cell", "covered-table-cell"):
            count = _repeats(attr(element, "number-columns-repeated"))
            if attr(element, "value-type") == "percentage":
                sheet.update((row + r, column + c) for r in range(min(repeated, _FILLED_MAX)) for c in range(min(count, _FILLED_MAX)))
            column += count
    return {name: frozenset(cells) for name, cells in found.items() if cells}


def _repeats(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 8 else 1


def _styled(sheet: bytes, styles: frozenset[bytes]) -> set[tuple[int, int]]:
    cells: set[tuple[int, int]] = set()
    for match in _CELL.finditer(sheet):
        style = _STYLE.search(match.group(1))
        if style is not None and style.group(1) in styles and (reference := _REFERENCE.search(match.group(1))):
            cells.add((int(reference.group(2)) - 1, _column(reference.group(1))))
    return cells


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def comments(package: Package) -> dict[str, list[str]]:
    """Return by sheet name the comments on its cells as lines "Comment (author) B4: words"."""
    found: dict[str, list[str]] = {}
    for name, part in _sheets(package).items():
        for kind, target in _relations(package, part).values():
            if kind == "comments" and package.has(target):
                try:
                    root = package.xml(target)
                except CannotRead:
                    continue
                authors = [a.text or "" for a in below(root, "author")]
                for comment in below(root, "comment"):
                    words = "".join(t.text or "" for t in below(comment, "t")).strip()
                    number = comment.get("authorId") or ""
                    author = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
                    if words and len(found.setdefault(name, [])) < _COMMENTS_MAX:
                        found[name].append(clean(f"Comment ({author}) {comment.get('ref') or ''}: {words}").replace("\n", " "))
    return found
