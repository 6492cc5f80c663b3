"""Hints say where a pattern can match, and topics are counted by them."""
from __future__ import annotations

from ingest.enrich.hints import REACH, Hints, mask_of
from ingest.enrich.signs import Signs, scores, sign
from ingest.enrich.topics import topics_of


def test_span_reaches_round_the_hint_and_ends_with_a_line():
    text = "x " * 600 + "a sealed deed here\n" + "y " * 600 + "\nlast"
    start, end = Hints("sealed deed").span(mask_of(text), text)
    at = text.index("sealed")
    assert start == at - REACH
    assert end >= at + REACH
    assert text[end] == "\n"


def test_words_of_a_hint_apart_from_one_another_do_not_count():
    text = "sealed by us, a deed"
    assert Hints("sealed deed").span(mask_of(text), text) is None


def test_no_hint_means_everywhere():
    assert Hints("").span(0, "abc") == (0, 3)


def test_sign_is_found_where_a_search_of_the_whole_text_would_find_it(paper):
    text = "filler words " * 400 + "\nwe hereby give you our notice\n" + "more words " * 400
    found = scores(paper(text), Signs([sign("notice", 1.0, "text", r"hereby give[^.]{0,40}\bnotice", "notice")]))
    assert found["notice"].passage.quote == "hereby give you our notice"


def test_part_of_a_longer_stem_does_not_count_again(mail):
    weight, shown = topics_of(mail("an early termination fee"))["dispute"]
    assert (weight, shown) == (1.0, ["early termination fee"])


def test_subject_counts_double(mail):
    assert topics_of(mail("", subject="invoice 7"))["billing"][0] == 2 * topics_of(mail("invoice 7"))["billing"][0]
