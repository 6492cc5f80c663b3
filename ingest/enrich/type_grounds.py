"""What follows for the trails of an item from why it was written: the ground of a notice, what a letter denies, what a paper records.

A notice for cause or for non-payment is part of a dispute; a suspension is none by itself; one under a settlement is not of the contract.  Who answers a
notice with another end date contests it.  A ruling belongs to its dispute, a receipt to the notice whose arrival it proves.
"""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from archive.model.fact import Derived
from ingest.enrich.currencies import CODES, SUM, WORDS_TOO
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold
from ingest.enrich.hints import Hints

_READ: Final = 20_000
_UNPAID = re.compile(
    r"\b(?:overdue|unpaid|non-?payment|arrears|outstanding (?:invoices?|balance|sums?|amounts?)|fail(?:ed|ure) to pay|remains? outstanding|"
    r"(?:is|are|still|payment is) outstanding|(?:was|were|has|have|is|are)(?: still)? not (?:been )?(?:paid|received in full|settled)|"
    r"zahlungsverzug|ruckstand\w*|nichtzahlung|offene[nr]? (?:rechnung|forderung|betrag)\w*|nicht (?:vollstandig )?(?:be|ge)zahlt|"
    r"impaye\w*|defaut de paiement|n'(?:a|ont) pas ete (?:payee?s?|reglee?s?)|impago\w*|falta de pago|facturas? pendientes?|"
    r"no (?:se )?(?:ha|han|fue|fueron)(?: sido)? pagad\w+)\b")
_FOR_CAUSE = re.compile(
    r"\b(?:for cause|notice of default|default notice|in default|event of default|(?:this|the|such) default|material breach|breach of|chronic failure|"
    r"not (?:been )?(?:cured|remedied)|aus wichtigem grund|ausserordentlich\w*|fristlos\w*|vertragsverletzung|pflichtverletzung|"
    r"pour (?:faute|motif grave|manquement)|manquements?|mise en demeure|incumplimiento|por causa)\b")
_ENDS = re.compile(r"^[^\n.]{0,70}\b(?:terminat(?:ion|es|ing)|cancellation|kundigung|kundig(?:t|en)|resiliation|resilie|rescision|resolucion|"
    r"terminacion)\b", re.MULTILINE)
_SUSPENDS = re.compile(r"^[^\n.]{0,50}\b(?:suspension of|suspends?|aussetzung|einstellung der|suspension d|suspendemos)", re.MULTILINE)
_DEFAULTS = re.compile(r"\b(?:default|breach|verzug|mahnung|demeure|manquement|defaut|incumplimiento)\b")
_OF_SETTLEMENT = re.compile(
    r"^[^\n.]{0,40}\b(?:settlement(?: agreement| deed)?|vergleich(?:s\w+)?|accord transactionnel|protocole(?: d'accord)?|acuerdo transaccional)\b[^\n]{0,60}"
    r"\b(?:notice|default|breach|verzug|mahnung|demeure|defaut|manquement|incumplimiento)\b|"
    r"^[^\n.]{0,40}\b(?:notice|default|breach|verzug|mahnung|demeure|defaut|manquement|incumplimiento)\b[^\n]{0,60}"
    r"\b(?:settlement(?: agreement| deed)?|vergleich(?:s\w+)?|accord transactionnel|protocole d'accord|acuerdo transaccional)\b", re.MULTILINE)
_CREDITED_IN_PEACE = re.compile(
    r"\b(?:service (?:level )?credits?|rebate|volume discount|bonus|loyalty|mengenrabatt|jahresbonus|skonto|servicegutschrift|ristourne|"
    r"remise (?:de|sur) volume|rappel|descuento por volumen|bonificacion|(?:issued|sent|raised|billed|charged|posted|invoiced) in error|"
    r"emise? par erreur|irrtumlich|versehentlich|"
    r"duplicate|invoiced twice|doppelt|en double|duplicad[oa]|por error|no solicitad[oa]s?|not (?:ordered|requested)|(?:rate|price) (?:correction|difference)|"
    r"correct(?:s|ed|ion of)? (?:the )?(?:hourly |unit |agreed |contract )?(?:rate|price|hours|quantity)|korrektur (?:des |der )?(?:stundensatz|preis|"
    r"menge)\w*|"
    r"correction d\w+ (?:taux|tarif|prix|quantite)|correccion de(?:l| la)? (?:tarifa|precio|cantidad)|"
    r"billed at\b[^.\n]{0,60}\brates?)\b")
_NUMBER = (r"(?:\d{1,3}|(?:ten|fourteen|fifteen|twenty|thirty|forty|forty-five|sixty|ninety|one hundred(?: and)?|zehn|vierzehn|dreissig|sechzig|"
    r"neunzig|dix|quinze|"
           r"vingt|trente|soixante|quatre-vingt-dix|diez|quince|veinte|treinta|sesenta|noventa)(?:-[a-z]{3,5})?)")
_UNIT = (r"(?:(?:calendar|business|working) )?(?:days?|months?|weeks?)|(?:kalender|werk|arbeits)?tagen?|wochen?|monaten?|(?:jours|semaines|"
    r"mois)(?: ouvrables)?|"
         r"(?:dias|semanas|meses)(?: habiles)?")
_RECKONS = re.compile(
    rf"\b{_NUMBER} (?:{_UNIT}) (?:from|after|following|ab|nach|apres|a compter|desde|a partir|despues)\b[^.;]{{0,70}}?\b(?:is|are|was|ends?|expires?|"
    rf"falls?|runs?|ist|"
    rf"sind|endet|enden|est|sont|prend|expire|es|son|termina|vence)\b|"
    rf"\bthe [a-z-]{{3,20}}th (?:{_UNIT}) after\b[^.;]{{0,60}}?\b(?:is|was|ends?)\b")
_RECKONS_HINTS: Final = Hints("days|months|weeks|tage|wochen|monate|jours|mois|semaines|dias|meses|semanas")
_CONTESTS_END = re.compile(
    r"\b(?:(?:your|the|this) (?:notice|termination) (?:is|was) (?:therefore |plainly )?(?:defective|invalid|ineffective|premature|late|out of time|"
    r"too late|of no)|"
    r"(?:notice|termination)[^.]{0,40}(?:of no effect|takes? no effect|(?:does|did|do) not comply|states? an earlier (?:date|day))|"
    r"(?:first|earliest) (?:possible )?date (?:which|that|on which)[^.]{0,40}(?:compl(?:ies|y)|take effect|end)|earliest date on which|"
    r"not make a (?:letter|notice)|(?:e-?mail|fax|chat)[^.]{0,30} is not a (?:valid )?(?:method|means|form)|\bnot \d{1,2} (?:[a-z]{3,9})[.,]|"
    r"(?:hatte|hatten) [^;]{0,160}(?:zugehen|eingehen|erfolgen|vorliegen) mussen|(?:wahrt|genugt|entspricht) [^;]{0,80}(?:nicht|schriftform)|"
    r"nachstmoglichen? (?:termin|zeitpunkt)|(?:nicht fristgerecht|verspatet) (?:zugegangen|eingegangen|erklart)|kundigung (?:ist|war) (?:unwirksam|"
    r"verspatet)|"
    r"halten [^;]{0,80}termin [^;]{0,40}fest|"
    r"(?:aurait|auraient) du (?:etre|parvenir|arriver)|ne (?:peut|saurait) prendre effet|(?:preavis|avis|resiliation)[^.]{0,40}(?:tardi|sans effet|"
    r"irregulier|nul)|"
    r"prochaine echeance (?:possible|utile)|"
    r"(?:debio|deberia) (?:haber(?:se)?|recibirse)|no (?:puede|podia) surtir efecto|(?:preaviso|aviso|notificacion)[^.]{0,40}(?:fuera de plazo|"
    r"sin efecto|nul[oa])|"
    r"primera fecha (?:posible|valida)|(?:es|resulta|fue|considera\w*) (?:por tanto )?extemporane\w+|(?:fuera|dentro) (?:de|del) plazo|"
    r"(?:ha quedado|queda|quedo|esta) (?:por tanto |pues |automaticamente )?prorrogado|no compart\w+ (?:su|la|el) (?:carta|criterio|interpretacion|posicion)|"
    r"(?:your|the) (?:letter|position|reading|date)[^.]{0,30} is (?:mistaken|wrong|incorrect)|(?:has|was|is) (?:therefore |thus )?(?:automatically )?renewed|"
    r"(?:hat|haben) sich [^.;]{0,40}verlangert|(?:s'est|est) (?:donc |ainsi )?(?:tacitement )?(?:renouvele|reconduit)e?)")
_CONTESTS_PLAINLY = re.compile(
    r"\b(?:end date (?:remains|stays)|(?:agreement|contract) (?:has (?:therefore )?(?:been )?renewed|remains? in force until|runs? on (?:to|until))|"
    r"(?:maintain|stand by|insist on)\b[^.;]{0,40}\b(?:end date|\d{1,2} [a-z]{3,9} \d{4})|"
    r"bleibt (?:es )?(?:daher |deshalb |also )?(?:beim|bei dem) \d{1,2}\.|halten (?:wir )?(?:daher |deshalb |weiterhin )?(?:am|"
    r"an dem) \d{1,2}\.[^;]{0,20} fest\b|"
    r"(?:termin|zeitpunkt|datum)\b[^;]{0,60}\b(?:kann|konnte|konnen)\b[^;]{0,40}\bnicht (?:eingehalten|gehalten|berucksichtigt|anerkannt)|"
    r"(?:akzeptieren|anerkennen)\b[^;]{0,100}\bals (?:vertragsende|ende des vertrag\w*|beendigungs\w+)|"
    r"(?:rechts)?(?:ansicht|auffassung|standpunkt|meinung)\b[^;]{0,40}\bteilen? (?:wir|ich)\b[^.;]{0,20}\bnicht|teilen? (?:wir |ich )?(?:ihre|"
    r"diese) (?:rechts)?(?:ansicht|auffassung|meinung|sichtweise)\b[^.;]{0,15}\bnicht|"
    r"vertragsende ist (?:daher|somit|sohin|also|folglich)|nehm\w+ (?:wir |ich )?(?:den|das)[^;]{0,60}\bals (?:vertragsende|kundigungstermin|"
    r"beendigungs\w+) zur kenntnis|"
    r"(?:do not|don't|cannot) (?:share|agree with) your (?:view|reading|interpretation|position)|"
    r"(?:denonciation|resiliation|notification)\b[^.;]{0,30}\b(?:est|etait) (?:donc |ainsi )?(?:tardi\w+|irreguli\w+|sans effet|nulle)|"
    r"ne partage(?:ons|ais|ait)? pas votre (?:lecture|analyse|interpretation|position)|terme (?:reste|demeure) (?:donc )?fixe|"
    r"contrat s'est (?:donc |ainsi )?(?:renouvele|reconduit)|"
    r"no (?:compartimos|comparto) su (?:lectura|interpretacion|criterio)|contrato (?:ha quedado|queda|se ha) (?:prorrogado|renovado))")
_PLAIN_HINTS: Final = Hints("ansicht|auffassung|standpunkt|meinung|sichtweise|zur kenntnis|your view|your reading|your interpretation|your position|"
                            "end date|renewed|remains in|remain in|runs on|run on|maintain|stand by|insist|bleibt|halten|eingehalten|gehalten|berucksichtigt|"
                            "anerkannt|vertragsende|beendigung|ende des|tardi|irreguli|sans effet|nulle|partageons|partage|fixe|renouvele|reconduit|"
                            "compartimos|comparto|prorrogado|renovado")
_OF_THE_END = re.compile(r"\b(?:notice|terminat\w*|end date|renew\w*|\w*kundigung\w*|vertragsende|vertrag\w*|denonciation|resiliation|preavis|contrat|"
                         r"terme|rescision|preaviso|prorroga|contrato)\b")
_CONTESTS_END_HINTS: Final = Hints(
    "defective|invalid|ineffective|premature|out of time|too late|is late|was late|of no|no effect|not comply|earlier date|earlier day|earliest date|"
    "first date|"
    "earliest possible|first possible|make a letter|make a notice|not a method|not a valid|not a means|not a form|, not |mussen|schriftform|nicht|"
    "nachstmoglich|verspatet|unwirksam|termin|aurait du|auraient du|prendre effet|tardi|sans effet|irregulier|echeance|debio|deberia|surtir|"
    "fuera de plazo|sin efecto|extemporane|dentro de plazo|dentro del plazo|fuera del plazo|prorrogado|comparto|compartimos|mistaken|is wrong|incorrect|"
    "renewed|verlangert|"
    "renouvele|reconduit|"
    "primera fecha")
_CONTESTS_SUM = re.compile(
    r"\b(?:(?:cannot|can ?'?t|do not|don'?t) (?:confirm|accept|recogni[sz]e|agree (?:to|with)) (?:your|the|this) (?:balance|statement|invoice|account|"
    r"claim|charge|bill|figure)|"
    r"(?:owe|due is)[^.\n]{0,40}\d[^.\n]{0,20} (?:and|,) not\b|(?:never|not) (?:received|ordered|had) (?:the|your|this|that|an|any) (?:invoice|order|copy)|"
    r"(?:meet|met) (?:you )?(?:half ?way|in the middle)|(?:agree to|propose|suggest) (?:a |to )?(?:split|compromise)|"
    r"(?:rechnung|abrechnung|saldo|forderung|aufstellung)[^.]{0,40}konnen wir (?:so )?nicht (?:bestatigen|anerkennen|akzeptieren|nachvollziehen)|"
    r"schulden wir [^.]{0,40}\d[^.]{0,40}(?:und )?nicht\b|(?:rechnung|gutschrift)[^.]{0,40}(?:nie|nicht) erhalten|in der mitte treffen|treffen wir uns|"
    r"(?:ne pouvons|ne peux)(?: pas)? (?:confirmer|accepter) (?:votre|le|la|ce)|n'avons jamais (?:recu|commande|autorise)|couper la poire|a mi-chemin|"
    r"no podemos (?:confirmar|aceptar) (?:su|el|la|este)|nunca (?:hemos )?(?:recib\w+|ped\w+|autoriz\w+) (?:la|el|su|esa)|a mitad de camino)")
_CONTESTS_SUM_HINTS: Final = Hints(
    "confirm|accept|recogni|agree|owe |due is|never|not received|not ordered|half|middle|split|compromise|bestatigen|anerkennen|akzeptieren|nachvollziehen|"
    "schulden|erhalten|mitte|treffen|pouvons|jamais|poire|mi-chemin|podemos|nunca|camino")
_DENIES_SUM = re.compile(
    r"\b(?:(?:do(?:es)? not|don'?t|cannot) (?:accept|agree|admit)|deny|denies|dispute|reject)\b[^.\n]{0,60}(?:[$€£]|\b(?:eur|usd|gbp|cad|chf|sgd|"
    r"aud)\b)\s?\d|"
    r"(?:bestreiten|weisen)[^.]{0,80}\d[^.]{0,20}(?:eur|€)|(?:contestons|refusons)[^.]{0,60}\d|(?:rechazamos|impugnamos)[^.]{0,60}\d")
_ENDING = re.compile(r"\b(?:notice|terminat\w*|end date|kundigung\w*|vertragsende|resiliation|preavis|fin du contrat|rescision|preaviso|fin del contrato)\b")
_CLAUSE = re.compile(r"\b(?:clause|section|sec\.|article|art\.|ziffer|abs\.|clausula|articulo)\s?\d|\u00a7\s?\d")
_MEMO = re.compile(r"\b(?:memo(?:randum)?|work product|attorney-client|privileged|anwaltlich\w*|gutachten|vermerk|note juridique|avis juridique|dictamen)\b")
_RETURNED = re.compile(r"\b(?:headsets?|equipment|badges|tokens?|laptops|thin clients|\w{0,20}gerate|ausweise|laptops|materiel|casques|equipos|fichiers?|"
    r"donnees|ficheros?|\w{0,20}daten|"
    r"credenciales)[^.\n]{0,60}"
                       r"(?:returned|handed over|collected|picked up|zuruck\w*|ubergeben|ubernommen|gebracht|geloscht|abgeholt|restitue\w*|rendus|remis\w*|"
                       r"detrui\w+|"
                       r"devuelt\w*|entregad\w*)")
_RETURNED_HINTS: Final = Hints("headset|equipment|badges|token|laptops|thin clients|gerate|ausweise|materiel|casques|equipos|credenciales|"
                                "fichier|donnees|fichero|daten")
_REQUIRED = re.compile(r"\b(?:(?:the |our |their )?(?:agreement|contract|msa|clause|section) (?:says|requires|gives|allows|\d)|days after (?:the end|"
    r"termination)|in time\b|"
                       r"deadline|certificate|zu spat|confirme|detruit\w*|destruid\w+|vertrag (?:sagt|verlangt|sieht)|frist|fristgerecht|protokoll|"
                       r"contrat (?:dit|prevoit|exige)|delai|"
                       r"contrato (?:dice|exige|preve)|plazo)")
_ABOUT_END = re.compile(r"\b(?:notice|terminat\w*|end date|default|(?:no )?prorrog\w+|non-?renewal|nichtverlangerung|non-?renouvellement|"
    r"fin del contrato|kundigung|vertragsende|resiliation|preavis|fin du contrat|rescision|preaviso|"
    r"fin del contrato)\b")
_RULING = re.compile(r"^[^\n]{0,100}\b(?:(?:interim|final|partial|consent|arbitral) award|award(?= of | in |\s*$)|adjudicat\w+|judgment|ruling|"
    r"decision of the|schiedsspruch|urteil|sentence arbitrale|jugement|laudo|"
    r"sentencia)\b", re.MULTILINE)
_INSOLVENCY = re.compile(r"\b(?:proof of (?:debt|claim)|liquidat(?:or|ion)|creditors?|insolvenz\w*|glaubiger\w*|creanci\w+|declaration de creance|"
    r"liquidateur|acreedor\w*|"
                         r"concurso)\b")
_RECEIPT = re.compile(r"\b(?:acknowledge?ment due|a\.?d\.? card|postal (?:receipt|acknowledge?ment)|(?:prueba|justificante|comprobante) de entrega|"
    r"(?:preuve|attestation) de (?:livraison|distribution|remise)|zustellnachweis|"
    r"(?:post ?room|mail ?room) log|posteingangsbuch|waybills?|registered (?:post|mail) (?:-|\u2013|lodge?ment|receipt)|certificate of (?:posting|mailing)|"
    r"(?:lodge?ment|submission) (?:receipt|confirmation)|(?:picked up|delivered|lodged) (?:by|to|at) [a-z]{3,20}\b(?=[^\n]*\n[^\n]*\d{1,2}:\d\d)|"
    r"proof[- ]of[- ]delivery|delivery (?:receipt|confirmation)|"
    r"consignment note|certified mail|"
                      r"return receipt|frachtbrief|einlieferungsbeleg|auslieferungsbeleg|\w*ruckschein|sendungsnachweis|advice of (?:receipt|delivery)|"
                      r"(?:boten|zustell(?:ungs)?|einwurf)(?:protokoll|nachweis|bescheinigung|beleg)|sendungs(?:verfolgung|verlauf)|(?:shipment|parcel|"
                      r"mail) tracking|track(?:ing)? (?:and|&) trace|suivi (?:de l'envoi|du (?:colis|"
                      r"courrier|recommande))|"
                      r"seguimiento del envio|registre du courrier|lettre de voiture|accuse de reception|avis de reception|acuse de recibo|"
                      r"registro de correo)\b")
_AT_THE_END = re.compile(r"\b(?:acceptance (?:record|certificate|protocol)|handover (?:record|protocol|certificate)|certificate of (?:deletion|"
    r"destruction|return)|"
                         r"deletion (?:record|certificate|protocol)|abnahmeprotokoll|ubergabeprotokoll|ruckgabeprotokoll|losch(?:ungs)?(?:protokoll|"
                         r"bestatigung)|"
                         r"proces-verbal de (?:remise|recette|restitution)|certificat de (?:suppression|destruction)|acta de (?:entrega|borrado|"
                         r"devolucion|recepcion)|"
                         r"constancia de (?:devolucion|destruccion|borrado|entrega)\w*|certificado de (?:borrado|destruccion|supresion|eliminacion|"
                         r"devolucion)|officer'?s? certificate|certificate (?:on|regarding) data|"
                         r"(?:certif(?:y|ies|ica|ico|icamos|ie|ions)|bestatig\w+|attest\w+)\b[^.]{0,240}\b(?:destroyed|deleted|erased|purged|suprimid\w+|"
                         r"borrad\w+|destruid\w+|geloscht|vernichtet|"
                         r"supprimees?|detruit\w*))\b")
_FINAL_ACCOUNT = re.compile(r"\b(?:final (?:statement|account)|closing statement|schlussabrechnung|abschlussrechnung|endabrechnung|decompte (?:final|"
    r"definitif)|"
                            r"liquidacion final|cuenta final)\b")
_PRICE = re.compile(r"\b(?:fee|price|rate|charge)s? (?:will|shall) (?:change|increase|rise|go up)|price (?:change|increase|adjustment)|"
    r"change to your [a-z ]{0,20}(?:fee|price|rate)|"
                    r"preis(?:anpassung|erhohung|anderung)|(?:hausse|revision|augmentation|modification) (?:de |des |de vos |du )?(?:prix|tarifs?|frais)|"
                    r"(?:subida|revision|modificacion) de (?:precios?|tarifas?)")
_CAP = re.compile(r"\b(?:not to exceed|nte|capped at|estimate[sd]?|total|hochstens|obergrenze|geschatzt|ne (?:pas|peut) depasser|plafond|estimation|"
    r"no exceder|tope|estimado)\b"
                  r"[^\n]{0,60}\d")
_INSTALMENTS = re.compile(r"\b(?:instal?lments?|ratenzahlung|raten\b|monatsraten|versements|echeancier|mensualites|cuotas|plazos mensuales)\b")
_BILLED_AND_PAID = re.compile(r"\b(?:invoiced|billed|berechnet|fakturiert|facture|facturado)\b[^\n]{0,40}\b(?:paid|received|bezahlt|gezahlt|paye|"
    r"regle|pagado|cobrado)\b")
_OF_OFFERS = re.compile(r"\b(?:penalt\w+|vertragsstrafe|penalite\w*|penalizacion|without prejudice|"
    r"(?:rule|fre|f\.r\.e\.) ?408|408 (?:communication|discussion|offer)|"
    r"settlement (?:offer|proposal|"
    r"communication)|"
                        r"vergleichs\w+|ihr angebot|unser angebot|votre offre|notre offre|su oferta|nuestra oferta)\b")
_BILL = re.compile(r"\b(?:invoices?|rechnung\w*|factures?|facturas?)\b|\b[a-z]{2,4}-?\d{2,4}-\d{2,5}\b")

Trails = dict[str, Derived]


def settled(doc: Doc, kind: str, found: Mapping[str, Derived]) -> Trails:
    """Return the trails that an item of this kind belongs to, after those which its kind and words gave."""
    if kind == "notice":
        return _of_notice(doc, found)
    if kind == "credit_note":
        return _of_credit(doc, found)
    if kind == "legal_letter":
        return _of_letter(doc, found)
    if kind == "other" and doc.form != "mail":
        return _of_paper(doc, found)
    if kind == "email":
        found = _of_mail(doc, found)
    if kind in _SPOKEN and "contractual" not in found and (span := _RETURNED_HINTS.span(doc.mask, doc.said[:_READ])):
        m = _RETURNED.search(doc.said[:_READ], *span)
        if m and _REQUIRED.search(doc.said[:_READ]):
            return _with(found, doc, m, "what the contract requires at the end", "contractual")
    if kind in _ADDS:
        trail, pattern, basis = _ADDS[kind]
        m = pattern.search(doc.said[:_READ])
        return _with(found, doc, m, basis, trail) if m else dict(found)
    return dict(found)


_SPOKEN: Final = frozenset({"email", "chat", "call_transcript", "call_note", "meeting_note"})
_ADDS: Final = {
    "sow": ("billing", re.compile(rf"(?s)^.{{0,200}}\border (?:no|nr|number|#).{{0,1500}}?(?:{_CAP.pattern})"), "an order for a sum"),
    "settlement": ("billing", _INSTALMENTS, "payment by instalments"),
    "review": ("billing", _BILLED_AND_PAID, "what was invoiced and paid"),
    "claim": ("billing", re.compile(r"\bproof of (?:debt|claim)|forderungsanmeldung|declaration de creance|comunicacion de creditos"), "proof of debt"),
}


def _of_notice(doc: Doc, found: Mapping[str, Derived]) -> Trails:
    out, said = dict(found), _flat(doc)
    heading = f"{doc.subject}\n{doc.said[:1200]}"
    ends, suspends = _ENDS.search(heading), _SUSPENDS.search(heading)
    unpaid, cause = _UNPAID.search(said), _FOR_CAUSE.search(said)
    if suspends and not ends:
        return {t: d for t, d in out.items() if t not in ("dispute", "billing")}
    if ground := cause or unpaid:
        out.setdefault("dispute", Derived("dispute", f"ground: {ground[0]}", 0.7, doc.passage(ground.start(), ground.end())))
    if unpaid and not ends:
        out.setdefault("billing", Derived("billing", f"ground: {unpaid[0]}", 0.7, doc.passage(unpaid.start(), unpaid.end())))
    if _DEFAULTS.search(heading) and _OF_SETTLEMENT.search(heading):
        out.pop("contractual", None)
        out.setdefault("dispute", Derived("dispute", "a notice under a settlement", 0.8))
        out.setdefault("billing", Derived("billing", "a notice under a settlement", 0.6))
    return out


def _of_credit(doc: Doc, found: Mapping[str, Derived]) -> Trails:
    """A credit note that puts an invoice right is part of a dispute; what is credited by agreement, or since it was sent in error, is not."""
    out = dict(found)
    if "dispute" not in out and not _CREDITED_IN_PEACE.search(doc.said[:_READ]):
        out["dispute"] = Derived("dispute", "a credit note that is no agreed rebate", 0.5)
    return out


def _of_letter(doc: Doc, found: Mapping[str, Derived]) -> Trails:
    out, said = dict(found), _flat(doc)
    if m := _contests_end(doc, said):
        out = _with(out, doc, m, "contests the end date", "contractual", "dispute")
    elif (m := _DENIES_SUM.search(said[:1500])) and not _ABOUT_END.search(said[:m.start()]):
        out = _with(out, doc, m, "denies a sum", "dispute")
        return {t: d for t, d in out.items() if t not in ("contractual", "billing")}
    if m := _PRICE.search(said[:2500]):
        out = _with(out, doc, m, "changes the price", "contractual", "billing")
    if len(_INSOLVENCY.findall(said[:4000])) >= 3 and (m := re.search(r"\bproof of (?:debt|claim)|forderungen? [^.]{0,20}anmeld\w+|"
        r"declar\w+ [^.]{0,20}creances?|"
                                                                      r"comunica\w+ [^.]{0,20}creditos", said)):
        out = _with(out, doc, m, "asks for claims in an insolvency", "dispute", "billing")
        out.pop("contractual", None)
    return out


_PAPERS: Final = (
    (_RECEIPT, "contractual", "proves what arrived, or went out"),
    (_AT_THE_END, "contractual", "what the contract requires at the end"),
    (_FINAL_ACCOUNT, "billing", "a final account"),
)


def _of_paper(doc: Doc, found: Mapping[str, Derived]) -> Trails:
    out, top = dict(found), doc.said.lstrip()[:700]
    at = len(doc.said) - len(doc.said.lstrip())
    if m := _RULING.search(top):
        out = _with(out, doc, m, "a ruling", "dispute", at=at)
        out.pop("contractual", None)
        if len(_INSOLVENCY.findall(doc.said[:4000])) >= 2:
            out = _with(out, doc, m, "a ruling on what is owed", "billing", at=at)
        return out
    for pattern, trail, basis in _PAPERS:
        if m := pattern.search(top) or (pattern.search(doc.name) and re.search(r"\S", doc.said)):
            out = _with(out, doc, m, basis, trail)
    if _MEMO.search(top) and len(_ENDING.findall(doc.said[:_READ])) >= 2:
        out = _with(out, doc, _ENDING.search(doc.said), "counsel on a notice or the end", "contractual", "dispute")
    if "billing" in out and _FINAL_ACCOUNT.search(top):
        out.pop("contractual", None)
    return out


def _of_mail(doc: Doc, found: Mapping[str, Derived]) -> Trails:
    out, said = dict(found), _flat(doc)
    if m := _contests_end(doc, said):
        out = _with(out, doc, m, "contests the end date", "contractual", "dispute")
    elif "contractual" not in out and _ENDING.search(doc.subject) and (m := _CLAUSE.search(said)):
        out = _with(out, doc, m, "a clause on a notice or the end", "contractual")
    elif "dispute" not in out and _FOR_CLIENT_HINTS.may_be_in(doc.mask, said) and _FOR_CLIENT.search(said) and (m := _END_ARGUED.search(said)):
        out = _with(out, doc, m, "counsel on the end of the contract", "contractual", "dispute")
    if "billing" not in out and (m := _numbered_sum(doc, said)):
        out = _with(out, doc, m, "an invoice by its number, and a sum", "billing")
    speaks = "billing" in doc.topics or "dispute" in doc.topics
    if speaks and "dispute" not in out and (m := _contests_sum(doc.mask, said)):
        out = _with(out, doc, m, "contests a sum, or offers a part of it", "dispute")
    if "dispute" not in out and "billing" in out and (m := _contests_sum(doc.mask_of_all, doc.folded[:_READ])):
        out = _with(out, doc, m, "answers who contests a sum", "dispute")
    if _OF_OFFERS.search(doc.subject) and not _BILL.search(doc.subject):
        if not _BILL.search(said):
            out.pop("billing", None)
        if not _ABOUT_END.search(doc.subject):
            out.pop("contractual", None)
    return out


_FOR_CLIENT = re.compile(r"\b(?:(?:our|my) client|this firm represents|we (?:represent|act for)|unsere\w* mandant\w*|(?:notre|mon|ma) client\w*|"
    r"mi (?:client|representad|mandante)\w*)\b")
_FOR_CLIENT_HINTS: Final = Hints("our client|my client|this firm represents|we represent|we act for|mandant|notre client|mon client|ma client|mi client|"
                                 "mi representad|mi mandante")
_END_ARGUED = re.compile(
    r"\b(?:agreement|contract|msa|vertrag|contrat|convention|contrato|convenio)\b[^.]{0,90}\b(?:ends?|ended|terminates?|terminated|expires?|endet\w*|"
    r"prend fin|termina|"
    r"finaliza|vence)\b|\b(?:provides? for|calls for|requires?) [^.]{0,40}\b(?:days|months)\b[^.]{0,40}\b(?:section|clause|article)\b")
_NUMBERED = re.compile(r"(?<![\w@./-])(?!(?:sow|msa|rule|cpr|ref|po)\b)[a-z]{1,5}[-/]?\d{2,6}[-/]\d{2,8}(?![\w-]|\.\w)")
_A_SUM = re.compile(SUM)

_A_SUM_HINTS: Final = Hints("|".join(("$", "€", "£", "¥", "₹", *(code for code in CODES if code not in WORDS_TOO))))


def _numbered_sum(doc: Doc, said: str) -> re.Match[str] | None:
    """Return the number of an invoice in a mail that names a sum too; the number of a contract or account of the directory is none."""
    texts = [text for text, may in ((said, _speaks_of_sums(doc, said)), (doc.subject, True)) if may]
    numbered = [m for text in texts for m in _NUMBERED.finditer(text)]
    if not numbered or not (_A_SUM.search(said) or _A_SUM.search(doc.subject)) or _OF_OFFERS.search(doc.subject):
        return None
    known = {fold(n) for c in doc.clients for n in (*c.contract_numbers, *c.account_numbers)}
    return next((m for m in numbered if m[0] not in known), None)


def _speaks_of_sums(doc: Doc, said: str) -> bool:
    return _A_SUM_HINTS.may_be_in(doc.mask, said) or "rs" in doc.own_vocabulary or _A_SUM.search(doc.subject) is not None


def _contests_end(doc: Doc, said: str) -> re.Match[str] | None:
    """Return where it is said that a notice does not end the contract when it says, or where another end is reckoned than in the quoted mail."""
    if (span := _PLAIN_HINTS.span(doc.mask, said)) and (plain := _CONTESTS_PLAINLY.search(said, *span)) and _OF_THE_END.search(f"{doc.subject} {said[:1500]}"):
        return plain
    if not _ABOUT_END.search(doc.subject if doc.form == "mail" else said[:1500]):
        return None
    span = _CONTESTS_END_HINTS.span(doc.mask, said)
    m = _CONTESTS_END.search(said, *span) if span else None
    about = doc.subject if doc.form == "mail" else said[:1500]
    if m is None and _ENDING.search(about) and not (_DEFAULTS.search(about) and doc.form == "mail") and (span := _RECKONS_HINTS.span(doc.mask, said)):
        m = _RECKONS.search(said, *span)
        if m and doc.form == "mail" and not (doc.is_reply or _RECKONS.search(doc.folded, len(said.rstrip()))):
            m = None
    return m


def _flat(doc: Doc) -> str:
    """Return the sender's words with line feeds as blanks, since lines of papers break anywhere; offsets hold."""
    return doc.said[:_READ].replace("\n", " ")


def _contests_sum(mask: int, text: str) -> re.Match[str] | None:
    span = _CONTESTS_SUM_HINTS.span(mask, text)
    return _CONTESTS_SUM.search(text, *span) if span else None


def _with(found: Mapping[str, Derived], doc: Doc, m: re.Match[str] | None, basis: str, *trails: str, at: int = 0) -> Trails:
    out = dict(found)
    for trail in trails:
        if trail not in out:
            words = "" if m is None else ": " + " ".join(m[0].split())[-60:]
            passage = doc.passage(at + m.start(), at + m.end()) if m is not None and m.string is not doc.name else None
            out[trail] = Derived(trail, basis + words, 0.7, passage)
    return out
