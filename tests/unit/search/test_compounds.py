"""Parts of German compounds, words of the same meaning, kinds and months that a question names."""
from __future__ import annotations

import pytest

from archive.analysis import analyse
from archive.compounds import parts_of
from search_api.query import parse
from search_api.query.kind_words import kinds_named, months_named
from search_api.query.thesaurus import related, shown


@pytest.mark.parametrize(("word", "parts"), [
    ("Kündigungsfrist", ("kündigung", "frist")), ("Vertragsstrafe", ("vertrag", "strafe")), ("Schlussabrechnung", ("schluss", "abrechnung")),
    ("Löschprotokoll", ("lösch", "protokoll")), ("Kundenservice", ("kunden", "service")), ("Versicherungsnummer", ("versicherung", "nummer")),
])
def test_compound_of_the_trade_has_these_parts(word: str, parts: tuple[str, ...]) -> None:
    assert parts_of(word) == parts


@pytest.mark.parametrize("word", ["Vereinbarung", "zugegangen", "Mitarbeiter", "frist", "INV-25", "Unterlagen", ""])
def test_word_that_is_no_compound_has_no_parts(word: str) -> None:
    assert parts_of(word) == ()


def test_words_of_the_same_meaning_are_found_in_the_other_languages() -> None:
    stems = {stem for _, stem in related("refund")}
    assert {analyse("Erstattung", "de"), analyse("remboursement", "fr"), analyse("reembolso", "es")} <= stems
    assert analyse("refund", "en") not in stems
    assert "remboursement" in shown("Erstattung")


def test_any_form_of_a_word_leads_to_its_group_and_a_stranger_to_none() -> None:
    assert related("refunds") == related("refunded")
    assert related("zebra") == []
    assert shown("zebra") == []


def test_question_names_kinds_and_months() -> None:
    assert kinds_named(["Rechnung"]) == ["invoice"]
    assert months_named(parse("invoice March 2025")) == ("2025-03",)
    assert months_named(parse("courriel du 3 mars 2024")) == ("2024-03",)
    assert months_named(parse("invoice of March")) == ()
