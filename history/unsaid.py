"""What an agent must not say: what somebody told in confidence, the terms of a confidential settlement, offers that were made without prejudice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from history.file import ClientFile
from history.sentences_said import Said, Words, said_in, talks
from history.who_said import Voices

MOST = 10

_CONFIDENCE = Words(
    re.compile(
        r"\b(?:(?:you )?did(?:n't| not) (?:get|hear) (?:this|it) from me|(?:keep|keeping) (?:this|it|that) (?:to yourself|between us|quiet|confidential)|"
        r"between (?:you and me|us|ourselves)|off the record|in (?:strict )?confidence|(?:please )?(?:do not|don't) (?:circulate|share|forward|"
        r"pass (?:this|it) on|quote me)|"
        r"not for (?:onward )?circulation|für sich behalten|unter uns\b|nicht weiter(?:geben|leiten|sagen)|sagen sie (?:das|es) bitte (?:keinem|"
        r"niemand\w*)|im vertrauen|"
        r"streng vertraulich|behalten sie das|entre nous\b|ne (?:le )?(?:diffusez|transmettez|répétez) pas|gardez (?:ça|cela|ceci) pour vous|"
        r"en toute confidence|"
        r"entre nosotros|no (?:lo )?(?:difunda|comparta|reenvíe|repita)\w*|en confianza|confidencialmente)",
        re.I,
    ),
    "from me|to yourself|between us|between you and|between ourselves|this quiet|it quiet|that quiet|this confidential|it confidential|"
    "that confidential|in confidence|in strict confidence|toute confidence|confianza|"
    "confidencialmente|off the record|not circulate|n't circulate|"
    "not share|n't share|not forward|n't forward|not pass|n't pass|not quote|n't quote|for circulation|onward circulation|"
    "für sich behalten|unter uns|nicht weiter|keinem|niemand|vertrau|behalten sie|entre n|diffusez|transmettez|répétez|gardez|difund|"
    "compart|reenv|repit",
)
_SETTLEMENT = Words(
    re.compile(
        r"\b(?:terms?|agreement|settlement|vergleich|inhalt|termes|accord|términos|acuerdo)\b[^.]{0,60}\b(?:confidential|vertraulich|"
        r"stillschweigen|confidentiel\w*|confidencial\w*)",
        re.I,
    ),
    "confiden|vertraulich|stillschweigen",
)
_WITHOUT_PREJUDICE = Words(
    re.compile(
        r"\b(?:without prejudice(?! to\b)|rule 408|fre 408|ohne (?:präjudiz|anerkennung einer rechtspflicht)|sans préjudice|"
        r"sous toutes réserves|sin perjuicio|"
        r"sin reconocimiento)\b", re.I
    ),
    "prejudice|rule 408|fre 408|präjudiz|rechtspflicht|préjudice|réserves|perjuicio|reconocimiento",
)


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A sentence, and why what it belongs to is not to be spoken of: in_confidence | settlement | without_prejudice."""

    why: str
    said: Said

    def as_json(self) -> dict[str, Any]:
        return {"why": self.why} | self.said.as_json()


def unsaid(file: ClientFile, voices: Voices) -> tuple[Unsaid, ...]:
    """Return what must not be said, newest first. Privileged records are taken out of the file before; they are never told of."""
    out: list[Unsaid] = []
    for read in talks(file):
        kind = read.record.kind
        for why, words in (("in_confidence", _CONFIDENCE), ("settlement", _SETTLEMENT), ("without_prejudice", _WITHOUT_PREJUDICE)):
            if (why == "settlement") != (kind == "settlement") or kind == "amendment":
                continue
            found = next((said for said, _ in said_in(read, words, voices)), None)
            if found:
                out.append(Unsaid(why, found))
        if len(out) >= MOST:
            break
    return tuple(out[:MOST])
