"""PDF by pdfium: text page by page, notes on the pages, form fields, embedded files as children, the document's own properties.

pdfium is fast and robust but has no limit on the size of a content stream, so that some bombs kill it: then `pypdf` is tried, which has
(ingest/extract/pdf_slow.py).  Pages that are pictures are read by OCR where there is one (ingest/extract/ocr.py), else they are named in the
outcome; when no page has text the item waits for OCR.
"""
from __future__ import annotations

import contextlib
import ctypes
import functools
import re
import time
import zlib
from collections.abc import Iterator
from typing import Any

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed, Outcome, Skipped
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.ocr import OCR_SHARE, SURE, Pages, read_pages, spans
from ingest.extract.pages import joined
from ingest.extract.pdf_scans import PLENTY_CHARS, UNMAPPED, Sights, draw
from ingest.extract.text import clean
from ingest.tools import tesseract
from ingest.tools.malloc import keep_freed

_NOTES = frozenset((1, 3, 9, 10, 11, 12, 13, 14))  # text, free text, highlight, underline, squiggly, strike-out, stamp, caret (FPDF_ANNOT_*)
_ANNOTATIONS_A_PAGE = 2000
_PINNED_MAX = 200
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:(Z)|([+-])(\d\d)'?(\d\d)?)?")
_LETTERS_BEFORE, _LETTERS_AFTER = re.compile(r"[^\W\d_]+\Z"), re.compile(r"[^\W\d_]+")
_WORD_CHARS = 100
_BLANK = rb"[\0\t\n\f\r ]"
_VALUE = re.compile(rb"/(?:V|#56)%b*(?:[(%%]|<[0-9A-Fa-f>\0\t\n\f\r ]|\d{1,10}%b+\d{1,5}%b+R)" % (_BLANK, _BLANK, _BLANK))
"""The value of a field where it is a string, or stands elsewhere; in packed bytes such three come by chance in few files."""
_PICTURE = re.compile(rb"/(?:Image|#49)(?![A-Za-z])")  # /ImageB, /ImageC stand in the list of procedures of nearly every page
_PACKED, _PACKED_BYTES = re.compile(rb"/ObjStm(?![A-Za-z])"), 16 << 20
_PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")


def pdf_moment(value: str) -> str:
    """Return a PDF date (ISO 32000-1, 7.9.4) as ISO 8601 with the zone it has, "" for what is none."""
    found = _DATE.match(value.strip())
    if found is None:
        return ""
    year, month, day, hour, minute, second, utc, sign, zone_hours, zone_minutes = found.groups()
    if not month:
        return year
    text = f"{year}-{month}-{day or '01'}"
    if not hour:
        return text
    zone = "+00:00" if utc else f"{sign}{zone_hours}:{zone_minutes or '00'}" if sign else ""
    return f"{text}T{hour}:{minute or '00'}:{second or '00'}{zone}"


def outcome(texts: list[str], notes: list[str], waiting: bool = True) -> Outcome:
    """Return what became of a document in pages: the note names those without text; when none has any, there is no success.

    `waiting`: pages may be pictures that nobody has looked at, so that the item waits for OCR.
    """
    silent = [n for n, text in enumerate(texts, 1) if not text.strip()]
    if not texts:
        return Failed("empty", "The document has no pages.")
    if len(silent) == len(texts):
        return Skipped("needs_ocr", "No page has text; they are pictures or empty.") if waiting \
            else Skipped("empty", "; ".join(["No text was found on its pages, nor in pictures on them.", *notes]))
    if silent:
        notes = [*notes, f"no text on {len(silent)} of {len(texts)} pages: {spans(silent)}"]
    return Done("; ".join(notes))


def known_words(texts: list[str]) -> frozenset[str]:
    """Return those words, broken at the end of a line, that the document has elsewhere in one piece; in lower case."""
    broken = {f"{first}{second}".lower() for text in texts for first, second in _breaks(text) if first and second}
    if not broken:
        return frozenset()
    whole = "\n".join(texts).lower()
    return frozenset(word for word in broken if _stands(word, whole))


def _breaks(text: str) -> Iterator[tuple[str, str]]:
    """Yield for each U+FFFE the letters before and behind it, at most _WORD_CHARS."""
    at = text.find("\ufffe")
    while at >= 0:
        before = _LETTERS_BEFORE.search(text[max(0, at - _WORD_CHARS):at]) if text[at - 1:at].isalnum() else None
        after = _LETTERS_AFTER.match(text, at + 1, at + 1 + _WORD_CHARS) if before else None
        yield (before[0], after[0]) if before and after else ("", "")
        at = text.find("\ufffe", at + 1)


def _stands(word: str, text: str) -> bool:
    """Say whether a word stands in a text by itself, and not as a part of another, a hyphenated one included."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        before, after = text[max(0, at - 2):at], text[end:end + 2]
        if not (before[-1:].isalpha() or after[:1].isalpha() or (before[-1:] == "-" and before[:-1].isalpha())
                or (after[:1] == "-" and after[1:].isalpha())):
            return True
        at = text.find(word, end)
    return False


def rejoined(text: str, words: frozenset[str]) -> str:
    """Return page text with its broken words mended.

    pdfium puts U+FFFE where a line ended in a hyphen.  When the document has the word without a hyphen elsewhere it is joined; else the
    hyphen is kept, as it was printed.
    """
    if "\ufffe" not in text:
        return text
    pieces = text.split("\ufffe")
    joints = ["" if first and second and f"{first}{second}".lower() in words else "-" for first, second in _breaks(text)]
    return "".join(part for pair in zip(pieces, [*joints, ""], strict=True) for part in pair)


def _open(content: bytes, passwords: tuple[str, ...]) -> tuple[Any, str]:
    """Return the document and the note how it was opened. Raises CannotRead(encrypted, damaged)."""
    import pypdfium2 as pdfium
    keep_freed()
    reason = "The document cannot be opened."
    for password in (None, *passwords):
        try:
            return pdfium.PdfDocument(content, password=password), "opened with a password that was given" if password else ""
        except pdfium.PdfiumError as error:
            reason = str(error).lower()
            if "password" not in reason and "security" not in reason:
                raise CannotRead("damaged", "It is no sound PDF.") from error
    raise CannotRead("encrypted", "It is protected by a password." if "password" in reason else "Its method of encryption is not known here.")


def _read(work: Work) -> Iterator[Part]:
    began, content = time.monotonic(), work.content
    document, note = _open(content, work.given.passwords)
    try:
        raw, broken, length = list[str](), 0, 0
        sights = Sights()
        pinned: list[tuple[str, bytes]] = []
        pictured = _PICTURE.search(content) is not None  # the dictionary of a stream is never packed
        for number in range(len(document)):
            try:
                text = _page(document, number, sights, pictured, pinned)
            except Exception:  # one page that pdfium refuses does not cost the others
                broken += 1
                text = ""
            raw.append(text)
            length += len(text)
            if length > work.limits.text_chars:
                break
        fields = _fields(document, content)
        metadata = {f"pdf:{key}": clean(value) for key, value in _properties(document) if value.strip()}
        yield from _embedded(document, work, pinned)
        if broken == len(raw) and raw:
            raise CannotRead("damaged", "No page could be read.")
        pictures = _recognised(document, sights.scans, work.limits.seconds * OCR_SHARE - (time.monotonic() - began))
        beside, looked_at = _beside(sights, work.limits.seconds * OCR_SHARE - (time.monotonic() - began))
    finally:
        document.close()
    words = known_words(raw)
    texts = [clean(rejoined(text, words)).strip("\n") for text in raw]
    for number, page in pictures.read.items():
        texts[number - 1] = both(texts[number - 1], page.text)
    for number, words_ in beside:
        texts[number] = f"{texts[number]}\n\n{words_}"
    text, pages = joined(texts)
    if looked_at:
        metadata["ocr:engine"] = "tesseract"
    if beside:
        metadata["ocr:pictures"] = spans(sorted({number + 1 for number, _ in beside}))
        note = "; ".join(filter(None, (note, f"pictures with writing read by OCR on pages: {metadata['ocr:pictures']}")))
    notes = [n for n in (note, f"{broken} pages could not be read" if broken else "", *pictures.notes()) if n]
    result = outcome(texts, notes, waiting=bool(sights.scans) and (not pictures.read or bool(pictures.late) or pictures.foreign))
    if fields:
        text = f"{text}\n\f{fields}" if text.strip() else fields
        result = Done("form fields only") if isinstance(result, Skipped) else result
    yield Extracted(result, text=text, pages=pages, subject=metadata.get("pdf:Title", ""), metadata=metadata | pictures.metadata(),
                    created_at=pdf_moment(metadata.get("pdf:CreationDate", "")))


def _recognised(document: Any, scans: dict[int, int], seconds: float) -> Pages:
    if not scans or not tesseract.available():
        return Pages({})
    return read_pages([number + 1 for number in scans], lambda number: draw(document, number - 1, scans[number - 1]), seconds)


def _beside(sights: Sights, seconds: float) -> tuple[list[tuple[int, str]], bool]:
    """Return the words of pictures on pages with text, each with its page (from 0), and whether any was looked at."""
    found = sights.pictures
    if seconds < 1 or not found:
        return [], False
    read = read_pages(list(range(len(found))), lambda n: (found[n][1], found[n][2]), seconds)
    return [(found[n][0], page.text) for n, page in read.read.items() if page.text and page.confidence >= SURE], True


_TOKEN = re.compile(r"\w{3,}")


def both(printed: str, recognised: str) -> str:
    """Return the text of a page that has some of its own over a picture: what OCR gave, with what it has not above it.

    Where the page's own text has characters that mean nothing it is replaced.
    """
    if not printed.strip() or not recognised.strip() or UNMAPPED.search(printed):
        return recognised if recognised.strip() else printed
    seen = {word.lower() for word in _TOKEN.findall(recognised)}
    own = [word.lower() for word in _TOKEN.findall(printed)]
    if own and sum(word in seen for word in own) >= len(own) * 0.8:
        return recognised
    return f"{printed}\n\n{recognised}"


def _page(document: Any, number: int, sights: Sights, pictured: bool, pinned: list[tuple[str, bytes]]) -> str:
    """Return the text of a page (from 0) and the notes on it. By pdfium's own calls: the helpers of pypdfium2 cost as much again as a short page."""
    import pypdfium2.raw as raw
    page = raw.FPDF_LoadPage(document.raw, number)
    if not page:
        raise ValueError(f"page {number + 1} cannot be loaded")
    try:
        text = _characters(raw, page)
        if pictured or len(text) < PLENTY_CHARS:
            with contextlib.suppress(Exception):  # what cannot be looked at is no scan
                sights.look(page, number, text)
        notes = [note for note in _notes(page, document, pinned) if note.strip() and note.strip() not in text]
        return "\n".join([text, *notes]) if notes else text
    finally:
        raw.FPDF_ClosePage(page)


def _characters(raw: Any, page: Any) -> str:
    """Return the characters of an open page in the order of the file; pdfium has line ends and blanks put in."""
    characters = raw.FPDFText_LoadPage(page)
    if not characters:
        raise ValueError("the text of a page cannot be loaded")
    try:
        count = raw.FPDFText_CountChars(characters)
        if count <= 0:
            return ""
        buffer = _units(count + 2)
        written = raw.FPDFText_GetText(characters, 0, count, buffer)  # with the NUL at the end
        return _decoded(buffer, max(written - 1, 0), "ignore")
    finally:
        raw.FPDFText_ClosePage(characters)


def _notes(page: Any, document: Any, pinned: list[tuple[str, bytes]]) -> list[str]:
    """Return what was written on a page as notes, stamps and comments (ISO 32000-1, 12.5.6); files pinned to it go to `pinned`."""
    import pypdfium2.raw as raw
    found: list[str] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _ANNOTATIONS_A_PAGE)):
        annotation = raw.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) in _NOTES:
                found.append(_string(raw, annotation, b"Contents"))
            elif raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FILEATTACHMENT and len(pinned) < _PINNED_MAX:
                with contextlib.suppress(Exception):  # one that is not there
                    from pypdfium2 import PdfAttachment
                    file = PdfAttachment(raw.FPDFAnnot_GetFileAttachment(annotation), document)
                    pinned.append((file.get_name(), bytes(file.get_data())))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _properties(document: Any) -> Iterator[tuple[str, str]]:
    """Yield the document's own properties that are not empty (ISO 32000-1, 14.3.3)."""
    import pypdfium2.raw as raw
    buffer = _units(256)
    for name in _PROPERTIES:
        size = raw.FPDF_GetMetaText(document.raw, name.encode(), buffer, ctypes.sizeof(buffer))
        if size > ctypes.sizeof(buffer):
            buffer = _units(size // 2 + 1)
            raw.FPDF_GetMetaText(document.raw, name.encode(), buffer, size)
        if size > 2:
            yield name, _decoded(buffer, size // 2 - 1, "replace")


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2 or size > 1 << 20:
        return ""
    buffer = _units(size // 2 + 1)
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return _decoded(buffer, size // 2 - 1, "replace")


def _units(count: int) -> Any:
    """Return room for so many units of UTF-16 or more, in few sizes: ctypes makes a class for each, which costs more than what is put there."""
    return _room((count - 1).bit_length())()


@functools.cache
def _room(bits: int) -> Any:
    return ctypes.c_ushort * (1 << bits)


def _decoded(units: Any, count: int, errors: str) -> str:
    return ctypes.string_at(units, count * 2).decode("utf-16-le", errors)


def _fields(document: Any, content: bytes) -> str:
    """Return the filled fields of a form as lines "name: value", "" without any. They are drawn on no page as text."""
    if document.get_formtype() == 0 or not _may_have_values(content):
        return ""
    from ingest.extract.pdf_slow import form_fields
    return form_fields(content)


def _may_have_values(content: bytes) -> bool:
    """Say whether a field may have a value, in the open or among objects that are packed together (ISO 32000-1, 7.5.7).

    Whoever packs them in a way that is not seen through here, or to more than _PACKED_BYTES, may.
    """
    if b"/Encrypt" in content or _VALUE.search(content):
        return True
    room = _PACKED_BYTES
    for packed in _PACKED.finditer(content):
        begins = content.find(b"stream", packed.end(), packed.end() + 500)
        ends = content.find(b"endstream", begins, begins + _PACKED_BYTES)
        if begins < 0 or ends < 0 or b"/DecodeParms" in content[max(0, packed.start() - 300):begins]:
            return True
        unpacker = zlib.decompressobj()
        try:
            objects = unpacker.decompress(content[begins + 6:ends].lstrip(b"\r\n"), room + 1)
        except zlib.error:
            return True
        room -= len(objects)
        if not unpacker.eof or room < 0 or _VALUE.search(objects):
            return True
    return False


def _embedded(document: Any, work: Work, pinned: list[tuple[str, bytes]]) -> Iterator[Part]:
    """Yield the files embedded in a document, then those pinned to a page that are none of them."""
    names, seen = UniqueNames(), set[tuple[str, int, int]]()
    for index in range(min(document.count_attachments(), work.limits.members)):
        try:
            attachment = document.get_attachment(index)
            name = names.give(safe_name(attachment.get_name()) or f"embedded-{index + 1}")
        except Exception:
            name = names.give(f"embedded-{index + 1}")
            yield Unread(name, Failed("damaged", "The embedded file cannot be found in the document."))
            continue
        try:
            data = bytes(attachment.get_data())
        except Exception:
            yield Unread(name, Failed("damaged", "The embedded file cannot be unpacked."))
            continue
        seen.add((safe_name(attachment.get_name()), len(data), hash(data)))
        yield Child(name, data)
    for n, (called, data) in enumerate(pinned, 1):
        key = (safe_name(called), len(data), hash(data))
        if key not in seen:
            seen.add(key)
            yield Child(names.give(safe_name(called) or f"pinned-{n}"), data)


EXTRACTORS = (Extractor("pdfium", "2", bids({"pdf": 1.0}), _read),)
