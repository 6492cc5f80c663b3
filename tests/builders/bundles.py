"""Bundles made by hand for tests, and ways to tamper with them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from archive.model.custody import GENESIS, ChainedEvent, Event, chain
from archive.model.record import ReadRecord
from evidence import BundleSummary, write_bundle

MADE_AT = "2025-11-24T10:20:31+00:00"


def contents(reads: Iterable[ReadRecord]) -> dict[str, bytes]:
    """Return the bytes that `read_record` gave each record its digest from."""
    return {r.record.record_id: f"{r.record.record_id}\n{r.text}".encode("utf-8", "replace") for r in reads}


def bundle(target: Path, *reads: ReadRecord, originals: dict[str, bytes] | None = None, **more: Any) -> BundleSummary:
    held = originals if originals is not None else contents(reads)
    texts = {r.record.record_id: r.text for r in reads}
    settings: dict[str, Any] = {"title": "Case of C-1", "made_by": "legal@house.example", "made_at": MADE_AT, "custody": chained(3)} | more
    return write_bundle(
        target,
        records=[r.record for r in reads],
        open_original=lambda record: io.BytesIO(held[record.record_id]),
        text_of=lambda record: texts[record.record_id],
        **settings,
    )


def chained(count: int) -> list[ChainedEvent]:
    out: list[ChainedEvent] = []
    for seq in range(1, count + 1):
        event = Event("exported", "legal", f"record {seq}", {"why": "é", "n": seq})
        out.append(chain(seq, f"2025-11-24T10:00:{seq % 60:02d}Z", event, out[-1].digest if out else GENESIS))
    return out


def repacked(
    source: Path,
    target: Path,
    change: Callable[[str, bytes], bytes | None] = lambda _, content: content,
    more: Iterable[tuple[str | zipfile.ZipInfo, bytes]] = (),
) -> Path:
    """Write the ZIP anew, each member as `change(name in the bag, bytes)` gives it (None: left out), then what is `more`."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.infolist():
            content = change(member.filename.split("/", 1)[1], old.read(member))
            if content is not None:
                new.writestr(member.filename, content)
        for name, content in more:
            new.writestr(name, content)
    return target
