"""Every object store keeps the same promises: a folder, a bucket, and a bucket with versions and Object Lock on a real S3 server."""
from __future__ import annotations

import hashlib
import io
import os
import random
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any, BinaryIO

import pytest
from servers.process import free_ports
from servers.seaweed import S3Server

from archive.adapters.objects_directory import DirectoryObjects
from archive.adapters.objects_s3 import S3Objects, make_client
from archive.errors import BadRequest, Conflict, IntegrityBroken, NotFound, Unavailable
from archive.model.digest import Digest, ObjectKey, digest_of, original_key
from archive.ports import Intact, Mismatch, NewObject, ObjectStore, StoredObject, Unchecked

CONTENT = b"Dear Sirs,\r\nwe give notice.\r\n\x00\xff"


@dataclass
class Kept:
    """A store, and ways around it: `damage` puts other bytes in the place of an object, `lose` takes one away, `cut` makes the store
    unreachable and gives it back so."""
    store: ObjectStore
    damage: Callable[[ObjectKey, bytes], None]
    lose: Callable[[ObjectKey], None]
    cut: Callable[[], ObjectStore]

    def put(self, key: str, content: bytes = CONTENT) -> StoredObject:
        return self.store.put(ObjectKey(key), io.BytesIO(content), digest_of(content))

    def read(self, key: ObjectKey) -> bytes:
        with self.store.open(key) as stream:
            return stream.read()


def _directory(root: Path) -> Kept:
    def damage(key: ObjectKey, content: bytes) -> None:
        (root / key).unlink()
        (root / key).write_bytes(content)

    def cut() -> ObjectStore:
        root.rename(root.with_name("elsewhere"))
        return store

    store = DirectoryObjects(root)
    return Kept(store, damage, lambda key: (root / key).unlink(), cut)


@pytest.fixture(scope="module")
def buckets(s3: S3Server) -> dict[str, str]:
    """Two buckets for all tests, each of which has a prefix of its own in them: a fresh bucket costs SeaweedFS a fresh volume."""
    locked = f"locked-{s3.bucket()}"
    S3Objects(f"s3://{locked}", _client(s3)).prepare()
    return {"plain": s3.bucket(), "locked": locked}


def _client(server: S3Server, url: str = "") -> Any:
    return make_client(endpoint_url=url or server.url, aws_access_key_id=server.access_key, aws_secret_access_key=server.secret_key)


def _bucket(server: S3Server, bucket: str, **sizes: int) -> Kept:
    client, prefix = _client(server), f"archive/{secrets.token_hex(8)}"
    url = f"s3://{bucket}/{prefix}"
    nowhere = f"http://127.0.0.1:{free_ports(1)[0]}"
    return Kept(S3Objects(url, client, **sizes),
                lambda key, content: client.put_object(Bucket=bucket, Key=f"{prefix}/{key}", Body=content) and None,
                lambda key: client.delete_object(Bucket=bucket, Key=f"{prefix}/{key}") and None,
                lambda: S3Objects(url, _client(server, nowhere)))


@pytest.fixture(params=["directory", "s3", "s3 with object lock", "s3 in parts"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    if request.param == "directory":
        return _directory(tmp_path / "objects")
    server, buckets = request.getfixturevalue("s3"), request.getfixturevalue("buckets")
    if request.param == "s3 in parts":
        return _bucket(server, buckets["plain"], single_max_bytes=5 << 20, part_bytes=5 << 20)
    return _bucket(server, buckets["locked" if "lock" in request.param else "plain"])


def _new(key: str, content: bytes) -> NewObject:
    return NewObject(ObjectKey(key), content, digest_of(content))


def test_stored_bytes_come_back_exactly(kept: Kept) -> None:
    key = original_key(digest_of(CONTENT))
    assert kept.put(key) == StoredObject(key, len(CONTENT), created=True)
    assert kept.read(key) == CONTENT


def test_local_path_where_there_is_one_has_the_same_bytes(kept: Kept) -> None:
    kept.put("v1/a")
    path = kept.store.local_path(ObjectKey("v1/a"))
    assert path is None or path.read_bytes() == CONTENT


def test_empty_object_is_an_object(kept: Kept) -> None:
    kept.put("v1/empty", b"")
    assert kept.read(ObjectKey("v1/empty")) == b""
    assert kept.store.check(ObjectKey("v1/empty"), digest_of(b"")) == Intact(0)


def test_same_bytes_again_are_held_and_not_created(kept: Kept) -> None:
    kept.put("v1/a")
    assert kept.put("v1/a") == StoredObject(ObjectKey("v1/a"), len(CONTENT), created=False)


@pytest.mark.parametrize("other", [b"shorter", bytes(len(CONTENT))], ids=["other size", "same size"])
def test_other_bytes_under_the_same_key_are_a_conflict_and_change_nothing(kept: Kept, other: bytes) -> None:
    kept.put("v1/a")
    with pytest.raises(Conflict):
        kept.put("v1/a", other)
    with pytest.raises(Conflict):
        kept.store.put_all([_new("v1/a", other)])
    assert kept.read(ObjectKey("v1/a")) == CONTENT


def test_stream_with_another_digest_is_refused_and_nothing_kept(kept: Kept) -> None:
    with pytest.raises(IntegrityBroken):
        kept.store.put(ObjectKey("v1/a"), io.BytesIO(CONTENT), digest_of(b"what was announced"))
    with pytest.raises(IntegrityBroken):
        kept.store.put_all([_new("v1/b", CONTENT), NewObject(ObjectKey("v1/c"), CONTENT, digest_of(b"what was announced"))])
    assert list(kept.store.keys("")) == []


def test_stream_that_stops_short_is_refused_and_nothing_kept(kept: Kept) -> None:
    whole = random.Random(1).randbytes(20 << 20)
    with pytest.raises(IntegrityBroken):
        kept.store.put(ObjectKey("v1/a"), io.BytesIO(whole[:-1]), digest_of(whole))
    assert list(kept.store.keys("")) == []
    assert kept.store.check(ObjectKey("v1/a"), digest_of(whole)) == Mismatch(None)


def test_error_of_the_reader_is_passed_on_and_nothing_kept(kept: Kept) -> None:
    class Torn(io.RawIOBase):
        left = 3

        def readable(self) -> bool:
            return True

        def readinto(self, buffer) -> int:
            self.left -= 1
            if not self.left:
                raise OSError(5, "the reader's disk")
            buffer[:4] = b"part"
            return 4

    with pytest.raises(OSError, match="the reader's disk"):
        kept.store.put(ObjectKey("v1/a"), Torn(), digest_of(CONTENT))
    assert list(kept.store.keys("")) == []


def test_stream_that_gives_little_at_a_time_is_stored_whole(kept: Kept) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 0, 7))

    kept.store.put(ObjectKey("v1/a"), Slow(CONTENT), digest_of(CONTENT))
    assert kept.read(ObjectKey("v1/a")) == CONTENT


def test_large_object_comes_back_exactly_and_is_held_when_it_comes_again(kept: Kept) -> None:
    content = random.Random(20).randbytes((20 << 20) + 13)
    key = original_key(digest_of(content))
    assert kept.put(key, content).created
    assert kept.store.check(key, digest_of(content)) == Intact(len(content))
    assert not kept.put(key, content).created
    with pytest.raises(Conflict):
        kept.put(key, content[:-1] + b"!")
    with kept.store.open(key) as stream:
        assert stream.read(1000) == content[:1000]
        assert hashlib.sha256(stream.read()).hexdigest() == hashlib.sha256(content[1000:]).hexdigest()


def test_large_stream_that_cannot_be_read_twice_is_stored_whole(kept: Kept, tmp_path: Path) -> None:
    content = random.Random(21).randbytes(20 << 20)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb") as feeder, ThreadPoolExecutor(1) as pool:
        def feed() -> None:
            feeder.write(content)
            feeder.close()
        pool.submit(feed)
        kept.store.put(ObjectKey("v1/piped"), stream, digest_of(content))
    assert kept.store.check(ObjectKey("v1/piped"), digest_of(content)) == Intact(len(content))


def test_stream_is_stored_from_where_it_stands(kept: Kept) -> None:
    stream = io.BytesIO(b"read before" + CONTENT)
    stream.seek(len(b"read before"))
    kept.store.put(ObjectKey("v1/a"), stream, digest_of(CONTENT))
    assert kept.read(ObjectKey("v1/a")) == CONTENT


@pytest.mark.parametrize("size", [100, 3 << 20], ids=["small", "3 MB"])
def test_race_for_one_key_has_one_winner(kept: Kept, size: int) -> None:
    contents = [bytes([writer]) * size for writer in range(16)]
    key, start = ObjectKey("v1/race"), Barrier(16)

    def write(content: bytes) -> StoredObject | Conflict:
        start.wait()
        try:
            return kept.store.put(key, io.BytesIO(content), digest_of(content))
        except Conflict as error:
            return error

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(write, contents))
    won = [content for content, result in zip(contents, results, strict=True) if isinstance(result, StoredObject)]
    assert len(won) == 1
    assert kept.read(key) == won[0]


def test_race_with_the_same_bytes_creates_once_and_nobody_fails(kept: Kept) -> None:
    start = Barrier(16)

    def write(_: int) -> bool:
        start.wait()
        return kept.put("v1/race").created

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(write, range(16))) == 1


def test_batch_is_stored_in_the_order_given(kept: Kept) -> None:
    objects = [_new(f"v1/sha256/{number % 256:02x}/{number}", b"%d" % number) for number in random.Random(2).sample(range(400), 300)]
    kept.store.put_all(objects[:100])
    stored = kept.store.put_all(objects)
    assert stored == [StoredObject(new.key, len(new.content), created=place >= 100) for place, new in enumerate(objects)]
    assert all(kept.store.check(new.key, new.digest) == Intact(len(new.content)) for new in objects)
    assert kept.store.put_all([]) == []


def test_object_given_twice_in_a_batch_is_created_once(kept: Kept) -> None:
    stored = kept.store.put_all([_new("v1/a", CONTENT), _new("v1/a", CONTENT)])
    assert sum(one.created for one in stored) == 1
    with pytest.raises(Conflict):
        kept.store.put_all([_new("v1/b", b"one"), _new("v1/b", b"two")])


def test_flipped_bit_is_reported_as_mismatch(kept: Kept) -> None:
    kept.put("v1/a")
    flipped = CONTENT[:5] + bytes([CONTENT[5] ^ 1]) + CONTENT[6:]
    kept.damage(ObjectKey("v1/a"), flipped)
    assert kept.store.check(ObjectKey("v1/a"), digest_of(CONTENT)) == Mismatch(digest_of(flipped))
    with pytest.raises(Conflict):  # the right bytes are not taken for held either
        kept.put("v1/a")


def test_intact_object_is_reported_with_its_size(kept: Kept) -> None:
    kept.put("v1/a")
    assert kept.store.check(ObjectKey("v1/a"), digest_of(CONTENT)) == Intact(len(CONTENT))


def test_missing_object_is_a_mismatch_with_nothing_found(kept: Kept) -> None:
    kept.put("v1/a")
    kept.lose(ObjectKey("v1/a"))
    assert kept.store.check(ObjectKey("v1/a"), digest_of(CONTENT)) == Mismatch(None)
    assert kept.store.check(ObjectKey("v1/never/was"), digest_of(CONTENT)) == Mismatch(None)


def test_missing_object_and_a_mere_folder_are_not_found(kept: Kept) -> None:
    kept.put("v1/a/b")
    for key in ("v1/a/c", "v1/a", "v2/x/y", "v1/a/b/c"):
        with pytest.raises(NotFound):
            kept.store.open(ObjectKey(key))


def test_unreachable_store_is_unchecked_and_unavailable(kept: Kept) -> None:
    kept.put("v1/a")
    store = kept.cut()
    assert isinstance(store.check(ObjectKey("v1/a"), digest_of(CONTENT)), Unchecked)
    calls: list[Callable[[], object]] = [
        lambda: store.put(ObjectKey("v1/b"), io.BytesIO(CONTENT), digest_of(CONTENT)), lambda: store.put_all([_new("v1/b", CONTENT)]),
        lambda: store.open(ObjectKey("v1/a")), lambda: list(store.keys(""))]
    for call in calls:
        with pytest.raises(Unavailable) as raised:
            call()
        assert raised.value.remedy
        assert "127.0.0.1" not in str(raised.value)


def test_keys_come_in_order_of_characters_over_the_whole_key(kept: Kept) -> None:
    names = ["a", "a-b", "a.b", "ab", "a_/x", "a=/x", "A", "b/c/d", "b/c-d", "b/c.d", "b/c/d.e/f", "b/c/d-e", "b/C", "b/10", "b/9"]
    kept.store.put_all([_new(f"v1/{name}/end", b"") for name in names] + [_new(f"v1/{name}.x", b"") for name in names])
    every = sorted([f"v1/{name}/end" for name in names] + [f"v1/{name}.x" for name in names])
    assert list(kept.store.keys("")) == every
    for prefix in ("v1/", "v1/b", "v1/b/", "v1/b/c", "v1/b/c/d.e/f/e", "v1/b/c/d.e/f/end", "v1/zz", "v2", "v1/a-"):
        assert list(kept.store.keys(prefix)) == [key for key in every if key.startswith(prefix)]


def test_keys_of_a_long_folder_are_all_there(kept: Kept) -> None:
    kept.store.put_all([_new(f"v1/long/{number}", b"") for number in range(1100)])  # a listing of S3 ends at 1000
    assert list(kept.store.keys("v1/long/")) == sorted(f"v1/long/{number}" for number in range(1100))


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../a", "a/../b", "a/./b", "a//b", "a/", "/a", ".incoming/x", "a/.b", "a\\b", "a\0b", "a b", "a\n",
                                 "v1/Kündigung", "v1/ﬁ", "%2e%2e/a", "a?b", "a" * 300, "/".join("a" * 200 for _ in range(6))])
def test_key_that_leads_astray_or_is_no_ascii_is_refused_everywhere(kept: Kept, key: str) -> None:
    calls: list[Callable[[], object]] = [
        lambda: kept.put(key), lambda: kept.store.put_all([_new(key, CONTENT)]), lambda: kept.store.open(ObjectKey(key)),
        lambda: kept.store.check(ObjectKey(key), digest_of(CONTENT))]
    for call in calls:
        with pytest.raises(BadRequest):
            call()


def test_foreign_names_in_the_store_are_not_listed(kept: Kept) -> None:
    kept.put("v1/a")
    for name in ("v1/Kündigung.pdf", "v1/.hidden", "v1/with blank"):
        _place(kept, name)
    assert list(kept.store.keys("")) == ["v1/a"]


def _place(kept: Kept, name: str) -> None:
    if isinstance(kept.store, DirectoryObjects):
        (kept.store._root / name).write_bytes(b"foreign")
    else:
        kept.damage(ObjectKey(name), b"foreign")


def test_opened_stream_is_a_buffered_binary_file(kept: Kept) -> None:
    content = b"one\ntwo\n" * 1000
    kept.put("v1/a", content)
    stream: BinaryIO
    with kept.store.open(ObjectKey("v1/a")) as stream:
        assert stream.readline() == b"one\n"
        assert stream.readable()
        assert stream.read(3) == b"two"
        assert len(stream.read()) == len(content) - 7
        assert stream.read() == b""
    assert stream.closed
    assert Digest(hashlib.sha256(content).hexdigest()) == digest_of(content)
