"""Both search engines are held to the same behaviour, the real Elasticsearch among them; then they are compared with each other."""
from __future__ import annotations

import itertools
import mailbox
import random
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import mappings
from archive.adapters.index_elasticsearch import ElasticsearchIndex
from archive.adapters.index_embedded import EmbeddedIndex
from archive.analysis import ANALYSIS_VERSION, analyse, analyse_exact
from archive.errors import BadRequest, Conflict, Incomplete, NotFound, Unavailable
from archive.model.query import (
    AllOf,
    AnyOf,
    Exists,
    Fuzzy,
    In,
    IndexEntry,
    MatchAll,
    MatchNone,
    Near,
    Not,
    Phrase,
    Piece,
    Preferring,
    Query,
    Range,
    Regex,
    Row,
    SearchRequest,
    SortKey,
    Term,
    Wildcard,
)
from archive.money import with_currency

Index = EmbeddedIndex | ElasticsearchIndex


@pytest.fixture
def name() -> str:
    return f"t{uuid.uuid4().hex[:12]}"


@pytest.fixture(params=["embedded", "elasticsearch"])
def index(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> Iterator[Index]:
    """An index without any version."""
    if request.param == "embedded":
        made: Index = EmbeddedIndex(tmp_path / "index")
        yield made
    else:
        made = ElasticsearchIndex(request.getfixturevalue("elasticsearch_url"), name)
        yield made
        _remove(made)
    made.close()


@pytest.fixture
def live(index: Index) -> Index:
    """An index whose version `v1` is in use."""
    index.create("v1")
    index.switch("v1")
    return index


def _remove(index: ElasticsearchIndex) -> None:
    for version in index.versions():
        index._client.indices.delete(index=index._index(version))


def entry(number: int, body: str = "", **fields: object) -> IndexEntry:
    """A small entry with the record_id `number`."""
    made: IndexEntry = {"record_id": rid(number), "kind": "email", "audience": "-", "privileged": False, "size_bytes": 1,
                        "body": analyse(body, "en"), "body_exact": analyse_exact(body)}
    return made | fields  # type: ignore[operator]


def rid(number: int) -> str:
    return f"{number:020x}"


def fill(index: Index, entries: Sequence[IndexEntry], version: str = "v1") -> None:
    index.upsert(version, entries)
    index.commit(version)


def found(index: Index, query: Query, permitted: Query | None = None, sort: SortKey = "score") -> list[int]:
    hits = index.search(SearchRequest(query, permitted or MatchAll(), sort, 1000))
    assert hits.total == len(hits.hits)
    return [int(hit.record_id, 16) for hit in hits.hits]


# ---------------------------------------------------------------- versions

def test_before_the_first_switch_no_version_is_current_and_a_search_says_what_to_do(index: Index) -> None:
    assert index.versions() == []
    assert index.current() is None
    with pytest.raises(Unavailable, match="casetrail reindex"):
        index.search(SearchRequest(MatchAll()))
    assert not index.health().ready


def test_switch_names_the_version_that_searches_use(index: Index) -> None:
    for number, version in enumerate(("v1", "v2")):
        index.create(version)
        fill(index, [entry(number)], version)
    index.switch("v1")
    assert found(index, MatchAll()) == [0]
    index.switch("v2")
    assert (index.current(), found(index, MatchAll())) == ("v2", [1])
    assert index.versions() == ["v1", "v2"]
    assert index.count(MatchAll(), "v1") == 1


def test_version_that_exists_is_not_made_again(index: Index) -> None:
    index.create("v1")
    fill(index, [entry(1)])
    with pytest.raises(Conflict):
        index.create("v1")
    assert index.count(MatchAll(), "v1") == 1


def test_current_version_is_not_dropped_and_another_one_is(live: Index) -> None:
    live.create("v2")
    with pytest.raises(Conflict):
        live.drop("v1")
    live.drop("v2")
    assert live.versions() == ["v1"]
    with pytest.raises(NotFound):
        live.drop("v2")


@pytest.mark.parametrize("bad", ["", "../v1", "A", "v/1", "v1*", "-v"])
def test_name_that_an_engine_could_misread_is_no_version(index: Index, bad: str) -> None:
    with pytest.raises(BadRequest):
        index.create(bad)


def test_unknown_version_is_not_found_and_not_made(live: Index) -> None:
    with pytest.raises(NotFound):
        live.upsert("v9", [entry(1)])
    with pytest.raises(NotFound):
        live.switch("v9")
    with pytest.raises(NotFound):
        live.count(MatchAll(), "v9")
    assert (live.versions(), live.current()) == (["v1"], "v1")


def test_every_version_says_with_which_mapping_and_analysis_it_was_made(live: Index) -> None:
    about = live.about()
    assert (about.mapping, about.analysis, about.stale()) == (mappings.TODAY, ANALYSIS_VERSION, "")


def test_version_of_another_analysis_asks_to_be_rebuilt(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.adapters.index_versions.ANALYSIS_VERSION", "0+older")
    index.create("v1")
    index.switch("v1")
    monkeypatch.undo()
    assert "0+older" in index.about().stale()
    assert "to be rebuilt" in index.health().detail


# ---------------------------------------------------------------- writing

def test_entries_are_seen_after_the_commit_and_not_before(live: Index) -> None:
    live.upsert("v1", [entry(1)])
    assert live.count(MatchAll()) == 0
    live.commit("v1")
    assert live.count(MatchAll()) == 1


def test_entry_written_again_replaces_the_one_before(live: Index) -> None:
    fill(live, [entry(1, "old words"), entry(1, "older words")])
    fill(live, [entry(1, "new words")])
    assert live.count(MatchAll()) == 1
    assert found(live, Term("body", "new")) == [1]
    assert found(live, Term("body", "old")) == []


def test_deleted_entries_are_gone_after_the_commit(live: Index) -> None:
    fill(live, [entry(1), entry(2)])
    live.delete("v1", [rid(1), rid(7)])
    live.commit("v1")
    assert found(live, MatchAll()) == [2]


def test_entry_that_the_mapping_refuses_is_named_and_the_others_are_written(live: Index) -> None:
    with pytest.raises(Incomplete, match=rid(2)):
        live.upsert("v1", [entry(1), entry(2, colour="green"), entry(3)])
    live.commit("v1")
    assert found(live, MatchAll()) == [1, 3]


def test_date_that_is_none_is_refused_by_name(live: Index) -> None:
    with pytest.raises(Incomplete, match=rid(2)):
        live.upsert("v1", [entry(2, date="31.03.2024")])


def test_health_counts_the_entries(live: Index) -> None:
    fill(live, [entry(1), entry(2)])
    health = live.health()
    assert health.ready
    assert "2 entries" in health.detail


# ---------------------------------------------------------------- asking

def test_words_and_their_combinations(live: Index) -> None:
    fill(live, [entry(1, "alpha beta"), entry(2, "alpha gamma"), entry(3, "beta gamma"), entry(4)])
    a, b = Term("body", "alpha"), Term("body", "beta")
    assert set(found(live, AllOf((a, b)))) == {1}
    assert set(found(live, AnyOf((a, b)))) == {1, 2, 3}
    assert set(found(live, AllOf((a, Not(b))))) == {2}
    assert set(found(live, Not(a))) == {3, 4}
    assert set(found(live, AnyOf((a, Not(b))))) == {1, 2, 4}
    assert set(found(live, AllOf((Not(a), Not(b))))) == {4}
    assert set(found(live, Not(Not(a)))) == {1, 2}
    assert set(found(live, AllOf(()))) == {1, 2, 3, 4}
    assert found(live, AnyOf(())) == []
    assert found(live, MatchNone()) == []


def test_phrase_asks_for_the_order_and_slop_loosens_it(live: Index) -> None:
    fill(live, [entry(1, "alpha beta gamma"), entry(2, "alpha x beta gamma"), entry(3, "beta alpha"), entry(4, "alpha")])
    assert found(live, Phrase("body", ("alpha", "beta"))) == [1]
    assert set(found(live, Phrase("body", ("alpha", "beta"), 1))) == {1, 2}
    assert set(found(live, Phrase("body", ("alpha", "beta"), 2))) == {1, 2, 3}
    assert set(found(live, Phrase("body", ("alpha",)))) == {1, 2, 3, 4}
    assert found(live, Phrase("body", ())) == []


def test_identifier_is_a_phrase_of_its_parts(live: Index) -> None:
    fill(live, [entry(1, "see INV-25-0331, p. 4"), entry(2, "INV-25 of 0331"), entry(3, "clause 14.2")])
    assert found(live, Phrase("body", tuple(analyse("INV-25-0331", "en").split()))) == [1]
    assert found(live, Phrase("body", ("14", "2"))) == [3]


def test_wildcards_match_whole_tokens_of_words_and_keywords(live: Index) -> None:
    fill(live, [entry(1, "notices"), entry(2, "noticed"), entry(3, "not ice"), entry(4, filename_key="a+b (1).pdf")])
    assert set(found(live, Wildcard("body_exact", "notice*"))) == {1, 2}
    assert found(live, Wildcard("body_exact", "notice?")) == [1, 2]
    assert found(live, Wildcard("body_exact", "*otices")) == [1]
    assert found(live, Wildcard("filename_key", "*.pdf")) == [4]
    assert found(live, Wildcard("filename_key", "a+b (?).p*")) == [4]
    assert found(live, Wildcard("filename_key", "axb*")) == []


def test_expressions_and_fuzzy_words_are_held_against_exact_words_as_a_whole(live: Index) -> None:
    fill(live, [entry(1, "notices"), entry(2, "noticed"), entry(3, "notic"), entry(4, "ontice"), entry(5, "state 2024")])
    assert set(found(live, Regex("body_exact", "notice[a-d]?"))) == {2}
    assert set(found(live, Regex("body_exact", "(not|st).*e?(s|d|e)"))) == {1, 2, 5}
    assert set(found(live, Fuzzy("body_exact", "notices", 1))) == {1, 2}
    assert set(found(live, Fuzzy("body_exact", "notices", 2))) == {1, 2, 3}
    assert found(live, Fuzzy("body_exact", "notice", 1)) == [1, 2, 3]  # two letters exchanged are two edits: 4 is not met
    assert found(live, Fuzzy("body_exact", "nitice", 2)) == [1, 2, 3, 4]
    assert found(live, Fuzzy("body_exact", "st", 1)) == []


def test_words_in_a_row_may_be_stems_exact_words_and_patterns(live: Index) -> None:
    fill(live, [entry(1, "notices of termination"), entry(2, "notice of terms"), entry(3, "notice, termination of")])
    stem, exact, pattern = Piece("notic", "stem"), Piece("of", "exact"), Piece("term.*", "pattern")
    assert set(found(live, Row("body", (stem, exact, pattern)))) == {1, 2}
    assert found(live, Row("body", (Piece("notices", "exact"), exact, pattern))) == [1]
    assert set(found(live, Row("body", (pattern, exact)))) == {3}
    assert set(found(live, Row("body", (stem,)))) == {1, 2, 3}


NOTICE, FEE = Piece("notic", "stem"), Piece("fee", "exact")


@pytest.mark.parametrize(("distance", "ordered", "expected"), [(1, False, {1, 2}), (2, False, {1, 2, 3}), (3, False, {1, 2, 3, 4}), (1, True, {1}),
                                                                (3, True, {1, 4}), (100, False, {1, 2, 3, 4, 5})])
def test_near_counts_words_from_the_end_of_one_side_to_the_beginning_of_the_other(live: Index, distance: int, ordered: bool, expected: set[int]) -> None:
    fill(live, [entry(1, "notice fee"), entry(2, "fee notices"), entry(3, "fee x notice"), entry(4, "notice x x fee"), entry(5, "fee" + " x" * 60 + " notice"),
                entry(6, "notice"), entry(7, "fee"), entry(8, "subject fee", subject="notic", subject_exact="notice")])
    assert set(found(live, Near("body", ((NOTICE,),), ((FEE,),), distance, ordered))) == expected


def test_near_takes_groups_phrases_and_patterns_on_either_side(live: Index) -> None:
    fill(live, [entry(1, "the early termination fee was then waived"), entry(2, "penalty waived"), entry(3, "termination x x x x fee waives"),
                entry(4, "waived early termination fee")])
    phrase, word = (Piece("termination", "exact"), Piece("fee", "exact")), (Piece("penalti", "stem"),)
    right = ((Piece("waiv.*", "pattern"),),)
    assert set(found(live, Near("body", (phrase, word), right, 3))) == {1, 2, 4}
    assert set(found(live, Near("body", (phrase, word), right, 2))) == {2, 4}
    assert set(found(live, Near("body", (phrase, word), right, 3, ordered=True))) == {1, 2}
    assert found(live, Near("body", (), right, 3)) == []


def test_word_is_not_near_itself_and_near_another_of_its_kind(live: Index) -> None:
    fill(live, [entry(1, "notices"), entry(2, "notices notice"), entry(3, "notices x x x notice")])
    for left, right in itertools.product((Piece("notic", "stem"), Piece("notices", "exact"), Piece("noti.*", "pattern")), repeat=2):
        expected = set() if left == right == Piece("notices", "exact") else {2}
        assert set(found(live, Near("body", ((left,),), ((right,),), 3))) == expected, (left, right)


def test_score_of_what_is_preferred_comes_on_top_and_adds_no_hit(live: Index) -> None:
    fill(live, [entry(1, "alpha"), entry(2, "alpha", kind="chat"), entry(3, "beta", kind="chat")])
    hits = live.search(SearchRequest(Preferring(Term("body", "alpha"), (Term("kind", "chat", 2.0),)))).hits
    assert [int(hit.record_id, 16) for hit in hits] == [2, 1]
    assert hits[0].score == pytest.approx(hits[1].score + 2.0, rel=1e-5)


def test_number_field_holds_several_numbers_and_one_in_the_range_is_enough(live: Index) -> None:
    fill(live, [entry(1, amount=[100, 5_000]), entry(2, amount=[7]), entry(3, amount=with_currency("EUR", 5))])
    assert found(live, Range("amount", 4_000, 6_000)) == [1]
    assert found(live, Range("amount", 200, 4_000)) == []
    assert found(live, Range("amount", with_currency("EUR", 0), with_currency("EUR", 9))) == [3]
    assert set(found(live, Exists("amount"))) == {1, 2, 3}


def test_pattern_beside_others_that_stands_for_too_many_words_is_named_as_such(live: Index) -> None:
    fill(live, [entry(n, f"zz{n} fee") for n in range(17_000)])
    wide = Piece("zz.*", "pattern")
    for query in (Near("body", ((wide,),), ((FEE,),), 3), Row("body", (wide, FEE))):
        with pytest.raises(BadRequest, match="more words than"):
            live.search(SearchRequest(query))
    assert live.count(Wildcard("body_exact", "zz*")) == 17_000


def test_patterns_are_refused_against_stems(live: Index) -> None:
    for query in (Wildcard("body", "no*"), Regex("body", "no.*"), Fuzzy("body", "notic", 1)):
        with pytest.raises(BadRequest, match="exact words"):
            live.count(query)


def test_keyword_holds_values_as_a_whole_and_several_of_them(live: Index) -> None:
    fill(live, [entry(1, clients=["C-1", "C-2"]), entry(2, clients=["C-2"]), entry(3)])
    assert set(found(live, In("clients", ("C-2",)))) == {1, 2}
    assert set(found(live, In("clients", ("C-1", "C-9")))) == {1}
    assert found(live, In("clients", ())) == []
    assert found(live, Term("clients", "C-1")) == [1]
    assert found(live, In("clients", ("c-1",))) == []
    assert set(found(live, Exists("clients"))) == {1, 2}
    assert found(live, Not(Exists("clients"))) == [3]


def test_flags_are_asked_for_by_true_and_false(live: Index) -> None:
    fill(live, [entry(1, privileged=True), entry(2)])
    assert found(live, In("privileged", ("true",))) == [1]
    assert found(live, Not(In("privileged", ("true",)))) == [2]
    assert set(found(live, In("privileged", ("true", "false")))) == {1, 2}


def test_ranges_include_both_bounds(live: Index) -> None:
    fill(live, [entry(n, date=f"2024-03-{n:02}", size_bytes=n * 10, sent_at=f"2024-03-{n:02}T12:00:00Z") for n in (1, 2, 3)] + [entry(9)])
    assert set(found(live, Range("date", "2024-03-01", "2024-03-02"))) == {1, 2}
    assert set(found(live, Range("date", "2024-03-02", None))) == {2, 3}
    assert set(found(live, Range("date"))) == {1, 2, 3}
    assert set(found(live, Range("size_bytes", 20, 30))) == {2, 3}
    assert found(live, Range("sent_at", "2024-03-02T12:00:00Z", "2024-03-02T12:00:00Z")) == [2]


def test_number_for_a_day_is_refused_and_not_taken_for_milliseconds(live: Index) -> None:
    fill(live, [entry(1, date="2024-03-01")])
    assert found(live, Range("date", "2024-03-01", "2024-03-01")) == [1]
    with pytest.raises(BadRequest):
        live.count(Range("date", "yesterday", None))


def test_unknown_field_is_an_error_and_not_an_empty_answer(live: Index) -> None:
    for query in (Term("colour", "x"), In("colour", ("x",)), Wildcard("colour", "x*"), Range("colour"), Exists("colour"), Phrase("colour", ("x",)),
                  Regex("colour", "xy"), Fuzzy("colour", "xyz", 1), Row("colour", (FEE,)), Near("colour", ((FEE,),), ((FEE,),), 1)):
        with pytest.raises(BadRequest):
            live.count(query)
    with pytest.raises(BadRequest):
        live.facets(MatchAll(), MatchAll(), ("body",))


def test_filter_restricts_and_does_not_score(live: Index) -> None:
    fill(live, [entry(1, "alpha", audience="C-1"), entry(2, "alpha alpha", audience="C-2")])
    free = live.search(SearchRequest(Term("body", "alpha")))
    held = live.search(SearchRequest(Term("body", "alpha"), AllOf((In("audience", ("C-1",)), Not(In("privileged", ("true",)))))))
    assert [hit.record_id for hit in held.hits] == [rid(1)]
    assert held.hits[0].score == pytest.approx(next(hit.score for hit in free.hits if hit.record_id == rid(1)))


def test_boost_multiplies_the_score(live: Index) -> None:
    fill(live, [entry(1, "alpha"), entry(2, "beta")])
    for plain, boosted in ((Term("body", "alpha"), Term("body", "alpha", 3.0)), (Phrase("body", ("beta",)), Phrase("body", ("beta",), 0, 3.0))):
        low, high = (live.search(SearchRequest(query)).hits[0].score for query in (plain, boosted))
        assert high == pytest.approx(3 * low, rel=1e-5)


# ---------------------------------------------------------------- order, pages, facets

def test_equal_scores_are_in_order_of_record_id(live: Index) -> None:
    numbers = [5, 3, 9, 1, 7]
    fill(live, [entry(n, "same words") for n in numbers])
    assert found(live, Term("body", "same")) == sorted(numbers)
    assert found(live, MatchAll()) == sorted(numbers)


def test_entries_without_a_date_come_last_in_both_orders_by_date(live: Index) -> None:
    fill(live, [entry(1), entry(2, date="2024-01-02"), entry(3, date="0001-01-01"), entry(4, date="2024-01-02"), entry(5), entry(6, date="9999-12-31")])
    assert found(live, MatchAll(), sort="date_desc") == [6, 2, 4, 3, 1, 5]
    assert found(live, MatchAll(), sort="date_asc") == [3, 2, 4, 6, 1, 5]


@pytest.mark.parametrize("sort", ["score", "date_desc", "date_asc"])
@pytest.mark.parametrize("query", [MatchAll(), Term("body", "alpha"), AnyOf((Term("body", "alpha"), In("kind", ("chat",))))])
def test_pages_give_every_hit_once_in_the_order_of_one_long_page(live: Index, sort: SortKey, query: Query) -> None:
    dates = [None, "2024-01-01", "2024-01-02", "2023-05-05"]
    fill(live, [entry(n, "alpha " * (n % 4 + 1) + "beta", kind="chat" if n % 3 else "email", **({"date": d} if (d := dates[n % 4]) else {}))
                for n in range(40)])
    whole = live.search(SearchRequest(query, sort=sort, limit=100))
    hits, after = [], None
    for _ in range(6):
        page = live.search(SearchRequest(query, sort=sort, limit=7, after=after))
        assert page.total == whole.total == 40
        hits += page.hits
        after = page.hits[-1].position
    assert live.search(SearchRequest(query, sort=sort, limit=7, after=after)).hits == ()
    assert hits == list(whole.hits)


def test_facets_are_exact_under_the_filter_and_in_order_of_count_then_value(live: Index) -> None:
    fill(live, [entry(n, "alpha", kind=kind, clients=clients) for n, (kind, clients) in enumerate(
        [("email", ["A"]), ("email", ["A", "B"]), ("chat", ["B"]), ("Chat", ["C"]), ("notice", ["D"])])])
    got = live.facets(Term("body", "alpha"), Not(In("clients", ("D",))), ("kind", "clients"))
    assert [list(got["kind"].items()), list(got["clients"].items())] == [
        [("email", 2), ("Chat", 1), ("chat", 1)], [("A", 2), ("B", 2), ("C", 1)]]
    assert live.facets(MatchNone(), MatchAll(), ("kind",)) == {"kind": {}}


def test_ids_gives_all_in_order_beyond_ten_thousand(live: Index) -> None:
    numbers = list(range(10_300))
    random.Random(4).shuffle(numbers)
    fill(live, [{"record_id": rid(n), "kind": "email"} for n in numbers])
    assert list(live.ids(MatchAll())) == [rid(n) for n in range(10_300)]
    hits = live.search(SearchRequest(In("kind", ("email",)), limit=10_200))
    assert (hits.total, len(hits.hits)) == (10_300, 10_200)


def test_no_hit_is_an_empty_page_with_total_zero(live: Index) -> None:
    hits = live.search(SearchRequest(Term("body", "nothing")))
    assert (hits.total, hits.hits) == (0, ())
    fill(live, [entry(1)])
    assert live.search(SearchRequest(MatchAll(), limit=0)).total == 1


# ---------------------------------------------------------------- the two against each other

@pytest.fixture
def both(tmp_path: Path, name: str, elasticsearch_url: str) -> Iterator[tuple[EmbeddedIndex, ElasticsearchIndex]]:
    embedded, server = EmbeddedIndex(tmp_path / "index"), ElasticsearchIndex(elasticsearch_url, name)
    yield embedded, server
    _remove(server)
    embedded.close()
    server.close()


def _fill_both(both: tuple[EmbeddedIndex, ElasticsearchIndex], entries: list[IndexEntry], batch: int = 10_000) -> None:
    for index in both:
        index.create("v1")
        for start in range(0, len(entries), batch):
            fill(index, entries[start:start + batch])
        index.switch("v1")


WORDS = [f"w{n}" for n in range(60)]
FACETS = ("kind", "clients", "month", "record_types")


def generated(count: int, seed: int) -> list[IndexEntry]:
    """Entries with words of falling frequency, so that some queries hit most of them and some hit few."""
    chance = random.Random(seed)
    weights = [1 / (n + 1) for n in range(len(WORDS))]
    made: list[IndexEntry] = []
    for number in range(count):
        body = chance.choices(WORDS, weights, k=chance.randint(0, 60))
        subject = chance.choices(WORDS, weights, k=chance.randint(0, 6))
        fields: IndexEntry = {
            "record_id": f"{chance.getrandbits(80):020x}", "body": " ".join(body), "body_exact": " ".join(body), "subject": " ".join(subject),
            "kind": chance.choice(["email", "chat", "notice"]), "privileged": chance.random() < 0.1, "size_bytes": number,
            "clients": chance.sample(["C-1", "C-2", "C-3"], chance.randint(1, 2)), "record_types": ["interaction"],
        }
        if chance.random() < 0.9:
            fields["date"] = f"20{chance.randint(20, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
            fields["month"] = str(fields["date"])[:7]
        made.append({name: value for name, value in fields.items() if value != ""})
    return made


def asked(chance: random.Random, words: Sequence[str], depth: int = 2) -> Query:
    """A query drawn by chance."""
    def word() -> str:
        return chance.choice(words)
    draw = chance.random()
    if depth and draw < 0.5:
        parts = tuple(asked(chance, words, depth - 1) for _ in range(chance.randint(2, 3)))
        return chance.choice([AllOf(parts), AnyOf(parts), AllOf((*parts[:-1], Not(parts[-1]))), AnyOf((*parts[:-1], Not(parts[-1])))])
    return chance.choice([
        Term("body", word(), chance.choice([1.0, 1.0, 0.5, 2.0])), Term("subject", word()), Term("body_exact", word()),
        Phrase("body", (word(), word())), Phrase("body", (word(), word()), chance.randint(1, 6)),
        Phrase("body", (word(), word(), word()), chance.randint(0, 5)), Phrase("body", ((w := word()), word(), w), chance.randint(1, 4)),
        Wildcard("body_exact", word()[:2] + chance.choice(["*", "?", "?*"])), In("kind", (chance.choice(["email", "chat"]),)),
        In("clients", ("C-1", "C-3")), Range("date", "2021-03-04", "2023-02-01"), Range("date", None, "2022-01-01"),
        Range("size_bytes", 50, 250), Exists("date"), In("privileged", ("true",)),
    ])


def compare(both: tuple[EmbeddedIndex, ElasticsearchIndex], query: Query, permitted: Query) -> int:
    """Hold totals, hits, order and facets of both to each other; return the total."""
    for sort in ("score", "date_desc", "date_asc"):
        ours, theirs = (index.search(SearchRequest(query, permitted, sort, 1000)) for index in both)  # type: ignore[arg-type]
        assert ours.total == theirs.total, query
        if sort != "score":
            assert ours == theirs, query
            continue
        scores = {hit.record_id: hit.score for hit in theirs.hits}
        assert {hit.record_id: pytest.approx(hit.score, rel=1e-4, abs=1e-6) for hit in ours.hits} == scores, query
        # Each engine adds up in its own precision; where two scores differ by more than that, the order is the same.
        in_their_order = [scores[hit.record_id] for hit in ours.hits]
        assert all(a >= b * (1 - 2e-6) - 1e-9 for a, b in itertools.pairwise(in_their_order)), query
    assert both[0].facets(query, permitted, FACETS) == both[1].facets(query, permitted, FACETS), query
    return ours.total


def test_generated_queries_give_the_same_hits_totals_facets_and_order_on_both(both: tuple[EmbeddedIndex, ElasticsearchIndex]) -> None:
    _fill_both(both, generated(400, 11), batch=150)
    chance = random.Random(12)
    totals = [compare(both, asked(chance, WORDS), asked(chance, WORDS, 1) if n % 2 else MatchAll()) for n in range(160)]
    assert sum(total > 0 for total in totals) > 100


def test_ids_are_the_same_on_both(both: tuple[EmbeddedIndex, ElasticsearchIndex]) -> None:
    _fill_both(both, generated(400, 21))
    chance = random.Random(22)
    for _ in range(40):
        query = asked(chance, WORDS)
        ours, theirs = (list(index.ids(query)) for index in both)
        assert ours == theirs == sorted(ours)
        assert len(ours) == both[0].count(query) == both[1].count(query)


def test_several_shards_give_the_order_of_one(name: str, elasticsearch_url: str, tmp_path: Path) -> None:
    server = ElasticsearchIndex(elasticsearch_url, name, shards=3)
    embedded = EmbeddedIndex(tmp_path / "index")
    try:
        _fill_both((embedded, server), generated(300, 31))
        chance = random.Random(32)
        for _ in range(60):
            compare((embedded, server), asked(chance, WORDS, 1), MatchAll())
    finally:
        _remove(server)
        server.close()


@pytest.mark.corpora
def test_real_mails_give_the_same_answers_on_both(both: tuple[EmbeddedIndex, ElasticsearchIndex], shared: Path) -> None:
    made = _mails(shared / "corpora" / "enron-mbox", 2000)
    _fill_both(both, made)
    chance = random.Random(42)
    words = [word for e in chance.sample(made, 60) for word in str(e["body"]).split()[:200:7]]
    totals = [compare(both, asked(chance, words, chance.randint(0, 2)), MatchAll()) for _ in range(120)]
    assert sum(total > 0 for total in totals) > 60


def _mails(folder: Path, count: int) -> list[IndexEntry]:
    made: list[IndexEntry] = []
    for file in sorted(folder.rglob("*.mbox")):
        for message in mailbox.mbox(file, create=False):
            if len(made) == count:
                return made
            text, subject = str(message.get_payload()), str(message["subject"] or "")
            made.append({"record_id": rid(len(made) * 7919), "body": analyse(text, "en") or "_", "body_exact": analyse_exact(text) or "_",
                         "subject": analyse(subject, "en") or "_", "kind": ("email", "chat")[len(made) % 2], "clients": [file.parent.name],
                         "size_bytes": len(text), "date": f"2001-{len(made) % 12 + 1:02}-{len(made) % 28 + 1:02}"})
    return made
