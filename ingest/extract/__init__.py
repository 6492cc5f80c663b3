"""Readers, one module per format, and the register through which they are found.

A module of this package takes part by a constant `EXTRACTORS`, a package from outside by an entry point of the group
`casetrail.extractors` that names an `Extractor` or a tuple of them.  Both come through the same door.  Heavy libraries are imported
inside the functions that need them, since a worker that reads mails needs none of them.
"""
from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import entry_points
from typing import Final

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from ingest.extract.base import CannotRead, Extractor, Part, Work
from ingest.extract.text import clean

GROUP = "casetrail.extractors"

_FORMATS: Final[dict[str, str]] = {
    "archives_7z": "7z", "archives_rar": "rar", "archives_tar": "bzip2 gzip tar xz zstd", "calendar": "ics",
    "chat_data": "chat-json chat-ndjson transcript", "chat_html": "chat-html", "chat_lines": "chat-txt transcript-txt whatsapp",
    "chat_slack": "export-list slack", "chat_table": "chat-csv chat-tsv", "chat_teams": "teams", "chat_tickets": "intercom zendesk", "csv": "csv tsv",
    "doc": "doc", "docx": "docx", "einvoice": "einvoice", "email": "email", "emlx": "emlx", "epub": "epub", "html": "html xml",
    "image": "bmp emf gif heic ico jpeg png tiff webp wmf", "json_plain": "json ndjson",
    "last_resort": "docx email epub html md msg odt org pptx rst rtf txt xlsx xml", "loadfile": "loadfile", "mbox": "mbox", "msg": "msg",
    "odf": "fodt odg odp odt", "office": "encrypted-office", "p7m": "p7m p7s", "pdf": "pdf", "pdf_slow": "pdf", "pgp": "pgp", "ppt": "ppt",
    "pptx": "pptx", "pst": "pst", "rtf": "rtf", "sheets": "ods xls xlsb xlsx", "text": "*", "tnef": "tnef", "transcript_cues": "sbv srt vtt",
    "transcript_tokens": "transcript-tokens", "vcard": "vcf", "xml": "einvoice xml", "zip": "zip",
}
"""Which formats the modules of this package read (`*`: it looks for itself), so that none is imported before it is needed. A test holds it to them."""

_extra: list[Extractor] = []


def register(*extractors: Extractor) -> None:
    """Add extractors at run time, as an entry point would."""
    _extra.extend(extractors)
    bidders.cache_clear()


@functools.cache
def builtin() -> tuple[Extractor, ...]:
    """Return the extractors of this package, in order of module name."""
    return tuple(extractor for module in sorted(m.name for m in pkgutil.iter_modules(__path__)) for extractor in _of(module))


def _of(module: str) -> tuple[Extractor, ...]:
    return getattr(importlib.import_module(f"{__name__}.{module}"), "EXTRACTORS", ())


def _likely(identified: Identified) -> list[Extractor]:
    """Return the extractors of this package that may read a format, in order of module name."""
    return [extractor for module, formats in _FORMATS.items() if formats == "*" or identified.format in formats.split() for extractor in _of(module)]


@functools.cache
def _outside() -> tuple[Extractor, ...]:
    found: list[Extractor] = []
    for point in sorted(entry_points(group=GROUP), key=lambda p: p.name):
        loaded = point.load()
        found.extend(loaded if isinstance(loaded, tuple) else (loaded,))
    return tuple(found)


@functools.lru_cache(maxsize=256)
def bidders(identified: Identified) -> tuple[Extractor, ...]:
    """Return who can read this, the surest first; among equals the one registered last."""
    ranked = [(extractor.bid(identified), n, extractor) for n, extractor in enumerate((*_likely(identified), *_outside(), *_extra))]
    return tuple(extractor for bid, _, extractor in sorted(ranked, key=lambda r: (-r[0], -r[1])) if bid > 0)


class Reader:
    """Reads one item by the surest extractor, then by the next where that finds it damaged.

    `avoid` names extractors that died on this item before, `had` the members that were handed on then.  `reading` is the name of the
    extractor at work.
    """

    def __init__(self, work: Work, avoid: tuple[str, ...] = (), had: tuple[str, ...] = ()) -> None:
        self.work, self.reading = work, ""
        self._avoid, self._had = avoid, set(had)

    def attempts(self) -> Iterator[str | Part]:
        """Yield the name of each extractor before it begins, and what it yields; one Extracted, last.

        MemoryError and whatever is no Exception pass through: they concern the process, not the item.
        """
        work = self.work
        if work.source.size_bytes() == 0:
            yield Extracted(Failed("empty", "The item has no bytes."))
            return
        failed: list[str] = [f"{name} died on it" for name in self._avoid]
        first: Failed | Skipped | None = None
        for extractor in bidders(work.identified):
            if extractor.name in self._avoid:
                continue
            yield extractor.name
            try:
                for part in extractor.read(work):
                    if isinstance(part, Extracted):
                        yield _sealed(part, extractor, failed, work.limits.text_chars)
                        return
                    if part.inner not in self._had:
                        self._had.add(part.inner)
                        yield part
                raise CannotRead("damaged", "The reader gave no result.")
            except CannotRead as error:
                outcome: Failed | Skipped = Skipped(error.code, error.reason) if error.code in ("unsupported", "needs_ocr") \
                    else Failed(error.code, error.reason)
                first = first or outcome
                if error.code not in ("damaged", "unsupported"):
                    break
                failed.append(f"{extractor.name}: {error.reason}")
            except MemoryError:
                raise
            except Exception as error:  # whatever a parser raises about hostile bytes is damage
                first = first or Failed("damaged", f"The reader could not make sense of it ({type(error).__name__}).")
                failed.append(f"{extractor.name}: {type(error).__name__}")
        if first is None:
            first = Failed("crashed", "; ".join(failed)) if failed \
                else Skipped("unsupported", f"There is no reader for {work.identified.mime or 'this format'}.")
        yield Extracted(first)


def read(work: Work) -> Iterator[Part]:
    """Yield the members of one item and, last, what was read of it. Never raises for what is wrong with the item."""
    for part in Reader(work).attempts():
        if not isinstance(part, str):
            yield part


def read_whole(work: Work) -> tuple[list[Child | Unread], Extracted]:
    """Return all that `read` yields, members apart."""
    members: list[Child | Unread] = []
    for part in read(work):
        if isinstance(part, Extracted):
            return members, part
        members.append(part)
    raise AssertionError("read yields an Extracted, last")


def _sealed(part: Extracted, extractor: Extractor, failed: list[str], text_chars: int) -> Extracted:
    """Return the result with its extractor named, the readers that failed before it noted, and over-long text cut."""
    outcome, notes = part.outcome, list(failed)
    if len(part.text) > text_chars:
        part = cut(part, text_chars)
        notes.append(f"text cut at {text_chars} characters")
    if isinstance(outcome, Done) and notes:
        outcome = Done("; ".join(filter(None, [outcome.note, *notes])))
    return replace(part, outcome=outcome, extractor=part.extractor or f"{extractor.name}/{extractor.version}",
                   subject=clean(part.subject).replace("\n", " "))


def cut(part: Extracted, chars: int) -> Extracted:
    """Return the result with its text cut and all offsets within what is left."""
    return replace(
        part, text=part.text[:chars],
        pages=tuple(replace(p, start=min(p.start, chars), end=min(p.end, chars)) for p in part.pages),
        segments=tuple(replace(s, end=min(s.end, chars)) for s in part.segments if s.start < chars),
        tables=tuple(replace(t, rows=tuple(row for row in t.rows if all(c.end <= chars for c in row))) for t in part.tables))
