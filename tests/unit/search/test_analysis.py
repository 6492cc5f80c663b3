"""How text becomes tokens."""
from __future__ import annotations

import pytest

from archive.analysis import ANALYSIS_VERSION, TOKEN_CHARS, analyse, analyse_both, analyse_exact, fold, key_of, places, spans, surfaces, variants


@pytest.mark.parametrize(("text", "tokens"), [
    ("INV-25-0331", "inv 25 0331"), ("clause 14.2(b)", "clause 14 2 b"), ("J.Doe@OKV.example", "j doe okv example"),
    ("file_name_2024.pdf", "file name 2024 pdf"), ("5.000,00 EUR", "5 000 00 eur"), ("l’avenant", "l avenant"), ("", ""), (" - ? ", ""),
])
def test_identifiers_are_runs_of_their_parts(text: str, tokens: str) -> None:
    assert analyse_exact(text) == tokens


@pytest.mark.parametrize(("text", "token"), [
    ("Édith", "edith"), ("E\u0301dith", "edith"), ("STRASSE", "strasse"), ("Straße", "strasse"), ("Łódź", "lodz"), ("Ærø", "aero"), ("ﬁne", "fine"),
    ("ＡＢＣ", "abc"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("İstanbul", "istanbul"), ("Μαΐου", "μαιου"),
])
def test_case_width_and_accents_do_not_count(text: str, token: str) -> None:
    assert analyse_exact(text) == token


def test_words_are_stemmed_by_the_language_of_the_document_and_unstemmed_in_others() -> None:
    assert analyse("notices", "en") == analyse("notice", "en")
    assert analyse("Kündigungen", "de") == analyse("kündigung", "de") == "kundig"
    assert analyse("notices", "it") == analyse("notices", None) == "notices"
    assert analyse("notices", "en-GB") == analyse("notices", "en")


def test_word_written_with_and_without_its_umlaut_has_one_stem() -> None:
    assert analyse("Kündigung", "de") == analyse("Kundigung", "de")


def test_chinese_and_japanese_characters_are_words_of_their_own_and_thai_and_korean_are_not_cut() -> None:
    assert analyse_exact("契約を解除abc") == "契 約 を 解 除 abc"
    assert analyse_exact("해지 통지") == "해지 통지"


def test_both_streams_have_as_many_tokens_so_that_positions_agree() -> None:
    for text in ("Notices of the Services, ½ paid", "Kündigungen und Straßen", "x" * 200 + " y"):
        stems, exact = analyse_both(text, "de")
        assert len(stems.split()) == len(exact.split())


def test_long_runs_are_cut_alike_in_every_stream() -> None:
    run = "Ab9" * 40
    assert analyse_exact(run) == analyse(run, "en") == run.lower()[:TOKEN_CHARS]
    assert analyse_exact(run + " é") == run.lower()[:TOKEN_CHARS] + " e"


def test_half_surrogates_and_control_characters_separate() -> None:
    assert analyse_exact("a\ud800b\x00c") == "a b c"


def test_spans_stand_where_the_words_stand() -> None:
    text = "Die Kündigung (½) vom 3."
    assert [(s.token, text[s.start:s.end]) for s in spans(text, None)] == [
        ("die", "Die"), ("kundigung", "Kündigung"), ("1", "½"), ("2", "½"), ("vom", "vom"), ("3", "3")]


def test_variants_are_the_forms_of_every_stemmer_without_repeats() -> None:
    assert ("kundig",) in variants("Kündigungen")
    assert ("kundigungen",) in variants("Kündigungen")
    assert variants("INV-25-0331") == (("inv", "25", "0331"),)
    assert variants("?!") == ()


@pytest.mark.parametrize("filler", ["", " filler" * 10_000])
def test_places_takes_words_whole_and_as_written(filler: str) -> None:
    text = "Fee fees FEE coffee fee_1 fe\u0301e 約fee" + filler
    assert surfaces("a_b a") == {"a", "b"}
    assert [text[first:last] for first, last, _ in places(text, {"Fee", "fee"}, 0, len(text))] == ["Fee", "fee", "fee"]
    assert places(text, {"約"}, 0, len(text)) == [(31, 32, "約")]
    assert places(text, set(), 0, len(text)) == []


def test_names_are_compared_without_case_accents_and_blanks() -> None:
    assert key_of("  José   NÚÑEZ ") == "jose nunez"
    assert fold("Ünïcode") == "unicode"


def test_version_names_the_stemmer() -> None:
    assert "snowball-" in ANALYSIS_VERSION
