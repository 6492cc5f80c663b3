"""What differs between objects, catalogue and index is mended, as far as it can be without touching what is there.

Nothing is overwritten: bytes that do not match stay as they are and stay an alarm.  What is missing is put back from where it still is:
originals from their old place or out of what they lay in, statements and index entries from the catalogue, items from what the bucket
states of them.  Everything that was done is returned, and is an event of the custody log.
"""
from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from archive.entry import entry_of
from archive.errors import Conflict, IntegrityBroken, NotFound
from archive.model.custody import Event
from archive.model.digest import Digest, ObjectKey, custody_key, digest_of, lists_as_named, origin_key, original_key, work_key
from archive.model.extracted import Child
from archive.model.item import Item
from archive.model.run import Retrying, Trouble
from archive.model.viewer import LOCAL
from archive.owner import owner_name
from archive.ports import NewObject, RecordFilter
from archive.wiring import Archive
from ingest.arrivals import Delivery
from ingest.custody_export import export_custody, line
from ingest.feed import catch_up, reindex
from ingest.fence import ChildFound, Fence, Job
from ingest.given import Given
from ingest.origin import items_of, statements_of
from ingest.pipeline import BATCH_ITEMS, Flow, Progress, context_of
from ingest.said import learn_said
from ingest.work_export import statement_of as act_statement

T = TypeVar("T")
STATEMENT_BYTES = 1 << 20
BATCH = 200
REINDEX_SHARE = 0.5
"""From this share of differing entries on, the index is built anew instead."""

Code = Literal["missing", "no_origin", "lost_item", "unaccounted", "item_without_record", "uncopied", "no_index", "no_entry", "superfluous_entry",
               "stale_entry", "no_act"]


@dataclass(frozen=True, slots=True)
class Mended:
    """One thing that was done: `code` names what was wrong, `subject` is the record, the key or the index version."""
    code: Code
    subject: str
    what: str


@dataclass(frozen=True, slots=True)
class Damage:
    """What is to be mended (`evidence.archive_check.Differences` says what each part is)."""
    originals: tuple[Item, ...] = ()
    statements: tuple[Item, ...] = ()
    stated: tuple[ObjectKey, ...] = ()
    unread: tuple[str, ...] = ()
    uncopied: tuple[tuple[int, int], ...] = ()
    no_index: bool = False
    missing: tuple[str, ...] = ()
    superfluous: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    records: int = 0
    acts: tuple[ObjectKey, ...] = ()


def repair(archive: Archive, actor: str, damage: Damage, report: Callable[[Progress], None] | None = None) -> list[Mended]:
    """Mend what can be mended, in the order in which one thing needs the other, and say what was done. What is left, the next check finds.

    Raises Unavailable and StoreFull when it cannot go on; what was mended until then is mended and in the log.
    """
    done: list[Mended] = []

    def say(mended: Iterable[Mended]) -> None:
        for part in _batches(list(mended)):
            archive.catalogue.log([Event("repaired", actor, m.subject, {"what": m.code}) for m in part])
            done.extend(part)

    say(_originals(archive, damage.originals))
    say(_statements(archive, damage.statements))
    say(_copies(archive, damage.uncopied))
    say(_acts(archive, damage.acts))
    say(_items(archive, actor, damage, report))
    say(_index(archive, actor, damage))
    if done:
        export_custody(archive)
    return done


# ---------------------------------------------------------------- originals

def _originals(archive: Archive, items: Sequence[Item]) -> Iterator[Mended]:
    """Put back originals: from the file they came from, where it is still the same, else out of the item they lay in."""
    left = sorted(items, key=lambda item: item.depth)
    for item in list(left):
        if item.place.inner is None and (path := _from_file(archive, item)):
            left.remove(item)
            yield Mended("missing", item.record_id, f"the original was stored again from {path}, where it still lay unchanged")
    again = True
    while left and again:
        again = False
        for item in _from_parents(archive, left):
            again = True
            left.remove(item)
            yield Mended("missing", item.record_id, f"the original was taken once more out of what it lay in ({item.parent_id})")


def _from_file(archive: Archive, item: Item) -> str:
    """Store an original again from its file, if that is still the same; return where it lay, "" when it does not any more."""
    for path in dict.fromkeys((item.place.canonical, item.place.path)):
        file = Path(path)
        try:
            if not file.is_file() or file.stat().st_size != item.size_bytes:
                continue
            with file.open("rb") as stream:
                archive.objects.put(original_key(item.digest), stream, item.digest)
        except (OSError, ValueError, IntegrityBroken, Conflict):
            continue
        return path
    return ""


def _from_parents(archive: Archive, items: Sequence[Item]) -> list[Item]:
    """Read anew what the items lay in, and store those members whose digest is one of theirs; return the items that are held again."""
    wanted = {item.digest: [other for other in items if other.digest == item.digest] for item in items}
    found: set[Digest] = set()
    parents = archive.catalogue.items_of(sorted({item.parent_id for item in items if item.parent_id}))
    with tempfile.TemporaryDirectory(prefix="casetrail-repair-") as spool, Fence(archive.settings.workers, context_of(archive)) as fence:
        for parent in parents:
            file = _spooled(archive, parent, Path(spool))
            if file is None:
                continue
            fence.submit(Job(parent.record_id, Given(parent.name, parent.place.path, parent.place.inner, parent.declared_mime, parent.modified_at,
                                                     depth=parent.depth), file=str(file)))
            while not fence.idle():
                for event in fence.poll(0.2):
                    if isinstance(event, ChildFound) and isinstance(event.part, Child):
                        digest = digest_of(event.part.content)
                        if digest in wanted and digest not in found:
                            archive.objects.put_all([NewObject(original_key(digest), event.part.content, digest)])
                            found.add(digest)
    return [item for digest in found for item in wanted[digest]]


def _spooled(archive: Archive, item: Item, spool: Path) -> Path | None:
    """Return a file with the bytes of an item, None where they are gone."""
    path = spool / item.record_id
    try:
        with archive.objects.open(original_key(item.digest)) as stream, path.open("wb") as out:
            while chunk := stream.read(1 << 20):
                out.write(chunk)
    except NotFound:
        return None
    return path


# ---------------------------------------------------------------- statements and custody segments

def _statements(archive: Archive, items: Sequence[Item]) -> Iterator[Mended]:
    for part in _batches(items):
        own = {item.record_id: item for item in archive.catalogue.items_of([item.record_id for item in part])}
        # Of a further name only the name came along; the rest is the item's own.  Each gets a statement of its own, a member too.
        named = (replace(own[item.record_id], place=replace(own[item.record_id].place, path=item.place.path)) for item in part)
        archive.objects.put_all(statements_of((item, None) for item in named))
        yield from (Mended("no_origin", item.record_id, f"the origin statement was written anew: {item.place.path}") for item in part)


def _copies(archive: Archive, ranges: Sequence[tuple[int, int]]) -> Iterator[Mended]:
    for first, last in ranges:
        events = []
        for event in archive.catalogue.custody(after=first - 1):
            if event.seq > last:
                break
            events.append(event)
        content = b"".join(line(event) for event in events)
        key = custody_key(first, last)
        try:
            archive.objects.put_all([NewObject(key, content, digest_of(content))])
        except Conflict:
            continue
        yield Mended("uncopied", key, f"custody events {first} to {last} were copied to the store again")


def _acts(archive: Archive, keys: Sequence[ObjectKey]) -> Iterator[Mended]:
    """State anew what people did where its statement is not in the store."""
    for act in archive.catalogue.acts() if keys else ():
        key = work_key(act.seq, act.act_id)
        if key in keys:
            content = act_statement(act)
            archive.objects.put_all([NewObject(key, content, digest_of(content))])
            archive.catalogue.acts_stored([act.seq])
            yield Mended("no_act", key, "an act of a person was stated in the store again")


# ---------------------------------------------------------------- items

def _items(archive: Archive, actor: str, damage: Damage, report: Callable[[Progress], None] | None) -> Iterator[Mended]:
    """Take into the catalogue what the bucket states and it does not have, and read it, with what lacks its record."""
    stated = [item for key in damage.stated for item in _stated(archive, key)]
    if not stated and not damage.unread:
        return
    run_id = archive.catalogue.begin_run("repair", [], actor, "", "")
    flow = Flow(archive, Delivery(run_id, "", "", ""), report=report)
    done: list[Mended] = []
    ended = False
    try:
        done += _put_back(archive, run_id, flow, stated)
        if damage.unread:
            flow.met += archive.catalogue.retry(run_id, Retrying(record_ids=damage.unread))
            done += [Mended("item_without_record", record_id, "it was read again and has its record") for record_id in damage.unread]
        archive.catalogue.release(owner_name())     # what was put back is read through the work list, as after any break
        with Fence(archive.settings.workers, context_of(archive)) as fence:
            ended = flow.run(iter(()), fence)
        learn_said(archive)
    finally:
        flow.close()
        archive.catalogue.end_run(run_id, "finished" if ended else "interrupted", flow.met)
    yield from done


def _stated(archive: Archive, key: ObjectKey) -> Iterator[Item]:
    """Yield the item that a statement speaks of, those that a list states and the catalogue does not have under that name; none for what
    cannot be read or stands under another's name."""
    listed = key.endswith(".jsonl")
    try:
        with archive.objects.open(key) as stream:
            content = stream.read() if listed else stream.read(STATEMENT_BYTES)
        items = list(items_of(content))
    except (NotFound, IntegrityBroken):
        return
    if not listed:
        yield from (item for item in items if origin_key(item.digest, item.record_id, item.place.path) == key)
        return
    if not lists_as_named(key, content):
        return
    for part in _batches(items):
        there = {item.record_id for item in archive.catalogue.items_of([item.record_id for item in part])}
        known = archive.catalogue.known([(item.place, item.digest) for item in part])
        yield from (item for item, name in zip(part, known, strict=True) if item.record_id not in there or name is None or not name.named)


def _put_back(archive: Archive, run_id: str, flow: Flow, stated: Sequence[Item]) -> list[Mended]:
    done: list[Mended] = []
    new: dict[str, Item] = {}
    named: list[Item] = []
    there = {item.record_id for item in archive.catalogue.items_of([item.record_id for item in stated])}
    for item in sorted(stated, key=lambda i: (i.depth, i.met_at, i.place.path, i.ordinal)):
        if item.record_id in new or item.record_id in there:
            named.append(item)
        else:
            new[item.record_id] = item
    lost = {i for i, item in new.items() if not _has_original(archive, item)}
    for part in _batches([item for i, item in new.items() if i not in lost], BATCH_ITEMS):
        flow.met += archive.catalogue.take_in(run_id, part, [])
        done += [Mended("lost_item", item.record_id, f"it was put back from what the store states, and read: {item.place.path}") for item in part]
    why = "Its original is not in the object store."
    flow.met += archive.catalogue.refuse(run_id, [
        (Trouble(new[i].place.path, new[i].place.inner, "failed", "unreadable", why, False), None) for i in sorted(lost)])
    held = [item for item in named if item.record_id not in lost]
    flow.met += archive.catalogue.take_in(run_id, [], [(item.record_id, item.place) for item in held])
    return done + [Mended("unaccounted", item.record_id, f"the catalogue has its further name again: {item.place.path}") for item in held]


def _has_original(archive: Archive, item: Item) -> bool:
    try:
        archive.objects.open(original_key(item.digest)).close()
    except NotFound:
        return False
    return True


# ---------------------------------------------------------------- the index

def _index(archive: Archive, actor: str, damage: Damage) -> Iterator[Mended]:
    """Write entries anew from the catalogue and remove those of nothing; where too much differs, build the index anew."""
    wrong = len(damage.missing) + len(damage.superfluous) + len(damage.stale)
    if damage.no_index or wrong > max(BATCH, REINDEX_SHARE * damage.records):
        version = reindex(archive, actor)
        yield Mended("no_index", version, "the index was built anew from the catalogue")
        return
    with archive.catalogue.exclusive("feed"):
        version = archive.index.current() or ""
        if not version:
            return
        catch_up(archive, version)
        for part in _batches((*damage.missing, *damage.stale)):
            reads = list(archive.catalogue.read_records(RecordFilter(record_ids=tuple(part)), LOCAL))
            archive.index.upsert(version, [entry_of(read) for read in reads])
        gone = [record_id for part in _batches(damage.superfluous) for record_id in _without_record(archive, part)]
        archive.index.delete(version, gone)
        archive.index.commit(version)
    codes: tuple[tuple[Code, Sequence[str], str], ...] = (
        ("no_entry", damage.missing, "its index entry was written from the catalogue"), ("stale_entry", damage.stale, "its index entry was written anew"),
        ("superfluous_entry", gone, "its index entry was removed: the catalogue has no such record"))
    yield from (Mended(code, record_id, what) for code, ids, what in codes for record_id in ids)


def _without_record(archive: Archive, record_ids: Sequence[str]) -> list[str]:
    there = {record.record_id for record in archive.catalogue.records(RecordFilter(record_ids=tuple(record_ids)), LOCAL)}
    return [record_id for record_id in record_ids if record_id not in there]


def _batches(values: Sequence[T], size: int = BATCH) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start:start + size]
