"""Numbers that one document puts in the place of another's, figures against the report, credits that put a rate right, drafts, notices that only recall one."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders.records import client_file, fact, read_record

from archive.likeness import primary_order
from archive.model.record import ReadRecord
from history import assemble
from history.notice import asks_for_cure, is_notice_of_termination
from history.terms import is_draft


def told(record_id: str, text: str, words: str, name: str, kind: str = "legal_letter", **value: object) -> ReadRecord:
    return read_record(record_id, text, kind, date="2024-11-04", facts=(fact(text, name, json.dumps(value), words),))


def conflicts(*reads: ReadRecord) -> list[str]:
    return [c["what"] for c in assemble(client_file(*reads)).as_json()["conflicts"]]


DENIES = told("a", "2,310 guests are affected, not 1,140.", "2,310 guests are affected, not 1,140", "asserts_number", value="2310", against="1140")


@pytest.mark.parametrize(("text", "expected"), [
    ("We think that 1,140 people are concerned.", 1), ("1140 rows", 1), ("1.140 Kunden", 1), ("Invoice 11,140.00 and 1,140,000 units", 0), ("Nothing.", 0)])
def test_number_that_another_document_gives_and_one_denies_is_a_conflict(text: str, expected: int) -> None:
    assert len(conflicts(DENIES, read_record("b", text, "email", date="2024-09-12"))) == expected


def test_number_that_only_advice_gives_is_told_to_nobody() -> None:
    assert conflicts(DENIES, read_record("b", "1,140 by our count", "email", date="2024-09-12", privileged=True)) == []


@pytest.mark.parametrize(("value", "expected"), [(0.789, 1), (0.741, 0), (0.2, 0)])
def test_figure_of_a_month_is_held_against_the_report(value: float, expected: int) -> None:
    letter = told("a", "October stood at that.", "October stood at that", "asserts_figure", metric="share", value=value, period="2024-10")
    report = told("b", "October 74.1", "October 74.1", "figure", "sla_report", metric="SL1", value=74.1, date="2024-10-31")
    assert len(conflicts(letter, report)) == expected


@pytest.mark.parametrize(("words", "expected"), [
    ("Rate correction T-10655", [("amount_mismatch", 90.0)]), ("Korrektur des Stundensatzes RE-17", [("amount_mismatch", 90.0)]),
    ("Credit for the outage", [])])
def test_credit_that_puts_a_rate_right_is_a_mismatch(words: str, expected: list[tuple[str, float]]) -> None:
    text = f"2025-01-31 invoice 900 T-10655\n2025-02-20 credit 90 CM-1 {words}"
    billed = {"day": "2025-01-31", "kind": "invoice", "amount": "900", "number": "T-10655"}
    credited = {"day": "2025-02-20", "kind": "credit", "amount": "90", "number": "CM-1", "details": words}
    lines = [fact(text, "ledger_row", json.dumps(row), " ".join(row.values()), "USD") for row in (billed, credited)]
    file = client_file(read_record("l", text, "ledger", date="2025-03-01", facts=tuple(lines)))
    assert [(d["kind"], d["amount"]) for d in assemble(file).as_json()["billing"]["discrepancies"]] == expected


def test_paper_named_as_signed_goes_before_its_commented_version() -> None:
    early = read_record("a", "x", "amendment", date="2023-04-27", path="contracts/2nd amend cmts 4-27.docx").record
    signed = read_record("b", "x", "amendment", date="2023-05-09", path="contracts/Second Amendment - signed.pdf").record
    unsigned = read_record("c", "x", "amendment", date="2023-05-01", path="contracts/Second Amendment unsigned.pdf").record
    plain = read_record("d", "x", "amendment", date="2023-05-01", path="contracts/Second Amendment.pdf").record
    assert min((early, unsigned, plain, signed), key=primary_order) is signed


@pytest.mark.parametrize(("text", "expected"), [
    ("DRAFT 4/27/23 - comments\nAmendment", True), ("Nachtrag\nENTWURF Stand 3. Mai", True), ("Amendment\nNOT FOR SIGNATURE", True),
    ("The Supplier shall send a draft plan.\nDrafts are not binding.", False)])
def test_paper_that_says_so_is_a_draft(text: str, expected: bool) -> None:
    assert is_draft(read_record("a", text, "amendment")) is expected


def letter(text: str, kind: str) -> ReadRecord:
    return read_record("a", text, kind, date="2024-11-19")


def test_notice_that_recalls_a_remediation_notice_ends_the_contract() -> None:
    assert is_notice_of_termination(letter("Dear Sir,\nWe refer to our Remediation Notice of 4 November. We hereby terminate the Agreement.", "notice"))
    assert not is_notice_of_termination(letter("REMEDIATION NOTICE\nIf you fail we may terminate the Agreement.", "notice"))


def test_answer_to_a_remediation_notice_gives_no_time_to_cure() -> None:
    assert asks_for_cure(letter("REMEDIATION NOTICE under clause 17.1\nPut this right within 20 days.", "notice"))
    assert not asks_for_cure(letter("Dear Mr Prunty,\nWe acknowledge your Remediation Notice of 4 November.", "legal_letter"))


def test_replacing_number_keeps_the_days_of_the_first_paper() -> None:
    first, second = "Remedy Period thirty Working Days", "for thirty twenty"
    from history.terms import papers, term
    file = client_file(read_record("c", first, "contract", date="2022-05-11", facts=(fact(first, "cure_period", 30, "thirty Working Days", "business_days"),)),
                       read_record("d", second, "amendment", date="2024-02-14", facts=(fact(second, "cure_period", 20, "twenty"),)))
    held = term("cure_period", papers(file), "2024-11-04")
    assert held is not None and (held.value, held.unit) == (20, "business_days")
    assert replace(held, unit="") != held
