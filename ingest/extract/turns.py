"""Chats and calls as text: a line a message, stable and the same for all exports, and the segments that point at them.

    [2024-12-02 09:14:00 +00:00] Karen Doe (edited): words
      a second line of the same message
      attachment: rates.xlsx

What stands in square brackets is the time as the export gives it, with its zone where it has one; for a recording it is counted from the
start.  Only the first line of a message begins in the first column, so no message can pass for another.  Texts that are lines of
messages already (WhatsApp, IRC) are kept as they stand and only pointed into.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.model.extracted import Extracted, Participant, Segment
from archive.model.outcome import Done, Failed
from ingest.extract.text import clean

IDS_MAX = 5_000
_BLANKS = re.compile(r"\s+")
_ADDRESS = re.compile(r"[^\s<>()\"',;:]{1,64}@[^\s<>()\"',;:@]{1,255}")
_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Turn:
    """One message or utterance. `at` as in Segment; `marks` stand behind the speaker, `notes` are lines below the words; `id` is the export's own."""
    words: str
    speaker: str = ""
    at: str = ""
    marks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    id: str = ""


def line(value: object, chars: int = 400) -> str:
    """Return a value as one line without blanks at its ends and without marks of direction."""
    return _BLANKS.sub(" ", _MARKS.sub("", clean(str(value)))).strip()[:chars] if value is not None else ""


def shown_time(at: str) -> str:
    """Return a time as it stands in the text: `2024-12-02 09:14:00 +00:00`."""
    if len(at) < 11 or at[10] != "T":
        return at.removeprefix("T")
    day, time = at[:10], at[11:]
    zone = next((i for i, c in enumerate(time) if c in "+-Z"), len(time))
    return f"{day} {time[:zone]}" + (f" {time[zone:]}" if zone < len(time) else "")


def rendered(turns: Sequence[Turn], head: Iterable[str] = (), tail: Iterable[str] = ()) -> tuple[str, tuple[Segment, ...]]:
    """Return the text and a segment a turn. `head` and `tail` are lines about the whole, set off by a blank line."""
    parts, segments, at = list[str](), list[Segment](), 0
    first = [clean(each).replace("\n", "\n  ") for each in head if each.strip()]
    if first:
        parts.append("\n".join(first) + ("\n\n" if turns else ""))
        at = len(parts[0])
    for number, turn in enumerate(turns):
        who = line(turn.speaker, 200)
        marks = f" ({', '.join(line(m, 120) for m in turn.marks)})" if turn.marks else ""
        said = clean(turn.words).strip("\n").rstrip()
        body = [said, *(clean(n) for n in turn.notes)] if said else [clean(n) for n in turn.notes]
        time = f"[{shown_time(turn.at)}] " if turn.at else ""
        shown = f"{time}{who}{marks}{':' if who or marks else ''} {_indented(body)}".rstrip() if who or marks else f"{time}{_indented(body)}".rstrip()
        if number:
            parts.append("\n")
            at += 1
        parts.append(shown)
        segments.append(Segment("turn", at, at + len(shown), who, turn.at))
        at += len(shown)
    last = [clean(each).replace("\n", "\n  ") for each in tail if each.strip()]
    if last:
        parts.append(("\n\n" if at else "") + "\n".join(last))
    return "".join(parts), tuple(segments)


def _indented(body: list[str]) -> str:
    whole = "\n".join(body)
    return whole.replace("\n", "\n  ") if "\n" in whole else whole


_AFTER_SPEAKER = re.compile(r"> ?|(?: \([^\n]{0,600}\))?:(?:[ \t]|(?=\n|\Z))|\t")


def said(text: str, segment: Segment) -> tuple[int, int]:
    """Return the offsets of the words of a turn, without its time, speaker and marks; of the whole turn where these cannot be told apart."""
    start = segment.start
    if not segment.speaker:
        closed = text.find("] ", start, segment.end) if text.startswith("[", start) else -1
        return (closed + 2 if closed >= 0 else start), segment.end
    named = text.find(segment.speaker, start, segment.end)
    after = named + len(segment.speaker)
    if named < 0:
        return start, segment.end
    if (found := _AFTER_SPEAKER.match(text, after, segment.end)):
        return found.end(), segment.end
    if text.startswith("* ", max(start, named - 2)):
        return min(after + 1, segment.end), segment.end
    below = text.find("\n", after, segment.end)  # sender and time have a line of their own
    return (below + 1 if named == start and below >= 0 else start), segment.end


class People:
    """Who takes part: those who speak, then those who are only listed; each once, with the address where any message gives one."""

    def __init__(self) -> None:
        self._by_key: dict[str, Participant] = {}

    def add(self, name: object, address: object = "", role: str = "speaker", key: object = "") -> str:
        """Take note of a person and return the name to show."""
        shown, mail = line(name or "", 200), line(address or "", 320).lower()
        if not _ADDRESS.fullmatch(mail):
            mail = ""
        if not mail and (found := _ADDRESS.fullmatch(shown)):
            mail = found[0].lower()
        if shown or mail:
            name_key = str(key or mail or shown)
            held = self._by_key.get(name_key)
            new = Participant("speaker" if role == "speaker" else "member", mail, shown)
            if held is None:
                self._by_key[name_key] = new
            elif (new.address and not held.address) or (new.role == "speaker" and held.role != "speaker"):
                self._by_key[name_key] = replace(held, address=held.address or new.address,
                                                 role="speaker" if "speaker" in (held.role, new.role) else held.role)
        return shown or mail

    def all(self) -> tuple[Participant, ...]:
        by_name: dict[tuple[str, str], Participant] = {}
        for each in self._by_key.values():
            held = by_name.get((each.name, each.address))
            if held is None or (held.role != "speaker" and each.role == "speaker"):
                by_name[each.name, each.address] = each
        known = {p.name for p in by_name.values() if p.address}
        people = [p for p in by_name.values() if p.address or p.name not in known]
        return tuple(sorted(people, key=lambda p: p.role != "speaker"))


def speakers(segments: Iterable[Segment]) -> tuple[Participant, ...]:
    """Return those who speak in the segments, in order of their first word."""
    people = People()
    for segment in segments:
        people.add(segment.speaker)
    return people.all()


def chat(turns: Sequence[Turn], *, head: Iterable[str] = (), tail: Iterable[str] = (), people: People | None = None, subject: str = "",
         metadata: dict[str, str] | None = None, conversation: str = "", created_at: str = "", note: str = "", basis: str = "") -> Extracted:
    """Return what a reader of messages gives. `basis` says what the times rest on."""
    text, segments = rendered(turns, head, tail)
    if not text.strip():
        return Extracted(Failed("empty", "The export holds no messages."))
    who = people or People()
    for segment in segments if people is None else ():
        who.add(segment.speaker)
    about = {k: line(v, 2000) for k, v in (metadata or {}).items() if v}
    about["chat:messages"] = str(len(turns))
    if basis:
        about["chat:times"] = basis
    ids = [t.id.replace(" ", "_") for t in turns]
    if any(ids) and len(ids) <= IDS_MAX:
        about["chat:message ids"] = clean(" ".join(i or "-" for i in ids))
    return Extracted(Done(note), text=text, segments=segments, participants=who.all(), subject=line(subject, 500),
                     created_at=created_at or next((t.at for t in turns if t.at[:4].isdigit() and t.at[4:5] == "-"), ""),
                     metadata=about, conversation=clean(conversation)[:1000])
