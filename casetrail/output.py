"""What goes to the terminal or the pipe. Words from documents are hostile: on a terminal, no control character of theirs gets through."""
from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""C0 but for tab and line feed, DEL and C1 (they move cursors and set titles), marks that turn the direction of text, lone surrogates."""
_BEYOND_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(words: str) -> str:
    """Return words with every character that could steer a terminal shown as its code point, as in `\\x1b`."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), words)


def line(words: object = "") -> None:
    """Print one line; line feeds inside become blanks, so that one value cannot look like two."""
    click.echo(safe(str(words)).replace("\n", " "))


def paragraph(words: str) -> None:
    """Print text of several lines that we laid out ourselves."""
    click.echo(safe(words), nl=not words.endswith("\n"))


def as_json(value: Any, *, indent: int | None = 2) -> str:
    """Return JSON in readable Unicode; what could steer a terminal or cannot be written is escaped, which changes no value."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _BEYOND_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def print_json(value: Any) -> None:
    click.echo(as_json(value))


def print_json_lines(values: Iterable[Mapping[str, Any]]) -> None:
    for value in values:
        click.echo(as_json(value, indent=None))


def print_exactly(text: str) -> None:
    """Print a record's text: byte for byte in UTF-8 to a pipe or file, made harmless on a terminal."""
    if sys.stdout.isatty():
        click.echo(safe(text))
        return
    # A lone surrogate cannot be written in UTF-8; one character stands for it, so that offsets stay true.
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows in columns as wide as their longest value (at most 60 characters)."""
    cells = [[_cell(value) for value in row] for row in rows]
    widths = [max(len(heading), *(len(row[i]) for row in cells)) if cells else len(heading) for i, heading in enumerate(headings)]
    for row in [list(headings), *cells]:
        click.echo("  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: object) -> str:
    text = " ".join(safe("" if value is None else str(value)).split())
    return text if len(text) <= 60 else text[:59] + "…"
