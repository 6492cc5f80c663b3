"""The words by which acts of a dispute are known, folded, in English, German, French and Spanish: patterns only, no rules."""
from __future__ import annotations

import re

from ingest.enrich.currencies import CODE, SIGN
from ingest.enrich.settlement_terms import within

CONTEXT = re.compile(
    r"without prejudice|\brule 408\b|\bfre 408\b|\bunder 408\b|(?:full and )?final settlement|full settlement|settlement (?:communication|offer|"
    r"proposal|payments?)|"
    r"\bto settle\b|mutual releases?|not an admission|no admission|without admission|subject to contract|put an end to|all in\b|each side|"
    r"vergleich|\beinigung\b|\beinigen\b|un arrangement\b|un arreglo\b|ohne anerkennung|ohne prajudiz|unprajudiziell|gutlich|kulanz|abgeltung|"
    r"aussergerichtlich|"
    r"sans (?:prejudice|reconnaissance|admission)|transaction(?:nel)|a l'amiable|sous (?:toutes )?reserves?|solde de tout compte|geste commercial|"
    r"est-ce que ca vous (?:va|convient)|cela vous convient|d'accord avec|"
    r"sin (?:perjuicio|reconocimiento|admitir)|transaccional|acuerdo amistoso|saldo y finiquito|amistosa|le parece bien|estan? de acuerdo|"
    r"would (?:that|this) work|is (?:that|this) acceptable|do you agree|please (?:confirm|let us know) (?:if|that|whether) you (?:agree|accept)|"
    r"(?:sind sie |waren sie |damit )einverstanden|einverstanden ?\?|(?:sache|angelegenheit|streit\w*)[^.\n]{0,60}\b(?:erledigt|beigelegt)|"
    r"meet (?:you )?(?:in the middle|half ?way)|split the difference|put (?:this|the matter) behind us|(?:that|this) (?:closes|settles|would close)|"
    r"coup\w+ la poire en deux|a mi-chemin|partager la difference|clor\w+ (?:le dossier|l'affaire)|partir la diferencia|a mitad de camino|"
    r"sin reconocer|evitar (?:un|el|los|las) (?:pleito|litigio|juicio|proceso|coste|costos|gastos)|a (?:los )?(?:solos|unicos) efectos|por via amistosa|"
    r"\bavoid (?:the )?(?:expense|costs?|delay|uncertainty|litigation|arbitration)|(?:in|as) full (?:and final )?(?:resolution|satisfaction|discharge)|"
    r"full and final (?:settlement|resolution|satisfaction)|goodwill|good will|in the interests? of (?:the|our) (?:relationship|partnership)|"
    r"buy (?:our )?peace|"
    r"(?:close|resolve|conclude) (?:the|this) (?:matter|dispute|claim)|zur vermeidung (?:eines|von|weiterer)|ohne anerkenntnis|sans reconnaitre|"
    r"(?:afin d'|pour )eviter (?:un|tout) (?:proces|litige|contentieux)|"
    r"cerrar (?:el asunto|la cuestion|el tema)|dar por (?:cerrad|zanjad|resuelt)\w+")
OFFER = within(
    r"\b(?:will|would|can|could|shall|is|are|am|be) (?:be )?(?:(?:willing|prepared|ready) to )?(?:pay|take|accept|credit|settle|waive|reduce|refund|"
    r"contribute)\b|"
    r"\b(?:offers?|offering|proposes?|propose|proposing|suggests?) (?:to (?:pay|take|accept|credit|settle|waive|reduce|refund|close)|(?:a |"
    r"the )?(?:payment|sum|credit|amount|one-off)|[a-z]{0,3}" + SIGN + r"|\d|" + CODE + r"\b)|"
    r"\b(?:our|my|its|(?<!your )client's|an?|this|the) (?:best |final |last |improved |revised |counter-?)?(?:offer|proposal) (?:is|of|stands at)|"
    r"\bwould (?:settle|agree to|be content with)\b|"
    r"\b(?:prepared|willing|ready) to (?:pay|take|accept|credit|settle|waive|issue|grant|extend|allow|offer|forgo|forego|write off|close|resolve|"
    r"compromise|contribute|bear|absorb|share|reimburse|make good|"
    r"reduce|refund|give|provide)\b|"
    r"\bmeet (?:you )?(?:in the middle|half ?way)|\bsplit the difference|\b(?:could|can|would) (?:imagine|live with|see our way to|stretch to|go to|do)\b|"
    r"\bin der mitte\b|\btreffen wir uns\b|\bauf halbem wege?\b|\b(?:konnten?|konnen|kann|wurden?)\b[^.]{0,90}\b(?:vorstellen|leben|mitgehen|"
    r"einverstanden erklaren)|"
    r"\bcoup\w+ la poire en deux|\ba mi-chemin|\bpartag\w+ la difference|\bpourrions (?:nous arreter|accepter|envisager|aller jusqu'a)|"
    r"\bpartir la diferencia|\ba mitad de camino|\bpodriamos (?:aceptar|llegar a|abonar|pagar|dejarlo en)|"
    r"\bwaren? (?:wir |ich )?(?:mit|bei)\b[^.]{0,80}\beinverstanden\b|\b(?:bei|gegen|fur)\b[^.]{0,40}\bwurden? (?:ich|wir)\b[^.]{0,40}\b(?:unterschreib\w+|"
    r"zustimmen|"
    r"abschliessen|abschliesen|mitgehen|einschlagen)|\bje signerais\b|\bnous signerions\b|\bserions? d'accord (?:pour|a)\b|\b(?:firmaria|firmariamos)\b|"
    r"\b(?:letztes|mein|unser) (?:letztes )?(?:wort|angebot)\b(?= ?[:,(]|[^.]{0,20}\b(?:ist|lautet|eur|chf)\b)|schmerzgrenze|\b(?:our|my) (?:last|final|"
    r"best) (?:word|offer|figure|position)\b|"
    r"\b(?:notre|mon) dernier (?:mot|prix)\b|\b(?:nuestra|mi) ultima (?:palabra|oferta)\b|\bwhat (?:i|we) can offer\b|\bce que (?:je|nous) (?:peux|"
    r"pouvons) (?:offrir|proposer)\b|"
    r"\b(?:i|we)(?:'d| would) sign (?:at|for)\b|\bbiete[nt]?\b|\bschlagen? (?:wir|ich)?[^.]{0,80}\bvor\b|\bvorschlag\b|\bbereit\b[^.]{0,100}(?:zu|gegen|bei)|"
    r"\bgegen (?:eine )?(?:zahlung|"
    r"einmalzahlung)|"
    r"\b(?:wurden?|konnten?|konnen|werden?) [^.]{0,100}(?:zahlen|akzeptieren|gutschreiben|verzichten|erstatten|ubernehmen|einigen)|"
    r"\b(?:nous |je |on )?(?:proposons|propose|offrons|(?<!votre )(?<!notre )(?<!cette )(?<!une )(?<!l')(?<!leur )(?<!son )(?<!ancienne )offre|"
    r"offririons|accepterions|accepterait|verserions|verserait|crediterions|crediterons|"
    r"creditons|"
    r"paierions|paierait|rembourserions)\b|(?:prete?s?|dispose?e?s?) a (?:payer|verser|accepter|crediter|regler|"
    r"renoncer|consentir|ramener|se contenter|conclure|transiger)|\bpourrions\b[^.]{0,60}\b(?:contenter|accepter|envisager|transiger|ramener|limiter|"
    r"arreter)|"
    r"\b(?:pourrait|saurait|accepterait)\b[^.]{0,50}\b(?:se contenter|s'arreter|transiger|envisager)|\b(?:consentirait|consentirions|s'engagerait)\b|"
    r"contre-?(?:proposition|offre)|"
    r"\b(?:ofrecemos|ofrece|ofrezco|proponemos|propone|propongo|abonariamos|abonaria|pagariamos|pagaria|aceptariamos|aceptaria|contraoferta)\b|"
    r"dispuest[oa]s? a (?:pagar|abonar|aceptar|acreditar|renunciar|cerrar|zanjar|transigir|dejarlo|resolver|poner fin|llegar|conceder|reconocer|rebajar)|"
    r"\b(?:ofrec(?:e|emos|eria|eriamos)|propon(?:e|emos|dria|driamos)) (?:pagar|abonar|un|una|la|el)\b|\bsi (?:pagan|abonan|nos pagan|nos abonan)\b")
REJECTION = within(
    r"\b(?:is|are|was|were|be|hereby) (?:declined|rejected|refused|not (?:acceptable|accepted|enough))|\b(?:declines?|rejects?|refuses?)\b|"
    r"\bdeclining\b|\bturn(?:s|ed)? down|"
    r"\b(?:cannot|can't|can not|do(?:es)? not|don't|doesn't|won't|will not|unable to|not (?:able|willing|prepared) to) (?:accept|agree to|take|"
    r"recommend)|\bnot acceptable|\bunacceptable|\btoo low\b|"
    r"\b(?:is|are|will) not (?:be )?accepted\b|\bnehm\w+ [^.]{0,60}\bnicht an\b|\bnicht an(?:genommen|zunehmen)\b|"
    r"\b(?:falls|fall) (?:well |far )?short\b|\b(?:does|do|will) not (?:work|suit|do)\b|\bnot (?:nearly )?enough\b|\bzu (?:niedrig|gering|wenig)\b|"
    r"\bnicht aus(?:reichend|zureichend)?\b|"
    r"\bne (?:nous |me )?(?:convient|suffit) pas|\b(?:est|reste) (?:trop (?:bas\w*|faible)|insuffisant\w*)|\bno nos (?:conviene|vale|sirve)|\b(?:es|"
    r"resulta|queda) (?:insuficiente|demasiado baj\w)|"
    r"\b(?:ist|sind|ware|waren)\b[^.]{0,30}\b(?:zu viel|zu hoch|viel zu)\b|\bgeh\w+ (?:ich|wir)\b[^.]{0,30}\bnicht mit\b|\btoo (?:much|high)\b|"
    r"\b(?:est|sont|serait) (?:trop (?:eleve\w*|haut\w*|cher\w*)|excessi\w+)|\b(?:es|son|resulta) (?:demasiado (?:alto|elevad\w)|excesiv\w+)|"
    r"\blehn\w+ [^.]{0,90}\bab\b|\bablehn\w+|\babgelehnt|\bausschlagen|nicht (?:annehmen|akzeptieren|annehmbar|akzeptabel|einverstanden)|"
    r"kommt nicht in (?:frage|betracht)|"
    r"(?:n'est|ne sont|ne parait|ne saurait etre) (?:malheureusement |donc |toujours )?(?:pas )?(?:acceptables?|acceptee?s?|suffisante?s?|satisfaisante?s?|"
    r"recevables?|"
    r"envisageables?)|\bne (?:pouvons|peut|peux|saurions|sommes) [^.]{0,40}\b(?:accepter|donner (?:une )?suite|retenir)\b|\b(?:decline|refuse) (?:cette|"
    r"votre|l'|la)|"
    r"\bno (?:es|resulta|son) (?:aceptable|suficiente|satisfactori[oa]|asumible)s?\b|"
    r"\b(?:refusons|refuse|declinons|decline|rejetons)\b|ne (?:pouvons|peut|peux|saurions) (?:pas )?accepter|n'accept(?:ons|e) pas|inacceptable|"
    r"\b(?:rechaz(?:amos|a|o)|declin(?:amos|a))\b|no (?:podemos |puede )?acept(?:amos|a|ar)|inaceptable")
OFFER_WORD = re.compile(r"\b(?:offers?|proposals?|angebots?|vergleichs\w+|vorschlags?|offres?|propositions?|ofertas?|propuestas?)\b")
DENIAL = within(
    r"\b(?:do|does|cannot|can) ?(?:not|n't)? ?(?:not )?(?:accept|agree|admit|recogni[sz]e|owe|consider)\b|\bden(?:y|ies|ied)\b|\bdisput(?:e|es|"
    r"ed)\b|\bcontests?\b|\breject(?:s|ed)?\b|\brefutes?|"
    r"without foundation|not (?:payable|due|owed|liable)|no (?:basis|liability|sum)|rights? (?:are |is )?(?:expressly |fully )?reserved|"
    r"reserves? (?:all|our|its|my) rights?|is (?:a penalty|excessive)|"
    r"\bbestreite\w*|\bbestritten|\bweis\w+[^.]{0,90}zuruck|zuruckgewiesen|zuruckzuweisen|nicht (?:geschuldet|begrundet|berechtigt|anerk\w+|"
    r"akzeptier\w+|fallig|zu)|unbegrundet|"
    r"\bbesteh\w+\b[^.]{0,30}\bnicht\b|nicht in (?:dieser|der genannten|der verlangten) hohe|nicht veranlasst|ne (?:sommes|suis) (?:pas )?redevables?|"
    r"ne (?:vous )?(?:devons|doit) rien|\bno (?:existe|corresponde)\b[^.]{0,30}\b(?:deuda|importe|reclamacion)|"
    r"keine? (?:anspruch|grundlage|forderung|vertragsstrafe)|widersprech\w*|\bwiderspruch|"
    r"\bcontest(?:ons|e|ent|ees?)\b|\brejet\w+|n'est pas (?:due?|exigible|fonde\w*)|ne (?:sont|est) pas (?:du\w*|exigibles?|fonde\w*)|infonde\w*|"
    r"toutes reserves|ne devons pas|refus\w+|"
    r"\brechaz\w+|\bimpugna\w*|\bnieg\w+|\bnegamos|no (?:procede|debe\w*|adeuda\w*|reconoce\w*|aceptamos|estamos conformes)|\boponemos|improcedente|"
    r"reserva de (?:derechos|acciones)|"
    r"\bno (?:right of )?set-?off\b|\bthere is no\b[^.]{0,40}\b(?:set-?off|claim|right|shortfall|basis)|\bkeine? (?:recht zur )?aufrechnung|"
    r"\bsans fondement|\baucune? (?:compensation|somme n'est)|\bno (?:cabe|hay) (?:la )?compensacion")
APPROVES = within(
    r"\b(?:we|i) (?:hereby )?(?:confirm|agree|approve|accept)s? (?:your|the|this) [^.]{0,40}(?:statement|account|balance|reconciliation)|"
    r"\b(?:bestatigen|anerkennen|akzeptieren|genehmigen)\b[^.]{0,40}\b(?:saldo|\w*abrechnung|kontoauszug|kontostand)\b(?![^.]{0,30}\bnicht\b)|"
    r"\b(?:validons|approuvons|confirmons|acceptons)\b[^.]{0,40}\b(?:arrete|releve|decompte|solde|compte)\b|"
    r"\b(?:validamos|aprobamos|confirmamos|aceptamos|conformamos)\b[^.]{0,40}\b(?:liquidacion|saldo|extracto|cuenta)\b")
"""Words that approve an account: that nothing more is due by it denies nothing."""
GRANTS = within(r"\b(?:notes? de credit|avoirs? (?:n|de|d'un)|gutschrift\w*|credit (?:notes?|memos?)|notas? de (?:credito|abono)|abono de)\b")
ADMITS = re.compile(r"\b(?:erreur|excuser|excuses|(?:comptes?|factures?|comptees?|facturees?) (?:deux fois|en double|par erreur)|clot|a juste titre|fehler|"
                    r"versehen\w*|entschuldig\w*|"
                    r"zu recht|doppelt|erledigt|mistakes?|in error|apologi[sz]e|apologies|you are right|closes (?:this|the)|error|disculp\w+|por duplicado|"
                    r"con razon|zanjad\w)\b")
"""Words that own to what the other side complains of: with a credit note of its sum they grant the claim."""
CLAIMS = within(
    r"\b(?:is|are|be) (?:hereby |therefore |now )?(?:required|requested|called (?:up)?on|obliged) to (?:pay|remit|settle|clear)\b|"
    r"\b(?:haben|hat) (?:sie )?[^.]{0,60}\bzu (?:zahlen|begleichen|uberweisen)\b|\b(?:etes|est|sont) (?:pries?|tenue?s?|invitee?s?) de (?:payer|regler|"
    r"verser)\b|"
    r"\bdebera\w* (?:pagar|abonar|liquidar)\b|"
    r"\b(?:we|i|claimant|company|client)?\s?(?:claims?|demands?|seeks?|require|request)\b[^.]{0,80}\b(?:from you|payment|sum|credit|amount|refund|"
    r"damages)?|unless [^.]{0,60}(?:is|are) (?:received|paid)|"
    r"\bif [^.]{0,90}(?:is|are) not (?:received|paid|settled|cleared)|\bshould [^.]{0,90}(?:remain unpaid|not be (?:received|paid|settled))|"
    r"\b(?:sollten?|wird|werden|falls|wenn)\b[^.]{0,110}\bnicht\b[^.]{0,70}\b(?:ein(?:gehen|geht|gegangen)|gezahlt|bezahlt|beglichen|ausgeglichen|"
    r"gutgeschrieben)|"
    r"\b(?:a defaut|faute) (?:de|du) (?:paiement|reglement)|\bsi [^.]{0,90}n'est pas (?:payee?|reglee?|versee?|acquittee?)|"
    r"\bde no (?:abonarse|pagarse|recibirse|ser abonad\w)|\bsi no se (?:abona|paga|recibe|ingresa)|"
    r"\bpay(?:ment)? (?:of|us|the (?:sum|amount|arrears))|please (?:pay|credit|remit|refund)|must be (?:paid|received)|now (?:due|payable)|"
    r"immediately due|"
    r"\bfordern\b|\bmachen\b[^.]{0,80}geltend|\bverlangen\b|\bzahlen sie\b|\bzahlung\b[^.]{0,40}(?:bis|binnen|innerhalb)|\bmahnen\b|"
    r"mettons?(?: [a-z]+){0,2} en demeure|\breclam(?:ons|e)\b|\bexigeons\b|merci de (?:crediter|payer|regler|rembourser)|veuillez (?:payer|regler|"
    r"verser|crediter)|"
    r"\breclamamos\b|\breclama\b|\bexigimos\b|\brequerimos\b|\brequiere\b|abonen\b|rogamos (?:abonen|paguen|el pago)")
SAID_ABOVE = re.compile(
    r"\b(?:this|that|these|the (?:above|said|total|full|overdue|outstanding)) (?:sums?|amounts?|arrears|balance|invoices?)|\bthe (?:arrears|same)\b|"
    r"\bin full\b|\b(?:den|der|ihren|diesen) (?:ruckstand|ausstand|zahlungsruckstand)\b|\b(?:l'|cet |votre )arrieres?\b|\b(?:los|sus) atrasos\b|\bsu deuda\b|"
    r"\b(?:dieser?|diesen?|der (?:genannte|gesamte|obige|offene)|den (?:genannten|gesamten|offenen)|die (?:genannten|offenen|obigen)) (?:betrag|"
    r"betrage|summe|forderung\w*|rechnung\w*|ruckstand\w*)|"
    r"\b(?:cette|ces|ladite|lesdites) (?:sommes?|montants?|factures?)|\ble (?:montant|solde) (?:ci-dessus|susvise|total)|"
    r"\b(?:dich[oa]s?|est[aeo]s?|la citada) (?:importes?|cantidad(?:es)?|sumas?|facturas?)|\bel (?:importe|saldo) (?:indicado|total|anterior)")
TOTAL_LINE = re.compile(r"(?:grand )?total(?: (?:due|overdue|outstanding|amount|arrears))?\b|(?:total )?(?:amount|balance|arrears) (?:due|overdue|"
    r"outstanding)|gesamt(?:betrag|summe|forderung|ruckstand)?\b|"
                        r"summe\b|offener (?:betrag|saldo)|total (?:du|impaye|general)|solde(?: du)?\b|montant total|importe total|total (?:adeudado|"
                        r"pendiente|vencido)")
HOLDING = re.compile(
    r"\b(?:are|am|is) considering|will (?:consider|come back|revert)|under (?:review|consideration)|(?:take|takes) (?:it|this|that) (?:upstairs|"
    r"to the board)|rights (?:are )?(?:expressly )?reserved|"
    r"\bprufen\b|kommen auf sie zuruck|rechte (?:bleiben )?vorbehalten|\bvorbehaltlich|examinons|a l'etude|reviendrons vers|toutes? reserves?|"
    r"tous droits reserves|"
    r"\bestudia(?:mos|ndo|remos)\b|\bvaloraremos\b|reservamos (?:todos )?(?:los|nuestros) derechos|"
    r"\b(?:pay|paid|paying|payment)\b[^.\n]{0,60}\bunder (?:protest|reserve|reservation)|\bunter (?:dem )?vorbehalt|\bsous (?:toute )?reserve|"
    r"\b(?:bajo protesta|con reserva de)|\bwithout prejudice to (?:our|its) (?:rights?|position|claims?)")
UNDER_RESERVE = within(
    r"\b(?:pay|paid|paying|payment)\b[^.]{0,60}\bunder (?:protest|reserve|reservation)|\b(?:zahl\w*|uberweis\w*|gezahlt|"
    r"zahlung)\b[^.]{0,60}\bunter (?:dem )?vorbehalt|"
    r"\b(?:pay\w*|regl\w*|vir\w*|vers\w*)\b[^.]{0,60}\bsous (?:toutes? )?reserves?|\b(?:pag\w*|abon\w*|ingres\w*)\b[^.]{0,60}\b(?:bajo protesta|"
    r"con reserva)")
ACCEPTS = within(
    r"\b(?:we|i|client|company)?\s?(?:accepts?|(?<!would )(?<!could )(?<!might )agree(?:s|d)? to|are agreed|confirm our (?:agreement|"
    r"acceptance)) [^.]{0,60}(?:offer|proposal|sum|figure|[$€£]|\d)|\boffer is accepted|\bwe have a deal|\bagreed at\b|"
    r"\bnehmen\b[^.]{0,100}\ban\b|\beinverstanden\b|\bstimmen\b[^.]{0,60}\bzu\b|angebot[^.]{0,40}angenommen|"
    r"\bacceptons\b|\baccepte\b|\bd'accord (?:pour|avec|sur)|c'est (?:bon|d'accord) pour|\baceptamos\b|\bacepto\b|de acuerdo con|conformes con")
CLAIMS_ITSELF = within(
    r"\b(?:we|i) (?:hereby |therefore |also |now |in turn |further )*(?:claim|counter-?claim)\b|\bmachen (?:wir|ich)\b[^.]{0,80}\bgeltend|\b(?:wir|"
    r"ich) (?:machen?|verlangen?|fordern?)\b|"
    r"\bnous (?:vous )?reclamons\b|\b(?:les |le )?reclamamos\b|\bexigimos\b")
NEGATION = re.compile(r"\b(?:not|nicht|kein\w*|no|ne|n'|pas|cannot|can't|won't|unable)\b")
CONDITION = re.compile(r"\b(?:if|provided|subject to|unless|falls|wenn|sofern|vorausgesetzt|si|a condition|sous reserve|siempre que|salvo)\b")
AGREED = re.compile(
    r"\W*(?:(?:yes|ja|oui|si),? )?(?:(?:we|i)(?:'re| are|'m| am)? (?:agreed?|happy|in agreement|content)|(?:that|this|it) is agreed|agreed|we accept|"
    r"accepted|"
    r"(?:wir |ich )?(?:sind |bin |damit )*einverstanden|angenommen|wir nehmen (?:das |ihr |den )?(?:angebot|vorschlag)?[^.\n?]{0,20}\ban|abgemacht|"
    r"(?:nous sommes |je suis |c'est )?d'accord|entendu|c'est (?:bon|entendu) pour (?:nous|moi)|nous acceptons|j'accepte|"
    r"(?:estamos |estoy )?(?:de acuerdo|conformes?)|aceptamos|aceptado|acepto)\b(?![^.\n]{0,30}\?)")
GIVES_UP = re.compile(r"\b(?:reclamaciones|pretensiones|claims?|counter-?claims?|demands?|forderung\w*|anspruch\w*|vertragsstrafe\w*|widerklage|"
    r"reclamations?|demande|"
    r"penalites?|reclamacion|pretension|demanda|penalizacion)\b")
YOURS = re.compile(r"\byour (?:claim|demand|counter-?claim|letter|invoice|set-?off)|\bihr(?:e|er|en)? (?:forderung|anspr\w+|vertragsstrafe|"
    r"schreiben|geltend gemachte\w*)|geltend gemachte\w*|"
                    r"\bvotre (?:reclamation|demande|mise en demeure|courrier|lettre|facture)|\bsu (?:reclamacion|demanda|requerimiento|carta|"
                    r"factura)")
DEMANDS = within(
    r"\b(?!(?:offers?|he|she|they|it|who|which|that|and|also|customers?|callers?|members?|guests?|users?|buyers?|passengers?|subscribers?|lady|man|"
    r"woman)\b)[a-z&.]{2,}\s(?:hereby |therefore |now )?claims (?:(?:a |the )?(?:sum|amount|payment|refund|credit|damages|compensation)|"
    r"[a-z]{0,3}" + SIGN + "|" + CODE + r"\b)|\bsets? (?:[\w.,]+ ){1,4}off\b|\bsetting (?:[\w.,]+ ){0,4}off\b|\bcompens(?:ons|amos)\b|\bdeduct(?:s|ed|"
    r"ing)? (?:this|that|it|the (?:sum|amount))|"
    r"\b(?:we|i) (?:hereby |therefore |now )?(?:claim|demand|require (?:you to pay|(?:immediate |full )?payment)|ask you to (?:pay|credit|refund)|"
    r"request (?:payment|a credit|"
    r"a refund))|\bset[- ]?off\b|"
    r"\bfordern\b|\bverlangen\b|\bgeltend\b|\bin rechnung\b|\bbitten\b[^.]{0,60}\b(?:uberweisung|zahlung|gutschrift|erstattung)|"
    r"\brechnen\b[^.]{0,80}\bauf\b|\baufrechn\w+|\bbehalten\b[^.]{0,60}\bein\b|\bkurzen\b|"
    r"\breclamons\b|\bdemandons (?:le paiement|le remboursement|un avoir|la somme)|\bexigeons\b|\breclamamos\b|\bsolicitamos (?:el pago|el abono|"
    r"la devolucion)|\bexigimos\b")
SET_OFF = within(r"\bset[- ]?off\b|\bsets? (?:[\w.,]+ ){1,4}off\b|\bsetting (?:[\w.,]+ ){0,4}off\b|\brechnen\b[^.]{0,80}\bauf\b|\baufrechn\w+|"
    r"\bcompens(?:ons|"
    r"amos)\b|"
                 r"\b(?:por|par) compensa(?:cion|tion)\b")
NO_SET_OFF = within(r"\bno (?:right (?:of|to) )?set-?off|\bnot\b[^.]{0,30}\bset[- ]?off|\bkeine? (?:recht zur )?aufrechn\w*|"
    r"aufrechn\w*[^.]{0,40}(?:unzulassig|ausgeschlossen)|"
                    r"\baucune compensation|\bno (?:cabe|hay|procede) (?:la )?compensacion|\bwithout (?:any )?(?:set-?off|deduction)|\bohne (?:abzug|"
                    r"aufrechnung)")
LIABILITY = re.compile(
    r"\b(?:penalt\w+|liquidated damages|damages|compensation|service credits?|refund|shortfall|early termination|late (?:payment )?interest|"
    r"costs? of cover|vertragsstrafe\w*|schadens?ersatz\w*|pauschale|malus|verzugszinsen|erstattung|"
    r"mindest(?:menge|abnahme|umsatz)\w*|penalites?|dommages|dedommagement|indemnite\w*|interets de retard|penalizacion\w*|indemnizacion\w*|danos|"
    r"intereses de demora)\b")
GROSS = re.compile(r"^[^\n.;]{0,12}?(?:avec (?:les )?taxes|taxes (?:incluses|comprises)|ttc|(?:incl\w*\.?|including|with|inclusive of) (?:vat|"
    r"tax(?:es)?|gst|hst)|brutto|inkl\w*\.? (?:mwst|ust|umsatzsteuer)|"
                    r"iva incluid[oa]|con iva|impuestos incluidos)")
AWARD = re.compile(r"\b(?:interim award|final award|partial award|consent award|\baward\b|adjudicat(?:ion|or's decision|ion determination|"
    r"ion decision)|adjudication determination|judgment|"
                    r"decision of the (?:adjudicator|arbitrator|tribunal|expert)|determination|schiedsspruch|urteil|schlichterspruch|"
                    r"sentence (?:arbitrale|partielle)|jugement|laudo|sentencia)\b")
SEEKS = re.compile(r"\b(?:demand for|notice of|request for|statement of|answer|reply|counter-?claim|klage(?:schrift)?|antrag|widerklage|requete|"
    r"demande|memoire|demanda|solicitud|contestacion)\b")
DECIDES = re.compile(r"\b(?:adjudicator|arbitrat(?:or|ion)|tribunal|judge|expert determin\w+|court|schiedsrichter\w*|schiedsgericht\w*|richter\w*|"
    r"gericht|arbitre|juge|arbitro|juez|schlichter\w*)\b")
AWARDED = within(
    r"\b(?:amount to|amounts to|is awarded|are awarded|awards?|shall pay|must pay|is (?:to|liable to) pay|orders?|is ordered to pay|is entitled to|"
    r"entitled to (?:payment|recover)|(?:is|are) (?:due|payable|owed|owing)|i (?:find|determine|decide)|"
    r"allowed|granted|directs?)\b|\b(?:hat|haben) [^.]{0,60}zu zahlen|zu zahlen|verurteilt|steht [^.]{0,60}zu|zugesprochen|schuldet|"
    r"condamn\w+|devra (?:payer|verser)|est fixee?|s'eleve(?:nt)? a|alloue|\bcondena\w*|debera (?:pagar|abonar)|asciende\w* a|estima\b")
DENIED = re.compile(r"\b(?:is|are) (?:denied|dismissed|rejected|refused)|\bdismiss\w*|abgewiesen|abzuweisen|rejetee?s?|deboute\w*|desestima\w*|"
    r"no (?:shortfall|fee|sum|interest)\b|not (?:payable|due)")
MEDIATION = within(r"\b(?:(?:mediation|conciliation|settlement) (?:meeting|conference|talks) (?:on|of|held)|"
    r"(?:schlichtungs|vergleichs|sühne|suhne|gute|mediations|vermittlungs)(?:verhandlung|sitzung|gesprach|termin|versuch|verfahren)\w*|guteverhandlung|"
    r"(?:reunion|audience|seance|tentative|rencontre) de (?:mediation|conciliation)|(?:reunion|vista|intento|comparecencia) de (?:mediacion|conciliacion)|"
    r"mediation (?:took place|was held|on|hearing|session|day|in [a-z]+ on)|mediated (?:(?:this|the|their) (?:matter|dispute|claims?) )?(?:on|before|with)|"
    r"at (?:the|a) mediation|mediation (?:before|with|conducted by|chaired by)|(?:attended|held|conducted|participated in) (?:a |the )?mediation|"
    r"mediationstermin|mediation (?:am|vom|fand)|seance de mediation|mediation (?:du|le|tenue|a eu lieu)|"
                        r"(?:sesion|acto) de mediacion|mediacion (?:del|celebrada|tuvo lugar)|mediator(?:in)?\b[^.]{0,60}(?:on|am)|"
                        r"schlichtungstermin|conciliation (?:du|le)|(?:acto|acta|sesion|audiencia|comparecencia) de (?:conciliacion|mediacion)|"
                        r"conciliador[a]?\b|"
                        r"report of mediator|mediation session|(?:schlichter|mediator)(?:in)? hat|proces-verbal de (?:conciliation|mediation))")
RECEIVER = re.compile(r"\b(?:liquidat(?:or|ors|ion)|administrators?|insolvenzverwalter\w*|liquidateur|mandataire judiciaire|"
    r"administrador concursal|trustee in bankruptcy|receiver)\b")
COUNSEL = re.compile(r"\b(?:my|our) client(?:s|'s)?\b|\b(?:unsere|meine)[rnms]? (?:mandant\w*|klient\w*)|\b(?:mon|ma|notre) client(?:e)?\b|\b(?:mi|"
    r"nuestr[oa]) (?:cliente|mandante|representad[oa])\b")
FORUMS = (("arbitration", re.compile(r"\b(?:demand(?:s)? (?:for )?arbitration|notice of arbitration|arbitration (?:centre|center|institution)|"
    r"request for arbitration|schiedsklage|schiedsverfahren|demande d'arbitrage|solicitud de arbitraje)\b")),
           ("litigation", re.compile(r"\b(?:claim form|particulars of claim|statement of claim|summons|writ of|complaint for|klageschrift|"
           r"mahnbescheid|landgericht|assignation|tribunal de commerce|juzgado|demanda judicial)\b")))
DENIES_FLATLY = within(
    r"\b(?:we|i|our client|my client|client|company) (?:deny|denies|dispute|disputes|reject|rejects|contest|contests|do not owe|"
    r"does not owe)\b[^.]{0,80}\b(?:claim|demand|sum|amount|liab|owe|due|"
    r"debt|invoice)|\b(?:bestreiten|weisen) (?:wir|ich)\b[^.]{0,80}\b(?:forderung|anspruch|betrag|rechnung)|\b(?:wir|"
    r"ich) bestreite[n]?\b[^.]{0,80}\b(?:forderung|anspruch|betrag|rechnung)|"
    r"\b(?:nous|je) (?:contestons|conteste|rejetons|rejette) \b[^.]{0,80}\b(?:demande|creance|somme|facture|reclamation)|"
    r"\b(?:negamos|niego|rechazamos|rechazo|impugnamos)\b[^.]{0,80}\b(?:reclam\w+|adeudar|cantidad|deuda|factura|requerimiento)")
"""A plain denial of what the other side asks for, where the same message makes an offer."""
