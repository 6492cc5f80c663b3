"""What of a model's answer counts, and why the rest does not."""
from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadAnswer
from archive.model.extracted import Page, Passage
from archive.model.fact import Fact
from ingest.propose.answers import MOST, judged
from ingest.propose.masking import masked, unmasked
from ingest.propose.question import ASKED

TEXT = "Tom Ash may end this\nagreement on 60 days' notice. The 60 days run from receipt. EUR 500 are due."


def told(**changed: Any) -> dict[str, Any]:
    return {"name": "notice_period", "value": 60, "unit": "calendar_days", "quote": "on 60 days' notice"} | changed


def of(*facts: dict[str, Any], text: str = TEXT, read: tuple[Fact, ...] = ()) -> tuple[list[Any], dict[str, int]]:
    found = judged(json.dumps({"facts": list(facts)}), unmasked(text), "small", read)
    return [(f.name, f.value, f.unit, f.passages[0].quote) for f in found.kept], found.refused


def test_proposal_whose_quote_stands_is_kept_with_its_place_and_the_model_as_basis() -> None:
    found, = judged(json.dumps({"facts": [told()]}), unmasked(TEXT), "small", (), (Page(7, 0, len(TEXT)),)).kept
    at = TEXT.index("on 60")
    assert found.passages == (Passage(at, at + len("on 60 days' notice"), "on 60 days' notice", 7),)
    assert (found.value, found.unit, found.basis) == (60, "calendar_days", "model small")


def test_quote_stands_also_where_its_lines_are_broken_otherwise() -> None:
    assert of(told(quote="end this agreement  on 60 days' notice"))[0][0][3] == "end this\nagreement on 60 days' notice"


@pytest.mark.parametrize(("changed", "why"), [
    ({"name": "colour"}, "there is no fact of that name"), ({"quote": "on 61 days' notice"}, "the quote does not stand in the record"),
    ({"quote": "On 60 days' notice"}, "the quote does not stand in the record"), ({"quote": "60 days"}, "the quote stands in several places"),
    ({"quote": " "}, "the quote is empty or too long"), ({"quote": "x" * 5000}, "the quote is empty or too long"),
    ({"value": "sixty"}, "the value is not of its form"), ({"unit": "moons"}, "the value is not of its form"), ({"value": -3}, "the value is not of its form"),
    ({"name": "agreement_date", "value": "31.12.2025", "unit": ""}, "the value is not of its form"),
    ({"name": "agreement_date", "value": "2025-02-30", "unit": ""}, "the value is not of its form"),
    ({"name": "amount", "value": "NaN", "unit": "EUR"}, "the value is not of its form"),
    ({"name": "amount", "value": 1e300, "unit": "EUR"}, "the value is not of its form"),
    ({"name": "given_by", "value": "the moon", "unit": ""}, "the value is not of its form")])
def test_what_does_not_count_is_refused_with_its_reason(changed: dict[str, Any], why: str) -> None:
    assert of(told(**changed)) == ([], {why: 1})


def test_what_was_read_already_and_what_is_said_twice_is_refused() -> None:
    at = TEXT.index("60 days'")
    fact = Fact("notice_period", 60, (Passage(at, at + 8, "60 days'"),), "clause", "calendar_days")
    assert of(told(), read=(fact,)) == ([], {"it was read already": 1})
    assert of(told(), told())[1] == {"it is proposed twice": 1}


def test_no_more_than_so_many_are_looked_at() -> None:
    assert of(*[told(name="x")] * MOST, told())[1] == {"there is no fact of that name": MOST, "there are too many": 1}


def test_fence_of_code_around_the_answer_is_no_fault() -> None:
    answer = "```json\n" + json.dumps({"facts": [told()]}) + "\n```"
    assert len(judged(answer, unmasked(TEXT), "small", ()).kept) == 1


@pytest.mark.parametrize("answer", [
    "", "I think", "[]", "{}", '{"facts": {}}', '{"facts": [1]}', '{"facts": [{"name": "amount"}]}', '{"facts": [], "more": 1}', "\ud800", "[" * 9999,
    json.dumps({"facts": [told(start=3)]}), json.dumps({"facts": [told(value=True)]}), json.dumps({"facts": [told(value=None)]})])
def test_answer_of_another_form_is_none(answer: str) -> None:
    with pytest.raises(BadAnswer):
        judged(answer, unmasked(TEXT), "small", ())


def test_quote_with_a_placeholder_is_that_of_the_text_itself() -> None:
    sent = masked(TEXT, ["Tom Ash"])
    found, = judged(json.dumps({"facts": [told(quote="[NAME_1] may end this\nagreement on 60 days' notice")]}), sent, "small", ()).kept
    assert found.passages[0].quote == "Tom Ash may end this\nagreement on 60 days' notice" == TEXT[found.passages[0].start:found.passages[0].end]


@given(st.text(max_size=60), st.lists(st.fixed_dictionaries({
    "name": st.sampled_from([*ASKED, "x"]), "value": st.one_of(st.text(max_size=12), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    "unit": st.one_of(st.none(), st.text(max_size=4)),
    "quote": st.text(max_size=8)}), max_size=5))
def test_whatever_is_proposed_what_is_kept_stands_in_the_text(text: str, facts: list[dict[str, Any]]) -> None:
    found = judged(json.dumps({"facts": facts}), unmasked(text), "small", ())
    assert len(found.kept) + sum(found.refused.values()) == len(facts)
    assert all(text[p.start:p.end] == p.quote != "" for f in found.kept for p in f.passages)
