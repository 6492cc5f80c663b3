"""Search: a question in words, a viewer, and the page of hits that this viewer may see, in the form of the contract.

The right to read and the custody event belong to the call around it (`search_api.services.searching`).
"""
from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from archive.errors import BadRequest
from archive.model.query import AllOf, In, MatchAll, Query, Range, SearchRequest, SortKey
from archive.model.record import KINDS, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api import cursor as cursors
from search_api.access import permitted
from search_api.highlight import Highlight, highlights
from search_api.query import Asked, Known, parse, query_of, understood
from search_api.query.dates import period
from search_api.query.tree import Leaf, Mode, wanted

LIMIT_MAX = 1_000
SORTS: tuple[SortKey, ...] = ("score", "date_desc", "date_asc")
FACETS = ("kind", "record_types", "clients", "language", "month")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that was found; `score` is 0.0 where hits are sorted by date."""
    record: Record
    score: float
    highlights: tuple[Highlight, ...]

    def as_json(self) -> dict[str, object]:
        r = self.record
        return {"record_id": r.record_id, "source_paths": list(r.source_paths), "inner": r.inner, "score": round(self.score, 4),
                "subject": r.subject, "date": r.date, "sent_at": r.sent_at, "kind": r.kind, "record_types": list(r.record_types),
                "clients": list(r.clients), "from": r.sender, "to": list(r.to), "language": r.language, "thread_id": r.thread_id,
                "family_id": r.family_id, "duplicate_of": r.duplicate_of, "privileged": r.privileged, "mime": r.mime, "name": r.name,
                "highlights": [h.as_json() for h in self.highlights]}


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """A page of hits. `total` and `facets` count all matches that the viewer may see; `next` goes on after this page, None at the end."""
    total: int
    took_ms: int
    hits: tuple[SearchHit, ...]
    facets: dict[str, dict[str, int]]
    next: str | None
    mode: Mode
    understood: str

    def as_json(self) -> dict[str, object]:
        """Return the answer in the form of the contract (docs/http.md)."""
        return {"total": self.total, "took_ms": self.took_ms, "hits": [hit.as_json() for hit in self.hits], "facets": self.facets,
                "next": self.next, "mode": self.mode, "understood": self.understood}


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready for the index: what is asked for, and under which filter (access, client, kinds, days)."""
    asked: Asked
    query: Query
    permitted: Query


def question(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (),
             date_from: str | None = None, date_to: str | None = None) -> Question:
    """Return what a text asks for on behalf of a viewer. Raises QuerySyntax, BadRequest.

    `client` is an id; `kinds` any of which; the days are both included and may be months or years too.
    """
    asked = parse(text)
    names_clients = "client" in text.lower()
    audiences = archive.catalogue.audiences() if names_clients or viewer.clients is not None else []
    known = _known(archive, viewer, audiences) if names_clients else Known()
    filters: list[Query] = [permitted(viewer, audiences)]
    if client is not None:
        filters.append(In("clients", (client,)))
    if kinds:
        unknown = sorted(set(kinds) - set(KINDS))
        if unknown:
            raise BadRequest(f"There is no kind {', '.join(map(repr, unknown))}.", f"Kinds are: {', '.join(KINDS)}.")
        filters.append(In("kind", tuple(sorted(set(kinds)))))
    if date_from or date_to:
        low = period(date_from, 0)[0].isoformat() if date_from else None
        high = period(date_to, 0)[1].isoformat() if date_to else None
        if low and high and low > high:
            raise BadRequest(f"The range from {date_from} to {date_to} ends before it begins.", "Exchange the two dates.")
        filters.append(Range("date", low, high))
    kept = tuple(part for part in filters if part != MatchAll())
    return Question(asked, query_of(asked, known), AllOf(kept) if kept else MatchAll())


def search(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (),
           date_from: str | None = None, date_to: str | None = None, sort: SortKey = "score", limit: int = 20, cursor: str | None = None,
           facets: Sequence[str] = FACETS) -> SearchAnswer:
    """Return the page of hits after `cursor` (None: the first). Raises QuerySyntax, BadRequest, Unavailable.

    A record that left the catalogue after the index was asked is left out of the page, while `total` still counts it.
    """
    began = time.perf_counter()
    if sort not in SORTS:
        raise BadRequest(f"There is no sort {sort!r}.", f"Sorts are: {', '.join(SORTS)}.")
    if not 0 <= limit <= LIMIT_MAX:
        raise BadRequest(f"The limit {limit} is not between 0 and {LIMIT_MAX}.", "Ask for pages and go on with `next`.")
    asking = question(archive, viewer, text, client=client, kinds=kinds, date_from=date_from, date_to=date_to)
    bound_to = json.dumps([text, client, sorted(kinds), date_from, date_to, sort])
    after = cursors.read(bound_to, cursor) if cursor else None
    found = archive.index.search(SearchRequest(asking.query, asking.permitted, sort, limit + 1, after))
    page = found.hits[:limit]
    counts = archive.index.facets(asking.query, asking.permitted, facets) if facets else {}
    ids = [hit.record_id for hit in page]
    records = {record.record_id: record for record in archive.catalogue.records(RecordFilter(record_ids=tuple(ids)), viewer)} if ids else {}
    leaves = wanted(asking.asked.root)
    texts = archive.catalogue.texts(list(records), viewer) if leaves and records else {}
    hits = tuple(SearchHit(records[hit.record_id], hit.score, shown(records[hit.record_id], texts.get(hit.record_id, ""), leaves))
                 for hit in page if hit.record_id in records)
    following = cursors.written(bound_to, page[-1].position) if page and len(found.hits) > limit else None
    return SearchAnswer(found.total, round(1000 * (time.perf_counter() - began)), hits, counts, following, asking.asked.mode,
                        understood(asking.asked))


def shown(record: Record, text: str, leaves: Sequence[Leaf]) -> tuple[Highlight, ...]:
    """Return the highlights of a record: at most one of its subject, then those of its text."""
    return (*highlights("subject", record.subject, record.language, leaves, 1), *highlights("text", text, record.language, leaves))


def _known(archive: Archive, viewer: Viewer, audiences: Sequence[tuple[str, ...]]) -> Known:
    seen = frozenset(client for clients in audiences if viewer.sees(clients, False) for client in clients)
    return Known(tuple(archive.catalogue.clients(viewer)), seen)
