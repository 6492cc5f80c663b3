"""The search index inside the process, on tantivy. Readers in other processes see a commit or a switch at their next search."""
from __future__ import annotations

import errno
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mappings
from archive.adapters.embedded_order import Asked, groups_of
from archive.adapters.embedded_order import hits as ordered
from archive.adapters.embedded_order import ids as ids_in_order
from archive.adapters.embedded_points import Points
from archive.adapters.embedded_query import Translator, constant, restricted
from archive.adapters.embedded_schema import ID_HIGH, document_of, open_engine
from archive.adapters.embedded_versions import Versions, file_mark
from archive.adapters.embedded_writer import WAIT_SECONDS, Writer
from archive.adapters.index_versions import FACET_VALUES_MAX, NO_VERSION, REBUILD, About, counted, facets_of
from archive.arrangements import too_complex, too_wide
from archive.errors import BadRequest, CasetrailError, Conflict, Incomplete, NotFound, StoreFull, Unavailable
from archive.model.query import IndexEntry, IndexHits, MatchAll, Query, SearchRequest, Term
from archive.ports import IndexHealth

_VALUES_PAGE = 10_000
_PINNED_MAX = 8


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
        self._points = Points(home)
        self._pinned: OrderedDict[str, _Reader] = OrderedDict()
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
                             "The other entries are written. Report this: the records are stored, but cannot be found by searching.", refused)

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
        counted(request.facets, self._streams)
        if request.group and self._streams.get(request.group) != "keyword":
            raise BadRequest(f"{request.group!r} is no field that hits can be grouped by.", "mappings/README.md lists the keyword fields.")
        if request.point:
            with _troubles():
                return self._search(request, self._kept(request.point), request.point)
        while True:
            with _troubles():
                name, reader = self._found_reader(version)
                searcher, mark = reader.engine.searcher(), reader.mark
                answer = self._search(request, reader, "", searcher)
                if request.point is None or answer.total <= (request.limit if request.shown is None else request.shown) or not answer.hits:
                    return answer
                kept = self._points.keep(name, reader.meta.parent, mark)
                if kept:
                    return replace(answer, point=kept)
                # Another commit has come in between: what was found is not what would be kept, so it is asked again.

    def _search(self, request: SearchRequest, reader: _Reader, point: str, searcher: Any = None) -> IndexHits:
        searcher, schema = searcher or reader.engine.searcher(), reader.engine.schema
        translator = Translator(schema, self._streams)
        whole = restricted(translator.query(request.query), translator.query(request.permitted))
        total, facets = _counted(searcher, whole, request.facets)
        if not total or request.limit < 1:
            return IndexHits(total, (), point, facets)
        asked = Asked(searcher, schema, whole, total, constant(request.query, self._streams), bool(point))
        hits = ordered(asked, request)
        if request.group:
            values = groups_of(searcher, schema, [hit.record_id for hit in hits], request.group)
            hits = tuple(replace(hit, group=values.get(hit.record_id, "")) for hit in hits)
        return IndexHits(total, hits, point, facets)

    def facets(self, query: Query, permitted: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        return self.search(SearchRequest(query, permitted, limit=0, facets=tuple(fields))).facets

    def frequencies(self, field: str, tokens: Sequence[str], permitted: Query) -> dict[str, int]:
        if self._streams.get(field) != "words":
            raise BadRequest(f"{field!r} is no field of words.", "mappings/README.md lists the fields.")
        with self._searching(None) as (searcher, translator, _):
            seen = translator.query(permitted)
            return {token: _count(searcher, restricted(translator.query(Term(field, token)), seen)) for token in tokens}

    def values(self, query: Query, permitted: Query, field: str) -> Iterator[str]:
        if self._streams.get(field) != "keyword":
            raise BadRequest(f"{field!r} is no field that can be counted by value.", "mappings/README.md lists the keyword fields.")
        with self._searching(None) as (searcher, translator, _):
            return _values(searcher, restricted(translator.query(query), translator.query(permitted)), field)

    def count(self, query: Query, version: str | None = None) -> int:
        with self._searching(version) as (searcher, translator, _):
            return _count(searcher, translator.query(query))

    def ids(self, query: Query, version: str | None = None) -> Iterator[str]:
        with self._searching(version) as (searcher, translator, schema):
            # The searcher holds on to what it saw: entries that are written meanwhile neither shift nor repeat what is read.
            return ids_in_order(searcher, schema, translator.query(query))

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
            self._pinned.clear()

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

    def _found_reader(self, version: str | None) -> tuple[str, _Reader]:
        name = self._named(version)
        try:
            return name, self._reader(name)
        except NotFound:
            if version is not None:
                raise
            # The version was replaced and removed between reading the pointer and opening it: the pointer names the next.
            name = self._named(None)
            return name, self._reader(name)

    def _kept(self, point: str) -> _Reader:
        """Return a reader of a state that is kept. Raises Expired."""
        path = self._points.engine(point)
        with self._reading:
            reader = self._pinned.pop(point, None)
            if reader is None:
                engine = open_engine(str(path))
                engine.config_reader("manual", 0)
                engine.reload()
                reader = _Reader(engine, path / "meta.json", (0, 0))
            self._pinned[point] = reader
            while len(self._pinned) > _PINNED_MAX:
                self._pinned.popitem(last=False)
            return reader

    @contextmanager
    def _searching(self, version: str | None) -> Iterator[tuple[Any, Translator, Any]]:
        with _troubles():
            _, reader = self._found_reader(version)
            schema = reader.engine.schema
            yield reader.engine.searcher(), Translator(schema, self._streams), schema


def _count(searcher: Any, query: Any) -> int:
    return int(searcher.search(query, 1, True).count)


def _values(searcher: Any, query: Any, field: str) -> Iterator[str]:
    after = None
    while True:
        asked = {"size": _VALUES_PAGE, "sources": [{"value": {"terms": {"field": field}}}]} | ({"after": after} if after else {})
        found = searcher.aggregate(query, {"values": {"composite": asked}})["values"]
        yield from (str(bucket["key"]["value"]) for bucket in found["buckets"])
        after = found.get("after_key")
        if not after or len(found["buckets"]) < _VALUES_PAGE:
            return


def _counted(searcher: Any, query: Any, fields: Sequence[str]) -> tuple[int, dict[str, dict[str, int]]]:
    """Return how many entries match and the counts by value, from one pass: every entry has one number in the column that is counted."""
    if not fields:
        return _count(searcher, query), {}
    asked: dict[str, Any] = {name: {"terms": {"field": name, "size": FACET_VALUES_MAX, "segment_size": FACET_VALUES_MAX}} for name in fields}
    found = searcher.aggregate(query, asked | {ID_HIGH: {"value_count": {"field": ID_HIGH}}})
    return int(found[ID_HIGH]["value"]), facets_of(found, fields)


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
        if "expansions" in text:
            raise too_wide() from error
        if "RegexQueryError" in text:
            raise too_complex() from error
        raise _named_trouble(error, errno.ENOSPC if "No space left" in text or "os error 28" in text else None) from error


def _named_trouble(error: Exception, number: int | None) -> CasetrailError:
    if number in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull("There is no space left for the search index.", "Free some space, then run this again: it goes on from there.")
    if number == errno.EEXIST:
        return Conflict("The index version is there already.")
    return Unavailable("The search index cannot be used just now.",
                       "Check that its directory (CASETRAIL_HOME/index) can be read and written; `casetrail reindex` makes it anew.")
