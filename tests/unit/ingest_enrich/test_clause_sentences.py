"""Sentences, cues, features and mentions of contracts: what the weights are laid over."""
from __future__ import annotations

import itertools

import pytest

from ingest.enrich.clause_cues import COUNT, CUES, cues
from ingest.enrich.clause_features import BITS, columns, tokens
from ingest.enrich.clause_mentions import dates, names
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.fold import fold


def said(text):
    return [" ".join(text[start:end].split()) for start, end in sentences(text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("1. Term. This Agreement begins today. It ends in a year.", ["Term.", "This Agreement begins today.", "It ends in a year."]),
    ("Acme Inc. and Beta Corp. agree. They sign.", ["Acme Inc. and Beta Corp. agree.", "They sign."]),
    ("12.3 See Section 4.1 of it. (a) Fees;\n\n(b) Costs.", ["See Section 4.1 of it.", "Fees;", "Costs."]),
    ("The fee is due in the\n\n17\n\nmonth after. It is final.", ["The fee is due in the 17 month after.", "It is final."]),
    ("ARTICLE 9  TERMINATION\n\n9.1 Either Party may end it.", ["TERMINATION", "Either Party may end it."]),
    ('"Term" has the meaning of Section 2. "Fee" means all of it.', ['"Term" has the meaning of Section 2. "Fee" means all of it.']),
    ("", []),
    ("\n \n", []),
])
def test_sentences_end_at_stops_that_end_sentences_and_begin_behind_their_number(text, expected):
    found = said(text)
    if "17" in text:  # the number of the page is no sentence; whether it stays inside of one does not matter
        assert found[0].startswith("The fee is due in the") and found[0].endswith("month after.") and found[1:] == expected[1:]
    elif text.startswith('"Term"'):
        assert " ".join(found) == expected[0]
    else:
        assert found == expected


def test_sentences_lie_in_order_inside_the_text():
    text = "1. A first one here. Another (see No. 5).\n\n2. More; and more:\n\n(i) one,\n\n(ii) two.\n" * 40
    bounds = sentences(text)
    assert all(a < b <= len(text) for a, b in bounds)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(bounds))


def test_numbers_and_blanks_are_one_word_each_so_that_amounts_do_not_matter():
    assert tokens(fold("Within 30 days of 2004, $5,000 or ____")) == tokens(fold("Within 45 days of 1999, $9,800 or ******"))


def test_columns_are_the_same_in_every_process_and_each_stands_once():
    text = "Term\n\nThis Agreement ends. It renews."
    rows = list(columns(fold(text), sentences(text)))
    assert len(rows) == 3 and all(len(set(r)) == len(r) and max(r) < 1 << BITS for r in rows)
    assert rows == list(columns(fold(text), sentences(text)))


@pytest.mark.parametrize(("cue", "text"), [
    ("convenience", "The Client may cancel this contract for any reason."),
    ("not_renew", "Either party may prevent renewal by a letter."),
    ("ending_fee", "An early termination fee of two months is owed."),
    ("liquidated", "as liquidated damages and not a penalty"),
    ("after_end", "Upon expiration of this Agreement the Supplier shall return all data."),
    ("exceed", "Its liability shall not exceed the fees paid."),
    ("governed", "This Agreement is governed by the laws of Ontario."),
    ("time_bar", "No action may be brought more than two years after the event."),
])
def test_cue_stands_in_words_that_show_it_and_not_in_others(cue, text):
    at = list(CUES).index(cue)
    other = "The Supplier delivers the goods to the warehouse."
    assert cues(text, fold(text), 0, len(text))[at] and not cues(other, fold(other), 0, len(other))[at]
    assert len(cues(text, fold(text), 0, len(text))) == COUNT


@pytest.mark.parametrize(("text", "expected"), [
    ("made by and between Acme Widgets, Inc., a Delaware corporation (\"Acme\"), and Beta Holdings LLC (the \"Buyer\")",
     {"Acme Widgets, Inc.", "Acme", "Beta Holdings LLC", "Buyer"}),
    ("BETWEEN NORTHERN LIGHTS LTD. AND SOUTHERN STAR PLC", {"NORTHERN LIGHTS LTD.", "SOUTHERN STAR PLC"}),
    ("between iPebble, Inc. and Bank of Ontario", {"iPebble, Inc.", "Bank of Ontario"}),
    ("Party A: Harbin Trading Co., Ltd.", {"Party A", "Harbin Trading Co., Ltd."}),
    ("Supplier: Harbin Trading Co., Ltd.", {"Supplier", "Harbin Trading Co., Ltd."}),
])
def test_names_and_terms_of_the_opening_are_met_whole(text, expected):
    assert expected <= {text[m.start:m.end] for m in names(text)}


@pytest.mark.parametrize("day", ["March 3, 2004", "3rd day of March, 2004", "3 March 2004", "March ___, 2004", "this ___ day of ________, 2004", "03/04/2004"])
def test_days_with_and_without_blanks_are_met(day):
    text = fold(f"is made as of {day} between")
    assert [text[m.start:m.end] for m in dates(text)] == [fold(day)]
