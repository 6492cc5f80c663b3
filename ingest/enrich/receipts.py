"""What papers, logs and messages say about letters on their way: `received_on`, `posted_on`, `presented_on` (the post first came with it),
`delivery_failed` (the address it failed for)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import Fact
from ingest.enrich.clauses import NO_STOP
from ingest.enrich.day_forms import Day, Order
from ingest.enrich.doc import Doc
from ingest.enrich.short_days import short_days

_STAMP = re.compile(
    r"(?:^|[|\n]|\s{2})[^\S\n]*(?:received|recd|rec'd|date received|eingegangen|eingang(?:en)?(?:sstempel)?(?: am)?|"
    r"posteingang|recu(?: le)?|arrivee|recibido(?: el)?|entrada)\b\s?[:|]?|"
    r"(?:^|[|\n]|\s{2})[^\S\n]*(?:ausgeliefert|zugestellt|delivered|entregado|distribuee?|remise?|presentee?)(?: am| on| le| el)?\s?[:|]",
    re.MULTILINE,
)
_PRESENTED = re.compile(
    r"(?:^|[|\n.;,]|\s{2}|\b(?:ete|wurde|was|fue|ha sido)\s)[^\S\n]*(?:(?:premiere |1ere |1re )?present(?:ee?|"
    r"ation)s?(?:\s?/\s?avisee?s?)?(?: pour la premiere fois)?|"
    r"avis de passage(?: laisse)?|(?:first |1st )?(?:delivery attempt(?:ed)?|attempted delivery)|(?:erster )?zustell(?:ungs)?versuch|"
    r"(?:zur abholung )?(?:gemeldet|avisiert)|abholungseinladung|benachrichtigt|(?:primer )?intento de entrega|avisado)"
    r"(?: (?:am|on|le|el|du|hinterlegt am))?\s?[:|]?\s{0,3}(?=\W{0,3}(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi) )?\d)",
    re.MULTILINE,
)
_PRESENTED_CUES = ("present", "attempt", "versuch", "avis", "gemeldet", "abholung", "benachrichtigt", "intento")
_PAPER = re.compile(
    r"\b(?:letters?|notices?|terminations?|schreiben\w*|kundigung\w*|brief\w*|einschreiben|lettres?|courriers?|"
    r"avis|resiliation|cartas?|burofax|aviso|notificacion|"
    r"hard copy|originals?|hard copy|originals?|envelopes?|courier|special delivery|recorded|registered|"
    r"kurier\w*|sendung\w*|items?|parcels?|document\w*|it)\b"
)
_GOT = re.compile(
    r"\b(?:received|reached us|arrived|was delivered|delivered|came in|signed for|got it|got your|eingegangen|"
    r"zugegangen|zugestellt|ausgefolgt|erhalten|bekommen|eingetroffen|eingeworfen|ubergeben|uberreicht|ausgehandigt|recue?s?|parvenue?s?|"
    r"arrivee?s?|livree?s?|remise?|recib\w+|llego|entregad\w+)\b"
)
_NOT_GOT = re.compile(
    r"\b(?:not|never|nicht|nie|jamais|pas|no|nunca)\s(?:\w+\s){0,2}(?:received|arrived|eingang|eingegangen|zugegangen|"
    r"erhalten|recu|recibid\w+)|\bdeemed\b|\bgilt als\b|\bif (?:it|the)\b|\bis received\b"
)
_POSTED = re.compile(
    r"\b(?:posted|mailed|dispatched|sent (?:out )?(?:by|on)|went out|handed (?:in|to the (?:courier|post)"
    r")|picked up|shipped|ship(?:ping|ment)? date|issued by (?:registered|recorded|special|certified|"
    r"courier|post)|accepted at|(?:date )?lodged|collected|date of posting|aufgegeben|eingeliefert|abgesandt|versandt|verschickt|abgeholt|"
    r"postee?s?|expediee?s?|deposee?s?|envoyee?s?|enviad\w+|depositad\w+|remitid\w+)\b"
)
_FAILED = re.compile(
    r"\b(?:could not be delivered|undeliverable|delivery (?:has )?failed|delivery status notification|"
    r"returned mail|address(?: was)? rejected|user unknown|mailbox (?:unavailable|not found)|"
    r"unzustellbar|konnte nicht zugestellt|n'a pas pu etre (?:remis|delivre)|non remis|no se (?:ha podido|"
    r"pudo) entregar)\b"
)
_FAILED_SENDER = re.compile(r"mailer-daemon|postmaster|mail delivery")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LOG = re.compile(
    r"\b(?:post[- ]?room|mail[- ]?room|post ?eingang\w*|posteingangsbuch|log|register|registre|registro|"
    r"waybill|tracking|(?:lodge?ment|submission|upload) (?:receipt|confirmation|record)|track (?:&|and) trace|proof[- ]of[- ]delivery|"
    r"delivery (?:record|confirmation|details)|shipment (?:details|history|status)|"
    r"suivi (?:de )?(?:l'envoi|colis|courrier|pli)|seguimiento (?:de|del) envio|sendungs\w+|einlieferungsbeleg|"
    r"auslieferungsbeleg|zustell\w+|acuse|boten\w+|einwurf\w+|acknowledge?ment due|postal|prueba de entrega|justificante|comprobante de entrega|"
    r"preuve de (?:livraison|"
    r"distribution)|lettre de voiture|"
    r"courrier entrant|journal)\b"
)
_LODGEMENT = re.compile(r"\b(?:lodge?ment|submission|upload) (?:receipt|confirmation|record)\b")
_LODGED = re.compile(r"\b(?:issued|lodged|submitted|uploaded|received)\b")
_RELATIVE = re.compile(
    r"\b(?:today|this (?:morning|afternoon|evening)|heute|aujourd'hui|ce (?:matin|jour)|hoy|esta (?:manana|"
    r"tarde))\b"
)
_END = re.compile(rf"(?:(?<=[a-z)\"%]{{2}})|(?<=\d{{3}})){NO_STOP}[.!?](?=\s|$)|" r";|\n\s*\n")
_LETTER_CHARS = 3000


def receipts(doc: Doc, kind: str, near: str, order: Order) -> list[Fact]:
    """Return what an item says of the way of letters; `near` is its own day (ISO 8601), or ""."""
    facts: list[Fact] = []
    if kind in ("notice", "legal_letter", "claim", "other"):
        facts += _stamps(doc, order, near)
    if kind not in ("contract", "amendment", "sow", "invoice", "ledger", "survey", "sla_report", "credit_note"):
        facts += _log(doc, order, near) if kind == "other" and _LOG.search(doc.title + " " + doc.name) else _words(doc, order, near)
    facts += _presented(doc, order, near)
    if doc.form == "mail" and _FAILED.search(doc.subject + " " + doc.folded[:1500]) and _sent_by_machine(doc):
        for m in _MAIL.finditer(doc.folded, 0, 1500):
            facts.append(
                Fact(
                    "delivery_failed",
                    m[0].rstrip("."),
                    (doc.passage(m.start(), m.start() + len(m[0].rstrip("."))),),
                    "report of a mail server",
                    confidence=0.9,
                )
            )
            break
    return facts


def _sent_by_machine(doc: Doc) -> bool:
    return any(
        _FAILED_SENDER.search(f"{p.address} {p.name}".lower()) for p in doc.extracted.participants if p.role in ("from", "sender")
    ) or bool(_FAILED.search(doc.subject))


def _stamps(doc: Doc, order: Order, near: str) -> Iterator[Fact]:
    """A stamp on a scan: the word and behind it, on the same line or one of the next two, a day."""
    for m in _STAMP.finditer(doc.folded, 0, min(len(doc.folded), _LETTER_CHARS)):
        for day in short_days(doc.folded, order, near, m.end(), min(len(doc.folded), m.end() + 70)):
            between = doc.folded[m.end() : day.start]
            if between.count("\n") <= 2 and len(re.sub(r"[\W_]", "", between)) <= 24:
                yield Fact(
                    "received_on",
                    day.value,
                    (doc.passage(m.start() + len(m[0]) - len(m[0].lstrip(" |\n")), day.end),),
                    "received stamp",
                    confidence=0.9,
                )
            break


def _presented(doc: Doc, order: Order, near: str) -> Iterator[Fact]:
    """The day on which the post came with a letter: behind the words, or at the head of a line of its tracking that has them."""
    text = doc.said
    if not any(cue in text for cue in _PRESENTED_CUES):
        return
    for m in _PRESENTED.finditer(text, 0, min(len(text), 20_000)):
        day = next(iter(short_days(text, order, near, m.end(), min(len(text), m.end() + 40))), None)
        if day and len(re.sub(r"[\W_]", "", text[m.end():day.start])) <= 12:
            start = m.start() + len(m[0]) - len(m[0].lstrip(" |\n.;,"))
            yield Fact("presented_on", day.value, (doc.passage(start, day.end),), "the post first came with it", confidence=0.85)


def _words(doc: Doc, order: Order, near: str) -> Iterator[Fact]:
    text = doc.said.replace("\n", " ")
    for start, end in _sentences(doc.said):
        said = text[start:end]
        if not _PAPER.search(said):
            continue
        got, sent = None if _NOT_GOT.search(said) else _GOT.search(said), _POSTED.search(said)
        if not got and not sent:
            continue
        found = list(short_days(text, order, near, start, end))
        for name, cue in (("received_on", got), ("posted_on", sent)):
            if cue is None:
                continue
            behind = [d for d in found if d.start >= start + cue.end() and d.start - start - cue.end() <= 45]
            before = (
                [d for d in found if d.end <= start + cue.start() and start + cue.start() - d.end <= 45] if _verb_last(doc, name) else []
            )
            day = behind[0] if behind else before[-1] if before else None
            if day:
                yield Fact(
                    name,
                    day.value,
                    (doc.passage(start, end),),
                    "words of receipt" if name == "received_on" else "words of posting",
                    confidence=0.75,
                )
            elif near and _RELATIVE.search(said) and name == "posted_on":
                yield Fact(name, near, (doc.passage(start, end),), "words of posting on the day of the message", confidence=0.7)


def _verb_last(doc: Doc, name: str) -> bool:
    """German puts the verb behind the day: `am 2. Oktober bei uns eingegangen`."""
    return bool(re.search(r"\b(?:eingegangen|zugegangen|zugestellt|erhalten|aufgegeben|versandt|abgesandt|verschickt)\b", doc.said))


_HANDED_IN = re.compile(
    r"\b(?:accepted (?:at|by)|item accepted|acceptance|posted at|lodged at|shipment (?:picked up|information received)|eingeliefert|aufgegeben|"
    r"deposee?(?: au| a)|pris en charge|admitid[oa]|depositad[oa] en)\b"
)
"""What the tracking of the post says on the line of the day on which it took a letter in."""

_TRIED = re.compile(
    r"\b(?:ausente|sin (?:entregar|exito)|no entregad\w+|intento(?: de entrega)?|(?:se deja|dejado) aviso|aviso de llegada|attempt\w*|not (?:at )?home|"
    r"no (?:one|answer)|"
    r"(?:card|notice) left|undelivered|nicht angetroffen|benachrichtig\w+|zustellversuch|nicht zugestellt|absent|avise|avis de passage|tentative|"
    r"non distribue)\b")
"""A line of a log about a delivery that did not succeed."""


def _log(doc: Doc, order: Order, near: str) -> Iterator[Fact]:
    """Lines of a log: the day that begins the line is that of receipt, a day behind a word for posting that of posting."""
    text, at = doc.folded, 0
    current: Day | None = None
    lodged = _LODGEMENT.search(doc.title) is not None  # a portal has what it confirms
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        found = list(short_days(text, order, near, start, end))
        if found and not text[start : found[0].start].strip(" |\"'*-\t"):
            current = found[0]
        handed_in = _HANDED_IN.search(line) if current in found else None
        if handed_in and current is not None:
            yield Fact("posted_on", current.value, (doc.passage(start, end),), "line of a log", confidence=0.85)
            continue
        if _TRIED.search(line) or (
            not lodged
            and not _PAPER.search(line)
            and not re.search(r"\b(?:deliver|zustell|zugestellt|ausgeliefert|ausgehandigt|livr|distribu|remis\b|entreg)", line)
        ):
            continue
        for cue in _POSTED.finditer(line):
            day = next((d for d in found if 0 <= d.start - start - cue.end() <= 30), None)
            if day:
                yield Fact("posted_on", day.value, (doc.passage(start, end),), "line of a log", confidence=0.85)
                break
        named = next((d for cue in (_LODGED if lodged else _GOT).finditer(line) for d in found if 0 <= d.start - start - cue.end() <= 45), None)
        received = named or (current if current in found else None)
        if received and (named or not _POSTED.search(line[: received.end - start + 20])):
            yield Fact("received_on", received.value, (doc.passage(start, end),), "line of a log", confidence=0.8)


def _sentences(text: str, limit: int = 20_000) -> Iterator[tuple[int, int]]:
    at = 0
    for m in _END.finditer(text, 0, limit):
        begin = at + len(text[at : m.end()]) - len(text[at : m.end()].lstrip())
        if m.end() - begin > 3:
            yield begin, m.end()
        at = m.end()
    rest = min(len(text), limit)
    begin = at + len(text[at:rest]) - len(text[at:rest].lstrip())
    if rest - begin > 3:
        yield begin, begin + len(text[begin:rest].rstrip())
