"""bsdtar (libarchive, under a BSD licence; Debian: libarchive-tools), called as a program: an archive comes out as a tar, member after member.

It gets the archive as its standard input and writes to a pipe, never to a folder, so that no name in an archive means anything to it.  It runs
in the process group of the worker, under the worker's bounds of memory and time, and is ended as soon as nobody reads on.

It chooses the form of what it reads by the first bytes.  Give it only what begins with the mark of a binary archive: among the texts that it
would take for archives is one (mtree) that names files of this machine to be put in.
"""
from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import BinaryIO, cast

PROGRAM = "bsdtar"
PACKAGE = "bsdtar (Debian: libarchive-tools)"


@functools.cache
def program() -> str:
    """Return the full name of the program, "" where it is not installed."""
    return shutil.which(PROGRAM) or ""


def available() -> bool:
    return bool(program())


@contextlib.contextmanager
def as_tar(archive: BinaryIO) -> Iterator[BinaryIO]:
    """Give the archive in an open file as a tar in a pipe; a member that cannot be unpacked ends it. Raises OSError where it cannot be called."""
    archive.seek(0)
    os.lseek(archive.fileno(), 0, os.SEEK_SET)
    process = subprocess.Popen([program() or PROGRAM, "-c", "-f", "-", "--format=pax", "@-"], stdin=archive.fileno(), stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"})
    try:
        yield cast(BinaryIO, process.stdout)
    finally:
        if process.stdout is not None:
            process.stdout.close()
        process.kill()
        process.wait()
