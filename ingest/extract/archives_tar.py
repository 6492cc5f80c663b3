"""Tar files, plain or packed with gzip, bzip2, xz or Zstandard, and single files so packed.

They are read as a stream, member by member, so that what is cut short gives what comes before.  Links, devices and the like are named and
left alone: a link of an archive never leads anywhere.
"""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO, cast

from ingest.extract.archives import Unpacking, over
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids

_BLOCK = 512
_CHUNK = 1 << 20
_LZMA_BYTES = 512 << 20
_ENDINGS = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar",
            ".gz": "", ".bz2": "", ".xz": "", ".lzma": "", ".zst": "", ".z": ""}


def _zstd(stream: BinaryIO) -> BinaryIO:
    from backports import zstd  # comes with py7zr; part of Python from 3.14 on
    return cast(BinaryIO, zstd.ZstdFile(stream))


def _xz(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, lzma.LZMAFile(stream))


_OPENERS: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    "gzip": lambda stream: cast(BinaryIO, gzip.GzipFile(fileobj=stream)), "bzip2": lambda stream: cast(BinaryIO, bz2.BZ2File(stream)),
    "xz": _xz, "zstd": _zstd}


class _Bounded(io.RawIOBase):
    """A stream that gives no more bytes than it may, and says whether it broke off."""

    def __init__(self, inner: BinaryIO, first: bytes, limit_bytes: int) -> None:
        self._inner, self._first, self._left = inner, first, limit_bytes
        self.broke: str = ""
        self.over = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._first:
            out, self._first = (self._first, b"") if size < 0 else (self._first[:size], self._first[size:])
            return out
        if self._left <= 0:
            self.over = True
            return b""
        try:
            out = self._inner.read(min(size if size >= 0 else _CHUNK, self._left))
        except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError, RuntimeError) as error:
            self.broke = type(error).__name__
            return b""
        except Exception as error:  # the errors of Zstandard cannot be named without the library
            self.broke = type(error).__name__
            return b""
        self._left -= len(out)
        return out


def is_tar(head: bytes) -> bool:
    """Say whether bytes begin with the header of a tar member: by its mark, or (old ones have none) by its checksum (POSIX.1-2017, ustar)."""
    block = head[:_BLOCK]
    if len(block) < _BLOCK or not block.strip(b"\0"):
        return False
    said = block[148:156].strip(b" \0")
    if not said or any(c not in b"01234567" for c in said):
        return False
    return int(said, 8) == sum(block[:148]) + 256 + sum(block[156:])


def _read(work: Work) -> Iterator[Part]:
    unpacking = Unpacking(work, "tar")
    with work.source.open() as raw:
        opener = _OPENERS.get(work.identified.format)
        stream = opener(raw) if opener else raw
        most = min(unpacking.total_bytes, max(unpacking.packed_bytes * 250, 16 << 20)) if opener else unpacking.packed_bytes
        bounded = _Bounded(stream, b"", most + _BLOCK)
        head = _fill(bounded)
        if bounded.broke and not head:
            raise CannotRead("damaged", "It cannot be unpacked.")
        bounded = _Bounded(stream, head, most)
        if is_tar(head) or not opener:
            yield from _members(bounded, unpacking)
        else:
            yield from _single(work, bounded, unpacking)


def _fill(stream: _Bounded) -> bytes:
    out = b""
    while len(out) < _BLOCK and (more := stream.read(_BLOCK - len(out))):
        out += more
    return out


def _members(stream: _Bounded, unpacking: Unpacking) -> Iterator[Part]:
    cut_short = ""
    try:
        with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", errorlevel=1, encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                if info.isdir():
                    continue
                name = unpacking.name(_plain(info.name))
                if not info.isreg():
                    kind = "a link" if info.issym() or info.islnk() else "a device or the like"
                    where = f" to {_plain(info.linkname)[:300]}" if info.linkname else ""
                    yield unpacking.unread(name, CannotRead("unsupported", f"It is {kind}{where}, not a file."), skipped=True)
                    continue
                if info.size > unpacking.room():
                    yield unpacking.unread(name, over(unpacking.room()), size_bytes=info.size)
                    continue
                member = archive.extractfile(info)
                content = member.read() if member is not None else b""
                if len(content) < info.size:
                    cut_short = "the archive is cut short"
                    yield unpacking.unread(name, CannotRead("damaged", f"It is cut short: {len(content)} of {info.size} bytes are there."))
                    break
                yield unpacking.member(name, content, _moment(info.mtime))
    except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError) as error:
        cut_short = f"the archive is damaged or cut short ({type(error).__name__})"
    if stream.broke:
        cut_short = f"the archive is damaged or cut short ({stream.broke})"
    elif stream.over:
        cut_short = "the archive unpacks to more than is allowed; the first members were read"
    yield unpacking.ended(cut_short)


def _single(work: Work, stream: _Bounded, unpacking: Unpacking) -> Iterator[Part]:
    name = unpacking.name(inner_name(work.given.name, work.source.head(4096)))
    room, out = unpacking.room(), bytearray()
    while chunk := stream.read(_CHUNK):
        out += chunk
        if len(out) > room:
            yield unpacking.unread(name, over(room))
            yield unpacking.ended()
            return
    if stream.over:
        yield unpacking.unread(name, over(room))
    elif stream.broke and not out:
        raise CannotRead("damaged", "It cannot be unpacked.")
    else:
        yield unpacking.member(name, bytes(out))
    yield unpacking.ended("it is damaged or cut short; what came before is there" if stream.broke else "")


def inner_name(name: str, head: bytes) -> str:
    """Return the name of the file in a packed one: the name it had before (RFC 1952, FNAME), else its own without the ending."""
    if head[:3] == b"\x1f\x8b\x08" and len(head) > 12 and head[3] & 8:
        at = 10
        if head[3] & 4:
            at += 2 + int.from_bytes(head[10:12], "little")
        said = head[at:head.find(b"\0", at)] if head.find(b"\0", at) > at else b""
        if said:
            try:
                return said.decode("utf-8")
            except UnicodeDecodeError:
                return said.decode("latin-1")
    low = name.lower()
    for ending, becomes in _ENDINGS.items():
        if low.endswith(ending) and len(name) > len(ending):
            return name[:-len(ending)] + becomes
    return f"{name}.content" if name else ""


def _plain(name: str) -> str:
    """Return a name as Unicode: UTF-8, else Windows-1252."""
    raw = name.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _moment(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds > 0 else ""
    except (OverflowError, OSError, ValueError):
        return ""


EXTRACTORS = (Extractor("tar", "1", bids({"tar": 1.0, "gzip": 1.0, "bzip2": 1.0, "xz": 1.0, "zstd": 1.0}), _read),)
