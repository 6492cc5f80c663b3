"""What a plain question asks after, told by its words: the facts that a record holds which answers it.

A question asks after something where it has a word of every group: `why` and `leave`, `notice` and `received`.  Words that are too common
to be looked for count here too.  English, German, French and Spanish, folded; a star stands for any ending.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from archive.analysis import fold
from search_api.query.tree import Asked


@dataclass(frozen=True, slots=True)
class AskedAfter:
    """Facts that answer a question with a word of each of `groups`, and the score that a record gets which holds one (bench/relevance.py)."""
    facts: tuple[str, ...]
    score: float
    groups: tuple[str, ...]


_REASONS_FOR_LEAVING: Final = AskedAfter(("leaving_reason",), 8.0, (
    "why reason* cause* motive* behind "
    "warum weshalb wieso grund gründe* beweggr* hintergrund* "
    "pourquoi raison* motif* "
    "qué porqué razón razones motivo* causa*",
    "leav* left quit* depart* exit* switch* end ended ending terminat* cancel* churn* walk* lost lose losing unhappy non-renew* "
    "kündig* gekündigt gehen gegangen ging verlass* verließ beende* beendigung gewechselt wechsel* abgang "
    "partir parti partie partis part quitt* résili* départ rompu rompre dénonc* "
    "fue fueron ido irse va marchó marcharse dejó deja dejar salida baja rescind* resolvi* terminó"))
_RECEIPT_OF_NOTICE: Final = AskedAfter(("received_on", "presented_on", "asserts_receipt"), 3.0, (
    "notice* terminat* cancel* letter* kündigung* schreiben préavis résiliation dénonciation lettre courrier avis "
    "preaviso aviso carta burofax notificación rescisión denuncia",
    "receiv* receipt arriv* reach* deliver* served deemed zugeg* zugang* zuging eingeg* eingang* erhalt* zugestellt zustellung "
    "reçu* réception présenté* présentation notifié* distribu* recibi* recepción entreg* notificad* acuse"))
_RETURN_OF_DATA_AND_THINGS: Final = AskedAfter(("data_deleted", "assets_returned", "handover_done"), 2.0, (
    "delet* destr* eras* wiped return* back handed handover lösch* gelösch* vernicht* zurück* rückgabe übergabe herausgabe "
    "supprim* suppression effac* détru* destruction restitu* rendu* borrad* supresión suprim* devol* devuelt*",
    "data record* headset* badge* equipment kit asset* hardware token* laptop* file* backup* daten* geräte* aufzeichnung* "
    "donnée* enregistrement* matériel* casque* datos grabacion* equipo*"))
_ASKED_AFTER: Final = (_REASONS_FOR_LEAVING, _RECEIPT_OF_NOTICE, _RETURN_OF_DATA_AND_THINGS)


def asked_after(asked: Asked) -> list[AskedAfter]:
    """Return what a question asks after, in a fixed order; an exact query is no question."""
    if asked.mode != "plain":
        return []
    question = fold(" ".join((*asked.words, *asked.left_out)))
    return [each for each in _ASKED_AFTER if all(_any_of(group).search(question) for group in each.groups)]


def facts_asked(asked: Asked) -> list[str]:
    """Return the names of the facts that a plain question asks after, for people to read."""
    return [name for each in asked_after(asked) for name in each.facts]


@cache
def _any_of(group: str) -> re.Pattern[str]:
    forms = (re.escape(fold(word.rstrip("*"))) + ("[^ ]*" if word.endswith("*") else "") for word in group.split())
    return re.compile(rf"(?<![^ ])(?:{'|'.join(forms)})(?![^\W_])")
