"""The process that feeds the index while a run goes on helps, and nothing depends on it."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from archive.model.query import MatchAll
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest import feeder, pipeline
from ingest.feeder import Feeder
from ingest.pipeline import ingest

ITEMS = 300


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    for n in range(ITEMS):
        (folder / f"{n}.txt").write_text(f"note {n}")
    return folder


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(pipeline, "FEED_FROM", 64)
    return open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))


def feeders() -> list[psutil.Process]:
    """The feeders of this process that are alive."""
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if "ingest.feeder" in process.cmdline():
                found.append(process)
    return found


def rewound(archive: Archive) -> tuple[str, int]:
    """Have the index written anew from the beginning; return its version and the number of the last change."""
    version = archive.index.current()
    assert version is not None
    taken = archive.catalogue.last_change()
    archive.catalogue.set_watermark(version, 0)
    return version, taken


def test_index_is_written_while_the_run_goes_on(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    version, taken = rewound(archive)
    with Feeder(archive.settings) as helper:
        helper.feed()
        until = time.monotonic() + 60
        while archive.catalogue.watermark(version) != taken and time.monotonic() < until:
            time.sleep(0.05)
        assert archive.catalogue.watermark(version) == taken and feeders()
    assert feeders() == []
    archive.close()


def test_feeder_writes_what_it_was_asked_for_before_it_ends(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    version, taken = rewound(archive)
    helper = Feeder(archive.settings)
    helper.close(feed=True)
    assert archive.catalogue.watermark(version) == 0        # nobody was started, so nobody was asked
    helper.start()
    helper.close(feed=True)
    assert archive.catalogue.watermark(version) == taken and feeders() == []
    archive.close()


FORKS = """
import os, sys
from pathlib import Path
from archive.settings import read_settings
from archive.wiring import may_fork, open_archive
from ingest import feeder
settings = read_settings({"CASETRAIL_HOME": sys.argv[1]})
assert may_fork()
feeder._spawned = None
helper = feeder.Feeder(settings)
helper.start()
print(helper._process[0], flush=True)
sys.stdin.readline()
helper.close(feed=True)
archive = open_archive(settings)
print(archive.catalogue.watermark(archive.index.current()), may_fork(), flush=True)
"""


def test_feeder_of_a_process_that_opened_nothing_is_forked_and_does_the_same(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    _, taken = rewound(archive)
    with subprocess.Popen([sys.executable, "-c", FORKS, str(archive.settings.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        assert psutil.Process(int(run.stdout.readline())).ppid() == run.pid
        said, _ = run.communicate("go on\n", timeout=60)
    assert said.split() == [str(taken), "False"] and run.returncode == 0
    archive.close()


def test_run_whose_feeder_is_killed_ends_with_all_in_the_index(archive: Archive, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []

    def feed(self: Feeder) -> None:
        self.start()
        for process in feeders():
            os.kill(process.pid, signal.SIGKILL)
            killed.append(process.pid)
        real(self)

    real = Feeder.feed
    monkeypatch.setattr(Feeder, "feed", feed)
    assert ingest(archive, [str(drop)]).status == "finished" and killed
    assert len(list(archive.index.ids(MatchAll()))) == ITEMS
    archive.close()


def test_run_without_a_feeder_ends_with_all_in_the_index(archive: Archive, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError("no more processes")

    for way in ("_forked", "_spawned"):
        monkeypatch.setattr(feeder, way, refused)
    assert ingest(archive, [str(drop)]).status == "finished"
    assert len(list(archive.index.ids(MatchAll()))) == ITEMS
    archive.close()


def test_forked_feeder_dies_with_the_run(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", FORKS, str(tmp_path / "home")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        child = psutil.Process(int(run.stdout.readline()))
        run.kill()
    gone, _ = psutil.wait_procs([child], timeout=20)
    assert gone


def test_feeder_ends_with_the_run(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    assert feeders() == []
    archive.close()
