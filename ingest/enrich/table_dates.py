"""The date of a table: as-of, last line, or the end of the last month that it covers."""
from __future__ import annotations

import re
from typing import Final

from archive.model.extracted import Cell, Table
from archive.model.fact import Derived
from ingest.enrich.day_forms import MONTH, Day, Order, days, full_year, last_of_month, month_number
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold, vocabulary

_AS_OF = re.compile(r"\b(?:as of|as at|as on|at|stichtag|statement date|cut-?off(?: date)?|date d'arrete|fecha de corte|to|through|"
        r"until|stand|per|zum|bis|au|arrete au|a fecha(?: de)?|al|hasta|(?:saldos?|posicion|situacion|corte) a|closing date|balance date)\b\s?:?[\s|,;]*$")
_OTHER_DAY = re.compile(r"\b(?:due|fallig\w*|echeance|vence|vencimiento|value date|valuta|wertstellung|delivery|liefer\w*|period end|service to|"
                        r"cleared|applied|promised|expiry|expires)\b")
_MONTH_CELL = re.compile(rf"^\s*({MONTH})(?:[\s_./'-]+(\d\d|(?:19|20)\d\d))?\s*[*\u2020\u2021\u00b9\u00b2\u00b3]{{0,3}}\s*$")
_NUMBER_MONTH = re.compile(r"^\s*(?:(\d\d?)[/.](\d{4})|(\d{4})[-/.](\d\d?))\s*$")
_QUARTER = re.compile(r"^\s*(?:[qt]([1-4])[\s./'-]{0,3}((?:19|20)\d\d|\d\d)|((?:19|20)\d\d)[\s./-]{0,3}[qt]([1-4]))\s*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_DATE_HEADS: Final = vocabulary("date datum fecha received recibido reçu recu created timestamp time day posted buchungsdatum "
                                "belegdatum erfasst eingang submitted "
                               "response completed month monat mois mes buchung valuta")


_WEEKDAY: Final = 10
"""Letters that may stand beside a day in its cell; a remark that names a day has more."""


def table_date(doc: Doc, kind: str, order: Order) -> Derived | None:
    """Return the date of an item made of tables. `kind` decides: reports and surveys end with their month, ledgers with their last line."""
    if kind in ("survey", "sla_report"):
        return _end_of_months(doc, order) or _as_of(doc, order)
    return _as_of(doc, order) or _last_line(doc, order)


def _as_of(doc: Doc, order: Order) -> Derived | None:
    """A date in the first lines of a table with words such as `as of` in front, in the same cell or the one before."""
    for table in doc.extracted.tables:
        for row in (*table.rows[:8], *table.rows[max(8, len(table.rows) - 4):]):
            shown = [c for c in row if c.value not in (None, "")]
            if not shown or len(shown) > 4:
                continue
            start, end = shown[0].start, shown[-1].end
            for day in reversed(list(days(doc.folded, order, start, end))):
                before = re.sub(r"\s+", " ", doc.folded[max(start, day.start - 40):day.start])
                if _AS_OF.search(before):
                    return Derived(day.value, "as-of date", 0.9, doc.passage(day.start, day.end))
    return None


def _cell_day(doc: Doc, cell: Cell, order: Order) -> Day | None:
    """Return the day that a cell holds, typed or written."""
    value = cell.value
    if isinstance(value, str):
        if len(value) >= 10 and value[4:5] == "-" and value[7:8] == "-" and value[:4].isdigit():
            return Day(cell.start, cell.end, value[:10])
        if len(value) <= 25 and any(c.isdigit() for c in value):
            day = next(days(doc.folded, order, cell.start, cell.end), None)
            rest = doc.folded[cell.start:day.start] + doc.folded[day.end:cell.end] if day else ""
            return day if sum(c.isalpha() for c in rest) <= _WEEKDAY else None
    return None


def _dated_column(doc: Doc, table: Table, order: Order) -> list[Day]:
    """Return the days of the column of the table that has most of them, the leftmost of equals, in order of lines; no column of days due."""
    columns: dict[int, list[Day]] = {}
    due: set[int] = set()
    for number, row in enumerate(table.rows[:20_000]):
        for at, cell in enumerate(row[:12]):
            day = _cell_day(doc, cell, order)
            if day:
                columns.setdefault(at, []).append(day)
            elif number < 12 and isinstance(cell.value, str) and _OTHER_DAY.search(fold(cell.value)):
                due.add(at)
    own = {at: found for at, found in columns.items() if at not in due} or columns
    return max(own.items(), key=lambda c: (len(c[1]), -c[0]))[1] if own else []


def _last_line(doc: Doc, order: Order) -> Derived | None:
    for table in doc.extracted.tables:
        found = _dated_column(doc, table, order)
        if found:
            last = max(found, key=lambda d: d.value)
            return Derived(last.value, "last line", 0.85, doc.passage(last.start, last.end))
    return None


def _end_of_months(doc: Doc, order: Order) -> Derived | None:
    months: list[tuple[str, Cell]] = []
    for table in doc.extracted.tables:
        context = _YEAR.findall(table.name) or [y for row in table.rows[:3] for c in row if isinstance(c.value, str) for y in _YEAR.findall(c.value)]
        context = context or _YEAR.findall(doc.name)
        for number, row in enumerate(table.rows[:2000]):
            for cell in row if number < 12 and _months_across(row) else row[:2]:
                ended = _month_of(cell, context[-1] if context else None)
                if ended:
                    months.append((ended, cell))
        if months:
            break
    if months:
        value, cell = max(months, key=lambda pair: pair[0])
        return Derived(value, "end of the last month covered", 0.85, doc.passage(cell.start, cell.end))
    for table in doc.extracted.tables:
        found = _dated_column(doc, table, order)
        if found:
            last = max(found, key=lambda d: d.value)
            ended = last_of_month(int(last.value[:4]), int(last.value[5:7]))
            if ended:
                return Derived(ended, "end of the last month covered", 0.85, doc.passage(last.start, last.end))
    return None


def _months_across(row: tuple[Cell, ...]) -> bool:
    """Say whether a heading names months side by side."""
    return sum(_month_of(cell, "2000") is not None for cell in row[:40]) >= 2


def _month_of(cell: Cell, year: str | None) -> str | None:
    if not isinstance(cell.value, str) or len(cell.value) > 20:
        return None
    folded = fold(cell.value)
    m = _MONTH_CELL.match(folded)
    if m:
        month = month_number(m[1])
        digits = m[2] or year
        return last_of_month(full_year(digits), month) if month and digits else None
    m = _QUARTER.match(folded)
    if m:
        return last_of_month(full_year(m[2] or m[3]), 3 * int(m[1] or m[4]))
    m = _NUMBER_MONTH.match(folded)
    if m:
        return last_of_month(int(m[2] or m[3]), int(m[1] or m[4]))
    return None
