"""Deadlines: reckoned from what the papers say, each cited; as a list and as a calendar that every reader takes."""
from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from builders.records import client_file, fact, read_record
from hypothesis import given
from hypothesis import strategies as st

from archive.model.record import ReadRecord
from history.cited import Known
from history.deadline_feed import LINE_OCTETS, calendar, fold, text, uid
from history.deadlines import TITLES, Deadline, deadlines, next_of

NOW = datetime(2025, 6, 1, 9, 30, tzinfo=UTC)
CONTRACT = ("Agreement MSA-7 of 1 May 2023. It runs to 30 April 2026 and renews for twelve months unless either party gives notice. Such notice: N before "
            "the end of the term. A breach is to be cured within thirty days. All records are to be kept for the legal time.")


def contract(period: int = 90, unit: str = "calendar_days", end: str = "2026-04-30", *more: Any) -> ReadRecord:
    return read_record("contract", CONTRACT, "contract", date="2023-05-01", types=("contractual",), facts=(
        fact(CONTRACT, "contract_number", "MSA-7", "MSA-7"), fact(CONTRACT, "expiration_date", end, "30 April 2026"),
        fact(CONTRACT, "renewal_term", 12, "renews for twelve months", "months"),
        fact(CONTRACT, "notice_period_to_terminate_renewal", period, "N before the end of the term", unit),
        fact(CONTRACT, "cure_period", 30, "cured within thirty days", "calendar_days"), *more))


def days(*records: ReadRecord, today: str = "2025-06-01") -> dict[str, tuple[str, str]]:
    return {d.kind: (d.day, d.state) for d in deadlines(client_file(*records), today)}


@pytest.mark.parametrize(("period", "unit", "last"), [(90, "calendar_days", "2026-01-30"), (3, "months", "2026-01-31"), (6, "weeks", "2026-03-19"),
                                                      (5, "business_days", "2026-04-23"), (1, "calendar_days", "2026-04-29")])
def test_window_for_a_notice_against_renewal_closes_on_the_last_day_from_which_the_period_still_fits(period: int, unit: str, last: str) -> None:
    assert days(contract(period, unit))["notice_window"] == (last, "open")


def test_term_that_renewed_itself_is_counted_on_to_today() -> None:
    found = days(contract(end="2024-04-30"))
    assert found["term_end"] == ("2026-04-30", "open") and found["notice_window"] == ("2026-01-30", "open")


def test_window_that_is_over_is_not_known_to_have_been_kept() -> None:
    assert days(contract(), today="2026-03-01")["notice_window"] == ("2026-01-30", "not known")


def test_window_stays_open_while_no_notice_is_known_to_have_come_in() -> None:
    words = "We give notice of termination of MSA-7 dated 2 June 2025, with effect on 30 April 2026."
    notice = read_record("notice", words, "notice", date="2025-06-02", facts=(
        fact(words, "notice_given", "2025-06-02", "2 June 2025"), fact(words, "given_by", "client", "We give notice")))
    assert days(contract(), notice)["notice_window"] == ("2026-01-30", "open")


def test_paper_without_an_end_sets_no_day() -> None:
    bare = read_record("bare", "An agreement without any date.", "contract", types=("contractual",))
    assert days(bare) == {}


def test_end_of_cure_is_counted_from_the_notice_of_default() -> None:
    words = "Notice of default of 2 June 2025 under MSA-7: put the breach right."
    default = read_record("default", words, "notice", date="2025-06-02", facts=(
        fact(words, "notice_given", "2025-06-02", "2 June 2025"), fact(words, "given_by", "client", "Notice of default")))
    found = [d for d in deadlines(client_file(contract(), default), "2025-06-10") if d.kind == "cure_end"]
    assert [(d.day, d.state, d.by) for d in found] == [("2025-07-02", "open", "provider")]
    assert {c.quote for c in found[0].known.cites} >= {"cured within thirty days", "2 June 2025"}


def test_records_are_kept_as_long_as_the_contract_says_after_the_end_of_the_service() -> None:
    words = "We give notice of termination of MSA-7 dated 2 June 2025, with effect on 30 April 2026, by non-renewal."
    notice = read_record("notice", words, "notice", date="2025-06-02", facts=(
        fact(words, "notice_given", "2025-06-02", "2 June 2025"), fact(words, "given_by", "client", "We give notice"),
        fact(words, "date_received", "2025-06-03", "dated"), fact(words, "ground", "non_renewal", "non-renewal"),
        fact(words, "received_on", "2025-06-03", "notice of termination"), fact(words, "stated_effective_date", "2026-04-30", "30 April 2026")))
    agreement = contract(90, "calendar_days", "2026-04-30", fact(CONTRACT, "retention_period", 72, "kept for the legal time", "months"))
    found = days(agreement, notice)
    assert found["service_end"] == ("2026-04-30", "open") and found["retention_end"] == ("2032-04-30", "open")
    assert "notice_window" not in found or found["notice_window"][1] == "done"


def test_payments_of_a_settlement_are_done_as_far_as_the_ledger_covers_them() -> None:
    claim = "Claim of Norrland Kaffe AB of 3 March 2025 for EUR 900.00."
    paper = "Settlement of 1 April 2025: EUR 600.00 in two parts, 300.00 on 1 May 2025 and 300.00 on 1 August 2025."
    ledger = "2025-05-01 payment settlement 300.00"
    records = (
        read_record("claim", claim, "claim", date="2025-03-03", types=("dispute",), facts=(
            fact(claim, "dispute_act", '{"kind": "claim", "amount": "900.00", "by": "provider"}', "EUR 900.00", "EUR"),)),
        read_record("settlement", paper, "settlement", date="2025-04-01", types=("dispute",), facts=(
            fact(paper, "dispute_act", '{"kind": "settlement", "amount": "600.00", "payer": "client"}', "EUR 600.00", "EUR"),
            fact(paper, "instalment", '{"day": "2025-05-01", "amount": "300.00"}', "300.00 on 1 May 2025", "EUR"),
            fact(paper, "instalment", '{"day": "2025-08-01", "amount": "300.00"}', "300.00 on 1 August 2025", "EUR"))),
        read_record("ledger", ledger, "ledger", date="2025-05-31", types=("billing",), facts=(
            fact(ledger, "ledger_row", '{"day": "2025-05-01", "kind": "payment", "amount": "300.00", "words": "settlement"}', ledger, "EUR"),)),
    )
    found = [d for d in deadlines(client_file(*records), "2025-06-01") if d.kind == "instalment"]
    assert [(d.day, d.state, str(d.amount), d.currency, d.by) for d in found] == [
        ("2025-05-01", "done", "300.00", "EUR", "client"), ("2025-08-01", "open", "300.00", "EUR", "client")]


def test_next_is_the_first_that_is_open_and_all_are_cited() -> None:
    found = deadlines(client_file(contract()), "2025-06-01")
    following = next_of(found, "2025-06-01")
    assert following and following.kind == "notice_window"
    assert all(d.known.cites and d.as_json("2025-06-01")["derivation"]["inputs"] for d in found)
    assert next_of(found, "2026-05-01") is None


# ---------------------------------------------------------------- the calendar

def one(**more: Any) -> Deadline:
    found = deadlines(client_file(contract()), "2025-06-01")
    return replace(found[0], **more)


def unfolded(content: bytes) -> list[str]:
    assert all(len(line) <= LINE_OCTETS for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    return content.decode("utf-8").replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_event_has_what_a_calendar_needs_and_nothing_from_a_record() -> None:
    lines = unfolded(calendar("Deadlines", [one()], {"C-1": "Norrland Kaffe AB"}, NOW))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR" and "VERSION:2.0" in lines
    assert "DTSTART;VALUE=DATE:20260130" in lines and "DTEND;VALUE=DATE:20260131" in lines and "DTSTAMP:20250601T093000Z" in lines
    assert f"SUMMARY:Norrland Kaffe AB: {TITLES['notice_window']}" in lines
    assert not [line for line in lines if "before the end of the term" in line]


def test_event_keeps_its_id_and_another_deadline_has_another() -> None:
    assert uid(one()) == uid(one(state="done")) != uid(one(day="2026-01-29"))


def test_hostile_name_of_a_client_begins_no_line_of_its_own() -> None:
    name = "Eve\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:forged; x, y\\n"
    lines = unfolded(calendar("Deadlines", [one()], {"C-1": name}, NOW))
    assert lines.count("BEGIN:VEVENT") == 1 and not [line for line in lines if line.startswith("SUMMARY:forged")]


@given(st.text())
def test_folded_line_is_the_line_again_and_no_piece_is_too_long(words: str) -> None:
    value = text(words)
    try:
        value.encode()
    except UnicodeEncodeError:
        pytest.fail("a lone surrogate got through")
    folded = fold(f"SUMMARY:{value}")
    assert folded.endswith("\r\n") and folded[:-2].replace("\r\n ", "") == f"SUMMARY:{value}"
    assert all(len(piece.encode()) <= LINE_OCTETS for piece in folded.split("\r\n"))


def test_known_of_a_deadline_stands_for_itself_where_nothing_went_in() -> None:
    found = next(d for d in deadlines(client_file(contract()), "2025-06-01") if d.kind == "term_end")
    assert isinstance(found.known, Known) and found.as_json("2025-06-01")["derivation"]["inputs"][0]["value"] == "2026-04-30"
