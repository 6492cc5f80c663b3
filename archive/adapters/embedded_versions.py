"""Versions of the embedded index as directories, and the pointer to the one in use.

    <home>/current               the name of the version in use; replaced by a rename, so that it is always whole
    <home>/<version>/about.json  the date of its mapping and the version of its analysis
    <home>/<version>/engine/     the engine's own files

A version is made under another name and then renamed, and renamed before it is removed: what bears a version's name is whole.
"""
from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mappings
from archive.adapters.embedded_schema import open_engine, schema_of
from archive.adapters.index_versions import About, about_today, checked
from archive.errors import Conflict, NotFound

_ABOUT, _ENGINE, _CURRENT = "about.json", "engine", "current"


class Versions:
    """The versions below a directory, which is made at the first `create`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def names(self) -> list[str]:
        if not self.home.is_dir():
            return []
        return sorted(path.name for path in self.home.iterdir() if not path.name.startswith(".") and (path / _ABOUT).is_file())

    def current(self) -> str | None:
        try:
            return (self.home / _CURRENT).read_text("ascii").strip() or None
        except FileNotFoundError:
            return None

    def engine(self, version: str) -> Path:
        """Return where the engine's files of a version are. Raises NotFound."""
        path = self.home / checked(version) / _ENGINE
        if not path.is_dir():
            raise NotFound(f"The index has no version {version!r}.")
        return path

    def about(self, version: str) -> About:
        self.engine(version)
        return About(**json.loads((self.home / version / _ABOUT).read_text("utf-8")))

    def create(self, version: str) -> None:
        final = self.home / checked(version)
        if final.exists():
            raise Conflict(f"The index has a version {version!r} already.")
        making = self.home / f".making-{version}-{os.getpid()}"
        shutil.rmtree(making, ignore_errors=True)
        (making / _ENGINE).mkdir(parents=True)
        open_engine(str(making / _ENGINE), schema_of(mappings.records()))
        _write(making / _ABOUT, json.dumps(about_today().as_json()))
        _sync(making)
        try:
            making.rename(final)
        except OSError as error:
            shutil.rmtree(making, ignore_errors=True)
            if final.exists():
                raise Conflict(f"The index has a version {version!r} already.") from error
            raise
        _sync(self.home)

    def switch(self, version: str) -> None:
        self.engine(version)
        fresh = self.home / f".{_CURRENT}-{os.getpid()}"
        _write(fresh, version + "\n")
        fresh.replace(self.home / _CURRENT)
        _sync(self.home)

    def drop(self, version: str) -> None:
        if version == self.current():
            raise Conflict(f"Version {version!r} of the index is in use.", "Switch to another one first.")
        self.engine(version)
        gone = self.home / f".dropped-{version}-{os.getpid()}"
        (self.home / version).rename(gone)
        shutil.rmtree(gone, ignore_errors=True)

    def mark(self) -> tuple[int, int]:
        """Return a value that changes when the pointer does."""
        return file_mark(self.home / _CURRENT)


def file_mark(path: Path) -> tuple[int, int]:
    """Return a value that changes when a file is replaced (its inode and time of change), (0, 0) while there is none."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_ino, status.st_mtime_ns


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _sync(path: Path) -> None:
    with _folder(path) as descriptor:
        os.fsync(descriptor)
