"""What was done at the end: `assets_returned`, `data_deleted` with the day, `handover_done`, `account_settled`; `exit_missing` and `exit_late`,
what was not done or done too late, `breach_not_cured`, `breach_cured`."""

from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.day_forms import Day, Order
from ingest.enrich.doc import Doc
from ingest.enrich.exit_duties import ASSETS, DATA, DELETE
from ingest.enrich.short_days import short_days
from ingest.enrich.spans import sentences

_ASSETS, _DATA, _DELETE = re.compile(rf"\b{ASSETS}\b"), re.compile(rf"\b{DATA}\b"), re.compile(rf"\b{DELETE}")
_A_COPY = re.compile(r"cop(?:y|ies?|ias?)")
"""A copy is data only where something is said of deleting it; there are copies of letters too."""

_RETURNED = re.compile(
    r"\b(?:returned|handed (?:over|back)|delivered|received|signed (?:sheet|for|off)|collected|picked up|"
    r"came back|sent back|back with|zuruckgegeben|zuruckgekommen|zuruckerhalten|abgegeben|ubergeben|zuruckgesandt|"
        r"zuruckgeschickt|zuruckgebracht|retourniert|ausgehandigt|ubernommen|erhalten|abgeholt|"
    r"eingegangen|"
    r"rendus?|restitues?|remis\w*|retournes?|recus?|devuelt\w+|entregad\w+|recibid\w+)\b"
)
_PLANNED = re.compile(
    r"\b(?:will|shall|to be|must|please|we'll|'ll|going to|would|should|when do|let's|get the|werden wir|"
    r"werden\s|bitte|soll\w*|mussen|seront|devront|doit|sera|veuillez|deberan?|seran?|por favor)\b"
)
_DELETED = re.compile(
    r"\b(?:deleted|erased|purged?|wiped|(?:ran|did|completed|performed|finished) (?:the |a |our )?(?:wipe|"
    r"purge|deletion)|destroyed|(?:deletion|erasure|purge|wipe|wiping|destruction) (?:(?:is|was|has been|of [a-z ]{2,40}) )?(?:now )?(?:done|"
    r"complete[d]?|finished|carried out|performed|confirmed)|(?:deletion|purge|destruction|erasure) (?:certificate|record|log)|certificate of (?:deletion|"
    r"destruction|erasure)|geloscht|loschprotokoll|loschbestatigung|loschnachweis|vernichtet|loschung|"
    r"supprimees?|effacees?|(?:ete|sont|est) (?:\w+ ){0,2}(?:supprime|efface)s?\b|attestation d'effacement|(?:attestation|certificat) de (?:suppression|"
    r"destruction)|detruit\w*|certificat de (?:suppression|destruction)|borrad\w+|suprimid\w+|"
    r"eliminad\w+|destruid\w+|certificado de (?:borrado|destruccion))\b"
)
_MISSING = re.compile(
    r"\b(?:missing|lost|still (?:out|outstanding|missing|with|open)|outstanding|not (?:yet )?(?:been )?(?:returned|"
    r"deleted|handed|wiped|received|purged)|never (?:returned|came)|unaccounted|incomplete|overlooked|"
    r"forgotten|"
    r"fehl\w+|noch (?:nicht|offen|ausstehend)|nicht (?:zuruck\w*|geloscht|auffindbar|vollstandig)|verloren\w*|"
    r"unvollstandig|vergessen|ubersehen|manqu\w+|perdus?|pas (?:encore )?(?:ete )?(?:rendus?|supprim\w+|"
    r"effac\w+)|faltan?|perdid\w+|no (?:se )?han? (?:sido )?(?:devuelt|borrad)\w+)\b"
)
_SUM = re.compile(
    r"\b(?:invoices?|payments?|balance|sums?|amounts?|fees?|charges|instal+ments?|paid|unpaid|rechnung\w*|"
        r"betrag\w*|zahlung\w*|factures?|montants?|paiements?|facturas?|importes?|pagos?)\b"
)
_LATE = re.compile(
    r"\b(?:(?:days?|weeks?) (?:too )?late|too late|late (?:deletion|return|purge)|(?:deleted|returned|"
        r"purged|wiped) late|after the (?:deadline|time limit|due date)|verspatet\w*|zu spat|verspatung|"
    r"nach (?:ablauf der frist|fristablauf|dem stichtag)|fristuberschreitung|tardi(?:f|ve|vement)\w*|en retard|"
        r"trop tard|hors delai|fuera de plazo|con retraso|tarde|tardi[ao])\b"
)
_OF = re.compile(r"\b(?P<a>\d{1,5})\s(?:of|von|sur|de)\s(?:the |den |los |las )?(?P<b>\d{1,5})\b")
_HANDOVER = re.compile(
    r"\b(?:handover|exit plan|transition|knowledge (?:transfer|base|articles)|kb|macros|disengagement|"
    r"transfer|\w*ubergabe\w*|\w*wissenstransfer\w*|uberleitung\w*|ubergang|exit|passation|transfert|reversibilite|"
    r"traspaso|transicion|transferencia)\b"
)
_COMPLETE = re.compile(
    r"\b(?:complete[d]?|done|finished|accepted|signed off|cleanest|all there|abgeschlossen|abgenommen|"
    r"erledigt|vollstandig|ohne (?:beanstandung|mangel)\w*|abnahme|terminee?s?|acheve\w*|acceptee?s?|complet\w*|"
    r"finalizad\w+|aceptad\w+|concluid\w+)\b"
)
_NEGATED = re.compile(r"\b(?:not|never|no|nicht|kein\w*|pas|non|sin|in)\s?(?:\w+\s){0,2}$")
_NOT_CURED = re.compile(
    r"\b(?:not (?:been )?(?:cured|remedied|rectified|paid)|(?:failed|fails?) to (?:cure|remedy|pay)|(?:remains?|"
    r"remained|is|are|was|were|still) (?:uncured|unpaid|unremedied|outstanding|overdue)|uncured|nicht (?:abgestellt|"
    r"behoben|beseitigt|geheilt|gezahlt|bezahlt|ausgeglichen)|"
    r"(?:weiterhin|nach wie vor) (?:offen|unbezahlt)|pas (?:ete )?(?:remedie|corrige|regularise|paye|regle)"
    r"\w*|(?:reste|demeure)\w* impaye\w*|no (?:ha|han) (?:sido )?(?:subsanad|corregid|pagad|abonad)\w*|"
    r"sigue\w* impagad\w*)\b"
)
_CURED = re.compile(
    r"\b(?:(?:was|were|is|has been|had been|been) (?:fully )?(?:cured|remedied)|(?:breach|default|failure)"
    r"[^.]{0,30}cured|behoben worden|(?:ete|est) (?:remedie|corrige)e?|ha sido subsanad\w)\b"
)
_DISPUTES = re.compile(r"\b(?:disput\w+|den(?:y|ies|ied)|contest\w*|bestreit\w*|bestritten|nie[nr]?\w*|rejects?|niega\w*)\b")
_LAST_ONE = re.compile(
    r"\b(?:last|final|all|letzte[rn]?|alle|derniere?s?|toutes?|ultim[oa]s?|todas?)\b[^.;]{0,25}\b(?:sessions?|trainings?|workshops?|waves?|shadowing|"
    r"schulung\w*|termine?|seances?|formations?|sesion(?:es)?|talleres)\b"
)
"""In a message about the handover its last session need not name it again."""
_SETTLED = re.compile(
    r"\baccount\b[^.;]{0,40}\b(?:is|are|has been|stands|now) (?:now |fully |therefore )*(?:settled|cleared|closed|paid|nil|at nil|at zero|balanced)\b|"
    r"\b(?:nothing|no (?:further |more )?(?:amounts?|sums?|balance)) (?:is |are |remains? )?(?:now )?(?:owing|outstanding|due|open)\b[^.;]{0,40}\b(?:account|"
    r"either side|either way|between us|to the end)\b|"
    r"\bkonto\b[^.;]{0,40}\bausgeglichen\b|\bkeine (?:weiteren )?(?:offenen )?(?:forderungen|posten)\b[^.;]{0,20}\boffen\b|"
    r"\bcompte\b[^.;]{0,30}\b(?:est |ete )?(?:solde|apure)\b|\bcuenta\b[^.;]{0,40}\b(?:saldada|liquidada|en ceros?)\b"
)
_IF = re.compile(r"\b(?:if|unless|wenn|falls|sollte|si|expect)\b")
_AWARD = re.compile(
    r"\b(?:award|judg(?:e)?ment|adjudicat\w+|arbitrator|decision|urteil|schiedsspruch|sentence arbitrale|"
    r"jugement|laudo|sentencia)\b"
)
_RIGHT_BEHIND = 12
"""Characters between a verb and its day: `destroyed on 20 February`."""

_SKIP = frozenset({"contract", "amendment", "sow", "invoice", "credit_note", "ledger", "survey", "sla_report", "payment_advice"})


def exit_done(doc: Doc, kind: str, near: str, order: Order) -> list[Fact]:
    """Return what an item says was done or left undone at the end, each with its day; without one the day of the item or message."""
    if kind in _SKIP or not near:
        return []
    facts: list[Fact] = []
    text = doc.said.replace("\n", " ")
    at_of = {(s.start, s.end): s.at for s in doc.extracted.segments if s.kind == "turn"}
    ruling = kind == "other" and bool(_AWARD.search(doc.title))
    about_assets, about_handover = False, bool(_HANDOVER.search(doc.subject))
    for start, end in sentences(doc):
        said = text[start:end]
        at = at_of.get((start, end), "")[:10]
        own = at if len(at) == 10 and at[4] == "-" else near
        passage = (doc.passage(start, end),)
        found = list(short_days(text, order, own, start, end))
        assets, deletes = _ASSETS.search(said), _DELETE.search(said)
        data = deletes or next((m for m in _DATA.finditer(said) if not _A_COPY.fullmatch(m[0])), None)
        if (
            (m := _RETURNED.search(said))
            and (assets or (about_assets and not data))
            and not _PLANNED.search(said[max(0, m.start() - 40) : m.start()])
        ):
            facts.append(
                Fact("assets_returned", _day(found, start + m.start(), own), passage, "words of things given back", confidence=0.75)
            )
        if (m := _dated(_DELETED, said, found, start)) and not _PLANNED.search(said[max(0, m.start() - 40) : m.start()]):
            facts.append(Fact("data_deleted", _day(found, start + m.start(), own), passage, "words of data deleted", confidence=0.75))
        short = next((o for o in _OF.finditer(said) if int(o["a"]) < int(o["b"])), None)
        if (_MISSING.search(said) or short) and (assets or data) and not _SUM.search(said):
            what = "data" if data and not assets else "assets"
            if short is None or _RETURNED.search(said) or _MISSING.search(said):
                facts.append(Fact("exit_missing", what, passage, "words of what was not done", unit=own, confidence=0.7))
        if _SETTLED.search(said) and not _IF.search(said):
            facts.append(Fact("account_settled", own, passage, "words of an account that is settled to the end", confidence=0.7))
        if (
            (_HANDOVER.search(said) or (about_handover and _LAST_ONE.search(said)))
            and (m := _COMPLETE.search(said))
            and not _NEGATED.search(said[: m.start()])
            and not _PLANNED.search(said[max(0, m.start() - 40) : m.start()])
        ):
            facts.append(
                Fact("handover_done", _day(found, start + m.start(), own), passage, "words of a handover that is complete", confidence=0.7)
            )
        uncured = _NOT_CURED.search(said)
        if uncured and _DISPUTES.search(said[: uncured.start()]):
            facts.append(Fact("breach_cured", "stated", passage, "words that dispute that a breach was not put right", confidence=0.7))
        elif uncured and not _IF.search(said[: uncured.start()]):
            facts.append(
                Fact("breach_not_cured", "found" if ruling else "stated", passage, "words of a breach not put right", confidence=0.85)
            )
        elif ruling and _CURED.search(said):
            facts.append(Fact("breach_cured", "found", passage, "ruling that a breach was put right", confidence=0.85))
        about_assets = bool(assets)
    return facts


def _dated(words: re.Pattern[str], said: str, found: list[Day], start: int) -> re.Match[str] | None:
    """Return the words that have a day right behind them, else the first: a title `certificate of destruction` is not the deed that it tells of."""
    met = list(words.finditer(said))
    close = [m for m in met if any(0 <= d.start - start - m.end() <= _RIGHT_BEHIND for d in found)]
    return close[-1] if close else met[0] if met else None


def _day(found: list[Day], at: int, own: str) -> str:
    """Return the day nearest to the words, behind them rather than before; the item's own where the sentence has none."""
    return (
        min(found, key=lambda d: (d.end <= at, abs(d.start - at)) if abs(d.start - at) < 90 else (True, abs(d.start - at))).value
        if found
        else own
    )
