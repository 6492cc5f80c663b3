"""`agreed_end`: the day on which both sides let the contract end, in a paper that both sign.

That is a termination agreement, or a settlement or amendment that says so.

A clause that only allows the parties to end the contract by agreement is none, nor is the recital of an end that a notice brought.
"""

from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.day_forms import Day, Order, days
from ingest.enrich.doc import Doc
from ingest.enrich.hints import Hints
from ingest.enrich.notices import ends_at
from ingest.enrich.sentences import sentences
from ingest.enrich.settlement_terms import within

_KINDS = frozenset({"settlement", "amendment", "contract", "other"})
_HINTS = Hints(
    "mutual|agree|consent|einvernehm|einverstand|ubereinstimm|kommen uberein|vereinbaren|aufhebung|auflosung|beendigung|commun accord|a l'amiable|convien|"
    "consentement|acuerdo|acuerdan|disenso|consentimiento"
)
_TITLE = re.compile(
    r"^\W{0,3}(?:mutual |consensual |amicable |early )?(?:(?:deed|agreement) of (?:mutual )?termination|(?:mutual )?terminat\w+ (?:and (?:mutual )?release )?"
    r"(?:agreement|deed)|cancellation agreement|agreement (?:to terminate|on (?:the )?termination))\b|"
    r"^\W{0,3}(?:einvernehmliche \w+|aufhebungs(?:vertrag|vereinbarung)|auflosungs(?:vertrag|vereinbarung)|beendigungs(?:vertrag|vereinbarung)|"
    r"vertragsaufhebung|vereinbarung uber die (?:einvernehmliche |vorzeitige )*(?:beendigung|auflosung|aufhebung))\b|"
    r"^\W{0,3}(?:(?:accord|convention|protocole|avenant) de (?:resiliation|rupture|fin de)|resiliation (?:amiable|conventionnelle|d'un commun accord)|"
    r"rupture "
    r"conventionnelle)|"
    r"^\W{0,3}(?:(?:acuerdo|convenio|contrato) (?:de (?:terminacion|resolucion|rescision)|resolutorio|extintivo)|terminacion (?:por mutuo acuerdo|anticipada "
    r"(?:de|por) (?:mutuo|comun))|mutuo disenso)",
    re.MULTILINE,
)
_BOTH = re.compile(
    r"\b(?:(?:by|of) (?:their )?(?:mutual|common|joint) (?:agreement|consent)|mutually agree\w*|(?:parties|both sides|[a-z]+ and [a-z]+|we) (?:have |hereby |"
    r"therefore |now |further )*agree[sd]?\b|it is (?:hereby )?agreed|"
    r"einvernehmlich\w*|im (?:gegenseitigen |beiderseitigen )?einvernehmen|in beiderseitigem einverstandnis|(?:parteien|vertragsteile|vertragspartner) "
    r"(?:kommen|vereinbaren|sind sich|stimmen|heben|losen|beenden)|ubereinstimmend|"
    r"d'un commun accord|de commun accord|de leur commun accord|par (?:consentement|accord) mutuel|a l'amiable|parties (?:conviennent|sont convenues|"
    r"s'accordent|decident)|il est convenu|"
    r"(?:de|por) (?:mutuo|comun) (?:y \w+ )?acuerdo|por mutuo (?:consentimiento|disenso)|partes (?:acuerdan|convienen|pactan|deciden))\b"
)
_ENDS = within(
    r"\b(?:to (?:terminate|end|cancel|discontinue|bring\b[^.]{0,80}\bto an end)|(?:shall|will|is|be|are|hereby|therefore) (?:hereby |be |therefore )*"
    r"(?:terminated?|terminates|ends?|ended|cease[sd]?|cancelled|discharged|come to an end)|terminat(?:es|ion)|(?:brought|comes?) to an end|"
    r"beend\w+|aufgehoben|aufzuheben|aufgelost|aufzulosen|auflos\w+|endet|enden|heben\b[^.]{0,80}\bauf|losen\b[^.]{0,80}\bauf|"
    r"(?:mettre|mettent|met|mis|mettant) (?:un terme|fin)|resili\w+|rompre|prend(?:ra)? fin|prennent fin|cesse\w*|"
    r"(?:resolver|resuelven?|resuelto|rescind\w+|terminar|termina\w*|extingu\w+|(?:dar|dan|da) por (?:terminad|resuelt|extinguid|finalizad|concluid)\w+|"
    r"(?:poner|ponen) fin|finaliz\w+))\b"
)
_THING = re.compile(
    r"\b(?:agreements?|contracts?|msa|engagement|services?|\w*vertrag\w*|vertragsverhaltnis\w*|vereinbarung|zusammenarbeit|contrat\w*|convention|"
    r"collaboration|"
    r"relations?|contrato|convenio|relacion|servicios?)\b"
)
_ONLY_MAY = re.compile(
    r"\b(?:may|can|could|konnen|kann|konnten|peuvent|peut|pourront|pourra|podran?|pueden?|if|in the event|unless|falls|sofern|wenn|si|sauf|en cas|"
    r"en caso|salvo|"
    r"until|bis zur|jusqu'a ce|hasta que|has (?:been )?(?:given|served) notice|notice of termination|kundigung vom|resiliation notifiee)\b"
)
_AT_ONCE = re.compile(
    r"\b(?:with immediate effect|effective immediately|(?:as of|on|from) the date (?:of this|hereof)|mit sofortiger wirkung|per sofort|ab sofort|avec effet "
    r"immediat|a effet immediat|con efectos? inmediatos?|a (?:la|partir de la) fecha de (?:firma|este))\b"
)


def agreed_ends(doc: Doc, kind: str, near: str, order: Order) -> list[Fact]:
    """Return the end that a paper of both sides agrees on, with its sentence; `near` is the day of the paper, ISO 8601 or ""."""
    if kind not in _KINDS or doc.form == "mail" or not _HINTS.may_be_in(doc.mask, doc.said):
        return []
    titled = _TITLE.search(doc.title) is not None
    if kind in ("contract", "other") and not titled:
        return []
    text = doc.flow[:30_000]
    for start, end in sentences(text):
        if not _ENDS.search(text, start, end) or not _THING.search(text, start, end) or _ONLY_MAY.search(text, start, end):
            continue
        if not titled and not _BOTH.search(text, start, end):
            continue
        found = [d for d in days(text, order, start, end) if not near or d.value >= near[:4]]
        day = next((d.value for d in found if ends_at(text, d, start)), "")
        day = day or (near if _AT_ONCE.search(text, start, end) else _last(found, near))
        if day:
            return [
                Fact("agreed_end", day, (doc.passage(start, end),), "both sides let the contract end", confidence=0.85 if titled else 0.8),
                Fact("service_ended", day, (doc.passage(start, end),), "words for the end, agreed", "agreed", confidence=0.9),
            ]
    return []


def _last(found: list[Day], near: str) -> str:
    """Return the last day of a sentence that does not lie before the paper; "" for none."""
    return max((d.value for d in found if not near or d.value >= near), default="")
