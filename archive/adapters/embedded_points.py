"""States of the embedded index that are kept for a while, so that pages do not shift while entries are written.

    <home>/.points/<version>~<name>/engine/   the files of one commit, as further names of the same bytes

The engine writes files once and then only removes them, so a state is kept by giving its files a second name: no byte is copied, and
every process that has the directory can go on in it.  A state that was not asked for POINT_SECONDS is removed.
"""
from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
from pathlib import Path

from archive.adapters.embedded_versions import file_mark
from archive.errors import Expired
from archive.ports import POINT_SECONDS

EXPIRED = "The search that this cursor belongs to was left for too long."
AGAIN = "Begin the search again without a cursor."

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}~[0-9a-f]{16}")
_META = "meta.json"


class Points:
    """The states kept below a directory."""

    def __init__(self, home: Path) -> None:
        self._home = home / ".points"

    def keep(self, version: str, engine: Path, mark: tuple[int, int]) -> str | None:
        """Keep the commit whose meta file has this mark; return its name, None when another commit has come in between."""
        name = f"{version}~{hashlib.sha256(repr(mark).encode()).hexdigest()[:16]}"
        final = self._home / name
        if self._touch(final):
            return name
        self.sweep()
        making = self._home / f".making-{name}-{os.getpid()}-{time.monotonic_ns()}"
        (making / "engine").mkdir(parents=True)
        try:
            _link(engine / _META, making / "engine" / _META)
            if file_mark(making / "engine" / _META)[0] != mark[0]:
                return None
            held = {segment["segment_id"].replace("-", "") for segment in json.loads((making / "engine" / _META).read_text("utf-8"))["segments"]}
            for file in engine.iterdir():
                if file.name.split(".")[0] in held:
                    _link(file, making / "engine" / file.name)
            # A file may have been removed while the folder was read: then the state is not the one in use any more.
            if file_mark(engine / _META) != mark:
                return None
            making.rename(final)
        except OSError:
            if final.is_dir():
                return name
            if file_mark(engine / _META) != mark:
                return None
            raise
        finally:
            shutil.rmtree(making, ignore_errors=True)
        return name

    def engine(self, name: str) -> Path:
        """Return the engine's files of a state and let it be kept on. Raises Expired."""
        if not _NAME.fullmatch(name) or not self._touch(self._home / name):
            raise Expired(EXPIRED, AGAIN)
        return self._home / name / "engine"

    def sweep(self) -> None:
        """Remove the states that were left for too long."""
        if not self._home.is_dir():
            return
        oldest = time.time() - POINT_SECONDS
        for path in self._home.iterdir():
            try:
                if path.stat().st_mtime < oldest:
                    shutil.rmtree(path, ignore_errors=True)
            except FileNotFoundError:
                continue

    def _touch(self, path: Path) -> bool:
        try:
            if path.stat().st_mtime < time.time() - POINT_SECONDS:
                return False
            os.utime(path)
        except FileNotFoundError:
            return False
        return True


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copy2(source, target)  # a file system without second names
