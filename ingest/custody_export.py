"""Closed segments of the custody log go to the bucket, so that the log outlives the catalogue and can be compared with it."""
from __future__ import annotations

import json

from archive.model.custody import ChainedEvent, Event
from archive.model.digest import CUSTODY_PREFIX, ObjectKey, custody_key, digest_of
from archive.ports import NewObject
from archive.wiring import Archive


def export_custody(archive: Archive) -> int:
    """Write all events since the last exported segment as a new one; return how many they were."""
    after = max((_last(key) for key in archive.objects.keys(CUSTODY_PREFIX)), default=0)
    events = list(archive.catalogue.custody(after=after))
    if not events:
        return 0
    content = b"".join(line(e) for e in events)
    archive.objects.put_all([NewObject(custody_key(events[0].seq, events[-1].seq), content, digest_of(content))])
    return len(events)


def imported_custody(archive: Archive) -> list[ChainedEvent]:
    """Return the events of all exported segments in order."""
    out: list[ChainedEvent] = []
    for key in archive.objects.keys(CUSTODY_PREFIX):
        with archive.objects.open(key) as stream:
            out += [_event(text) for text in stream.read().splitlines() if text]
    return sorted(out, key=lambda e: e.seq)


def line(e: ChainedEvent) -> bytes:
    """Return an event as one line of JSON."""
    told = {"seq": e.seq, "at": e.at, "action": e.event.action, "actor": e.event.actor, "subject": e.event.subject, "details": e.event.details,
            "previous": e.previous, "digest": e.digest}
    return (json.dumps(told, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def _event(text: bytes) -> ChainedEvent:
    told = json.loads(text)
    return ChainedEvent(told["seq"], told["at"], Event(told["action"], told["actor"], told["subject"], told["details"]), told["previous"], told["digest"])


def _last(key: ObjectKey) -> int:
    return int(key.rsplit("-", 1)[-1].removesuffix(".jsonl"))
