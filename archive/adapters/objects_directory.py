"""The object store as a folder: one file an object, read-only, its name the key.

An object becomes visible by link(2) or a renameat2(2) that replaces nothing, after its bytes are on the disk: whole or not at all, and the
first of two writers wins.
The names are durable by fsync of the folders that hold them. Files on their way stand in `.incoming`; that folder also shows that
the store is mounted. Files of writers that died are swept when the store is opened.
"""
from __future__ import annotations

import ctypes
import errno
import os
import secrets
import socket
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from archive.adapters.flushing import can_flush, flush
from archive.adapters.objects_checks import checked_key, is_key, taken, verified_chunks, verify_all
from archive.errors import NotFound, StoreFull, Unavailable
from archive.model.digest import Digest, ObjectKey, digest_of_stream
from archive.ports import FixityResult, Intact, Mismatch, NewObject, StoredObject, Unchecked

INCOMING = ".incoming"
SYNC_THREADS = 8
"""fsync waits for the disk; eight at a time share its flushes and are about ten times faster than one."""
LEFTOVER_SECONDS = 24 * 3600


TOGETHER = 64
"""From so many objects on, the file system is flushed as a whole (twice) rather than each file and folder by itself."""


class DirectoryObjects:
    """Objects below `root`, which is made when absent. Raises Unavailable when it cannot be."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()
        self._incoming = self._root / INCOMING
        self._durable: set[Path] = set()
        with _mapped():
            _make_folder(self._incoming)
            _sweep(self._incoming)

    def put(self, key: ObjectKey, content: BinaryIO, digest: Digest) -> StoredObject:
        """Store a stream; see the port."""
        target = self._root / checked_key(key)
        temporary = self._temporary()
        try:
            size_bytes = _write(temporary, verified_chunks(content, digest))
            with _mapped():
                self._make_durable([target.parent])
                created = _link(temporary, str(target))
                if not created:
                    _compare(key, target, size_bytes, digest)
                _sync_folder(target.parent)
        finally:
            _remove(temporary)
        return StoredObject(key, size_bytes, created)

    def put_all(self, objects: Sequence[NewObject]) -> list[StoredObject]:
        """Store many small objects; see the port.

        All are written and made durable, then all are linked, then the links are made durable. When it raises, objects that were
        linked stay: they are whole, and the same call again finds them held.
        """
        verify_all(objects)
        if not objects:
            return []
        # Plain strings: paths of thousands of objects, made one by one, cost more than writing them.
        targets = [f"{self._root}/{new.key}" for new in objects]
        folders = [Path(folder) for folder in sorted({target.rpartition("/")[0] for target in targets})]
        temporaries = [self._temporary() for _ in objects]
        together = len(objects) >= TOGETHER and can_flush()
        created: list[bool] = []
        try:
            with _mapped(), ThreadPoolExecutor(min(SYNC_THREADS, len(objects))) as pool:
                self._make_durable(folders)
                if together:
                    for temporary, new in zip(temporaries, objects, strict=True):
                        _write(temporary, (new.content,), sync=False)
                    flush(self._root)
                else:
                    list(pool.map(lambda path, new: _write(path, (new.content,)), temporaries, objects))
                created = [_link(temporary, target) for temporary, target in zip(temporaries, targets, strict=True)]
                for new, target, fresh in zip(objects, targets, created, strict=True):
                    if not fresh:
                        _compare(new.key, Path(target), len(new.content), new.digest)
                # The folders also of those held: who linked them may have died before this.
                flush(self._root) if together else list(pool.map(_sync_folder, folders))
        finally:
            for number, temporary in enumerate(temporaries):
                if number >= len(created) or not created[number]:
                    _remove(temporary)
        return [StoredObject(new.key, len(new.content), fresh) for new, fresh in zip(objects, created, strict=True)]

    def open(self, key: ObjectKey) -> BinaryIO:
        """Return the bytes as a seekable stream. Raises NotFound, Unavailable."""
        target = self._root / checked_key(key)
        with _mapped():
            try:
                return open(target, "rb", opener=_without_links)
            except OSError as error:
                # ELOOP: a link stands where the object should; what it leads to was never stored here
                if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ELOOP) and self._incoming.is_dir():
                    raise NotFound(f"The store holds nothing under {key}.") from error
                raise

    def local_path(self, key: ObjectKey) -> Path | None:
        """Return the file of an object, to be read only; None when it is not there."""
        target = self._root / checked_key(key)
        return target if target.is_file() and not target.is_symlink() else None

    def check(self, key: ObjectKey, digest: Digest) -> FixityResult:
        """Read the object back whole and compare its digest. Never raises for what it finds."""
        try:
            with self.open(key) as stream:
                found, size_bytes = digest_of_stream(stream)
        except NotFound:
            return Mismatch(None)
        except (Unavailable, OSError):
            return Unchecked("The object could not be read just now.")
        return Intact(size_bytes) if found == digest else Mismatch(found)

    def keys(self, prefix: str) -> Iterator[ObjectKey]:
        """Return all keys that begin so, in ascending order of characters. Raises Unavailable."""
        with _mapped():
            self._incoming.stat()
        return self._walk("", prefix)

    def _walk(self, above: str, prefix: str) -> Iterator[ObjectKey]:
        """Yield the keys below a folder (`above` is empty or ends in a slash). Folders sort with their slash, as their keys do."""
        with _mapped(), os.scandir(self._root / above) as entries:
            found = sorted(entry.name + ("/" if entry.is_dir(follow_symlinks=False) else "") for entry in entries
                           if not entry.name.startswith(".") and not entry.is_symlink())
        for name in found:
            path = above + name
            if not name.endswith("/"):
                if path.startswith(prefix) and is_key(path):
                    yield ObjectKey(path)
            elif path.startswith(prefix) or prefix.startswith(path):
                yield from self._walk(path, prefix)

    def _temporary(self) -> str:
        return f"{self._incoming}/{_PLACE}-{os.getpid()}-{secrets.token_hex(8)}"

    def _make_durable(self, folders: Iterable[Path]) -> None:
        """Make folders below the root and sync those above them, once in the life of this store: another may just have made them."""
        wanted: set[Path] = set()
        for folder in folders:
            while folder != self._root and folder not in self._durable:
                wanted.add(folder)
                folder = folder.parent
        for folder in sorted(wanted):
            folder.mkdir(exist_ok=True)
        for above in {folder.parent for folder in wanted}:
            _sync_folder(above)
        self._durable |= wanted


def _write(path: str, chunks: Iterable[bytes], sync: bool = True) -> int:
    """Write a new file, durably where it is to be synced here, and return its size in bytes."""
    with _mapped():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o440)
    size_bytes = 0
    try:
        for chunk in chunks:  # what the chunks themselves raise is not ours to map
            with _mapped():
                rest = memoryview(chunk)
                while rest:
                    rest = rest[os.write(descriptor, rest):]
            size_bytes += len(chunk)
        if sync:
            with _mapped():
                os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return size_bytes


def _link(temporary: str, target: str) -> bool:
    """Give a written file its name in place of the one that it had; False, and nothing changed, when the name is taken.

    Where the system can rename without replacing (Linux, most file systems) that is one change of the disk in place of two.
    """
    if _rename is not None:
        if _rename(_HERE, os.fsencode(temporary), _HERE, os.fsencode(target), _NO_REPLACE) == 0:
            return True
        number = ctypes.get_errno()
        if number == errno.EEXIST:
            return False
        if number not in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
            raise OSError(number, os.strerror(number), target)
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    _remove(temporary)
    return True


_HERE, _NO_REPLACE = -100, 1            # AT_FDCWD, RENAME_NOREPLACE: renameat2(2)
_rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def _compare(key: ObjectKey, target: Path, size_bytes: int, digest: Digest) -> None:
    """Raise Conflict unless the file holds these bytes."""
    if target.is_symlink() or not target.is_file() or target.stat().st_size != size_bytes:
        raise taken(key)
    with target.open("rb") as held:
        if digest_of_stream(held)[0] != digest:
            raise taken(key)


def _make_folder(folder: Path) -> None:
    """Make a folder with those above it, durably."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync_folder(folder.parent)


def _without_links(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(temporary: str) -> None:
    with suppress(OSError):
        os.unlink(temporary)  # noqa: PTH108


def _sweep(incoming: Path) -> None:
    """Remove files of writers that are dead, or that nobody has written to for a day (writers elsewhere cannot be asked)."""
    with os.scandir(incoming) as entries:
        for entry in entries:
            place, _, rest = entry.name.partition("-")
            dead = place == _PLACE and not _alive(rest.partition("-")[0])
            with suppress(OSError):
                if dead or time.time() - entry.stat(follow_symlinks=False).st_mtime > LEFTOVER_SECONDS:
                    Path(entry.path).unlink()


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _place() -> str:
    """Return a name of the host and of its space of process ids: elsewhere the same id is another process."""
    space = ""
    with suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return sha256(f"{socket.gethostname()} {space}".encode()).hexdigest()[:12]


_PLACE = _place()


@contextmanager
def _mapped() -> Iterator[None]:
    """Turn what the operating system says into the errors of the port."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull("The folder of the object store has no space left.",
                            "Free or add space, then give the same command again: it goes on where it stopped.") from error
        raise Unavailable("The folder of the object store cannot be used just now.",
                          "CASETRAIL_OBJECTS_URL must name a folder that this user may write, on a file system with hard links.") from error
