"""A few words in memory that two processes share: what a reader last began, there to be read when it has died.

To send it would cost both sides a turn for every item; nearly no item ever needs it.
"""
from __future__ import annotations

import mmap
import os
import tempfile

BYTES = 4096
_LENGTH_BYTES = 4


class Note:
    """The note behind an open file, which this takes over."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._memory = mmap.mmap(descriptor, BYTES)

    def fileno(self) -> int:
        return self._descriptor

    def write(self, words: bytes) -> None:
        """Replace what stands there; words too long for it leave it empty. Who dies meanwhile leaves it empty too."""
        self._memory[:_LENGTH_BYTES] = bytes(_LENGTH_BYTES)
        if len(words) <= BYTES - _LENGTH_BYTES:
            self._memory[_LENGTH_BYTES:_LENGTH_BYTES + len(words)] = words
            self._memory[:_LENGTH_BYTES] = len(words).to_bytes(_LENGTH_BYTES, "big")

    def read(self) -> bytes:
        """Return what stands there. The other side may have written anything."""
        size = int.from_bytes(self._memory[:_LENGTH_BYTES], "big")
        return self._memory[_LENGTH_BYTES:_LENGTH_BYTES + size] if size <= BYTES - _LENGTH_BYTES else b""

    def close(self) -> None:
        self._memory.close()
        os.close(self._descriptor)


def made() -> Note:
    """Return an empty note."""
    if hasattr(os, "memfd_create"):
        descriptor = os.memfd_create("casetrail-note", 0)
    else:
        with tempfile.TemporaryFile() as file:
            descriptor = os.dup(file.fileno())
    os.ftruncate(descriptor, BYTES)
    return Note(descriptor)
