"""Texts and data files that are chats or calls by their shape, where no reader of that export took part: turns of speakers with times.

The times are those of the export itself, so the day of the first message is read here too.
"""
from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Final, Literal

_LINE = re.compile(r"^[\u200e\u200f]?\[?(\d{1,4}[./-]\d{1,2}[./-]\d{2,4}),?\s(?:a |um |alle )?\d{1,2}[:.h]\d{2}"
                   r"(?:[:.]\d{2})?\s?(?:[ap]\.?\s?m\.?)?\]?(?:\s-)?\s[^:\n]{1,60}:\s", re.MULTILINE)
_SAID: Final = ("text", "body", "message", "content", "plain_body", "utterance")
_WHO: Final = ("user", "author", "author_id", "from", "sender", "speaker", "ch", "role", "name", "participant")
_WHEN: Final = ("ts", "created_at", "createdDateTime", "timestamp", "started", "started_at", "start_time", "time", "sent_at", "date")
_CALL = re.compile(r"\"(?:call_id|callId|recording\w*|duration\w*|utterances|transcript|channels|caller|asr\w*)\"\s*:")
_READ_CHARS = 3_000_000
_SIDE_FILE = re.compile(r"^(?:users|channels|groups|dms|mpims|integration_logs|canvases|huddles|org_users)$")


def chat_lines(text: str) -> bool:
    """Say whether a text is an export of a messenger: at least three lines, and most of its first ones, begin with a time and a name."""
    found = len(_LINE.findall(text[:8000].lower()))
    return found >= 3 and found * 3 >= min(60, text[:8000].count("\n") + 1)


def first_chat_day(text: str) -> str:
    """Return the date with which the first message line begins, as written; "" for none."""
    m = _LINE.search(text[:8000].lower())
    return m[1] if m else ""


def data_shape(text: str) -> Literal["chat", "call"] | None:
    """Return what a JSON text holds: messages or utterances with speakers, or None for other data."""
    head = text[:_READ_CHARS]
    said = sum(len(re.findall(rf"\"{k}\"\s*:\s*\"", head)) for k in _SAID)
    who = sum(len(re.findall(rf"\"{k}\"\s*:", head)) for k in _WHO)
    if said < 2 or who < 2 or not any(f'"{k}"' in head for k in (*_WHEN, "t")):
        return None
    return "call" if _CALL.search(head) else "chat"


def data_day(text: str) -> str | None:
    """Return the earliest day of the times in a JSON text, in the zone that is written (numbers count seconds in UTC); None for none."""
    try:
        held = json.loads(text[:_READ_CHARS])
    except (ValueError, RecursionError):
        return None
    found = [day for value in _times(held, 0) if (day := _day(value))]
    return min(found) if found else None


def _times(held: object, depth: int) -> list[object]:
    out: list[object] = []
    if depth < 8:
        if isinstance(held, dict):
            for key, value in held.items():
                if key in _WHEN and not isinstance(value, (dict, list)):
                    out.append(value)
                else:
                    out += _times(value, depth + 1)
        elif isinstance(held, list):
            for value in held[:2000]:
                out += _times(value, depth + 1)
    return out


def _day(value: object) -> str | None:
    written = str(value)
    if re.match(r"(?:19|20)\d\d-\d\d-\d\d", written):
        return written[:10]
    if re.fullmatch(r"\d{10}(?:\.\d+)?|\d{13}", written):
        seconds = float(written) / (1000 if len(written) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    return None


def is_side_file(name: str) -> bool:
    """Say whether a folded file name without its end is that of a list which an export of chats lays beside them."""
    return _SIDE_FILE.match(name) is not None
