"""A person's word in the catalogue, in SQLite and in a real PostgreSQL alike."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from contracts.test_catalogues import item, mail, reading, take

from archive.adapters.catalogue import SqlCatalogue
from archive.clock import SystemClock
from archive.errors import Conflict, IntegrityBroken, NotFound
from archive.model.correction import About, Correction, FactSaid, Settled, fact_id_of, said_of
from archive.model.extracted import Passage
from archive.model.fact import Fact
from archive.model.item import Item
from archive.model.record import Record
from archive.model.viewer import LOCAL, Viewer
from archive.model.work import StatedAct

AGENT = Viewer("agent", "agent", frozenset({"A"}), False)
FACT = Fact("notice_period", "90", (Passage(0, 9, "ninety 90"),), "clause", "days", confidence=0.6)
WORDS = "ninety 90 days"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server("postgresql"))])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlCatalogue]:
    url = f"sqlite:///{tmp_path}/catalogue.db" if request.param == "sqlite" else str(request.getfixturevalue("postgresql_database"))
    opened = SqlCatalogue(url, SystemClock())
    yield opened
    opened.close()


def held(catalogue: SqlCatalogue, *items: Item, client: str = "A", privileged: bool = False) -> str:
    run = take(catalogue, *items)
    catalogue.keep(run, [reading(i, WORDS, client=client, privileged=privileged, facts=(FACT,)) for i in items])
    return run


def draft(record_id: str, about: About, value: Settled, was: Settled = None) -> Correction:
    return Correction("", 0, record_id, about, about, "corrected", value, None, None, was, None, "", "", "because", False)


def of_fact(record_id: str, value: str | None) -> Correction:
    target = said_of(FACT)
    now = None if value is None else replace(target, value=value)
    return Correction("", 0, record_id, "fact", fact_id_of(FACT.name, FACT.value, FACT.unit, FACT.passages), "corrected" if now else "rejected", None, now,
                      target, None, target, "", "", "because", False)


def now(catalogue: SqlCatalogue, i: Item) -> Record:
    return catalogue.record(i.record_id, LOCAL)


def facts(catalogue: SqlCatalogue, i: Item, viewer: Viewer = LOCAL) -> list[tuple[object, str]]:
    return [(f.value, f.status) for f in catalogue.read_record(i.record_id, viewer).facts]


@pytest.mark.parametrize(("about", "value", "field"), [("kind", "contract", "kind"), ("date", "2024-02-03", "date"),
                                                       ("record_types", ("billing",), "record_types"), ("clients", ("B",), "clients"),
                                                       ("clients", (), "clients"), ("privileged", True, "privileged")])
def test_assignment_is_what_a_person_says_also_after_it_is_read_again_until_that_is_withdrawn(
        catalogue: SqlCatalogue, about: About, value: Settled, field: str) -> None:
    one = item("/a")
    run = held(catalogue, one)
    before = now(catalogue, one)
    seq = catalogue.last_change()
    made = catalogue.correct(draft(one.record_id, about, value), LOCAL)
    assert (made.actor, made.why, bool(made.at), made.insider) == ("local", "because", True, True)
    assert getattr(now(catalogue, one), field) == value and catalogue.last_change() > seq
    catalogue.keep(run, [reading(one, WORDS, client="A", facts=(FACT,))])
    assert getattr(now(catalogue, one), field) == value
    catalogue.withdraw(made.correction_id, LOCAL, "not so")
    assert now(catalogue, one) == before


def test_fact_is_what_a_person_says_for_the_record_and_its_copies_whichever_is_read_again(catalogue: SqlCatalogue) -> None:
    one, copy = item("/b"), item("/c")
    run = held(catalogue, one, copy)
    made = catalogue.correct(of_fact(copy.record_id, "60"), LOCAL)
    assert facts(catalogue, one) == facts(catalogue, copy) == [("60", "corrected")]
    later = item("/a")      # its path comes first: it becomes the primary
    held(catalogue, later)
    assert now(catalogue, one).duplicate_of == later.record_id
    assert facts(catalogue, later) == [("60", "corrected")]
    catalogue.keep(run, [reading(one, WORDS, client="A", facts=(replace(FACT, value="91"),))])
    assert facts(catalogue, one) == [("60", "corrected")]
    catalogue.withdraw(made.correction_id, LOCAL, "")
    assert facts(catalogue, later) == [("90", "extracted")] and facts(catalogue, one) == [("91", "extracted")]


def test_correction_of_a_mail_survives_that_its_thread_is_merged_and_its_words_are_read_anew(catalogue: SqlCatalogue) -> None:
    one, other = item("/1", b"1"), item("/2", b"2")
    run = take(catalogue, one, other)
    catalogue.keep(run, [reading(one, WORDS, mail=mail("<1@x>"), facts=(FACT,)), reading(other, "w", mail=mail("<2@x>"), client="B")])
    catalogue.correct(draft(one.record_id, "clients", ()), LOCAL)
    catalogue.correct(of_fact(one.record_id, None), LOCAL)
    joins = item("/3", b"3")
    held_run = take(catalogue, joins)
    catalogue.keep(held_run, [reading(joins, "j", mail=mail("<3@x>", "<1@x>", "<2@x>"))])
    assert now(catalogue, one).thread_id == now(catalogue, other).thread_id
    assert now(catalogue, one).clients == () and now(catalogue, joins).clients == ("B",)     # nobody said of the third whom it concerns
    catalogue.keep(run, [reading(one, "A new heading. " + WORDS, mail=mail("<1@x>"), facts=(replace(FACT, passages=(Passage(15, 24, "ninety 90"),)),))])
    assert facts(catalogue, one) == [] and now(catalogue, one).clients == ()


def test_last_word_on_a_member_settles_the_clients_of_the_family(catalogue: SqlCatalogue) -> None:
    parent = item("/m", b"m")
    child = item("/m", b"c", inner="c", parent=parent, family=parent.record_id)
    run = take(catalogue, parent, child)
    catalogue.keep(run, [reading(parent, "m", client="A"), reading(child, "c", client="B")])
    assert now(catalogue, child).clients == ("A", "B")
    catalogue.correct(draft(child.record_id, "clients", ("B",)), LOCAL)
    assert now(catalogue, parent).clients == now(catalogue, child).clients == ("B",)
    last = catalogue.correct(draft(parent.record_id, "clients", ("A",)), LOCAL)
    assert now(catalogue, parent).clients == now(catalogue, child).clients == ("A",)
    catalogue.withdraw(last.correction_id, LOCAL, "")
    assert now(catalogue, parent).clients == ("B",)


def test_privilege_that_a_person_sees_covers_copies_and_its_end_covers_the_record_alone(catalogue: SqlCatalogue) -> None:
    one, copy = item("/a"), item("/b")
    held(catalogue, one, copy)
    made = catalogue.correct(draft(one.record_id, "privileged", True), LOCAL)
    assert now(catalogue, copy).privileged
    for hidden in (one, copy):
        with pytest.raises(NotFound):
            catalogue.record(hidden.record_id, AGENT)
    assert catalogue.corrections(AGENT) == []
    catalogue.withdraw(made.correction_id, LOCAL, "")
    held(catalogue, item("/p", b"p"), item("/q", b"p"), privileged=True)
    catalogue.correct(draft(item("/p", b"p").record_id, "privileged", False), LOCAL)
    assert not now(catalogue, item("/p", b"p")).privileged and now(catalogue, item("/q", b"p")).privileged


def test_what_is_not_seen_cannot_be_corrected_and_its_corrections_are_not_told(catalogue: SqlCatalogue) -> None:
    mine, theirs = item("/a", b"same"), item("/b", b"same")
    run = take(catalogue, mine, theirs)
    catalogue.keep(run, [reading(mine, WORDS, client="A", facts=(FACT,)), reading(theirs, WORDS, client="B", facts=(FACT,))])
    lawyer_of_b = Viewer("key:b", "legal", frozenset({"B"}), True)
    made = catalogue.correct(of_fact(theirs.record_id, "60"), lawyer_of_b)
    with pytest.raises(NotFound):
        catalogue.correct(draft(theirs.record_id, "kind", "contract"), AGENT)
    with pytest.raises(NotFound):
        catalogue.withdraw(made.correction_id, AGENT, "")
    assert catalogue.corrections(AGENT) == catalogue.corrections(AGENT, record_ids=[mine.record_id, theirs.record_id]) == []
    fact, = catalogue.read_record(mine.record_id, AGENT).facts
    assert fact.value == "60" and fact.word is not None     # the same words say the same; who said so, and where, is not theirs to know
    assert (fact.word.actor, fact.word.why, fact.word.record_id) == ("", "", "")
    other, = catalogue.read_record(theirs.record_id, lawyer_of_b).facts
    assert other.word is not None and (other.word.actor, other.word.why) == ("key:b", "because")


def test_reason_of_who_sees_privileged_matter_is_told_to_such_people_only(catalogue: SqlCatalogue) -> None:
    one = item("/a")
    held(catalogue, one)
    catalogue.correct(of_fact(one.record_id, "60"), LOCAL)
    told, = catalogue.corrections(AGENT)
    fact, = catalogue.read_record(one.record_id, AGENT).facts
    assert (told.why, told.actor, fact.word and fact.word.why) == ("", "local", "")
    assert catalogue.corrections(LOCAL)[0].why == "because"
    plain = Viewer("key:p", "legal", None, False)
    catalogue.correct(draft(one.record_id, "kind", "contract"), plain)
    assert [c.why for c in catalogue.corrections(AGENT)] == ["because", ""]


def test_clients_that_a_viewer_may_not_see_are_not_told_as_what_was(catalogue: SqlCatalogue) -> None:
    one = item("/a")
    held(catalogue, one, client="B")
    catalogue.correct(draft(one.record_id, "clients", ("A",), ("B",)), LOCAL)
    told, = catalogue.corrections(AGENT)
    assert (told.value, told.was) == (("A",), ())


def test_withdrawn_twice_is_a_conflict_and_both_are_custody_events(catalogue: SqlCatalogue) -> None:
    one = item("/a")
    held(catalogue, one)
    made = catalogue.correct(draft(one.record_id, "kind", "contract"), LOCAL)
    gone = catalogue.withdraw(made.correction_id, LOCAL, "an error")
    assert (gone.withdrawn_by, gone.withdrawn_why) == ("local", "an error")
    with pytest.raises(Conflict):
        catalogue.withdraw(made.correction_id, LOCAL, "")
    events = [(e.event.action, e.event.details) for e in catalogue.custody(subject=one.record_id) if e.event.action in ("corrected", "withdrawn")]
    assert events == [("corrected", {"about": "kind", "verdict": "corrected", "correction": made.correction_id}),
                      ("withdrawn", {"about": "kind", "correction": made.correction_id})]
    assert catalogue.corrections(LOCAL) == [] and len(catalogue.corrections(LOCAL, withdrawn=True)) == 1


def test_acts_done_again_elsewhere_give_the_same_tags_notes_searches_and_corrections(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    one, two = item("/a", b"a"), item("/b", b"b")
    run = held(catalogue, one, two)
    catalogue.label([one.record_id, two.record_id], "tag", "Höt", LOCAL, "q")
    catalogue.label([two.record_id], "note", "look", AGENT, two.record_id)
    catalogue.unlabel(LOCAL, "q", record_ids=[two.record_id], tag="höt")
    untagged, _ = catalogue.unlabel(LOCAL, "q", record_ids=[one.record_id], tag="höt")
    catalogue.undo(untagged, LOCAL)
    saved, _ = catalogue.save_search("fees", {"query": "fee"}, False, LOCAL)
    catalogue.change_search(saved.saved_id, LOCAL, shared=True, name="all fees")
    gone, _ = catalogue.save_search("gone", {"query": "x"}, True, LOCAL)
    catalogue.change_search(gone.saved_id, LOCAL, remove=True)
    catalogue.correct(of_fact(one.record_id, "60"), LOCAL)
    dropped = catalogue.correct(draft(two.record_id, "kind", "contract"), LOCAL)
    catalogue.withdraw(dropped.correction_id, LOCAL, "no")
    acts = catalogue.acts()
    assert catalogue.acts(unstored=True) == acts and [a.seq for a in acts] == list(range(1, len(acts) + 1))
    other = SqlCatalogue(f"sqlite:///{tmp_path}/other.db", SystemClock())
    other.restore_acts(acts)
    other.take_in(other.begin_run("", [], "local", "", ""), [one, two], [])
    other.keep(run, [reading(i, WORDS, client="A", facts=(FACT,)) for i in (one, two)])
    ids = [one.record_id, two.record_id]
    assert other.tags(LOCAL) == catalogue.tags(LOCAL) == {"Höt": 1}
    plain = [[replace(label, label_id=0) for label in c.labels(ids, LOCAL)] for c in (catalogue, other)]
    assert plain[0] == plain[1] and len(plain[0]) == 2
    assert other.saved_searches(AGENT) == catalogue.saved_searches(AGENT) and len(other.saved_searches(AGENT)) == 1
    assert other.corrections(LOCAL, withdrawn=True) == catalogue.corrections(LOCAL, withdrawn=True)
    assert [now(other, i) for i in (one, two)] == [now(catalogue, i) for i in (one, two)]
    assert facts(other, one) == [("60", "corrected")]
    assert other.work_changes(LOCAL) == catalogue.work_changes(LOCAL)
    assert other.acts() == acts and other.acts(unstored=True) == []
    assert other.label([two.record_id], "tag", "next", LOCAL, "q") and other.acts()[-1].seq == len(acts) + 1
    other.close()


def test_act_that_cannot_be_read_is_an_alarm_and_nothing_is_done(catalogue: SqlCatalogue) -> None:
    for body in ("[]", "{}", '{"what": "unknown", "at": "x"}', '{"what": "correct", "at": "x", "actor": "y", "correction": {}}'):
        with pytest.raises(IntegrityBroken):
            catalogue.restore_acts([StatedAct(1, "a", body)])
    assert catalogue.acts() == []


def test_records_to_be_settled_say_why_and_go_once_a_person_has_spoken(catalogue: SqlCatalogue) -> None:
    sure, weak, below, both = item("/1", b"1"), item("/2", b"2"), item("/3", b"3"), item("/4", b"4")
    run = take(catalogue, sure, weak, below, both)
    catalogue.keep(run, [reading(sure, "s", client="A"), *(_with_strength(i, strength) for i, strength in ((weak, 0.6), (below, 0.3))),
                         _with_strength(both, 0.9, "A", "B")])
    total, found = catalogue.doubtful(LOCAL)
    assert (total, {(r.record_id, why) for r, why, _ in found}) == (
        3, {(weak.record_id, "weak"), (below.record_id, "below"), (both.record_id, "several")})
    assert [r.record_id for r, _, _ in catalogue.doubtful(AGENT)[1]] == [weak.record_id]
    assert catalogue.doubtful(LOCAL, "B")[0] == 1 and catalogue.doubtful(LOCAL, limit=1)[0] == 3
    for i, clients in ((weak, ("A",)), (below, ()), (both, ("A", "B"))):
        catalogue.correct(draft(i.record_id, "clients", clients), LOCAL)
    assert catalogue.doubtful(LOCAL) == (0, [])


def test_unsure_facts_are_listed_until_they_are_settled(catalogue: SqlCatalogue) -> None:
    one, shut = item("/a", b"a"), item("/s", b"s")
    held(catalogue, one)
    held(catalogue, shut, privileged=True)
    assert catalogue.unsure_facts(LOCAL)[0] == 2
    assert [r.record_id for r, _ in catalogue.unsure_facts(AGENT)[1]] == [one.record_id]
    for i in (one, shut):
        catalogue.correct(of_fact(i.record_id, "90"), LOCAL)
    assert catalogue.unsure_facts(LOCAL) == (0, [])


def test_what_a_person_says_of_kind_and_clients_asks_for_a_reading_by_it(catalogue: SqlCatalogue) -> None:
    one, copy = item("/a"), item("/b")
    run = held(catalogue, one, copy)
    made = catalogue.correct(draft(one.record_id, "kind", "contract"), LOCAL)
    asked = dict(catalogue.unlearned())
    assert asked.keys() == {one.record_id, copy.record_id} and {s.kind for s in asked.values()} == {"contract"}
    enriched = reading(one, WORDS, client="A", facts=(FACT, replace(FACT, name="governing_law", value="England"))).enriched
    assert enriched is not None
    catalogue.keep_said([(i, said, enriched) for i, said in asked.items()])
    assert catalogue.unlearned() == [] and len(facts(catalogue, one)) == 2 and now(catalogue, one).kind == "contract"
    catalogue.keep(run, [reading(one, WORDS, client="A", facts=(FACT,))])
    assert [i for i, _ in catalogue.unlearned()] == [one.record_id]
    catalogue.withdraw(made.correction_id, LOCAL, "")
    assert len(facts(catalogue, copy)) == 1 and now(catalogue, copy).kind == "other"


def _with_strength(i: Item, strength: float, *clients: str) -> object:
    from archive.model.fact import ClientEvidence
    made = reading(i, "w")
    assert made.enriched is not None
    signs = tuple(ClientEvidence(c, f"name of {c}", "test", strength) for c in clients or ("A",))
    return replace(made, enriched=replace(made.enriched, clients=signs))


def test_further_fact_is_there_until_withdrawn(catalogue: SqlCatalogue) -> None:
    one = item("/a")
    held(catalogue, one)
    said = FactSaid("governing_law", "England", "", (Passage(0, 6, "ninety"),), "said by a person")
    made = catalogue.correct(Correction("", 0, one.record_id, "fact", "", "corrected", None, said, None, None, None, "", "", "seen", False), LOCAL)
    assert made.thing == made.correction_id and ("England", "corrected") in facts(catalogue, one)
    catalogue.withdraw(made.correction_id, LOCAL, "")
    assert facts(catalogue, one) == [("90", "extracted")]


def test_work_done_before_acts_were_kept_is_stated_as_it_stood_and_done_again(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    from alembic import command

    from archive.adapters.catalogue.migrate import alembic_config
    one, two = item("/a", b"a"), item("/b", b"b")
    held(catalogue, one, two)
    ids = [one.record_id, two.record_id]
    catalogue.label(ids, "tag", "hot", LOCAL, "q")
    catalogue.unlabel(LOCAL, "q", record_ids=[two.record_id], tag="hot")
    catalogue.label(ids, "note", "look", AGENT, "q")
    saved, change = catalogue.save_search("fees", {"query": "fee"}, True, LOCAL)
    config = alembic_config()
    with catalogue.engine.connect().execution_options(casetrail_write=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "0006")
        command.upgrade(config, "head")
    state, = catalogue.acts(unstored=True)
    catalogue.label([two.record_id], "tag", "later", LOCAL, "q")
    other = SqlCatalogue(f"sqlite:///{tmp_path}/other.db", SystemClock())
    other.restore_acts(catalogue.acts())
    other.take_in(other.begin_run("", [], "local", "", ""), [one, two], [])
    other.keep("", [reading(i, WORDS, client="A") for i in (one, two)])
    assert state.seq == 1 and other.tags(LOCAL) == catalogue.tags(LOCAL) == {"hot": 1, "later": 1}
    assert len(other.labels(ids, LOCAL)) == len(catalogue.labels(ids, LOCAL)) == 4
    assert other.saved_search("fees", AGENT) == catalogue.saved_search("fees", AGENT) == saved
    assert other.work_changes(LOCAL) == catalogue.work_changes(LOCAL)
    other.undo(change, LOCAL)
    assert other.saved_searches(LOCAL) == []
    other.close()


def test_proposals_lie_beside_the_facts_replace_what_the_model_said_before_and_are_done_again(catalogue: SqlCatalogue, tmp_path: Path) -> None:
    one, two = item("/a", b"a"), item("/b", b"b")
    held(catalogue, one)
    held(catalogue, two, privileged=True)
    said = FactSaid("renewal_term", 90, "calendar_days", (Passage(7, 14, "90 days"),), "model small", 0.5)
    gone = replace(said, passages=(Passage(0, 5, "fifty"),))
    before = facts(catalogue, one)
    catalogue.propose(one.record_id, "small", "q1", [gone], LOCAL)
    assert catalogue.proposals(LOCAL) == []
    catalogue.propose(one.record_id, "small", "q2", [said, gone], LOCAL)
    catalogue.propose(one.record_id, "large", "q3", [said], LOCAL)
    catalogue.propose(two.record_id, "small", "q4", [said], LOCAL)
    with pytest.raises(NotFound):
        catalogue.propose(two.record_id, "small", "q5", [], AGENT)
    found = [(read.record.record_id, p.fact.value, p.fact.status, p.fact.passages) for read, p in catalogue.proposals(LOCAL, client="A")]
    assert sorted(found) == sorted((i.record_id, 90, "proposed", (Passage(7, 14, "90 days"),)) for i in (one, two))
    assert [read.record.record_id for read, _ in catalogue.proposals(AGENT)] == [one.record_id]
    assert facts(catalogue, one) == before
    assert catalogue.questions([one.record_id, two.record_id], "small") == {one.record_id: "q2", two.record_id: "q4"}
    other = SqlCatalogue(f"sqlite:///{tmp_path}/other.db", SystemClock())
    other.restore_acts(catalogue.acts())
    other.take_in(other.begin_run("", [], "local", "", ""), [one, two], [])
    other.keep("", [reading(i, WORDS, client="A", privileged=i is two, facts=(FACT,)) for i in (one, two)])
    assert [p for _, p in other.proposals(LOCAL)] == [p for _, p in catalogue.proposals(LOCAL)]
    other.close()
