"""libmagic through python-magic: the media type of bytes by their signature.

The library of the operating system is used where there is one, else the one that the package `pylibmagic` brings (it has to be
imported before `magic`).  Without either nothing is found, and the name of the file decides.
"""
from __future__ import annotations

import ctypes.util
import functools
from collections.abc import Callable

_LOOK_BYTES = 1 << 16


@functools.cache
def _magic() -> Callable[[bytes], str] | None:
    try:
        if ctypes.util.find_library("magic") is None:
            import pylibmagic  # noqa: F401
        import magic
        return magic.Magic(mime=True).from_buffer
    except (ImportError, OSError, AttributeError):
        return None


def available() -> bool:
    """Say whether libmagic can be called here."""
    return _magic() is not None


def mime_of(head: bytes) -> str:
    """Return the media type, "application/octet-stream" when it is not known, "" without libmagic."""
    call = _magic()
    if call is None:
        return ""
    try:
        return str(call(head[:_LOOK_BYTES]))
    except Exception:  # MagicException cannot be imported without the library
        return ""
