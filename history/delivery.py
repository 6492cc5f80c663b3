"""How a notice reached the other side: each copy with its way, its day and whether it counts; the first that counts gives the day of receipt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.model.record import ReadRecord
from history.cited import Known, cites_of
from history.file import is_mail
from history.notice_terms import NoticeTerms, after, clock_of
from history.passages import lead
from history.reckoning import day_of
from history.terms import dated_by
from history.told import Said, Told

LETTERHEAD_CHARS = 1500
"""A way of sending is looked for in the head of a letter, where it stands above the address; further down it speaks of other things."""

POSTED_WITHIN, RECEIVED_WITHIN = 30, 60
"""Days after the date of a letter within which words of posting and of receipt are taken to speak of it."""

_WAYS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "registered_post",
        re.compile(
            r"special delivery|recorded delivery|recorded signed|registered (?:post|mail|letter)|certified mail|"
            r"return receipt|einschreiben"
            r"|lettre recommandée|recommandé|courrier recommandé|burofax|correo certificado|carta certificada|"
            r"\br\.?p\.?a\.?d\b|speed post|regd\.? (?:post|a\.?d)|acknowledge?ment due",
            re.I,
        ),
    ),
    (
        "courier",
        re.compile(
            r"\b(?:by|per|via|par|por|mit) (?:\w+ )?(?:courier|kurier|coursier|messagerie(?! (?:instantanée|électronique))|mensajer[oía]+)\b|overnight courier|"
            r"\bcourier\b|\bovernight (?:mail|delivery)\b|\bfedex\b|\bfederal express\b|\bdhl\b|\bpurolator\b|\bchronopost\b|\bestafeta\b|"
            r"\b(?:by|via|per|par|por) (?:ups|tnt|dpd|gls|seur|mrw)\b|\bups (?:next|2nd|second|overnight|express|ground|saver)\b",
            re.I,
        ),
    ),
    ("hand", re.compile(r"by hand\b|hand[- ]deliver|per boten|durch boten|persönlich übergeben|remise? en main propre|"
        r"en mano\b|entrega personal|personal delivery", re.I)),
    ("fax", re.compile(r"\b(?:by|per|via|par|por|vorab per) (?:tele)?fax\b|by facsimile", re.I)),
    (
        "portal",
        re.compile(
            r"\b(?:via|through|(?:lodged|uploaded|submitted|posted|filed) (?:in|on|to|via|through|with)|über das|via le|por el|en el) "
            r"(?:the |our |your )?(?:\w+ ){0,2}(?:portal|portail|platform|plattform|plataforma)\b",
            re.I,
        ),
    ),
    ("email", re.compile(r"\b(?:by|per|via|par|por|and|und|et|y) (?:e-?mail|courriel|correo electrónico)\b", re.I)),
    (
        "post",
        re.compile(
            r"\b(?:by|per) (?:first[- ]class |ordinary |pre-?paid )?(?:post|mail)\b|par la poste|par courrier postal|"
            r"por correo postal|per brief",
            re.I,
        ),
    ),
)
_PAPER_WAYS = frozenset({"registered_post", "courier", "hand", "post"})


@dataclass(frozen=True, slots=True)
class Sending:
    """One copy on its way. `permitted` and `addressed` are None where nothing decides them; `received` None where no day is known."""

    read: ReadRecord
    way: Known
    permitted: bool | None
    addressed: bool | None
    address: Known | None
    failed: Known | None
    sent: Known | None
    received: Known | None

    @property
    def counts(self) -> bool:
        return self.permitted is not False and self.addressed is not False and self.failed is None


@dataclass(frozen=True, slots=True)
class Delivery:
    """`first` is the copy that counts and came first, None where none does."""

    sendings: tuple[Sending, ...]
    first: Sending | None


def delivery(copies: tuple[ReadRecord, ...], terms: NoticeTerms, told: Told, on: str | None) -> Delivery:
    """Return how the copies of a notice dated `on` went out and arrived."""
    sendings: list[Sending] = []
    for read in copies:
        if is_mail(read):
            sendings.append(_mail(read, terms, told))
        elif read.record.kind == "chat":
            sendings.append(_chat(read, terms))
        else:
            sendings += _letters(read, copies, terms, told, on)
    counting = [s for s in sendings if s.counts and s.received]
    first = min(counting, key=_came) if counting else None
    return Delivery(tuple(sendings), first)


def _came(sending: Sending) -> tuple[str, bool, str]:
    """Return what copies are ordered by: the day of receipt, one that is plainly permitted first, and of one day the one that went out first."""
    return (
        str(sending.received.value) if sending.received else "",
        sending.permitted is None,
        str(sending.sent.value) if sending.sent else "9999",
    )


def _mail(read: ReadRecord, terms: NoticeTerms, told: Told) -> Sending:
    first = lead(read)
    way = Known("method", "email", (read.cite(first),) if first else (), "channel of the record", status="derived")
    to = {a.lower() for a in (*read.record.to, *(p.address for p in read.record.participants if p.role in ("to", "cc"))) if a}
    named = [a for a in terms.addresses if str(a.value).lower() in to]
    addressed = None if not terms.addresses or not to else bool(named)
    day = (read.record.date or "")[:10]
    failed = next(
        (
            s.known
            for s in told.of("delivery_failed")
            if str(s.known.value).lower() in to and day <= (s.read.record.date or "")[:10] <= after(day, 5)
        ),
        None,
    )
    sent = dated_by(read)
    sent = Known("dispatched", sent.value, sent.cites, sent.rule, status="derived") if sent else None
    received = _reckoned("email", sent, clock_of(read), terms) if sent else None
    if received is None and sent and way.cites:
        received = Known(
            "date_received",
            sent.value,
            sent.cites,
            "a mail is received on the day it is sent, as no rule says otherwise",
            inputs=(sent,),
            status="derived",
        )
    return Sending(
        read,
        way,
        terms.permits("email"),
        addressed,
        named[0] if named else terms.addresses[0] if terms.addresses else None,
        failed,
        sent,
        received,
    )


def _chat(read: ReadRecord, terms: NoticeTerms) -> Sending:
    first = lead(read)
    way = Known("method", "chat", (read.cite(first),) if first else (), "channel of the record", status="derived")
    permitted = terms.permits("chat")
    return Sending(read, way, bool(permitted), None, None, None, None, None)


def _letters(read: ReadRecord, copies: tuple[ReadRecord, ...], terms: NoticeTerms, told: Told, on: str | None) -> list[Sending]:
    """Return a sending for each way that the head of a letter names; mails count by themselves, not by being named there."""
    found: list[tuple[str, Known]] = []
    for name, words in _WAYS:
        if m := words.search(read.text, 0, LETTERHEAD_CHARS):
            passage = read.passage(m.start(), m.end())
            found.append(
                (
                    name,
                    Known("method", name, (read.cite(passage),), "the way of sending that the notice names in its head", status="derived"),
                )
            )
    if not any(n == "portal" for n, _ in found) and (named := _portal(read, terms)):
        found.append(("portal", named))
    by_mail = any(is_mail(c) for c in copies)
    found = [(n, k) for n, k in found if n != "email" or (not by_mail and len(found) == 1)]
    if not found and not by_mail:
        found = _by_log(read, told, on)
    out = []
    for name, way in found:
        addressed, address = addressed_to(read, terms)
        if name == "portal" and addressed is None:
            addressed, address = True, way  # the portal is the address
        posted, received = _posted(copies, told, on), _received(copies, told, on)
        arrived = _reckoned(name, posted, "", terms) if posted else None
        if arrived is None and terms.on_presentation and name in ("registered_post", "post"):
            arrived = _presented(copies, terms.on_presentation, told, on)
        if arrived is None and received:
            arrived = Known(
                "date_received", received.value, received.cites, f"day of receipt: {received.rule}", inputs=(received,), status="derived"
            )
        out.append(Sending(read, way, terms.permits(name), addressed, address, None, posted or received, arrived))
    return out


def _portal(read: ReadRecord, terms: NoticeTerms) -> Known | None:
    """Return the way of a letter whose head names the portal of the contract."""
    head = read.text[:LETTERHEAD_CHARS]
    for name in terms.portals:
        if (at := head.find(str(name.value))) >= 0:
            cites = (read.cite(read.passage(at, at + len(str(name.value)))), *name.cites)
            return Known("method", "portal", cites, "the notice names in its head the portal that the contract names", inputs=(name,), status="derived")
    return None


def _by_log(read: ReadRecord, told: Told, on: str | None) -> list[tuple[str, Known]]:
    """Return the way that a log, a receipt or an answer names for a letter which does not name its own."""
    for said in [
        *told.of("received_on", on or "", after(on or "", RECEIVED_WITHIN)),
        *told.of("posted_on", on or "", after(on or "", POSTED_WITHIN)),
    ]:
        for name, words in _WAYS:
            if name in _PAPER_WAYS and (m := words.search(said.known.cites[0].quote)):
                return [(name, Known("method", name, said.known.cites, f"a record of the letter says {m.group()!r}", status="derived"))]
    first = lead(read)
    return (
        [("post", Known("method", "post", (read.cite(first),), "a letter that names no way of sending", status="derived", confidence=0.4))]
        if first
        else []
    )


def _reckoned(way: str, sent: Known | None, at: str, terms: NoticeTerms) -> Known | None:
    day = day_of(sent.value) if sent else None
    reckoned = terms.received(way, day, at) if day else None
    if sent is None or reckoned is None:
        return None
    arrived, rules, words = reckoned
    inputs = (sent, *rules)
    return Known("date_received", arrived.isoformat(), cites_of(inputs), words, inputs=inputs, status="derived")


def _posted(copies: tuple[ReadRecord, ...], told: Told, on: str | None) -> Known | None:
    said = [s for s in told.of("posted_on", on or "", after(on or "", POSTED_WITHIN)) if on]
    return _best("dispatched", said, copies)


def _received(copies: tuple[ReadRecord, ...], told: Told, on: str | None) -> Known | None:
    said = [s for s in told.of("received_on", on or "", after(on or "", RECEIVED_WITHIN)) if on]
    return _best("received", said, copies)


def _presented(copies: tuple[ReadRecord, ...], rule: Known, told: Told, on: str | None) -> Known | None:
    """Return the day on which the post first came with the letter, for a contract by which that day counts."""
    said = [s for s in told.of("presented_on", on or "", after(on or "", RECEIVED_WITHIN)) if on]
    day = _best("presented", said, copies)
    if day is None:
        return None
    words = f"by the contract a letter counts from the day on which the post first came with it: {day.value}"
    return Known("date_received", day.value, cites_of((day, rule)), words, inputs=(day, rule), status="derived")


def _best(name: str, said: list[Said], copies: tuple[ReadRecord, ...]) -> Known | None:
    """Return the surest of what is said: on the notice itself before elsewhere, then by its confidence, then the earliest."""
    ids = {c.record.record_id for c in copies}
    if not said:
        return None
    best = min(said, key=lambda s: (s.read.record.record_id not in ids, -s.known.confidence, s.day, s.read.record.record_id))
    same = tuple(s.known for s in said if s.known.value == best.known.value)
    return Known(name, best.known.value, cites_of(same), best.known.rule, status="derived")


def addressed_to(read: ReadRecord, terms: NoticeTerms) -> tuple[bool | None, Known | None]:
    """Say whether a letter goes where the contract wants it: for the attention of whom it names, or to an address that stands in it."""
    head = " ".join(read.text[:LETTERHEAD_CHARS].split())
    for wanted in terms.attention:
        if m := re.search(r"\s".join(re.escape(w) for w in str(wanted.value).split()), head, re.I):
            at = read.text.lower().find(m.group().lower())
            cites = (*wanted.cites, *((read.cite(read.passage(at, at + len(m.group()))),) if at >= 0 else ()))
            return True, Known(
                "addressed_to",
                wanted.value,
                cites,
                "the letter is marked for the attention of whom the contract names",
                inputs=(wanted,),
                status="derived",
            )
    for paper in terms.papers:
        flat = re.sub(r"[\W_]+", " ", paper.text).lower()
        for line in _address_lines(read):
            words = re.sub(r"[\W_]+", " ", line).lower().strip()
            if words and words in flat and (at := read.text.find(line)) >= 0:
                first = lead(paper)
                cites = (read.cite(read.passage(at, at + len(line))), *((paper.cite(first),) if first else ()))
                return True, Known(
                    "addressed_to", line, cites, "the letter goes to an address that stands in the contract", status="derived"
                )
    return None, terms.attention[0] if terms.attention else terms.addresses[0] if terms.addresses else None


def _address_lines(read: ReadRecord) -> list[str]:
    """Return the lines with a number in the head of a letter, below its letterhead: streets and post codes of the addressee."""
    lines = [line.strip() for line in read.text[:LETTERHEAD_CHARS].split("\n") if line.strip()]
    return [
        line
        for line in lines[2:14]
        if re.search(r"\d", line) and re.search(r"[^\W\d]{3}", line) and not re.search(r"\b(?:19|20)\d\d\b(?!\d)", line) and len(line) <= 70
    ]
