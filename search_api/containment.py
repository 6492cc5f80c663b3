"""Which mails of a thread have to be read: those whose words stand in no other's quotation. Pure.

A mail is left out only with proof: every part of its text, word for word, is found in a row inside the quoted part of a later mail (marks such as `>`
and line breaks do not count), at a place that begins and ends with a line; and every attachment of it is one of that mail's too.
"""
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from archive.model.extracted import Segment

_LINE = re.compile(r"[^\n]*\n?")
_MARKS = re.compile(r"[ \t]*(?:>[ \t]?)*")
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of a thread. `at` orders the mails (ISO 8601), `attachments` are the digests of what it carries."""
    record_id: str
    at: str
    text: str
    segments: tuple[Segment, ...] = ()
    attachments: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """A part of the left-out mail, `text[start:end]`, and where it stands in the kept one, `text[kept_start:kept_end]`."""
    start: int
    end: int
    kept_start: int
    kept_end: int

    def as_json(self) -> dict[str, int]:
        return {"start": self.start, "end": self.end, "kept_start": self.kept_start, "kept_end": self.kept_end}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A mail that need not be read, by which one it is contained in, and the proof."""
    record_id: str
    kept: str
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """`read` are the mails to be read, in order of time; `left_out` the others."""
    read: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True)
class _Words:
    """The words of a stretch of text joined by blanks, with where each stands. `begins` and `ends`: it is the first or last of a line."""
    joined: str = ""
    starts: list[int] = field(default_factory=list)
    places: list[tuple[int, int, bool, bool]] = field(default_factory=list)


def inclusive(mails: Sequence[Mail]) -> Reading:
    """Return which mails have to be read so that nothing of the thread goes unread."""
    order = sorted(mails, key=lambda mail: (mail.at or "9999", mail.record_id))
    quoted = {mail.record_id: [_words(mail.text, s.start, s.end) for s in mail.segments if s.kind == "quoted"] for mail in order}
    own = {mail.record_id: [_words(mail.text, start, end) for start, end in _parts(mail)] for mail in order}
    kept: list[Mail] = []
    out: list[LeftOut] = []
    for number, mail in enumerate(order):
        found = next((proof for later in reversed(order[number + 1:]) if (proof := _contained(mail, later, own, quoted))), None)
        if found:
            out.append(found)
        else:
            kept.append(mail)
    # What a mail is contained in may itself be left out: then it is contained in that one's too, which is looked for anew.
    names = {mail.record_id for mail in kept}
    by_id = {mail.record_id: mail for mail in order}
    settled: list[LeftOut] = []
    for left in out:
        if left.kept in names:
            settled.append(left)
            continue
        mail = by_id[left.record_id]
        again = next((proof for later in kept if later.at >= mail.at and later is not mail and (proof := _contained(mail, later, own, quoted))), None)
        if again:
            settled.append(again)
        else:
            names.add(mail.record_id)
    read = tuple(mail.record_id for mail in order if mail.record_id in names)
    return Reading(read, tuple(left for left in settled if left.record_id not in names))


def _parts(mail: Mail) -> list[tuple[int, int]]:
    """Return the parts of a mail that must each be found: all of its text, cut where its segments are."""
    cuts = sorted({0, len(mail.text), *(x for s in mail.segments for x in (s.start, s.end))})
    return [(a, b) for a, b in pairwise(cuts) if mail.text[a:b].strip()]


def _contained(mail: Mail, later: Mail, own: dict[str, list[_Words]], quoted: dict[str, list[_Words]]) -> LeftOut | None:
    if not mail.attachments <= later.attachments or not own[mail.record_id]:
        return None
    proofs: list[Proof] = []
    for part in own[mail.record_id]:
        if not part.places:
            continue
        place = next((found for among in quoted[later.record_id] if (found := _found(part, among))), None)
        if place is None:
            return None
        proofs.append(Proof(part.places[0][0], part.places[-1][1], *place))
    return LeftOut(mail.record_id, later.record_id, tuple(proofs)) if proofs else None


def _found(part: _Words, among: _Words) -> tuple[int, int] | None:
    """Return where the words of a part stand in a row, from the beginning of a line to the end of one."""
    at = among.joined.find(part.joined)
    while at >= 0:
        end = at + len(part.joined)
        first = bisect_right(among.starts, at) - 1
        last = first + len(part.places) - 1
        whole = among.starts[first] == at and (end == len(among.joined) or among.joined[end] == " ")
        if whole and among.places[first][2] and among.places[last][3]:
            return among.places[first][0], among.places[last][1]
        at = among.joined.find(part.joined, at + 1)
    return None


def _words(text: str, start: int, end: int) -> _Words:
    out = _Words()
    size = 0
    words: list[str] = []
    for line in _LINE.finditer(text, start, end):
        if not line.group():
            break
        marks = _MARKS.match(text, line.start(), line.end())
        found = list(_WORD.finditer(text, marks.end() if marks else line.start(), line.end()))
        for number, word in enumerate(found):
            out.starts.append(size)
            out.places.append((word.start(), word.end(), number == 0, number == len(found) - 1))
            words.append(word.group())
            size += len(word.group()) + 1
    out.joined = " ".join(words)
    return out
