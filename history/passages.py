"""Which words of a record stand for it: its first meaningful line, and the sentences its author wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.extracted import Passage
from archive.model.record import ReadRecord

LEAD_CHARS = 200
LOOK_CHARS = 20_000
"""How far into a text the first meaningful line is looked for; a text of blanks only has none."""

_MEANING = re.compile(r"\w.*\w|\w")
_END = re.compile(r"[.!?…]['\")\]»”]*(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-*•–]|\d+[.)]) )")
_GREETING = re.compile(
    r"(?:dear|hi|hello|good (?:morning|afternoon|evening)|hey|to whom it may concern|sehr geehrte[rs]?|liebe[rs]?|guten (?:tag|morgen)|hallo"
    r"|bonjour|bonsoir|cher|chère|madame|monsieur|mesdames|salut|estimad[oa]s?|hola|buen(?:os|as) (?:días|tardes)|querid[oa])\b",
    re.I,
)
_NAMES = re.compile(r"[^\W\d_][\w'’.-]*(?:(?:,? |, ?)[^\W\d_][\w'’.-]*){0,3},?")
"""What a mail begins with where it greets by names alone."""

_CLOSING = re.compile(
    r"^[ \t]*(?:yours (?:faithfully|sincerely|truly)|(?:very )?truly yours|sincerely|(?:kind|best|warm|many) regards|regards|best wishes"
    r"|mit (?:freundlichen|besten) grüßen|(?:viele|beste|herzliche|freundliche) grüße"
    r"|(?:bien )?cordialement|salutations|veuillez agréer|atentamente|(?:un )?saludos?)\b",
    re.I | re.M,
)
"""What follows is a name, not a sentence."""

GREETING_CHARS = 70
_LETTERHEAD_LINES = 3
"""More line breaks than this in what would be a sentence of a paper: it is a letterhead, an address or a table."""

_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|no|nr|st|ltd|inc|co|corp|pte|pty|vs|e\.g|i\.e|z\.b|d\.h|bzw|ca|abs|art|mme|m|sr|sra|[a-z]|\d{1,2})\.$",
    re.I,
)


def lead(read: ReadRecord) -> Passage | None:
    """Return the words that a record is cited by where nothing in particular is cited, at most LEAD_CHARS; None for one without text.

    Of a mail or a talk the author's first sentence after the greeting, of any other paper its first meaningful line.
    """
    if any(s.kind in ("new", "turn") for s in read.segments) and (first := next(sentences(read), None)):
        return read.passage(first.start, min(first.end, first.start + LEAD_CHARS))
    greeting: Passage | None = None
    for start, end in _lines(read.text, 0, min(len(read.text), LOOK_CHARS)):
        if found := _MEANING.search(read.text, start, end):
            passage = read.passage(found.start(), min(end, found.start() + LEAD_CHARS))
            if not _greets(passage.quote):
                return passage
            greeting = greeting or passage
    return greeting


def find(read: ReadRecord, words: str) -> Passage | None:
    """Return the first place where these words stand in the text, letter by letter, or None."""
    words = words.strip()
    at = read.text.find(words) if words else -1
    return read.passage(at, at + len(words)) if at >= 0 else None


def own_spans(read: ReadRecord) -> list[tuple[int, int]]:
    """Return where the author's own words stand: the new part of a mail, the turns of a talk, else the whole text."""
    spans = [(s.start, s.end) for s in read.segments if s.kind in ("new", "turn")]
    return spans or [(0, len(read.text))]


def sentences(read: ReadRecord, limit_chars: int = LOOK_CHARS) -> Iterator[Passage]:
    """Yield the author's own sentences in order, without greetings, from the first `limit_chars` characters of them.

    A letter begins after its greeting; letterheads, addresses and tables are no sentences.
    """
    left = limit_chars
    by_segment = any(s.kind in ("new", "turn") for s in read.segments)
    for start, end in own_spans(read):
        end = min(end, start + left)
        left -= end - start
        start = _after_names(read.text, start, end) if by_segment else _after_greeting(read.text, start, end)
        if closing := _CLOSING.search(read.text, start, end):
            end = closing.start()
        for a, b in _sentences(read.text, start, end):
            if b - a > 1 and (by_segment or read.text.count("\n", a, b) <= _LETTERHEAD_LINES):
                yield read.passage(a, b)
        if left <= 0:
            return


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begun = start
    for mark in _END.finditer(text, start, end):
        if mark.group().startswith(".") and _ABBREVIATION.search(text, max(begun - 1, mark.start() - 6, 0), mark.start() + 1):
            continue
        if span := _trimmed(text, begun, mark.end()):
            yield span
        begun = mark.end()
    if span := _trimmed(text, begun, end):
        yield span


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "*•–-"):
        start += 1
    stop = _line_end(text, start, end)
    if _greets(text[start:stop]):
        start = stop
        while start < end and text[start].isspace():
            start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start and _MEANING.search(text, start, end) else None


def _greets(line: str) -> bool:
    """Say whether a line is a greeting and nothing more."""
    line = line.strip()
    return len(line) <= GREETING_CHARS and bool(_GREETING.match(line)) and not line.endswith((".", "?"))


def _after_names(text: str, start: int, end: int) -> int:
    """Return where the words begin after a first line that only names those who are written to."""
    while start < end and text[start].isspace():
        start += 1
    stop = _line_end(text, start, end)
    names = text[start:stop].strip()
    return stop if stop < end and len(names) <= 40 and _NAMES.fullmatch(names) and _MEANING.search(text, stop, end) else start


def _after_greeting(text: str, start: int, end: int) -> int:
    """Return where a letter goes on after its greeting, its beginning where it has none."""
    return next((b for a, b in _lines(text, start, end) if _greets(text[a:b])), start)


def _line_end(text: str, start: int, end: int) -> int:
    at = text.find("\n", start, end)
    return end if at < 0 else at


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        a, b = start, stop
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if b > a:
            yield a, b
        start = stop + 1


def one_line(words: str, limit: int = 300) -> str:
    """Return words with every run of white space as one blank, cut at a word with an ellipsis when longer than `limit`."""
    joined = " ".join(words.split())
    return joined if len(joined) <= limit else joined[: limit - 1].rsplit(" ", 1)[0] + "…"
