"""7z archives, with `py7zr`. Members are unpacked one block after the other into temporary files, bounded; then each is a child."""
from __future__ import annotations

import io
import lzma
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from ingest.extract.archives import RATIO_FROM_BYTES, Unpacking, over
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.package import RATIO_MAX

if TYPE_CHECKING:
    from py7zr import SevenZipFile

_SPOOL_BYTES = 4 << 20


class _Sink:
    """Where one member goes. It takes no more than it may; what is too much is dropped and noted."""

    def __init__(self, limit_bytes: int) -> None:
        self._file = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115
        self._limit, self.written, self.over = limit_bytes, 0, False

    def write(self, content: bytes | bytearray) -> int:
        self.written += len(content)
        if self.written > self._limit:
            self.over = True
        else:
            self._file.write(content)
        return len(content)

    def read(self, size: int | None = None) -> bytes:
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self.written

    def content(self) -> bytes:
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Do nothing: py7zr calls this when a member is complete, and its bytes are wanted after that."""

    def release(self) -> None:
        self._file.close()


class _Sinks:
    """Makes a sink for each member that is to be unpacked, by its name in the archive."""

    def __init__(self, limit_bytes: int) -> None:
        self.by_name: dict[str, _Sink] = {}
        self._limit = limit_bytes

    def create(self, name: str) -> _Sink:
        self.by_name[name] = _Sink(self._limit)
        return self.by_name[name]

    def close(self) -> None:
        for sink in self.by_name.values():
            sink.release()


def _read(work: Work) -> Iterator[Part]:
    unpacking = Unpacking(work, "7z")
    with work.source.open() as stream:
        archive, locked = _open(stream, work.given.passwords)
        if archive is None:
            raise CannotRead("encrypted", "The archive and the names in it are protected by a password.")
        with archive:
            listed = [i for i in archive.list() if not i.is_directory]
            if len(listed) > work.limits.members:
                raise CannotRead("over_limit", f"It has {len(listed)} members; {work.limits.members} are allowed.")
            total = sum(i.uncompressed or 0 for i in listed)
            if total > unpacking.total_bytes or total > max(RATIO_FROM_BYTES, unpacking.packed_bytes * RATIO_MAX):
                raise CannotRead("over_limit", f"It unpacks to {total} bytes, which is more than is allowed.")
            if locked:
                for info in listed:
                    yield unpacking.unread(unpacking.name(info.filename), CannotRead("encrypted", "It is protected by a password."))
                yield unpacking.ended()
                return
            yield from _unpacked(archive, listed, unpacking)


def _unpacked(archive: SevenZipFile, listed: list[Any], unpacking: Unpacking) -> Iterator[Part]:
    sinks, trouble = _Sinks(unpacking.item_bytes), ""
    try:
        try:
            archive.extractall(factory=cast(Any, sinks))
        except MemoryError:
            raise
        except Exception as error:  # py7zr and its codecs raise many kinds
            trouble = type(error).__name__
        for info in listed:
            name, sink = unpacking.name(info.filename), sinks.by_name.get(info.filename)
            if info.is_symlink:
                yield unpacking.unread(name, CannotRead("unsupported", "It is a link, not a file."), skipped=True)
            elif sink is not None and sink.over:
                yield unpacking.unread(name, over(unpacking.item_bytes))
            elif sink is None and not info.uncompressed and not trouble:
                yield unpacking.member(name, b"", _moment(info))
            elif sink is None or sink.written != (info.uncompressed or 0):
                yield unpacking.unread(name, CannotRead("damaged", f"It cannot be unpacked{f' ({trouble})' if trouble else ''}."))
            else:
                yield unpacking.member(name, sink.content(), _moment(info))
        yield unpacking.ended("the archive is damaged" if trouble else "")
    finally:
        sinks.close()


def _open(stream: BinaryIO, passwords: tuple[str, ...]) -> tuple[SevenZipFile | None, bool]:
    """Return the archive and whether its members stay locked; None where not even the names can be had. Raises CannotRead: damaged, unsupported."""
    import py7zr
    from py7zr.exceptions import PasswordRequired, UnsupportedCompressionMethodError
    needed = False
    for password in (None, *passwords):
        stream.seek(0)
        try:
            archive = py7zr.SevenZipFile(stream, "r", password=password)
            if not archive.needs_password():
                return archive, False
            needed = True
            if password is not None and _opens(archive):
                archive.close()
                stream.seek(0)
                return py7zr.SevenZipFile(stream, "r", password=password), False
            archive.close()
        except PasswordRequired:
            needed = True
        except UnsupportedCompressionMethodError as error:
            raise CannotRead("unsupported", "It uses a method of compression that is not known here.") from error
        except MemoryError:
            raise
        except (py7zr.Bad7zFile, lzma.LZMAError, zlib.error, OSError, EOFError, ValueError, TypeError, IndexError, KeyError, AttributeError,
                AssertionError, RecursionError, UnicodeDecodeError, io.UnsupportedOperation) as error:
            if password is None:
                raise CannotRead("damaged", "It is no complete 7z archive.") from error
        except Exception as error:
            if password is None:
                raise CannotRead("damaged", f"It cannot be opened ({type(error).__name__}).") from error
    stream.seek(0)
    try:
        return py7zr.SevenZipFile(stream, "r"), needed
    except Exception:
        return None, True


def _opens(archive: SevenZipFile) -> bool:
    """Say whether the password fits: the members' checksums are right."""
    try:
        return archive.test() is not False and archive.testzip() is None
    except MemoryError:
        raise
    except Exception:
        return False


def _moment(info: Any) -> str:
    when = getattr(info, "creationtime", None)
    return when.astimezone(UTC).replace(microsecond=0).isoformat() if isinstance(when, datetime) and when.year > 1980 else ""


EXTRACTORS = (Extractor("7z", "1", bids({"7z": 1.0}), _read),)
