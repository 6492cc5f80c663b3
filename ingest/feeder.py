"""A process that brings the index up to date while a run goes on.

Writing the index costs a third as much as all else that a run does in its own process, which can use one processor only.  Each byte that comes
through its pipe says that there is more to write.  What was written is committed every few seconds and at the end: a commit costs as much as
writing hundreds of entries, and waits for the catalogue's writer.  Nothing depends on this process: what it did not do, since it is slow,
cannot reach the index or has died, the feed at the end of the run does, and tells what is wrong.

A process that has one thread and has not opened the archive makes it by fork(2), which takes milliseconds.  Else a new interpreter is started
(`python -m ingest.feeder`): a lock that another thread holds would stay locked for ever, and SQLite must not be carried through a fork.
"""
from __future__ import annotations

import importlib
import os
import select
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import msgspec

import ingest
from archive.settings import Settings
from archive.wiring import may_fork

FEED_SECONDS = 5.0
"""Other processes that want to write the index wait so long."""

_BOTH_NEED = ("archive.adapters.catalogue", "archive.adapters.index_embedded", "ingest.feed")
_ROOT = str(Path(next(iter(ingest.__path__))).resolve().parent)


class Feeder:
    """Asks such a process, which `start` makes. All calls return at once but `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: tuple[int, int] | None = None    # its id, and our end of its pipe

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        if self._process is None:
            for name in _BOTH_NEED:
                importlib.import_module(name)
            make = _forked if may_fork() else _spawned
            with suppress(OSError):     # then the end of the run does it all
                self._process = _piped(make, self._settings)

    def feed(self) -> None:
        """Say that there is more to write."""
        self.start()
        if self._process is not None:
            with suppress(OSError):     # it has died, or has not yet heard what was said before, which says the same
                os.write(self._process[1], b".")

    def close(self, feed: bool = False) -> None:
        """Let it end what it does, and with `feed` do what is left; and end it."""
        if self._process is not None:
            if feed:
                self.feed()
            pid, pipe = self._process
            self._process = None
            os.close(pipe)
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _piped(make: Callable[[Settings, int, int], int], settings: Settings) -> tuple[int, int]:
    theirs, ours = os.pipe()
    try:
        pid = make(settings, theirs, ours)
    except BaseException:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    os.set_blocking(ours, False)
    return pid, ours


def _forked(settings: Settings, theirs: int, ours: int) -> int:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.dup2(theirs, 0)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            os.closerange(3, max(ours + 1, os.sysconf("SC_OPEN_MAX")))     # among them ends that others wait to see closed
            _write(settings, parent)
        finally:
            os._exit(0)     # nothing of what the parent would do at its end
    return pid


def _spawned(settings: Settings, theirs: int, ours: int) -> int:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH", ""))))}
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    pid = os.posix_spawn(sys.executable, [sys.executable, "-P", "-m", "ingest.feeder", str(os.getpid())], environment,
                         file_actions=[(os.POSIX_SPAWN_DUP2, theirs, 0), *nowhere], setsid=True)
    os.write(ours, msgspec.json.encode(settings, enc_hook=str) + b"\n")      # not as an argument, which all can see: they hold passwords
    return pid


def _more(seconds: float | None = None) -> bool:
    """Wait until there is more to write; False when nothing more comes, or nothing came for so long."""
    ready, _, _ = select.select([0], [], [], seconds)
    return bool(ready and os.read(0, 4096))


def _write(settings: Settings, parent: int) -> None:
    """Write what the catalogue of these settings has for the index, until the pipe at descriptor 0 is closed."""
    from archive.collecting import collect_seldom
    from archive.errors import CasetrailError
    from archive.wiring import open_archive
    from ingest.feed import feed
    from ingest.fence.confine import end_with

    end_with(parent)
    collect_seldom()
    archive = open_archive(settings)
    while _more():
        until = time.monotonic() + FEED_SECONDS
        with suppress(CasetrailError):
            feed(archive, wait_seconds=0, more=lambda until=until: _more(max(0.0, until - time.monotonic())))  # type: ignore[misc]
    archive.close()


def _path(wanted: type, value: Any) -> Any:
    return wanted(value)


def _told() -> Settings:
    """Return the settings that come first through the pipe, read byte by byte so that nothing after them is taken."""
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return msgspec.json.decode(line, type=Settings, dec_hook=_path)


if __name__ == "__main__":
    _write(_told(), int(sys.argv[1]))
