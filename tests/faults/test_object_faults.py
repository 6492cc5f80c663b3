"""Object stores whose writer is killed, whose disk is full, whose folder may not be written, whose server goes away."""
from __future__ import annotations

import ctypes
import errno
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from servers.process import CannotHave
from servers.seaweed import S3Server, seaweed

from archive.adapters import objects_directory
from archive.adapters.objects_directory import INCOMING, DirectoryObjects
from archive.adapters.objects_s3 import S3Objects, make_client
from archive.errors import BadSettings, StoreFull, Unavailable
from archive.model.digest import ObjectKey, digest_of
from archive.ports import Intact, NewObject, Unchecked

WRITER = """
import hashlib, io, sys
from pathlib import Path
from archive.adapters.objects_directory import DirectoryObjects
from archive.model.digest import digest_of, original_key
from archive.ports import NewObject

def content(number):
    return b"%d " % number * (1 + number % 997)

store, batch = DirectoryObjects(Path(sys.argv[1])), []
for number in range(2000):  # the last is no multiple of three
    new = NewObject(original_key(digest_of(content(number))), content(number), digest_of(content(number)))
    if number % 3 == 0:
        store.put(new.key, io.BytesIO(new.content), new.digest)
        print(new.key, flush=True)
        continue
    batch.append(new)
    if len(batch) == 40 or number == 1999:
        store.put_all(batch)
        print("\\n".join(one.key for one in batch), flush=True)
        batch.clear()
print("end", flush=True)
"""


def _intact(store: DirectoryObjects, key: str) -> bool:
    return isinstance(store.check(ObjectKey(key), key.rpartition("/")[2]), Intact)


@pytest.mark.parametrize("lines_before_kill", [1, 200, 700, 900])
def test_killed_writer_leaves_every_acknowledged_object_and_no_half_one(tmp_path: Path, lines_before_kill: int) -> None:
    # A pipe holds some 850 lines more than were read, so the writer is still at work when it is killed.
    root = tmp_path / "objects"
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(root)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(lines_before_kill)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]  # what was said before it died
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    assert "end" not in acknowledged

    store = DirectoryObjects(root)
    visible = set(store.keys(""))
    assert visible >= set(acknowledged)
    assert all(_intact(store, key) for key in visible)
    assert list((root / INCOMING).iterdir()) == []  # its leftovers were swept

    assert subprocess.run([sys.executable, "-c", WRITER, str(root)], capture_output=True, text=True, check=True).stdout.endswith("end\n")
    assert len(set(store.keys(""))) == 2000 and all(_intact(store, key) for key in store.keys(""))


def test_files_of_a_living_writer_and_of_another_machine_are_not_swept_before_a_day(tmp_path: Path) -> None:
    incoming = tmp_path / INCOMING
    DirectoryObjects(tmp_path)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    place = objects_directory._PLACE
    names = {"mine": f"{place}-{os.getpid()}-1", "dead": f"{place}-{dead.pid}-1", "elsewhere": f"0123456789ab-{dead.pid}-1",
             "elsewhere, old": f"0123456789ab-{dead.pid}-2", "foreign": "x", "odd": f"{place}-999999999999999999999-1"}
    for name in names.values():
        (incoming / name).write_bytes(b"half")
    os.utime(incoming / names["elsewhere, old"], (time.time() - 25 * 3600,) * 2)
    DirectoryObjects(tmp_path)
    assert {path.name for path in incoming.iterdir()} == {names["mine"], names["elsewhere"], names["foreign"]}


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file system of 1 MB: a tmpfs where we may mount one, else one that says so after as many bytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False).returncode == 0
    if not mounted:
        write, left = os.write, [1 << 20]

        def full(descriptor: int, data: bytes) -> int:
            left[0] -= len(data)
            if left[0] < 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(descriptor, data)

        monkeypatch.setattr(objects_directory.os, "write", full)
    yield disk
    if mounted:
        subprocess.run(["umount", str(disk)], check=True)


def test_full_disk_is_store_full_and_nothing_half_is_visible(small_disk: Path) -> None:
    store = DirectoryObjects(small_disk / "objects")
    small = [NewObject(ObjectKey(f"v1/{number}"), bytes([number]) * 4096, digest_of(bytes([number]) * 4096)) for number in range(20)]
    store.put_all(small)
    large = b"x" * (2 << 20)
    with pytest.raises(StoreFull) as raised:
        store.put(ObjectKey("v1/large"), io.BytesIO(large), digest_of(large))
    assert raised.value.exit_code == 7 and raised.value.remedy
    many = [NewObject(ObjectKey(f"v1/many/{number}"), b"%d" % number * 60_000, digest_of(b"%d" % number * 60_000)) for number in range(40)]
    with pytest.raises(StoreFull):
        store.put_all(many)
    assert [key for key in store.keys("") if not key.startswith("v1/many/")] == sorted(new.key for new in small)
    assert all(store.check(new.key, new.digest) == Intact(len(new.content)) for new in small)
    digests = {new.key: new.digest for new in many}
    assert all(isinstance(store.check(key, digests[key]), Intact) for key in store.keys("v1/many/"))
    assert list((small_disk / "objects" / INCOMING).iterdir()) == []


@pytest.mark.parametrize(("number", "error"), [(errno.ENOSPC, StoreFull), (errno.EDQUOT, StoreFull), (errno.EIO, Unavailable),
                                               (errno.EROFS, Unavailable)])
@pytest.mark.parametrize("call", ["write", "fsync", "rename", "link", "open"])
def test_what_the_system_refuses_is_told_apart_and_leaves_nothing(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, error: type[Unavailable]) -> None:
    store, new = DirectoryObjects(tmp_path), NewObject(ObjectKey("v1/a"), b"a", digest_of(b"a"))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    calls: list[Callable[[], object]] = [lambda: store.put(new.key, io.BytesIO(b"a"), new.digest), lambda: store.put_all([new])]
    for put in calls:
        with monkeypatch.context() as patch, pytest.raises(Unavailable) as raised:
            if call == "rename":
                patch.setattr(objects_directory, "_rename", lambda *_: (ctypes.set_errno(number), -1)[1])
            else:
                patch.setattr(objects_directory, "_rename", None)       # systems without it
                patch.setattr(objects_directory.os, call, refuse)
            put()
        assert type(raised.value) is error
        assert str(tmp_path) not in str(raised.value)
    assert list(store.keys("")) == []
    assert list((tmp_path / INCOMING).iterdir()) == []


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOSYS])
def test_file_system_that_cannot_rename_without_replacing_is_linked_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(objects_directory, "_rename", lambda *_: (ctypes.set_errno(number), -1)[1])
    store, new = DirectoryObjects(tmp_path), NewObject(ObjectKey("v1/a"), b"a", digest_of(b"a"))
    assert [s.created for s in store.put_all([new])] == [True] and [s.created for s in store.put_all([new])] == [False]
    assert store.check(new.key, new.digest) == Intact(1) and list((tmp_path / INCOMING).iterdir()) == []


def test_short_writes_of_the_system_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(objects_directory.os, "write", lambda descriptor, data: write(descriptor, data[:3]))
    store = DirectoryObjects(tmp_path)
    store.put(ObjectKey("v1/a"), io.BytesIO(b"ten bytes."), digest_of(b"ten bytes."))
    assert store.check(ObjectKey("v1/a"), digest_of(b"ten bytes.")) == Intact(10)


def test_disk_that_cannot_be_read_is_unchecked_and_no_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = DirectoryObjects(tmp_path)
    store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a"))

    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "disk")

    monkeypatch.setattr(objects_directory, "digest_of_stream", refuse)
    assert isinstance(store.check(ObjectKey("v1/a"), digest_of(b"a")), Unchecked)


def test_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        DirectoryObjects(tmp_path / "file" / "objects")


def test_link_in_the_place_of_an_object_is_not_followed(tmp_path: Path) -> None:
    store = DirectoryObjects(tmp_path / "objects")
    store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a"))
    (tmp_path / "outside").write_bytes(b"a")
    (tmp_path / "objects" / "v1" / "a").unlink()
    (tmp_path / "objects" / "v1" / "a").symlink_to(tmp_path / "outside")
    assert not isinstance(store.check(ObjectKey("v1/a"), digest_of(b"a")), Intact)
    assert list(store.keys("")) == []


def test_objects_are_read_only_and_no_folder_is_left_undurable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: set[int] = set()
    fsync = os.fsync

    def seen(descriptor: int) -> None:
        synced.add(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    monkeypatch.setattr(objects_directory.os, "fsync", seen)
    store = DirectoryObjects(tmp_path / "new" / "objects")
    store.put_all([NewObject(ObjectKey("v1/x/a"), b"a", digest_of(b"a"))])
    store.put(ObjectKey("v1/y/b"), io.BytesIO(b"b"), digest_of(b"b"))
    above = [tmp_path, tmp_path / "new", *((tmp_path / "new" / "objects" / name) for name in ("", "v1", "v1/x", "v1/y", "v1/x/a", "v1/y/b"))]
    assert synced >= {path.stat().st_ino for path in above}
    assert (tmp_path / "new/objects/v1/x/a").stat().st_mode & 0o777 & ~0o440 == 0


@pytest.fixture
def own_server() -> Iterator[S3Server]:
    """A server of this test alone, since it is to be misused."""
    try:
        with seaweed() as server:
            yield server
    except CannotHave as missing:
        (pytest.fail if os.environ.get("CASETRAIL_REQUIRE_SERVERS") == "1" else pytest.skip)(f"S3 (SeaweedFS) cannot be had: {missing}")


def _store(server: S3Server, bucket: str, **other: str) -> S3Objects:
    keys = {"endpoint_url": server.url, "aws_access_key_id": server.access_key, "aws_secret_access_key": server.secret_key} | other
    return S3Objects(f"s3://{bucket}", make_client(**keys))


def test_missing_bucket_is_unavailable_with_the_remedy_and_no_alarm(s3: S3Server) -> None:
    store = _store(s3, "never-made")
    with pytest.raises(Unavailable, match="casetrail setup"):
        store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a"))
    assert isinstance(store.check(ObjectKey("v1/a"), digest_of(b"a")), Unchecked)


def test_wrong_keys_are_refused_without_repeating_them(s3: S3Server) -> None:
    store = _store(s3, s3.bucket(), aws_secret_access_key="not-the-secret")
    with pytest.raises(Unavailable) as raised:
        store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a"))
    assert "not-the-secret" not in str(raised.value) and s3.access_key not in str(raised.value) and "keys" in str(raised.value)
    assert isinstance(store.check(ObjectKey("v1/a"), digest_of(b"a")), Unchecked)


def test_missing_keys_and_bad_endpoint_are_bad_settings(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", s3.url)
    with pytest.raises(BadSettings, match="AWS_ACCESS_KEY_ID"):
        next(S3Objects("s3://bucket").keys(""))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "no url at all")
    with pytest.raises(BadSettings):
        S3Objects("s3://bucket").prepare()
    for url in ("s3://", "s3://UPPER", "s3://bucket/../x", "s3://bucket/ä", "s3://user:secret@bucket", "https://bucket", "s3://b"):
        with pytest.raises(BadSettings) as raised:
            S3Objects(url)
        assert "secret" not in str(raised.value)


def test_settings_of_the_environment_reach_the_server(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    store = S3Objects(f"s3://{s3.bucket()}/prefix")
    assert store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a")).created
    assert list(store.keys("")) == ["v1/a"]


def test_prepare_makes_a_bucket_with_object_lock_and_again_changes_nothing(s3: S3Server) -> None:
    bucket = f"prepared-{s3.bucket()}"
    store = _store(s3, bucket)
    store.prepare()
    store.put(ObjectKey("v1/a"), io.BytesIO(b"a"), digest_of(b"a"))
    store.prepare()
    assert list(store.keys("")) == ["v1/a"]
    assert s3.client().get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]["ObjectLockEnabled"] == "Enabled"


def test_broken_upload_in_parts_leaves_no_parts(s3: S3Server) -> None:
    bucket = s3.bucket()
    store = S3Objects(f"s3://{bucket}", make_client(endpoint_url=s3.url, aws_access_key_id=s3.access_key, aws_secret_access_key=s3.secret_key),
                      single_max_bytes=5 << 20, part_bytes=5 << 20)

    class Torn(io.BytesIO):
        """Reads well once, then tears."""
        starts = 0

        def seek(self, *where: int) -> int:
            self.starts += 1
            return super().seek(*where)

        def read(self, size: int | None = -1) -> bytes:
            if self.starts and self.tell() > 7 << 20:
                raise OSError(errno.EIO, "the reader's disk")
            return super().read(size)

    content = bytes(12 << 20)
    with pytest.raises(OSError, match="the reader's disk"):
        store.put(ObjectKey("v1/a"), Torn(content), digest_of(content))
    assert s3.client().list_multipart_uploads(Bucket=bucket).get("Uploads", []) == []
    assert list(store.keys("")) == []


def test_server_that_goes_away_while_an_object_is_read_is_unavailable_and_no_mismatch(own_server: S3Server) -> None:
    content = bytes(64 << 20)
    store = _store(own_server, own_server.bucket())
    store.put(ObjectKey("v1/a"), io.BytesIO(content), digest_of(content))
    with store.open(ObjectKey("v1/a")) as stream:
        stream.read(1 << 20)
        own_server.kill()
        with pytest.raises(Unavailable):
            stream.read()
    assert isinstance(store.check(ObjectKey("v1/a"), digest_of(content)), Unchecked)
