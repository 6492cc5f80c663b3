"""Documents that burst, loop or lie about their size: each through the fence, each its own outcome, with a good one after it."""
from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from builders import office, outlook

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.fence import Fence, Finished, Job
from ingest.given import Context, Given

LIMITS = Limits(seconds=20, memory_bytes=1 << 30)


def read(*named: tuple[str, bytes]) -> list[Extracted]:
    """Return what is read of files behind the fence, in their order."""
    found: dict[str, Extracted] = {}
    with Fence(1, Context(limits=LIMITS)) as fence:
        waiting = [Job(str(n), Given(name), content) for n, (name, content) in enumerate(named)]
        while waiting or not fence.idle():
            for _ in range(min(fence.room(), len(waiting))):
                fence.submit(waiting.pop(0))
            found.update({e.key: e.extracted for e in fence.poll(1.0) if isinstance(e, Finished)})
    return [found[str(n)] for n in range(len(named))]


def png(width: int, height: int) -> bytes:
    """Return a picture that unpacks to width times height pixels of nothing."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    data = b"".join(packer.compress(row * min(1000, height - n)) for n in range(0, height, 1000)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def pdf(objects: list[bytes], more: int = 0) -> bytes:
    """Return a PDF of these objects, and `more` that nothing refers to, with a sound table."""
    out, at = io.BytesIO(b"%PDF-1.7\n"), list[int]()
    out.seek(0, 2)
    for number, body in enumerate([*objects, *[b"null"] * more], 1):
        at.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1) + b"".join(b"%010d 00000 n \n" % a for a in at))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(at) + 1, start))
    return out.getvalue()


def page(content: bytes, packed: bool = False) -> list[bytes]:
    data = zlib.compress(content, 9) if packed else content
    return [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), b"/Filter/FlateDecode" if packed else b"", data),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]


def bomb_xml(size: int) -> bytes:
    return b"<x>" + b" " * size + b"</x>"


def looping_doc() -> bytes:
    """Return a Word document whose table of sectors leads back to itself."""
    content = bytearray(office.doc(["Some words " * 2000]))
    table = struct.unpack_from("<I", content, 76)[0]
    at = 512 + table * 512
    for sector in range(8):
        struct.pack_into("<I", content, at + 4 * sector, (sector + 1) % 8)
    return bytes(content)


def bomb_in(member: str, **more: str) -> bytes:
    """Return a zip file with a member that unpacks to 300 MB."""
    return office.zipped({"[Content_Types].xml": "<x/>", **more, member: bomb_xml(300 << 20)})


BOMBS: list[tuple[str, str, Callable[[], bytes], set[str]]] = [
    ("a picture of ten thousand million pixels", "x.png", lambda: png(100_000, 100_000), {"over_limit", "damaged"}),
    ("a PDF with a million objects", "x.pdf", lambda: pdf(page(b"BT /F 12 Tf 10 200 Td (Some words) Tj ET"), 1_000_000), {""}),
    ("a PDF whose page unpacks to 400 MB", "x.pdf", lambda: pdf(page(b"BT /F 12 Tf (a) Tj ET\n" * 18_000_000, packed=True)),
     {"", "over_limit", "timeout", "damaged", "crashed"}),
    ("a Word document that unpacks to 300 MB", "x.docx", lambda: bomb_in("word/document.xml"), {"over_limit"}),
    ("slides that unpack to 300 MB", "x.pptx", lambda: bomb_in("ppt/slides/slide1.xml", **{"ppt/presentation.xml": "<x/>"}), {"over_limit"}),
    ("an OpenDocument text that unpacks to 300 MB", "x.odt", lambda: bomb_in("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
     {"over_limit"}),
    ("entities in entities", "x.xml", lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "&a%d;&a%d;&a%d;&a%d;">' % (n, n - 1, n - 1, n - 1, n - 1) for n in range(1, 20)) + b"]><a>&a19; words</a>", {"", "damaged"}),
    ("a table repeated a million times", "x.odt", lambda: office.odf('<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
                                                                     'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
                                                                     '</table:table>'), {""}),
    ("groups in groups", "x.rtf", lambda: rb"{\rtf1 " + b"{" * 500_000 + b"words" + b"}" * 500_001, {"over_limit"}),
    ("a Word document that loops", "x.doc", looping_doc, {"", "damaged", "empty"}),
    ("records in records", "x.ppt", lambda: outlook.compound({"PowerPoint Document": office.record(0x03E8, b"\x0f\0\xe8\x03\0\0\0\0" * 300_000, holds=True)}),
     {"", "over_limit", "damaged", "empty"}),
]


@pytest.mark.parametrize(("what", "name", "make", "codes"), BOMBS, ids=[b[0] for b in BOMBS])
def test_hostile_document_costs_itself_alone(what: str, name: str, make: Callable[[], bytes], codes: set[str]) -> None:
    bad, good = read((name, make()), ("good.txt", b"Good words"))
    found = bad.outcome.code if isinstance(bad.outcome, Failed | Skipped) else ""
    assert found in codes, (what, bad.outcome)
    assert good.text == "Good words" and isinstance(good.outcome, Done)


def test_million_objects_hide_no_words() -> None:
    (read_,) = read(("x.pdf", pdf(page(b"BT /F 12 Tf 10 200 Td (Some words) Tj ET"), 1_000_000)))
    assert read_.text.strip() == "Some words"
