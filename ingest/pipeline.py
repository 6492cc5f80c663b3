"""The whole flow on one page: source -> store -> (fence: identify, extract, enrich) -> catalogue -> index.

Whatever is killed when, the same command again goes on: originals are durable before the catalogue knows of them, an item stays
`pending` until its reading is kept, and the members of a container are kept before the container counts as read.
"""
from __future__ import annotations

import os
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from archive.errors import CasetrailError, NotFound
from archive.model.client import Client
from archive.model.digest import original_key
from archive.model.extracted import Child
from archive.model.item import Item, Place
from archive.model.outcome import Done, Skipped
from archive.model.record import outcome_json
from archive.model.run import Result, Retrying, RunReport, Trouble
from archive.model.viewer import LOCAL
from archive.owner import owner_name
from archive.ports import Reading
from archive.wiring import Archive
from ingest.arrivals import Arrival, Carrier, Delivery, Taken, take_in
from ingest.beside import Beside
from ingest.custody_export import export_custody
from ingest.feed import feed
from ingest.feeder import Feeder
from ingest.fence import ChildFound, Fence, Finished, Job, WorkerProcess, warmed
from ingest.given import Context, Given
from ingest.pieces import MARK, put_together
from ingest.quoted import derive
from ingest.said import learn_said
from ingest.sources import check, walk
from ingest.sources.base import Access, Held, Met, MetOrNot, Pulling, Refused
from ingest.work_export import export_work

BATCH_ITEMS = 1024
LEARN_ITEMS = 128
KEEP_LEAST, KEEP_ITEMS = 192, 512
"""What was read is kept in batches: so many at least, when the keeper has nothing to do, and at most."""
KEEP_SECONDS = 3.0
"""What was read is kept at least so often: slow items (scans) do not keep the others waiting."""
FIRST_BATCH = 64
"""Batches grow with the run, so that readers have work soon and the disk is flushed seldom."""
BATCH_BYTES = 16 << 20
HELD_BYTES = 48 << 20
FEED_FROM = 512
"""A run that met so many items has the index brought up to date beside it."""
AT_THE_DOOR = 2
"""So many batches may be at the door before more is asked for."""
KEEPS_WAITING = 2
"""So many batches may wait to be kept before reading waits too."""
INLINE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: items met and read, those waiting, bytes read, failures, and whether sources are still being walked.

    `failures` counts by code what was not read.  `taken_bytes` are those of the files taken in so far, `waiting_bytes` those of items that
    wait or are being read, less what has come out of them as members.
    """
    met: int
    read: int
    waiting: int
    read_bytes: int
    failed: int
    walking: bool
    failures: Mapping[str, int] = field(default_factory=dict)
    taken_bytes: int = 0
    waiting_bytes: int = 0


@dataclass(slots=True)
class Flow:
    """One run under way."""
    archive: Archive
    delivery: Delivery
    passwords: tuple[str, ...] = ()
    report: Callable[[Progress], None] | None = None
    stopping: Callable[[], bool] = lambda: False
    met: int = 0
    read: int = 0
    read_bytes: int = 0
    failed: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    taken_bytes: int = 0
    _rest: dict[str, int] = field(default_factory=dict)
    _queue: deque[Taken] = field(default_factory=deque)
    _held_bytes: int = 0
    _flying: dict[str, Carrier] = field(default_factory=dict)
    _children: list[Arrival] = field(default_factory=list)
    _children_bytes: int = 0
    _lost: list[tuple[Trouble, str | None]] = field(default_factory=list)
    _readings: list[Reading] = field(default_factory=list)
    _members: dict[str, int] = field(default_factory=dict)
    _readings_chars: int = 0
    _settled: float = field(default_factory=time.monotonic)
    _parents: bool = False
    pieces: list[str] = field(default_factory=list)
    feeder: Feeder | None = None
    """Feeds the index meanwhile; None where the caller builds or mends the index afterwards."""
    beside: Beside = field(default_factory=Beside)
    _told: float = 0.0
    _spool: tempfile.TemporaryDirectory[str] | None = None
    _door_keeper: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "door"))
    _coming: deque[Future[tuple[int, list[Taken]]]] = field(default_factory=deque)
    _keeper: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "keeper"))
    _keeping: deque[Future[int]] = field(default_factory=deque)
    _ring: Callable[[], None] = lambda: None

    def run(self, met: Iterator[Arrival | Trouble], fence: Fence) -> bool:
        """Take in all that is met and read all that is pending. Returns False when it was asked to stop before the end."""
        walking = True
        self._ring = fence.ring
        while not self.stopping():
            if walking and len(self._queue) < BATCH_ITEMS and not self._coming:
                walking = self._take_batch(met)
            self._come_in(None if self._queue or self._flying else len(self._coming) - 1)
            if not self._queue and not walking and not self._flying and not self._buffered() and not self._claim():
                return True
            self._submit(fence)
            for event in fence.poll(0.0 if walking and len(self._queue) < BATCH_ITEMS and not self._coming else 0.2):
                self._child(event) if isinstance(event, ChildFound) else self._finished(event, fence)
            quiet = fence.idle()
            self._settle(quiet)
            self._kept(0 if quiet and not self._queue and not self._coming else KEEPS_WAITING)
            self._tell(walking)
        self._settle(True)
        self._come_in(0)
        self._kept(0)
        return False

    # ------------------------------------------------------------ to the front door

    def _take_batch(self, met: Iterator[Arrival | Trouble]) -> bool:
        arrivals: list[Arrival] = []
        size = 0
        more = False
        for each in met:
            if isinstance(each, Trouble):
                self._lost.append((each, None))
                continue
            arrivals.append(each)
            size += each.size_bytes
            if len(arrivals) >= self._batch() or size >= BATCH_BYTES:
                more = True
                break
        self.taken_bytes += size
        self._take(arrivals)
        self._refuse()
        return more

    def _take(self, arrivals: Sequence[Arrival]) -> None:
        """Hand arrivals to the door keeper, a thread, since taking in waits for the disk most of the time."""
        if arrivals:
            coming = self._door_keeper.submit(take_in, self.archive, self.delivery, arrivals)
            coming.add_done_callback(lambda _: self._ring())
            self._coming.append(coming)
        self._come_in(AT_THE_DOOR)

    def _come_in(self, leave: int | None) -> None:
        """Queue what was taken in meanwhile; wait until no more than so many batches are at the door, None: for nothing."""
        while self._coming and (self._coming[0].done() or (leave is not None and len(self._coming) > leave)):
            met, new = self._coming.popleft().result()
            self.met += met
            for taken in new:
                size = len(taken.content or b"")
                keep = self._held_bytes + size <= HELD_BYTES
                self._queue.append(taken if keep else replace(taken, content=None))
                self._rest[taken.item.record_id] = taken.item.size_bytes
                self._held_bytes += size if keep else 0

    def _claim(self) -> bool:
        """Fetch what a run before this one left pending."""
        for pending in self.archive.catalogue.claim(BATCH_ITEMS, owner_name()):
            self._queue.append(Taken(pending.item, None, pending.parent_format))
            self._rest[pending.item.record_id] = pending.item.size_bytes
        return bool(self._queue)

    def _refuse(self) -> None:
        if self._lost:
            lost, self._lost = self._lost, []
            self.met += self.archive.catalogue.refuse(self.delivery.run_id, lost)
            self.failed += sum(1 for trouble, _ in lost if trouble.result == "failed")
            self.failures.update(trouble.code for trouble, _ in lost)

    # ------------------------------------------------------------ through the fence

    def _submit(self, fence: Fence) -> None:
        room = fence.room()
        while room > 0 and self._queue:
            taken = self._queue.popleft()
            item, content = taken.item, taken.content
            self._held_bytes -= len(content or b"")
            given = Given(item.name, item.place.path, item.place.inner, item.declared_mime, item.modified_at, item.client_given,
                          taken.parent_format, item.depth, self.passwords, self.beside.people(item))
            if content is not None and len(content) <= INLINE_BYTES:
                job = Job(item.record_id, given, content=content)
            else:
                job = Job(item.record_id, given, file=str(self._file(item)))
            self._flying[item.record_id] = Carrier(item, "")
            fence.submit(job)
            room -= 1

    def _file(self, item: Item) -> Path:
        """Return a file with the bytes of an item that a worker may open."""
        key = original_key(item.digest)
        local = self.archive.objects.local_path(key)
        if local is not None:
            return local
        if self._spool is None:
            self._spool = tempfile.TemporaryDirectory(prefix="casetrail-spool-")
        path = Path(self._spool.name) / item.record_id
        with self.archive.objects.open(key) as stream, path.open("wb") as out:
            while chunk := stream.read(1 << 20):
                out.write(chunk)
        return path

    def _child(self, event: ChildFound) -> None:
        carrier = replace(self._flying[event.key], format=event.format)
        self._flying[event.key] = carrier
        parent, part = carrier.item, event.part
        inner = part.inner if parent.place.inner is None else f"{parent.place.inner}#{part.inner}"
        place = Place(parent.place.path, parent.place.canonical, inner)
        if isinstance(part, Child) and parent.depth + 1 > self.archive.settings.limits.depth:
            self._lost.append((Trouble(place.path, inner, "failed", "over_limit", "It lies too deep inside other items.", False), parent.record_id))
        elif isinstance(part, Child):
            self._rest[event.key] = max(0, self._rest.get(event.key, 0) - len(part.content))
            ordinal = self._members[event.key] = self._members.get(event.key, 0) + 1
            self.beside.note(place, part.content)
            self._children.append(Arrival(place, part.content, None, part.declared_mime, part.modified_at,
                                          len(part.content), carrier, ordinal))
            self._children_bytes += len(part.content)
        else:
            told = outcome_json(part.outcome)
            result: Result = "skipped" if isinstance(part.outcome, Skipped) else "failed"
            self._lost.append((Trouble(place.path, inner, result, told.get("code", "damaged"), told.get("reason", ""), False), parent.record_id))
        if len(self._children) >= self._batch() or self._children_bytes >= BATCH_BYTES:
            self._door()

    def _finished(self, event: Finished, fence: Fence) -> None:
        carrier = self._flying[event.key]
        if event.enriched is None and not event.extracted.container and "enrich" not in event.outcomes:
            # A reader that died told nothing; its name, place and carrier still do.
            item = carrier.item
            given = Given(item.name, item.place.path, item.place.inner, item.declared_mime, item.modified_at, item.client_given, carrier.format, item.depth)
            fence.submit(Job(event.key, given, kind="enrich", extracted=event.extracted, identified=event.identified))
            return
        del self._flying[event.key]
        self._parents |= self._members.pop(event.key, None) is not None
        if self._spool is not None:
            (Path(self._spool.name) / event.key).unlink(missing_ok=True)
        i = event.identified
        self._readings.append(Reading(event.key, i.mime, i.format, i.basis, event.extracted, event.enriched, event.outcomes))
        if MARK in event.extracted.metadata:
            self.pieces.append(event.key)
        self.read_bytes += carrier.item.size_bytes
        self._readings_chars += len(event.extracted.text)
        self._rest.pop(event.key, None)
        self.failures.update([o.code for o in event.outcomes.values() if not isinstance(o, Done)][:1])
        self.failed += any(not isinstance(o, Done | Skipped) for o in event.outcomes.values())

    # ------------------------------------------------------------ kept

    def _batch(self) -> int:
        return min(BATCH_ITEMS, max(FIRST_BATCH, self.met // 2))

    def _buffered(self) -> bool:
        return bool(self._children or self._readings or self._lost or self._coming or self._keeping)

    def _door(self) -> None:
        children, self._children, self._children_bytes = self._children, [], 0
        self._take(children)
        self._refuse()

    def _settle(self, now: bool) -> None:
        """Hand what has gathered to the keeper, a thread: members first, then the readings, then the index."""
        due = self._readings and time.monotonic() - self._settled > KEEP_SECONDS
        idle = not self._keeping and len(self._readings) >= KEEP_LEAST
        if now or due or idle or len(self._readings) >= KEEP_ITEMS or self._readings_chars >= BATCH_BYTES:
            self._settled = time.monotonic()
            self._door()
            readings, self._readings, self._readings_chars = self._readings, [], 0
            if readings:
                # Members are held before what they lay in counts as read.
                keeping = self._keeper.submit(self._keep, readings, tuple(self._coming) if self._parents else ())
                self._parents = False
                keeping.add_done_callback(lambda _: self._ring())
                self._keeping.append(keeping)

    def _keep(self, readings: Sequence[Reading], members: Sequence[Future[tuple[int, list[Taken]]]]) -> int:
        """Keep readings once their members are held, and have the index brought up to date meanwhile. Runs in the keeper's thread, one after the other."""
        for coming in members:
            coming.result()
        self.archive.catalogue.keep(self.delivery.run_id, readings)
        if self.feeder and self.met >= FEED_FROM:
            self.feeder.feed()
        return len(readings)

    def _kept(self, waiting: int) -> None:
        """Count what is kept; wait until no more than so many batches wait. Raises what keeping raised."""
        while self._keeping and (len(self._keeping) > waiting or self._keeping[0].done()):
            self.read += self._keeping.popleft().result()

    def _tell(self, walking: bool) -> None:
        if self.report and time.monotonic() - self._told > 0.2:
            self._told = time.monotonic()
            self.report(Progress(self.met, self.read, len(self._queue) + len(self._flying), self.read_bytes, self.failed, walking,
                                 dict(self.failures), self.taken_bytes, sum(self._rest.values())))

    def drained(self) -> int:
        """Wait for what is at the door and with the keeper, whatever becomes of it, and return how many items were met."""
        for coming in self._coming:
            if coming.exception() is None:
                self.met += coming.result()[0]
        self._coming.clear()
        self._keeper.shutdown()
        return self.met

    def close(self) -> None:
        self._door_keeper.shutdown(cancel_futures=True)
        self._keeper.shutdown(cancel_futures=True)
        if self._spool is not None:
            self._spool.cleanup()


def ingest(archive: Archive, paths: Sequence[str], *, source: str = "", custodian: str = "", client: str = "", actor: str = "local",
           passwords: Sequence[str] = (), retry: Retrying | None = None, report: Callable[[Progress], None] | None = None,
           stopping: Callable[[], bool] = lambda: False, called: Mapping[str, str] | None = None, access: Access | None = None,
           met: Callable[[Pulling], Iterator[MetOrNot]] | None = None) -> RunReport:
    """Take in files, folders, mailboxes and what lies on servers, and read them; also what a run before this one left unread.

    `source` names the source, so that a drop sent again from elsewhere is known by its relative paths.  `retry` makes items that
    were not read well, or hold a member that could not be had, pending again.  `stopping` is asked between steps; then the run
    ends as `interrupted` and can be gone on with.  `called` gives for a path the name by which its places are to be known, where it is a
    passing one (an upload).  `access` is how servers are shown who asks.  `met` yields what is met where that is not simply all that lies at
    the paths (a folder that is watched); then the paths only name the run.

    Raises BadRequest for a path that does not exist, before anything is taken in; NotFound for an unknown client,
    run or record; StoreFull and
    Unavailable when it cannot go on: what was kept is kept, and the same call goes on from there.
    """
    limits, workers = archive.settings.limits, archive.settings.workers
    with (tempfile.TemporaryDirectory(prefix="casetrail-pull-") as spool, warmed(workers if _many(paths) else 1, limits) as started,
          Feeder(archive.settings) as feeder):
        if len(started) > 1:
            feeder.start()
        pulling = Pulling(archive.catalogue.held_below, Path(spool), access or Access(), (archive.settings.objects_url,), stopping)
        return _ingest(archive, paths, Delivery("", source, custodian, client), actor, tuple(passwords), retry, report, dict(called or {}), pulling, met,
                       started, feeder)


def _many(paths: Sequence[str]) -> bool:
    """Say whether there is likely more to read than one file."""
    return len(paths) != 1 or not os.path.isfile(paths[0])  # noqa: PTH113


def _ingest(archive: Archive, paths: Sequence[str], delivery: Delivery, actor: str, passwords: tuple[str, ...], retry: Retrying | None,
            report: Callable[[Progress], None] | None, names: Mapping[str, str], pulling: Pulling,
            met: Callable[[Pulling], Iterator[MetOrNot]] | None, started: list[WorkerProcess], feeder: Feeder) -> RunReport:
    if met is None:
        for path in paths:
            check(path, pulling)
    source, custodian, client, stopping = delivery.source, delivery.custodian, delivery.client, pulling.stopping
    if client:
        archive.catalogue.client(client, LOCAL)
    if retry is not None:
        see_there(archive, retry)
    archive.objects, archive.index  # noqa: B018  what cannot be opened is told before the run begins
    run_id = archive.catalogue.begin_run(source, [names.get(path, path) for path in paths], actor, custodian, client)
    flow = Flow(archive, replace(delivery, run_id=run_id), passwords, report, stopping, feeder=feeder)
    done = False
    try:
        if retry is not None:
            flow.met += archive.catalogue.retry(run_id, retry)
        with Fence(archive.settings.workers, context_of(archive), started=started) as fence:
            found = met(pulling) if met else _at(paths, source, names, pulling, str(archive.settings.home))
            done = flow.run((_arrival(each) for each in found), fence) \
                and put_together(archive, flow.pieces, lambda whole: flow.run(whole, fence)) and derive(archive, lambda quoted: flow.run(quoted, fence))
        learn_said(archive)
        feeder.close(feed=True)
        feed(archive)
    except BaseException:
        _give_up(archive, run_id, flow.drained())
        raise
    finally:
        flow.close()
    if not done:
        archive.catalogue.release(owner_name())
    ended = archive.catalogue.end_run(run_id, "finished" if done else "interrupted", flow.met)
    export_work(archive)
    export_custody(archive)
    return ended


def see_there(archive: Archive, retry: Retrying) -> None:
    """Raise NotFound for a run or a record that is to be read again and is not there, before anything is done."""
    if retry.run_id and retry.run_id not in archive.catalogue.runs():
        raise NotFound(f"There is no run {retry.run_id[:40]!r}.", "`casetrail sources` lists those there are.")
    for record_id in retry.record_ids:
        archive.catalogue.item(record_id, LOCAL)


def learn_again(archive: Archive, report: Callable[[Progress], None] | None = None) -> int:
    """Learn anew from all that was read (after the client directory has changed), without reading it again; return how many items."""
    count, after = 0, ""
    with Fence(archive.settings.workers, context_of(archive)) as fence:
        while batch := archive.catalogue.readings(after, LEARN_ITEMS):
            after = batch[-1][0].record_id
            of = {}
            for item, identified, extracted in batch:
                of[item.record_id] = item
                given = Given(item.name, item.place.path, item.place.inner, item.declared_mime, item.modified_at, item.client_given, depth=item.depth)
                fence.submit(Job(item.record_id, given, kind="enrich", extracted=extracted, identified=identified))
            readings: list[Reading] = []
            while not fence.idle():
                for event in fence.poll(0.2):
                    if isinstance(event, Finished):
                        i = event.identified
                        readings.append(Reading(event.key, i.mime, i.format, i.basis, event.extracted, event.enriched, event.outcomes))
            archive.catalogue.keep("", readings)
            count += len(readings)
            if report:
                report(Progress(count, count, 0, 0, 0, False))
    learn_said(archive)
    feed(archive)
    return count


def _at(paths: Sequence[str], source: str, names: Mapping[str, str], pulling: Pulling, home: str) -> Iterator[MetOrNot]:
    """Yield all that lies at these paths, under the names by which they are to be known; never what the archive itself is made of."""
    for path in paths:
        name, own = names.get(path), _holds(path, home)
        said = False
        for each in walk(path, source, pulling):
            if own and isinstance(each, Met) and each.file is not None and _holds(home, str(each.file)):
                if not said:
                    yield Refused(home, "unsupported", "It is the archive itself.", "skipped")
                said = True
            elif name is None or isinstance(each, Held):
                yield each
            elif isinstance(each, Met):
                yield replace(each, place=replace(each.place, path=name + each.place.path.removeprefix(path)))
            else:
                yield replace(each, path=name + each.path.removeprefix(path))


def _holds(folder: str, path: str) -> bool:
    """Say whether a path lies at or below a folder on this machine."""
    above, below = os.path.realpath(folder), os.path.realpath(path)
    return below == above or below.startswith(above.rstrip("/") + "/")


def _met(each: Met) -> Arrival:
    return Arrival(each.place, each.content, each.file, each.declared_mime, each.modified_at, each.size_bytes, custodian=each.custodian,
                   passing=each.passing, parent=_met(each.parent) if each.parent else None)


def _arrival(each: MetOrNot) -> Arrival | Trouble:
    """Return what a source met as it stands at the front door."""
    if isinstance(each, Met):
        return _met(each)
    if isinstance(each, Held):
        return Arrival(each.place, None, None, "", "", held_as=each.record_id)
    path = each.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return Trouble(path, None, each.result, each.code, each.reason, False)


def context_of(archive: Archive) -> Context:
    """Return what the readers know beforehand: the client directory, the limits, our own mail domains."""
    known: list[Client] = archive.catalogue.clients(LOCAL)
    return Context(tuple(known), archive.settings.limits, archive.settings.own_domains)


def _give_up(archive: Archive, run_id: str, met: int) -> None:
    """End a run that broke off; when even that cannot be written, the next run does it."""
    try:
        archive.catalogue.release(owner_name())
        archive.catalogue.end_run(run_id, "interrupted", met)
    except CasetrailError:
        pass
