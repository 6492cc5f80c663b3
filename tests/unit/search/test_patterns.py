"""Patterns over one word: what they describe, what is refused and why, and that no pattern takes long."""
from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.pattern import Matcher, PatternError, matcher, parsed, wildcard, written


@pytest.mark.parametrize(("pattern", "met", "missed"), [
    ("noti.*", ["notice", "noti", "notify"], ["knotice", "not"]),
    ("re(fund|pay)s?", ["refund", "refunds", "repay"], ["refunded", "re"]),
    ("fo+d", ["fod", "foood"], ["fd"]),
    ("ab{2,3}c", ["abbc", "abbbc"], ["abc", "abbbbc"]),
    ("ab{2,}c", ["abbc", "abbbbbbc"], ["abc"]),
    ("[a-c]x[^0-4]z", ["axyz", "cx9z"], ["dxyz", "ax3z"]),
    (r"rv\d{4}", ["rv2020"], ["rv20", "rvabcd"]),
    ("KÜNDIG.*", ["kundigung"], ["kundung"]),
])
def test_pattern_describes_whole_folded_words(pattern: str, met: list[str], missed: list[str]) -> None:
    held = Matcher(parsed(pattern))
    assert all(held.fullmatch(word) for word in met)
    assert not any(held.fullmatch(word) for word in missed)


@pytest.mark.parametrize(("pattern", "at", "says"), [
    (".*", 0, "too many words"), ("a.*", 0, "too many words"), ("(ab|.*)", 0, "too many words"), ("[a-z][a-z]", 0, "too many words"),
    ("ab-c", 2, "never met"), ("ab[-c]", 3, "never met"), ("ab cd", 2, "never met"), ("^ab", 0, "never met"), ("ab$", 2, "never met"),
    ("(ab", 0, "not closed"), ("ab)", 2, "never opened"), ("ab[c", 2, "not closed"), ("ab[]", 2, "empty"), ("ab[z-a]", 5, "ends before"),
    ("ab||c", 3, "nothing stands"), ("*ab", 0, "nothing to its left"), ("ab**", 3, "cannot be repeated"), ("ab{3,2}", 2, "smaller to a larger"),
    ("ab{x}", 2, "not of the form"), ("ab{99}", 2, "smaller to a larger"), ("a.*b.*c.*d.*", 0, "without end"), ("((a|b)*ab{20}){20}", 0, "without end"),
    ("ab" * 51, 100, "at most 100"), ("(" * 20 + "ab" + ")" * 20, 9, "nested"), ("(a|b).*a.{12}b", 0, "too complex"),
])
def test_mistake_in_a_pattern_is_named_with_its_place(pattern: str, at: int, says: str) -> None:
    with pytest.raises(PatternError, match=says) as raised:
        parsed(pattern)
    assert raised.value.at == at
    assert raised.value.remedy


def test_pattern_in_common_notation_means_the_same() -> None:
    for pattern in ("noti.*", "re(fund|pay)s?", "(ab|cd)+e{2,3}f", "[a-c]x[^0-4]z", r"ab\d+", "a(b(c|d)?)*ef"):
        part = parsed(pattern)
        assert parsed(written(part)) == part


def test_wildcard_is_a_pattern_of_any_characters() -> None:
    assert written(wildcard("n?ti*")) == "n.ti.*"
    assert matcher("n.ti.*").fullmatch("notice")


@settings(deadline=None)
@given(st.text("ab.|()*+?[]{}1,2\\d^-", max_size=14), st.text("ab12", max_size=8))
def test_pattern_is_refused_or_means_what_a_regular_expression_means(pattern: str, word: str) -> None:
    try:
        part = parsed(pattern)
    except PatternError as error:
        assert error.remedy
        return
    assert Matcher(part).fullmatch(word) == bool(re.fullmatch(pattern, word, re.ASCII))


def test_pattern_with_many_ways_is_held_against_a_long_word_in_one_pass() -> None:
    """A matcher that goes back would need more steps than there are atoms."""
    assert not Matcher(parsed("(a|a|aa)*(a|a)*bc")).fullmatch("a" * 64)
