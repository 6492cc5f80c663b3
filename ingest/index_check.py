"""Is a version of the index what the catalogue says: counts, and a sample of records that must be found by what they are."""
from __future__ import annotations

from archive.entry import entry_of
from archive.model.query import AllOf, In, MatchAll, Phrase, Query
from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.wiring import Archive

SAMPLE = 60
WORDS = 6


def findings(archive: Archive, version: str, sample: int = SAMPLE) -> list[str]:
    """Return what is wrong with a version that was brought up to date, one sentence each; nothing when all is well.

    Entries that the version refused are known and not counted again.  The caller holds the lock of the feed, so that nothing changes meanwhile.
    """
    index, refused = archive.index, archive.catalogue.refusals(version)
    out: list[str] = []
    should, holds = archive.catalogue.count_records() - len(refused), index.count(MatchAll(), version)
    if should != holds:
        out.append(f"it holds {holds} of {should} records")
    chosen = [record_id for record_id in _spread(archive, sample) if record_id not in refused]
    for start in range(0, len(chosen), 50):
        for read in archive.catalogue.read_records(RecordFilter(record_ids=tuple(chosen[start:start + 50])), LOCAL):
            entry, record_id = entry_of(read), read.record.record_id
            words = tuple(str(entry["body_exact"]).split()[:WORDS])
            parts: list[Query] = [In("record_id", (record_id,)), In("kind", (read.record.kind,)), In("audience", (str(entry["audience"]),))]
            parts += [Phrase("body_exact", words)] if words else []
            if index.count(AllOf(tuple(parts)), version) != 1:
                out.append(f"record {record_id} is not found by its words, kind and clients")
    return out


def _spread(archive: Archive, sample: int) -> list[str]:
    """Return record_ids spread over all there are (they are digests: any stretch of them is a fair sample)."""
    chosen: list[str] = []
    for record_id, _ in archive.catalogue.marks():
        chosen.append(record_id)
        if len(chosen) >= 2 * sample:
            chosen = chosen[::2]
    return chosen[:sample]
