"""The header fields of an Outlook item: those that came with it over the network, and those that only its properties tell.

Values are ASCII with encoded words (RFC 2047), so that they can stand in a message as well as be read by the mail reader.
"""
from __future__ import annotations

import base64
from datetime import datetime
from email.utils import format_datetime

from archive.model.extracted import Participant
from ingest.extract import mime
from ingest.extract.msg_item import OutlookItem
from ingest.extract.msg_properties import INTERNET, Properties

Field = tuple[str, str, bytes]
"""Name in lower case, name as written, raw value: as ingest/extract/mime.py has them."""

_RECIPIENTS = ((1, "To", 0x0E04), (2, "Cc", 0x0E03), (3, "Bcc", 0x0E02))
_OF_THE_BODY = ("content-", "mime-version")
_PEOPLE_MAX = 5000
_SENDER = (0x5D01, 0x0C1F, 0x0C1E, 0x0C1A)
_REPRESENTED = (0x5D02, 0x0065, 0x0064, 0x0042)


def fields_of(item: OutlookItem) -> list[Field]:
    """Return the header fields of an item in order: transport headers as they came (without those about the body), then what is built."""
    p = item.properties
    fields = transport(p)
    known = {name for name, _, _ in fields}
    built: list[tuple[str, str]] = []
    sender, represented = _mailbox(p, *_SENDER), _mailbox(p, *_REPRESENTED)
    if item.is_a("IPM.Contact", "IPM.DistList", "IPM.StickyNote"):
        sender = represented = ""
    built.append(("From", represented or sender))
    if sender and represented and _address(p, *_SENDER[:3]) != _address(p, *_REPRESENTED[:3]):
        built.append(("Sender", sender))
    for kind, name, shown in _RECIPIENTS:
        people = [_recipient(r) for r in item.recipients[:_PEOPLE_MAX] if (r.integer(0x0C15, 1) & 0x0F) == kind]
        if not people:
            people = [said for name_ in p.text(shown).split(";") if (said := _said(name_.strip(), ""))]
        built.append((name, ", ".join(filter(None, people))))
    built.append(("Reply-To", _said("", p.text(0x0050)) if "@" in p.text(0x0050) else ""))
    built.append(("Subject", encoded(p.text(0x0037) or _subject(p))))
    built.append(("Date", _date(p)))
    built.append(("Message-ID", _id(p.text(0x1035))))
    built.append(("In-Reply-To", " ".join(_id(x) for x in p.text(0x1042).split()[:1])))
    built.append(("References", p.text(0x1039).encode("ascii", "ignore").decode().replace("\n", " ")))
    index = p.binary(0x0071)
    built.append(("Thread-Index", base64.b64encode(index).decode() if 22 <= len(index) <= 2048 else ""))
    built.append(("Thread-Topic", encoded(p.text(0x0070))))
    built.append(("Importance", {0: "low", 2: "high"}.get(p.integer(0x0017, 1), "")))
    built.append(("Keywords", encoded(_keywords(p))))
    for name, value in built:
        if value and name.lower() not in known:
            fields.append((name.lower(), name, value.encode("ascii", "replace")))
    return fields


def transport(properties: Properties) -> list[Field]:
    """Return the headers with which a message came, [] without any. Those about the body are left out: the body is another one now."""
    text = properties.long_text(0x007D).lstrip("\n")
    if not text.strip():
        return []
    fields, _ = mime.split_header(text.encode("utf-8", "replace"), 0, 1 << 22)
    return [f for f in fields if not f[0].startswith(_OF_THE_BODY)]


def author_of(properties: Properties) -> tuple[Participant, ...]:
    """Return who made an item that was never sent (a contact, a note), as far as told."""
    name, address = properties.text(_SENDER[3]), _address(properties, *_SENDER[:3])
    return (Participant("author", address.lower(), name),) if name or address else ()


def _address(p: Properties, smtp: int, address: int, kind: int) -> str:
    if "@" in (told := p.text(smtp)):
        return told
    said, of_kind = p.text(address), p.text(kind).upper()
    if of_kind == "SMTP" or "@" in said:
        return said.removeprefix("SMTP:").removeprefix("smtp:")
    return said if of_kind == "EX" or said.upper().startswith("/O=") else ""


def _mailbox(p: Properties, smtp: int, address: int, kind: int, name: int) -> str:
    return _said(p.text(name), _address(p, smtp, address, kind))


def _recipient(p: Properties) -> str:
    address = _address(p, 0x39FE, 0x3003, 0x3002)
    if "@" not in address and p.binary(0x300B).upper().startswith(b"SMTP:"):
        address = p.binary(0x300B)[5:].rstrip(b"\0").decode("ascii", "replace").lower()
    return _said(p.text(0x3001, 0x5FF6, 0x3A20), address)


def _said(name: str, address: str) -> str:
    """Return a mailbox as it stands in a header. A name that is an address serves as one where there is no other."""
    name = " ".join(name.split()).strip("'\"")
    address = (" " if address.startswith("/") else "").join(address.split()).strip("<>'")
    if not address and "@" in name and " " not in name:
        return f"<{_ascii(name)}>"
    if not address:
        return _phrase(name)
    return f"{_phrase(name)} <{_ascii(address)}>" if name and name.lower() != address.lower() else f"<{_ascii(address)}>"


def _ascii(address: str) -> str:
    return address.encode("ascii", "xmlcharrefreplace").decode().replace("<", "").replace(">", "")


def _phrase(name: str) -> str:
    if not name:
        return ""
    if name.isascii():
        return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return encoded(name)


def encoded(text: str) -> str:
    """Return text as it may stand in a header: ASCII as it is, else encoded words of at most 75 characters (RFC 2047, 2)."""
    text = " ".join(text.split())
    if text.isascii() and "=?" not in text:
        return text
    words, at = list[str](), 0
    while at < len(text):
        end = at + 10
        while end < len(text) and len(text[at:end + 1].encode("utf-8", "replace")) <= 42:
            end += 1
        words.append(f"=?utf-8?B?{base64.b64encode(text[at:end].encode('utf-8', 'replace')).decode()}?=")
        at = end
    return " ".join(words)


def _subject(p: Properties) -> str:
    return f"{p.text(0x003D)} {p.text(0x0E1D)}".strip() if p.text(0x003D) else p.text(0x0E1D)


def _date(p: Properties) -> str:
    """Return when an item was sent, else delivered: what the Date field of a message says."""
    at = p.moment(0x0039, 0x0E06)
    return format_datetime(datetime.fromisoformat(at)) if at else ""


def date_basis(p: Properties) -> str:
    """Return which property gave the date."""
    return "property PidTagClientSubmitTime" if p.moment(0x0039) else "property PidTagMessageDeliveryTime" if p.moment(0x0E06) else ""


def _id(text: str) -> str:
    bare = "".join(text.encode("ascii", "ignore").decode().split()).strip("<>")
    return f"<{bare}>" if bare else ""


def _keywords(p: Properties) -> str:
    return p.named_text(INTERNET, "keywords")
