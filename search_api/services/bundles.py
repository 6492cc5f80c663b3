"""Bundles: the records of a client, or those that a query finds with their families, sealed for others. `evidence` writes them."""
from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import history
from archive.clock import stamp
from archive.errors import NotFound
from archive.model.custody import ChainedEvent, Event
from archive.model.digest import original_key
from archive.model.fact import Fact
from archive.model.record import Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from evidence import BundleSummary, write_bundle
from history.file import ClientFile
from search_api.services.custody import demand, note
from search_api.services.histories import client_file
from search_api.services.searching import search

PAGE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes into a bundle: all records of a client, or what a query finds (of a client, where one is named)."""
    client: str | None = None
    query: str | None = None
    kinds: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None


def write(archive: Archive, viewer: Viewer, wanted: Wanted, target: Path, progress: Callable[[int, int], None] | None = None) -> BundleSummary:
    """Write a bundle to `target`; every record in it gets a custody event before, the bundle as a whole one with its seal after.

    `progress` is told records done and records there are.  Raises NotFound when there is nothing to write, and what `evidence` raises.
    """
    demand(viewer, "export")
    catalogue = archive.catalogue
    told: dict[str, Any] = {}
    if wanted.query is None:
        file = client_file(archive, viewer, wanted.client or "")
        title = f"{file.client.client_id} {file.client.legal_name}"
        records = [read.record for read in file.records]
        concluded = history.assemble(_without_reasons(file))
        told = {"history_report": history.report(concluded), "history_json": concluded.as_json()}
    else:
        title = f"Search {stamp(archive.clock.now())[:10]}"
        records = list(_found(archive, viewer, wanted))
    if not records:
        raise NotFound("There is no record to put into a bundle.", "Look with `casetrail search` or `casetrail records` first.")
    subject = wanted.client or hashlib.sha256((wanted.query or "").encode("utf-8", "surrogatepass")).hexdigest()
    catalogue.log([Event("exported", viewer.actor, record.record_id, {"bundle_of": subject}) for record in records])
    summary = write_bundle(
        target, title=title, records=records, open_original=lambda record: archive.objects.open(original_key(record.digest)),
        text_of=lambda record: catalogue.texts([record.record_id], viewer).get(record.record_id, ""), made_by=viewer.actor,
        made_at=stamp(archive.clock.now()), custody=_events(archive, records), software=f"casetrail {version('casetrail')}",
        progress=(lambda done: progress(done, len(records))) if progress else None, **told)
    note(archive, viewer, "exported", subject, what="bundle", seal=summary.seal, sha256=summary.sha256, records=summary.records)
    return summary


def _without_reasons(file: ClientFile) -> ClientFile:
    """Return a file whose corrections do not say who made them and why: that is for the house, and a bundle leaves it."""
    def plain(fact: Fact) -> Fact:
        return replace(fact, word=replace(fact.word, actor="", why="")) if fact.word else fact

    return replace(file, records=tuple(
        replace(read, facts=tuple(map(plain, read.facts))) if any(f.word for f in read.facts) else read for read in file.records))


def _found(archive: Archive, viewer: Viewer, wanted: Wanted) -> Iterator[Record]:
    """Return all records that a query finds, each with its family: what belongs together leaves together."""
    cursor, families = None, dict[str, None]()
    while True:
        answer = search(archive, viewer, wanted.query or "", client=wanted.client, kinds=wanted.kinds, date_from=wanted.date_from,
                        date_to=wanted.date_to, sort="date_asc", limit=PAGE, cursor=cursor, facets=())
        ids = [hit["record_id"] for hit in answer["hits"]]
        if ids:
            families.update(dict.fromkeys(record.family_id for record in archive.catalogue.records(RecordFilter(record_ids=tuple(ids)), viewer)))
        if not (cursor := answer["next"]):
            break
    listed = list(families)
    for start in range(0, len(listed), PAGE):
        yield from archive.catalogue.records(RecordFilter(family_ids=tuple(listed[start:start + PAGE])), viewer)


def _events(archive: Archive, records: Sequence[Record]) -> Iterator[ChainedEvent]:
    """Return the custody events of these records, in their order."""
    ids = {record.record_id for record in records}
    return (event for event in archive.catalogue.custody() if event.event.subject in ids)
