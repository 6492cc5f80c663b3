"""What a passage of a contract says as a value: days with blanks, ends of a term stated or reckoned, lengths of renewal and of notice."""
from __future__ import annotations

import pytest

from ingest.enrich.clause_ends import ends
from ingest.enrich.clause_values import PERPETUAL, Length, begins, day_in, notice_of, renews_for, shifted
from ingest.enrich.fold import fold


def read(rule, text, *more):
    return rule(fold(text), "mdy", 0, len(text), *more)


@pytest.mark.parametrize(("text", "day"), [
    ("this 8th day of May 2014", "2014-05-08"),
    ("the first day of June, 1999", "1999-06-01"),
    ("THE 19 DAY OF MAY , 2010", "2010-05-19"),
    ("27t h day of March, 2017", "2017-03-27"),
    ("November 14, 2002,", "2002-11-14"),
    ("3/15/2018", "2018-03-15"),
    ("March ___, 2004", "2004-03"),
    ("this ___ day of _________, 2004", "2004"),
    ("[__________]", None),
    ("the thirty-first day of February, 2004", "2004-02"),
])
def test_day_is_told_as_far_as_it_is_written(text, day):
    assert read(day_in, text) == day


@pytest.mark.parametrize(("text", "first", "end", "derived"), [
    ("This Agreement shall expire on March 14, 2020 unless terminated earlier.", None, "2020-03-14", False),
    ("The term commences on September 10, 2015 and ends on September 9, 2016.", None, "2016-09-09", False),
    ("This Agreement shall commence on September 10, 2015 and shall continue for One (1) Year.", "2015-09-10", "2016-09-09", True),
    ("It shall continue until the fifth (5th) anniversary of the Effective Date.", "2019-11-12", "2024-11-12", True),
    ("from the Effective Date through the day prior to the second anniversary of the Effective Date", "1999-11-19", "2001-11-18", True),
    ("shall remain in effect for sixty (60) months from the Effective Date (the \"Initial Term\")", "2000-03-31", "2005-03-31", True),
    ("The initial term is three years from the Commencement Date.", "2021-05-01", "2024-04-30", True),
    ("This Agreement is for a term of ten (10) years.", "2018-01-15", "2028-01-14", True),
    ("This Agreement is for a term of ten (10) years.", None, None, False),
    ("This Agreement shall continue until terminated by either party.", "2018-01-15", PERPETUAL, False),
    ("The license shall continue indefinitely.", None, PERPETUAL, False),
    ("It remains in effect until the completion of the Services, unless terminated earlier.", "2018-01-15", None, False),
    ("The term is two years and may be terminated on sixty days' prior written notice.", "2018-01-15", "2020-01-14", True),
    ("Either party may terminate on ninety (90) days' prior written notice.", "2018-01-15", None, False),
    ("The term shall be one year from that day.", "2020-02-29", "2021-02-28", True),
    ("for a term of two years from that date", "2004-03", "2006-03", True),
])
def test_end_of_a_term_is_stated_or_reckoned_from_its_first_day(text, first, end, derived):
    said = read(ends, text, first)
    assert said[0] == end
    assert said[1] == derived or said[0] is None


@pytest.mark.parametrize(("text", "agreed", "day", "derived"), [
    ("This Agreement takes effect on July 1, 2018.", "2018-06-20", "2018-07-01", False),
    ("This Agreement shall become effective upon the date first written above.", "2018-07-19", "2018-07-19", True),
    ("The Term begins on the date hereof and shall expire December 31, 2023.", "2019-02-28", "2019-02-28", True),
    ("This Agreement becomes effective upon approval by the authority.", "2019-02-28", None, False),
    ("This Agreement shall become effective upon its execution.", None, None, False),
])
def test_first_day_is_written_or_that_of_the_paper(text, agreed, day, derived):
    assert read(begins, text, agreed) == (day, derived)


@pytest.mark.parametrize(("text", "length"), [
    ("This Agreement will renew automatically for successive one-year terms unless a party gives sixty (60) days' written notice.", Length(12, "months")),
    ("It continues for two years from the date hereof, and thereafter automatically for successive annual periods.", Length(12, "months")),
    ("shall be extended for an additional period of half a year", Length(6, "months")),
    ("Thereafter this Agreement renews month-to-month.", Length(1, "months")),
    ("The term may be extended by the Customer for two further periods of five (5) years each.", Length(60, "months")),
    ("and thereafter shall remain in effect until terminated by either Party", PERPETUAL),
    ("The parties may agree on an extension.", None),
])
def test_renewal_is_read_from_behind_the_words_for_it(text, length):
    folded = fold(text)
    assert renews_for(folded, 0, len(folded)) == length


@pytest.mark.parametrize(("text", "length"), [
    ("renew for successive one year periods unless notice is given at least thirty (30) days prior to expiration", Length(30, "calendar_days")),
    ("unless either party gives six (6) months' prior written notice of non-renewal", Length(6, "months")),
    ("shall be renewed for one year unless cancelled in writing a minimum of 60 days before the end of the term", Length(60, "calendar_days")),
    ("unless one year's written notice is given", Length(12, "months")),
    ("unless notice is given before the end of the term", None),
])
def test_notice_against_renewal_is_not_the_term_that_it_ends(text, length):
    folded = fold(text)
    assert notice_of(folded, 0, len(folded)) == length


def test_days_that_are_no_days_of_the_calendar_are_not_made_up():
    assert shifted("9999-06-01", 12, 0, 0) is None
    assert shifted("2004", 6, 0, 0) is None
    assert shifted("2004-03", 0, 10, 0) is None
