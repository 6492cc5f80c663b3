"""Small files that unpack to large ones, or call themselves, end within their bounds; through the fence, in a process of their own."""
from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from collections.abc import Iterator

import pytest

from archive.model.outcome import Done, Failed
from archive.settings import Limits
from ingest.fence import ChildFound, Fence, Finished, Job
from ingest.given import Context, Given

LIMITS = Limits(seconds=20, memory_bytes=1 << 30, item_bytes=64 << 20)


@pytest.fixture(scope="module")
def fence() -> Iterator[Fence]:
    with Fence(1, Context(limits=LIMITS)) as made:
        yield made


def through(fence: Fence, name: str, content: bytes) -> tuple[list[ChildFound], Finished]:
    fence.submit(Job(name, Given(name), content))
    found: list[ChildFound] = []
    while True:
        for event in fence.poll(1.0):
            if isinstance(event, Finished):
                return found, event
            found.append(event)


def tar_of(size: int) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("big")
        info.size = size
        archive.addfile(info, io.BytesIO(bytes(size)))
    return out.getvalue()


def zip_of(size: int, lie: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", bytes(size))
    raw = bytearray(out.getvalue())
    if lie:  # the directory says that it is small
        at = raw.index(b"PK\x01\x02")
        struct.pack_into("<I", raw, at + 24, 10)
    return bytes(raw)


BOMBS = {
    "a.gz": lambda: gzip.compress(bytes(200 << 20)), "a.bz2": lambda: bz2.compress(bytes(200 << 20)), "a.xz": lambda: lzma.compress(bytes(200 << 20)),
    "a.tar.gz": lambda: tar_of(200 << 20), "a.zip": lambda: zip_of(200 << 20), "liar.zip": lambda: zip_of(200 << 20, lie=True),
    "headless.zip": lambda: (raw := zip_of(200 << 20))[:raw.index(b"PK\x01\x02")],
}


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_gives_no_member_and_the_reason(fence: Fence, name: str) -> None:
    found, end = through(fence, name, BOMBS[name]())
    assert not [f for f in found if hasattr(f.part, "content")]
    told = [getattr(f.part, "outcome", None) for f in found] + [end.extracted.outcome]
    assert {getattr(o, "code", "") for o in told if isinstance(o, Failed)} & {"over_limit", "damaged"}, told


def test_archives_inside_archives_end_at_the_depth_allowed(fence: Fence) -> None:
    content = b"leaf"
    for _ in range(40):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("inner.zip", content)
        content = out.getvalue()
    depth = 0
    while True:  # what the pipeline does with what comes back
        fence.submit(Job("nested.zip", Given("nested.zip", depth=depth), content))
        found: list[ChildFound] = []
        end = None
        while end is None:
            for event in fence.poll(1.0):
                if isinstance(event, Finished):
                    end = event
                else:
                    found.append(event)
        if not found:
            assert depth == LIMITS.depth and isinstance(end.extracted.outcome, Failed) and end.extracted.outcome.code == "over_limit"
            return
        content, depth = found[0].part.content, depth + 1  # type: ignore[union-attr]


def test_data_file_that_leads_in_a_circle_ends(fence: Fence) -> None:
    raw = bytearray(b"!BDN" + b"\0" * 6 + struct.pack("<H", 23) + b"\0" * 600)
    raw += b"\0" * (1024 - len(raw))
    page = struct.pack("<QQQ", 1, 0, 1024) * 20
    raw += page.ljust(488, b"\0") + bytes((20, 20, 24, 3)) + b"\0" * 4 + b"\x81\x81" + b"\0" * 14
    raw[224:232] = raw[240:248] = (1024).to_bytes(8, "little")
    _, end = through(fence, "a.pst", bytes(raw))
    assert isinstance(end.extracted.outcome, Failed) and end.extracted.outcome.code == "damaged"


def test_mail_with_ten_thousand_levels_of_quotes_and_blocks_is_read_in_time(fence: Fence) -> None:
    body = b"".join(b">" * (n % 300) + b" On 1 May 2012 at 10:00, A <a@x.example> wrote:\r\n" for n in range(10_000))
    _, end = through(fence, "a.eml", b"From: a@x.example\r\nSubject: S\r\nMIME-Version: 1.0\r\n\r\n" + body)
    assert isinstance(end.extracted.outcome, Done)
