"""Of which trails an item speaks, told from its words: stems and phrases of four languages, each with a weight; the sum decides.

A stem counts wherever it stands inside a word (German joins words) and once however often it is there.  What stands in the subject or title
counts double, since it says what an item is about; long texts speak of many things in passing, so they need more.
"""
from __future__ import annotations

from typing import Final

from ingest.enrich.doc import Doc
from ingest.enrich.fold import words
from ingest.enrich.hints import bit_of, bits, mask_of

_STEMS: Final[dict[str, dict[float, str]]] = {
    "contractual": {
        1.0: "notice of termination|terminate the|termination of|termination notice|notice of default|notice of non-renewal|non-renewal|"
                "renewal notice|"
             "contract ends|agreement ends|contract ended|agreement ended|end of the contract|end of the agreement|end date|last day of "
             "service|"
             "knowledge transfer|wissenstransfer|transfert de connaissances|transferencia de conocimiento|"
             "last working day|our last day|deemed receipt|deemed received|cure period|notice period|certificate of deletion|"
             "certificate of destruction|"
             "proof of deletion|data deletion|deletion of|return of the|amendment|signed agreement|countersigned|"
             "termination date|early termination|extension of the|cancel us|cancel the service|cancel our|we are leaving|we will leave|"
             "we stay|days' notice|"
             "days notice|notices@|last day on|not to renew|remain in force|remains in force|remedy period|remediation notice|"
             "kundigung|kundigen|gekundigt|vertragsende|vertragslaufzeit|vertragsverlangerung|kundigungsfrist|nachtrag|loschung|"
             "loschprotokoll|"
             "loschbestatig|datenlosch|ruckgabe|ubergabeprotokoll|wir bleiben|wir gehen|laufzeitende|vertrag endet|ende des vertrag|"
             "vertragsbeendigung|"
             "resiliation|resilier|non-renouvellement|preavis|fin du contrat|fin de contrat|date de fin|avenant|restitution|suppression "
             "des donnees|"
             "dernier jour|prolongation du|"
             "rescision|rescindir|resolucion del contrato|preaviso|no renovacion|fin del contrato|fecha de fin|ultimo dia|devolucion de "
             "los|"
             "borrado de|supresion de|adenda|prorroga del",
        0.25: "handover|hand over|transition|headsets|equipment|badges|laptops|tokens|credentials|exit plan|exit management|exitplan|"
                "ubergabe|"
              "transfert|materiel|casques|traspaso|equipos",
        0.5: "terminat|renew|expir|clause|deletion|deleted|our contract|our agreement|your contract|"
             "give notice|given notice|giving notice|our notice|your notice|the notice|receipt of|guarantee|"
             "fristgerecht|laufzeit|verlanger|geloscht|losch|vertrag|ziffer|wirksam|zugang der|zugegangen|burgschaft|"
             "renouvel|contrat|garantie|on arrete|nous restons|nous partons|"
             "renova|contrato|clausula|aval|nos vamos|nos quedamos",
    },
    "dispute": {
        0.0: "without prejudice to|no dispute|not in dispute|undisputed|unbestritten|unstreitig",
        1.0: "without prejudice|rule 408|dispute|settlement agreement|settlement offer|full and final|counterclaim|set-off|set off|"
                "arbitrat|mediation|"
             "mediator|litigation|notice of default|material breach|for cause|statutory demand|winding up|winding-up|"
             "letter of demand|demand for payment|early termination fee|we reject|we do not accept|cannot accept|liability|liable|damages|"
             "legal proceedings|legal action|disputed|overcharg|in default|event of default|liquidated damages|penalty|non-payment|"
             "nonpayment|failure to pay|failed to pay|not been remedied|not been cured|"
             "not been paid|untimely|of no effect|does not end|we disagree|do not agree|cannot agree|is not valid|is invalid|ineffective|not a valid|"
             "vergleichs|bestreiten|bestritten|widersprech|widerspruch|vertragsstrafe|schadensersatz|schadenersatz|gegenforderung|"
             "aufrechnung|"
             "rechtsweg|klageweg|schlichtung|pflichtverletzung|vertragsverletzung|verzugszins|zuruckgewiesen|weisen wir|anerkennen wir "
             "nicht|"
             "unter vorbehalt|ohne anerkennung|strittig|streitig|zahlungsverzug|nichtzahlung|nicht einverstanden|unwirksam|"
             "rechtsauffassung|zu unrecht|entgegen ihrem|entgegen ihrer|nicht fristgerecht|schiedsgericht|insolvenzverwalter|"
             "forderungsanmeldung|aus wichtigem grund|"
             "litige|contestons|conteste|mise en demeure|dommages|indemnite de|penalite|manquement|transactionnel|sans prejudice|tribunal|"
             "liquidateur|declaration de creance|reconventionnel|sous toutes reserves|pour faute|defaut de paiement|pas d'accord|n'est "
             "pas valable|irrecevable|a tort|"
             "disputamos|impugn|incumplimiento|penalizacion|danos y perjuicios|arbitraje|mediacion|reconvencion|sin perjuicio|acuerdo "
             "transaccional|"
             "liquidador|concurso de acreedores|falta de pago|no estamos de acuerdo|no es valid|no procede|burofax de reclamacion",
        0.25: "proof of debt|liquidator|unpaid|overdue|offer|guarantee|impaye|impago|deuda|fallig",
        0.5: "claim|breach|settle|reject|refus|compromise|compensat|withhold|withheld|deduct|insolven|creditor|default|"
             "solicitor|attorney|counsel|lawyer|objection|object to|contest|penalt|credit back|wrongly|incorrectly|not agreed|never agreed|"
             "guarantor|"
             "forderung|anspruch|anspruche|einwand|einwendung|einbehalt|minderung|kulanz|vergleich|anwalt|kanzlei|haftung|verzug|"
             "mahnbescheid|"
             "nicht anerkannt|unberechtigt|zuviel berechnet|falsch berechnet|"
             "reclam|contest|refus|creance|avocat|compensation|geste commercial|erreur de facturation|responsabilite|"
             "reclama|rechaz|abogado|compensacion|responsabilidad",
    },
    "billing": {
        1.0: "invoice|credit note|credit memo|remittance|open items|aged debt|in suspense|offene posten|postes ouverts|partidas abiertas|"
            "outstanding balance|statement of account|overdue|refund|amount due|unpaid|arrears|"
             "payment of|part payment|part-payment|bank details|bank statement|instalment|installment|exchange rate|receivable|paid twice|"
             "price increase|price change|fee will|final statement|dividend|"
             "rechnung|gutschrift|zahlungseingang|zahlungserinnerung|uberweisung|uberwiesen|mahnung|saldo|offene posten|restbetrag|"
             "abschlag|preisanpassung|preiserhohung|schlussabrechnung|zahlbar|fallig|kontoauszug|"
             "facture|avoir de|note de credit|remboursement|virement|solde du|impaye|echeance|hausse de prix|hausse des tarifs|"
             "augmentation de|"
             "releve de compte|reglement de la|"
             "factura|nota de credito|abono de|reembolso|transferencia|saldo|pago pendiente|vencid|extracto|subida de precios",
        0.5: "w-9|wire form|payment|paid|ledger|balance|billing|billed|vat|gst|finance|accounts payable|accounts receivable|credited|short by|fees|"
             "zahlung|bezahlt|betrag|buchhaltung|brutto|netto|kontostand|bankkonto|kundenkonto|debitorenkonto|kontonummer|kontoverbindung|beglichen|"
             "paiement|paye|comptabilite|montant|tarif|"
             "pago|pagado|contabilidad|importe|tarifa",
    },
    "feedback": {
        1.0: "csat|net promoter|customer satisfaction|satisfaction survey|satisfaction score|service level|scorecard|"
             "hold time|minutes in the queue|waiting in the queue|root cause report|in der warteschleife|file d'attente|niveles de servicio|niveles de|"
             "llamadas atendidas|"
             "kundenzufriedenheit|zufriedenheit|umfrage|erreichbarkeit|servicelevel|bewertungen|"
             "satisfaction client|enquete de satisfaction|niveau de service|taux de reponse|"
             "satisfaccion|encuesta|nivel de servicio|puntuacion",
        0.5: "survey|abandon|response time|wait time|waiting time|handle time|average speed|quality score|complaints|nps|sla|forecast|"
                "aht|backlog|callers|calls waiting|answered|"
             "bewertung|wartezeit|beschwerden|qualitat|"
             "satisfait|sondage|temps d'attente|plaintes|qualite|"
             "quejas|tiempo de espera|calidad|valoracion",
    },
}
Term = tuple[str, str, float, bool]


def _by_bit() -> dict[int, list[Term]]:
    """Return for each bit of a mask the terms that it stands for: trail, stem, weight, and whether the stem is more than a word."""
    out: dict[int, list[Term]] = {}
    for trail, listed in _STEMS.items():
        for weight, stems in listed.items():
            for stem in dict.fromkeys(stems.split("|")):
                out.setdefault(bit_of(stem), []).append((trail, stem, weight, words(stem) != [stem]))
    return out


_TERMS: Final = _by_bit()
_MASK: Final = sum(_TERMS)


def topics_of(doc: Doc) -> dict[str, tuple[float, list[str]]]:
    """Return for each trail the weight of its words that stand in the item, and these words, the longest first.

    A stem that is part of a longer one which stands there too does not count again; so one without weight takes that of its parts away.
    """
    heading, said = doc.subject if doc.form == "mail" else doc.title, doc.said
    top, own, found = mask_of(heading), doc.mask, list[tuple[int, str, str, float]]()
    for bit in bits((own | top) & _MASK):
        for trail, stem, weight, phrase in _TERMS[bit]:
            if bit & top and (not phrase or stem in heading):
                found.append((-len(stem), stem, trail, 2 * weight))
            elif bit & own and (not phrase or stem in said):
                found.append((-len(stem), stem, trail, weight))
    out: dict[str, tuple[float, list[str]]] = {}
    for _, stem, trail, weight in sorted(found):
        held, shown = out.get(trail, (0.0, []))
        if not any(stem in longer for longer in shown):
            out[trail] = held + weight, [*shown, stem]
    return out
