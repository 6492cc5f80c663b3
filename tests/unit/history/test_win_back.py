from __future__ import annotations

import json

import pytest
from builders.records import client_file, fact, mail, read_record

from history import win_back
from history.win_back import privileged_ids

US, THEM, LAWYER = "kim@house.example", "ebba.lund@norrland.example", "counsel@lex.example"


def test_privileged_mail_its_attachments_copies_and_carriers_are_not_told_of() -> None:
    file = client_file(
        mail("advice", "Our advice is to SETTLE.", LAWYER, (US,), "2025-01-01", privileged=True, content=b"advice"),
        read_record(
            "memo", "MEMO of counsel", parent="advice", inner="memo.pdf", privileged=True, bases={"privileged": "family (counsel)"}
        ),
        read_record("copy", "Our advice is to SETTLE.", duplicate_of="advice", content=b"advice"),
        mail("forward", "Passing this on.", US, (US,), "2025-01-02"),
        read_record("inside", "Our advice is to SETTLE.", parent="forward", content=b"advice"),
        mail("open", "We would come back.", THEM, (US,), "2025-02-01"),
    )
    told = json.dumps(win_back(file).as_json())
    for hidden in ("advice", "memo", "copy", "forward", "SETTLE", "MEMO"):
        assert hidden not in told
    assert "We would come back." in told


def test_contract_that_counsel_was_sent_stays_open_where_else_it_is_held() -> None:
    file = client_file(
        mail("advice", "Our advice.", LAWYER, (US,), "2025-01-01", privileged=True),
        read_record(
            "attached", "CONTRACT", "contract", parent="advice", privileged=True, bases={"privileged": "family (counsel)"}, content=b"c"
        ),
        read_record("loose", "CONTRACT", "contract", content=b"c"),
        mail("other", "Signed copy attached.", US, (THEM,), "2025-01-03"),
        read_record("again", "CONTRACT", "contract", parent="other", content=b"c", duplicate_of="loose"),
    )
    assert privileged_ids(file) == {"advice", "attached"}


def test_one_privileged_paper_in_an_archive_file_does_not_hide_the_others() -> None:
    file = client_file(
        read_record("zip", "memo\nnote", mime="application/zip"),
        read_record("memo", "memo", parent="zip", privileged=True),
        read_record("note", "note", parent="zip"),
    )
    assert privileged_ids(file) == {"memo"}


def test_promises_are_ours_and_consent_is_theirs_newest_first() -> None:
    file = client_file(
        *(mail(f"n{n}", "Words.", US, ("jo@house.example",), "2020-01-01") for n in range(3)),
        mail("old", "We will send a plan.", US, (THEM,), "2025-01-01"),
        mail("new", "I will name a lead.", US, (THEM,), "2025-02-01"),
        mail("theirs", "We will think. Please do not call us before May.", THEM, (US,), "2025-03-01"),
    )
    told = win_back(file).as_json()
    assert [s["words"] for s in told["promised"]] == ["I will name a lead.", "We will send a plan."]
    assert [s["words"] for s in told["consent"]["statements"]] == ["Please do not call us before May."]


def test_recommendation_is_left_open_with_an_explanation() -> None:
    told = win_back(client_file(mail("m", "Words.", THEM, (US,), "2025-01-01"))).as_json()
    assert told["recommended"] is None
    assert told["explanation"]
    assert told["why"] == {"reasons": [], "explanation": "not decided from the documents"}


def test_what_is_open_names_the_outstanding_sum_and_open_disputes() -> None:
    ledger, claim = "Balance 900.00 SEK", "We claim 5,000 SEK."
    file = client_file(
        read_record(
            "l",
            ledger,
            "ledger",
            date="2025-05-01",
            facts=(fact(ledger, "outstanding", "900.00", "900.00", "SEK"), fact(ledger, "invoiced_total", "900.00", "900.00", "SEK")),
        ),
        read_record("c", claim, "claim", date="2025-04-01", sender=THEM, facts=(fact(claim, "amount", "5000", "5,000", "SEK"),)),
    )
    told = win_back(file).as_json()["open"]
    assert told["outstanding"]["amount"] == 900.0
    assert [d["status"] for d in told["disputes"]] == ["open"]


NOTICE = "Norrland Kaffe AB, 10 January 2025. We terminate the Agreement with effect from 30 April 2025."


def left(*more, status: str = "") -> list:
    facts = (
        fact(NOTICE, "notice_given", "2025-01-10", "10 January 2025"),
        fact(NOTICE, "given_by", "client", "Norrland Kaffe AB"),
        fact(NOTICE, "date_received", "2025-01-10", "10 January 2025"),
    )
    ours = [mail(f"u{n}", "Words.", US, ("jo@house.example",), "2024-01-01") for n in range(3)]
    return [*ours, read_record("notice", NOTICE, "notice", date="2025-01-10", facts=facts), *more]


def brief(*more) -> dict:
    return win_back(client_file(*left(*more))).as_json()


@pytest.mark.parametrize("words", [
    "If you had a deal without a minimum, we would look at it.",
    "We are open to discuss cover for the next season.",
    "Wir könnten uns vorstellen, im Herbst wieder mit Ihnen zusammenzuarbeiten.",
    "Nous serions prêts à discuter d'une nouvelle offre.",
    "Estamos dispuestos a hablar de una nueva propuesta.",
])
def test_opening_that_the_client_left_after_its_notice_recommends_to_call_and_is_cited(words: str) -> None:
    told = brief(mail("later", words, THEM, (US,), "2025-08-01"))
    assert told["recommended"] is True
    assert [o["words"] for o in told["openings"]] == [words]
    assert told["decided_by"][0]["quote"] == words


def test_opening_of_before_the_notice_or_of_ours_is_none() -> None:
    told = brief(mail("early", "We are open to discuss it.", THEM, (US,), "2024-08-01"), mail("ours", "We are open to discuss it.", US, (THEM,), "2025-08-01"))
    assert (told["recommended"], told["openings"]) == (None, [])


@pytest.mark.parametrize("words", [
    "A new tender is planned for 2026, but not before the account is closed.",
    "Vielleicht, wenn der Überlauf 2026 neu ausgeschrieben wird.",
    "Nous sommes prêts à discuter, mais pas avant la fin de l'année.",
])
def test_opening_that_waits_for_something_leaves_it_undecided(words: str) -> None:
    told = brief(mail("later", words, THEM, (US,), "2025-08-01"))
    assert told["recommended"] is None
    assert told["openings"][0]["on_terms"]


@pytest.mark.parametrize(("words", "status"), [
    ("Please do not contact us again.", "do_not_contact"),
    ("Bitte rufen Sie nicht mehr an, wir wollen nicht mehr kontaktieren werden.", "do_not_contact"),
    ("Ne nous contactez plus.", "do_not_contact"),
    ("No nos llamen más.", "do_not_contact"),
])
def test_client_that_asked_not_to_be_contacted_is_not_called_whatever_else_it_said(words: str, status: str) -> None:
    told = brief(mail("open", "We would look at a new offer.", THEM, (US,), "2025-07-01"), mail("dnc", words, THEM, (US,), "2025-08-01"))
    assert (told["recommended"], told["consent"]["status"]) == (False, status)
    assert told["obstacles"][0]["kind"] == "do_not_contact"
    assert told["obstacles"][0]["cites"][0]["quote"] == words


def test_later_consent_goes_before_an_earlier_refusal_and_a_pause_is_no_refusal() -> None:
    refusal = mail("dnc", "Please do not contact us.", THEM, (US,), "2025-05-01")
    told = brief(refusal, mail("yes", "You may call me in the autumn: feel free to call.", THEM, (US,), "2025-09-01"))
    assert told["consent"]["status"] == "given"
    assert told["obstacles"] == []
    assert brief(mail("pause", "Please do not call us before May.", THEM, (US,), "2025-03-01"))["consent"]["status"] == "not_now"


@pytest.mark.parametrize("words", [
    "Norrland Kaffe AB is in liquidation since 3 June 2025.",
    "Über das Vermögen wurde das Insolvenzverfahren eröffnet.",
    "Norrland est en liquidation judiciaire.",
    "La sociedad está en concurso de acreedores.",
])
def test_insolvent_client_is_not_called(words: str) -> None:
    told = brief(read_record("letter", words, "legal_letter", date="2025-06-05"))
    assert (told["recommended"], told["obstacles"][0]["kind"]) == (False, "insolvent")


def test_insolvency_of_another_client_or_only_assumed_is_no_obstacle() -> None:
    other = mail("list", "C-2: in liquidation, nothing to chase.", US, ("jo@house.example",), "2025-06-05", clients=("C-1", "C-2"))
    assumed = read_record("terms", "If the client is in liquidation, the fee falls due.", "legal_letter", date="2025-06-05")
    assert brief(other, assumed)["obstacles"] == []


def test_broken_settlement_that_is_still_claimed_stands_against_calling() -> None:
    def paper(record_id: str, kind: str, day: str, *rows: tuple[str, dict]) -> object:
        text = f"paper {record_id}"
        return read_record(record_id, text, kind, date=day, facts=tuple(fact(text, name, json.dumps(row), text, "SEK") for name, row in rows))

    told = brief(
        paper("c", "claim", "2025-05-01", ("dispute_act", {"kind": "claim", "amount": "900", "by": "provider"})),
        paper("s", "settlement", "2025-05-20", ("dispute_act", {"kind": "settlement", "amount": "500", "payer": "client"}),
              ("instalment", {"number": 1, "day": "2025-06-01", "amount": "250"}), ("instalment", {"number": 2, "day": "2025-07-01", "amount": "250"})),
        paper("l", "ledger", "2025-09-01", ("ledger_row", {"kind": "invoice", "amount": "900", "day": "2025-02-01"})),
        paper("again", "claim", "2025-08-01", ("dispute_act", {"kind": "claim", "amount": "500", "by": "provider"})),
    )
    assert [o["kind"] for o in told["obstacles"]] == ["settlement_broken"]
    assert told["recommended"] is False


def test_what_was_told_in_confidence_and_what_a_settlement_keeps_secret_must_not_be_said() -> None:
    told = brief(
        mail("secret", "You didn't get this from me. The board has decided.", THEM, (US,), "2025-02-01"),
        mail("offer", "Without prejudice. We would pay 500.", THEM, (US,), "2025-03-01"),
        mail("plain", "This is without prejudice to clause 4.", THEM, (US,), "2025-03-02"),
        read_record("s", "Settlement. The terms are confidential.", "settlement", date="2025-05-20"),
    )
    assert [(u["why"], u["record_id"]) for u in told["must_not_say"]] == [("settlement", "s"), ("without_prejudice", "offer"), ("in_confidence", "secret")]


def test_privileged_words_are_neither_an_opening_nor_told_as_what_must_not_be_said() -> None:
    told = brief(mail("advice", "Keep this between us: they would look at a new offer.", LAWYER, (US,), "2025-08-01", privileged=True))
    assert (told["openings"], told["must_not_say"]) == ([], [])
