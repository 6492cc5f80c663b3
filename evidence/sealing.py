"""A ZIP written beside its target and put in place only when whole: a full disk or a crash leaves nothing half."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from archive.errors import BadRequest, StoreFull
from archive.model.digest import CHUNK_BYTES

_PACKED = (
    "image/",
    "video/",
    "audio/",
    "application/pdf",
    "application/zip",
    "application/gzip",
    "application/vnd.openxmlformats",
    "application/vnd.oasis",
)
"""Media types whose bytes are compressed already; packing them again costs time and gains nothing."""


@dataclass
class Sealed:
    """An open ZIP that only grows. Entries come in the order added and bear one time, so the same input gives the same bytes."""

    archive: zipfile.ZipFile
    stamp: tuple[int, int, int, int, int, int]
    written: dict[str, tuple[str, int]] = field(default_factory=dict)

    def add(self, name: str, content: IO[bytes], size_bytes: int, mime: str = "") -> tuple[str, int]:
        """Add an entry from a stream and return its SHA-256 and its size in bytes. `size_bytes` is what to expect (ZIP64 from 2 GiB on)."""
        info = zipfile.ZipInfo(name, self.stamp)
        info.compress_type = zipfile.ZIP_STORED if mime.startswith(_PACKED) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o100644 << 16
        info.create_system = 3
        info.file_size = size_bytes
        running, size = hashlib.sha256(), 0
        with self.archive.open(info, "w") as entry:
            while chunk := content.read(CHUNK_BYTES):
                running.update(chunk)
                size += len(chunk)
                entry.write(chunk)
        self.written[name] = (running.hexdigest(), size)
        return self.written[name]


@contextmanager
def sealed(target: Path, made_at: str) -> Iterator[Sealed]:
    """Give a ZIP to be filled; on leaving it is made durable and put at `target`, after an error nothing is left of it.

    What stood at `target` before is replaced in one step.  `made_at` (ISO 8601) is the time of every entry; ZIP knows no zone and even
    seconds only.  Raises StoreFull, BadRequest for a place that cannot be written.
    """
    try:
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:80]}.", suffix=".partial")
    except OSError as error:
        raise _told(error, target) from error
    try:
        with os.fdopen(handle, "w+b") as file:
            archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
            try:
                yield Sealed(archive, _stamp(made_at))
            except BaseException:
                # Closing writes the directory of the ZIP, which fails once more on a full disk; the first error is the one to tell.
                with suppress(Exception):
                    archive.close()
                raise
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
        _durable(target.parent)
    except BaseException as error:
        with suppress(OSError):
            Path(partial).unlink()
        if isinstance(error, OSError):
            raise _told(error, target) from error
        raise


def sha256_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 and the size in bytes of a file."""
    with path.open("rb") as stream:
        return digest_stream(stream)


def digest_stream(stream: BinaryIO | IO[bytes]) -> tuple[str, int]:
    running, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        running.update(chunk)
        size += len(chunk)
    return running.hexdigest(), size


def _stamp(made_at: str) -> tuple[int, int, int, int, int, int]:
    try:
        at = datetime.fromisoformat(made_at)
    except ValueError as error:
        raise BadRequest(f"{made_at!r} is no moment in ISO 8601.") from error
    # DOS time begins in 1980 and ends in 2107 (APPNOTE 4.4.6).
    return (min(max(at.year, 1980), 2107), at.month, at.day, at.hour, at.minute, at.second // 2 * 2)


def _told(error: OSError, target: Path) -> Exception:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreFull(f"There is no space left for {target}.", "Make room or write it to another disk; nothing was left half done.")
    return BadRequest(f"{target} cannot be written ({error.strerror or error}).", "Name a file in a folder that exists and may be written.")


def _durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
