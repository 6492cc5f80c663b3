"""Digests and the layout of the object store (format `v1`, docs/formats/object-store.md).

    v1/sha256/ab/<hex>                    an original, exactly as it came
    v1/sha256/ab/<hex>.<record_id>.<place>.json   the origin statement of one item with these bytes, met under one path
    v1/sha256/ab/<hex>.<record_id>.<list>.jsonl   origin statements of what was found inside that item, one a line
    v1/custody/<first>-<last>.jsonl       a closed segment of the custody log
    v1/directory/<hex>.csv                a client directory as it was imported
    v1/work/<seq>-<act_id>.json           one act of a person: a correction, a tag, a saved search, or that one was taken back
"""
from __future__ import annotations

import hashlib
from typing import BinaryIO, NewType

Digest = NewType("Digest", str)
"""SHA-256 of bytes, 64 lower-case hexadecimal digits (FIPS 180-4)."""

ObjectKey = NewType("ObjectKey", str)
"""Name of an object in the store: relative, `/`-separated, ASCII."""

CHUNK_BYTES = 1 << 20
LIST_DIGITS = 16


def digest_of(content: bytes) -> Digest:
    """Return the digest of bytes held in memory."""
    return Digest(hashlib.sha256(content).hexdigest())


def digest_of_stream(stream: BinaryIO) -> tuple[Digest, int]:
    """Return the digest and the size in bytes of what a stream gives from its present position to its end."""
    running, size_bytes = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        running.update(chunk)
        size_bytes += len(chunk)
    return Digest(running.hexdigest()), size_bytes


def original_key(digest: Digest) -> ObjectKey:
    return ObjectKey(f"v1/sha256/{digest[:2]}/{digest}")


def origin_key(digest: Digest, record_id: str, path: str) -> ObjectKey:
    """Return the key of an origin statement; `<place>` in it is the start of the digest of the path under which the item was met."""
    place = digest_of(path.encode("utf-8", "surrogateescape"))[:8]
    return ObjectKey(f"v1/sha256/{digest[:2]}/{digest}.{record_id}.{place}.json")


def members_key(digest: Digest, record_id: str, content: bytes) -> ObjectKey:
    """Return the key of a list of the statements of what an item holds; `<list>` in it is the start of the digest of the list."""
    return ObjectKey(f"v1/sha256/{digest[:2]}/{digest}.{record_id}.{digest_of(content)[:LIST_DIGITS]}.jsonl")


def lists_as_named(key: ObjectKey, content: bytes) -> bool:
    """Say whether a list of statements is what its key (`members_key`) says."""
    return key.endswith(f".{digest_of(content)[:LIST_DIGITS]}.jsonl")


def custody_key(first: int, last: int) -> ObjectKey:
    return ObjectKey(f"v1/custody/{first:012d}-{last:012d}.jsonl")


def directory_key(digest: Digest) -> ObjectKey:
    return ObjectKey(f"v1/directory/{digest}.csv")


def work_key(seq: int, act_id: str) -> ObjectKey:
    return ObjectKey(f"v1/work/{seq:012d}-{act_id}.json")


ORIGINALS_PREFIX = "v1/sha256/"
CUSTODY_PREFIX = "v1/custody/"
DIRECTORY_PREFIX = "v1/directory/"
WORK_PREFIX = "v1/work/"
