"""How long a contract goes on each time and which notice stops it, in the words that drafters use; all invented."""
from __future__ import annotations

import pytest

from ingest.enrich.clause_categories import clause_categories
from ingest.enrich.clause_values import PERPETUAL, Length, notice_of, renews_for
from ingest.enrich.fold import fold


@pytest.mark.parametrize(("text", "length"), [
    ("unless notified within three (3) months after the Renewal Notice, it shall automatically renew for one (1) twelve-month period", Length(12, "months")),
    ("three years with automatic 2 year term extensions unless otherwise advised", Length(24, "months")),
    ("it shall automatically renew for an unlimited period of time after ten (10) years", PERPETUAL),
    ("Thereafter, it shall continue in effect until either party gives the other at least six (6) months prior written notice", PERPETUAL),
    ("it will extend automatically for monthly periods unless a party objects", Length(1, "months")),
    ("it will be renewed for successive additional 3~year periods", Length(36, "months")),
    ("it will automatically renew for additional [***] terms until either party gives notice", None),
    ("notice of its election not to renew before the end of the initial twenty (20) year term", None),
])
def test_renewal_is_the_length_that_belongs_to_it(text, length):
    folded = fold(text)
    assert renews_for(folded, 0, len(folded)) == length


@pytest.mark.parametrize(("text", "length"), [
    ("renewed for one (1) or more one (1) month periods unless notice is given of the intention not to renew", None),
    ("renewed for one (1) month periods unless notice is given not less than fifteen (15) days before the end", Length(15, "calendar_days")),
])
def test_length_of_a_renewal_is_no_notice(text, length):
    folded = fold(text)
    assert notice_of(folded, 0, len(folded)) == length


CONTRACT = """LICENSE AGREEMENT

This License Agreement is made as of March 3, 2014 by and between Larkspur Optics, Inc. and Pinewater Clinics LLC.

1. Term. {term}

2. Governing Law. This Agreement shall be governed by the laws of the State of Oregon.
"""


def notices(paper, term):
    facts = clause_categories(paper(CONTRACT.format(term=term)), "contract", "en", ())
    return [(f.value, f.unit) for f in facts if f.name == "notice_period_to_terminate_renewal"]


@pytest.mark.parametrize(("term", "notice"), [
    ("The term of this Agreement is one year and will be automatically renewed for one additional year unless either party tells the other that it does not "
     "wish to renew. Such notice must be given ninety (90) days prior to the expiration of the original term.", (90, "calendar_days")),
    ("This Agreement is automatically renewed every ten (10) years for a further ten (10) year term. A six (6) months notice must be given by either party of "
     "their intention to terminate.", (6, "months")),
    ("The term of this Agreement is two years. Thereafter, this Agreement shall automatically continue in effect until either party gives the other at "
     "least six (6) months prior written notice of termination.", (6, "months")),
])
def test_notice_beside_the_renewal_is_the_one_against_it(paper, term, notice):
    assert notice in notices(paper, term)


@pytest.mark.parametrize("term", [
    "Pinewater may extend the term of this Agreement for an additional one year, provided it gives Larkspur sixty (60) days advance written notice.",
    "Larkspur shall have the option to renew this Agreement for one year by written notice sixty (60) days before the end of the term.",
])
def test_notice_by_which_somebody_makes_it_go_on_is_none_against_renewal(paper, term):
    assert notices(paper, term) == []
