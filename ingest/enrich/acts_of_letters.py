"""Signs of letters by what they do in their own words, whatever their heading says: demand a sum, claim against a claim, end or not renew a contract.

A letter of counsel or of a client often has no title that names it; its operative sentence does.  Each pattern wants the act in the mouth of the writer
or of the party for whom counsel writes, so that a letter which only recounts the other side's demand is none.  All patterns meet folded text.
"""
from __future__ import annotations

from typing import Final

from ingest.enrich.currencies import SUM
from ingest.enrich.signs import Sign, sign

_IN_ONE = r"(?:[^.;?]|\.(?=\d)|(?<=\b[a-z])\.|(?<=\bno)\.|(?<=\bsec)\.)"
_ADVERBS = r"(?:hereby |therefore |accordingly |formally |now |also |further |again |hereby formally )*"
_WHO = r"(?:\bwe|\bi|\band|\bour client|\bmy client|\bthe undersigned|\bhereby|\btherefore|\baccordingly)"

DEMANDS_SUM: Final = (
    rf"{_WHO} {_ADVERBS}(?:demands?|claims?|requires? (?:you to pay|(?:immediate |full )?payment|that you pay)|calls? (?:up)?on you to (?:pay|remit)|"
    rf"seeks? (?:payment|recovery|to recover)|insists? on payment)\b(?! to be\b){_IN_ONE}{{0,140}}?{SUM}|"
    rf"{SUM}{_IN_ONE}{{0,60}}\b(?:and|which|we|i) {_ADVERBS}(?:demand|claim)s?\b|"
    rf"\b(?:we|i) (?:are|am|have been|were) (?:hereby |further |therefore )?(?:(?:instructed|asked|directed|required|retained) )?to (?:demand|claim|"
    rf"require|seek|recover|request payment)\b{_IN_ONE}{{0,140}}?{SUM}|\b(?:our|my) instructions are to (?:demand|claim|recover|seek)\b"
    rf"{_IN_ONE}{{0,140}}?{SUM}|"
    rf"\bdemand is (?:hereby |therefore )?made\b{_IN_ONE}{{0,120}}?{SUM}|\byou are (?:hereby |therefore )?(?:required|requested|called upon|directed) to "
    rf"(?:pay|remit|deposit)\b{_IN_ONE}{{0,100}}?{SUM}|"
    rf"\b(?:fordern|fordere|verlangen|verlange|beanspruchen|beanspruche) (?:wir|ich|sie|namens|von|daher|hiermit|im)\b{_IN_ONE}{{0,160}}?{SUM}|"
    rf"\b(?:wir|ich) (?:fordern|fordere|verlangen|verlange|beanspruchen|beanspruche)\b{_IN_ONE}{{0,160}}?{SUM}|"
    rf"\b(?:machen|mache) (?:wir|ich)\b{_IN_ONE}{{0,140}}?{SUM}{_IN_ONE}{{0,80}}?geltend|"
    rf"\b(?:stellen|stelle|erwarten|erwarte) (?:wir|ich)\b{_IN_ONE}{{0,180}}?{SUM}{_IN_ONE}{{0,80}}?\b(?:fallig|(?:zahlungs)?eingang|gutschrift|"
    rf"uberweisung|auf (?:unser|mein)\w* konto)\b|"
    rf"\b(?:(?:wir|ich) )?(?:ersuchen|ersuche|bitten|bitte) (?:wir |ich )?(?:sie |daher |hoflich )*um (?:die )?(?:uberweisung|zahlung|bezahlung|"
    rf"begleichung|vergutung|anweisung)\b{_IN_ONE}{{0,120}}?{SUM}|"
    rf"{SUM}{_IN_ONE}{{0,120}}?\b(?:wir|ich) (?:hiemit |hiermit |nunmehr )?(?:einfordern?|einmahnen|geltend machen)\b|"
    rf"{SUM}{_IN_ONE}{{0,80}}?\bque (?:nous|je) (?:vous )?(?:reclam\w+|exige\w*) (?:par la presente|formellement|ici)|"
    rf"\b(?:vous |nous |je |j'|lui |leur )(?:vous )?(?:reclamons|reclame|exigeons|exige|demandons (?:le paiement|le versement|le remboursement|de (?:payer|"
    rf"verser|regler|rembourser))|sommons|mets en demeure|mettons en demeure)\b{_IN_ONE}{{0,160}}?{SUM}|"
    rf"(?<!no )\b(?:requiero|requerimos|reclamo|reclamamos|exijo|exigimos|intimo|intimamos|conmino|conminamos|demandamos (?:el|la)|(?:solicito|solicitamos|"
    rf"exigimos|reclamamos) (?:el|la) (?:pago|abono|devolucion))\b{_IN_ONE}{{0,160}}?{SUM}|"
    rf"\bse (?:les?|los) (?:requiere|exige|reclama|intima)\b{_IN_ONE}{{0,120}}?(?:{SUM}|(?:dich[ao]|la referida|la citada|el citado) (?:cantidad|suma|"
    rf"importe|monto))|"
    rf"\b(?:hereby |therefore )?calls? (?:up)?on you\b{_IN_ONE}{{0,80}}?\bto (?:pay|remit)\b{_IN_ONE}{{0,80}}?{SUM}|"
    rf"\bme dirijo\b{_IN_ONE}{{0,120}}\b(?:reclam\w+|requer\w+|exig\w+)\b{_IN_ONE}{{0,120}}?{SUM}")
_DEMANDS_HINTS: Final = ("stellen|stelle|erwarte|ersuche|bitte|einforder|einmahn|demand|claim|requires |require |call on|calls on|call upon|calls upon|"
                         "seek|insist|you are|fordern|fordere|verlang|beanspruch|geltend|"
                         "reclam|exige|demandons|sommons|en demeure|requ|reclam|exij|exig|intim|conmin|solicit|me dirijo")
"""Which strings must stand there."""

COUNTER_ACT: Final = (
    r"\b(?:as|by way of|in) (?:a |an |its |our |their )?(?:(?:equitable )?set-?off(?:,? (?:and|or|and/or) (?:a )?(?:counter|cross)[ -]?claim)?|"
    r"counter[ -]?claim|cross[ -]?claim)\b(?! (?:is|are|was) (?:excluded|not|denied|barred))|"
    r"\b(?:we|our client|my client|it) (?:are|is) entitled to set (?:it |them |this |that |these )?off\b[^.;]{0,40}\b(?:claims?|demands?|deducts?)\b|"
    r"\b(?:we|i|our client|my client|it|company|client|"
    r"customer|provider)"
    r" (?:hereby |therefore |also |in turn )*(?:counter-?claims?|cross-?claims?)\b|"
    r"\b(?:for our part|in turn|on our side|in return),? (?:we |our client |it |hereby )*(?:claims?|demands?)\b|\bwe,? (?:for our part|"
    r"in turn),? (?:claim|demand)|"
    r"\bim wege der (?:widerklage|aufrechnung)|\bwiderklagend\b|\b(?:unsererseits|im gegenzug|ihrerseits)\b(?:[^.]|\.(?=[\d-])|(?<=\d)\.|"
    r"(?<=\b[a-z])\.){0,220}?\b(?:fordern|fordert|verlang\w+|einfordern?|"
    r"mach\w+)\b|"
    r"\b(?:fordern|verlangen|machen|beanspruchen) (?:wir|ich) (?:unsererseits|im gegenzug|meinerseits)|"
    r"\b(?:a titre|par voie) reconventionnel\w*|\bformons une demande reconventionnelle|\bde (?:notre|son|mon) cote,?[^.]{0,40}\b(?:reclam\w+|exig\w+|"
    r"demand\w+)|"
    r"\bset (?:this |that |the |these |such |it |them )?(?:sums? |amounts? |credits? )?off against|\bset[- ]off (?:this|the|these) (?:sum|amount|claim)|"
    r"\brechnen (?:wir|ich)\b[^.]{0,60}\bauf\b|\b(?:operons|invoquons|opposons) (?:la )?compensation|\bse compens\w+ (?:[a-z]+ )?(?:a due concurrence|"
    r"avec)|\b(?:vien\w+|viendr\w+) en compensation\b|\bcompensamos\b|\boponemos (?:la )?compensacion|"
    r"\breconvenimos\b|\breconvengo\b|\b(?:por via|demanda|formulamos|formula|a titulo) reconvencion\w*|"
    r"\bpor (?:nuestra|su|mi) parte,?[^.]{0,40}\b(?:reclam\w+|exig\w+|demand\w+)")
_COUNTER_HINTS: Final = ("counter|cross|of set-off|of setoff|as set-off|in set-off|as a set-off|equitable set|to set off|to set it|to set them|"
    "to set this|to set that|for our part|in turn|on our side|in return|widerklag|aufrechnung|unsererseits|gegenzug|ihrerseits|"
                         "meinerseits|reconven|off against|set-off|set off|rechnen wir|rechnen ich|compens|de notre|de son|de mon|nuestra parte|"
                         "su parte|mi parte")

NOT_RENEWED: Final = (
    r"(?:comunic|notific|manifest|inform|particip|expres)\w*[^.]{0,80}\b(?:voluntad|intencion|decision|proposito) de (?:no (?:prorrogar|renovar|continuar)|"
    r"(?:resolver|rescindir|terminar|dar por (?:terminad|resuelt|finalizad|extinguid)\w+|desistir|cancelar))|"
    r"(?:denunci(?:amos|o|a) (?:el contrato|la prorroga|expresamente)|(?:damos|doy|da) por (?:resuelto|extinguido|terminado|finalizado|concluido)|"
    r"(?:resolvemos|rescindimos|cancelamos|terminamos) (?:el|su|dicho|nuestro) (?:contrato|convenio|acuerdo)|no (?:prorrogaremos|renovaremos|"
    r"deseamos (?:renovar|prorrogar)))|"
    r"(?:notice(?![^.]{0,60}\b(?:it|such party|either party|a party) (?:has |have )?(?:elect|intend|decide|will))|take notice|notify you|inform you|"
    r"advise you|writing to)[^.]{0,60}\b(?:elects?|has elected|have elected|intends?|decided|"
    r"will) (?:to (?:terminate|cancel|end)|"
    r"not (?:to )?(?:renew|extend))|\b(?:exercis\w+|invok\w+) (?:its|our|the|his|their) (?:right|option) (?:to terminate|of termination|not to renew)|"
    r"(?:machen|macht|mache) (?:wir |ich )?(?:von|hiermit von)[^.]{0,60}\bkundigungsrecht\w*[^.]{0,40}gebrauch|"
    r"(?:vertrag|vereinbarung)\b[^.]{0,60}\bnicht (?:zu )?verlanger\w+|"
    r"(?:vous (?:informons|notifions|faisons part)|informe|notifie)[^.]{0,80}\b(?:decision|intention|volonte) de (?:ne pas (?:renouveler|reconduire)|"
    r"resilier|mettre (?:fin|un terme)|"
    r"denoncer)|(?:denonc\w+ (?:le|la|notre|votre) (?:contrat|convention))")
_NOT_RENEWED_HINTS: Final = ("voluntad|intencion|decision|proposito|denunci|damos por|doy por|resolvemos|rescindimos|cancelamos|terminamos|prorrog|"
                             "renov|elect|"
                             "intend|decided|exercis|invok|kundigungsrecht|verlanger|volonte|denonc|will terminate|will cancel|will end|will not")

SIGNS_OF_ACTS: Final[tuple[Sign, ...]] = (
    sign("claim", 2.0, "head", DEMANDS_SUM, _DEMANDS_HINTS),
    sign("counterclaim", 3.6, "head", COUNTER_ACT, _COUNTER_HINTS),
    sign("notice", 2.1, "head", NOT_RENEWED, _NOT_RENEWED_HINTS),
)
