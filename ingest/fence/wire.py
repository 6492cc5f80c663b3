"""What crosses the fence. MessagePack decoded into these types and nothing else, so whoever took over a worker can only send data.

A frame is four bytes of length, big-endian, then that many bytes.  Outcomes travel as triples, since a decoder can tell only one
dataclass from a place; paths travel as bytes, since names of files need not be Unicode.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import msgspec

from archive.model.client import Client
from archive.model.correction import Said
from archive.model.extracted import Child, Extracted, Identified, Mail, Page, Participant, QuotedMail, Segment, Table, Unread
from archive.model.fact import Enriched
from archive.model.outcome import Code, Done, Failed, Outcome, Retry, Skipped, Step
from archive.settings import Limits
from ingest.given import Given

PREFIX_BYTES = 4
Triple = tuple[str, str, str]
_CODES = frozenset(get_args(Code))


# ---------------------------------------------------------------- what callers give and get

@dataclass(frozen=True, slots=True)
class Job:
    """One item to be read: bytes, or a file to be opened by the worker. `key` comes back with every event.

    Kind `enrich` only learns anew from what was read before (`extracted`, `identified`).
    """
    key: str
    given: Given
    content: bytes | None = None
    file: str | None = None
    kind: Literal["extract", "enrich"] = "extract"
    extracted: Extracted | None = None
    identified: Identified | None = None


@dataclass(frozen=True, slots=True)
class ChildFound:
    """A member was found in the item with this key, which has this format. It comes before the item's `Finished`."""
    key: str
    part: Child | Unread
    format: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """All that will be learned of this item. `outcomes` has the steps identify, extract and enrich as far as they were begun."""
    key: str
    identified: Identified
    extracted: Extracted
    enriched: Enriched | None
    outcomes: Mapping[Step, Outcome]


Event = ChildFound | Finished


# ---------------------------------------------------------------- frames to a worker

class Read(msgspec.Struct, frozen=True, array_like=True):
    """`Extracted` with its outcome as a triple."""
    outcome: Triple
    text: str
    pages: tuple[Page, ...]
    segments: tuple[Segment, ...]
    tables: tuple[Table, ...]
    participants: tuple[Participant, ...]
    subject: str
    mail: Mail | None
    created_at: str
    metadata: dict[str, str]
    extractor: str
    container: bool
    conversation: str = ""
    quoted: tuple[QuotedMail, ...] = ()


class Setup(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """First frame to a worker: what is the same for all items, and modules of further extractors with where they lie."""
    clients: tuple[Client, ...]
    limits: Limits
    modules: tuple[str, ...]
    module_paths: tuple[str, ...]
    own_domains: tuple[str, ...] = ()


class Task(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """One item. `avoid` and `had`: extractors that died on it, and the members handed on before they did."""
    number: int
    kind: str
    name: bytes
    path: bytes
    inner: bytes | None
    declared_mime: str
    modified_at: str
    client_given: str
    parent_format: str
    depth: int
    passwords: tuple[str, ...]
    content: bytes | None
    file: bytes | None
    read: Read | None
    identified: Identified | None
    avoid: tuple[str, ...]
    had: tuple[str, ...]
    people: tuple[tuple[str, str, str], ...] = ()
    said: Said | None = None


# ---------------------------------------------------------------- frames from a worker

class Ready(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The worker is confined and waits."""


class Opened(msgspec.Struct, frozen=True, array_like=True):
    """A reader begins. It is no frame but stands in memory that both share, and is looked at when the reader never ends."""
    number: int
    identified: Identified
    extractor: str


class Member(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A child with its bytes, or without and why; `format` is that of what it was found in."""
    number: int
    child: Child | None
    inner: str
    outcome: Triple | None
    format: str


class Result(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """The end of one item. `leaving`: the worker reads nothing more and wants to be replaced."""
    number: int
    identified: Identified
    read: Read
    enriched: Enriched | None
    identify: Triple
    enrich: Triple | None
    leaving: bool


ToWorker = Setup | Task
FromWorker = Ready | Member | Result

encoder = msgspec.msgpack.Encoder()
to_worker = msgspec.msgpack.Decoder(ToWorker)
from_worker = msgspec.msgpack.Decoder(FromWorker)
opened = msgspec.msgpack.Decoder(Opened)


def frame(message: ToWorker | FromWorker) -> bytes:
    """Return a message as a frame."""
    buffer = bytearray(PREFIX_BYTES)
    encoder.encode_into(message, buffer, PREFIX_BYTES)
    buffer[:PREFIX_BYTES] = (len(buffer) - PREFIX_BYTES).to_bytes(PREFIX_BYTES, "big")
    return bytes(buffer)


def largest(limits: Limits) -> int:
    """Return how many bytes a frame may have: an item, its text and tables, and room for names."""
    return min(limits.item_bytes + limits.text_chars * 16 + (64 << 20), (1 << 32) - 1)


# ---------------------------------------------------------------- to and from the model

def triple(outcome: Outcome) -> Triple:
    match outcome:
        case Done(note):
            return ("done", "", note)
        case Skipped(code, reason):
            return ("skipped", code, reason)
        case Retry(code, cause):
            return ("retry", code, cause)
        case Failed(code, cause):
            return ("failed", code, cause)


def outcome_of(triple: Triple) -> Outcome:
    """Return the outcome that a triple says. An unknown code is damage: no worker of ours sends one."""
    kind, sent, words = triple
    code: Code = sent if sent in _CODES else "damaged"  # type: ignore[assignment]
    match kind:
        case "done":
            return Done(words)
        case "skipped":
            return Skipped(code, words)
        case "retry":
            return Retry(code, words)
        case _:
            return Failed(code, words)


def read_of(e: Extracted) -> Read:
    return Read(triple(e.outcome), e.text, e.pages, e.segments, e.tables, e.participants, e.subject, e.mail, e.created_at, e.metadata,
                e.extractor, e.container, e.conversation, e.quoted)


def extracted_of(r: Read) -> Extracted:
    return Extracted(outcome_of(r.outcome), r.text, r.pages, r.segments, r.tables, r.participants, r.subject, r.mail, r.created_at,
                     r.metadata, r.extractor, r.container, r.conversation, r.quoted)


def task_of(number: int, job: Job, avoid: tuple[str, ...], had: tuple[str, ...]) -> Task:
    g = job.given
    return Task(number, job.kind, _raw(g.name), _raw(g.path), None if g.inner is None else _raw(g.inner), g.declared_mime, g.modified_at,
                g.client_given, g.parent_format, g.depth, g.passwords, job.content, None if job.file is None else _raw(job.file),
                None if job.extracted is None else read_of(job.extracted), job.identified, avoid, had, g.people, g.said)


def given_of(t: Task) -> Given:
    return Given(named(t.name), named(t.path), None if t.inner is None else named(t.inner), t.declared_mime, t.modified_at, t.client_given,
                 t.parent_format, t.depth, t.passwords, t.people, t.said)


def member_of(number: int, part: Child | Unread, found_in: str) -> Member:
    if isinstance(part, Child):
        return Member(number, part, "", None, found_in)
    return Member(number, None, part.inner, triple(part.outcome), found_in)


def part_of(m: Member) -> Child | Unread:
    return m.child if m.child is not None else Unread(m.inner, outcome_of(m.outcome or ("failed", "damaged", "")))


def named(raw: bytes) -> str:
    """Return a name as Python writes names of files that are not Unicode (PEP 383)."""
    return raw.decode("utf-8", "surrogateescape")


def _raw(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")
