"""The record types of an item: which of the five trails it belongs to. The kind gives the first, what is said adds others."""
from __future__ import annotations

from typing import Final

from archive.model.fact import Derived
from archive.model.record import RECORD_TYPES
from ingest.enrich.doc import Doc
from ingest.enrich.signs import Sign, arranged, scores, sign

_BY_KIND: Final[dict[str, tuple[str, ...]]] = {
    "email": ("interaction",), "chat": ("interaction",), "call_transcript": ("interaction",), "call_note": ("interaction",),
    "meeting_note": ("interaction",), "contract": ("contractual",), "amendment": ("contractual",), "sow": ("contractual",),
    "legal_letter": (), "notice": ("contractual",), "claim": ("dispute",), "counterclaim": ("dispute",), "settlement": ("dispute",),
    "invoice": ("billing",), "credit_note": ("billing",), "ledger": ("billing",), "payment_advice": ("billing",), "survey": ("feedback",),
    "sla_report": ("feedback",), "review": ("feedback", "interaction"), "other": (),
}
_FIXED: Final = frozenset({"contract", "amendment", "sow", "ledger", "survey", "sla_report", "review"})
"""Kinds whose types follow from the kind alone: contracts speak of every subject without belonging to its trail."""

_BAR: Final = 1.0

_SIGNS: Final[tuple[Sign, ...]] = arranged((
    sign("dispute", 1.0, "subject", r"\b(?:disput\w*|claim|counter-?claim|without prejudice|(?:rule|fre) 408|arbitration|mediation|"
                                    r"litigation|settlement|settle|contest\w*|widerspruch|bestreit\w*|vergleich|forderung\w*|"
                                    r"schlichtung|"
         r"litige|reclamation|transaction|mise en demeure|disputa|reclamacion|acuerdo transaccional|impugnacion)\b",
         "disput|claim|prejudice|408|arbitrat|mediat|litig|settle|contest|widerspruch|bestreit|vergleich|forderung|schlichtung|reclam|"
         "transac|mise en|acuerdo|impugn"),
    sign("dispute", 1.0, "said", r"\b(?:without prejudice save|in full (?:and final )?settlement|settlement (?:sum|amount|agreement|"
                                 r"range)|counterclaim|set[- ]off|arbitrat(?:or|ion)|mediat(?:or|ion)|notice of default|material "
                                 r"breach|"
         r"(?:is|are|be) in (?:material )?breach|early termination fee|minimum commitment|we (?:dispute|contest|do not accept|reject)|"
         r"disputes? that|liability is denied|vergleichs\w+|vertragsverletzung|vertragsstrafe|"
         r"bestreiten wir|wir bestreiten|weisen wir[^.]{0,40}zuruck|schadensersatz|contestons|manquement (?:grave|essentiel)|indemnite "
         r"de resiliation|mise en demeure|incumplimiento (?:grave|esencial)|impugnamos|penalizacion|"
         r"for cause|aus wichtigem grund|pour (?:faute|motif grave)|por causa)\b",
         "prejudice|settlement|counterclaim|set-off|set off|arbitrat|mediat|default|breach|early term|shortfall|dispute|contest|not "
         "accept|reject|liability|preference|penalt|vergleich|verletzung|strafe|bestreit|zuruck|schaden|"
         "manquement|indemnite|mise en|incumplimiento|impugn|penaliz|for cause|wichtigem|pour |por causa"),
    sign("contractual", 1.0, "subject", r"\b(?:(?:notice|letter) of (?:termination|non-?renewal|default)|terminat\w+|renew\w+|"
                                        r"amendment|notice@?|kundigung\w*|vertragsende|verlangerung|nachtrag|resiliation|"
                                        r"renouvellement|avenant|preavis|rescision|resolucion|renovacion|prorroga|"
         r"signed settlement|deed)\b", "notice|letter of|terminat|renew|amendment|kundigung|vertragsende|verlangerung|nachtrag|resili|"
                                       "renouvel|avenant|preavis|rescision|resolucion|renovacion|prorroga|signed|deed"),
    sign("contractual", 1.0, "said", r"\b(?:notice of (?:termination|default|non-?renewal)|(?:terminate|ending|ended|treat) (?:the|"
                                     r"this|our) (?:agreement|contract)|(?:agreement|contract|msa) (?:ended|terminated|will (?:end|"
                                     r"terminate))|deemed receiv\w+|deemed receipt|"
         r"cure period|renewal term|(?:order form|statement of work)[^.\n]{0,60}(?:renews?|signed)|certificate of (?:deletion|"
         r"destruction)|(?:credentials|"
         r"access)[^.\n]{0,30}revoked|wipe within|returned by courier|"
         r"kundigungsfrist|vertragsende|kundigung (?:zum|vom|ist|haben)|loschbestatigung|loschprotokoll|(?:avis|preavis) (?:de "
         r"resiliation|du \d)|date de fin|fin du contrat|bon de commande|dernier jour|"
         r"preaviso|fin del contrato|ultimo dia de servicio|aviso de rescision)",
         "notice|terminat|agreement|contract|msa|deemed|cure period|renew|order form|statement of work|purge|revoked|last day|last "
         "call|wipe|courier|kundigung|vertragsende|losch|avis|date de fin|fin du|bon de|dernier|preaviso|fin del|ultimo|"
         "aviso"),
    sign("billing", 1.0, "subject", r"\b(?:invoice|inv-|payments?|paid|remittance|credit (?:note|memo)|balance|statement|overdue|"
                                    r"refund|short|rechnung\w*|zahlung\w*|gutschrift|saldo|mahnung|facture|paiement|avoir|solde|"
                                    r"remboursement|factura|pago|abono|reembolso)\b",
         "inv|pay|paid|remit|credit|balance|statement|overdue|refund|short|rechnung|zahlung|gutschrift|saldo|mahnung|factur|paiement|"
         "avoir|solde|rembours|pago|abono|reembolso"),
    sign("billing", 1.0, "said", r"\b(?:invoices? (?:no\.? ?)?[a-z]{0,4}-?\d|(?:our|your) invoice|inv-[a-z]*-?\d|credit notes? (?:cn|"
                                 r"no)|(?:bank|account) shows|remittance|outstanding balance|payment of \W?\d|monthly fee will change|"
                                 r"paid (?:twice|invoice)|"
         r"rechnung (?:nr|vom|\w*-?\d)|zahlung(?:seingang| von)|gutschrift|facture (?:n|\w*-\d)|remboursement|paye (?:la facture|inv)|"
         r"virement|factura (?:n|\w*-?\d)|abono de|pago de \d)",
         "invoice|inv-|credit note|shows|remittance|outstanding|payment of|monthly fee|paid|rechnung|zahlung|gutschrift|facture|"
         "rembours|paye|virement|factura|abono|pago"),
    sign("feedback", 1.0, "said", r"\b(?:csat|nps|customer satisfaction|satisfaction score|kundenzufriedenheit|satisfaction client|"
                                  r"satisfaccion|score: ?[1-5]\b|rating: ?[1-5]\b|service level (?:was|is|of) \d)",
         "csat|nps|satisfaction|zufriedenheit|satisfaccion|score|rating|in 30|service level"),
    sign("feedback", 1.0, "subject", r"\b(?:csat|nps|survey|service level|scorecard|satisfaction|umfrage|zufriedenheit|sondage|"
                                     r"encuesta)\b", "csat|nps|survey|service level|scorecard|satisfaction|umfrage|zufriedenheit|"
                                                     "sondage|encuesta"),
))


def record_types(doc: Doc, kind: str) -> tuple[Derived, ...]:
    """Return the record types of an item of this kind, in the order of the model, each with its basis."""
    found: dict[str, Derived] = {t: Derived(t, f"kind {kind}") for t in _BY_KIND[kind]}
    if doc.form == "mail":
        found.setdefault("interaction", Derived("interaction", "a mail"))
    if kind not in _FIXED:
        for name, score in scores(doc, _SIGNS).items():
            if score.total >= _BAR and name not in found and _may_add(doc, kind, name):
                found[name] = Derived(name, "; ".join(score.bases[:2]), 0.7, score.passage)
    if kind == "legal_letter" and not found:
        found["contractual"] = Derived("contractual", "formal letter", 0.4)
    if kind == "payment_advice" and doc.form == "mail" and not doc.is_reply and _automatic(doc):
        found.pop("interaction", None)
    return tuple(found[t] for t in RECORD_TYPES if t in found)


def _may_add(doc: Doc, kind: str, name: str) -> bool:
    if kind in ("invoice", "credit_note", "payment_advice"):
        return name in ("dispute",)
    if kind in ("notice", "claim", "counterclaim"):
        return name in ("dispute", "billing") if kind != "notice" else name == "dispute"
    if kind == "settlement":
        return name in ("contractual", "billing")
    return not (kind == "other" and doc.form == "none")


def _automatic(doc: Doc) -> bool:
    """Whether nobody wrote this: it says so, or the headers do (RFC 3834)."""
    mail = doc.extracted.mail
    if mail and any(k.lower() == "auto-submitted" and v.strip().lower() not in ("", "no") for k, v in mail.headers):
        return True
    text = doc.said
    return any(w in text for w in ("automatic message", "do not reply", "no-reply", "noreply", "not read",
        "automatische nachricht", "nicht auf diese", "message automatique",
                                   "ne pas repondre", "mensaje automatico", "no responda")) or not any(w in text for w in (
                                       "hi ", "dear ", "hello", "bonjour", "hallo", "sehr ", "hola", "estimad"))
