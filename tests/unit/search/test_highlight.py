"""Fragments of the stored text, with exact places."""
from __future__ import annotations

import itertools

import pytest

from search_api.highlight import FRAGMENT_CHARS, WINDOW_CHARS, highlights, marks
from search_api.query import parse
from search_api.query.tree import wanted

LONG = "Filler goes on and on. " * 40


def marked(query: str, text: str, language: str | None = "en") -> list[str]:
    return [text[m.start:m.end] for m in marks(text, language, wanted(parse(query).root))]


@pytest.mark.parametrize(("query", "text", "found"), [
    ("notice", "Notices were noticed; no NOTICE", ["Notices", "noticed", "NOTICE"]),
    ("=notice", "Notices and a notice", ["notice"]),
    ('"termination notice"', "the Termination  Notice; notice of termination", ["Termination  Notice"]),
    ('"fee due"~3', "fee is now due", ["fee is now due"]),
    ("INV-25-0331", "see INV-25-0331 and INV 25/0331, not INV-25", ["INV-25-0331", "INV 25/0331"]),
    ("noti*", "notify nothing notice", ["notify", "notice"]),
    ("fee -notice", "fee and notice", ["fee"]),
    ("subject:fee x1", "fee x1", ["x1"]),
    ("kind:email", "email", []),
    ("Kündigung", "Ku\u0308ndigung", ["Ku\u0308ndigung"]),
    ('"a b a"', "a b a b a", ["a b a"]),
    ("契約", "本契約書", ["契約"]),
    ("terminate W/3 notice", "notice of termination; to terminate after long notice; notice far away from any such termination",
     ["notice of termination", "terminate after long notice"]),
    ("terminat* PRE/2 =notice", "termination notice, notice terminated, terminated without notice, terminated by that notice",
     ["termination notice", "terminated without notice"]),
    ('("fee due" OR penalty) W/2 waived', "fee due was waived; a penalty; waived the penalty; fee, due, and then it was waived",
     ["fee due was waived", "penalty; waived"]),
    ("W1 W/2 w1", "w1 x w1 x x x w1", ["w1 x w1"]),
    ("notise~", "notice notices notary", ["notice", "notices"]),
    ("notise~1", "notice notices notary", ["notice"]),
    ("/noti(ce|fy)/", "Notice notify notices", ["Notice", "notify"]),
    ('"notice of termin*"', "notice of termination, notice of terms", ["notice of termination"]),
    ("INV-2?-0331", "INV-25-0331 INV-255-0331", ["INV-25-0331"]),
])
def test_matches_are_what_the_index_would_find(query: str, text: str, found: list[str]) -> None:
    language = "de" if "K" in query else "en"
    leaves = [leaf for leaf in wanted(parse(query).root) if leaf.field != "subject"]
    assert [text[m.start:m.end] for m in marks(text, language, leaves)] == found


def test_fragment_is_the_text_between_its_offsets_and_holds_its_marks() -> None:
    text = f"{LONG}The early termination fee was waived by letter. {LONG}"
    made = highlights("text", text, "en", wanted(parse('"early termination fee"').root))
    assert len(made) == 1
    fragment = made[0]
    assert fragment.fragment == text[fragment.start:fragment.end]
    assert [text[start:end] for start, end in fragment.marks] == ["early termination fee"]
    assert fragment.start <= fragment.marks[0][0] < fragment.marks[0][1] <= fragment.end
    assert len(fragment.fragment) <= FRAGMENT_CHARS
    assert not fragment.fragment[0].isspace()
    assert text[fragment.start - 1].isspace()


def test_place_where_most_words_stand_together_is_chosen_first() -> None:
    text = f"fee {LONG} fee fee {LONG} notice of the fee {LONG}"
    made = highlights("text", text, "en", wanted(parse("fee notice").root), most=1)
    assert "notice of the fee" in made[0].fragment


def test_fragments_do_not_overlap_and_come_in_order_of_place() -> None:
    text = " ".join(f"fee{' pad' * (n % 50)}" for n in range(200))
    made = highlights("text", text, "en", wanted(parse("fee").root))
    assert len(made) == 3
    assert all(a.end <= b.start or a.marks[-1][1] <= b.marks[0][0] for a, b in itertools.pairwise(made))


def test_match_longer_than_a_fragment_is_shown_whole() -> None:
    text = "alpha" + " \n" * 300 + "beta"
    made = highlights("text", text, "en", wanted(parse('"alpha beta"').root))
    assert made[0].fragment == text


def test_text_longer_than_a_window_is_looked_through_to_its_end() -> None:
    text = "filler " * (2 * WINDOW_CHARS // 7) + "needle"
    assert highlights("text", text, "en", wanted(parse("needle").root))[0].fragment.endswith("needle")


def test_words_asked_for_in_the_subject_are_not_marked_in_the_text() -> None:
    leaves = wanted(parse("subject:fee").root)
    assert highlights("text", "fee", "en", leaves) == []
    assert len(highlights("subject", "fee", "en", leaves)) == 1


def test_nothing_asked_and_nothing_there_give_nothing() -> None:
    assert highlights("text", "", "en", wanted(parse("fee").root)) == []
    assert highlights("text", "fee", "en", []) == []


def test_words_near_one_another_are_marked_at_both_ends_when_much_lies_between() -> None:
    text = "alpha " + "considerably longer words " * 12 + "omega"
    assert marked("alpha W/50 omega", text) == ["alpha", "omega"]


def test_words_that_are_not_near_are_not_marked() -> None:
    assert marked("alpha W/2 omega", "alpha x x x omega, and omega") == []


def test_match_across_the_end_of_a_stretch_of_a_long_text_is_found() -> None:
    for shift in range(0, 40, 3):
        text = "x " * ((WINDOW_CHARS - 40 + shift) // 2) + "early termination fee" + " y" * WINDOW_CHARS
        made = highlights("text", text, "en", wanted(parse('"early termination fee"').root))
        assert [text[first:last] for each in made for first, last in each.marks] == ["early termination fee"]
