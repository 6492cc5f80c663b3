"""Do the catalogue and the index say the same. Ids are compared by walking both in order, entries by asking the index for what they should hold.

An index entry cannot be read back, only found: an entry is as it should be when the index finds it by all that it should hold - every keyword, day
and number, the first and last words of its subject and text - and not by what it should not have.  Twenty are asked for at once, and only where one
of them is not found are they told apart.  A record that has changed since the index was fed last is behind, not wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import mappings
from archive.entry import entry_of
from archive.errors import CasetrailError
from archive.model.query import AllOf, AnyOf, Exists, In, IndexEntry, MatchAll, Not, Phrase, Query, Range, Term
from archive.model.record import ReadRecord
from archive.model.viewer import LOCAL
from archive.ports import Catalogue, RecordFilter, SearchIndex

TOGETHER = 20
PAGE = 200
WORDS = 6
VALUES = 12
"""So many values of a list are asked for: a mail to thousands has thousands of addresses."""


@dataclass(frozen=True, slots=True)
class IndexAgreement:
    """`missing`, `superfluous` and `stale` are record_ids; `behind` records have changed since the index was fed last and are none of these.

    `version` is None when there is no index at all.  `compared` entries were compared in their content; `uncompared` says why none could be.
    """

    version: str | None
    records: int
    entries: int
    missing: tuple[str, ...] = ()
    superfluous: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    behind: int = 0
    compared: int = 0
    uncompared: str = ""

    @property
    def agrees(self) -> bool:
        return not (self.missing or self.superfluous or self.stale or self.uncompared) and (self.version is not None or not self.records)


def index_agreement(
    catalogue: Catalogue, index: SearchIndex, sample: int | None = None, progress: Callable[[int], None] | None = None
) -> IndexAgreement:
    """Compare the version in use with the catalogue. `sample` says how many entries are compared in their content, None for all.

    What differs is looked at a second time before it counts, since both go on changing while a run is under way.  `progress` is told how many
    records were compared.  Raises what the catalogue and the index raise when they cannot be asked.
    """
    version = index.current()
    if version is None:
        return IndexAgreement(None, catalogue.count_records(), 0)
    fed_to = catalogue.watermark(version)
    missing, superfluous, both, behind, entries = _walk(catalogue.marks(), index.ids(MatchAll(), version), fed_to)
    step = 1 if sample is None else max(1, len(both) // max(1, sample))
    chosen = both[::step]
    stale: list[str] = []
    uncompared = ""
    try:
        for start in range(0, len(chosen), PAGE):
            stale += _differing(catalogue, index, version, chosen[start : start + PAGE])
            if progress is not None:
                progress(start + PAGE)
    except CasetrailError as error:
        # It gave its ids and cannot be asked for a field: it was made from other mappings than those of today.
        uncompared, chosen, stale = error.message, [], []
    doubtful = _Doubtful(catalogue, index, version)
    missing, superfluous = doubtful.missing(missing), doubtful.superfluous(superfluous)
    stale = [record_id for start in range(0, len(stale), PAGE) for record_id in _differing(catalogue, index, version, stale[start : start + PAGE])]
    changed = dict(doubtful.marks({*missing, *stale}))
    fed_to = min(fed_to, catalogue.watermark(version))
    missing = [record_id for record_id in missing if changed.get(record_id, 0) <= fed_to]
    stale = [record_id for record_id in stale if changed.get(record_id, 0) <= fed_to]
    return IndexAgreement(
        version, catalogue.count_records(), entries, tuple(missing), tuple(superfluous), tuple(stale), behind, len(chosen), uncompared
    )


def same_entry(entry: IndexEntry) -> Query:
    """Return the query that finds an entry only if the index holds it as it is here."""
    parts: list[Query] = []
    for name, kind in mappings.records().streams().items():
        value = entry.get(name)
        if kind == "words":
            if name in ("subject_exact", "body_exact", "filename_exact") and isinstance(value, str):
                tokens = value.split()
                parts += [Phrase(name, tuple(tokens[:WORDS])), Phrase(name, tuple(tokens[-WORDS:]))]
        elif value is None:
            parts.append(Not(Exists(name)))
        elif kind == "bool":
            parts.append(Term(name, "true" if value else "false"))
        else:
            for each in (value if isinstance(value, list) else [value])[:VALUES]:
                parts.append(In(name, (str(each),)) if kind == "keyword" else Range(name, each, each))
    return AllOf(tuple(parts))


def _walk(marks: Iterable[tuple[str, int]], ids: Iterator[str], fed_to: int) -> tuple[list[str], list[str], list[str], int, int]:
    """Walk both in order; return what is missing, what is too much, what both have and should be alike, how many are behind, and the entries."""
    missing, superfluous, both = list[str](), list[str](), list[str]()
    behind = entries = 0
    entry = next(ids, None)
    for record_id, changed in marks:
        while entry is not None and entry < record_id:
            superfluous.append(entry)
            entry, entries = next(ids, None), entries + 1
        there = entry == record_id
        if there:
            entry, entries = next(ids, None), entries + 1
        if changed > fed_to:
            behind += 1
        else:
            (both if there else missing).append(record_id)
    while entry is not None:
        superfluous.append(entry)
        entry, entries = next(ids, None), entries + 1
    return missing, superfluous, both, behind, entries


def _differing(catalogue: Catalogue, index: SearchIndex, version: str, record_ids: Sequence[str]) -> list[str]:
    """Return those of the records whose entry does not hold what it should."""
    wanted = {read.record.record_id: same_entry(entry_of(read)) for read in _read(catalogue, record_ids)}
    out: list[str] = []
    names = sorted(wanted)
    for start in range(0, len(names), TOGETHER):
        out += _not_found(index, version, wanted, names[start : start + TOGETHER])
    return out


def _not_found(index: SearchIndex, version: str, wanted: dict[str, Query], names: Sequence[str]) -> list[str]:
    if not names or index.count(AnyOf(tuple(wanted[name] for name in names)), version) == len(names):
        return []
    if len(names) == 1:
        return list(names)
    half = len(names) // 2
    return _not_found(index, version, wanted, names[:half]) + _not_found(index, version, wanted, names[half:])


def _read(catalogue: Catalogue, record_ids: Sequence[str]) -> Iterator[ReadRecord]:
    if record_ids:
        yield from catalogue.read_records(RecordFilter(record_ids=tuple(record_ids)), LOCAL)


class _Doubtful:
    """Looks a second time at what seemed to differ."""

    def __init__(self, catalogue: Catalogue, index: SearchIndex, version: str) -> None:
        self._catalogue, self._index, self._version = catalogue, index, version

    def missing(self, record_ids: Sequence[str]) -> list[str]:
        return [record_id for part in _parts(record_ids) for record_id in sorted(self._recorded(part) - self._entered(part))]

    def superfluous(self, record_ids: Sequence[str]) -> list[str]:
        return [record_id for part in _parts(record_ids) for record_id in sorted(self._entered(part) - self._recorded(part))]

    def marks(self, record_ids: set[str]) -> Iterator[tuple[str, int]]:
        if record_ids:
            yield from (mark for mark in self._catalogue.marks() if mark[0] in record_ids)

    def _recorded(self, record_ids: Sequence[str]) -> set[str]:
        return {record.record_id for record in self._catalogue.records(RecordFilter(record_ids=tuple(record_ids)), LOCAL)}

    def _entered(self, record_ids: Sequence[str]) -> set[str]:
        return set(self._index.ids(In("record_id", tuple(record_ids)), self._version))


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), PAGE):
        yield values[start : start + PAGE]
