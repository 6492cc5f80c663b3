from __future__ import annotations

import pytest
from builders.records import client_file, mail, read_record

from archive.model.extracted import Participant, Segment
from history import assemble
from history.passages import lead, sentences

US, OTHER, THEM = "kim@house.example", "jo@house.example", "ebba.lund@norrland.example"
NOISE = [mail(f"n{n}", "Words.", US, (OTHER,), "2020-01-01") for n in range(3)]


@pytest.mark.parametrize(
    ("sender", "to", "expected"),
    [
        (THEM, (US,), "inbound"),
        (US, (THEM,), "outbound"),
        (US, (OTHER,), "internal"),
        (US, (OTHER, THEM), "outbound"),
        ("clerk@court.example", (US,), "inbound"),
        (US, ("clerk@court.example",), "outbound"),
        ("x@desk.norrland.example", (US,), "inbound"),
        ("clerk@court.example", (THEM,), None),
    ],
)
def test_direction_follows_from_the_sides_of_sender_and_recipients(sender: str, to: tuple[str, ...], expected: str | None) -> None:
    history = assemble(client_file(*NOISE, mail("m", "Some words.", sender, to, "2025-01-01")))
    (found,) = [i for i in history.interactions if i.record_id == "m"]
    assert found.direction == expected
    assert found.direction_basis


def test_summary_is_made_of_the_records_own_sentences_without_the_greeting() -> None:
    text = "Dear Kim,\n\nWe are leaving at the end of March. Your prices rose twice.\nMore follows. And more."
    (found,) = assemble(client_file(mail("m", text, THEM, (US,), "2025-01-01"))).interactions
    assert found.summary == "We are leaving at the end of March. Your prices rose twice."
    assert [c.quote for c in found.cites] == ["We are leaving at the end of March.", "Your prices rose twice."]


def test_quoted_part_of_a_mail_is_not_its_summary() -> None:
    text = "> You promised more.\n\nI agree with that."
    own = text.index("I agree")
    segments = (Segment("quoted", 0, own), Segment("new", own, len(text)))
    (found,) = assemble(client_file(mail("m", text, THEM, (US,), "2025-01-01", segments=segments))).interactions
    assert found.summary == "I agree with that."


def test_channels_of_talks() -> None:
    kinds = {
        "chat": "chat",
        "call_transcript": "phone",
        "call_note": "phone",
        "meeting_note": "meeting",
        "review": "meeting",
        "legal_letter": "letter",
    }
    history = assemble(client_file(*(read_record(k, "Some words.", k) for k in kinds), read_record("contract", "Words.", "contract")))
    assert {i.record_id: i.channel for i in history.interactions} == kinds


def test_attached_letter_is_part_of_its_mail_and_no_interaction_of_its_own() -> None:
    history = assemble(
        client_file(
            mail("m", "See attached.", THEM, (US,), "2025-01-01"), read_record("l", "Dear Sirs,\nwords.", "legal_letter", parent="m")
        )
    )
    assert [i.record_id for i in history.interactions] == ["m"]


def test_a_contact_of_the_directory_who_speaks_makes_a_call_inbound() -> None:
    speakers = (Participant("speaker", "", "Kim"), Participant("speaker", "", "Ebba  LUND"))
    (found,) = assemble(client_file(read_record("c", "Kim: hello. Ebba: hello.", "call_transcript", participants=speakers))).interactions
    assert found.direction == "inbound"


def test_lead_is_the_first_line_with_a_word() -> None:
    read = read_record("a", "\n  ----\n   \n  Some title \nrest")
    found = lead(read)
    assert found is not None
    assert found.quote == "Some title"
    assert lead(read_record("b", "\n -- \n !")) is None


def test_abbreviations_do_not_end_a_sentence() -> None:
    read = read_record("a", "Mr. Ek called No. 7 about it. He left.")
    assert [p.quote for p in sentences(read)] == ["Mr. Ek called No. 7 about it.", "He left."]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("NORRLAND KAFFE AB\nStorgatan 1\n\nCorvid Services Ltd\n", "inbound"),
        ("Corvid Services Ltd\nMill Race\n\nNorrland Kaffe, AB\nStorgatan 1\n", "outbound"),
        ("Corvid Services Ltd\nMill Race\n\nNorrlandia AB\n", None),
        ("IN THE DISTRICT COURT\nNorrland Kaffe AB, Claimant\n", None),
    ],
)
def test_letter_without_addresses_goes_the_way_its_head_shows(head: str, expected: str | None) -> None:
    (found,) = assemble(client_file(read_record("l", head + "\nDear Sirs\n\nSome words.", "legal_letter"))).interactions
    assert found.direction == expected


def test_letter_is_summed_up_from_after_its_greeting() -> None:
    text = "Corvid Services Ltd\nMill Race\nLeeds\n6 June 2025\n\nDear Dr. Lund,\n\nThe Agreement ended on 31 May. We claim the fee.\n"
    (found,) = assemble(client_file(read_record("l", text, "claim"))).interactions
    assert found.summary == "The Agreement ended on 31 May. We claim the fee."


def test_mail_that_greets_by_names_alone_is_summed_up_without_them() -> None:
    text = "Kim, Jo\n\nNumbers attached.\n1. Laptops by Friday.\n"
    (found,) = assemble(client_file(mail("m", text, THEM, (US,), "2025-01-01", segments=(Segment("new", 0, len(text)),)))).interactions
    assert found.summary == "Numbers attached. 1. Laptops by Friday."


@pytest.mark.parametrize("closing", ["Yours faithfully", "Kind regards,", "Mit freundlichen Grüßen", "Cordialement,", "Atentamente"])
def test_name_after_the_closing_is_no_sentence(closing: str) -> None:
    (found,) = assemble(client_file(mail("m", f"One sentence\n\n{closing}\nEbba Lund", THEM, (US,), "2025-01-01"))).interactions
    assert found.summary == "One sentence"
