"""What hangs on what in a dispute, and what it waits for."""

from __future__ import annotations

import json
from typing import Any

from builders.records import client_file, fact, read_record

from archive.model.record import ReadRecord
from history import assemble


def act(record_id: str, day: str, by: str, *acts: dict[str, str], kind: str = "email") -> ReadRecord:
    text = f"Words of {record_id}."
    facts = (*(fact(text, "dispute_act", json.dumps(a), text, "SEK") for a in acts), fact(text, "act_by", by, text))
    return read_record(record_id, text, kind, date=day, facts=facts)


CLAIM = act("c", "2025-01-10", "provider", {"kind": "claim", "amount": "200"}, kind="claim")
ANSWER = act("a", "2025-01-20", "client", {"kind": "response"}, kind="legal_letter")
OFFER = act("o", "2025-02-01", "client", {"kind": "offer", "amount": "80"})
COUNTER = act("r", "2025-02-05", "provider", {"kind": "rejection", "amount": "80"}, {"kind": "offer", "amount": "120"})
DEAL = act("d", "2025-02-20", "client", {"kind": "settlement", "amount": "120", "payer": "client"}, kind="settlement")


def told(*reads: ReadRecord) -> tuple[list[tuple[str, str, str]], list[tuple[str, str | None, float | None]]]:
    (one,) = assemble(client_file(*reads)).as_json()["disputes"]
    steps: list[dict[str, Any]] = one["steps"]
    links = [(steps[x["step"]]["kind"], x["relation"], steps[x["because_of"]]["kind"]) for x in one["links"]]
    return links, [(w["what"], w["by"], w["amount"]) for w in one["waits_for"]]


def test_each_step_names_the_earlier_one_on_which_it_rests() -> None:
    text = "2025-03-01 payment 120 P"
    paid = read_record("l", text, "ledger", date="2025-04-01", facts=(
        fact(text, "ledger_row", json.dumps({"day": "2025-03-01", "kind": "payment", "amount": "120", "number": "P"}), text, "SEK"),))  # fmt: skip
    links, waits = told(CLAIM, ANSWER, OFFER, COUNTER, DEAL, paid)
    assert links == [
        ("response", "answers", "claim"), ("offer", "would settle", "claim"), ("rejection", "refuses", "offer"),
        ("offer", "goes against", "offer"), ("settlement", "accepts", "offer"), ("payment", "carries out", "settlement"),
    ]  # fmt: skip
    assert waits == []


def test_open_claim_waits_for_an_answer_of_the_other_side() -> None:
    assert told(CLAIM)[1] == [("answer to the claim, or its payment", "client", 200.0)]
    assert told(CLAIM, ANSWER)[1] == [("agreement, payment or decision", None, 200.0)]


def test_offer_waits_for_its_acceptance_and_a_settlement_for_its_payment() -> None:
    assert told(CLAIM, OFFER)[1] == [("acceptance or refusal of the offer", "provider", 80.0)]
    assert told(CLAIM, OFFER, COUNTER)[1] == [("acceptance or refusal of the offer", "client", 120.0)]
    assert told(CLAIM, DEAL)[1] == [("payment of what the settlement gives", "client", 120.0)]
