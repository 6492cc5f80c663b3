"""Files and folders: what is met, in what order and under what names, and what is refused."""
from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from ingest.sources import source_for
from ingest.sources.base import Met, Refused, Source


def walk(path: str, name: str = "") -> list[object]:
    chosen = source_for(path)
    assert isinstance(chosen, Source)
    return list(chosen.walk(path, name))


def met(path: str, name: str = "") -> list[str]:
    return [m.place.path if isinstance(m, Met) else f"! {m.path} {m.code}" for m in walk(path, name) if isinstance(m, Met | Refused)]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/z.txt", "a/y.txt", "a.txt", ".hidden/x", "A"):
        (tmp_path / "drop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "drop" / name).write_text(name)
    return tmp_path / "drop"


def test_everything_below_is_met_in_order_of_path_hidden_files_too(drop: Path) -> None:
    found = met(str(drop))
    assert [p.removeprefix(f"{drop}/") for p in found] == [".hidden/x", "A", "a.txt", "a/y.txt", "a/z.txt", "b.txt"]
    assert found == sorted(found)


def test_paths_begin_as_they_were_typed(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(drop.parent)
    assert met("drop/")[0] == "drop/.hidden/x" and met("./drop")[0] == "./drop/.hidden/x" and met("drop/b.txt") == ["drop/b.txt"]


def test_canonical_place_is_the_resolved_path_or_that_below_a_named_source(drop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(drop)
    first = next(iter(walk("../drop")))
    assert isinstance(first, Met) and first.place.canonical == f"{drop}/.hidden/x"
    named = next(iter(walk("../drop", "desk")))
    assert isinstance(named, Met) and named.place.canonical == "desk:.hidden/x"
    file = next(iter(walk("b.txt", "desk")))
    assert isinstance(file, Met) and file.place.canonical == "desk:b.txt"


def test_size_and_time_are_those_of_the_file(drop: Path) -> None:
    os.utime(drop / "b.txt", (1_700_000_000, 1_700_000_000))
    found = next(iter(walk(str(drop / "b.txt"))))
    assert isinstance(found, Met) and (found.size_bytes, found.modified_at) == (5, "2023-11-14T22:13:20+00:00")


def test_links_are_met_inside_and_refused_outside_in_circles_and_to_nowhere(drop: Path) -> None:
    (drop.parent / "outside.txt").write_text("secret")
    (drop / "l-in").symlink_to("b.txt")
    (drop / "l-out").symlink_to("../outside.txt")
    (drop / "l-loop").symlink_to("l-loop")
    (drop / "l-none").symlink_to("gone")
    (drop / "l-up").symlink_to("..")
    (drop / "l-dir").symlink_to("a")
    found = [p.replace(f"{drop}/", "") for p in met(str(drop)) if "/l-" in p]
    assert found == ["! l-dir unsupported", "l-in", "! l-loop unreadable", "! l-none unreadable", "! l-out unreadable", "! l-up unreadable"]


def test_sockets_and_pipes_are_refused_without_being_opened(drop: Path) -> None:
    os.mkfifo(drop / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(drop / "socket"))
        found = met(str(drop))
    assert f"! {drop}/pipe unsupported" in found and f"! {drop}/socket unsupported" in found


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_refused(drop: Path) -> None:
    (drop / "b.txt").chmod(0)
    (drop / "a").chmod(0)
    found = met(str(drop))
    assert f"! {drop}/b.txt unreadable" in found and f"! {drop}/a unreadable" in found


def test_names_that_are_no_unicode_are_met(drop: Path) -> None:
    (drop / os.fsdecode(b"Gesch\xe4ft.txt")).write_text("x")
    assert f"{drop}/" + os.fsdecode(b"Gesch\xe4ft.txt") in met(str(drop))


def test_nothing_there_is_no_source() -> None:
    assert source_for("/no/such/place") is None


def test_empty_folder_gives_nothing(tmp_path: Path) -> None:
    assert met(str(tmp_path)) == []
    chosen = source_for(str(tmp_path))
    assert chosen is not None and chosen.name == "files"
