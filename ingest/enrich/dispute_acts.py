"""What an item does in a dispute about money: facts `dispute_act`, one for each act, and `act_by`, whose words they are.

The value of a `dispute_act` is a JSON object: `kind` (claim, response, counterclaim, offer, rejection, mediation, settlement, breach, withdrawal,
ruling), `amount` as a decimal number where the act has one, `by` where the words name another side than the one that speaks, `day` where they name
another day than the item's own, `payer` of a settlement, `reference` where the sum is that of an invoice named, `forum` of a claim brought in
proceedings.  The unit is the currency.  A document that does two things gives two facts.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import Sum, amounts, currency_of, sums
from ingest.enrich.day_forms import days, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.enrich.settlement_terms import WITHDRAWN, payer_of, settlement_acts, within
from ingest.enrich.speaker import charged, client_names, speaker

KINDS: Final = frozenset({"email", "legal_letter", "notice", "claim", "counterclaim", "settlement", "other", "call_note", "payment_advice"})
_LIMIT: Final = 40_000

_CONTEXT = re.compile(
    r"without prejudice|\brule 408\b|\bfre 408\b|\bunder 408\b|(?:full and )?final settlement|full settlement|settlement (?:communication|offer|"
    r"proposal|payments?)|"
    r"\bto settle\b|mutual releases?|not an admission|no admission|without admission|subject to contract|put an end to|all in\b|each side|"
    r"vergleich|ohne anerkennung|ohne prajudiz|unprajudiziell|gutlich|kulanz|abgeltung|aussergerichtlich|"
    r"sans (?:prejudice|reconnaissance|admission)|transaction(?:nel)|a l'amiable|sous (?:toutes )?reserves?|solde de tout compte|geste commercial|"
    r"est-ce que ca vous (?:va|convient)|cela vous convient|d'accord avec|"
    r"sin (?:perjuicio|reconocimiento|admitir)|transaccional|acuerdo amistoso|saldo y finiquito|amistosa|le parece bien|estan? de acuerdo|"
    r"would (?:that|this) work|is (?:that|this) acceptable|do you agree|please (?:confirm|let us know) (?:if|that|whether) you (?:agree|accept)|"
    r"(?:sind sie |waren sie |damit )einverstanden")
_OFFER = within(
    r"\b(?:will|would|can|could|shall|is|are|am|be) (?:be )?(?:(?:willing|prepared|ready) to )?(?:pay|take|accept|credit|settle|waive|reduce|refund|"
    r"contribute)\b|"
    r"\b(?:offers?|offering|proposes?|propose|proposing|suggests?) (?:to (?:pay|take|accept|credit|settle|waive|reduce|refund|close)|(?:a |"
    r"the )?(?:payment|sum|credit|amount|one-off)|[a-z]{0,3}[$€£]|\d|(?:eur|gbp|usd|cad|sgd|chf)\b)|"
    r"\b(?:our|my|its|client's|an?|this|the) (?:best |final |last |improved |revised |counter-?)?(?:offer|proposal) (?:is|of|stands at)|"
    r"\bwould (?:settle|agree to|be content with)\b|"
    r"\bprepared to (?:pay|take|accept|credit|settle|waive)|"
    r"\bbiete[nt]?\b|\bschlagen? (?:wir|ich)?[^.]{0,80}\bvor\b|\bvorschlag\b|\bbereit\b[^.]{0,100}(?:zu|gegen|bei)|\bgegen (?:eine )?(?:zahlung|"
    r"einmalzahlung)|"
    r"\b(?:wurden?|konnten?|konnen|werden?) [^.]{0,100}(?:zahlen|akzeptieren|gutschreiben|verzichten|erstatten|ubernehmen|einigen)|"
    r"\b(?:nous |je |on )?(?:proposons|propose|offrons|offre|offririons|accepterions|accepterait|verserions|verserait|crediterions|crediterons|"
    r"creditons|"
    r"paierions|paierait|rembourserions)\b|prete?s? a (?:payer|verser|accepter|crediter|regler|renoncer)|contre-?(?:proposition|offre)|"
    r"\b(?:ofrecemos|ofrece|ofrezco|proponemos|propone|propongo|abonariamos|abonaria|pagariamos|pagaria|aceptariamos|aceptaria|contraoferta)\b|"
    r"dispuest[oa]s? a (?:pagar|abonar|aceptar|acreditar|renunciar)")
_REJECTION = within(
    r"\b(?:is|are|was|were|be|hereby) (?:declined|rejected|refused|not (?:acceptable|accepted|enough))|\b(?:declines?|rejects?|refuses?)\b|"
    r"\bdeclining\b|\bturn(?:s|ed)? down|"
    r"\b(?:cannot|can't|can not|do(?:es)? not|don't|doesn't|won't|will not|unable to|not (?:able|willing|prepared) to) (?:accept|agree to|take|"
    r"recommend)|\bnot acceptable|\bunacceptable|\btoo low\b|"
    r"\blehn\w+ [^.]{0,90}\bab\b|\bablehn\w+|\babgelehnt|\bausschlagen|nicht (?:annehmen|akzeptieren|annehmbar|akzeptabel|einverstanden)|"
    r"kommt nicht in (?:frage|betracht)|"
    r"\b(?:refusons|refuse|declinons|decline|rejetons)\b|ne (?:pouvons|peut|peux|saurions) (?:pas )?accepter|n'accept(?:ons|e) pas|inacceptable|"
    r"\b(?:rechaz(?:amos|a|o)|declin(?:amos|a))\b|no (?:podemos |puede )?acept(?:amos|a|ar)|inaceptable")
_OFFER_WORD = re.compile(r"\b(?:offers?|proposals?|angebots?|vergleichs\w+|vorschlags?|offres?|propositions?|ofertas?|propuestas?)\b")
_DENIAL = within(
    r"\b(?:do|does|cannot|can) ?(?:not|n't)? ?(?:not )?(?:accept|agree|admit|recogni[sz]e|owe|consider)\b|\bden(?:y|ies|ied)\b|\bdisput(?:e|es|"
    r"ed)\b|\bcontests?\b|\breject(?:s|ed)?\b|\brefutes?|"
    r"without foundation|not (?:payable|due|owed|liable)|no (?:basis|liability|sum)|rights? (?:are |is )?(?:expressly |fully )?reserved|"
    r"reserves? (?:all|our|its|my) rights?|is (?:a penalty|excessive)|"
    r"\bbestreite\w*|\bbestritten|\bweis\w+[^.]{0,90}zuruck|zuruckgewiesen|zuruckzuweisen|nicht (?:geschuldet|begrundet|berechtigt|anerk\w+|"
    r"akzeptier\w+|fallig|zu)|unbegrundet|"
    r"keine? (?:anspruch|grundlage|forderung|vertragsstrafe)|widersprech\w*|\bwiderspruch|"
    r"\bcontest(?:ons|e|ent|ees?)\b|\brejet\w+|n'est pas (?:due?|exigible|fonde\w*)|ne (?:sont|est) pas (?:du\w*|exigibles?|fonde\w*)|infonde\w*|"
    r"toutes reserves|ne devons pas|refus\w+|"
    r"\brechaz\w+|\bimpugna\w*|\bnieg\w+|\bnegamos|no (?:procede|debe\w*|adeuda\w*|reconoce\w*|aceptamos|estamos conformes)|\boponemos|improcedente|"
    r"reserva de (?:derechos|acciones)")
_CLAIMS = within(
    r"\b(?:we|i|claimant|company|client)?\s?(?:claims?|demands?|seeks?|require|request)\b[^.]{0,80}\b(?:from you|payment|sum|credit|amount|refund|"
    r"damages)?|unless [^.]{0,60}(?:is|are) (?:received|paid)|"
    r"\bpay(?:ment)? (?:of|us|the (?:sum|amount|arrears))|please (?:pay|credit|remit|refund)|must be (?:paid|received)|now (?:due|payable)|"
    r"immediately due|"
    r"\bfordern\b|\bmachen\b[^.]{0,80}geltend|\bverlangen\b|\bzahlen sie\b|\bzahlung\b[^.]{0,40}(?:bis|binnen|innerhalb)|\bmahnen\b|"
    r"mettons? en demeure|\breclam(?:ons|e)\b|\bexigeons\b|merci de (?:crediter|payer|regler|rembourser)|veuillez (?:payer|regler|verser|crediter)|"
    r"\breclamamos\b|\breclama\b|\bexigimos\b|\brequerimos\b|\brequiere\b|abonen\b|rogamos (?:abonen|paguen|el pago)")
_HOLDING = re.compile(
    r"\b(?:are|am|is) considering|will (?:consider|come back|revert)|under (?:review|consideration)|(?:take|takes) (?:it|this|that) (?:upstairs|"
    r"to the board)|rights (?:are )?(?:expressly )?reserved|"
    r"\bprufen\b|kommen auf sie zuruck|rechte (?:bleiben )?vorbehalten|\bvorbehaltlich|examinons|a l'etude|reviendrons vers|toutes? reserves?|"
    r"tous droits reserves|"
    r"\bestudia(?:mos|ndo|remos)\b|\bvaloraremos\b|reservamos (?:todos )?(?:los|nuestros) derechos")
_ACCEPTS = within(
    r"\b(?:we|i|client|company)?\s?(?:accepts?|(?<!would )(?<!could )(?<!might )agree(?:s|d)? to|are agreed|confirm our (?:agreement|"
    r"acceptance)) [^.]{0,60}(?:offer|proposal|sum|figure|[$€£]|\d)|\boffer is accepted|\bwe have a deal|\bagreed at\b|"
    r"\bnehmen\b[^.]{0,100}\ban\b|\beinverstanden\b|\bstimmen\b[^.]{0,60}\bzu\b|angebot[^.]{0,40}angenommen|"
    r"\bacceptons\b|\baccepte\b|\bd'accord (?:pour|avec|sur)|c'est (?:bon|d'accord) pour|\baceptamos\b|\bacepto\b|de acuerdo con|conformes con")
_GIVES_UP = re.compile(r"\b(?:claims?|counter-?claims?|demands?|forderung\w*|anspruch\w*|vertragsstrafe\w*|widerklage|reclamations?|demande|"
    r"penalites?|reclamacion|pretension|demanda|penalizacion)\b")
_YOURS = re.compile(r"\byour (?:claim|demand|counter-?claim|letter|invoice|set-?off)|\bihr(?:e|er|en)? (?:forderung|anspr\w+|vertragsstrafe|"
    r"schreiben|geltend gemachte\w*)|geltend gemachte\w*|"
                    r"\bvotre (?:reclamation|demande|mise en demeure|courrier|lettre|facture)|\bsu (?:reclamacion|demanda|requerimiento|carta|"
                    r"factura)")
_DEMANDS = within(
    r"\b(?:we|i) (?:hereby |therefore |now )?(?:claim|demand|require you to pay|ask you to (?:pay|credit|refund)|request (?:payment|a credit|"
    r"a refund))|\bset[- ]?off\b|"
    r"\bfordern\b|\bverlangen\b|\bgeltend\b|\bin rechnung\b|\bbitten\b[^.]{0,60}\b(?:uberweisung|zahlung|gutschrift|erstattung)|"
    r"\brechnen\b[^.]{0,80}\bauf\b|\baufrechn\w+|\bbehalten\b[^.]{0,60}\bein\b|\bkurzen\b|"
    r"\breclamons\b|\bdemandons (?:le paiement|le remboursement|un avoir|la somme)|\bexigeons\b|\breclamamos\b|\bsolicitamos (?:el pago|el abono|"
    r"la devolucion)|\bexigimos\b")
_LIABILITY = re.compile(
    r"\b(?:penalt\w+|liquidated damages|damages|compensation|service credits?|refund|shortfall|early termination|late (?:payment )?interest|"
    r"costs? of cover|vertragsstrafe\w*|schadens?ersatz\w*|pauschale|malus|verzugszinsen|erstattung|"
    r"mindest(?:menge|abnahme|umsatz)\w*|penalites?|dommages|dedommagement|indemnite\w*|interets de retard|penalizacion\w*|indemnizacion\w*|danos|"
    r"intereses de demora)\b")
_GROSS = re.compile(r"^[^\n.;]{0,12}?(?:avec (?:les )?taxes|taxes (?:incluses|comprises)|ttc|(?:incl\w*\.?|including|with|inclusive of) (?:vat|"
    r"tax(?:es)?|gst|hst)|brutto|inkl\w*\.? (?:mwst|ust|umsatzsteuer)|"
                    r"iva incluid[oa]|con iva|impuestos incluidos)")
_AWARD = re.compile(r"\b(?:interim award|final award|partial award|consent award|\baward\b|adjudicat(?:ion|or's decision|ion determination|"
    r"ion decision)|adjudication determination|judgment|"
                    r"decision of the (?:adjudicator|arbitrator|tribunal|expert)|determination|schiedsspruch|urteil|schlichterspruch|"
                    r"sentence (?:arbitrale|partielle)|jugement|laudo|sentencia)\b")
_DECIDES = re.compile(r"\b(?:adjudicator|arbitrat(?:or|ion)|tribunal|judge|expert determin\w+|court|schiedsrichter\w*|schiedsgericht\w*|richter\w*|"
    r"gericht|arbitre|juge|arbitro|juez|schlichter\w*)\b")
_AWARDED = within(
    r"\b(?:amount to|amounts to|is awarded|are awarded|awards?|shall pay|must pay|is (?:to|liable to) pay|orders?|is ordered to pay|is entitled to|"
    r"entitled to (?:payment|recover)|(?:is|are) (?:due|payable|owed|owing)|i (?:find|determine|decide)|"
    r"allowed|granted|directs?)\b|\b(?:hat|haben) [^.]{0,60}zu zahlen|zu zahlen|verurteilt|steht [^.]{0,60}zu|zugesprochen|schuldet|"
    r"condamn\w+|devra (?:payer|verser)|est fixee?|s'eleve(?:nt)? a|alloue|\bcondena\w*|debera (?:pagar|abonar)|asciende\w* a|estima\b")
_DENIED = re.compile(r"\b(?:is|are) (?:denied|dismissed|rejected|refused)|\bdismiss\w*|abgewiesen|abzuweisen|rejetee?s?|deboute\w*|desestima\w*|"
    r"no (?:shortfall|fee|sum|interest)\b|not (?:payable|due)")
_MEDIATION = within(r"\b(?:mediation (?:took place|was held|on|hearing|session|day|in [a-z]+ on)|mediated (?:on|before)|at (?:the|a) mediation|"
    r"mediationstermin|mediation (?:am|vom|fand)|seance de mediation|mediation (?:du|le|tenue|a eu lieu)|"
                        r"(?:sesion|acto) de mediacion|mediacion (?:del|celebrada|tuvo lugar)|mediator(?:in)?\b[^.]{0,60}(?:on|am)|"
                        r"schlichtungstermin|conciliation (?:du|le)|acto de conciliacion)")
_RECEIVER = re.compile(r"\b(?:liquidat(?:or|ors|ion)|administrators?|insolvenzverwalter\w*|liquidateur|mandataire judiciaire|"
    r"administrador concursal|trustee in bankruptcy|receiver)\b")
_COUNSEL = re.compile(r"\b(?:my|our) client(?:s|'s)?\b|\bunsere mandant\w+|\bmeine mandant\w+|\b(?:mon|ma|notre) client(?:e)?\b|\b(?:mi|"
    r"nuestr[oa]) (?:cliente|mandante|representad[oa])\b")
_FORUMS = (("arbitration", re.compile(r"\b(?:demand(?:s)? (?:for )?arbitration|notice of arbitration|arbitration (?:centre|center|institution)|"
    r"request for arbitration|schiedsklage|schiedsverfahren|demande d'arbitrage|solicitud de arbitraje)\b")),
           ("litigation", re.compile(r"\b(?:claim form|particulars of claim|statement of claim|summons|writ of|complaint for|klageschrift|"
           r"mahnbescheid|landgericht|assignation|tribunal de commerce|juzgado|demanda judicial)\b")))
_END = re.compile(r"(?<=[\w)\]\"'%€$£])[.!?](?=\s+[^\s\d]|\s*$|\s+\d{1,2}\.\s)|\n[ \t]*\n|;\s")
_BAD_END = re.compile(r"(?:\b(?:no|nr|mr|mrs|ms|dr|sec|art|abs|inc|ltd|approx|ca|st|sr|sra|cl|para|z\.b|d\.h|bzw|vs|co|corp|[a-z])|(?:^|"
    r"[\s(])\d{1,2})$")


@dataclass(frozen=True, slots=True)
class _Act:
    kind: str
    start: int
    end: int
    sum: Sum | None
    basis: str
    by: str | None = None
    day: str | None = None
    forum: str | None = None
    payer: str | None = None
    confidence: float = 0.75


def dispute_acts(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...], language: str | None) -> tuple[Fact, ...]:
    """Return the acts of an item of this kind in order of place, and whose they are where the item shows it; () for an item that does none."""
    if kind not in KINDS or not doc.said.strip():
        return ()
    names = client_names(doc, evidence)
    fallback = currency_of(doc, evidence)
    facts: list[Fact] = []
    for act in _acts(doc, kind, names, evidence, language):
        passages = [doc.passage(act.start, act.end)]
        if act.sum is not None and not act.start <= act.sum.start < act.end:
            passages.append(doc.passage(act.sum.start, act.sum.end))
        payer = act.payer
        if payer is None and act.sum is not None and act.kind in ("offer", "settlement", "ruling"):
            payer = payer_of(doc, names, act.sum)
        value = row(kind=act.kind, amount=format(act.sum.value, "f") if act.sum else None, by=act.by, day=act.day,
                    forum=act.forum, payer=payer)
        facts.append(Fact("dispute_act", value, tuple(passages), act.basis, (act.sum.currency if act.sum else "") or fallback, confidence=act.confidence))
    if kind == "settlement" and doc.form != "mail":
        facts += settlement_acts(doc, names, fallback, language)
    if facts and (told := speaker(doc, evidence, names)) is not None:
        side, basis, passage = told
        facts.append(Fact("act_by", side, (passage,), basis, confidence=0.85))
    if facts and (m := _RECEIVER.search(doc.said)):
        facts.append(Fact("act_for", "estate", (doc.passage(*m.span()),), "words of an office over an insolvent estate", confidence=0.6))
    if facts and (m := _COUNSEL.search(doc.said)):
        facts.append(Fact("act_for", "principal", (doc.passage(*m.span()),), "words of counsel for a client of theirs", confidence=0.7))
    return tuple(facts)


def _acts(doc: Doc, kind: str, names: tuple[str, ...], evidence: tuple[ClientEvidence, ...], language: str | None) -> Iterator[_Act]:
    text = doc.said[:_LIMIT]
    stretches = list(_sentences(text))
    answered = next(((a, b) for a, b in stretches if _YOURS.search(text, a, b) and _DENIAL.search(text, a, b)), None)
    if kind == "claim" and answered is not None and not any(_CLAIMS.search(text, a, b) for a, b in stretches if (a, b) != answered):
        kind = "legal_letter"  # it speaks of a claim only to deny it
    if kind in ("claim", "counterclaim"):
        found = _claim(doc, kind, text, evidence)
        if found is None or found.sum is None or doc.form == "mail":
            better = _demand(text, stretches)
            found = better or found
        if found is not None:
            forum = next((name for name, pattern in _FORUMS if pattern.search(text)), None)
            yield _Act(kind, found.start, found.end, found.sum, found.basis, forum=forum, confidence=0.85)
        if kind == "counterclaim" and (denial := _denial(text, stretches, sums_needed=False)) is not None:
            yield denial
    elif kind == "notice":
        if (demand := _demand(text, stretches)) is not None and re.search(r"\bdefault|breach|non-?payment|overdue|arrears|verzug|mahnung|demeure|"
        r"impag|incumpl", text):
            yield _Act("claim", demand.start, demand.end, demand.sum, "a notice of default that demands a sum", confidence=0.7)
    elif kind == "settlement":
        yield from _settled(doc, kind, text, evidence)
    elif kind == "legal_letter":
        if (denial := _denial(text, stretches, sums_needed=not _LIABILITY.search(text))) is not None:
            yield denial
        elif (demand := _liability(text, stretches)) is not None:
            yield demand
        yield from _offers(doc, text, stretches)
        yield from _given_up(text, stretches)
    elif kind == "other" and doc.form == "paper":
        yield from _ruling(doc, names, text, stretches)
    elif kind == "email":
        made = [*_offers(doc, text, stretches), *_given_up(text, stretches)]
        yield from made
        if not made and (demand := _liability(text, stretches)) is not None:
            made = [demand]
            yield demand
        if not made and (answer := _holding(text, stretches) or _denial(text, stretches, sums_needed=False)) is not None:
            yield answer
    if kind != "email":
        yield from _mediation(text, stretches, language)


def _settled(doc: Doc, kind: str, text: str, evidence: tuple[ClientEvidence, ...]) -> Iterator[_Act]:
    surest = next((f for f in amounts(doc, kind, evidence) if f.name == "settlement_amount"), None)
    if surest is not None:
        at = surest.passages[0]
        found = next((s for s in sums(text) if s.start == at.start), None)
        if found is not None:
            yield _Act("settlement", at.start, at.end, found, "sum of the settlement", confidence=0.85)
            return
    for start, end in _sentences(text) if doc.form == "mail" else ():
        if held := list(sums(text, start, end, bare=True)):
            yield _Act("settlement", start, end, held[0], "sum in the words that accept", confidence=0.7)
            return
    if m := re.search(r"\S[^\n]{2,160}", text):
        yield _Act("settlement", m.start(), m.end(), None, "settlement without a sum that could be read", confidence=0.5)


def _claim(doc: Doc, kind: str, text: str, evidence: tuple[ClientEvidence, ...]) -> _Act | None:
    surest = next((f for f in amounts(doc, kind, evidence) if f.name == "amount_claimed"), None)
    if surest is None:
        m = re.search(r"\S[^\n]{2,160}", text)
        return _Act(kind, m.start(), m.end(), None, "claim without a sum that could be read", confidence=0.5) if m else None
    at = surest.passages[0]
    found = next((s for s in sums(text) if s.start == at.start), None)
    return _Act(kind, at.start, at.end, found, f"sum claimed: {surest.basis}")


def _demand(text: str, stretches: list[tuple[int, int]]) -> _Act | None:
    """Return the first sentence that demands a sum; of several sums in it the one with taxes, else the last."""
    for start, end in stretches:
        if m := _CLAIMS.search(text, start, end):
            before = list(sums(text, start, end))
            if before:
                return _Act("claim", start, end, _gross(text, before, first=m.end()), "sentence that demands a sum")
    for start, end in stretches:
        if _DENIAL.search(text, start, end) and (held := list(sums(text, start, end))):
            return _Act("claim", start, end, _gross(text, held), "sentence that contests a sum")
    return None


def _liability(text: str, stretches: list[tuple[int, int]]) -> _Act | None:
    """Return the sentence of a plain mail or letter that demands a sum for a liability: weak by itself, since its kind is no claim."""
    for start, end in stretches:
        if _DEMANDS.search(text, start, end) and _LIABILITY.search(text, start, end) and (held := list(sums(text, start, end))):
            return _Act("claim", start, end, _gross(text, held[-1:]), "words that demand a sum for a liability", confidence=0.55)
    return None


def _gross(text: str, found: list[Sum], first: int | None = None) -> Sum:
    taxed = next((s for s in found if _GROSS.match(text, s.end)), None) or next((s for s in found if _GROSS.match(text[s.end:s.end + 60])), None)
    if taxed is not None:
        return taxed
    after = [s for s in found if first is not None and s.start >= first]
    return (after or found)[0]


def _denial(text: str, stretches: list[tuple[int, int]], sums_needed: bool) -> _Act | None:
    if sums_needed and not any(True for _ in sums(text)):
        return None
    for start, end in stretches:
        if m := _DENIAL.search(text, start, end):
            plain = _YOURS.search(text, start, end) or _LIABILITY.search(text, start, end)
            return _Act("response", start, end, None, f"words that deny or reserve: {m[0].strip()}", confidence=0.75 if plain else 0.7)
    return None


def _holding(text: str, stretches: list[tuple[int, int]]) -> _Act | None:
    """Return the sentence that neither takes nor refuses: it takes time, asks for more, or keeps its rights."""
    for start, end in stretches:
        if m := _HOLDING.search(text, start, end):
            return _Act("response", start, end, None, f"words that keep time or rights: {m[0].strip()}", confidence=0.6)
    return None


def _offers(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    """Yield refusals and offers of one message; both need words of a settlement somewhere in it, an offer also a sum."""
    context = _CONTEXT.search(text) or _CONTEXT.search(doc.subject)
    offered: list[tuple[int, int, Sum]] = []
    for start, end in stretches:
        held = list(sums(text, start, end))
        refused = _REJECTION.search(text, start, end)
        if refused and (held or _OFFER_WORD.search(text, start, end)) and not _YOURS.search(text, start, end):
            own = [s for s in held if not _OFFER.search(text, refused.end(), s.start)]
            sure = 0.8 if context or _OFFER_WORD.search(text, start, end) else 0.5
            yield _Act("rejection", start, end, own[0] if own else None, f"words of refusal: {refused[0]}", confidence=sure)
            held = [s for s in held if s not in own]
            context = context or refused
        elif not refused and (held or _OFFER_WORD.search(text, start, end)) and (taken := _accepted(text, start, end)):
            yield _Act("settlement", start, end, held[0] if held else None, f"words that accept: {taken[0][:60]}", confidence=0.55)
            return
        if context and held and (made := _OFFER.search(text, start, end)):
            behind = [s for s in held if s.start >= made.start()] or held
            offered.append((start, end, _gross(text, behind)))
    if offered:
        start, end, chosen = offered[0]
        yield _Act("offer", start, end, chosen, "words of an offer, in a message about a settlement", confidence=0.8)


def _accepted(text: str, start: int, end: int) -> re.Match[str] | None:
    return None if _OFFER.search(text, start, end) else _ACCEPTS.search(text, start, end)


def _given_up(text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    """Yield the sentence in which the writer gives up a claim; the withdrawal of a notice is none."""
    for start, end in stretches:
        if WITHDRAWN.search(text, start, end) and _GIVES_UP.search(text, start, end) and not re.search(r"notice|kundigung|resiliation|preavis|"
        r"preaviso|\bif\b|\bfalls\b|\bsi\b|\bwenn\b", text[start:end]):
            held = list(sums(text, start, end))
            yield _Act("withdrawal", start, end, held[0] if held else None, "words that give a claim up", confidence=0.65)
            return


def _ruling(doc: Doc, names: tuple[str, ...], text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    head = text[:1200]
    if not (_AWARD.search(head) and _DECIDES.search(text)):
        return
    rated: list[tuple[int, int, int, Sum]] = []
    for start, end in stretches:
        if (m := _AWARDED.search(text, start, end)) and not _DENIED.search(text, start, end):
            rated += [(2 if re.search(r"shall pay|must pay|to pay|zu zahlen|verurteilt|condamn|conden|debera|devra|"
            r"award", m[0]) else 1, start, end, s)
                      for s in sums(text, m.start(), end)][:1] or [(1, start, end, s) for s in sums(text, start, end)][:1]
    title = _AWARD.search(head)
    final = not re.search(r"\binterim\b|\bpartial\b|teil(?:schieds|urteil)|zwischen(?:urteil|schieds)|partielle|provisoire|parcial|"
    r"reserved for", text)
    forum = "final" if final else "interim"
    if rated:
        _, start, end, chosen = max(rated, key=lambda r: (r[0], -r[1]))
        payer = charged(text, names, chosen.start)
        yield _Act("ruling", start, end, chosen, "sum found due by the ruling", "third_party", forum=forum, payer=payer, confidence=0.8)
    elif title:
        yield _Act("ruling", title.start(), title.end(), None, "a ruling that gives no sum", "third_party", forum=forum, confidence=0.6)


def _mediation(text: str, stretches: list[tuple[int, int]], language: str | None) -> Iterator[_Act]:
    for start, end in stretches:
        if _MEDIATION.search(text, start, end):
            day = next(iter(days(text, order_of(text, language), start, end)), None)
            if day is not None:
                yield _Act("mediation", start, end, None, "day of the mediation as told", "third_party", day.value, confidence=0.75)
                return


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    begun = 0
    for m in _END.finditer(text):
        if m[0] == "." and _BAD_END.search(text[max(begun, m.start() - 6):m.start()]):
            continue
        stop = m.start() + 1
        if text[begun:stop].strip():
            yield _tight(text, begun, stop)
        begun = m.end()
    if text[begun:].strip():
        yield _tight(text, begun, len(text))


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
