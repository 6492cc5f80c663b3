"""What follows for an item from its family, its thread and its copies. Pure: members in, changed records out.

An attachment has the clients, and where it says none itself the date and the record types, of its mail; a mail that carries a notice has its
types.  A family is privileged as a whole when one member is, since the mail's original holds them all.  A message that names no client has those
of its thread.  A question that was answered in privilege is privileged, and so is a mail by which whoever was given advice passes it on in his own
house.  Of copies, the first in order of path (in one file: the earlier) is the primary.
"""
from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TypeVar

from archive.model.extracted import Extracted
from archive.model.fact import ClientEvidence, Fingerprint
from archive.model.record import RECORD_TYPES, Record

T = TypeVar("T")

ASSIGNED = 0.5
"""A client is assigned from this combined strength on; below, the evidence is kept and the assignment left to a person."""


SURE = 0.7
"""A client whose strongest sign in an item is weaker than this is assigned, if at all, for a person to look at."""


INHERITED = ("client ", "clients", "record_type ", "date", "privileged")
"""Bases of what is settled here; those of other fields stay as reading gave them."""


@dataclass(frozen=True, slots=True)
class Own:
    """What an item says of itself, kept apart from what it inherits. Pairs are (value, basis).

    `weak` are clients of whom it has weak signs only.  `said` is set where a person settled the clients: when (sorts) and the basis;
    `types_said` where one settled the record types, to which nothing is added then; `privilege_said` where one settled the privilege.
    """
    clients: tuple[tuple[str, str], ...] = ()
    date: tuple[str, str] | None = None
    record_types: tuple[tuple[str, str], ...] = ()
    privileged: str = ""
    thread: str = ""
    told: str = ""
    fingerprint: Fingerprint | None = None
    weak: tuple[str, ...] = ()
    said: str = ""
    types_said: bool = False
    privilege_said: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A record of a family as it stands: `copy_key` names its copies, `family_clients` are those known before the thread is asked.

    `doubt` says why a person should look at its clients: `weak` (assigned by a weak sign), `below` (none assigned, though there is a sign).
    """
    record: Record
    own: Own
    position: str
    copy_key: str
    text_digest: str
    family_clients: tuple[str, ...] = ()
    doubt: str = ""


def assign(evidence: Sequence[ClientEvidence]) -> tuple[tuple[str, str], ...]:
    """Return the clients whose evidence, taken as independent (1 − Π(1 − strength)), reaches ASSIGNED, each with its strongest basis."""
    doubt: dict[str, float] = {}
    best: dict[str, ClientEvidence] = {}
    for sign in evidence:
        doubt[sign.client_id] = doubt.get(sign.client_id, 1.0) * (1.0 - sign.strength)
        if sign.client_id not in best or sign.strength > best[sign.client_id].strength:
            best[sign.client_id] = sign
    return tuple((c, f"{best[c].basis}: {best[c].identifier}") for c in sorted(doubt) if 1.0 - doubt[c] >= ASSIGNED)


def weakly(evidence: Sequence[ClientEvidence]) -> tuple[str, ...]:
    """Return the clients of whom no sign is as strong as SURE, sorted."""
    strongest: dict[str, float] = {}
    for sign in evidence:
        strongest[sign.client_id] = max(sign.strength, strongest.get(sign.client_id, 0.0))
    return tuple(sorted(c for c, strength in strongest.items() if strength < SURE))


def settle_family(members: Sequence[Member], threads: Mapping[str, str] = MappingProxyType({})) -> list[Member]:
    """Return the members with what they inherit from one another; `family_clients` filled. Those among `threads` (by record_id) get their thread.

    Where persons settled the clients of members, the last word settles those of the family: it is seen together.
    """
    by_id = {m.record.record_id: m for m in members}
    clients: dict[str, str] = {}
    word = max((m for m in members if m.own.said), key=lambda m: m.own.said, default=None)
    for member in members if word is None else (word,):
        for client, basis in member.own.clients:
            clients.setdefault(client, basis)
    privileged = next((m.own.privileged for m in members if m.own.privileged), "")
    children: dict[str, int] = {}
    notices: dict[str, dict[str, str]] = {}
    for member in members:
        if member.record.kind == "notice" and member.record.parent_id in by_id and not member.record.derived_from:
            notices[member.record.parent_id] = {**dict(member.own.record_types), **notices.get(member.record.parent_id, {})}
        if member.record.parent_id in by_id and not member.record.derived_from:
            children[member.record.parent_id] = children.get(member.record.parent_id, 0) + 1
    strong = {client for m in members for client, _ in m.own.clients if client not in m.own.weak}
    settled = [_settled(m, by_id, clients, privileged, children.get(m.record.record_id, 0), notices.get(m.record.record_id, {}),
                        threads.get(m.record.record_id, m.record.thread_id)) for m in members]
    if word is not None:
        basis = word.own.said.partition(" ")[2]
        return [replace(m, record=replace(m.record, bases=m.record.bases | {"clients": basis}), doubt="") for m in settled]
    doubts = [_doubt([c for c in m.own.weak if c not in strong], clients) for m in settled]
    return [m if m.doubt == doubt else replace(m, doubt=doubt) for m, doubt in zip(settled, doubts, strict=True)]


def _doubt(weak: Sequence[str], clients: dict[str, str]) -> str:
    return "weak" if any(c in clients for c in weak) else "below" if weak and not clients else ""


def _settled(member: Member, by_id: dict[str, Member], clients: dict[str, str], privileged: str, children: int, notices: dict[str, str],
             thread_id: str | None) -> Member:
    own, bases = member.own, {k: v for k, v in member.record.bases.items() if not k.startswith(INHERITED)}
    own_clients = dict(own.clients)
    for client, basis in clients.items():
        bases[f"client {client}"] = own_clients.get(client, f"family ({basis})")
    date = _inherited(member, by_id, lambda o: o.date)
    if date:
        bases["date"] = date[0][1] if date[1] else f"parent ({date[0][1]})"
    types = _record_types(member, by_id, notices)
    for value, basis in types:
        bases[f"record_type {value}"] = basis
    if privileged:
        bases["privileged"] = own.privileged or f"family ({privileged})"
    record = replace(
        member.record, thread_id=thread_id, clients=tuple(sorted(clients)), date=(date[0][0] or None) if date else None,
        record_types=tuple(value for value, _ in types), privileged=bool(privileged), bases=bases, children=children)
    return replace(member, record=record, family_clients=tuple(sorted(clients)))


def _record_types(member: Member, by_id: dict[str, Member], notices: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the record types of a member with their bases; `notices` are those of the notices attached to it.

    A mail whose attachment is a notice takes the notice's types too.  An attachment that says none has those of its mail, a picture of a letter-head
    or signature has none; an account that is attached to a mail which disputes it belongs to the dispute.
    """
    record = member.record
    if member.own.types_said:
        return member.own.record_types
    if record.parent_id is not None and not member.own.record_types and _is_ornament(record):
        return ()
    found = _inherited(member, by_id, lambda o: o.record_types)
    types = dict(found[0]) if found and found[1] else {value: f"parent ({basis})" for value, basis in found[0]} if found else {}
    if record.sent_at:
        for value, basis in notices.items():
            types.setdefault(value, f"attachment ({basis})")
    parent = by_id.get(record.parent_id or "")
    if parent is not None and record.kind in _ACCOUNTS and not record.derived_from and parent.record.sent_at:
        types |= {value: f"parent ({basis})" for value, basis in parent.own.record_types if value == "dispute" and value not in types}
    return tuple((value, types[value]) for value in RECORD_TYPES if value in types)


_ACCOUNTS = frozenset({"ledger"})
_ORNAMENT = re.compile(r"(?:image|img|logo|banner|signature|outlook-?|icon|spacer|facebook|linkedin|twitter|xing|youtube)[-_ ]?[\w-]{0,24}\.(?:png|"
    r"gif|jpe?g|bmp|svg)", re.IGNORECASE)
_ORNAMENT_BYTES = 200_000


def _is_ornament(record: Record) -> bool:
    """Say whether an attachment is a picture that mail programs put into letter-heads and signatures, by its name and size."""
    return record.mime.startswith("image/") and record.size_bytes <= _ORNAMENT_BYTES and _ORNAMENT.fullmatch(record.name.rsplit("/", 1)[-1]) is not None


def _inherited(member: Member, by_id: dict[str, Member], what: Callable[[Own], T | None]) -> tuple[T, bool] | None:
    """Return (value, own) of the nearest of the member and its parents that has a value, or None."""
    seen, at, own = set(), member, True
    while True:
        value = what(at.own)
        if value:
            return value, own
        parent = at.record.parent_id
        if parent is None or parent in seen or parent not in by_id:
            return None
        seen.add(parent)
        at, own = by_id[parent], False


def settle_thread(members: Sequence[Member]) -> list[Member]:
    """Return the members of one thread; those whose family knows no client, and of whom no person said that, get the clients of the others.

    What was asked of somebody who answered in privilege is privileged with all that is attached to it, unless a person said otherwise.
    """
    known = sorted({c for m in members for c in m.family_clients})
    answers = [m for m in members if m.own.privileged and m.record.sent_at]
    asked = {m.record.family_id: said for m in members
             if not m.own.privilege_said and (said := _answered(m.record, answers) or _passes_on(m.record, answers))}
    out = []
    for member in members:
        member = _in_privilege(member, asked.get(member.record.family_id, ""))
        if member.family_clients or member.record.clients == tuple(known) or "clients" in member.record.bases:
            out.append(member)
            continue
        bases = {k: v for k, v in member.record.bases.items() if not k.startswith("client ")} | {f"client {c}": "thread" for c in known}
        out.append(replace(member, record=replace(member.record, clients=tuple(known), bases=bases)))
    return out


_BY_THREAD = "thread ("
_ASKED = f"{_BY_THREAD}asked of "
_PASSED_ON = f"{_BY_THREAD}passes on what "
_FORWARDED = re.compile(r"(?:fwd?|wg|tr|rv|i)\s?:", re.IGNORECASE)


def _answered(question: Record, answers: Sequence[Member]) -> str:
    """Return why a mail is a question answered in privilege, "" when it is none: he whom it was sent to wrote back, and nobody saw only the question.

    What is written to counsel of another firm behind his advice goes with it too; to a colleague one writes of other things as well.
    """
    if not answers or not question.sent_at or not question.sender:
        return ""
    for answer in answers:
        reply = answer.record
        if (reply.sender and reply.sender in question.to and question.sender in reply.to and _people(question) <= _people(reply)
                and (_moment(question.sent_at) <= _moment(reply.sent_at or "") or _apart(question.sender, reply.sender))):
            return f"{_ASKED}{reply.sender}, who answered: {answer.own.privileged})"
    return ""


def _apart(one: str, other: str) -> bool:
    return one.rpartition("@")[2].lower() != other.rpartition("@")[2].lower()


def _passes_on(mail: Record, answers: Sequence[Member]) -> str:
    """Return why a mail passes advice on, "" when it does not: whoever was given it forwards it in his own house."""
    if not answers or not mail.sent_at or not mail.sender or not _FORWARDED.match(mail.subject.strip()):
        return ""
    houses = {address.rpartition("@")[2] for address in _people(mail)}
    for answer in answers:
        advice = answer.record
        if (advice.sender and advice.record_id != mail.record_id and houses == {mail.sender.lower().rpartition("@")[2]}
                and mail.sender.lower() in _people(advice) and _moment(advice.sent_at or "") <= _moment(mail.sent_at)):
            return f"{_PASSED_ON}{advice.sender} wrote: {answer.own.privileged})"
    return ""


def _people(record: Record) -> set[str]:
    return {p.address.lower() for p in record.participants if p.address and p.role in ("from", "sender", "to", "cc", "bcc")}


def _in_privilege(member: Member, asked: str) -> Member:
    """Return a member privileged since it was asked, and no longer so when it was before and is not now."""
    record, was = member.record, member.record.bases.get("privileged", "")
    if (asked and record.privileged and not was.startswith(_BY_THREAD)) or was == asked or not (asked or was.startswith(_BY_THREAD)):
        return member
    bases = {k: v for k, v in record.bases.items() if k != "privileged"} | ({"privileged": asked} if asked else {})
    return replace(member, record=replace(record, privileged=bool(asked), bases=bases))


def copy_order(member: Member) -> tuple[str, str]:
    """Return what copies are ordered by: plain character order of the path, then the place inside the file."""
    return member.record.source_paths[0], member.position


def settle_copies(members: Sequence[Member]) -> list[Member]:
    """Return the members that are copies of one another, each with `duplicate_of` set but the primary."""
    if len(members) == 1 and members[0].record.duplicate_of is None:
        return list(members)
    order = sorted(members, key=copy_order)
    primary = order[0].record.record_id
    return [replace(m, record=replace(m.record, duplicate_of=None) if m.record.record_id == primary
                    else replace(m.record, duplicate_of=primary, near_duplicate_of=None)) for m in members]


def copy_key(record: Record, text_digest: str) -> str:
    """Return what copies have in common: for a mail who sent what when (transport headers may differ), else its bytes.

    A Message-ID alone is no proof: ids are re-used and forged, and a copy must never hide another text; and the same message lies in two
    mailboxes under different ids.
    """
    if record.sent_at or record.message_id:
        when = _moment(record.sent_at) if record.sent_at else record.message_id
        said = f"{when}\0{(record.sender or '').lower()}\0{record.subject}\0{text_digest}"
        return "m:" + hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
    return f"d:{record.digest}"


def _moment(sent_at: str) -> str:
    """Return the minute in UTC, so that the same moment written in two zones is one."""
    try:
        return datetime.fromisoformat(sent_at).astimezone(UTC).isoformat(timespec="minutes")
    except (ValueError, OverflowError):
        return sent_at


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a message in the graph of threads: `all` that join it, `told` those that it says of itself by its words, and for each
    mail that it quotes and tells in full, (number of the quote, its names)."""
    all: list[str]
    told: list[str]
    quoted: list[tuple[int, list[str]]]


def thread_names(record_id: str, x: Extracted) -> Names:
    """Return the names by which an item is joined to its thread: none for what is no message.

    Its own Message-ID and all that it refers to (RFC 5256 REFS), the conversation that an export names, and, as a guess, the message itself
    and those that it quotes, as subject, sender, day and minute of the hour: who quotes tells the time in a zone of his own, so the hour
    does not count, and the day may be the one before or after.
    """
    mail = x.mail
    if mail is None:
        return Names([node(f"conversation {x.conversation}")] if x.conversation else [], [], [])
    nodes = [node(m) for m in dict.fromkeys((mail.message_id, *mail.references, *mail.in_reply_to)) if m] or [node(record_id)]
    if x.conversation:  # the pieces of one message
        nodes.append(node(f"conversation {x.conversation}"))
    subject = bare_subject(x.subject)
    told: list[str] = []
    quoted: list[tuple[int, list[str]]] = []
    if subject:
        names = {_person(p.name) for p in x.participants if p.role == "from"} | {_person(p.address) for p in x.participants if p.role == "from"}
        sent = _moment(mail.sent_at)
        told = [_told(subject, name, sent[:10], sent[14:16]) for name in sorted(names) if name and len(sent) > 10]
    for number, q in enumerate(x.quoted):
        about, who = bare_subject(q.subject) or subject, _person(q.sender)
        if about and who and len(q.date) > 10:
            quoted.append((number, [_told(about, who, day, q.date[14:16]) for day in _days_about(q.date[:10])]))
    return Names(list(dict.fromkeys([*nodes, *told, *(n for _, listed in quoted for n in listed)])), told, quoted)


def bare_subject(subject: str) -> str:
    """Return a subject without reply and forward marks of any language, in lower case; "" for one that says nothing."""
    bare = subject.strip().lower()
    while (cut := _MARKS.sub("", bare)) != bare:
        bare = cut
    return " ".join(bare.split())


_MARKS = re.compile(r"^(?:re|aw|sv|vs|antw|antwort|rif|r|ref|res|odp|fwd?|fw|wg|tr|rv|enc|i|doorst|vl|pd)\s?(?:\[\d+\])?\s?:\s*|^\[[^\]]{1,30}\]\s*")


def _person(name: str) -> str:
    """Return a person as the sorted words of the name, or of the part before the @: `Wragg, Tim` is tim.wragg@x.example."""
    return " ".join(sorted(re.findall(r"[^\W\d_]+", (name.partition("@")[0] if "@" in name and " " not in name.strip() else name).lower())))


def _days_about(day: str) -> list[str]:
    try:
        middle = date.fromisoformat(day)
        return [(middle + timedelta(n)).isoformat() for n in (0, -1, 1)]
    except (ValueError, OverflowError):
        return []


def _told(subject: str, person: str, day: str, minute: str) -> str:
    return node(f"told\0{subject}\0{person}\0{day}\0{minute}")


def node(message_id: str) -> str:
    """Return the name of a Message-ID in the graph of threads."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()


def join_threads(mails: Sequence[Sequence[str]], known: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Join messages that refer to one another (RFC 5256 REFS, headers only: never by subject).

    `mails` gives for each message its nodes (its own id and all it refers to), `known` the thread of nodes met before.  Returns the
    thread of every node given, and which known threads were merged into which.  A thread is named after its least node, so the
    result does not depend on the order in which messages came.
    """
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        while parent.setdefault(x, x) != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for nodes in mails:
        names = [known[n] if n in known else n[:32] for n in nodes]
        first = find(names[0])
        for name in names[1:]:
            other = find(name)
            if other != first:
                low, high = min(first, other), max(first, other)
                parent[high] = low
                first = low
    threads = {n: find(known[n] if n in known else n[:32]) for nodes in mails for n in nodes}
    merged = {old: find(old) for old in set(known.values()) if find(old) != old}
    return threads, merged
