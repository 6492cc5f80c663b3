"""Conflicts between what the sides say: payments, orders, rises, the day of receipt and of the end; each cites both."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from builders.records import client_file, fact, read_record

from archive.model.record import ReadRecord
from history import assemble

US, THEM = "ar@house.example", "payables@norrland.example"


def says(record_id: str, date: str, sender: str, name: str, record_kind: str = "email", **value: object) -> ReadRecord:
    text = f"Words of {record_id}."
    held = fact(text, name, value.pop("plain", None) or json.dumps(value), text, "SEK")  # type: ignore[arg-type]
    to = (THEM if sender == US else US,)
    return read_record(record_id, text, record_kind, date=date, sender=sender, to=to, mime="message/rfc822", facts=(held,))


BOTH = [says(f"m{n}", "2025-01-01", US, "nothing", x=1) for n in range(2)]


def conflicts(*reads: ReadRecord) -> list[tuple[str, set[str]]]:
    return [(c["what"].split(":")[0], {x["record_id"] for x in c["cites"]}) for c in assemble(client_file(*BOTH, *reads)).as_json()["conflicts"]]


def test_payment_sent_by_one_and_not_received_by_the_other_is_a_conflict_with_the_bank_line() -> None:
    text = "2025-03-03 90 NORR"
    line = json.dumps({"day": "2025-03-03", "amount": "90"})
    bank = read_record("bank", text, "ledger", date="2025-03-31", facts=(fact(text, "bank_row", line, text, "SEK"),))
    sent, none = says("s", "2025-03-05", THEM, "says_paid", amount="90"), says("d", "2025-03-07", US, "denies_receipt", amount="90")
    assert conflicts(sent, none, bank) == [("Whether 90.00 was paid", {"s", "d", "bank"})]


def test_payment_of_another_sum_or_denied_by_the_same_side_is_none() -> None:
    sent = says("s", "2025-03-05", THEM, "says_paid", amount="90")
    assert conflicts(sent, says("d", "2025-03-07", US, "denies_receipt", amount="70")) == []
    assert conflicts(sent, says("d", "2025-03-07", THEM, "denies_receipt", amount="90")) == []


@pytest.mark.parametrize("denial", [("denies_order", {"reference": "I-310"}), ("account_says", {"kind": "missing_invoice", "reference": "I-310"})])
def test_order_by_word_of_mouth_that_the_other_denies_is_a_conflict(denial: tuple[str, dict[str, str]]) -> None:
    oral = says("o", "2025-03-05", US, "oral_order", reference="I-310")
    assert conflicts(oral, says("d", "2025-03-01", THEM, denial[0], **denial[1])) == [("Whether I-310 was ordered", {"o", "d"})]
    assert conflicts(oral) == []


def test_rise_announced_with_another_share_than_was_told_is_a_conflict() -> None:
    letter = says("l", "2025-04-01", US, "asserts_increase", percent=9.0, how="announced")
    chat = says("c", "2025-04-09", THEM, "asserts_increase", percent=7.0, how="said")
    assert conflicts(letter, chat) == [("Rise in price", {"l", "c"})]
    assert conflicts(letter, replace(chat, facts=(replace(chat.facts[0], value=json.dumps({"percent": 9.0, "how": "said"})),))) == []


def notice(sender: str, stated: str) -> ReadRecord:
    return says("n", "2025-05-02", sender, "stated_effective_date", "notice", plain=stated)


def test_days_of_receipt_that_the_sides_tell_of_one_notice_are_a_conflict() -> None:
    theirs = says("t", "2025-05-20", THEM, "asserts_receipt", day="2025-05-03", how="actual")
    ours = says("u", "2025-05-10", US, "asserts_receipt", day="2025-05-07", how="actual")
    assert conflicts(notice(THEM, "2025-06-30"), theirs, ours) == [("Day of receipt", {"t", "u"})]
    late = says("u", "2025-08-10", US, "asserts_receipt", day="2025-08-07", how="actual")
    assert conflicts(notice(THEM, "2025-06-30"), theirs, late) == []


def test_end_that_a_side_corrects_itself_is_a_conflict_of_its_notice_with_its_letter() -> None:
    letter = says("l", "2025-05-12", US, "asserts_end", "legal_letter", day="2025-07-03")
    assert conflicts(notice(US, "2025-06-30"), letter) == [("Day of the end", {"n", "l"})]
    assert conflicts(notice(US, "2025-06-30"), says("l", "2025-05-12", US, "asserts_end", "legal_letter", day="2025-06-30")) == []


def proof(day: str) -> ReadRecord:
    text = f"Delivered {day}."
    return read_record("proof", text, "other", date=day, facts=(fact(text, "received_on", day, day),))


def test_day_of_receipt_that_is_told_and_another_that_is_proved_are_a_conflict() -> None:
    told = says("t", "2025-05-20", THEM, "asserts_receipt", day="2025-05-09", how="actual")
    assert ("Day of receipt", {"t", "proof"}) in conflicts(notice(US, "2025-08-31"), told, proof("2025-05-06"))
    assert not [c for c in conflicts(notice(US, "2025-08-31"), told, proof("2025-05-09")) if c[0] == "Day of receipt"]
    assert not [c for c in conflicts(notice(US, "2025-08-31"), told, proof("2025-07-06")) if c[0] == "Day of receipt"]
