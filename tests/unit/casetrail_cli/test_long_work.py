"""Progress in a pipe, stopping in order, and files that are whole or not there."""
from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from archive.errors import BadRequest, Conflict
from casetrail import progress as progresses
from casetrail.files import new_file
from casetrail.progress import progress
from casetrail.stopping import stopping


def test_piped_progress_is_one_plain_line_every_few_seconds(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = 100.0
    monkeypatch.setattr(progresses.time, "monotonic", lambda: now)
    with progress("Taking in") as tell:
        for second in range(1, 12):
            now = 100.0 + second
            tell("3 not read", second * 10, 200)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "Taking in: 50 of 200 done, 10 a second, 5 s, about 15 s left, 3 not read",
        "Taking in: 100 of 200 done, 10 a second, 10 s, about 10 s left, 3 not read"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal_asks_to_stop_and_the_old_handler_comes_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stopping() as stop:
        assert not stop()
        os.kill(os.getpid(), number)
        assert stop()
    assert signal.getsignal(number) == before


def test_second_ctrl_c_stops_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), stopping():
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)


def test_file_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), new_file(tmp_path / "x", replace=False) as file:
        file.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_file_gets_what_the_umask_grants(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with new_file(tmp_path / "x", replace=False) as file:
            file.write(b"whole")
    finally:
        os.umask(before)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o640


def test_existing_file_is_replaced_only_when_asked(tmp_path: Path) -> None:
    target = tmp_path / "x"
    target.write_text("old")
    with pytest.raises(Conflict), new_file(target, replace=False):
        pass
    assert target.read_text() == "old"
    with new_file(target, replace=True) as file:
        file.write(b"new")
    assert target.read_text() == "new"


@pytest.mark.parametrize("name", [".", "missing/x"])
def test_place_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadRequest), new_file(tmp_path / name, replace=True):
        pass
