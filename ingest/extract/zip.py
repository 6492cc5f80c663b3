"""Zip files: a record whose text lists the members, each member a child.

Names keep their folders and lose what would lead out of them ("..", drive letters, leading slashes).  Encrypted members are tried with
the passwords that were given.  Size, ratio, number and depth are bounded.
"""
from __future__ import annotations

import contextlib
import zipfile
from collections.abc import Iterator

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import UniqueNames, safe_path
from ingest.extract.package import read_member
from ingest.extract.text import clean


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member as Unicode. Names without the UTF-8 flag are UTF-8 where they are valid so, else code page 437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeEncodeError, UnicodeDecodeError):
            name = name.encode("cp437").decode("utf-8")
    if len(name) > 1 and name[1] == ":" and name[0].isalpha():
        name = name[2:]
    return safe_path(name)


def _modified(info: zipfile.ZipInfo) -> str:
    year, month, day, hour, minute, second = info.date_time
    return f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{min(second, 59):02d}" if year > 1980 and 1 <= month <= 12 and 1 <= day <= 31 else ""


def _read(work: Work) -> Iterator[Part]:
    limits, given = work.limits, work.given
    if given.depth >= limits.depth:
        raise CannotRead("over_limit", f"Archives are nested deeper than {limits.depth}.")
    with work.source.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
            infos = [i for i in archive.infolist() if not i.is_dir()]
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise CannotRead("damaged", "It is no complete zip file.") from error
        if len(infos) > limits.members:
            raise CannotRead("over_limit", f"It has {len(infos)} members; {limits.members} are allowed.")
        names, lines, total, locked, read, unread = UniqueNames(), list[str](), 0, 0, 0, 0
        for info in sorted(infos, key=lambda i: not i.filename.endswith("users.json")):  # who is meant in the chats beside it
            name = names.give(member_name(info) or f"member-{len(lines) + 1}")
            lines.append(f"{name} ({info.file_size} bytes)")
            try:
                if total + info.file_size > limits.item_bytes * 4:
                    raise CannotRead("over_limit", f"The members together unpack to more than {limits.item_bytes * 4} bytes.")
                content = _unlocked(archive, info, limits.item_bytes, given.passwords)
            except CannotRead as error:
                locked += error.code == "encrypted"
                unread += 1
                yield Unread(name, Failed(error.code, error.reason))
                continue
            total += len(content)
            read += 1
            yield Child(name, content, modified_at=_modified(info))
        archive.close()
    text = clean("\n".join(lines))
    if infos and locked == len(infos):
        yield Extracted(Failed("encrypted", "All members are protected by a password."), text=text, subject=given.name)
    elif not infos:
        yield Extracted(Failed("empty", "The archive has no members."), subject=given.name)
    else:
        note = f"{unread} of {len(infos)} members could not be read" if unread else ""
        yield Extracted(Done(note), text=text, subject=given.name, metadata={"zip:members": str(len(infos))})


def _unlocked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit_bytes: int, passwords: tuple[str, ...]) -> bytes:
    if not info.flag_bits & 1:
        return read_member(archive, info, limit_bytes)
    for password in passwords:
        for encoding in ("utf-8", "cp437", "cp1252"):
            try:
                return read_member(archive, info, limit_bytes, password.encode(encoding, "replace"))
            except CannotRead as error:
                if error.code != "encrypted":
                    raise
    raise CannotRead("encrypted", "It is protected by a password.")


EXTRACTORS = (Extractor("zip", "1", bids({"zip": 1.0}), _read),)
