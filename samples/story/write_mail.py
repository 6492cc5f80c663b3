"""Messages, mailboxes and Maildirs from words (RFC 5322, RFC 2045, RFC 2047), without the clock or random boundaries."""
from __future__ import annotations

import base64
import hashlib
import quopri
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from story.people import Person


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a message. `mime` is what the sender's program called it."""
    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A message. `key` makes its Message-ID; `answers` are those before it in the thread, oldest first; `html` is a twin of `text`."""
    key: str
    sent: str
    sender: Person
    to: tuple[Person, ...]
    subject: str
    text: str
    cc: tuple[Person, ...] = ()
    answers: tuple[Message, ...] = ()
    attached: tuple[Attached, ...] = ()
    html: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def message_id(self) -> str:
        return f"<{self.key}@{self.sender.address.split('@')[1]}>"


def raw(message: Message, received: tuple[str, ...] = (), end: bytes = b"\n") -> bytes:
    """Return the message as bytes; `received` are Received headers (newest first) as the mailbox that holds it added them."""
    headers = [("Received", value) for value in received]
    headers += [
        ("Message-ID", message.message_id),
        ("Date", format_datetime(datetime.fromisoformat(message.sent))),
        ("From", message.sender.mailbox),
        ("To", ", ".join(person.mailbox for person in message.to)),
    ]
    if message.cc:
        headers.append(("Cc", ", ".join(person.mailbox for person in message.cc)))
    headers.append(("Subject", message.subject))
    if message.answers:
        headers.append(("In-Reply-To", message.answers[-1].message_id))
        headers.append(("References", "\n ".join(before.message_id for before in message.answers)))
    headers += list(message.extra)
    headers.append(("MIME-Version", "1.0"))
    head = "".join(f"{name}: {encoded(value)}\n" for name, value in headers).encode("ascii")
    return (head + body(message)).replace(b"\n", end)


def encoded(value: str) -> str:
    """Return a header value in ASCII, as an encoded word where it has other characters (RFC 2047, section 2)."""
    if value.isascii():
        return value
    return f"=?utf-8?B?{base64.b64encode(value.encode()).decode()}?="


def body(message: Message) -> bytes:
    mark = hashlib.sha256(message.key.encode()).hexdigest()[:24]
    text = words("plain", message.text)
    if message.html:
        text = multipart("alternative", f"=_alt_{mark}", [text, words("html", message.html)])
    if not message.attached:
        return text
    return multipart("mixed", f"=_mix_{mark}", [text, *(part(each) for each in message.attached)])


def words(subtype: str, text: str) -> bytes:
    head = f"Content-Type: text/{subtype}; charset=utf-8\nContent-Transfer-Encoding: "
    if text.isascii() and all(len(line) < 990 for line in text.splitlines()):
        return f"{head}7bit\n\n{text}\n".encode("ascii")
    return f"{head}quoted-printable\n\n".encode("ascii") + quopri.encodestring(text.encode()) + b"\n"


def multipart(subtype: str, mark: str, parts: list[bytes]) -> bytes:
    out = f'Content-Type: multipart/{subtype};\n boundary="{mark}"\n\n'.encode("ascii")
    for each in parts:
        out += b"--" + mark.encode() + b"\n" + each + b"\n"
    return out + b"--" + mark.encode() + b"--\n"


def part(attached: Attached) -> bytes:
    name = f'"{attached.name}"'
    head = f"Content-Type: {attached.mime};\n name={name}\nContent-Disposition: attachment;\n filename={name}\n"
    if attached.mime == "message/rfc822":
        return (head + "\n").encode("ascii") + attached.content
    return (head + "Content-Transfer-Encoding: base64\n\n").encode("ascii") + base64.encodebytes(attached.content)


def mbox(messages: list[Message]) -> bytes:
    """Return a mailbox in the mboxrd form: a `From ` line before each message, `>` before lines that look like one (RFC 4155)."""
    out = b""
    for message in messages:
        sent = datetime.fromisoformat(message.sent)
        content = raw(message)
        lines = [b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in content.split(b"\n")]
        out += f"From {message.sender.address} {sent:%a %b} {sent.day:2d} {sent:%H:%M:%S %Y}\n".encode("ascii") + b"\n".join(lines) + b"\n"
    return out
