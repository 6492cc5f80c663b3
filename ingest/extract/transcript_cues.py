"""Transcripts in cues: WebVTT (W3C, 4.1 to 6), SubRip and SubViewer (SBV), good and broken.

A cue is a turn; the speaker is that of its voice tag, else a name before a colon where names come back.  A sentence that runs over several
cues of one speaker is one turn.  What stands in the file outside of cues (notes, header) is kept as lines before them, settings and
styles are not.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape

from archive.model.extracted import Extracted
from archive.model.outcome import Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.moments import clock
from ingest.extract.text import decode
from ingest.extract.turns import Turn, chat

_AT = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_ARROW = re.compile(rf"[ \t]*{_AT}[ \t]*-{{1,2}}>[ \t]*{_AT}([ \t][^\n]*)?")
_ARROW_LIKE = re.compile(r"[ \t]*[\d:.,a-z]{4,20}[ \t]*-{1,2}>[ \t]*[\d:.,a-z]{4,20}")
_COMMA = re.compile(rf"[ \t]*{_AT},{_AT}[ \t]*")
_COMMA_LIKE = re.compile(r"[ \t]*\d{1,2}:[\da-z:]{4,8}\.[\da-z]{1,4},\d{1,2}:[\da-z:]{4,8}\.[\da-z]{1,4}[ \t]*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,200})>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[a-zA-Z][^<>\n]{0,200}|\d[\d:.]{0,20})?>|\{\\[^{}\n]{0,40}\}")
_NAMED = re.compile(r"(?:>>[ \t]?|-[ \t]?)?([^\W\d_][^\n:<>\[\]()?!]{0,50}?)(?:[ \t]?\([^()\n]{1,40}\))?:[ \t]+(?=\S)")
_ENDS = frozenset(".?!…:;\"”»)]。？！♪")
_GAP_SECONDS, _TURN_CHARS = 2.0, 1500


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from `start` to `end` (seconds); `speaker` is "" where nothing says who."""
    start: float | None
    end: float | None
    words: str
    speaker: str = ""


def _seconds(hour: str | None, minute: str, second: str, part: str) -> float:
    return int(hour or 0) * 3600 + int(minute) * 60 + int(second) + int(part.ljust(3, "0")) / 1000


def cues_of(text: str) -> tuple[list[Cue], list[str], int]:
    """Return the cues, what stands outside of them as lines, and how many times were broken. Words without a time keep their place."""
    cues, outside, broken = list[Cue](), list[str](), 0
    for block in re.split(r"\n[ \t]*\n+", text.lstrip("\ufeff")):
        lines = [each for each in block.split("\n") if each.strip()]
        if not lines:
            continue
        first = lines[0].strip()
        if first.startswith(("WEBVTT", "NOTE")) and not any("-->" in each for each in lines):
            said = [first.removeprefix("WEBVTT").removeprefix("NOTE").lstrip(" -\t"), *lines[1:]]
            outside += [each.strip() for each in said if each.strip()]
            continue
        if first in ("STYLE", "REGION") or first.startswith("X-TIMESTAMP-MAP"):
            continue
        found, wrong = _block(lines)
        cues += found
        broken += wrong
    return cues, outside, broken


def _block(lines: list[str]) -> tuple[list[Cue], int]:
    """Return the cues in lines without a blank one between them: a time begins a new one; a number or name above a time is no word."""
    out, wrong = list[Cue](), 0
    start: float | None = None
    end: float | None = None
    words = list[str]()

    def finish() -> None:
        if words:
            out.append(Cue(start, end, "\n".join(words)))
        words.clear()

    for number, each in enumerate(lines):
        arrow = _ARROW.fullmatch(each) or _COMMA.fullmatch(each)
        if arrow:
            finish()
            start, end = _seconds(*arrow.group(1, 2, 3, 4)), _seconds(*arrow.group(5, 6, 7, 8))
        elif _ARROW_LIKE.match(each) or _COMMA_LIKE.fullmatch(each):
            finish()
            start, end, wrong = None, None, wrong + 1
        elif each.startswith("WEBVTT") and number == 0:
            continue
        else:
            following = lines[number + 1] if number + 1 < len(lines) else ""
            if (_ARROW.fullmatch(following) or _ARROW_LIKE.match(following)) and (number == 0 or each.strip().isdigit()):
                continue  # the identifier of the cue
            if number == 0 and each.strip().isdigit() and len(lines) > 1:
                continue
            words.append(each)
    finish()
    return out, wrong


def voiced(cue: Cue) -> list[Cue]:
    """Return the cue without tags, one for each voice in it."""
    parts = _VOICE.split(cue.words)
    out = []
    if (plain := _plain(parts[0])):
        out.append(replace(cue, words=plain))
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        if (plain := _plain(words)):
            out.append(replace(cue, words=plain, speaker=unescape(name).strip()))
    return out


def _plain(words: str) -> str:
    bare = unescape(_TAG.sub("", words)).replace("\xa0", " ")
    return "\n".join(each.strip() for each in bare.split("\n") if each.strip())


def named(cues: list[Cue]) -> list[Cue]:
    """Return the cues with speakers taken from `Name: words`, where at least half of the cues begin so or the name comes back."""
    if any(c.speaker for c in cues):
        return cues
    found = [_NAMED.match(c.words) for c in cues]
    names = Counter(m[1].strip() for m in found if m and len(m[1].split()) <= 5)
    sure = sum(names.values()) * 2 >= len(cues)
    out = []
    for cue, m in zip(cues, found, strict=True):
        name = m[1].strip() if m else ""
        out.append(replace(cue, speaker=name, words=cue.words[m.end():]) if m and name in names and (sure or names[name] > 2) else cue)
    return out


def turns_of(cues: list[Cue]) -> list[Turn]:
    """Return a turn a cue; a cue that goes on with a sentence of the same speaker, without a pause, belongs to the turn before."""
    turns, ended, ended_words = list[Turn](), None, ""
    pieces: list[str] = []
    length = 0
    for cue in cues:
        last = turns[-1] if turns else None
        flows = (last is not None and cue.speaker == last.speaker and cue.speaker and ended is not None and cue.start is not None
                 and -0.5 <= cue.start - ended <= _GAP_SECONDS and ended_words[-1:] not in _ENDS and length < _TURN_CHARS)
        if flows and last is not None:
            pieces.append(cue.words)
        else:
            if last is not None:
                turns[-1] = replace(last, words=" ".join(pieces))
            pieces, length = [cue.words], 0
            turns.append(Turn("", cue.speaker, clock(cue.start) if cue.start is not None else ""))
        length += len(cue.words)
        ended, ended_words = cue.end, cue.words.rstrip()
    if turns:
        turns[-1] = replace(turns[-1], words=" ".join(pieces))
    return turns


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    cues, outside, broken = cues_of(text)
    spoken = named([v for cue in cues for v in voiced(cue)])
    if not spoken:
        raise CannotRead("damaged", "It holds no cues.")
    note = f"{broken} times of cues are broken" if broken else ""
    last = max((c.end or 0.0 for c in cues), default=0.0)
    yield chat(turns_of(spoken), head=outside, note=note, basis="counted from the start of the recording",
               metadata={"charset": charset, "transcript:cues": str(len(cues)), "transcript:length": clock(last) if last else ""})


EXTRACTORS = (Extractor("cues", "1", bids({"vtt": 1.0, "srt": 1.0, "sbv": 1.0}), _read),)
