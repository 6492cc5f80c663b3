"""Zip files: a record whose text lists the members, each member a child.

Names keep their folders and lose what would lead out of them ("..", drive letters, leading slashes).  Encrypted members, the traditional
way or with AES, are tried with the passwords that were given.  Size, ratio, number and depth are bounded.  Where the directory at the end
is damaged or missing, members are found by their own headers, and that is said.
"""
from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from ingest.extract.archives import Unpacking, over
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import safe_path
from ingest.extract.package import read_member
from ingest.extract.zip_members import AES, BZIP2, DEFLATED, LZMA, STORED, Local, other_method, recovered, scattered

_OWN_METHODS = frozenset((STORED, DEFLATED, BZIP2, LZMA))
_LINK = 0o120000


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as Unicode. Names without the UTF-8 flag are UTF-8 where they are valid so, else code page 437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    if len(name) > 1 and name[1] == ":" and name[0].isalpha():
        name = name[2:]
    return safe_path(name)


def _modified(year: int, month: int, day: int, hour: int, minute: int, second: int) -> str:
    if year <= 1980 or not (1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60):
        return ""
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{min(second, 59):02d}"


def _read(work: Work) -> Iterator[Part]:
    unpacking = Unpacking(work, "zip")
    with work.source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
            infos = [i for i in archive.infolist() if not i.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError):
            yield from _recovered(stream, unpacking)
            return
        if len(infos) > work.limits.members:
            raise CannotRead("over_limit", f"It has {len(infos)} members; {work.limits.members} are allowed.")
        with archive:
            for info in infos:
                name = unpacking.name(member_name(info))
                if info.create_system == 3 and info.external_attr >> 16 & 0o170000 == _LINK:
                    yield unpacking.unread(name, CannotRead("unsupported", "It is a link, not a file."), skipped=True)
                    continue
                try:
                    content = _content(stream, archive, info, unpacking, work.given.passwords)
                except CannotRead as error:
                    yield unpacking.unread(name, error, size_bytes=info.file_size)
                else:
                    yield unpacking.member(name, content, _modified(*info.date_time))
        yield unpacking.ended()


def _content(stream: BinaryIO, archive: zipfile.ZipFile, info: zipfile.ZipInfo, unpacking: Unpacking, passwords: tuple[str, ...]) -> bytes:
    room = unpacking.room(info.compress_size)
    if info.file_size > room:
        raise over(room)
    if info.compress_type == AES or info.compress_type not in _OWN_METHODS:
        return other_method(stream, info, room, passwords)
    if not info.flag_bits & 1:
        return read_member(archive, info, room)
    for password in passwords:
        for encoding in ("utf-8", "cp437", "cp1252"):
            try:
                return read_member(archive, info, room, password.encode(encoding, "replace"))
            except CannotRead as error:
                if error.code != "encrypted":
                    raise
    raise CannotRead("encrypted", "It is protected by a password.")


def _recovered(stream: BinaryIO, unpacking: Unpacking) -> Iterator[Part]:
    """Yield what can be found without the directory. Raises CannotRead(damaged) when that is nothing."""
    found = list(scattered(stream))
    if not found:
        raise CannotRead("damaged", "It is no complete zip file, and no member can be found in it.")
    stream.seek(0, 2)
    ends = [local.start - 30 - len(local.name) - len(local.extra) for local in found[1:]] + [stream.tell()]
    read = 0
    for local, end in zip(found, ends, strict=True):
        if local.name.endswith(b"/"):
            continue
        name = unpacking.name(_said(local))
        try:
            content = recovered(stream, local, end, unpacking.room(local.packed_bytes or end - local.start))
        except CannotRead as error:
            yield unpacking.unread(name, error)
            continue
        read += 1
        day, time = local.when
        yield unpacking.member(name, content, _modified((day >> 9) + 1980, day >> 5 & 15, day & 31, time >> 11, time >> 5 & 63, (time & 31) * 2))
    if not read:
        raise CannotRead("damaged", "It is no complete zip file, and no member of it can be read.")
    yield unpacking.ended("the directory of the zip file is damaged; members were found by their own headers")


def _said(local: Local) -> str:
    try:
        return safe_path(local.name.decode("utf-8"))
    except UnicodeDecodeError:
        return safe_path(local.name.decode("cp437"))


EXTRACTORS = (Extractor("zip", "2", bids({"zip": 1.0}), _read),)
