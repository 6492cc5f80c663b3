"""The signs of each kind, in English, German, French and Spanish: the forms that drafters and correspondents use.

Weights: 1.4 to 1.8 a title that names the kind; about 1 the operative words of such a paper; 0.3 to 0.7 a file name, a folder, a habit.
All patterns meet folded text (lower case, no accents).
"""
from __future__ import annotations

from typing import Final

from ingest.enrich.acts_of_letters import SIGNS_OF_ACTS
from ingest.enrich.currencies import CODE, SIGN, SUM
from ingest.enrich.signs import Signs, sign

_TERMINATION = (r"kundigung(?:sschreiben)?\b|nichtverlangerung|(?<!\w)(?:"
                r"(?:notice|letter) of (?:termination|default|non-?renewal|breach|suspension|intent(?:ion)? (?:not )?to|cancellation|"
                r"acceleration|election (?:not to|of non-?)\s?renew\w*)|termination notice|default notice|"
                r"\b(?:election|decision|intent(?:ion)?) (?:not to|of non-?)\s?renew\w*|\bnon-?renewal (?:notice|letter|of (?:the |our )?(?:agreement|contract|"
                r"lease|service))|^[^\n.]{0,30}\bsuspension of (?:the |our |all |your )?services?\b|"
                r"(?:aussetzung|einstellung) (?:der|unserer) (?:leistung|dienst)\w*|^[^\n.]{0,30}\bsuspension (?:de|des|du) (?:nos |vos |"
                r"la )?(?:services?|prestations?)\b|"
                r"^[^\n.]{0,30}\bsuspension (?:de|del|de los|de la) (?:servicios?|prestacion\w*)\b|"
                r"suspension notice|cancellation notice|\bmahnung mit kundigungsandrohung|"
                r"(?:avis|lettre|notification) de (?:resiliation|non-?renouvellement|defaut|rupture|suspension)|(?:preavis|"
                r"denonciation) (?:de|du) (?:contrat|resiliation|present contrat)|\bnon-?reconduction\b|^[^\n.]{0,60}\b(?:resiliation|non-?renouvellement|"
                r"rupture) (?:de|du|"
                r"des) (?:notre|nos|votre|vos|l'|contrat|la|abonnement|services?)|"
                r"^[^\n]{0,60}\b(?:rescision|resolucion|terminacion|no renovacion|baja) (?:de|del) (?:nuestro|nuestra|su|el|la|contrato|"
                r"servicio)|"
                r"^(?!\W*(?:\d|clause|section|article))[^\n]{0,60}\btermination (?:for|of (?:the |our |your )?(?:agreement|contract|"
                r"service))|"
                r"^[^\n]{0,80}\b(?:terminacion anticipada|denuncia (?:de la prorroga|del contrato|de contrato)|no prorroga|desistimiento (?:unilateral|"
                r"del contrato))|"
                r"(?:carta|aviso|notificacion|preaviso) de (?:rescision|resolucion|terminacion|no renovacion|incumplimiento|suspension|"
                r"baja))")
_TERMINATION_HINTS = ("notice|not to renew|renewal|termination|default|suspension|cancellation|letter "
                      "of|aussetzung|einstellung|kundigung|nichtverl|resiliation|renouvellement|"
                      "defaut|rupture|preavis|denonciation|reconduction|rescision|"
                      "resolucion|terminacion|renovacion|incumplimiento|baja|denuncia|prorroga|desistimiento")
_GIVING = (r"(?<!\w)(?:"    # one look at most places, not one for each alternative
           r"(?:hereby|herewith) (?:formally )?(?:give|gives|serve|serves|giving)\b[^.]{0,40}\bnotice|notice is hereby given|"
           r"(?:^|(?<=[.;:]\s))notice is given|"
           r"(?:hereby|formally|herewith) (?:terminat|cancel|end)(?:e|es|s)?\b|"
           r"(?<!party )(?<!parties )(?<!either )(?:gives?|giving) (?:you )?(?:formal |written )?notice "
           r"(?:of|to terminate|that|under|pursuant|in accordance)|"
           r"this (?:letter|notice|e-?mail) (?:is|constitutes|serves as) (?:our |a |the )?(?:formal |written )?notice|"
           r"(?<!not )(?<!cannot )(?:accept|treat|take|consider|regard|let) this (?:letter|notice|e-?mail|correspondence|communication|document) "
           r"(?:as|to be|be|serve as|stand as|constitute)\b[^.]{0,40}\bnotice\b|"
           r"(?:betrachten|werten|verstehen) sie (?:dieses|das vorliegende) (?:schreiben|email|e-mail) (?:bitte )?als\b[^.\n]{0,40}\bkundigung\b|"
           r"(?:considere[rz]|tenir|tenez)\b[^.\n]{0,30}\b(?:la presente|ce courrier|cette lettre)\b[^.\n]{0,30}\b(?:comme|pour|valant)\b[^.\n]{0,40}"
           r"\b(?:preavis|denonciation|resiliation|non-?(?:renouvellement|reconduction))\b|"
           r"(?:sirva|tengase|valga) (?:la presente|esta carta|este escrito)\b[^.\n]{0,40}\b(?:aviso|preaviso|notificacion|denuncia)\b|"
           r"(?:we|it) (?:exercises?|elects?) (?:our|its|the) (?:right|option) (?:not to renew|to terminate)|(?:will|shall|do|does) not "
           r"(?:be "
           r"|wish to |intend to )?renew(?:ed|ing)?\b[^.]{0,30}\b(?:agreement|contract|term)|"
           r"this notice is (?:given|effective|served)|\b[a-z][a-z-]+ (?:shall|will|hereby) suspends? (?:the |our |its |all )?(?:services?|"
           r"performance|work)|"
           r"(?:^|(?<=[.\n])|(?<=[.\n] )|(?<=[.\n]  ))(?!if|where|when|unless|should|either|neither|whoever|a |any|each)[a-z][a-z.&'-]{2,}"
           r"(?: [a-z][a-z.&'-]+){0,3} "
           r"(?:hereby |therefore |accordingly |now )?(?:terminates|is terminating|resilie|resuelve|rescinde|kundigt) (?:the|this|le|la|el|den|diesen) "
           r"(?:agreement|contract|contrat|convention|contrato|vertrag)\b|"
           r"stell(?:en|t) (?:wir )?die leistung\w*[^\n]{0,40}? ein\b|(?:suspendons|suspendra|suspendrons) (?:les|nos|la|le) (?:services?|prestations?)|"
           r"(?:suspendemos|suspenderemos|suspendera) (?:los|el|la) (?:servicios?|prestacion)|"
           r"\bwe (?:therefore |now |accordingly |have decided to |wish to |are (?:hereby )?)?(?:terminate|terminating|cancel|"
           r"end)\b[^.]{0,40}\b(?:agreement|contract|service|msa)|"
           r"^[^\S\n]{0,4}(?:objet|asunto|betreff|betr\.|re|subject)\s?:[^\n]{0,30}\b(?:resiliation|rescision|kundigung|denonciation|"
           r"nichtverlangerung|no renovacion|non-?(?:renouvellement|reconduction))\b|"
           r"\b(?:our|its|my|the company's) decision (?:not to (?:renew|extend)|to (?:terminate|end|cancel|discontinue))\b|"
           r"\b(?:unsere|meine) entscheidung[^.\n]{0,60}\b(?:nicht (?:zu verlangern|fortzu\w+)|zu (?:beenden|kundigen|losen)|aufzu(?:heben|losen))|"
           r"\bvon (?:unserem|meinem|dem|ihrem) (?:sonder|ordentlichen |ausserordentlichen )?kundigungsrecht\b[^\n]{0,60}\bgebrauch\b|"
           r"\bspr(?:echen|eche|icht)\b[^.\n]{0,60}\bkundigung\b[^.\n]{0,60}\baus\b|"
           r"\b(?:beenden|losen) (?:wir|ich)\b[^.\n]{0,40}\b(?:vertrag|rahmenvertrag|dienstleistungsvertrag|vertragsverhaltnis)\w*|"
           r"\b(?:wir|ich) (?:beenden?|losen?)\b[^.\n]{0,30}\b(?:vertrag|rahmenvertrag|dienstleistungsvertrag|vertragsverhaltnis)\w*|"
           r"\bdecision de (?:ne (?:pas|plus) (?:reconduire|renouveler|proroger|poursuivre)|resilier|denoncer|rompre|mettre (?:un terme|fin))\b|"
           r"\bne (?:souhaitons|souhaite|desirons|voulons|entendons) (?:pas|plus) (?:reconduire|renouveler|proroger|poursuivre)\b|"
           r"\b(?:procedons|procede) (?:donc |par la presente )?a la (?:resiliation|denonciation|rupture)\b|\bnous (?:denoncons|resilions|rompons)\b|"
           r"\b(?:nuestra|su|mi) decision de (?:no (?:renovar|prorrogar|continuar)|resolver|rescindir|terminar|dar por (?:terminado|finalizado|resuelto)|"
           r"poner fin)\b|"
           r"\bkundig(?:en|e|t) (?:wir|ich|hiermit|den|die|das|fristgerecht|ordentlich|ausserordentlich)\b|hiermit kundig|(?:wir|ich) "
           r"kundig(?:en|e)\b|sprechen wir[^.]{0,40}kundigung|erklaren wir[^.]{0,60}kundigung|"
           r"(?:souhaitons|voulons|tenons a|avons decide de|decidons de|entendons)[^.]{0,30}(?:resilier|mettre fin|ne pas renouveler)|"
           r"(?:par la presente|nous)[^.]{0,60}(?:mettons fin|resilions|denoncons|notifions|mettons en demeure)|vous "
           r"notifions[^.]{0,80}(?:resiliation|rupture|defaut)|je (?:mets fin|resilie)|"
           r"(?:por la presente|mediante la presente|por este medio)[^.]{0,100}(?:resol|rescin|terminar|terminacion|notific|no renovar|"
           r"baja)|(?:damos|ponemos) (?:por terminado|fin|termino)|"
           r"(?:comunicamos|notificamos)[^.]{0,80}(?:resolver|resolucion|rescindir|rescision|no renovar|no prorrogar|terminacion)|"
           r"(?:damos|doy|da|dan) (?:formal )?aviso (?:formal |por escrito |previo )*de (?:la |nuestra |su )?(?:terminacion|rescision|cancelacion|"
           r"no renovacion|"
           r"resolucion))")
_GIVING_HINTS = (
    "accept this|treat this|take this|consider this|regard this|let this|sie dieses|sie das vorl|la presente|ce courrier|cette lettre|esta carta|"
    "este escrito|aviso de|aviso formal|aviso por|aviso previo|hereby|herewith|formally|give you notice|gives you notice|give you formal|gives you formal|"
    "give you written|gives you written|give notice|gives notice|giving notice|give formal|gives formal|giving formal|give written|gives written|"
    "giving written|giving you notice|giving you formal|giving you written|notice is given|this letter is|this letter con|this letter ser|"
    "this notice|this e-mail is|this email is|this e-mail con|this email con|this e-mail ser|this email ser|terminat|we cancel|hereby cancel|"
    "formally cancel|herewith cancel|therefore cancel|now cancel|accordingly cancel|decided to cancel|wish to cancel|we end|we wish to end|"
    "resiliation|rescision|non-renouv|nonrenouv|elect to|elects to|elect not|elects not|elect our|elect the|exercise our|exercise its|"
    "exercise the|exercises our|exercises its|exercises the|not renew|not be renew|wish to renew|intend to renew|suspend|terminates|"
    "is terminating|resuelve|rescinde|stellen wir|stellt die|kundig|mettons|resili|mettre fin|renouveler|denoncons|rompons|decision not to|"
    "decision to|decision de|entscheidung|kundigungsrecht|sprech|spreche|spricht|beenden|losen wir|losen ich|wir losen|ich lose|reconduire|"
    "proroger|poursuivre|procedons|procede a|procede donc|denonciation|nichtverl|no renovacion|notifions|notificamos|mets fin| presente|"
    "este medio|por terminado|ponemos |comunicamos|damos por|damos fin|damos termino")
_TAKEN_BACK = (r"\b(?:withdraw\w*|retract\w*|rescind\w*|revok\w*|zuruckgenommen|rucknahme|nehmen[^.\n]{0,60}zuruck|widerruf\w*|retrait|"
               r"retirons|retire|annulation de (?:l'|notre )avis|retir(?:o|ar|amos)|"
               r"dejar sin efecto|sin efecto)\b")
_TAKEN_HINTS = "withdr|retract|rescind|revok|zuruck|rucknahme|widerruf|retrait|retir|annulation|sin efecto"
_ANSWER = (r"\b(?:response to|reply to|answer to|in response|your (?:letter|notice|e-?mail)|acknowledg\w+|acknowledge receipt|"
           r"purported|confirmation of (?:receipt|your|the)|confirm receipt|"
           r"ihr schreiben|ihre kundigung|bestatigung|eingangsbestatigung|bestatigen (?:wir )?den (?:eingang|erhalt)|antwort auf|"
           r"(?<!avec )(?<!avec demande d')accuse de reception|accusons reception|votre (?:lettre|courrier|avis)|reponse a|"
           r"(?<!con )acuse de recibo|acusamos recibo|su (?:carta|escrito|aviso)|respuesta a|out of office|undeliverable|automatic reply)\b")
_ANSWER_HINTS = ("response|reply|answer|your |acknowledg|purported|confirm|ihr |ihre |bestatig|antwort|accus|votre|reponse|acuse|acusa|"
                 "su carta|su escrito|su aviso|respuesta|out of office|undeliver|automatic")
_ATTACHED = (r"(?:attached|enclosed|find (?:herewith|attached|enclosed)|attach|(?:courtesy|advance|scanned) copy|copy of (?:our|the) notice|ci-joint\w*|"
             r"joint[es]?\b|en piece jointe|voici|anbei|beigefugt|im anhang|anliegend|vorabkopie|vorab per|copie (?:anticipee|par avance)|"
             r"copia (?:anticipada|escaneada)|adjunt\w+)")
_ATTACHED_HINTS = ("attach|enclos|herewith|courtesy copy|advance copy|scanned copy|copy of|joint|voici|anbei|beigefugt|anhang|anliegend|adjunt|"
                   "vorabkopie|vorab per|copie anticipee|copie par|copia anticipada|copia escaneada")
_CLAIM_TITLES = (r"demand for (?:payment|arbitration)|^\W{0,3}claim(?: for\b|:)|(?:letter|notice) of (?:claim|demand)|letter before "
        r"(?:action|claim)|statement "
                 r"of claim|^\W{0,3}(?:form of )?proof of (?:debt|claim)|statutory demand|letter of demand|notice of arbitration|"
                 r"request for arbitration|"
                 r"formal demand|payment demand|acceleration\b|\bdemand\b|forderungsanmeldung|zahlungsaufforderung|klageschrift|"
                 r"anspruchsschreiben|geltendmachung|schadensersatz\w*|vertragsstrafe|letzte mahnung|(?<!ihre )(?<!ihrer )(?:ponale|konventionalstrafe)|"
                 r"declaration de creance|demande d'arbitrage|mise en demeure de payer|demande (?:de paiement|d'indemnisation)|"
                 r"reclamation\b|"
                 r"reclamacion (?:de|por)|requerimiento de pago|demanda (?:de )?arbitra\w+|comunicacion de creditos|burofax de reclamacion")
_CLAIM_HINTS = ("demand|claim|before action|proof of|arbitra|accelerat|forderung|aufforderung|klage|anspruch|geltend|schadensersatz|"
    "vertragsstrafe|ponale|konventionalstrafe|mahnung|creance|mise en|reclama|requerimiento|creditos")
_CLAIMING = (r"\bwe (?:hereby |therefore |now )?(?:claim|demand)\b(?! to be)|\byou (?:therefore )?owe us\b|claimant (?:demands|seeks|"
        r"claims)|"
             r"claims? (?:from|against) you|(?:is|are|"
             r"now|immediately|balance|sum|amount|declares?)[^.\n]{0,40} (?:due and payable|immediately due)|"
             r"declares? (?:the )?(?:unpaid|outstanding)?[^.\n]{0,30}balance[^.\n]{0,20}due|now due\b|payable within \d|(?:fordern|"
             r"verlangen|beanspruchen) wir|wir (?:fordern|verlangen|beanspruchen)|machen wir[^.]{0,80}geltend|"
             r"melden wir[^.]{0,60}forderung|nous (?:reclamons|exigeons|demandons le (?:paiement|remboursement))|nous vous reclamons|"
             r"sommes en droit de reclamer|(?:reclamamos|exigimos|requerimos el pago)|le reclamamos")
_CLAIMING_HINTS = "claim|demand|due|payable|forder|verlang|beanspruch|geltend|reclam|exigeons|demandons|exigimos|requerimos"
_COUNTER = (r"(?<!your )counter-?claims?\b|cross-?claim|counterclaimant|set (?:this |that |the |these )?(?:sums? |amounts? )?off against|set[- "
            r"]off (?:this|the|against)|(?<!ihre )(?<!ihrer )(?:widerklage|gegenforderung|gegenanspruch)|"
            r"rechnen wir[^.]{0,60} auf\b|aufrechnung|(?<!votre )demande reconventionnelle|compensation (?:de|avec) (?:cette|la|votre)|operons "
            r"compensation|(?<!su )reconvencion|(?<!su )demanda reconvencional|compensamos|compensar")
_COUNTER_HINTS = ("counter|cross-claim|crossclaim|off against|set-off|set off|widerklage|gegen|aufrechnung|rechnen wir|reconvention|"
    "compens|reconvenc")
_SANCTION = (r"(?:faute de quoi|a defaut|passe ce delai|de lo contrario|en caso contrario|transcurrido (?:dicho|este|el) plazo|failing (?:which|this|"
             r"payment)|"
             r"otherwise|if (?:you|the sum|payment|we do not)|should you fail|andernfalls|ansonsten|sonst|verstreicht (?:die|diese) frist|"
             r"nach (?:fruchtlosem )?(?:frist)?ablauf(?: der frist| dieser frist)?|lauft die frist[^.]{0,20} ab|sollte)")
_THREATENS_END = (
    rf"\b{_SANCTION}\b[^.]{{0,120}}?\b(?:(?:rahmen|dienstleistungs)?vertrag\w*|agreement|contract|contrat|convention|contrato|convenio)\b[^.]{{0,60}}?"
    r"\b(?:kundigen|gekundigt|terminate|terminated|resilier\w*|resilie|rompu|resolver\w*|resuelto|rescindir\w*|beenden)\b|"
    rf"\b{_SANCTION}\b[^.]{{0,120}}?\b(?:reserv\w+|vorbeh\w+|behalten|recht|right|droit|derecho)\b[^.]{{0,60}}?\b(?:terminate|resilier|rompre|resolver|"
    rf"rescindir|"
    r"(?:auf)?kundigen|aufzu(?:kundigen|losen)|zu (?:kundigen|beenden))\b|"
    rf"\b{_SANCTION}\b[^.]{{0,120}}?\b(?:kundigen wir|kundige ich|terminate|resilierons|mettrons (?:fin|un terme)|resolveremos|rescindiremos)\b[^.]{{0,50}}?"
    r"\b(?:\w*vertrag\w*|agreement|contract|contrat|convention|contrato|convenio)\b|"
    r"\b(?:androhung der (?:ausserordentlichen |auserordentlichen |fristlosen )?kundigung|kundigungsandrohung)\b|"
    r"\bmise en demeure (?:avant|prealable a la|sous peine de) resiliation\b|\brequerimiento previo a la (?:resolucion|rescision)\b")
_THREATENS_HINTS = ("faute de quoi|a defaut|passe ce|lo contrario|caso contrario|transcurrido|failing|otherwise|if you|if the sum|if payment|if we do|"
                    "should you|"
                    "andernfalls|ansonsten|sonst|verstreicht|ablauf|lauft die|sollte|androhung|kundigungsandrohung|en demeure|requerimiento previo")
_RAISED = (r"\b(?:raises?|brings?|asserts?|advances?|makes?|pursues?|intends? to (?:raise|bring)|counter-?claims)\b[^.]{0,60}?counter-?claim[^.]{0,80}\d|"
           r"\bcounter-?claims (?:[a-z ]{0,30})?(?:[$€£]|[a-z]{3} )?\d|"
           r"\b(?:erheb\w+|erhob\w*|macht?|machen|mache)\b[^.]{0,120}\b(?:widerklage(?:weise)?|gegenforderung\w*|gegenanspruch\w*)\b[^.]{0,100}\d|"
           r"\bwiderklageweise\b[^.]{0,60}\d|"
           r"\b(?:form(?:er|e|ons|ent|uler?|ulons)|presente[rs]?|presentons|oppose[rs]?|opposons|introdui\w+)\b[^.]{0,60}\bdemande reconventionnelle\b"
           r"[^.]{0,60}\d|"
           r"\breconventionnellement\b[^.]{0,80}\d|"
           r"\b(?:formula\w*|plantea\w*|presenta\w*|interpone\w*|ejercita\w*)\b[^.]{0,60}\b(?:demanda reconvencional|reconvencion)\b[^.]{0,80}\d")
"""Words by which the writer raises a claim against a claim, with its sum; one that is only answered or told of does not stand so."""
_MONEY = SUM + r"|\d[\d .',]*[.,]\d\d\b"
_AMENDMENT = (
    r"^(?:\d{1,2}\.\s)?[^\n.:]{0,20}\b(?:amendment|addendum|amending (?:agreement|deed|letter)|deed of (?:variation|amendment)|"
    r"variation (?:agreement|deed)|variation (?:no\.?|number|\d)|change (?:order|control note)|"
    r"supplement(?:al|ary)? (?:agreement|deed)|side letter|nachtrag|anderungs(?:vereinbarung|vertrag|abrede)|zusatzvereinbarung|erganzungs(?:vereinbarung|"
    r"vertrag)|avenant|(?:convention|acte|accord) modificati(?:f|ve)|"
    r"adenda|enmienda|(?:convenio|acuerdo|contrato) modificatorio|modificacion (?:del|al) contrato|acuerdo de modificacion)\b")
_AMENDMENT_HINTS = ("amendment|addendum|amending|variation|change|supplement|side letter|nachtrag|anderung|zusatz|erganzung|avenant|modificat|adenda|enmienda|"
                    "modificacion")
_SALUTATION = (r"^\s*(?:dear (?:sirs?|madam|mr|ms|mrs|[a-z])|sehr geehrte|guten tag|madame|monsieur|chere?s? |bonjour|estimad[oa]s?|"
               r"muy (?:senor|sr)|distinguid|to whom it may concern|gentlemen)")
_CLOSING = (r"^\s*(?:yours (?:faithfully|sincerely|truly)|very truly yours|sincerely|kind regards|best regards|regards|mit "
            r"freundlichen? gru|hochachtungsvoll|freundliche gru|veuillez agreer|cordialement|"
            r"(?:je|nous) vous prie|salutations|atentamente|un saludo|saludos|le saluda)")

_DEMANDED = (r"(?:mettons|met|mise) en demeure (?:de )?(?:(?:nous |me |lui )?(?:payer|regler|verser|acquitter)|proceder au (?:paiement|reglement))|"
             r"(?:mettons|met) en demeure,?[^.]{0,60}\bde (?:nous |me |lui )?(?:payer|regler|verser)|"
             r"(?:vous )?(?:sommons|invitons|prions|demandons)[^.]{0,40}\bde (?:nous |me |lui |bien vouloir )*(?:payer|regler|verser|"
             r"vous acquitter de)[^.]{0,60}"
             r"\b(?:somme|montant|indemnite|penalite)|"
             r"fordern (?:wir |ich )?sie\b(?:[^.]|\.(?=\d)){0,120}?\b(?:auf|zur)\b(?:[^.]|\.(?=\d)){0,200}?(?:zahl\w+|uberweis\w+|begleich\w+|vergut\w+|"
             r"entricht\w+|ausgleich\w*)|"
             r"(?:requerimos|instamos|exigimos)[^.]{0,60}\b(?:pago|pague\w*|pagar|abone\w*|abonar|abono|ingresen?)\b|"
             r"(?:demand (?:that you pay|(?:immediate )?payment)|(?:call upon|require|ask) you to pay)|unless (?:(?:full )?payment|we receive|"
             r"(?:the|this) (?:full |whole |above )?(?:sum|amount|balance|debt)|" + SIGN + "|" + CODE + r" ?\d)(?:[^.]|\.(?=\d)){0,160}"
             r"(?:proceedings|winding|wind up|court|legal action|litigation|arbitrat\w+|notice of dispute|"
             r"instruct(?:ions|ed) to|without further (?:notice|reference))")
_DEMANDED_HINTS = "en demeure|sommons|invitons|prions de|prions,|fordern|requerimos|instamos|exigimos|demand|call upon|require you|ask you|unless"
_CIRCULAR = (r"circular to|to all (?:known )?(?:creditors|customers|suppliers)|notice to (?:all )?creditors|meeting of creditors|"
        r"creditors' meeting|"
             r"rundschreiben|an (?:alle|die) (?:glaubiger|kunden|lieferanten)|glaubigerversammlung|a tous les creanciers|assemblee des "
             r"creanciers|"
             r"a (?:todos )?los acreedores|junta de acreedores")
_CIRCULAR_HINTS = "circular|to all|creditors|rundschreiben|glaubiger|an alle|an die|creanciers|acreedores"
_REMINDER = (r"\b(?:payment reminder|(?:first|second|third|final|friendly) reminder|zahlungserinnerung|\d\. mahnung|mahnung\b|"
             r"rappel de paiement|(?:premier|deuxieme|dernier) rappel|recordatorio de pago|price (?:change|increase|adjustment|review)|"
             r"preis(?:anpassung|erhohung|anderung)|(?:hausse|revision|augmentation) (?:de(?:s)? )?(?:prix|tarifs?)|(?:subida|revision) "
             r"de precios|"
             r"kundigungsbestatigung|bestatigung (?:ihrer|der|des) (?:kundigung|vertragsendes?)|confirmation of (?:termination|end date|"
             r"receipt))\b")
_REMINDER_HINTS = ("reminder|erinnerung|mahnung|rappel|recordatorio|price|preis|prix|tarif|precios|bestatigung|confirmation of")

_SETTLEMENT_TITLES = (
    r"^\W{0,3}(?:(?:deed of|confidential|mutual|full and final|compromise|gerichtliche[rs]?|auss?ergerichtliche[rs]?|gutliche[rs]?) )*"
    r"(?:settlement (?:agreement|deed|and (?:mutual )?release)|release and settlement|"
    r"(?:vergleich(?:s(?:vereinbarung|vertrag))?|(?:einigungs|abwicklungs|abgeltungs|saldo|(?:general)?bereinigungs|(?:streit)?beilegungs|"
    r"auseinandersetzungs|schlichtungs|erledigungs)(?:vereinbarung|vertrag|ubereinkommen)|"
    r"aufhebungs- und abgeltung\w+)\b|"
    r"(?:protocole|accord|convention) (?:transactionnel|de reglement|amiable)|(?:protocole )?d'accord transactionnel|protocole d'accord|"
    r"(?:minutes|terms|heads|memorandum|deed) of (?:settlement|compromise)\b|consent order\b|tomlin order\b|"
    r"(?:deed of )?(?:compromise|settlement|release)(?: agreement| deed)?\s*$|transaction\b(?! (?:date|id|no|number|ref|type|list|log))|"
    r"(?:raten|teil)zahlungs(?:vereinbarung|vergleich|abrede)\b|zahlungs(?:vereinbarung|vergleich)\b|schuldanerkenntnis\b|"
    r"(?:accord|convention|protocole|plan) (?:de paiement|d'apurement|d'echelonnement|de reglement)|reconnaissance de dette|"
    r"(?:acuerdo|convenio) de (?:aplazamiento|fraccionamiento)|reconocimiento de deuda|(?:instal?lment|payment plan) agreement|acknowledge?ment of debt|"
    r"(?:acuerdo|convenio|contrato) (?:transaccional|de transaccion|de finiquito|extrajudicial)|(?:acuerdo|convenio) de (?:pago|"
    r"terminacion) y (?:liberacion|finiquito)|"
    r"finiquito\b)")
_SETTLEMENT_HINTS = ("consent order|tomlin order|ratenzahlung|teilzahlung|zahlungsvereinbarung|zahlungsvergleich|schuldanerkenntnis|paiement|apurement|"
    "echelonnement|reconnaissance|"
                     "aplazamiento|reconocimiento|instalment|installment|payment plan|acknowledg|settlement|compromise|release|vergleich|einigung|abwicklung|"
                     "abgeltung|saldo|bereinigung|beilegung|auseinandersetzung|schlichtung|erledigung|transaction|reglement|amiable|protocole|transaccion|"
                     "finiquito|extrajudicial")

_NOTICE_TITLE = (r"^\W{0,3}(?:[^\n.]{3,80}[:,\u2013-] ?)?(?:(?:sub(?:ject)?|re|ref|betreff|objet|asunto)\b\s?[.:]?\s{0,4})?"
         r"(?:formal |final |written |first |second )?"
         r"(?:(?:notice|letter) of (?:(?:material |event of )?(?:breach|default)|non-?compliance)|(?:payment )?(?:breach|default) notice|abmahnung|"
         r"(?:remediation|remedy|cure|rectification) notice|notice (?:to|requiring (?:you to )?|of) (?:remed\w+|cure|rectif\w+)|"
         r"(?:aufforderung zur|abhilfe)\s?(?:mangelbeseitigung|abhilfe|aufforderung|verlangen)|requerimiento de subsanacion|"
         r"(?:aviso|notificacion|carta) de incumplimiento|mise en demeure (?:de (?:remedier|corriger|cesser)|d'executer))\b[^\n]{0,70}$")
_NOTICE_TITLE_HINTS = ("of breach|of material|of event|of default|of non|breach notice|default notice|remediation notice|remedy notice|cure notice|"
                       "rectification notice|notice to|notice requir|notice of|abhilfe|mangelbeseitigung|subsanacion|abmahnung|incumplimiento|mise en demeure")

PAPER: Final = Signs((
    # what is signed by both
    sign("contract", 1.1, "title", r"^[^\n.:]{0,60}\b(?:agreement|contract|terms (?:of (?:service|business)|and conditions|for)|"
                                   r"standard terms|conditions of (?:sale|service)|order form|purchase order|"
         r"guarantee|undertaking|indemnity|[a-z-]*vertrage?s?|[a-z-]*vereinbarung|allgemeine (?:geschafts|"
         r"vertrags)bedingungen|bestellformular|auftragsschein|anlage \d|burgschaft|patronatserklarung|"
         r"contrat|convention|conditions generales|bon de commande|annexe|contrato|convenio|condiciones generales|hoja de pedido|"
         r"anexo)\b(?:[^\n.:]|(?<=\bart)\.|(?<=\bnr)\.|(?<=\bno)\.|(?<=\babs)\.|\.(?=\d)){0,60}$",
         "agreement|contract|terms|conditions|order|guarantee|undertaking|indemnity|vertrag|vereinbarung|bedingungen|formular|auftrag|"
         "anlage|burgschaft|"
         "patronat|contrat|convention|bon de|annexe|convenio|condiciones|pedido|anexo"),
    sign("contract", 0.9, "head",
         r"\bthis\s[^.]{0,90}\b(?:agreement|contract|lease|guarantee|plan)\b[^.]{0,160}\b(?:made|entered into|dated|between|by and "
         r"among)\b|"
         r"\bwitnesseth\b|\b(?:wird|schliessen|vereinbaren)[^.]{0,80}\bfolgende[nrs]? (?:vertrag|vereinbarung)|"
         r"\bil (?:a ete|est) convenu (?:et arrete )?ce qui suit|\b(?:convienen|acuerdan|pactan)[^.]{0,60}\b(?:contrato|siguientes "
         r"clausulas|estipulaciones)",
         "agreement|contract|lease|guarantee|plan|witnesseth|folgende|convenu|contrato|clausulas|estipulaciones"),
    sign("contract", 1.2, "head",
         r"\b(?:zwischen|between|entre)\s[^\u00a7]{3,400}?\(?\b(?:nachfolgend|nachstehend|im folgenden|hereinafter|ci-apres|en adelante)\b"
         r"[^\u00a7]{3,400}?\b(?:und|and|et|y)\s[^\u00a7]{3,300}?\b(?:nachfolgend|nachstehend|im folgenden|hereinafter|ci-apres|en adelante)\b",
         "nachfolgend|nachstehend|folgenden|hereinafter|ci-apres|adelante"),
    sign("contract", 0.5, "name", r"\b(?:agreement|contract|msa|vertrag|rahmenvertrag|contrat|contrato|terms|agb|order form|conditions|"
                                  r"executed|conformed|annex|schedule \d|guarantee)\b",
         "agreement|contract|msa|vertrag|contrat|terms|agb|order form|conditions|executed|conformed|annex|schedule|guarantee"),
    sign("contract", 0.25, "folder", r"contract|vertrag|vertrage|contrat|contrato|agreements", "contract|vertra|contrat|agreement"),
    sign("contract", 0.7, "text", r"governed by the laws?|governing law|entire agreement|es gilt (?:das )?(?:deutsche|recht)|"
                                  r"ausschliesslicher gerichtsstand|droit applicable|regi par (?:le droit|les lois)|"
         r"ley aplicable|se rige por|in witness whereof|initial term|the laws of [a-z ]{3,30} apply",
             "govern|entire|gilt|gerichtsstand|droit|regi |ley |rige|witness|initial term|the laws of"),
    sign("contract", -1.8, "title", _SETTLEMENT_TITLES, _SETTLEMENT_HINTS),
    sign("contract", -1.3, "text", _SALUTATION, "dear |sehr geehrte|guten tag|madame|monsieur|cher|bonjour|estimad|muy s|distinguid|"
                                                "whom it may|gentlemen"),
    sign("amendment", 1.7, "title", _AMENDMENT, _AMENDMENT_HINTS),
    sign("notice", -1.5, "title", _AMENDMENT, _AMENDMENT_HINTS),
    sign("contract", -1.1, "title", r"^\W{0,3}(?:th(?:is|e) |diese[rs]? |le present |la presente |el presente |(?:first|second|third) )?"
         r"(?:amending (?:agreement|deed)|deed of (?:variation|amendment)|variation (?:agreement|deed)|supplement(?:al|ary)? (?:agreement|deed)|"
         r"anderungs(?:vereinbarung|vertrag|abrede)|zusatzvereinbarung|erganzungs(?:vereinbarung|vertrag)|(?:convention|acte|accord) modificati(?:f|ve)|"
         r"(?:convenio|acuerdo|contrato) modificatorio|acuerdo de modificacion)\b",
         "amending|deed of|variation|supplement|anderung|zusatz|erganzung|modificat|modificacion"),
    sign("amendment", 0.7, "name", r"\b(?:amendment|amending|amd|addendum|nachtrag|avenant|adenda|enmienda|variation)(?:\b|_|\d)",
        "amendment|amending|amd|addendum|nachtrag|avenant|adenda|enmienda|variation"),
    sign("amendment", 1.5, "head", r"this (?:order form|amendment|letter|schedule|agreement) (?:replaces|amends|varies|supplements|"
                                   r"modifies)|(?:is|are) (?:hereby )?amended as follows|wird wie folgt (?:geandert|neu gefasst)|"
         r"est (?:modifie|remplace)e? comme suit|queda modificad[oa]|remplace (?:les|le) (?:conditions|bon)|ersetzt (?:die|den)|se "
         r"modifica", "replaces|amend|varies|supplements|modif|geandert|neu gefasst|remplace|ersetzt"),
    sign("sow", 1.8, "title", r"^[^\n.:]{0,40}\b(?:statements? of work|sow\b|work order|schedule of (?:services|rates)|rate card|"
                              r"service schedule|task order|leistungsschein|leistungsbeschreibung|einzelauftrag|projektauftrag|"
         r"preisblatt|preisverzeichnis|abrufauftrag|enonce (?:des|de) travaux|cahier des charges|description des (?:services|"
         r"prestations)|bon de travail|grille tarifaire|orden de trabajo|descripcion de (?:los )?servicios|"
         r"tarifario|anexo de tarifas|leistungs(?:verzeichnis|katalog|beschrieb|umfang)|(?:description|descriptif) (?:du|des|de la) (?:services?|"
         r"prestations?|missions?))\b", "descriptif|statement|sow|work order|schedule of|rate card|service schedule|task order|leistung|"
                                           "auftrag|preis|enonce|cahier|description|bon de travail|grille|orden|descripcion|tarif"),
    sign("sow", 1.7, "title",
         r"^\W{0,3}(?:(?:work |task |call-off |service |change )?order (?:no\.?|number|nr\.?|#|\u2116) ?[a-z-]{0,4}\d|"
         r"(?:schedule|annex|appendix|exhibit) [a-z0-9]{1,3}\b[^\n]{0,40}\b(?:services|rates|charges|fees|prices|pricing)\b(?! (?:agreement|level))|"
         r"(?:anlage|anhang|beilage) (?:\./ ?)?[a-z0-9]{1,3}\b[^\n]{0,80}\b(?:leistungen|leistungs(?:verzeichnis|beschrieb|beschreibung|umfang|katalog)|"
         r"preise|"
         r"preisliste|"
         r"vergutung\w*|stundensatze|tarife?|konditionen)\b|"
         r"(?:auftrag|abruf|einzelabruf) (?:nr\.?|nummer) ?[a-z-]{0,4}\d|(?:ordre de (?:service|mission)|commande de travaux) (?:n|no|numero|\d)|"
         r"annexe (?:n° ?)?[a-z0-9]{1,3}\b[^\n]{0,80}\b(?:tarifs|tarifaires?|tarification|bareme|prix|honoraires|remuneration)\b|"
         r"annexe (?:n° ?)?[a-z0-9]{1,3}\b(?![^\n]{0,60}\bcontrat(?:-cadre)? de prestations\b[^\n]{0,40}$)[^\n]{0,40}\b(?:prestations)\b|"
         r"orden de servicio (?:n|num|\d)|"
         r"anexo [a-z0-9]{1,3}\b[^\n]{0,40}\b(?:servicios|tarifas|precios|honorarios)\b)",
         "order no|order nr|order number|order #|services|rates|charges|fees|prices|pricing|leistung|preise|preisliste|vergutung|"
         "stundensatze|tarif|konditionen|bareme|remuneration|auftrag n|abruf n|einzelabruf|ordre de|commande de|prestations|tarifs|prix|honoraires|orden de|"
         "servicios|tarifas|precios|"
         "honorarios"),
    sign("sow", 0.7, "name", r"\bsow[-_ ]?\d*|statement of work|work order|leistungsschein|leistungsbeschreibung|cahier des charges|"
                             r"orden de trabajo", "sow|statement of|work order|leistung|cahier|orden de"),
    # notices, claims, letters
    sign("notice", 1.2, "title", _TERMINATION, _TERMINATION_HINTS),
    sign("notice", 0.5, "head", _TERMINATION, _TERMINATION_HINTS),
    sign("notice", 0.7, "name", _TERMINATION + r"|\bno[td]\b|\bnon-?renewal\b", _TERMINATION_HINTS + "|not|nod|renewal"),
    sign("notice", 2.1, "head", _GIVING, _GIVING_HINTS),
    *SIGNS_OF_ACTS,
    sign("notice", 1.8, "title", _NOTICE_TITLE, _NOTICE_TITLE_HINTS),
    sign("invoice", -2.5, "title", _NOTICE_TITLE, _NOTICE_TITLE_HINTS),  # it lists the invoices that are not paid
    sign("claim", 1.2, "title", r"^\W{0,3}(?:(?:re|betreff|objet|asunto)\b\s?[.:]?\s{0,4})?(?:formal |final |our client'?s )?(?:letter of (?:claim|demand)|"
         r"letter before (?:action|claim)|demand letter|claim letter|anspruchsschreiben|mise en demeure de payer|carta de reclamacion|"
         r"reclamacion de cantidad)\W{0,3}$",
         "letter of|letter before|demand letter|claim letter|anspruchs|mise en demeure|reclamacion"),
    sign("settlement", -1.6, "title", r"^\W{0,3}(?:nota de (?:credito|cargo|abono)|credit (?:note|memo)|gutschrift|note de credit|avoir|factura|invoice|"
        r"rechnung)\b",
         "nota de|credit note|credit memo|gutschrift|note de credit|avoir|factura|invoice|rechnung"),
    sign("legal_letter", 1.0, "title", r"^\W{0,3}(?:legal notice|anwaltsschreiben)\b", "legal notice|anwaltsschreiben"),
    sign("notice", -1.6, "head", _DEMANDED, _DEMANDED_HINTS),
    sign("claim", 1.5, "head", _DEMANDED, _DEMANDED_HINTS),
    sign("notice", 4.5, "head", _THREATENS_END, _THREATENS_HINTS),  # gives time and threatens the end: a notice of default, whatever sum it names
    sign("claim", -3.5, "head", _THREATENS_END, _THREATENS_HINTS),
    sign("legal_letter", 2.2, "title", _CIRCULAR, _CIRCULAR_HINTS),
    sign("claim", -1.6, "title", _CIRCULAR, _CIRCULAR_HINTS),
    sign("legal_letter", 0.9, "title", _REMINDER, _REMINDER_HINTS),
    sign("invoice", -1.2, "title", _REMINDER, _REMINDER_HINTS),
    sign("notice", -1.3, "head", _ANSWER, _ANSWER_HINTS),
    sign("notice", -1.2, "name", _ANSWER, _ANSWER_HINTS),
    sign("notice", -1.4, "title", _TAKEN_BACK, _TAKEN_HINTS),
    sign("claim", 1.4, "title", _CLAIM_TITLES, _CLAIM_HINTS),
    sign("claim", 0.8, "name", _CLAIM_TITLES, _CLAIM_HINTS),
    sign("claim", 1.0, "head", _CLAIMING, _CLAIMING_HINTS),
    sign("claim", 0.3, "head", _MONEY, "", supports=True),
    sign("claim", -0.5, "title", r"^\W{0,3}(?:tax )?(?:invoice|rechnung|facture|factura|credit|gutschrift)",
        "invoice|rechnung|factur|credit|gutschrift"),
    sign("claim", -0.6, "title", _ANSWER, _ANSWER_HINTS),
    sign("claim", -0.7, "name", _ANSWER, _ANSWER_HINTS),
    sign("counterclaim", 1.9, "title", r"(?<!your )counter-?claim|cross-?claim|(?<!ihre )(?<!ihrer )(?:widerklage|gegenforderung)|aufrechnung|"
                                       r"(?<!votre demande )reconvention|(?<!su )reconvencion",
        "counter|cross|widerklage|gegen|aufrechnung|reconven"),
    sign("counterclaim", 1.5, "head", _COUNTER, _COUNTER_HINTS),
    sign("counterclaim", 0.9, "head", _RAISED, _COUNTER_HINTS),
    sign("counterclaim", 0.6, "name", r"counter-?claim|widerklage|gegenforderung|aufrechnung|reconvention|reconvencion",
        "counter|widerklage|gegen|aufrechnung|reconven"),
    sign("settlement", 2.2, "title", _SETTLEMENT_TITLES, _SETTLEMENT_HINTS),
    sign("counterclaim", -4.5, "title", _SETTLEMENT_TITLES, _SETTLEMENT_HINTS),  # what its recitals tell was claimed is not claimed by it
    sign("claim", -1.5, "title", _SETTLEMENT_TITLES, _SETTLEMENT_HINTS),
    sign("settlement", 0.7, "name", r"settlement agreement|vergleich|accord transactionnel|protocole|acuerdo transaccional",
        "settlement|vergleich|transactionnel|protocole|transaccional"),
    sign("settlement", 0.6, "head", r"full and final settlement|abgeltung aller|solde de tout compte|concessions reciproques|pago "
                                    r"total y definitivo", "full and final|abgeltung|solde de|concessions|definitivo"),
    sign("settlement", -1.6, "title", _SALUTATION, "dear |sehr geehrte|madame|monsieur|bonjour|estimad|muy s"),
    sign("legal_letter", 0.8, "text", _SALUTATION, "dear |sehr geehrte|guten tag|madame|monsieur|cher|bonjour|estimad|muy s|distinguid|"
                                                   "whom it may|gentlemen"),
    sign("legal_letter", 0.4, "text", _CLOSING, "yours|sincerely|truly|regards|gru|hochachtung|agreer|cordialement|prie|salut|"
                                                "atentamente|saludo"),
    sign("legal_letter", 0.4, "head", r"^\s*(?:re|betreff|betr\.|objet|asunto|ref|our ref|your ref|unser zeichen|ihr zeichen|n/ref|"
                                      r"v/ref)\s?[.:]|for the attention of|attn|einschreiben|recommande|burofax|by (?:courier|post|"
                                      r"hand|e-?mail|special)",
         "re:|betreff|betr.|objet|asunto|ref|zeichen|attention|attn|einschreiben|recommande|burofax|by courier|by post|by hand|by "
         "e-mail|by email|by special"),
    sign("legal_letter", 0.3, "folder", r"letter|brief|lettre|courrier|carta|correspond", "letter|brief|lettre|courrier|carta|correspond"),
    sign("legal_letter", 0.9, "name", r"\b(?:letter|response to|reply to|response|price change|reminder|schreiben|antwort|"
                                      r"preisanpassung|circular|rundschreiben|lettre|reponse|carta|respuesta)\b",
         "letter|response|reply|price|reminder|schreiben|antwort|preis|circular|rundschr|lettre|reponse|carta|respuesta"),
    # money
    sign("invoice", 1.7, "title", r"^\W{0,3}(?:[a-z-]+ / )?(?:tax |commercial |sales |proforma |final |sammel|schluss)?(?:invoice|"
                                  r"rechnung|facture|factura)\b", "invoice|rechnung|facture|factura"),
    sign("invoice", 1.2, "title", r"\b(?:tax invoice|invoice (?:no|number|date)|rechnungs-?(?:nr|nummer|datum)|(?:n°|no|numero) de "
            r"facture|facture n|"
                                  r"date de facture|factura (?:n|num)|numero de factura|fecha de "
                                  r"factura)\b", "invoice|rechnungs|facture|factura"),
    sign("invoice", -0.7, "text", _SALUTATION, "dear |sehr geehrte|guten tag|madame|monsieur|cher|bonjour|estimad|muy s|distinguid|"
                                               "whom it may|gentlemen"),
    sign("invoice", -1.5, "title", r"^\W{0,3}(?:[a-z-]+ / )?(?:credit|gutschrift|storno|rechnungskorrektur|remittance|payment advice|"
            r"statement|aged|note de credit|"
                                   r"avoir|abono|factura rectificativa|kontoauszug|schlussabrechnung|final statement|letter|demand|claim)",
         "credit|gutschrift|storno|korrektur|remit|payment adv|statement|aged|avoir|abono|rectific|konto|abrechnung|final|letter|demand|"
         "claim"),
    sign("invoice", 0.5, "text", r"(?:invoice|rechnungs?|facture|factura)[- ]?(?:no|number|nummer|nr|n°|num)\b|net \d\d\b|payment "
                                 r"within|zahlbar|a payer avant|vencimiento|\bvat\b|\bust\b|\btva\b|\biva\b|\bgst\b|\biban\b",
         "invoice n|rechnungsn|facture n|factura n|net |payment within|zahlbar|payer|vencimiento|vat|ust|tva|iva|gst|iban"),
    sign("invoice", 0.4, "name", r"\b(?:inv|invoice|rechnung|re|facture|fac|factura|rg)[-_ ]?\d|invoice|rechnung|facture|factura",
        "inv|rechnung|re|fac|rg"),
    sign("credit_note", 2.1, "title", r"^\W{0,3}(?:[a-z-]+ / )?(?:credit (?:note|memo(?:randum)?)|(?:tax )?adjustment note|gutschrift|stornorechnung|"
                                      r"rechnungskorrektur|korrekturrechnung|(?:note|facture) (?:de credit|d'avoir)|avoir\b|nota de "
                                      r"(?:credito|abono)|"
                                      r"abono|factura rectificativa)",
         "credit|adjustment note|gutschrift|storno|korrektur|avoir|abono|rectificativa"),
    sign("credit_note", 0.5, "name", r"\b(?:cn|cm|crn)[-_ ]?[a-z0-9-]*\d|credit|gutschrift|avoir|abono",
        "cn|cm|crn|credit|gutschrift|avoir|abono"),
    sign("payment_advice", 1.8, "title", r"remittance (?:advice|slip)|payment advice|advice of payment|dividend (?:advice|payment)|"
                                         r"zahlungsavis|avis de (?:paiement|virement)|aviso de (?:pago|transferencia)",
                                             "remit|payment adv|advice|dividend|avis|aviso"),
    sign("ledger", 1.7, "title", r"\b(?:ledger|statement of account|account statement|aged (?:debt|debtors|receivables)|a/?r (?:detail|"
                                 r"aging)|reconciliation|kontoauszug|kontoblatt|offene[- ]posten|op-liste|saldenabstimmung|"
                                 r"debitorenkonto|"
         r"grand[- ]livre|releve de compte|balance agee|rapprochement|extracto de cuenta|libro mayor|conciliacion (?:bancaria|de (?:saldos?|cuentas?))|"
         r"estado de cuenta|mayor de (?:la )?cuenta|"
         r"balance reconciliation|saldenbestatigung)\b",
         "ledger|statement|aged|detail|aging|reconcil|konto|posten|op-liste|salden|livre|releve|balance|rapproch|extracto|mayor|"
         "concilia|estado"),
    sign("ledger", 0.8, "name", r"ledger|statement of account|aged|reconciliation|kontoauszug|kontoblatt|op[- ]liste|grand livre|"
                                r"releve|extracto|\\bmayor\\b|conciliacion (?:bancaria|de (?:saldos?|cuentas?))", "ledger|statement|aged|reconcil|konto|"
                                "op-|op |livre|releve|"
                                                                       "extracto|mayor|concilia"),
    # satisfaction, meetings, notes
    sign("review", 1.7, "title", r"\b(?:(?:quarterly|annual|yearly|half-?year(?:ly)?|executive)(?: (?:business|service|performance))* "
                                 r"review|business review|qbr\b|(?:quartals|jahres|halbjahres)(?:gesprach|review|ruckblick|bericht)|"
         r"(?:acta|minutes?|protokoll|proces-verbal|compte[- ]rendu|minuta|notes?)\b[^\n]{0,60}\b(?:trimestral|quarterly|quartals\w*|trimestriel\w*|"
         r"half-yearly|"
         r"semestr\w+|halbjahr\w*)|"
         r"(?:comite|comision|steering committee|lenkungskreis|lenkungsausschuss|comite de (?:pilotage|suivi))[^\n]{0,60}\b(?:trimestr\w+|quarterly|"
         r"quartal\w*)|"
         r"revue (?:trimestrielle|annuelle|semestrielle|d'affaires|du \d|de compte)|bilan (?:trimestriel|annuel)|(?:revision|reunion "
         r"de revision) (?:trimestral|anual|semestral|de negocio))",
         "review|qbr|gesprach|ruckblick|bericht|revue|bilan|revision|trimestr|quarterly|quartal|half-yearly|semestr|halbjahr"),
    sign("review", 0.8, "name", r"\bqbr\b|quarterly review|business review|annual review|revue trimestrielle|revue annuelle|"
                                r"quartalsgesprach|jahresgesprach|revision trimestral|revision anual",
                                    "qbr|review|revue|gesprach|revision"),
    sign("sla_report", 1.4, "title", r"\b(?:sla|service[- ]level|kpi|performance|volume|scorecard)s?[- ]?(?:report|summary|dashboard|"
                                     r"bericht)?\b[^\n]{0,30}(?:report|summary|scorecard|bericht|week|month)|scorecard|"
                                     r"service-?(?:level-?)?(?:bericht|report)|(?:monats|wochen|leistungs|quartals)(?:bericht|report)|"
                                     r"monthly (?:service |performance |operations )?report|rapport (?:de niveau|de performance|mensuel)|"
         r"informe (?:de nivel|mensual|de servicio)", "sla|level|kpi|performance|volume|scorecard|service|bericht|monthly|report|"
                 "rapport|informe"),
    sign("sla_report", 0.5, "name", r"\bsla\b|service[- ]level|\bkpi|scorecard|volumes?\b|servicelevel",
        "sla|level|kpi|scorecard|volume"),
    sign("survey", 1.4, "title", r"\b(?:survey (?:results?|report)|satisfaction survey|(?:kunden)?umfrage|zufriedenheits(?:umfrage|"
                                 r"befragung)|(?:sondage|enquete) (?:de |)satisfaction|encuesta)\b",
                                     "survey|umfrage|zufriedenheit|sondage|enquete|encuesta"),
    sign("survey", 0.6, "name", r"survey|csat|\bnps\b|umfrage|befragung|sondage|enquete|encuesta",
        "survey|csat|nps|umfrage|befragung|sondage|enquete|encuesta"),
    sign("call_note", 1.5, "title", r"\b(?:file note|(?:note|memo(?:randum)?) (?:to|for) (?:the )?file|file memo(?:randum)?|(?:tele)?phone note|"
                                    r"call note|note of (?:a "
                                    r")?(?:call|telephone)|attendance note|aktennotiz|aktenvermerk|telefonnotiz|telefonvermerk|"
                                    r"gesprachsnotiz|telefonprotokoll|anrufnotiz|call with|call from|phone call|"
         r"(?:compte[- ]rendu|cr|resume) (?:d'|de l'|de |du )(?:appel\w*|(?:entretien|conversation|echange) telephonique)|resumen de (?:la )?llamada|"
                                    r"vermerk\b|note (?:d'appel|au dossier|telephonique)|"
         r"nota (?:de llamada|telefonica|para el expediente|interna))\b", "note|memo|notiz|vermerk|nota|call|appel|telefonprotokoll|telephonique|llamada"),
    sign("call_note", 0.7, "name", r"\b(?:call|phone|file)?[ _-]?notes?\b|notiz|vermerk|nota\b", "note|notiz|vermerk|nota"),
    sign("call_note", 0.7, "folder", r"\b(?:calls?|phone|anrufe?|telefon\w*|appels?|llamadas?)\b",
        "call|phone|anruf|telefon|appel|llamada"),
    sign("call_note", 0.5, "said", r"\b(?:spoke (?:to|with)|rang\b|called (?:me|at|back|about|\d)|on the phone|by phone|telefonat|"
                                   r"telefonisch|angerufen|au telephone|appele|por telefono|llam[oe])",
                                       "spoke|rang|called|phone|telefon|angerufen|telephone|appele|llam"),
    sign("meeting_note", 1.4, "title", r"\b(?:minutes of(?! settlement)|meeting (?:notes?|minutes)|catch-?up|notes of (?:the )?meeting|"
                                       r"(?:besprechungs|termin|ergebnis|sitzungs|meeting|verlaufs)(?:notiz|protokoll)|protokoll (?:der|"
                                       r"zur|zum|des|vom|meeting|jour|termin|besprechung)|jour fixe|compte[- ]rendu(?! (?:d'appel|de l'appel|d'appels|"
                                       r"de (?:conversation|la conversation)|(?:d'|de l')(?:entretien|echange) telephonique))|"
                                       r"proces-verbal|acta de (?:la )?reunion|minuta)\b",
         "minutes|meeting|catch|notiz|protokoll|jour fixe|compte|proces|acta|minuta"),
    sign("meeting_note", 1.2, "title",
         r"^[^\n.:|]{0,40}\b(?:meeting|besprechung|sitzung|treffen|arbeitstreffen|reunion)\b,? (?:(?:of|on|am|vom|du|del|de|el|le) )?"
         r"(?:[^\W\d]{3,9}\.?,? )?\d{1,2}[. /-]|^[^\n.:|]{0,20}\d[^\n.:|]{0,20}\b(?:meeting|besprechung|sitzung|reunion)\b[^\n.]{0,20}$",
         "meeting|besprechung|sitzung|treffen|reunion"),
    sign("meeting_note", -0.8, "title", r"\b(?:trimestr\w+|quarterly|quartals?\w*|semestr\w+|halbjahr\w*|half-yearly|annual review|jahresgesprach)\b",
         "trimestr|quarterly|quartal|semestr|halbjahr|half-yearly|annual review|jahresgesprach"),
    sign("meeting_note", 0.5, "head", r"^\s*(?:attendees|present|participants|teilnehmer|anwesend|presents?|asistentes)\s?:|"
                                      r"^\s*(?:next|next meeting|nachster termin|prochaine|proxima)\s?:",
                                          "attend|present|particip|teilnehmer|anwesend|asistentes|next|termin|prochaine|proxima"),
    # what has a kind of its own
    sign("other", 1.9, "title", r"\b(?:memorandum(?! (?:to|for) (?:the )?file)|attorney work product|(?:interim|final|partial|consent|arbitral|"
                                r"arbitration) award\b|award(?= of |"
        r" on | in |\s*$)|adjudicat\w+|"
                                r"schiedsspruch|sentence arbitrale|laudo|judgment|urteil\b|jugement|sentencia)",
                                    "memo|work product|award|adjudicat|schiedsspruch|sentence|laudo|judgment|urteil|jugement|sentencia"),
    sign("other", 1.7, "title", r"\b(?:certificate of|deletion (?:record|certificate|protocol)|loschprotokoll|loschbestatigung|"
                                r"loschungs\w+|(?:protokoll|nachweis|bestatigung|erklarung) (?:uber|der) (?:die )?(?:daten)?loschung|"
                                r"attestation d'effacement|(?:attestation|certificat) de (?:suppression|destruction)|abnahmeprotokoll|ubergabeprotokoll|"
                                r"acceptance (?:record|certificate)|handover record|"
                                r"constancia de (?:devolucion|destruccion|entrega|borrado|baja)|certificat d|proces-verbal de (?:remise|recette)|"
         r"acta de (?:entrega|borrado|recepcion)|certificado de)\b", "attestation|constancia|certificat|deletion|losch|abnahme|ubergabe|acceptance|handover|"
                                                                     "proces-verbal|acta de|certificado"),
    sign("other", 1.7, "title", r"\b(?:quotation|quote no|our quote|price quote|proposal|angebot\b|kostenvoranschlag|soumission|devis|"
                                r"presupuesto|cotizacion|oferta)\b", "quot|proposal|angebot|kostenvoranschlag|soumission|devis|"
                                                                     "presupuesto|cotizacion|oferta"),
    sign("other", 1.7, "title", r"\b(?:acknowledge?ment due|a\.?d\.? card|postal (?:receipt|acknowledge?ment)|(?:prueba|justificante|certificado|"
        r"comprobante|acta) de entrega|(?:preuve|attestation|avis) de (?:livraison|"
        r"distribution|remise)|zustellnachweis|"
         r"(?:post ?room|mail ?room|visitor|access|incident) log|logbook|posteingangsbuch|registre|waybill|"
                                r"air waybill|proof[- ]of[- ]delivery|delivery (?:receipt|note|confirmation)|consignment note|frachtbrief|"
                                r"einlieferungsbeleg|auslieferungsbeleg|(?<!mit )(?<!gegen )ruckschein|"
         r"sendungs(?:verfolgung|nachweis|verlauf|status|nummer|information)|track(?:ing)? (?:and|&) trace|(?:tracking|item) number|"
         r"suivi d[eu] (?:l'envoi|votre envoi|colis|courrier)|"
         r"numero de suivi|seguimiento (?:del|de) envios?|numero de envio|lieferschein|bordereau|lettre de voiture|"
         r"(?<!avec )(?<!avec demande d')accuse de reception|"
         r"(?<!con )acuse de recibo|albaran|return "
         r"receipt(?! requested)|final statement|schlussabrechnung|abschlussrechnung|decompte final|liquidacion final)\b",
         "acknowledg|a.d. card|ad card|postal|de entrega|preuve|attestation|avis de|zustellnachweis|log|posteingang|registre|waybill|delivery|"
         "consignment|fracht|beleg|ruckschein|sendung|track|item number|suivi|envio|"
         "lieferschein|bordereau|voiture|accuse|"
         "acuse|albaran|receipt|final|abrechnung|rechnung|decompte"),
    sign("other", 2.6, "title", r"^\W{0,3}(?:boten|zustell(?:ungs)?|einwurf|posteingangs|postausgangs)(?:protokoll|nachweis|bescheinigung|buch|liste|"
                                r"beleg)\b|"
                                r"^\W{0,3}(?:messenger|courier|delivery|service) (?:log|record)\b|^\W{0,3}(?:registre|journal) (?:du coursier|des remises)|"
                                r"^\W{0,3}(?:registro|diario) de (?:mensajeria|entregas)",
         "protokoll|nachweis|bescheinigung|buch|liste|beleg|log|record|coursier|remises|mensajeria|entregas"),
    sign("other", 2.6, "title", r"^[^\n]{0,40}\b(?:lodge?ment|submission|upload|filing) (?:receipt|record|confirmation)\b|"
                                r"^\W{0,3}(?:certificate of (?:posting|mailing)|proof of (?:posting|postage|mailing|lodge?ment)|certificado de imposicion|"
                                r"(?:preuve|recepisse|bordereau) de depot|registered (?:post|mail) (?:lodge?ment|receipt))\b|"
                                r"^[^\n]{0,40}\b(?:shipment|tracking|sendungsverfolgung|suivi)\b[^\n]{0,12}\d",
         "lodgement|lodgment|submission|upload|filing|certificate of|proof of|imposicion|depot|registered post|registered mail|shipment|tracking|"
         "sendungsverfolgung|suivi"),
    sign("notice", -2.0, "title", r"^[^\n]{0,40}\b(?:lodge?ment|submission|upload|filing) (?:receipt|record|confirmation)\b",
         "lodgement|lodgment|submission|upload|filing"),
    sign("other", 0.9, "name", r"\b(?:memo|award|log|waybill|receipt|certificate|quittung|beleg|protokoll|menu|canteen|logo|image\d+)\b",
        "memo|award|log|waybill|receipt|certificate|quittung|beleg|protokoll|menu|canteen|image"),
))

MAIL: Final = Signs((
    sign("notice", 0.9, "subject", _TERMINATION, _TERMINATION_HINTS, reply=False),
    sign("notice", 0.5, "subject", r"\b(?:preavis|preaviso|denonciation|non-?renewal|fin (?:de (?:la |notre )?)?(?:convention|contrat|collaboration))\b",
         "preavis|preaviso|denonciation|renewal|convention|contrat|collaboration", reply=False, supports=True),
    sign("notice", 0.6, "said", _ATTACHED, _ATTACHED_HINTS, supports=True),
    sign("notice", 1.0, "said", _GIVING, _GIVING_HINTS),
    sign("notice", 1.3, "said",
         r"\b(?:attached|enclosed|herewith|please find|find attached|here)\b[^.\n?]{0,30}\b(?:our|my|the company's) (?:formal |written |termination )?notice"
         r"(?=[.,;]|\s*$| (?:of termination|of non-?renewal|of default|of breach|to terminate|under|pursuant)\b)|"
         r"\b(?:anbei|beigefugt|im anhang|anliegend)\b[^.\n?]{0,30}\b(?:unsere|meine) kundigung\b|"
         r"\b(?:ci-joint|en piece jointe|veuillez trouver)\b[^.\n?]{0,30}\bnotre (?:lettre de )?(?:resiliation|denonciation|preavis|lettre de rupture)\b|"
         r"\b(?:adjunt\w+|anexo|se adjunta)\b[^.\n?]{0,30}\b(?:nuestro|nuestra|mi) (?:aviso de (?:terminacion|rescision)|preaviso|denuncia|"
         r"carta de (?:rescision|terminacion|resolucion))\b",
         "our notice|our formal notice|our written notice|our termination notice|my notice|my formal notice|my written notice|company's notice|"
         "unsere kundigung|meine kundigung|notre|nuestr|mi aviso|mi preaviso|mi carta"),
    sign("notice", 0.3, "said", _TERMINATION, _TERMINATION_HINTS),
    sign("notice", -1.6, "subject", _TAKEN_BACK, _TAKEN_HINTS),
    sign("notice", -1.5, "subject", _ANSWER, _ANSWER_HINTS),
    sign("notice", -1.3, "said", r"(?:we|nous|wir|i|je) (?:accept|withdraw|retirons|retire|nehmen|acknowledge|acknowledged|accusons|"
                                 r"bestatigen)|got it\b|received your|withdraw|retirons|zuruckziehen|retiramos",
                                     "accept|withdraw|retir|nehmen|acknowledg|accusons|bestatig|got it|received|zuruck"),
    sign("notice", -1.2, "said", r"unsubscribe|newsletter|abmelden|desabonner|darse de baja|gift card|merkblatt|webinar",
        "unsubscribe|newsletter|abmelden|desabonner|darse de baja|gift card|merkblatt|webinar"),
    sign("notice", -0.8, "subject", r"privileged|advice|draft|entwurf|brouillon|borrador|question|frage",
        "privileged|advice|draft|entwurf|brouillon|borrador|question|frage"),
    sign("claim", 0.9, "subject", r"\b(?:disputed?|contest\w+|bestritten|widerspruch|impugn\w+|claim|demand|forderung|reclamation|"
                                  r"reclamacion|demanda|proof of debt|creance)\b", "disput|contest|bestritten|widerspruch|impugn|claim|"
                                                                                   "demand|forderung|reclama|proof of|"
                                                                                   "creance", reply=False),
    sign("claim", 0.8, "said", r"\b(?:we (?:dispute|contest|claim|demand|request a credit|object to)|nous (?:contestons|reclamons|"
                               r"exigeons)|(?:wir )?(?:bestreiten|widersprechen|fordern|beanspruchen)(?: wir)?|(?:impugnamos|"
                               r"reclamamos|exigimos|disputamos))\b",
         "dispute|contest|claim|demand|request|object|reclam|exig|bestreiten|widersprech|forder|beanspruch|impugn|disputa"),
    sign("claim", 0.4, "said", _MONEY, "", supports=True),
    sign("claim", -0.9, "subject", r"without prejudice|rule 408|fre 408|unprejudiziell|sous toutes reserves|sin perjuicio|settlement|"
                                   r"vergleich|offer|angebot|remittance|privileged|advice", "prejudice|408|unprejud|reserves|perjuicio|"
                                                                                            "settlement|vergleich|offer|angebot|"
                                                                                            "remittance|privileged|advice"),
    sign("claim", -0.8, "said", r"(?:settlement|vergleichs?|transaction)[- ]?(?:offer|angebot|proposal)|without prejudice|reminder|"
                                r"overdue|zahlungserinnerung|rappel\b|recordatorio|declines?\b|nous creditons|we (?:will )?credit|"
                                r"attorney-client|legal advice",
         "offer|angebot|proposal|prejudice|reminder|overdue|erinnerung|rappel|recordatorio|decline|credit|attorney|legal advice"),
    sign("counterclaim", 1.4, "said", r"\bsets? (?:it|them|this|that|these|the same|the (?:sum|amount)) off\b|"
        r"erklar\w+ (?:wir )?(?:hiermit )?die aufrechnung|"
                                      r"(?:opposons|opere|operons|invoquons|invoque) (?:la |une )?compensation|(?:oponemos|opone|"
                                      r"invocamos) (?:la )?compensacion|"
                                      r"(?<!would )(?<!could )(?<!should )(?<!might )(?<!can )counter-?claims?\b|cross-?claim|"
                                      r"set (?:this |that )?(?:sum |amount )?off against|widerklage|"
                                      r"gegenforderung|rechnen[^.]{0,40} auf gegen|demande reconventionnelle|reconvencion",
         "it off|them off|this off|that off|these off|same off|sum off|amount off|die aufrechnung|compensation|compensacion|counter|cross-claim|"
         "off against|widerklage|gegenforderung|rechnen|reconvention|reconvencion"),
    sign("settlement", 1.0, "said", r"^\s*(?:(?:hi|hello|dear|hallo|bonjour|hola)[^\n]{0,40}\n+\s*)?(?:ok(?:ay)?|agreed|accepted|"
                                    r"d'accord|entendu|c'est bon|einverstanden|in ordnung|de acuerdo|conforme)\b[^\n]{0,15}(?:for|with|"
                                    r"to|pour|avec|mit|fur|con|por|a)?\s?[^\n]{0,15}\d",
         "ok |ok,|ok.|ok:|okay|agreed|accepted|d'accord|entendu|c'est bon|einverstanden|in ordnung|de acuerdo|conforme"),
    sign("settlement", 1.0, "said", r"^\s*(?:(?:hi|hello|dear|hallo|bonjour|hola|sehr geehrte|guten tag|liebe|cher|madame|monsieur|estimad|buen[oa]s)"
                                    r"[^\n]{0,60}\n+\s*)?(?:agreed|accepted|we accept|i accept|d'accord|nous acceptons|j'accepte|einverstanden|"
                                    r"(?:wir|ich) (?:sind|bin) einverstanden|de acuerdo|conforme|aceptamos|acepto)\b[^\n?]{10,150}?"
                                    r"(?:" + SUM + r"|\d[.,]\d\d\b)",
         "agreed|accepted|accept|d'accord|acceptons|j'accepte|einverstanden|de acuerdo|conforme|aceptamos|acepto"),
    sign("settlement", 1.0, "said", r"\b(?:we|i) (?:hereby )?(?:accept|agree to) (?:your|the) (?:offer|proposal|settlement|figure|sum)|"
                                    r"(?:wir )?nehmen (?:wir )?(?:ihr|das) (?:angebot|vergleichsangebot) an\b|(?:nous acceptons|"
                                    r"j'accepte) (?:votre|la) (?:offre|proposition)|aceptamos (?:su|la) (?:oferta|propuesta)",
         "accept|agree to|nehmen|acceptons|aceptamos"),
    sign("settlement", 0.5, "said", r"\b(?:on ferme|close (?:this|the matter)|that settles|matter (?:is )?closed|full and final|damit "
                                    r"(?:ist|ware)[^.\n]{0,40}erledigt|affaire classee|dossier clos|queda (?:cerrado|zanjado)|"
                                    r"erledigt)\b",
         "ferme|close|settles|full and final|erledigt|classee|clos|queda"),
    sign("settlement", 0.4, "subject", r"strafe|angebot|penal|pena\b|disput|contest|settlement|offer|claim|prejudice|408|vergleich|forderung|"
        r"widerspruch|reclam|"
                                       r"oferta|acuerdo|offre", "strafe|angebot|penal|pena|disput|contest|settlement|offer|claim|prejudice|408|vergleich|"
                                                                "forderung|widerspruch|reclam|oferta|acuerdo|offre"),
    sign("settlement", -1.2, "said", r"declin|reject|refus|nicht annehmen|lehnen|ablehn|rechaz|attached for your records|signed copy|"
                                     r"would take|proposes? to", "declin|reject|refus|nicht annehmen|lehn|rechaz|attached for|signed "
                                                                 "copy|would take|propose"),
    sign("payment_advice", 1.4, "subject", r"remittance|payment advice|zahlungsavis|zahlungsmitteilung|avis de (?:paiement|virement)|"
                                           r"aviso de (?:pago|transferencia)|dividend", "remittance|payment|zahlungs|avis|aviso|"
                                                                                        "dividend", reply=False),
    sign("payment_advice", 1.3, "said", r"we have (?:today )?(?:sent|paid|transferred|remitted)[^.]{0,60}\b(?:account|you)\b|(?:haben "
                                        r"wir|wir haben|wurde|wurden)(?:[^.]|\.(?=\d)){0,80}(?:uberwiesen|angewiesen)|(?:nous avons|a ete|"
                                        r"avons)[^.]{0,40}(?:vire|verse|effectue (?:un|le) virement)|"
         r"hemos (?:transferido|pagado|abonado)|^\s*payee\b|^\s*value date\b", "have sent|have today|have paid|have transf|have remit|"
                                                                               "uberwiesen|angewiesen|nous avons|avons vire|avons "
                                                                               "verse|virement|hemos|payee|"
                                                                               "value date"),
    sign("payment_advice", 2.2, "said", r"(?:refund|repayment)[^.\n]{0,60}(?:has (?:been |)(?:gone out|sent|left|issued|paid)|went out|"
                                        r"was (?:sent|paid|issued)|is on its way)|remboursement[^.\n]{0,60}(?:est parti|a ete "
                                        r"(?:effectue|envoye|vire|emis))|"
         r"(?:ruckzahlung|erstattung|ruckuberweisung)[^.\n]{0,60}(?:ist raus|wurde|angewiesen|veranlasst|uberwiesen)|\b(?:haben|wurden?|hat)\b(?:[^.?]|"
         r"\.(?=\d)){0,80}\b(?:zu)?ruck(?:uberwiesen|erstattet|gezahlt)|(?:salio|sale|enviamos|hicimos|"
         r"realizamos|quedo) (?:hoy |ya |ayer )?(?:la|el) (?:devolucion|reembolso)|"
         r"(?:sent|issued|processed|wired) (?:the|your) (?:refund|repayment)|(?:avons|ai) (?:effectue|envoye|vire) (?:le|votre) remboursement|(?:reembolso|"
         r"devolucion)[^.\n]{0,60}(?:ha salido|se ha (?:enviado|efectuado|realizado)|enviado)",
         "refund|repayment|remboursement|ruckzahlung|erstattung|erstattet|ruckuberw|ruckgezahlt|reembolso|devolucion"),
    sign("payment_advice", 1.4, "said", r"\A\W{0,3}(?:remittance advice|payment advice|zahlungsavis|uberweisungsavis|avis de (?:paiement|virement|"
                                        r"reglement)|aviso de (?:pago|transferencia))\b",
         "remittance|payment advice|avis|aviso"),
    sign("payment_advice", -1.2, "said", r"\?\s*$|\bwhen is\b|can you (?:send|tell)|please (?:check|refund|explain)|short\b",
        "?|when is|can you|please|short"),
))
