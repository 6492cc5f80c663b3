"""Records: one, many, their texts, the facts read from them, and the bytes as they came."""
from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from archive.errors import IntegrityBroken
from archive.model.digest import Digest, original_key
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from history.cited import cites_json
from search_api.services.correcting import fact_id
from search_api.services.custody import demand, note

CHUNK_BYTES = 256 << 10


def records(archive: Archive, viewer: Viewer, wanted: RecordFilter) -> Iterator[dict[str, Any]]:
    """Return the records asked for in the form of the contract, in order of date, path and ordinal.

    Rights and unknown clients are checked, and the custody event is written, before the first one is asked for.
    """
    demand(viewer, "read")
    for client_id in wanted.clients:
        archive.catalogue.client(client_id, viewer)
    note(archive, viewer, "read", "records", what="list", clients=list(wanted.clients), kinds=list(wanted.kinds),
         record_types=list(wanted.record_types))
    return (record.as_json() for record in archive.catalogue.records(wanted, viewer))


def record(archive: Archive, viewer: Viewer, record_id: str) -> dict[str, Any]:
    """Return one record with the signs by which it was given to its clients. Raises NotFound."""
    found = _read(archive, viewer, record_id, "record")
    return found.record.as_json() | {"client_evidence": [
        {"client": e.client_id, "identifier": e.identifier, "basis": e.basis, "strength": e.strength,
         "cites": cites_json([found.cite(e.passage)] if e.passage else [])} for e in found.evidence if viewer.sees_client(e.client_id)]}


def text(archive: Archive, viewer: Viewer, record_id: str) -> str:
    """Return the text that all offsets of the record refer to; "" where nothing could be read. Raises NotFound."""
    return _read(archive, viewer, record_id, "text").text


def facts(archive: Archive, viewer: Viewer, record_id: str) -> list[dict[str, Any]]:
    """Return every fact read from the record, by name, then place in the text; after them what a model proposes. Raises NotFound."""
    found = _read(archive, viewer, record_id, "facts")
    ordered = sorted(found.facts, key=lambda f: (f.name, min((p.start for p in f.passages), default=0)))
    told = [(fact_id(f), f) for f in ordered] + [(p.fact_id, p.fact) for _, p in archive.catalogue.proposals(viewer, record_ids=[record_id])]
    return [{"fact_id": thing, "name": f.name, "value": f.value, "unit": f.unit or None, "status": f.status, "confidence": f.confidence, "basis": f.basis,
             "cites": cites_json(found.cite(p) for p in f.passages), "settled": f.word.as_json() if f.word else None} for thing, f in told]


def original(archive: Archive, viewer: Viewer, record_id: str) -> tuple[Record, Iterator[bytes]]:
    """Return a record and the bytes of its original in chunks, verified as they pass (see `verified`). Raises NotFound, Unavailable."""
    demand(viewer, "read")
    found = archive.catalogue.record(record_id, viewer)
    stream = archive.objects.open(original_key(found.digest))
    note(archive, viewer, "read", record_id, what="original")
    return found, verified(stream, found.digest, record_id)


def verified(stream: BinaryIO, digest: Digest, record_id: str) -> Iterator[bytes]:
    """Return what the stream gives, in chunks, the last of them only once all bytes have the digest.

    Raises IntegrityBroken instead of the last chunk: whoever receives the chunks never has the whole of altered bytes.
    """
    running = hashlib.sha256()
    with stream:
        held = stream.read(CHUNK_BYTES)
        while held:
            running.update(held)
            following = stream.read(CHUNK_BYTES)
            if following:
                yield held
            else:
                break
            held = following
    if running.hexdigest() != digest:
        raise IntegrityBroken(f"The stored original of {record_id} does not have its digest.",
                              "Do not use it. Run `casetrail verify` and restore the object from a copy.")
    if held:
        yield held


def _read(archive: Archive, viewer: Viewer, record_id: str, what: str) -> ReadRecord:
    demand(viewer, "read")
    found = archive.catalogue.read_record(record_id, viewer)
    note(archive, viewer, "read", record_id, what=what)
    return found
