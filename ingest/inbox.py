"""The inbox of a bucket: what is put into it is claimed, taken in, and moved to `done/` or `failed/` beside the inbox.

    s3://bucket/drops/inbox/2024/letter.pdf
    s3://bucket/drops/claimed/inbox/2024/letter.pdf.<etag>.json    while a worker has it (ingest/claims.py)
    s3://bucket/drops/done/inbox/2024/letter.pdf                   once the archive holds it and has read it
    s3://bucket/drops/failed/inbox/2024/letter.pdf                 when it could not be read, with the reason in letter.pdf.reason.json

A worker that dies anywhere in between costs nothing: its claim lapses, the next one takes the object in again, finds it held, and moves it.
"""
from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import BadRequest, NotFound, Unavailable
from archive.model.outcome import Failed
from archive.model.run import RunReport
from archive.model.viewer import LOCAL
from archive.wiring import Archive
from ingest.claims import Claim, Claims, Renewing, fitting
from ingest.sources.base import MetOrNot
from ingest.sources.s3_address import Address, parse
from ingest.sources.s3_inbox import Listed, check_not_own, fetch, listing
from ingest.tools.bucket import Changed, asking, client

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OBJECTS, BYTES = 50, 256 << 20
"""Most objects, and about how many bytes, claimed at once: what one worker has, others cannot have."""
COPY_MAX_BYTES = 5 << 30
"""S3 copies up to 5 GiB at once; larger objects are copied in parts."""
REASON = "casetrail-reason/1"


@dataclass(frozen=True, slots=True)
class Unread:
    """Why an object goes to `failed/`: the code and the reason of its outcome, and whether the archive holds it all the same."""
    code: str
    reason: str
    record_id: str
    kept: bool


Take = Callable[[Callable[[], Iterator[MetOrNot]]], RunReport]
Became = Callable[[str], Unread | bool]
"""Answers for a canonical name: True when the archive holds the item and read it, False when it does not know it, else why not."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """What is watched and how: the address as given, the name of the source, seconds of a lease and between looks.

    `once` ends when nothing is left to be claimed; `own` are the places of the archive itself, as URLs.
    """
    given: str
    source: str = ""
    lease_seconds: float = 300.0
    every_seconds: float = 5.0
    once: bool = False
    say: Callable[[str], None] = lambda words: None
    stopping: Callable[[], bool] = lambda: False
    own: tuple[str, ...] = ()


def work_inbox(inbox: Inbox, take: Take, became: Became) -> None:
    """Take in what is put into the inbox, until asked to stop; with `once` until nothing is left that could be claimed.

    Raises BadRequest for an address that names no inbox. A server that is away (Unavailable) is waited for, with `once` it is raised.
    """
    address = parse(inbox.given)
    if not address.prefix:
        raise BadRequest("A whole bucket cannot be an inbox, since nothing could lie beside it.", "Name a prefix, as in s3://BUCKET/inbox/.")
    check_not_own(address, inbox.own)
    worker = _Worker(inbox, address, client(), take, became)
    while not inbox.stopping():
        try:
            worked = worker.round()
        except Unavailable as error:
            if inbox.once:
                raise
            inbox.say(f"Waiting: {error}")
            worked = False
        if inbox.once and not worked:
            return
        until = time.monotonic() + (0 if worked else inbox.every_seconds)
        while time.monotonic() < until and not inbox.stopping():
            time.sleep(0.1)


def became(archive: Archive, canonical: str) -> Unread | bool:
    """Answer from the catalogue what became of the item at a place (`Became`)."""
    record_id = archive.catalogue.held_below(canonical).get(canonical)
    if record_id is None:
        return False
    try:
        outcome = archive.catalogue.record(record_id, LOCAL).outcome
    except NotFound:            # a mailbox, whose messages are records and which is none itself; or it was not read yet
        return True
    return Unread(outcome.code, outcome.cause, record_id, True) if isinstance(outcome, Failed) else True


class _Worker:
    def __init__(self, inbox: Inbox, address: Address, server: S3Client, take: Take, became: Became) -> None:
        self._inbox, self._address, self._server, self._take, self._became = inbox, address, server, take, became
        above, slash, name = address.prefix.rpartition("/")
        self._beside, self._name = above + slash, name
        self._claims = Claims(server, address.bucket, f"{self._beside}claimed/{name}/", inbox.lease_seconds)

    def round(self) -> bool:
        """Claim some objects, take them in and move them; return whether there were any."""
        made = self._claim()
        if not made:
            return False
        renewing = Renewing(self._claims, made, self._inbox.lease_seconds / 3)
        done = False
        try:
            with tempfile.TemporaryDirectory(prefix="casetrail-inbox-") as spool:
                report = self._take(lambda: self._met(made, Path(spool)))
            done = True
        finally:
            ours = renewing.stop()
            if not done:        # what cannot be given back now lapses by itself
                for claim in ours:
                    self._give_back(claim)
        for claim in ours:
            if report.status != "finished" or not self._moved(claim, report):
                self._give_back(claim)
        return True

    def _claim(self) -> list[Claim]:
        standing = self._claims.standing()
        made: list[Claim] = []
        size, there = 0, set[str]()
        for listed in listing(self._server, self._address):
            key = self._claims.key_for(self._below(listed), listed)
            there.add(key)
            if len(made) < OBJECTS and (not made or size + listed.size_bytes <= BYTES) and not self._inbox.stopping():
                claim = self._claims.take_over(standing[key], listed) if key in standing else self._claims.make(key, listed)
                if claim is not None:
                    made.append(claim)
                    size += listed.size_bytes
        for key, old in standing.items():       # of a worker that died after it had moved the object
            if key not in there and old.silent.total_seconds() > self._inbox.lease_seconds:
                self._claims.drop(key, old.etag)
        return made

    def _met(self, made: list[Claim], spool: Path) -> Iterator[MetOrNot]:
        """Yield the objects that were claimed. One that is gone or was replaced is nothing that was met: its new version is another object."""
        for claim in made:
            met = fetch(self._server, self._address, claim.on, self._inbox.source, spool)
            if met is not None:
                yield met

    def _moved(self, claim: Claim, report: RunReport) -> bool:
        """Move an object where it belongs by what became of it, and end the claim; False when nothing is known of it."""
        place = self._address.place(claim.on.key, self._inbox.source)
        became = self._became(place.canonical)
        if became is False:
            lost = next((t for t in report.troubles if t.path == place.path and t.inner is None), None)
            if lost is None:
                return False
            became = Unread(lost.code, lost.reason, "", False)
        if isinstance(became, Unread):
            target = self._move(claim.on, "failed")
            self._explain(claim.on, target, became, report.run_id)
        else:
            target = self._move(claim.on, "done")
        self._remove(claim.on)
        self._claims.drop(claim.key, claim.etag)
        return True

    def _move(self, listed: Listed, where: str) -> str:
        """Copy an object to where it goes, and return the key there; what lies there with other bytes is left alone."""
        bucket, start = self._address.bucket, f"{self._beside}{where}/{self._name}/{self._below(listed)}"
        target = fitting(start, "")
        if self._etag(target) not in (None, listed.etag):
            target = fitting(start, f".{listed.etag.strip(chr(34))}")
        # Where it was removed or replaced since: what was claimed is in the archive, and the new one is another object.
        with suppress(Changed), asking(bucket):
            if listed.size_bytes <= COPY_MAX_BYTES:
                self._server.copy_object(Bucket=bucket, Key=target, CopySource={"Bucket": bucket, "Key": listed.key}, CopySourceIfMatch=listed.etag)
            else:
                self._server.copy({"Bucket": bucket, "Key": listed.key}, bucket, target, ExtraArgs={"CopySourceIfMatch": listed.etag})
        return target

    def _explain(self, listed: Listed, target: str, unread: Unread, run_id: str) -> None:
        told = {"format": REASON, "key": listed.key, "etag": listed.etag, "code": unread.code, "reason": unread.reason, "kept": unread.kept,
                "record_id": unread.record_id or None, "run_id": run_id}
        with asking(self._address.bucket):
            self._server.put_object(Bucket=self._address.bucket, Key=fitting(target, ".reason.json"), ContentType="application/json",
                                    Body=(json.dumps(told, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace"))

    def _remove(self, listed: Listed) -> None:
        with suppress(Changed), asking(self._address.bucket):       # where it was replaced, the new one stays
            self._server.delete_object(Bucket=self._address.bucket, Key=listed.key, IfMatch=listed.etag)

    def _give_back(self, claim: Claim) -> None:
        with suppress(Unavailable):     # then it lapses
            self._claims.drop(claim.key, claim.etag)

    def _etag(self, key: str) -> str | None:
        try:
            with asking(self._address.bucket):
                return self._server.head_object(Bucket=self._address.bucket, Key=key)["ETag"]
        except Changed:
            return None

    def _below(self, listed: Listed) -> str:
        return listed.key.removeprefix(self._address.prefix).lstrip("/") or listed.key.rpartition("/")[2]
