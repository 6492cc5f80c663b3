"""The object store in a bucket of any S3 server.

Every write is conditional (`If-None-Match: *`: the first of two writers wins), carries the SHA-256 for the server to verify
(`x-amz-checksum-sha256`), and is read back before it counts: by HEAD where the server keeps checksums, else whole.
Streams are read twice, first to verify them, so that they can go up in one piece under their whole digest. Only what is too large
for that goes up in parts; there SeaweedFS 4.48 was seen to let two writers of different bytes both win, which content-addressed
keys forgive.
Endpoint, region and keys are taken from where boto3 takes them (`AWS_ENDPOINT_URL_S3`, `AWS_ACCESS_KEY_ID` …).
"""
from __future__ import annotations

import base64
import hashlib
import io
import itertools
import random
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from archive.adapters.objects_checks import checked_key, is_key, taken, verified_chunks, verify_all
from archive.adapters.s3_errors import AGAIN_LATER, code_of, mapped, unusable
from archive.errors import BadSettings, CasetrailError, IntegrityBroken, NotFound, Unavailable
from archive.model.digest import Digest, ObjectKey, digest_of_stream
from archive.ports import FixityResult, Intact, Mismatch, NewObject, StoredObject, Unchecked

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, HeadObjectOutputTypeDef

SINGLE_MAX_BYTES = 1 << 30
"""S3 takes up to 5 GiB in one piece; what fails on the way has to go up again whole."""
PART_BYTES = 64 << 20
SPOOL_BYTES = 16 << 20
"""A stream that cannot be read twice is kept in memory up to this size, then in a temporary file."""
THREADS = 16
CONFLICT_TRIES = 5

_URL = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?")
_AGAIN = {"ConditionalRequestConflict", "OperationAborted"}


def make_client(**where: Any) -> S3Client:
    """Return a boto3 client with the settings this store relies on; `where` (endpoint, region, keys) goes before the environment.

    Checksums are sent and compared by the store itself: boto3's own would add CRC32 trailers, which some servers do not take,
    and would end the reading of a damaged object before its digest is known.
    """
    import boto3  # takes a third of a second
    from botocore.config import Config

    session = boto3.Session()
    where.setdefault("region_name", session.region_name or "us-east-1")
    return session.client("s3", config=Config(
        signature_version="s3v4", s3={"addressing_style": "path"}, max_pool_connections=2 * THREADS, tcp_keepalive=True,
        connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 4, "mode": "standard"},
        request_checksum_calculation="when_required", response_checksum_validation="when_required"), **where)


class S3Objects:
    """Objects below `s3://bucket/prefix`. Nothing is asked of the server before the first call. Raises BadSettings for any other URL."""

    def __init__(self, url: str, client: S3Client | None = None, *, single_max_bytes: int = SINGLE_MAX_BYTES,
                 part_bytes: int = PART_BYTES) -> None:
        found = _URL.fullmatch(url)
        prefix = (found.group(2) or "").strip("/") if found else ""
        if not found or (prefix and not is_key(prefix)):
            raise BadSettings("The URL of the object store is no s3://bucket/prefix.", "Mend CASETRAIL_OBJECTS_URL.")
        self._bucket, self._prefix = found.group(1), f"{prefix}/" if prefix else ""
        self._given, self._lock = client, Lock()
        self._single_max_bytes, self._part_bytes = single_max_bytes, part_bytes

    @cached_property
    def _client(self) -> S3Client:
        with self._lock, mapped():
            try:
                return self._given or make_client()
            except ValueError as error:  # what botocore says of an endpoint that is no URL
                raise unusable() from error

    def prepare(self) -> None:
        """Make the bucket when it is not there, with Object Lock where the server has it: it cannot be added everywhere later.

        Raises Unavailable, BadSettings.
        """
        with mapped():
            if self._bucket_is_there():
                return
            region = self._client.meta.region_name
            options: Any = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
            from botocore.exceptions import ClientError
            try:
                self._client.create_bucket(Bucket=self._bucket, ObjectLockEnabledForBucket=True, **options)
            except ClientError as error:
                if code_of(error) == "NotImplemented":
                    self._client.create_bucket(Bucket=self._bucket, **options)
                elif not self._bucket_is_there():  # else another set-up was faster
                    raise

    def put(self, key: ObjectKey, content: BinaryIO, digest: Digest) -> StoredObject:
        """Store a stream; see the port."""
        checked_key(key)
        with _verified(content, digest) as (body, size_bytes):
            if size_bytes > self._single_max_bytes:
                return self._put_in_parts(key, body, size_bytes, digest)
            return self._put_single(key, body, size_bytes, digest)

    def put_all(self, objects: Sequence[NewObject]) -> list[StoredObject]:
        """Store many small objects; see the port. When it raises, what was written stays, and the same call again finds it held."""
        verify_all(objects)
        if not objects:
            return []
        with ThreadPoolExecutor(min(THREADS, len(objects))) as pool:
            return list(pool.map(lambda new: self._put_single(new.key, new.content, len(new.content), new.digest), objects))

    def open(self, key: ObjectKey) -> BinaryIO:
        """Return the bytes as a stream that cannot seek. Raises NotFound, Unavailable, the latter also while it is read."""
        with mapped(key):
            body = self._client.get_object(Bucket=self._bucket, Key=self._prefix + checked_key(key))["Body"]
        return io.BufferedReader(_Body(body), 1 << 20)

    def local_path(self, key: ObjectKey) -> Path | None:
        """Return None: a bucket keeps no file on this machine."""
        return None

    def check(self, key: ObjectKey, digest: Digest) -> FixityResult:
        """Read the object back whole and compare its digest. Never raises for what it finds."""
        try:
            with self.open(key) as stream:
                found, size_bytes = digest_of_stream(stream)
        except NotFound:
            return Mismatch(None)
        except (Unavailable, BadSettings) as error:
            return Unchecked(error.message)
        return Intact(size_bytes) if found == digest else Mismatch(found)

    def keys(self, prefix: str) -> Iterator[ObjectKey]:
        """Return all keys that begin so, in ascending order of characters. Raises Unavailable.

        Folder by folder, since a server may list `a/b` before `a-b`; folders sort with their slash, as their keys do.
        """
        names: list[str] = []
        with mapped():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=self._prefix + prefix, Delimiter="/")
            for page in pages:
                names += [found["Key"] for found in page.get("Contents", ())]
                names += [found["Prefix"] for found in page.get("CommonPrefixes", ())]
        for name in sorted(names):
            path = name.removeprefix(self._prefix)
            if path.endswith("/"):
                if path != prefix:  # a marker of the folder itself, as some tools leave them
                    yield from self.keys(path)
            elif is_key(path):
                yield ObjectKey(path)

    def _bucket_is_there(self) -> bool:
        from botocore.exceptions import ClientError
        try:
            self._client.head_bucket(Bucket=self._bucket)
        except ClientError as error:
            if code_of(error) in ("404", "NoSuchBucket"):
                return False
            raise
        return True

    def _put_single(self, key: ObjectKey, body: bytes | BinaryIO, size_bytes: int, digest: Digest) -> StoredObject:
        checksum = _base64(bytes.fromhex(digest))
        with mapped(key):
            created = _first(lambda: self._client.put_object(
                Bucket=self._bucket, Key=self._prefix + key, Body=body, IfNoneMatch="*", ChecksumSHA256=checksum))
        return self._read_back(key, size_bytes, digest, checksum, created)

    def _put_in_parts(self, key: ObjectKey, body: BinaryIO, size_bytes: int, digest: Digest) -> StoredObject:
        if self._head(key):  # no need to send it
            return self._read_back(key, size_bytes, digest, None, created=False)
        where: Any = {"Bucket": self._bucket, "Key": self._prefix + key}
        with mapped(key):
            where["UploadId"] = self._client.create_multipart_upload(**where, ChecksumAlgorithm="SHA256")["UploadId"]
        done = False
        try:
            parts: list[CompletedPartTypeDef] = []
            for number, chunk in enumerate(verified_chunks(body, digest, self._part_bytes), 1):
                checksum = _base64(hashlib.sha256(chunk).digest())
                with mapped(key):
                    tag = self._client.upload_part(**where, PartNumber=number, Body=chunk, ChecksumSHA256=checksum)["ETag"]
                parts.append({"PartNumber": number, "ETag": tag, "ChecksumSHA256": checksum})
            with mapped(key):
                done = _first(lambda: self._client.complete_multipart_upload(
                    **where, MultipartUpload={"Parts": parts}, IfNoneMatch="*"))
        finally:
            if not done:
                self._abort(where)
        # The checksum of an object in parts is that of the checksums of its parts; it says nothing of the whole, which is read back.
        return self._read_back(key, size_bytes, digest, None, created=done)

    def _abort(self, where: Any) -> None:
        with suppress(CasetrailError), mapped():
            self._client.abort_multipart_upload(**where)

    def _head(self, key: ObjectKey) -> HeadObjectOutputTypeDef | None:
        """Return what the server says of an object, None when it holds none."""
        with suppress(NotFound), mapped(key):
            return self._client.head_object(Bucket=self._bucket, Key=self._prefix + key, ChecksumMode="ENABLED")
        return None

    def _read_back(self, key: ObjectKey, size_bytes: int, digest: Digest, checksum: str | None, created: bool) -> StoredObject:
        """Return that the object is held, once the server has shown that it is this one.

        `checksum` is the one of the whole that the server should have kept; when it kept none, or another, the object is read whole.
        Raises Conflict for other bytes held before, IntegrityBroken for other bytes than were just written.
        """
        head = self._head(key)
        if head is None and not created:
            raise Unavailable("Another writer is storing an object of the same name just now.", AGAIN_LATER)
        same = head is not None and head["ContentLength"] == size_bytes
        if same and (checksum is None or head is None or head.get("ChecksumSHA256") != checksum):
            result = self.check(key, digest)
            if isinstance(result, Unchecked):
                raise Unavailable(result.cause, AGAIN_LATER)
            same = isinstance(result, Intact)
        if same:
            return StoredObject(key, size_bytes, created)
        if created:
            raise IntegrityBroken("The object store does not give back what was written to it.",
                                  "Do not go on with this store before its operator has looked into it.")
        raise taken(key)


@contextmanager
def _verified(content: BinaryIO, digest: Digest) -> Iterator[tuple[BinaryIO, int]]:
    """Give a stream that stands at its start and can be read again, and its size in bytes, once it has shown the digest."""
    chunks = verified_chunks(content, digest)
    if content.seekable() and content.tell() == 0:  # boto3 goes back to 0 when it has to send again
        size_bytes = sum(len(chunk) for chunk in chunks)
        content.seek(0)
        yield content, size_bytes
        return
    with SpooledTemporaryFile(SPOOL_BYTES) as spool:
        for chunk in chunks:
            with mapped():
                spool.write(chunk)
        size_bytes = spool.tell()
        spool.seek(0)
        yield cast(BinaryIO, spool), size_bytes


class _Body(io.RawIOBase):
    """The body of an answer as a stream whose errors are those of the port."""

    def __init__(self, body: Any) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with mapped():
            chunk: bytes = self._body.read(len(buffer))
        buffer[:len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            self._body.close()
        super().close()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _first(write: Any) -> bool:
    """Make a conditional write; False when the name is taken. Two writers at the same moment may be asked to try again."""
    from botocore.exceptions import ClientError

    for attempt in itertools.count(1):
        try:
            write()
        except ClientError as error:
            code = code_of(error)
            if code in ("PreconditionFailed", "412"):
                return False
            if code not in _AGAIN or attempt == CONFLICT_TRIES:
                raise
            time.sleep(random.uniform(0, 0.1 * 2 ** attempt))
        else:
            break
    return True
