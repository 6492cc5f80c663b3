"""The whole archive: originals against digests, items against originals and origin statements and back, the custody log against its chain and its
exported segments, the index against the catalogue."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from archive.errors import CasetrailError, NotFound
from archive.model.custody import GENESIS, ChainedEvent, link_digest
from archive.model.digest import CUSTODY_PREFIX, ORIGINALS_PREFIX, Digest, ObjectKey, lists_as_named, origin_key, original_key
from archive.model.item import Item, Place
from archive.ports import Intact, LooseEnd, Mismatch, ObjectStore, Unchecked
from evidence.acts_check import ActStated, check_acts
from evidence.agreement import IndexAgreement
from evidence.verdict import Finding, Status, alarm, note, shown, status_of, told, unchecked

STATEMENT_BYTES = 1 << 20
"""No origin statement is larger; more is not read."""

LIST_BYTES = 1 << 30
"""Nor is a list of them."""

FINDINGS_KEPT = 1000
"""Further findings are counted, not kept: an archive whose disk is gone would have one for each item."""

FIXITY = frozenset({"mismatch", "size", "original", "origin", "act"})
"""Codes of what is seen only when bytes are read."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One thing that was mended: `code` of the finding, `subject` the record, key or version, `what` one sentence for people."""

    code: str
    subject: str
    what: str

    def as_json(self) -> dict[str, str]:
        return {"code": self.code, "subject": self.subject, "what": self.what}


@dataclass(slots=True)
class Differences:
    """What differs and can perhaps be mended.

    `originals` are items whose bytes are gone, `statements` items whose origin statement is.  `stated` are keys of statements, or of lists of
    them, of which the catalogue does not know the item, or not by that name.  `uncopied` are ranges of custody events, both ends included,
    that lie before others of which the store has a copy, and have none.  `acts` are keys of statements of acts of people that are not there.
    `index` is None where it was not or could not be compared.
    """

    originals: list[Item] = field(default_factory=list)
    statements: list[Item] = field(default_factory=list)
    stated: list[ObjectKey] = field(default_factory=list)
    loose: list[LooseEnd] = field(default_factory=list)
    uncopied: list[tuple[int, int]] = field(default_factory=list)
    index: IndexAgreement | None = None
    acts: list[ObjectKey] = field(default_factory=list)

    @property
    def any(self) -> bool:
        differs = self.originals or self.statements or self.stated or self.loose or self.uncopied or self.acts
        return bool(differs) or not (self.index is None or self.index.agrees)


@dataclass(frozen=True, slots=True)
class ArchiveVerdict:
    """`originals` were read whole and compared (looked for only, where `fast`), `statements` origin statements read, `events` links of the custody
    chain computed anew, `compared` index entries compared in their content.

    `head` is the digest of the last event: written down elsewhere, it shows later that the log was not cut short since.
    `findings_total` counts those beyond FINDINGS_KEPT too.  `behind` records wait to be written to the index.
    """

    findings: tuple[Finding, ...]
    findings_total: int
    status: Status
    items: int
    originals: int
    bytes_read: int
    statements: int
    events: int
    head: str
    index_count: int | None
    catalogue_count: int | None
    compared: int = 0
    behind: int = 0
    fast: bool = False
    repairs: tuple[Repair, ...] = ()
    differences: Differences = field(default_factory=Differences, compare=False)

    @property
    def intact(self) -> bool:
        return self.status == "intact"

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "intact": self.intact,
            "fast": self.fast,
            "items": self.items,
            "originals_checked": self.originals,
            "bytes_checked": self.bytes_read,
            "origin_statements": self.statements,
            "custody_events": self.events,
            "custody_head": self.head or None,
            "index_count": self.index_count,
            "catalogue_count": self.catalogue_count,
            "entries_compared": self.compared,
            "index_behind": self.behind,
            "repaired": [r.as_json() for r in self.repairs],
            "findings_total": self.findings_total,
            "findings": [f.as_json() for f in self.findings],
        }

    def report(self) -> str:
        how = "looked for" if self.fast else f"({self.bytes_read} bytes) read and compared"
        counted = (
            f"{self.items} items, {self.originals} originals {how}, {self.statements} origin statements, "
            f"{self.events} custody events" + (f", the last {self.head}" if self.head else "") + f", {self.compared} index entries compared"
        )
        text = told(self.status, self.findings, counted)
        more = self.findings_total - len(self.findings)
        mended = "".join(f"  mended: {shown(r.subject)}: {shown(r.what)}\n" for r in self.repairs)
        return text + (f"  and {more} further findings\n" if more else "") + mended


class _Findings:
    def __init__(self) -> None:
        self.kept: list[Finding] = []
        self.worst: dict[str, Finding] = {}
        self.total = 0

    def add(self, finding: Finding) -> None:
        self.total += 1
        self.worst.setdefault(finding.level, finding)
        if len(self.kept) < FINDINGS_KEPT:
            self.kept.append(finding)


def verify_archive(
    items: Iterable[Item],
    objects: ObjectStore,
    custody: Iterable[ChainedEvent],
    index_count: int | None,
    catalogue_count: int | None,
    progress: Callable[[int], None] | None = None,
    *,
    fast: bool = False,
    names: Iterable[tuple[str, Digest, str]] = (),
    loose: Iterable[LooseEnd] = (),
    index: IndexAgreement | None = None,
    held: Callable[[str], bool] = lambda record_id: False,
    acts: Iterable[ActStated] = (),
) -> ArchiveVerdict:
    """Return what a check of the archive found. Never raises for what it finds; a store that cannot be asked is "could not check".

    Originals are read whole, once for each digest, and origin statements too; `fast` sees only whether they are there.  `index_count` and
    `catalogue_count` are how many records each holds, None when it could not be asked; `index` is what comparing them gave.  `names` are the
    further paths under which files were met, `acts` what people did.  `held` says whether the catalogue has an item by now, where it seemed not to.

    `progress` is told the number of items after each.  In memory stay the digests and the statements, about 200 bytes an item.
    """
    findings, differences = _Findings(), Differences(index=index)
    store = _Stored(objects, findings)
    seen: set[bytes] = set()
    ids: set[bytes] = set()
    read_bytes = statements = count = 0
    for item in items:
        count += 1
        ids.add(bytes.fromhex(item.record_id))
        if (key := bytes.fromhex(item.digest)) not in seen:
            seen.add(key)
            if not (fast and store.holds(key)):
                read_bytes += _original(item, objects, findings, differences)
        listed = store.listed(item)
        place = store.take(item.record_id, item.place.path)
        statements += listed or (fast and place)
        if not listed and not (fast and place):
            statements += _statement(item, objects, findings, differences)
        if progress is not None:
            progress(count)
    _further(names, store, objects, findings, differences)
    unknown = {record_id for record_id in store.record_ids() if record_id not in ids}
    events, head, had = _chain(custody, objects, findings, differences, {record_id.hex() for record_id in unknown})
    _unaccounted(store, objects, seen, {record_id for record_id in had if not held(record_id)}, findings, differences)
    for finding, stated in check_acts(acts, objects, fast):
        findings.add(finding)
        differences.acts += [stated] if stated else []
    for end in loose:
        differences.loose.append(end)
        findings.add(_loose(end))
    for finding in _counts(index_count, catalogue_count) if index is None else _index(index):
        findings.add(finding)
    return ArchiveVerdict(
        tuple(findings.kept),
        findings.total,
        status_of(findings.worst.values()),
        count,
        len(seen),
        read_bytes,
        statements,
        events,
        head,
        index_count,
        catalogue_count,
        index.compared if index else 0,
        index.behind if index else 0,
        fast,
        (),
        differences,
    )


class _Stored:
    """What the store lists: the digests of originals, and which statements there are, as record_id and place (14 bytes).

    Statements that stand in a list are read with it: of them the digest of the original is known, and the key of the list.
    """

    def __init__(self, objects: ObjectStore, findings: _Findings) -> None:
        self._digests: set[bytes] = set()
        self._statements: set[bytes] = set()
        self._listed: dict[bytes, tuple[bytes, ObjectKey]] = {}
        try:
            for key in objects.keys(ORIGINALS_PREFIX):
                digest, statement = _parts(key)
                if statement:
                    self._statements.add(statement)
                elif digest:
                    self._digests.add(digest)
                elif key.endswith(".jsonl"):
                    self._list(key, objects, findings)
        except CasetrailError as error:
            findings.add(unchecked("listing", ORIGINALS_PREFIX, f"the store could not be listed: {error}"))

    def _list(self, key: ObjectKey, objects: ObjectStore, findings: _Findings) -> None:
        """Read a list of statements. One that is not as its name says is an alarm, and what it states does not count."""
        try:
            with objects.open(key) as stream:
                content = stream.read(LIST_BYTES)
        except (CasetrailError, OSError) as error:
            findings.add(unchecked("origin", key, f"the list of origin statements could not be read: {error}"))
            return
        if not lists_as_named(key, content):
            findings.add(alarm("origin", key, "the list of origin statements is not as it was written"))
            return
        for line in content.splitlines():
            with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                stated = json.loads(line)
                name = _name(stated["record_id"], stated["path"])
                self._listed[name] = (bytes.fromhex(stated["sha256"]), key)
                self._statements.add(name)

    def holds(self, digest: bytes) -> bool:
        return digest in self._digests

    def listed(self, item: Item) -> bool:
        """Say whether a list states this item under this path, with these bytes."""
        return self._listed.get(_name(item.record_id, item.place.path), (b"",))[0] == bytes.fromhex(item.digest)

    def take(self, record_id: str, path: str) -> bool:
        """Say whether there is a statement of this item under this path, and strike it off the list."""
        name = _name(record_id, path)
        there = name in self._statements
        self._statements.discard(name)
        return there

    def record_ids(self) -> Iterator[bytes]:
        """Yield the record_ids of the statements that are left."""
        return (statement[:10] for statement in self._statements)

    def left(self, objects: ObjectStore) -> Iterator[tuple[bytes, bytes, ObjectKey]]:
        """Yield the statements that are left: record_id, digest of the original, and the object that holds it."""
        for statement in sorted(self._statements & self._listed.keys()):
            yield statement[:10], *self._listed[statement]
        if self._statements - self._listed.keys():
            for key in objects.keys(ORIGINALS_PREFIX):
                digest, statement = _parts(key)
                if statement in self._statements and statement not in self._listed:
                    yield statement[:10], digest, key


def _name(record_id: str, path: str) -> bytes:
    """Return what a statement of this item under this path is known by."""
    return _parts(origin_key(Digest("0" * 64), record_id, path))[1]


def _parts(key: ObjectKey) -> tuple[bytes, bytes]:
    """Return the digest in a key, and record_id and place where it is that of a statement; empty for a name of no such form."""
    digest, *rest = key.rsplit("/", 1)[-1].split(".")
    statement = _hex(rest[0] + rest[1]) if len(rest) == 3 and rest[2] == "json" and len(rest[0]) == 20 and len(rest[1]) == 8 else b""
    return _hex(digest) if not rest or statement else b"", statement


def _original(item: Item, objects: ObjectStore, findings: _Findings, differences: Differences) -> int:
    match objects.check(original_key(item.digest), item.digest):
        case Intact(size_bytes):
            if size_bytes != item.size_bytes:
                findings.add(alarm("size", item.record_id, f"the original has {size_bytes} bytes, the catalogue says {item.size_bytes}"))
            return size_bytes
        case Mismatch(None):
            findings.add(alarm("missing", item.record_id, f"the original {item.digest} is gone from the store: {_named(item)}"))
            differences.originals.append(item)
        case Mismatch(found):
            findings.add(alarm("mismatch", item.record_id, f"the original should have SHA-256 {item.digest} and has {found}: {_named(item)}"))
        case Unchecked(cause):
            findings.add(unchecked("original", item.record_id, f"the original could not be read: {cause}"))
    return 0


def _named(item: Item) -> str:
    inner = f" > {item.place.inner}" if item.place.inner else ""
    return f"{item.place.path}{inner}, {item.size_bytes} bytes"


def _statement(item: Item, objects: ObjectStore, findings: _Findings, differences: Differences) -> int:
    """Check that the origin statement of an item is there and speaks of it; return how many were read (1 or 0)."""
    try:
        with objects.open(origin_key(item.digest, item.record_id, item.place.path)) as stream:
            content = stream.read(STATEMENT_BYTES)
    except NotFound:
        findings.add(alarm("no_origin", item.record_id, "the origin statement is gone from the store"))
        differences.statements.append(item)
        return 0
    except (CasetrailError, OSError) as error:
        findings.add(unchecked("origin", item.record_id, f"the origin statement could not be read: {error}"))
        return 0
    try:
        stated = json.loads(content)
        agrees = stated["record_id"] == item.record_id and stated["sha256"] == item.digest
    except (ValueError, KeyError, TypeError, RecursionError):
        agrees = False
    if not agrees:
        findings.add(alarm("origin", item.record_id, "the origin statement is not one of this item"))
    return 1


def _further(
    names: Iterable[tuple[str, Digest, str]], store: _Stored, objects: ObjectStore, findings: _Findings, differences: Differences
) -> None:
    """See that a file which was met under further paths has a statement for each."""
    for record_id, digest, path in names:
        if store.take(record_id, path):
            continue
        try:
            objects.open(origin_key(digest, record_id, path)).close()
        except NotFound:
            findings.add(alarm("no_origin", record_id, f"the origin statement for {path} is gone from the store"))
            differences.statements.append(_bare(record_id, digest, path))
        except (CasetrailError, OSError) as error:
            findings.add(unchecked("origin", record_id, f"the origin statement could not be read: {error}"))


def _bare(record_id: str, digest: Digest, path: str) -> Item:
    """Return an item of which only this is known; who mends asks the catalogue for the rest."""
    return Item(record_id, digest, 0, Place(path, ""), "", "", "", None, record_id, 0, 0, "", "", "", "")


def _unaccounted(
    store: _Stored, objects: ObjectStore, seen: set[bytes], had: set[str], findings: _Findings, differences: Differences
) -> None:
    """Name what is kept and unknown to the catalogue.

    What the custody log says was taken in is lost from the catalogue: an alarm.  The rest was kept by a run that died before it wrote the
    catalogue: a note, since the next run takes it up.
    """
    stated: set[bytes] = set()
    holding: dict[ObjectKey, None] = {}     # a list holds several
    try:
        for record_id, digest, key in store.left(objects):
            stated.add(digest)
            holding[key] = None
            if record_id.hex() in had:
                findings.add(alarm("lost_item", record_id.hex(), f"it was taken in and stands in the store ({key}), and the catalogue does not have it"))
            else:
                findings.add(note("unaccounted", key, "the store states an item, or a name of one, that the catalogue does not have; " + _AGAIN))
        for key in objects.keys(ORIGINALS_PREFIX):
            digest, statement = _parts(key)
            if digest and not statement and digest not in seen and digest not in stated:
                findings.add(note("unaccounted", key, "it is kept and no item in the catalogue has it; " + _AGAIN))
    except CasetrailError as error:
        findings.add(unchecked("listing", ORIGINALS_PREFIX, f"the store could not be listed: {error}"))
    differences.stated += holding


_AGAIN = "repeat the ingest run that was broken off"


def _loose(end: LooseEnd) -> Finding:
    what = {"record_without_item": "the catalogue has a record of it and not the item itself",
            "item_without_record": "it counts as read and the catalogue has no record of it"}
    return alarm(end.kind, end.record_id, what[end.kind])


def _index(index: IndexAgreement) -> Iterator[Finding]:
    if index.version is None:
        if index.records:
            yield alarm("no_index", "index", f"there is no search index for {index.records} records; `casetrail reindex` builds one")
        return
    for record_id in index.missing:
        yield alarm("no_entry", record_id, "the index has no entry of this record")
    for record_id in index.superfluous:
        yield alarm("superfluous_entry", record_id, "the index has an entry of a record that the catalogue does not have")
    for record_id in index.stale:
        yield alarm("stale_entry", record_id, "the index entry does not say what the catalogue says")
    if index.uncompared:
        yield unchecked("entries", "index", f"its entries could not be compared ({index.uncompared}); `casetrail reindex` builds it anew")
    if index.behind:
        yield note("catching_up", "index", f"{index.behind} records have changed since it was written last; the next ingest or `casetrail worker` writes them")


def _chain(
    custody: Iterable[ChainedEvent], objects: ObjectStore, findings: _Findings, differences: Differences, unknown: set[str]
) -> tuple[int, str, set[str]]:
    """Follow the chain from its beginning, beside the segments that were copied to the store.

    Returns its length, its last digest, and which of the `unknown` record_ids it says were taken in.
    """
    count, previous, expected = 0, GENESIS, 1
    had: set[str] = set()
    copied = _copied(objects, findings)
    copy = next(copied, None)
    uncopied: list[int] = []
    for link in custody:
        count += 1
        subject = f"custody event {link.seq}"
        if link.seq != expected:
            findings.add(alarm("hole", subject, f"event {expected} should come here"))
        if link.previous != previous:
            findings.add(alarm("chain", subject, "it does not follow on the event before it"))
        if link_digest(link.seq, link.at, link.event, link.previous) != link.digest:
            findings.add(alarm("chain", subject, "its digest does not match what it says"))
        if link.event.action == "taken_in" and link.event.subject in unknown:
            had.add(link.event.subject)
        while copy is not None and copy[0] < link.seq:
            findings.add(alarm("hole", f"custody event {copy[0]}", "the store has a copy of it and the log does not have it"))
            copy = next(copied, None)
        if copy is not None and copy[0] == link.seq:
            if copy[1] != link.digest:
                findings.add(alarm("chain", subject, "the copy of it in the store has another digest"))
            copy = next(copied, None)
        elif copy is not None:
            uncopied.append(link.seq)
        previous, expected = link.digest, link.seq + 1
    while copy is not None:
        findings.add(alarm("hole", f"custody event {copy[0]}", "the store has a copy of it and the log ends before it"))
        copy = next(copied, None)
    for first, last in _ranges(uncopied):
        differences.uncopied.append((first, last))
        findings.add(alarm("uncopied", f"custody events {first} to {last}", "the store has a copy of later ones and none of these"))
    return count, previous if count else "", had


def _ranges(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield runs of numbers that follow on one another, as (first, last)."""
    first = last = 0
    for number in numbers:
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield first, last
        first = last = number
    if first:
        yield first, last


def _copied(objects: ObjectStore, findings: _Findings) -> Iterator[tuple[int, str]]:
    """Yield number and digest of the events in the segments kept in the store, in order; two writers may have copied the same ones."""
    last = 0
    try:
        for key in objects.keys(CUSTODY_PREFIX):
            with objects.open(key) as stream:
                for raw in stream:
                    if raw.strip():
                        stated = json.loads(raw)
                        if int(stated["seq"]) > last:
                            last = int(stated["seq"])
                            yield last, str(stated["digest"])
    except (CasetrailError, OSError) as error:
        findings.add(unchecked("custody_copy", CUSTODY_PREFIX, f"the copies of the custody log could not be read: {error}"))
    except (ValueError, KeyError, TypeError, RecursionError):
        findings.add(alarm("custody_copy", CUSTODY_PREFIX, "a segment of the custody log in the store is no list of events"))


def _counts(index_count: int | None, catalogue_count: int | None) -> Iterator[Finding]:
    for name, count in (("index", index_count), ("catalogue", catalogue_count)):
        if count is None:
            yield unchecked("count", name, "it could not be asked how many records it holds")
    if index_count is not None and catalogue_count is not None and index_count != catalogue_count:
        yield alarm(
            "count", "index", f"it holds {index_count} records, the catalogue {catalogue_count}; `casetrail reindex` builds it anew"
        )


def _hex(name: str) -> bytes:
    try:
        return bytes.fromhex(name)
    except ValueError:
        return b""
