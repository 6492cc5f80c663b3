"""The four outcomes of a step. An item that cannot be read is a fact about the item, not a crash.

Tagged structs rather than dataclasses, so that a union of them can be written to bytes and read back by its type.
"""
from __future__ import annotations

from typing import Literal

import msgspec

Step = Literal["store", "identify", "extract", "enrich"]

Code = Literal[
    "encrypted",      # a password or key is needed: somebody has to supply it
    "damaged",        # the bytes break the rules of their format
    "unsupported",    # no reader for this format
    "over_limit",     # a bomb, or larger than the limits allow
    "timeout",        # the reader did not end within its time
    "crashed",        # the reader died (memory, signal)
    "empty",          # no bytes at all, or no text where text was expected
    "needs_ocr",      # only pictures of text
    "unreadable",     # the source could not give the bytes (permissions, vanished, I/O)
    "interrupted",    # the run ended before the step did
    "unavailable",    # a server or tool was not there
]


class Done(msgspec.Struct, frozen=True, tag=True):
    """The step gave what it should; `note` says what is worth knowing (text cut, a fallback reader used)."""
    note: str = ""


class Skipped(msgspec.Struct, frozen=True, tag=True):
    """The step had nothing to do here or cannot be done yet, and why. The original is kept."""
    code: Code
    reason: str


class Retry(msgspec.Struct, frozen=True, tag=True):
    """The step failed for a cause that lies outside the item; the next run tries again."""
    code: Code
    cause: str


class Failed(msgspec.Struct, frozen=True, tag=True):
    """The step failed for a cause that lies in the item. The original is kept where its bytes could be had."""
    code: Code
    cause: str


Outcome = Done | Skipped | Retry | Failed
