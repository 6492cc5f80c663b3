from __future__ import annotations

from builders.records import client_file, mail, read_record

from archive.model.outcome import Done, Skipped
from history import assemble


def test_entries_stand_in_order_of_date_with_undated_ones_last() -> None:
    history = assemble(
        client_file(
            read_record("c", "third", date=None),
            read_record("b", "second", date="2025-02-01"),
            read_record("a", "first", date="2024-02-01"),
        )
    )
    assert [(e.record_id, e.date) for e in history.timeline] == [("a", "2024-02-01"), ("b", "2025-02-01"), ("c", None)]


def test_all_five_record_types_appear() -> None:
    types = ("contractual", "interaction", "dispute", "billing", "feedback")
    history = assemble(client_file(*(read_record(t, f"words of {t}", types=(t,), date="2025-01-01") for t in types)))
    assert {e.record_type for e in history.timeline} == set(types)


def test_record_of_several_types_is_filed_under_the_most_telling_and_keeps_all() -> None:
    (entry,) = assemble(client_file(read_record("a", "words", types=("interaction", "billing", "dispute")))).timeline
    assert entry.record_type == "dispute"
    assert entry.record_types == ("interaction", "dispute", "billing")


def test_duplicate_is_collapsed_into_its_primary_and_named() -> None:
    history = assemble(client_file(read_record("a", "words"), read_record("b", "words", duplicate_of="a")))
    (entry,) = history.timeline
    assert entry.copies == ("b",)
    assert [c.record_id for c in entry.cites] == ["a", "b"]


def test_duplicate_whose_primary_is_elsewhere_stands_for_itself() -> None:
    (entry,) = assemble(client_file(read_record("b", "words", duplicate_of="not here"))).timeline
    assert entry.record_id == "b"


def test_duplicates_that_point_at_one_another_still_appear_once() -> None:
    (entry,) = assemble(client_file(read_record("a", "words", duplicate_of="b"), read_record("b", "words", duplicate_of="a"))).timeline
    assert {entry.record_id, *entry.copies} == {"a", "b"}


def test_picture_without_text_is_cited_by_the_mail_that_carries_it() -> None:
    carrier = mail("m", "See the photo kit.jpg of the returned kit.", "a@norrland.example", ("us@house.example",), "2025-01-02")
    picture = read_record("p", "", parent="m", inner="kit.jpg", date="2025-01-02", outcome=Skipped("needs_ocr", "only pictures of text"))
    entry = next(e for e in assemble(client_file(carrier, picture)).timeline if e.record_id == "p")
    assert entry.cited_through == "parent"
    assert entry.cites[0].quote == "kit.jpg"
    assert entry.cites[0].record_id == "m"


def test_record_without_words_anywhere_is_listed_as_unread_with_its_reason() -> None:
    scan = read_record("s", " \n\t ", date="2025-01-02", outcome=Skipped("needs_ocr", "only pictures of text"))
    empty = read_record("e", "", outcome=Done())
    history = assemble(client_file(scan, empty))
    assert history.timeline == ()
    assert [(u.record_id, u.code, u.reason) for u in history.unread] == [
        ("s", "needs_ocr", "only pictures of text"),
        ("e", "", "no text was found in it"),
    ]


def test_every_record_is_on_the_timeline_or_unread() -> None:
    reads = [read_record(f"r{n}", "" if n % 3 else "words", parent=f"r{n - 1}" if n % 4 == 3 else None) for n in range(20)]
    history = assemble(client_file(*reads))
    shown = (
        {e.record_id for e in history.timeline} | {c for e in history.timeline for c in e.copies} | {u.record_id for u in history.unread}
    )
    assert shown == {r.record.record_id for r in reads}


def test_as_of_leaves_out_what_is_dated_later_and_keeps_what_is_undated() -> None:
    file = client_file(
        read_record("a", "words", date="2025-01-31"),
        read_record("b", "words", date="2025-02-01"),
        read_record("c", "words"),
        as_of="2025-01-31",
    )
    assert [e.record_id for e in assemble(file).timeline] == ["a", "c"]
