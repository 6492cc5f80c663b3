"""Sums beyond the price of the services: which are listed, and whether they are due, paid, waived or disputed. All cases are invented."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from builders.records import client_file, fact, mail, read_record

from archive.model.record import ReadRecord
from history import assemble
from history.disputes import disputes
from history.penalties import in_account, penalties

NOTICE = "Norrland Kaffe AB, 10 January 2025\nWe hereby terminate the Agreement with effect from 30 April 2025.\n"


def row(**fields: Any) -> str:
    return json.dumps(fields)


def notice() -> ReadRecord:
    facts = (
        fact(NOTICE, "notice_given", "2025-01-10", "10 January 2025"),
        fact(NOTICE, "given_by", "client", "Norrland Kaffe AB"),
        fact(NOTICE, "date_received", "2025-01-14", "10 January 2025"),
    )
    return read_record("notice", NOTICE, "notice", date="2025-01-10", facts=facts)


def paper(record_id: str, kind: str, day: str, words: str, *rows: dict[str, Any], **more: Any) -> ReadRecord:
    facts = tuple(fact(words, name, row(**{k: v for k, v in fields.items() if k != "fact"}), words, "SEK") for fields in rows
                  for name in (fields.get("fact", "penalty"),))
    return read_record(record_id, words, kind, date=day, facts=facts, **more)


def invoice(kind: str = "early_termination_fee", amount: str = "90000", number: str = "F-9", day: str = "2025-05-02") -> ReadRecord:
    return paper("invoice", "invoice", day, f"Invoice {number} of {amount}", {"act": "charged", "kind": kind, "amount": amount, "number": number})


def claim(amount: str = "90000", by: str = "provider", day: str = "2025-05-02", kind: str = "early_termination_fee") -> ReadRecord:
    words = f"House Services writes to Norrland Kaffe AB: we claim {amount}."
    return paper("claim", "claim", day, words, {"act": "claimed", "kind": kind, "amount": amount},
                 {"fact": "dispute_act", "kind": "claim", "amount": amount, "by": by})


def settlement(amount: str = "50000", payer: str = "client", day: str = "2025-06-20", *rows: dict[str, Any]) -> ReadRecord:
    words = f"Settlement agreement: {payer} pays {amount} in full settlement of the fee."
    return paper("settlement", "settlement", day, words, {"fact": "dispute_act", "kind": "settlement", "amount": amount, "payer": payer}, *rows)


def ledger(*lines: dict[str, Any]) -> ReadRecord:
    words = "Ledger of Norrland Kaffe"
    return paper("ledger", "ledger", "2025-09-30", words, *({"fact": "ledger_row", **line} for line in lines))


def found(*records: ReadRecord) -> list[tuple[str, Decimal, str, str]]:
    file = client_file(notice(), *records)
    return [(p.kind, p.amount, p.status, p.payer) for p in penalties(file, disputes(file))]


FEE = "early_termination_fee"


def test_invoiced_fee_that_nobody_answered_is_due() -> None:
    assert found(invoice()) == [(FEE, Decimal(90000), "due", "client")]


def test_fee_paid_by_the_ledger_is_paid() -> None:
    line = {"kind": "payment", "day": "2025-05-30", "amount": "90000", "details": "F-9"}
    assert found(invoice(), ledger(line)) == [(FEE, Decimal(90000), "paid", "client")]


def test_payment_before_the_invoice_pays_it_not() -> None:
    line = {"kind": "payment", "day": "2025-03-30", "amount": "90000", "details": "services"}
    assert found(invoice(), ledger(line)) == [(FEE, Decimal(90000), "due", "client")]


def test_fee_denied_in_an_open_dispute_is_disputed() -> None:
    words = "Norrland Kaffe AB: we deny that anything is payable."
    denial = paper("denial", "legal_letter", "2025-05-20", words, {"fact": "dispute_act", "kind": "response", "by": "client"})
    assert found(invoice(), claim(), denial) == [(FEE, Decimal(90000), "disputed", "client")]


def test_settlement_with_credit_note_splits_the_fee_into_paid_and_waived() -> None:
    credit = paper("credit", "credit_note", "2025-06-23", "Part credit of F-9",
                   {"act": "credited", "kind": "", "reference": "F-9", "amount": "40000", "number": "C-1"})
    lines = ledger({"kind": "payment", "day": "2025-07-01", "amount": "50000", "details": "settlement"})
    assert found(invoice(), claim(), settlement(), credit, lines) == [
        (FEE, Decimal(50000), "paid", "client"), (FEE, Decimal(40000), "waived", "client")]


def test_settlement_of_the_fee_alone_splits_it_without_a_credit_note() -> None:
    lines = ledger({"kind": "payment", "day": "2025-07-01", "amount": "50000", "details": "settlement"})
    assert found(invoice(), claim(), settlement(), lines) == [(FEE, Decimal(50000), "paid", "client"), (FEE, Decimal(40000), "waived", "client")]


def test_settlement_that_was_not_paid_leaves_its_part_due() -> None:
    assert found(invoice(), claim(), settlement()) == [(FEE, Decimal(50000), "due", "client"), (FEE, Decimal(40000), "waived", "client")]


def test_invoice_withdrawn_by_a_settlement_is_waived_and_a_mere_claim_withdrawn_is_none() -> None:
    gives_up = {"act": "withdrawn", "kind": FEE}
    assert found(invoice(), claim(), settlement("50000", "client", "2025-06-20", gives_up)) == [(FEE, Decimal(90000), "waived", "client")]
    assert found(claim(), settlement("50000", "client", "2025-06-20", gives_up)) == []


def test_fee_given_up_by_the_side_that_asked_is_waived_and_the_other_side_cannot_give_it_up() -> None:
    ours = paper("ours", "email", "2025-06-03", "The fee is waived.", {"act": "withdrawn", "kind": FEE}, sender="kim@house.example", mime="message/rfc822")
    theirs = paper("theirs", "email", "2025-06-03", "The fee is waived.", {"act": "withdrawn", "kind": FEE}, sender="ebba.lund@norrland.example",
                   mime="message/rfc822")
    more = [mail(f"m{n}", "Words.", "kim@house.example", ("jo@house.example",), "2025-01-02") for n in range(3)]
    assert [s for _, _, s, _ in found(invoice(), ours, *more)] == ["waived"]
    assert [s for _, _, s, _ in found(invoice(), theirs, *more)] == ["due"]


def test_invoice_contested_by_the_client_alone_is_disputed() -> None:
    denial = paper("denial", "email", "2025-05-20", "We dispute invoice F-9.", {"act": "contested", "reference": "F-9", "kind": ""},
                   sender="ebba.lund@norrland.example", mime="message/rfc822")
    assert [s for _, _, s, _ in found(invoice(), denial)] == ["disputed"]


def test_ledger_credit_note_and_settlement_that_tell_of_one_credit_count_once() -> None:
    credited = {"act": "credited", "kind": "", "reference": "F-9", "amount": "90000", "number": "C-1"}
    note = paper("credit", "credit_note", "2025-06-23", "Credit of F-9", credited)
    line = paper("ledger", "ledger", "2025-09-30", "C-1 Credit of F-9", credited | {"day": "2025-06-23"})
    settled = settlement("0", "client", "2025-06-20", {"fact": "settlement_credit", "reference": "F-9", "amount": "90000"})
    assert found(invoice(), claim(), settled, note, line) == [(FEE, Decimal(90000), "waived", "client")]


def test_penalty_asked_by_the_client_and_settled_for_less_is_paid_in_part() -> None:
    kind = "contractual_penalty_data_deletion"
    asked = claim("10000", "client", "2025-05-12", kind)
    credit = paper("credit", "credit_note", "2025-07-14", "Contractual penalty, as agreed",
                   {"act": "credited", "kind": "contractual_penalty", "amount": "5000", "agreed": "yes"})
    assert found(asked, credit) == [(kind, Decimal(5000), "paid", "provider"), (kind, Decimal(5000), "waived", "provider")]


def test_credit_without_a_settlement_leaves_the_rest_of_the_claim_open() -> None:
    asked = claim("10000", "client", "2025-05-12", "contractual_penalty")
    credit = paper("credit", "credit_note", "2025-07-14", "Contractual penalty", {"act": "credited", "kind": "contractual_penalty", "amount": "4000"})
    assert {(a, s) for _, a, s, _ in found(asked, credit)} == {(Decimal(4000), "paid"), (Decimal(6000), "due")}


def test_service_credits_count_where_a_settlement_fixed_them_and_not_as_a_matter_of_course() -> None:
    granted = {"act": "granted", "kind": "service_level_credits", "amount": "7000"}
    note = paper("credit", "credit_note", "2025-02-03", "Service credits January", {"act": "credited", "kind": "service_level_credits", "amount": "500"})
    assert found(note) == []
    assert ("service_level_credits", Decimal(7000), "paid", "provider") in found(settlement("50000", "client", "2025-06-20", granted), note)


def test_minimum_charge_counts_only_where_it_was_argued_about() -> None:
    charge = invoice("minimum_commitment", "30000", "F-7")
    assert found(charge) == []
    gone = paper("credit", "credit_note", "2025-06-23", "Credit of F-7", {"act": "credited", "kind": "", "reference": "F-7", "amount": "30000"})
    assert found(charge, gone) == [("minimum_commitment", Decimal(30000), "waived", "client")]


def test_base_named_in_a_computation_is_not_asked_for() -> None:
    words = "Minimum commitment 500000; fee 50 per cent: 90000."
    asked = paper("claim", "claim", "2025-05-02", words, {"act": "claimed", "kind": "minimum_commitment_shortfall", "amount": "500000"},
                  {"fact": "dispute_act", "kind": "claim", "amount": "90000", "by": "provider"})
    assert found(asked) == []


def test_fee_refused_by_a_ruling_is_not_listed() -> None:
    ruling = paper("award", "other", "2025-08-01", "FINAL AWARD: no fee is payable.", {"act": "denied", "kind": FEE})
    assert found(invoice(), ruling) == []


def test_privileged_records_and_drafts_say_nothing() -> None:
    words = "Counsel: the fee of 90000 was invoiced as F-9"
    advice = paper("advice", "invoice", "2025-05-02", words, {"act": "charged", "kind": FEE, "amount": "90000", "number": "F-9"}, privileged=True)
    assert found(advice) == []


def test_sums_stand_with_the_termination_and_are_cited() -> None:
    told = assemble(client_file(notice(), invoice())).as_json()["terminations"]
    (one,) = told[0]["penalties"]
    assert (one["kind"], one["amount"], one["currency"], one["status"]) == (FEE, 90000.0, "SEK", "due")
    assert one["cites"][0]["quote"] == "Invoice F-9 of 90000"
    assert one["derivation"]["inputs"][0]["name"] == "penalty"


def test_account_adds_what_the_client_owes_and_takes_off_what_it_is_owed() -> None:
    file = client_file(notice(), invoice(), claim("10000", "client", "2025-07-12", "contractual_penalty"))
    listed = penalties(file, disputes(file))
    assert in_account(listed) == Decimal(80000)
    assert in_account(listed, "2025-06-01") == Decimal(90000)


def test_mail_that_speaks_of_a_fee_makes_none() -> None:
    assert found(mail("m", "What would the early termination fee be?", "kim@house.example", ("ebba.lund@norrland.example",), date="2025-02-02")) == []
