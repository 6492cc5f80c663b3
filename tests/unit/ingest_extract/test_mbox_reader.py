"""Mailbox files: where messages begin and end, and by what name they are known."""
from __future__ import annotations

import io

from archive.model.extracted import Child, Identified, Unread
from archive.model.outcome import Failed
from archive.settings import Limits
from ingest.extract import mbox, read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given

LINE = b"From a@x.example Mon Mar 18 09:12:44 2024\n"


def split(raw: bytes, limit: int = 1 << 30) -> list[bytes | None]:
    return [content for content, _ in mbox.messages(io.BytesIO(raw), limit)]


def test_messages_come_out_as_they_stand_between_the_lines() -> None:
    one, two = b"Message-ID: <1@x>\n\nBody\n\n>From the start\n", b"Message-ID: <2@x>\n\nOther\n"
    assert split(LINE + one + b"\n" + LINE + two + b"\n") == [one, two]


def test_line_ends_of_both_kinds_are_kept() -> None:
    one = b"Message-ID: <1@x>\r\n\r\nBody\r\n"
    line = LINE.replace(b"\n", b"\r\n")
    assert split(line + one + b"\r\n" + line + one + b"\r\n") == [one, one]


def test_from_within_a_text_is_no_separator() -> None:
    one = b"Message-ID: <1@x>\n\nText\n\nFrom now on, 2024 is over.\n\nFrom 10:00 to 11:00 in 2024\nwe met\n"
    assert split(LINE + one + b"\n") == [one]


def test_separators_without_a_date_are_known_by_the_header_below() -> None:
    one = b"From: a@x.example\nSubject: 1\n\nBody\n"
    assert split(b"From - \n" + one + b"\nFrom - \n" + one + b"\n") == [one, one]


def test_messages_across_reads_are_whole() -> None:
    bodies = [b"Message-ID: <%d@x>\n\n" % n + b"line of text\n" * (n * 997) for n in range(1, 60)]
    assert split(b"".join(LINE + body + b"\n" for body in bodies)) == bodies


def test_message_over_the_limit_is_left_out_and_the_next_one_read() -> None:
    small, large = b"Message-ID: <s@x>\n\ns\n", b"Message-ID: <l@x>\n\n" + b"l" * (3 << 20) + b"\n"
    assert split(LINE + large + b"\n" + LINE + small + b"\n", 1 << 20) == [None, small]


def test_names_are_message_ids_unique_and_stable() -> None:
    raw = b"".join(LINE + head + b"\n\nx\n\n" for head in (b"Message-ID: <1@x>", b"Subject: none", b"Message-ID:\n <1@x>"))
    members, read = read_whole(Work(Content(data=raw), Identified("mbox", "application/mbox", "structure"), Given("a.mbox"), Limits()))
    assert [m.inner for m in members] == ["<1@x>", "message-000002", "<1@x> (2)"]
    assert all(isinstance(m, Child) and m.declared_mime == "message/rfc822" for m in members) and read.container


def test_too_many_messages_is_said_after_those_that_were_read() -> None:
    raw = (LINE + b"Subject: x\n\nx\n\n") * 5
    members, read = read_whole(Work(Content(data=raw), Identified("mbox", "application/mbox", "structure"), Given("a.mbox"), Limits(members=3)))
    assert len(members) == 3 and isinstance(read.outcome, Failed) and read.outcome.code == "over_limit"


def test_large_message_is_unread_by_name() -> None:
    raw = LINE + b"Subject: x\n\n" + b"y" * 5000 + b"\n\n"
    members, _ = read_whole(Work(Content(data=raw), Identified("mbox", "application/mbox", "structure"), Given("a.mbox"), Limits(item_bytes=100)))
    assert isinstance(members[0], Unread) and members[0].inner == "message-000001"
