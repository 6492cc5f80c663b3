"""Which of the figures that a review shows reached their target and which did not; a net promoter score below nothing has missed any."""
from __future__ import annotations

import json
import re
from typing import Final

from ingest.enrich.doc import Doc
from ingest.enrich.figures import figures

_LESS_IS_BETTER: Final = re.compile(r"\b(?:time|aht|asa|frt|ces|abandon\w*|effort|backlog|attrition|antwortzeit|bearbeitungszeit|wartezeit|abbruch\w*|"
    r"temps|delai|"
                                    r"attente|premiere reponse|first (?:reply|response)|tiempo|primera respuesta|abandono)\b")


def met_and_missed(doc: Doc, kind: str) -> tuple[list[str], list[str]]:
    """Return the names of the figures that reached their target and of those that did not."""
    met, missed = list[str](), list[str]()
    for fact in figures(doc, kind, None, None):
        told = json.loads(str(fact.value))
        name, value, target = str(told["metric"]).lower(), told["value"], told.get("target")
        if target is None:
            if name.startswith(("nps", "net promoter")) and value < 0:
                missed.append(f"{name} {value:g}")
            continue
        reached = value <= target if _LESS_IS_BETTER.search(name) else value >= target
        (met if reached else missed).append(f"{name} {value:g} of {target:g}")
    return met, missed
