"""A conversation as a whole: its records in order of time, and which of its mails have to be read."""
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from archive.errors import NotFound
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api.containment import LeftOut, Mail, inclusive
from search_api.search import holder_json
from search_api.services.custody import demand, note


def thread(archive: Archive, viewer: Viewer, name: str) -> dict[str, Any]:
    """Return the conversation with this id, or the one that a record with this id belongs to, as far as the viewer may see it.

    `timeline` has every record once, in order of time, copies told as `holders`; `read` are the record_ids to be read, and each mail that is left out
    says in which it is contained, with the proof: offsets into both texts.  Raises NotFound, also where the viewer may see none of it.
    """
    demand(viewer, "read")
    reads = list(archive.catalogue.read_records(RecordFilter(thread_ids=(_thread_id(archive, viewer, name),)), viewer))
    if not reads:
        raise _unknown(name)
    note(archive, viewer, "read", reads[0].record.thread_id or name, what="thread", records=len(reads))
    ids = {read.record.record_id for read in reads}
    primaries = [read for read in reads if read.record.duplicate_of not in ids]
    copies = archive.catalogue.copies([read.record.record_id for read in primaries], viewer)
    children: dict[str, set[str]] = {}
    for read in reads:
        if read.record.parent_id:
            children.setdefault(read.record.parent_id, set()).add(str(read.record.digest))
    mails = [read for read in primaries if _is_message(read.record, ids)]
    told = inclusive([Mail(r.record.record_id, _at(r.record), r.text, r.segments, frozenset(children.get(r.record.record_id, ()))) for r in mails])
    left = {each.record_id: each for each in told.left_out}
    # What hangs on a mail comes right after it.
    carriers = {read.record.record_id: read.record for read in reads}

    def place(read: ReadRecord) -> tuple[str, str, int, int, str]:
        outer, depth = read.record, 0
        while outer.parent_id in carriers:
            outer, depth = carriers[outer.parent_id], depth + 1
        return _at(outer) or "9999", outer.record_id, depth, read.record.ordinal, read.record.record_id

    ordered = sorted(primaries, key=place)
    subjects = [r.record.subject for r in ordered if r.record.subject]
    return {"thread_id": reads[0].record.thread_id, "subject": subjects[0] if subjects else "", "records": len(reads), "mails": len(mails),
            "read": list(told.read), "timeline": [_entry(r, r.record.record_id in told.read, left.get(r.record.record_id),
                                                         copies.get(r.record.record_id, [])) for r in ordered],
            "participants": sorted({p.address or p.name for r in mails for p in r.record.participants if p.address or p.name})}


def _entry(read: ReadRecord, to_read: bool, left: LeftOut | None, copies: list[Record]) -> dict[str, Any]:
    r = read.record
    new = " ".join(" ".join(read.text[s.start:s.end] for s in read.segments if s.kind == "new").split()) or " ".join(read.text[:2000].split())
    return {"record_id": r.record_id, "parent_id": r.parent_id, "date": r.date, "sent_at": r.sent_at, "kind": r.kind, "from": r.sender, "to": list(r.to),
            "subject": r.subject, "name": r.name, "privileged": r.privileged, "new": new[:280], "read": to_read,
            "contained_in": {"record_id": left.kept, "proof": [proof.as_json() for proof in left.proofs]} if left else None,
            "holders": [holder_json(copy) for copy in copies]}


def _thread_id(archive: Archive, viewer: Viewer, name: str) -> str:
    try:
        record = archive.catalogue.record(name, viewer)
    except NotFound:
        return name
    if record.thread_id is None:
        raise NotFound(f"The record {name} belongs to no conversation.", "Mails and chats do.")
    return record.thread_id


def _is_message(record: Record, ids: set[str]) -> bool:
    """A message has the thread of its own; what hangs on it came with it."""
    return record.parent_id not in ids


def _at(record: Record) -> str:
    """Return when a record was sent, in UTC, so that zones do not count; else its day."""
    try:
        at = datetime.fromisoformat(record.sent_at or "")
    except ValueError:
        return record.date or ""
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _unknown(name: str) -> NotFound:
    return NotFound(f"There is no conversation {name[:60]!r}.", "Give a thread_id or the record_id of one of its mails.")
