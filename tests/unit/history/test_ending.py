from __future__ import annotations

from datetime import date
from typing import Any

from builders.records import client_file, fact, mail, read_record

from archive.model.extracted import Segment
from history import assemble
from history.business_days import business_days_on, holidays_of

CONTRACT = "Agreement NK-77. Either may end it on 30 days' written notice, counted from receipt. Notices go by e-mail to legal@house.example, not by chat."
NOTICE = "We hereby terminate Agreement NK-77 with effect from 28 February 2025."


def contract() -> Any:
    facts = (
        fact(CONTRACT, "notice_period", 30, CONTRACT, "calendar_days"),
        fact(CONTRACT, "notice_method", "email", "by e-mail"),
        fact(CONTRACT, "notice_method_barred", "chat", "not by chat"),
        fact(CONTRACT, "notice_address", "legal@house.example", "legal@house.example"),
    )
    return read_record("contract", CONTRACT, "contract", date="2022-03-01", facts=facts)


def notice(**more: Any) -> Any:
    facts = (
        fact(NOTICE, "given_by", "client", "We"),
        fact(NOTICE, "ground", "convenience", "terminate"),
        fact(NOTICE, "stated_effective_date", "2025-02-28", "28 February 2025"),
    )
    return mail("notice", NOTICE, "ebba.lund@norrland.example", ("legal@house.example",), "2025-01-10", kind="notice", facts=facts, **more)


def told(*records: Any) -> dict[str, Any]:
    (found,) = assemble(client_file(*records)).as_json()["terminations"]
    return dict(found)


def test_holidays_that_a_contract_names_are_no_business_days() -> None:
    free = holidays_of("GB-ENG", 2024, 2025)
    assert business_days_on(date(2024, 12, 30), 2, free) == date(2025, 1, 2)
    assert date(2023, 9, 4) in holidays_of("US:labor day", 2023, 2023)
    assert date(2023, 7, 4) not in holidays_of("US:labor day", 2023, 2023)


def test_mail_to_the_right_address_counts_and_the_service_ends_as_asked() -> None:
    later = mail("later", "Thank you for the years.", "kim@house.example", ("ebba.lund@norrland.example",), "2025-03-10")
    found = told(contract(), notice(), later)
    assert found["notice"]["date_received"] == "2025-01-10"
    assert found["earliest_compliant_date"] == "2025-02-09"
    assert (found["effective_date"], found["status"]) == ("2025-02-28", "terminated")
    met = {c["name"]: c["met"] for c in found["conditions"]}
    assert (met["notice_period"], met["notice_method"], met["notice_address"]) == (True, True, True)


def test_without_its_contract_a_case_decides_no_end_and_says_so() -> None:
    found = told(notice())
    assert found["effective_date"] is None
    assert "the terms cannot be decided: no contract is held" in found["undecided"]


def test_notice_taken_back_with_consent_is_rescinded() -> None:
    back, yes = "We withdraw our notice.", "We accept the withdrawal."
    found = told(
        contract(),
        notice(),
        mail("back", back, "ebba.lund@norrland.example", ("kim@house.example",), "2025-01-20", facts=(fact(back, "notice_withdrawn", "2025-01-20", back),)),
        mail("yes", yes, "kim@house.example", ("ebba.lund@norrland.example",), "2025-01-21", facts=(fact(yes, "withdrawal_accepted", "2025-01-21", yes),)),
    )
    assert (found["status"], found["effective_date"]) == ("rescinded", None)
    assert {c["name"]: c["met"] for c in found["conditions"]}["withdrawal_of_notice"] is True


def test_message_in_a_chat_is_a_notice_that_counts_for_nothing() -> None:
    text = "Ebba Lund: we cancel the contract end of the month\nKim: can we talk?"
    first = text.index("\n")
    said = fact(text, "ends_by_message", "2024-11-30", text[:first], "2024-11-14")
    chat = read_record(
        "chat", text, "chat", date="2024-11-14", facts=(said,),
        segments=(Segment("turn", 0, first, "Ebba Lund", "2024-11-14"), Segment("turn", first + 1, len(text), "Kim", "2024-11-14")),
    )  # fmt: skip
    found = told(contract(), chat)
    assert (found["notice"]["method"], found["notice"]["date_received"]) == ("chat", None)
    assert (found["effective_date"], found["earliest_compliant_date"]) == (None, None)
    assert {c["name"]: c["met"] for c in found["conditions"]}["notice_method"] is False
