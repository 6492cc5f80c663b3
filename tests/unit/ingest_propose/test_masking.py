"""Personal data taken out of what is sent, and places found again."""
from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.propose.masking import masked


@pytest.mark.parametrize(("text", "secret"), [
    ("Write to tom.ash@alder.example today.", "tom.ash@alder.example"),
    ("Call +44 20 7946 0018 now", "7946"), ("Tel.0301234567", "0301234567"), ("Tel: (030) 123 45-67", "123 45"), ("Teléfono 912 345 678.", "345"),
    ("fax 030.123.45.67", "123.45"), ("Mobil 0171/5551234x", "5551234"),
    ("IBAN DE89 3704 0044 0532 0130 00 please", "0532"), ("Konto-Nr. 4711 08 15, BLZ 37040044", "37040044"), ("card 4111 1111 1111 1111", "1111"),
    ("your account no. ALD-100 is", "ALD-100"), ("compte n° 00012345678", "00012345678"), ("sort code 12-34-56", "12-34-56"),
    ("at 12 Mill Lane, in London EC1A 1BB", "12 Mill Lane"), ("in London EC1A 1BB", "1BB"),
    ("Hauptstraße 12, 10115 Berlin", "Hauptstraße 12"),
    ("Berliner Straße 7a in", "Straße 7a"), ("Karl-Marx-Allee 3", "Allee 3"),
    ("Am Alten Markt, 10115 Berlin", "10115 Berlin"), ("14 rue de la Paix, 75002 Paris", "rue de la Paix"), ("Calle de Alcalá 45, Madrid", "Alcalá 45")])
def test_personal_data_are_not_in_what_is_sent(text: str, secret: str) -> None:
    sent = masked(text)
    assert secret in text and secret not in sent.text and "[" in sent.text


@pytest.mark.parametrize("text", [
    "on 2024-02-01 and 31.12.2025, from 01/02/2024 - 31/01/2025", "ends on 2 January 2025. 120 days later", "taken into account. 60 days",
    "EUR 1 250 000 are due", "a sum of 1,250,000.00 and 12.345.678,90", "$1250000 owed",
    "Either party may terminate by giving 90 days' written notice (clause 12.4.1).", "SLA of 99.95 % in 2024"])
def test_days_sums_and_clauses_stay(text: str) -> None:
    assert masked(text).text == text


@pytest.mark.parametrize("text", ["Tom Ash wrote", "tom ash wrote", "Mr Ash wrote", "TOM wrote", "Ash, Tom wrote", "signed: T. Ash"])
def test_known_names_and_their_parts_are_masked(text: str) -> None:
    assert "ash" not in masked(text, ["Tom Ash"]).text.casefold() and "[NAME_1]" in masked(text, ["Tom Ash"]).text


def test_name_is_masked_however_its_accents_are_composed_and_with_its_double_parts() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, "Frau Jiménez-Öz rief an, auch Öz selbst.")
        assert masked(text, ["Ana Jiménez-Öz"]).text.startswith("Frau [NAME_1] rief an")
    assert masked("Ana rang", ["ana jiménez"]).text == "[NAME_1] rang"


def test_name_of_an_office_leaves_the_common_words_in_place() -> None:
    assert masked("our support and Meridian agreed", ["Meridian Support Team"]).text == "our support and Meridian agreed"
    assert masked("Dear Meridian Support Team", ["Meridian Support Team"]).text == "Dear [NAME_1]"


def test_numbers_of_contracts_stay_and_those_of_accounts_go() -> None:
    text = "contract RV-2020-1184 and ALD-100"
    assert masked(text, (), ["ALD-100"], ["RV-2020-1184"]).text == "contract RV-2020-1184 and [ACCOUNT_1]"


def test_equal_words_have_equal_placeholders_and_words_of_the_text_are_never_one() -> None:
    sent = masked("[EMAIL_1] a@b.example, c@d.example, A@b.example", ())
    assert sent.text == "[EMAIL_1] [EMAIL_2], [EMAIL_3], [EMAIL_2]"
    assert sent.restored("to [EMAIL_2] and [EMAIL_1]") == "to a@b.example and [EMAIL_1]"


def test_place_in_what_was_sent_is_found_in_the_text() -> None:
    text = "Notice by Tom Ash (tom.ash@alder.example) of 90 days."
    sent = masked(text, ["Tom Ash"])
    for quote, stands in (("by [NAME_1] (", "by Tom Ash ("), ("90 days", "90 days"), ("[EMAIL_1]) of", "tom.ash@alder.example) of"), ("ME_1] (", "Tom Ash (")):
        at = sent.text.index(quote)
        start, end = sent.back(at, at + len(quote))
        assert text[start:end] == stands


@given(st.lists(st.sampled_from(["Tom Ash", "a@b.example", " ", "90 days", "+44 20 7946 0018", "[NAME_1]", "\n", "é", "12 Mill Lane"]), max_size=12), st.data())
def test_every_place_goes_back_to_where_its_words_stand(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    sent = masked(text, ["Tom Ash"])
    plain = data.draw(st.integers(0, len(text)))
    short = sent.shortened(plain)
    assert all(text[h.start:h.end] not in ("90 days",) and sent.text[h.at:h.at + len(h.placeholder)] == h.placeholder for h in sent.hidden)
    assert sent.back(0, len(sent.text)) == (0, len(text))
    assert short.back(0, len(short.text))[1] <= plain
    assert sent.text.startswith(short.text)


@pytest.mark.parametrize("text", [
    "a" * 40_000, "A-" * 20_000, "1" * 40_000, "A1 " * 13_000, "rue " * 10_000, "account " * 5_000, "Aa " * 13_000, "1. " * 13_000])
def test_hostile_text_is_masked_in_bounded_work(text: str) -> None:
    sent = masked(text, ["Tom Ash"])
    assert sent.back(0, len(sent.text)) == (0, len(text))
