"""Chats and calls in JSON and JSON lines of any make: lists of messages are found by the names of their fields (`message_words`).

Everything that stands beside the messages (topics, questions, ratings, tags) is kept as lines before and after them.
"""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.jsons import closed, lines_about, load, parsed, text_of
from ingest.extract.message_words import ADDRESS, END, LISTS, SAID, WHEN, WHO, pick, plain
from ingest.extract.moments import basis_of, clock, instant
from ingest.extract.text import clean, decode
from ingest.extract.turns import People, Turn, chat, line

_IDS = ("id", "message id", "messageid", "uuid", "ts")
_CONVERSATION = ("conversation id", "conversationid", "chat id", "chatid", "thread id", "call id", "callid", "session id", "convo id", "ticket id",
                 "meeting id", "room id")
_SUBJECT = ("subject", "title", "topic", "chat name", "channel name", "conversation name", "name", "meeting title")
_BEGUN = ("started at", "started", "start time", "start date", "created at", "created", "date", "timestamp", "begin", "meeting date",
          "call date", "recorded at")
_OF_MESSAGE = frozenset((*SAID, *WHO, *WHEN, *END, *ADDRESS, *_IDS, "type", "words", "confidence"))
_NOTED = ("attachments", "files", "reactions", "rating", "subtype", "internal", "private", "deleted at", "edited at", "reply to", "in reply to",
          "reply to message id", "file name", "filename", "media", "status")
LIKE_MESSAGES = 0.6


def fields_of(message: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of an object by their plain names; of two alike the first."""
    out: dict[str, Any] = {}
    for key, value in message.items():
        out.setdefault(plain(key), value)
    return out


def is_message(value: object) -> bool:
    """Say whether a value is a message: an object with words and a sender or a time, or a pair of sender and words."""
    if isinstance(value, list):
        return len(value) in (2, 3) and all(isinstance(v, str) for v in value[:2]) and len(value[0]) <= 60
    if not isinstance(value, dict):
        return False
    names = {plain(k) for k in value}
    return bool(names & set(SAID)) and bool(names & (set(WHO) | set(WHEN)) - (names & {"text"}))


@dataclass
class _Talk:
    """One conversation found in the data: its messages, and the object that holds them with the name they have there."""
    messages: list[Any]
    around: dict[str, Any] = field(default_factory=dict)
    name: str = ""


def talks(value: object, depth: int = 0, around: dict[str, Any] | None = None, name: str = "") -> Iterator[_Talk]:
    """Yield the conversations in data, in order. Of several lists of one object the one named like messages counts, else the longest."""
    if depth > 7:
        return
    if isinstance(value, list):
        some = value[:50]
        if some and sum(map(is_message, some)) >= len(some) * LIKE_MESSAGES and (depth or isinstance(some[0], dict)):
            yield _Talk(value, around or {}, name)
            return
        for each in value:
            yield from talks(each, depth + 1)
    elif isinstance(value, dict):
        found = [t for key, inner in value.items() if isinstance(inner, list) and inner for t in _direct(inner, value, key)]
        if found:
            yield max(found, key=lambda t: (plain(t.name) in LISTS, isinstance(t.messages[0], list), len(t.messages)))
        else:
            for key, inner in value.items():
                if isinstance(inner, list | dict):
                    yield from talks(inner, depth + 1, value, key)


def _direct(inner: list[Any], around: dict[str, Any], key: str) -> Iterator[_Talk]:
    some = inner[:50]
    if sum(map(is_message, some)) >= len(some) * LIKE_MESSAGES and (isinstance(some[0], dict) or plain(key) in LISTS):
        yield _Talk(inner, around, key)


# ---------------------------------------------------------------- messages

@dataclass(frozen=True, slots=True)
class _Read:
    turn: Turn
    when: object
    end: object


def _who(value: object) -> tuple[str, str, str]:
    """Return name, address and role of a sender as data give it: a name, a number, an object."""
    if isinstance(value, dict):
        fields = fields_of(value)
        name = pick(fields, ("name", "display name", "full name", "real name", "username", "login", "email", "id", "user id"))
        mail, role = pick(fields, ADDRESS), pick(fields, ("type", "role"))
        if name is None and (inner := next((v for v in value.values() if isinstance(v, dict)), None)):
            return _who(inner)
        return line(name[1] if name else "", 200), line(mail[1]) if mail else "", line(role[1], 60) if role and isinstance(role[1], str) else ""
    if isinstance(value, list):
        return line(", ".join(str(v) for v in value[:5]), 200), "", ""
    return line(value, 200) if not isinstance(value, bool) else "", "", ""


def _message(value: Any, people: People) -> _Read | None:
    if isinstance(value, list):
        name = people.add(value[0])
        return _Read(Turn(clean(value[1]), name, instant(value[2]) if len(value) > 2 else ""), value[2] if len(value) > 2 else None, None)
    if not isinstance(value, dict):
        return _Read(Turn(text_of(value)), None, None) if isinstance(value, str) and value.strip() else None
    fields = fields_of(value)
    said, who, when = pick(fields, SAID), pick(fields, WHO), pick(fields, WHEN)
    words = text_of(said[1]) if said else ""
    name, address, role = _who(who[1]) if who else ("", "", "")
    marks = [role] if role and role.lower() != name.lower() else []
    side = pick(fields, ("sender type", "author type", "role", "from", "sender", "author", "ch"))
    other = pick(fields, ("name", "display name", "sender name", "author name", "speaker name"))
    beside = who is not None and who[0] in ("from", "sender", "author", "role", "user", "speaker") and not isinstance(who[1], dict)
    if other and isinstance(other[1], str) and who and beside and other[0] != who[0]:
        name, marks = line(other[1], 200), [name] if name and name != line(other[1]) else []  # {"from": "visitor", "name": "Josiane B."}
    elif side and isinstance(side[1], str) and who and side[0] != who[0] and line(side[1], 60).lower() != name.lower() and len(side[1]) <= 30:
        marks.append(line(side[1], 60))
    mail = pick(fields, ADDRESS)
    address = address or (line(mail[1]) if mail and isinstance(mail[1], str) else "")
    notes = [each for key in _NOTED if key in fields and fields[key] not in (None, "", [], {}, False)
             for each in (lines_about({key: fields[key]}) if not isinstance(fields[key], bool) else [key])]
    if not words.strip() and not notes:
        return None
    if name:
        people.add(name, address)
    stamp = when[1] if when else None
    if isinstance(stamp, dict):
        stamp = next((v for v in stamp.values() if not isinstance(v, dict | list)), None)
    end = pick(fields, END)
    ident = pick(fields, _IDS)
    own_id = line(ident[1], 80) if ident and not isinstance(ident[1], dict | list) else ""
    return _Read(Turn(words, name, instant(stamp), tuple(dict.fromkeys(marks)), tuple(notes), own_id), stamp, end[1] if end else None)


def _seconds(value: object) -> float | None:
    """Return a time from the start of a recording in seconds: a number, "4.9", "00:01:02.5", "12.3s"."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value < 10**8 else None
    if isinstance(value, str) and len(value) <= 16:
        parts = value.strip().removesuffix("s").replace(",", ".").split(":")
        try:
            numbers = [float(p) for p in parts]
        except ValueError:
            return None
        if len(numbers) <= 3 and all(0 <= n < 10**8 for n in numbers):
            return sum((n * 60.0**i for i, n in enumerate(reversed(numbers))), 0.0)
    return None


def _timed(reads: Sequence[_Read]) -> tuple[list[Turn], str]:
    """Return the turns with their times: instants where the data give them, else counted from the start (thousandths where seconds make no sense)."""
    turns = [r.turn for r in reads]
    if any(t.at for t in turns):
        return turns, basis_of([r.when for r in reads], [t.at for t in turns])
    starts = [_seconds(r.when) for r in reads]
    known = [s for s in starts if s is not None]
    if not known:
        return turns, ""
    chars = sum(len(t.words) for t in turns) or 1
    unit = 1000.0 if max(known) / chars > 5 and all(float(s).is_integer() for s in known) else 1.0
    timed = [Turn(t.words, t.speaker, clock(s / unit) if s is not None else "", t.marks, t.notes, t.id) for t, s in zip(turns, starts, strict=True)]
    return timed, "counted from the start of the recording"


# ---------------------------------------------------------------- the readers

def _result(work: Work, found: list[_Talk], rest: list[str], note: str) -> Iterator[Part]:
    people, turns, basis = People(), list[Turn](), list[str]()
    head, tail, ids, subject, begun = list[str](), list[str](), list[str](), "", ""
    for talk in found:
        timed, why = _timed([r for m in talk.messages if (r := _message(m, people))])
        basis += [why] if why and why not in basis else []
        fields = fields_of(talk.around)
        ident, title = pick(fields, _CONVERSATION), pick(fields, _SUBJECT)
        ids += [line(ident[1], 120)] if ident and not isinstance(ident[1], dict | list) else []
        subject = subject or (line(title[1], 300) if title and isinstance(title[1], str) and len(title[1]) < 300 else "")
        begun = begun or next((t for key in _BEGUN if key in fields and (t := instant(fields[key]))), "")
        before, after = _around(talk, timed)
        if len(found) > 1 and timed:
            timed[0] = Turn(timed[0].words, timed[0].speaker, timed[0].at, timed[0].marks, (*timed[0].notes, *before, *after), timed[0].id)
        else:
            head, tail = head + before, tail + after
        turns += timed
    if not turns:
        raise CannotRead("damaged", "It holds no messages.")
    folder, _ = folder_of(work.given)
    kind = "transcript" if work.identified.format == "transcript" else "chat"
    one = list(dict.fromkeys(ids))
    conversation = "" if kind == "transcript" else f"chat:{folder}/{one[0] if len(one) == 1 else work.given.name}"
    yield chat(turns, head=[*rest, *head], tail=tail, people=people, subject=subject, note=note, conversation=conversation, created_at=begun,
               basis="; ".join(basis), metadata={f"{kind}:conversation": " ".join(one[:50])})


def _around(talk: _Talk, turns: Sequence[Turn]) -> tuple[list[str], list[str]]:
    """Return what stands before and after the messages in their object, as lines. The whole text once more is left out."""
    before, after, passed = dict[str, Any](), dict[str, Any](), False
    for key, value in talk.around.items():
        if key == talk.name and value is talk.messages:
            passed = True
        elif isinstance(value, str) and len(value) > 200 and turns and value.strip().startswith(turns[0].words.strip()[:100]):
            continue
        elif isinstance(value, list) and len(value) == len(talk.messages) and value and is_message(value[0]):
            continue  # the same messages in another form
        else:
            (after if passed or isinstance(value, list | dict) else before)[key] = value
    return lines_about(before), lines_about(after)


def _read(work: Work) -> Iterator[Part]:
    value, note = load(work)
    found = list(talks(value))
    if not found:
        raise CannotRead("damaged", "It holds no messages.")
    held = {id(t.around) for t in found}
    rest = lines_about({k: v for k, v in value.items() if not _holds(v, held)}) if isinstance(value, dict) and id(value) not in held else []
    yield from _result(work, found, rest, note)


def _holds(value: object, held: set[int], depth: int = 0) -> bool:
    """Say whether a value holds one of the objects with messages."""
    if depth > 8:
        return False
    if isinstance(value, dict):
        return id(value) in held or any(_holds(v, held, depth + 1) for v in value.values())
    return isinstance(value, list) and any(_holds(v, held, depth + 1) for v in value)


def _read_lines(work: Work) -> Iterator[Part]:
    """JSON lines: every line a message, or every line a conversation."""
    text = decode(work.content)[0].lstrip("\ufeff")
    values, broken = list[Any](), 0
    for each in text.split("\n"):
        if each.strip():
            value = parsed(each)
            if value is None:
                value = parsed(closed(each) or "null")
                broken += 1
            if value is not None:
                values.append(value)
    note = f"{broken} lines are no whole JSON" if broken else ""
    if not values:
        raise CannotRead("damaged", "It holds no JSON lines.")
    some = values[:50]
    if sum(map(is_message, some)) >= len(some) * LIKE_MESSAGES:
        yield from _result(work, [_Talk(values)], [], note)
        return
    found = list(talks(values))
    if not found:
        raise CannotRead("damaged", "It holds no messages.")
    yield from _result(work, found, [], note)



EXTRACTORS = (Extractor("chat-data", "1", bids({"chat-json": 1.0, "transcript": 1.0}), _read),
              Extractor("chat-ndjson", "1", bids({"chat-ndjson": 1.0}), _read_lines))
