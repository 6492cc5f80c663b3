"""Chats and calls that are lines of text already: WhatsApp (Android and iOS, many languages), IRC, Telegram, Teams and meeting tools as copied.

The text stays as it stands, the segments point into it.  Day and month are told apart over the whole file (`moments.order_of`), and the
metadata say by what.  Lines without a sender (joins, notices of the program) are turns without a speaker.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.model.extracted import Extracted, Segment
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.moments import DATE, TIME, Written, clock, day_in, local, order_of, written
from ingest.extract.text import decode
from ingest.extract.turns import line, speakers

SNIFF_CHARS = 1 << 14
_MARKS = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_ZONE = r"\s?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?"
_DATED = re.compile(rf"^[{_MARKS}]*(?P<open>[\[(])?{DATE}(?P<before>[^\d\n\[\]()]{{1,14}}?){TIME}(?:[.,]\d{{1,6}})?{_ZONE}"
                    rf"(?P<after>[^\d\n\[\]():–<*-]{{0,14}}?)(?P<close>[\])]:?[ \t]?|[ \t\u202f\xa0][-–][ \t]|:[ \t]|\t|[ \t](?=[<*=-]))", re.MULTILINE)
_TIMED = re.compile(rf"^[{_MARKS}]*(?P<open>[\[(])?(?P<before>){TIME}(?:[.,]\d{{1,6}})?(?P<after>[ \t]?[ap]\.?m\.?)?"
                    r"(?P<close>[\])]:?[ \t]|[ \t][-–][ \t]|[ \t])",
                    re.MULTILINE | re.IGNORECASE)
_HEADED = re.compile(rf"^[ \t]*(?P<who>[^\W\d_][^\n:\[\]()<>=|;]{{1,60}}?)(?:,|:)?[ \t]{{1,8}}"
                     rf"[\[(]?(?:{DATE},?[ \t])?(?P<before>){TIME}(?P<after>[ \t]?[AaPp]\.?[Mm]\.?)?"
                     rf"[\])]?:?[ \t]*$", re.MULTILINE)
_WHO = re.compile(r"(?:<[@+%&~! ]?(?P<nick>[^<>\n]{1,60})>|(?P<who>[^\n:<>\t]{1,100}?)(?::(?=\s|\Z)|\t))")
_IRC_NOTICE = re.compile(r"(?:\*{1,3}|-!-|-->|<--|={3}|-{2,3})[ \t]")
_ACTION = re.compile(r"\*[ \t]+(?P<nick>[^\s<>]{1,60})[ \t]")
_DAY_LINE = re.compile(r"^(?:--- (?:Log opened|Day changed)|\*{4} BEGIN LOGGING AT)\s\w{3}\s(?P<month>\w{3})\s+(?P<day>\d{1,2})\s(?:[\d:]+\s)?(?P<year>\d{4})",
                       re.MULTILINE)
_LEVELS = frozenset(["info", "warn", "warning", "error", "debug", "trace", "fatal", "critical", "notice", "severe", "fine", "err", "emerg", "alert"])
_QUOTES = frozenset("\"“”„«»")
_WHATSAPP_NAME = re.compile(r"whats\s?app|^_chat\b", re.IGNORECASE)
_NAME_WORDS = re.compile(
    r"^(?:(?:whatsapp|chat|chats|discussion|conversation|unterhaltung|verlauf|conversa|conversaci[oó]n|gesprek|gespräch|chatverlauf|konwersacja|"
    r"with|mit|avec|con|com|met|de|do|del|da|di|z|en|the|of|von|mit)\b[\s_-]*)+", re.IGNORECASE)
_ATTACHED = re.compile(rf"<[^<>:\n]{{2,30}}:\s?([^<>\n/\\]{{1,200}})>"
                       rf"|(?:(?<=: )|(?<=: \u200e))([\w\-. ]{{1,120}}\.\w{{2,5}})[{_MARKS}]?\s\([^()\n]{{4,60}}\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The first line of a message: where it begins, its time, where its words begin, and who speaks."""
    start: int
    time: re.Match[str]
    words: int
    who: str


def _begun(text: str, pattern: re.Pattern[str]) -> Iterator[_Begun]:
    for found in pattern.finditer(text):
        at = found.end()
        if "who" in found.re.groupindex:
            yield _Begun(found.start(), found, at, line(found["who"].strip(" ,"), 100))
            continue
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        action = _ACTION.match(text, at, end)
        if action:
            yield _Begun(found.start(), found, action.end(), line(action["nick"], 100))
            continue
        who = None if _IRC_NOTICE.match(text, at, end) else _WHO.match(text, at, end)
        name = line((who["nick"] or who["who"] or "").strip(" ~"), 100) if who else ""
        if not who or not name or _QUOTES & set(name):
            yield _Begun(found.start(), found, at, "")
        else:
            yield _Begun(found.start(), found, who.end(), name)


def _likely(begun: list[_Begun], lines: int, fewest: int) -> bool:
    """Say whether lines that begin with a time are messages: most of them name a sender, none is a level of a log."""
    named = [b.who.lower() for b in begun if b.who]
    if len(named) < fewest or len(named) * 2 < len(begun) or any(n in _LEVELS or n.split("[")[0].split(" ")[0] in _LEVELS for n in named):
        return False
    return len(begun) * 4 >= lines or len(named) >= 8


def lines_format(text: str, name: str = "") -> str:
    """Return `whatsapp`, `chat-txt`, `transcript-txt` for a text that is made of messages, "" for any other. Looks at its beginning only."""
    head = text[:SNIFF_CHARS]
    form = _form(head, name)
    if form is None:
        return ""
    if form is _DATED:
        return "whatsapp" if _WHATSAPP_NAME.search(name) or not any(head.startswith("<", b.time.end()) for b in _begun(head, _DATED)) else "chat-txt"
    return "transcript-txt" if _is_recording(head, form, name) else "chat-txt"


_PADDED_CLOCK = re.compile(r"^\W{0,3}(?:0\d|1[0-2])/(?:0\d|1[0-2])/(?:19|20)\d\d,? \d{1,2}:\d\d(?::\d\d)?[ \u202f\u00a0](?:am|pm)\b", re.MULTILINE)
_SPANISH_CLOCK = re.compile(r"\d[ \u00a0\u202f]?[ap]\.[ \u00a0\u202f]m\.", re.IGNORECASE)
"""`9:41 a. m.`: where it is written so, the day stands before the month."""


def _form(text: str, name: str) -> re.Pattern[str] | None:
    lines = sum(1 for each in text.split("\n") if each.strip())
    if lines < 2:
        return None
    fewest = 2 if _WHATSAPP_NAME.search(name) else 3
    for pattern in (_DATED, _TIMED):
        begun = list(_begun(text, pattern))
        if begun and _likely(begun, lines, fewest) and text[:begun[0].start].count("\n") < 12:
            return pattern
    begun = list(_begun(text, _HEADED))
    if len(begun) >= 4 and len({b.who for b in begun}) * 2 <= len(begun) + 1 and len(begun) * 8 >= lines and all(len(b.who.split()) <= 6 for b in begun):
        followed = sum(bool(text[a.time.end():b.start].strip()) for a, b in zip(begun, [*begun[1:], replace(begun[-1], start=len(text))], strict=True))
        return _HEADED if followed * 10 >= len(begun) * 9 else None
    return None


def _is_recording(text: str, pattern: re.Pattern[str], name: str) -> bool:
    """Say whether times without days count from the start of a recording: the first is within the first minutes, and no day is known."""
    times = [b.time for b in _begun(text, pattern)]
    if not times or any(t.groupdict().get("a") or t.groupdict().get("d") for t in times):
        return False
    return all(t["hour"].lstrip("0") in ("", "1", "2") or t["second"] is None for t in times) and int(times[0]["hour"]) == 0 and not times[0]["after"] \
        and (times[0]["second"] is not None or int(times[0]["minute"]) < 60)


def _times(text: str, begun: list[_Begun], name: str, recording: bool) -> tuple[list[str], str]:
    """Return the time of each message and what they rest on."""
    if recording:
        return [_from_start(b.time) for b in begun], "counted from the start of the recording"
    seen = [written(b.time, b.time["before"], b.time["after"] or "") if _has_day(b.time) else None for b in begun]
    if any(seen):
        order, why = order_of([s for s in seen if s])
        if why == "assumed from the 12-hour clock" and _SPANISH_CLOCK.search(text, 0, 2000):
            order, why = "dmy", "a 12-hour clock as Spanish writes it"
        elif why == "assumed from the 12-hour clock" and _PADDED_CLOCK.search(text, 0, 2000):
            order, why = "dmy", "two figures for day and month, four for the year and a clock in small letters, as outside of America"
        out = [local(s, order) if s else "" for s in seen]
        zoned = [_with_zone(o, b.time.groupdict().get("zone")) for o, b in zip(out, begun, strict=True)]
        zone = "with zone" if any(len(z) > 19 for z in zoned) else "local, zone not given"
        return zoned, f"as written ({zone}); {order}: {why}"
    return _clock_times(text, begun, name)


def _has_day(found: re.Match[str]) -> bool:
    groups = found.groupdict()
    return any(groups.get(g) is not None for g in ("a", "d", "d2"))


def _with_zone(at: str, zone: str | None) -> str:
    if not at or not zone:
        return at
    if len(at) == 16:
        at += ":00"
    return f"{at}+00:00" if zone[0] not in "+-" else f"{at}{zone[:3]}:{zone[-2:]}"


def _from_start(found: re.Match[str]) -> str:
    hour, minute, second = int(found["hour"]), int(found["minute"]), found["second"]
    return clock(hour * 3600 + minute * 60 + int(second)) if second is not None else clock(hour * 60 + minute)


def _clock_times(text: str, begun: list[_Begun], name: str) -> tuple[list[str], str]:
    """Return times of day with the day of the file's name or of lines that name one; a step back of many hours is midnight."""
    days = [(m.start(), d) for m in _DAY_LINE.finditer(text) if (d := _named_day(m))]
    day = day_in(name)
    basis = "times as written; the day from the file name" if day else "times as written; no day is given"
    out, before, next_day = list[str](), -1, 0
    for b in begun:
        while next_day < len(days) and days[next_day][0] < b.start:
            day, before, basis = days[next_day][1], -1, "times as written; days from the lines of the log that name them"
            next_day += 1
        found = Written((2000, 1, 1), "", int(b.time["hour"]), int(b.time["minute"]), int(b.time["second"] or 0),
                        (b.time["after"] or "").strip().replace(".", "").lower(), True, b.time["second"] is not None)
        shown = local(found, "ymd")[10:] if found.hour <= 24 and found.minute < 60 else ""
        minutes = int(shown[1:3]) * 60 + int(shown[4:6]) if shown else before
        if day and before - minutes > 720:
            day = (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day < "9999" else day
        before = minutes
        out.append(day + shown if shown else "")
    return out, basis


def _named_day(found: re.Match[str]) -> str:
    months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    name = found["month"].lower()
    return day_in(f"{found['year']}-{months.index(name) + 1:02d}-{int(found['day']):02d}") if name in months else ""


def _subject(name: str) -> str:
    """Return with whom a chat is, by the name of its file: `WhatsApp Chat with X.txt`, `WhatsApp - discussion X.txt`; "" for `_chat.txt`."""
    stem = re.sub(r"\.(?:txt|log|md)$|\s?\(\d+\)(?=\.\w+$)", "", name, flags=re.IGNORECASE).strip()
    bare = _NAME_WORDS.sub("", stem.lstrip("_ ")).strip(" -_") if _WHATSAPP_NAME.search(stem) else stem
    return "" if bare.lower() in ("", "chat", "_chat") else line(bare, 200)


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    name, kind = work.given.name, work.identified.format
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    pattern = _form(text[:SNIFF_CHARS], name)
    if pattern is None:
        raise CannotRead("damaged", "It has no lines with sender and time.")
    begun = list(_begun(text, pattern))
    times, basis = _times(text, begun, name, kind == "transcript-txt")
    segments = []
    for number, (b, at) in enumerate(zip(begun, times, strict=True)):
        end = begun[number + 1].start if number + 1 < len(begun) else len(text)
        segments.append(Segment("turn", b.start, b.start + len(text[b.start:end].rstrip()), b.who, at))
    subject = _subject(name)
    folder, _ = folder_of(work.given)
    attached = [line(a or b) for a, b in _ATTACHED.findall(text[:2_000_000])][:1000] if kind == "whatsapp" else []
    metadata = {"charset": charset, "chat:times": basis, "chat:messages": str(len(segments))}
    metadata |= {"whatsapp:attachments": "\n".join(attached)} if attached else {}
    yield Extracted(Done(), text=text, segments=tuple(segments), participants=speakers(segments), subject=subject if kind == "whatsapp" else "",
                    created_at=next((t for t in times if t[:4].isdigit() and t[4:5] == "-"), ""), metadata=metadata,
                    conversation="" if kind == "transcript-txt" else f"{kind.partition('-')[0]}:{folder}/{subject or name}")


EXTRACTORS = (Extractor("chat-lines", "1", bids({"whatsapp": 1.0, "chat-txt": 1.0, "transcript-txt": 1.0}), _read),)
