"""How fast a run goes and how long it takes, in words; what a look ahead counts; stopping that is never held up."""
from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import get_args

import pytest

from archive.model.outcome import Code
from archive.model.run import BREAKDOWNS
from casetrail.ingest import CODE_WORDS
from casetrail.pace import Ahead, Pace, reasons
from casetrail.progress import duration, time_left
from casetrail.sources import BY_WORDS
from ingest.pipeline import Progress


class Known(Ahead):
    """A look ahead that has counted already."""

    def __init__(self, total_bytes: int) -> None:
        super().__init__([])
        self.total_bytes = total_bytes


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def told(read: int, waiting: int, *, walking: bool, taken: int = 0, rest: int = 0, failures: dict[str, int] | None = None) -> Progress:
    return Progress(read + waiting, read, waiting, read * 1_000_000, 0, walking, failures or {}, taken, rest)


def test_rate_failures_and_what_waits_are_told() -> None:
    clock = Clock()
    pace = Pace(None, clock)
    clock.seconds = 10
    words, done, total, left = pace(told(50, 5, walking=True, failures={"encrypted": 2, "damaged": 7}))
    assert words == "55 met, 5 waiting, 50 MB, 5.0 MB/s, not read: 7 damaged, 2 encrypted"
    assert (done, total, left) == (50, None, None)


def test_total_is_known_once_everything_was_walked() -> None:
    pace = Pace(None, Clock())
    assert pace(told(50, 5, walking=False))[2] == 55


def test_time_left_follows_from_the_bytes_ahead_and_the_pace_of_the_last_half_minute() -> None:
    clock = Clock()
    pace = Pace(Known(1000), clock)
    assert pace(told(0, 0, walking=True))[3] is None
    clock.seconds = 10
    assert pace(told(1, 1, walking=True, taken=300, rest=100))[3] == pytest.approx(800 / (200 / 10))
    clock.seconds = 100                                           # it stood still: nothing can be said
    assert pace(told(1, 1, walking=True, taken=300, rest=100))[3] is None
    clock.seconds = 110
    assert pace(told(2, 1, walking=True, taken=700, rest=100))[3] == pytest.approx(400 / (400 / 10))


def test_mailbox_counts_as_read_by_as_much_as_came_out_of_it() -> None:
    clock = Clock()
    pace = Pace(Known(1000), clock)
    pace(told(0, 1, walking=False, taken=1000, rest=1000))
    clock.seconds = 5
    assert pace(told(1, 1, walking=False, taken=1000, rest=750))[3] == pytest.approx(15)


def test_nothing_is_foretold_where_the_total_is_not_known() -> None:
    clock = Clock()
    pace = Pace(Ahead(["imaps://somebody@mail.example/INBOX"]), clock)
    for clock.seconds in (0, 10, 20):
        assert pace(told(int(clock.seconds), 5, walking=True, taken=int(clock.seconds)))[3] is None


def test_look_ahead_counts_files_below_folders_and_follows_no_link_to_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a").write_bytes(bytes(10))
    (tmp_path / "in" / "deep" / "b").write_bytes(bytes(100))
    (tmp_path / "in" / "deep" / "up").symlink_to(tmp_path)
    (tmp_path / "single").write_bytes(bytes(1000))
    ahead = Ahead([str(tmp_path / "in"), str(tmp_path / "single")])
    for _ in range(200):
        if ahead.total_bytes is not None:
            break
        time.sleep(0.02)
    assert ahead.total_bytes == 1110


def test_reasons_are_the_most_frequent_first_and_the_rest_together() -> None:
    assert reasons({"empty": 1, "damaged": 4, "encrypted": 9, "crashed": 2, "timeout": 2}) == "9 encrypted, 4 damaged, 2 crashed, 3 other"
    assert reasons({}) == ""


@pytest.mark.parametrize(("seconds", "words"), [(0, "0 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (12_000, "3 h 20 min")])
def test_length_of_time_is_said_as_people_do(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_time_left_is_not_said_before_anything_is_done() -> None:
    assert time_left(10, 0, 100, None) == time_left(0.5, 5, 100, None) == time_left(10, 5, None, None) == ""
    assert time_left(10, 50, 100, None) == "about 10 s left"


def test_words_of_the_command_line_are_those_of_the_model() -> None:
    assert get_args(Code) == CODE_WORDS
    assert BY_WORDS == BREAKDOWNS


def test_second_ctrl_c_ends_even_what_holds_up_the_end() -> None:
    script = """
import os, signal, time
from casetrail.stopping import stopping
with stopping():
    os.kill(os.getpid(), signal.SIGINT)
    try:
        os.kill(os.getpid(), signal.SIGINT)
    finally:
        time.sleep(600)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert "the same command goes on" in done.stderr
