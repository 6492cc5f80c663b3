"""The status page of a client: conditions, dates and sums by an allow-list; whatever the facts hold, nothing internal or privileged gets there."""
from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from builders.records import CLIENT, client_file, fact, mail, read_record
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from archive.model.extracted import Participant, Passage
from archive.model.fact import ClientEvidence, Fact
from archive.model.record import KINDS, ReadRecord
from history.file import ClientFile
from history.status_page import CONDITIONS, DATES, DISPUTES, PENALTIES, STATUS, status_html, status_page

MARK = "zqINTERNALqz"
TODAY = "2025-12-01"
KNOWN = replace(CLIENT, contract_numbers=("MSA-7",))
NAMES = ("contract_number", "notice_period", "effective_date", "expiration_date", "notice_given", "given_by", "stated_effective_date", "date_received",
         "ground", "amount", "invoiced_total", "paid_total", "credited_total", "refunded_total", "outstanding", "governing_law", "dispute_act", "act_by",
         "instalment",
         "settlement_days", "ledger_row", "missing_paper", "mentions_paper", "leaving_reason", "service_ended", "notice_withdrawn", "assets_returned",
         "data_deleted", "asset_return_within", "data_deletion_within", "transition_required", "final_invoice_within", "early_termination_fee_clause",
         "cure_period", "penalty", "notice_method", "notice_address", "notice_attention", "measured_from", "retention_period")  # fmt: skip


def story(words: str = "") -> list[ReadRecord]:
    """A client that ended its contract and settled a dispute; `words` stand wherever a record, a fact or a person has room for them."""
    contract = f"Agreement MSA-7 of 1 May 2023, ninety days of notice, to 30 April 2026; assets within ten days. {words}"
    notice = f"Notice of termination of MSA-7 of 2 June 2025 with effect on 31 October 2025, received 3 June 2025. {words}"
    claim = f"Claim of 3 November 2025 for EUR 900.00. {words}"
    paper = f"Settlement of 20 November 2025 over EUR 600.00. {words}"
    ledger = f"Ledger to 30 November 2025: invoiced 5000.00, paid 4400.00, credited 0.00, refunded 0.00, outstanding 600.00. {words}"
    basis = f"rule {words}"
    back = "assets came back on 5 November 2025"
    note = f"Internal: {back}. {words}"
    more = {"subject": words, "name": words or "x",
            "participants": (Participant("from", words, words),), "evidence": (ClientEvidence("C-1", words, words, 0.9),)}

    def f(text: str, name: str, value: Any, at: str, unit: str = "") -> Fact:
        return fact(text, name, value, at, unit, basis=basis)

    return [
        read_record("contract", contract, "contract", date="2023-05-01", types=("contractual",), path=f"drop/{words}1", **more, facts=(
            f(contract, "contract_number", "MSA-7", "MSA-7"), f(contract, "notice_period", 90, "ninety days of notice", "calendar_days"),
            f(contract, "expiration_date", "2026-04-30", "30 April 2026"), f(contract, "effective_date", "2023-05-01", "1 May 2023"),
            f(contract, "asset_return_within", 10, "assets within ten days", "calendar_days"), f(contract, "governing_law", words or "Sweden", contract[-3:]))),
        read_record("notice", notice, "notice", date="2025-06-02", types=("contractual",), path=f"drop/{words}2", **more, facts=(
            f(notice, "contract_number", "MSA-7", "MSA-7"), f(notice, "notice_given", "2025-06-02", "2 June 2025"), f(notice, "given_by", "client", "Notice"),
            f(notice, "stated_effective_date", "2025-10-31", "31 October 2025"), f(notice, "ground", "convenience", "Notice of termination"),
            f(notice, "received_on", "2025-06-03", "3 June 2025"))),
        read_record("claim", claim, "claim", date="2025-11-03", types=("dispute",), path=f"drop/{words}3", **more, facts=(
            f(claim, "dispute_act", json.dumps({"kind": "claim", "amount": "900.00", "by": "provider", "forum": words}), "EUR 900.00", "EUR"),)),
        read_record("settlement", paper, "settlement", date="2025-11-20", types=("dispute",), path=f"drop/{words}4", **more, facts=(
            f(paper, "dispute_act", json.dumps({"kind": "settlement", "amount": "600.00", "payer": "client", "words": words}), "EUR 600.00", "EUR"),)),
        read_record("ledger", ledger, "ledger", date="2025-11-30", types=("billing",), path=f"drop/{words}5", **more, facts=tuple(
            f(ledger, name, value, value, "EUR") for name, value in (("invoiced_total", "5000.00"), ("paid_total", "4400.00"), ("outstanding", "600.00")))),
        mail("note", note, "kim@house.example", ("jo@house.example",), "2025-11-05", **(more | {"facts": (
            f(note, "assets_returned", "2025-11-05", back), f(note, "leaving_reason", words or "price", note[-3:])), "path": f"drop/{words}6"})),
    ]


def page_of(*records: ReadRecord, client: Any = KNOWN) -> str:
    page = status_page(client_file(*records, client=client), TODAY)
    return json.dumps(page.as_json(), ensure_ascii=False) + status_html(page)


def test_conditions_dates_and_sums_are_told() -> None:
    told = status_page(client_file(*story(), client=KNOWN), TODAY).as_json()
    contract = told["contracts"][0]
    assert contract["contract"] == "MSA-7" and contract["status"] == "terminated"
    assert contract["dates"]["notice_dated"] == "2025-06-02" and contract["dates"]["end"] == "2025-10-31"
    assert {"name": "asset_return", "state": "met", "due": "2025-11-10"} in contract["conditions"]
    assert told["disputes"][0]["agreed"] == {"amount": "600.00", "currency": "EUR", "payer": "client", "on": "2025-11-20"}
    assert told["account"]["sums"]["outstanding"] == "600.00"
    assert {"kind": "asset_return", "date": "2025-11-10", "state": "done", "amount": None, "currency": None} in told["due"]


def test_words_in_records_names_paths_rules_and_people_are_not_on_the_page() -> None:
    with_words, without = page_of(*story(MARK)), page_of(*story())
    assert MARK not in with_words
    assert with_words == without


@pytest.mark.parametrize("at", range(6))
def test_privileged_record_leaves_no_word_and_no_date_of_its_own(at: int) -> None:
    records = story()
    records[at] = replace(records[at], record=replace(records[at].record, privileged=True))
    assert page_of(*records) == page_of(*(r for n, r in enumerate(records) if n != at))


def test_contract_number_that_the_directory_does_not_have_is_not_told() -> None:
    assert "MSA-7" not in page_of(*story(), client=CLIENT)


def test_directory_s_further_entries_and_contacts_are_not_told() -> None:
    told = page_of(*story(), client=replace(KNOWN, aliases=(MARK,), status=MARK, extra={"note": MARK}, account_numbers=(MARK,), currency=MARK))
    assert MARK not in told and "Ebba" not in told


def test_name_of_the_client_is_escaped() -> None:
    page = status_html(status_page(client_file(*story(), client=replace(KNOWN, legal_name="<script>alert(1)</script>")), TODAY))
    assert html.document_fromstring(page).xpath("//script") == []


VALUES = st.sampled_from([MARK, f"2025-06-02 {MARK}", f"2025-06-02{MARK}", f"900.00{MARK}", f"MSA-7 {MARK}", f"MSA-7{MARK}",
                          f'{{"kind": "{MARK}", "amount": "9"}}',
                          f'{{"kind": "claim", "amount": "9", "by": "{MARK}"}}', f'{{"kind": "settlement", "amount": "9.5", "payer": "{MARK}"}}',
                          f'{{"day": "2025-12-05", "amount": "9", "words": "{MARK}"}}', "2025-06-02", "2025-10-31", "client", 30])
UNITS = st.sampled_from([MARK, "calendar_days", "months", "EUR", f"EUR {MARK}", f"2025-06-02 {MARK}", "agreed", "found", ""])


@st.composite
def marked_records(draw: st.DrawFn) -> ReadRecord:
    """A record of any kind in which every field that has room for words has the mark."""
    number = draw(st.integers(0, 99))
    text = f"{MARK} notice of termination, claim and settlement of MSA-7 {number}"
    facts = tuple(
        Fact(draw(st.sampled_from(NAMES)), draw(VALUES), (Passage(0, len(MARK), MARK),),
             draw(st.sampled_from([MARK, f"rule {MARK}"])), draw(UNITS), confidence=0.9)
        for _ in range(draw(st.integers(0, 8))))
    sender = draw(st.sampled_from([None, "ebba.lund@norrland.example", f"{MARK}@house.example"]))
    return read_record(f"r{number}", text, draw(st.sampled_from(KINDS)), date=draw(st.sampled_from([None, "2025-06-02", "2025-11-30"])),
                       types=draw(st.sampled_from([("contractual",), ("dispute",), ("billing",), ("interaction",)])), facts=facts, sender=sender,
                       subject=MARK, name=MARK, path=f"drop/{MARK}{number}", inner=MARK, mime=draw(st.sampled_from(["text/plain", "message/rfc822"])),
                       privileged=draw(st.booleans()), participants=(Participant("from", MARK, f"{MARK}@house.example"),))


@given(st.lists(marked_records(), max_size=7, unique_by=lambda r: r.record.record_id))
def test_nothing_that_facts_or_records_hold_gets_on_the_page(records: list[ReadRecord]) -> None:
    assert MARK.lower() not in page_of(*records).lower()


@given(st.lists(marked_records(), max_size=7, unique_by=lambda r: r.record.record_id))
def test_every_word_of_the_page_is_on_the_list(records: list[ReadRecord]) -> None:
    told = status_page(ClientFile(KNOWN, tuple(records)), TODAY).as_json()
    assert {c["status"] for c in told["contracts"]} <= {*STATUS, None}
    assert {name for c in told["contracts"] for name in c["dates"]} <= set(DATES)
    assert {x["name"] for c in told["contracts"] for x in c["conditions"]} <= set(CONDITIONS)
    assert {x["name"] for c in told["contracts"] for x in c["sums"]} <= set(PENALTIES)
    assert {d["status"] for d in told["disputes"]} <= {*DISPUTES, None}
