"""A message that was sent in pieces (RFC 2046, 5.2.2) is put together once all pieces are held; each piece stays."""
from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.record import Record
from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.directory import import_directory
from ingest.pieces import NAME, joined, put_together
from ingest.pipeline import ingest

DIRECTORY = b"client_id,legal_name,email_domains\nC-1,Alder Mills Limited,alder.example\nC-2,Birch Foods Limited,birch.example\n"
FIGURES = b"rate;hours\n12.50;310\n" * 200
INNER = (b"Message-ID: <whole@alder.example>\r\nSubject: Figures for March\r\nMIME-Version: 1.0\r\n"
         b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe figures are attached, check the second column.\r\n'
         b"--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=figures.bin\r\n"
         b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(FIGURES).replace(b"\n", b"\r\n") + b"--b--\r\n")


def pieces(inner: bytes = INNER, count: int = 3, sender: str = "tom@alder.example", key: str = "w1@alder.example") -> list[bytes]:
    lines = inner.splitlines(keepends=True)
    size = -(-len(lines) // count)
    size = max(size, 20)
    cut = [b"".join(lines[n * size:(n + 1) * size]) for n in range(count)]
    return [f"From: Tom Alder <{sender}>\r\nTo: desk@provider.example\r\nDate: Tue, 05 Mar 2024 09:00:00 +0000\r\nSubject: Figures ({n}/{count})\r\n"
            f"Message-ID: <{n}.{key}>\r\nMIME-Version: 1.0\r\n"
            f'Content-Type: message/partial; id="{key}"; number={n}{f"; total={count}" if n in (1, count) else ""}\r\n\r\n'.encode() + part
            for n, part in enumerate(cut, 1)]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))
    import_directory(opened, DIRECTORY, "local")
    yield opened
    opened.close()


def take(archive: Archive, folder: Path, **files: bytes) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.eml").write_bytes(content)
    report = ingest(archive, [str(folder)])
    assert report.adds_up


def records(archive: Archive) -> dict[tuple[str, str | None], Record]:
    return {(Path(r.source_paths[0]).name, r.inner): r for r in archive.catalogue.records(RecordFilter(), LOCAL)}


def test_whole_message_is_a_record_with_its_attachment_and_the_pieces_stay(archive: Archive, tmp_path: Path) -> None:
    one, two, three = pieces()
    take(archive, tmp_path / "in", c=one, a=two, b=three)
    found = records(archive)
    first, whole, attached = found["c.eml", None], found["c.eml", NAME], found["c.eml", f"{NAME}#figures.bin"]
    assert {("a.eml", None), ("b.eml", None)} < set(found) and len(found) == 5
    assert whole.derived_from == first.record_id and whole.family_id == first.family_id == attached.family_id
    assert whole.subject == "Figures for March" and whole.message_id == "<whole@alder.example>" and whole.sender == "tom@alder.example"
    assert whole.clients == ("C-1",) and "check the second column" in archive.catalogue.texts([whole.record_id], LOCAL)[whole.record_id]
    assert attached.size_bytes == len(FIGURES) and attached.parent_id == whole.record_id
    assert "1 of 3" in str(first.outcome) and len({found[name, None].thread_id for name in ("a.eml", "b.eml", "c.eml")}) == 1


def test_pieces_of_different_runs_are_put_together_when_the_last_one_comes(archive: Archive, tmp_path: Path) -> None:
    one, two, three = pieces()
    take(archive, tmp_path / "in", a=one, b=three)
    assert len(records(archive)) == 2
    take(archive, tmp_path / "late", c=two)
    assert ("a.eml", NAME) in records(archive)
    before = set(records(archive))
    take(archive, tmp_path / "late", d=two)
    assert set(records(archive)) - before == {("d.eml", None)}, "the same whole is not made again"


def test_piece_of_somebody_else_is_no_piece_of_this_message(archive: Archive, tmp_path: Path) -> None:
    one, two, three = pieces()
    take(archive, tmp_path / "in", a=one, b=pieces(sender="eve@birch.example")[1], c=three)
    assert len(records(archive)) == 3
    del two


def test_numbers_that_make_no_sense_are_left_alone(archive: Archive, tmp_path: Path) -> None:
    one, _, _ = pieces()
    take(archive, tmp_path / "in", a=one.replace(b"total=3", b"total=99999999"), b=one.replace(b"number=1; total=3", b"number=0; total=0"),
         c=one.replace(b'id="w1@alder.example"; number=1', b"number=one"))
    assert len(records(archive)) == 3


def test_message_in_one_piece_is_put_together_too(archive: Archive, tmp_path: Path) -> None:
    take(archive, tmp_path / "in", a=pieces(count=1)[0])
    assert ("a.eml", f"{NAME}#figures.bin") in records(archive)


def test_nothing_is_asked_for_when_no_piece_was_read(archive: Archive) -> None:
    assert put_together(archive, [], lambda _: pytest.fail("nothing to flow"))


def test_fields_come_from_the_first_piece_and_those_of_content_from_the_message_inside() -> None:
    # the example of RFC 2046, section 5.2.2.1
    first = (b"X-Weird-Header-1: Foo\r\nFrom: Bill@host.com\r\nTo: joe@otherhost.com\r\nDate: Fri, 26 Mar 1993 12:59:38 -0500 (EST)\r\n"
             b"Subject: Audio mail (part 1 of 2)\r\nMessage-ID: <id1@host.com>\r\nMIME-Version: 1.0\r\n"
             b'Content-type: message/partial; id="ABC@host.com"; number=1; total=2\r\n\r\n'
             b"X-Weird-Header-1: Bar\r\nX-Weird-Header-2: Hello\r\nMessage-ID: <anotherid@foo.com>\r\nSubject: Audio mail\r\nMIME-Version: 1.0\r\n"
             b"Content-type: audio/basic\r\nContent-transfer-encoding: base64\r\n\r\nfirst half\r\n")
    second = (b"From: Bill@host.com\r\nTo: joe@otherhost.com\r\nSubject: Audio mail (part 2 of 2)\r\nMIME-Version: 1.0\r\nMessage-ID: <id2@host.com>\r\n"
              b'Content-type: message/partial; id="ABC@host.com"; number=2; total=2\r\n\r\nsecond half\r\n')
    assert joined([first, second], ["r1", "r2"]) == (
        b"X-Weird-Header-1: Foo\r\nFrom: Bill@host.com\r\nTo: joe@otherhost.com\r\nDate: Fri, 26 Mar 1993 12:59:38 -0500 (EST)\r\n"
        b"Message-ID: <anotherid@foo.com>\r\nSubject: Audio mail\r\nMIME-Version: 1.0\r\nContent-type: audio/basic\r\nContent-transfer-encoding: base64\r\n"
        b"X-Casetrail-Put-Together-From: r1 r2\r\n\r\nfirst half\r\nsecond half\r\n")


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=4))
def test_any_bytes_can_be_put_together(contents: list[bytes]) -> None:
    assert joined(contents, ["r"] * len(contents)).count(b"X-Casetrail-Put-Together-From") >= 1
