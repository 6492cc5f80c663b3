"""A bundle is what others say it is: unzip, sha256sum, bagit, csv and json read it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from builders.bundles import MADE_AT, bundle, chained
from builders.records import mail, read_record

from archive.errors import BadRequest, IntegrityBroken, NotFound, StoreFull, Unavailable
from archive.model.record import ReadRecord
from evidence import verify_bundle, write_bundle

US, THEM = "kim@house.example", "ebba.lund@norrland.example"
PLAIN = {"LC_ALL": "C", "PATH": os.environ["PATH"]}


def some_records() -> list[ReadRecord]:
    return [
        read_record(
            "a1",
            "Rahmenvertrag – §12 Kündigung\r\n\tEnde\n",
            "contract",
            date="2022-03-01",
            name="Rahmenvertrag – Kündigung §12 100%.pdf",
            mime="application/pdf",
        ),
        mail(
            "b2", "=cmd|'/c calc'!A1", US, (THEM,), "2025-01-01", subject='=HYPERLINK("http://x.example")', name="..\\..\\evil\x1b[2J.eml"
        ),
        read_record("c3", "", "other", name="CON.txt", path="drop/../../etc/passwd"),
        read_record("d4", "lone \ud800 surrogate 日本", "other", name="日本.txt", subject="\ud800"),
    ]


@pytest.fixture
def unzipped(tmp_path: Path) -> Path:
    summary = bundle(
        tmp_path / "b.zip", *some_records(), history_report="History\n", history_json={"client": {"id": "C-1"}, "x": "\ud800é"}
    )
    subprocess.run(["unzip", "-q", "-t", summary.path], check=True, env=PLAIN, capture_output=True)
    subprocess.run(["unzip", "-q", summary.path, "-d", tmp_path / "out"], check=True, env=PLAIN)
    (root,) = (tmp_path / "out").iterdir()
    return root


@pytest.mark.skipif(not shutil.which("unzip") or not shutil.which("sha256sum"), reason="needs unzip and sha256sum")
class TestForeignTools:
    def test_sha256sum_finds_every_file_in_a_plain_locale(self, unzipped: Path) -> None:
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            done = subprocess.run(["sha256sum", "--strict", "-c", manifest], cwd=unzipped, env=PLAIN, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr

    def test_bagit_validates_the_bag_and_refuses_it_after_one_changed_byte(self, unzipped: Path) -> None:
        call = [sys.executable, "-m", "bagit", "--validate", str(unzipped)]
        done = subprocess.run(call, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        original = next((unzipped / "data/originals/a1").iterdir())
        original.write_bytes(b"X" + original.read_bytes()[1:])
        assert subprocess.run(call, capture_output=True).returncode != 0

    def test_nothing_is_unpacked_outside_the_bag(self, unzipped: Path) -> None:
        assert [p.name for p in unzipped.parent.iterdir()] == ["Case-of-C-1"]
        assert not [p for p in unzipped.parent.parent.iterdir() if p.name not in ("b.zip", "out")]

    def test_original_and_text_are_the_bytes_and_the_words(self, unzipped: Path) -> None:
        for read in some_records():
            (original,) = (unzipped / "data/originals" / read.record.record_id).iterdir()
            assert hashlib.sha256(original.read_bytes()).hexdigest() == read.record.digest
            text = unzipped / f"data/texts/{read.record.record_id}.txt"
            assert text.exists() == bool(read.text)
            if read.text:
                words = text.read_bytes().decode()
                assert len(words) == len(read.text)
                assert words == read.text.replace("\ud800", "?")

    def test_table_has_a_row_a_record_and_no_cell_that_a_spreadsheet_would_run(self, unzipped: Path) -> None:
        with (unzipped / "data/metadata/records.csv").open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert [r["record_id"] for r in rows] == ["a1", "b2", "c3", "d4"]
        assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
        assert rows[1]["subject"].startswith("'=HYPERLINK")
        assert (unzipped / rows[0]["original"]).is_file()

    def test_json_lines_keep_the_name_as_it_came_and_point_at_the_files(self, unzipped: Path) -> None:
        lines = [json.loads(x) for x in (unzipped / "data/metadata/records.jsonl").read_text().splitlines()]
        assert [x["name"] for x in lines] == [r.record.name for r in some_records()]
        assert all((unzipped / x["original"]).is_file() for x in lines)
        assert lines[3]["subject"] == "\ud800"
        assert json.loads((unzipped / "data/history.json").read_text())["x"] == "\ud800é"

    def test_custody_events_are_there_with_their_digests(self, unzipped: Path) -> None:
        lines = [json.loads(x) for x in (unzipped / "data/custody.jsonl").read_text().splitlines()]
        assert [(x["seq"], x["digest"]) for x in lines] == [(e.seq, e.digest) for e in chained(3)]


def test_summary_agrees_with_the_file_and_with_verification(tmp_path: Path) -> None:
    summary = bundle(tmp_path / "b.zip", *some_records())
    assert summary.sha256 == hashlib.sha256(summary.path.read_bytes()).hexdigest()
    assert (summary.records, summary.size_bytes) == (4, summary.path.stat().st_size)
    verdict = verify_bundle(summary.path)
    assert verdict.intact, verdict.report()
    assert verdict.seal == summary.seal
    assert verdict.files == summary.payload_files + 5


def test_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (bundle(tmp_path / name, *some_records()) for name in ("one.zip", "two.zip"))
    assert one.path.read_bytes() == two.path.read_bytes()


def test_every_entry_bears_the_time_that_was_given(tmp_path: Path) -> None:
    summary = bundle(tmp_path / "b.zip", *some_records())
    with zipfile.ZipFile(summary.path) as opened:
        assert {m.date_time for m in opened.infolist()} == {(2025, 11, 24, 10, 20, 30)}
        assert {m.external_attr >> 16 for m in opened.infolist()} == {0o100644}
    assert MADE_AT.startswith("2025-11-24T10:20:31")


def test_same_bytes_under_two_records_are_one_file_each(tmp_path: Path) -> None:
    reads = [read_record(i, "same", content=b"same") for i in ("a", "b")]
    summary = bundle(tmp_path / "b.zip", *reads, originals={"a": b"same", "b": b"same"})
    with zipfile.ZipFile(summary.path) as opened:
        assert len([n for n in opened.namelist() if "/data/originals/" in n]) == 2


def test_record_that_comes_twice_is_written_once(tmp_path: Path) -> None:
    read = read_record("a", "words")
    summary = bundle(tmp_path / "b.zip", read, read)
    assert summary.records == 1
    assert verify_bundle(summary.path).intact


def test_empty_bundle_is_valid(tmp_path: Path) -> None:
    assert verify_bundle(bundle(tmp_path / "b.zip", custody=()).path).intact


def test_original_without_its_digest_is_not_sealed_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"the one before")
    with pytest.raises(IntegrityBroken, match="record a does not have its digest"):
        bundle(tmp_path / "b.zip", read_record("a", "words"), originals={"a": b"other"})
    assert [p.name for p in tmp_path.iterdir()] == ["b.zip"]
    assert (tmp_path / "b.zip").read_bytes() == b"the one before"


def test_original_that_is_gone_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    class Gone(dict[str, bytes]):
        def __missing__(self, key: str) -> bytes:
            raise NotFound("no such object")

    with pytest.raises(IntegrityBroken, match="record a is gone"):
        bundle(tmp_path / "b.zip", read_record("a", "words"), originals=Gone())
    assert not list(tmp_path.iterdir())


class Breaking(io.BytesIO):
    """An original whose store breaks off in the middle."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(3)


def test_store_that_breaks_off_is_unavailable_and_nothing_is_left(tmp_path: Path) -> None:
    read = read_record("a", "words")
    with pytest.raises(Unavailable, match="record a could not be read"):
        write_bundle(
            tmp_path / "b.zip",
            title="t",
            records=[read.record],
            open_original=lambda _: Breaking(b"a\nwords"),
            text_of=lambda _: "",
            made_by="x",
            made_at=MADE_AT,
        )
    assert not list(tmp_path.iterdir())


def test_original_that_ends_early_is_not_sealed(tmp_path: Path) -> None:
    with pytest.raises(IntegrityBroken):
        bundle(tmp_path / "b.zip", read_record("a", "words"), originals={"a": b"a\nwor"})
    assert not list(tmp_path.iterdir())


def test_folder_that_is_absent_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="cannot be written"):
        bundle(tmp_path / "absent" / "b.zip", read_record("a", "words"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_full_disk_leaves_nothing_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file behind the ZIP is the device that is always full: a true ENOSPC from the kernel at the first flush."""
    real = os.fdopen

    def full(handle: int, mode: str) -> object:
        os.dup2(os.open("/dev/full", os.O_RDWR), handle)
        return real(handle, mode)

    monkeypatch.setattr("evidence.sealing.os.fdopen", full)
    (tmp_path / "b.zip").write_bytes(b"the one before")
    big = os.urandom(300_000)
    with pytest.raises(StoreFull, match="no space left"):
        bundle(tmp_path / "b.zip", read_record("a", "", content=big), originals={"a": big})
    assert [p.name for p in tmp_path.iterdir()] == ["b.zip"]
    assert (tmp_path / "b.zip").read_bytes() == b"the one before"


def test_stop_in_the_middle_leaves_nothing_half(tmp_path: Path) -> None:
    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bundle(tmp_path / "b.zip", *some_records(), progress=stop)
    assert not list(tmp_path.iterdir())
