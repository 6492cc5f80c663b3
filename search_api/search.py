"""Search: a question in words, a viewer, and the page of hits that this viewer may see, in the form of the contract.

The right to read and the custody event belong to the call around it (`search_api.services.searching`).
"""
from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.errors import BadRequest
from archive.model.extracted import Passage
from archive.model.query import AllOf, In, IndexHit, MatchAll, Query, Range, SearchRequest, SortKey
from archive.model.record import KINDS, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api import cursor as cursors
from search_api.access import permitted
from search_api.collapsing import COLLAPSES, Collapse, collapsed, count_groups
from search_api.highlight import Highlight, highlights, stated
from search_api.knowing import known, names_people
from search_api.query import Asked, parse, query_of, understood
from search_api.query.answers import facts_asked
from search_api.query.dates import period
from search_api.query.plain import further_leaves
from search_api.query.tree import Leaf, Mode, wanted

LIMIT_MAX = 1_000
SORTS: tuple[SortKey, ...] = ("score", "date_desc", "date_asc", "sender", "size_desc", "size_asc")
FACETS = ("kind", "record_types", "clients", "custodian", "language", "sentiment", "privileged", "month", "year")
"""What is counted unless less or more is asked for; `sender` and `tags` are counted when asked for, since they have very many values."""
FACET_FIELDS = {name: name for name in FACETS if name != "year"} | {"sender": "sender_key", "tags": "tags", "source": "source"}
ALL_FACETS = (*FACETS, "sender", "tags", "source")


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that was found; `score` is 0.0 where hits are not sorted by it.

    Where hits are collapsed, `group` are the record_ids of all hits that this one stands for, itself first, and `holders` those who have a
    copy of it, the primary first.
    """
    record: Record
    score: float
    highlights: tuple[Highlight, ...]
    group: tuple[str, ...] = ()
    holders: tuple[Record, ...] = ()

    def as_json(self) -> dict[str, object]:
        r = self.record
        told: dict[str, object] = {
            "record_id": r.record_id, "source_paths": list(r.source_paths), "inner": r.inner, "score": round(self.score, 4), "subject": r.subject,
            "date": r.date, "sent_at": r.sent_at, "kind": r.kind, "record_types": list(r.record_types), "clients": list(r.clients),
            "from": r.sender, "to": list(r.to), "language": r.language, "thread_id": r.thread_id, "family_id": r.family_id,
            "duplicate_of": r.duplicate_of, "near_duplicate_of": r.near_duplicate_of, "privileged": r.privileged, "mime": r.mime, "name": r.name,
            "size": r.size_bytes, "custodian": r.custodian, "highlights": [h.as_json() for h in self.highlights]}
        if self.group:
            told["group"] = {"hits": len(self.group), "record_ids": list(self.group)}
        if self.holders:
            told["holders"] = [holder_json(holder) for holder in self.holders]
        return told


def holder_json(r: Record) -> dict[str, object]:
    """Return who has a copy, and where it lay."""
    return {"record_id": r.record_id, "custodian": r.custodian, "source": r.source, "source_paths": list(r.source_paths), "inner": r.inner}


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
    collapse: Collapse | None = None
    groups: int | None = None

    def as_json(self) -> dict[str, object]:
        """Return the answer in the form of the contract (docs/http.md)."""
        told: dict[str, object] = {"total": self.total, "took_ms": self.took_ms, "hits": [hit.as_json() for hit in self.hits], "facets": self.facets,
                                   "next": self.next, "mode": self.mode, "understood": self.understood}
        return told | ({"collapse": self.collapse, "groups": self.groups} if self.collapse else {})


@dataclass(frozen=True, slots=True)
class Question:
    """A question ready for the index: what is asked for, and under which filter (access, client, kinds, days)."""
    asked: Asked
    query: Query
    permitted: Query
    understood: str = ""

    @property
    def whole(self) -> Query:
        """The set that is asked for: what matches and passes the filter."""
        return AllOf((self.query, self.permitted))


def question(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (),
             date_from: str | None = None, date_to: str | None = None, exact: bool = False) -> Question:
    """Return what a text asks for on behalf of a viewer. Raises QuerySyntax, BadRequest.

    `client` is an id; `kinds` any of which; the days are both included and may be months or years too; `exact` asks for the set even
    where there are plain words only.
    """
    asked = parse(text, exact)
    audiences = archive.catalogue.audiences() if names_people(asked) or viewer.clients is not None else []
    allowed = permitted(viewer, audiences)
    against = known(archive, viewer, asked, audiences, allowed, client)
    filters: list[Query] = [allowed]
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
    return Question(asked, query_of(asked, against), AllOf(kept) if kept else MatchAll(), understood(asked, against))


def search(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (),
           date_from: str | None = None, date_to: str | None = None, sort: SortKey = "score", limit: int = 20, cursor: str | None = None,
           facets: Sequence[str] = FACETS, collapse: Collapse | None = None, exact: bool = False) -> SearchAnswer:
    """Return the page of hits after `cursor` (None: the first). Raises QuerySyntax, BadRequest, Expired, Unavailable.

    All pages are of the state that the index had at the first one.  A record that left the catalogue since is left out of the page, while
    `total` still counts it.  `collapse` shows of each thread, family or group of copies the first hit only.
    """
    began = time.perf_counter()
    if sort not in SORTS:
        raise BadRequest(f"There is no sort {sort!r}.", f"Sorts are: {', '.join(SORTS)}.")
    if collapse is not None and collapse not in COLLAPSES:
        raise BadRequest(f"Hits cannot be collapsed by {collapse!r}.", f"Collapse by: {', '.join(COLLAPSES)}.")
    if not 0 <= limit <= LIMIT_MAX:
        raise BadRequest(f"The limit {limit} is not between 0 and {LIMIT_MAX}.", "Ask for pages and go on with `next`.")
    fields = _facet_fields(facets)
    asking = question(archive, viewer, text, client=client, kinds=kinds, date_from=date_from, date_to=date_to, exact=exact)
    bound_to = json.dumps([text, client, sorted(kinds), date_from, date_to, sort, collapse, exact])
    place = cursors.read(bound_to, cursor) if cursor else None
    request = SearchRequest(asking.query, asking.permitted, sort, limit, place.position if place else None, place.rank if place else None,
                            place.point if place else "" if limit else None, limit, fields)
    if collapse and limit:
        page = collapsed(archive.index, request, collapse)
        answer, firsts, more = page.answer, tuple(group.first for group in page.groups), page.more
        members = {group.first.record_id: group.record_ids for group in page.groups}
        groups = place.groups if place else count_groups(archive.index, asking.query, asking.permitted, answer.total, collapse)
    else:
        answer = archive.index.search(replace(request, limit=limit + 1 if limit else 0))
        firsts, members, more, groups = answer.hits[:limit], {}, len(answer.hits) > limit, None
    following = cursors.written(bound_to, cursors.Place(firsts[-1].position, firsts[-1].rank, answer.point, groups)) if firsts and more else None
    hits = _hits(archive, viewer, asking, firsts, members, collapse)
    return SearchAnswer(answer.total, round(1000 * (time.perf_counter() - began)), hits, _told(answer.facets, facets), following, asking.asked.mode,
                        asking.understood, collapse, groups)


def _hits(archive: Archive, viewer: Viewer, asking: Question, found: Sequence[IndexHit], members: Mapping[str, tuple[str, ...]],
          collapse: Collapse | None) -> tuple[SearchHit, ...]:
    ids = tuple(hit.record_id for hit in found)
    leaves, further = wanted(asking.asked.root), further_leaves(asking.asked)
    answers: dict[str, list[Passage]] = {}
    if (asked := facts_asked(asking.asked)) and ids:
        read = {r.record.record_id: r for r in archive.catalogue.read_records(RecordFilter(record_ids=ids), viewer)}
        records, texts = {each: r.record for each, r in read.items()}, {each: r.text for each, r in read.items()}
        answers = {each: [p for fact in r.facts if fact.name in asked for p in fact.passages] for each, r in read.items()}
    else:
        records = {record.record_id: record for record in archive.catalogue.records(RecordFilter(record_ids=ids), viewer)} if ids else {}
        texts = archive.catalogue.texts(list(records), viewer) if leaves and records else {}
    holders = archive.catalogue.copies(list(records), viewer) if collapse == "duplicates" and records else {}
    return tuple(SearchHit(records[hit.record_id], hit.score, shown(records[hit.record_id], texts.get(hit.record_id, ""), leaves, further,
                                                            answers.get(hit.record_id, ())),
                           members.get(hit.record_id, ()), tuple(holders.get(hit.record_id, ())))
                 for hit in found if hit.record_id in records)


def every_hit(archive: Archive, asking: Question, sort: SortKey = "date_asc", page: int = 2_000) -> Iterator[list[str]]:
    """Yield the record_ids of all hits, in order and in pages, from one state of the index; however many there are."""
    request = SearchRequest(asking.query, asking.permitted, sort, page, point="")
    while True:
        answer = archive.index.search(request)
        if answer.hits:
            yield [hit.record_id for hit in answer.hits]
        if len(answer.hits) < page or not answer.point:
            return
        last = answer.hits[-1]
        request = replace(request, after=last.position, after_rank=last.rank, point=answer.point)


def all_ids(archive: Archive, asking: Question) -> Iterator[str]:
    """Return the record_ids of all hits, ascending."""
    return archive.index.ids(asking.whole)


def _facet_fields(facets: Sequence[str]) -> tuple[str, ...]:
    unknown = sorted(set(facets) - set(ALL_FACETS))
    if unknown:
        raise BadRequest(f"{', '.join(map(repr, unknown))} cannot be counted.", f"Facets are: {', '.join(ALL_FACETS)}.")
    names = ["month" if name == "year" else name for name in facets]
    return tuple(dict.fromkeys(FACET_FIELDS[name] for name in names))


def _told(counts: dict[str, dict[str, int]], facets: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counts by the names that were asked for; months and years in their order."""
    out: dict[str, dict[str, int]] = {}
    for name in facets:
        if name == "year":
            years: dict[str, int] = {}
            for month, count in counts.get("month", {}).items():
                years[month[:4]] = years.get(month[:4], 0) + count
            out[name] = dict(sorted(years.items()))
        else:
            found = counts.get(FACET_FIELDS[name], {})
            out[name] = dict(sorted(found.items())) if name == "month" else found
    return out


def shown(record: Record, text: str, leaves: Sequence[Leaf], further: Sequence[Leaf] = (), answers: Sequence[Passage] = ()) -> tuple[Highlight, ...]:
    """Return the highlights of a record: at most one of its subject, then those of its text; of `further` where none of `leaves` is met.

    Where the record holds facts that the question asks after (`answers`: the passages they were read from), those are shown and nothing else.
    """
    if told := stated(text, answers):
        return tuple(told)
    found = (*highlights("subject", record.subject, record.language, leaves, 1), *highlights("text", text, record.language, leaves))
    return found if found or not further else shown(record, text, further)
