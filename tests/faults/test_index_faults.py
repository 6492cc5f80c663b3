"""The search index in trouble: a real server that is killed and comes back, entries that it refuses, versions that are not what they should be."""
from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from builders.served import served
from servers.elasticsearch import Node

import ingest.feed
from archive.entry import entry_of
from archive.errors import Conflict, Expired, Incomplete, Unavailable
from archive.model.query import IndexEntry, MatchAll
from archive.model.record import ReadRecord
from archive.model.viewer import LOCAL
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.feed import feed, reindex, switch
from ingest.pipeline import ingest as take_in
from search_api.search import search


def write_notes(folder: Path, count: int, first: int = 0) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(first, first + count):
        (folder / f"note {number:03d}.txt").write_text(f"Note {number} of the call about the notice.", "utf-8")


def opened(folder: Path, url: str = "embedded://", wait_seconds: int = 120) -> Archive:
    return open_archive(read_settings({"CASETRAIL_HOME": str(folder / "home"), "CASETRAIL_WORKERS": "1", "CASETRAIL_INDEX_URL": url,
                                       "CASETRAIL_INDEX_NAME": f"t{uuid.uuid4().hex[:12]}", "CASETRAIL_INDEX_WAIT_SECONDS": str(wait_seconds)},
                                      folder / "none.toml"))


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of 12 notes on the embedded index."""
    write_notes(tmp_path / "drop", 12)
    made = opened(tmp_path)
    take_in(made, [str(tmp_path / "drop")], source="drop")
    yield made
    made.close()


def in_background(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    got: list[Any] = []

    def run() -> None:
        try:
            got.append(work())
        except Exception as error:
            got.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, got


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


# ---------------------------------------------------------------- a server that goes and comes back

def test_search_says_that_the_server_is_away_and_ingest_waits_for_it_and_goes_on(
        elasticsearch_node: Node, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    archive = opened(tmp_path, elasticsearch_node.url)
    write_notes(tmp_path / "drop", 20)
    take_in(archive, [str(tmp_path / "drop")], source="drop")
    first = search(archive, LOCAL, "notice", limit=5)
    with served(archive) as client:
        assert client.get("/v1/search", params={"q": "notice"}).json()["total"] == 20
        elasticsearch_node.kill()
        answer = client.get("/v1/search", params={"q": "notice"})
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert "Retry-After" in answer.headers and "127.0.0.1" not in answer.text
        assert client.get("/readyz").status_code == 503 and client.get("/healthz").status_code == 200

        write_notes(tmp_path / "drop", 20, 20)
        thread, got = in_background(lambda: take_in(archive, [str(tmp_path / "drop")], source="drop"))
        until(lambda: "waiting" in caplog.text)
        assert archive.catalogue.count_records() == 40 and thread.is_alive()
        elasticsearch_node.start()
        thread.join(120)
        assert got[0].status == "finished"
        assert client.get("/v1/search", params={"q": "notice"}).json()["total"] == 40
    with pytest.raises(Expired):
        search(archive, LOCAL, "notice", limit=5, cursor=first.next)
    archive.close()


def test_ingest_gives_up_after_its_time_and_the_next_feed_writes_what_was_kept(elasticsearch_node: Node, tmp_path: Path) -> None:
    archive = opened(tmp_path, elasticsearch_node.url, wait_seconds=1)
    feed(archive)
    elasticsearch_node.kill()
    write_notes(tmp_path / "drop", 5)
    try:
        with pytest.raises(Unavailable):
            take_in(archive, [str(tmp_path / "drop")], source="drop")
        assert archive.catalogue.count_records() == 5
    finally:
        elasticsearch_node.start()
    assert feed(archive) == 5
    assert sorted(archive.index.ids(MatchAll())) == sorted(record_id for record_id, _ in archive.catalogue.marks())
    archive.close()


def test_reindex_survives_a_server_that_is_killed_in_the_midst_of_it(elasticsearch_node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = opened(tmp_path, elasticsearch_node.url)
    write_notes(tmp_path / "drop", 60)
    take_in(archive, [str(tmp_path / "drop")], source="drop")
    old = archive.index.current()
    monkeypatch.setattr(ingest.feed, "BATCH", 10)
    half = threading.Event()

    def told(done: int, _: int) -> None:
        if done == 30:
            half.set()
            until(lambda: gone.is_set())

    gone = threading.Event()
    thread, got = in_background(lambda: reindex(archive, "local", told, keep=True))
    assert half.wait(60)
    elasticsearch_node.kill()
    gone.set()
    elasticsearch_node.start()
    thread.join(120)
    assert got and isinstance(got[0], str), got
    assert archive.index.current() == got[0] != old
    assert archive.index.count(MatchAll()) == archive.index.count(MatchAll(), old) == 60
    archive.close()


# ---------------------------------------------------------------- entries that are refused

def test_refused_entry_stops_nothing_is_kept_with_its_reason_and_tried_again(tmp_path: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch,
                                                                             caplog: pytest.LogCaptureFixture) -> None:
    bad = next(iter(archive.index.ids(MatchAll())))

    def spoilt(read: ReadRecord) -> IndexEntry:
        return entry_of(read) | ({"no_such_field": "x"} if read.record.name == "note 099.txt" else {})

    monkeypatch.setattr(ingest.feed, "entry_of", spoilt)
    write_notes(tmp_path / "drop", 2, 98)
    report = take_in(archive, [str(tmp_path / "drop")], source="drop")
    version = archive.index.current() or ""
    refused = archive.catalogue.refusals(version)
    assert report.status == "finished" and len(refused) == 1 and bad not in refused
    (record_id, (reason, tries)), = refused.items()
    assert "no_such_field" in reason and tries == 1 and record_id in caplog.text
    assert archive.index.count(MatchAll()) == 13
    feed(archive)
    assert archive.catalogue.refusals(version)[record_id][1] == 2
    monkeypatch.setattr(ingest.feed, "entry_of", entry_of)
    feed(archive)
    assert archive.catalogue.refusals(version) == {} and archive.index.count(MatchAll()) == 14


def test_new_version_that_refuses_more_than_the_old_one_is_dropped_and_the_old_one_stays(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    old = archive.index.current()
    monkeypatch.setattr(ingest.feed, "entry_of", lambda read: entry_of(read) | ({"no_such_field": "x"} if read.record.name == "note 003.txt" else {}))
    with pytest.raises(Incomplete, match="refused 1"):
        reindex(archive, "local")
    assert (archive.index.current(), archive.index.versions()) == (old, [old])


def test_new_version_that_holds_other_words_is_not_switched_to(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    old = archive.index.current()
    monkeypatch.setattr(ingest.feed, "entry_of", lambda read: entry_of(read) | {"body_exact": "quite other words"})
    with pytest.raises(Incomplete, match="not found by its words"):
        reindex(archive, "local")
    assert (archive.index.current(), archive.index.versions()) == (old, [old])


def test_version_that_lost_entries_is_not_gone_back_to(archive: Archive) -> None:
    old = archive.index.current() or ""
    new = reindex(archive, "local", keep=True)
    archive.index.delete(old, list(archive.index.ids(MatchAll(), old))[:1])
    archive.index.commit(old)
    with pytest.raises(Conflict, match="11 of 12"):
        switch(archive, old, "local")
    assert archive.index.current() == new


def test_index_of_other_fields_is_told_at_once_and_what_came_in_is_kept(tmp_path: Path, archive: Archive) -> None:
    home: Path = archive.settings.home
    about = home / "index" / str(archive.index.current()) / "about.json"
    about.write_text(about.read_text("utf-8").replace('"fields": "', '"fields": "other'), "utf-8")
    write_notes(tmp_path / "drop", 1, 500)
    with pytest.raises(Conflict, match="casetrail reindex"):
        take_in(archive, [str(tmp_path / "drop")], source="drop")
    assert archive.catalogue.count_records() == 13
    reindex(archive, "local")
    assert archive.index.count(MatchAll()) == 13
