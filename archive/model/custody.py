"""The append-only events of the archive, each chained to the one before by its digest."""
from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Literal

Action = Literal["run_started", "run_ended", "taken_in", "met_again", "read", "searched", "exported", "labelled", "saved", "undone", "corrected", "withdrawn",
                 "directory_imported", "reindexed", "rebuilt", "verified", "key_issued", "key_revoked", "resolved_again", "retried", "repaired",
                 "model_asked", "proposed"]

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done. `subject` is what it was done to: a record_id, run_id, client or query; no personal data in it."""
    action: Action
    actor: str
    subject: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChainedEvent:
    """An event in the log: `digest` is SHA-256 over the canonical JSON of all other fields, `previous` that of the event before."""
    seq: int
    at: str
    event: Event
    previous: str
    digest: str


def chain(seq: int, at: str, event: Event, previous: str) -> ChainedEvent:
    """Return the event as the next link of the chain after `previous` (64 hex digits; GENESIS for the first)."""
    return ChainedEvent(seq, at, event, previous, link_digest(seq, at, event, previous))


def link_digest(seq: int, at: str, event: Event, previous: str) -> str:
    """Return the digest of a link: SHA-256 of JSON with sorted keys, no blanks, UTF-8 (the rules of RFC 8785 for these types)."""
    body = [seq, at, event.action, event.actor, event.subject, event.details, previous]
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
