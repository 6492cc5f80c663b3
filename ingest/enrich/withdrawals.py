"""`notice_withdrawn` and `withdrawal_accepted`: what takes a notice back, and what agrees to it. The value is the day of the item or message."""

from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.doc import Doc
from ingest.enrich.spans import sentences


def _within(pattern: str) -> re.Pattern[str]:
    """Return the pattern with the stop behind a number allowed in what lies between words: `die Kündigung vom 5. März zurück`."""
    return re.compile(pattern.replace("[^.;]", r"(?:[^.;]|(?<=\d)\.)"))


_NOTICE = (
    r"(?:notices?|terminations?|cancell?ations?|kundigung\w*|avis|preavis|resiliation|denonciation|aviso|"
    r"preaviso|notificacion|carta|rescision|resolucion|baja)"
)
_WITHDRAWN = _within(
    rf"\b(?:withdraws?|withdrew|withdrawing|revokes?|rescinds?|retracts?|retract|cancels?)\s(?:\w+\s){{0,4}}{_NOTICE}\b|"
    rf"\b{_NOTICE}\b[^.;]{{0,80}}\b(?:is|are|was|be|stands|hereby)\s(?:hereby\s)?(?:withdrawn|revoked|rescinded|"
    rf"retracted|off|void|cancelled)\b"
    rf"|\b(?:disregard|ignore|forget)\s(?:\w+\s){{0,3}}{_NOTICE}\b|\bwithdrawal of (?:our|the|my) {_NOTICE}"
    rf"|\b(?:ziehen|nehmen|ziehe|nehme)\s[^.;]{{0,60}}kundigung[^.;]{{0,60}}\bzuruck\b|\b(?:rucknahme|zurucknahme|"
    rf"widerruf) (?:der|unserer|meiner) kundigung|\bkundigung\b[^.;]{{0,60}}\b(?:zuruckgezogen|zuruckgenommen|"
    rf"hinfallig|gegenstandslos)\b"
    rf"|\b(?:retirons|retire|annulons|revoquons)\s(?:\w+\s){{0,3}}{_NOTICE}\b|\bretrait de (?:notre|l'|"
    rf"mon)\s?{_NOTICE}|\b(?:avis|resiliation)\b[^.;]{{0,60}}\best (?:retiree?|annulee?)\b"
    rf"|\b(?:retiramos|retiro|anulamos|revocamos|dejamos sin efecto)\s(?:\w+\s){{0,3}}{_NOTICE}\b|\b{_NOTICE}\b[^.;]{{0,60}}\bqueda (?:sin efecto|"
    rf"anulad\w|retirad\w)\b"
)
_STAYS = re.compile(
    r"\b(?:we (?:will |'ll |are going to )?stay(?:ing)?(?: with you)?|we're staying|forget (?:it|that|"
    r"what i said)|never ?mind|on reste|nous restons|oublie(?:z)? (?:ca|cela)|wir bleiben|vergiss es|vergessen sie das|"
    r"nos quedamos|olvid\w+ (?:lo|eso))\b"
    r"|\b(?:cancell?ation|termination|notice)\b[^.;\n]{0,60}\b(?:is|are) off\b"
)
_ACCEPTED = _within(
    r"\b(?:accepts?|accepted|agrees?|agreed|consents?|confirms?)\s(?:\w+\s){0,5}(?:withdrawal|retraction|"
    r"revocation)\b|\bwithdrawn by (?:mutual )?agreement\b|\bwithdrawal\b[^.;]{0,60}\b(?:is|has been) (?:accepted|"
    r"agreed)\b"
    r"|\b(?:akzeptier\w+|nehmen|bestatig\w+|stimmen|einverstanden)\b[^.;]{0,70}\b(?:rucknahme|zurucknahme|"
    r"widerruf)\b|\b(?:rucknahme|zurucknahme)\b[^.;]{0,70}\b(?:einverstanden|angenommen|zugestimmt|akzeptier\w+|"
    r"stimmen)\b"
    r"|\b(?:accept\w+|acceptons|prenons acte|d'accord)\b[^.;]{0,60}\b(?:retrait|retractation)\b|\b(?:acept\w+|"
    r"conform\w+)\b[^.;]{0,60}\b(?:retirada|revocacion|anulacion)\b"
)
_IF = re.compile(r"\b(?:if|unless|only if|can be|may be|could|would|wenn|falls|kann|konnte|si|peut|pourrait|puede|podria)\b")


def withdrawals(doc: Doc, kind: str, near: str) -> list[Fact]:
    """Return what an item says of the withdrawal of a notice; terms that only allow one say nothing."""
    if kind in ("contract", "sow", "invoice", "credit_note", "ledger", "survey", "sla_report") or not near:
        return []
    facts = []
    at_of = {(s.start, s.end): s.at for s in doc.extracted.segments if s.kind == "turn"}
    text = doc.said.replace("\n", " ")
    for start, end in sentences(doc):
        said = text[start:end]
        day = at_of.get((start, end), "")[:10]
        day = day if len(day) == 10 and day[4] == "-" else near
        accepted = _ACCEPTED.search(said)
        if accepted and not _IF.search(said[: accepted.start()]):
            facts.append(Fact("withdrawal_accepted", day, (doc.passage(start, end),), "words that agree to a withdrawal", confidence=0.85))
        taken = _WITHDRAWN.search(said)
        spoken = _STAYS.search(said) if doc.form in ("chat", "call") or kind in ("call_note", "meeting_note") else None
        if (taken and not _IF.search(said[: taken.end()]) and not (accepted and kind != "amendment")) or spoken:
            facts.append(
                Fact(
                    "notice_withdrawn",
                    day,
                    (doc.passage(start, end),),
                    "words that take a notice back" if taken else "words of staying",
                    confidence=0.85 if taken else 0.6,
                )
            )
    return facts
