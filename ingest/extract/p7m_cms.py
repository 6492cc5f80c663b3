"""Signed, sealed and packed content (CMS, RFC 5652; S/MIME, RFC 8551): what is inside, and who signed it.

A signature is not checked here: the bytes are kept as they came, and whoever doubts them checks those.
"""
from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass

from ingest.extract.base import CannotRead

_SIGNED, _ENVELOPED, _ENCRYPTED, _COMPRESSED = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.3", "1.2.840.113549.1.7.6", "1.2.840.113549.1.9.16.1.9"
_AUTH_ENVELOPED = "1.2.840.113549.1.9.16.1.23"
_DEPTH_MAX = 40
_SIGNERS_MAX = 20


@dataclass(frozen=True, slots=True)
class Cms:
    """`kind` is signed, encrypted, compressed or other; `content` what is inside, None where it is elsewhere (a detached signature) or sealed."""
    kind: str
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    tag: int
    start: int
    end: int
    after: int


def _value(raw: bytes, at: int, end: int, depth: int = 0) -> _Value:
    """Return the value at a position: its tag, where its content lies, and where the next one begins (X.690, 8.1; indefinite lengths too)."""
    if at + 2 > end or depth > _DEPTH_MAX:
        raise CannotRead("damaged", "The structure of the signed content is broken.")
    tag, size = raw[at], raw[at + 1]
    at += 2
    if tag & 31 == 31:
        raise CannotRead("damaged", "The structure of the signed content is broken.")
    if size == 0x80:
        inside = at
        while raw[inside:inside + 2] != b"\0\0":
            inside = _value(raw, inside, end, depth + 1).after
        return _Value(tag, at, inside, inside + 2)
    if size & 0x80:
        count = size & 127
        if count > 8 or at + count > end:
            raise CannotRead("damaged", "The structure of the signed content is broken.")
        size = int.from_bytes(raw[at:at + count], "big")
        at += count
    if at + size > end:
        size = end - at  # cut short: what is there is used
    return _Value(tag, at, at + size, at + size)


def _inside(raw: bytes, value: _Value) -> list[_Value]:
    out, at = list[_Value](), value.start
    while at < value.end and len(out) < 10_000:
        found = _value(raw, at, value.end)
        out.append(found)
        at = found.after
    return out


def _oid(raw: bytes, value: _Value) -> str:
    content = raw[value.start:value.end]
    if value.tag != 6 or not content or len(content) > 40:
        return ""
    parts, number = [str(min(content[0] // 40, 2)), str(content[0] - 40 * min(content[0] // 40, 2))], 0
    for byte in content[1:]:
        number = number << 7 | byte & 127
        if not byte & 128:
            parts.append(str(number))
            number = 0
    return ".".join(parts)


def _octets(raw: bytes, value: _Value, depth: int = 0) -> bytes:
    """Return the bytes of an octet string, its pieces joined."""
    if not value.tag & 0x20 or depth > _DEPTH_MAX:
        return raw[value.start:value.end]
    pieces, at = list[bytes](), value.start
    while at < value.end:
        piece = _value(raw, at, value.end)
        pieces.append(_octets(raw, piece, depth + 1))
        at = piece.after
    return b"".join(pieces)


def opened(content: bytes, limit_bytes: int) -> Cms:
    """Return what CMS content holds; PEM and bare base64 are accepted. Raises CannotRead: damaged, over_limit."""
    raw = _der(content)
    top = _value(raw, 0, len(raw))
    parts = _inside(raw, top) if top.tag == 0x30 else []
    kind = _oid(raw, parts[0]) if parts else ""
    if kind in (_ENVELOPED, _ENCRYPTED, _AUTH_ENVELOPED):
        return Cms("encrypted")
    if kind not in (_SIGNED, _COMPRESSED) or len(parts) < 2:
        if not kind:
            raise CannotRead("damaged", "It is no signed or sealed content.")
        return Cms("other")
    body = next(iter(_inside(raw, parts[1])), None)
    inner = next((v for v in _inside(raw, body) if v.tag == 0x30 and _oid(raw, _inside(raw, v)[0])
                  and (kind == _SIGNED or len(_inside(raw, v)) > 1)), None) if body else None
    if kind == _COMPRESSED and body:
        inner = next((v for v in reversed(_inside(raw, body)) if v.tag == 0x30), None)
    if inner is None:
        return Cms("signed" if kind == _SIGNED else "compressed")
    wrapped = next((v for v in _inside(raw, inner) if v.tag & 0xDF == 0x80), None)
    octets = next(iter(_inside(raw, wrapped)), None) if wrapped else None
    if octets is None:
        return Cms("signed" if kind == _SIGNED else "compressed")
    inside = _octets(raw, octets)
    if kind == _SIGNED:
        return Cms("signed", inside)
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(inside, limit_bytes + 1)
    except zlib.error as error:
        raise CannotRead("damaged", "The packed content cannot be unpacked.") from error
    if len(unpacked) > limit_bytes:
        raise CannotRead("over_limit", f"It unpacks to more than {limit_bytes} bytes.")
    return Cms("compressed", unpacked)


def _der(content: bytes) -> bytes:
    if content[:1] == b"\x30":
        return content
    armoured = re.search(rb"-----BEGIN [A-Z0-9 ]{1,30}-----\s*([A-Za-z0-9+/=\s]+?)-----END", content)
    body = armoured.group(1) if armoured else content
    bare = b"".join(body.split())
    if bare[:2] in (b"MI", b"MH") and re.fullmatch(rb"[A-Za-z0-9+/=]+", bare):
        return base64.b64decode(bare + b"=" * (-len(bare) % 4), validate=False)
    raise CannotRead("damaged", "It is no signed or sealed content.")


def signers(content: bytes) -> list[str]:
    """Return the names in the certificates that came with a signature, whoever signed among them; [] without any that can be read."""
    from cryptography.hazmat.primitives.serialization import pkcs7
    try:
        found = pkcs7.load_der_pkcs7_certificates(_der(content))
        names = [c.subject.rfc4514_string() for c in found[:_SIGNERS_MAX]]
    except Exception:  # whatever it raises about hostile bytes: the names are a courtesy
        return []
    return list(dict.fromkeys(names))
