"""Each way of tampering is found, and told apart from what could not be checked."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from builders.bundles import bundle, repacked
from builders.records import read_record

from evidence import BundleVerdict, verify_bundle

ROOT = "Case-of-C-1"
Change = Callable[[str, bytes], bytes | None]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return bundle(tmp_path / "good.zip", read_record("a", "first words"), read_record("b", "second words"), history_report="History\n").path


def tampered(good: Path, change: Change = lambda _, c: c, more: list[tuple[str | zipfile.ZipInfo, bytes]] | None = None) -> BundleVerdict:
    return verify_bundle(repacked(good, good.with_name("bad.zip"), change, more or []))


def codes(verdict: BundleVerdict) -> set[tuple[str, str]]:
    return {(f.code, f.subject) for f in verdict.findings}


def only(name: str, make: Callable[[bytes], bytes | None]) -> Change:
    return lambda member, content: make(content) if member == name else content


def test_repacked_without_a_change_is_intact(good: Path) -> None:
    assert tampered(good).intact


def test_flipped_bit_is_reported_as_mismatch(good: Path) -> None:
    verdict = tampered(good, only("data/originals/a/a.txt", lambda c: bytes([c[0] ^ 1]) + c[1:]))
    assert verdict.status == "broken"
    assert ("mismatch", "data/originals/a/a.txt") in codes(verdict)


def test_removed_file_is_missing_and_breaks_the_oxum(good: Path) -> None:
    verdict = tampered(good, only("data/texts/a.txt", lambda c: None))
    assert codes(verdict) == {("missing", "data/texts/a.txt"), ("oxum", "bag-info.txt")}


def test_added_payload_is_unlisted(good: Path) -> None:
    verdict = tampered(good, more=[(f"{ROOT}/data/originals/a/extra.txt", b"x")])
    assert ("unlisted", "data/originals/a/extra.txt") in codes(verdict)


def test_added_tag_file_is_unlisted(good: Path) -> None:
    assert codes(tampered(good, more=[(f"{ROOT}/NOTE.txt", b"x")])) == {("unlisted", "NOTE.txt")}


def test_manifest_made_to_fit_changed_bytes_does_not_fit_the_tag_manifest_nor_the_record(good: Path) -> None:
    old, new = b"a\nfirst words", b"a\nother words"
    digests = [hashlib.sha256(x).hexdigest().encode() for x in (old, new)]

    def forge(name: str, content: bytes) -> bytes:
        if name == "manifest-sha256.txt":
            return content.replace(*digests)
        return new if name == "data/originals/a/a.txt" else content

    assert codes(tampered(good, forge)) == {("mismatch", "manifest-sha256.txt"), ("mismatch", "data/originals/a/a.txt")}


def test_changed_tag_manifest_has_another_seal(good: Path) -> None:
    seal = verify_bundle(good).seal
    verdict = tampered(good, only("tagmanifest-sha256.txt", lambda c: c + b"\n"))
    assert verdict.intact
    assert verdict.seal != seal


@pytest.mark.parametrize("name", ["manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt", "bag-info.txt"])
def test_absent_tag_file_is_told(good: Path, name: str) -> None:
    assert ("missing", name) in codes(tampered(good, only(name, lambda c: None)))


def test_manifest_line_that_is_none_is_told(good: Path) -> None:
    assert ("layout", "manifest-sha256.txt") in codes(tampered(good, only("manifest-sha256.txt", lambda c: c + b"abc  data/x\n")))
    assert ("layout", "manifest-sha256.txt") in codes(tampered(good, only("manifest-sha256.txt", lambda c: c + b"\xff\xff\n")))


def test_other_bagit_version_is_told(good: Path) -> None:
    assert ("layout", "bagit.txt") in codes(tampered(good, only("bagit.txt", lambda c: c.replace(b"1.0", b"0.97"))))


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "/etc/passwd", f"{ROOT}/data/../../evil.txt", f"{ROOT}\\evil.txt", "C:/evil.txt", f"{ROOT}/a\x1bb.txt", f"{ROOT}//x"],
)
def test_name_that_climbs_out_is_unsafe(good: Path, name: str) -> None:
    assert ("unsafe_name", name) in codes(tampered(good, more=[(name, b"x")]))


def test_link_is_no_file(good: Path) -> None:
    link = zipfile.ZipInfo(f"{ROOT}/data/link")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    assert ("no_file", f"{ROOT}/data/link") in codes(tampered(good, more=[(link, b"/etc/passwd")]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_name_that_stands_twice_is_told(good: Path) -> None:
    verdict = tampered(good, more=[(f"{ROOT}/data/texts/a.txt", b"first words")])
    assert ("twice", f"{ROOT}/data/texts/a.txt") in codes(verdict)


def test_members_outside_one_folder_are_no_bag(good: Path) -> None:
    assert codes(tampered(good, more=[("loose.txt", b"x")])) == {("layout", "bad.zip")}


def test_event_that_was_rewritten_does_not_have_its_digest(good: Path) -> None:
    def rewrite(content: bytes) -> bytes:
        lines = [json.loads(x) for x in content.splitlines()]
        lines[1]["actor"] = "somebody else"
        return b"".join(json.dumps(x).encode() + b"\n" for x in lines)

    verdict = tampered(good, only("data/custody.jsonl", rewrite))
    assert {("chain", "custody event 2"), ("mismatch", "data/custody.jsonl")} == codes(verdict) - {("oxum", "bag-info.txt")}


@pytest.mark.parametrize("line", [b"[]\n", b"not json\n", b"{}\n", b"[" * 100_000 + b"\n", b'{"seq": []}\n'])
def test_lines_that_are_no_events_or_records_are_told(good: Path, line: bytes) -> None:
    assert ("layout", "data/custody.jsonl") in codes(tampered(good, only("data/custody.jsonl", lambda c: c + line)))


def test_broken_compressed_stream_is_damage_of_that_file(good: Path) -> None:
    with zipfile.ZipFile(good) as opened:
        member = opened.getinfo(f"{ROOT}/data/metadata/records.jsonl")
        start = member.header_offset + 30 + len(member.filename)
    raw = bytearray(good.read_bytes())
    raw[start + 10] ^= 0xFF
    good.write_bytes(raw)
    verdict = verify_bundle(good)
    assert ("damaged", "data/metadata/records.jsonl") in codes(verdict)
    assert verdict.status == "broken"


def test_cut_file_is_broken_and_absent_file_is_unchecked(good: Path, tmp_path: Path) -> None:
    good.write_bytes(good.read_bytes()[:-100])
    assert [f.code for f in verify_bundle(good).findings] == ["damaged"]
    absent = verify_bundle(tmp_path / "absent.zip")
    assert absent.status == "unchecked"
    assert [f.level for f in absent.findings] == ["unchecked"]


def test_reports_name_the_result_first_and_neutralise_names(good: Path) -> None:
    assert verify_bundle(good).report().startswith("INTACT")
    text = tampered(good, more=[(f"{ROOT}/data/a\x1b[2Jb.txt", b"x")]).report()
    assert text.startswith("BROKEN")
    assert "\x1b" not in text


def test_progress_is_told_each_file(good: Path) -> None:
    seen: list[int] = []
    verdict = verify_bundle(good, seen.append)
    assert seen == list(range(1, verdict.files + 1))
