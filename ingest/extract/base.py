"""What an extractor is. One module per format; each registers itself with what it accepts and how surely; the surest wins.

A reader gets bytes and gives values.  It sees no store, index or catalogue.  It raises `CannotRead` for what it finds wrong with the
item; anything else that it raises is taken for damage.  The fence around it deals with hangs, crashes and bombs.
"""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Code
from archive.settings import Limits
from ingest.given import Given


class CannotRead(Exception):
    """The item cannot be read: `code` says which of the ways, `reason` is one sentence for people."""

    def __init__(self, code: Code, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(frozen=True, slots=True)
class Work:
    """One item to be read: its bytes, what they are, what was given with them, and the limits."""
    content: bytes
    identified: Identified
    given: Given
    limits: Limits


Part = Child | Unread | Extracted
"""What a reader yields: any number of children and unread members, and exactly one Extracted, last."""

Read = Callable[[Work], Iterator[Part]]


@dataclass(frozen=True, slots=True)
class Extractor:
    """`bid(identified)` is 0 for what it cannot read, else up to 1; `name/version` goes into every record it made.

    When the surest fails with `damaged`, the next one is tried; the record says so.
    """
    name: str
    version: str
    bid: Callable[[Identified], float]
    read: Read
