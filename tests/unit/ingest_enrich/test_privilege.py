"""Privilege: found wherever a mark or advice stays inside, and never by a footer, an offer or for what went across."""
from __future__ import annotations

import pytest

from archive.model.extracted import Segment
from ingest.enrich.privilege import privileged

FOOTER = "\n\nThis message is from an attorney and may be privileged. If you received it in error, delete it and notify the sender."


@pytest.mark.parametrize(("subject", "text"), [
    ("PRIVILEGED & CONFIDENTIAL - notice", "Kim, my view is below."),
    ("Legally privileged: notice", "It is eight days of fees."),
    ("A/C PRIVILEGED - enforcement", "File it."),
    ("advice", "Attorney-client privileged. I would settle."),
    ("notice", "Legal advice - do not forward. Clause 9 works as written."),
    ("Kündigung", "Vertraulich, anwaltliche Beratung: die Frist läuft."),
    ("résiliation", "Secret professionnel de l'avocat. La clause est valable."),
    ("rescisión", "Secreto profesional abogado-cliente. La cláusula es válida."),
])
def test_marked_advice_inside_is_privileged(mail, subject, text):
    found = privileged(mail(text, subject=subject))
    assert found is not None
    assert found.value == "true"
    assert found.basis


def test_advice_that_is_passed_on_is_privileged(mail):
    text = "see below\n\nFrom: counsel\nPrivileged and confidential. My advice is to wait."
    assert privileged(mail(text, segments=(Segment("new", 0, 9), Segment("quoted", 11, len(text))))) is not None


def test_lawyer_who_reasons_without_a_mark_is_privileged(mail):
    text = ("Kim\nUnder clause 9 the notice is deemed received late; a court may see a penalty. Our liability is small.\nBo "
            "Reed\nGeneral Counsel")
    assert privileged(mail(text)) is not None


def test_law_firm_address_with_advice_is_privileged(mail):
    assert privileged(mail("We advise you to wait.", sender="x@reed-llp.example")) is not None


@pytest.mark.parametrize("text", ["Please send the March invoice." + FOOTER, "lunch at noon?" + FOOTER,
    "The information may be legally privileged."])
def test_footer_alone_is_no_mark(mail, text):
    assert privileged(mail(text)) is None


def test_what_went_to_the_other_side_is_not_privileged(mail):
    assert privileged(mail("my view", subject="PRIVILEGED AND CONFIDENTIAL", to=("nora.fielding@harbourpine.example",))) is None
    assert privileged(mail("Privileged and confidential. We advise you to pay.", sender="nora.fielding@harbourpine.example")) is None


@pytest.mark.parametrize("subject", ["WITHOUT PREJUDICE AND SUBJECT TO CONTRACT", "Rule 408 settlement communication"])
def test_offers_are_not_privileged(mail, subject):
    assert privileged(mail("We would pay £5,000.", subject=subject)) is None


def test_news_from_counsel_is_not_privileged(mail):
    assert privileged(mail("The signed copy is attached.\nBo Reed\nGeneral Counsel")) is None


def test_memorandum_of_counsel_is_privileged_and_a_contract_is_not(paper):
    assert privileged(paper("Reed LLP\nPRIVILEGED AND CONFIDENTIAL - ATTORNEY WORK PRODUCT\nMEMO\nExposure is small.")) is not None
    assert privileged(paper("Services Agreement\n9. Confidentiality. Nothing here waives legal advice.")) is None
