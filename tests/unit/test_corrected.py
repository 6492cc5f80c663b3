"""A person's word applied to facts, whatever a later reader makes of the same words."""
from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.corrected import as_it_stood, correct_facts, in_force, said_of_item
from archive.model.correction import Correction, FactSaid, Said, Settled, Verdict, fact_id_of, said_of
from archive.model.extracted import Page, Passage
from archive.model.fact import Fact

TEXT = "Clause 12: ninety (90) days' notice.\nClause 14: thirty (30) days' notice."


def at(quote: str, text: str = TEXT, nth: int = 0) -> Passage:
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return Passage(start, start + len(quote), quote, 1)


def read(value: str, quote: str, text: str = TEXT, name: str = "notice_period", confidence: float = 0.9) -> Fact:
    return Fact(name, value, (at(quote, text),), "clause", "calendar_days", confidence=confidence)


def said(fact: Fact, value: str | None, *, seq: int = 1, verdict: Verdict = "corrected") -> Correction:
    target = said_of(fact)
    now = None if value is None else replace(target, value=value)
    thing = fact_id_of(fact.name, fact.value, fact.unit, fact.passages)
    return Correction(f"c{seq}", seq, "r", "fact", thing, verdict, None, now, target, None, target, "ann", f"2026-01-0{seq}T00:00:00.000Z", "seen", True)


def of(about: str, value: Settled, seq: int = 1, was: Settled = None, withdrawn: str | None = None) -> Correction:
    return Correction(f"c{seq}", seq, "r", about, about, "corrected", value, None, None, was, None, "ann",  # type: ignore[arg-type]
                      f"2026-01-0{seq}T00:00:00.000Z", "why", False, withdrawn)


NINETY, THIRTY = read("90", "ninety (90) days'"), read("30", "thirty (30) days'")


def values(facts: tuple[Fact, ...]) -> list[tuple[object, str]]:
    return [(f.value, f.status) for f in facts]


def test_corrected_fact_stands_in_the_place_of_the_one_that_was_read_with_who_when_and_why() -> None:
    facts = correct_facts([NINETY, THIRTY], TEXT, [said(NINETY, "60")])
    assert values(facts) == [("60", "corrected"), ("30", "extracted")]
    word = facts[0].word
    assert word is not None and (word.actor, word.at, word.why, word.correction_id) == ("ann", "2026-01-01T00:00:00.000Z", "seen", "c1")
    assert facts[0].passages == NINETY.passages and facts[0].basis == NINETY.basis


def test_confirmed_fact_outranks_what_is_read_beside_it() -> None:
    sure = replace(THIRTY, confidence=1.0)
    facts = correct_facts([sure, NINETY], TEXT, [said(NINETY, "90", verdict="confirmed")])
    assert max(facts, key=lambda f: f.confidence).status == "confirmed"


def test_rejected_fact_is_gone_and_nothing_else_is() -> None:
    assert values(correct_facts([NINETY, THIRTY], TEXT, [said(NINETY, None, verdict="rejected")])) == [("30", "extracted")]


def test_newer_reader_that_reads_another_value_at_the_same_words_does_not_bring_it_back() -> None:
    newer = [replace(NINETY, value="900", confidence=1.0), THIRTY]
    assert values(correct_facts(newer, TEXT, [said(NINETY, "60")])) == [("60", "corrected"), ("30", "extracted")]
    assert values(correct_facts(newer, TEXT, [said(NINETY, None, verdict="rejected")])) == [("30", "extracted")]


def test_newer_reader_that_moves_the_words_finds_the_correction_at_their_new_place() -> None:
    moved = "A heading of a page.\n" + TEXT
    facts = correct_facts([read("90", "ninety (90) days'", moved)], moved, [said(NINETY, "60")], [Page(2, 0, len(moved))])
    assert values(facts) == [("60", "corrected")]
    passage, = facts[0].passages
    assert moved[passage.start:passage.end] == passage.quote and passage.page == 2


def test_newer_reader_that_no_longer_reads_the_fact_does_not_take_the_correction_away() -> None:
    assert values(correct_facts([THIRTY], TEXT, [said(NINETY, "60")])) == [("30", "extracted"), ("60", "corrected")]


def test_words_that_are_gone_leave_the_fact_without_a_place_and_never_with_a_false_one() -> None:
    fact, = correct_facts([], "another text altogether", [said(NINETY, "60")])
    assert (fact.value, fact.status, fact.passages) == ("60", "corrected", ())


def test_of_two_values_at_one_passage_only_the_meant_one_is_corrected() -> None:
    one, other = read("Alder", "Clause 12", name="parties"), read("Beech", "Clause 12", name="parties")
    assert values(correct_facts([one, other], TEXT, [said(other, "Birch")])) == [("Alder", "extracted"), ("Birch", "corrected")]
    assert values(correct_facts([one, replace(other, value="Beach")], TEXT, [said(other, "Birch")]))[-1] == ("Birch", "corrected")


def test_same_words_twice_are_told_apart_by_their_place() -> None:
    text = "fee 100 and again fee 100"
    first, second = (Fact("amount", v, (at("fee 100", text, n),), "x") for n, v in enumerate(("100", "100")))
    facts = correct_facts([first, second], text, [said(second, "200")])
    assert [(f.value, f.passages[0].start) for f in facts] == [("100", 0), ("200", 18)]


def test_later_word_holds_and_when_it_is_withdrawn_the_earlier_one_again() -> None:
    first, second = said(NINETY, "60"), said(NINETY, "45", seq=2)
    assert [c.seq for c in in_force([second, first]).values()] == [2]
    assert [c.seq for c in in_force([first, replace(second, withdrawn_at="2026-01-03T00:00:00.000Z")]).values()] == [1]


def test_word_holds_on_the_days_between_its_making_and_its_withdrawal() -> None:
    c = of("kind", "contract", 2, "other", "2026-01-04T00:00:00.000Z")
    held = [bool(in_force([c], f"2026-01-0{day}T12:00:00.000Z")) for day in (1, 2, 3, 4)]
    assert held == [False, True, True, False]
    assert as_it_stood([c], "2026-01-03T12:00:00.000Z") == {"kind": c}
    assert as_it_stood([of("kind", "contract", 2, "other")], "2026-01-01T12:00:00.000Z") == {"kind": "other"}
    assert as_it_stood([of("kind", "contract", 2, "other")], "2026-01-03T12:00:00.000Z") == {}


def test_what_is_said_of_an_item_names_the_reading_that_it_asks_for() -> None:
    assert said_of_item([]) == Said() and Said().key == ""
    told = said_of_item([of("kind", "contract"), of("clients", ("A", "B")), of("date", "2024-05-06"), of("privileged", True)])
    assert told == Said("contract", "2024-05-06", ("A", "B"))
    assert len({told.key, Said("contract").key, Said(clients=()).key}) == 3


@pytest.mark.parametrize(("about", "value", "content"), [("kind", "notice", True), ("date", None, True), ("record_types", ("billing",), True),
                                                         ("privileged", True, True),
                                                         ("privileged", False, False), ("clients", ("A",), False)])
def test_only_what_the_words_say_holds_for_copies_and_a_copy_is_never_opened_by_it(about: str, value: Settled, content: bool) -> None:
    assert of(about, value).of_content is content


@given(st.text("ab \n", max_size=40), st.integers(0, 39), st.integers(1, 10), st.text("ab \n", max_size=60))
def test_passages_of_a_correction_stand_in_the_text_or_are_not_there(before: str, start: int, length: int, after: str) -> None:
    quote = before[start:start + length]
    fact = FactSaid("x", "1", "", (Passage(start, start + len(quote), quote),) if quote else ())
    correction = Correction("c", 1, "r", "fact", "t", "corrected", None, fact, fact, None, fact, "ann", "2026", "why", False)
    kept, = correct_facts([], after, [correction])
    assert all(p.quote and after[p.start:p.end] == p.quote for p in kept.passages)
