"""What an extractor is. One module per format; each registers itself with what it accepts and how surely; the surest wins.

A reader gets bytes and gives values.  It sees no store, index or catalogue.  It raises `CannotRead` for what it finds wrong with the
item; anything else that it raises is taken for damage.  The fence around it deals with hangs, crashes and bombs.
"""
from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Code
from archive.settings import Limits
from ingest.given import Given

HEAD_BYTES = 1 << 16


class CannotRead(Exception):
    """The item cannot be read: `code` says which of the ways, `reason` is one sentence for people."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an item: in memory (`data`) or in a file that may be larger than memory (`file`)."""
    data: bytes | None = None
    file: str | None = None

    def open(self) -> BinaryIO:
        """Return the bytes as a seekable stream. Raises CannotRead(unreadable)."""
        if self.file is None:
            return io.BytesIO(self.data or b"")
        try:
            return open(self.file, "rb")  # noqa: PTH123 - a Path costs as much as the opening, and this is asked of each item
        except OSError as error:
            raise CannotRead("unreadable", f"The file cannot be opened ({error.strerror}).") from error

    def size_bytes(self) -> int:
        if self.file is None:
            return len(self.data or b"")
        try:
            return os.stat(self.file).st_size  # noqa: PTH116 - as above
        except OSError as error:
            raise CannotRead("unreadable", f"The file cannot be seen ({error.strerror}).") from error

    def head(self, size_bytes: int = HEAD_BYTES) -> bytes:
        """Return the first bytes."""
        if self.file is None:
            return (self.data or b"")[:size_bytes]
        with self.open() as stream:
            return stream.read(size_bytes)

    def read(self, limit_bytes: int) -> bytes:
        """Return all bytes. Raises CannotRead(over_limit) when there are more than the limit."""
        if (size := self.size_bytes()) > limit_bytes:
            raise CannotRead("over_limit", f"The item has {size} bytes; {limit_bytes} are allowed.")
        if self.data is not None:
            return self.data
        with self.open() as stream:
            found = stream.read(size + 1)  # Python makes room for as much as is asked for
            return found if len(found) <= size else (found + stream.read(max(0, limit_bytes - len(found))))[:limit_bytes]  # it grows


@dataclass(frozen=True, slots=True)
class Work:
    """One item to be read: its bytes, what they are, what was given with them, and the limits."""
    source: Content
    identified: Identified
    given: Given
    limits: Limits

    @property
    def content(self) -> bytes:
        """All bytes at once. Raises CannotRead(over_limit) above `limits.item_bytes`. A reader of large containers uses `source.open()`."""
        return self.source.read(self.limits.item_bytes)


Part = Child | Unread | Extracted
"""What a reader yields: any number of children and unread members, and exactly one Extracted, last."""

Read = Callable[[Work], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """`bid(identified)` is 0 for what it cannot read, else up to 1; `name/version` goes into every record it made.

    When the surest fails with `damaged`, or dies, the next one is tried; the record says so.
    """
    name: str
    version: str
    bid: Callable[[Identified], float]
    read: Read


def bids(formats: dict[str, float]) -> Callable[[Identified], float]:
    """Return a bid by format name; what is not named is not read."""
    return lambda identified: formats.get(identified.format, 0.0)
