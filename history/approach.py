"""Whether to approach a client that left: what is open for it, what stands against it, and what decides; each by sentences that stand in the records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.model.fact import Cite
from history.assembly import History
from history.cited import cites_json
from history.file import ClientFile
from history.sentences_said import PAPERS, Said, Words, said_in, talks
from history.who_said import Voices

MOST = 6

_OPENS = Words(
    re.compile(
        r"\b(?:would|could|we'd|we might|might) (?:be (?:open|happy|willing|interested|glad)|look at|consider|like to (?:talk|discuss|"
        r"come back|return|work))|"
        r"\b(?:is|are|am|remains?|we're) (?:open|willing|happy|ready|interested) (?:to|in) (?:discuss|discussing|talk|look|consider|come|coming|return|"
        r"work|hear|see|a\b)|"
        r"\binterested in (?:a|an|your|working|coming|hearing)\b|\bcome back to (?:you|corv|us)\b(?=[^.]{0,40}(?:service|contract|overflow|work|peak))|"
        r"\b(?:new|fresh|next) (?:tender|rf[pqi])\b|\b(?:tender|rf[pq])\b[^.]{0,60}\b(?:open|planned|issued|20\d\d)|\bdoor (?:is|remains|stays) open|"
        r"\bnothing\b[^.]{0,40}\bprevents\b[^.]{0,60}\bbusiness|"
        r"\bausschreibung\w*\b[^.]{0,60}\b(?:offen|geplant|möglich|20\d\d)|\bneu ausgeschrieben|\bausgeschrieben wird|"
        r"\b(?:können|könnten) (?:wir )?uns\b[^.]{0,80}\bvorstellen[^.]{0,80}(?:zusammen|wieder|erneut|überlauf|auftrag)|"
        r"\b(?:offen|bereit) für\b[^.]{0,60}(?:gespräch|angebot|zusammenarbeit|vorschl)|"
        r"\b(?:erneut|wieder) (?:mit ihnen )?zusammen|\bwürden wir (?:uns )?(?:gern |gerne )?(?:ansehen|prüfen|überlegen)|"
        r"\binteresse an (?:einem|einer|ihrem)|"
        r"\b(?:ouverts?|prêts?|prêtes?|disposés?) à (?:discuter|revenir|retravailler|reprendre|étudier|examiner|en parler)|"
        r"\bappel d'offres\b[^.]{0,60}(?:ouvert|prévu|20\d\d)|"
        r"\b(?:étudierions|envisagerions|regarderions)\b|\bintéressée?s? par\b|\bretravailler (?:ensemble|avec vous)|\breprendre la collaboration|"
        r"\b(?:abiert|dispuest)[oa]s? a (?:hablar|volver|retomar|estudiar|valorar)|\blicitación\b[^.]{0,60}(?:abierta|prevista|20\d\d)|\bnos interesaría|"
        r"\bvolver a (?:trabajar|colaborar)|\b(?:estudiaríamos|valoraríamos)\b|\bretomar la (?:colaboración|relación)",
        re.I,
    ),
    "would be |would look at|would consider|would like to|could be |could look at|could consider|could like to|we'd be |we'd look at|"
    "we'd consider|we'd like to|we might be |we might look at|we might consider|we might like to|might be |might look at|"
    "might consider|might like to|open to|open in|willing to|willing in|happy to|happy in|ready to|ready in|interested|come back to|"
    "tender|rfp|rfq|rfi|door is open|door remains|door stays|prevents|ausschreib|ausgeschrieben|vorstellen|offen für|bereit für|"
    "zusammen|würden wir|interesse an|ouvert|prêt|dispos|appel d'offres|étudierions|envisagerions|regarderions|intéress|retravailler|"
    "reprendre la|abiert|dispuest|licitaci|nos interesar|volver a|estudiaríamos|valoraríamos|retomar",
)
_REFUSES = Words(
    re.compile(
        r"\b(?:not interested|no interest in|would not (?:consider|come back|return)|will not (?:come back|return|work with)|never again)\b|"
        r"\b(?:kein interesse|nicht interessiert|kommt (?:für uns )?nicht (?:mehr )?in (?:frage|betracht)|nie wieder)\b|"
        r"\b(?:pas intéressée?s?|plus jamais|hors de question)\b|\b(?:no nos interesa|no estamos interesad[oa]s|nunca más)\b",
        re.I,
    ),
    "not interested|no interest|not consider|not come|not return|not work|never again|kein interesse|nicht interessiert|kommt |"
    "nie wieder|pas intéress|plus jamais|hors de question|no nos interesa|no estamos interesad|nunca más",
)
_ON_TERMS = re.compile(
    r"\b(?:maybe|perhaps|vielleicht|eventuell|peut-être|quizás?|tal vez)\b|\b(?:not before|only (?:once|after|when|if)|not until|"
    r"subject to|provided (?:that)?|as long as|conditional (?:on|upon))\b|"
    r"\b(?:nicht (?:vor|bevor)|erst (?:nach|wenn|ab)|nur wenn|vorausgesetzt|unter der bedingung)\b|"
    r"\b(?:pas avant|seulement (?:après|si)|une fois que|à condition)\b|\b(?:no antes de|solo (?:cuando|después|si)|siempre que|una vez que)\b",
    re.I,
)
_INSOLVENT = Words(
    re.compile(
        r"(?<!if )\b(?:in (?:creditors'? voluntary |members'? voluntary |compulsory |provisional )?(?:liquidation|administration(?! of\b)|receivership|"
        r"bankruptcy)|"
        r"(?:be|been|is|was) wound up|winding[- ]up (?:order|petition)|filed for bankruptcy|chapter (?:7|11)\b|proof of debt|"
        r"(?:liquidators?|administrators?|receivers?|trustee in bankruptcy) (?:was|were|has been|have been) appointed|"
        r"insolvenzverfahren\b[^.]{0,40}\b(?:eröffnet|beantragt)|insolvenzverwalter\w*\b[^.]{0,60}\b(?:bestellt|ernannt)|"
        r"(?:liquidation|redressement|sauvegarde) judiciaire|mandataire judiciaire|(?:en )?concurso de acreedores|administrador concursal|"
        r"en liquidación)\b",
        re.I,
    ),
    "liquidat|administrat|receiver|bankrupt|wound up|winding|chapter 7|chapter 11|proof of debt|insolvenz|judiciaire|concurso|"
    "concursal|liquidación",
)
_ASSUMED = re.compile(r"\b(?:if|unless|should|in the event|wenn|falls|sollte|si|en cas d|en caso de)\b", re.I)
_DO_NOT = Words(
    re.compile(
        r"\b(?:(?:do|please do|must) ?(?:not|n't) (?:contact|call|e-?mail|approach|phone|write)|don't (?:contact|call|e-?mail|phone)|stop (?:calling|"
        r"contacting|e-?mailing)|"
        r"(?:not|no longer) (?:wish|want) to (?:be (?:contacted|called)|hear from)|opt(?:ed|s|ing)?[- ]?out|unsubscribe[ds]?|"
        r"keine werbung|nicht (?:mehr )?(?:kontaktieren|anrufen|anzurufen|angerufen|anschreiben)|keine anrufe|"
        r"(?:ne|n') ?plus (?:nous |me |jamais )?(?:contacter|appeler|écrire)|ne (?:nous|me) contactez (?:plus|pas)|"
        r"no (?:nos |me )?(?:contacten?|llamen?|escriban?)|no (?:deseamos|queremos) (?:ser )?(?:contactad|recibir|que nos))",
        re.I,
    ),
    "contact|not call|n't call|not phone|n't phone|not e-mail|not email|n't e-mail|n't email|not approach|n't approach|not write|"
    "n't write|stop call|stop e|hear from|be called|opted|opt out|opt-out|opting|opts|kontaktieren|unsubscribe|werbung|anrufen|anzurufen|angerufen|"
    "anschreiben|anrufe|appeler|"
    "écrire|llame|escriba|recibir|que nos|deseamos|queremos",
)
_MAY = Words(
    re.compile(
        r"\b(?:happy to be (?:contacted|called)|consents? (?:to being|to be) (?:contacted|called)|opt(?:ed|s)?[- ]?in\b|(?:feel free|you are welcome|"
        r"you may) to (?:call|contact|e-?mail)|"
        r"(?:you may|please) (?:call|contact) (?:me|us)|einwilligung\b[^.]{0,40}(?:erteilt|liegt vor)|(?:dürfen|können) (?:uns|mich) (?:gern |gerne |"
        r"jederzeit )?(?:anrufen|kontaktieren)|"
        r"(?:vous pouvez|n'hésitez pas à) (?:nous |me |m')?(?:appeler|contacter|joindre)|consentement\b[^.]{0,40}donné|"
        r"(?:puede|pueden) (?:llamar|contactar)(?:nos|me)?|consentimiento\b[^.]{0,40}(?:otorgado|dado))",
        re.I,
    ),
    "contact|be called|opted|opt in|opt-in|opts|feel free|you are welcome|you may|call me|call us|einwilligung|anrufen|kontaktieren|"
    "appeler|joindre|consentement|llamar|consentimiento",
)
_FOR_A_TIME = re.compile(r"\b(?:before|until|till|during|vor|bis|während|avant|jusqu'(?:à|au|en)|pendant|antes de|hasta|durante)\b", re.I)


@dataclass(frozen=True, slots=True)
class Opening:
    """A sentence that shows that the client may come back; `on_terms` the words that make it wait for something, "" for none."""

    said: Said
    on_terms: str

    def as_json(self) -> dict[str, Any]:
        return self.said.as_json() | {"on_terms": self.on_terms or None}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands against calling: `kind` do_not_contact | insolvent | settlement_broken | proceedings | refused."""

    kind: str
    words: str
    cites: tuple[Cite, ...]

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "words": self.words, "cites": cites_json(self.cites)}


@dataclass(frozen=True, slots=True)
class Approach:
    """`recommended` None where the documents do not decide it; `consent` do_not_contact | not_now |"
    " given, None where nobody spoke of it, and `asked` the sentence."""

    recommended: bool | None
    explanation: str
    basis: tuple[Cite, ...]
    openings: tuple[Opening, ...]
    obstacles: tuple[Obstacle, ...]
    consent: str | None
    asked: Said | None = None


def approach(file: ClientFile, history: History, voices: Voices) -> Approach:
    """Return whether to approach the client of a file from which privileged records were taken out before."""
    left = history.terminations
    since = left[-1].notice.day if left else ""
    stayed = bool(left) and left[-1].ending.status in ("won_back", "rescinded")
    openings = _openings(file, voices, since)
    consent, asked = _consent(file, voices)
    obstacles = _obstacles(file, history, voices, since, consent, asked)
    if obstacles:
        why = "; ".join(o.words for o in obstacles[:3])
        return Approach(False, f"Do not call as things stand: {why}.", _cites(o.cites for o in obstacles), openings, obstacles, consent, asked)
    if consent == "not_now" and asked:
        return Approach(None, f"The client asked not to be called for a time: {asked.words}", (asked.cite,), openings, (), consent, asked)
    if stayed:
        taken = left[-1].ending.withdrawn
        return Approach(True, "The notice was taken back and the client stayed: it is to be kept.", taken.cites if taken else (), openings, (), consent, asked)
    free = [o for o in openings if not o.on_terms]
    cites = _cites((o.said.cite,) for o in openings)
    if free:
        return Approach(True, f"The client left an opening: {free[0].said.words}", _cites((o.said.cite,) for o in free), openings, (), consent, asked)
    if openings and _closed(history):
        return Approach(True, f"The client left an opening, and nothing is owed or in dispute: {openings[0].said.words}", cites, openings, (), consent, asked)
    if openings:
        why = f"Not decided: the client left an opening that waits for something: {openings[0].said.words}"
        return Approach(None, why, cites, openings, (), consent, asked)
    return Approach(
        None,
        "Not decided from the documents: whether to call is for a person who has read the reasons, what is open and the statements on consent.",
        (), openings, (), consent, asked,
    )  # fmt: skip


def _cites(groups: Any) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(c for group in groups for c in group))


def _closed(history: History) -> bool:
    owed = history.billing.outstanding
    return owed is not None and str(owed.value).strip("0.") == "" and all(d.status in ("settled", "withdrawn", "adjudicated") for d in history.disputes)


def _openings(file: ClientFile, voices: Voices, since: str) -> tuple[Opening, ...]:
    out: list[Opening] = []
    for read in talks(file, since):
        for said, following in said_in(read, _OPENS, voices):
            theirs = said.by in ("client", None) if read.record.kind != "settlement" else True
            if not theirs or _REFUSES.search(said.words) or (since and (said.date or "") <= since):
                continue
            waits = _ON_TERMS.search(said.words) or (_ON_TERMS.search(following) if len(following) < 200 else None)
            out.append(Opening(said, waits.group() if waits else ""))
        if len(out) >= MOST:
            break
    return tuple(out[:MOST])


def _consent(file: ClientFile, voices: Voices) -> tuple[str | None, Said | None]:
    """Return what the client said last of being contacted, and the sentence."""
    for read in talks(file):
        for pattern, status in ((_DO_NOT, "do_not_contact"), (_MAY, "given")):
            for said, _ in said_in(read, pattern, voices):
                if said.by == "client":
                    limited = status == "do_not_contact" and _FOR_A_TIME.search(said.words)
                    return ("not_now" if limited else status), said
    return None, None


def _obstacles(
    file: ClientFile, history: History, voices: Voices, since: str, consent: str | None, asked: Said | None
) -> tuple[Obstacle, ...]:
    out: list[Obstacle] = []
    if consent == "do_not_contact" and asked:
        out.append(Obstacle("do_not_contact", f"the client asked not to be contacted: {asked.words}", (asked.cite,)))
    insolvent = _insolvent(file, voices, since)
    if insolvent:
        out.append(Obstacle("insolvent", f"the client is insolvent or being wound up: {insolvent[0].words}", tuple(s.cite for s in insolvent)))
    for dispute in history.disputes:
        broken = next((s for s in dispute.steps if s.kind == "breach" and s.by == "client"), None)
        after = [d for d in history.disputes if d is not dispute and any(s.kind == "claim" and broken and s.day >= broken.day for s in d.steps)]
        if broken and any(d.status not in ("settled", "withdrawn") for d in after):
            out.append(Obstacle("settlement_broken", "the client broke a settlement, and what it owes under it is still claimed", broken.cites))
        elif dispute.status in ("arbitration", "litigation"):
            out.append(Obstacle("proceedings", f"proceedings are pending: {dispute.title}", dispute.steps[0].cites))
    for read in talks(file, since):
        refused = next((s for s, _ in said_in(read, _REFUSES, voices) if s.by == "client"), None)
        if refused:
            out.append(Obstacle("refused", f"the client said that it is not interested: {refused.words}", (refused.cite,)))
            break
    return tuple(out)


def _insolvent(file: ClientFile, voices: Voices, since: str) -> list[Said]:
    """Return the sentences by which the client is being wound up: of letters, claims and notices, not of contracts, and not only assumed."""
    found: list[Said] = []
    held = file.by_id()
    for record_id in file.copies():
        read = held[record_id]
        r = read.record
        if r.kind in (*PAPERS, "ledger", "invoice", "chat") or r.privileged or (since and (r.date or "") < since):
            continue
        about_others = len(r.clients) > 1
        for said, _ in said_in(read, _INSOLVENT, voices):
            if not _ASSUMED.search(said.words) and not (about_others and not _names(said.words, file)):
                found.append(said)
                break
        else:
            head = read.text[:600]
            if not about_others and (m := _INSOLVENT.search(head)) and not _ASSUMED.search(head[max(0, m.start() - 60) : m.start()]):
                found.append(Said(r.date, " ".join(m.group().split()), None, r.record_id, read.cite(read.passage(m.start(), m.end()))))
        if len(found) >= MOST:
            break
    # What others say of it goes before our own claim in it.
    return sorted(found, key=lambda s: held[s.record_id].record.kind in ("claim", "counterclaim"))


def _names(words: str, file: ClientFile) -> bool:
    """Say whether words name the client."""
    names = (file.client.legal_name, *file.client.aliases, *file.client.account_numbers)
    return any(len(name) >= 4 and name.lower() in words.lower() for name in names)


def consent_words(statements: Sequence[Said], status: str | None) -> str:
    """Return what to tell about consent in one sentence."""
    told = {
        "do_not_contact": "the client asked not to be contacted", "not_now": "the client asked not to be contacted for a time",
        "given": "the client said that it may be contacted",
    }  # fmt: skip
    if status:
        return told[status]
    return "read the statements before calling" if statements else "nothing in the documents speaks of consent to be contacted"
