"""RAR archives: members that are only stored are cut out here, packed ones are unpacked by `bsdtar` where it is installed.

RAR's method of packing may not be written down anew from the publisher's own source; libarchive has a free reader of versions 2.9 to 5 without
solid archives of the older kind, without passwords.  What it cannot unpack is named, member by member, and the archive is kept.
"""
from __future__ import annotations

import contextlib
import tarfile
import tempfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from archive.model.outcome import Done, Skipped
from ingest.extract.archives import Unpacking, over
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.rar_headers import Broken, Entry, Locked, entries
from ingest.tools import bsdtar

_ENCRYPTED = "It is protected by a password. Passwords of RAR are not tried: unpack it by hand and take in what comes out."


def _read(work: Work) -> Iterator[Part]:
    unpacking = Unpacking(work, "rar")
    waiting, ahead = 0, (-1, b"")
    with work.source.open() as stream:
        listed, trouble = _listed(stream, work)
        with contextlib.closing(_unpacked(listed, work, unpacking)) as contents:  # nothing is started before the first packed member
            for number, entry in enumerate(listed):
                if entry.kind == "folder":
                    continue
                name, room = unpacking.name(entry.name), unpacking.room()
                refused = _refused(entry) or (over(room) if entry.size_bytes > room else None)
                if refused is None and entry.stored:
                    stream.seek(entry.start)
                    content: bytes | None = stream.read(min(entry.packed_bytes, entry.size_bytes))
                elif refused is None and bsdtar.available():
                    while ahead[0] < number:
                        ahead = next(contents, (len(listed), b""))
                    content = ahead[1] if ahead[0] == number else None
                elif refused is None:
                    waiting += 1
                    refused = CannotRead("unavailable", f"Unpacking it needs {bsdtar.PACKAGE}.")
                refused = refused or _wrong(entry, content)
                if refused is None and content is not None:
                    yield unpacking.member(name, content, entry.modified_at)
                elif refused is not None:
                    yield unpacking.unread(name, refused, skipped=refused.code in ("unsupported", "unavailable"), size_bytes=entry.size_bytes)
    ended = unpacking.ended(trouble)
    if waiting and isinstance(ended.outcome, Done):
        ended = replace(ended, outcome=Skipped("unavailable", f"Unpacking {waiting} of its members needs {bsdtar.PACKAGE}."))
    yield ended


def _wrong(entry: Entry, content: bytes | None) -> CannotRead | None:
    """Return what is wrong with the bytes of a member, None where they are those that were packed."""
    if content is None and entry.foreign:
        return CannotRead("unsupported", "It is packed in a way that is not known here (solid archives of version 4, archives of version 2 and older).")
    if content is None:
        return CannotRead("damaged", "It cannot be unpacked.")
    if len(content) != entry.size_bytes or (entry.crc is not None and zlib.crc32(content) != entry.crc):
        return CannotRead("damaged", "Its bytes are not those that were packed.")
    return None


def _listed(stream: BinaryIO, work: Work) -> tuple[list[Entry], str]:
    """Return the members as their headers tell them, and what was wrong. Raises CannotRead: encrypted, over_limit, damaged."""
    found: list[Entry] = []
    try:
        for entry in entries(stream, work.source.size_bytes()):
            if len(found) >= work.limits.members:
                raise CannotRead("over_limit", f"It has more than {work.limits.members} members.")
            found.append(entry)
    except Locked:
        raise CannotRead("encrypted", f"The archive and the names in it are protected. {_ENCRYPTED}") from None
    except Broken:
        if not found:
            raise CannotRead("damaged", "It is no complete RAR archive.") from None
        return found, "the archive is damaged or cut short"
    return found, ""


def _is_packed(entry: Entry) -> bool:
    return entry.kind == "file" and not entry.stored and not entry.encrypted and not entry.split


def _refused(entry: Entry) -> CannotRead | None:
    """Return why a member is not even tried, None for one that is."""
    if entry.kind == "link":
        return CannotRead("unsupported", "It is a link, not a file.")
    if entry.encrypted:
        return CannotRead("encrypted", _ENCRYPTED)
    if entry.split:
        return CannotRead("unsupported", "A part of it lies in another file of a split archive; unpack them together by hand.")
    return None


def _unpacked(listed: list[Entry], work: Work, unpacking: Unpacking) -> Generator[tuple[int, bytes], None, None]:
    """Yield the bytes of packed members with their place in the list, as far as the program gets; those that may not be had are passed over."""
    with contextlib.ExitStack() as stack:
        if work.source.file is None:
            stream = cast(BinaryIO, stack.enter_context(tempfile.TemporaryFile()))
            stream.write(work.content)
            stream.flush()
        else:
            stream = stack.enter_context(work.source.open())
        try:
            pipe = stack.enter_context(bsdtar.as_tar(stream))
            with tarfile.open(fileobj=pipe, mode="r|", errorlevel=1, encoding="utf-8", errors="surrogateescape") as tar:
                for number, info in enumerate(tar):
                    if number >= len(listed):
                        return
                    entry = listed[number]
                    if not info.isreg() or not _is_packed(entry):
                        continue
                    if info.size > unpacking.room():
                        return  # it would have to be unpacked all the same to come to the next
                    member = tar.extractfile(info)
                    content = member.read() if member is not None else b""
                    if len(content) == info.size:
                        yield number, content
        except (tarfile.TarError, EOFError, OSError, ValueError, OverflowError):  # what came before is there; the rest is told as not unpacked
            return


EXTRACTORS = (Extractor("rar", "1", bids({"rar": 1.0}), _read),)
