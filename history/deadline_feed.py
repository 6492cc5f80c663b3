"""Deadlines as an iCalendar object (RFC 5545, with the properties of RFC 7986 for a calendar that is subscribed to).

Every deadline is an event of a whole day that takes up no time.  A calendar is copied to telephones and to servers of others: so an event
holds the name of the client, what the day is, who has to act and a sum, and no word of any record.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta

from history.deadlines import TITLES, Deadline
from history.reckoning import day_of

MEDIA_TYPE = "text/calendar; charset=utf-8"
LINE_OCTETS = 75
REFRESH = "PT6H"
_BY = {"client": "the client has to act", "provider": "we have to act"}


def calendar(name: str, found: Iterable[Deadline], clients: Mapping[str, str], now: datetime) -> bytes:
    """Return deadlines as an iCalendar object in UTF-8. `clients` has the names of the clients by id; `now` needs a zone."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Casetrail//Deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    for one in found:
        lines.extend(_event(one, clients.get(one.client_id, one.client_id), stamp))
    lines.append("END:VCALENDAR")
    return "".join(fold(line) for line in lines).encode("utf-8")


def _event(one: Deadline, client: str, stamp: str) -> Iterator[str]:
    day = day_of(one.day)
    if day is None:
        return
    sum_ = f" ({one.currency or ''} {one.amount:,.2f})".replace("( ", "(") if one.amount is not None else ""
    told = [TITLES[one.kind].capitalize() + sum_, f"State: {one.state}", *([_BY[one.by]] if one.by in _BY else []),
            f"Client {one.client_id}; rests on {', '.join(sorted({c.record_id for c in one.known.cites}))}"]  # fmt: skip
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(one)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}" if day.year < 9999 else "DURATION:P1D"
    yield f"SUMMARY:{text(f'{client}: {TITLES[one.kind]}{sum_}')}"
    yield f"DESCRIPTION:{text(chr(10).join(told))}"
    yield f"CATEGORIES:{text(one.kind.replace('_', ' '))}"
    yield "CLASS:CONFIDENTIAL"
    yield f"STATUS:{'TENTATIVE' if one.state == 'not known' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def uid(one: Deadline) -> str:
    """Return the same id for the same deadline, whenever it is asked for (RFC 7986, 5.3)."""
    parts = (one.client_id, one.kind, one.day, one.by or "", str(one.amount or ""))
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@casetrail"


def text(words: str) -> str:
    """Return a TEXT value: backslash, semicolon, comma and line feed escaped; control characters and lone surrogates gone (RFC 5545, 3.3.11)."""
    kept = "".join(c for c in words if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def fold(line: str) -> str:
    """Return a content line in pieces of at most LINE_OCTETS octets, no character cut, each after the first led by a blank (RFC 5545, 3.1)."""
    out: list[str] = []
    piece, size = "", 0
    for c in line:
        octets = len(c.encode("utf-8"))
        if size + octets > LINE_OCTETS:
            out.append(piece)
            piece, size = " ", 1
        piece += c
        size += octets
    return "\r\n".join((*out, piece)) + "\r\n"
