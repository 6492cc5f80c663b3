"""The sum that an order may not exceed: fact `order_cap` (JSON: `amount`, `order` the number of the order)."""
from __future__ import annotations

import re

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import currency_of, sums
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row

_TITLE = re.compile(
    r"\b(?:purchase order|work order|call-?off order|service order|order|einzelauftrag|bestellung|abruf|auftrag|bon de commande|commande|"
    r"orden de (?:compra|trabajo|servicio)|pedido|encargo)\W{0,3}"
    r"(?:no|nr|n[°ºo]|num|number|nummer|numero)?\W{0,3}(?P<n>(?=[a-z0-9/-]*\d)[a-z0-9][a-z0-9/-]{0,19})")
_CAP = re.compile(
    r"\b(?:(?:shall |must |may |is |are )?not (?:to )?exceed(?:ing)?|not (?:to be )?exceeded|capped at|cap of|maximum (?:amount |sum |price |charge |"
    r"budget )?(?:of|is)?|up to (?:a maximum of)?|at most|ceiling of|budget(?:ed)? (?:of|at)|"
    r"hochstens|maximal|hochstbetrag (?:von)?|bis zu(?: maximal)?|obergrenze(?: von)?|kostenrahmen (?:von)?|gedeckelt auf|budget (?:von)?|"
    r"(?:sans|ne pas|ne peut|ne doit pas|ne devant pas) (?:pouvoir )?(?:exceder|depasser)|plafonnee?s? a|plafond de|maximum de|au maximum|"
    r"dans la limite de|"
    r"(?:sin|no podra|no debera) (?:exceder|superar|rebasar)(?: de)?|(?:un )?maximo de|tope de|hasta (?:un maximo de)?|limite de)\W{0,3}(?:of |de |"
    r"von |eines )?$")
_KINDS = frozenset({"sow", "contract", "amendment", "other", "email", "legal_letter"})
_HEAD_CHARS = 500


def order_caps(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the cap of an order that names itself with its number in its first lines; () for any other paper."""
    if kind not in _KINDS or doc.form != "paper":
        return ()
    text = doc.said
    title = _TITLE.search(text[:_HEAD_CHARS])
    if title is None or text[:title.start()].count("\n") > 4:
        return ()
    for s in sums(text, title.end(), min(len(text), 20_000)):
        if _CAP.search(text[max(0, s.start - 60):s.start]):
            value = row(amount=format(s.value, "f"), order=title["n"].strip("-/").upper())
            return (Fact("order_cap", value, (doc.passage(s.start, s.end), doc.passage(title.start(), title.end())),
                         "the sum that an order may not exceed", s.currency or currency_of(doc, evidence), confidence=0.75),)
    return ()
