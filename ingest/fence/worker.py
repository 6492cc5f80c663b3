"""The process inside the fence: `python -m ingest.fence.worker FD PARENT NOTE`. Reads one item after the other until its socket closes."""
from __future__ import annotations

import gc
import importlib
import os
import socket
import sys
from collections.abc import Callable, Iterator

from archive.collecting import collect_seldom
from archive.model.extracted import Extracted, Identified
from archive.model.fact import Enriched
from archive.model.outcome import Done, Failed, Outcome
from ingest.fence import confine, wire
from ingest.fence.note import Note
from ingest.given import Context, Given

ITEMS_MAX = 5_000
RESIDENT_MAX_BYTES = 300 << 20
MEMORY_EXIT = 77
_LOOK_EVERY = 16
_ROOM_BYTES = 16 << 20
_USED_FIRST = ("ingest.identify", "ingest.extract.email", "ingest.extract.mbox", "ingest.enrich")


class _Pipe:
    """Frames over the socket to the parent."""

    def __init__(self, fd: int) -> None:
        self._socket = socket.socket(fileno=fd)
        self._buffer = bytearray()

    def receive(self) -> Iterator[wire.ToWorker]:
        """Yield what the parent sends; end when it closes."""
        buffer = self._buffer
        while True:
            while len(buffer) >= wire.PREFIX_BYTES:
                end = wire.PREFIX_BYTES + int.from_bytes(buffer[:wire.PREFIX_BYTES], "big")
                if len(buffer) < end:
                    break
                with memoryview(buffer) as view:
                    message = wire.to_worker.decode(view[wire.PREFIX_BYTES:end])
                del buffer[:end]
                yield message
            chunk = self._socket.recv(1 << 18)
            if not chunk:
                return
            buffer += chunk

    def send(self, message: wire.FromWorker) -> None:
        self._socket.sendall(wire.frame(message))


class _Inside:
    """What a worker does with its tasks."""

    def __init__(self, pipe: _Pipe, note: Note, setup: wire.Setup) -> None:
        from ingest.extract import register
        self.pipe, self.note, self.context, self.limits = pipe, note, Context(setup.clients, setup.limits, setup.own_domains), setup.limits
        sys.path.extend(setup.module_paths)
        for name in setup.modules:
            register(*importlib.import_module(name).EXTRACTORS)
        self._enrich: Callable[[Extracted, Identified, Given, Context], Enriched] | None = None
        self._reserve: bytearray | None = bytearray(_ROOM_BYTES)  # to be able to say that memory ran out
        self._done = 0

    def run(self, task: wire.Task) -> bool:
        """Read one item and send what comes of it. Returns whether the worker may go on."""
        confine.allow_cpu(self.limits.seconds)
        given = wire.given_of(task)
        try:
            identified, how, extracted = self._read(task, given)
        except MemoryError:
            self._reserve = None
            gc.collect()
            identified, how = Identified("unknown", "application/octet-stream", "none"), Done()
            extracted = Extracted(Failed("over_limit", f"Reading it took more than {self.limits.memory_bytes >> 20} MB of memory."))
        enriched, enrich = self._learn(extracted, identified, given)
        self._done += 1
        leaving = self._leaving()
        self.pipe.send(wire.Result(task.number, identified, wire.read_of(extracted), enriched, wire.triple(how), wire.triple(enrich), leaving))
        return not leaving

    def _read(self, task: wire.Task, given: Given) -> tuple[Identified, Outcome, Extracted]:
        if task.kind == "enrich" and task.read is not None and task.identified is not None:
            return task.identified, Done(), wire.extracted_of(task.read)
        from ingest.extract import Reader
        from ingest.extract.base import CannotRead, Content, Work
        from ingest.identify import identify
        source = Content(task.content, None if task.file is None else wire.named(task.file))
        how: Outcome = Done()
        identified = Identified("unknown", "application/octet-stream", "none")
        try:
            identified = identify(source, given)
        except MemoryError:
            raise
        except CannotRead as error:
            return identified, Failed(error.code, error.reason), Extracted(Failed(error.code, error.reason))
        except Exception as error:
            how = Failed("damaged", f"Its format could not be found ({type(error).__name__}).")
        reader = Reader(Work(source, identified, given, self.limits), task.avoid, task.had)
        for part in reader.attempts():
            if isinstance(part, str):
                self.note.write(wire.encoder.encode(wire.Opened(task.number, identified, part)))
            elif isinstance(part, Extracted):
                return identified, how, part
            else:
                confine.allow_cpu(self.limits.seconds)
                self.pipe.send(wire.member_of(task.number, part, identified.format))
        raise AssertionError("a reader ends with what was extracted")

    def _learn(self, extracted: Extracted, identified: Identified, given: Given) -> tuple[Enriched | None, Outcome]:
        """Return what enrichment says. Its failure costs what it would have said; the text is kept."""
        if extracted.container:
            return None, Done("a container is no record")
        try:
            if self._enrich is None:
                self._enrich = importlib.import_module("ingest.enrich").enrich
            return self._enrich(extracted, identified, given, self.context), Done()
        except MemoryError:
            return None, Failed("over_limit", "Enrichment took more memory than allowed.")
        except Exception as error:
            return None, Failed("damaged", f"Enrichment could not make sense of it ({type(error).__name__}).")

    def _leaving(self) -> bool:
        """Say whether it is time for a fresh process: many items, much memory, or a child process that an item left behind."""
        if self._done >= ITEMS_MAX or self._reserve is None or confine.has_children():
            return True
        return self._done % _LOOK_EVERY == 0 and confine.resident_bytes() > RESIDENT_MAX_BYTES


def _surely(inside: _Inside, task: wire.Task) -> bool:
    """Run a task whose results may hold what cannot be sent (a lone surrogate): then the item is damaged, not the worker."""
    try:
        return inside.run(task)
    except UnicodeEncodeError:
        unknown = Identified("unknown", "application/octet-stream", "none")
        failed = Extracted(Failed("damaged", "The reader gave text that is no Unicode."))
        inside.pipe.send(wire.Result(task.number, task.identified or unknown, wire.read_of(failed), None, ("done", "", ""), None, False))
        return True


def main(fd: int, parent: int, note: int) -> None:
    for name in _USED_FIRST:
        importlib.import_module(name)
    pipe = _Pipe(fd)
    messages = pipe.receive()
    setup = next(messages, None)
    if not isinstance(setup, wire.Setup):
        return
    confine.confine(setup.limits, parent)
    inside = _Inside(pipe, Note(note), setup)
    collect_seldom()
    pipe.send(wire.Ready())
    for message in messages:
        if isinstance(message, wire.Task) and not _surely(inside, message):
            return


if __name__ == "__main__":
    try:
        main(*map(int, sys.argv[1:4]))
    except MemoryError:
        os._exit(MEMORY_EXIT)
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)
