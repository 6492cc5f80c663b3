"""PowerPoint presentations of the older kind (.ppt): text by the records of [MS-PPT]; a slide is a page.

Text of a slide: what stands in its placeholders and boxes, then its notes and comments.  Masters are left out.  Where the directory of
objects is broken, all text records are read in the order of the file, as one page.  Pictures and embedded files are children.
"""
from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.extracted import Extracted, Participant
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import UniqueNames
from ingest.extract.office import unlocked
from ingest.extract.ole import Compound, pictures
from ingest.extract.pages import joined
from ingest.extract.text import clean

_CHARS, _BYTES, _STRING, _OUTLINE, _PERSIST, _HEADER = 0x0FA0, 0x0FA8, 0x0FBA, 0x0F9E, 0x03F3, 0x0F9F
_DOCUMENT, _SLIDE, _NOTES, _MASTER, _LIST, _COMMENT, _SLIDE_ATOM, _NOTES_ATOM = 0x03E8, 0x03EE, 0x03F0, 0x03F8, 0x0FF0, 0x2EE0, 0x03EF, 0x03F1
_EDIT, _DIRECTORY, _CRYPT = 0x0FF5, 0x1772, 0x2F14
_RECORDS_MAX, _DEPTH_MAX = 2_000_000, 40
_SHOWN = str.maketrans({"\r": "\n", "\x0b": "\n"})


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its type and instance, where its content begins and ends, how deep it lies."""
    kind: int
    instance: int
    start: int
    end: int
    depth: int
    holds: bool


def records(data: bytes, start: int, end: int) -> Iterator[Record]:
    """Yield the records from one byte to another, containers before what they hold."""
    stack, count = [(start, min(end, len(data)))], 0
    while stack:
        at, stop = stack.pop()
        if at + 8 > stop:
            continue
        version, kind, size = struct.unpack_from("<HHI", data, at)
        last = min(at + 8 + size, stop)
        count += 1
        if count > _RECORDS_MAX:
            raise CannotRead("over_limit", f"It has more than {_RECORDS_MAX} records.")
        holds = version & 0xF == 0xF
        yield Record(kind, version >> 4, at + 8, last, len(stack), holds)
        stack.append((last, stop))
        if holds and len(stack) < _DEPTH_MAX:
            stack.append((at + 8, last))


def _one(data: bytes, at: int) -> Record | None:
    return next(records(data, at, len(data)), None) if 0 <= at <= len(data) - 8 else None


def _text(data: bytes, record: Record) -> str:
    raw = data[record.start:record.end]
    words = raw.decode("latin-1") if record.kind == _BYTES else raw[:len(raw) // 2 * 2].decode("utf-16-le", "replace")
    return clean(words.translate(_SHOWN)).strip()


@dataclass(frozen=True, slots=True)
class _Show:
    """The slides in order, each with the words of its placeholders, and the notes by slide id."""
    slides: list[tuple[int, int, list[str]]]
    notes: dict[int, int]


def _directory(data: bytes, user: bytes) -> tuple[dict[int, int], int]:
    """Return where each object lies ([MS-PPT] 2.3.4) and the number of the document, by the last edit and those before it."""
    if len(user) < 20:
        raise CannotRead("damaged", "It does not say where its slides lie.")
    at, where, document, seen = struct.unpack_from("<I", user, 16)[0], dict[int, int](), 0, set[int]()
    while at and at not in seen and len(seen) < 1000:
        seen.add(at)
        edit = _one(data, at)
        if edit is None or edit.kind != _EDIT or edit.end - edit.start < 20:
            break
        _, _, before, directory, number = struct.unpack_from("<IIIII", data, edit.start)
        document = document or number
        listed = _one(data, directory)
        if listed is not None and listed.kind == _DIRECTORY:
            _entries(data[listed.start:listed.end], where)
        at = before
    return where, document


def _entries(data: bytes, where: dict[int, int]) -> None:
    at = 0
    while at + 4 <= len(data):
        first = struct.unpack_from("<I", data, at)[0]
        number, count = first & 0xFFFFF, first >> 20
        at += 4
        for offset in struct.unpack_from(f"<{min(count, (len(data) - at) // 4)}I", data, at):
            where.setdefault(number, offset)
            number += 1
        at += 4 * count


def _show(data: bytes, where: dict[int, int], document: int) -> _Show:
    """Return what the document says of its slides. Raises CannotRead(damaged)."""
    root = _one(data, where.get(document, -1))
    if root is None or root.kind != _DOCUMENT:
        raise CannotRead("damaged", "It does not say where its slides lie.")
    slides: list[tuple[int, int, list[str]]] = []
    notes: dict[int, int] = {}
    listing = -1
    for record in records(data, root.start, root.end):
        if record.kind == _LIST and record.holds:
            listing = record.instance
        elif record.kind == _PERSIST and record.end - record.start >= 16:
            number, _, _, identity = struct.unpack_from("<IIII", data, record.start)
            if listing == 0:
                slides.append((where.get(number, -1), identity, []))
            elif listing == 2:
                place = where.get(number, -1)
                for inner in records(data, place, len(data)) if (held := _one(data, place)) is not None and held.kind == _NOTES else ():
                    if inner.kind == _NOTES_ATOM and inner.end - inner.start >= 4:
                        notes[struct.unpack_from("<I", data, inner.start)[0]] = place
                        break
        elif record.kind in (_CHARS, _BYTES) and listing == 0 and slides:
            slides[-1][2].append(_text(data, record))
    return _Show(slides, notes)


def _boxes(data: bytes, at: int, kind: int, outline: list[str], people: list[Participant]) -> list[str]:
    """Return the words of a slide or of notes: of boxes in place, of placeholders by their number, then comments."""
    root = _one(data, at)
    if root is None or root.kind != kind:
        return list(outline)
    said: list[str] = []
    used: set[int] = set()
    comment: list[str] | None = None
    for record in records(data, root.start, root.end):
        if record.kind in (_CHARS, _BYTES):
            said.append(_text(data, record))
        elif record.kind == _OUTLINE and record.end - record.start >= 4:
            number = struct.unpack_from("<I", data, record.start)[0]
            if number < len(outline) and number not in used:
                used.add(number)
                said.append(outline[number])
        elif record.kind == _COMMENT:
            comment = []
        elif record.kind == _STRING and comment is not None:
            comment.append(_text(data, record))
            if record.instance == 1 and len(comment) >= 2:
                said.append(f"Comment ({comment[0]}): {comment[1]}")
                people.append(Participant("author", "", comment[0]))
                comment = None
    rest = [words for number, words in enumerate(outline) if number not in used]
    return [words for words in [*rest, *said] if words and words != "*"]


def _read(work: Work) -> Iterator[Part]:
    content, note = work.content, ""
    with Compound(content) as file:
        user = file.read("Current User") if file.has("Current User") else b""
        if len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == 0xF3D1C4DF:
            content, note = unlocked(content, work.given.passwords)
    with Compound(content) as file:
        data = file.read("PowerPoint Document")
        user = file.read("Current User") if file.has("Current User") else b""
        people: list[Participant] = []
        try:
            where, number = _directory(data, user)
            show = _show(data, where, number)
            pages = []
            for at, identity, outline in show.slides:
                said = _boxes(data, at, _SLIDE, outline, people)
                beside = _boxes(data, show.notes[identity], _NOTES, [], people) if identity in show.notes else []
                pages.append("\n".join([*said, *(f"Notes: {words}" for words in beside)]))
        except (CannotRead, struct.error) as error:
            if isinstance(error, CannotRead) and error.code == "over_limit":
                raise
            pages = ["\n".join(filter(None, (_text(data, r) for r in records(data, 0, len(data)) if r.kind in (_CHARS, _BYTES))))]
            note = "; ".join(filter(None, (note, "its directory is broken; all texts in the order of the file")))
        metadata, subject, created_at = file.properties()
        yield from file.embedded()
        yield from pictures(file.read("Pictures") if file.has("Pictures") else b"", UniqueNames())
    text, bounds = joined(pages)
    if not text.strip():
        yield Extracted(Failed("empty", "No slide has text."), subject=subject, metadata=metadata, created_at=created_at)
        return
    yield Extracted(Done(note), text=text, pages=bounds, participants=tuple(dict.fromkeys(people)), subject=subject, metadata=metadata, created_at=created_at)


EXTRACTORS = (Extractor("ppt", "1", bids({"ppt": 1.0}), _read),)
