"""Which records are a notice of termination, which of them are the same notice, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, cites_json, cites_of, derivation, known
from history.file import ClientFile, carrier_of, is_mail, order_of
from history.passages import lead
from history.sides import Sides, sides_of
from history.terms import dated_by, is_draft

_ENDING = re.compile(
    r"terminat|non[- ]?renew|not (?:to )?renew|bring\w* .{0,30}to an end|kündig|k[uü]ndig|nicht verläng|résili|resili"
    r"|non[- ]?renouvel|ne pas renouvel|rescind|rescisi|resoluci[oó]n del|no renov|dénonc|widerruf",
    re.I,
)
_OTHER = re.compile(
    r"notice of (?:default|breach|suspension)|notice to (?:cure|remedy)|default notice|breach notice|suspension notice"
    r"|mise en demeure|abmahnung|fristsetzung|mahnung|requerimiento|suspensi[oó]n|suspension",
    re.I,
)
_METHODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "registered_post",
        re.compile(
            r"special delivery|recorded delivery|registered (?:post|mail|letter)|certified mail|return receipt|einschreiben"
            r"|lettre recommandée|recommandé|courrier recommandé|burofax|correo certificado|carta certificada",
            re.I,
        ),
    ),
    (
        "courier",
        re.compile(r"\b(?:by|per|via|par|por) (?:overnight )?(?:courier|kurier|coursier|mensajer[oía]+)\b|overnight courier", re.I),
    ),
    ("hand", re.compile(r"by hand\b|hand[- ]deliver|per boten|persönlich übergeben|remis en main propre|en mano", re.I)),
    ("fax", re.compile(r"\b(?:by|per|via|par|por) (?:tele)?fax\b|by facsimile", re.I)),
    ("portal", re.compile(r"\b(?:via|through) (?:the |our |your )?(?:\w+ )?portal\b", re.I)),
    ("email", re.compile(r"\b(?:by|per|via|par|por) (?:e-?mail|courriel|correo electrónico)\b", re.I)),
    ("post", re.compile(r"\b(?:by|per) (?:first[- ]class |ordinary )?post\b|par la poste|por correo postal", re.I)),
)
LETTERHEAD_CHARS = 1500
"""A way of sending is looked for in the head of a letter, where it stands above the address; further down it speaks of other things."""


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
    undecided: tuple[str, ...]

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


def notices(file: ClientFile) -> list[Notice]:
    """Return the notices of termination in the file, by date. Drafts are none; copies, scans and covering mails are of one notice."""
    held, sides = file.by_id(), sides_of(file)
    found = [r for r in file.in_order() if is_notice_of_termination(r)]
    return [_notice(group, sides) for group in _grouped(found, held)]


def is_notice_of_termination(read: ReadRecord) -> bool:
    """Say whether a record gives notice that the contract ends: a notice by its kind whose words speak of an end.

    A notice of default or suspension says in its head that it is one, and speaks of an end only as what may follow.
    """
    if read.record.kind != "notice" or is_draft(read):
        return False
    if known(read, "stated_effective_date"):
        return True
    head = f"{read.record.subject}\n{read.text[:LETTERHEAD_CHARS]}"
    if other := _OTHER.search(head):
        ending = _ENDING.search(head)
        return bool(ending and ending.start() < other.start())
    return bool(_ENDING.search(head) or _ENDING.search(read.record.name) or known(read, "notice_given"))


def _grouped(found: list[ReadRecord], held: dict[str, ReadRecord]) -> list[list[ReadRecord]]:
    """Return the records in groups of one notice: carried by one mail, copies of each other, or of one giver and day."""
    groups: list[tuple[set[str], list[ReadRecord]]] = []
    for read in found:
        marks = _marks(read, held)
        joined = [g for g in groups if g[0] & marks]
        groups = [g for g in groups if not g[0] & marks]
        groups.append((marks.union(*(g[0] for g in joined)), [*(r for g in joined for r in g[1]), read]))
    return sorted((sorted(members, key=order_of) for _, members in groups), key=lambda members: order_of(members[0]))


def _marks(read: ReadRecord, held: dict[str, ReadRecord]) -> set[str]:
    r = read.record
    marks = {f"record {carrier_of(read, held)}", f"record {r.record_id}", f"bytes {r.digest}"}
    marks |= {f"record {other}" for other in (r.duplicate_of, r.near_duplicate_of) if other}
    day = known(read, "notice_given")
    if day:
        by = known(read, "given_by")
        marks.add(f"day {day.value} {by.value if by else ''}")
    return marks


def _notice(group: list[ReadRecord], sides: Sides) -> Notice:
    # The notice itself speaks before the mail that carries it; of several, the surest.
    papers = [r for r in group if not is_mail(r)]
    mails = [r for r in group if is_mail(r)]
    order = [*papers, *mails]
    given_by = _first(order, "given_by") or _by_sender(order, sides)
    day = _first(order, "notice_given") or next((replace(d, name="notice_given") for r in order if (d := dated_by(r))), None)
    received = _first(order, "date_received")
    method = _first(order, "notice_method") or _method(papers, mails)
    dispatched = _dispatched(mails, day)
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
    return Notice(tuple(group), given_by, day, received, dispatched, method, ground, stated, undecided)


def _dispatched(mails: list[ReadRecord], day: Known | None) -> Known | None:
    """Return the day on which the notice was sent: that of its mails when they agree, without a mail the day that it bears.

    Sent by several mails on several days, which of them counts depends on addresses and receipts, and is not decided here.
    """
    sent = [replace(d, name="dispatched") for r in mails if (d := dated_by(r))]
    if not sent:
        return day
    return sent[0] if len({d.value for d in sent}) == 1 else None


def _first(order: list[ReadRecord], name: str) -> Known | None:
    return next((found for r in order if (found := known(r, name))), None)


def _by_sender(order: list[ReadRecord], sides: Sides) -> Known | None:
    for read in order:
        side, first = sides.of_sender(read), lead(read)
        if side in ("client", "provider") and first:
            return Known("given_by", side, (read.cite(first),), "side of the sender of the notice", status="derived")
    return None


def _method(papers: list[ReadRecord], mails: list[ReadRecord]) -> Known | None:
    for read in papers:
        for name, words in _METHODS:
            if found := words.search(read.text, 0, LETTERHEAD_CHARS):
                passage = read.passage(found.start(), found.end())
                return Known(
                    "method", name, (read.cite(passage),), "the way of sending that the notice names in its head", status="derived"
                )
    for read in [*mails, *papers]:
        channel = "email" if is_mail(read) else "chat" if read.record.kind == "chat" else None
        first = lead(read)
        if channel and first:
            return Known("method", channel, (read.cite(first),), "channel of the record", status="derived")
    return None
