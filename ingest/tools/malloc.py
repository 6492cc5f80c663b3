"""The allocator of the C library (glibc): what was freed stays with the process.

A reader takes and frees the same megabytes for each page; giving them back to the system each time, to be given empty ones, cost a twentieth
of the reading of PDFs.
"""
from __future__ import annotations

import contextlib
import ctypes
import functools

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3  # mallopt(3)
_KEPT_BYTES, _APART_BYTES = 64 << 20, 32 << 20


@functools.cache
def keep_freed() -> None:
    """Let up to 64 MB of freed memory stay, once a process. Does nothing where the C library knows no such setting."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(_TRIM_THRESHOLD, _KEPT_BYTES)
        library.mallopt(_MMAP_THRESHOLD, _APART_BYTES)
