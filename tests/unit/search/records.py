"""Records made by hand for the tests of searching, and a catalogue that holds them."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.adapters.index_embedded import EmbeddedIndex
from archive.clock import SystemClock
from archive.entry import entry_of
from archive.model.client import Client
from archive.model.digest import Digest
from archive.model.outcome import Done
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive


def read(number: int, text: str = "", **fields: Any) -> ReadRecord:
    """A record with the record_id `number` and this text."""
    record = Record(
        record_id=f"{number:020x}", source_paths=(f"drop/{number}.eml",), inner=None, kind="email", record_types=("interaction",), clients=("C-1",),
        date="2024-03-18", sent_at=None, sender="ann@ours.example", to=("bob@okv.example",), subject="", language="en", thread_id=None,
        family_id=f"{number:020x}", parent_id=None, duplicate_of=None, near_duplicate_of=None, privileged=False, sentiment=None,
        digest=Digest("0" * 64), mime="message/rfc822", size_bytes=10, pages=None, source="drop", custodian="Ann", name=f"{number}.eml", ordinal=0,
        outcome=Done())
    return ReadRecord(replace(record, **fields), text)


class Held:
    """A catalogue of records in memory: what searching asks of one."""

    def __init__(self, records: Sequence[ReadRecord], clients: Sequence[Client] = ()) -> None:
        self._records = {r.record.record_id: r for r in records}
        self._clients = clients

    def audiences(self) -> list[tuple[str, ...]]:
        return sorted({tuple(sorted(r.record.clients)) for r in self._records.values()})

    def clients(self, viewer: Viewer) -> list[Client]:
        return [client for client in self._clients if viewer.sees_client(client.client_id)]

    def records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[Record]:
        for record_id in sorted(set(wanted.record_ids) & self._records.keys()):
            record = self._records[record_id].record
            if viewer.sees(record.clients, record.privileged):
                yield record

    def read_records(self, wanted: RecordFilter, viewer: Viewer) -> Iterator[ReadRecord]:
        for record in self.records(wanted, viewer):
            yield self._records[record.record_id]

    def texts(self, record_ids: Sequence[str], viewer: Viewer) -> dict[str, str]:
        return {each: self._records[each].text for each in record_ids if each in self._records}

    def forget(self, record_id: str) -> None:
        del self._records[record_id]

    def close(self) -> None:
        pass


def archive_of(home: Path, records: Sequence[ReadRecord], clients: Sequence[Client] = ()) -> Archive:
    """An archive with these records in its index."""
    index = EmbeddedIndex(home / "index")
    index.create("v1")
    index.upsert("v1", [entry_of(each) for each in records])
    index.commit("v1")
    index.switch("v1")
    archive = Archive(read_settings({"CASETRAIL_HOME": str(home)}), SystemClock())
    archive.__dict__.update(catalogue=Held(records, clients), index=index)
    return archive
