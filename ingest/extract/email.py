"""Mail messages (RFC 5322, MIME): the body as read, the headers, the people, and every attachment as a child with its bytes.

The text of a message is its body alone: text parts as they were written, else the HTML part as it shows.  What the headers say goes to
`mail`, `participants` and `metadata`.  A part that cannot be read never costs the rest of the mail.
"""
from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.model.extracted import Child, Extracted, Mail, Participant, Unread
from archive.model.outcome import Done, Failed, Outcome
from ingest.extract import headers, mime
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.html import declared_charset
from ingest.extract.markup import show
from ingest.extract.mime import Entity
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.quotes import segments
from ingest.extract.text import clean, decode
from ingest.identify.formats import extension_for

_ROLES = (("from", "from"), ("sender", "sender"), ("to", "to"), ("cc", "cc"), ("bcc", "bcc"), ("reply-to", "reply_to"))
_READABLE = frozenset(("message/delivery-status", "message/disposition-notification", "message/feedback-report"))
_HEADERS_MAX = 500
_PEOPLE_MAX = 5000


@dataclass(slots=True)
class _Body:
    """What was gathered of a message: pieces of text with their quoted stretches, and the parts that are attachments."""
    pieces: list[tuple[str, tuple[tuple[int, int], ...]]] = field(default_factory=list)
    attached: list[tuple[Entity, bool]] = field(default_factory=list)
    charset: str = ""
    html: bool = False
    notes: list[str] = field(default_factory=list)


def _read(work: Work) -> Iterator[Part]:
    raw = work.content
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):  # saved by an editor; the parts of such a file are text all through
        raw = raw.decode("utf-16", "replace").encode()
    if b"\n" not in raw[:1 << 16] and b"\r" in raw[:1 << 16]:
        raw = raw.replace(b"\r", b"\n")  # line ends of the old Macintosh; no byte moves
    root = mime.parse(raw)
    if not root.fields and not raw.strip():
        raise CannotRead("empty", "The message holds nothing.")
    body = _gather(raw, root)
    yield from _children(raw, body, work.limits.members)
    text, quotes = _joined(body.pieces)
    mail = _mail(root)
    yield Extracted(
        _outcome(root, body), text=text, segments=segments(text, quotes), participants=_people(root),
        subject=headers.words(root.get("subject") or b"")[:2000], mail=mail, created_at=mail.sent_at,
        metadata=_metadata(root, body))


def _outcome(root: Entity, body: _Body) -> Outcome:
    if not root.fields and not any(text.strip() for text, _ in body.pieces) and not body.attached:
        return Failed("damaged", "There is neither a header nor a body.")
    return Done("; ".join(dict.fromkeys(body.notes)))


# ---------------------------------------------------------------- body and attachments

def _gather(raw: bytes, root: Entity) -> _Body:
    """Return body and attachments, in the order of the message, without recursion."""
    body, queue = _Body(), [root]
    while queue:
        entity = queue.pop()
        if entity.cut:
            body.notes.append(f"parts nested deeper than {mime.MIME_DEPTH} or beyond {mime.PARTS_MAX} were left unread")
        kind = entity.content_type
        if kind.startswith("multipart/") and (entity.parts or entity is root):
            if entity.parts:
                queue.extend(reversed(_chosen(raw, entity)))
            else:  # the boundary was lost: what is there is text
                _add_text(raw, entity, body, "text/plain")
            continue
        if kind.startswith("multipart/"):
            body.attached.append((entity, False))
            continue
        disposition = headers.as_text(entity.get("content-disposition") or b"").lower()
        named = bool(_file_name(entity))
        if entity is root and not disposition.startswith("attachment") and (kind.startswith("text/") or not named):
            if kind.startswith("text/") or kind in ("application/text", "message/plain"):
                _add_text(raw, entity, body, kind)
            elif raw[entity.body:entity.end].strip():
                body.attached.append((entity, False))
            continue
        if kind in ("text/plain", "text/html", "text/enriched", "text/richtext") and not disposition.startswith("attachment") and not named:
            _add_text(raw, entity, body, kind)
        elif kind in _READABLE and not named:
            _add_text(raw, entity, body, "text/plain")
        elif mime.decoded(raw, entity).strip() or named or not kind.startswith("text/"):
            inline = disposition.startswith("inline") or (entity.get("content-id") is not None and not disposition.startswith("attachment"))
            body.attached.append((entity, inline))
    return body


def _chosen(raw: bytes, entity: Entity) -> list[Entity]:
    """Return the parts of a multipart that count. Of alternatives the plain text, else the HTML, and whatever is no version of the text."""
    if entity.content_type != "multipart/alternative":
        return entity.parts
    plain = [p for p in entity.parts if p.content_type == "text/plain" and mime.decoded(raw, p).strip()]
    if plain:
        keep = plain[-1]
        return [p for p in entity.parts if p is keep or not _is_twin(p)] + [
            q for p in entity.parts if p.content_type == "multipart/related" and _is_twin(p) for q in p.parts[1:]]
    return [p for p in entity.parts if p.content_type != "text/plain"] or entity.parts


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
        text, how = decode(content, charset)
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


def _children(raw: bytes, body: _Body, members: int) -> Iterator[Part]:
    names = UniqueNames()
    for number, (entity, inline) in enumerate(body.attached, 1):
        name = names.give(_file_name(entity) or _made_name(raw, entity, number))
        if number > members:
            yield Unread(name, Failed("over_limit", f"The message has more than {members} attachments."))
            continue
        kind = entity.content_type
        content = raw[entity.body:entity.end] if kind.startswith("multipart/") else mime.decoded(raw, entity)
        yield Child(name, content, kind, _modified(entity), inline)


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


# ---------------------------------------------------------------- headers

def _people(root: Entity) -> tuple[Participant, ...]:
    found: dict[Participant, None] = {}
    for header, role in _ROLES:
        for raw in root.all(header):
            for name, address in headers.addresses(raw):
                found.setdefault(Participant(role, address, name))  # type: ignore[arg-type]
                if len(found) >= _PEOPLE_MAX:
                    return tuple(found)
    return tuple(found)


def _mail(root: Entity) -> Mail:
    sent_at, basis = _sent(root)
    return Mail(
        message_id=headers.message_id(root.get("message-id")), in_reply_to=headers.message_ids(root.get("in-reply-to")),
        references=headers.message_ids(root.get("references")), thread_index="".join(headers.as_text(root.get("thread-index") or b"").split()),
        sent_at=sent_at, sent_basis=basis,
        headers=tuple((written, headers.words(value)) for _, written, value in root.fields[:_HEADERS_MAX]))


def _sent(root: Entity) -> tuple[str, str]:
    """Return when a message was sent: by its Date field, else by the first server that took it (the last Received field)."""
    for name in ("date", "resent-date"):
        at, note = headers.moment(root.get(name))
        if at:
            return at, f"header {name.title()}" + (f" ({note})" if note else "")
    for raw in reversed(root.all("received")):
        at, _ = headers.moment(raw.rpartition(b";")[2])
        if at:
            return at, "header Received"
    at, _ = headers.moment(root.get("delivery-date"))
    return (at, "header Delivery-Date") if at else ("", "")


def _metadata(root: Entity, body: _Body) -> dict[str, str]:
    found = {"charset": body.charset} if body.charset else {}
    if body.html and not found.get("body"):
        found["body"] = "html"
    for header, key in (("x-mailer", "email:mailer"), ("user-agent", "email:mailer"), ("auto-submitted", "email:auto-submitted"),
                        ("precedence", "email:precedence"), ("list-id", "email:list-id"), ("thread-topic", "email:thread-topic"),
                        ("importance", "email:importance"), ("content-language", "email:content-language")):
        if (value := root.get(header)) is not None:
            found.setdefault(key, headers.words(value)[:500])
    return found


EXTRACTORS = (Extractor("email", "1", bids({"email": 1.0}), _read),)
