"""Whatever the names and bytes are, a bundle verifies; whatever byte of it is changed, it does not pass for the same."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

from builders.bundles import bundle
from builders.records import read_record
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.record import ReadRecord
from evidence import verify_bundle
from evidence.names import safe_name, unsafe_member
from evidence.tables import harmless

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)


@st.composite
def bags(draw: st.DrawFn) -> list[tuple[ReadRecord, bytes]]:
    out = []
    for number in range(draw(st.integers(0, 4))):
        content = draw(st.binary(max_size=200))
        out.append(
            (
                read_record(
                    f"r{number}",
                    draw(ANY_TEXT),
                    name=draw(ANY_TEXT) or "x",
                    path=draw(ANY_TEXT),
                    subject=draw(ANY_TEXT),
                    content=content,
                    mime=draw(st.sampled_from(["text/plain", "application/pdf", ""])),
                ),
                content,
            )
        )
    return out


def made(folder: str, bag: list[tuple[ReadRecord, bytes]], title: str = "Case of C-1") -> Path:
    held = {read.record.record_id: content for read, content in bag}
    return bundle(Path(folder) / "b.zip", *(read for read, _ in bag), originals=held, title=title).path


@given(bags(), ANY_TEXT)
@settings(max_examples=60, deadline=None)
def test_bundle_of_any_records_verifies_and_holds_their_bytes(bag: list[tuple[ReadRecord, bytes]], title: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = made(folder, bag, title)
        verdict = verify_bundle(path)
        assert verdict.intact, verdict.report()
        with zipfile.ZipFile(path) as opened:
            assert opened.testzip() is None
            for read, content in bag:
                (name,) = [n for n in opened.namelist() if f"/data/originals/{read.record.record_id}/" in n]
                assert opened.read(name) == content


@given(bags(), st.data())
@settings(max_examples=100, deadline=None)
def test_changed_byte_is_found_or_lies_outside_what_is_sealed(bag: list[tuple[ReadRecord, bytes]], data: st.DataObject) -> None:
    """A ZIP has bytes that say nothing of the files (times, attributes, comments): with one of these changed, every file reads the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = made(folder, bag)
        seal = verify_bundle(path).seal
        with zipfile.ZipFile(path) as opened:
            before = {n: opened.read(n) for n in opened.namelist()}
        raw = bytearray(path.read_bytes())
        raw[data.draw(st.integers(0, len(raw) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(raw)
        verdict = verify_bundle(path)
        if verdict.intact and verdict.seal == seal:
            with zipfile.ZipFile(path) as opened:
                after = {n: opened.read(n) for n in opened.namelist()}
            assert {n.split("/", 1)[1]: c for n, c in after.items()} == {n.split("/", 1)[1]: c for n, c in before.items()}


@given(st.binary(max_size=400))
@settings(max_examples=100, deadline=None)
def test_no_bytes_break_the_check(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.zip"
        path.write_bytes(content)
        assert verify_bundle(path).status == "broken"


@given(ANY_TEXT)
def test_safe_name_is_safe_and_making_it_safe_again_changes_nothing(name: str) -> None:
    safe = safe_name(name)
    assert safe.isascii()
    assert unsafe_member(f"data/{safe}") is None
    assert "%" not in safe
    assert safe_name(safe) == safe


@given(ANY_TEXT)
def test_harmless_cell_never_begins_like_a_formula(cell: str) -> None:
    assert harmless(cell)[:1] not in tuple("=+-@\t\r＝＋－＠")
