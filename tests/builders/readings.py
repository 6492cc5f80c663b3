"""Reading a small file as the fence does: identified by its bytes and name, then read by the surest reader."""
from __future__ import annotations

import json

from archive.model.extracted import Extracted, Identified
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.turns import said
from ingest.given import Given
from ingest.identify import identify


def reading(content: object, name: str, **given: object) -> tuple[Identified, Extracted]:
    """Return what an item is and what was read of it; what is no bytes nor text is written as JSON."""
    data = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else json.dumps(content).encode()
    known = Given(name.rpartition("/")[2], name, **given)  # type: ignore[arg-type]
    identified = identify(Content(data=data), known)
    _, read = read_whole(Work(Content(data=data), identified, known, Limits()))
    return identified, read


def messages(read: Extracted) -> list[tuple[str, str, str]]:
    """Return (time, speaker, words) of every turn, by the offsets of its segment."""
    return [(s.at, s.speaker, read.text[slice(*said(read.text, s))]) for s in read.segments if s.kind == "turn"]
