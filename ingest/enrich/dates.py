"""The date that a document gives itself: not the day from which it takes effect, never that of the file.

Papers: `dated`, `made as of`, `date:`; else a letter-head; else a date in the title; else the last signature; else the file name. Mails:
the day of the Date header in its own zone. Chats and calls: the day of the first message. Tables: the as-of date, else the last line, for
surveys and reports the last day of the last month. Nothing says so: None.
"""
from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from archive.model.fact import Derived
from ingest.enrich.day_forms import MONTH, Day, Order, days, iso, last_of_month, month_number, order_named, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.file_name_dates import name_date
from ingest.enrich.fold import vocabulary
from ingest.enrich.shapes import data_day, first_chat_day
from ingest.enrich.table_dates import table_date

_HEAD_CHARS: Final = 1600
_SELF = re.compile(
    r"(?:^|\n)[^\S\n]{0,4}(?:this (?:agreement|deed|contract|amendment)[^\n.]{0,60}\bis )?(?:dated(?: as of| this)?|date of (?:this "
    r")?(?:letter|agreement|notice|report|invoice)"
    r"|ausgestellt am|ausfertigungsdatum|(?:in der )?fassung vom|version (?:of|dated|du|del?|de fecha))\s?:?[^\S\n]{0,4}(?=\S)"
    r"|\b(?:is |are )?(?:made and entered into|entered into|made|effective and made)(?: and entered into)?,?"
    r"(?:\s(?:effective|dated|as of|on|this|the)){1,4}\s"
    r"|\b(?:geschlossen|abgeschlossen|vereinbart) am\s|\b(?:conclu|signe|etabli|passe)e? (?:en date du|le)\s|\b(?:celebrado|suscrito|"
    r"firmado)a?(?: el| a)(?: dia)?\s"
    r"|\b(?:made|issued|given|done) (?:at|in) [a-z][a-z .'-]{2,30},? (?:this|on)(?: the)?\s"
    r"|\bfait (?:en (?:deux|double)[^\n]{0,30})?a [^\n\d]{2,30},? le\s|\bfait a [^\n\d.]{2,40}?, en [^\n\d.]{3,40}(?:exemplaires?|"
    r"originaux)[^\n\d.]{0,30}? le\s|\ben [a-z ]{3,30}, a (?=\d)|"
    r"^[^\S\n]*[a-z]{3,20}(?: [a-z]{2,20}){0,2}, (?:[a-z]{2,12}\.?,? )?a (?=\d{1,2} de [a-z])", re.MULTILINE)
_LABEL = re.compile(
    r"(?<![a-z])(?:invoice |letter |document |report |issue |statement |rechnungs|brief|beleg|ausstellungs|meeting )?"
    r"(?:date|datum|fecha|date d'emission|date de facturation|fecha de emision|issued(?: on)?|stand|drafted|erstellt am|version du|etat au|"
    r"mise? a jour (?:du|le)|edition du|version de|actualizado (?:el|a)|as of|as "
    r"at)\s?[:.]?[^\S\n]{1,8}(?=\d|[a-z])")
_NOT_SELF = re.compile(r"(?:due|delivery|value|start|end|expiry|effective|commencement|payment|fallig\w*|liefer|leistungs|wert|"
                       r"echeance|livraison|vencimiento|valeur|"
                       r"valuta|service|birth|geburts)[\s-]?$")
_DATE_OF = re.compile(r"(?:of|der|des|du|de la|del|de) (?!(?:this|issue|letter|invoice|report|document|notice|present)\b)[a-z]")
_ONLY_DATE = re.compile(r"^(?:(?:[^\W\d]+(?:[ '.-][^\W\d]+){0,3}, ?)*(?:(?:the|le|den|am|el|a|this) )?|(?:date|datum|fecha) ?: ?)$")
_SIGNED = re.compile(r"(?:signed|signature|accepted|agreed|executed|countersigned|unterschrift|unterzeichnet|gezeichnet|gez\.|signe|lu "
                     r"et approuve|firmado|firma|"
                     r"for and on behalf|by:|date:|datum:|ort, datum|fecha:)")
_TITLED = frozenset({"call_note", "meeting_note", "review", "other", "sla_report", "survey", "ledger",
    "legal_letter", "claim", "counterclaim"})
_AGREED = frozenset({"contract", "amendment", "sow", "settlement"})
_NOTES = frozenset({"call_note", "meeting_note", "other"})
_OF_PERIODS = frozenset({"sla_report", "survey"})
_RECEIVED = r"(?:received|eingegangen|eingang(?:en)?|posteingang|recu(?: le)?|recibido(?: el)?|entrada)"
_STAMP = re.compile(rf"[| ]*\b{_RECEIVED}\b[^\n]*$")
_STAMPED = re.compile(rf"\b{_RECEIVED}\b[\s:|-]{{0,12}}(?:[a-z]{{3,12}} )?$")
_SIGNING = re.compile(r"\b(?:by|signed|signature|signatur|name|title|unterschrift|fur|gez|signe|firma|firmado|nombre|nom)\b ?[:.]|_{4}")
_COLUMN = re.compile(r"(?<!\w)(?:date|datum|fecha)$")
_NO_YEAR = re.compile(rf"(?<![\w.])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|\.)?\s{{1,2}}(?P<m1>{MONTH})(?!\s?\d{{4}})|"
        rf"(?<!\w)(?P<m2>{MONTH})\s(?P<d2>\d{{1,2}})(?![\d:,])"
                      r"|^[^\S\n]{0,4}(?P<a>\d{1,2})[/.](?P<b>\d{1,2})\.?(?=[^\S\n])", re.MULTILINE)
_MADE = re.compile(r"\b(?:prepared|issued|created|recorded|printed|run on|as of|sent|dated|erstellt|gedruckt|versandt|etabli|imprime|emitido|"
        r"elaborado)\b")
_BETWEEN = re.compile(r"\b(?:by and among|by and between|between|zwischen|entre)\b")
_OF_ANOTHER = re.compile(r"(?:beginn\w*|prend cours|prend effet|entre en vigueur|entra en vigor|inicia\w*|takes? effect|effective|commenc\w+|start\w*|"
                         r"with effect from|until|through|expir\w+|agreement (?:dated|"
                         r"of)|vertrag\w* vom|contrat du|wirkung (?:zum|vom)|"
                         r"filed|registered|founded|organi[sz]ed|since|payable|zahlbar|spatestens|au plus tard|avant le|a mas tardar)[^\n]{0,30}$|"
                         r"\b(?:by|before|bis(?: zum)?|jusqu'au|antes del)\s$")
_BILLS = frozenset({"invoice", "credit_note", "payment_advice"})
_OF_SOMETHING = re.compile(r"\b(?:date|day|datum|tag|fecha) (?:of|when|der|des|du|de) [^\n]{3,30}$|\b(?:beginn|ende|eroffnung|start|"
        r"end)\b[^\n]{0,25}$")
_OWN_NUMBER = re.compile(
    r"^\W{0,3}(?:[\w.]+ )?(?:amendment|addendum|variation|nachtrag|avenant|adenda|statement of work|sow|leistungsschein|work order|"
    r"order form|"
    r"bon de commande|anexo|annex|anlage)\b[^\n]{0,14}?(?:\bof|dated|vom|du|de fecha|del?)\s{1,3}$")
_OWN_TITLE = re.compile(r"^\W{0,3}(?:[a-z-]*(?:vertrag|vereinbarung)|[a-z ]{0,40}agreement|contrat[a-z' ]{0,30}|contrato[a-z ]{0,30})[^\n]{0,12}"
                        r"(?:\bof|dated|vom|du|de fecha|del?)\s{1,3}$")
_OTHER_PAPER = re.compile(r"[^\n.;]{0,60}\(?(?:the |hereinafter |der |die |le |la |el )?[\"'\u201c\u201e\u00ab(]{1,2}(?:principal|original|main|master|head|"
                          r"underlying|existing|haupt|rahmen|grund|contrat (?:principal|initial)|convention (?:principale|initiale)|(?:contrato|convenio) "
                          r"(?:principal|original|marco))")
"""What follows the day of the paper that this one changes: `made as of April 1, 2021 (the "Principal Agreement")`."""
_FIRST_CHARS = 120
_TITLE_BLOCK = 400
"""Up to where a line that is only `dated 1 June 2024` belongs to the title of a deed."""
_SOON: Final = 21
_AHEAD = re.compile(r"\b(?:by|until|till|before|due|deadline|next|on or before|bis(?: zum)?|frist|spatestens|nachste\w*|avant|jusqu'au|echeance|prochaine?|"
                    r"antes del?|hasta(?: el)?|plazo|vence)\b[^.\n]{0,20}$")
_NO_PLACES: Final = vocabulary("page seite pagina until from since on by bis vom ab am zum dated date datum fecha version stand rev revision "
                                "printed gedruckt effective valid gultig")
_PLACED = re.compile(r"(?:^|\s{2,}|\t|(?<=\d)[.,]? )(?P<place>[^\W\d_]+(?:[ ./-]{1,3}[^\W\d_]+){0,3}(?:, [^\W\d_]{2,10}\.?)?)"
                     r"(?:, ?(?:(?:den|am|le|el|a|on|the) )?| (?:den|le|el) )\[?$")
_RECEIPT = re.compile(r"\w*ruckschein|avis de reception|accuse de reception|advice of (?:receipt|delivery)|signed for|"
                      r"\w*beleg\b|proof[- ]of[- ]delivery|zustell\w*|einliefer\w*|receipt|quittung|recu\b|recibo|waybill|frachtbrief|"
                      r"acknowledge?ment due|prueba de entrega|justificante|comprobante|lettre de voiture|acuse|lieferschein|tracking|sendungsverlauf|"
                      r"sendungsverfolgung")
_LOG = re.compile(r"\blog\b|logbook|protokoll\b|journal|registre|registro")


def document_date(doc: Doc, kind: str, language: str | None) -> Derived | None:
    """Return the date of the item as an ISO 8601 day with its basis and passage, or None where nothing says so."""
    if doc.form == "mail":
        mail = doc.extracted.mail
        sent = mail.sent_at if mail else ""
        return Derived(sent[:10], f"header Date ({mail.sent_basis})" if mail and mail.sent_basis not in (
            "", "header") else "header Date") if sent else None
    order = order_of(doc.folded, language)
    steps: tuple[Callable[[], Derived | None], ...]
    if doc.form in ("chat", "call"):
        steps = (lambda: _first_turn(doc), lambda: _created(doc), lambda: _first_line(doc, order), lambda: _by_name(doc, order))
    elif doc.extracted.tables and (doc.form == "table" or (kind in ("ledger", "survey", "sla_report") and not doc.extracted.pages)):
        order = order_named(doc.folded, doc.name, order)
        steps = (lambda: table_date(doc, kind, order), lambda: _by_name(doc, order, years_too=True))
    else:
        steps = (lambda: _paper(doc, kind, order), lambda: _by_name(doc, order))
    for step in steps:
        found = step()
        if found:
            return found
    return None


def _by_name(doc: Doc, order: Order, years_too: bool = False) -> Derived | None:
    found = name_date(doc.name, order, years_too) if doc.name else None
    return Derived(found[0], f"file name ({found[1]})", 0.7 if found[1] == "day" else 0.6) if found else None


def _first_turn(doc: Doc) -> Derived | None:
    for segment in doc.extracted.segments:
        if segment.kind == "turn" and len(segment.at) >= 10 and segment.at[4] == "-":
            return Derived(segment.at[:10], "first message", 1.0, doc.passage(segment.start, min(segment.end, segment.start + 200)))
    return None


def _first_line(doc: Doc, order: Order) -> Derived | None:
    """The day of the first message of an export that no reader took apart."""
    if doc.identified.format in ("json", "ndjson"):
        day = data_day(doc.text)
        return Derived(day, "first time in the data", 0.8) if day else None
    if first_chat_day(doc.text):
        for found in days(doc.folded, order, 0, 8000):
            return _derived(doc, found, "first message", 0.9)
    return None


def _created(doc: Doc) -> Derived | None:
    made = doc.extracted.created_at
    return Derived(made[:10], "time in the export", 0.9) if len(made) >= 10 else None


def _derived(doc: Doc, day: Day, basis: str, confidence: float) -> Derived:
    return Derived(day.value, basis, confidence, doc.passage(day.start, day.end))


def _paper(doc: Doc, kind: str, order: Order) -> Derived | None:
    folded = doc.folded
    first = doc.title.lstrip()[:_FIRST_CHARS]
    a_receipt = kind == "other" and (_RECEIPT.search(first) or _RECEIPT.search(doc.name))
    a_log = kind == "other" and (_LOG.search(first) or _LOG.search(doc.name))
    if a_receipt and (last := _last_day(doc, order)):
        return _derived(doc, last, "last day in a receipt", 0.7)
    head_end = min(len(folded), _HEAD_CHARS)
    if kind in _OF_PERIODS:
        covered = _period(doc, order)
        if covered:
            return covered
    return (_own_words(doc, order) or _letter_head(doc, order, head_end, kind) or _labelled(doc, order, kind, head_end)
            or _under_label(doc, order, head_end) or (_log(doc, order) if a_log else _diary(doc, order) if kind in _NOTES else None)
            or _titled(doc, order, kind)
            or (None if kind == "contract" else _place_and_day(doc, order)) or _opening(doc, order, kind) or _place_and_day(doc, order)
            or _signature(doc, order))


def _period(doc: Doc, order: Order) -> Derived | None:
    """The last day of the period in the first lines of a report or survey, which names the months that it covers but no day."""
    for start, end in [line for line in _lines(doc.folded, 700) if doc.folded[line[0]:line[1]].strip()][:6]:
        line = doc.folded[start:end]
        if _MADE.search(line):
            continue
        spans = list(days(line, order))
        found = name_date(line, order)
        if found and (len(spans) > 1 or not spans):  # a range, a month, a quarter; one day alone is when it was made
            ended = found[0] if found[1] != "day" else last_of_month(int(found[0][:4]), int(found[0][5:7]))
            if ended:
                return Derived(ended, f"end of the {'months' if found[1] == 'day' else found[1]} covered", 0.8, doc.passage(start, end))
    return None


def _day_after(doc: Doc, order: Order, at: int, within: int = 60) -> Day | None:
    """Return the first day on the same line or the next, close behind an offset; blanks to be filled in (`____`) make it none."""
    end = min(len(doc.folded), at + within)
    for day in days(doc.folded, order, at, end):
        between = doc.folded[at:day.start]
        if "__" in between or ".." in between or between.count("\n") > 1:
            return None
        return day if len(between.strip()) < 25 else None
    return None


def _own_words(doc: Doc, order: Order) -> Derived | None:
    for m in _SELF.finditer(doc.folded):
        at = m.end()
        if m[0].strip().startswith("dated"):
            tail = doc.folded[m.start():m.start() + 200].split("\n")
            line = tail[1] if tail[0] == "" and len(tail) > 1 else tail[0]
            if "__" in line:
                found = list(days(doc.folded, order, at, min(len(doc.folded), at + len(line))))
                if found:
                    return _derived(doc, found[-1], "date of the draft", 0.8)
                continue
        day = _day_after(doc, order, at)
        if m[0].strip().startswith("dated") and not doc.text[m.start() + len(m[0]) - len(m[0].lstrip())].isupper() and not (
                day and m.start() < _TITLE_BLOCK and doc.text[:m.end()].rstrip().rpartition("\n")[0].rstrip().rpartition("\n")[2].isupper()
                and not doc.folded[day.end:].split("\n", 1)[0].strip(" ,:")):
            continue  # running text that happens to begin a line: "the agreement / dated 1 June"
        if day and day.start - at <= 20 and not _OTHER_PAPER.match(doc.folded, day.end):
            return _derived(doc, day, "words of the document: " + " ".join(m[0].split()), 0.95)
    return None


def _letter_head(doc: Doc, order: Order, head_end: int, kind: str) -> Derived | None:
    """A line among the first twenty which is nearly nothing but a day, a place before it at most.

    What two sign has such lines for the signatures: where several stand in its second half, it is the last of them.
    """
    found: list[Day] = []
    for number, (start, end) in enumerate(_lines(doc.folded, head_end)):
        if number >= 20:
            break
        for day in days(doc.folded, order, start, end):
            before, after = doc.folded[start:day.start].strip(" \t\r["), _STAMP.sub("", doc.folded[day.end:end]).strip(" .,;|")
            if _STAMPED.search(doc.folded[max(0, start - 60):day.start]):
                break  # when it came in, not when it was written
            if len(before) <= 60 and len(after) <= 3 and len(before.split()) <= 5 and _ONLY_DATE.match(before + " " if before else ""):
                found.append(day)
            break
        if found and kind not in _AGREED:
            break
    if not found:
        return None
    if len({d.value for d in found}) > 1 and found[0].start * 2 > len(doc.folded.rstrip()):
        return _derived(doc, max(found, key=lambda d: d.value), "last signature", 0.8)
    return _derived(doc, found[0], "letter-head", 0.9)


def _under_label(doc: Doc, order: Order, head_end: int) -> Derived | None:
    """The last day in the line below a line that ends with `Date`: reference lines over columns (DIN 5008, 9.4 and its like elsewhere)."""
    lines = _lines(doc.folded, head_end)[:25]
    for (start, end), (below, stop) in itertools.pairwise(lines):
        line = doc.folded[start:end].rstrip(" :|")
        if _COLUMN.search(line) and not _NOT_SELF.search(re.sub(r"(?:date|datum|fecha)$", "", line).rstrip()):
            found = list(days(doc.folded, order, below, stop))
            if found:
                return _derived(doc, found[-1], "under the label date", 0.85)
    return None


def _last_day(doc: Doc, order: Order) -> Day | None:
    """Return the last day that a log names; days without a year are those that follow the last day with one."""
    found = list(days(doc.folded, order))
    if not found:
        return None
    last = max(found, key=lambda d: d.value)
    for m in _NO_YEAR.finditer(doc.folded):
        month: int | None
        if m["a"]:
            number, month = (m["a"], int(m["b"])) if order == "dmy" or m[0].strip().find(".") > 0 else (m["b"], int(m["a"]))
        else:
            number, month = (m["d1"], month_number(m["m1"])) if m["d1"] else (m["d2"], month_number(m["m2"]))
        before = [d for d in found if d.start <= m.start()]
        if month is None or not before or any(d.start <= m.start() < d.end for d in found):
            continue
        year = int(before[-1].value[:4])
        value = iso(year, month, int(number))
        if value and value < before[-1].value and before[-1].value[5:7] == "12":
            value = iso(year + 1, month, int(number))
        if value and value > last.value:
            last = Day(m.start(), m.end(), value)
    return last


def _log(doc: Doc, order: Order) -> Derived | None:
    """The last day in a log that has no date of its own in its first line."""
    last = None if _dated_title(doc, order) else _last_day(doc, order)
    return _derived(doc, last, "last day in a log", 0.7) if last else None


def _dated_title(doc: Doc, order: Order) -> bool:
    """Say whether the first line names a day behind other words."""
    first = next((line for line in _lines(doc.folded, 400) if doc.folded[line[0]:line[1]].strip()), (0, 0))
    day = next(days(doc.folded, order, *first), None)
    before = doc.folded[first[0]:day.start].strip() if day else ""
    return len(before) > 3 and not re.search(r"\b(?:week|wk|woche|semaine|semana)\b", before)


def _diary(doc: Doc, order: Order) -> Derived | None:
    """The last day of notes in which lines of several days begin with their day."""
    found = []
    for start, end in _lines(doc.folded, 60_000):
        day = next(days(doc.folded, order, start, min(end, start + 40)), None)
        if day and not doc.folded[start:day.start].strip(" -*[(\u2022") and doc.folded[day.end:end].strip(" :-)]"):
            found.append(day)
    if len({d.value for d in found}) < 2 or _dated_title(doc, order):
        return None
    last = max(found, key=lambda d: d.value)
    later = _last_day(doc, order)
    if later and last.value < later.value <= _plus(last.value, _SOON) and not _AHEAD.search(doc.folded[max(0, later.start - 40):later.start]):
        last = later
    return _derived(doc, last, "last day of the notes", 0.75)


def _plus(day: str, number: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=number)).isoformat()


def _labelled(doc: Doc, order: Order, kind: str, head_end: int) -> Derived | None:
    for m in _LABEL.finditer(doc.folded, 0, head_end):
        if _NOT_SELF.search(doc.folded[max(0, m.start() - 20):m.start()].rstrip(" ")):
            continue
        if kind in _AGREED and _SIGNING.search(doc.folded[max(0, m.start() - 250):m.start()]):
            continue  # the day of one signature
        day = _day_after(doc, order, m.end(), 40)
        if day and day.start - m.end() <= 12 and not _DATE_OF.match(doc.folded, m.end(), day.start) \
                and not _OTHER_PAPER.match(doc.folded, day.end):
            return _derived(doc, day, f"label {m[0].strip()}", 0.9)
    if kind in _BILLS:
        for day in days(doc.folded, order, 0, min(head_end, 600)):
            if not _NOT_SELF.search(doc.folded[max(0, day.start - 20):day.start].rstrip(" :")):
                return _derived(doc, day, "first day in the head of the bill", 0.75)
    return None


def _titled(doc: Doc, order: Order, kind: str) -> Derived | None:
    """A day in the first lines, for papers whose title carries it; for drafts the day beside the word draft."""
    lines = [line for line in _lines(doc.folded, 700) if doc.folded[line[0]:line[1]].strip()][:5]
    for start, end in lines:
        line = doc.folded[start:end]
        if re.search(r"\b(?:draft|entwurf|brouillon|projet|borrador)\b", line):
            for day in days(doc.folded, order, start, end):
                return _derived(doc, day, "date of the draft", 0.8)
    for start, end in lines[:2] if kind in _AGREED else ():
        for day in days(doc.folded, order, start, end):
            if _OWN_NUMBER.match(doc.folded[start:day.start]) or (kind == "contract" and _OWN_TITLE.match(doc.folded[start:day.start])):
                return _derived(doc, day, "title", 0.85)
    if kind in _TITLED or doc.form == "slides":
        for start, end in lines[:3 if doc.form != "slides" else 5]:
            if re.search(r"\b(?:dated|vom|du|of your|your letter|ihr schreiben|votre (?:lettre|courrier)|su "
                    r"carta)\s?$", doc.folded[start:end]):
                continue
            for day in days(doc.folded, order, start, end):
                if re.search(r"(?:letter|schreiben|courrier|lettre|carta|agreement|vertrag|contrat|contrato)[^\n]{0,30}(?:of|dated|vom|"
                             r"du|de|del)\s?$",
                             doc.folded[start:day.start]):
                    continue
                if not _OF_SOMETHING.search(doc.folded[start:day.start]):
                    return _derived(doc, day, "title", 0.8)
    return None


def _opening(doc: Doc, order: Order, kind: str) -> Derived | None:
    """The first day in the opening of a contract, where the parties are named, unless it is that of another paper or of the beginning."""
    if kind not in _AGREED:
        return None
    end = min(len(doc.folded), 2000)
    between = _BETWEEN.search(doc.folded, 0, end)
    if between is None:
        return None
    for day in days(doc.folded, order, 0, end):
        before = doc.folded[max(0, day.start - 60):day.start]
        other = _OF_ANOTHER.search(before) or (kind != "contract" and re.search(r"\b(?:dated|vom|du|de fecha)\s$", before))
        if abs(day.start - between.start()) < 700 and not other:
            return _derived(doc, day, "first day in the opening", 0.7)
    return None


def _signature(doc: Doc, order: Order) -> Derived | None:
    """The last day that stands beside a signature in the last part of the paper."""
    folded, best = doc.folded, None
    tail = max(0, len(folded) - 2500)
    for m in _SIGNED.finditer(folded, tail):
        if _NOT_SELF.search(folded[max(0, m.start() - 20):m.start()]):
            continue
        for day in days(folded, order, m.start(), min(len(folded), m.end() + 120)):
            if best is None or day.value > best.value:
                best = day
    return _derived(doc, best, "last signature", 0.8) if best else None


def _place_and_day(doc: Doc, order: Order) -> Derived | None:
    """The last day of the lines near the end that begin with a place and a day, as those who sign write them: `Leipzig, den 3. Mai 2021`."""
    folded, best = doc.folded, None
    at = max(0, len(folded) - 1500)
    for start, end in _lines(folded, len(folded)):
        if start < at or end - start > 200:
            continue
        for day in days(folded, order, start, end):
            placed = _PLACED.search(folded[start:day.start])
            if placed is None or not doc.text[start + placed.start("place")].isupper() or placed["place"] in _NO_PLACES:
                break
            if best is None or day.value > best.value:
                best = day
    return _derived(doc, best, "last signature, with its place", 0.8) if best else None


def _lines(folded: str, end: int) -> list[tuple[int, int]]:
    out, at = [], 0
    end = min(end, len(folded))
    while at < end:
        stop = folded.find("\n", at, len(folded))
        stop = len(folded) if stop < 0 else stop
        out.append((at, stop))
        at = stop + 1
    return out
