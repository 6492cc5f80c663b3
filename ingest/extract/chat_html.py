"""Chats as web pages (Teams, Telegram and others): elements whose class says that they hold a sender or a time, and the words after them.

One pass with patterns, then the text as the page shows it: no tree (docs/formats.md, "HTML").
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.html import declared_charset
from ingest.extract.markup import attributes, show
from ingest.extract.moments import DATE, TIME, Written, basis_of, instant, local, order_of, written
from ingest.extract.text import decode
from ingest.extract.turns import Turn, chat, line

_NAME, _TIME, _END = "\x01", "\x02", "\x03"
_ELEMENT = re.compile(r"<(span|div|b|strong|h[1-6]|p|td|a|em|i|small|time|cite|dt|abbr|label|address)\b"
                      r"([^<>]{0,600})>\s{0,200}([^<>]{1,300}?)\s{0,200}</\1\s*>",
                      re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?([^\"'<>]{1,200})", re.IGNORECASE)
_WHO = frozenset(["name", "names", "sender", "author", "from", "user", "username", "speaker", "who", "fromname", "sendername",
    "displayname", "nick", "nickname", "participant", "authorname"])
_WHEN = frozenset(["ts", "time", "timestamp", "date", "datetime", "sent", "when", "details", "messagetime", "clock", "messagetimestamp"])
_SPEAKING = ("msg", "message", "chat", "thread", "conversation", "bubble", "history", "transcript")
_IN_CLASS = re.compile(r"\b(?:class|id)\s*=\s*[\"']?[^\"'<>]{0,80}(?<!\w)$")
_WORDS = tuple(word.encode() for word in _SPEAKING)
_TITLE = re.compile(r"chat|teams|conversation|unterhaltung|discussion|messag|nachricht|conversaci|telegram|slack|whatsapp|transcript", re.IGNORECASE)
_LOCAL = re.compile(rf"[^\d\n]{{0,16}}{DATE}(?P<before>[^\d\n]{{1,14}}?){TIME}(?P<after>[^\d\n]{{0,10}}?)"
                    rf"(?P<zone>\(?(?:UTC|GMT)?[+-]\d\d:?\d\d\)?|UTC|GMT|Z)?\s*")
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class _Mark:
    """An element that holds a sender or a time: what it says."""
    kind: str
    words: str


def _mark(found: re.Match[str]) -> _Mark | None:
    tag, inside, words = found[1].lower(), found[2], found[3].strip()
    named = _CLASS.search(inside)
    parts = [w for each in (named[1].split() if named else ()) for w in (re.sub(r"[^a-z]", "", each.lower()), *_WORD.findall(each.lower()))]
    about = attributes(inside) if tag == "time" or _WHEN & set(parts) else {}
    if tag == "time" or _WHEN & set(parts):
        for each in (about.get("datetime", ""), about.get("title", ""), words):
            if instant(each) or _LOCAL.fullmatch(each):
                return _Mark(_TIME, each)
        if tag == "time":
            return None
    if _WHO & set(parts) and len(words) <= 120:
        return _Mark(_NAME, words)
    return None


def is_chat(head: bytes) -> bool:
    """Say whether a page (its beginning) is a chat: at least two senders and two times, and a title or classes that speak of messages."""
    lowered = head.lower()
    if b"\0" not in head and not any(word in lowered for word in _WORDS) and not _TITLE.search(_title(lowered.decode("latin-1"))):
        return False
    html = decode(head, declared_charset(head))[0]
    if not (_speaks(html.lower()) or _TITLE.search(_title(html))):
        return False
    kinds = [m.kind for found in _ELEMENT.finditer(html) if (m := _mark(found))]
    return kinds.count(_NAME) >= 1 and kinds.count(_TIME) >= 2 and kinds.count(_TIME) <= kinds.count(_NAME) * 20


def _title(html: str) -> str:
    return html[:4000].partition("<title>")[2].partition("</title>")[0]


def _speaks(lowered: str) -> bool:
    """Say whether a class or name of an element speaks of messages; looked at from the words, of which there are few."""
    for word in _SPEAKING:
        at = lowered.find(word)
        while at >= 0:
            if _IN_CLASS.search(lowered, max(0, at - 100), at):
                return True
            at = lowered.find(word, at + len(word))
    return False


def _read(work: Work) -> Iterator[Part]:
    content = work.content
    html, charset = decode(content, declared_charset(content))
    marks = list[_Mark]()

    def marked(found: re.Match[str]) -> str:
        mark = _mark(found)
        if mark is None:
            return found[0]
        marks.append(mark)
        return f"<br>{mark.kind}{len(marks) - 1}{_END}<br>"

    page = show(_ELEMENT.sub(marked, html.replace(_NAME, "").replace(_TIME, "").replace(_END, "")))
    before, turns = _turns(page.text, [replace(m, words=show(m.words).text) for m in marks])
    if not turns:
        raise CannotRead("damaged", "It shows no messages.")
    turns, basis = _timed(turns)
    folder, _ = folder_of(work.given)
    yield chat(turns, head=[before], subject=page.title, basis=basis, conversation=f"chat:{folder}/{page.title or work.given.name}",
               metadata={"charset": charset} | ({"html:title": page.title} if page.title else {}))


def _turns(text: str, marks: list[_Mark]) -> tuple[str, list[Turn]]:
    """Return what stands before the first message, and the messages with their times as written.

    A message begins with its sender or with its time, whichever comes first; one that has a time only is by the sender before.
    """
    before, turns = "", list[Turn]()
    who, when, kinds, open_turn = "", "", set[str](), False
    for number, piece in enumerate(re.split(f"[{_NAME}{_TIME}]", text)):
        mark_of, words = (None, piece) if number == 0 else (piece.partition(_END)[0], piece.partition(_END)[2])
        words = words.strip()
        if mark_of is None:
            before = words
            continue
        mark = marks[int(mark_of)]
        if mark.kind in kinds or open_turn:
            kinds, open_turn, when = set(), False, when if mark.kind == _NAME and not open_turn else ""
        kinds.add(mark.kind)
        if mark.kind == _NAME:
            who = line(mark.words, 200)
        else:
            when = mark.words
        if words:
            turns.append(Turn(words, who, when))
            open_turn = True
    return before, turns


def _timed(turns: list[Turn]) -> tuple[list[Turn], str]:
    moments = [instant(t.at) for t in turns]
    if all(moments) or not any(t.at for t in turns):
        return [replace(t, at=m) for t, m in zip(turns, moments, strict=True)], basis_of([t.at for t in turns], moments)
    seen: list[Written | None] = []
    zones: list[str] = []
    for turn in turns:
        found = _LOCAL.fullmatch(turn.at)
        seen.append(written(found, found["before"], found["after"]) if found else None)
        zones.append(re.sub(r"[()]|UTC(?=[+-])|GMT(?=[+-])", "", found["zone"] or "") if found else "")
    order, why = order_of([s for s in seen if s])
    out = []
    for turn, one, moment, zone in zip(turns, seen, moments, zones, strict=True):
        at = moment or (local(one, order) if one else "")
        if zone and at and not moment:
            at = instant(f"{at if len(at) > 16 else at + ':00'}{zone}") or at
        out.append(replace(turn, at=at))
    return out, f"as written ({'with zone' if any(zones) else 'local, zone not given'}); {order}: {why}"


EXTRACTORS = (Extractor("chat-html", "1", bids({"chat-html": 1.0}), _read),)
