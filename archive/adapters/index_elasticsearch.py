"""The search index on Elasticsearch 9: an index a version (`<name>-<version>`), and the alias `<name>` on the one in use."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, helpers

import mappings
from archive.adapters.elasticsearch_query import dsl, index_body
from archive.adapters.index_versions import NO_VERSION, REBUILD, About, checked
from archive.errors import BadRequest, BadSettings, CasetrailError, Conflict, Incomplete, NotFound, StoreFull, Unavailable
from archive.model.query import AllOf, IndexEntry, IndexHit, IndexHits, MatchAll, Query, SearchRequest, SortKey
from archive.ports import IndexHealth

_FACET_VALUES_MAX = 60_000
_PAGE = 5_000
_BULK_ENTRIES = 500
_BULK_BYTES = 8 << 20
_KEEP_ALIVE = "2m"

_SORTS: dict[SortKey, list[dict[str, Any]]] = {
    "score": [{"_score": {"order": "desc"}}, {"record_id": {"order": "asc"}}],
    "date_desc": [{"date": {"order": "desc", "missing": "_last"}}, {"record_id": {"order": "asc"}}],
    "date_asc": [{"date": {"order": "asc", "missing": "_last"}}, {"record_id": {"order": "asc"}}],
}
# The sort value that Elasticsearch gives a document without a date, by order. (With a format it could not be given back to it.)
_NO_DATE: dict[SortKey, int] = {"date_desc": -(1 << 63), "date_asc": (1 << 63) - 1}
_DAY_MILLISECONDS = 86_400_000
_EPOCH_DAY = date(1970, 1, 1).toordinal()


class ElasticsearchIndex:
    """SearchIndex on a cluster. `url` is http(s)://[user:password@]host:port, further hosts after commas. Raises BadSettings for anything else."""

    def __init__(self, url: str, name: str, *, shards: int | None = None, timeout_seconds: float = 30.0) -> None:
        self._name, self._shards = checked(name), shards
        try:
            self._client = Elasticsearch([host.strip() for host in url.split(",")], request_timeout=timeout_seconds, max_retries=3,
                                         retry_on_timeout=True)
        except ValueError as error:
            raise BadSettings("CASETRAIL_INDEX_URL is not the address of an Elasticsearch server.",
                              "Write http(s)://[user:password@]host:port, several after commas.") from error
        self._streams = mappings.records().streams()
        self._empty = {name: mappings.analysis().empty_token for name, kind in self._streams.items() if kind == "words"}

    # versions

    def versions(self) -> list[str]:
        with _troubles():
            found = self._client.indices.get_mapping(index=f"{self._name}-*", ignore_unavailable=True, allow_no_indices=True)
            ours = [index for index, body in found.items() if "casetrail" in body["mappings"].get("_meta", {})]
        return sorted(index[len(self._name) + 1:] for index in ours)

    def current(self) -> str | None:
        with _troubles():
            return next(iter(self._behind_alias()), "")[len(self._name) + 1:] or None

    def create(self, version: str) -> None:
        body = index_body(mappings.records(), mappings.analysis(), self._shards)
        with _troubles():
            try:
                self._client.indices.create(index=self._index(version), **body)
            except ApiError as error:
                if error.error == "resource_already_exists_exception":
                    raise Conflict(f"The index has a version {version!r} already.") from error
                raise

    def switch(self, version: str) -> None:
        index = self._index(version)
        with _troubles(version):
            # One request: searches meet the old version or the new one, never none.
            removals = [{"remove": {"index": old, "alias": self._name}} for old in self._behind_alias() if old != index]
            self._client.indices.update_aliases(actions=[*removals, {"add": {"index": index, "alias": self._name}}])

    def drop(self, version: str) -> None:
        if version == self.current():
            raise Conflict(f"Version {version!r} of the index is in use.", "Switch to another one first.")
        with _troubles(version):
            self._client.indices.delete(index=self._index(version))

    def about(self, version: str | None = None) -> About:
        """Return what a version (None: the current one) was made with. Raises NotFound."""
        with _troubles(version):
            found = self._client.indices.get_mapping(index=self._where(version))
            return About(**next(iter(found.values()))["mappings"]["_meta"]["casetrail"])

    # writing

    def upsert(self, version: str, entries: Sequence[IndexEntry]) -> None:
        index = self._index(version)
        actions = ({"_op_type": "index", "_index": index, "_id": entry["record_id"], "_source": self._empty | entry} for entry in entries)
        refused = self._bulk(actions, version)
        if refused:
            first, reason = next(iter(refused.items()))
            raise Incomplete(f"The search index refused {len(refused)} entries: {', '.join(sorted(refused)[:20])} (of {first}: {reason}).",
                             "The other entries are written. Report this: the records are stored, but cannot be found by searching.")

    def delete(self, version: str, record_ids: Sequence[str]) -> None:
        index = self._index(version)
        refused = self._bulk(({"_op_type": "delete", "_index": index, "_id": each} for each in record_ids), version)
        if refused:
            raise Incomplete(f"The search index did not remove {len(refused)} entries: {', '.join(sorted(refused)[:20])}.")

    def commit(self, version: str) -> None:
        with _troubles(version):
            self._client.indices.refresh(index=self._index(version))

    def _bulk(self, actions: Iterator[dict[str, Any]], version: str) -> dict[str, str]:
        """Send the actions; return the record_ids that were refused, each with the reason."""
        refused: dict[str, str] = {}
        with _troubles(version):
            # A version that is not there would be made on the fly, with a mapping that was guessed: `require_alias` cannot say this for an
            # index, so it is asked for.
            if not self._client.indices.exists(index=self._index(version)):
                raise NotFound(f"The index has no version {version!r}.")
            for done, item in helpers.streaming_bulk(self._client, actions, chunk_size=_BULK_ENTRIES, max_chunk_bytes=_BULK_BYTES,
                                                     max_retries=5, initial_backoff=0.5, raise_on_error=False):
                operation, answer = next(iter(item.items()))
                if not done and not (operation == "delete" and answer.get("status") == 404):
                    refused[str(answer.get("_id", ""))] = _reason(answer.get("error"))
        return refused

    # reading

    def search(self, request: SearchRequest, version: str | None = None) -> IndexHits:
        wanted, after, hits, total = request.limit, request.after, list[IndexHit](), 0
        while True:
            answer = self._ask(request, version, min(max(wanted, 0), _PAGE), after)
            total = int(answer["hits"]["total"]["value"]) if not hits else total
            page = [_hit(hit, request.sort) for hit in answer["hits"]["hits"]]
            hits += page
            wanted -= len(page)
            if wanted <= 0 or not page:
                return IndexHits(total, tuple(hits))
            after = page[-1].position

    def _ask(self, request: SearchRequest, version: str | None, size: int, after: tuple[float | str, str] | None) -> Any:
        body: dict[str, Any] = {"query": self._whole(request.query, request.permitted), "sort": _SORTS[request.sort], "size": size}
        if after is not None:
            body["search_after"] = _sort_values(after, request.sort)
        with _troubles(version):
            # Several shards score alike only when they first add up how often each word occurs in all of them.
            return self._client.search(index=self._where(version), source=False, track_total_hits=True, search_type="dfs_query_then_fetch",
                                       **body)

    def facets(self, query: Query, permitted: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        for name in fields:
            if self._streams.get(name) != "keyword":
                raise BadRequest(f"{name!r} is no field that can be counted by value.", "mappings/README.md lists the keyword fields.")
        if not fields:
            return {}
        asked = {name: {"terms": {"field": name, "size": _FACET_VALUES_MAX}} for name in fields}
        with _troubles():
            answer = self._client.search(index=self._where(None), query=self._whole(query, permitted), size=0, aggregations=asked)
        out: dict[str, dict[str, int]] = {}
        for name in fields:
            found = answer["aggregations"][name]
            if found["sum_other_doc_count"] or found["doc_count_error_upper_bound"]:
                raise BadRequest(f"{name!r} has over {_FACET_VALUES_MAX} different values here.", "Narrow the search.")
            counts = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in found["buckets"]}
            out[name] = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
        return out

    def count(self, query: Query, version: str | None = None) -> int:
        with _troubles(version):
            return int(self._client.count(index=self._where(version), query=dsl(query, self._streams))["count"])

    def ids(self, query: Query, version: str | None = None) -> Iterator[str]:
        with _troubles(version):
            asked = dsl(query, self._streams)
            # A point in time: entries that are written meanwhile neither shift nor repeat what is read.
            pit = self._client.open_point_in_time(index=self._where(version), keep_alive=_KEEP_ALIVE)["id"]
        return self._pages(pit, asked)

    def _pages(self, pit: str, asked: dict[str, Any]) -> Iterator[str]:
        after: dict[str, Any] = {}
        try:
            while True:
                with _troubles():
                    answer = self._client.search(pit={"id": pit, "keep_alive": _KEEP_ALIVE}, query=asked, size=_PAGE, source=False,
                                                 sort=[{"record_id": "asc"}], track_total_hits=False, **after)
                pit = answer.get("pit_id", pit)
                hits = answer["hits"]["hits"]
                yield from (str(hit["_id"]) for hit in hits)
                if len(hits) < _PAGE:
                    return
                after = {"search_after": hits[-1]["sort"]}
        finally:
            with _troubles():
                self._client.close_point_in_time(id=pit)

    def health(self) -> IndexHealth:
        # `ping` asks for the server's greeting, which a server without that module refuses although it is well.
        try:
            with _troubles():
                status = str(self._client.cluster.health(timeout="5s")["status"])
            version = self.current()
            if version is None:
                return IndexHealth(False, f"{NO_VERSION} {REBUILD}")
            stale, entries = self.about(version).stale(), self.count(MatchAll(), version)
        except CasetrailError as error:
            return IndexHealth(False, str(error))
        detail = f"elasticsearch {status}, version {version}, {entries} entries"
        return IndexHealth(status != "red", f"{detail}; to be rebuilt: {stale}" if stale else detail)

    def close(self) -> None:
        self._client.close()

    def _index(self, version: str) -> str:
        return f"{self._name}-{checked(version)}"

    def _where(self, version: str | None) -> str:
        return self._name if version is None else self._index(version)

    def _behind_alias(self) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=self._name))
        except NotFoundError:
            return []

    def _whole(self, query: Query, permitted: Query) -> dict[str, Any]:
        filters = [dsl(part, self._streams) for part in (permitted.parts if isinstance(permitted, AllOf) else (permitted,))]
        return {"bool": {"must": [dsl(query, self._streams)], "filter": filters}}


def _hit(hit: Any, sort: SortKey) -> IndexHit:
    first, record_id = hit["sort"]
    if sort == "score":
        return IndexHit(record_id, float(first), (float(first), record_id))
    day = "" if first == _NO_DATE[sort] else date.fromordinal(first // _DAY_MILLISECONDS + _EPOCH_DAY).isoformat()
    return IndexHit(record_id, 0.0, (day, record_id))


def _sort_values(after: tuple[float | str, str], sort: SortKey) -> list[float | str]:
    first, record_id = after
    try:
        if sort == "score":
            return [float(first), record_id]
        day = str(first)
        return [(date.fromisoformat(day).toordinal() - _EPOCH_DAY) * _DAY_MILLISECONDS if day else _NO_DATE[sort], record_id]
    except ValueError as error:
        raise BadRequest("The place to go on from is not one of this index.", "Begin again without a cursor.") from error


def _reason(error: Any) -> str:
    if isinstance(error, dict):
        return str(error.get("reason", "")) or str(error.get("type", ""))
    return str(error or "no reason given")


@contextmanager
def _troubles(version: str | None = None) -> Iterator[None]:
    """Turn what the client and the server say into errors for callers."""
    try:
        yield
    except CasetrailError:
        raise
    except NotFoundError as error:
        if version is not None:
            raise NotFound(f"The index has no version {version!r}.") from error
        raise Unavailable(NO_VERSION, REBUILD) from error
    except ConflictError as error:
        raise Conflict("The search index was changed by another process at the same time.", "Run this again.") from error
    except helpers.BulkIndexError as error:
        raise Incomplete("The search index did not take all entries.", "Run this again.") from error
    except ApiError as error:
        raise _answered(error) from error
    except TransportError as error:
        raise Unavailable("The search index (CASETRAIL_INDEX_URL) cannot be reached.",
                          "Check that the Elasticsearch server runs and that its address, user and certificate are right.") from error


def _answered(error: ApiError) -> CasetrailError:
    status, kind = error.status_code, str(error.error)
    if status in (401, 403) and "block" not in kind:
        return Unavailable("The search index refuses the user of CASETRAIL_INDEX_URL.", "Check its name, password and rights.")
    if "flood" in str(error.body) or kind == "cluster_block_exception":
        return StoreFull("The search index has no space left or is set to read only.", "Free space on the Elasticsearch nodes.")
    if status == 429 or status >= 500:
        return Unavailable("The search index is overloaded or not ready.", "Try again in a minute; look at the Elasticsearch log.")
    return BadRequest("The search index did not understand the question.", "Simplify the query; if it goes on, report it.")
