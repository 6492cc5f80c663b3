"""How fast a run goes and how long it will take: from what the pipeline tells to words for people.

What is left is counted in bytes, since that is what takes time: those of the files not yet taken in, as far as a look ahead has counted
them, and those of items that wait or are being read.  A mailbox counts as read by as much as has come out of it.
"""
from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.pipeline import Progress

WINDOW_SECONDS = 30.0
"""The pace is that of the last half minute: an archive of mails and scans changes its speed."""
FIRST_SECONDS = 3.0
"""Nothing is foretold before."""
CODES_SHOWN = 3


class Ahead:
    """Counts the bytes below paths on this machine in a thread of its own. `total_bytes` is None until it has done so, or where it cannot."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.total_bytes: int | None = None
        self._ended = False
        if paths and all(os.path.lexists(path) for path in paths):
            threading.Thread(target=self._count, args=(tuple(paths),), name="ahead", daemon=True).start()

    def end(self) -> None:
        self._ended = True

    def _count(self, paths: Sequence[str]) -> None:
        total, folders = 0, deque[str]()
        for path in paths:
            try:
                total += 0 if os.path.isdir(path) else os.stat(path).st_size  # noqa: PTH112, PTH116
            except OSError:
                continue
            if os.path.isdir(path):  # noqa: PTH112
                folders.append(path)
        while folders and not self._ended:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        elif entry.is_file():
                            total += entry.stat().st_size
            except OSError:
                continue
        if not self._ended:
            self.total_bytes = total


class Pace:
    """Turns how far a run is into words, what is done, the total once it is known, and the seconds that are left as far as can be said."""

    def __init__(self, ahead: Ahead | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._ahead, self._now = ahead, now
        self._began = now()
        self._samples: deque[tuple[float, int]] = deque()

    def __call__(self, p: Progress) -> tuple[str, int, int | None, float | None]:
        seconds = self._now() - self._began
        words = [f"{p.met} met", f"{p.waiting} waiting", f"{p.read_bytes / 1e6:.0f} MB"]
        if seconds > 0.5:
            words.append(f"{p.read_bytes / 1e6 / seconds:.1f} MB/s")
        if p.failures:
            words.append(f"not read: {reasons(p.failures)}")
        return ", ".join(words), p.read, None if p.walking else p.read + p.waiting, self._left(p, seconds)

    def _left(self, p: Progress, seconds: float) -> float | None:
        total = self._ahead.total_bytes if self._ahead else None
        if p.walking and total is None:
            return None
        rest = p.waiting_bytes + (max(0, total - p.taken_bytes) if p.walking and total is not None else 0)
        self._samples.append((seconds, rest))
        while self._samples[0][0] < seconds - WINDOW_SECONDS:
            self._samples.popleft()
        (began, before), (now, after) = self._samples[0], self._samples[-1]
        if now - began < FIRST_SECONDS or after >= before:
            return None
        return after * (now - began) / (before - after)


def reasons(failures: Mapping[str, int]) -> str:
    """Return the most frequent reasons with their numbers, as in `4 encrypted, 2 damaged, 1 other`."""
    counted = sorted(failures.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{count} {code}" for code, count in counted[:CODES_SHOWN]]
    others = sum(count for _, count in counted[CODES_SHOWN:])
    return ", ".join([*shown, *([f"{others} other"] if others else [])])
