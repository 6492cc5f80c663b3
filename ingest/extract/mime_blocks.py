"""Files inside the text of a message, as they were sent before MIME: uuencoded blocks and yEnc blocks."""
from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from ingest.extract.mime import from_uu

_UU = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]{1,200}?)[ \t]*\r?\n(?=[M `!-_][^\r\n]{0,90}\r?\n)", re.MULTILINE)
_UU_END = re.compile(rb"^end[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_YENC = re.compile(rb"^=ybegin ([^\r\n]{1,400})\r?\n", re.MULTILINE)
_YENC_END = re.compile(rb"^=yend[^\r\n]*(?:\r?\n|\Z)", re.MULTILINE)
_BLOCKS_MAX = 1000


@dataclass(frozen=True, slots=True)
class Block:
    """A file that stood in a text: its name as said there, its bytes, and what is wrong with them ("" for nothing)."""
    name: str
    content: bytes
    note: str = ""


def without_blocks(body: bytes) -> tuple[bytes, list[Block]]:
    """Return a text without the files in it, and these, in order. A block without an end is taken to the end of the text."""
    if b"begin" not in body:
        return body, []
    kept, found, at = list[bytes](), list[Block](), 0
    while len(found) < _BLOCKS_MAX:
        uu, yenc = _UU.search(body, at), _YENC.search(body, at) if b"=ybegin" in body else None
        first = min((m for m in (uu, yenc) if m), key=lambda m: m.start(), default=None)
        if first is None:
            break
        ended = (_UU_END if first is uu else _YENC_END).search(body, first.end())
        stop = ended.end() if ended else len(body)
        inside = body[first.start():stop]
        block = _uu_block(first, inside) if first is uu else _yenc_block(first, body[first.end():ended.start() if ended else stop], ended)
        if block is None:
            kept.append(body[at:first.end()])
            at = first.end()
            continue
        kept.append(body[at:first.start()])
        found.append(block)
        at = stop
    kept.append(body[at:])
    return b"".join(kept), found


def _uu_block(head: re.Match[bytes], inside: bytes) -> Block | None:
    content = from_uu(inside)
    if not content:
        return None
    return Block(head.group(1).decode("utf-8", "replace").strip('"'), content, "" if inside.rstrip().endswith(b"end") else "cut short")


def _yenc_block(head: re.Match[bytes], inside: bytes, ended: re.Match[bytes] | None) -> Block | None:
    """Return a yEnc block decoded ("yEnc - Efficient encoding for Usenet", 1.3): 42 is taken off each byte, 64 more after an equals sign."""
    words = head.group(1)
    name = words.partition(b"name=")[2].strip().decode("utf-8", "replace")
    part = re.search(rb"\bpart=(\d{1,6})", words.partition(b"name=")[0])
    if inside.startswith(b"=ypart"):
        inside = inside.partition(b"\n")[2]
    content = _from_yenc(inside.replace(b"\r", b"").replace(b"\n", b""))
    if not content:
        return None
    note, last = "", ended.group() if ended else b""
    said = re.search(rb"\bpcrc32=([0-9a-fA-F]{1,8})", last) or (None if part else re.search(rb"\bcrc32=([0-9a-fA-F]{1,8})", last))
    if ended is None:
        note = "cut short"
    elif said and int(said.group(1), 16) != zlib.crc32(content):
        note = "its checksum does not match"
    return Block(f"{name}.part{int(part.group(1))}" if part else name, content, note)


def _from_yenc(inside: bytes) -> bytes:
    shifted = inside.translate(_TAKEN)
    if b"=" not in inside:
        return shifted
    out, at = list[bytes](), 0
    while (escaped := inside.find(b"=", at)) >= 0 and escaped + 1 < len(inside):
        out.append(shifted[at:escaped])
        out.append(bytes(((inside[escaped + 1] - 64 - 42) & 255,)))
        at = escaped + 2
    out.append(shifted[at:])
    return b"".join(out)


_TAKEN = bytes((byte - 42) & 255 for byte in range(256))


def unflowed(text: str, without_blank: bool) -> str:
    """Return text with its soft line breaks taken out (format=flowed, RFC 3676, 4): lines that end in a blank go on below.

    Only lines as deep in quotes as one another are joined; "-- " stays, and so does an empty line (by the letter it would end a paragraph
    and vanish, but who wrote it meant it).  `without_blank` is DelSp=Yes: the blank goes too.
    """
    if " \n" not in text:
        return text
    out, pending, pending_depth = list[str](), "", -1
    for line in text.split("\n"):
        depth = 0
        while line[depth:depth + 1] == ">":
            depth += 1
        words = line[depth:]
        if words.startswith(" "):
            words = words[1:]
        marks = ">" * depth + (" " if depth else "")
        flows = words.endswith(" ") and words != "-- "
        if flows and without_blank:
            words = words[:-1]
        if pending_depth >= 0:
            if depth == pending_depth and words not in ("-- ", ""):
                words = pending + words
            else:
                out.append((">" * pending_depth + " " if pending_depth else "") + pending.rstrip(" "))
            pending_depth = -1
        if flows:
            pending, pending_depth = words, depth
        else:
            out.append(marks + words)
    if pending_depth >= 0:
        out.append((">" * pending_depth + " " if pending_depth else "") + pending.rstrip(" "))
    return "\n".join(out)
