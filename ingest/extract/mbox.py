"""Mailbox files (RFC 4155 and its relatives): one child a message, its bytes as they stand between the separator lines.

Nothing is unescaped (`>From `): what is stored is what was in the file, and the file itself is kept too.
"""
from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import BinaryIO

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed
from ingest.extract import headers, mime
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import UniqueNames

_READ_BYTES = 1 << 20
_LOOK_BYTES = 1500
_ENVELOPE = re.compile(rb"From [^\r\n]{0,998}?\b\d{1,2}:\d\d(?::\d\d)?\b[^\r\n]{0,200}$"
                       rb"|From \S{1,300}\s+\w{3} [^\r\n]{0,200}\d{4}[^\r\n]{0,60}$")
_BARE = re.compile(rb"From \S*\s*$")
_MAIL_FIELD = re.compile(rb"(?:From|Return-Path|Received|Message-ID|MIME-Version|Date|Subject|To|Status|Delivered-To|Content-Type"
                         rb"|X-[\w-]{1,60})[ \t]*:", re.IGNORECASE)
_AFTER = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>?From |\s*$")


def messages(stream: BinaryIO, limit_bytes: int) -> Iterator[tuple[bytes | None, int]]:
    """Yield each message and its size, None for the bytes of one that is larger than the limit.

    A separator is a line "From ..." with a date (or with no more than one word, before a field that only messages have), at the
    start of the file or after a blank line, before a header field.  The separator and the blank line before the next one (or before
    the end) belong to no message.  What stands before the first is one too.
    """
    buffer, start, scan, dropped, ended, begun = b"", 0, 0, 0, False, False
    while not ended and b"\n" not in buffer.lstrip(b"\r\n") and len(buffer) < _READ_BYTES:
        chunk = stream.read(_READ_BYTES)
        ended = not chunk
        buffer += chunk
    blank = len(buffer) - len(buffer.lstrip(b"\r\n"))
    if buffer.startswith(b"From ", blank):
        line = buffer.find(b"\n", blank)
        begun, start = True, len(buffer) if line < 0 else line + 1
        scan = start
    while True:
        found, at = _next_separator(buffer, scan, ended)
        if not found and not ended:
            if len(buffer) - start > limit_bytes:  # too large to be kept: drop all but the tail, where a separator may begin
                tail = max(start, min(at, len(buffer) - 4))
                dropped += tail - start
                start = tail
            chunk = stream.read(max(_READ_BYTES, (len(buffer) - start) // 2))
            ended = not chunk
            lead = min(start, 3)  # whether a blank line stands before a separator can still be seen
            buffer, scan, start = buffer[start - lead:] + chunk, max(at - start, 0) + lead, lead
            continue
        message = _without_last_blank(buffer[start:at if found else len(buffer)])
        if begun or message.strip():
            size = len(message) + dropped
            yield (None if size > limit_bytes else message), size
        if not found:
            return
        line = buffer.find(b"\n", at)
        begun, dropped, start = True, 0, len(buffer) if line < 0 else line + 1
        scan = start


def _next_separator(buffer: bytes, at: int, ended: bool) -> tuple[bool, int]:
    """Return (True, where the next separator begins), or (False, from where to look again when more was read)."""
    while True:
        found = buffer.find(b"From ", at)
        if found < 0:
            return False, max(at, len(buffer) - 4)
        if buffer[max(0, found - 3):found].replace(b"\r", b"").endswith(b"\n\n"):
            line = buffer.find(b"\n", found, found + _LOOK_BYTES)
            if not ended and len(buffer) - found < 2 * _LOOK_BYTES:
                return False, found
            end = len(buffer) if line < 0 else line
            envelope, following = buffer[found:end].rstrip(b"\r"), buffer[end + 1:end + 300]
            if (_ENVELOPE.match(envelope) and _AFTER.match(following)) or (_BARE.match(envelope) and _MAIL_FIELD.match(following)):
                return True, found
        at = found + 5


def has_several(stream: BinaryIO) -> bool:
    """Say whether a file that begins like a mailbox holds more than one message."""
    return len(list(itertools.islice(messages(stream, 1 << 20), 2))) > 1


def _without_last_blank(message: bytes) -> bytes:
    """Return a message without the one blank line that a mailbox sets after it."""
    if message in (b"\n", b"\r\n"):
        return b""
    for blank in (b"\r\n\r\n", b"\n\n", b"\n\r\n"):
        if message.endswith(blank):
            return message[:-2] if message.endswith(b"\r\n") else message[:-1]
    return message


def _read(work: Work) -> Iterator[Part]:
    names, count = UniqueNames(), 0
    with work.source.open() as stream:
        for content, size in messages(stream, work.limits.item_bytes):
            count += 1
            if count > work.limits.members:
                raise CannotRead("over_limit", f"The mailbox has more than {work.limits.members} messages; the first of them were read.")
            if content is None:
                yield Unread(names.give(f"message-{count:06d}"), Failed("over_limit", f"The message has {size} bytes."))
                continue
            fields, _ = mime.split_header(content, 0, min(len(content), 1 << 18))
            known = headers.message_id(next((value for name, _, value in fields if name == "message-id"), None))
            yield Child(names.give(known or f"message-{count:06d}", before_extension=False), content, "message/rfc822")
    if not count:
        raise CannotRead("empty", "The mailbox holds no message.")
    yield Extracted(Done(), metadata={"mbox:messages": str(count)}, container=True)


EXTRACTORS = (Extractor("mbox", "1", bids({"mbox": 1.0}), _read),)
