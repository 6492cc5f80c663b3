"""The search index inside the process, on tantivy. Readers in other processes see a commit or a switch at their next search."""
from __future__ import annotations

import errno
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tantivy

import mappings
from archive.adapters.embedded_query import Translator, constant, integers_between, restricted
from archive.adapters.embedded_schema import (
    DATE_ASC,
    DATE_DESC,
    ID_HIGH,
    ID_LOW,
    date_order,
    day_of_order,
    document_of,
    id_numbers,
    open_engine,
    record_id,
)
from archive.adapters.embedded_versions import Versions, file_mark
from archive.adapters.embedded_writer import WAIT_SECONDS, Writer
from archive.adapters.index_versions import NO_VERSION, REBUILD, About
from archive.errors import BadRequest, CasetrailError, Conflict, Incomplete, NotFound, StoreFull, Unavailable
from archive.model.query import IndexEntry, IndexHit, IndexHits, MatchAll, Query, SearchRequest
from archive.ports import IndexHealth

_FACET_VALUES_MAX = 60_000


@dataclass(slots=True)
class _Reader:
    """An open version; `mark` changes when another process commits to it."""
    engine: Any
    meta: Path
    mark: tuple[int, int]


class EmbeddedIndex:
    """SearchIndex below a directory. Safe for several threads; one process at a time writes to a version, any number read."""

    def __init__(self, home: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        self._versions = Versions(home)
        self._writer = Writer(wait_seconds)
        self._writing, self._reading = threading.RLock(), threading.Lock()
        self._readers: dict[str, _Reader] = {}
        self._streams = mappings.records().streams()
        self._empty = mappings.analysis().empty_token

    # versions

    def versions(self) -> list[str]:
        with _troubles():
            return self._versions.names()

    def current(self) -> str | None:
        with _troubles():
            return self._versions.current()

    def create(self, version: str) -> None:
        with _troubles():
            self._versions.create(version)

    def switch(self, version: str) -> None:
        with _troubles():
            self._versions.switch(version)

    def drop(self, version: str) -> None:
        with _troubles(), self._writing:
            if version != self._versions.current():
                self._writer.discard(self._versions.engine(version))
            self._versions.drop(version)
            with self._reading:
                self._readers.pop(version, None)

    def about(self, version: str | None = None) -> About:
        """Return what a version (None: the current one) was made with. Raises NotFound."""
        with _troubles():
            return self._versions.about(self._named(version))

    # writing

    def upsert(self, version: str, entries: Sequence[IndexEntry]) -> None:
        if not entries:
            return
        refused: dict[str, str] = {}
        with self._changing(version) as (writer, schema):
            for entry in entries:
                try:
                    document = document_of(entry, self._streams, schema, self._empty)
                except (ValueError, TypeError) as error:
                    refused[str(entry.get("record_id", ""))] = str(error)
                    continue
                writer.delete_documents_by_term("record_id", entry["record_id"])
                writer.add_document(document)
        if refused:
            first, reason = next(iter(refused.items()))
            raise Incomplete(f"The search index refused {len(refused)} entries: {', '.join(sorted(refused)[:20])} (of {first}: {reason}).",
                             "The other entries are written. Report this: the records are stored, but cannot be found by searching.")

    def delete(self, version: str, record_ids: Sequence[str]) -> None:
        if not record_ids:
            return
        with self._changing(version) as (writer, _):
            for each in record_ids:
                writer.delete_documents_by_term("record_id", each)

    def commit(self, version: str) -> None:
        with self._writing:
            path = self._versions.engine(version)
            with _troubles(), self._discarding(path):
                self._writer.commit(path)

    @contextmanager
    def _changing(self, version: str) -> Iterator[tuple[Any, Any]]:
        with self._writing, _troubles():
            path = self._versions.engine(version)
            with self._discarding(path):
                yield self._writer.open(path), self._reader(version).engine.schema

    @contextmanager
    def _discarding(self, path: Path) -> Iterator[None]:
        try:
            yield
        except BaseException:
            # A writer that failed cannot be used again; what was committed before is safe, and the feeder repeats the rest.
            self._writer.discard(path)
            raise

    # reading

    def search(self, request: SearchRequest, version: str | None = None) -> IndexHits:
        with self._searching(version) as (searcher, translator, schema):
            query = translator.query(request.query)
            whole = restricted(query, translator.query(request.permitted))
            total = _count(searcher, whole)
            if not total or request.limit < 1:
                return IndexHits(total, ())
            level = constant(request.query, self._streams)
            if request.sort == "score" and level is None:
                return IndexHits(total, _by_score(searcher, whole, request, total))
            return IndexHits(total, _by_column(searcher, whole, request, total, schema, level or 0.0))

    def facets(self, query: Query, permitted: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        for name in fields:
            if self._streams.get(name) != "keyword":
                raise BadRequest(f"{name!r} is no field that can be counted by value.", "mappings/README.md lists the keyword fields.")
        with self._searching(None) as (searcher, translator, _):
            whole = restricted(translator.query(query), translator.query(permitted))
            asked = {name: {"terms": {"field": name, "size": _FACET_VALUES_MAX, "segment_size": _FACET_VALUES_MAX}} for name in fields}
            found = searcher.aggregate(whole, asked) if fields else {}
        out: dict[str, dict[str, int]] = {}
        for name in fields:
            if found[name].get("sum_other_doc_count"):
                raise BadRequest(f"{name!r} has over {_FACET_VALUES_MAX} different values here.", "Narrow the search.")
            counts = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found[name]["buckets"]}
            out[name] = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        return out

    def count(self, query: Query, version: str | None = None) -> int:
        with self._searching(version) as (searcher, translator, _):
            return _count(searcher, translator.query(query))

    def ids(self, query: Query, version: str | None = None) -> Iterator[str]:
        with self._searching(version) as (searcher, translator, _):
            asked = translator.query(query)
            found = searcher.search(asked, max(1, searcher.num_docs), False, order_by_field=ID_HIGH, order=tantivy.Order.Asc)
            names = _ids(searcher, [address for _, address in found.hits])
        # The column holds the first 60 bits only; two ids that share them are put in order here.
        return iter(sorted(names))

    def health(self) -> IndexHealth:
        try:
            version = self._named(None)
            stale = self.about(version).stale()
            entries = self.count(MatchAll(), version)
        except CasetrailError as error:
            return IndexHealth(False, str(error))
        detail = f"embedded, version {version}, {entries} entries"
        return IndexHealth(True, f"{detail}; to be rebuilt: {stale}" if stale else detail)

    def close(self) -> None:
        with self._writing, self._reading:
            self._writer.close()
            self._readers.clear()

    # readers

    def _named(self, version: str | None) -> str:
        version = version or self._versions.current()
        if version is None:
            raise Unavailable(NO_VERSION, REBUILD)
        return version

    def _reader(self, version: str) -> _Reader:
        meta = self._versions.engine(version) / "meta.json"
        with self._reading:
            mark = file_mark(meta)
            reader = self._readers.get(version)
            if reader is None:
                engine = open_engine(str(meta.parent))
                engine.config_reader("manual", 0)
                engine.reload()
                reader = self._readers[version] = _Reader(engine, meta, mark)
            elif reader.mark != mark:
                reader.engine.reload()
                reader.mark = mark
            return reader

    @contextmanager
    def _searching(self, version: str | None) -> Iterator[tuple[Any, Translator, Any]]:
        with _troubles():
            try:
                reader = self._reader(self._named(version))
            except NotFound:
                if version is not None:
                    raise
                # The version was replaced and removed between reading the pointer and opening it: the pointer names the next.
                reader = self._reader(self._named(None))
            schema = reader.engine.schema
            yield reader.engine.searcher(), Translator(schema, self._streams), schema


def _count(searcher: Any, query: Any) -> int:
    return int(searcher.search(query, 1, True).count)


def _ids(searcher: Any, addresses: list[Any]) -> list[str]:
    if not addresses:
        return []
    highs, lows = searcher.fast_field_values(ID_HIGH, addresses), searcher.fast_field_values(ID_LOW, addresses)
    return [record_id(high, low) for high, low in zip(highs, lows, strict=True)]


def _by_score(searcher: Any, query: Any, request: SearchRequest, total: int) -> tuple[IndexHit, ...]:
    """Return hits by score, then record_id.

    The engine orders equal scores as it likes, so more is fetched until the score changes behind the last hit wanted.
    """
    wanted = request.limit + 1
    while True:
        wanted = min(wanted, total)
        found = searcher.search(query, wanted, False).hits
        # The last score may go on behind what was fetched: those hits are in order only when all are here.
        closed = found if wanted == total else [hit for hit in found if hit[0] > found[-1][0]]
        names = _ids(searcher, [address for _, address in closed])
        ordered = sorted(zip((-score for score, _ in closed), names, strict=True))
        after = None if request.after is None else (-float(request.after[0]), request.after[1])
        rest = [place for place in ordered if after is None or place > after]
        if len(rest) >= request.limit or wanted == total:
            return tuple(IndexHit(name, -score, (-score, name)) for score, name in rest[:request.limit])
        wanted *= 2


def _by_column(searcher: Any, query: Any, request: SearchRequest, total: int, schema: Any, level: float) -> tuple[IndexHit, ...]:
    """Return hits in the order of a column that holds the whole order but for the last bits of the record_id."""
    column = {"date_desc": DATE_DESC, "date_asc": DATE_ASC, "score": ID_HIGH}[request.sort]
    after: tuple[int, str] | None = None
    if request.after is not None:
        try:
            high = id_numbers(request.after[1])[0]
            place = high if column == ID_HIGH else date_order(column, str(request.after[0]), high)
        except ValueError as error:
            raise BadRequest("The place to go on from is not one of this index.", "Begin again without a cursor.") from error
        after = (place, request.after[1])
        query = restricted(query, integers_between(schema, column, place, None))
    wanted = request.limit + 1
    while True:
        found = searcher.search(query, wanted, False, order_by_field=column, order=tantivy.Order.Asc).hits
        closed = found if len(found) < wanted else [hit for hit in found if hit[0] < found[-1][0]]
        names = _ids(searcher, [address for _, address in closed])
        rest = [place for place in sorted(zip((key for key, _ in closed), names, strict=True)) if after is None or place > after]
        if len(rest) >= request.limit or len(found) < wanted:
            break
        wanted *= 2
    if column == ID_HIGH:
        return tuple(IndexHit(name, level, (level, name)) for _, name in rest[:request.limit])
    return tuple(IndexHit(name, 0.0, (day_of_order(column, place), name)) for place, name in rest[:request.limit])


@contextmanager
def _troubles() -> Iterator[None]:
    """Turn what the engine and the file system say into errors for callers."""
    try:
        yield
    except CasetrailError:
        raise
    except OSError as error:
        raise _named_trouble(error, error.errno) from error
    except ValueError as error:
        text = str(error)
        raise _named_trouble(error, errno.ENOSPC if "No space left" in text or "os error 28" in text else None) from error


def _named_trouble(error: Exception, number: int | None) -> CasetrailError:
    if number in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull("There is no space left for the search index.", "Free some space, then run this again: it goes on from there.")
    if number == errno.EEXIST:
        return Conflict("The index version is there already.")
    return Unavailable("The search index cannot be used just now.",
                       "Check that its directory (CASETRAIL_HOME/index) can be read and written; `casetrail reindex` makes it anew.")
