"""Mails: body, people, ids, attachments to the byte, and what is broken in them."""
from __future__ import annotations

import base64
import binascii

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given

EMAIL = Identified("email", "message/rfc822", "structure")


def read(raw: bytes) -> tuple[list[Child | Unread], Extracted]:
    return read_whole(Work(Content(data=raw), EMAIL, Given("x.eml"), Limits()))


def mail(*parts: bytes, kind: bytes = b"mixed", head: bytes = b"") -> bytes:
    body = b"".join(b"--B\r\n" + part + b"\r\n" for part in parts)
    return head + b'Subject: S\r\nMIME-Version: 1.0\r\nContent-Type: multipart/' + kind + b'; boundary="B"\r\n\r\npreamble\r\n' + body + b"--B--\r\n"


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nHello"
HTML = b"Content-Type: text/html\r\n\r\n<p>Hello <b>twin</b></p>"


def test_plain_mail_gives_body_people_and_ids() -> None:
    members, read_ = read(b"From: Ann <a@x.example>\r\nTo: b@y.example\r\nCc: c@y.example\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n"
                          b"Message-ID: <m@x>\r\nIn-Reply-To: <p@x>\r\nReferences: <o@x>\r\n <p@x>\r\nDate: Mon, 18 Mar 2024 09:12:44 +0100\r\n\r\nBody\r\n")
    assert members == [] and read_.text == "Body" and read_.subject == "Grüße" and read_.mail is not None
    assert [(p.role, p.address) for p in read_.participants] == [("from", "a@x.example"), ("to", "b@y.example"), ("cc", "c@y.example")]
    assert (read_.mail.message_id, read_.mail.in_reply_to, read_.mail.references) == ("<m@x>", ("<p@x>",), ("<o@x>", "<p@x>"))
    assert (read_.mail.sent_at, read_.mail.sent_basis) == ("2024-03-18T09:12:44+01:00", "header Date")
    assert ("Subject", "Grüße") in read_.mail.headers


def test_text_is_preferred_and_its_html_twin_is_no_child() -> None:
    members, read_ = read(mail(TEXT, HTML, kind=b"alternative"))
    assert members == [] and read_.text == "Hello"


def test_html_is_shown_where_there_is_no_text_part() -> None:
    members, read_ = read(mail(HTML, kind=b"alternative"))
    assert members == [] and read_.text == "Hello twin"


def test_picture_beside_the_html_twin_is_an_inline_child() -> None:
    related = (b'Content-Type: multipart/related; boundary="R"\r\n\r\n--R\r\n' + HTML + b'\r\n--R\r\nContent-Type: image/png; name="image001.png"\r\n'
               b"Content-ID: <i>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--R--")
    members, read_ = read(mail(TEXT, related, kind=b"alternative"))
    assert read_.text == "Hello"
    assert members == [Child("image001.png", base64.b64decode("iVBORw0KGgo="), "image/png", "", True)]


def test_attachment_comes_out_to_the_byte() -> None:
    content = bytes(range(256)) * 40
    members, _ = read(mail(TEXT, b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="a.pdf"\r\n'
                                 b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)))
    assert isinstance(members[0], Child) and members[0].content == content and members[0].inner == "a.pdf" and not members[0].inline


def test_attached_message_is_the_original_slice() -> None:
    inner = b"From: c@z.example\nSubject: Kickoff / calendar\n\nFirst line\n\nLast line  \n"
    members, _ = read(mail(TEXT, b"Content-Type: message/rfc822\r\n\r\n" + inner))
    assert isinstance(members[0], Child) and members[0].content == inner and members[0].inner == "Kickoff _ calendar.eml"


def test_names_lose_their_folders_and_become_unique() -> None:
    part = b'Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="..\\\\..\\\\etc/a.txt"\r\n\r\nx'
    members, _ = read(mail(TEXT, part, part, b"Content-Type: image/png\r\n\r\nx"))
    assert [m.inner for m in members] == ["a.txt", "a (2).txt", "part-3.png"]


def test_unknown_charset_costs_nothing() -> None:
    _, read_ = read(b"From: a@x.example\r\nContent-Type: text/plain; charset=x-no-such\r\n\r\n" + "Größe".encode())
    assert read_.text == "Größe"


def test_declared_ascii_with_windows_bytes_is_windows_1252() -> None:
    _, read_ = read(b"From: a@x.example\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\nFee \x80 100 \x96 due")
    assert read_.text == "Fee € 100 – due"


def test_lost_boundary_leaves_the_text() -> None:
    _, read_ = read(b'Subject: S\r\nContent-Type: multipart/mixed; boundary="abc\r\n\r\n--abc\r\nContent-Type: text/plain\r\n\r\nStill here\r\n')
    assert "Still here" in read_.text


def test_missing_end_boundary_loses_no_part() -> None:
    members, read_ = read(mail(TEXT, b"Content-Type: image/png\r\n\r\nxyz").replace(b"--B--\r\n", b""))
    assert read_.text == "Hello" and isinstance(members[0], Child) and members[0].content.startswith(b"xyz")


def test_date_comes_from_the_first_server_where_the_header_is_no_date() -> None:
    _, read_ = read(b"Received: by b; Mon, 18 Mar 2024 10:00:00 +0000\r\nReceived: by a; Mon, 18 Mar 2024 09:59:58 +0000\r\nDate: soon\r\n\r\nx")
    assert read_.mail is not None and (read_.mail.sent_at, read_.mail.sent_basis) == ("2024-03-18T09:59:58+00:00", "header Received")


def test_message_was_received_when_the_last_server_took_it() -> None:
    hops = b"Received: by broken\r\nReceived: by b; Mon, 18 Mar 2024 12:00:00 +0200\r\nReceived: by a; Mon, 18 Mar 2024 09:59:58 +0000\r\n"
    for head, told in ((hops, ("2024-03-18T12:00:00+02:00", "header Received")), (b"", ("", "")), (b"Received: (from root)\r\n", ("", "")),
                       (b"Delivery-date: Tue, 19 Mar 2024 07:00:00 +0000\r\n", ("2024-03-19T07:00:00+00:00", "header Delivery-Date"))):
        _, got = read(head + b"Date: Mon, 18 Mar 2024 09:00:00 +0000\r\n\r\nx")
        assert got.mail is not None and (got.mail.received_at, got.mail.received_basis) == told


def test_delivery_status_is_part_of_the_text() -> None:
    status = b"Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; gone@x.example\r\nStatus: 5.1.1"
    members, read_ = read(mail(TEXT, status, kind=b"report"))
    assert members == [] and "gone@x.example" in read_.text


def test_quoted_text_and_signature_are_marked() -> None:
    body = b"Yes, fine.\r\n\r\n-- \r\nAnn\r\n\r\nOn Monday, Bob wrote:\r\n> Is it?\r\n"
    _, read_ = read(b"From: a@x.example\r\n\r\n" + body)
    assert [(s.kind, read_.text[s.start:s.end]) for s in read_.segments] == [
        ("new", "Yes, fine."), ("signature", "-- \nAnn"), ("quoted", "On Monday, Bob wrote:\n> Is it?")]


def test_deep_nesting_is_cut_and_said_so() -> None:
    raw = b"Subject: S\r\n" + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5000)) + b"\r\nend"
    _, read_ = read(raw)
    assert isinstance(read_.outcome, Done) and "nested" in read_.outcome.note


def test_huge_header_does_not_hang() -> None:
    _, read_ = read(b"Subject: " + b"x" * 900_000 + b"\r\nTo: " + b"a@x.example, " * 80_000 + b"\r\n\r\nbody")
    assert read_.text == "body" and len(read_.subject) == 2000


def test_uuencoded_part_is_decoded() -> None:
    raw = (b'Content-Type: application/octet-stream; name="a.txt"\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n'
           b"begin 644 a.txt\r\n" + binascii.b2a_uu(b"what it says").strip() + b"\r\n`\r\nend")
    members, _ = read(mail(TEXT, raw))
    assert isinstance(members[0], Child) and (members[0].inner, members[0].content) == ("a.txt", b"what it says")


def test_utf16_message_is_read() -> None:
    _, read_ = read("From: a@x.example\nSubject: S\n\nBody\n".encode("utf-16"))
    assert read_.text == "Body" and read_.participants[0].address == "a@x.example"
