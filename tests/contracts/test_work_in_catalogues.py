"""What people do with records, kept by SQLite and by a real PostgreSQL alike."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from contracts.test_catalogues import item, reading, take

from archive.adapters.catalogue import SqlCatalogue
from archive.adapters.catalogue.working import ASKED_KEPT
from archive.clock import SystemClock
from archive.errors import Conflict, NotFound
from archive.model.custody import Event
from archive.model.viewer import LOCAL, Viewer

AGENT = Viewer("agent", "agent", frozenset({"A"}), False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server("postgresql"))])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlCatalogue]:
    """A catalogue with a record of A, one of B and a privileged one of A."""
    url = f"sqlite:///{tmp_path}/catalogue.db" if request.param == "sqlite" else str(request.getfixturevalue("postgresql_database"))
    opened = SqlCatalogue(url, SystemClock())
    of_a, of_b, shut = item("/a", b"a"), item("/b", b"b"), item("/s", b"s")
    run = take(opened, of_a, of_b, shut)
    opened.keep(run, [reading(of_a, "a", client="A"), reading(of_b, "b", client="B"), reading(shut, "s", client="A", privileged=True)])
    yield opened
    opened.close()


def all_ids(catalogue: SqlCatalogue) -> list[str]:
    return [record_id for record_id, _ in catalogue.marks()]


def test_tag_reaches_what_its_giver_may_see_is_counted_for_each_viewer_and_taken_back_whole(catalogue: SqlCatalogue) -> None:
    before = catalogue.last_change()
    change, done = catalogue.label(all_ids(catalogue), "tag", "Höt", LOCAL, "query")
    assert done == 3 and catalogue.tags(LOCAL) == {"Höt": 3} and catalogue.tags(AGENT) == {"Höt": 1}
    assert [(c.seq > before, c.read.tags) for c in catalogue.changes(before, 10)] == [(True, ("Höt",))] * 3
    assert catalogue.label(all_ids(catalogue), "tag", "HOT", AGENT, "query")[1] == 0
    assert catalogue.unlabel(AGENT, "query", record_ids=all_ids(catalogue), tag="hot")[1] == 1
    assert catalogue.tags(LOCAL) == {"Höt": 2}
    assert catalogue.undo(change, LOCAL) == 2 and catalogue.tags(LOCAL) == {}
    with pytest.raises(Conflict):
        catalogue.undo(change, LOCAL)
    with pytest.raises(NotFound):
        catalogue.undo(change, AGENT)


def test_notes_of_hidden_records_are_not_told(catalogue: SqlCatalogue) -> None:
    catalogue.label(all_ids(catalogue), "note", "a\0word\ud800", LOCAL, "query")
    assert len(catalogue.labels(all_ids(catalogue), LOCAL)) == 3
    label, = catalogue.labels(all_ids(catalogue), AGENT)
    with pytest.raises(NotFound):
        catalogue.unlabel(AGENT, "x", label_id=label.label_id + 1000)
    assert catalogue.unlabel(AGENT, "x", label_id=label.label_id)[1] == 1


def test_saved_search_is_its_owners_until_shared_and_every_change_can_be_undone(catalogue: SqlCatalogue) -> None:
    saved, change = catalogue.save_search("fees", {"query": "fee"}, False, LOCAL)
    with pytest.raises(Conflict):
        catalogue.save_search("fees", {}, False, LOCAL)
    with pytest.raises(NotFound):
        catalogue.saved_search(saved.saved_id, AGENT)
    shared = catalogue.change_search(saved.saved_id, LOCAL, shared=True, body={"query": "fees"})
    assert catalogue.saved_search("fees", AGENT).body == {"query": "fees"}
    with pytest.raises(NotFound):
        catalogue.change_search(saved.saved_id, AGENT, name="mine")
    catalogue.undo(shared, LOCAL)
    assert catalogue.saved_searches(AGENT) == [] and catalogue.saved_search("fees", LOCAL).body == {"query": "fee"}
    catalogue.undo(change, LOCAL)
    assert catalogue.saved_searches(LOCAL) == []


def test_what_was_seen_is_kept_for_each_viewer(catalogue: SqlCatalogue) -> None:
    saved, _ = catalogue.save_search("fees", {"query": "fee"}, True, LOCAL)
    assert catalogue.seen_of(saved.saved_id, LOCAL) is None
    for seen in (set(all_ids(catalogue)), set()):
        catalogue.set_seen(saved.saved_id, LOCAL, seen)
        kept = catalogue.seen_of(saved.saved_id, LOCAL)
        assert kept is not None and kept[1] == seen
    assert catalogue.seen_of(saved.saved_id, AGENT) is None


def test_own_searches_are_bounded_and_nobody_elses(catalogue: SqlCatalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.adapters.catalogue.working.ASKED_KEPT", 3)
    for number in range(5):
        catalogue.log_search(Event("searched", LOCAL.actor, "digest", {}), {"query": f"q{number}"}, number)
    catalogue.log_search(Event("searched", AGENT.actor, "digest", {}), {"query": "other"}, 0)
    assert [a.body["query"] for a in catalogue.asked(LOCAL)] == ["q4", "q3", "q2"]
    assert catalogue.forget_asked(LOCAL) == 3 and catalogue.asked(LOCAL) == []
    assert [a.body["query"] for a in catalogue.asked(AGENT)] == ["other"] and ASKED_KEPT == 1000


def test_copies_and_families_are_told_as_far_as_they_may_be_seen(catalogue: SqlCatalogue) -> None:
    first, second, child = item("/1", b"same"), item("/2", b"same"), None
    child = item("/1", b"child", inner="c", parent=first, family=first.record_id)
    run = take(catalogue, first, second, child)
    catalogue.keep(run, [reading(first, "t", client="A"), reading(second, "t", client="B"), reading(child, "c", client="A")])
    assert [r.record_id for r in catalogue.copies([second.record_id], LOCAL)[second.record_id]] == [first.record_id, second.record_id]
    assert [r.record_id for r in catalogue.copies([first.record_id], AGENT)[first.record_id]] == [first.record_id]
    assert catalogue.copies([second.record_id], AGENT) == {}
    assert {family: sorted(members) for family, members in catalogue.families(LOCAL).items()} == {first.record_id: sorted([first.record_id, child.record_id])}
    assert catalogue.families(replace(AGENT, clients=frozenset({"B"}))) == {}


def test_refusals_count_their_tries_and_go_with_their_version(catalogue: SqlCatalogue) -> None:
    catalogue.set_refusals("v1", {"a" * 20: "why"})
    catalogue.set_refusals("v1", {"a" * 20: "why still", "b" * 20: "no"})
    assert catalogue.refusals("v1") == {"a" * 20: ("why still", 2), "b" * 20: ("no", 1)} and catalogue.refusals("v2") == {}
    catalogue.set_refusals("v1", {}, ["b" * 20])
    catalogue.set_version_state("v1", "ready")
    assert list(catalogue.refusals("v1")) == ["a" * 20] and catalogue.version_states() == {"v1": "ready"}
    catalogue.forget_version("v1")
    assert catalogue.refusals("v1") == {} and catalogue.version_states() == {}
