"""The values of header fields: encoded words, parameters, addresses, message ids, dates. Tolerant of what was sent, never quadratic."""
from __future__ import annotations

import binascii
import re
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_tz
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from ingest.extract.text import clean, codec_of

_REMEMBERED_BYTES = 300
"""Mails of one mailbox share most of their short values, so the last few thousand are not read again."""

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_WORD = re.compile(r"=\?([^?\s]{1,80}?)(?:\*[^?\s]{0,40})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")


def as_text(raw: bytes) -> str:
    """Return a raw value unfolded and trimmed: UTF-8 (RFC 6532) where it is valid, else Windows-1252; encoded words stay as they are."""
    try:
        text = raw.decode("ascii")
    except UnicodeDecodeError:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
    if "\n" in text or "\r" in text:
        text = _FOLD.sub(" ", text)
    return text.strip()


def words(raw: bytes) -> str:
    """Return a value as people read it: unfolded, with its encoded words (RFC 2047) decoded."""
    return _known_words(raw) if len(raw) <= _REMEMBERED_BYTES else decode_words(as_text(raw))


@lru_cache(4096)
def _known_words(raw: bytes) -> str:
    return decode_words(as_text(raw))


def decode_words(text: str) -> str:
    """Return text with its encoded words decoded; neighbours of one charset are joined as bytes first, since some split a character."""
    if "=?" not in text:
        return clean(text)
    text = _BETWEEN_WORDS.sub(r"\1", text)
    out, at, pending, charset = list[str](), 0, b"", ""
    for found in _WORD.finditer(text):
        if found.start() != at:
            out.append(_said(pending, charset))
            pending = b""
            out.append(text[at:found.start()])
        name, encoding, body = found.groups()
        if pending and name.lower() != charset:
            out.append(_said(pending, charset))
            pending = b""
        charset = name.lower()
        pending += _word_bytes(encoding, body)
        at = found.end()
    out.append(_said(pending, charset))
    out.append(text[at:])
    return clean("".join(out)).replace("\n", " ").strip()


def _word_bytes(encoding: str, body: str) -> bytes:
    raw = body.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    from ingest.extract.mime import from_base64
    return from_base64(raw)


def _said(raw: bytes, charset: str) -> str:
    if not raw:
        return ""
    codec = codec_of(charset)
    for candidate in filter(None, (codec if codec != "cp1252" else "", "utf-8" if codec != "utf-8" or not codec else "")):
        try:
            return raw.decode(candidate)
        except (UnicodeDecodeError, ValueError):
            continue
    return raw.decode(codec or "cp1252", "replace")


# ---------------------------------------------------------------- parameters

_TYPE = re.compile(r"\s*([!#-'*-.0-9A-Z^-~]+)\s*/\s*([!#-'*-.0-9A-Z^-~]+)", re.IGNORECASE)
_PARAMETER = re.compile(r";\s*([^\s=;\"]{1,80})\s*=\s*(\"(?:[^\"\\]|\\.)*+\"|[^;]*)")


def content_type(raw: bytes) -> tuple[str, dict[str, str]]:
    """Return the media type in lower case and its parameters. What is no type is text/plain (RFC 2045, 5.2)."""
    text = as_text(raw)
    found = _TYPE.match(text)
    if found is None:
        return ("multipart/mixed" if text.lower().startswith("multipart") else "text/plain"), parameters(text)
    return f"{found.group(1)}/{found.group(2)}".lower(), parameters(text[found.end():])


def parameters(text: str) -> dict[str, str]:
    """Return the parameters of a field value: quoted strings opened, continuations joined and percent signs decoded (RFC 2231),

    encoded words decoded although they do not belong there.
    """
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    if not text.lstrip().startswith(";"):
        text = text[max(0, text.find(";")):] if ";" in text else ""
    for name, value in _PARAMETER.findall(text):
        value = value.strip()
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.endswith('"') and len(value) > 1 else value[1:]
        name = name.lower()
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, decode_words(value))
            continue
        encoded = rest == "" or rest.endswith("*")
        number = rest.rstrip("*")
        if number == "" or (number.isdigit() and len(number) < 5):
            pieces.setdefault(base, {}).setdefault(int(number or 0), (value, encoded))
    for base, numbered in pieces.items():
        plain[base] = _joined(numbered)
    return plain


def _joined(numbered: dict[int, tuple[str, bool]]) -> str:
    charset, out = "", b""
    for order, (number, (value, encoded)) in enumerate(sorted(numbered.items())):
        if encoded and order == 0 and number == 0 and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        out += unquote_to_bytes(value) if encoded else value.encode("utf-8", "replace")
    if not charset:
        try:
            return decode_words(out.decode("utf-8"))
        except UnicodeDecodeError:
            return clean(out.decode("cp1252", "replace"))
    return clean(_said(out, charset.lower()))


# ---------------------------------------------------------------- addresses

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|<([^<>]*)>|([,;:])|([^",;:<>()\s]+)|(\s+)|(.)', re.DOTALL)
_COMMENT_MARKS = re.compile(r'\\.|["()]|<[^<>"]{0,1000}>', re.DOTALL)


def addresses(raw: bytes) -> tuple[tuple[str, str], ...]:
    """Return (name, address in lower case) for each mailbox of an address list (RFC 5322, 3.4); groups are opened, comments may name.

    A mailbox without an address keeps its name, one without a name its address.
    """
    return _known_addresses(raw) if len(raw) <= _REMEMBERED_BYTES else tuple(_addresses(raw))


@lru_cache(4096)
def _known_addresses(raw: bytes) -> tuple[tuple[str, str], ...]:
    return tuple(_addresses(raw))


def _addresses(raw: bytes) -> list[tuple[str, str]]:
    text, comments = _without_comments(as_text(raw))
    found: list[tuple[str, str]] = []
    name: list[str] = []
    address, noted = "", 0

    def end(at: int) -> None:
        """Take what was gathered as one mailbox; comments that stood before `at` are its own."""
        nonlocal name, address, noted
        comment = ""
        while noted < len(comments) and comments[noted][0] <= at:
            comment = comment or comments[noted][1]
            noted += 1
        if name or address:
            mailbox = _mailbox("".join(name), address, comment)
            if any(mailbox):
                found.append(mailbox)
        name, address = [], ""

    for token in _TOKEN.finditer(text):
        quoted, angle, mark, atom, blank, other = token.groups()
        if quoted is not None:
            name.append(re.sub(r"\\(.)", r"\1", quoted))
        elif angle is not None:
            address = address or (angle.rpartition(":")[2] if angle.startswith("@") else angle)
        elif mark == ":":
            if "@" in "".join(name):
                name.append(":")
            else:
                name = []  # the name of a group
        elif mark:
            end(token.start())
        elif atom is not None:
            name.append(atom)
        elif blank is not None:
            if name:
                name.append(" ")
        elif other is not None and other not in "<>\"()":
            name.append(other)
    end(len(text))
    return found


def _mailbox(said: str, address: str, comment: str) -> tuple[str, str]:
    """Return name and address of one mailbox from what stood outside and inside the brackets, and its comment."""
    name = decode_words(said).strip()
    if not address and "@" in name and len(name.split()) == 1:
        address, name = name, ""
    elif not address and "@" in said:
        *before, last = said.split()  # `John Doe john@host`: the last word with an @ is the address
        if "@" in last:
            address, name = last, decode_words(" ".join(before))
    name = name or decode_words(comment)
    address = address.strip().strip("'").removeprefix("mailto:").strip()
    return name.strip().strip("'\"").strip(), clean(address).lower()


def _without_comments(text: str) -> tuple[str, list[tuple[int, str]]]:
    """Return text without its comments, and these with where they stood in it. Parentheses in quoted strings and in angle brackets

    (Exchange names have them) are left alone.
    """
    if "(" not in text:
        return text, []
    out, comments, depth, quoted, start, kept, length = list[str](), list[tuple[int, str]](), 0, False, 0, 0, 0
    for found in _COMMENT_MARKS.finditer(text):
        at, mark = found.start(), found.group()
        if mark[0] in "\\<":
            continue
        if mark == '"' and not depth:
            quoted = not quoted
        elif mark == "(" and not quoted:
            if depth == 0:
                out.append(text[kept:at])
                length += at - kept
                start = at + 1
            depth += 1
        elif mark == ")" and not quoted and depth:
            depth -= 1
            if depth == 0:
                comments.append((length, text[start:at]))
                kept = at + 1
    out.append(text[start - 1:] if depth else text[kept:])  # one that was never closed was meant as a parenthesis
    return "".join(out), comments


# ---------------------------------------------------------------- message ids

_ID = re.compile(r"<([^<>]{1,998})>")


def message_ids(raw: bytes | None) -> tuple[str, ...]:
    """Return the message ids of a field with their brackets, in order, each once. Blanks from folding are taken out."""
    if raw is None:
        return ()
    text = as_text(raw)
    found = ["".join(body.split()) for body in _ID.findall(text)]
    if not found:
        found = [token.strip("<>,;\"'") for token in text.split() if "@" in token]
    return tuple(dict.fromkeys(f"<{clean(body)}>" for body in found if body))


def message_id(raw: bytes | None) -> str:
    """Return the id of a message with its brackets, as written else, "" without one. One without brackets gets them."""
    found = message_ids(raw)
    if found:
        return found[0]
    bare = "".join(as_text(raw or b"").split()).strip("<>")[:998]
    return f"<{clean(bare)}>" if bare else ""


# ---------------------------------------------------------------- dates

_ENDS_WITH_TIME = re.compile(r":\d\d\s*$")


def moment(raw: bytes | None) -> tuple[str, str]:
    """Return a date-time field as ISO 8601 with its zone, and what is worth saying of the zone; ("", "") for what is no date.

    A missing zone is taken for UTC and said so; -0000 means UTC with the zone of the sender unknown (RFC 5322, 3.3).
    """
    if raw is None:
        return "", ""
    text = as_text(raw)[:200]
    try:
        parsed = parsedate_tz(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        parsed = None
    if parsed is None:
        return "", ""
    offset = parsed[9] or 0
    note = "no zone" if _ENDS_WITH_TIME.search(text) else "zone unknown" if "-0000" in text else ""
    if abs(offset) >= 24 * 3600:
        offset, note = 0, "impossible zone"
    try:
        when = datetime(*parsed[:5], min(parsed[5], 59), tzinfo=timezone(timedelta(seconds=offset)))
    except (ValueError, OverflowError):
        return "", ""
    if not 1900 <= when.year <= 2200:
        return "", ""
    return when.isoformat(), note
