"""An Outlook item as a message (RFC 5322, MIME), where no message ever was: the same item always gives the same bytes.

Headers that came over the network stand as they came; the others are built from properties.  The body is written anew, attachments
follow with their bytes, items inside as messages inside.  Two fields say where it comes from: `X-Derived-From` and `X-Folder`.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
from urllib.parse import quote

from ingest.extract.base import CannotRead
from ingest.extract.msg_body import body_of, details_of
from ingest.extract.msg_fields import encoded, fields_of
from ingest.extract.msg_item import Attachment, OutlookItem
from ingest.extract.names import safe_name
from ingest.identify.formats import extension_for

_DEPTH_MAX = 16
_EOL = b"\r\n"
DERIVED = "Outlook item"


def message_of(item: OutlookItem, limit_bytes: int, folder: str = "", depth: int = 0) -> bytes:
    """Return an item as a message. Raises CannotRead(over_limit) when it would be larger than the limit."""
    head = [b"%s: %s" % (name.encode("ascii", "replace"), _unfolded(value)) for _, name, value in fields_of(item)]
    head.append(f"X-Derived-From: {DERIVED} ({encoded(item.message_class)[:200]})".encode("ascii", "replace"))
    if folder:
        head.append(f"X-Folder: {encoded(folder)}".encode("ascii", "replace"))
    content = _content(item, limit_bytes, depth)
    if len(content) > limit_bytes:
        raise CannotRead("over_limit", f"As a message it has {len(content)} bytes; {limit_bytes} are allowed.")
    return _EOL.join([*map(_folded, head), b"MIME-Version: 1.0", content])


def _unfolded(value: bytes) -> bytes:
    """Return a value as it came, its folds kept as CRLF and blanks."""
    lines = value.strip().replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    return (_EOL + b"\t").join(line.strip() for line in lines if line.strip())


def _folded(line: bytes) -> bytes:
    """Return a field folded at blanks where it is long (RFC 5322, 2.2.3)."""
    if len(line) <= 78 or _EOL in line:
        return line
    out, current = list[bytes](), b""
    for word in line.split(b" "):
        if current and len(current) + 1 + len(word) > 78 and current.strip():
            out.append(current)
            current = b" " + word
        else:
            current = current + b" " + word if current else word
    return _EOL.join([*out, current])


def _content(item: OutlookItem, limit_bytes: int, depth: int) -> bytes:
    """Return the content fields and the body of a message: the text, or a multipart of text, HTML and attachments."""
    body = body_of(item, limit_bytes)
    text = "\n\n".join(filter(None, (details_of(item), body.text)))
    parts = [_text(text)]
    if body.html:
        charset = f'; charset="{body.charset}"' if body.charset else ""
        html = _part(f"text/html{charset}", "base64", _lines(body.html))
        parts = [_multipart("alternative", [*parts, html])]
    size = sum(map(len, parts))
    for number, attachment in enumerate(item.attachments, 1):
        part = _attachment(attachment, number, limit_bytes, depth)
        size += len(part)
        if size > limit_bytes:
            raise CannotRead("over_limit", f"With its attachments it has more than {limit_bytes} bytes.")
        parts.append(part)
    return parts[0] if len(parts) == 1 else _multipart("mixed", parts)


def _text(text: str) -> bytes:
    if text.isascii() and all(len(line) < 900 for line in text.split("\n")):
        return _part("text/plain; charset=us-ascii", "7bit", text.replace("\n", "\r\n").encode() + (_EOL if text else b""))
    quoted = binascii.b2a_qp(text.encode("utf-8", "replace"), istext=True).replace(b"\n", _EOL)
    return _part("text/plain; charset=utf-8", "quoted-printable", quoted + _EOL)


def _attachment(attachment: Attachment, number: int, limit_bytes: int, depth: int) -> bytes:
    name = attachment_name(attachment, number)
    if attachment.item is not None and depth < _DEPTH_MAX:
        inside = message_of(attachment.item, limit_bytes, depth=depth + 1)
        return _part("message/rfc822", "8bit" if not inside.isascii() else "7bit", inside, _disposition(name, attachment))
    if attachment.content is not None:
        mime = attachment.mime if _is_type(attachment.mime) and not attachment.mime.startswith(("multipart/", "message/")) else "application/octet-stream"
        return _part(mime, "base64", _lines(attachment.content), _disposition(name, attachment))
    why = attachment.trouble[1] if attachment.trouble else "It is nested too deep."
    return _part("text/plain; charset=utf-8", "base64", _lines(f"[The attachment {name} could not be had. {why}]\n".encode("utf-8", "replace")))


def attachment_name(attachment: Attachment, number: int) -> str:
    """Return the name under which an attachment is handed on: as said, of an item (else its subject) with the ending of a message."""
    said = attachment.name
    if attachment.item is not None:
        said = (said or attachment.item.properties.text(0x0037)).replace("/", "_").replace("\\", "_")
        name = safe_name(said) or f"item-{number}"
        return name if name.lower().endswith(".eml") else f"{name}.eml"
    return safe_name(said) or f"part-{number}.{extension_for(attachment.mime)}"


def _disposition(name: str, attachment: Attachment) -> list[str]:
    plain = name.replace("\\", "_").replace('"', "'")
    said = f'filename="{plain}"' if name.isascii() else f"filename*=utf-8''{quote(name, safe='')}"
    content_id = attachment.content_id
    shown = "inline" if content_id and content_id.isascii() else "attachment"
    out = [f"Content-Disposition: {shown}; {said}"]
    if shown == "inline":
        out.append(f"Content-ID: <{''.join(content_id.split()).strip('<>')}>")
    return out


def _is_type(mime: str) -> bool:
    kind, slash, sub = mime.partition("/")
    return bool(slash and kind and sub) and mime.isascii() and all(c.isalnum() or c in "/.+-_" for c in mime) and len(mime) < 100


def _part(content_type: str, encoding: str, content: bytes, further: list[str] | None = None) -> bytes:
    head = [f"Content-Type: {content_type}", f"Content-Transfer-Encoding: {encoding}", *(further or [])]
    return "\r\n".join(head).encode("ascii", "replace") + _EOL + _EOL + content


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    """Return parts as a multipart. Its boundary is made from the digest of the parts, so that it cannot stand in them by chance."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    boundary = f"=_{kind[:3]}_{digest.hexdigest()[:32]}".encode()
    out = [b'Content-Type: multipart/%s; boundary="%s"' % (kind.encode(), boundary), b""]
    for part in parts:
        out += [b"--" + boundary, part.removesuffix(_EOL)]
    return _EOL.join([*out, b"--" + boundary + b"--", b""])


def _lines(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", _EOL)
