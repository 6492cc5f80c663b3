"""`Fence`: deals jobs to worker processes, keeps the clock, and replaces workers that died. Single-threaded; nothing in it waits for a worker.

Jobs to one worker are answered in order, so the first that is not answered is the one it works on: when the worker dies that one is
the culprit, and the others, which had not begun, go to the next worker untouched.
"""
from __future__ import annotations

import os
import selectors
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from archive.errors import Unavailable
from archive.model.extracted import Extracted, Identified
from archive.model.outcome import Done, Failed, Outcome, Step
from archive.settings import Limits
from ingest.fence import wire
from ingest.fence.process import WorkerProcess, sweep
from ingest.fence.wire import ChildFound, Event, Finished, Job
from ingest.fence.worker import MEMORY_EXIT
from ingest.given import Context

JOBS_A_WORKER = 128
BYTES_A_WORKER = 1 << 20
"""What may wait at one worker: many small items, since they are read faster than a caller that keeps what was read looks here again, but few
large ones, since those take long and another worker may be free."""
STARTS_MAX = 5
_EXIT_WAIT_SECONDS = 1.0
_START_SECONDS = 60.0
_UNKNOWN = Identified("unknown", "application/octet-stream", "none")
_CONTAINER_NAMES = (".mbox", ".mbx", ".zip", ".pst", ".ost", ".tar", ".tgz", ".7z")
_CONTAINER_MIMES = frozenset({"application/mbox", "application/zip", "application/x-zip-compressed", "application/vnd.ms-outlook"})


@dataclass(slots=True)
class _Flight:
    """A job on its way. `identified` and `extractor` are known of one on which a worker died, `members` are the names handed on."""
    job: Job
    number: int
    size_bytes: int
    container: bool
    identified: Identified = _UNKNOWN
    extractor: str = ""
    avoid: tuple[str, ...] = ()
    members: set[str] = field(default_factory=set)


@dataclass(slots=True, eq=False)
class _Worker:
    """A worker and the jobs it was sent, the one at work first. `since` is when it last gave a sign of life on it."""
    process: WorkerProcess
    flights: deque[_Flight] = field(default_factory=deque)
    ready: bool = False
    since: float = 0.0
    size_bytes: int = 0
    containers: int = 0
    writing: bool = False


@contextmanager
def warmed(count: int, limits: Limits) -> Iterator[list[WorkerProcess]]:
    """Start workers while it is not yet known what they are to be told, and end those that nobody took.

    A worker takes as long to start as a catalogue to open, so both are done at once.
    """
    started: list[WorkerProcess] = []
    try:
        with suppress(OSError):     # the fence will say that none can be started
            started.extend(WorkerProcess(wire.largest(limits)) for _ in range(count))
        yield started
    finally:
        for process in started:
            process.end()


class Fence:
    """Worker processes that identify, read and enrich items. Use it as a context manager and from one thread.

    `modules` are Python modules with further `EXTRACTORS`, found below `module_paths`.  `started` are workers that were started before (`warmed`).
    """

    def __init__(self, workers: int, context: Context, modules: tuple[str, ...] = (), module_paths: tuple[str, ...] = (),
                 started: list[WorkerProcess] | None = None) -> None:
        self._count, self._limits = max(1, workers), context.limits
        self._started = [] if started is None else started
        self._setup = wire.Setup(context.clients, context.limits, modules, module_paths, context.own_domains)
        self._slots: list[_Worker | None] = [None] * self._count
        self._selector = selectors.DefaultSelector()
        self._bell, self._cord = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(self._cord, False)
        self._selector.register(self._bell, selectors.EVENT_READ)
        self._rung = False
        self._plain: deque[_Flight] = deque()
        self._containers: deque[_Flight] = deque()
        self._queued_bytes, self._number, self._false_starts = 0, 0, 0
        self._events: list[Event] = []
        sweep()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all workers at once; jobs that were not answered are forgotten."""
        for slot, worker in enumerate(self._slots):
            if worker is not None:
                self._selector.unregister(worker.process)
                worker.process.end()
                self._slots[slot] = None
        self._selector.close()
        os.close(self._bell)
        os.close(self._cord)

    # ------------------------------------------------------------ what callers do

    def room(self) -> int:
        """Return how many more jobs may be submitted now. Jobs beyond it are not refused, they only take memory."""
        if self._queued_bytes > BYTES_A_WORKER * self._count:
            return 0
        in_flight = sum(len(w.flights) for w in self._slots if w is not None)
        full = sum(JOBS_A_WORKER - len(w.flights) for w in self._slots if w is not None and w.size_bytes > BYTES_A_WORKER)
        return max(0, self._count * JOBS_A_WORKER - in_flight - full - len(self._plain) - len(self._containers))

    def submit(self, job: Job) -> None:
        """Queue a job. Its events come from `poll`."""
        self._number += 1
        if job.file is not None:
            job = Job(job.key, job.given, job.content, os.path.abspath(job.file), job.kind, job.extracted, job.identified)  # noqa: PTH100
        size = len(job.content or b"") + (len(job.extracted.text) if job.extracted else 0)
        flight = _Flight(job, self._number, size, _is_container(job))
        (self._containers if flight.container else self._plain).append(flight)
        self._queued_bytes += size

    def idle(self) -> bool:
        """Say whether every job was answered and every event fetched."""
        return not (self._plain or self._containers or self._events or any(w is not None and w.flights for w in self._slots))

    def ring(self) -> None:
        """Let a `poll` that waits return. May be called from any thread as long as the fence is open."""
        with suppress(BlockingIOError):     # it rings already
            os.write(self._cord, b"1")

    def poll(self, timeout_seconds: float) -> list[Event]:
        """Deal out jobs, and return what has come back, waiting up to so many seconds for the first of it, or for the bell.

        Raises Unavailable when workers cannot be started at all.
        """
        until = time.monotonic() + timeout_seconds
        while True:
            self._deal()
            now = time.monotonic()
            wait = 0.0 if self._events else max(0.0, min([until - now, *(d - now for d in self._deadlines())]))
            self._turn(wait)
            self._end_overdue()
            if self._events or self._rung or self.idle() or time.monotonic() >= until:
                self._rung = False
                found, self._events = self._events, []
                self._deal()
                self._flush()
                return found

    # ------------------------------------------------------------ dealing out

    def _deal(self) -> None:
        """Send queued jobs to workers that have room. The last worker takes no container while there are others: it reads the members."""
        last = self._count - 1
        for queue, slots in ((self._containers, range(max(1, last))), (self._plain, range(self._count))):
            while queue:
                slot = self._free_slot(slots, queue[0].container)
                if slot is None:
                    break
                worker = self._slots[slot] or self._start(slot)
                flight = queue.popleft()
                self._queued_bytes -= flight.size_bytes
                self._send(worker, flight)

    def _free_slot(self, slots: Iterable[int], container: bool) -> int | None:
        """Return where a job may go: an idle worker, then a new one, then the one with the fewest jobs; None where all are full."""
        best, fewest = None, JOBS_A_WORKER * 2
        for slot in slots:
            worker = self._slots[slot]
            if worker is None:
                load = 1
            elif len(worker.flights) >= JOBS_A_WORKER or worker.size_bytes > BYTES_A_WORKER \
                    or (worker.containers and not container and self._count > 1):
                continue  # nothing waits behind a container but containers
            else:
                load = len(worker.flights) + (1 if worker.flights else 0)
            if load < fewest:
                best, fewest = slot, load
        return best

    def _send(self, worker: _Worker, flight: _Flight) -> None:
        if not worker.flights:
            worker.since = time.monotonic()
        worker.flights.append(flight)
        worker.size_bytes += flight.size_bytes
        worker.containers += flight.container
        worker.process.queue(wire.task_of(flight.number, flight.job, flight.avoid, tuple(flight.members) if flight.avoid else ()))

    def _start(self, slot: int) -> _Worker:
        if self._false_starts >= STARTS_MAX:
            raise Unavailable("The processes that read files cannot be started.", "Try `python -m ingest.fence.worker` by hand to see why.")
        try:
            process = self._started.pop() if self._started else WorkerProcess(wire.largest(self._limits))
        except OSError as error:
            raise Unavailable("The processes that read files cannot be started.", "Free memory or processes, then try again.") from error
        worker = _Worker(process)
        process.queue(self._setup)
        self._slots[slot] = worker
        self._selector.register(process, selectors.EVENT_READ, worker)
        return worker

    # ------------------------------------------------------------ coming back

    def _turn(self, wait_seconds: float) -> None:
        """Wait for sockets, then write and read all that goes without waiting."""
        self._flush()
        for key, mask in self._selector.select(wait_seconds):
            worker: _Worker | None = key.data
            if worker is None:
                with suppress(BlockingIOError):
                    self._rung = bool(os.read(self._bell, 4096))
                continue
            if mask & selectors.EVENT_WRITE:
                worker.process.write()
            if mask & selectors.EVENT_READ:
                self._receive(worker)

    def _flush(self) -> None:
        for worker in self._slots:
            if worker is None:
                continue
            if worker.process.wants_to_write:
                worker.process.write()
            if worker.process.wants_to_write != worker.writing:
                worker.writing = worker.process.wants_to_write
                self._selector.modify(worker.process, selectors.EVENT_READ | (selectors.EVENT_WRITE if worker.writing else 0), worker)

    def _receive(self, worker: _Worker) -> None:
        half = worker.process.half_received
        messages, state = worker.process.read()
        for message in messages:
            taken = self._take(worker, message)
            if taken == "replaced":
                return
            if taken == "nonsense":
                state = "broken"
                break
        if state == "broken":
            self._replace(worker, Failed("crashed", "The reader was broken by it and sent nonsense."))
        elif state == "ended":
            self._died(worker)
        elif worker.process.half_received != half:
            worker.since = time.monotonic()

    def _take(self, worker: _Worker, message: wire.FromWorker) -> Literal["taken", "replaced", "nonsense"]:
        """Take one message. `replaced`: the worker has left and nothing more of it counts; `nonsense`: it answers what was not asked."""
        worker.since = time.monotonic()
        if isinstance(message, wire.Ready):
            worker.ready, self._false_starts = True, 0
            return "taken"
        if not worker.flights or worker.flights[0].number != message.number:
            return "nonsense"
        flight = worker.flights[0]
        match message:
            case wire.Member():
                part = wire.part_of(message)
                flight.members.add(part.inner)
                self._events.append(ChildFound(flight.job.key, part, message.format))
            case wire.Result():
                self._pop(worker)
                extracted = wire.extracted_of(message.read)
                outcomes: dict[Step, Outcome] = {"identify": wire.outcome_of(message.identify), "extract": extracted.outcome}
                if message.enrich is not None:
                    outcomes["enrich"] = wire.outcome_of(message.enrich)
                self._events.append(Finished(flight.job.key, message.identified, extracted, message.enriched, outcomes))
                if message.leaving:
                    self._replace(worker, None)
                    return "replaced"
        return "taken"

    def _pop(self, worker: _Worker) -> _Flight:
        flight = worker.flights.popleft()
        worker.size_bytes -= flight.size_bytes
        worker.containers -= flight.container
        return flight

    # ------------------------------------------------------------ clocks and deaths

    def _deadlines(self) -> list[float]:
        return [self._deadline(w) for w in self._slots if w is not None and w.flights]

    def _deadline(self, worker: _Worker) -> float:
        """Return when a worker is overdue: the clock of an item does not run while its worker is still starting."""
        return worker.since + (self._limits.seconds if worker.ready else _START_SECONDS)

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for worker in self._slots:
            if worker is None or not worker.flights or now < self._deadline(worker):
                continue
            # It may have answered while the caller was away: only one that is silent still is overdue.
            self._receive(worker)
            if worker not in self._slots or not worker.flights or now < self._deadline(worker):
                continue
            if worker.ready:
                self._replace(worker, Failed("timeout", f"Reading it took longer than {self._limits.seconds} s."))
            else:
                self._false_starts += 1
                self._replace(worker, None)

    def _died(self, worker: _Worker) -> None:
        status = worker.process.exit_status(_EXIT_WAIT_SECONDS)
        if not worker.ready:
            self._false_starts += 1
            self._replace(worker, None)
            return
        match status:
            case None:
                failed = Failed("crashed", "The reader broke off.")
            case s if s == MEMORY_EXIT:
                failed = Failed("over_limit", f"Reading it took more than {self._limits.memory_bytes >> 20} MB of memory.")
            case s if s == -signal.SIGXCPU:
                failed = Failed("timeout", f"Reading it took more than {self._limits.seconds} s of processor time.")
            case s if s < 0:
                failed = Failed("crashed", f"The reader was ended by signal {_signal_name(-s)}.")
            case s:
                failed = Failed("crashed", f"The reader ended with status {s}.")
        self._replace(worker, failed)

    def _replace(self, worker: _Worker, failed: Failed | None) -> None:
        """End a worker with all its children. `failed` is what befell the item it worked on; the others are dealt out again."""
        self._selector.unregister(worker.process)
        worker.process.end()
        self._slots[self._slots.index(worker)] = None
        if failed is not None and worker.flights:
            culprit = self._pop(worker)
            opened = worker.process.opened()
            if opened is not None and opened.number == culprit.number:
                culprit.identified, culprit.extractor = opened.identified, opened.extractor
            if not self._again(culprit, failed):
                self._events.append(_finished(culprit, failed))
        for flight in reversed(worker.flights):
            (self._containers if flight.container else self._plain).appendleft(flight)
            self._queued_bytes += flight.size_bytes

    def _again(self, culprit: _Flight, failed: Failed) -> bool:
        """Deal an item out again without the reader that died on it, where another can read it. A bomb gets no second try."""
        if culprit.job.kind != "extract" or not culprit.extractor or culprit.extractor in culprit.avoid or failed.code == "over_limit":
            return False
        from ingest.extract import bidders
        others = [e.name for e in bidders(culprit.identified) if e.name not in (*culprit.avoid, culprit.extractor)]
        if not others or len(culprit.avoid) >= 2:
            return False
        culprit.avoid = (*culprit.avoid, culprit.extractor)
        (self._containers if culprit.container else self._plain).appendleft(culprit)
        self._queued_bytes += culprit.size_bytes
        return True


def _finished(flight: _Flight, failed: Failed) -> Finished:
    job = flight.job
    if job.kind == "enrich" and job.extracted is not None and job.identified is not None:
        return Finished(job.key, job.identified, job.extracted, None, {"identify": Done(), "extract": job.extracted.outcome, "enrich": failed})
    identify: Outcome = Done() if flight.extractor else failed
    return Finished(job.key, flight.identified, Extracted(failed), None, {"identify": identify, "extract": failed})


def _is_container(job: Job) -> bool:
    return job.kind == "extract" and (job.given.name.lower().endswith(_CONTAINER_NAMES) or job.given.declared_mime in _CONTAINER_MIMES)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
