"""Outlook files, archives, signed content and load files: no bytes break their readers, and what they hold comes out as it was."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator

import msgspec
import pytest
from builders import rar
from builders.outlook import Attached, Item, Pst, mail, msg, narrow, number, person, text, tnef
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.mime_blocks import unflowed, without_blocks
from ingest.extract.msg_rtf import opened
from ingest.extract.p7m_cms import opened as cms_opened
from ingest.extract.quotes import split
from ingest.fence import wire
from ingest.given import Given
from ingest.identify import identify

QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SMALL = Limits(item_bytes=32 << 20, members=500)


def read(content: bytes, format_name: str, name: str = "x", limits: Limits = SMALL) -> tuple[list[Child | Unread], Extracted]:
    return read_whole(Work(Content(data=content), Identified(format_name, "x/y", "declared"), Given(name), limits))


def hold(members: list[Child | Unread], got: Extracted) -> None:
    assert isinstance(got.outcome, Done | Skipped | Failed)
    names = [m.inner for m in members]
    assert len(names) == len(set(names)) and all(names)
    assert all(".." not in name.split("/") and not name.startswith("/") for name in names)
    size = len(got.text)
    assert all(0 <= s.start <= s.end <= size for s in (*got.segments, *got.quoted))
    assert "\0" not in got.text and "\r" not in got.text
    wire.encoder.encode(wire.read_of(got))
    msgspec.to_builtins(members)


def _outlook() -> bytes:
    inner = Item(mail("Inner", "Inside"), [person("Bob", "bob@y.example")])
    return msg(Item(mail("Outer", "Outside"), [person("Bob", "bob@y.example")], [Attached({0x3707: text("a.bin")}, b"x" * 100), Attached({}, item=inner)]))


def _data_file() -> bytes:
    file = Pst()
    inbox = file.folder("Inbox")
    file.add(Item(mail("S", "B"), [person("Bob", "bob@y.example")], [Attached({0x3707: text("a.bin")}, b"x" * 9000)]), inbox)
    return file.done()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = 10
        archive.addfile(info, io.BytesIO(b"0123456789"))
    return out.getvalue()


def _seven() -> bytes:
    import py7zr
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        archive.writestr(b"0123456789" * 9, "a.txt")
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0123456789" * 9)
        archive.writestr("b/c.txt", b"x")
    return out.getvalue()


SEEDS = {
    "msg": _outlook(), "pst": _data_file(), "tnef": tnef(mail("S", "B"), [("a.txt", b"one")]), "tar": _tar(), "gzip": gzip.compress(_tar()),
    "rar": rar.new(rar.Member("a.txt", b"alpha"), rar.Member("b.txt", b"beta", packed=b"12")),
    "bzip2": bz2.compress(b"words"), "xz": lzma.compress(_tar()), "7z": _seven(), "zip": _zip(),
    "loadfile": "þDOCIDþ\x14þNATIVEþ\x14þTEXTþ\r\nþ1þ\x14þaþ\x14þbþ\r\n".encode(),
    "emlx": b"30        \nSubject: S\r\n\r\nBody\r\n<?xml version='1.0'?><plist><dict/></plist>",
    "p7m": bytes.fromhex("308006092a864886f70d010702a080308002010131800000308006092a864886f70d010701a08024800405") + b"words" + b"\0" * 12,
    "zstd": b"\x28\xb5\x2f\xfd\x04\x00\x29\x00\x00words", "email": b"Content-Type: application/pkcs7-mime\r\n\r\n",
}


def mutations(seed: bytes) -> Iterator[object]:
    """Yield what to do to a seed: bytes changed anywhere, cut anywhere, something put in anywhere."""
    at = st.integers(0, max(0, len(seed) - 1))
    yield st.lists(st.tuples(at, st.integers(0, 255)), max_size=12).map(lambda changes: _changed(seed, changes))
    yield at.map(lambda n: seed[:n])
    yield st.tuples(at, st.binary(max_size=40)).map(lambda t: seed[:t[0]] + t[1] + seed[t[0]:])
    yield st.tuples(at, at).map(lambda t: seed[:min(t)] + seed[max(t):])


def _changed(seed: bytes, changes: list[tuple[int, int]]) -> bytes:
    out = bytearray(seed)
    for at, byte in changes:
        out[at] = byte
    return bytes(out)


@pytest.mark.parametrize("format_name", SEEDS)
@QUICK
@given(data=st.data())
def test_any_bytes_end_in_an_outcome(format_name: str, data: st.DataObject) -> None:
    content = data.draw(st.one_of(st.binary(max_size=300), *mutations(SEEDS[format_name])))  # type: ignore[arg-type]
    hold(*read(content, format_name))


@QUICK
@given(content=st.binary(max_size=400))
def test_any_bytes_are_rtf_or_signed_content_or_neither(content: bytes) -> None:
    assert isinstance(opened(b"{\\rtf1\\ansi " + content)[0], str)
    assert "\ud800" not in opened(b"{\\rtf1\\fromhtml1 \\u55296?" + content)[0]
    try:
        cms_opened(b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + content, 1 << 20)
    except Exception as error:
        assert type(error).__name__ == "CannotRead", error


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@QUICK
@given(subject=WORDS, body=WORDS, name=WORDS, content=st.binary(max_size=300))
def test_any_item_survives_as_a_message(subject: str, body: str, name: str, content: bytes) -> None:
    inner = Item(mail(subject, body), [], [Attached({0x3707: text(name)}, content)])
    members, _ = read(msg(Item(mail("Outer", "x"), [], [Attached({}, item=inner)])), "msg")
    assert len(members) == 1 and isinstance(members[0], Child)
    inside, got = read(members[0].content, "email")
    hold(inside, got)
    assert got.text.split() == body.split() and got.subject.split() == subject.split()
    assert [m.content for m in inside if isinstance(m, Child)] == [content]


@QUICK
@given(subject=WORDS, content=st.binary(max_size=9000), wide=st.booleans(), crypt=st.sampled_from([0, 1, 2]))
def test_any_item_survives_a_data_file(subject: str, content: bytes, wide: bool, crypt: int) -> None:
    file = Pst(wide, crypt)
    file.add(Item(mail(subject, "B"), [person("Bob", "bob@y.example")], [Attached({0x3707: text("a.bin")}, content)]), file.folder("Inbox"))
    raw = file.done()
    members, got = read(raw, "pst")
    hold(members, got)
    assert len(members) == 1 and isinstance(members[0], Child)
    inside, message = read(members[0].content, "email")
    assert message.subject.split() == subject.split() and [m.content for m in inside if isinstance(m, Child)] == [content]
    assert identify(Content(data=raw), Given("x.pst")).format == "pst"


@QUICK
@given(words=st.text(st.characters(codec="cp1251", categories=["L", "N", "Zs"]), min_size=1, max_size=40))
def test_narrow_strings_survive_in_the_code_page_that_is_told(words: str) -> None:
    values = {0x001A: narrow(b"IPM.Note"), 0x1000: narrow(words.encode("cp1251")), 0x3FFD: number(1251)}
    assert read(msg(Item(values)), "msg")[1].text.split() == words.split()


@QUICK
@given(members=st.dictionaries(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20), st.binary(max_size=200), min_size=1, max_size=6))
def test_any_member_survives_a_tar_to_the_byte(members: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    found, got = read(out.getvalue(), "gzip")
    hold(found, got)
    assert {m.inner: m.content for m in found if isinstance(m, Child)} == members


LINES = st.lists(st.one_of(st.sampled_from([
    "On Mon, Apr 2, 2012 at 6:26 PM, M <m@x.example> wrote:", "> old", ">> older", "", "-- ", "From: a@x.example",
    "Sent: 1 May 2012 10:00", "To: b", "Subject: s",
    "-----Original Message-----", "Kind regards,", "Ann", "________",
    "This is confidential and intended only for the recipient; delete it if received in error.",
    "begin 644 a.txt", "end", "=ybegin line=128 size=1 name=a"]), st.text(max_size=30)), max_size=30)


@QUICK
@given(lines=LINES, flowed=st.booleans())
def test_parts_of_any_body_lie_in_order_and_lose_no_word(lines: list[str], flowed: bool) -> None:
    body = "\n".join(line.replace("\r", "") for line in lines)
    body = unflowed(body, False) if flowed else body
    parts, quoted = split(body)
    at = 0
    for part in parts:
        assert at <= part.start < part.end <= len(body) and body[part.start:part.end].strip()
        assert not body[at:part.start].strip()
        at = part.end
    assert not body[at:].strip()
    assert all(0 <= q.start < q.end <= len(body) for q in quoted)


@QUICK
@given(lines=LINES)
def test_taking_files_out_of_a_text_takes_nothing_else(lines: list[str]) -> None:
    body = "\n".join(lines).encode("utf-8", "replace")
    kept, blocks = without_blocks(body)
    assert kept == body if not blocks else len(kept) < len(body)
