"""From a record to what the index holds of it."""
from __future__ import annotations

from dataclasses import replace

from unit.search.records import read

import mappings
from archive.entry import entry_of, keyword
from archive.model.extracted import Participant
from archive.model.fact import Fact
from archive.model.viewer import audience_of


def test_entry_has_only_fields_of_the_mapping_and_every_text_field() -> None:
    streams = mappings.records().streams()
    entry = entry_of(read(1, "Notices", participants=(Participant("cc", "c@x.example", "Cy Cole"),)))
    assert entry.keys() <= streams.keys()
    assert {name for name, kind in streams.items() if kind == "words"} <= entry.keys()


def test_body_is_stemmed_by_the_language_and_kept_exact_beside() -> None:
    entry = entry_of(read(1, "Zwei Kündigungen", language="de"))
    assert (entry["body"], entry["body_exact"]) == ("zwei kundig", "zwei kundigungen")


def test_empty_text_holds_the_token_that_no_analysis_gives() -> None:
    entry = entry_of(read(1, "", subject="--"))
    assert (entry["body"], entry["body_exact"], entry["subject"]) == ("_", "_", "_")


def test_people_are_kept_by_role_with_address_domain_and_name() -> None:
    people = (Participant("from", "ann@ours.example", "Ann Ames"), Participant("to", "bob@okv.example", "Bob Berg"),
              Participant("bcc", "cy@third.example", ""), Participant("speaker", "", "Dee Dunn"))
    entry = entry_of(read(1, participants=people))
    assert entry["from"] == ["ann@ours.example", "ours.example"]
    assert entry["to"] == ["bob@okv.example", "okv.example"]
    assert entry["cc"] == ["cy@third.example", "third.example"]
    assert entry["from_names"] == "ann ames ann ours example dee dunn"
    assert set(entry["participant"]) == {"ann@ours.example", "ours.example", "bob@okv.example", "okv.example", "cy@third.example", "third.example"}  # type: ignore[arg-type]


def test_domain_of_a_letter_is_kept_as_it_is() -> None:
    assert entry_of(read(1, sender="okv.example", to=()))["from"] == ["okv.example"]


def test_sets_of_clients_never_share_an_audience() -> None:
    sets = [(), ("-",), ("a", "b"), ("a|b",), ("a\\", "b"), ("a\\|b",), ("a",), ("b",), ("\\-",)]
    assert len({audience_of(clients) for clients in sets}) == len(sets)
    assert audience_of(("b", "a")) == audience_of(("a", "b")) == "a|b"
    assert audience_of(()) == "-"


def test_date_that_is_none_is_left_out_with_its_month() -> None:
    assert not {"date", "month"} & entry_of(read(1, date="2024-02-31")).keys()
    assert not {"date", "month"} & entry_of(read(1, date=None)).keys()
    entry = entry_of(read(1, date="2024-03-18"))
    assert (entry["date"], entry["month"]) == ("2024-03-18", "2024-03")


def test_moment_is_kept_in_utc_to_the_second() -> None:
    assert entry_of(read(1, sent_at="2024-03-18T09:12:44.5+01:00"))["sent_at"] == "2024-03-18T08:12:44Z"
    assert "sent_at" not in entry_of(read(1, sent_at="yesterday"))
    assert "sent_at" not in entry_of(read(1, sent_at="0001-01-01T00:00:00+14:00"))


def test_day_of_receipt_is_that_of_the_mailbox_in_utc_else_that_of_a_stamp() -> None:
    assert entry_of(read(1, received_at="2024-03-18T23:30:00-02:00"))["received"] == "2024-03-19"
    stamp = Fact("received_on", "2024-03-20", (), "received stamp")
    assert entry_of(replace(read(1), facts=(stamp,)))["received"] == "2024-03-20"
    assert entry_of(replace(read(1, received_at="2024-03-18T08:00:00Z"), facts=(stamp,)))["received"] == "2024-03-18"
    assert "received" not in entry_of(replace(read(1), facts=(replace(stamp, basis="words of receipt"),))), "that is the day of another paper"
    assert "received" not in entry_of(read(1, received_at="at once"))


def test_names_of_facts_are_held_once_each() -> None:
    facts = tuple(Fact(name, 1, (), "test") for name in ("received_on", "leaving_reason", "received_on"))
    assert entry_of(replace(read(1), facts=facts))["tells"] == ["leaving_reason", "received_on"]
    assert "tells" not in entry_of(read(1))


def test_flags_follow_from_the_record() -> None:
    entry = entry_of(read(1, duplicate_of="f" * 20, privileged=True, children=2))
    assert (entry["is_duplicate"], entry["privileged"], entry["has_attachment"]) == (True, True, True)
    assert entry_of(read(1, children=2, mime="application/zip"))["has_attachment"] is False


def test_half_surrogates_of_file_names_do_not_reach_the_engine() -> None:
    entry = entry_of(read(1, name="bad\udcff.pdf", source="s" * 5000))
    assert str(entry["filename_key"]).encode("utf-8")
    assert len(str(entry["source"])) == 256
    assert keyword("\ud800") == "?"
