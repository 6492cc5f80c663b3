"""Buckets of a real S3 server as a source, and as an inbox that several workers share."""
from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from servers.seaweed import S3Server

from archive.errors import BadRequest, Unavailable
from archive.model.digest import digest_of, original_key
from archive.model.run import RunReport
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.claims import RESOLUTION_SECONDS, Claims, fitting
from ingest.inbox import Inbox, became, work_inbox
from ingest.pipeline import ingest
from ingest.sources.s3_address import parse
from ingest.sources.s3_inbox import listing


@pytest.fixture
def bucket(s3: S3Server, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    return s3.bucket()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "1"}))
    yield opened
    opened.close()


def put(s3: S3Server, bucket: str, **objects: bytes) -> None:
    for key, content in objects.items():
        s3.client().put_object(Bucket=bucket, Key=key, Body=content)


def keys(s3: S3Server, bucket: str, prefix: str = "") -> list[str]:
    pages = s3.client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    return [each["Key"] for page in pages for each in page.get("Contents", ())]


def body(s3: S3Server, bucket: str, key: str) -> bytes:
    return s3.client().get_object(Bucket=bucket, Key=key)["Body"].read()


def work(archive: Archive, given: str, **options: object) -> list[RunReport]:
    """Work an inbox once, and return the reports of its runs."""
    reports: list[RunReport] = []

    def take(met: Callable[[], Iterator[object]]) -> RunReport:
        reports.append(ingest(archive, [given], source=str(options.get("source", "")), met=lambda pulling: met()))  # type: ignore[arg-type]
        return reports[-1]

    work_inbox(Inbox(given, once=True, **options), take, lambda canonical: became(archive, canonical))  # type: ignore[arg-type]
    return reports


# ---------------------------------------------------------------- a bucket as a source

def test_objects_are_taken_in_with_name_time_and_bytes(archive: Archive, s3: S3Server, bucket: str) -> None:
    large = random.Random(1).randbytes(9 << 20)
    put(s3, bucket, **{"drop/a/Kündigung 1.txt": b"one", "drop/large.bin": large, "drop/empty/": b"", "dropped/other.txt": b"other", "drop": b"at the name"})
    report = ingest(archive, [f"s3://{bucket}/drop/"])
    assert report.adds_up and report.met == 3
    found = {i.place.path.removeprefix(f"s3://{bucket}/"): i for i in archive.catalogue.items()}
    assert {name: i.digest for name, i in found.items()} == {
        "drop/a/Kündigung 1.txt": digest_of(b"one"), "drop/large.bin": digest_of(large), "drop/": digest_of(b"at the name")}
    item = found["drop/a/Kündigung 1.txt"]
    assert item.place.canonical == f"s3://{bucket}/drop/a/Kündigung 1.txt"
    listed = s3.client().head_object(Bucket=bucket, Key="drop/a/Kündigung 1.txt")["LastModified"]
    assert item.modified_at == listed.isoformat(timespec="seconds")
    with archive.objects.open(original_key(digest_of(large))) as stream:
        assert stream.read() == large
    again = ingest(archive, [f"s3://{bucket}/drop"])
    assert again.counts["already_held"] == again.met == 3


def test_prefix_that_is_not_there_is_told_and_the_archive_does_not_take_in_itself(archive: Archive, s3: S3Server, bucket: str, tmp_path: Path) -> None:
    report = ingest(archive, [f"s3://{bucket}/nowhere/"])
    assert report.met == report.counts["failed"] == 1 and report.troubles[0].code == "unreadable"
    with pytest.raises(Unavailable, match="no bucket"):
        ingest(archive, [f"s3://{bucket}-none/x"])
    own = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "own"), "CASETRAIL_OBJECTS_URL": f"s3://{bucket}/archive"}))
    for given in (f"s3://{bucket}", f"s3://{bucket}/archive/v1/", f"s3://{bucket}/archive"):
        with pytest.raises(BadRequest, match="own originals"):
            ingest(own, [given])
    with pytest.raises(BadRequest, match="not understood"):
        ingest(own, ["s3://B/x"])
    own.close()


# ---------------------------------------------------------------- a bucket as an inbox

def test_what_was_read_goes_to_done_and_what_was_not_to_failed_with_its_reason(archive: Archive, s3: S3Server, bucket: str) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as z:
        z.writestr("in/a.txt", "words")
        z.writestr("in/empty.txt", "")
    put(s3, bucket, **{"drops/in/x/letter.txt": b"words", "drops/in/empty.txt": b"", "drops/in/pack.zip": packed.getvalue(), "drops/else.txt": b"no"})
    reports = work(archive, f"s3://{bucket}/drops/in/")
    assert [r.adds_up for r in reports] == [True] and reports[0].met == 5
    assert keys(s3, bucket) == ["drops/done/in/pack.zip", "drops/done/in/x/letter.txt", "drops/else.txt", "drops/failed/in/empty.txt",
                                "drops/failed/in/empty.txt.reason.json"]
    told = json.loads(body(s3, bucket, "drops/failed/in/empty.txt.reason.json"))
    held = archive.catalogue.held_below(f"s3://{bucket}/drops/in/empty.txt")
    assert (told["code"], told["kept"], told["run_id"]) == ("empty", True, reports[0].run_id) and told["record_id"] in held.values()
    assert body(s3, bucket, "drops/done/in/x/letter.txt") == b"words"
    assert work(archive, f"s3://{bucket}/drops/in/") == []


def test_same_name_sent_again_with_other_bytes_is_taken_in_and_kept_beside_the_first(archive: Archive, s3: S3Server, bucket: str) -> None:
    for content in (b"first", b"second", b"second"):
        put(s3, bucket, **{"in/a.txt": content})
        work(archive, f"s3://{bucket}/in", source="portal")
    assert sorted(body(s3, bucket, key) for key in keys(s3, bucket)) == [b"first", b"second"]
    assert all(key.startswith("done/in/a.txt") for key in keys(s3, bucket))
    assert {i.digest for i in archive.catalogue.items()} == {digest_of(b"first"), digest_of(b"second")}
    assert {i.place.canonical for i in archive.catalogue.items()} == {"portal:a.txt"}


WORK = """
import sys
from casetrail.main import main
sys.argv = ["casetrail", "watch", sys.argv[1], "--once", "--lease", sys.argv[2]]
main()
"""


def worker(home: Path, given: str, lease: float = 300) -> subprocess.Popen[str]:
    environment = os.environ | {"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1"}
    return subprocess.Popen([sys.executable, "-c", WORK, given, str(lease)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_workers_at_once_take_everything_and_nothing_twice(archive: Archive, s3: S3Server, bucket: str, tmp_path: Path) -> None:
    count = 120
    put(s3, bucket, **{f"in/{n:03d}.txt": f"words {n}".encode() for n in range(count)})
    both = [worker(tmp_path / "home", f"s3://{bucket}/in/") for _ in range(2)]
    ended = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], ended
    reports = [archive.catalogue.run_report(r) for r in archive.catalogue.runs()]
    assert sum(r.counts["stored"] for r in reports) == sum(r.met for r in reports) == count
    assert all("Run " in out for out, _ in ended)           # neither had nothing to do
    assert keys(s3, bucket) == [f"done/in/{n:03d}.txt" for n in range(count)]


@pytest.mark.parametrize("seed", range(2))
def test_worker_that_is_killed_loses_nothing_and_its_claims_are_taken_over(seed: int, archive: Archive, s3: S3Server, bucket: str, tmp_path: Path) -> None:
    count = 70
    put(s3, bucket, **{f"in/{n:03d}.txt": f"words {n}".encode() for n in range(count)})
    process = worker(tmp_path / "home", f"s3://{bucket}/in/")
    while not keys(s3, bucket, "claimed/") and process.poll() is None:
        time.sleep(0.02)
    time.sleep(random.Random(seed).uniform(0, 4))
    process.send_signal(signal.SIGKILL)
    process.communicate()
    other = worker(tmp_path / "home", f"s3://{bucket}/in/")         # on the same machine a dead worker is known for dead
    _, err = other.communicate(timeout=120)
    assert other.returncode == 0, err
    assert keys(s3, bucket, "done/") == [f"done/in/{n:03d}.txt" for n in range(count)] and keys(s3, bucket, "in/") == []
    assert archive.catalogue.count_items() == count
    assert all(archive.catalogue.run_report(r).adds_up for r in archive.catalogue.runs())
    taken = [e.event.subject for e in archive.catalogue.custody() if e.event.action == "taken_in"]
    assert len(taken) == len(set(taken)) == count


def test_claim_is_had_by_one_of_many_and_taken_over_by_one_once_its_lease_has_run_out(s3: S3Server, bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(s3, bucket, **{"in/a.txt": b"words"})
    [listed] = listing(s3.client(), parse(f"s3://{bucket}/in"))
    key = Claims(s3.client(), bucket, "claimed/in/", 2).key_for("a.txt", listed)

    def at_once(act: Callable[[Claims], object]) -> list[object]:
        won: list[object] = []
        threads = [threading.Thread(target=lambda: won.append(act(Claims(s3.client(), bucket, "claimed/in/", 2)))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return [w for w in won if w is not None]

    [first] = at_once(lambda claims: claims.make(key, listed))
    ours = Claims(s3.client(), bucket, "claimed/in/", 3600)
    assert ours.take_over(ours.standing()[key], listed) is None      # it is alive: this very process
    renewed = ours.renew(first)  # type: ignore[arg-type]
    assert renewed is not None and ours.renew(first) is None  # type: ignore[arg-type]
    while (standing := ours.standing()[key]).silent.total_seconds() < 2 + RESOLUTION_SECONDS:
        time.sleep(0.1)
    [second] = at_once(lambda claims: claims.take_over(standing, listed))
    assert ours.renew(renewed) is None                               # the first has lost it
    ours.drop(key, renewed.etag)
    assert keys(s3, bucket, "claimed/") == [key]
    ours.drop(key, second.etag)  # type: ignore[attr-defined]
    assert keys(s3, bucket, "claimed/") == []


def test_claim_of_a_worker_on_another_machine_is_left_until_its_lease_has_run_out(archive: Archive, s3: S3Server, bucket: str,
                                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    put(s3, bucket, **{"in/a.txt": b"words"})
    [listed] = listing(s3.client(), parse(f"s3://{bucket}/in"))
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("ingest.claims.owner_name", lambda: "elsewhere:1:1")
        claims = Claims(s3.client(), bucket, "claimed/in/", 3600)
        assert claims.make(claims.key_for("a.txt", listed), listed) is not None
    assert work(archive, f"s3://{bucket}/in", lease_seconds=3600.0) == [] and keys(s3, bucket, "in/") == ["in/a.txt"]
    time.sleep(2 + RESOLUTION_SECONDS)
    assert [r.counts["stored"] for r in work(archive, f"s3://{bucket}/in", lease_seconds=1.0)] == [1]
    assert keys(s3, bucket) == ["done/in/a.txt"]


def test_object_that_was_replaced_after_it_was_claimed_is_left_for_another_round(archive: Archive, s3: S3Server, bucket: str) -> None:
    put(s3, bucket, **{"in/a.txt": b"first"})
    reports: list[RunReport] = []

    def take(met: Callable[[], Iterator[object]]) -> RunReport:
        if not reports:
            put(s3, bucket, **{"in/a.txt": b"second"})
        reports.append(ingest(archive, ["in"], met=lambda pulling: met()))  # type: ignore[arg-type]
        return reports[-1]

    work_inbox(Inbox(f"s3://{bucket}/in", once=True), take, lambda canonical: became(archive, canonical))
    assert [r.met for r in reports] == [0, 1]
    assert [i.digest for i in archive.catalogue.items()] == [digest_of(b"second")]
    assert keys(s3, bucket) == ["done/in/a.txt"]


def test_run_that_breaks_off_gives_its_claims_back(archive: Archive, s3: S3Server, bucket: str) -> None:
    put(s3, bucket, **{"in/a.txt": b"words"})

    def away(met: Callable[[], Iterator[object]]) -> RunReport:
        raise Unavailable("The store is away.")

    with pytest.raises(Unavailable):
        work_inbox(Inbox(f"s3://{bucket}/in", once=True), away, lambda canonical: False)
    assert keys(s3, bucket) == ["in/a.txt"]
    assert work(archive, f"s3://{bucket}/in")[0].counts["stored"] == 1


def test_inbox_needs_a_prefix_and_keys_stay_within_their_limit(archive: Archive) -> None:
    with pytest.raises(BadRequest, match="whole bucket"):
        work(archive, "s3://bucket")
    long = [fitting("done/" + "ü" * 600 + end, ".json") for end in "ab"]
    assert all(len(key.encode()) <= 1024 and key.endswith(".json") for key in long) and long[0] != long[1]
    assert fitting("a", "b") == "ab"
