"""Two streams in one field: where the tokens stand, and how far apart words may be in positions."""
from __future__ import annotations

from archive.streams import MARK, offsets, stream_of, window, woven


def test_exact_word_n_is_at_position_2n_marked_and_its_stem_behind_it() -> None:
    assert woven("notic given", "notices given", "_") == f"{MARK}notices notic {MARK}given given"


def test_shorter_stream_is_filled_up_and_an_empty_text_holds_one_empty_word() -> None:
    assert woven("", "", "_") == f"{MARK}_ _"
    assert woven("a b", "a", "_") == f"{MARK}a a {MARK}_ b"


def test_streams_of_a_text_share_a_field_and_words_have_their_own() -> None:
    body, exact, names = stream_of("body"), stream_of("body_exact"), stream_of("from_names")
    assert body is not None and exact is not None and names is not None
    assert (body.field, body.mark, exact.field, exact.mark, names.field, names.step) == ("body", "", "body", MARK, "from_names", 1)
    assert stream_of("kind") is None


def test_window_holds_every_word_of_the_distance_and_not_the_word_itself() -> None:
    for left in (True, False):
        for right in (True, False):
            low, high = window(left, right, 3)
            first = 0 if left else 1
            inside = [word for word in range(8) if low <= 2 * word + (0 if right else 1) - first <= high]
            assert inside == [1, 2, 3]


def test_words_in_a_row_are_two_positions_apart_whatever_is_asked_of_each() -> None:
    assert offsets([True, False, True]) == [0, 3, 4]
