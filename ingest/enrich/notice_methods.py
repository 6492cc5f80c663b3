"""Ways of sending a notice as they are written in English, German, French and Spanish papers, folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

METHODS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "registered_post",
        re.compile(
            r"\b(?:(?:recorded|special)(?:[ -](?:signed[ -]for|or special))?\s?(?:delivery|post)|recorded(?= or special delivery)"
            r"|registered (?:or certified )?"
            r"(?:post|mail|letter|air ?mail)|certified (?:or registered )?(?:mail|post)|return receipt|"
            r"(?:uber[gs]abe-?|einwurf-?)?einschreiben\w*|eingeschriebene\w* brief\w*|(?:lettre|courrier|pli)s?\s(?:\w+\s)?recommandee?s?|"
            r"recommandee? avec|en recommande|burofax|correo certificado|carta certificada|certificado con acuse)\b"
        ),
    ),
    (
        "courier",
        re.compile(
            r"\b(?:(?:overnight |express |commercial |recogni[sz]ed |international )*couriers?|kurier\w*|botendienst|"
            r"coursiers?|messagerie (?!instantanee|electronique|vocale)\w+|(?<=par )messagerie(?! (?:instantanee|electronique|vocale))|"
            r"mensajer(?:o|ia)|servicio de mensajeria|waybill|overnight (?:delivery|mail)|fedex|federal express|dhl|purolator|chronopost|estafeta|"
            r"(?:via|by|per|par|por) (?:ups|tnt|dpd|gls|seur|mrw)|ups (?:next|2nd|second|overnight|express|ground|saver|worldwide))\b"
        ),
    ),
    (
        "hand",
        re.compile(
            r"\b(?:by hand|hand[- ]deliver\w*|in person|personal(?:ly)? deliver\w*|delivered personally|(?:per|"
            r"durch) boten|"
            r"personlich\w* (?:ubergabe|ubergeben\w*)|remis\w* en (?:main propre|mains propres)|en mano|entrega personal|entregad\w* personalmente|"
            r"entreg\w+ personalmente|personalmente (?:con|en|contra)|personal delivery|delivered in person)\b"
        ),
    ),
    ("email", re.compile(r"\b(?:e-?mails?|electronic mail|courriels?|courriers? electroniques?|correos? electronicos?)\b")),
    ("fax", re.compile(r"\b(?:tele)?fax\b|\bfacsimile\b|\btelecopie\b")),
    ("portal", re.compile(r"\b(?:portal|portail|support ticket|tickets?)\b")),
    (
        "chat",
        re.compile(
            r"\b(?:chat(?:s| messages?| applications?)?|instant messag\w+|messaging (?:app\w*|service)|messengers?|"
            r"whatsapp|sms|text messages?|"
            r"slack|microsoft teams|messagerie instantanee|clavardage|mensajeria instantanea|kurznachricht\w*)\b"
        ),
    ),
    (
        "phone",
        re.compile(
            r"\b(?:telephone|by phone|orally|verbal\w*|mundlich\w*|telefon\w*|telephonique|verbalement|de vive voix|"
            r"verbalmente)\b"
        ),
    ),
    (
        "post",
        re.compile(
            r"\b(?:first[- ]class (?:post|mail)|pre-?paid (?:post|mail|letter|first)|by (?:ordinary )?(?:post|"
            r"mail)\b|per (?:post|brief)|auf dem postweg|"
            r"par (?:la )?poste|par courrier postal|por correo postal|correo ordinario)"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of sending that stands written from `start` to `end`; `name` is a word of the contract of this project."""

    name: str
    start: int
    end: int


def ways(folded: str, start: int = 0, end: int | None = None) -> Iterator[Way]:
    """Yield the ways of sending in a folded text between two offsets, in order of place."""
    stop = len(folded) if end is None else end
    found = [Way(name, m.start(), m.end()) for name, words in METHODS for m in words.finditer(folded, start, stop)]
    taken: list[Way] = []
    for way in sorted(found, key=lambda w: (w.start, w.start - w.end)):
        if not taken or way.start >= taken[-1].end:
            taken.append(way)
    yield from taken
