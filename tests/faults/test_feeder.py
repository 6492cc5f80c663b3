"""The process that feeds the index while a run goes on helps, and nothing depends on it."""
from __future__ import annotations

import os
import signal
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
    monkeypatch.setattr(pipeline, "FEED_EVERY", 64)
    return open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))


def feeders() -> list[psutil.Process]:
    """The feeders of this process that are alive."""
    found = []
    for process in psutil.Process().children():
        with suppress(psutil.Error):
            if "ingest.feeder" in process.cmdline():
                found.append(process)
    return found


def test_index_is_written_while_the_run_goes_on(archive: Archive, drop: Path) -> None:
    helper = Feeder(archive.settings)
    ingest(archive, [str(drop)])
    (drop / "more.txt").write_text("more")
    version = archive.index.current()
    assert version is not None
    with archive.catalogue.exclusive("feed"):       # what follows cannot be the feed at the end of a run
        taken = archive.catalogue.last_change()
        archive.catalogue.set_watermark(version, 0)
    assert helper.feed() and archive.catalogue.watermark(version) in (0, taken)
    helper.close()
    assert archive.catalogue.watermark(version) == taken
    archive.close()


def test_run_whose_feeder_is_killed_ends_with_all_in_the_index(archive: Archive, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []

    def feed(self: Feeder) -> bool:
        self.start()
        for process in feeders():
            os.kill(process.pid, signal.SIGKILL)
            killed.append(process.pid)
        return real(self)

    real = Feeder.feed
    monkeypatch.setattr(Feeder, "feed", feed)
    assert ingest(archive, [str(drop)]).status == "finished" and killed
    assert len(list(archive.index.ids(MatchAll()))) == ITEMS
    archive.close()


def test_run_without_a_feeder_ends_with_all_in_the_index(archive: Archive, drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(feeder.subprocess, "Popen", refused)
    helper = Feeder(archive.settings)
    assert not helper.feed()
    helper.close(feed=True)
    monkeypatch.undo()
    assert ingest(archive, [str(drop)]).status == "finished"
    assert len(list(archive.index.ids(MatchAll()))) == ITEMS
    archive.close()


def test_feeder_ends_with_the_run(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    assert feeders() == []
    archive.close()
