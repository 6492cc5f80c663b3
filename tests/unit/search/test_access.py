"""The filter of a viewer inside the query."""
from __future__ import annotations

from pathlib import Path

import pytest
from unit.search.records import archive_of, read

from archive.model.query import MatchAll, MatchNone
from archive.model.viewer import LOCAL, Viewer
from search_api.access import permitted
from search_api.search import search

RECORDS = [read(1, "alpha", clients=("A",)), read(2, "alpha", clients=("A", "B")), read(3, "alpha", clients=()),
           read(4, "alpha", clients=("A",), privileged=True), read(5, "alpha", clients=("B",), kind="chat")]


def viewer(*clients: str, privileged: bool = False) -> Viewer:
    return Viewer("v", "agent", frozenset(clients), privileged)


def test_who_may_see_everything_is_not_filtered() -> None:
    assert permitted(LOCAL, [("A",)]) == MatchAll()


def test_who_may_see_no_client_that_has_records_sees_nothing() -> None:
    assert permitted(viewer("Z"), [("A",), ()]) == MatchNone()
    assert permitted(viewer(), [("A",), ()]) == MatchNone()


@pytest.mark.parametrize(("who", "seen"), [
    (LOCAL, {1, 2, 3, 4, 5}), (viewer("A"), {1}), (viewer("A", privileged=True), {1, 4}), (viewer("A", "B"), {1, 2, 5}), (viewer("B"), {5}),
    (viewer("Z"), set()), (Viewer("v", "agent"), {1, 2, 3, 5}),
])
def test_hits_total_and_facets_hold_only_what_the_viewer_may_see(tmp_path: Path, who: Viewer, seen: set[int]) -> None:
    answer = search(archive_of(tmp_path, RECORDS), who, "alpha")
    assert {int(hit.record.record_id, 16) for hit in answer.hits} == seen
    assert answer.total == sum(answer.facets["kind"].values()) == len(seen)
    expected = {r.record.record_id for r in RECORDS if who.sees(r.record.clients, r.record.privileged)}
    assert {hit.record.record_id for hit in answer.hits} == expected


def test_query_cannot_widen_what_a_viewer_sees(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, RECORDS)
    for text in ("is:privileged", "alpha OR is:privileged", "NOT client:A", "*", ""):
        answer = search(archive, viewer("A"), text)
        assert {hit.record.record_id for hit in answer.hits} <= {read(1).record.record_id}
