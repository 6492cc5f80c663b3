"""What every object store holds to: which keys there can be, and bytes that are verified while they pass."""
from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from archive.errors import BadRequest, Conflict, IntegrityBroken
from archive.model.digest import CHUNK_BYTES, Digest, ObjectKey, digest_of
from archive.ports import NewObject

_PART = r"[A-Za-z0-9_=+-][A-Za-z0-9._=+-]{0,254}"
_KEY = re.compile(f"{_PART}(?:/{_PART})*")
KEY_MAX_CHARS = 900
"""S3 ends at 1024 bytes, of which a prefix may need some."""


def is_key(text: str) -> bool:
    """Return whether a name found in a store can be that of one of our objects."""
    return len(text) <= KEY_MAX_CHARS and _KEY.fullmatch(text) is not None


def checked_key(key: ObjectKey) -> str:
    """Return the key when it can name an object in any store: parts of ASCII letters, digits and `. _ = + -`, none starting with a dot.

    Raises BadRequest otherwise, so that no key leads out of the store (`..`, an absolute path) or into its own working files.
    """
    if not is_key(key):
        raise BadRequest(f"{key[:100]!r} cannot be the key of an object.", "Keys are relative, ASCII, and no part starts with a dot.")
    return key


def verified_chunks(content: BinaryIO, digest: Digest, chunk_bytes: int = CHUNK_BYTES) -> Iterator[bytes]:
    """Yield a stream in chunks of `chunk_bytes` (the last may be shorter) and raise IntegrityBroken after the last when the digest differs.

    What the stream itself raises is passed on as it is: its reader knows more about it than the store.
    """
    running = hashlib.sha256()
    while chunk := _full(content, chunk_bytes):
        running.update(chunk)
        yield chunk
    if running.hexdigest() != digest:
        raise broken()


def verify_all(objects: Sequence[NewObject]) -> None:
    """Raise BadRequest or IntegrityBroken unless every object has a usable key and its digest."""
    for new in objects:
        checked_key(new.key)
        if digest_of(new.content) != new.digest:
            raise broken()


def broken() -> IntegrityBroken:
    return IntegrityBroken("The bytes that came do not have the digest they were announced with; nothing was kept.",
                           "Read them again from their source; when it happens again, the source or the way from it is damaged.")


def taken(key: ObjectKey) -> Conflict:
    return Conflict(f"The store holds other bytes under {key}; they were not touched.",
                    "Run `casetrail verify`: either the stored object is damaged or the key was given twice.")


def _full(content: BinaryIO, size: int) -> bytes:
    """Read `size` bytes, fewer only at the end: a raw stream may give less at a time."""
    first = content.read(size)
    if not first or len(first) == size:
        return first
    parts, have = [first], len(first)
    while have < size and (more := content.read(size - have)):
        parts.append(more)
        have += len(more)
    return b"".join(parts)
