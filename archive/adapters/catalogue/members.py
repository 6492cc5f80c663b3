"""From what reading gave, or a row, to a member; and members settled group by group (`archive.relations`). No database in here."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from archive.model.extracted import Mail
from archive.model.fact import Enriched
from archive.model.item import Item
from archive.model.outcome import Done
from archive.model.record import Record
from archive.model.viewer import clients_of
from archive.ports import Reading
from archive.relations import Member, Own, assign, copy_key, settle_copies, settle_family, settle_thread, thread_names, weakly


def decode_record(body: bytes) -> Record:
    return msgspec.msgpack.decode(body, type=Record)


def member_from(item: Item, position: str, paths: Sequence[str], r: Reading, text_digest: str) -> Member:
    e, x = r.enriched, r.extracted
    mail = x.mail
    sender = next((p.address or p.name for p in x.participants if p.role in ("from", "author")), None)
    names = thread_names(item.record_id, x)
    own = Own(
        fingerprint=e.fingerprint if e and not item.derived else None,
        clients=assign(e.clients) if e else (),
        date=(e.date.value, e.date.basis) if e and e.date else None,
        record_types=tuple((d.value, d.basis) for d in e.record_types) if e else (),
        privileged=e.privileged.basis if e and e.privileged and e.privileged.value == "true" else "",
        thread=" ".join(names.all), told=" ".join(names.told), weak=weakly(e.clients) if e else ())
    bases = {"kind": e.kind.basis, "mime": r.format_basis} if e else {"mime": r.format_basis}
    for name, derived in (("language", e.language), ("sentiment", e.sentiment)) if e else ():
        if derived:
            bases[name] = derived.basis
    if mail and mail.sent_at:
        bases["sent_at"] = mail.sent_basis
    received_at, received_basis = received(item, mail)
    if received_at:
        bases["received_at"] = received_basis
    if mail:
        quotes = next((q.sender for q in x.quoted), "")
        bases["thread_id"] = "headers" if mail.references or mail.in_reply_to or not quotes else f"guess: quotes a mail of {quotes}"
    if read_by := x.metadata.get("ocr:engine"):
        bases["text"] = f"ocr by {read_by}, confidence {x.metadata.get('ocr:confidence', 'unknown')}"
    outcome = next((o for o in r.outcomes.values() if not isinstance(o, Done)), r.outcomes.get("extract", Done()))
    record = Record(
        record_id=item.record_id, source_paths=tuple(paths), inner=item.place.inner, kind=e.kind.value if e else "other", record_types=(), clients=(),
        date=None, sent_at=(mail.sent_at or None) if mail else None, sender=sender, to=tuple(p.address or p.name for p in x.participants if p.role == "to"),
        subject=x.subject, language=e.language.value if e and e.language else None, thread_id=None, family_id=item.family_id, parent_id=item.parent_id,
        duplicate_of=None, near_duplicate_of=None, privileged=False, sentiment=e.sentiment.value if e and e.sentiment else None, digest=item.digest,
        mime=r.mime, size_bytes=item.size_bytes, pages=len(x.pages) or None, source=item.source, custodian=item.custodian, name=item.name,
        ordinal=item.ordinal, outcome=outcome, participants=x.participants, message_id=mail.message_id if mail else "", bases=bases,
        derived_from=item.parent_id if item.derived else None, received_at=received_at or None)
    return Member(record, own, position, copy_key(record, text_digest), text_digest)


def received(item: Item, mail: Mail | None) -> tuple[str, str]:
    """Return when a message came to its mailbox and how that is known: by what it says itself, else by the day the server gives (RFC 9051, 2.3.3)."""
    if mail and mail.received_at:
        return mail.received_at, mail.received_basis
    pulled = mail and item.place.path.startswith(("imap://", "imaps://")) and item.place.inner is None
    return (item.modified_at, "INTERNALDATE of the mailbox") if pulled and item.modified_at else ("", "")


def member_of(row: Any) -> Member:
    """Return the member that a row of `records` holds."""
    own = msgspec.msgpack.decode(row.own_body, type=Own)
    return Member(decode_record(row.body), own, row.position, row.copy_key, row.text_digest, clients_of(row.family_audience),
                  row.doubt if row.doubt in ("weak", "below") else "")


def member_again(row: Any, e: Enriched | None) -> Member:
    """Return the member that a row of `records` holds, saying of itself what enrichment says; what else reading gave stays."""
    member = member_of(row)
    own = replace(
        member.own, clients=assign(e.clients) if e else (), date=(e.date.value, e.date.basis) if e and e.date else None,
        record_types=tuple((d.value, d.basis) for d in e.record_types) if e else (),
        privileged=e.privileged.basis if e and e.privileged and e.privileged.value == "true" else "", weak=weakly(e.clients) if e else (), said="",
        types_said=False, privilege_said=False)
    bases = {k: v for k, v in member.record.bases.items() if k != "kind"} | ({"kind": e.kind.basis} if e else {})
    return replace(member, record=replace(member.record, kind=e.kind.value if e else "other", bases=bases), own=own)


def with_history(member: Member, before: Member | None) -> Member:
    """Keep what reading anew does not decide."""
    if before is None:
        return member
    kept = before.record
    return replace(member, record=replace(member.record, duplicate_of=kept.duplicate_of, near_duplicate_of=kept.near_duplicate_of))


def by_family(members: dict[str, Member], threads: Mapping[str, str]) -> dict[str, Member]:
    """Return the members settled family by family; `threads` are those found now, by record_id."""
    families: dict[str, list[Member]] = {}
    for m in members.values():
        families.setdefault(m.record.family_id, []).append(m)
    out: dict[str, Member] = {}
    for family_id, listed in families.items():
        settled = settle_family(listed, threads)
        thread = next((m.record.thread_id for m in settled if m.record.record_id == family_id), None)
        for m in settled:
            inherits = thread and m.record.record_id != family_id and not m.own.thread
            out[m.record.record_id] = replace(m, record=replace(m.record, thread_id=thread)) if inherits else m
    return out


def by_thread(members: dict[str, Member]) -> dict[str, Member]:
    threads: dict[str, list[Member]] = {}
    out: dict[str, Member] = {}
    for i, m in members.items():
        if m.record.thread_id:
            threads.setdefault(m.record.thread_id, []).append(m)
        else:
            out[i] = m
    for listed in threads.values():
        out.update((m.record.record_id, m) for m in settle_thread(listed))
    return out


def by_copy(members: dict[str, Member], keys: set[str]) -> dict[str, Member]:
    groups: dict[str, list[Member]] = {}
    out = dict(members)
    for m in members.values():
        if m.copy_key in keys:
            groups.setdefault(m.copy_key, []).append(m)
    for listed in groups.values():
        out.update((m.record.record_id, m) for m in settle_copies(listed))
    return out
