"""Runs are killed at random moments; the same command again ends with what an undisturbed run gives: nothing lost, nothing twice."""
from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import psutil
import pytest

from archive.model.custody import GENESIS, link_digest
from archive.model.digest import original_key
from archive.model.query import MatchAll
from archive.model.record import Record
from archive.model.viewer import LOCAL
from archive.ports import Intact, RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.pipeline import ingest

RUN = """
import sys
from archive.settings import read_settings
from archive.wiring import open_archive
from ingest.pipeline import ingest
report = ingest(open_archive(read_settings()), sys.argv[1:], source="drop")
assert report.status == "finished" and report.adds_up
"""


def mail(n: int) -> bytes:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = f"a{n}@x.example", "b@y.example", f"Matter {n % 40}"
    m["Date"], m["Message-ID"] = "Mon, 01 Jan 2024 10:00:00 +0100", f"<{n}@x.example>"
    if n % 3:
        m["References"] = f"<{n - n % 3}@x.example>"
    m.set_content(f"Words of {n}\n")
    if n % 5 == 0:
        m.add_attachment(b"the same terms", maintype="text", subtype="plain", filename="terms.txt")
    return bytes(m)


@pytest.fixture(scope="module")
def drop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drop")
    (folder / "box.mbox").write_bytes(b"".join(b"From a@x Mon Jan  1 10:00:00 2024\n" + mail(n) + b"\n" for n in range(700)))
    for n in range(150):
        (folder / f"note{n:03d}.txt").write_text(f"note {n % 100}")
    with zipfile.ZipFile(folder / "more.zip", "w") as z:
        for n in range(100):
            z.writestr(f"d/{n}.eml", mail(1000 + n))
    return folder


@pytest.fixture(scope="module")
def undisturbed(drop: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Record]:
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path_factory.mktemp("calm"))}))
    ingest(archive, [str(drop)], source="drop")
    return held(archive)


def held(archive: Archive) -> dict[str, Record]:
    return {r.record_id: r for r in archive.catalogue.records(RecordFilter(), LOCAL)}


def killed_after(seconds: float, home: Path, drop: Path) -> bool:
    """Run the command and kill it after so long; return whether it had ended by itself. Its workers must end with it."""
    process = subprocess.Popen([sys.executable, "-c", RUN, str(drop)], env=os.environ | {"CASETRAIL_HOME": str(home)}, stderr=subprocess.PIPE)
    try:
        _, told = process.communicate(timeout=seconds)
        assert process.returncode == 0, told.decode()
        return True
    except subprocess.TimeoutExpired:
        workers = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        _, alive = psutil.wait_procs(workers, timeout=10)
        assert not alive
        return False


@pytest.mark.parametrize("seed", range(4))
def test_run_killed_at_random_moments_ends_as_if_it_had_not_been(seed: int, drop: Path, undisturbed: dict[str, Record], tmp_path: Path) -> None:
    moments = random.Random(seed)
    kills = 0
    while not killed_after(moments.uniform(0.3, 2.5), tmp_path, drop):
        kills += 1
        if kills == 6:
            assert killed_after(300, tmp_path, drop)
            break
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path)}))
    records = held(archive)
    assert records.keys() == undisturbed.keys()
    for name, record in records.items():
        calm = undisturbed[name]
        assert (record.source_paths, record.thread_id, record.family_id, record.duplicate_of, record.kind) == \
            (calm.source_paths, calm.thread_id, calm.family_id, calm.duplicate_of, calm.kind)
    assert sorted(archive.index.ids(MatchAll())) == sorted(records)
    for item in archive.catalogue.items():
        assert isinstance(archive.objects.check(original_key(item.digest), item.digest), Intact)
    taken = [e.event.subject for e in archive.catalogue.custody() if e.event.action == "taken_in"]
    assert len(taken) == len(set(taken)) == archive.catalogue.count_items()
    previous = GENESIS
    for e in archive.catalogue.custody():
        assert e.digest == link_digest(e.seq, e.at, e.event, previous)
        previous = e.digest
    reports = [archive.catalogue.run_report(r) for r in archive.catalogue.runs()]
    assert {r.status for r in reports[:-1]} <= {"interrupted", "finished"} and reports[-1].status == "finished"
    assert all(r.adds_up for r in reports)
    assert {r.met for r in reports if r.status == "finished"} == {len(undisturbed) + 1}  # the mailbox itself is an item, and no record
    archive.close()


def test_worker_killed_from_outside_costs_no_item(drop: Path, undisturbed: dict[str, Record], tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", RUN, str(drop)], env=os.environ | {"CASETRAIL_HOME": str(tmp_path)})
    shots = 0
    while process.poll() is None and shots < 3:
        time.sleep(0.4)
        for worker in psutil.Process(process.pid).children()[:1]:
            worker.kill()
            shots += 1
    assert process.wait(120) == 0
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path)}))
    assert held(archive).keys() == undisturbed.keys() and shots
    archive.close()
