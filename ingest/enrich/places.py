"""Countries and regions by name, for their public holidays: codes as ISO 3166-1 and 3166-2 have them."""

from __future__ import annotations

import re

_PLACES: tuple[tuple[str, str], ...] = (
    (r"northern ireland|belfast", "GB-NIR"),
    (r"scotland|edinburgh|glasgow", "GB-SCT"),
    (r"england|wales|london|united kingdom", "GB-ENG"),
    (r"singapore|singapur|singapour", "SG"),
    (r"hong kong", "HK"),
    (r"dublin|ireland|irland", "IE"),
    (r"bayern|bavaria|munchen|munich", "DE-BY"),
    (r"hessen|frankfurt|kassel|wiesbaden", "DE-HE"),
    (r"berlin", "DE-BE"),
    (r"hamburg", "DE-HH"),
    (r"nordrhein-westfalen|koln|cologne|dusseldorf|dortmund|essen am", "DE-NW"),
    (r"baden-wurttemberg|stuttgart|mannheim", "DE-BW"),
    (r"sachsen-anhalt|magdeburg", "DE-ST"),
    (r"sachsen|leipzig|dresden", "DE-SN"),
    (r"niedersachsen|hannover", "DE-NI"),
    (r"bremen", "DE-HB"),
    (r"rheinland-pfalz|mainz", "DE-RP"),
    (r"thuringen|erfurt", "DE-TH"),
    (r"brandenburg|potsdam", "DE-BB"),
    (r"schleswig-holstein|kiel", "DE-SH"),
    (r"deutschland|germany|bundesrepublik|bundesweit\w*|allemagne|alemania", "DE"),
    (r"osterreich|austria|wien|vienna|autriche", "AT"),
    (r"zurich", "CH-ZH"),
    (r"schweiz|switzerland|suisse|suiza", "CH"),
    (r"france|paris|frankreich|francia|francais\w*", "FR"),
    (r"luxembourg|luxemburg", "LU"),
    (r"belgi\w+|brussels|bruxelles", "BE"),
    (r"netherlands|amsterdam|niederlande|pays-bas", "NL"),
    (r"madrid", "ES-MD"),
    (r"barcelona|catalu\w+", "ES-CT"),
    (r"spain|espana|spanien|espagne", "ES"),
    (r"portugal|lisbon|lisboa", "PT"),
    (r"ital\w+|milan\w*|rome", "IT"),
    (r"quebec|montreal", "CA-QC"),
    (r"new brunswick|nouveau-brunswick|moncton", "CA-NB"),
    (r"ontario|toronto", "CA-ON"),
    (r"british columbia|vancouver", "CA-BC"),
    (r"alberta|calgary", "CA-AB"),
    (r"canada", "CA"),
    (r"new south wales|sydney", "AU-NSW"),
    (r"victoria|melbourne", "AU-VIC"),
    (r"queensland|brisbane", "AU-QLD"),
    (r"australia", "AU"),
    (r"new zealand|auckland", "NZ"),
    (r"mexico", "MX"),
    (r"poland|polen|warsaw", "PL"),
    (r"united states|federal|delaware|new york|california|texas|colorado|illinois|u\.s\.", "US"),
)
_PATTERNS = tuple((re.compile(rf"\b(?:{words})(?!\w)"), code) for words, code in _PLACES)


def place_of(folded: str) -> str | None:
    """Return the code of the place that is named first in a folded text, None for none."""
    found = [(m.start(), code) for pattern, code in _PATTERNS if (m := pattern.search(folded))]
    return min(found)[1] if found else None
