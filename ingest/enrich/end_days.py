"""`service_ended`: the day on which papers and messages say that the contract ended or will end, with how they know in `unit`:
agreed (a settlement or termination agreement), found (a ruling), stated (anybody else's word)."""

from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.day_forms import Order
from ingest.enrich.doc import Doc
from ingest.enrich.short_days import short_days
from ingest.enrich.spans import cut

_THING = re.compile(
    r"\b(?:agreement|contract|m[a-z]{0,2}sa|[a-z]{1,3}sa(?=\s(?:(?:was|is|has)\s)?(?:terminat|end|expir))|services?|terminations?|notice|engagement|"
    r"order form|vertrag\w*|rahmenvertrag\w*|"
    r"vertragsverhaltnis\w*|kundigung\w*|leistung\w*|contrat|service|resiliation|accord|contrato|servicio\w*|"
    r"resolucion|rescision)\b"
)
_ENDED = re.compile(
    r"\b(?:terminated|ended|ends?|ending|expire[sd]?|terminates|takes? effect|took effect|(?:is |was |"
    r"are )?(?:valid and )?effective|came? to an end|comes to an end|last day|"
    r"endet\w*|beendete?[nrms]?|geendet|wirksam|abgelaufen|lauft\b[^.;]{0,30}\baus|letzte[rn]? (?:tag|leistungstag)|"
    r"pris fin|prend(?:ra)? fin|fin du|expire\w*|prend(?:ra)? effet|dernier jour|termin(?:a|o|ara|ado|"
    r"ada)|finaliz\w+|extingu\w+|surt\w+ efecto|ultimo dia)\b"
)
_CUE = re.compile(
    r"\b(?:on|as of|at|to|until|is|be|was|zum|am|mit ablauf des|per|bis(?: zum)?|le|au|el|al|del?|dia|"
    r"sera|would be)\s?$|\b(?:effective|ablauf des)\b[^.;]{0,20}$"
)
_ENDED_BEHIND = re.compile(r"\s(?:beendete[nrms]?|geendete[nrms]?|ausgelaufene[nrms]?|abgelaufene[nrms]?|beendet|geendet|ausgelaufen)\b")
_OTHER = re.compile(
    r"\b(?:cure|default|is made|made and|entered into|installment|offer|notice period|term would|would have run|initial term|renewal|"
    r"deemed|stated|asked|requested|claims?|declaration|frist\b|angebot|not)\b[^.;]{0,40}$"
)
_RULING = re.compile(
    r"\b(?:award|judg(?:e)?ment|adjudicat\w+|arbitrator|decision|ruling|urteil|schiedsspruch|beschluss|"
    r"sentence arbitrale|jugement|laudo|sentencia)\b"
)


def end_days(doc: Doc, kind: str, near: str, order: Order) -> list[Fact]:
    """Return the days of an end that an item states."""
    if kind in ("contract", "sow", "ledger", "survey", "sla_report", "invoice", "credit_note", "payment_advice"):
        return []
    how, sure = "stated", 0.6
    if kind == "settlement":
        how, sure = "agreed", 0.9
    elif kind == "other" and _RULING.search(doc.title):
        how, sure = "found", 0.9
    text = doc.said.replace("\n", " ")
    facts: list[Fact] = []
    for start, end in cut(doc.said, 0, min(len(text), 30_000)):
        if not _THING.search(text, start, end) or not _ENDED.search(text, start, end):
            continue
        for day in short_days(text, order, near, start, end):
            if _ENDED_BEHIND.match(text, day.end, end):
                facts.append(Fact("service_ended", day.value, (doc.passage(start, end),), f"words for the end, {how}", how, confidence=sure))
                break
            before = text[max(start, day.start - 70) : day.start]
            ended = _ENDED.search(before)
            if (
                ended
                and _CUE.search(re.sub(r"\s+", " ", before[ended.end() - 12 if ended.end() > 12 else 0 :]).strip() + " ")
                and not _OTHER.search(before[: ended.start()])
            ):
                facts.append(
                    Fact("service_ended", day.value, (doc.passage(start, end),), f"words for the end, {how}", how, confidence=sure)
                )
                break
    return facts[:8]
