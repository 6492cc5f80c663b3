"""A process that brings the index up to date while a run goes on: `python -m ingest.feeder`, told by its standard input.

Writing the index costs a third as much as all else that a run does in its own process, which can use one processor only.  The first line that
comes is the settings, each further one asks for a feed; each is answered by a line.  Nothing depends on it: what it did not do, since it is
slow, cannot reach the index or has died, the feed at the end of the run does, and tells what is wrong.
"""
from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

import ingest
from archive.settings import Settings

_ROOT = str(Path(next(iter(ingest.__path__))).resolve().parent)


class Feeder:
    """Asks such a process, which is started by the first call of `start`. All calls return at once but `close`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._asked = False

    def start(self) -> None:
        if self._process is None:
            path = os.pathsep.join(filter(None, (_ROOT, os.environ.get("PYTHONPATH", ""))))
            with suppress(OSError):     # then the end of the run does it all
                self._process = subprocess.Popen([sys.executable, "-P", "-m", "ingest.feeder", str(os.getpid())], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                                 stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}, start_new_session=True)
                assert self._process.stdout is not None
                os.set_blocking(self._process.stdout.fileno(), False)
                self._say(msgspec.json.encode(self._settings, enc_hook=str) + b"\n")

    def feed(self) -> bool:
        """Ask for a feed. Returns False when the one asked for before has not ended, or nobody is there to be asked."""
        self.start()
        if self._process is None or self._process.stdout is None or (self._asked and not self._process.stdout.read()):
            return False
        self._asked = True
        return self._say(b"feed\n")

    def close(self, feed: bool = False) -> None:
        """Let it end what it does, and with `feed` do what is left; and end it."""
        if self._process is not None:
            if feed:
                self._say(b"feed\n")
            self._process.communicate()
            self._process = None

    def _say(self, line: bytes) -> bool:
        assert self._process is not None and self._process.stdin is not None
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError:
            return False
        return True


def main(parent: int) -> None:
    from archive.collecting import collect_seldom
    from archive.errors import CasetrailError
    from archive.wiring import open_archive
    from ingest.feed import feed
    from ingest.fence.confine import end_with

    end_with(parent)
    archive = open_archive(msgspec.json.decode(sys.stdin.buffer.readline(), type=Settings, dec_hook=_path))
    archive.catalogue, archive.index  # noqa: B018  opened before anybody waits
    collect_seldom()
    for _ in sys.stdin.buffer:
        with suppress(CasetrailError):
            feed(archive, wait_seconds=0)
        sys.stdout.buffer.write(b".")
        sys.stdout.buffer.flush()
    archive.close()


def _path(wanted: type, value: Any) -> Any:
    return wanted(value)


if __name__ == "__main__":
    main(int(sys.argv[1]))
