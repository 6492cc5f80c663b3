"""When a file of a watched folder rests."""
from __future__ import annotations

from pathlib import Path

import pytest

from ingest.settling import Settling, Shape, is_temporary, shape_of


def shape(size: int = 1, changed: int = 1, inode: int = 1) -> Shape:
    return Shape(size, changed, 1, inode)


@pytest.mark.parametrize("name", ["a.pdf.part", "A.PDF.PART", "x.tmp", "x.crdownload", "~$letter.docx", ".~lock.sheet.ods#",
                                  ".report.pdf.aB3xYz", "x.filepart"])
def test_name_of_a_file_that_is_being_written_is_known(name: str) -> None:
    assert is_temporary(name)


@pytest.mark.parametrize("name", ["a.pdf", "part", "tmp.txt", ".profile", ".hidden.json", "a.b.pages", "party.partners", "Download", "~letter.txt",
                                  ".my.config.backup"])
def test_ordinary_name_is_not_taken_for_one(name: str) -> None:
    assert not is_temporary(name)


def test_file_rests_when_it_has_not_changed_for_the_time() -> None:
    s = Settling(2)
    s.see("a", shape(), 10)
    assert s.at_rest(11.9) == {} and s.at_rest(12) == {"a": shape()}


@pytest.mark.parametrize("other", [shape(size=2), shape(changed=2), shape(inode=2)])
def test_every_change_begins_the_time_anew(other: Shape) -> None:
    s = Settling(2)
    s.see("a", shape(), 10)
    s.see("a", other, 11)
    assert s.at_rest(12.5) == {} and s.at_rest(13) == {"a": other}


def test_taken_file_waits_again_only_after_a_change_and_one_that_changed_meanwhile_stays() -> None:
    s = Settling(2)
    s.see("a", shape(), 0)
    s.see("b", shape(), 0)
    s.see("b", shape(size=9), 3)
    s.taken({"a": shape(), "b": shape()})
    s.see("a", shape(), 4)
    assert s.at_rest(9) == {"b": shape(size=9)}
    s.see("a", shape(changed=7), 9)
    assert set(s.at_rest(11)) == {"a", "b"}


def test_renamed_from_a_temporary_name_and_unchanged_it_rests_at_once_and_changed_it_does_not() -> None:
    s = Settling(2)
    s.see("a.part", shape(inode=5), 0)
    s.see("b.part", shape(inode=6), 0)
    s.see("a", shape(inode=5), 1)
    s.see("b", shape(size=8, inode=6), 1)
    assert set(s.at_rest(1)) == {"a"} and set(s.at_rest(3)) == {"a", "b"}


def test_temporary_file_is_told_of_once_and_only_when_it_stays() -> None:
    s = Settling(2)
    s.see("a.part", shape(), 0)
    s.see("b.part", shape(inode=2), 0)
    s.see("b.part", None, 1)
    assert s.left(1) == [] and s.left(2) == ["a.part"] and s.left(9) == []
    assert not s.waiting


def test_what_is_gone_is_forgotten_and_a_file_that_comes_back_is_new(tmp_path: Path) -> None:
    s = Settling(0)
    s.see("a", shape(), 0)
    s.taken({"a": shape()})
    s.forget_but([])
    s.see("a", shape(), 1)
    assert s.at_rest(1) == {"a": shape()}
    s.look_again(2)                         # there is no such file
    assert not s.waiting and shape_of(str(tmp_path / "none")) is None
