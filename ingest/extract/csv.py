"""Tables in text files (RFC 4180 and its relatives): the text as it is, and the cells in it with their offsets and types.

Delimiter, quote and the decimal sign are found from the file.  A cell becomes a number or a date only where it can mean nothing else;
everything else stays the text that it is.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.extracted import Cell, Extracted, Scalar, Table
from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.extract.text import decode

CELLS_MAX = 500_000
_DELIMITERS = ",;\t|"
_SNIFF_CHARS = 1 << 16
_SNIFF_ROWS = 200

Span = tuple[int, int, str]
"""Start and end of a field in the text (quotes left out), and its value with doubled quotes undone."""


def rows_of(text: str, delimiter: str) -> Iterator[list[Span]]:
    """Yield the rows of a table, blank lines left out. A quote that is never closed ends with its line."""
    field = re.compile(rf'[ ]*"((?:[^"]|"")*+)"[ ]*(?={re.escape(delimiter)}|\n|\Z)|([^{re.escape(delimiter)}\n]*)')
    row, at, size = list[Span](), 0, len(text)
    while at <= size:
        found = field.match(text, at)
        if found is None:  # cannot be: the second form matches the empty string
            return
        if found.group(1) is not None:
            row.append((found.start(1), found.end(1), found.group(1).replace('""', '"')))
        else:
            row.append((found.start(2), found.end(2), found.group(2)))
        at = found.end()
        if at < size and text[at] == delimiter:
            at += 1
            continue
        if len(row) > 1 or row[0][2].strip():
            yield row
        row, at = [], at + 1
        if at >= size:
            return


def delimiter_of(text: str, claimed: str = "") -> str:
    """Return the delimiter under which most rows have the same number of fields, more than one; "" when none does."""
    head = text[:_SNIFF_CHARS]
    if len(text) > len(head):
        head = head[:head.rfind("\n") + 1] or head
    best, best_score = "", 0.0
    for candidate in (claimed, *_DELIMITERS) if claimed else _DELIMITERS:
        widths: Counter[int] = Counter()
        for number, row in enumerate(rows_of(head, candidate)):
            if number >= _SNIFF_ROWS:
                break
            widths[len(row)] += 1
        total = sum(widths.values())
        width, count = max(((w, c) for w, c in widths.items() if w > 1), key=lambda wc: (wc[1], wc[0]), default=(1, 0))
        score = count / total + min(width, 50) / 500 if total and width > 1 else 0.0
        if score > best_score + 1e-9:
            best, best_score = candidate, score
    return best if best_score > 0.3 else ""


# ---------------------------------------------------------------- types

_INTEGER = re.compile(r"-?(?:0|[1-9]\d{0,14})")
_GROUPED = {".": re.compile(r"-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?"), ",": re.compile(r"-?[1-9]\d{0,2}(?:[. '\u00a0\u202f]\d{3})+(?:,\d+)?")}
_DECIMAL = {".": re.compile(r"-?(?:0|[1-9]\d{0,14})?\.\d{1,15}"), ",": re.compile(r"-?(?:0|[1-9]\d{0,14})?,\d{1,15}")}
_PERCENT = re.compile(r"(.*\d)[ \u00a0]?%")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}:\d\d(?::\d\d)?))?")
_SURE_POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,}))%?")
_SURE_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,}))%?")


@dataclass(frozen=True, slots=True)
class Reading:
    """How cells are read: `decimal` "." or "," or "" when the file does not say, `day_first` by column, True, False or unknown."""
    decimal: str
    day_first: dict[int, bool]


def reading_of(rows: list[list[Span]]) -> Reading:
    """Return how the cells of a table are to be read, by those among them that can be read in one way only."""
    point = comma = 0
    first, second = dict[int, int](), dict[int, int]()
    for row in rows[:5000]:
        for column, (_, _, value) in enumerate(row):
            value = value.strip()
            point += bool(_SURE_POINT.fullmatch(value))
            comma += bool(_SURE_COMMA.fullmatch(value))
            if (day := _DAY.fullmatch(value)):
                first[column] = max(first.get(column, 0), int(day[1]))
                second[column] = max(second.get(column, 0), int(day[3]))
    decimal = "." if point > comma * 4 else "," if comma > point * 4 else ""
    day_first = {c: first[c] > 12 for c in first if (first[c] > 12) != (second[c] > 12)}
    return Reading(decimal, day_first)


def typed(value: str, column: int, reading: Reading) -> tuple[Scalar, bool]:
    """Return a cell's value and whether it was written as per cent (78.1% is 0.781)."""
    text = value.strip()
    if not text:
        return None, False
    if not (text[0].isdigit() or text[0] in "-.,"):
        return text, False
    if (percent := _PERCENT.fullmatch(text)):
        number = _number(percent[1], reading.decimal)
        return (round(number / 100, 12), True) if number is not None else (text, False)
    number = _number(text, reading.decimal)
    if number is not None:
        return number, False
    day = _day(text, reading.day_first.get(column))
    return (day or text), False


def _number(text: str, decimal: str) -> int | float | None:
    if _INTEGER.fullmatch(text):
        return int(text)
    for sign in ((decimal,) if decimal else (".", ",")):
        if not decimal and not (_SURE_POINT if sign == "." else _SURE_COMMA).fullmatch(text):
            continue
        if _DECIMAL[sign].fullmatch(text):
            return float(text.replace(",", "."))
        if _GROUPED[sign].fullmatch(text):
            bare = re.sub(r"[ '\u00a0\u202f]", "", text.replace(",", "") if sign == "." else text.replace(".", ""))
            return float(bare.replace(",", ".")) if sign in bare else int(bare)
    return None


def _day(text: str, day_first: bool | None) -> str:
    """Return a day as ISO 8601, "" for what is none or could be two."""
    if _ISO.fullmatch(text):
        return text
    found = _DAY.fullmatch(text)
    if found is None:
        return ""
    a, mark, b, year, time = int(found[1]), found[2], int(found[3]), found[4], found[5]
    if mark == ".":
        day_first = True  # nobody writes the month first with points
    if day_first is None:
        return ""
    day, month = (a, b) if day_first else (b, a)
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return ""
    return f"{year}-{month:02d}-{day:02d}" + (f"T{time.zfill(5)}" if time else "")


# ---------------------------------------------------------------- the reader

def table_of(text: str, claimed: str = "") -> tuple[Table | None, str]:
    """Return the table that a text is and its delimiter; (None, "") when it is none."""
    delimiter = delimiter_of(text, claimed)
    if not delimiter:
        return None, ""
    rows, count = list[list[Span]](), 0
    for row in rows_of(text, delimiter):
        rows.append(row)
        count += len(row)
        if count > CELLS_MAX:
            break
    reading = reading_of(rows)
    table = tuple(tuple(Cell(*_cell(span, column, reading)) for column, span in enumerate(row)) for row in rows)
    return Table("", None, table), delimiter


def _cell(span: Span, column: int, reading: Reading) -> tuple[Scalar, int, int, bool]:
    start, end, value = span
    scalar, percent = typed(value, column, reading)
    return scalar, start, end, percent


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    start = 0
    claimed = "\t" if work.identified.format == "tsv" else ""
    if text[:6].lower().startswith("sep=") and text[5:6] == "\n":  # how Excel is told the delimiter
        claimed, start = text[4], 6
    table, delimiter = table_of(text[start:], claimed)
    if table is not None and start:
        table = Table("", None, tuple(tuple(Cell(c.value, c.start + start, c.end + start, c.percent) for c in row) for row in table.rows))
    cells = sum(map(len, table.rows)) if table is not None else 0
    note = f"the table ends after {CELLS_MAX} cells; the text goes on" if cells > CELLS_MAX else "" if table else "no delimiter found; read as text"
    metadata = {"charset": charset} | ({"csv:delimiter": "tab" if delimiter == "\t" else delimiter} if delimiter else {})
    yield Extracted(Done(note), text=text, tables=(table,) if table is not None else (), metadata=metadata)


EXTRACTORS = (Extractor("csv", "1", bids({"csv": 1.0, "tsv": 1.0}), _read),)
