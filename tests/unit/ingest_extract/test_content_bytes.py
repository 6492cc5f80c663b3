"""The bytes of an item, in memory or in a file."""
from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.extract.base import CannotRead, Content


@pytest.mark.parametrize("in_file", [False, True])
def test_bytes_are_the_same_from_memory_and_from_a_file(in_file: bool, tmp_path: Path) -> None:
    data = bytes(range(256)) * 1000
    (tmp_path / "x").write_bytes(data)
    content = Content(file=str(tmp_path / "x")) if in_file else Content(data=data)
    assert content.read(1 << 20) == data and content.head(10) == data[:10] and content.head(1 << 20) == data and content.size_bytes() == len(data)
    with pytest.raises(CannotRead, match="256000 bytes; 255999 are allowed"):
        content.read(255_999)


def test_file_that_grows_while_it_is_read_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x").write_bytes(b"abcdef")
    monkeypatch.setattr(Content, "size_bytes", lambda self: 2)
    assert Content(file=str(tmp_path / "x")).read(100) == b"abcdef" and Content(file=str(tmp_path / "x")).read(4) == b"abcd"


def test_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    gone = Content(file=os.fspath(tmp_path / "gone"))
    for ask in (gone.size_bytes, gone.head, gone.open, lambda: gone.read(9)):
        with pytest.raises(CannotRead) as raised:
            ask()
        assert raised.value.code == "unreadable"
