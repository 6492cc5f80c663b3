"""Objects in a bucket: everything at and below a prefix, in order of key, each exactly as it was listed.

An object is read on the condition that it still is the one that was listed (If-Match on its ETag), so that name, time and bytes belong
together.  The bucket in which the archive keeps its own originals is never taken in.
"""
from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import BadRequest
from ingest.sources.base import Met, MetOrNot, Pull, Pulling, Refused
from ingest.sources.s3_address import Address, is_address, overlap, parse
from ingest.tools.bucket import Changed, asking, client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

IN_MEMORY_BYTES = 4 << 20
PIECE_BYTES = 1 << 20
_files = itertools.count()


@dataclass(frozen=True, slots=True)
class Listed:
    """An object as the server lists it; `etag` with its quotes, `changed_at` with its zone."""
    key: str
    etag: str
    size_bytes: int
    changed_at: datetime


def check(given: str, pulling: Pulling) -> None:
    check_not_own(parse(given), pulling.own)


def check_not_own(address: Address, own: tuple[str, ...]) -> None:
    """Raise BadRequest for what overlaps with the places of the archive itself."""
    if any(is_address(url) and overlap(address, parse(url)) for url in own):
        raise BadRequest(f"{address.given} is where the archive keeps its own originals.", "Name another prefix, or another bucket.")


def pull(given: str, name: str, pulling: Pulling) -> Iterator[MetOrNot]:
    """Yield every object at and below what was given; one Refused where there is none, since a key was meant that is not there."""
    address, server, none = parse(given), client(), True
    for listed in listing(server, address):
        none = False
        met = fetch(server, address, listed, name, pulling.spool)
        yield met or Refused(address.place(listed.key, name).path, "unreadable", "The object was removed or replaced while the bucket was read.")
    if none and address.prefix:
        yield Refused(given, "unreadable", "The bucket holds nothing of that name.")


def listing(server: S3Client, address: Address) -> Iterator[Listed]:
    """Yield the objects at and below an address, in the order in which the server lists keys. Raises Unavailable."""
    with asking(address.bucket):
        pages = iter(server.get_paginator("list_objects_v2").paginate(Bucket=address.bucket, Prefix=address.prefix))
    while True:
        with asking(address.bucket):
            page = next(pages, None)
        if page is None:
            return
        for found in page.get("Contents", ()):
            if address.holds(found["Key"]):
                yield Listed(found["Key"], found["ETag"], found["Size"], found["LastModified"])


def fetch(server: S3Client, address: Address, listed: Listed, name: str, spool: Path) -> Met | None:
    """Return an object with its bytes, in memory or (larger ones) in a file of `spool`; None when it is not the listed one any more."""
    place, at = address.place(listed.key, name), listed.changed_at.astimezone(UTC).isoformat(timespec="seconds")
    try:
        with asking(address.bucket):
            got = server.get_object(Bucket=address.bucket, Key=listed.key, IfMatch=listed.etag)
            body, size = got["Body"], got["ContentLength"]
            declared = got.get("ContentType", "").partition(";")[0].strip()
            mime = "" if declared in ("application/octet-stream", "binary/octet-stream") else declared
            if size <= IN_MEMORY_BYTES:
                content = body.read()
                return Met(place, None, len(content), at, mime, content)
            file = spool / f"object-{next(_files)}"
            with file.open("wb") as out:
                for piece in body.iter_chunks(PIECE_BYTES):
                    out.write(piece)
            return Met(place, file, size, at, mime, passing=True)
    except Changed:
        return None


SOURCES = (Pull("s3", lambda given: 1.0 if is_address(given) else 0.0, check, pull),)
