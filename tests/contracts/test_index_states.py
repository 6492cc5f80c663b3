"""Orders, states that are kept for pages, groups and counts: both engines alike, on one shard and on several."""
from __future__ import annotations

import itertools
import os
import random
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.adapters import embedded_points
from archive.adapters.index_elasticsearch import ElasticsearchIndex
from archive.adapters.index_embedded import EmbeddedIndex
from archive.analysis import analyse, analyse_exact
from archive.errors import BadRequest, Expired
from archive.model.query import AllOf, AnyOf, In, IndexEntry, IndexHit, MatchAll, Not, Query, SearchRequest, SortKey, Term

Index = EmbeddedIndex | ElasticsearchIndex
SORTS: tuple[SortKey, ...] = ("score", "date_desc", "date_asc", "sender", "size_desc", "size_asc")
WORDS = ["notice", "termination", "fee", "invoice", "gas", "power", "meeting", "lunch"]


@pytest.fixture(params=["embedded", "elasticsearch", "three shards"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    """An index whose version `v1` is in use."""
    if request.param == "embedded":
        made: Index = EmbeddedIndex(tmp_path / "index")
    else:
        made = ElasticsearchIndex(request.getfixturevalue("elasticsearch_url"), f"t{uuid.uuid4().hex[:12]}", shards=3 if "three" in request.param else 1)
    made.create("v1")
    made.switch("v1")
    yield made
    if isinstance(made, ElasticsearchIndex):
        for version in made.versions():
            made._client.indices.delete(index=made._index(version))
    made.close()


def rid(number: int) -> str:
    return f"{(number * 2654435761) % (1 << 80):020x}"


def entry(number: int, chance: random.Random) -> IndexEntry:
    """An entry like others: many ties in every key, and some without one."""
    body = " ".join(chance.choices(WORDS, k=chance.randrange(1, 30)))
    made: IndexEntry = {"record_id": rid(number), "kind": chance.choice(["email", "notice"]), "audience": "-", "privileged": chance.random() < 0.2,
                        "size_bytes": chance.choice([0, 10, 10, 2_000, 2_001]), "body": analyse(body, "en"), "body_exact": analyse_exact(body),
                        "family": rid(number - number % 3)}
    if chance.random() < 0.8:
        made["date"] = f"2024-0{chance.randrange(1, 4)}-0{chance.randrange(1, 9)}"
        made["month"] = str(made["date"])[:7]
    if chance.random() < 0.7:
        made["sender_key"] = chance.choice(["ann@x.example", "bob@x.example", "zoe"])
    if chance.random() < 0.6:
        made["thread"] = f"t{chance.randrange(12)}"
    return made


def filled(index: Index, count: int = 300, seed: int = 1) -> list[IndexEntry]:
    chance = random.Random(seed)
    entries = [entry(number, chance) for number in range(count)]
    for start in range(0, count, 70):  # several segments
        index.upsert("v1", entries[start:start + 70])
        index.commit("v1")
    return entries


def pages(index: Index, request: SearchRequest) -> Iterator[tuple[IndexHit, ...]]:
    answer = index.search(request)
    while answer.hits:
        yield answer.hits
        last = answer.hits[-1]
        if not answer.point and request.point is not None:
            return
        request = replace(request, after=last.position, after_rank=last.rank, point=answer.point or None)
        answer = index.search(request)


def expected(entries: Sequence[IndexEntry], sort: SortKey) -> list[str]:
    """Return the record_ids in an order told by the entries alone."""
    field, backwards = {"date_desc": ("date", True), "date_asc": ("date", False), "sender": ("sender_key", False), "size_desc": ("size_bytes", True),
                        "size_asc": ("size_bytes", False)}[sort]
    by_id = sorted(entries, key=lambda e: str(e["record_id"]))
    having = sorted((e for e in by_id if field in e), key=lambda e: e[field], reverse=backwards)  # type: ignore[arg-type,return-value]
    if backwards:  # a stable sort that is turned round turns ties round too
        having = [e for _, group in itertools.groupby(having, key=lambda e: e[field]) for e in sorted(group, key=lambda e: str(e["record_id"]))]
    return [str(e["record_id"]) for e in (*having, *(e for e in by_id if field not in e))]


@pytest.mark.parametrize("sort", SORTS[1:])
@pytest.mark.parametrize("limit", [1, 7, 299])
def test_pages_give_every_entry_once_in_the_order_of_the_key_then_the_id(index: Index, sort: SortKey, limit: int) -> None:
    entries = filled(index, 120 if limit == 1 else 300)
    for point in ("", None):
        seen = [hit.record_id for page in pages(index, SearchRequest(MatchAll(), sort=sort, limit=limit, point=point)) for hit in page]
        assert seen == expected(entries, sort)


@pytest.mark.parametrize("query", [Term("body", "notic"), Term("body", "ga"), MatchAll(), In("kind", ("email",))])
def test_pages_by_score_are_the_whole_answer_cut_up(index: Index, query: Query) -> None:
    filled(index)
    whole = index.search(SearchRequest(query, limit=1000))
    assert [(-hit.score, hit.record_id) for hit in whole.hits] == sorted((-hit.score, hit.record_id) for hit in whole.hits)
    for point in ("", None):
        cut = [hit.record_id for page in pages(index, SearchRequest(query, limit=13, point=point)) for hit in page]
        assert cut == [hit.record_id for hit in whole.hits]


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_a_state_do_not_shift_while_entries_are_written_changed_and_removed(index: Index, sort: SortKey) -> None:
    entries = filled(index, 90)
    request = SearchRequest(Not(In("kind", ("nothing",))), sort=sort, limit=10, point="")
    before = [hit.record_id for hit in index.search(replace(request, limit=1000, point=None)).hits]
    chance, seen, counts = random.Random(2), [], []
    for number, page in enumerate(pages(index, request)):
        seen += [hit.record_id for hit in page]
        index.upsert("v1", [entry(1000 + number, chance), {**entry(0, chance), "record_id": entries[number]["record_id"]}])
        index.delete("v1", [str(entries[50 + number]["record_id"])])
        index.commit("v1")
        counts.append(index.count(MatchAll()))
    assert seen == before
    assert len(set(counts)) == 1 and index.search(replace(request, point=None, limit=1000)).hits != ()


def test_state_is_kept_when_its_version_was_replaced(index: Index) -> None:
    filled(index, 30)
    first = index.search(SearchRequest(MatchAll(), sort="date_asc", limit=10, point=""))
    index.create("v2")
    index.switch("v2")
    following = index.search(SearchRequest(MatchAll(), sort="date_asc", limit=100, after=first.hits[-1].position, point=first.point))
    assert (following.total, len(following.hits)) == (30, 20)
    assert index.count(MatchAll()) == 0


def test_answer_that_is_whole_keeps_no_state(index: Index) -> None:
    filled(index, 10)
    assert index.search(SearchRequest(MatchAll(), limit=10, point="")).point == ""
    assert index.search(SearchRequest(MatchAll(), limit=9, point="")).point != ""
    assert index.search(SearchRequest(MatchAll(), limit=10, shown=9, point="")).point != ""
    assert index.search(SearchRequest(MatchAll(), limit=3)).point == ""


@pytest.mark.parametrize("bad", ["nothing", "v1~0123456789abcdef", "../v1", "A" * 60])
def test_state_that_is_not_kept_is_told_as_expired(index: Index, bad: str) -> None:
    filled(index, 5)
    with pytest.raises(Expired):
        index.search(SearchRequest(MatchAll(), limit=2, after=(1.0, rid(1)), point=bad))


def test_state_that_the_cluster_has_closed_is_told_as_expired(index: Index) -> None:
    filled(index, 5)
    first = index.search(SearchRequest(MatchAll(), limit=2, point=""))
    if isinstance(index, ElasticsearchIndex):
        index._client.close_point_in_time(id=first.point)
    else:
        kept = index._points._home / first.point
        long_ago = time.time() - 2 * embedded_points.POINT_SECONDS
        os.utime(kept, (long_ago, long_ago))
    with pytest.raises(Expired, match="cursor"):
        index.search(SearchRequest(MatchAll(), limit=2, after=first.hits[-1].position, point=first.point))


def test_facets_and_hits_of_one_answer_are_of_one_state(index: Index) -> None:
    entries = filled(index, 200)
    answer = index.search(SearchRequest(Term("body", "notic"), In("kind", ("notice",)), limit=5, facets=("kind", "privileged", "sender_key", "month")))
    matching = [e for e in entries if e["kind"] == "notice" and "notic" in str(e["body"]).split()]
    assert answer.total == len(matching) == sum(answer.facets["kind"].values()) == sum(answer.facets["privileged"].values())
    assert answer.facets["privileged"].get("true", 0) == sum(e["privileged"] is True for e in matching)
    assert sum(answer.facets["sender_key"].values()) == sum("sender_key" in e for e in matching)


def test_hits_bring_their_group_along(index: Index) -> None:
    entries = {e["record_id"]: e for e in filled(index, 60)}
    for hit in index.search(SearchRequest(MatchAll(), sort="date_desc", limit=60, group="thread")).hits:
        assert hit.group == entries[hit.record_id].get("thread", "")


def test_values_of_a_field_are_told_once_each_in_order(index: Index) -> None:
    entries = filled(index, 200)
    found = list(index.values(MatchAll(), In("kind", ("email",)), "thread"))
    assert found == sorted({str(e["thread"]) for e in entries if e["kind"] == "email" and "thread" in e})


def test_frequencies_count_what_is_permitted_only(index: Index) -> None:
    entries = filled(index, 100)
    seen = index.frequencies("body", ["notic", "nothing"], Not(In("privileged", ("true",))))
    assert seen == {"notic": sum("notic" in str(e["body"]).split() and not e["privileged"] for e in entries), "nothing": 0}


@pytest.mark.parametrize("request_", [SearchRequest(MatchAll(), facets=("body",)), SearchRequest(MatchAll(), facets=("nonsense",)),
                                      SearchRequest(MatchAll(), sort="size_desc", after=("x", rid(1)))])
def test_question_that_makes_no_sense_is_an_error(index: Index, request_: SearchRequest) -> None:
    filled(index, 5)
    with pytest.raises(BadRequest):
        index.search(request_)


def test_refused_entry_is_named_with_its_reason_and_the_others_are_written(index: Index) -> None:
    from archive.errors import Incomplete
    chance = random.Random(3)
    good, bad = entry(1, chance), {**entry(2, chance), "no_such_field": "x"}
    with pytest.raises(Incomplete) as raised:
        index.upsert("v1", [good, bad])
    index.commit("v1")
    assert list(raised.value.refused) == [bad["record_id"]] and "no_such_field" in raised.value.refused[str(bad["record_id"])]
    assert list(index.ids(MatchAll())) == [good["record_id"]]


@pytest.mark.parametrize("query", [AnyOf((Term("body", "notic"), Term("body", "ga", 2.0))), Term("body", "lunch"),
                                   AllOf((Term("body", "fee"), Term("body", "power")))])
def test_several_shards_give_the_order_of_one(elasticsearch_url: str, query: Query) -> None:
    found = []
    for shards in (1, 3):
        made = ElasticsearchIndex(elasticsearch_url, f"t{uuid.uuid4().hex[:12]}", shards=shards)
        try:
            made.create("v1")
            made.switch("v1")
            filled(made, 240, seed=5)
            found.append([(round(hit.score, 4), hit.record_id) for hit in made.search(SearchRequest(query, limit=1000)).hits])
        finally:
            made._client.indices.delete(index=made._index("v1"))
            made.close()
    assert found[0] and found[0] == found[1]
