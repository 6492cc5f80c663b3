"""Mails that exist only as quoted or forwarded words inside another become records of their own, marked as derived from it.

Their bytes are made by us, from the quoted words and from what the block above them tells (the same words give the same bytes); they lie in
the family of the mail that quotes them, so they are seen and held with it.  When the mail itself comes after all, it goes before them.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from email.utils import format_datetime, formataddr

from archive.model.item import Place
from archive.model.run import Trouble
from archive.ports import OpenQuote
from archive.wiring import Archive
from ingest.arrivals import Arrival, Carrier

_QUOTE_MARKS = re.compile(r"^(?:[ \t]?>)+ ?", re.MULTILINE)


def derive(archive: Archive, flow: Callable[[Iterator[Arrival | Trouble]], bool]) -> bool:
    """Let what is only quoted go through the flow; False when the flow was asked to stop."""
    while quotes := archive.catalogue.open_quotes():
        if not flow(_arrival(quote) for quote in quotes):
            return False
        archive.catalogue.close_quotes(quotes)
    return True


def _arrival(open_quote: OpenQuote) -> Arrival:
    parent = open_quote.item
    content = rfc822(open_quote)
    name = f"quoted-{open_quote.ordinal + 1}.eml"
    place = Place(parent.place.path, parent.place.canonical, name if parent.place.inner is None else f"{parent.place.inner}#{name}")
    return Arrival(place, content, None, "message/rfc822", "", len(content), Carrier(parent, "quote"), 100_000 + open_quote.ordinal, derived=True)


def rfc822(open_quote: OpenQuote) -> bytes:
    """Return the quoted mail as a message (RFC 5322): its head as told, `-0000` for a zone that nobody told, its words without quote marks."""
    quote = open_quote.quote
    head = [
        f"From: {_one_line(quote.sender) if '@' in quote.sender else formataddr((_one_line(quote.sender), ''))}",
        f"Date: {_date(quote.date)}",
        f"Subject: {_one_line(quote.subject or open_quote.subject)}",
        *([f"To: {_one_line(quote.to)}"] if quote.to else []),
        f"X-Casetrail-Derived-From: {open_quote.item.record_id}",
        "MIME-Version: 1.0", 'Content-Type: text/plain; charset="utf-8"', "Content-Transfer-Encoding: 8bit",
    ]
    body = _QUOTE_MARKS.sub("", open_quote.words).strip("\n")
    return ("\r\n".join(head) + "\r\n\r\n" + body.replace("\n", "\r\n") + "\r\n").encode("utf-8", "replace")


def _date(told: str) -> str:
    moment = datetime.fromisoformat(told)
    return format_datetime(moment)      # a moment without a zone is written with -0000 (RFC 5322, section 3.3)


def _one_line(words: str) -> str:
    return " ".join(words.split())
