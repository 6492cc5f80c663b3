"""The whole archive: every original against its digest, its origin statement, the custody log against its chain, and the counts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.errors import CasetrailError, NotFound
from archive.model.custody import GENESIS, ChainedEvent, link_digest
from archive.model.digest import CUSTODY_PREFIX, ORIGINALS_PREFIX, Digest, origin_key, original_key
from archive.model.item import Item
from archive.ports import Intact, Mismatch, ObjectStore, Unchecked
from evidence.verdict import Finding, Status, alarm, note, status_of, told, unchecked

STATEMENT_BYTES = 1 << 20
"""No origin statement is larger; more is not read."""

FINDINGS_KEPT = 1000
"""Further findings are counted, not kept: an archive whose disk is gone would have one for each item."""


@dataclass(frozen=True, slots=True)
class ArchiveVerdict:
    """`originals` were read whole and compared, `statements` origin statements read, `events` links of the custody chain computed anew.

    `head` is the digest of the last event: written down elsewhere, it shows later that the log was not cut short since.
    `findings_total` counts those beyond FINDINGS_KEPT too.
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

    @property
    def intact(self) -> bool:
        return self.status == "intact"

    def as_json(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "intact": self.intact,
            "items": self.items,
            "originals_checked": self.originals,
            "bytes_checked": self.bytes_read,
            "origin_statements": self.statements,
            "custody_events": self.events,
            "custody_head": self.head or None,
            "index_count": self.index_count,
            "catalogue_count": self.catalogue_count,
            "findings_total": self.findings_total,
            "findings": [f.as_json() for f in self.findings],
        }

    def report(self) -> str:
        counted = (
            f"{self.items} items, {self.originals} originals ({self.bytes_read} bytes) read and compared, {self.statements} origin statements, "
            f"{self.events} custody events" + (f", the last {self.head}" if self.head else "")
        )
        text = told(self.status, self.findings, counted)
        more = self.findings_total - len(self.findings)
        return text + (f"  and {more} further findings\n" if more else "")


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
) -> ArchiveVerdict:
    """Return what a check of the archive found. Never raises for what it finds; a store that cannot be asked is "could not check".

    Originals are read whole, once for each digest.  `index_count` and `catalogue_count` are how many records each holds, None when it
    could not be asked.  `progress` is told the number of items after each.  In memory stay the digests seen, 32 bytes each.
    """
    findings = _Findings()
    seen: set[bytes] = set()
    read_bytes = statements = count = 0
    for item in items:
        count += 1
        if (key := bytes.fromhex(item.digest)) not in seen:
            seen.add(key)
            read_bytes += _original(item, objects, findings)
        statements += _statement(item, objects, findings)
        if progress is not None:
            progress(count)
    for finding in _unaccounted(objects, seen):
        findings.add(finding)
    events, head = _chain(custody, objects, findings)
    for finding in _counts(index_count, catalogue_count):
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
    )


def _original(item: Item, objects: ObjectStore, findings: _Findings) -> int:
    match objects.check(original_key(item.digest), item.digest):
        case Intact(size_bytes):
            if size_bytes != item.size_bytes:
                findings.add(alarm("size", item.record_id, f"the original has {size_bytes} bytes, the catalogue says {item.size_bytes}"))
            return size_bytes
        case Mismatch(None):
            findings.add(alarm("missing", item.record_id, f"the original {item.digest} is gone from the store"))
        case Mismatch(found):
            findings.add(alarm("mismatch", item.record_id, f"the original should have SHA-256 {item.digest} and has {found}"))
        case Unchecked(cause):
            findings.add(unchecked("original", item.record_id, f"the original could not be read: {cause}"))
    return 0


def _statement(item: Item, objects: ObjectStore, findings: _Findings) -> int:
    """Check that the origin statement of an item is there and speaks of it; return how many were read (1 or 0)."""
    try:
        with objects.open(origin_key(item.digest, item.record_id, item.place.path)) as stream:
            content = stream.read(STATEMENT_BYTES)
    except NotFound:
        findings.add(alarm("no_origin", item.record_id, "the origin statement is gone from the store"))
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


def _unaccounted(objects: ObjectStore, seen: set[bytes]) -> Iterator[Finding]:
    """Name originals that no item has: kept by a run that died before it wrote the catalogue. The next run takes them up."""
    try:
        for key in objects.keys(ORIGINALS_PREFIX):
            name = key.rsplit("/", 1)[-1]
            if "." not in name and _hex(name) not in seen:
                yield note("unaccounted", key, "it is kept and no item in the catalogue has it; repeat the ingest run that was broken off")
    except CasetrailError as error:
        yield unchecked("listing", ORIGINALS_PREFIX, f"the store could not be listed: {error}")


def _chain(custody: Iterable[ChainedEvent], objects: ObjectStore, findings: _Findings) -> tuple[int, str]:
    """Follow the chain from its beginning, beside the segments that were copied to the store; return its length and last digest."""
    count, previous, expected = 0, GENESIS, 1
    copied = _copied(objects, findings)
    copy = next(copied, None)
    for link in custody:
        count += 1
        subject = f"custody event {link.seq}"
        if link.seq != expected:
            findings.add(alarm("hole", subject, f"event {expected} should come here"))
        if link.previous != previous:
            findings.add(alarm("chain", subject, "it does not follow on the event before it"))
        if link_digest(link.seq, link.at, link.event, link.previous) != link.digest:
            findings.add(alarm("chain", subject, "its digest does not match what it says"))
        while copy is not None and copy[0] < link.seq:
            findings.add(alarm("hole", f"custody event {copy[0]}", "the store has a copy of it and the log does not have it"))
            copy = next(copied, None)
        if copy is not None and copy[0] == link.seq:
            if copy[1] != link.digest:
                findings.add(alarm("chain", subject, "the copy of it in the store has another digest"))
            copy = next(copied, None)
        previous, expected = link.digest, link.seq + 1
    while copy is not None:
        findings.add(alarm("hole", f"custody event {copy[0]}", "the store has a copy of it and the log ends before it"))
        copy = next(copied, None)
    return count, previous if count else ""


def _copied(objects: ObjectStore, findings: _Findings) -> Iterator[tuple[int, str]]:
    """Yield number and digest of the events in the segments kept in the store, in order."""
    try:
        for key in objects.keys(CUSTODY_PREFIX):
            with objects.open(key) as stream:
                for raw in stream:
                    if raw.strip():
                        stated = json.loads(raw)
                        yield int(stated["seq"]), str(stated["digest"])
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
        return bytes.fromhex(Digest(name))
    except ValueError:
        return b""
