"""Answers that are sent piece by piece. The first piece is made before the answer begins, so that what fails at once fails with a problem."""
from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from starlette.responses import StreamingResponse

LINES = "application/x-ndjson"


def streamed(pieces: Iterator[bytes], media_type: str, headers: Mapping[str, str] | None = None) -> StreamingResponse:
    """Return an answer of these pieces. Bytes keep their media type as given: nothing guesses a character set."""
    first = next(pieces, b"")

    def all_pieces() -> Iterator[bytes]:
        yield first
        yield from pieces

    return StreamingResponse(all_pieces(), headers={"Content-Type": media_type, **(headers or {})})


def json_lines(values: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    """Return values one a line."""
    for value in values:
        yield json.dumps(value).encode() + b"\n"


def json_list(name: str, values: Iterator[Mapping[str, Any]]) -> Iterator[bytes]:
    """Return one object whose only member is the list of the values."""
    opening = b'{"' + name.encode() + b'": ['
    for value in values:
        yield opening + json.dumps(value).encode()
        opening = b",\n"
    yield (opening if opening != b",\n" else b"") + b"]}"
