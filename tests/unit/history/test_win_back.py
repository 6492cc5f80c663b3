from __future__ import annotations

import json

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
