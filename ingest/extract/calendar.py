"""Calendars and invitations (iCalendar, RFC 5545; methods of RFC 5546): events, tasks and journals with times, zones and who was asked.

    Meeting request: Exit planning
    Start: 2025-01-16 14:00:00 Europe/London (2025-01-16T14:00:00+00:00)
    Organizer: Karen Doe <karen@x.example>

An entry is a paragraph; what recurs is stated as its rule, not written out.  Attachments that lie in the file are children.
"""
from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from archive.model.extracted import Child, Extracted, Segment
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.content_lines import ContentLine, lines_of
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.text import decode
from ingest.extract.turns import People, line

_ENTRIES = {"VEVENT": "Event", "VTODO": "Task", "VJOURNAL": "Journal", "VFREEBUSY": "Free and busy time"}
_METHODS = {"REQUEST": "Meeting request", "CANCEL": "Meeting cancelled", "REPLY": "Answer to a meeting request", "COUNTER": "Counter-proposal",
            "DECLINECOUNTER": "Counter-proposal declined", "REFRESH": "Request for the latest version", "ADD": "Further instances"}
_SHOWN = (("DTSTART", "Start"), ("DTEND", "End"), ("DUE", "Due"), ("DURATION", "Duration"), ("COMPLETED", "Completed"), ("RECURRENCE-ID", "Instance"),
          ("RRULE", "Repeats"), ("RDATE", "Also on"), ("EXDATE", "Not on"), ("FREEBUSY", "Busy"), ("LOCATION", "Location"),
          ("STATUS", "Status"),
          ("CLASS", "Class"), ("PRIORITY", "Priority"), ("CATEGORIES", "Categories"), ("ORGANIZER", "Organizer"), ("ATTENDEE",
          "Attendee"), ("CONTACT", "Contact"),
          ("RESOURCES", "Resources"), ("URL", "URL"), ("X-MICROSOFT-SKYPETEAMSMEETINGURL", "Online"), ("X-GOOGLE-CONFERENCE",
          "Online"), ("ATTACH", "Attached"),
          ("SEQUENCE", "Version"), ("LAST-MODIFIED", "Changed"), ("COMMENT", "Comment"), ("DESCRIPTION", "Description"))
_TIMES = frozenset(("DTSTART", "DTEND", "DUE", "COMPLETED", "RECURRENCE-ID", "RDATE", "EXDATE", "DTSTAMP", "LAST-MODIFIED", "CREATED"))
_PEOPLE = frozenset(("ORGANIZER", "ATTENDEE", "CONTACT"))
_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_STATES = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative", "NEEDS-ACTION": "not answered", "DELEGATED": "delegated"}
_ROLES = {"OPT-PARTICIPANT": "optional", "NON-PARTICIPANT": "for information", "CHAIR": "chair"}
ENTRIES_MAX = 50_000


@dataclass
class _Component:
    name: str
    lines: list[ContentLine] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        return next((each for each in self.lines if each.name == name), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.text if found else ""


def time_of(value: str, zone: str = "") -> tuple[str, str]:
    """Return a time (RFC 5545, 3.3.4 and 3.3.5) as ISO 8601, with offset where it is UTC or its zone is known, and as shown; ("", value) for none."""
    found = _TIME.fullmatch(value.strip())
    if not found:
        return "", value.strip()
    year, month, day, hour, minute, second, utc = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return "", value.strip()
    if hour is None:
        return moment.date().isoformat(), moment.date().isoformat()
    if utc:
        iso = moment.replace(tzinfo=UTC).isoformat()
        return iso, iso.replace("T", " ").replace("+", " +")
    iso = moment.isoformat()
    if zone:
        known = _zone(zone)
        return (moment.replace(tzinfo=known).isoformat() if known else iso), f"{iso.replace('T', ' ')} {line(zone, 80)}"
    return iso, iso.replace("T", " ")


def _zone(name: str) -> ZoneInfo | None:
    bare = name.strip().strip('"')
    bare = bare.rpartition("/mozilla.org/")[2].partition("/")[2] if "/mozilla.org/" in bare else bare.lstrip("/")
    try:
        return ZoneInfo(bare) if re.fullmatch(r"[A-Za-z_+\-0-9]{1,30}(?:/[A-Za-z_+\-0-9]{1,30}){0,2}", bare) else None
    except (OSError, ValueError, KeyError):
        return None


def _components(text: str) -> tuple[list[_Component], dict[str, str]]:
    """Return the entries with their own properties (those of alarms left out) and the properties of the calendar."""
    entries, about, stack = list[_Component](), dict[str, str](), list[_Component]()
    for each in lines_of(text):
        if each.name == "BEGIN":
            stack.append(_Component(each.value.strip().upper()))
            if stack[-1].name in _ENTRIES and len(entries) < ENTRIES_MAX:
                entries.append(stack[-1])
        elif each.name == "END":
            if stack:
                stack.pop()
        elif stack and stack[-1].name in _ENTRIES:
            stack[-1].lines.append(each)
        elif stack and stack[-1].name == "VCALENDAR":
            about.setdefault(each.name, line(each.text, 500))
    return entries, about


def _person(each: ContentLine, people: People) -> str:
    address = re.sub(r"^mailto:", "", each.value.strip(), flags=re.IGNORECASE)
    name = line(each.parameters.get("CN", ""), 200)
    mail = address if "@" in address else each.parameters.get("EMAIL", "")
    people.add(name or mail, mail, "speaker" if each.name == "ORGANIZER" else "member")
    said = {key: each.parameters.get(key, "").upper() for key in ("ROLE", "PARTSTAT", "CUTYPE")}
    about = [_ROLES.get(said["ROLE"], ""), _STATES.get(said["PARTSTAT"], "") if each.name == "ATTENDEE" else "",
             said["CUTYPE"].lower() if said["CUTYPE"] in ("ROOM", "RESOURCE", "GROUP") else ""]
    shown = f"{name} <{mail}>" if name and mail and name.lower() != mail.lower() else name or mail or line(each.value)
    known = ", ".join(a for a in about if a)
    return f"{shown} ({known})" if known else shown


def _paragraph(entry: _Component, method: str, people: People) -> str:
    title = line(entry.text("SUMMARY"), 500)
    kind = _METHODS.get(method, _ENTRIES[entry.name]) if entry.name == "VEVENT" else _ENTRIES[entry.name]
    if entry.text("STATUS").upper() == "CANCELLED":
        kind = _METHODS["CANCEL"]
    out = [f"{kind}: {title}" if title else kind]
    by_name: dict[str, list[ContentLine]] = {}
    for each in entry.lines:
        by_name.setdefault(each.name, []).append(each)
    for name, label in _SHOWN:
        for each in by_name.get(name, ()):
            if name in _PEOPLE:
                value = _person(each, people)
            elif name in _TIMES:
                value = ", ".join(_shown_time(v, each) for v in each.value.split(",")[:500])
            elif name == "ATTACH":
                value = _file_name(each) or each.parameters.get("FMTTYPE", "file") if _is_inline(each) else each.text
            else:
                value = each.text
            if value.strip():
                out.append(f"{label}: " + value.strip().replace("\n", "\n  "))
    return "\n".join(out)


def _shown_time(value: str, each: ContentLine) -> str:
    zone = each.parameters.get("TZID", "")
    iso, shown = time_of(value, zone)
    return f"{shown} ({iso})" if zone and iso and iso[19:] else shown


def _is_inline(each: ContentLine) -> bool:
    return each.parameters.get("VALUE", "").upper() == "BINARY" or each.parameters.get("ENCODING", "").upper() == "BASE64"


def _file_name(each: ContentLine) -> str:
    return each.parameters.get("FILENAME") or each.parameters.get("X-FILENAME") or ""


def _attached(entries: list[_Component]) -> Iterator[Child]:
    names = UniqueNames()
    for each in (a for entry in entries for a in entry.lines if a.name == "ATTACH" and _is_inline(a)):
        try:
            content = binascii.a2b_base64(each.value.encode("ascii", "ignore"))
        except binascii.Error:
            continue
        if content:
            name = safe_name(_file_name(each))
            yield Child(names.give(name or "attachment"), content, line(each.parameters.get("FMTTYPE", ""), 100))


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    entries, about = _components(text)
    if not entries:
        if "BEGIN:VCALENDAR" not in text.upper():
            raise CannotRead("damaged", "It is no calendar.")
        raise CannotRead("empty", "The calendar holds no entries.")
    yield from _attached(entries)
    method, people, parts, segments, at = about.get("METHOD", "").upper(), People(), list[str](), list[Segment](), 0
    head = f"Calendar: {about['X-WR-CALNAME']}\n\n" if about.get("X-WR-CALNAME") else ""
    at = len(head)
    for entry in entries:
        shown = _paragraph(entry, method, people)
        start = entry.first("DTSTART") or entry.first("DUE")
        segments.append(Segment("paragraph", at, at + len(shown), "", time_of(start.value, start.parameters.get("TZID", ""))[0] if start else ""))
        parts.append(shown)
        at += len(shown) + 2
    first = entries[0]
    metadata = {"charset": charset, "ics:entries": str(len(entries))}
    metadata |= {f"ics:{k.lower()}": v for k, v in about.items() if k in ("METHOD", "PRODID", "X-WR-TIMEZONE")}
    metadata |= {f"ics:{k.lower()}": line(first.text(k), 500) for k in ("UID", "SEQUENCE", "STATUS") if first.text(k)}
    metadata |= {"ics:dtstart": segments[0].at} if segments[0].at else {}
    stamp = first.first("DTSTAMP") or first.first("CREATED")
    yield Extracted(Done(), text=head + "\n\n".join(parts), segments=tuple(segments), participants=people.all(),
                    subject=first.text("SUMMARY") if len(entries) == 1 or method else about.get("X-WR-CALNAME") or first.text("SUMMARY"),
                    created_at=time_of(stamp.value)[0] if stamp else "", metadata=metadata)


EXTRACTORS = (Extractor("calendar", "1", bids({"ics": 1.0}), _read),)
