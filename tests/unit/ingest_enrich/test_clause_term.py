"""First and last days of contracts that hang on other words of the paper: definitions, signatures, days of the clause itself; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.clause_categories import clause_categories

CONTRACT = """{opening}

1. Term. {term}

2. Payment. Each party pays its own costs within 30 days of an invoice.

3. Governing Law. This Agreement shall be governed by the laws of the State of Oregon.
{more}

IN WITNESS WHEREOF, the parties have executed this Agreement by their duly authorized representatives.

By: /s/ Ada Reed
Date: {signed}

By: /s/ Bo Holm
Date: {signed_2}
"""
OPENING = "SUPPLY AGREEMENT\n\nThis Supply Agreement is made as of March 3, 2014 by and between Larkspur Optics, Inc. and Pinewater Clinics LLC."


def read(paper, name, term, more="", opening=OPENING, signed="", signed_2=""):
    text = CONTRACT.format(opening=opening, term=term, more=more, signed=signed, signed_2=signed_2)
    found = [f for f in clause_categories(paper(text), "contract", "en", ()) if f.name == name]
    for fact in found:
        assert all(p.quote == text[p.start:p.end] for p in fact.passages)
    return found


def value(found):
    return next((f.value for f in found if f.value is not None), None)


@pytest.mark.parametrize(("term", "more", "end"), [
    ("The term of this Agreement shall be for one year commencing on the 1st day of May, 2016.", "", "2017-04-30"),
    ("The term of this Agreement begins on May 1, 2016 and ends on the fifth anniversary of the date hereof.", "", "2019-03-03"),
    ("The term of this Agreement ends on the second anniversary of the Launch Date.", '"Launch Date" means July 1, 2014.', "2016-07-01"),
    ("The initial term of this Agreement shall be ten (10) years from the date hereof, provided that after the 7th anniversary of such date either "
     "party may end it upon 60 days' notice.", "", "2024-03-03"),
    ("This Agreement shall remain in effect until March 18. 2021, unless sooner terminated.", "", "2021-03-18"),
    ("This Agreement shall commence on the date hereof and shall continue for the Term.", '"Term" means the period from the date hereof until June 30, '
     "2018.", "2018-06-30"),
])
def test_last_day_is_reckoned_from_the_day_that_the_clause_means(paper, term, more, end):
    found = read(paper, "expiration_date", term, more)
    assert value(found) == end
    derived = next(f for f in found if f.value)
    assert derived.status != "derived" or len(derived.passages) > 1 or "2016" in derived.passages[0].quote


@pytest.mark.parametrize("term", [
    "The term of this Agreement shall be five (5) years from the first commercial sale of a Product.",
    "This Agreement shall be effective as of the date of physical completion of the plant and shall continue for a primary term of ten years.",
    "The term of this Agreement ends on the second anniversary of the Launch Date.",
    "The term of this Agreement will begin on the date hereof and will end three (3) years from the date the Site becomes open to members.",
])
def test_term_counted_from_an_unknown_day_has_no_end(paper, term):
    assert value(read(paper, "expiration_date", term)) is None


def test_day_named_for_something_else_is_not_put_in_the_place_of_an_event(paper):
    term = ("The term of this Agreement will begin on the Effective Date and will end three (3) years from the date the Site becomes open to members "
            "of the public.")
    assert value(read(paper, "expiration_date", term, '"Effective Date" means October 31, 2014.')) is None
    assert value(read(paper, "expiration_date", term.replace("the date the Site becomes open to members of the public", "such date"),
                      '"Effective Date" means October 31, 2014.')) == "2017-10-31"


def test_going_on_after_the_first_term_does_not_make_it_perpetual(paper):
    term = ("After the Initial Term, this Agreement shall continue on a month to month basis until terminated by either party upon thirty (30) days' "
            "written notice.")
    opening = OPENING.replace("is made as of March 3, 2014", 'is made effective this 3rd day of March, 2014, through March 2, 2017 (the "Initial Term")')
    assert value(read(paper, "expiration_date", term)) is None
    assert value(read(paper, "expiration_date", term, opening=opening)) in ("2017-03-02", None)


@pytest.mark.parametrize(("term", "more", "first"), [
    ("This Agreement shall become effective on the date of the last signature below.", "", "2014-03-11"),
    ("This Agreement will be effective on the day after the date of last signature to it.", "", "2014-03-12"),
    ("The term of this Agreement commences on the Effective Date.", '"Effective Date" means October 31, 2014.', "2014-10-31"),
    ("The term of this Agreement commences on the Effective Date.", '"Effective Date" means the date of the last signature of a party.', "2014-03-11"),
    ("The term of this Agreement commences on the Effective Date.", '"Effective Date" means the day on which the authority approves it.', None),
    ("This Agreement shall become effective as of the date of completion of the works.", "", None),
])
def test_first_day_is_that_of_its_definition_or_of_the_signatures(paper, term, more, first):
    found = read(paper, "effective_date", term, more, signed="March 9, 2014", signed_2="March 11, 2014")
    assert value(found) == first


def test_counterparts_say_nothing_about_the_first_day(paper):
    term = "This Agreement may be executed in counterparts and shall become effective when each party has signed one and given it to the other."
    assert read(paper, "effective_date", term) == []


def test_paper_without_a_date_of_its_own_is_of_the_day_of_its_last_signature(paper):
    opening = "SUPPLY AGREEMENT\n\nThis Supply Agreement is made by and between Larkspur Optics, Inc. and Pinewater Clinics LLC."
    found = read(paper, "agreement_date", "The term is one year.", opening=opening, signed="March 9, 2014", signed_2="March 11, 2014")
    assert [f.value for f in found] == ["2014-03-11"] and found[0].basis == "last signature"
