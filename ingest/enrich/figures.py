"""What service and satisfaction were measured at: facts `figure` of reports, reviews and surveys.

The value is a JSON object: `metric` as named there, `value`, `target` where one is given, `date` (the end of the month measured; for figures of a
review the day of the review).  A share is a fraction where a per cent sign or a percentage cell stands, else the number as written.  For surveys the
mean of each question by month, the net promoter score of questions from 0 to 10, and the share of the two best marks of those from 1 to 5.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from archive.model.extracted import Cell, Passage, Table
from archive.model.fact import Derived, Fact
from ingest.enrich.amounts import decimal_from
from ingest.enrich.day_forms import MONTH_NAME, Order, days, full_year, last_of_month, month_number, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold
from ingest.enrich.ledger_lines import number_in
from ingest.enrich.row_values import row

KINDS: Final = frozenset({"sla_report", "review", "survey", "meeting_note"})
_MOST: Final = 400
_METRIC = (r"(?:c-?sat|nps|ces|fcr|aht|asa|frt|csl-?\s?\d*|sl-?\s?\d+|sla-?\s?\d+|kpi-?\s?\d+|service[- ]?level\w*|servicelevel\w*|"
    r"nivel de servicio|niveau de service|taux de (?:service|reponse|decroche\w*|satisfaction)|"
           r"first (?:reply|response|contact)[a-z ]{0,20}|(?:average )?(?:handling|handle|response|reply|answer) time|answered (?:within|in)[^|"
           r":;,\n]{0,20}|"
           r"(?:calls?|chats?|contacts?|e-?mails?|anrufe?|appels|llamadas)(?: (?:answered|beantwortet|repondus|atendidas))? (?:within|in|"
           r"innerhalb(?: von)?|in unter|"
    r"en(?: moins de)?|dans les|dentro de) \d{1,3} ?(?:s\b|sec\w*|sekunden|segundos|h\b|hours|stunden|heures|horas|min\w*)|"
           r"abandon\w*(?: rate| calls| %)?|quality(?: score)?|qa(?: score)?|accuracy|schedule adherence|customer effort|net promoter(?: score)?|"
           r"satisfaction(?: score| client\w*)?|resolution(?: rate)?|"
           r"premiere reponse|temps de reponse|delai de reponse|resolution au premier contact|satisfaction|"
           r"erreichbarkeit|antwortzeit|bearbeitungszeit|erstlosungs\w*|losungsquote|kundenzufriedenheit|zufriedenheit|annahmequote|abbruch\w*|"
           r"weiterempfehlung\w*|"
           r"tiempo de respuesta|primera respuesta|satisfaccion|tasa de (?:abandono|respuesta|resolucion)|calidad|resolucion en primer contacto)")
_IS_METRIC = re.compile(rf"\b{_METRIC}|%|\b(?:rate|share|quote|anteil|taux|tasa|score|punkte|note|nota|rating|bewertung|result|ergebnis|ist|actual|"
    rf"in \d+ ?s|\d+ ?s(?:ec\w*)?)\b")
_TARGET = re.compile(r"\b(?:target|goal|threshold|ziel\w*|soll\w*|vorgabe|cible|objectif|objetivo|meta|sla|umbral)\b")
_COUNT = re.compile(r"\b(?:offered|calls?|contacts?|volume|handled|conversations?|credit\w*|gutschrift\w*|malus|amount|betrag|montant|importe|"
    r"anrufe|anzahl|menge|appels|nombre|llamadas|numero|tickets?|"
                    r"total|forecast|prognose|agents?|fte|hours|stunden|angenommen\w*|angeboten\w*|beantwortet|answered(?! (?:in|within) %))\b")
_TOTALS = re.compile(r"^\s*(?:total|gesamt|summe|average|avg|mean|ytd|durchschnitt|mittel(?:wert)?|moyenne|ensemble|promedio|media|overall|period|"
    r"quarter|quartal|trimestre)\b")
_MONTH = re.compile(rf"^\s*({MONTH_NAME})\b\.?(?:\s*\d{{1,2}}\s*-\s*\d{{1,2}},?)?(?:[\s_./'-]+(\d\d|(?:19|"
                    rf"20)\d\d))?\s*[*\u2020\u2021\u00b9\u00b2\u00b3]{{0,3}}\s*$")
_NUMBERED = re.compile(r"^\s*(?:(\d\d?)[/.-](\d{4})|(\d{4})[-/.](\d\d?))\s*$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SIGNED = r"(?P<n>(?:(?:minus|moins|menos)\s|[+-])?\s?\d{1,4}(?:[.,]\d{1,3})?)\s?(?P<p>%|percent|per cent|prozent|pour cent|por ciento)?"
_SAID = re.compile(rf"\b(?P<m>{_METRIC})\b(?P<gap>(?:(?!\b{_METRIC}\b)(?:[^\d\n;.]|(?<=\b[qth])[1-4]\b(?:[ /](?:19|"
                   rf"20)\d\d\b)?)){{0,60}}?)(?<![\w.,]){_SIGNED}(?![\w]*\d)(?!\s?(?:days?|tage|jours|"
    rf"dias|-\s?\d))")
_MORE = re.compile(rf"\s{{0,2}}(?:[,/;]|and|und|et|y)\s{{0,2}}(?P<mo>{MONTH_NAME})\b\s{{0,2}}{_SIGNED}")
_GOAL = re.compile(rf"[^.\n\d]{{0,30}}?\(?[^.\n\d(]{{0,12}}\b(?:target|goal|ziel\w*|soll|cible|objectif|objetivo|meta|against|"
    rf"vs\.?)\b[^\d\n+-]{{0,12}}{_SIGNED}")
_OF = re.compile(r"\s*(?:of|out of|von|sur|de|/)\s*(?:5|10|100)\b")
_MONTH_SAID = re.compile(rf"\b({MONTH_NAME})\b\.?(?:\s((?:19|20)\d\d))?")


def figures(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> tuple[Fact, ...]:
    """Return the figures of an item of this kind, tables first; () for other kinds and for items without any."""
    if kind not in KINDS:
        return ()
    on, order = dated.value[:10] if dated else "", order_of(doc.folded, language)
    found: dict[tuple[str, str, str], Fact] = {}
    made = _surveyed(doc, order) if kind == "survey" else _all(doc, kind, on, order)
    for metric, value, target, day, passages, basis, sure in made:
        body = row(metric=" ".join(metric.split())[:120], value=_plain(value), target=_plain(target), date=day or None)
        found.setdefault((metric.lower(), str(value), day), Fact("figure", body, passages, basis, confidence=sure))
        if len(found) >= _MOST:
            break
    return tuple(found.values())


_Figure = tuple[str, Decimal, Decimal | None, str, tuple[Passage, ...], str, float]


def _all(doc: Doc, kind: str, on: str, order: Order) -> Iterator[_Figure]:
    for table in doc.extracted.tables:
        yield from _tabled(doc, table, kind, on, order)
    if kind != "sla_report" or doc.form != "table":
        yield from _told(doc, on)


def _plain(value: Decimal | None) -> float | int | None:
    return None if value is None else int(value) if value == value.to_integral_value() else float(value)


def _value(cell: Cell) -> Decimal | None:
    """Return what a cell measures: typed, or written with a sign, a unit or a per cent sign (then as a fraction)."""
    if isinstance(cell.value, str):
        m = re.fullmatch(rf"\s*{_SIGNED}\s*(?:s|sec\.?|sek\.?|min\.?|/\s?(?:5|10))?\s*", fold(cell.value))
        return _number(m) if m else None
    return number_in(cell)


def _number(m: re.Match[str]) -> Decimal | None:
    written = re.sub(r"^(?:minus|moins|menos)\s*", "-", m["n"].strip()).replace(" ", "").lstrip("+")
    value = decimal_from(written.lstrip("-")) if not re.fullmatch(r"-?\d+[.,]\d{3}", written) else Decimal(written.lstrip("-").replace(",", "."))
    if value is None:
        return None
    value = -value if written.startswith("-") else value
    return value / 100 if m["p"] else value


def _tabled(doc: Doc, table: Table, kind: str, on: str, order: Order) -> Iterator[_Figure]:
    head = _heading(table)
    if head is None:
        return
    heads = [fold(str(c.value)) if c.value is not None else "" for c in table.rows[head]]
    years = _YEAR.findall(table.name) or [y for r in table.rows[:head + 1] for c in r if isinstance(c.value, str) for y in _YEAR.findall(c.value)]
    year = years[-1] if years else (_YEAR.findall(doc.name) or [on[:4]])[-1]
    targets = [n for n, h in enumerate(heads) if _TARGET.search(h) and not _IS_METRIC.match(h)]
    across = {n: ended for n, c in enumerate(table.rows[head]) if n and (ended := _month_of(c, year))}
    last, daily = "", False
    for cells in table.rows[head + 1:]:
        if not cells or (cells[0].value is None and not any(_value(c) is not None for c in cells[1:])):
            continue
        label = fold(str(cells[0].value)) if cells[0].value is not None else ""
        period = _month_of(cells[0], year)
        day = None if period else _day_of(doc, cells[0], order)
        if period or day:
            last, daily = period or day or last, daily or bool(day)
        whole = bool(_TOTALS.match(label))
        if day and not whole:
            continue  # single days are many; what counts is the line that sums them up
        if across or not (period or whole or last):
            yield from _measured_down(doc, cells, heads, targets, across, on, label)
            continue
        for n, cell in enumerate(cells[1:], 1):
            head_text = heads[n] if n < len(heads) else ""
            value = _value(cell)
            if value is None or n in targets or not _measures(head_text, cell, value):
                continue
            goal = next((t for t in (n + 1, n - 1) if t in targets), None)
            target, passages = _cited(doc, cells, cell, goal)
            metric = str(table.rows[head][n].value) + (f" ({table.name})" if whole and table.name else "")
            basis = "line of a table" + (" that sums up days" if daily and whole else "")
            yield metric, value, target, last if whole else period or last, passages, basis, 0.85


def _heading(table: Table) -> int | None:
    """Return the line over the columns: of those above the first figures the one with the most labels, the lowest of equals; lines of captions have fewer."""
    first = next((n for n, r in enumerate(table.rows[:12]) if any(_value(c) is not None for c in r[1:])), None)
    above = [(_labels(r), n) for n, r in enumerate(table.rows[:10 if first is None else first]) if _labels(r) >= 2]
    if first is not None and above:
        return max(above)[1]
    return next((n for n, r in enumerate(table.rows[:10]) if _labels(r) >= 2 and _has_numbers(table, n + 1)), None)


def _labels(cells: tuple[Cell, ...]) -> int:
    return sum(isinstance(c.value, str) and not _value(c) for c in cells)


def _measures(head: str, cell: Cell, value: Decimal) -> bool:
    """Say whether a column with this heading measures something, rather than counts calls or money."""
    if not head:
        return False
    if cell.percent or (isinstance(cell.value, str) and cell.value.strip().endswith("%")):
        return True
    if re.search(r"answered|beantwortet|offered|credit", head) and value > 100:
        return False
    return bool(_IS_METRIC.search(head))


def _cited(doc: Doc, cells: tuple[Cell, ...], cell: Cell, goal: int | None) -> tuple[Decimal | None, tuple[Passage, ...]]:
    """Return the target in that column, and the passages of a figure: its cell, the head of its line, its target."""
    target = _value(cells[goal]) if goal is not None and goal < len(cells) else None
    used = (cell, cells[0], *((cells[goal],) if target is not None and goal is not None else ()))
    return target, tuple(doc.passage(c.start, c.end) for c in used if c.end > c.start)


def _measured_down(doc: Doc, cells: tuple[Cell, ...], heads: list[str], targets: list[int], across: dict[int, str], on: str, label: str) -> Iterator[_Figure]:
    """Yield the figures of a line that is one metric, over columns of months or of quarters (these as of the day of the paper)."""
    named = " ".join(str(c.value) for c in cells[:2] if isinstance(c.value, str) and _value(c) is None)
    for n, cell in enumerate(cells[1:], 1):
        value = _value(cell)
        if value is None or n in targets or (n < len(heads) and _COUNT.search(heads[n]) and not across):
            continue
        goal = targets[0] if targets else None
        target, passages = _cited(doc, cells, cell, goal)
        period = heads[n] if n < len(heads) else ""
        yield f"{named} {period}".strip(), value, target, across.get(n, on), passages, "line of a table by metric", 0.75


def _has_numbers(table: Table, start: int) -> bool:
    return any(_value(c) is not None for r in table.rows[start:start + 3] for c in r)


def _day_of(doc: Doc, cell: Cell, order: Order) -> str | None:
    value = cell.value
    if isinstance(value, str) and 6 <= len(value) <= 25:
        if re.match(r"(?:19|20)\d\d-\d\d-\d\d", value):
            return value[:10]
        return next((d.value for d in days(doc.folded, order, cell.start, cell.end)), None)
    return None


def _month_of(cell: Cell, year: str | None) -> str | None:
    if not isinstance(cell.value, str) or len(cell.value) > 24:
        return None
    folded = fold(cell.value)
    if m := _MONTH.match(folded):
        month, digits = month_number(m[1]), m[2] or year
        return last_of_month(full_year(digits), month) if month and digits and digits.isdigit() else None
    if m := _NUMBERED.match(folded):
        return last_of_month(int(m[2] or m[3]), int(m[1] or m[4]))
    return None


def _told(doc: Doc, on: str) -> Iterator[_Figure]:
    """Yield the figures that a review says in words: `CSAT 3.4 of 5 (goal 4.2)`, `NPS minus 18`, `CSL-1 December 71.4, January 69.8`."""
    text = doc.said
    for m in _SAID.finditer(text):
        value = _number(m)
        if value is None:
            continue
        months = list(_MONTH_SAID.finditer(m["gap"]))
        end = m.end()
        if scale := _OF.match(text, end):
            end = scale.end()
        goal = _GOAL.match(text, end)
        target = _number(goal) if goal else None
        metric = f"{m['m']}{m['gap']}".strip(" :-(")
        day = _in_words(months[-1], on) if months else on
        stop = goal.end() if goal else end
        yield metric, value, target, day or on, (doc.passage(m.start(), stop),), "words of a review", 0.75
        at = end
        while more := _MORE.match(text, at):
            further = _number(more)
            ended = _in_words(_MONTH_SAID.search(more[0]), on)
            if further is not None and ended:
                yield f"{m['m']} {more['mo']}", further, target, ended, (doc.passage(m.start(), more.end()),), "words of a review", 0.7
            at = more.end()


def _in_words(m: re.Match[str] | None, on: str) -> str | None:
    """Return the end of a month named without its year: the latest one that is over, or running, on the day of the paper."""
    month = month_number(m[1]) if m else None
    if m is None or month is None or not (m[2] or on):
        return None
    year = int(m[2]) if m[2] else int(on[:4]) - (month > int(on[5:7]))
    return last_of_month(year, month)


_QUESTION = re.compile(r"csat|nps|ces|rating|score|stars?|note|bewertung|zufried|satisf|punkte|estrellas|valoracion|recommend|weiterempf|nota|"
    r"puntuacion|sterne|[01]\s?(?:to|a|bis|-|_)\s?(?:5|10)")
_GROUP = re.compile(r"channel|kanal|canal|queue|warteschlange|team")


def _surveyed(doc: Doc, order: Order) -> Iterator[_Figure]:
    for table in doc.extracted.tables:
        if len(table.rows) < 3:
            continue
        heads = [fold(str(c.value)) if c.value is not None else "" for c in table.rows[0]]
        dates = next((n for n in range(len(heads)) if sum(_cell_day(doc, r, n, order) is not None for r in table.rows[1:6]) >= 3), None)
        marks = [n for n, h in enumerate(heads) if n != dates and _QUESTION.search(h) and _marks(table, n)]
        group = next((n for n, h in enumerate(heads) if _GROUP.search(h)), None)
        if dates is None:
            continue
        for n in marks:
            held: dict[tuple[str, str], list[tuple[Decimal, Cell]]] = {}
            for cells in table.rows[1:20_000]:
                day = _cell_day(doc, cells, dates, order)
                value = number_in(cells[n]) if n < len(cells) else None
                ended = last_of_month(int(day[:4]), int(day[5:7])) if day else None
                if ended and value is not None:
                    held.setdefault(("", ended), []).append((value, cells[n]))
                    if group is not None and group < len(cells) and isinstance(cells[group].value, str):
                        held.setdefault((str(cells[group].value), ended), []).append((value, cells[n]))
            top = max((v for found in held.values() for v, _ in found), default=Decimal(0))
            for (of, ended), found in sorted(held.items()):
                yield from _summed(doc, str(table.rows[0][n].value) + (f" {of}" if of else ""), found, ended, top, heads[n])


def _summed(doc: Doc, metric: str, found: list[tuple[Decimal, Cell]], ended: str, top: Decimal, head: str) -> Iterator[_Figure]:
    passages = tuple(doc.passage(c.start, c.end) for _, c in found[:200])
    mean = (sum((v for v, _ in found), Decimal(0)) / len(found)).quantize(Decimal("0.01"))
    basis = f"of {len(found)} answers of the month"
    if top > 5 or "nps" in head:
        promoters, detractors = sum(v >= 9 for v, _ in found), sum(v <= 6 for v, _ in found)
        score = (Decimal(100) * (promoters - detractors) / len(found)).quantize(Decimal(1))
        yield f"NPS {metric}", score, None, ended, passages, f"net promoter score {basis}", 0.7
    else:
        share = (Decimal(sum(v >= 4 for v, _ in found)) / len(found)).quantize(Decimal("0.001"))
        yield f"{metric}, share of 4 and 5", share, None, ended, passages, f"share {basis}", 0.7
    yield f"{metric}, mean", mean, None, ended, passages, f"mean {basis}", 0.7


def _marks(table: Table, n: int) -> bool:
    values = [v for r in table.rows[1:40] if n < len(r) and (v := number_in(r[n])) is not None]
    return len(values) >= 2 and all(0 <= v <= 10 and v == v.to_integral_value() for v in values)


def _cell_day(doc: Doc, cells: tuple[Cell, ...], n: int, order: Order) -> str | None:
    return _day_of(doc, cells[n], order) if n < len(cells) else None
