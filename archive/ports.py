"""The doors of the kernel. One suite in tests/contracts/ holds all adapters of a port to the same behaviour."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from archive.model.client import Client
from archive.model.custody import ChainedEvent, Event
from archive.model.digest import Digest, ObjectKey
from archive.model.extracted import Extracted, Identified, QuotedMail
from archive.model.fact import Enriched
from archive.model.item import Item, Place
from archive.model.outcome import Outcome, Step
from archive.model.query import IndexEntry, IndexHits, Query, SearchRequest
from archive.model.record import ReadRecord, Record
from archive.model.run import Accounted, Breakdown, Retrying, RunReport, Tally, Trouble
from archive.model.viewer import Viewer


class Clock(Protocol):
    def now(self) -> datetime:
        """Return the present moment with its zone (UTC)."""


# ---------------------------------------------------------------- objects

@dataclass(frozen=True, slots=True)
class NewObject:
    """Bytes to be stored under a key; `digest` is theirs and is verified on the way."""
    key: ObjectKey
    content: bytes
    digest: Digest


@dataclass(frozen=True, slots=True)
class StoredObject:
    """`created` is False when the same bytes were held under that key before."""
    key: ObjectKey
    size_bytes: int
    created: bool


@dataclass(frozen=True, slots=True)
class Intact:
    """The stored bytes have the digest."""
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The stored bytes have another digest, or are gone (`found` None): an alarm."""
    found: Digest | None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """The store could not be asked: patience, not an alarm."""
    cause: str


FixityResult = Intact | Mismatch | Unchecked


class ObjectStore(Protocol):
    """Write-once objects. There is no way to change or delete one: disposition has a port of its own."""

    def put(self, key: ObjectKey, content: BinaryIO, digest: Digest) -> StoredObject:
        """Store a stream under a key, durably, before returning.

        Raises Conflict when other bytes are held under the key, IntegrityBroken when the stream does not have the digest
        (nothing is kept then), StoreFull, Unavailable.
        """

    def put_all(self, objects: Sequence[NewObject]) -> list[StoredObject]:
        """Store many small objects, durably, before returning; the same rules as `put`, in the order given."""

    def open(self, key: ObjectKey) -> BinaryIO:
        """Return the bytes as a stream. Raises NotFound, Unavailable."""

    def local_path(self, key: ObjectKey) -> Path | None:
        """Return a file that holds the bytes, to be read only, or None where the store keeps none on this machine."""

    def check(self, key: ObjectKey, digest: Digest) -> FixityResult:
        """Read the object back whole and compare its digest. Never raises for what it finds."""

    def keys(self, prefix: str) -> Iterator[ObjectKey]:
        """Return all keys that begin so, in ascending order of characters. Raises Unavailable."""


# ---------------------------------------------------------------- index

@dataclass(frozen=True, slots=True)
class IndexHealth:
    """`detail` is for an operator, without addresses or secrets."""
    ready: bool
    detail: str


POINT_SECONDS = 900
"""How long a state of the index is kept after it was last asked."""


class SearchIndex(Protocol):
    """A search engine with versions behind one name. Entries are upserted by `record_id`; `commit` makes them durable and visible.

    All methods raise Unavailable when the engine cannot be reached.
    """

    def versions(self) -> list[str]: ...

    def current(self) -> str | None:
        """Return the version that searches use, None before the first switch."""

    def create(self, version: str) -> None:
        """Make an empty version from the mapping of today. Raises Conflict when it is there."""

    def switch(self, version: str) -> None:
        """Let searches use this version from now on: one atomic step, no search fails meanwhile."""

    def drop(self, version: str) -> None:
        """Remove a version that is not current."""

    def upsert(self, version: str, entries: Sequence[IndexEntry]) -> None:
        """Write entries. Raises Incomplete, whose `refused` names the record_ids that the engine did not take; the others are written."""

    def delete(self, version: str, record_ids: Sequence[str]) -> None: ...

    def commit(self, version: str) -> None:
        """Make what was written durable and visible to searches that begin later."""

    def search(self, request: SearchRequest, version: str | None = None) -> IndexHits:
        """Return the hits in the order asked for, `total` exact. `version` None means the current one.

        Raises Expired for a `point` that is no longer kept: POINT_SECONDS after it was last asked, or when its version was dropped (on
        Elasticsearch).
        """

    def frequencies(self, field: str, tokens: Sequence[str], permitted: Query) -> dict[str, int]:
        """Return how many of the permitted entries have each of these tokens in a field of words."""

    def values(self, query: Query, permitted: Query, field: str) -> Iterator[str]:
        """Return the different values of a keyword field that the matching entries have, ascending."""

    def facets(self, query: Query, permitted: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        """Return for each keyword field its values with their counts among the matching entries, most frequent first, then by value."""

    def count(self, query: Query, version: str | None = None) -> int: ...

    def ids(self, query: Query, version: str | None = None) -> Iterator[str]:
        """Return the record_ids of all matching entries, ascending."""

    def health(self) -> IndexHealth: ...

    def close(self) -> None: ...


# ---------------------------------------------------------------- language model

class LanguageModel(Protocol):
    """A language model that proposes facts; off unless an address is set."""
    name: str
    address: str
    """Where questions go: scheme, host, port and path, without any secret."""

    def answer(self, instructions: str, question: str) -> str:
        """Return what the model says, as it says it: hostile text, of a bounded size.

        Raises Unavailable when it does not answer in time or not at all, TooLarge when it says more than is taken, BadAnswer when what came back
        is no answer of this protocol.
        """


# ---------------------------------------------------------------- catalogue

@dataclass(frozen=True, slots=True)
class Known:
    """An item that is held; `named` when the path was known to lead to it."""
    record_id: str
    named: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An item that is stored and still has to be read; `parent_format` is the short format name of its parent, or ""."""
    item: Item
    parent_format: str


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """A mail that a held one quotes and that is not held itself: `words` are the quoted ones, as they stand in the quoting item's text."""
    item: Item
    ordinal: int
    quote: QuotedMail
    subject: str
    words: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one item gave, ready to be kept. `unread` are members whose bytes could not be had."""
    record_id: str
    mime: str
    format: str
    format_basis: str
    extracted: Extracted
    enriched: Enriched | None
    outcomes: Mapping[Step, Outcome]


@dataclass(frozen=True, slots=True)
class Changed:
    """A record whose index entry has to be written anew, at `seq` of the change log. Only `record`, `text`, `facts` and `tags` of it are filled."""
    seq: int
    read: ReadRecord


@dataclass(frozen=True, slots=True)
class ApiKey:
    key_id: str
    label: str
    viewer: Viewer
    expires_at: str
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which records are asked for; empty means any."""
    clients: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    record_types: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()
    family_ids: tuple[str, ...] = ()
    thread_ids: tuple[str, ...] = ()
    containers: bool = False


@dataclass(frozen=True, slots=True)
class LooseEnd:
    """Rows of the catalogue that should come together and do not: it was damaged, or changed from outside."""
    kind: Literal["record_without_item", "item_without_record"]
    record_id: str


class Catalogue(Protocol):
    """What is known about items, as rows: with the objects, the truth. Every write is one transaction with its custody events.

    All methods raise Unavailable when the database cannot be reached, StoreFull when it cannot grow.
    """

    # runs and the count proof
    def begin_run(self, source: str, paths: Sequence[str], actor: str, custodian: str, client_given: str) -> str:
        """Open a run and return its run_id; runs that were left open by a dead process become `interrupted`."""

    def end_run(self, run_id: str, status: Literal["finished", "interrupted"], met: int) -> RunReport:
        """Close a run. `met` is what the pipeline counted by itself; the report compares it with the rows that were kept."""

    def refuse(self, run_id: str, troubles: Sequence[tuple[Trouble, str | None]]) -> int:
        """Keep that these were met and could not be had at all; beside each the record_id of the parent that it lies in, or None.

        Returns how many of them this run had not met before.
        """

    def run_report(self, run_id: str, *, listed: bool = True) -> RunReport:
        """Return what a run met; `listed` False leaves out the list of troubles, which may be long. Raises NotFound."""

    def runs(self) -> list[str]:
        """Return the run_ids, oldest first."""

    def tallies(self, scope: str = "", by: Breakdown | None = None) -> list[Tally]:
        """Return the counts of a run, of every run ("") or of what is held now (HELD), in no order. They add up to the items there are."""

    def accounted(self, scope: str, troubled: bool = False) -> Iterator[Accounted]:
        """Return every item of a run, or of what is held now (HELD): items in the order in which they came, then what could not be had.

        `troubled` leaves out all but those that were skipped or failed.
        """

    def count_lost(self) -> int:
        """Return how many things that were met cannot be had as things stand."""

    def count_waiting(self) -> int:
        """Return how many items still have to be read."""

    # taking in
    def known(self, places: Sequence[tuple[Place, Digest]]) -> list[Known | None]:
        """Return for each place with these bytes under what it is held, None for a new one."""

    def held_below(self, prefix: str) -> dict[str, str]:
        """Return the canonical names that begin so of items that lie in no other, each with its record_id (the latest where bytes differ)."""

    def take_in(self, run_id: str, items: Sequence[Item], held: Sequence[tuple[str, Place]]) -> int:
        """Keep new items, and for those held already that they were met again (and by which further path).

        A file that is held already stands for all that was found inside it.  Returns how many items were met by this call.
        """

    def claim(self, limit: int, owner: str) -> list[Pending]:
        """Return items that still have to be read, in the order in which they came, and lease them to `owner` (`host:pid`).

        A lease ends with the reading, with the death of its owner on this host, or after an hour.
        """

    def release(self, owner: str) -> None:
        """Give back what this owner has claimed and not read."""

    def retry(self, run_id: str, wanted: Retrying) -> int:
        """Make items whose reading did not go well pending again, and those of which a member could not be had; return how many."""

    def keep(self, run_id: str, readings: Sequence[Reading]) -> None:
        """Keep what reading gave, and draw what follows for families, threads, copies and clients (`archive.relations`)."""

    def readings(self, after: str, limit: int) -> list[tuple[Item, Identified, Extracted]]:
        """Return items that were read with what was extracted, in order of record_id, to learn from them anew."""

    def open_quotes(self) -> list[OpenQuote]:
        """Return quotes of mails that are not held, one for each such mail, some at a time; those of held mails are closed on the way."""

    def close_quotes(self, quotes: Sequence[OpenQuote]) -> None:
        """Keep that these were looked at, whatever came of it."""

    # the change log that feeds the index
    def exclusive(self, name: str) -> AbstractContextManager[None]:
        """Hold a lock that one process at a time can have (`feed`: writing to the index), waiting for it."""

    def changes(self, after: int, limit: int) -> list[Changed]: ...

    def last_change(self) -> int: ...

    def watermark(self, version: str) -> int: ...

    def set_watermark(self, version: str, seq: int) -> None: ...

    # reading
    def record(self, record_id: str, viewer: Viewer) -> Record:
        """Raises NotFound, also for a record that the viewer may not see."""

    def read_record(self, record_id: str, viewer: Viewer) -> ReadRecord: ...

    def records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[Record]:
        """Return records in order of date, then source path, then ordinal."""

    def read_records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[ReadRecord]: ...

    def texts(self, record_ids: Sequence[str], viewer: Viewer) -> dict[str, str]: ...

    def audiences(self) -> list[tuple[str, ...]]:
        """Return the distinct sets of clients that records have (sorted ids), for the access filter."""

    def item(self, record_id: str, viewer: Viewer) -> Item:
        """Return the item behind a record, or a container (only to who may see everything). Raises NotFound."""

    def items(self) -> Iterator[Item]:
        """Return every item, containers too, in order of record_id."""

    def count_records(self) -> int:
        """Return how many records the index should hold."""

    def count_items(self) -> int: ...

    # compared with the objects and the index
    def marks(self) -> Iterator[tuple[str, int]]:
        """Return every record_id with the number of its last change, in order of record_id."""

    def further_names(self) -> Iterator[tuple[str, Digest, str]]:
        """Return (record_id, digest, path) for every further path under which a file of its own was met."""

    def items_of(self, record_ids: Sequence[str]) -> list[Item]:
        """Return those of these items that the catalogue has, read or not, in no order."""

    def loose_ends(self) -> Iterator[LooseEnd]:
        """Return where the catalogue contradicts itself; what still waits to be read is no contradiction."""

    # clients
    def import_clients(self, clients: Sequence[Client], actor: str, digest: Digest) -> int: ...

    def clients(self, viewer: Viewer) -> list[Client]: ...

    def client(self, client_id: str, viewer: Viewer) -> Client: ...

    def state_of(self, client_id: str) -> str:
        """Return a value that is another one after every change of a record about the client, coming or going. It tells nothing of them."""

    # custody and keys
    def log(self, events: Iterable[Event]) -> None:
        """Append events to the custody log, chained, durable before returning."""

    def custody(self, after: int = 0, subject: str | None = None) -> Iterator[ChainedEvent]: ...

    def add_key(self, label: str, secret_sha256: str, viewer: Viewer, expires_at: str) -> ApiKey: ...

    def key(self, secret_sha256: str) -> ApiKey | None: ...

    def keys(self) -> list[ApiKey]: ...

    def revoke_key(self, key_id: str, actor: str) -> None: ...

    def health(self) -> IndexHealth: ...

    def close(self) -> None: ...
