"""What the sides say of one payment or one order and may see differently: sent or not arrived, ordered by word of mouth or never ordered.

Facts, all JSON: `says_paid` and `denies_receipt` (`amount`), `oral_order` and `denies_order` (`reference`, the numbers of invoices in the sentence).
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import currency_of, sums
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.enrich.sentences import sentences
from ingest.enrich.settlement_terms import REFERENCE, within

_PAID = within(
    r"\b(?:has|have|had|was|were|we|i) (?:already |since |duly |now |been )*(?:sent|paid|transferred|remitted|wired)\b|\b(?:payment|transfer|"
    r"wire) (?:was|has been) (?:made|sent)\b|"
    r"\b(?:haben|hat|wurde[n]?|ist|sind)\b[^.]{0,80}\b(?:uberwiesen|gezahlt|bezahlt|angewiesen|beglichen|geleistet)\b|"
    r"\b(?:avons|a|ont|ai) (?:deja |bien )?(?:vire|paye|regle|verse|effectue)\w*|\b(?:virement|paiement) (?:a ete|effectue|emis)\b|"
    r"\b(?:hemos|ha|han|he) (?:ya )?(?:pagado|transferido|abonado|enviado|ingresado)\b|\b(?:transferencia|pago) (?:fue |ya )?(?:realizad|efectuad|"
    r"enviad)\w+")
_NO_TRACE = within(
    r"\b(?:no|not any|without) (?:trace|sign|record) of\b|\b(?:have|has|did|do|does) not (?:yet )?(?:received?|seen|see|arrived?|reached|show)\b|"
    r"\bhaven't (?:received|seen)|\bnever (?:arrived|received|reached)\b|"
    r"\bcannot (?:find|trace|locate|see)\b|\bnot (?:been )?(?:received|credited|arrived)\b|"
    r"\bkein(?:e|en)? (?:zahlungs)?eingang|\bnicht (?:eingegangen|erhalten|gutgeschrieben|angekommen|feststellbar|feststellen|finden)\b|"
    r"\bkonnen wir [^.]{0,60}\bnicht (?:zuordnen|finden|feststellen)|"
    r"\b(?:aucune trace|pas recu|jamais recu|n'est pas arrive|pas ete credite|ne (?:trouvons|retrouvons|voyons) pas)|"
    r"\b(?:no hemos recibido|no nos consta|no consta|sin rastro|no (?:ha|han) llegado|no aparece|no encontramos|nunca (?:llego|recibimos))\b")
_ORAL = within(
    r"\b(?:orally|verbally|by (?:tele)?phone|over the phone|on the phone|word of mouth|mundlich\w*|telefonisch\w*|per zuruf|oralement|verbalement|"
    r"de vive voix|par telephone|verbalmente|de palabra|por telefono)\b")
_ORDERED = re.compile(
    r"\b(?:order(?:ed|s)?|approv\w+|authori[sz]\w+|agreed|instruct\w+|auftrag\w*|beauftrag\w+|bestell\w+|zugesagt|freigegeben|genehmigt|commande\w*|"
    r"accord\w*|autoris\w+|approuv\w+|"
    r"pedido|encarg\w+|orden\w*|autoriz\w+|aprob\w+)\b")
_NOT_ORDERED = within(
    r"\b(?:no|without (?:an?|any)) (?:written )?(?:purchase )?order\b|\b(?:never|not) (?:been )?(?:ordered|approved|authori[sz]ed|instructed|"
    r"requested)\b|\bdid not (?:order|approve|authori[sz]e|request)\b|"
    r"\bkeine? (?:auftrag|bestellung|beauftragung|freigabe)\b|\bkeinen auftrag|\bohne (?:auftrag|bestellung|freigabe)\b|\bnicht (?:beauftragt|"
    r"bestellt|freigegeben)\b|"
    r"\b(?:aucune?|sans) (?:bon de )?commande\b|\b(?:pas|jamais) (?:ete )?(?:command\w+|autoris\w+|approuv\w+)|\b(?:ningun|sin) (?:pedido|encargo|"
    r"orden)\b|\bno (?:se )?(?:ha |hemos |habia )?(?:pedid|encargad|autorizad|aprobad)\w*")
_CUES = ("sent", "paid", "transfer", "remit", "wired", "uberw", "zahlt", "beglichen", "eingang", "erhalten", "vire", "paye", "regle", "verse", "recu",
         "pagad", "abonad", "ingres", "recib", "trace", "consta", "rastro", "received", "arriv", "order", "auftrag", "bestell", "command", "pedido",
         "encarg", "mundlich", "oral", "verbal", "phone", "telef")
_KINDS = frozenset({"email", "legal_letter", "claim", "counterclaim"})
_LIMIT = 8000


def payments_told(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return these facts for a mail or letter, in order of place; () for any other item."""
    if kind not in _KINDS or doc.form not in ("mail", "paper"):
        return ()
    text = doc.said[:_LIMIT]
    if not any(cue in text for cue in _CUES):
        return ()
    found = list(_found(doc, text))
    currency = currency_of(doc, evidence) if found else ""
    return tuple(Fact(f.name, f.value, f.passages, f.basis, f.unit or currency, confidence=f.confidence) for f in found)


def _found(doc: Doc, text: str) -> Iterator[Fact]:
    for start, end in sentences(text):
        held = list(sums(text, start, end))
        passage = (doc.passage(start, end),)
        for name, pattern, what in (("denies_receipt", _NO_TRACE, "did not come"), ("says_paid", _PAID, "was sent")):
            found = pattern.search(text, start, end) if held else None
            if found is not None:
                at = found.start()
                near = min(held, key=lambda s, at=at: abs(s.start - at))  # type: ignore[misc]
                basis = f"words that money {what}: {found[0][:40].strip()}"
                yield Fact(name, row(amount=format(near.value, "f")), passage, basis, near.currency, confidence=0.65)
                break
        numbers = " ".join(dict.fromkeys(m[0].upper() for m in REFERENCE.finditer(text, start, end)))
        if _NOT_ORDERED.search(text, start, end):
            yield Fact("denies_order", row(reference=numbers or None), passage, "words that nothing was ordered", confidence=0.65)
        elif _ORAL.search(text, start, end) and _ORDERED.search(text, start, end):
            yield Fact("oral_order", row(reference=numbers or None), passage, "words of an order by word of mouth", confidence=0.65)
