"""Whatever is typed is understood or refused with its place; what is found is what was asked for, and can be shown."""
from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.search.records import archive_of, read

from archive.adapters.index_embedded import EmbeddedIndex
from archive.analysis import analyse, analyse_both, analyse_exact, places, spans, surfaces
from archive.entry import entry_of
from archive.errors import BadRequest, QuerySyntax
from archive.model.query import AllOf, AnyOf, In, MatchAll, Not, Phrase, Query, SearchRequest, Term, Wildcard
from archive.model.record import ReadRecord
from archive.model.viewer import Viewer
from bench.fuzz import ask
from search_api import cursor
from search_api.access import permitted
from search_api.highlight import highlights
from search_api.query import Known, parse, query_of, understood
from search_api.query.tree import Filter, Node, Pattern, Quoted, Word, wanted

LANGUAGES = st.sampled_from([None, "en", "de", "fr", "es", "it", "zxx"])
TEXTS = st.text(max_size=200) | st.text("abé ßİ\u0301\u0308½ﬁ契ΣσA1-._@'\n", max_size=60)
WORDS = st.sampled_from(["notice", "notices", "fee", "Kündigung", "kündigungen", "INV-25-7", "état", "résiliée", "e-mail", "x"])
TYPED = st.text(max_size=60) | st.lists(
    WORDS | st.sampled_from(["AND", "OR", "NOT", "(", ")", "-", "+", "=", '"', '"a b"~2', "kind:email", "from:", "date:2025..", "is:duplicate",
                             "subject:", "noti*", "f?e", "client:A", "*", "colour:x", "~3", "“"]), max_size=12).map(" ".join)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_tokens_with_places_are_the_tokens_of_the_stream(text: str, language: str | None) -> None:
    assert " ".join(span.token for span in spans(text, language)) == analyse(text, language)
    assert " ".join(span.token for span in spans(text, None)) == analyse_exact(text)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_tokens_are_single_words_that_analysis_leaves_as_they_are(text: str, language: str | None) -> None:
    stems, exact = analyse_both(text, language)
    assert len(stems.split(" ")) == len(exact.split(" "))
    for token in exact.split():
        assert len(token) <= 64
        assert analyse_exact(token) == token
        assert "_" not in token


@settings(deadline=None)
@given(TEXTS)
def test_ascii_text_has_the_same_tokens_by_the_fast_way_and_by_the_general_one(text: str) -> None:
    ascii_only = text.encode("ascii", "replace").decode()
    assert analyse_both(ascii_only + " é", "en")[0].split()[:-1] == analyse_both(ascii_only, "en")[0].split()


@settings(deadline=None)
@given(TEXTS, st.data())
def test_words_of_a_long_text_are_placed_as_those_of_a_short_one(text: str, data: st.DataObject) -> None:
    words = data.draw(st.sets(st.sampled_from(sorted(surfaces(text)) or ["x"])))
    short = places(text, words, 0, len(text))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("archive.analysis._SCAN_CHARS", -1)
        assert places(text, words, 0, len(text)) == short


@settings(deadline=None)
@given(TYPED)
def test_any_text_is_understood_or_refused_with_its_place_and_a_remedy(text: str) -> None:
    try:
        asked = parse(text)
        query_of(asked, Known())
    except QuerySyntax as error:
        assert 0 <= error.position <= len(text)
        assert error.remedy
    else:
        assert understood(asked)


@settings(deadline=None)
@given(TEXTS, TYPED, LANGUAGES)
def test_fragments_and_marks_are_true_to_the_text(text: str, typed: str, language: str | None) -> None:
    try:
        leaves = wanted(parse(typed).root)
    except QuerySyntax:
        return
    for made in highlights("text", text, language, leaves):
        assert made.fragment == text[made.start:made.end]
        assert made.marks
        assert all(made.start <= start < end <= made.end for start, end in made.marks)


@settings(deadline=None)
@given(st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from(["", "2024-01-01"]),
       st.integers(0, 2**80 - 1).map(lambda n: f"{n:020x}"), st.text(max_size=30))
def test_cursor_gives_back_its_place_and_only_to_its_question(question: str, key: float | str, record_id: str, other: str) -> None:
    place = cursor.Place((key, record_id), 7, "point", None)
    made = cursor.written(question, place)
    assert cursor.read(question, made) == place
    if other != question:
        with pytest.raises(BadRequest):
            cursor.read(other, made)


# ---------------------------------------------------------------- the engine against a reading of the texts themselves

BODIES = ["notice of the fee", "notices, fees", "Kündigung zum 31.3.",
          "INV-25-7 is due", "état: résilié", "e-mail of notice", "email notice fee notice", "", "x"]
RECORDS = [read(n, body, clients=(("A",), ("A", "B"), ("B",), ())[n % 4], privileged=n % 5 == 0, kind=("email", "chat")[n % 2],
                language=("en", "de", "fr", None)[n % 4], subject=BODIES[(n * 7 + 3) % len(BODIES)])
           for n, body in enumerate(BODIES * 3)]


@pytest.fixture(scope="module")
def index() -> Iterator[EmbeddedIndex]:
    with tempfile.TemporaryDirectory() as folder:
        made = EmbeddedIndex(Path(folder))
        made.create("v1")
        made.upsert("v1", [entry_of(each) for each in RECORDS])
        made.commit("v1")
        made.switch("v1")
        yield made
        made.close()


def matches(query: Query, entry: dict[str, object]) -> bool:
    """Say whether an entry matches, read from the definitions of the query tree."""
    def tokens(field: str) -> list[str]:
        return str(entry[field]).split()

    match query:
        case MatchAll():
            return True
        case Term(field, token):
            return token in tokens(field)
        case Phrase(field, wanted_tokens, slop):
            row, size = tokens(field), len(wanted_tokens)
            if not slop:
                return any(tuple(row[at:at + size]) == wanted_tokens for at in range(len(row)))
            places = [[at - n for at, token in enumerate(row) if token == wanted_tokens[n]] for n in range(size)]
            return size == 2 and any(abs(a - b) <= slop and a != b + 1 for a in places[0] for b in places[1])
        case Wildcard(field, pattern):
            form = re.compile("".join({"*": ".*", "?": "."}.get(c, re.escape(c)) for c in pattern))
            values = tokens(field) if field.endswith("_exact") else [str(entry.get(field, ""))]
            return any(form.fullmatch(value) for value in values)
        case In(field, values):
            value = entry.get(field, [])
            held = value if isinstance(value, list) else [str(value).lower() if isinstance(value, bool) else value]
            return bool(set(values) & set(held))
        case AllOf(parts):
            return all(matches(part, entry) for part in parts)
        case AnyOf(parts):
            return any(matches(part, entry) for part in parts)
        case Not(part):
            return not matches(part, entry)
    raise AssertionError(query)


LEAVES = (st.builds(Word, WORDS, st.just(0), st.booleans(), st.sampled_from(["", "subject", "text", "filename"]))
          | st.builds(Quoted, st.lists(WORDS, min_size=1, max_size=3).map(" ".join), st.just(0), st.just(0), st.sampled_from(["", "subject"]))
          | st.builds(Pattern, st.sampled_from(["noti*", "f?e*", "*ndigung", "in?"]), st.just(0), st.just(""))
          | st.sampled_from([Filter("kind", "email", 0), Filter("is", "privileged", 0), Filter("client", "A", 0)]))


def text_of(node: Node) -> str:
    return understood(type(parse("(x)"))("exact", node))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.recursive(LEAVES.map(text_of), lambda inner: st.one_of(
    st.tuples(inner, st.sampled_from([" AND ", " OR ", " ", " NOT "]), inner).map(lambda t: f"({''.join(t)})"), inner.map("-({})".format)), max_leaves=6))
def test_exact_query_finds_the_records_that_it_describes_and_no_others(index: EmbeddedIndex, text: str) -> None:
    query = query_of(parse(f"({text})"), Known(client_ids=frozenset("AB")))
    expected = {each.record.record_id for each in RECORDS if matches(query, entry_of(each))}  # type: ignore[arg-type]
    assert set(index.ids(query)) == expected
    assert index.count(query) == len(expected)


@settings(deadline=None)
@given(WORDS)
def test_every_record_found_by_a_word_shows_where(index: EmbeddedIndex, word: str) -> None:
    query = query_of(parse(f"text:{word}"), Known())
    found = set(index.ids(query))
    shown = {each.record.record_id for each in RECORDS if highlights("text", each.text, each.record.language, [Word(word, 0, False, "text")])}
    assert shown == found


@settings(deadline=None)
@given(st.none() | st.frozensets(st.sampled_from("ABC")), st.booleans())
def test_filter_of_a_viewer_lets_through_what_the_viewer_sees(index: EmbeddedIndex, clients: frozenset[str] | None, privileged: bool) -> None:
    viewer = Viewer("v", "agent", clients, privileged)
    audiences = sorted({each.record.clients for each in RECORDS})
    hits = index.search(SearchRequest(MatchAll(), permitted(viewer, audiences), limit=100))
    assert {hit.record_id for hit in hits.hits} == {r.record.record_id for r in RECORDS if _sees(viewer, r)}


def _sees(viewer: Viewer, each: ReadRecord) -> bool:
    return viewer.sees(each.record.clients, each.record.privileged)


def test_random_queries_end_in_an_answer_or_in_an_error_with_a_remedy(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, RECORDS)
    ends, _, wrong = ask(archive, 1_500, seed=9)
    archive.close()
    assert wrong == []
    assert not [end for end in ends if "without remedy" in end]
    assert sum(count for end, count in ends.items() if end.startswith("answered")) > 50
