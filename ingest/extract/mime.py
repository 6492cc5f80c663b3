"""The structure of a message: header fields and parts, as slices of the raw bytes (RFC 5322, RFC 2045, RFC 2046).

A parser of our own, since parts have to come out byte by byte as they were, without recursion and in time that grows with the length
only.  It accepts what mail programs sent in forty years: bare line feeds, lost boundaries, junk between header fields.
"""
from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from functools import lru_cache

FIELD_BYTES = 1 << 16
FIELDS_MAX = 2000
MIME_DEPTH = 64
PARTS_MAX = 10_000

_BLANK = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
"""A field name is printable ASCII without the colon (RFC 5322, 2.2); blanks before the colon are of old (4.5.1)."""
_WHOLE = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?")
"""A field with its value and folded lines, up to the next field."""
_NEW_LINE = re.compile(rb"\r?\n(?![ \t])")
_KNOWN = re.compile(rb"(?:^|\n)(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|reply-to)[ \t]*:", re.IGNORECASE)


@dataclass(slots=True)
class Entity:
    """A message or part: its fields (names in lower case, values raw and folded), and where its body lies in the raw bytes.

    `fields` keeps order; `parts` are those of a multipart; `cut` says that it was nested too deep or had too many parts.
    """
    fields: list[tuple[str, str, bytes]]
    start: int
    body: int
    end: int
    content_type: str = "text/plain"
    parameters: dict[str, str] = field(default_factory=dict)
    parts: list[Entity] = field(default_factory=list)
    cut: bool = False
    depth: int = 0
    _first: dict[str, bytes] | None = None

    def get(self, name: str) -> bytes | None:
        """Return the raw value of the first field of that name (lower case), None without one."""
        if self._first is None:
            self._first = {known: value for known, _, value in reversed(self.fields)}
        return self._first.get(name)

    def all(self, name: str) -> list[bytes]:
        return [value for known, _, value in self.fields if known == name]


def split_header(raw: bytes, start: int, end: int) -> tuple[list[tuple[str, str, bytes]], int]:
    """Return the fields between `start` and `end` as (name in lower case, name as written, raw value), and where the body begins.

    Values longer than FIELD_BYTES are cut, fields beyond FIELDS_MAX left out.
    """
    if raw.startswith((b"From ", b">From "), start) and not _FIELD.match(raw, start, min(end, start + 300)):
        line = raw.find(b"\n", start, end)
        start = end if line < 0 else line + 1
    if raw.startswith(b"\r\n", start) or raw.startswith(b"\n", start):
        return [], start + (2 if raw.startswith(b"\r\n", start) else 1)
    blank = _BLANK.search(raw, start, end)
    block_end, body = (blank.start(), blank.end()) if blank else (end, end)
    fields: list[tuple[str, str, bytes]] = []
    at = start
    while at < block_end:
        if found := _WHOLE.match(raw, at, block_end):
            if len(fields) < FIELDS_MAX:
                name, value = found.groups()
                if value.endswith(b"\r") and found.end() > found.end(2):
                    value = value[:-1]
                fields.append((*_written(name), value[:FIELD_BYTES]))
            at = found.end()
            continue
        # Junk. Where fields that we know come after it, it is skipped; else it is where the body begins.
        break_ = _NEW_LINE.search(raw, at, block_end)
        following = break_.end() if break_ else block_end
        if not _KNOWN.search(raw, max(at, following - 1), block_end):
            return fields, at
        at = following
    return fields, body


@lru_cache(1 << 10)
def _written(name: bytes) -> tuple[str, str]:
    """Return the name of a field in lower case, and as it is written: there are few."""
    written = name.decode("latin-1")
    return written.lower(), written


def parse(raw: bytes) -> Entity:
    """Return the structure of a message. Never raises."""
    from ingest.extract.headers import content_type
    fields, body = split_header(raw, 0, len(raw))
    root = Entity(fields, 0, body, len(raw))
    queue, count = [root], 0
    while queue:
        entity = queue.pop()
        value = entity.get("content-type")
        if value is not None:
            entity.content_type, entity.parameters = content_type(value)
        if not entity.content_type.startswith("multipart/"):
            continue
        boundary = entity.parameters.get("boundary", "")
        if entity.depth >= MIME_DEPTH:
            entity.cut = True
            continue
        bounds = _between(raw, entity.body, entity.end, boundary.encode("utf-8", "replace")) if boundary else []
        digest = entity.content_type == "multipart/digest"
        for start, end in bounds:
            count += 1
            if count > PARTS_MAX:
                entity.cut = True
                break
            part_fields, part_body = split_header(raw, start, end)
            part = Entity(part_fields, start, part_body, end, depth=entity.depth + 1)
            if digest:
                part.content_type = "message/rfc822"
            entity.parts.append(part)
        queue.extend(entity.parts)
    return root


def _between(raw: bytes, start: int, end: int, boundary: bytes) -> list[tuple[int, int]]:
    """Return where the parts of a multipart lie: after each delimiter line up to the line end before the next (RFC 2046, 5.1.1)."""
    bounds: list[tuple[int, int]] = []
    delimiter, opened, at = b"--" + boundary, -1, start
    while True:
        found = raw.find(delimiter, at, end)
        if found < 0:
            break
        at = found + len(delimiter)
        if found > start and raw[found - 1] != 0x0A:
            continue
        line = raw.find(b"\n", at, end)
        line = end if line < 0 else line
        rest = raw[at:min(line, at + 200)].strip()
        if rest not in (b"", b"--") or line - at > 200:
            continue
        if opened >= 0:
            bounds.append((opened, _before_line_end(raw, opened, found)))
        opened = -1 if rest == b"--" else min(line + 1, end)
        at = line
        if rest == b"--":
            break
    if opened >= 0:
        bounds.append((opened, end))
    return bounds


def _before_line_end(raw: bytes, start: int, at: int) -> int:
    if at - 1 >= start and raw[at - 1] == 0x0A:
        at -= 1
        if at - 1 >= start and raw[at - 1] == 0x0D:
            at -= 1
    return at


def decoded(raw: bytes, entity: Entity) -> bytes:
    """Return the body of an entity without its transfer encoding (RFC 2045, 6). What is broken in it is passed over."""
    body = raw[entity.body:entity.end]
    encoding = (entity.get("content-transfer-encoding") or b"").strip(b" \t\r\n\"';").lower()
    encoding = encoding.split(b";")[0].split()[0] if encoding.split(b";")[0].split() else b""
    if encoding == b"base64":
        return from_base64(body)
    if encoding == b"quoted-printable":
        return binascii.a2b_qp(body)
    if encoding in (b"x-uuencode", b"uuencode", b"x-uue", b"uue"):
        return from_uu(body)
    return body


_BASE64 = bytes(c for c in range(256) if chr(c) not in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


def from_base64(body: bytes) -> bytes:
    """Return what base64 stands for; foreign characters are passed over, each padded run is decoded, a lost tail is dropped."""
    bare = body.translate(None, _BASE64)
    padding = bare.find(b"=")
    if padding < 0 or not bare[padding:].strip(b"="):
        runs = [bare.rstrip(b"=")]
    else:
        runs = [run for run in bare.split(b"=") if run]
    out = []
    for run in runs:
        rest = len(run) % 4
        if rest == 1:
            run = run[:-1]
        out.append(binascii.a2b_base64(run + b"=" * (-len(run) % 4)))
    return b"".join(out)


def from_uu(body: bytes) -> bytes:
    """Return what uuencoded lines stand for, from "begin" (where there is one) to "end"."""
    out, begun = [], b"begin " not in body
    for line in body.splitlines():
        if not begun:
            begun = line.startswith(b"begin ")
            continue
        if line.strip() == b"end":
            break
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            size = (((line[0] - 32) & 63) * 4 + 5) // 3  # some encoders write blanks too many (stdlib `uu` does the same)
            try:
                out.append(binascii.a2b_uu(line[:size]))
            except binascii.Error:
                continue
    return b"".join(out)
