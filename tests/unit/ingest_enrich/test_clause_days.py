"""Days that a contract names in one place and writes in another, days of signatures, lines of forms; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.clause_days import loose_days, named_day, names_in, rows, signature_day, signature_days, stated_start
from ingest.enrich.clause_mentions import dates
from ingest.enrich.day_forms import Day, order_of
from ingest.enrich.fold import fold

PAPER = Day(0, 5, "2014-03-03")
SIGNED = Day(6, 9, "2014-03-09")


@pytest.mark.parametrize(("text", "days"), [
    ("until March 18. 2021, unless ended", ["2021-03-18"]),
    ("as of the 1s t day of June, 2004", ["2004-06-01"]),
    ("on November 19t h, 2012", ["2012-11-19"]),
    ("effective as of1 August 2019", ["2019-08-01"]),
    ("this 20th day of Friday, March 2020", ["2020-03-20"]),
    ("the first (1st) day of January, 1996", ["1996-01-01"]),
    ("this 1st day of --- November, 2003", ["2003-11-01"]),
    ("expires on the last day of February 2024", ["2024-02-29"]),
    ("at the end of March 2012", ["2012-03-31"]),
    ("the 31st day of February, 2004; room 12, May 2030", []),
])
def test_days_are_read_through_the_slips_of_a_scan(text, days):
    folded = fold(text)
    assert [d.value for d in loose_days(folded, "mdy", 0, len(folded))] == days


@pytest.mark.parametrize(("text", "value", "elsewhere"), [
    ('made on May 3, 2014 (the "Launch Date")', "2014-05-03", False),
    ("signed as of 3 May 2014 (hereinafter referred to as the \u201cLaunch Date\u201d)", "2014-05-03", False),
    ('"Launch Date" means May 3, 2014.', "2014-05-03", False),
    ("Launch Date: May 3, 2014", "2014-05-03", False),
    ('The "Launch Date" shall be the 3rd day of May, 2014.', "2014-05-03", False),
    ('"Launch Date" means the date of the last signature below.', "2014-03-09", True),
    ('"Launch Date" shall mean the date first written above.', "2014-03-03", True),
    ('"Launch Date" means the later of May 3, 2014 and the day of approval.', None, False),
    ('"Launch Date" means the day on which the first unit is sold.', None, False),
    ('on May 3, 2014 (the "Launch Date") and on May 4, 2014 (the "Launch Date")', None, False),
    ('on May 3, 2014 (the "Closing Date")', None, False),
])
def test_named_date_is_the_day_that_its_definition_gives(text, value, elsewhere):
    called = named_day(fold(text), "mdy", "launch date", SIGNED, PAPER)
    assert (called.day.value if called else None) == value
    assert called is None or elsewhere == (called.day in (SIGNED, PAPER))


def test_dates_are_named_by_the_words_before_them():
    folded = fold("It begins on the Services Commencement Date and ends on the second anniversary of the Launch Date; the date of delivery is another.")
    assert [name for name, _ in names_in(folded, 0, len(folded))] == ["services commencement date", "launch date"]


BODY = "The parties agree on many things in this paper. " * 20


@pytest.mark.parametrize(("block", "value"), [
    ("IN WITNESS WHEREOF the parties sign.\nBy: /s/ A. Reed\nDate: March 4, 1998\nBy: /s/ B. Holm\nDate: 3-5-98", "1998-03-05"),
    ("Agreed and accepted:\nName: A. Reed\nDated: 12 March 2011", "2011-03-12"),
    ("IN WITNESS WHEREOF, the parties have executed this Agreement.\nBergen, 2 April 2020\nA. Reed  B. Holm", "2020-04-02"),
    ("IN WITNESS WHEREOF the parties sign.\nBy: A. Reed\nBy: B. Holm", None),
    ("The reports of March 4, 1998 are due.", None),
    ("IN WITNESS WHEREOF the parties sign.\nSource: HARROW INC, 10-Q, 3/6/2020", None),
])
def test_last_of_the_days_beside_the_signatures_counts(block, value):
    day = signature_day(signature_days(fold(f"{BODY}\n{block}"), "mdy"))
    assert (day.value if day else None) == value


@pytest.mark.parametrize(("text", "value"), [
    ("This Agreement, effective as of this 1st day of March 2020, is made between us.", "2020-03-01"),
    ("Signed and effective this 25th day of May, 1999.", "1999-05-25"),
    ("The contract is effective from 1 January 2009.", "2009-01-01"),
    ("It is effective as of May 1, 2009. Annex B is effective as of June 1, 2009.", None),
    ("The effective management of May 3, 2010 was praised.", None),
])
def test_first_day_in_plain_words_counts_where_there_is_one(text, value):
    day = stated_start(fold(text), "mdy")
    assert (day.value if day else None) == value


@pytest.mark.parametrize(("line", "start", "end"), [
    ("Term: May 1, 2019 to April 30, 2020", "2019-05-01", "2020-04-30"),
    ("Term of the Agreement: 1 May 2019 through 30 April 2020", "2019-05-01", "2020-04-30"),
    ("Contract end: 04-01-08", None, "2008-04-01"),
    ("Expiry Date | 31 March 2021", None, "2021-03-31"),
    ("Commencement date for maintenance: March 1, 2001", "2001-03-01", None),
    ("Effective Date: the later of May 1, 2019 and approval", None, None),
    ("Delivery Date: May 1, 2019", None, None),
])
def test_line_of_a_form_states_first_and_last_day(line, start, end):
    text = f"ORDER FORM\n{line}\nPrice: 40"
    found = rows(text, fold(text), "mdy")
    assert {edge: row[2].value for edge, row in found.items()} == {k: v for k, v in (("start", start), ("end", end)) if v}
    assert all(text[a:b] in line for a, b, _ in found.values())


def test_mark_of_a_filing_inside_of_a_line_is_no_day_of_the_paper():
    text = fold("of the parties. Source: HARROW INC, 8-K, 11/6/2019 and on May 3, 2014 they met; the source: a book, 5 pages, 3/6/2018")
    assert "11/6/2019" not in [text[m.start:m.end] for m in dates(text)]


@pytest.mark.parametrize(("text", "order"), [
    ("between Tarn Optics, Inc., a Delaware corporation; including but not limited to 7/1/98", "mdy"),
    ("between Tarn Optics, Inc., a Delaware corporation with limited liability partners, as of 7/1/98", "mdy"),
    ("between Tarn Optics Limited and a Delaware corporation as of 7/1/98", "dmy"),
])
def test_word_limited_tells_a_country_only_as_the_form_of_a_company(text, order):
    assert order_of(fold(text), "en") == order
