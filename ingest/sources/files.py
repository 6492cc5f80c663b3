"""Files and folders on a disk that is mounted here: everything below, hidden files too, in order of name.

A symbolic link is met as the file it points to when that lies inside the folder that was given (and then the file is met at both
names); one that leads outside, in a circle or nowhere is refused.  Folders are never entered through a link.  Sockets, pipes and
devices are refused, and so is what may not be read.
"""
from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from archive.model.item import Place
from ingest.sources.base import Met, Refused, Source

_KINDS = ((stat.S_ISSOCK, "a socket"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISBLK, "a device"), (stat.S_ISCHR, "a device"))
DEPTH_MAX = 200


class Root:
    """What was given to `ingest`: how its places are named, and what lies inside it."""

    def __init__(self, path: str, name: str) -> None:
        self.typed = path.rstrip("/") or "/"
        self.real = os.path.realpath(path)
        self._name = name
        self._inside = self.real if os.path.isdir(self.real) else os.path.dirname(self.real)  # noqa: PTH112, PTH120

    def place(self, below: str) -> Place:
        """Return the place of what lies at a relative path below the root, "" for the root itself."""
        path = self.typed + ("" if self.typed.endswith("/") or not below else "/") + below
        if self._name:
            canonical = f"{self._name}:{below or os.path.basename(self.real)}"  # noqa: PTH119
        else:
            canonical = self.real + ("" if self.real.endswith("/") or not below else "/") + below
        return Place(path, canonical)

    def holds(self, real: str) -> bool:
        """Say whether a resolved path lies inside what was given."""
        return real == self._inside or real.startswith(self._inside.rstrip("/") + "/")


def modified_at(status: os.stat_result) -> str:
    """Return the time of last change as ISO 8601 in UTC, to the second; "" for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(int(status.st_mtime), UTC).isoformat()
    except (OverflowError, OSError, ValueError):
        return ""


def meet(root: Root, file: str, below: str, declared_mime: str = "") -> Met | Refused:
    """Return the file at a path, or why it cannot be had. It is opened once to see that it can be."""
    place = root.place(below)
    try:
        status = os.lstat(file)
        if stat.S_ISLNK(status.st_mode):
            real = os.path.realpath(file)
            if below and not root.holds(real):
                return Refused(place.path, "unreadable", "The link leads outside the folder that was given.")
            status = os.stat(file)  # noqa: PTH116
            if stat.S_ISDIR(status.st_mode):
                return Refused(place.path, "unsupported", "A link to a folder is not followed; the folder is read where it lies.")
        for is_kind, word in _KINDS:
            if is_kind(status.st_mode):
                return Refused(place.path, "unsupported", f"It is {word}, not a file.")
        os.close(os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK))
    except OSError as error:
        return Refused(place.path, "unreadable", f"It cannot be read ({error.strerror or 'input/output error'}).")
    return Met(place, Path(file), status.st_size, modified_at(status), declared_mime)


def entries(folder: str, root: Root, below: str) -> list[os.DirEntry[str]] | Refused:
    """Return what lies in a folder so that paths come in order of their bytes (a folder counts with its slash), or why it cannot be listed."""
    try:
        with os.scandir(folder) as found:
            return sorted(found, key=lambda e: os.fsencode(e.name) + (b"/" if e.is_dir(follow_symlinks=False) else b""))
    except OSError as error:
        return Refused(root.place(below).path, "unreadable", f"The folder cannot be listed ({error.strerror or 'input/output error'}).")


def walk_folder(root: Root, folder: str, below: str, depth: int = 0, productions: bool = True) -> Iterator[Met | Refused]:
    """Yield everything in a folder and below it. Maildirs and productions (a load file with its files) are read as such wherever they lie."""
    from ingest.sources.load_file import load_file_of, walk_load_folder
    from ingest.sources.maildir import is_maildir, walk_maildir
    listed = entries(folder, root, below)
    if isinstance(listed, Refused):
        yield listed
        return
    if is_maildir(folder):
        yield from walk_maildir(root, folder, below, listed, depth)
        return
    if productions and (found := load_file_of(folder)) is not None:
        yield from walk_load_folder(root, folder, below, found, depth)
        return
    for entry in listed:
        name = f"{below}/{entry.name}" if below else entry.name
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
        except OSError:
            is_folder = False
        if not is_folder:
            yield meet(root, entry.path, name)
        else:
            yield from subfolder(root, entry.path, name, depth, productions)


def subfolder(root: Root, folder: str, below: str, depth: int, productions: bool = True) -> Iterator[Met | Refused]:
    """Yield what lies in a folder of a folder, or refuse it where folders are nested too deep."""
    if depth >= DEPTH_MAX:
        yield Refused(root.place(below).path, "over_limit", f"Folders are nested deeper than {DEPTH_MAX}.")
    else:
        yield from walk_folder(root, folder, below, depth + 1, productions)


def _walk(path: str, name: str) -> Iterator[Met | Refused]:
    root = Root(path, name)
    if os.path.isdir(path):  # noqa: PTH112
        yield from walk_folder(root, path, "")
    else:
        yield meet(root, path, "")


def _bid(path: str) -> float:
    return 0.5 if os.path.lexists(path) else 0.0


SOURCES = (Source("files", _bid, _walk),)
