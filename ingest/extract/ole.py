"""OLE compound files ([MS-CFB]) by olefile: their streams with a bound on their size, their properties, files embedded in them."""
from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive.model.extracted import Child
from ingest.extract.base import CannotRead
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.text import clean

if TYPE_CHECKING:
    from olefile import OleFileIO

_ERRORS = (OSError, struct.error, ValueError, IndexError, TypeError, AttributeError, RecursionError, KeyError, OverflowError)
_BLIPS = {0xF01D: "jpg", 0xF02A: "jpg", 0xF01E: "png", 0xF029: "tif"}
_PICTURES_MAX = 500


class Compound:
    """A compound file opened for reading."""

    def __init__(self, content: bytes) -> None:
        """Raises CannotRead(damaged)."""
        import olefile
        try:
            self._ole: OleFileIO = olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_FATAL)
        except _ERRORS as error:
            raise CannotRead("damaged", "It is no complete compound file.") from error
        self._size = len(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._ole.close()

    def has(self, *path: str) -> bool:
        try:
            return bool(self._ole.exists(list(path)))
        except _ERRORS:
            return False

    def read(self, *path: str) -> bytes:
        """Return a stream. Raises CannotRead(damaged) when it is missing, broken, or claims to be larger than the file."""
        try:
            if self._ole.get_size(list(path)) > self._size:
                raise CannotRead("damaged", f"The stream {path[-1]} is larger than the file.")
            return bytes(self._ole.openstream(list(path)).read())
        except _ERRORS as error:
            raise CannotRead("damaged", f"The stream {path[-1]} cannot be read.") from error

    def paths(self) -> list[list[str]]:
        """Return the paths of all streams."""
        try:
            return [list(path) for path in self._ole.listdir(streams=True, storages=False)]
        except _ERRORS:
            return []

    def properties(self) -> tuple[dict[str, str], str, str]:
        """Return the document's own properties under the names of OPC, its title, and when it was made ([MS-OLEPS])."""
        found: dict[str, str] = {}
        try:
            said = self._ole.get_metadata()
        except _ERRORS:
            return {}, "", ""
        codec = _codec(said.codepage)
        for field, name in (("title", "dc:title"), ("subject", "dc:subject"), ("author", "dc:creator"), ("keywords", "cp:keywords"),
                            ("comments", "dc:description"), ("last_saved_by", "cp:lastModifiedBy"), ("company", "app:Company"), ("manager", "app:Manager"),
                            ("creating_application", "app:Application"), ("category", "cp:category")):
            value = getattr(said, field, None)
            words = value.decode(codec, "replace") if isinstance(value, bytes) else value if isinstance(value, str) else ""
            if clean(words).strip():
                found[name] = clean(words).strip()[:2000]
        created = said.create_time
        for field, name in (("create_time", "dcterms:created"), ("last_saved_time", "dcterms:modified")):
            moment = getattr(said, field, None)
            if isinstance(moment, datetime.datetime) and moment.year > 1980:
                found[name] = f"{moment.isoformat(timespec='seconds')}Z"
        return found, found.get("dc:title", ""), found.get("dcterms:created", "") if created is not None else ""

    def embedded(self) -> Iterator[Child]:
        """Yield the files embedded as packages ([MS-OLEDS] 2.3.6) and as office documents of the newer kind."""
        names = UniqueNames()
        for path in self.paths():
            last = path[-1].lower()
            if len(path) < 2 or last not in ("\x01ole10native", "package"):
                continue
            try:
                data = self.read(*path)
            except CannotRead:
                continue
            if last == "package":
                yield Child(names.give("embedded" + (".xlsx" if b"xl/" in data[:4000] else ".docx" if b"word/" in data[:4000] else "")), data)
            elif (unpacked := native(data)) is not None:
                yield Child(names.give(safe_name(unpacked[0]) or "embedded"), unpacked[1])


def _codec(page: int | None) -> str:
    import codecs
    name = {65001: "utf-8", 10000: "mac_roman", 1200: "utf-16-le"}.get(page or 0, f"cp{(page or 0) & 0xFFFF}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def native(data: bytes) -> tuple[str, bytes] | None:
    """Return name and bytes of a file embedded as a package, None for something else."""
    try:
        end = data.index(b"\0", 6)
        name = data[6:end].decode("cp1252", "replace")
        end = data.index(b"\0", end + 1) + 1        # the path it came from
        end += 4                                     # reserved
        length = struct.unpack_from("<I", data, end)[0]
        end += 4 + length                            # the path of a temporary copy
        size = struct.unpack_from("<I", data, end)[0]
    except (ValueError, struct.error):
        return None
    content = data[end + 4:end + 4 + size]
    return (name, content) if content and len(content) == size else None


def pictures(data: bytes, names: UniqueNames) -> Iterator[Child]:
    """Yield the pictures (JPEG, PNG, TIFF) among the drawings of a stream ([MS-ODRAW] 2.2.23)."""
    count, at = 0, 0
    while count < _PICTURES_MAX:
        starts = [i for mark in (b"\x1d\xf0", b"\x2a\xf0", b"\x1e\xf0", b"\x29\xf0") if (i := data.find(mark, at)) >= 0]
        if not starts:
            return
        at = min(starts)
        kind = _BLIPS[int.from_bytes(data[at:at + 2], "little")]
        size = int.from_bytes(data[at + 2:at + 6], "little")
        for skip in (23, 39):  # one or two digests and a byte before the picture
            picture = data[at + 6 + skip - 6:at + 6 + size]
            if at >= 2 and 40 < size <= len(data) - at and picture.startswith((b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*")):
                yield Child(names.give(f"picture-{count + 1}.{kind}"), picture, inline=True)
                count += 1
                at += size
                break
        at += 2
