"""Sentences that somebody said, found by their words, each with its day, its side and its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.model.extracted import Passage
from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.cited import cites_json
from history.file import ClientFile, is_mail
from history.passages import one_line, own_spans, sentences
from history.who_said import Voices

TALKS = ("email", "chat", "call_transcript", "call_note", "meeting_note", "review", "legal_letter", "settlement", "amendment")
PAPERS = frozenset({"contract", "amendment", "sow"})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that somebody wrote or said, and where."""

    date: str | None
    words: str
    by: str | None
    record_id: str
    cite: Cite

    def as_json(self) -> dict[str, Any]:
        return {"date": self.date, "words": self.words, "by": self.by, "record_id": self.record_id, "cites": cites_json([self.cite])}


@dataclass(frozen=True, slots=True)
class Words:
    """A pattern, and plain strings in lower case, parted by `|`, one of which stands in every text in which it can match.

    Looking for these is some hundred times faster than the pattern; a file may hold ten thousand mails.
    """

    pattern: re.Pattern[str]
    hints: str

    def may_stand_in(self, lowered: str) -> bool:
        return any(hint in lowered for hint in self.hints.split("|"))

    def search(self, words: str) -> re.Match[str] | None:
        return self.pattern.search(words)


def said_in(read: ReadRecord, words: Words, voices: Voices) -> Iterator[tuple[Said, str]]:
    """Yield the sentences of a record with such words, each with the sentence that follows it in the same record, or ""."""
    if not words.may_stand_in(read.text.lower()):
        return
    if not any(words.pattern.search(read.text, a, b) for a, b in own_spans(read)):
        return
    whole: list[Passage] = list(sentences(read))
    for n, passage in enumerate(whole):
        if words.search(passage.quote):
            side = voices.of_passage(read, passage.start)
            segment = next((s for s in read.segments if s.kind == "turn" and s.start <= passage.start < s.end), None)
            day = segment.at[:10] if segment and re.match(r"\d{4}-\d\d-\d\d", segment.at) else read.record.date
            following = whole[n + 1].quote if n + 1 < len(whole) else ""
            yield Said(day, one_line(passage.quote), side, read.record.record_id, read.cite(passage)), following


def talks(file: ClientFile, first: str = "") -> list[ReadRecord]:
    """Return the records of talk and letters from a day on, newest first, each once; undated ones last."""
    held = file.by_id()
    return [r for r in reversed([held[i] for i in file.copies()]) if _is_talk(r) and (not first or (r.record.date or "") >= first)]


def _is_talk(read: ReadRecord) -> bool:
    return read.record.kind in TALKS or (is_mail(read) and read.record.kind not in PAPERS)
