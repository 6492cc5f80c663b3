"""`leaving_reason`: sentences that say why a service ends, by the codes of the history; the value is the code, `unit` the day of a message.

A sentence counts where words for leaving or for a reason stand in it or near it.  Who said it is for the history to find out.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from archive.model.fact import Fact
from ingest.enrich.doc import Doc
from ingest.enrich.spans import cut

_CODES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "non_payment",
        re.compile(
            r"\b(?:non-?payment|outstanding (?:invoices?|balance|amounts?|sums?)|payment default|default (?:in|"
                r"of) payment|(?:invoices?|sums?|amounts?|balance|payments?|charges)\b[^.;]{0,90}\b(?:outstanding|"
                r"unpaid|overdue|"
            r"not (?:been )?(?:paid|settled|received))|"
            r"unpaid (?:invoices?|balance|amounts?|sums?)|overdue (?:invoices?|balance|amounts?|"
            r"sums?)|failed to pay|failure to pay|in arrears|arrears|have not (?:been )?paid|has not (?:been )?paid|"
            r"remain\w* unpaid|(?:none|no part) of (?:which|these|them|it)\b[^.;]{0,20}\b(?:has|have) been (?:paid|received)|"
            r"only (?:[^.;]|\.(?=\d)){1,50} (?:has|have) been (?:paid|received)|no payment (?:has been |was )?(?:received|made)|"
            r"keine zahlung (?:ein|erfolg)\w*|(?:nur|lediglich) (?:[^.;]|\.(?=\d)){1,50} (?:gezahlt|bezahlt)|"
            r"aucun paiement (?:n'a|ne)|ningun pago|"
            r"zahlungsverzug\w*|zahlungsruckstand\w*|nichtzahlung|offene[nr]? (?:rechnung|forderung)\w*|unbezahlt\w*|"
            r"(?:rechnung\w*|forderung\w*|betra\w+|zahlung\w*)\b[^.;]{0,80}\b(?:nicht (?:be|ge)zahlt|nicht ausgeglichen|nicht beglichen|uberfallig|"
            r"ausgeblieben)|"
            r"factures?\b[^.;]{0,80}\b(?:non reglees?|(?:non|pas)(?: ete)? (?:payees?|reglees?)|en souffrance|echues?)|"
            r"facturas?\b[^.;]{0,80}\b(?:no (?:han|ha) sido (?:pagad|abonad)\w+|impagad\w+|sin pagar|pendientes? de pago)|"
            r"(?:chas(?:e|ing)|run(?:ning)? after|courir (?:\w+ ){0,3}(?:derriere|apres)|relancer|perseguir)\b[^.;]{0,40}\b(?:invoices?|payments?|"
            r"factures?|paiements?|reglements?|facturas?|cobros?|pagos?)|"
            r"(?:rechnung\w*|zahlung\w*|geld)\b[^.;]{0,30}\b(?:nachlauf\w*|nachzulaufen|hinterher\w*|nachrenn\w*)|"
            r"impaye\w*|defaut de paiement|non-?paiement|retard de paiement|impago\w*|falta de pago|facturas? (?:vencidas?|"
            r"impagadas?|pendientes?))\b"
        ),
    ),
    (
        "breach",
        re.compile(
            r"\b(?:material(?:ly)? breach\w*|(?:in|serious|repeated|fundamental|your) breach(?:es)?|breach of (?:contract|"
            r"the agreement|clause|section)|chronic failure|vertragsverletzung\w*|pflichtverletzung\w*|vertragsversto\w*|"
            r"wichtige[mrn] grund\w*|"
            r"manquements? (?:grave|essentiel|contractuel|a vos)\w*|pour (?:manquement|faute|inexecution)\w*|inexecution\w*|faute (?:grave|lourde)|"
            r"incumplimientos? (?:grave|"
            r"contractual|esencial|de)\w*)\b"
        ),
    ),
    (
        "insourcing",
        re.compile(
            r"\b(?:in-?house|insourc\w+|(?:our|their) own (?:team|staff|people|cent(?:re|er)|building|agents|service)"
            r"|build (?:our|their) own|(?:bring|tak|mov|pull)\w*\b[^.;]{0,60}\b(?:back )?in[- ]?house|bring\w* (?:it|this|the \w+|"
            r"customer \w+) (?:back )?(?:in|home)\b|inhouse|"
            r"eigene[sn]? (?:team|service-?center|kundenservice|mitarbeiter|personal)\w*|"
            r"(?:selbst|selber) (?:ubernehmen|erbringen|betreiben|betreuen|fuhren|abwickeln|aufbauen|machen)|wieder selb(?:st|er)\b|ins eigene haus|"
            r"zuruck ins haus|hausintern\w*|"
            r"in (?:eigener regie|eigenregie)|intern (?:aufbauen|abdecken|betreiben|losen|erbringen)|internalis\w+|reinternalis\w+|"
            r"en interne|(?:tout )?reprenn?(?:d|ds|dre|ons|ent|dra|drons|dront)\b[^.;]{0,60}\b(?:chez nous|en propre|en main|nous-memes?)|(?:notre|leur|"
            r"nos) propres? (?:equipes?|salaries|agents)|equipo propio|internaliz\w+|plantilla propia|personal propio|"
            r"(?:medios|recursos) propios|nosotros mismos|reinternaliz\w+|internamente)\b"
        ),
    ),
    (
        "competitor",
        re.compile(
            r"\b(?:(?:another|new|different|other|replacement|alternative|cheaper) (?:provider|supplier|vendor|"
            r"partner|outsourcer)|competitors?|incumbent|(?:we|they)(?:'re| are| will|'ll)? (?:go(?:ing)?|mov(?:e|"
            r"ing)|switch(?:ing)?|transfer(?:ring)?) to (?!court|arbitration|mediation|the (?:bank|board)|you|"
            r"pay|see|be|get|a meeting|voicemail)\w+|"
            r"(?:they|we)(?: have)? (?:signed|appointed|awarded|contracted)(?: with)? (?!off|the (?:form|letter|"
            r"notice|sheet)|up|it\b|by|for|this|that|a |an )\w+|quot(?:es?|ed|ing) (?:me|us)|seats live|(?:we|"
            r"they) (?:have|has|got|had) (?:a |an )?(?:better )?(?:quote|offer) (?:from|at)|"
            r"(?:andere[nr]?|neue[nrm]?|alternativ\w*) (?:anbieter|dienstleister|partner|vertragspartner)|wettbewerber\w*|"
            r"mitbewerber\w*|konkurren[zt]\w*|anbieterwechsel|wechseln (?:wir |sie )?zu|(?:angebote?|offerten?) (?:aus|von|der|eines) (?!ihnen|euch|"
            r"rufnummer)|"
            r"(?:gunstigere|bessere|andere)[nrs]? (?:angebot|offerte)\w*|dorthin (?:geht|gehen|wechsel\w+|verlager\w+)|"
            r"verlager\w+\b[^.;]{0,50}\b(?:nach|zu|an)\b|(?:autre|nouveau|meilleur) (?:prestataire|fournisseur|partenaire|offre)"
            r"|concurren(?:t|ce)\w*|mieux[- ]disant\w*|delocalis\w+|(?:partons|passons|passer|partir|allons|basculons) chez (?!vous|nous)|"
            r"(?:otro|nuevo|distinto|mejor|otros|nuevos) (?:proveedor|prestador|socio|oferta)\w*|nos (?:vamos|pasamos) (?:con|a) (?!usted)|competencia|"
            r"competidor\w*|"
            r"(?:management|the board|the md|our ceo|we|they) (?:has|have) (?:now |already )?(?:finali[sz]ed|appointed|selected|chosen|picked|"
            r"onboarded) (?!(?:the |a |our )?(?:invoice|report|draft|date|budget|list)\w*)\w+|"
            r"nos lo (?:hace|hacen|ofrece|ofrecen|deja|dejan) (?:por|en|a)|"
            r"(?:lo|la|el servicio|el contrato) (?:ha|han|hemos|hemos ya) adjudicado|(?:hemos|ha|han) adjudicado|"
            r"(?:desvi\w+|traspas\w+|migr\w+|traslad\w+) (?:las?|los|el|todo\w*) (?:lineas?|llamadas?|servicios?|trafico) a\b|"
            r"(?:near|off|on)-?shore (?:group|vendor|provider|partner|shop|team|outfit|firm|company)|(?:does|do|will do) it (?:at|for) (?:us )?[$€£]? ?\d|"
            r"does it for|do it for (?:us for|less)|nous le (?:fait|font) (?:pour|a)|macht (?:uns )?das fur)\b"
        ),
    ),
    (
        "price",
        re.compile(
            r"\b(?:prices?|pricing|pric(?:y|ey)|cheaper|costs? (?:per|too|more)|cost pressure|too expensive|expensive|"
            r"(?:price|fee|rate|tariff) (?:increase|rise|change|hike)|(?:the )?increase of|savings?|budget (?:cuts?|"
            r"reasons?|pressure)|preis\w*|kosten(?:druck|grunde\w*|senk\w*|vorteil\w*)?|gunstiger\w*|billiger\w*|preiswerter|zu teuer|"
            r"teuer|teurer\w*|spar(?:en|druck|vorgab\w+|massnahm\w+|masnahm\w+)|einsparung\w*|budget(?:kurzung|druck|grunde)\w*|"
            r"prix|tarifs?|hausse|augmentation|trop cher\w*|(?:moins|plus) cher\w*|onereu\w+|couts?|economies|economiser|contraintes? budgetaires?|precios?|"
            r"tarifas?|costes?|"
            r"(?:demasiado|mas) car[oa]s?|mas barat[oa]s?|abarat\w+|recortes? presupuestari\w+|subida|ahorro\w*)\b|\$\$+|"
            r"\d ?(?:[$€£]|usd|eur|euros?|dollars?)? ?(?:an|per|a|the|pro|je|die|/|l'|de l'|por|la) ?(?:hour|hr|contact|call|minute|seat|stunde|kontakt|"
            r"anruf|heure|"
            r"appel|hora|llamada)\b[^.;]{0,50}?\b(?:against|versus|vs|compared|instead of|statt|gegenuber|contre|au lieu|frente a|contra|en lugar)\b"
        ),
    ),
    (
        "service_quality",
        re.compile(
            r"\b(?:service levels?|slas?\b|service quality|quality of (?:the )?service|poor (?:service|quality|"
            r"performance)|under-?perform\w*|answered in|answer(?:ing)? (?:figures?|rates?|times?|performance)|(?:can'?t|cannot|couldn't|don't|"
            r"never) (?:even )?(?:pick|picks) up|response times?|hold times?|wait(?:ing)? times?|abandon(?:ed|"
            r"ment)?|missed (?:targets?|for|in)|below target|complain\w*|furious|errors again|on hold|sat in (?:a |the )?queue|(?:was|were|is|"
            r"been) a (?:failure|"
            r"disaster|mess|shambles)|fell short|let (?:us|our customers) down|"
            r"screenshots|katastroph\w*|ausfall\w*|hangen gelassen|en attente|catastroph\w+|defaillan\w+|desastre|mal servicio|meses malos|"
            r"colas? de espera|hora esperando|"
            r"unacceptable|not good enough|critical service level|errors?|mistakes|chronic failure|qualitat\w*|"
            r"servicequalitat|service-?level\w*|erreichbarkeit\w*|reaktionszeit\w*|wartezeit\w*|fehlerquote\w*|"
            r"mangelhaft\w*|schlechtleistung|beschwerde\w*|reklamation\w*|unzufrieden\w*|ungenugend\w*|unzuverlassig\w*|warteschl(?:ange|eife)\w*|"
            r"(?:anrufe?|kontakte?|anfragen|mails?|kunden)\b[^.;]{0,30}\b(?:liegen (?:ge)?lassen|verpasst\w*|verloren\w*|nicht (?:an|entgegen)genommen\w*)|"
            r"(?:verpasste|verlorene|unbeantwortete)[nr]? (?:anrufe?|kontakte?|anfragen)|"
            r"dysfonctionnements?|appels (?:perdus|manques|abandonnes|non (?:pris|decroches))|mal trait\w+|mauvais\w* (?:qualite|service|prestations?)|"
            r"injoignables?|"
            r"jamais rappele\w*|(?:taux de )?decroche\w*|carences?|defaillan\w+|prestations? mediocres?|"
            r"llamadas (?:perdidas|abandonadas|sin atender)|mal servicio|deficien\w+|demoras?|missed calls|dropped calls|"
            r"qualite|niveaux? de service|delais? de reponse|temps d'attente|plaintes?|inacceptable|insatisf\w+|inacceptables|insuffisant\w*|"
            r"calidad|niveles? de servicio|tiempos? de (?:espera|respuesta)|quejas?|inaceptable|insatisf\w+|(?:answer|"
            r"repl|respond|repond|antwort)\w*\s(?:\w+\s)?(?:in|en|auf)\s(?:english|german|french|spanish|anglais|"
            r"allemand|francais|espagnol|englisch|deutsch|franzosisch|ingles|aleman|frances))\b"
        ),
    ),
    (
        "merger",
        re.compile(
            r"\b(?:merg(?:er|ed|ing)(?: with)?|acquired by|acquisition by|take-?over|parent company|group(?:-wide)? (?:decision|"
            r"policy|strategy|contract)|fusion\w*|verschmelzung|ubernahme durch|konzern\w*|muttergesellschaft|"
            r"rachat|absorption|maison mere|societe mere|adquisicion|adquirid\w+|matriz|grupo)\b"
        ),
    ),
    (
        "compliance",
        re.compile(
            r"\b(?:compliance|regulat(?:or|ory|ion)s?|gdpr|data protection|audit findings?|licen[cs]e (?:requirement|"
            r"condition)|supervisory authority|internal audit|audit (?:report|committee)|outsourcing (?:rules|requirements|regulations|guidelines)|"
            r"dsgvo|datenschutz\w*|aufsicht(?!srat)\w*|bafin|interne[nr]? revision|revisions(?:bericht|feststellung)\w*|prufungsfeststellung\w*|"
            r"anforderungen an (?:ikt|die auslagerung|auslagerungen|drittparteien|dienstleister)\w*|audit interne|rapport d'audit|"
            r"auditoria interna|informe de auditoria|regulatorisch\w*|conformite|"
            r"rgpd|regulateur|protection des donnees|cumplimiento normativo|proteccion de datos|regulador)\b"
        ),
    ),
    (
        "volume_decline",
        re.compile(
            r"\b(?:(?:lower|falling|declining|reduced|less|shrinking) (?:contact |call |order )?volumes?|volumes? (?:have |"
            r"has |are |is )?(?:fallen|dropped|declined?|down|lower|shrunk)|fewer (?:calls|contacts|customers|"
            r"orders)|mengenruckgang|volumenruckgang|ruckgang (?:der|des)|gesunkene\w* (?:volumen|mengen|kontakt\w*)"
            r"|"
            r"baisse (?:du|des|de) (?:volume|contacts|appels)\w*|menor volumen|caida (?:del|de) (?:volumen|llamadas)"
            r"|descenso (?:del|de))\b"
        ),
    ),
    (
        "relationship",
        re.compile(
            r"\b(?:lost (?:all )?(?:trust|confidence|faith)|(?:lack of|no) trust|relationship (?:has|is|was|broke)"
            r"|breakdown (?:of|in) (?:the )?(?:relationship|trust|communication)|vertrauensverlust|vertrauen (?:verloren|"
            r"zerstort|ist)|zerruttet\w*|perte de confiance|perdu (?:la |toute )?confiance|perdid\w+ (?:de )?(?:la )?confianza|"
            r"perdida de confianza)\b"
        ),
    ),
)
_CUE = re.compile(
    r"\b(?:reasons?|because|why|due to|owing to|therefore|(?:board|committee|management|council|exec|directors?|partners) (?:has |have )?(?:signed off|"
    r"resolved|"
    r"voted|approved|agreed|decided)|(?:vorstand|geschaftsleitung|geschaftsfuhrung|gremium|aufsichtsrat)\b[^.;]{0,40}\b(?:beschlossen|zugestimmt|genehmigt|entschieden)|"
    r"(?:conseil|comite|direction)\b[^.;]{0,30}\b(?:a (?:tranche|valide|decide|approuve|vote))|(?:consejo|comite|direccion)\b[^.;]{0,30}\b(?:aprob\w+|"
    r"acord\w+|decidi\w+)|"
    r"lost me|lost us|leav(?:e|es|ing)|left|terminat\w+|"
    r"cancel\w*|end (?:the|this|our)|moving away|move (?:customer|the|our|all)|notice|not (?:be )?renew\w*|"
    r"switch\w*|looking (?:around|elsewhere)|decided|we go to|quot(?:es?|ed) (?:me|us)|incumbent|quit|"
    r"grunde?\w*|weil|wegen|aufgrund|kundig\w*(?! (?:\w+ ){0,2}an\b)|kundigung\w*|beend\w+|verlassen|wechsel\w*|entschieden|"
    r"nichts mehr zu (?:retten|machen)|niemand mehr fur (?:euch|sie)|no (?:saving|rescuing) it|plus rien a (?:faire|sauver)|ausstieg|aussteigen|ausgestiegen|"
    r"(?:ab|seit|kunftig|dann) (?:\w+ ){0,3}(?:macht|machen|ubernimmt|ubernehmen|erledigt)|"
    r"entscheidung|nicht (?:mehr )?verlanger\w*|verlanger\w* (?:\w+ ){0,4}nicht|nicht fortsetz\w*|trennen uns|abspringen|"
    r"raisons?|motifs?|parce que|car\b|en raison|a cause|arret(?:e|ons)|quitt\w+|resili\w+|resiliation|"
    r"mettons fin|met(?:tre)? fin|regarde ailleurs|decide\w*|decision|tranche|reprendre|reprenn?(?:d|ds|ons|ent|drons|dront)|separation|(?:nous|se) quitter|"
    r"ne (?:pas|plus) recondui\w+|denonc\w+|d'autre choix|aucun autre choix|partir|partons|se separer|"
    r"motivos?|razon(?:es)?|porque|debido a|a causa|dejar|dejamos|rescindi\w+|cancel\w+|resolver|cambi\w+|"
    r"decidid\w+|no (?:renovar|prorrogar)\w*|nos vamos|otra opcion|(?:build|building|hiring|hire|setting up|set up)[^.]{0,20} (?:our|their) own|"
    r"(?:want|take|taking|bring|bringing|pull|pulling)\w* (?:it|this|them|(?:the|our|their|all) (?:\w+ ){1,2})(?:all )?back\b|"
    r"own roof|(?:has|have) finali[sz]ed|errors again|go on like this|cannot go on|"
    r"in-?house (?:team|plan|support|desk)|"
    r"equipo propio|adjudicad\w+|desviamos|"
    r"eigenes team|notre propre equipe|they signed|seats live|material breach|chronic failure|notice of (?:default|breach)|"
    r"wesentliche pflichtverletzung|abmahnung|"
    r"mettons en demeure|mise en demeure|manquement grave|incumplimiento grave|requerimos)\b"
)
_NOT_WHY = re.compile(
    r"\b(?:(?:is|are|was|were)(?: not|n't) (?:the |our |a |an? )?(?:\w+ )?(?:reason|reasons|issue|cause|about|because|due to|driven by|behind)|"
    r"not (?:because of|due to|about|on account of|down to)|nothing to do with|no reflection (?:on|of)|(?:played|plays) no (?:part|role)|"
    r"nicht (?:der|die|unser|ein) (?:\w+ )?(?:grund|grunde|ursache|ausschlag\w*)|nicht (?:wegen|aufgrund|an der|am|an ihrer|an ihrem)|"
    r"(?:lag|liegt|liegen|lagen) (?:es )?nicht an|nichts (?:mit|zu tun)|spielte?n? keine rolle|keine frage de[rs]|"
    r"(?:prices?|pricing|money|costs?|rates?|service|quality) (?:is|are|was|were) (?:perfectly |just |quite )?(?:fine|ok|okay|no problem|good)|"
    r"(?:preise?|kosten|geld) (?:ist|sind|passt|passen|stimmt|stimmen) (?:schon|ok|okay|in ordnung)|le prix (?:va|convient)|el precio (?:esta bien|va bien)|"
    r"(?:n'est|n'etait|ne sont|n'etaient) pas (?:la|le|une|en|lie\w*|a cause|notre|du|des|de)|pas (?:a cause|en raison)|rien a voir|ne tien\w+ pas a|"
    r"no (?:es|son|fue|fueron|era|eran) (?:el|la|los|las|un|una|por|cuestion|nuestr[oa]|debid\w+)|no se debe\w* a|nada que ver)\b"
)
"""Words that say of something that it is not why."""

_BUT = re.compile(r"\b(?:but|rather|instead|sondern|vielmehr|mais|plutot|sino)\b|(?<=[.!;] )(?:it(?:'s| is) (?:about |all )?(?:the|your|our|their)|"
                  r"es (?:sind|ist|liegt an|geht um) |c'est |ce sont |es (?:el|la|por) |son (?:los|las) )")
_ASKED = re.compile(
    r"\b(?:why|is it (?:the |about |because of )?(?:price|pricing|money|cost|service|quality|us)|liegt es an|c'est (?:le prix|a cause)|es por (?:el|la)|"
    r"what (?:is|was|are) the reasons?|what happened|what would it take|what went wrong|warum|weshalb|woran (?:liegt|lag)|grunde?|pourquoi|"
    r"(?:la|les) raisons?|"
    r"le motif|por que|el motivo|los motivos|la razon|que ha pasado)\b[^.!]{0,80}\?")
"""A question after the reason: what the other says next answers it."""

_WHY_LIST = re.compile(r"\b(?:reasons?|grunde?n?|ursachen|raisons?|motifs?|motivos?|razon(?:es)?|causas)\b[^\n]{0,120}:\s*$")
_WHY = re.compile(
    r"\b(?:the|our|your|their|for|about|main|real) reasons?\b|\bwhy (?:we|they|you|he|she|the)\b|\b(?:den|die|der|unsere[nr]?|ihre[nr]?|nach) grunde?n?\b|"
    r"\bwarum\b|\bweshalb\b|"
    r"\b(?:les|nos|vos|leurs|des) (?:raisons|motifs)\b|\bpourquoi\b|\b(?:los|las|sus|nuestr[oa]s) (?:motivos|razones)\b|\bpor que\b"
)
"""A sentence that speaks of reasons and names none: those that follow it name them."""
_TOLD_WITHIN = 3
_ITEM = re.compile(r"(?:[-*\u2022]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_SKIP = frozenset(
    {
        "contract",
        "amendment",
        "sow",
        "invoice",
        "credit_note",
        "ledger",
        "payment_advice",
        "survey",
        "sla_report",
        "settlement",
        "counterclaim",
    }
)
_NEAR = 260
_MOST = 24


def leaving_reasons(doc: Doc, kind: str, near: str) -> list[Fact]:
    """Return the sentences of an item that give a reason for leaving, quoted mails of a forwarded one included."""
    if kind in _SKIP:
        return []
    quoted_too = doc.form == "mail" and not doc.is_reply
    text = (doc.folded if quoted_too else doc.said).replace("\n", " ")[:30_000]
    cues = [m.start() for m in _CUE.finditer(text)]
    if not cues and not (doc.form in ("chat", "call") and _ASKED.search(text)):
        return []
    turns = [(s.start, s.end, s.at[:10]) for s in doc.extracted.segments if s.kind == "turn"]
    spans = (
        [(a, b) for a, b, _ in turns]
        if doc.form in ("chat", "call") and turns
        else list(cut(doc.folded if quoted_too else doc.said, 0, len(text)))
    )
    days = {(a, b): at for a, b, at in turns if len(at) == 10 and at[4] == "-"}
    facts: list[Fact] = []
    questioned, asked, asked_to = False, -9, 0
    listed, before, german = False, 0, re.search(r"\b(?:der|und|nicht|wir|die)\b", text[:2000]) is not None
    for number, (start, end) in enumerate(spans):
        listed = _goes_on(listed, doc.folded[before:start], text[start:end])
        before = end
        found = [(code, pattern, m) for code, pattern in _CODES if (m := pattern.search(text, start, end))]
        denied = _NOT_WHY.search(text, start, end) if found else None
        but = _BUT.search(text, denied.end(), end) if denied else None
        for code, pattern, m in found:
            if (denied and not (but and pattern.search(text, but.end(), end))) or (not german and _is_a_name(doc.text, m)):
                continue
            at = bisect_left(cues, start)
            inside = listed or questioned or (at < len(cues) and cues[at] < end)
            told = number - asked <= _TOLD_WITHIN and doc.form not in ("chat", "call") and "\n\n" not in doc.folded[asked_to:start]
            close = inside or told or any(abs(c - m.start()) <= _NEAR for c in cues[max(0, at - 1) : at + 1])
            if close and len(facts) < _MOST:
                facts.append(
                    Fact(
                        "leaving_reason",
                        code,
                        (doc.passage(start, end),),
                        f"words for {code.replace('_', ' ')} "
                        + (
                            "in a list of reasons" if listed else "with words of leaving" if inside
                            else "behind words for reasons" if told else "near words of leaving"
                        ),
                        days.get((start, end), near),
                        confidence=0.8 if inside else 0.75 if told else 0.55,
                    )
                )
        questioned = doc.form in ("chat", "call") and _ASKED.search(text, start, end) is not None
        if not found and _WHY.search(text, start, end):
            asked, asked_to = number, end
        listed = listed or (text[end - 1:end] == ":" and _WHY_LIST.search(text, start, end) is not None)
    return facts


def _is_a_name(written: str, m: re.Match[str]) -> bool:
    """Say whether one word is the surname of somebody: with a capital, behind another word with one (`Owen Price`)."""
    before = written[max(0, m.start() - 24) : m.start()]
    return " " not in m[0] and written[m.start()].isupper() and re.search(r"(?:^|[\s(,])[A-Z][a-z]+\.?[ \u00a0]$", before) is not None


def _goes_on(listed: bool, between: str, said: str) -> bool:
    """Say whether a sentence belongs to a list of reasons that has begun: its points, and what follows a point in the same paragraph."""
    return listed and (_ITEM.match(said) is not None or "\n\n" not in between.replace(" ", "").replace("\r", ""))
