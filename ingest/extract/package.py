"""Zip files that hold a document (OOXML, ODF, EPUB): opened with limits, their XML parsed without entities."""
from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType
from typing import Self

from lxml import etree

from ingest.extract.base import CannotRead

XML_BYTES = 96 << 20
"""A tree takes about ten times as much memory as the XML that it stands for."""
RATIO_MAX = 250
"""Text packs to a twentieth or so; more than this, from _RATIO_FROM_BYTES on, is a bomb (deflate can do 1,032)."""
_RATIO_FROM_BYTES = 16 << 20
_CHUNK = 1 << 20


class Package:
    """A document that is a zip file. Member names are compared without regard to case and leading slashes, as OPC does."""

    def __init__(self, content: bytes, limit_bytes: int) -> None:
        """Raises CannotRead(damaged) for what is no zip file, over_limit for one whose directory promises too much."""
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            infos = self._archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
            raise CannotRead("damaged", "The document is no complete zip file.") from error
        if len(infos) > 100_000 or sum(i.file_size for i in infos) > max(limit_bytes * 4, 1 << 30):
            raise CannotRead("over_limit", "The document unpacks to more than is allowed.")
        self._infos = {_folded(i.filename): i for i in reversed(infos)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        """Return the names of all members as they are written, in order of name."""
        return sorted(i.filename for i in self._infos.values() if not i.is_dir())

    def has(self, name: str) -> bool:
        return _folded(name) in self._infos

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a member. Raises CannotRead: damaged when it is missing or broken, encrypted, over_limit."""
        info = self._infos.get(_folded(name))
        if info is None:
            raise CannotRead("damaged", f"The part {name} is missing.")
        return read_member(self._archive, info, limit_bytes)

    def xml(self, name: str) -> etree._Element:
        """Return a part as a tree: entities unresolved, nothing fetched. Raises CannotRead."""
        return parse_xml(self.read(name, XML_BYTES), name)


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Return bytes as a tree: entities unresolved, nothing fetched. Raises CannotRead(damaged)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead("damaged", f"The part {name} is no sound XML.") from error
    if root is None:
        raise CannotRead("damaged", f"The part {name} is empty.")
    return root


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit_bytes: int, password: bytes | None = None) -> bytes:
    """Return the bytes of a member, read in pieces so that a lie about its size costs nothing.

    Raises CannotRead: encrypted (no or a wrong password), damaged, over_limit (size or ratio), unsupported (a method of compression).
    """
    if info.file_size > limit_bytes:
        raise CannotRead("over_limit", f"It unpacks to {info.file_size} bytes; {limit_bytes} are allowed.")
    if info.file_size > _RATIO_FROM_BYTES and info.file_size > info.compress_size * RATIO_MAX:
        raise CannotRead("over_limit", f"It unpacks to more than {RATIO_MAX} times its size.")
    pieces, length = list[bytes](), 0
    try:
        with archive.open(info, pwd=password) as stream:
            while chunk := stream.read(_CHUNK):
                pieces.append(chunk)
                length += len(chunk)
                if length > limit_bytes or (length > _RATIO_FROM_BYTES and length > info.compress_size * RATIO_MAX):
                    raise CannotRead("over_limit", f"It unpacks to more than {RATIO_MAX} times its size or {limit_bytes} bytes.")
    except RuntimeError as error:
        if "password" in str(error).lower() or "encrypted" in str(error).lower():
            raise CannotRead("encrypted", "It is protected by a password.") from error
        raise CannotRead("damaged", "It cannot be unpacked.") from error
    except NotImplementedError as error:
        if info.flag_bits & 1:
            raise CannotRead("encrypted", "It is protected by a method of encryption that cannot be opened here.") from error
        raise CannotRead("unsupported", "Its method of compression is not known here.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        if password is not None:  # a wrong password shows itself as a wrong checksum
            raise CannotRead("encrypted", "No password that was given opens it.") from error
        raise CannotRead("damaged", "It cannot be unpacked.") from error
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
