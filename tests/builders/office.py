"""Office files as small as they can be, built from words: OpenDocument, slides, and Word and PowerPoint of the older kind."""
from __future__ import annotations

import io
import struct
import zipfile

from builders import outlook

_ODF_NAMES = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in (
    ("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"), ("style", "style"), ("presentation", "presentation"), ("meta", "meta"))) \
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'


def zipped(members: dict[str, bytes | str]) -> bytes:
    """Return members as a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def odf(body: str, styles: str = "", automatic: str = "", kind: str = "text", **more: bytes | str) -> bytes:
    """Return an OpenDocument file with this body; `styles` are master styles, `automatic` those of the body."""
    content = f"<office:document-content {_ODF_NAMES}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:{kind}>{body}" \
              f"</office:{kind}></office:body></office:document-content>"
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content,
                   "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
                   "styles.xml": f"<office:document-styles {_ODF_NAMES}><office:master-styles>{styles}</office:master-styles></office:document-styles>",
                   "meta.xml": f"<office:document-meta {_ODF_NAMES}><office:meta><dc:title>A title</dc:title><dc:creator>Orla Brannock</dc:creator>"
                               "<meta:creation-date>2024-03-18T09:12:44</meta:creation-date></office:meta></office:document-meta>", **more})


# ---------------------------------------------------------------- .doc

def doc(paragraphs: list[str], footnotes: str = "", flags: int = 0, deleted: str = "", rows: list[list[str]] | None = None) -> bytes:
    """Return a Word 97 document. `deleted` is a paragraph taken out under tracked changes, `rows` a table after the paragraphs."""
    runs: list[tuple[str, bytes, bytes]] = [(f"{p}\r", b"\0\0", b"") for p in paragraphs]
    if deleted:
        runs.append((f"{deleted}\r", b"\0\0", struct.pack("<HB", 0x0800, 1)))
    for row in rows or []:
        runs += [(f"{cell}\x07", b"\0\0" + struct.pack("<HB", 0x2416, 1), b"") for cell in row]
        runs.append(("\x07", b"\0\0" + struct.pack("<HB", 0x2416, 1) + struct.pack("<HB", 0x2417, 1), b""))
    main = "".join(text for text, _, _ in runs)
    foot = f"{footnotes}\r" if footnotes else ""
    text_at = 2048
    raw = (main + foot).encode("utf-16-le")
    pages_at = (text_at + len(raw) + 511) // 512
    papx = _page([(len(t.encode("utf-16-le")), p) for t, p, _ in runs], text_at, True)
    chpx = _page([(len(t.encode("utf-16-le")), c) for t, _, c in runs], text_at, False)
    fib = bytearray(text_at)
    struct.pack_into("<HH", fib, 0, 0xA5EC, 193)
    struct.pack_into("<H", fib, 10, 0x0200 | flags)
    struct.pack_into("<8i", fib, 0x4C, len(main), len(foot), 0, 0, 0, 0, 0, 0)
    pieces = struct.pack("<II", 0, len(main) + len(foot)) + struct.pack("<HIH", 0, text_at, 0)
    clx = b"\x02" + struct.pack("<I", len(pieces)) + pieces
    plc = struct.pack("<III", text_at, text_at + len(raw), pages_at)
    plc_run = struct.pack("<III", text_at, text_at + len(raw), pages_at + 1)
    struct.pack_into("<IIII", fib, 0xFA, len(clx) + len(plc), len(plc_run), len(clx), len(plc))
    struct.pack_into("<II", fib, 0x1A2, 0, len(clx))
    stream = bytes(fib) + raw.ljust(pages_at * 512 - text_at, b"\0") + papx + chpx
    return outlook.compound({"WordDocument": stream, "1Table": (clx + plc + plc_run).ljust(4096, b"\0")})


def _page(runs: list[tuple[int, bytes]], at: int, paragraphs: bool) -> bytes:
    """Return a formatted disk page for stretches of bytes and what is said of each."""
    page, free = bytearray(512), 511
    starts = [at]
    for size, _ in runs:
        starts.append(starts[-1] + size)
    struct.pack_into(f"<{len(starts)}I", page, 0, *starts)
    for n, (_, said) in enumerate(runs):
        if not said:
            continue
        if paragraphs:
            body = said if len(said) % 2 else said + b"\0"
            block = bytes([(len(body) + 1) // 2]) + body
        else:
            block = bytes([len(said)]) + said
        free = (free - len(block)) & ~1
        page[free:free + len(block)] = block
        page[4 * len(starts) + n * (13 if paragraphs else 1)] = free // 2
    page[511] = len(runs)
    return bytes(page)


# ---------------------------------------------------------------- .ppt

def record(kind: int, content: bytes, instance: int = 0, holds: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (0xF if holds else 0), kind, len(content)) + content


def ppt(slides: list[tuple[str, str, str]]) -> bytes:
    """Return a presentation: for each slide the words of its title (a placeholder), of a box, and of its notes."""
    stream, where = bytearray(), dict[int, int]()

    def put(number: int, content: bytes) -> None:
        where[number] = len(stream)
        stream.extend(content)

    lists, notes = b"", b""
    for n, (title, box, note) in enumerate(slides):
        identity = 256 + n
        lists += record(0x03F3, struct.pack("<IIIII", 10 + n, 0, 1, identity, 0)) + record(0x0F9F, b"\0\0\0\0") + record(0x0FA0, title.encode("utf-16-le"))
        put(10 + n, record(0x03EE, record(0x03EF, b"\0" * 24) + record(0x0F9E, struct.pack("<I", 0)) + record(0x0FA8, box.encode("latin-1")), holds=True))
        if note:
            notes += record(0x03F3, struct.pack("<IIIII", 100 + n, 0, 0, 512 + n, 0))
            put(100 + n, record(0x03F0, record(0x03F1, struct.pack("<IHH", identity, 0, 0)) + record(0x0FA0, note.encode("utf-16-le")), holds=True))
    put(1, record(0x03E8, record(0x0FF0, lists, 0, True) + record(0x0FF0, notes, 2, True), holds=True))
    directory = len(stream)
    stream += record(0x1772, b"".join(struct.pack("<II", 1 << 20 | number, at) for number, at in where.items()))
    edit = len(stream)
    stream += record(0x0FF5, struct.pack("<IIIII", 0, 0, 0, directory, 1) + b"\0" * 8)
    user = record(0x0FF6, struct.pack("<III", 20, 0xE391C05F, edit) + b"\0" * 12)
    return outlook.compound({"PowerPoint Document": bytes(stream), "Current User": user})
