"""Uploads as they arrive: in any pieces, within limits, under names that stay inside their folder."""
from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import BadRequest, TooLarge
from archive.settings import Settings, read_settings
from search_api.uploads import ABANDONED_SECONDS, Upload, spool_of, sweep

TYPE = "multipart/form-data; boundary=edge"


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    return read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}, tmp_path / "none.toml")


def body(*parts: tuple[str, bytes], end: bytes = b"--edge--\r\n") -> bytes:
    return b"".join(b"--edge\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts) + end


def sent(place: Settings, content: bytes, *, step: int = 1 << 16) -> Upload:
    upload = Upload(place, TYPE)
    for start in range(0, len(content), step):
        upload.feed(content[start:start + step])
    upload.finish()
    return upload


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=300), step=st.integers(1, 400))
def test_file_arrives_byte_for_byte_however_the_body_is_cut(place: Settings, content: bytes, step: int) -> None:
    upload = sent(place, body(('name="client"', b"C-1"), ('name="file"; filename="a.bin"', content.replace(b"--edge", b"__edge"))), step=step)
    assert upload.files[0].read_bytes() == content.replace(b"--edge", b"__edge")
    assert upload.fields == {"client": "C-1"}
    upload.discard()


@pytest.mark.parametrize("name", ["../../../x.txt", "/etc/x.txt", "..\\\\x.txt", "x\x01.txt", ".x.txt"])
def test_file_stays_inside_its_folder_whatever_its_name(place: Settings, name: str) -> None:
    upload = sent(place, body((f'name="file"; filename="{name}"', b"1")))
    assert [file.relative_to(upload.folder).as_posix() for file in upload.files] == ["x.txt"]


def test_two_files_of_one_name_are_both_kept_under_that_name(place: Settings) -> None:
    upload = sent(place, body(('name="file"; filename="a.txt"', b"1"), ('name="file"; filename="a.txt"', b"2")))
    assert [(file.name, file.read_bytes()) for file in upload.files] == [("a.txt", b"1"), ("a.txt", b"2")]


def test_upload_over_the_limit_is_refused_while_it_arrives(place: Settings) -> None:
    upload = Upload(replace(place, upload_max_bytes=1000), TYPE)
    upload.feed(body(('name="file"; filename="a.txt"', b"x" * 800))[:-12])
    with pytest.raises(TooLarge):
        upload.feed(b"x" * 200)


@pytest.mark.parametrize("content", [body(end=b""), body(('name="file"; filename="a"', b"1"), end=b""),
                                     body(('name="file"; filename="a"', b"1"), end=b"--edge"),
                                     body(('name="client"', b"C-1")), b"no multipart at all", b""])
def test_upload_that_is_cut_short_or_has_no_file_is_refused(place: Settings, content: bytes) -> None:
    with pytest.raises(BadRequest):
        sent(place, content)


@pytest.mark.parametrize("parts", [('name="nonsense"', b"1"), ("", b"1")])
def test_unknown_field_is_refused(place: Settings, parts: tuple[str, bytes]) -> None:
    with pytest.raises(BadRequest):
        sent(place, body(parts))


def test_endless_field_and_endless_headers_are_refused(place: Settings) -> None:
    with pytest.raises(TooLarge):
        sent(place, body(('name="client"', b"x" * 2000)))
    with pytest.raises(BadRequest):
        sent(place, body(('name="client"; x="' + "y" * 10_000 + '"', b"x")))


@pytest.mark.parametrize("kind", ["", "application/json", "multipart/form-data", "multipart/mixed; boundary=edge"])
def test_other_content_types_are_refused(place: Settings, kind: str) -> None:
    with pytest.raises(BadRequest):
        Upload(place, kind)


def test_discarded_upload_leaves_nothing(place: Settings) -> None:
    upload = Upload(place, TYPE)
    upload.feed(body(('name="file"; filename="a.txt"', b"1"))[:-12])
    assert upload.files[0].is_file()
    upload.discard()
    upload.discard()
    assert list(spool_of(place).iterdir()) == []


def test_sweep_removes_what_a_killed_server_left_and_spares_what_is_fresh(place: Settings) -> None:
    old, fresh = spool_of(place) / "old", spool_of(place) / "fresh"
    old.mkdir(parents=True)
    fresh.mkdir()
    long_ago = time.time() - ABANDONED_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    sweep(place)
    assert [folder.name for folder in spool_of(place).iterdir()] == ["fresh"]
