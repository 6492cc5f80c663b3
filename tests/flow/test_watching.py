"""Watched folders: what comes to rest is taken in once and counted; what is still being written is not."""
from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import BadRequest, Unavailable
from archive.model.digest import digest_of
from archive.model.run import RunReport
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.pipeline import ingest
from ingest.watching import Take, Watch, watch_folders


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "1"}))
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "drop"
    made.mkdir()
    return made


class Watching:
    """A watch in a thread of its own, stopped at the end of the block; what it said and its reports are kept."""

    def __init__(self, archive: Archive, watch: Watch) -> None:
        self.said: list[str] = []
        self.reports: list[RunReport] = []
        self.failing = False
        self._archive, self._ended = archive, threading.Event()
        self._watch = replace(watch, say=self.said.append, stopping=self._ended.is_set)
        self._thread = threading.Thread(target=lambda: watch_folders(self._watch, self.take))

    def take(self, met: Callable[[], Iterator[object]]) -> RunReport:
        if self.failing:
            raise Unavailable("The store is away.")
        self.reports.append(ingest(self._archive, self._watch.folders, source=self._watch.source, met=lambda pulling: met()))  # type: ignore[arg-type]
        return self.reports[-1]

    def __enter__(self) -> Watching:
        self._thread.start()
        return self

    def __exit__(self, *ended: object) -> None:
        self._ended.set()
        self._thread.join(60)
        assert not self._thread.is_alive()

    def until(self, condition: Callable[[], bool], seconds: float = 30) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end and self._thread.is_alive(), f"it never came to it; said: {self.said}"
            time.sleep(0.05)


def held(archive: Archive) -> dict[str, str]:
    """Return the digest of every item that lies in no other, by the name of its file."""
    return {Path(i.place.path).name: i.digest for i in archive.catalogue.items() if i.place.inner is None}


def take_with(archive: Archive, folder: Path, reports: list[RunReport], source: str = "") -> Take:
    def take(met: Callable[[], Iterator[object]]) -> RunReport:
        reports.append(ingest(archive, [str(folder)], source=source, met=lambda pulling: met()))  # type: ignore[arg-type]
        return reports[-1]
    return take


def test_once_takes_what_is_there_under_the_places_that_ingest_gives_it(archive: Archive, folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "a" / "one.txt").write_text("one")
    for part in ("cur", "new", "tmp"):
        (folder / "box" / part).mkdir(parents=True)
    (folder / "box" / "new" / "1.M1.host").write_bytes(b"From: a@b.example\nSubject: s\n\nwords\n")
    reports: list[RunReport] = []
    watch_folders(Watch((str(folder),), "crm", settle_seconds=0.2, once=True), take_with(archive, folder, reports, "crm"))
    assert [r.counts["stored"] for r in reports] == [2] and reports[0].adds_up
    again = ingest(archive, [str(folder)], source="crm")
    assert again.met == again.counts["already_held"] == 2
    assert {i.declared_mime for i in archive.catalogue.items()} == {"text/plain", "message/rfc822"}


def test_file_that_is_written_slowly_is_taken_once_and_whole(archive: Archive, folder: Path) -> None:
    with Watching(archive, Watch((str(folder),), settle_seconds=1.0)) as watching:
        with (folder / "slow.txt").open("wb") as out:
            for n in range(12):
                out.write(b"piece %d\n" % n)
                out.flush()
                time.sleep(0.2)
                assert held(archive) == {}
        watching.until(lambda: bool(watching.reports))
    assert held(archive) == {"slow.txt": digest_of(b"".join(b"piece %d\n" % n for n in range(12)))}
    assert archive.catalogue.count_items() == 1


def test_temporary_name_is_left_said_and_counted_and_taken_when_renamed(archive: Archive, folder: Path) -> None:
    with Watching(archive, Watch((str(folder),), settle_seconds=0.5)) as watching:
        for name in ("contract.pdf.part", "~$notes.docx", "sheet.csv.crdownload", "x.TMP"):
            (folder / name).write_text("half")
        watching.until(lambda: sum(r.counts["skipped"] for r in watching.reports) == 4)
        assert held(archive) == {} and all(r.adds_up for r in watching.reports)
        assert {Path(t.path).name for r in watching.reports for t in r.troubles} == {"contract.pdf.part", "~$notes.docx", "sheet.csv.crdownload", "x.TMP"}
        assert sum("contract.pdf.part" in words for words in watching.said) == 1
        (folder / "contract.pdf.part").rename(folder / "contract.txt")
        watching.until(lambda: "contract.txt" in held(archive))
    assert set(held(archive)) == {"contract.txt"}


def test_file_renamed_from_a_temporary_name_is_not_waited_for(archive: Archive, folder: Path) -> None:
    with Watching(archive, Watch((str(folder),), settle_seconds=600, every_seconds=0.2)) as watching:
        (folder / "a.txt.part").write_text("whole")
        time.sleep(1.5)
        (folder / "a.txt.part").rename(folder / "a.txt")
        watching.until(lambda: held(archive) == {"a.txt": digest_of(b"whole")}, 20)


def test_file_that_changes_later_is_taken_again_and_one_that_stays_is_not(archive: Archive, folder: Path) -> None:
    (folder / "a.txt").write_text("first")
    (folder / "b.txt").write_text("stays")
    with Watching(archive, Watch((str(folder),), settle_seconds=0.3, every_seconds=0.5)) as watching:
        watching.until(lambda: len(held(archive)) == 2)
        (folder / "a.txt").write_text("second")
        watching.until(lambda: archive.catalogue.count_items() == 3)
        time.sleep(1.5)
        assert sum(r.met for r in watching.reports) == 3


def test_whole_folder_moved_in_is_taken_with_all_below_it(archive: Archive, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside" / "deep"
    outside.mkdir(parents=True)
    for n in range(20):
        (outside / f"{n}.txt").write_text(f"words {n}")
    with Watching(archive, Watch((str(folder),), settle_seconds=0.3)) as watching:
        watching.until(lambda: not watching.reports)
        time.sleep(0.5)
        shutil.move(tmp_path / "outside", folder / "in")
        watching.until(lambda: archive.catalogue.count_items() == 20)
        assert all(r.adds_up for r in watching.reports)


def test_full_looks_find_what_the_system_does_not_tell(archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*folders: str, **options: object) -> Iterator[set[object]]:
        raise OSError("OS file watch limit reached")
    monkeypatch.setattr("watchfiles.watch", broken)
    with Watching(archive, Watch((str(folder),), settle_seconds=0.3, every_seconds=0.5)) as watching:
        watching.until(lambda: any("does not tell" in words for words in watching.said))
        (folder / "a.txt").write_text("words")
        watching.until(lambda: set(held(archive)) == {"a.txt"})


def test_server_that_is_away_is_waited_for_and_nothing_is_lost(archive: Archive, folder: Path) -> None:
    with Watching(archive, Watch((str(folder),), settle_seconds=0.2)) as watching:
        watching.failing = True
        (folder / "a.txt").write_text("words")
        (folder / "b.part").write_text("words")
        watching.until(lambda: any(words.startswith("Waiting") for words in watching.said))
        watching.failing = False
        watching.until(lambda: set(held(archive)) == {"a.txt"} and bool(watching.reports) and watching.reports[-1].counts["skipped"] == 1)


def test_archive_inside_the_watched_folder_is_not_met(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("words")
    reports: list[RunReport] = []
    archive.catalogue  # noqa: B018  it is there before the watch begins
    watch_folders(Watch((str(tmp_path),), own=str(archive.settings.home), settle_seconds=0.2, once=True), take_with(archive, tmp_path, reports))
    assert [r.met for r in reports] == [1]
    report = ingest(archive, [str(tmp_path)])
    assert report.counts["already_held"] == 1 and [(t.path, t.result) for t in report.troubles] == [(str(archive.settings.home), "skipped")]


def test_folder_that_is_none_is_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="no folder"):
        watch_folders(Watch((str(tmp_path / "none"),)), take_with(archive, tmp_path, []))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_command_takes_in_and_ends_well_when_it_is_told_to_stop(number: signal.Signals, folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("words")
    environment = os.environ | {"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "1"}
    process = subprocess.Popen([sys.executable, "-m", "casetrail.main", "watch", str(folder), "--settle", "0.3"], env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))
    end = time.monotonic() + 60
    while not (archive.catalogue.runs() and archive.catalogue.run_report(archive.catalogue.runs()[-1]).status == "finished"):
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.1)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "1 items met" in out and "Traceback" not in err
    assert set(held(archive)) == {"a.txt"}
    archive.close()
