"""The search index on Elasticsearch 9: an index a version (`<name>-<version>`), and the alias `<name>` on the one in use."""
from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, ConflictError, Elasticsearch, NotFoundError, helpers

import mappings
from archive.adapters.elasticsearch_order import SORTS, hit_of, sort_values
from archive.adapters.elasticsearch_query import document_of, dsl, index_body
from archive.adapters.index_versions import FACET_VALUES_MAX, NO_VERSION, REBUILD, About, checked, counted, facets_of
from archive.arrangements import too_complex, too_wide
from archive.errors import BadRequest, BadSettings, CasetrailError, Conflict, Expired, Incomplete, NotFound, StoreFull, Unavailable
from archive.model.query import AllOf, IndexEntry, IndexHit, IndexHits, MatchAll, Position, Query, SearchRequest, Term
from archive.ports import POINT_SECONDS, IndexHealth
from archive.settings import IndexAccess

_VALUES_PAGE = 10_000
_PAGE = 5_000
_BULK_ENTRIES = 500
_BULK_BYTES = 8 << 20
_KEEP_ALIVE = f"{POINT_SECONDS}s"
_SEARCH_SECONDS = 20.0
_BACKOFF_SECONDS = (0.5, 1, 2, 4, 8, 16)


class ElasticsearchIndex:
    """SearchIndex on a cluster. `url` is http(s)://[user:password@]host:port, further hosts after commas. Raises BadSettings for anything else."""

    def __init__(self, url: str, name: str, *, access: IndexAccess | None = None, shards: int | None = None, timeout_seconds: float = 30.0) -> None:
        self._name, self._shards = checked(name), shards
        try:
            self._client = Elasticsearch([host.strip() for host in url.split(",")], request_timeout=timeout_seconds, max_retries=3,
                                         retry_on_timeout=True, **_shown(access or IndexAccess()))
        except (ValueError, OSError) as error:
            raise BadSettings("CASETRAIL_INDEX_URL is not the address of an Elasticsearch server, or CASETRAIL_INDEX_CA no file of certificates.",
                              "Write http(s)://[user:password@]host:port, several after commas; a user by name or an API key, not both.") from error
        # A person waits for a search: it is told sooner that the cluster is away.
        self._asking = self._client.options(request_timeout=min(timeout_seconds, _SEARCH_SECONDS), max_retries=1)
        self._closing = ThreadPoolExecutor(1, "points")
        self._streams = mappings.records().streams()

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
        actions = ({"_op_type": "index", "_index": index, "_id": entry["record_id"], "_source": document_of(entry)} for entry in entries)
        refused = self._bulk(actions, version)
        if refused:
            first, reason = next(iter(refused.items()))
            raise Incomplete(f"The search index refused {len(refused)} entries: {', '.join(sorted(refused)[:20])} (of {first}: {reason}).",
                             "The other entries are written. Report this: the records are stored, but cannot be found by searching.", refused)

    def delete(self, version: str, record_ids: Sequence[str]) -> None:
        index = self._index(version)
        refused = self._bulk(({"_op_type": "delete", "_index": index, "_id": each} for each in record_ids), version)
        if refused:
            raise Incomplete(f"The search index did not remove {len(refused)} entries: {', '.join(sorted(refused)[:20])}.")

    def commit(self, version: str) -> None:
        with _troubles(version):
            self._client.indices.refresh(index=self._index(version))

    def _bulk(self, actions: Iterator[dict[str, Any]], version: str) -> dict[str, str]:
        """Send the actions; return the record_ids that were refused, each with the reason.

        What a busy cluster turns away (429) is sent again, each time after a longer pause, so that writing goes no faster than it can take.
        """
        refused: dict[str, str] = {}
        with _troubles(version):
            # A version that is not there would be made on the fly, with a mapping that was guessed: `require_alias` cannot say this for an
            # index, so it is asked for.
            if not self._client.indices.exists(index=self._index(version)):
                raise NotFound(f"The index has no version {version!r}.")
            waiting = list(actions)
            for pause in (*_BACKOFF_SECONDS, None):
                busy: list[dict[str, Any]] = []
                by_id = {action["_id"]: action for action in waiting}
                for done, item in helpers.streaming_bulk(self._client, iter(waiting), chunk_size=_BULK_ENTRIES, max_chunk_bytes=_BULK_BYTES,
                                                         raise_on_error=False):
                    operation, answer = next(iter(item.items()))
                    if done or (operation == "delete" and answer.get("status") == 404):
                        continue
                    if answer.get("status") in (429, 503):
                        busy.append(by_id[answer["_id"]])
                    elif answer.get("status") == 403 and "block" in _reason(answer.get("error")):
                        raise StoreFull("The search index has no space left or is set to read only.", "Free space on the Elasticsearch nodes.")
                    else:
                        refused[str(answer.get("_id", ""))] = _reason(answer.get("error"))
                if not busy:
                    return refused
                if pause is None:
                    raise Unavailable("The search index is overloaded and turns entries away.", "Try again in a minute; look at the Elasticsearch log.")
                waiting = busy
                time.sleep(pause)
        return refused

    # reading

    def search(self, request: SearchRequest, version: str | None = None) -> IndexHits:
        counted(request.facets, self._streams)
        point = request.point
        if point == "":
            with _troubles(version):
                point = str(self._asking.open_point_in_time(index=self._where(version), keep_alive=_KEEP_ALIVE)["id"])
        wanted, after, hits, total, facets = request.limit, request.after, list[IndexHit](), 0, dict[str, dict[str, int]]()
        while True:
            first = not hits
            answer = self._ask(request, version, min(max(wanted, 0), _PAGE), after, point, request.facets if first else ())
            if first:
                total = int(answer["hits"]["total"]["value"])
                facets = facets_of(answer["aggregations"], request.facets) if request.facets else {}
            point = str(answer.get("pit_id", point)) if point else point
            page = [hit_of(hit, request.sort, request.group) for hit in answer["hits"]["hits"]]
            hits += page
            wanted -= len(page)
            if wanted <= 0 or not page:
                break
            after = page[-1].position
        if request.point == "" and point and (total <= (request.limit if request.shown is None else request.shown) or not hits):
            self._closing.submit(self._close_point, point)
            point = ""
        return IndexHits(total, tuple(hits), point or "", facets)

    def _close_point(self, point: str) -> None:
        with suppress(CasetrailError), _troubles():
            self._asking.close_point_in_time(id=point)

    def _ask(self, request: SearchRequest, version: str | None, size: int, after: Position | None, point: str | None, facets: Sequence[str]) -> Any:
        body: dict[str, Any] = {"query": self._whole(request.query, request.permitted), "sort": SORTS[request.sort], "size": size}
        if after is not None:
            body["search_after"] = sort_values(after, request.sort)
        if facets:
            body["aggregations"] = {name: {"terms": {"field": name, "size": FACET_VALUES_MAX}} for name in facets}
        if request.group:
            body["docvalue_fields"] = [request.group]
        if point:
            body["pit"] = {"id": point, "keep_alive": _KEEP_ALIVE}
        else:
            body["index"] = self._where(version)
        with _troubles(version, point=bool(point)):
            # Several shards score alike only when they first add up how often each word occurs in all of them.
            return self._asking.search(source=False, track_total_hits=True, search_type="dfs_query_then_fetch", **body)

    def facets(self, query: Query, permitted: Query, fields: Sequence[str]) -> dict[str, dict[str, int]]:
        return self.search(SearchRequest(query, permitted, limit=0, facets=tuple(fields))).facets if fields else {}

    def frequencies(self, field: str, tokens: Sequence[str], permitted: Query) -> dict[str, int]:
        if self._streams.get(field) != "words":
            raise BadRequest(f"{field!r} is no field of words.", "mappings/README.md lists the fields.")
        asked = {f"t{number}": dsl(Term(field, token), self._streams) for number, token in enumerate(tokens)}
        if not asked:
            return {}
        with _troubles():
            answer = self._asking.search(index=self._where(None), query=dsl(permitted, self._streams), size=0,
                                         aggregations={"tokens": {"filters": {"filters": asked}}})
        found = answer["aggregations"]["tokens"]["buckets"]
        return {token: int(found[f"t{number}"]["doc_count"]) for number, token in enumerate(tokens)}

    def values(self, query: Query, permitted: Query, field: str) -> Iterator[str]:
        if self._streams.get(field) != "keyword":
            raise BadRequest(f"{field!r} is no field that can be counted by value.", "mappings/README.md lists the keyword fields.")
        after = None
        while True:
            asked = {"size": _VALUES_PAGE, "sources": [{"value": {"terms": {"field": field}}}]} | ({"after": after} if after else {})
            with _troubles():
                answer = self._asking.search(index=self._where(None), query=self._whole(query, permitted), size=0, track_total_hits=False,
                                             aggregations={"values": {"composite": asked}})
            found = answer["aggregations"]["values"]
            yield from (str(bucket["key"]["value"]) for bucket in found["buckets"])
            after = found.get("after_key")
            if not after or len(found["buckets"]) < _VALUES_PAGE:
                return

    def count(self, query: Query, version: str | None = None) -> int:
        with _troubles(version):
            return int(self._asking.count(index=self._where(version), query=dsl(query, self._streams))["count"])

    def ids(self, query: Query, version: str | None = None) -> Iterator[str]:
        with _troubles(version):
            asked = dsl(query, self._streams)
            # A point in time: entries that are written meanwhile neither shift nor repeat what is read.
            pit = self._asking.open_point_in_time(index=self._where(version), keep_alive=_KEEP_ALIVE)["id"]
        return self._pages(pit, asked)

    def _pages(self, pit: str, asked: dict[str, Any]) -> Iterator[str]:
        after: dict[str, Any] = {}
        try:
            while True:
                with _troubles():
                    answer = self._asking.search(pit={"id": pit, "keep_alive": _KEEP_ALIVE}, query=asked, size=_PAGE, source=False,
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
        self._closing.shutdown(wait=True)
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


def _shown(access: IndexAccess) -> dict[str, Any]:
    """Return what the client is told of certificates and of who asks."""
    told: dict[str, Any] = {"ca_certs": access.ca} if access.ca else {}
    if access.api_key and access.user:
        raise ValueError("a user and an API key")
    if access.api_key:
        told["api_key"] = access.api_key
    elif access.user:
        told["basic_auth"] = (access.user, access.password)
    return told


def _reason(error: Any) -> str:
    if isinstance(error, dict):
        return str(error.get("reason", "")) or str(error.get("type", ""))
    return str(error or "no reason given")


@contextmanager
def _troubles(version: str | None = None, point: bool = False) -> Iterator[None]:
    """Turn what the client and the server say into errors for callers."""
    try:
        yield
    except CasetrailError:
        raise
    except NotFoundError as error:
        if point:
            raise Expired("The search that this cursor belongs to was left for too long, or its index version was dropped.",
                          "Begin the search again without a cursor.") from error
        if version is not None:
            raise NotFound(f"The index has no version {version!r}.") from error
        raise Unavailable(NO_VERSION, REBUILD) from error
    except ConflictError as error:
        raise Conflict("The search index was changed by another process at the same time.", "Run this again.") from error
    except helpers.BulkIndexError as error:
        raise Incomplete("The search index did not take all entries.", "Run this again.") from error
    except ApiError as error:
        if point and error.status_code == 400 and error.error in ("illegal_argument_exception", "x_content_parse_exception"):
            raise Expired("The cursor is not one of this index.", "Begin the search again without a cursor.") from error
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
    if "maxClauseCount" in str(error.body) or "too many" in str(error.body):
        return too_wide()
    if "omplexToDeterminize" in str(error.body) or "too complex" in str(error.body):
        return too_complex()
    if status == 429 or status >= 500:
        return Unavailable("The search index is overloaded or not ready.", "Try again in a minute; look at the Elasticsearch log.")
    return BadRequest("The search index did not understand the question.", "Simplify the query; if it goes on, report it.")
