"""Files sent to be taken in: written to a folder of their own as they arrive, never held in memory, within limits."""
from __future__ import annotations

import errno
import hashlib
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from archive.errors import BadRequest, StoreFull, TooLarge
from archive.settings import Settings
from search_api.routes.attachment import safe_name

FIELDS = frozenset({"source", "custodian", "client"})
FIELD_BYTES_MAX = 1000
FILES_MAX = 1000
ABANDONED_SECONDS = 24 * 3600
REMEDY = "Send multipart/form-data with one `file` part or more, and perhaps the fields source, custodian and client."


class Upload:
    """One multipart/form-data body (RFC 7578), fed as it arrives. `files` and `fields` are whole after `finish`.

    Two files of one name get folders of their own, so that each keeps its name.  `discard` removes all of it.
    """

    def __init__(self, settings: Settings, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise BadRequest("An upload is multipart/form-data.", REMEDY)
        self.fields: dict[str, str] = {}
        self.files: list[Path] = []
        self.folder = spool_of(settings) / uuid.uuid4().hex
        self._limit, self._size_bytes, self._ended = settings.upload_max_bytes, 0, False
        self._part = _Part()
        self._file: BinaryIO | None = None
        callbacks: dict[str, Callable[..., Any]] = {
            "on_part_begin": self._part_begin, "on_header_field": self._header_field, "on_header_value": self._header_value,
            "on_header_end": self._header_end, "on_headers_finished": self._headers_finished, "on_part_data": self._part_data,
            "on_part_end": self._part_end, "on_end": self._end}
        # The parser itself bounds the number and the length of a part's headers.
        self._parser = MultipartParser(options[b"boundary"], callbacks)  # type: ignore[arg-type]

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes of the body. Raises TooLarge, BadRequest, StoreFull."""
        self._size_bytes += len(chunk)
        if self._size_bytes > self._limit:
            raise TooLarge(f"The upload is larger than {self._limit} bytes.", "Send less at a time, or use `casetrail ingest` beside the archive.")
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise BadRequest("The upload breaks the rules of multipart/form-data.", REMEDY) from error
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StoreFull("There is no space left for the upload.", "Make room under CASETRAIL_HOME and send it again.") from error
            raise

    def finish(self) -> None:
        """Say that the body has ended. Raises BadRequest when it is cut short or has no file."""
        if not self._ended:
            raise BadRequest("The upload ends before its last boundary.", REMEDY)
        if not self.files:
            raise BadRequest("The upload has no file.", REMEDY)

    def keep_below(self, name: str) -> None:
        """Move all files one level down, into a folder that is named after what `name` says."""
        within = name if name == safe_name(name) else hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        aside = self.folder.with_name(f"{self.folder.name}-aside")
        self.folder.rename(aside)
        self.folder.mkdir()
        aside.rename(self.folder / within)
        self.files = [self.folder / within / file.relative_to(self.folder) for file in self.files]

    def discard(self) -> None:
        """Remove what was written. May be called at any time, more than once."""
        if self._file is not None:
            self._file.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _part_begin(self) -> None:
        self._part = _Part()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._part.header_name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.header_value += data[start:end]

    def _header_end(self) -> None:
        self._part.headers[self._part.header_name.lower()] = self._part.header_value
        self._part.header_name = self._part.header_value = b""

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._part.headers.get(b"content-disposition"))
        self._part.name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            if self._part.name not in FIELDS:
                raise BadRequest(f"There is no field {self._part.name!r}.", REMEDY)
            return
        if len(self.files) >= FILES_MAX:
            raise TooLarge(f"An upload has at most {FILES_MAX} files.", "Send them in parts, or as a zip.")
        name = safe_name(options[b"filename"].decode("utf-8", "replace"))
        path = self.folder / name
        if path.exists():
            path = self.folder / str(len(self.files) + 1) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.files.append(path)
        self._file = path.open("xb")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
            return
        self._part.value += data[start:end]
        if len(self._part.value) > FIELD_BYTES_MAX:
            raise TooLarge(f"The field {self._part.name!r} is longer than {FIELD_BYTES_MAX} bytes.", REMEDY)

    def _part_end(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        else:
            self.fields[self._part.name] = self._part.value.decode("utf-8", "replace").strip()

    def _end(self) -> None:
        self._ended = True


class _Part:
    """The part that is arriving."""

    def __init__(self) -> None:
        self.headers: dict[bytes, bytes] = {}
        self.header_name = self.header_value = self.value = b""
        self.name = ""


def spool_of(settings: Settings) -> Path:
    return settings.home / "spool"


def sweep(settings: Settings) -> None:
    """Remove what a server that was killed left behind more than a day ago."""
    for folder in spool_of(settings).glob("*"):
        if folder.stat().st_mtime < time.time() - ABANDONED_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
