"""Facts of notices: `notice_given` (the date on it), `given_by`, `stated_effective_date`, `ground`, and the `contract_number` it names."""
from __future__ import annotations

import re

from archive.model.extracted import Passage
from archive.model.fact import ClientEvidence, Derived, Fact
from ingest.enrich.client_index import client_index, core
from ingest.enrich.clients import concerned, is_ours, side_of
from ingest.enrich.day_forms import Day, days, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold
from ingest.enrich.names_of_parties import contract_number

_GROUNDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("cause", re.compile(r"\b(?:for cause|material breach|chronic failure|not (?:been )?(?:cured|remedied|rectified|made good|put right|corrected)|"
        r"failure to (?:pay|cure|remedy|rectify)|"
                         r"no (?:ha sido|fue|se ha) subsanad\w+|nicht (?:abgestellt|behoben|abgeholfen)|n'a pas ete (?:remedie|corrige)|"
                         r"non-?payment|unpaid invoices?|overdue|default\b|breach of|aus wichtigem grund|ausserordentlich\w*|"
                         r"fristlos\w*|vertragsverletzung|zahlungsverzug|nichtzahlung|"
                         r"pour (?:faute|manquement|defaut)|manquement\w*|defaut de paiement|impaye\w*|incumplimiento|impago|falta de "
                         r"pago|por causa)\b")),
    ("insolvency", re.compile(r"\b(?:insolvenc\w+|winding[- ]up|liquidation|bankruptcy|administration order|insolvenz\w*|faillite|"
                              r"redressement judiciaire|concurso de acreedores|quiebra)\b")),
    ("non_renewal", re.compile(r"\b(?:non-?renew\w*|not (?:to )?(?:be )?renew\w*|not to extend|nicht verlanger\w*|nichtverlangerung|"
                               r"non-?(?:renouvellement|reconduction)|ne (?:pas |plus )?(?:renouvel\w+|recondui\w+|proroger)|ne sera (?:pas|"
                               r"plus) (?:renouvel\w+|recondui\w+|prorog\w+)|"
                               r"s'oppos\w+ a (?:la |sa )?(?:tacite )?(?:reconduction|prorogation)|widersprech\w+[^.]{0,40}verlangerung|no renov\w*|"
                               r"no prorrog\w*|"
                               r"oponemos a la prorroga)\b")),
    ("mutual", re.compile(r"\b(?:by mutual (?:agreement|consent)|mutually agree\w*|einvernehmlich\w*|aufhebungsvertrag|d'un commun "
                          r"accord|mutuo acuerdo|comun acuerdo)\b")),
    ("convenience", re.compile(r"\b(?:for convenience|without cause|ordentlich\w*|fristgerecht\w*|fristgema\w*|(?:terminat\w+|end|"
                               r"cancel\w*) (?:the|this|our) (?:agreement|contract|service|subscription)|mett(?:ons|re) fin|resili\w+|"
                               r"kundig\w*|"
                               r"give[s]? (?:you )?(?:written )?notice|preavis|preaviso|(?:dar|damos|doy|da) por terminad\w+|terminacion anticipada|"
                               r"(?:aviso|voluntad|decision) de (?:la )?terminacion|ponemos fin|resolucion|"
                               r"rescision)\b")),
)
_STATED = re.compile(
    r"(?:effective(?: as of| on| from)?|with effect (?:from|on|as of)|(?:come|comes|coming) to an end on|(?:will|shall) (?:therefore |accordingly |"
    r"thus |then |automatically |consequently |now )*(?:be (?:at an end|terminated)|end|terminate|expire|lapse|conclude|cease)[^.]{0,50}(?:on|at|by)|"
    r"terminat\w+[^.]{0,60}(?:on|as of|effective|with effect from)|ends? on|"
    r"last day[^.]{0,40}(?:is|will be|on)|"
    r"that is,? on|expir\w+ on|cease[^.]{0,40}on|(?:zum|mit wirkung (?:zum|vom)|mit ablauf des|per|endet (?:damit |somit )?(?:am|zum))|"
    r"(?:dernier jour[^.]{0,40}(?:sera|est) le|a compter du|avec effet (?:au|le)|prend(?:ra)? (?:[a-z]+ )?(?:effet|fin) (?:le|au)|"
    r"(?:se termin|s'achev|expir|cess)\w+[^.]{0,20} (?:le|au)|au plus tard le|"
    r"(?:prend(?:ra)?|prenne|arrive(?:ra)?|viendra|cesse(?:ra)?|expire(?:ra)?)\b[^.]{0,50}\b(?:echeance|terme|fin)\b[^.]{0,25}\b(?:du|le|au)|"
    r"(?:a|pour) (?:son|sa|l'|cette|la prochaine )\s?(?:echeance|terme|date)[^.]{0,20}\b(?:du|le|au)|pour le|"
    r"(?:auf|per) (?:den|das ende des)|nachstmoglich[^.]{0,30}(?:zum|per|auf den)|"
    r"fin[^.]{0,30}(?:au|le))|"
    r"(?:con efectos?(?: de| desde| a partir)?(?: el| del)?|a partir del?|el ultimo dia[^.]{0,30}sera el|finaliza\w*[^.]{0,30}el|hasta "
    r"el|surtira efectos?[^.]{0,20}el|(?:quedara?n?|se tendra por|estara) (?:extinguid|resuelt|finalizad|terminad|concluid|rescindid)\w+[^.\d]{0,30}|"
    r"(?:terminara?|concluira?|finalizara?|vencera?|expirara?|extinguira?|cesara?|dejara de surtir efectos)[^.\d]{0,30}\b(?:el|al|en)(?: dia)?|"
    r"con fecha(?: de)?(?: efectos?| efecto)?(?: de| del| el)?|ultimo dia[^.\d]{0,40}))"
    r"(?: (?:the )?(?:end|close|expiry|expiration) of(?: (?:the day|business|business hours))?(?: on)?| (?:midnight|11[.:]59 ?p\.?m\.?|23[.:]59(?: hours)?)"
    r"(?: \([^)]{2,25}\))?(?: on| of)?| (?:dem )?ablauf des| la fin de la journee du| (?:le )?soir du| (?:el )?final del dia)?\s{0,2}$")
_OTHER_END = re.compile(r"\b(?:period|cure|frist|delai|preavis|plazo|offer|angebot)\b[^.,;]{0,45}$|"
                        r"\b(?:this|the|diese[rs]?|cette|le present|este|esta) (?:notice|letter|schreiben|lettre|avis|carta|"
                        r"aviso)\b[^.]{0,12}(?:effective|ef)?[^.]{0,3}$")
_OBSERVED = re.compile(
    r"\b(?:unter (?:ein|bei)haltung|unter (?:beachtung|wahrung|berucksichtigung)|in (?:observance|compliance|accordance|line) (?:of|with)|observing|"
    r"respecting|"
    r"(?:dans le|en) respect\w*|moyennant|respetando|observando|cumpliendo|con)\b[^.,;]{0,50}?\b(?:\w*frist|notice period|period of notice|preavis|"
    r"delai|plazo|preaviso)\b"
    r"(?: (?:de|von|of) (?:[a-z]+ )?(?:\([^)]{1,9}\) )?(?:mois|monat\w*|jours?|tag\w*|months?|days?|mes(?:es)?|dias?))?")
"""Words that say only that the period is kept: what follows them is the end that is asked for, no part of the period."""
_ENDS = re.compile(r"\b(?:terminat\w+|end|ends|ended|renew\w*|cancel\w*|last day|cease\w*|kundig\w*|beend\w+|endet|verlanger\w*|"
                   r"resili\w+|fin|denonc\w+|renouvel\w+|resol\w+|resuelt\w+|terminacion|terminad\w+|concluid\w+|resci\w+|renov\w+|prorrog\w+|extingu\w+|"
                   r"finaliz\w+|denunci\w+|baja)\b")


def notices(doc: Doc, dated: Derived | None, evidence: tuple[ClientEvidence, ...], language: str | None) -> tuple[Fact, ...]:
    """Return the facts of a notice. What it does not say is left out, never guessed."""
    facts = list(contract_number(doc))
    if dated is not None:
        passages = (dated.passage,) if dated.passage is not None else ()
        if passages:
            facts.append(Fact("notice_given", dated.value, passages, f"date on the document: {dated.basis}", confidence=dated.confidence))
    giver = _given_by(doc, evidence)
    if giver:
        facts.append(giver)
    order = order_of(doc.folded, language)
    stated = None if not _ENDS.search(doc.said) else _stated(doc, list(days(doc.said, order)), dated.value if dated else "")
    if stated:
        facts.append(Fact("stated_effective_date", stated.value, (doc.passage(stated.start, stated.end),),
            "words for the end", confidence=0.8))
    ground = _ground(doc)
    if ground:
        facts.append(ground)
    return tuple(facts)


def _stated(doc: Doc, found: list[Day], on: str) -> Day | None:
    """Return the first day that the notice asks for: not before its own date, behind words for the end."""
    for day in found:
        before = _OBSERVED.sub("", re.sub(r"\s+", " ", doc.said[max(0, day.start - 110):day.start]))
        cue = _STATED.search(before)
        if cue and day.value >= on and not _OTHER_END.search(before[:cue.start()] + cue[0][:12]):
            return day
    return None


def ends_at(text: str, day: Day, start: int) -> bool:
    """Say whether words for the end stand before a day, in the sentence that begins at `start`."""
    return _STATED.search(re.sub(r"\s+", " ", text[max(start, day.start - 110):day.start])) is not None


def _ground(doc: Doc) -> Fact | None:
    for name, pattern in _GROUNDS:
        m = pattern.search(doc.said)
        if m:
            return Fact("ground", name, (doc.passage(m.start(), m.end()),), "words of the notice", confidence=0.7 if name !=
                "convenience" else 0.6)
    return None


def _given_by(doc: Doc, evidence: tuple[ClientEvidence, ...]) -> Fact | None:
    """By the sender of a mail; for papers by the name in the letter-head or under `for and on behalf of`, against the directory."""
    lead = re.search(r"\S[^\n]{0,200}", doc.text)
    first = doc.passage(lead.start(), lead.end()) if lead else None
    for person in doc.extracted.participants:
        if person.role in ("from", "sender") and person.address and first is not None:
            side = side_of(doc, person.address)
            if is_ours(doc, person.address):
                if all(is_ours(doc, p.address) for p in doc.extracted.participants if p.role == "to" and p.address):
                    break  # passed on among ourselves: whose notice it is, its text says
                return Fact("given_by", "provider", (first,), f"sender {person.address} is our own", confidence=0.9)
            if side:
                return Fact("given_by", "client", (first,), f"sender {person.address} is a client's", confidence=0.9)
            if any(side_of(doc, p.address) for p in doc.extracted.participants if p.role == "to" and p.address):
                return Fact("given_by", "provider", (first,), "sent to a client by somebody who is none", confidence=0.75)
            return None
    named = concerned(evidence)
    index = client_index(doc.context)
    names = {" ".join(core(n)) for c in named if c in index.by_id for n in (index.by_id[c].legal_name, *index.by_id[c].aliases)}
    names = {n for n in names if len(n) >= 4}
    if not names:
        return None
    flat = re.sub(r"[^a-z0-9\n]+", " ", fold(doc.text[:1500]))
    lines = [line.strip() for line in flat.split("\n") if line.strip()]
    behalf = re.search(r"\b(?:for and on behalf of|signed for|on behalf of|fur|pour|por|p p)\s+([^\n]{3,60})", re.sub(
        r"[^a-z0-9\n]+", " ", fold(doc.text[-1500:])))
    for basis, line, sure in (("letter-head", lines[0] if lines else "", 0.85), ("signature", behalf[1] if behalf else "", 0.8)):
        if line and any(n in line for n in names):
            place = _where(doc, names)
            place = place or first
            return Fact("given_by", "client", (place,), f"{basis} names the client", confidence=sure) if place is not None else None
    if any(any(n in line for n in names) for line in lines[1:14]) and first is not None:
        return Fact("given_by", "provider", (first,), "addressed to the client", confidence=0.7)
    return None


def _where(doc: Doc, names: set[str]) -> Passage | None:
    for name in names:
        m = re.search(r"\W{1,4}".join(re.escape(w) for w in name.split()), doc.folded)
        if m:
            return doc.passage(m.start(), m.end())
    return None
