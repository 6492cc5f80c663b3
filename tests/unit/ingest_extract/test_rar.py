"""RAR: members to the byte, names as Unicode, what is named and not unpacked, and a program that does its work badly."""
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders.rar import Member, new, old

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.rar_headers import unpacked_name
from ingest.given import Given
from ingest.identify import identify
from ingest.tools import bsdtar

FORMS = pytest.mark.parametrize("make", [old, new])
Make = Callable[..., bytes]


def read(content: bytes, file: Path | None = None, depth: int = 0, **limits: int) -> tuple[dict[str, bytes], dict[str, str], Extracted]:
    if file is not None:
        file.write_bytes(content)
    given, source = Given("a.rar", depth=depth), Content(file=str(file)) if file else Content(data=content)
    found = identify(source, given)
    assert found.format == "rar"
    members, extracted = read_whole(Work(source, found, given, replace(Limits(), **limits)))
    return ({m.inner: m.content for m in members if isinstance(m, Child)},
            {m.inner: getattr(m.outcome, "code", "") for m in members if isinstance(m, Unread)}, extracted)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Let a few lines of Python stand in for bsdtar: they find the bytes of the archive in `given` and write to `out`."""
    def install(lines: str) -> None:
        script = tmp_path / "bsdtar"
        body = "\n".join(f"    {line}" for line in lines.splitlines())
        script.write_text(f"#!{sys.executable}\nimport io, os, sys, tarfile, time\ngiven, out = sys.stdin.buffer.read(), sys.stdout.buffer\n"
                          "def put(tar, name, content):\n    info = tarfile.TarInfo(name)\n    info.size = len(content)\n"
                          f"    tar.addfile(info, io.BytesIO(content))\nwith tarfile.open(fileobj=out, mode='w|') as tar:\n{body}\n")
        script.chmod(0o755)
        monkeypatch.setattr(bsdtar, "program", lambda: str(script))
    yield install


@pytest.fixture
def without_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bsdtar, "program", lambda: "")


@FORMS
def test_stored_members_come_out_to_the_byte_without_any_program(make: Make, without_program: None) -> None:
    files = {"a.txt": b"alpha" * 100, "folder/b.bin": bytes(range(256)) * 20, "Größe 報告.txt": b"size", "empty.txt": b""}
    got, unread, extracted = read(make(Member("folder", kind="folder"), *(Member(name, content) for name, content in files.items())))
    assert got == files and not unread and extracted.outcome == Done() and extracted.metadata == {"rar:members": "4"}
    assert extracted.text.splitlines()[1] == "folder/b.bin (5120 bytes)"


@FORMS
def test_packed_members_wait_for_the_program_and_are_named(make: Make, without_program: None) -> None:
    got, unread, extracted = read(make(Member("a.txt", b"words", packed=b"pqr"), Member("b.txt", b"plain")))
    assert got == {"b.txt": b"plain"} and unread == {"a.txt": "unavailable"}
    assert isinstance(extracted.outcome, Skipped) and extracted.outcome.code == "unavailable" and "bsdtar" in extracted.outcome.reason
    assert extracted.text == "a.txt (5 bytes)\nb.txt (5 bytes)"


@FORMS
@pytest.mark.parametrize("in_file", [True, False])
def test_packed_members_come_from_the_program(make: Make, in_file: bool, program: Callable[[str], None], tmp_path: Path) -> None:
    program("assert given.startswith(b'Rar!')\nput(tar, 'x', b'stored')\nput(tar, 'y', b'one')\nput(tar, 'z', b'three')")
    got, unread, extracted = read(make(Member("x.txt", b"stored"), Member("y.txt", b"one", packed=b"1"), Member("z.txt", b"three", packed=b"2")),
                                  tmp_path / "in.rar" if in_file else None)
    assert got == {"x.txt": b"stored", "y.txt": b"one", "z.txt": b"three"} and not unread and extracted.outcome == Done()


@pytest.mark.parametrize("lines", ["pass", "put(tar, 'a', b'two')", "put(tar, 'a', b'onetwo')", "out.write(b'no tar at all')", "os._exit(3)",
                                   "put(tar, 'a', b'one'); put(tar, 'b', b'x'); put(tar, 'c', b'y')"])
def test_program_that_gives_something_else_costs_the_member_and_nothing_more(lines: str, program: Callable[[str], None]) -> None:
    program(lines)
    got, unread, extracted = read(new(Member("a.txt", b"one", packed=b"1"), Member("b.txt", b"plain")))
    assert got["b.txt"] == b"plain" and isinstance(extracted.outcome, Done)
    assert got.get("a.txt") == (b"one" if "put(tar, 'c'" in lines else None)
    assert unread == ({} if "a.txt" in got else {"a.txt": "damaged"})


def test_program_is_ended_when_the_members_are_more_than_is_allowed(program: Callable[[str], None]) -> None:
    program("put(tar, 'a', bytes(50_000))\ntime.sleep(600)")
    got, unread, _ = read(new(Member("a.bin", bytes(40), packed=b"1")), item_bytes=3000)
    assert not got and unread == {"a.bin": "damaged"}


def test_archive_of_the_older_kind_that_is_solid_is_named_so(program: Callable[[str], None]) -> None:
    program("put(tar, 'a', b'one')")
    got, unread, _ = read(old(Member("a.txt", b"one", packed=b"1"), Member("b.txt", b"two", packed=b"2", solid=True)))
    assert got == {"a.txt": b"one"} and unread == {"b.txt": "unsupported"}


@FORMS
def test_what_is_locked_split_or_a_link_is_named(make: Make, without_program: None) -> None:
    got, unread, _ = read(make(Member("a.txt", b"x", encrypted=True), Member("b.txt", b"y", split=True), Member("c", b"/etc/passwd", kind="link"),
                               Member("d.txt", b"z")))
    assert got == {"d.txt": b"z"} and unread == {"a.txt": "encrypted", "b.txt": "unsupported", "c": "unsupported"}


@FORMS
def test_archive_whose_names_are_locked_is_encrypted(make: Make) -> None:
    assert getattr(read(make(headers_locked=True))[2].outcome, "code", "") == "encrypted"


@FORMS
def test_all_members_locked_is_an_encrypted_archive(make: Make) -> None:
    outcome = read(make(Member("a.txt", b"x", encrypted=True)))[2].outcome
    assert isinstance(outcome, Failed) and outcome.code == "encrypted"


@FORMS
@pytest.mark.parametrize(("said", "becomes"), [("../../etc/passwd", "etc/passwd"), ("/abs/a.txt", "abs/a.txt"), ("C:\\x\\a.txt", "x/a.txt"),
                                               ("..", "member-1")])
def test_names_cannot_lead_out(make: Make, said: str, becomes: str) -> None:
    assert list(read(make(Member(said.replace("\\", "/"), b"x")))[0]) == [becomes]


@FORMS
def test_sizes_and_numbers_have_bounds(make: Make, without_program: None) -> None:
    many = make(*(Member(f"{n}.txt", b"x") for n in range(5)))
    assert getattr(read(many, members=4)[2].outcome, "code", "") == "over_limit"
    assert getattr(read(many, depth=Limits().depth)[2].outcome, "code", "") == "over_limit"
    assert read(make(Member("a.bin", b"x", packed=b"p", size_bytes=(1 << 32) - 1)))[1] == {"a.bin": "over_limit"}
    assert read(make(Member("a.bin", bytes(50)), Member("b.bin", bytes(5000))), item_bytes=4000)[1].get("b.bin", "over_limit") == "over_limit"


@FORMS
def test_member_whose_checksum_or_size_is_wrong_is_damaged(make: Make) -> None:
    assert read(make(Member("a.txt", b"x", crc=7), Member("b.txt", b"yes", size_bytes=9)))[1] == {"a.txt": "damaged", "b.txt": "damaged"}


@FORMS
def test_archive_cut_short_gives_what_came_before(make: Make) -> None:
    whole = make(Member("a.txt", b"alpha"), Member("b.bin", bytes(1000)))
    got, _, extracted = read(whole[:-500])
    assert got["a.txt"] == b"alpha" and ("b.bin" in got or "cut short" in str(extracted.outcome))


@FORMS
def test_every_cut_and_every_changed_byte_ends_in_an_outcome(make: Make, without_program: None) -> None:
    whole = make(Member("a.txt", b"alpha"), Member("Größe.txt", b"beta", packed=b"12"))
    for at in range(8, len(whole)):
        read(whole[:at])
        for value in (0, 0x7F, 0x80, 0xFF):
            read(whole[:at] + bytes((value,)) + whole[at + 1:])


def test_names_in_the_packed_form_are_unpacked() -> None:
    assert unpacked_name(b"a.txt", bytes((4, 0b01_00_00_00, 0x10, ord("b"), ord("c"), ord("d")))) == "\u0410bcd"
    assert unpacked_name(b"report.txt", bytes((0, 0b11_000000, 8))) == "report.txt"
    assert unpacked_name(b"aa", bytes((4, 0b11_000000, 0x80, 1))) == "\u0462\u0462"


@pytest.mark.skipif(not bsdtar.available(), reason="bsdtar is not installed")
def test_real_program_gives_the_members_in_the_order_of_the_headers(tmp_path: Path) -> None:
    import tarfile
    for make in (old, new):
        path = tmp_path / "a.rar"
        path.write_bytes(make(Member("a.txt", b"alpha"), Member("d", kind="folder"), Member("b.txt", b"beta")))
        with path.open("rb") as stream, bsdtar.as_tar(stream) as pipe, tarfile.open(fileobj=pipe, mode="r|") as tar:
            assert [(i.name.rstrip("/"), i.size) for i in tar] == [("a.txt", 5), ("d", 0), ("b.txt", 4)]
