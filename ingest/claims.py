"""Claims on the objects of an inbox, so that several workers share one and none takes what another has.

A claim is a small object beside the inbox, made on the condition that there is none (If-None-Match: *): who makes it owns the object.  It
names the worker and is renewed while the work goes on.  A claim that was not renewed for its lease, or whose worker is known to be dead on
this machine, is taken over by replacing it on the condition that it still is the old one (If-Match): again only one can win.  Why no copy of the
object itself: copies of equal bytes have equal ETags, so that nobody could tell whose copy it is.
"""
from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from archive.errors import CasetrailError
from archive.owner import owner_alive, owner_name
from ingest.sources.s3_inbox import Listed
from ingest.tools.bucket import Changed, asking

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

FORMAT = "casetrail-claim/1"
RESOLUTION_SECONDS = 1      # a server tells the time of a change, and its own, in whole seconds


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that is ours: what for, the key of the claim and its present ETag, and how often it was renewed."""
    on: Listed
    key: str
    etag: str
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it is listed. `silent` is for how long nobody renewed it, by the server's own clock."""
    key: str
    etag: str
    silent: timedelta


class Claims:
    """The claims below a prefix of a bucket, as one worker makes and sees them."""

    def __init__(self, server: S3Client, bucket: str, prefix: str, lease_seconds: float) -> None:
        self._server, self._bucket, self._prefix, self._lease = server, bucket, prefix, lease_seconds
        self._alive: set[str] = set()       # ETags of claims whose worker was seen to live on this machine, or cannot be asked

    def key_for(self, below: str, listed: Listed) -> str:
        """Return the key of the claim on one version of an object; `below` is its key below the inbox."""
        return fitting(f"{self._prefix}{below}", f".{listed.etag.strip(chr(34))}.json")

    def standing(self) -> dict[str, Standing]:
        """Return all claims there are, by key."""
        found: dict[str, Standing] = {}
        with asking(self._bucket):
            for page in self._server.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix):
                sent = page["ResponseMetadata"]["HTTPHeaders"].get("date", "")
                now = parsedate_to_datetime(sent) if sent else datetime.now(UTC)
                for each in page.get("Contents", ()):
                    found[each["Key"]] = Standing(each["Key"], each["ETag"], now - each["LastModified"])
        return found

    def make(self, key: str, listed: Listed) -> Claim | None:
        """Claim an object that nobody has claimed; None when another was faster."""
        return self._write(Claim(listed, key, ""), IfNoneMatch="*")

    def take_over(self, standing: Standing, listed: Listed) -> Claim | None:
        """Claim an object whose worker is silent or dead; None when it is neither, or another was faster."""
        if standing.silent.total_seconds() < self._lease + RESOLUTION_SECONDS and not self._left_alone(standing):
            return None
        return self._write(Claim(listed, standing.key, ""), IfMatch=standing.etag)

    def renew(self, claim: Claim) -> Claim | None:
        """Say that the work goes on; None when the claim is somebody else's by now."""
        return self._write(replace(claim, renewed=claim.renewed + 1), IfMatch=claim.etag)

    def drop(self, key: str, etag: str) -> None:
        """Remove a claim, if it still is this one."""
        with suppress(Changed), asking(self._bucket):
            self._server.delete_object(Bucket=self._bucket, Key=key, IfMatch=etag)

    def _write(self, claim: Claim, **condition: Any) -> Claim | None:
        told = {"format": FORMAT, "key": claim.on.key, "etag": claim.on.etag, "worker": owner_name(), "renewed": claim.renewed,
                "lease_seconds": self._lease}
        try:
            with asking(self._bucket):
                kept = self._server.put_object(Bucket=self._bucket, Key=claim.key, Body=json.dumps(told).encode(), ContentType="application/json",
                                               **condition)
        except Changed:
            return None
        return replace(claim, etag=kept["ETag"])

    def _left_alone(self, standing: Standing) -> bool:
        """Say whether the worker of a claim is known to be dead: only on the machine that it ran on."""
        if standing.etag in self._alive:
            return False
        try:
            with asking(self._bucket):
                told = json.loads(self._server.get_object(Bucket=self._bucket, Key=standing.key, IfMatch=standing.etag)["Body"].read(10_000))
            dead = not owner_alive(str(told["worker"]))
        except (Changed, ValueError, KeyError, TypeError):
            return False
        if not dead:
            self._alive.add(standing.etag)
        return dead


class Renewing:
    """Renews claims in a thread of its own while the work goes on. `ours` are those that still are after `stop`."""

    def __init__(self, claims: Claims, made: Sequence[Claim], every_seconds: float) -> None:
        self._claims, self._ours, self._every = claims, {c.key: c for c in made}, every_seconds
        self._ended, self._lock = threading.Event(), threading.Lock()
        self._thread = threading.Thread(target=self._run, name="claims", daemon=True)
        self._thread.start()

    def stop(self) -> list[Claim]:
        """End renewing and return the claims that are still ours."""
        self._ended.set()
        self._thread.join()
        return list(self._ours.values())

    def _run(self) -> None:
        while not self._ended.wait(self._every):
            for key, claim in list(self._ours.items()):
                if self._ended.is_set():
                    return
                with suppress(CasetrailError):      # the server is away: the next round tries again, and the lease runs on
                    renewed = self._claims.renew(claim)
                    if renewed is None:
                        del self._ours[key]
                    else:
                        self._ours[key] = renewed


def fitting(start: str, end: str) -> str:
    """Return `start` + `end` as a key: keys have at most 1,024 bytes of UTF-8, so what is too long is cut and told apart by its digest."""
    import hashlib

    whole = (start + end).encode()
    if len(whole) <= 1024:
        return start + end
    digest = hashlib.sha256(whole).hexdigest()[:16]
    room = 1024 - len(end.encode()) - len(digest) - 1
    return f"{start.encode()[:room].decode('utf-8', 'ignore')}~{digest}{end}"
