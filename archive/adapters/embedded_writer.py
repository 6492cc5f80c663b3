"""The one writer of the embedded index. The engine lets one process write to a version at a time."""
from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.adapters.embedded_schema import open_engine
from archive.errors import Unavailable

HEAP_BYTES = 32_000_000
"""Memory in which the engine gathers entries before it writes a segment."""

WAIT_SECONDS = 30.0


class Writer:
    """Opened at the first change to a version, closed by `commit`, so that another process can have its turn.

    What was not committed is lost when the process dies; what was committed is not.
    """

    def __init__(self, wait_seconds: float = WAIT_SECONDS) -> None:
        self._wait_seconds = wait_seconds
        self._open: dict[Path, Any] = {}

    def open(self, path: Path) -> Any:
        """Return the writer of the engine in this directory, waiting while another process has it. Raises Unavailable."""
        if path not in self._open:
            self._open[path] = self._acquire(open_engine(str(path)))
        return self._open[path]

    def commit(self, path: Path) -> None:
        writer = self._open.pop(path, None)
        if writer is not None:
            writer.commit()
            writer.wait_merging_threads()

    def discard(self, path: Path) -> None:
        """Give up what was not committed, and the lock with it."""
        self._open.pop(path, None)

    def close(self) -> None:
        self._open.clear()

    def _acquire(self, engine: Any) -> Any:
        until = time.monotonic() + self._wait_seconds
        pause: Callable[[], float] = iter([0.02, 0.05, 0.1]).__next__
        while True:
            try:
                # One thread: entries keep the order in which they came, which makes segments and scores repeatable.
                return engine.writer(HEAP_BYTES, 1)
            except ValueError as error:
                if "LockBusy" not in str(error):
                    raise
                if time.monotonic() >= until:
                    raise Unavailable(f"Another process has been writing to the search index for over {self._wait_seconds:.0f} seconds.",
                                      "Wait for the other ingest, worker or reindex to end, or stop it; then run this again.") from error
            try:
                time.sleep(pause())
            except StopIteration:
                time.sleep(0.2)
