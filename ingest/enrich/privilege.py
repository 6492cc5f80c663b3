"""Whether an item is legal advice from or to counsel and never went to the other side.

Missing one is the worst error, so one clear mark is enough. What takes the privilege away: the other side is among the participants, or it is
written by the other side. Disclaimers at the foot of a mail, `without prejudice` and Rule 408 are no marks.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from archive.model.fact import Derived
from ingest.enrich.clients import side_of
from ingest.enrich.doc import Doc
from ingest.enrich.hints import Hints, mask_of

_MAY = re.compile(r"(?:may|might|could|can) (?:also )?(?:be|contain)|contains? (?:confidential|information)|if you (?:have |are )|"
                  r"intended (?:solely|only|recipient)|peut contenir|susceptibles?|destinataires?|konnen? (?:vertraulich|rechtlich)|"
                  r"falls sie|irrtumlich|puede contener|destinatario|in error|notify the sender")
_MARK = re.compile(
    r"privileged (?:and|&|/) confidential|(?:strictly )?confidential (?:and|&|/) (?:legally )?privileged|legally privileged|attorney[- "
    r"]client|solicitor[- ]client|(?:a/c|ac|atty[ -/]client) priv\w*|attorney work product|work product doctrine|"
    r"(?:subject to )?legal(?: professional)? privilege|litigation privilege|\bprivileged\b|confidential legal advice|"
    r"anwaltsgeheimnis|anwaltlich(?:e|er|es)? (?:beratung|schweigepflicht|rat|korrespondenz)|mandatsgeheimnis|vertrauliche (?:anwalts|"
    r"rechts)\w+|anwalts(?:post|korrespondenz)|syndikus\w* (?:vertraulich|rat)|"
    r"secret professionnel|privilege avocat[- ]client|confidentiel avocat|correspondance (?:d')?avocats?|avis juridique "
    r"(?:confidentiel|privilegie)|"
    r"secreto profesional|privilegio abogado|comunicacion (?:privilegiada|abogado)|asesoramiento (?:legal|juridico) confidencial")
_MARK_HINTS: Final = Hints("privileg|attorney|solicitor-client|solicitor client|legal advice|a/c priv|ac priv|work product|anwalt|"
                           "mandatsgeheimnis|rechts|syndikus|secret prof|avocat|avis juridique|secreto prof|abogado|asesoramiento")
_ADVICE = re.compile(
    r"\b(?:legal advice|my (?:legal )?(?:advice|view|opinion) (?:is|as counsel)|we (?:would )?advise (?:you|that|against)|(?:legal|"
    r"counsel'?s) (?:opinion|assessment|memo(?:randum)?)|advice (?:from|of) (?:counsel|legal)|"
    r"(?:counsel|legal|our lawyers?|the lawyers?|our solicitors?|our attorneys?) (?:says?|advises?|thinks?|wants? to know|asks?|told "
    r"(?:me|us))|(?:asked|ask) (?:legal|counsel|our lawyers?)|prospects of success|"
    r"(?:rechtliche[nrs]?|juristische[nrs]?) (?:einschatzung|beratung|bewertung|prufung|stellungnahme)|rechtsrat|rechtsgutachten|rechtsberatung|"
    r"unser(?:e|en|er|em)? (?:anwalt|anwaltin|anwalte|rechtsabteilung|rechtsdienst|rechtsvertret\w+)|prozessrisik\w+|prozesschancen|erfolgsaussicht\w*|"
    r"(?:rechtsabteilung|rechtsdienst|(?:rechts)?anwalt(?:in)?(?: [a-z]{3,})?) (?:rat|empfiehlt|meint|warnt)\b|"
    r"(?:was|wozu) (?:raten|empfehlen) sie|(?:wie hoch|welches|wie gross) (?:ist )?(?:unser |das )?(?:prozess)?risiko|"
    r"what (?:do|would) you (?:advise|recommend)|what is our (?:legal )?(?:risk|exposure|position)|how exposed are we|"
    r"(?:einschatzung|meinung|rat|empfehlung|auskunft|ansicht) (?:von|des|der|unseres?|unserer) (?:ra|rain|dr\.?|mag\.?|(?:rechts)?anwalt\w*|kanzlei|"
    r"rechtsfreund\w*)\b|"
    r"(?:rat|raten|riet|empfiehlt) (?:uns |mir |dir |dringend |daher )*(?:zum|zu einem|einen) vergleich|wie (?:stehen|sind|schauen) (?:unsere|"
    r"die) (?:chancen|aussichten)|"
    r"(?:welche|haben wir) (?:guten? )?(?:chancen|aussichten)(?: haben wir)?|(?:what are|how are|how good are) our (?:chances|prospects)|"
    r"quelles? (?:sont|seraient) nos (?:chances|options)|que posibilidades tenemos|"
    r"avis juridique|conseil juridique|analyse juridique|consultation juridique|notre avocate?|nos avocats|"
    r"(?:notre |le |la )?(?:service|direction) juridique (?:pense|dit|demande|recommande|conseille)|chances de succes|"
    r"(?:l'avis|le conseil|la consultation|l'analyse) de (?:me|maitre|notre (?:conseil|avocate?))\b|"
    r"(?:me|maitre|notre conseil) (?:[a-z-]{2,} ){0,2}(?:nous )?(?:recommande|conseille|pense|estime|deconseille)\b|"
    r"(?:quel est|quels sont) (?:notre|nos|le|les) risques?|que nous (?:conseillez|recommandez)[- ]vous|(?:je|nous) (?:vous )?(?:conseillons|conseille|"
    r"deconseillons|deconseille) de|quelles sont nos chances|"
    r"asesoramiento (?:legal|juridico)|dictamen juridico|opinion legal|nuestr[oa]s? abogad[oa]s?|nuestra asesoria juridica|"
    r"(?:el|la|nuestr[oa]) (?:abogad[oa]|letrad[oa]|asesoria juridica) (?:nos )?(?:recomienda|aconseja|opina|desaconseja)|que (?:nos )?(?:aconseja|"
    r"recomienda)s?|"
    r"que riesgo (?:tenemos|corremos|asumimos))\b")
_ADVICE_HINTS: Final = Hints("advi|opinion|counsel|lawyer|solicitor|attorney|legal|prospects|rechtlich|juristisch|rechtsrat|rechtsberatung|gutachten|"
                             "anwalt|rechtsabteilung|rechtsdienst|rechtsvertret|prozessrisik|prozesschancen|erfolgsaussicht|risiko|raten sie|empfehlen sie|"
                             "einschatzung|meinung|zum vergleich|zu einem vergleich|einen vergleich|rat |empfehlung|auskunft|ansicht|chancen|aussichten|"
                             "chances|prospects|nos options|posibilidades|our risk|exposure|exposed|our position|you recommend|juridi|avocat|chances de|"
                             "nos chances|maitre|conseil|risque|recommande|"
                             "deconseil|abogad|letrad|aconseja|recomienda|riesgo|dictamen")
_TITLE_OF_COUNSEL = re.compile(
    r"\b(?:(?:(?:senior|deputy|assistant|associate|chief|group|lead) )*(?:legal|general|in-house) counsel|general counsel|chief legal "
    r"officer|head of legal|legal (?:director|department|affairs|team)|solicitors?|barristers?|advocates?(?=\s*$|\s*(?:&|and)\s)|attorneys?(?: at law)?|"
    r"esq\b|"
    r"llp\b|lawyer|rechtsanwalt(?:in|e|skanzlei)?|syndikus(?:rechtsanwalt|rechtsanwaltin|anwalt)?|justitiar(?:in)?|justiziar(?:in)?|"
    r"leiter(?:in)? (?:recht|rechtsdienst|legal)|rechtsabteilung|rechtsdienst|fursprech(?:er(?:in)?)?|advokat(?:in|ur)?|kanzlei|partmbb|rechtsfreund(?:in)?|"
    r"avocate?s?\b|juriste|(?:directeur|directrice|direction|responsable|cheffe?) juridique|conseil en droit|conseiller juridique|conseillere juridique|"
    r"affaires juridiques|"
    r"service juridique|"
    r"abogad[oa]s?|(?:director[a]?|responsable|direccion|departamento) (?:juridic[oa]|legal)|asesor(?:a|ia)? (?:juridic[oa]|legal)|letrad[oa])\b")
_TITLE_HINTS: Final = Hints("counsel|legal|solicitor|barrister|advocate|attorney|esq|llp|lawyer|anwalt|syndikus|justi|leiter recht|leiterin "
                            "recht|rechtsabteilung|rechtsdienst|fursprech|advokat|rechtsfreund|conseil en droit|kanzlei|partmbb|avocat|jurist|juridi|"
                            "abogad|letrad")
_LAW_ADDRESS = re.compile(r"(?:^|[.@_-])(?:legal|counsel|recht|rechtsabteilung|juridique|juridico|legaldept|generalcounsel)(?:$|"
                          r"[.@_-])|(?:law|llp|legal|solicitors|attorneys|lawyers|rechtsanwaelte|anwaelte|kanzlei|avocats?|abogados?|"
                          r"barristers|chambers)[a-z]*\.[a-z]+$")
_COUNSEL_WRITES = re.compile(r"\b(?:clause|section|sec\.|article|art\.|§|ziffer|penalt|liab\w+|enforce\w*|judge|court|tribunal|contra "
                             r"argument|jurisdiction|claim|breach|deemed|prejudice|gericht|klage|haftung|vertragsstrafe|tribunal|juge|"
                             r"clausula|juez|demanda|aufrechn\w+|verjahr\w+|beweis\w*|massigung|ponale|konventionalstrafe|schadenersatz\w*|"
                             r"schadensersatz\w*|dem grunde nach|der hohe nach|verschulden\w*|"
                             r"anspruch\w*|vergleichen|(?:ein)?klagen|inexecution|penalites?|creance|transaction|prescription|preuve|resiliation|"
                             r"mise en demeure|manquement|indemnite|"
                             r"incumplimiento|penalizacion|prescripcion|prueba|indemnizacion|transaccion)\b")

_SEEKS = re.compile(
    r"\b(?:(?:need|want|seek\w*|like|appreciate|get|ask\w*(?: for)?) (?:your|some) (?:(?:legal|quick|honest|initial) )?(?:view|advice|opinion|take|"
    r"guidance|assessment)|"
    r"your (?:view|advice|opinion|take|assessment) on (?:whether|the|this|our)|(?:please )?advise (?:us|me) (?:on|as to|whether|if)|what (?:is|"
    r"would be) our (?:position|exposure|risk)|"
    r"where do we stand|(?:brauche|benotige|bitte[n]? um|erbitten|hatte gern\w*) (?:[a-z]+ )?(?:ihre|deine|eure|eine)[nr]? (?:[a-z]+ )?(?:einschatzung|"
    r"meinung|bewertung|stellungnahme|rat)|"
    r"wie (?:sehen|beurteilen|schatzen) sie|(?:besoin de|souhaite|aimerais|solliciter?|demander?) (?:avoir )?(?:votre|ton) (?:avis|opinion|conseil|analyse)|"
    r"qu'en pense[sz]|quelle est notre (?:position|exposition)|"
    r"(?:necesito|necesitamos|quiero|querria|pido|agradeceria|agradeceriamos) (?:tu|su|vuestr[ao]) (?:opinion|consejo|criterio|parecer|valoracion)|"
    r"que (?:opinas|opina|te parece)|"
    r"cual es nuestra (?:posicion|exposicion))\b")
_GIVES_VIEW = re.compile(
    r"\b(?:in (?:my|our) (?:opinion|view|assessment)|my (?:view|opinion|advice|assessment) is|(?:the )?short answer|(?:appears?|seems?|"
    r"looks?) (?:to be )?(?:valid|invalid|enforceable|defective)|do not (?:disclose|share|forward) this|"
    r"(?:i|we) would not (?:put|estimate|rate)|confidencial entre nosotros|"
    r"(?:i|we) would (?:put|estimate|"
    r"rate) (?:it|the|our)|"
    r"(?:meiner|unserer) (?:ansicht|auffassung|einschatzung|meinung) nach|nach (?:meiner|unserer) (?:ansicht|auffassung|einschatzung)|(?:a|"
    r"selon) (?:mon|notre) avis|selon (?:moi|nous)|"
    r"en mi (?:opinion|parecer)|a mi (?:juicio|entender|parecer)|mi opinion es|a nuestro juicio)\b")
_VIEW_HINTS: Final = Hints(
    "authority to|settlement authority|walk-away|walkaway|bottom-line|bottom line|vergleichs|verhandlungs|mandat |marge de neg|autorizacion para|margen de neg|"
    "appears valid|appears to be|appears invalid|seems valid|seems invalid|do not disclose|do not share this|do not forward this|would not put|"
    "would not estimate|would not rate|confidencial entre|your view|your advice|your opinion|your take|your guidance|your assessment|your legal|"
    "your quick|your honest|your initial|some view|some advice|"
    "some opinion|some guidance|some assessment|some legal|some quick|some honest|some initial|advise us|advise me|our position|our exposure|our risk|"
    "we stand|my view|our view|my opinion|our opinion|my advice|my assessment|our assessment|short answer|would put|would estimate|would rate|"
    "einschatzung|meinung|bewertung|stellungnahme|ansicht|auffassung|ihren rat|deinen rat|euren rat|einen rat|sehen sie|beurteilen sie|schatzen sie|"
    "votre avis|votre opinion|votre conseil|votre analyse|ton avis|ton opinion|ton conseil|ton analyse|en pense|notre position|notre exposition|"
    "mon avis|notre avis|selon moi|selon nous|tu opinion|su opinion|vuestra opinion|mi opinion|consejo|criterio|parecer|valoracion|que opina|te parece|"
    "nuestra posicion|nuestra exposicion|mi juicio|mi entender|nuestro juicio")
_RISK = re.compile(r"\b(?:risks?|exposure|likely|unlikely|chances?|prospects?|judge|court|case law|hold up|weak|strong|riesgos?|probab\w+|"
    r"jurisprudencia|juez|tribunal(?:es)?|pleito|"
                   r"risik\w*|wahrscheinlich\w*|rechtsprechung|gericht\w*|chancen?|risques?|jurisprudence|juge|tribunaux|plaider)\b")
_OF_LAW = re.compile(
    r"\b(?:clauses?|sections?|sec\.|articles?|notices?|terminat\w+|deadline|time limit|breach|default|liab\w+|penalt\w+|damages|enforce\w*|limitation|"
    r"contract|agreement|amendment|"
    r"clausulas?|plazos?|burofax|preaviso|aviso|terminacion|convenio|comision(?:es)?|resolucion|rescision|prorroga|incumplimiento|penalizacion|contrato|"
    r"prescripcion|responsabilidad|adenda|"
    r"klauseln?|ponale|konventionalstrafe|forderung|anspruch\w*|aufrechn\w+|schaden(?:s)?ersatz\w*|ziffer|frist\w*|kundigung\w*|vertrag\w*|verzug|"
    r"haftung|vertragsstrafe\w*|verjahrung|nachtrag|"
    r"preavis|delais?|creances?|penalites?|exception|inexecution|transaction|interets|resiliation|contrat|avenant|manquement|penalites?|"
    r"responsabilite)\b|\u00a7")
_MANDATE = re.compile(
    r"\bauthority to (?:go|settle|offer|pay|accept|move|close|resolve)\b|\bsettlement authority\b|\b(?:walk-?away|bottom[- ]line) (?:figure|number|sum)\b|"
    r"\b(?:vergleichs|verhandlungs)(?:vollmacht|rahmen|mandat|spielraum)\w*|\bmandat (?:pour|de) (?:transiger|negocier)|\bmarge de negociation\b|"
    r"\bautorizacion para (?:transigir|negociar|llegar|ofrecer)|\bmargen de negociacion\b")
"""What a house may settle for is told to nobody outside."""
_CONTEST = re.compile(r"\b(?:mediat\w+|settle\w*|tried|trial|court|claims?|counsel|lawsuit|litigation|dispute|arbitrat\w+|vergleich\w*|klage|gericht\w*|"
                      r"transig\w*|transaction|proces|litige|juicio|demanda|litigio|pleito)\b")
_FOR_ANOTHER = re.compile(r"\b(?:our|my) clients?\b|\bunser\w* mandant\w*|\bmein\w* mandant\w*|\bm(?:on|a|es) clients?\b|\bnotre client\w*|\b(?:mi|"
    r"nuestr[oa])s? (?:client\w+|mandante|"
                          r"representad[oa])\b")
_TO_ANOTHER = re.compile(
    r"\bmy clients?\b|\b(?:i|we) act for\b|\b(?:meine[rnm]?|unsere[rnm]?|ihre[rnm]?) (?:mandant\w*|klient\w*)|\bnamens (?:und im auftrag |und in vollmacht )?"
    r"(?:meine[rs]|unsere[rs]|der mandant\w*)|\b(?:ma|votre) (?:cliente|mandante)\b|\b(?:mon|votre) (?:client|mandant)\b|"
    r"\bvous etes le conseil de\b|\b(?:mi|su) (?:client[ae]|mandante|representad[oa]|patrocinad[oa])\b")
"""Words of lawyers who write for one side to the other, or of the answer to them: nobody writes so to whom he advises."""
_TO_ANOTHER_HINTS: Final = Hints("client|mandant|klient|act for|le conseil de|representad|patrocinad")

_READ_CHARS: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Marks:
    where: str
    words: str
    start: int = -1
    end: int = -1


def privileged(doc: Doc) -> Derived | None:
    """Return `true` with the marks that decided, or None when the item is not privileged by itself."""
    marked = _marked(doc)
    if marked is None and doc.form in ("chat", "call", "table"):
        return None
    marked = marked or _counsel_advises(doc) or _view_on_law(doc)
    if marked is None or _went_across(doc):
        return None
    passage = doc.passage(marked.start, marked.end) if marked.start >= 0 else None
    return Derived("true", f"{marked.where}: {marked.words}", 0.9 if marked.where in ("subject", "heading") else 0.8, passage)


def _marked(doc: Doc) -> _Marks | None:
    """An express mark: in the subject, the file name, the heading, or in a sentence that is no disclaimer; in a quoted mail too (it is passed on)."""
    for where, text in (("subject", doc.subject), ("file name", doc.name)):
        if text and _MARK_HINTS.may_be_in(mask_of(text), text):
            m = _MARK.search(text)
            if m and not _MAY.search(text) and "non-privileged" not in text and "not privileged" not in text:
                return _Marks(where, m[0])
    text = doc.folded[:_READ_CHARS] if doc.form == "mail" else doc.head
    span = _MARK_HINTS.span(doc.mask_of_all, text)
    if span is not None:
        for m in _MARK.finditer(text, *span):
            start, end = _sentence(text, m.start(), m.end())
            sentence = text[start:end]
            if _MAY.search(sentence) or "not privileged" in sentence or "non-privileged" in sentence or _in_disclaimer(doc, m.start()):
                continue
            return _Marks("heading" if m.start() < 300 else "text", m[0], m.start(), m.end())
    return None


def _counsel_advises(doc: Doc) -> _Marks | None:
    """Words of advice, beside a lawyer: by title in a signature or heading, or by the address."""
    text = doc.folded[:_READ_CHARS] if doc.form == "mail" else doc.head
    if doc.form == "mail" and _TO_ANOTHER_HINTS.may_be_in(doc.mask, doc.said) and _between_firms(doc) and _TO_ANOTHER.search(doc.said[:_READ_CHARS]):
        return None
    lawyer = _lawyer(doc)
    if not lawyer and doc.form != "mail":
        return None
    span = _ADVICE_HINTS.span(doc.mask_of_all, text)
    advice = None if span is None else next((m for m in _ADVICE.finditer(text, *span) if not _in_disclaimer(doc, m.start())), None)
    if advice is not None and (lawyer or (doc.form == "mail" and _inside(doc))):
        return _Marks("advice", advice[0], advice.start(), advice.end())
    if lawyer and doc.form == "mail" and _inside(doc):
        reasons = {m[0] for m in _COUNSEL_WRITES.finditer(doc.said[:20_000])}
        if len(reasons) >= 3:
            return _Marks("counsel writes", f"{lawyer}; {', '.join(sorted(reasons)[:3])}")
    return None


def _view_on_law(doc: Doc) -> _Marks | None:
    """A view on contract or law that is sought from, or given by, somebody outside who writes for nobody else; or one that is passed on in the house.

    Counsel without a title is known by this alone.  The other side's counsel speaks of his client, and no view on a risk is told to the other side.
    """
    if doc.form != "mail" or not doc.extracted.participants:
        return None
    text = doc.folded[:_READ_CHARS]
    span = _VIEW_HINTS.span(doc.mask_of_all, text)
    if span is None:
        return None
    domains = {p.address.rpartition("@")[2].lower() for p in doc.extracted.participants if p.address and p.role in ("from", "sender", "to", "cc")}
    if len(domains) > 2:
        return None
    if len(domains) == 1 and (mandate := _MANDATE.search(text, *span)) and _CONTEST.search(text[:20_000]):
        return _Marks("what may be settled for", mandate[0], mandate.start(), mandate.end())
    sought = _SEEKS.search(doc.said, *span) if len(domains) == 2 else None
    given = sought or _GIVES_VIEW.search(text, *span)
    reasons = {m[0] for m in _OF_LAW.finditer(text[:20_000])} if given is not None else set()
    if given is None or len(reasons) < 2 or _FOR_ANOTHER.search(text) or (sought is None and not _RISK.search(text[:20_000])):
        return None
    return _Marks("a view on law", f"{given[0]}; {', '.join(sorted(reasons)[:3])}", given.start(), given.end())


def _lawyer(doc: Doc) -> str:
    """Return the title or address by which a lawyer of our own is seen, "" for none."""
    for person in doc.extracted.participants:
        if person.address and _is_of_law(person.address) and side_of(doc, person.address) is None:
            return person.address
        if person.name and _is_of_law(person.name, name=True):
            return person.name
    text = doc.unquoted if doc.form == "mail" else doc.head
    tail = text[-1500:] if doc.form == "mail" else text
    if _TITLE_HINTS.may_be_in(doc.mask_of_all, tail):
        for m in _TITLE_OF_COUNSEL.finditer(tail):
            line_start, line_end = tail.rfind("\n", 0, m.start()) + 1, tail.find("\n", m.end())
            line = tail[line_start:line_end if line_end >= 0 else len(tail)].strip()
            if len(line) <= 90:  # titles stand on short lines of their own
                return m[0]
    return ""


@lru_cache(50_000)
def _is_of_law(written: str, name: bool = False) -> bool:
    """Say whether an address, or a name, is that of lawyers. Remembered, since mails share their people."""
    if name:
        low = written.lower()
        return any(h in low for h in ("counsel", "legal", "attorney", "anwalt", "avocat", "abogad")) or low.startswith(("adv. ", "esq", "ra ", "me ", "mtre "))
    return _LAW_ADDRESS.search(written) is not None


def _between_firms(doc: Doc) -> bool:
    """Say whether people of different mail domains take part."""
    return len({p.address.rpartition("@")[2].lower() for p in doc.extracted.participants if p.address}) > 1


def _inside(doc: Doc) -> bool:
    return bool(doc.extracted.participants)


def _went_across(doc: Doc) -> bool:
    """Whether a client is among those who wrote or got it; for papers, whether it is addressed to one (`To:`, a salutation under its name)."""
    for person in doc.extracted.participants:
        if person.role in ("from", "sender", "to", "cc", "bcc") and person.address and side_of(doc, person.address):
            return True
    return False


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence or line around two offsets, at most 300 characters each way."""
    left = max(text.rfind("\n\n", max(0, start - 300), start), text.rfind(". ", max(0, start - 300), start), max(0, start - 300) - 1)
    stops = [p for p in (text.find("\n\n", end, end + 300), text.find(". ", end, end + 300)) if p >= 0]
    return left + 1, min(stops) if stops else min(len(text), end + 300)


def _in_disclaimer(doc: Doc, at: int) -> bool:
    return any(s.kind == "disclaimer" and s.start <= at < s.end for s in doc.extracted.segments)
