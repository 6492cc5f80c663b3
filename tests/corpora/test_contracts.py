"""Clauses of the 60 labelled contracts (bench/contracts.py) are found as often as docs/clauses.md says, give or take little."""
from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from bench import contracts
from bench.clause_labels import Gold, matched, overlap

FOLDER = "corpora/contracts-cuad"


@pytest.mark.corpora
def test_clauses_of_labelled_contracts_are_found_with_their_passages(shared: Path) -> None:
    papers = list(contracts.contracts(shared / FOLDER, "master_clauses.csv", "full_contract_txt"))
    if not papers:
        pytest.skip("corpora: contracts-cuad is absent")
    scores = contracts.score(papers).values()
    assert sum(there.f1 for there, _, _ in scores) / len(scores) >= 0.85
    assert sum(passages.f1 for _, passages, _ in scores) / len(scores) >= 0.7
    valued = [values.f1 for _, _, values in scores if values.expected]
    assert len(valued) == 5 and sum(valued) / 5 >= 0.85


def test_passage_meets_its_own_once_and_only_with_half_of_both() -> None:
    gold = Gold("words", (((100, 200),), ((500, 600),)))
    assert overlap((100, 150), gold) == 0.5 and overlap((520, 600), gold) == 0.8
    assert matched([(100, 200), (500, 600)], (gold,)) == 1
    assert matched([(100, 149)], (gold,)) == 0
    assert overlap((100, 600), Gold("in two parts", (((100, 200), (500, 600)),))) == 0.4


@pytest.mark.parametrize(("category", "answer", "value"), [
    ("Agreement Date", "5/8/14", "2014-05-08"), ("Agreement Date", "[]/[]/2004", None), ("Effective Date", "5/8/99", "1999-05-08"),
    ("Effective Date", "2/30/14", None),
    ("Expiration Date", "Perpetual", "perpetual"), ("Renewal Term", "successive 2 years", (24, "month")), ("Renewal Term", "", None),
    ("Expiration Date", "31/01/2025", "2025-01-31"), ("Renewal Term", "0.5 year", (6, "month")), ("Renewal Term", "successive []", None),
    ("Renewal Term", "perpetual", "perpetual"), ("Notice Period To Terminate Renewal", "(6) months", (6, "month")),
    ("Notice Period To Terminate Renewal", "6 weeks", (42, "day"))])
def test_answers_of_people_are_read_as_values(category: str, answer: str, value: object) -> None:
    assert contracts.wanted_value(category, answer) == value


@pytest.mark.parametrize(("category", "answer", "values"), [
    ("Effective Date", "07/31/2000; 07/[]/2000", ("2000-07-31",)), ("Renewal Term", "5 years; 2 years", ((60, "month"), (24, "month"))),
    ("Expiration Date", "[]/[]/2004", ()), ("Agreement Date", "", ())])
def test_any_of_several_answers_is_right(category: str, answer: str, values: tuple[object, ...]) -> None:
    assert contracts.wanted_values(category, answer) == values


def test_last_day_of_a_term_may_be_the_one_before_and_no_other() -> None:
    assert contracts.same_value("Expiration Date", "2014-05-07", "2014-05-08") and not contracts.same_value("Expiration Date", "2014-05-09", "2014-05-08")
    assert not contracts.same_value("Effective Date", "2014-05-07", "2014-05-08") and not contracts.same_value("Expiration Date", None, None)
