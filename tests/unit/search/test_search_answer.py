"""A question and its answer, from the records of a small archive."""
from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from unit.search.records import archive_of, read

from archive.errors import BadRequest
from archive.model.client import Client
from archive.model.extracted import Passage
from archive.model.fact import Fact
from archive.model.query import SortKey
from archive.model.viewer import LOCAL, Viewer
from archive.wiring import Archive
from search_api.search import search

CLIENTS = [Client("C-1", "Okavango Versicherung AG", ("OKV",)), Client("C-2", "Petit Huard Inc.")]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return archive_of(tmp_path, [
        read(1, "We give notice of termination. INV-25-0331 is unpaid.", subject="Termination", date="2024-03-01", kind="notice"),
        read(2, "Die Kündigung ist eingegangen.", language="de", date="2024-03-05", clients=("C-2",)),
        read(3, "The termination fee: see the notice.", date="2024-04-01", name="fee.pdf", kind="contract", clients=("C-1", "C-2")),
        read(4, "Lunch?", date=None, sender="dan@else.example", to=("eve@ours.example",)),
        read(5, "The notices terminated nothing.", date="2023-01-01", duplicate_of="1".zfill(20)),
    ], CLIENTS)


def found(archive: Archive, text: str, **options: object) -> set[int]:
    answer = search(archive, LOCAL, text, **options)  # type: ignore[arg-type]
    assert answer.total == len(answer.hits)
    return {int(hit.record.record_id, 16) for hit in answer.hits}


@pytest.mark.parametrize(("text", "expected"), [
    ("notice", {1, 3, 5}), ("notice termination", {1, 2, 3, 5}), ("notice AND termination", {1, 3, 5}), ('"notice of termination"', {1}),
    ("=notice", {1, 3}), ("kündigungen", {2}), ("KUENDIGUNG OR Kundigung", {2}), ("INV-25-0331", {1}), ("INV-25-*", {1}), ("terminat*", {1, 3, 5}),
    ("kind:contract", {3}), ("filename:fee", {3}), ("filename:*.pdf", {3}), ("client:OKV", {1, 3, 4, 5}), ("-client:OKV", {2}),
    ("date:2024-03", {1, 2}), ("before:2024", {5}), ("date:none", {4}), ("is:duplicate", {5}), ("from:else.example", {4}), ("to:eve", {4}),
    ("NOT notice", {2, 4}), ("notice -kind:contract", {1, 5}), ("", {1, 2, 3, 4, 5}), ("custodian:ann", {1, 2, 3, 4, 5}), ("source:drop", {1, 2, 3, 4, 5}),
    ("nothing-like-this", set()), ("language:de", {2}), ("subject:termination", {1}),
])
def test_query_finds_these_records(archive: Archive, text: str, expected: set[int]) -> None:
    assert found(archive, text) == expected


def test_filters_beside_the_query_narrow_it(archive: Archive) -> None:
    assert found(archive, "notice", client="C-2") == {3}
    assert found(archive, "", kinds=("notice", "contract")) == {1, 3}
    assert found(archive, "", date_from="2024-03", date_to="2024-03-04") == {1}


def test_records_with_all_words_side_by_side_come_first(archive: Archive) -> None:
    first = search(archive, LOCAL, "termination fee").hits[0]
    assert first.record.kind == "contract"


def test_answer_has_the_form_of_the_contract(archive: Archive) -> None:
    answer = search(archive, LOCAL, "notice -fee").as_json()
    assert {"total", "took_ms", "hits", "facets", "next", "mode", "understood"} == answer.keys()
    assert (answer["mode"], answer["understood"], answer["next"]) == ("exact", "notice AND NOT fee", None)
    hit = next(h for h in answer["hits"] if h["kind"] == "notice")  # type: ignore[attr-defined]
    assert {"record_id", "source_paths", "inner", "score", "subject", "date", "kind", "clients", "highlights"} <= hit.keys()
    assert {"field", "fragment", "start", "end"} <= hit["highlights"][0].keys()
    assert answer["facets"]["kind"] == {"email": 1, "notice": 1}  # type: ignore[index]


def test_subject_and_text_are_highlighted_each_with_its_own_offsets(archive: Archive) -> None:
    hit = next(h for h in search(archive, LOCAL, "termination").hits if h.record.kind == "notice")
    assert [(h.field, h.fragment) for h in hit.highlights] == [
        ("subject", "Termination"), ("text", "We give notice of termination. INV-25-0331 is unpaid.")]


@pytest.mark.parametrize("sort", ["score", "date_desc", "date_asc"])
def test_pages_of_one_hit_give_all_hits_in_order(archive: Archive, sort: SortKey) -> None:
    whole = search(archive, LOCAL, "notice kündigung", sort=sort)
    seen, cursor = [], None
    for _ in range(whole.total):
        page = search(archive, LOCAL, "notice kündigung", sort=sort, limit=1, cursor=cursor)
        assert page.total == whole.total
        seen += [hit.record.record_id for hit in page.hits]
        cursor = page.next
    assert cursor is None
    assert seen == [hit.record.record_id for hit in whole.hits]


def test_cursor_of_another_question_or_a_damaged_one_is_refused(archive: Archive) -> None:
    cursor = search(archive, LOCAL, "notice", limit=1).next
    assert cursor
    damaged = cursor[:-2] + ("A" if cursor[-2] != "A" else "B") + cursor[-1]
    for text, sort, given in (("notices", "score", cursor), ("notice", "date_asc", cursor), ("notice", "score", damaged),
                              ("notice", "score", "%%%"), ("notice", "score", "é")):
        with pytest.raises(BadRequest, match="cursor"):
            search(archive, LOCAL, text, sort=sort, limit=1, cursor=given)  # type: ignore[arg-type]


def test_record_that_left_the_catalogue_is_skipped_and_still_counted(archive: Archive) -> None:
    archive.catalogue.forget(f"{1:020x}")  # type: ignore[attr-defined]
    answer = search(archive, LOCAL, "notice")
    assert (answer.total, len(answer.hits)) == (3, 2)


@pytest.mark.parametrize("options", [{"sort": "colour"}, {"limit": -1}, {"limit": 1001}, {"kinds": ("letterz",)}, {"date_from": "2025-02-30"},
                                     {"date_from": "2025", "date_to": "2024"}, {"facets": ("body",)}])
def test_option_that_makes_no_sense_is_an_error(archive: Archive, options: dict[str, object]) -> None:
    with pytest.raises(BadRequest):
        search(archive, LOCAL, "notice", **options)  # type: ignore[arg-type]


def test_client_that_the_viewer_may_not_see_is_told_like_one_that_is_not_there(archive: Archive) -> None:
    who = Viewer("v", "agent", frozenset({"C-2"}))
    messages = []
    for name in ("OKV", "QQQ"):
        with pytest.raises(BadRequest) as raised:
            search(archive, who, f"client:{name}")
        messages.append(str(raised.value).replace(name, "…"))
    assert messages[0] == messages[1]


def test_of_copies_that_match_alike_the_first_is_shown_first(tmp_path: Path) -> None:
    text = "We give notice of termination."
    archive = archive_of(tmp_path, [read(1, text, duplicate_of="9".zfill(20)), read(5, text, duplicate_of="9".zfill(20)), read(9, text)], CLIENTS)
    assert [int(hit.record.record_id, 16) for hit in search(archive, LOCAL, "notice termination").hits] == [9, 1, 5]
    assert search(archive, LOCAL, "notice termination").mode == "plain"


def test_question_why_a_client_left_finds_and_shows_the_words_that_a_reason_was_read_from(tmp_path: Path) -> None:
    text = "Dear Ann,\nabout lunch. " + "We talk of this and that. " * 20 + "The board wants support under its own roof from May. Bye"
    start = text.index("The board")
    reason = Passage(start, start + 52, text[start:start + 52])
    told = replace(read(1, text), facts=(Fact("leaving_reason", "insourcing", (reason,), "test"),))
    false = replace(read(2, "Alder leave to appeal"), facts=(Fact("notice_given", "x", (Passage(0, 5, "Alder"),), "test"),))
    archive = archive_of(tmp_path, [told, false], CLIENTS)
    first, second = search(archive, LOCAL, "why did they leave").hits
    assert first.record.record_id == told.record.record_id and [h.marks for h in first.highlights] == [((start, start + 52),)]
    assert first.highlights[0].fragment == text[first.highlights[0].start:first.highlights[0].end]
    assert [h.fragment[a - h.start:b - h.start] for h in second.highlights for a, b in h.marks] == ["leave"]
    assert [int(hit.record.record_id, 16) for hit in search(archive, LOCAL, "tells:leaving_reason").hits] == [1]


def test_words_of_a_fact_that_do_not_stand_in_the_text_are_not_shown(tmp_path: Path) -> None:
    stale = replace(read(1, "They leave soon."), facts=(Fact("leaving_reason", "price", (Passage(0, 9, "They left"),), "test"),))
    [hit] = search(archive_of(tmp_path, [stale], CLIENTS), LOCAL, "why do they leave").hits
    assert [h.fragment for h in hit.highlights] == ["They leave soon."]
