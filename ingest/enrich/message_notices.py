"""`ends_by_message`: a message of a chat that says, in so many words, that its writer ends the contract. The value is the day asked for, or ""."""

from __future__ import annotations

import re
from calendar import monthrange

from archive.model.fact import Fact
from ingest.enrich.day_forms import Order
from ingest.enrich.doc import Doc
from ingest.enrich.short_days import short_days
from ingest.enrich.spans import sentences

_WHAT = (
    r"(?:us|you|it|our|the|this|your|with you|der|den|die|das|dem|unser\w*|euer\w*|euch|ihnen|le|la|les|"
    r"notre|votre|el|nuestro|vuestro|su)"
)
_ENDS = re.compile(
    rf"\b(?:you can|please|we(?:'re| are| will|'ll)?|i(?:'m| am| will|'ll)?|hereby)\s(?:hereby |now |going to |"
    rf"gonna |officially )?(?:cancel\w*|terminat\w*|end|ending|quit\w*)\s{_WHAT}\b"
    r"|\b(?:consider|take|treat) this (?:as )?(?:our|my|a)?\s?(?:formal |official )?(?:notice|termination|"
    r"cancellation)|\bthis is (?:our|my) (?:formal |official )?(?:notice|termination|cancellation)\b"
    r"|\bwe(?:'re| are)? (?:hereby )?(?:giv(?:e|ing)|serv(?:e|ing)) (?:you )?(?:our )?notice\b|\bwe(?:'re|"
    r" are) (?:done|out|leaving)\b[^?]{0,60}\bend of\b"
    r"|\b(?:wir|ich) kundigen?\b|\bhiermit kundig\w*|\bkundigen (?:wir|hiermit)\b|\b(?:das|dies|hier) ist (?:die|"
    r"unsere|meine) kundigung\b|\bbetracht\w+ (?:sie |du )?(?:das|dies) als kundigung"
    r"|\b(?:on|nous|je) (?:arretons?|arrete|resilions?|resilie)\b|\bmett(?:ons|ez|re) fin (?:au|a notre)"
    r"\b|\bvous pouvez (?:nous )?(?:annuler|resilier)"
    r"|\b(?:cancelamos|rescindimos|damos de baja|nos damos de baja|lo dejamos)\b|\bdar(?:nos)? de baja\b"
)
_NOT = re.compile(
    r"\b(?:if|unless|would|might|could|don't|do not|not going to|wenn|falls|wurden|konnten|nicht|si|ne|"
    r"pas|quiza|no)\s(?:\w+\s){0,3}$|\?\s*$"
)
_MONTH_END = re.compile(
    r"\bend of (?:the |this )?month\b|\b(?:zum|am|bis) monatsende|\bende (?:des|dieses) monats|\bfin (?:du|"
    r"de ce) mois|\bfin de mes\b|\bfinal de mes\b|\ba fin de mes\b"
)
_UNTIL = re.compile(r"\b(?:on|by|from|until|as of|effective|zum|per|ab|bis|le|au|a partir du|des|el|desde|hasta)\b[^.]{0,20}$")


def message_notices(doc: Doc, kind: str, near: str, order: Order) -> list[Fact]:
    """Return the messages of a chat that end the contract; questions and conditions are none."""
    if kind != "chat":
        return []
    facts = []
    text = doc.said
    at_of = {(s.start, s.end): s.at for s in doc.extracted.segments if s.kind == "turn"}
    for start, end in sentences(doc):
        for m in _ENDS.finditer(text, start, end):
            stop = re.compile(r"[.!?\n]|$").search(text, m.end(), end)
            tail = text[m.start() : (stop.end() if stop else end)]
            if (
                _NOT.search(text[max(start, m.start() - 40) : m.start()] + "\0")
                or _NOT.search(text[max(start, m.start() - 40) : m.start()])
                or tail.rstrip().endswith("?")
            ):
                continue
            day = at_of.get((start, end), "")[:10] or near
            facts.append(
                Fact(
                    "ends_by_message",
                    _asked(text, m.start(), end, day, order),
                    (doc.passage(start, end),),
                    f"words that end the contract, written {day}",
                    unit=day,
                    confidence=0.7,
                )
            )
            break
    return facts


def _asked(text: str, start: int, end: int, day: str, order: Order) -> str:
    if len(day) == 10 and _MONTH_END.search(text, start, end):
        return f"{day[:8]}{monthrange(int(day[:4]), int(day[5:7]))[1]:02d}"
    for found in short_days(text, order, day, start, end):
        if _UNTIL.search(text[max(start, found.start - 40) : found.start]) and found.value >= day:
            return found.value
    return ""
