from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builders.records import client_file, fact, mail, read_record

from archive.model.record import ReadRecord
from history import assemble

CONTRACT = (
    "SERVICES AGREEMENT No. NK-77\nmade on 1 March 2022\n\n"
    "12. Either party may terminate this Agreement by not less than 90 days' written notice, counted from receipt of the notice.\n\n"
    "13. This Agreement begins on 1 April 2022 and ends on 31 March 2027.\n"
)
NOTICE = "By recorded delivery\nNorrland Kaffe AB, 10 January 2025\n\nWe hereby terminate Agreement NK-77 with effect from 30 April 2025.\n"


def contract(text: str = CONTRACT, unit: str = "calendar_days", value: int = 90, words: str = "90 days", **more: Any) -> ReadRecord:
    facts = (
        fact(text, "contract_number", "NK-77", "NK-77"),
        fact(text, "notice_period", value, words, unit),
        fact(text, "effective_date", "2022-04-01", "1 April 2022"),
        fact(text, "expiration_date", "2027-03-31", "31 March 2027"),
    )
    return read_record("contract", text, "contract", date="2022-03-01", types=("contractual",), facts=facts, **more)


def notice(record_id: str = "notice", text: str = NOTICE, received: bool = True, **more: Any) -> ReadRecord:
    facts = [
        fact(text, "contract_number", "NK-77", "NK-77"),
        fact(text, "notice_given", "2025-01-10", "10 January 2025"),
        fact(text, "given_by", "client", "Norrland Kaffe AB"),
        fact(text, "stated_effective_date", "2025-04-30", "30 April 2025"),
    ]
    if received:
        facts.append(fact(text, "date_received", "2025-01-14", "10 January 2025"))
    return read_record(record_id, text, "notice", date="2025-01-10", types=("contractual",), facts=tuple(facts), **more)


def terminations(*records: ReadRecord) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = assemble(client_file(*records)).as_json()["terminations"]
    return found


def test_earliest_date_counts_the_period_from_receipt_and_names_its_inputs() -> None:
    (found,) = terminations(contract(), notice())
    assert found["earliest_compliant_date"] == "2025-04-14"
    assert found["required_notice"] | {"cites": 0, "derivation": 0, "status": 0} == {
        "value": 90,
        "unit": "calendar_days",
        "measured_from": "receipt",
        "cites": 0,
        "derivation": 0,
        "status": 0,
    }
    earliest = next(i for i in found["derivation"]["inputs"] if i["name"] == "earliest_compliant_date")
    assert {i["name"] for i in earliest["inputs"]} == {"date_received", "notice_period", "measured_from"}
    assert all(i["cites"] for i in earliest["inputs"])
    (condition,) = found["conditions"]
    assert condition["name"] == "notice_period"
    assert condition["met"] is True


def test_terms_stand_with_the_notice() -> None:
    (found,) = terminations(contract(), notice())
    assert (found["contract_number"], found["contract_effective_date"], found["contract_expiry_date"]) == (
        "NK-77",
        "2022-04-01",
        "2027-03-31",
    )
    told = found["notice"]
    assert (told["given_by"], told["date_on_document"], told["date_received"]) == ("client", "2025-01-10", "2025-01-14")
    assert (told["method"], told["stated_effective_date"]) == ("registered_post", "2025-04-30")


def test_without_a_contract_nothing_is_required_and_the_history_says_so() -> None:
    (found,) = terminations(notice())
    assert found["required_notice"] is None
    assert found["earliest_compliant_date"] is None
    assert found["conditions"] == []
    assert "the terms cannot be decided: no contract is held" in found["undecided"]


def test_without_a_day_of_receipt_no_date_is_invented() -> None:
    text = NOTICE.replace("30 April 2025", "31 December 2025")
    facts = (
        fact(text, "notice_given", "2025-01-10", "10 January 2025"),
        fact(text, "stated_effective_date", "2025-12-31", "31 December 2025"),
    )
    (found,) = terminations(contract(), read_record("notice", text, "notice", date="2025-01-10", facts=facts))
    assert found["notice"]["date_received"] is None
    assert found["earliest_compliant_date"] is None
    assert found["conditions"][0]["met"] is None
    assert found["conditions"][0]["missing"]


def test_stated_date_before_any_possible_receipt_plus_period_is_not_met_though_receipt_is_unknown() -> None:
    text = NOTICE.replace("30 April 2025", "31 January 2025")
    facts = (
        fact(text, "notice_given", "2025-01-10", "10 January 2025"),
        fact(text, "stated_effective_date", "2025-01-31", "31 January 2025"),
    )
    (found,) = terminations(contract(), read_record("notice", text, "notice", date="2025-01-10", facts=facts))
    assert found["earliest_compliant_date"] is None
    assert found["conditions"][0]["met"] is False


def test_amendment_before_the_notice_overrides_and_a_later_one_does_not() -> None:
    changed = "AMENDMENT No. 1 to NK-77 of 5 May 2023. The notice period is 30 days from receipt."
    later = "AMENDMENT No. 2 to NK-77 of 1 June 2025. The notice period is 10 days from receipt."
    one = read_record(
        "one", changed, "amendment", date="2023-05-05", facts=(fact(changed, "notice_period", 30, "30 days", "calendar_days"),)
    )
    two = read_record("two", later, "amendment", date="2025-06-01", facts=(fact(later, "notice_period", 10, "10 days", "calendar_days"),))
    (found,) = terminations(contract(), one, two, notice())
    assert found["required_notice"]["value"] == 30
    assert found["earliest_compliant_date"] == "2025-02-13"
    assert {i["value"] for i in found["required_notice"]["derivation"]["inputs"][0]["inputs"]} >= {90}


def test_draft_of_an_amendment_changes_nothing() -> None:
    draft = "AMENDMENT No. 1 to NK-77 of 5 May 2023. The notice period is 30 days."
    facts = (fact(draft, "notice_period", 30, "30 days", "calendar_days"),)
    for more in ({"name": "Amendment DRAFT v2.docx"}, {"near_duplicate_of": "signed"}):
        (found,) = terminations(contract(), read_record("one", draft, "amendment", date="2023-05-05", facts=facts, **more), notice())
        assert found["required_notice"]["value"] == 90


def test_period_that_must_end_with_a_quarter_is_moved_to_its_end() -> None:
    text = CONTRACT.replace("counted from receipt of the notice", "counted from receipt, to the end of a calendar quarter")
    (found,) = terminations(contract(text), notice())
    assert found["earliest_compliant_date"] == "2025-06-30"
    assert found["conditions"][0]["met"] is False


def test_copies_and_the_mail_that_carries_a_notice_are_one_notice() -> None:
    carrying = mail(
        "mail",
        "Please find our notice of termination attached.",
        "ebba.lund@norrland.example",
        ("us@house.example",),
        "2025-01-11",
        kind="notice",
    )
    attached = notice("attached", parent="mail")
    copy = notice("copy", duplicate_of="attached")
    scan = notice("scan")
    (found,) = terminations(contract(), carrying, attached, copy, scan)
    assert set(found["notice"]["records"]) == {"mail", "attached", "copy", "scan"}
    assert found["notice"]["date_on_document"] == "2025-01-10"


def test_two_notices_in_one_archive_file_stay_two() -> None:
    text = NOTICE.replace("10 January 2025", "12 May 2025").replace("30 April", "30 August")
    facts = (fact(text, "notice_given", "2025-05-12", "12 May 2025"), fact(text, "given_by", "client", "Norrland Kaffe AB"))
    zipped = read_record("zip", "a.txt\nb.txt", mime="application/zip")
    found = terminations(zipped, notice(parent="zip"), read_record("second", text, "notice", date="2025-05-12", facts=facts, parent="zip"))
    assert [t["notice"]["date_on_document"] for t in found] == ["2025-01-10", "2025-05-12"]


def test_notice_of_default_is_no_termination() -> None:
    text = "Notice of default under NK-77\n\nUnless you pay within 30 days we may terminate the Agreement."
    assert terminations(read_record("default", text, "notice", date="2024-11-01")) == []


@pytest.mark.parametrize(
    "words", ["Kündigung des Rahmenvertrags", "Avis de résiliation du contrat", "Notice of non-renewal", "Carta de rescisión"]
)
def test_notices_in_four_languages_are_found(words: str) -> None:
    assert len(terminations(read_record("n", words + "\n", "notice", date="2024-11-01"))) == 1


def test_fact_whose_words_do_not_stand_is_not_used() -> None:
    good = notice()
    moved = ReadRecord(good.record, "X" + good.text, facts=good.facts)
    (found,) = terminations(contract(), moved)
    assert found["notice"]["stated_effective_date"] is None
    assert found["notice"]["date_received"] is None


def test_term_that_renewed_is_rolled_on_until_the_notice() -> None:
    text = "Agreement NK-77. The term ends on 31 March 2024 and renews for twelve months at a time."
    facts = (fact(text, "expiration_date", "2024-03-31", "31 March 2024"), fact(text, "renewal_term", 12, "twelve months", "months"))
    (found,) = terminations(read_record("c", text, "contract", date="2021-04-01", facts=facts), notice())
    assert found["contract_expiry_date"] == "2025-03-31"
    derived = next(i for i in found["derivation"]["inputs"] if i["name"] == "expiration_date")
    assert [i["value"] for i in derived["inputs"]] == ["2024-03-31", 12]


def test_term_that_ended_before_the_notice_without_a_renewal_is_undecided() -> None:
    text = "Agreement NK-77. The term ends on 31 March 2024."
    facts = (fact(text, "expiration_date", "2024-03-31", "31 March 2024"),)
    (found,) = terminations(read_record("c", text, "contract", date="2021-04-01", facts=facts), notice())
    assert found["contract_expiry_date"] is None
    assert any("2024-03-31 lies before the notice" in u for u in found["undecided"])


def test_period_for_ending_without_cause_does_not_bind_a_notice_for_cause() -> None:
    text = "17.2 The client may end for convenience on six months' notice.\n\n17.5 A notice for breach shall give twenty Business Days from receipt."
    six, twenty = (
        fact(text, "notice_period", 6, "six months", "months"),
        fact(text, "notice_period", 20, "twenty Business Days", "business_days", 0.6),
    )
    six = replace(six, basis="clause on ending without cause")
    given = notice()
    for_cause = replace(given, facts=(*given.facts, fact(NOTICE, "ground", "cause", "terminate Agreement")))
    (found,) = terminations(read_record("c", text, "contract", date="2021-04-01", facts=(six, twenty)), for_cause)
    assert (found["required_notice"]["value"], found["required_notice"]["unit"]) == (20, "business_days")
    assert found["earliest_compliant_date"] == "2025-02-11"
    (only_six,) = terminations(read_record("c", text, "contract", date="2021-04-01", facts=(six,)), for_cause)
    assert only_six["required_notice"] is None
    assert any("ending without cause" in u for u in only_six["undecided"])


def test_event_that_the_period_runs_from_is_taken_from_the_contract_where_it_was_read() -> None:
    text = CONTRACT.replace(", counted from receipt of the notice", "") + "\n\n30. Days run from the sending of a notice.\n"
    base = contract(text)
    read = replace(base, facts=(*base.facts, fact(text, "measured_from", "dispatch", "from the sending")))
    (found,) = terminations(read, notice())
    assert found["required_notice"]["measured_from"] == "dispatch"
    assert found["earliest_compliant_date"] == "2025-04-10"


def test_of_a_notice_mailed_on_two_days_the_first_copy_to_the_right_address_counts() -> None:
    text = CONTRACT.replace("counted from receipt of the notice", "counted from dispatch")
    mails = [
        mail(
            f"m{day}",
            "Our notice of termination is attached.",
            "ebba.lund@norrland.example",
            ("us@house.example",),
            f"2025-01-{day}",
            kind="notice",
        )
        for day in (10, 13)
    ]
    attached = [notice(f"n{day}", parent=f"m{day}", received=False) for day in (10, 13)]
    (once,) = terminations(contract(text), mails[0], attached[0])
    assert once["earliest_compliant_date"] == "2025-04-10"
    (twice,) = terminations(contract(text), *mails, *attached)
    assert twice["earliest_compliant_date"] == "2025-04-10"
    wanted = text + "\nNotices are sent by e-mail to legal@house.example.\n"
    base = contract(wanted)
    rules = (
        fact(wanted, "notice_address", "legal@house.example", "legal@house.example"),
        fact(wanted, "notice_method", "email", "sent by e-mail"),
    )
    right = replace(mails[1], record=replace(mails[1].record, to=("legal@house.example",)))
    (second,) = terminations(replace(base, facts=(*base.facts, *rules)), mails[0], right, *attached)
    assert second["earliest_compliant_date"] == "2025-04-13"
    assert second["notice"]["date_received"] == "2025-01-13"
    assert {c["name"]: c["met"] for c in second["conditions"]}["notice_address"] is True


def test_period_that_must_end_with_a_contract_year_is_counted_from_the_first_day_of_the_contract() -> None:
    text = CONTRACT.replace("counted from receipt of the notice", "counted from receipt, to the end of a contract year")
    whole = contract(text)
    (found,) = terminations(whole, notice())
    assert found["earliest_compliant_date"] == "2026-03-31"
    without = replace(whole, facts=tuple(f for f in whole.facts if f.name != "effective_date"))
    (undecided,) = terminations(without, notice())
    assert undecided["earliest_compliant_date"] is None
    assert any("contract year" in u for u in undecided["undecided"])


def test_start_of_the_term_is_that_of_the_contract_and_not_of_its_amendment() -> None:
    text = "AMENDMENT No. 1 to NK-77, in force from 1 January 2023."
    amendment = read_record(
        "one", text, "amendment", date="2022-12-15", facts=(fact(text, "effective_date", "2023-01-01", "1 January 2023"),)
    )
    (found,) = terminations(contract(), amendment, notice())
    assert found["contract_effective_date"] == "2022-04-01"


AGREED = "Termination agreement\n2 December 2024\nThe parties agree to end Agreement NK-77 by mutual consent on 31 December 2024.\n"


def agreed(record_id: str = "agreed", date: str = "2024-12-02", **more: Any) -> ReadRecord:
    facts = (
        fact(AGREED, "agreement_date", date, "2 December 2024"),
        fact(AGREED, "agreed_end", "2024-12-31", "The parties agree to end Agreement NK-77 by mutual consent on 31 December 2024."),
        fact(AGREED, "service_ended", "2024-12-31", "31 December 2024", "agreed"),
    )
    return read_record(record_id, AGREED, "settlement", date=date, types=("contractual",), facts=facts, **more)


def test_end_that_both_sides_agreed_on_stands_without_a_notice_and_asks_for_no_period() -> None:
    (found,) = terminations(contract(), agreed(), read_record("later", "All done.", "email", date="2025-02-01"))
    assert (found["notice"]["ground"], found["notice"]["method"], found["notice"]["given_by"]) == ("mutual", "agreement", None)
    assert (found["effective_date"], found["status"], found["required_notice"]) == ("2024-12-31", "terminated", None)
    assert not {c["name"] for c in found["conditions"]} & {"notice_period", "notice_method", "notice_address"}


def test_agreement_behind_a_notice_that_stands_says_only_what_became_of_it() -> None:
    text = NOTICE.replace("10 January 2025", "10 November 2024")
    facts = (fact(text, "contract_number", "NK-77", "NK-77"), fact(text, "notice_given", "2024-11-10", "10 November 2024"),
             fact(text, "given_by", "client", "Norrland Kaffe AB"), fact(text, "date_received", "2024-11-12", "10 November 2024"))
    given = read_record("notice", text, "notice", date="2024-11-10", types=("contractual",), facts=facts)
    (found,) = terminations(contract(), given, agreed())
    assert found["notice"]["given_by"] == "client"
