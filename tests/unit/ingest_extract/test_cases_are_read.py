"""Every document that the development cases name comes out of the sources and readers under the name they give it."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.model.extracted import Child
from archive.model.outcome import Done, Failed
from ingest.extract.image import NOTHING, TOO_SMALL
from ingest.fence import ChildFound, Fence, Finished, Job
from ingest.given import Context, Given
from ingest.sources import source_for
from ingest.sources.base import Met, Source


@pytest.mark.corpora
def test_every_document_of_the_cases_is_met_and_read(shared: Path) -> None:
    root = shared / "cases"
    source = source_for(str(root))
    assert isinstance(source, Source)
    waiting = [Job(m.place.path.removeprefix(f"{root}/"), Given(m.file.name, m.place.path), file=str(m.file))
               for m in source.walk(str(root), "") if isinstance(m, Met) and m.file is not None]
    finished: dict[str, Finished] = {}
    with Fence(2, Context()) as fence:
        while waiting or not fence.idle():
            for _ in range(min(fence.room(), len(waiting))):
                fence.submit(waiting.pop())
            for event in fence.poll(1.0):
                if isinstance(event, Finished):
                    finished[event.key] = event
                elif isinstance(event, ChildFound) and isinstance(event.part, Child):
                    part = event.part
                    waiting.append(Job(f"{event.key}#{part.inner}", Given(part.inner, declared_mime=part.declared_mime, depth=1), part.content))
    named = {d["path"] + (f"#{d['inner']}" if d.get("inner") else "")
             for truth in root.glob("*/truth.json") for d in json.loads(truth.read_text("utf-8"))["documents"]}
    assert named - set(finished) == set()
    read = [f.extracted for f in finished.values()]
    assert all(e.text.strip() for e in read if isinstance(e.outcome, Done) and not e.container and e.outcome.note not in (NOTHING, TOO_SMALL))
    assert not [f.key for f in finished.values() if isinstance(f.extracted.outcome, Failed) and f.extracted.outcome.code in ("crashed", "timeout")]
