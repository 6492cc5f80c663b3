"""Which records are a notice of termination, which of them are the same notice, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation, known
from history.delivery import LETTERHEAD_CHARS, Delivery, delivery
from history.file import ClientFile, carrier_of, is_mail, order_of
from history.notice_terms import NoticeTerms, after, notice_terms
from history.passages import lead
from history.reckoning import day_of
from history.sides import Sides
from history.terms import Paper, dated_by, is_draft
from history.told import Said, Told
from history.who_said import Voices

_ENDING = re.compile(
    r"terminat|non[- ]?renew|not (?:to )?renew|bring\w* .{0,30}to an end|kündig|k[uü]ndig|nicht verläng|résili|resili"
    r"|non[- ]?renouvel|ne pas renouvel|ne pas recondui|mett(?:ons|re|rons|ra) fin|préavis|rescind|rescisi|resoluci[oó]n del|no renov|no prorrog|denuncia"
    r"|pone(?:mos|r) fin|dar por terminad|dénonc|beenden|widerruf",
    re.I,
)
_OTHER = re.compile(
    r"notice of (?:default|breach|suspension|remediation)|notice (?:to|requiring[^.\n]{0,20}) (?:cure|remedy|rectify)|default notice|breach notice"
    r"|suspension notice|(?:remediation|remedy|cure|rectification) notice"
    r"|mise en demeure|abmahnung|fristsetzung|mahnung|requerimiento|suspensi[oó]n|suspension",
    re.I,
)
_STOPS = re.compile(
    r"\b(?:suspen(?:d|sion|ded|ds|ding)\b|aussetz\w+|ausgesetzt|setzen (?:wir )?[^.]{0,60}\baus\b|einstell\w+|sperr\w+|suspend(?:re|ons|ues?)\b|suspension\b|"
    r"suspend(?:er|emos|id[oa]s?)\b|suspensión\b)",
    re.I,
)
_REFERS = re.compile(
    r"\b(?:refer\w* to|further to|following|pursuant to|since|after|despite|bezugnehmend auf|nach|trotz|gem[aä]ß|suite [aà]|malgr[eé]|tras|conforme a)\s"
    r"(?:\w+\s){0,3}$",
    re.I,
)
"""Words before a notice that is only recalled: `we refer to our notice of default of 4 November`."""
_YOURS = re.compile(r"\b(?:acknowledg\w+|receipt of|thank you for|bestätig\w+|accus\w+|acus\w+)\W+(?:\w+\W+){0,3}(?:your|the|ihr\w*|der|die|votre|l'|"
                    r"su)\b", re.I)
"""Words of an answer to a notice."""
HEADING_CHARS = 450
"""How far into a letter its heading is looked for."""

_CURES = re.compile(
    r"\b(?:notice of (?:default|breach|remediation)|(?:payment )?default notice|(?:remediation|remedy|cure|rectification) notice|to (?:cure|remedy|rectify)|"
    r"remed(?:y|ied) (?:the|these|this|those|all)|(?:pay|paid|remedied|cured) within|"
    r"abmahnung|fristsetzung|"
    r"nachfrist|frist (?:von|bis)|mise en demeure|mettons en demeure|remédier|dans (?:un délai|les)|requerimiento|subsanar|"
    r"en el plazo de)\b(?![^.]{0,40}\b(?:has |have )?expired)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of termination, in however many copies. Fields are None where nothing in the documents says so; `undecided` says why."""

    copies: tuple[ReadRecord, ...]
    given_by: Known | None
    date_on_document: Known | None
    date_received: Known | None
    dispatched: Known | None
    method: Known | None
    ground: Known | None
    stated_effective_date: Known | None
    delivery: Delivery
    terms: NoticeTerms
    undecided: tuple[str, ...]

    @property
    def agreed(self) -> bool:
        """Whether both sides ended the contract, so that no notice was needed."""
        return self.method is not None and self.method.value == "agreement"

    @property
    def day(self) -> str:
        """The day that the notice bears, "" where it has none."""
        return str(self.date_on_document.value)[:10] if self.date_on_document else ""

    def as_json(self) -> dict[str, Any]:
        parts = {
            "given_by": self.given_by,
            "date_on_document": self.date_on_document,
            "date_received": self.date_received,
            "method": self.method,
            "ground": self.ground,
            "stated_effective_date": self.stated_effective_date,
        }
        inputs = [part for part in parts.values() if part]
        leads = tuple(r.cite(p) for r in self.copies if (p := lead(r)))
        status = "derived" if any(i.status == "derived" for i in inputs) else "extracted"
        return {name: part.value if part else None for name, part in parts.items()} | {
            "cites": cites_json([*cites_of(inputs), *leads]),
            "status": status,
            "derivation": derivation("each field from the copies of the notice, the notice itself before the mail that carries it", inputs),
            "records": [r.record.record_id for r in self.copies],
            "undecided": list(self.undecided),
        }


ANNOUNCED_DAYS = 31
"""A message that ends the contract is taken for the announcement of a notice that follows within so many days, not for one of its own."""


AGREED_AFTER_DAYS = 400
"""A paper in which both sides let the contract end within so many days of a notice speaks of that notice."""


def notices(file: ClientFile, given: list[Paper], told: Told, voices: Voices) -> list[Notice]:
    """Return the notices of termination in the file, by date. Drafts are none; copies, scans and covering mails are of one notice.

    A message of a chat that ends the contract is a notice too, if a poor one, unless a notice follows it.
    """
    held = file.by_id()
    found = [r for r in file.in_order() if is_notice_of_termination(r)]
    formal = [_notice(group, given, told, voices.sides) for group in _grouped(found, held)]
    spoken = [n for said in told.of("ends_by_message") if (n := _spoken(said, given, told, voices)) and not _announces(n, formal, told)]
    agreed = [n for said in told.of("agreed_end") if (n := _agreed(said, given, told))]
    formal += [n for n in agreed[:1] if not _still_stands(n, formal, told)]
    return sorted((*formal, *_first_of_a_kind(spoken)), key=lambda n: (n.day or "9999", order_of(n.copies[0])))


def _agreed(said: Said, given: list[Paper], told: Told) -> Notice | None:
    """Return what stands for the notice where both sides let the contract end: the paper that they signed. Nobody gave it, and nobody had to get it."""
    read, fact = said.read, said.known
    day = dated_by(read)
    if day is None:
        return None
    on = str(day.value)[:10]
    rules = notice_terms(given, on, None)
    stated = replace(fact, name="stated_effective_date", rule="the day that both sides agreed on", status="derived")
    method = Known("method", "agreement", fact.cites, "a paper that both sides signed", status="derived")
    ground = Known("ground", "mutual", fact.cites, "both sides let the contract end", status="derived")
    way = delivery((read,), rules, told, on)
    return Notice((read,), None, replace(day, name="notice_given"), None, None, method, ground, stated, way, rules, ())


def _still_stands(agreed: Notice, formal: list[Notice], told: Told) -> bool:
    """Say whether a notice went before the agreement that was not taken back: then the agreement only says what became of it."""
    earliest = after(agreed.day, -AGREED_AFTER_DAYS)
    return any(earliest <= n.day <= agreed.day and not told.of("notice_withdrawn", n.day, agreed.day) for n in formal)


def _announces(spoken: Notice, formal: list[Notice], told: Told) -> bool:
    until = after(spoken.day, ANNOUNCED_DAYS)
    follow = [n for n in formal if spoken.day <= n.day <= until and _value(n.given_by) in (None, _value(spoken.given_by))]
    return any(not told.of("notice_withdrawn", spoken.day, n.day) for n in follow)


def _first_of_a_kind(spoken: list[Notice]) -> list[Notice]:
    """Return one notice for messages of one side that follow one another within the days of an announcement."""
    out: list[Notice] = []
    for notice in sorted(spoken, key=lambda n: n.day):
        if not any(_value(o.given_by) == _value(notice.given_by) and notice.day <= after(o.day, ANNOUNCED_DAYS) for o in out):
            out.append(notice)
    return out


def _spoken(said: Said, given: list[Paper], told: Told, voices: Voices) -> Notice | None:
    """Return the notice that a message gives; None where it is not known whose message it is, or all who take part are of one side."""
    read, fact = said.read, said.known
    side = voices.of_passage(read, fact.cites[0].start)
    others = {voices.of_speaker(s.speaker) for s in read.segments if s.kind == "turn"} - {side}
    if side not in ("client", "provider") or not others:
        return None
    day = Known("notice_given", fact.unit[:10], fact.cites, "day of the message", status="derived") if day_of(fact.unit) else None
    if day is None:
        return None
    stated = (
        Known("stated_effective_date", fact.value, fact.cites, "the day that the message asks for", status="derived")
        if day_of(fact.value)
        else None
    )
    by = Known("given_by", side, fact.cites, "side of the speaker", status="derived")
    ground = Known("ground", "convenience", fact.cites, "a message that gives no ground in the contract", status="derived", confidence=0.6)
    rules = notice_terms(given, str(day.value), None)
    way = delivery((read,), rules, told, str(day.value))
    method = Known("method", "chat", fact.cites, "channel of the record", status="derived")
    undecided = ("a message in a chat was not received as a notice under the contract",)
    return Notice((read,), by, day, None, None, method, ground, stated, way, rules, undecided)


def is_notice_of_termination(read: ReadRecord) -> bool:
    """Say whether a record gives notice that the contract ends: a notice by its kind whose words speak of an end.

    A notice of default or suspension says in its head that it is one, and speaks of an end only as what may follow.
    """
    if read.record.kind != "notice" or is_draft(read):
        return False
    head = f"{read.record.subject}\n{read.text[:LETTERHEAD_CHARS]}"
    if other := next((m for m in _OTHER.finditer(head) if not _REFERS.search(head, max(0, m.start() - 40), m.start())), None):
        ending = _ENDING.search(head)
        return bool(ending and ending.start() < other.start())
    if known(read, "stated_effective_date"):
        return True
    return bool(_ENDING.search(head) or _ENDING.search(read.record.name) or known(read, "notice_given"))


def asks_for_cure(read: ReadRecord) -> bool:
    """Say whether a record gives time to put a breach right: a notice that ends nothing and does not only stop the service for a time, or another
    letter or mail whose head says so."""
    kind = read.record.kind
    if is_draft(read) or read.record.privileged or kind not in ("notice", "legal_letter", "claim", "email"):
        return False
    head = f"{read.record.subject}\n{read.text[:LETTERHEAD_CHARS]}"
    cures = _CURES.search(head)
    if kind == "notice":
        return not is_notice_of_termination(read) and bool(cures or not _STOPS.search(head))
    heading = f"{read.record.subject}\n{read.text[:HEADING_CHARS]}"
    titled = next((m for m in _CURES.finditer(heading) if not _YOURS.search(heading, max(0, m.start() - 50), m.start())), None)
    return titled is not None and not _YOURS.search(heading) and not read.record.subject.lower().startswith(("re:", "aw:", "fw:", "wg:", "tr:", "rv:"))


def _grouped(found: list[ReadRecord], held: dict[str, ReadRecord]) -> list[list[ReadRecord]]:
    """Return the records in groups of one notice: carried by one mail, copies of each other, or of one giver and day."""
    groups: list[tuple[set[str], list[ReadRecord]]] = []
    for read in found:
        marks = _marks(read, held)
        joined = [g for g in groups if g[0] & marks]
        groups = [g for g in groups if not g[0] & marks]
        groups.append((marks.union(*(g[0] for g in joined)), [*(r for g in joined for r in g[1]), read]))
    return _same_notice(sorted((sorted(members, key=order_of) for _, members in groups), key=lambda members: order_of(members[0])))


SAME_NOTICE_DAYS = 14
"""Copies of one side that ask for the same day within so many days are one notice, sent again."""


def _same_notice(groups: list[list[ReadRecord]]) -> list[list[ReadRecord]]:
    """Return the groups with those put together that are the same notice: one side, days close by, no two different days asked for."""
    out: list[list[ReadRecord]] = []
    for group in groups:
        for earlier in reversed(out):
            if _alike(earlier, group):
                earlier += group
                break
        else:
            out.append(list(group))
    return out


def _alike(earlier: list[ReadRecord], later: list[ReadRecord]) -> bool:
    for name in ("given_by", "stated_effective_date", "contract_number"):
        one, other = _values(earlier, name), _values(later, name)
        if one and other and not one & other:
            return False
    first, last = _born(earlier), _born(later)
    return bool(first and last) and last <= after(first, SAME_NOTICE_DAYS)


def _values(group: list[ReadRecord], name: str) -> set[object]:
    return {k.value for r in group if (k := known(r, name))}


def _born(group: list[ReadRecord]) -> str:
    day = _first(group, "notice_given")
    return (str(day.value) if day else next((r.record.date for r in group if r.record.date), ""))[:10]


def _marks(read: ReadRecord, held: dict[str, ReadRecord]) -> set[str]:
    r = read.record
    marks = {f"record {carrier_of(read, held)}", f"record {r.record_id}", f"bytes {r.digest}"}
    marks |= {f"record {other}" for other in (r.duplicate_of, r.near_duplicate_of) if other}
    day = known(read, "notice_given")
    if day:
        by = known(read, "given_by")
        marks.add(f"day {day.value} {by.value if by else ''}")
    return marks


def _notice(group: list[ReadRecord], given: list[Paper], told: Told, sides: Sides) -> Notice:
    # The notice itself speaks before the mail that carries it; of several, the surest.
    papers = [r for r in group if not is_mail(r)]
    mails = [r for r in group if is_mail(r)]
    order = [*papers, *mails]
    given_by = _first(order, "given_by") or _by_sender(order, sides)
    day = _first(order, "notice_given") or next((replace(d, name="notice_given") for r in order if (d := dated_by(r))), None)
    on = str(day.value)[:10] if day else None
    number = _first(order, "contract_number")
    rules = notice_terms(given, on, str(number.value) if number else None)
    way = delivery(tuple(order), rules, told, on)
    received = _first(order, "date_received") or (way.first.received if way.first else None)
    method = _first(order, "notice_method") or (way.first.way if way.first else way.sendings[0].way if way.sendings else None)
    dispatched = (way.first.sent if way.first else None) or (None if mails else day)
    stated, ground = _first(order, "stated_effective_date"), _first(order, "ground")
    missing = {
        "who gave the notice": given_by,
        "the date on the notice": day,
        "the day it was received": received,
        "how it was sent": method,
        "its ground": ground,
        "the date it asks for": stated,
    }
    undecided = tuple(f"{what} was not read from the documents" for what, part in missing.items() if part is None)
    return Notice(tuple(group), given_by, day, received, dispatched, method, ground, stated, way, rules, undecided)


def _first(order: list[ReadRecord], name: str) -> Known | None:
    return next((found for r in order if (found := known(r, name))), None)


def _value(item: Known | None) -> object:
    return item.value if item else None


def _by_sender(order: list[ReadRecord], sides: Sides) -> Known | None:
    for read in order:
        side, first = sides.of_sender(read), lead(read)
        if side in ("client", "provider") and first:
            return Known("given_by", side, (read.cite(first),), "side of the sender of the notice", status="derived")
    return None
