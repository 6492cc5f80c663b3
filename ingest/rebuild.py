"""The catalogue is rebuilt from the bucket alone: custody segments, client directories, originals and their origin statements, acts of people.

Corrections, tags, notes and saved searches are done again, act by act; what was read from the originals is read anew.  Who did what is in the
custody log.  Events since the last exported segment are not in the bucket: the chain goes on from the last that is.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.errors import Conflict, IntegrityBroken
from archive.model.custody import GENESIS, ChainedEvent, Event, link_digest
from archive.model.digest import DIRECTORY_PREFIX, ORIGINALS_PREFIX, Digest, ObjectKey, original_key
from archive.model.item import Item, Place
from archive.model.run import RunReport, Trouble
from archive.owner import owner_name
from archive.wiring import Archive
from ingest.arrivals import Delivery
from ingest.beside import LIST_BYTES
from ingest.custody_export import export_custody, imported_custody
from ingest.directory import parse_directory
from ingest.feed import reindex
from ingest.fence import Fence
from ingest.origin import items_of
from ingest.pipeline import BATCH_ITEMS, Flow, Progress, context_of
from ingest.said import learn_said
from ingest.work_export import imported_work


def rebuild(archive: Archive, actor: str, report: Callable[[Progress], None] | None = None) -> RunReport:
    """Fill an empty catalogue from the object store, read everything anew and build the index; return the report of that run.

    Raises Conflict for a catalogue that holds items already, IntegrityBroken for a custody chain that does not hold.
    """
    if archive.catalogue.count_items():
        raise Conflict("The catalogue holds items already.", "Name an empty one in CASETRAIL_CATALOGUE_URL, or a new CASETRAIL_HOME.")
    events = imported_custody(archive)
    _see_unbroken(events)
    archive.catalogue.restore_custody(events)
    _directories(archive, actor, events)
    archive.catalogue.restore_acts(imported_work(archive))   # before anything is read, so that no reading stands uncorrected for a while
    run_id = archive.catalogue.begin_run("rebuild", [], actor, "", "")
    flow = Flow(archive, Delivery(run_id, "", "", ""), report=report)
    held = set(archive.objects.keys(ORIGINALS_PREFIX))
    items, names = _statements(archive, held)
    flow.met = _put_back(archive, run_id, items, names, held)
    _lists_of_people(archive, flow, items, held)
    archive.catalogue.release(owner_name())     # what was put back is read through the work list, as after any break
    with Fence(archive.settings.workers, context_of(archive)) as fence:
        flow.run(iter(()), fence)
    flow.close()
    archive.catalogue.settle_copies_again()
    learn_said(archive)
    reindex(archive, actor)
    archive.catalogue.log([Event("rebuilt", actor, run_id, {"items": len(items)})])
    ended = archive.catalogue.end_run(run_id, "finished", flow.met)
    export_custody(archive)
    return ended


def _see_unbroken(events: list[ChainedEvent]) -> None:
    previous = GENESIS
    for seq, event in enumerate(events, 1):
        if event.seq != seq or event.previous != previous or event.digest != link_digest(event.seq, event.at, event.event, previous):
            raise IntegrityBroken(f"The custody log in the bucket is broken at event {seq}.", "Compare the bucket with a copy of it.")
        previous = event.digest


def _directories(archive: Archive, actor: str, events: list[ChainedEvent]) -> None:
    """Import every directory that the bucket keeps, in the order in which they were imported (those unknown to the log first)."""
    order = {e.event.subject: e.seq for e in events if e.event.action == "directory_imported"}
    keys = list(archive.objects.keys(DIRECTORY_PREFIX))
    for key in sorted(keys, key=lambda k: order.get(_name(k), 0)):
        with archive.objects.open(key) as stream:
            archive.catalogue.import_clients(parse_directory(stream.read()), actor, Digest(_name(key)))


def _statements(archive: Archive, keys: set[ObjectKey]) -> tuple[list[Item], list[tuple[str, Place]]]:
    """Return the items that are stated, parents before members, and the further paths under which some were met."""
    told: list[Item] = []
    for key in sorted(k for k in keys if k.endswith((".json", ".jsonl"))):
        with archive.objects.open(key) as stream:
            told += items_of(stream.read())
    told.sort(key=lambda i: (i.depth, i.met_at, i.place.path, i.ordinal))
    items: dict[str, Item] = {}
    names: dict[tuple[str, str], tuple[str, Place]] = {}
    for item in told:       # a run that died and was repeated has stated some twice
        if items.setdefault(item.record_id, item).place.path != item.place.path:
            names.setdefault((item.record_id, item.place.path), (item.record_id, item.place))
    return _in_order(list(items.values())), list(names.values())


def _in_order(items: list[Item]) -> list[Item]:
    """Return items as they first came: by file, and within a file each parent before its members."""
    members: dict[str | None, list[Item]] = {}
    known = {i.record_id for i in items}
    for item in items:
        members.setdefault(item.parent_id if item.parent_id in known else None, []).append(item)

    def below(parent: str | None) -> Iterator[Item]:
        stack = sorted(members.get(parent, ()), key=lambda i: (i.met_at, i.place.path, i.ordinal), reverse=True)
        while stack:
            item = stack.pop()
            yield item
            stack += sorted(members.get(item.record_id, ()), key=lambda i: i.ordinal, reverse=True)
    return list(below(None))


def _put_back(archive: Archive, run_id: str, items: list[Item], names: list[tuple[str, Place]], keys: set[ObjectKey]) -> int:
    met = 0
    lost = [i for i in items if original_key(i.digest) not in keys]
    there = [i for i in items if original_key(i.digest) in keys]
    for start in range(0, len(there), BATCH_ITEMS):
        met += archive.catalogue.take_in(run_id, there[start:start + BATCH_ITEMS], [])
    archive.catalogue.take_in(run_id, [], names)
    return met + archive.catalogue.refuse(run_id, [
        (Trouble(i.place.path, i.place.inner, "failed", "unreadable", "Its original is not in the object store.", False), None) for i in lost])


def _lists_of_people(archive: Archive, flow: Flow, items: list[Item], keys: set[ObjectKey]) -> None:
    """Show the flow who is meant by the ids in chat exports, so that they are read as they were: the folders they came from may be gone."""
    for item in items:
        key = original_key(item.digest)
        if item.name == "users.json" and key in keys and item.size_bytes <= LIST_BYTES:
            with archive.objects.open(key) as stream:
                flow.beside.note(item.place, stream.read(LIST_BYTES))


def _name(key: ObjectKey) -> str:
    return key.rsplit("/", 1)[-1].removesuffix(".csv")
