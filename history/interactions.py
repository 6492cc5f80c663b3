"""What was said between the sides and inside the house: mails, chats, calls, meetings, letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.model.extracted import Participant, Passage
from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.cited import cites_json
from history.file import ClientFile, is_mail
from history.passages import lead, one_line, sentences
from history.sides import Sides, direction, sides_of

SUMMARY_SENTENCES = 2
SUMMARY_CHARS = 320

_BY_KIND = {
    "email": "email",
    "chat": "chat",
    "call_transcript": "phone",
    "call_note": "phone",
    "meeting_note": "meeting",
    "review": "meeting",
    "legal_letter": "letter",
    "notice": "letter",
    "claim": "letter",
    "counterclaim": "letter",
}
_LETTERS = frozenset({"legal_letter", "notice", "claim", "counterclaim"})


@dataclass(frozen=True, slots=True)
class Interaction:
    """`summary` is made of sentences of the record itself, and `cites` are these sentences.

    `direction` is None where it cannot be decided; `direction_basis` says why, or how it was.
    """

    record_id: str
    date: str | None
    sent_at: str | None
    channel: str
    direction: str | None
    direction_basis: str
    participants: tuple[Participant, ...]
    subject: str
    summary: str
    sentiment: str | None
    thread_id: str | None
    kind: str
    cites: tuple[Cite, ...]
    copies: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        people = [{"role": p.role, "name": p.name, "address": p.address} for p in self.participants]
        return {
            "record_id": self.record_id,
            "date": self.date,
            "sent_at": self.sent_at,
            "channel": self.channel,
            "direction": self.direction,
            "direction_basis": self.direction_basis,
            "participants": people,
            "subject": self.subject,
            "summary": self.summary,
            "sentiment": self.sentiment,
            "reasons": [],
            "thread_id": self.thread_id,
            "kind": self.kind,
            "copies": list(self.copies),
            "cites": cites_json(self.cites),
        }


def interactions(file: ClientFile) -> tuple[Interaction, ...]:
    """Return all interactions in order of date, one for a record and its duplicates. Records without words are not among them."""
    held, sides = file.by_id(), sides_of(file)
    out = []
    for record_id, copies in file.copies().items():
        read = held[record_id]
        if (channel := channel_of(read)) and (made := _interaction(read, copies, channel, sides)):
            out.append(made)
    return tuple(out)


def channel_of(read: ReadRecord) -> str | None:
    """Return the channel of a record, None for what is no interaction by itself (an invoice, a contract, an attached letter)."""
    r = read.record
    if is_mail(read):
        return "email"
    channel = _BY_KIND.get(r.kind)
    if r.kind in _LETTERS and r.parent_id is not None:
        return None
    return channel


def _interaction(read: ReadRecord, copies: list[ReadRecord], channel: str, sides: Sides) -> Interaction | None:
    said = summary(read)
    if not said:
        return None
    r = read.record
    way, why = direction(read, sides)
    words = one_line(" ".join(p.quote for p in said), SUMMARY_CHARS)
    return Interaction(
        r.record_id,
        r.date,
        r.sent_at,
        channel,
        way,
        why,
        r.participants,
        r.subject,
        words,
        r.sentiment,
        r.thread_id,
        r.kind,
        tuple(read.cite(p) for p in said),
        tuple(c.record.record_id for c in copies),
    )


def summary(read: ReadRecord) -> list[Passage]:
    """Return the sentences that stand for a record: its author's first two; of a record without sentences its first line."""
    out: list[Passage] = []
    for sentence in sentences(read):
        out.append(sentence)
        if len(out) == SUMMARY_SENTENCES or sum(len(p.quote) for p in out) > SUMMARY_CHARS:
            break
    first = lead(read)
    return out or ([first] if first else [])
