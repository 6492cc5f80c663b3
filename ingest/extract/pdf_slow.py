"""PDF by pypdf: for what pdfium cannot open or dies on, and for the fields of forms. Slower, with limits on what a stream unpacks to."""
from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from typing import Any

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.names import UniqueNames, safe_name
from ingest.extract.pages import joined
from ingest.extract.pdf import outcome, pdf_moment
from ingest.extract.text import clean

_FIELDS_MAX = 2000


def _reader(content: bytes, passwords: tuple[str, ...] = ()) -> Any:
    """Return an opened document. Raises CannotRead(encrypted, damaged)."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not any(reader.decrypt(p) for p in ("", *passwords)):
            raise CannotRead("encrypted", "It is protected by a password.")
    except (PyPdfError, NotImplementedError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise CannotRead("damaged", "It is no sound PDF.") from error
    return reader


def form_fields(content: bytes) -> str:
    """Return the filled fields of a form as lines "name: value", "" without any or when the form cannot be read."""
    with contextlib.suppress(Exception):
        fields = _reader(content).get_fields() or {}
        lines = [f"{name}: {field.get('/V')}" for name, field in list(fields.items())[:_FIELDS_MAX]
                 if isinstance(field.get("/V"), str) and field.get("/V").strip() and not str(field.get("/V")).startswith("/")]
        return clean("\n".join(lines))
    return ""


def _read(work: Work) -> Iterator[Part]:
    reader = _reader(work.content, work.given.passwords)
    texts, broken, length = list[str](), 0, 0
    for page in reader.pages:
        try:
            text = clean(page.extract_text() or "").strip("\n")
        except Exception:  # one page that pypdf refuses does not cost the others
            text = ""
            broken += 1
        texts.append(text)
        length += len(text)
        if length > work.limits.text_chars:
            break
    if texts and broken == len(texts):
        raise CannotRead("damaged", "No page could be read.")
    yield from _embedded(reader, work)
    text, pages = joined(texts)
    metadata: dict[str, str] = {}
    with contextlib.suppress(Exception):
        metadata = {f"pdf:{str(key).lstrip('/')}": clean(str(value)) for key, value in (reader.metadata or {}).items() if str(value).strip()}
    yield Extracted(outcome(texts, [f"{broken} pages could not be read"] if broken else []), text=text, pages=pages,
                    subject=metadata.get("pdf:Title", ""), metadata=metadata, created_at=pdf_moment(metadata.get("pdf:CreationDate", "")))


def _embedded(reader: Any, work: Work) -> Iterator[Part]:
    names = UniqueNames()
    try:
        attached = [(name, data) for name, several in reader.attachments.items() for data in several]
    except Exception:
        yield Unread("embedded-1", Failed("damaged", "The embedded files cannot be unpacked."))
        return
    for number, (name, data) in enumerate(attached[:work.limits.members], 1):
        yield Child(names.give(safe_name(name) or f"embedded-{number}"), bytes(data))


EXTRACTORS = (Extractor("pypdf", "1", bids({"pdf": 0.6}), _read),)
