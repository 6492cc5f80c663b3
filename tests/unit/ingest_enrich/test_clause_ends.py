"""Ends of terms that are said elsewhere or by the year, rights to end that hang on a case, days that are none of the contract's; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.clause_categories import clause_categories
from ingest.enrich.clause_ends import defined_end, ends
from ingest.enrich.clause_mentions import dates
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.clause_values import PERPETUAL
from ingest.enrich.fold import fold


def read(rule, text, *more):
    return rule(fold(text), "mdy", 0, len(text), *more)


@pytest.mark.parametrize(("text", "first", "end", "derived"), [
    ("It shall remain in effect until the end of the current calendar year.", "2014-05-08", "2014-12-31", True),
    ("This agreement runs until the end of 2006 and will be looked at then.", None, "2006-12-31", False),
    ("It continues through the end of the calendar year 2009.", "2008-02-01", "2009-12-31", False),
    ("The initial term expires in five (5) years from the date of Effective Date.", "2019-12-19", "2024-12-19", True),
    ("It becomes effective as of the day and year first above written and goes on unless terminated under Section 6.", "2005-02-04", PERPETUAL, False),
    ("It shall end on the 60th day following a written notice, at the end of such 60-day period.", "2018-08-24", PERPETUAL, False),
    ("It shall remain in effect until the end of the current season.", "2014-05-08", None, False),
])
def test_end_of_a_term_is_reckoned_from_what_the_sentence_says(text, first, end, derived):
    assert read(ends, text, first) == (end, derived)


@pytest.mark.parametrize(("named", "meant", "end"), [
    ("It shall expire on the Expiration Date.", '"Expiration Date" means March 31, 2020.', "2020-03-31"),
    ("It continues for the Service Period.", '"Service Period" means April 1, 2019 through to March 30, 2020.', "2020-03-30"),
    ("It continues to the Scheduled Expiration Date.", "Scheduled Expiration Date: June 30, 2011\n\nFee: 4.00", "2011-06-30"),
    ("It shall expire on the Expiration Date.", '"Expiration Date" has the meaning given in Exhibit B.', None),
    ("It shall expire on the Expiration Date.", '"Expiration Date" means the day the parties agree.\n\nSigned March 31, 2020', None),
    ("It shall expire on the Expiration Date.", '"Expiration Date" means the later of March 31, 2020 and the day when, from May 1, 2021, all is paid.', None),
    ("It shall go on.", '"Expiration Date" means March 31, 2020.', None),
])
def test_end_is_read_where_the_named_date_is_defined(named, meant, end):
    text = f"{named}\n\n{meant}"
    day = defined_end(fold(text), "mdy", 0, len(named))
    assert (day.value if day else None) == end


@pytest.mark.parametrize("text", ["It runs until March 18. 2021, unless ended sooner.", "Dated as of May 3. 1999 in Oslo"])
def test_stop_between_day_and_year_ends_no_sentence(text):
    assert [text[a:b] for a, b in sentences(text)] == [text]


def test_stop_behind_a_month_ends_a_sentence_before_other_words():
    assert len(sentences("It runs until March 18. Notices go to the seat.")) == 2


def test_day_of_a_filing_is_none_of_the_contract():
    text = fold("Signed March 3, 2014 in Oslo.\n\nSource: HARROW INC, 10-Q, 3/6/2020\n\nThe Source: code of May 4, 2015 stays.")
    assert [text[m.start:m.end] for m in dates(text)] == ["march 3, 2014", "may 4, 2015"]


CONTRACT = """SERVICE AGREEMENT

This Service Agreement is made as of March 3, 2014 by and between Larkspur Optics, Inc. and Pinewater Clinics LLC.

1. Term. {term}

2. Termination. {ending}

3. Governing Law. This Agreement shall be governed by the laws of the State of Oregon.
"""


def facts(paper, name, term="The term is three years.", ending="Each party pays its costs."):
    return [f for f in clause_categories(paper(CONTRACT.format(term=term, ending=ending)), "contract", "en", ()) if f.name == name]


@pytest.mark.parametrize("ending", [
    "Either party may terminate this Agreement at any time upon thirty (30) days' prior written notice to the other party.",
    "Pinewater may terminate this Agreement at any time for any reason upon thirty (30) days' prior written notice.",
    "Either party may terminate this Agreement for convenience upon sixty (60) days' written notice, if the other party fails to object.",
])
def test_right_to_end_without_a_case_is_one_for_convenience(paper, ending):
    assert [f.value for f in facts(paper, "termination_for_convenience", ending=ending)] == ["yes"]


@pytest.mark.parametrize("ending", [
    "Either party may terminate this Agreement upon thirty (30) days' written notice upon the occurrence of any of the following:",
    "Either party may terminate this Agreement at any time upon thirty (30) days' written notice if the other party fails materially to comply with any term.",
    "Either party may terminate this Agreement upon thirty (30) days' prior written notice to the other in the event that a court forbids the work.",
])
def test_right_to_end_in_a_case_is_none_for_convenience(paper, ending):
    assert facts(paper, "termination_for_convenience", ending=ending) == []


@pytest.mark.parametrize("term", [
    "This Agreement shall continue for two years from the date hereof and from year to year thereafter.",
    "It runs for one year and thereafter shall go on for successive annual periods.",
    "It is made for a calendar year and is renewed tacitly every year.",
])
def test_going_on_from_year_to_year_is_a_renewal_of_twelve_months(paper, term):
    found = facts(paper, "renewal_term", term=term)
    assert {(f.value, f.unit) for f in found} == {(12, "months")}
    assert all(f.passages[0].quote in CONTRACT.format(term=term, ending="Each party pays its costs.") for f in found)


@pytest.mark.parametrize("ending", [
    "Either party may cancel this Agreement at the end of the initial term or of a later one by notice in writing given thirty (30) days before.",
    "This Agreement may be terminated by either party at the expiration of its term or any renewal term upon thirty (30) days written notice.",
    "The contract may be cancelled before the expiry date of the agreement or any later one, upon thirty (30) days prior written notice.",
])
def test_ending_with_a_term_states_the_notice_against_renewal(paper, ending):
    assert {(f.value, f.unit) for f in facts(paper, "notice_period_to_terminate_renewal", ending=ending)} == {(30, "calendar_days")}


@pytest.mark.parametrize("ending", [
    "Insurers shall give thirty (30) days' notice of the cancellation or non-renewal of a policy before the end of the policy year.",
    "Either party may terminate this Agreement upon thirty (30) days' written notice upon the occurrence of any of the following:",
    "Larkspur shall return the lenses at the end of the initial term.",
])
def test_other_notices_are_none_against_renewal(paper, ending):
    assert facts(paper, "notice_period_to_terminate_renewal", ending=ending) == []


@pytest.mark.parametrize(("term", "value"), [
    ("This Agreement shall come into force as of January 1, 2015 and remain valid for 1 year.", "2015-01-01"),
    ("This Agreement commences upon execution of this document.", "2014-03-03"),
    ("This Agreement shall become effective as of the day and year first above written.", "2014-03-03"),
    ("This Agreement shall come into force on the date given at the beginning of this Agreement.", "2014-03-03"),
])
def test_day_from_which_a_paper_is_in_force_is_read_from_plain_words(paper, term, value):
    assert [f.value for f in facts(paper, "effective_date", term=term)] == [value]
