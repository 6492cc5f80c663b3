"""When a file has come to rest: a watched folder is written into while it is looked at, and half a file must not be taken for a whole one.

A file rests when size, time of change and identity (device, inode) have stayed the same for a while.  One that was seen under a temporary
name and now stands unchanged under a final one was finished by whoever renamed it, and rests at once.
"""
from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

TEMPORARY_ENDS = (".part", ".partial", ".tmp", ".temp", ".crdownload", ".download", ".opdownload", ".filepart", ".aria2", ".swp", ".swx")
TEMPORARY_STARTS = ("~$", ".~lock.", ".syncthing.", "~syncthing~", ".goutputstream-")


def is_temporary(name: str) -> bool:
    """Say whether a file name is one that programs give while they still write (browsers, transfer programs, offices, editors)."""
    low = name.lower()
    return low.endswith(TEMPORARY_ENDS) or low.startswith(TEMPORARY_STARTS) or _is_rsync(name)


def _is_rsync(name: str) -> bool:
    """Say whether a name is `.NAME.XXXXXX`, as rsync writes before it renames; its six characters are drawn, which no usual ending looks like."""
    head, dot, tail = name.rpartition(".")
    return bool(dot) and name.startswith(".") and "." in head[1:] and len(tail) == 6 and tail.isalnum() and not tail.islower()


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells that a file was written to: size in bytes, time of last change in ns since 1970, device and inode."""
    size_bytes: int
    changed_ns: int
    device: int
    inode: int


def shape_of(path: str) -> Shape | None:
    """Return the shape of a file, None when it is gone or cannot be asked."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return None
    return Shape(found.st_size, found.st_mtime_ns, found.st_dev, found.st_ino)


class Settling:
    """The files of a watched folder by path: those that still may change, those at rest, those taken. Moments are seconds of any one clock."""

    def __init__(self, settle_seconds: float) -> None:
        self._settle = settle_seconds
        self._waiting: dict[str, tuple[Shape, float]] = {}
        self._temporary: dict[str, tuple[Shape, float]] = {}
        self._taken: dict[str, Shape] = {}
        self._told: set[str] = set()

    def see(self, path: str, shape: Shape | None, now: float) -> None:
        """Note how a file looks now; None: it is gone."""
        if shape is None:
            self._waiting.pop(path, None)
            self._temporary.pop(path, None)
        elif is_temporary(os.path.basename(path)):  # noqa: PTH119
            before = self._temporary.get(path)
            self._temporary[path] = before if before and before[0] == shape else (shape, now)
        elif self._taken.get(path) != shape:
            before = self._waiting.get(path)
            if before is None or before[0] != shape:
                renamed = any(shape == other for other, _ in self._temporary.values())
                self._waiting[path] = (shape, now - self._settle if renamed else now)
        else:
            self._waiting.pop(path, None)

    def look_again(self, now: float) -> None:
        """Look once more at what still may change: not every file system tells of changes."""
        for path in (*self._waiting, *self._temporary):
            self.see(path, shape_of(path), now)

    def minds(self, path: str) -> bool:
        """Say whether a file is yet to be taken or told of."""
        return path in self._waiting or path in self._temporary

    def forget_but(self, there: Iterable[str]) -> None:
        """Forget what a look at everything did not find any more."""
        found = set(there)
        for known in (self._taken, self._waiting, self._temporary):
            for path in known.keys() - found:
                del known[path]
        self._told &= found

    def at_rest(self, now: float) -> dict[str, Shape]:
        """Return the files that can be taken, in order of path."""
        return {path: shape for path, (shape, since) in sorted(self._waiting.items()) if now - since >= self._settle}

    def left(self, now: float) -> list[str]:
        """Return the files with temporary names that have been there for a while, each once."""
        found = sorted(path for path, (_, since) in self._temporary.items() if now - since >= self._settle and path not in self._told)
        self._told.update(found)
        return found

    def taken(self, files: dict[str, Shape]) -> None:
        """Note that these were taken in as they looked."""
        for path, shape in files.items():
            self._taken[path] = shape
            if self._waiting.get(path, (None, 0.0))[0] == shape:
                del self._waiting[path]

    @property
    def waiting(self) -> bool:
        """Whether anything still may change."""
        return bool(self._waiting)
