"""Mail messages (RFC 5322, MIME): the body as read, the headers, the people, and every attachment as a child with its bytes.

The text of a message is its body alone: text parts as they were written, else the HTML part as it shows.  What the headers say goes to
`mail`, `participants` and `metadata`.  A part that cannot be read never costs the rest of the mail.
"""
from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed, Outcome
from ingest.extract import headers, mime
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.email_headers import header_metadata, mail_of, people_of
from ingest.extract.html import declared_charset
from ingest.extract.markup import show
from ingest.extract.mime import Entity
from ingest.extract.mime_blocks import Block, unflowed, without_blocks
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.quotes import split
from ingest.extract.text import clean, decode
from ingest.identify.formats import extension_for

_READABLE = frozenset(("message/delivery-status", "message/disposition-notification", "message/feedback-report", "message/partial",
                       "message/global-delivery-status", "text/rfc822-headers"))
_TEXTS = frozenset(("text/plain", "text/html", "text/enriched", "text/richtext"))
_SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_SIGNED_MAX = 8
_SHORT_CHARS = 200


@dataclass(frozen=True, slots=True)
class _Attached:
    """An attachment: the part, the bytes that it is a slice of, whether it is shown in the body, and whether it is a resource fork."""
    raw: bytes
    entity: Entity
    inline: bool = False
    fork: bool = False


@dataclass(slots=True)
class _Body:
    """What was gathered of a message: pieces of text with their quoted stretches, and what is attached."""
    limit_bytes: int
    pieces: list[tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=list)
    attached: list[_Attached | Block] = field(default_factory=list)
    charset: str = ""
    html: bool = False
    sealed: str = ""
    signed: int = 0
    notes: list[str] = field(default_factory=list)


def read_message(work: Work) -> Iterator[Part]:
    """Yield the attachments of a message and, last, what it says. Raises CannotRead."""
    raw = work.content
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # saved by an editor; the parts of such a file are text all through
        raw = raw.decode("utf-16", "replace").encode()
    if b"\n" not in raw[:1 << 16] and b"\r" in raw[:1 << 16]:
        raw = raw.replace(b"\r", b"\n")  # line ends of the old Macintosh; no byte moves
    root = mime.parse(raw)
    if not root.fields and not raw.strip():
        raise CannotRead("empty", "The message holds nothing.")
    body = _Body(work.limits.item_bytes)
    _gather(raw, root, body)
    yield from _children(body, work.limits.members)
    text, quotes = _joined(body.pieces)
    segments, quoted = split(text, quotes)
    mail = mail_of(root)
    yield Extracted(
        _outcome(root, body, text), text=text, segments=segments, participants=people_of(root),
        subject=headers.words(root.get("subject") or b"")[:2000], mail=mail, created_at=mail.sent_at,
        metadata=_metadata(root, body), conversation=_whole(root), quoted=quoted)


def _outcome(root: Entity, body: _Body, text: str) -> Outcome:
    words = text.strip()
    if not root.fields and not words and not body.attached:
        return Failed("damaged", "There is neither a header nor a body.")
    if body.sealed and not words:
        return Failed("encrypted", f"The message is encrypted ({body.sealed}); it is kept as it came.")
    if words.startswith("-----BEGIN PGP MESSAGE-----") and words.endswith("-----END PGP MESSAGE-----"):
        return Failed("encrypted", "The body is encrypted (PGP); it is kept as it came.")
    if root.content_type == "message/partial":
        body.notes.append(f"a piece of a message: {root.parameters.get('number', '?')[:10]} of {root.parameters.get('total', '?')[:10]}")
    if not words:
        body.notes.append("the message has no body" + (", only attachments" if body.attached else ""))
    return Done("; ".join(dict.fromkeys(body.notes)))


# ---------------------------------------------------------------- body and attachments

def _gather(raw: bytes, root: Entity, body: _Body) -> None:
    """Gather body and attachments, in the order of the message, without recursion. What a signature wraps is opened in its place."""
    queue = [(raw, root, root)]
    while queue:
        raw, entity, root = queue.pop()
        if entity.cut:
            body.notes.append(f"parts nested deeper than {mime.MIME_DEPTH} or beyond {mime.PARTS_MAX} were left unread")
        kind = entity.content_type
        if kind.startswith("multipart/") and (entity.parts or entity is root):
            if kind == "multipart/encrypted":
                body.sealed = body.sealed or ("PGP" if "pgp" in entity.parameters.get("protocol", "pgp").lower() else "encrypted parts")
            if entity.parts:
                queue.extend((raw, part, root) for part in reversed(_chosen(raw, entity)))
            else:  # the boundary was lost: what is there is text
                _add_text(raw, entity, body, "text/plain")
            continue
        if kind.startswith("multipart/"):
            if raw[entity.body:entity.end].strip():
                body.attached.append(_Attached(raw, entity))
            continue
        if kind in _SEALED and (inner := _unwrapped(raw, entity, body)) is not None:
            parsed = mime.parse(inner)
            queue.append((inner, parsed, parsed))
            continue
        disposition = headers.as_text(entity.get("content-disposition") or b"").lower()
        named = bool(_file_name(entity))
        if entity is root and not disposition.startswith("attachment") and (kind.startswith("text/") or not named):
            if kind.startswith("text/") or kind in ("application/text", "message/plain", "message/partial"):
                _add_text(raw, entity, body, kind)
            elif raw[entity.body:entity.end].strip():
                body.attached.append(_Attached(raw, entity))
            continue
        if kind in _TEXTS and not disposition.startswith("attachment") and not named:
            _add_text(raw, entity, body, kind)
        elif kind in _READABLE and not named:
            _add_text(raw, entity, body, "text/plain")
        elif mime.decoded(raw, entity).strip() or named or not kind.startswith("text/"):
            inline = disposition.startswith("inline") or (entity.get("content-id") is not None and not disposition.startswith("attachment"))
            body.attached.append(_Attached(raw, entity, inline, kind == "application/applefile"))


def _unwrapped(raw: bytes, entity: Entity, body: _Body) -> bytes | None:
    """Return the message inside a signature or packing, None where there is none to be had; sealed content is noted."""
    from ingest.extract.p7m_cms import opened
    if body.signed >= _SIGNED_MAX:
        return None
    try:
        cms = opened(mime.decoded(raw, entity), body.limit_bytes)
    except CannotRead as error:
        body.notes.append(f"its S/MIME content could not be read: {error.reason}")
        return None
    if cms.kind == "encrypted":
        body.sealed = "S/MIME"
        return None
    if cms.content is None:
        return None
    body.signed += 1
    return cms.content


def _chosen(raw: bytes, entity: Entity) -> list[Entity]:
    """Return the parts of a multipart that count. Of alternatives the plain text, else the HTML, and whatever is no version of the text."""
    if entity.content_type != "multipart/alternative":
        return entity.parts
    plain = [p for p in entity.parts if p.content_type == "text/plain" and mime.decoded(raw, p).strip()]
    if plain and not _is_stub(raw, plain[-1], entity.parts):
        keep = plain[-1]
        return [p for p in entity.parts if p is keep or not _is_twin(p)] + [
            q for p in entity.parts if p.content_type == "multipart/related" and _is_twin(p) for q in p.parts[1:]]
    return [p for p in entity.parts if p.content_type != "text/plain"] or entity.parts


def _is_stub(raw: bytes, plain: Entity, parts: list[Entity]) -> bool:
    """Say whether the plain text only says that there is an HTML text, or little more: that one shows five times as much."""
    said = mime.decoded(raw, plain)
    if len(said.strip()) >= _SHORT_CHARS:
        return False
    html = next((p for p in parts if p.content_type == "text/html"), None)
    if html is None or html.end - html.body < 10 * len(said):
        return False
    shown = show(decode(mime.decoded(raw, html), html.parameters.get("charset", ""))[0]).text
    return len(shown.split()) > 5 * len(said.split()) + 20


def _is_twin(part: Entity) -> bool:
    """Say whether an alternative is the body once more: text, or a multipart around an HTML text."""
    if part.content_type == "multipart/related":
        return bool(part.parts) and (part.parts[0].content_type == "text/html" or part.parts[0].content_type == "multipart/alternative")
    return part.content_type in ("text/plain", "text/html", "text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html")


def _add_text(raw: bytes, entity: Entity, body: _Body, kind: str) -> None:
    content = mime.decoded(raw, entity)
    charset = entity.parameters.get("charset", "")
    if kind == "text/html":
        html, how = decode(content, charset or declared_charset(content))
        page = show(html)
        text, quotes = page.text, page.quotes
        if clean(text) != text:
            text, quotes = clean(text), ()
        body.html = True
    else:
        content, blocks = without_blocks(content)
        body.attached.extend(blocks)
        body.notes.extend(f"{block.name} {block.note}" for block in blocks if block.note)
        text, how = decode(content, charset)
        if entity.parameters.get("format", "").lower() == "flowed":
            text = unflowed(text, entity.parameters.get("delsp", "").lower() == "yes")
        quotes = ()
    if text.strip():
        body.pieces.append((text, quotes))
        body.charset = body.charset or how


def _joined(pieces: list[tuple[str, tuple[tuple[int, int], ...]]]) -> tuple[str, list[tuple[int, int]]]:
    """Return the pieces as one text, a blank line between them, and their quoted stretches in it."""
    out, quotes, length = list[str](), list[tuple[int, int]](), 0
    for text, known in pieces:
        text = text.rstrip()
        if out:
            out.append("\n\n")
            length += 2
        quotes.extend((a + length, b + length) for a, b in known)
        out.append(text)
        length += len(text)
    return "".join(out), quotes


def _children(body: _Body, members: int) -> Iterator[Part]:
    names = UniqueNames()
    for number, each in enumerate(body.attached, 1):
        if isinstance(each, Block):
            name, content, kind, modified, inline = safe_name(each.name) or f"part-{number}.bin", each.content, "", "", False
        else:
            raw, entity = each.raw, each.entity
            kind, modified, inline = entity.content_type, _modified(entity), each.inline
            name = _file_name(entity) or _made_name(raw, entity, number)
            name = f"._{name}" if each.fork else name
            content = raw[entity.body:entity.end] if kind.startswith("multipart/") else mime.decoded(raw, entity)
        name = names.give(name)
        if number > members:
            yield Unread(name, Failed("over_limit", f"The message has more than {members} attachments."))
            continue
        yield Child(name, content, kind, modified, inline)


def _file_name(entity: Entity) -> str:
    disposition = entity.get("content-disposition")
    name = headers.parameters(headers.as_text(disposition)).get("filename", "") if disposition is not None else ""
    return safe_name(name) or safe_name(entity.parameters.get("name", ""))


def _made_name(raw: bytes, entity: Entity, number: int) -> str:
    """Return a name for a part that has none: the subject of a message, else its place."""
    if entity.content_type in ("message/rfc822", "message/global"):
        inner, _ = mime.split_header(raw, entity.body, min(entity.end, entity.body + (1 << 18)))
        subject = next((headers.words(value) for name, _, value in inner if name == "subject"), "")
        if (name := safe_name(subject.replace("/", "_").replace("\\", "_"))):
            return f"{name}.eml"
    extension = {"message/rfc822": "eml", "text/rfc822-headers": "txt", "application/pkcs7-signature": "p7s"}.get(entity.content_type)
    return f"part-{number}.{extension or extension_for(entity.content_type)}"


def _modified(entity: Entity) -> str:
    disposition = entity.get("content-disposition")
    if disposition is None or b"date" not in disposition.lower():
        return ""
    said = headers.parameters(headers.as_text(disposition))
    return headers.moment((said.get("modification-date") or said.get("creation-date") or "").encode())[0]


def _metadata(root: Entity, body: _Body) -> dict[str, str]:
    found = {"charset": body.charset} if body.charset else {}
    if body.html:
        found["body"] = "html"
    if body.signed:
        found["email:signed"] = "S/MIME"
    if root.content_type == "message/partial":
        said = root.parameters
        found["email:partial"] = f"{said.get('number', '?')[:10]} of {said.get('total', '?')[:10]}, {said.get('id', '')[:200]}"
    return found | header_metadata(root)


def _whole(root: Entity) -> str:
    """Return what the pieces of one message have in common, "" for a message that is no piece."""
    return f"partial:{root.parameters.get('id', '')[:200]}" if root.content_type == "message/partial" and root.parameters.get("id") else ""


EXTRACTORS = (Extractor("email", "2", bids({"email": 1.0}), read_message),)
