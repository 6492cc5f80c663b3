from __future__ import annotations

import unicodedata

from builders.records import client_file, fact, mail, read_record

from archive.model.fact import ClientEvidence
from archive.model.outcome import Failed
from archive.model.record import ReadRecord
from history import assemble, audit, report
from history.report import COLUMNS, safe

HOSTILE = "\x1b[2J\x1b]0;owned\x07Pay\r\nnow‮gnp.exe\x00⁦\ud800 \u2028end"


def test_unread_undated_and_uncertain_records_are_named_with_their_reason() -> None:
    file = client_file(
        read_record("broken", "", date="2025-01-01", outcome=Failed("encrypted", "a password is needed")),
        read_record("undated", "words"),
        read_record("weak", "words", date="2025-01-01", evidence=(ClientEvidence("C-1", "name", "text", 0.3),)),
        read_record("both", "words", date="2025-01-01", clients=("C-1", "C-2")),
    )
    told = audit(file).as_json()
    assert [(u["record_id"], u["reason"]) for u in told["unread"]] == [("broken", "a password is needed")]
    assert [u["record_id"] for u in told["undated"]] == ["undated"]
    assert [u["record_id"] for u in told["uncertain_client"]] == ["both", "weak"]
    assert told["records"] == 4
    assert told["complete"] is False


def test_missing_contract_is_named_and_a_held_one_is_not() -> None:
    before = audit(client_file(mail("m", "Words.", "a@norrland.example", ("b@house.example",), "2025-01-01"))).as_json()
    assert [e["what"] for e in before["expected"] if not e["held"]] == ["contract"]
    after = audit(client_file(read_record("c", "Agreement", "contract", date="2025-01-01"))).as_json()
    assert after["complete"] is True


def test_notice_asks_for_a_ledger() -> None:
    told = audit(client_file(read_record("n", "We terminate.", "notice", date="2025-01-01"))).as_json()
    assert {e["what"]: e["held"] for e in told["expected"]} == {"contract": False, "notice": True, "ledger": False}


def test_draft_alone_is_no_contract() -> None:
    told = audit(client_file(read_record("c", "Agreement", "contract", date="2025-01-01", name="MSA draft.docx"))).as_json()
    assert [e["held"] for e in told["expected"]] == [False]


def test_unsure_fact_and_fact_that_does_not_stand_are_unverified() -> None:
    text = "in force on 1 May 2025"
    unsure = fact(text, "effective_date", "2025-05-01", "1 May 2025", confidence=0.4)
    read = read_record("c", text, "contract", facts=(unsure,))
    moved = ReadRecord(read.record, "X" + text, facts=(fact(text, "effective_date", "2025-05-01", "1 May 2025"),))
    assert audit(client_file(read)).as_json()["unverified"][0]["why"].startswith("read with little certainty")
    assert audit(client_file(moved)).as_json()["unverified"][0]["why"] == "its words do not stand at the cited place"


def test_fixity_is_passed_through_and_null_when_not_checked() -> None:
    assert audit(client_file()).as_json()["fixity"] is None
    assert audit(client_file(), {"checked": 3, "mismatches": 0}).as_json()["fixity"] == {"checked": 3, "mismatches": 0}


def test_report_holds_no_character_that_a_terminal_obeys_and_no_line_over_the_width() -> None:
    file = client_file(
        read_record("a", HOSTILE, "notice", date="2025-01-01", subject=HOSTILE, path=f"drop/{HOSTILE}", types=("contractual",)),
        mail("m", HOSTILE + " We claim it.", HOSTILE, (HOSTILE,), "2025-01-02", kind="claim"),
        read_record("e", "", path=HOSTILE),
    )
    text = report(assemble(file))
    assert all(c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in text)
    assert max(len(line) for line in text.split("\n")) <= COLUMNS
    text.encode("utf-8")


def test_safe_shows_what_it_takes_away() -> None:
    assert safe("a\x1b[31mb‮c") == "a<U+001B>[31mb<U+202E>c"
    assert safe("Überprüfung – é ß 日本") == "Überprüfung – é ß 日本"


def test_report_says_where_nothing_was_found() -> None:
    text = report(assemble(client_file()))
    assert "No notice of termination was found in the records." in text
    assert "no ledger is held" in text
