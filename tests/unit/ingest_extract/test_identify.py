"""Formats are found by structure and signature first, by name last, and what was claimed is kept beside them."""
from __future__ import annotations

import io
import zipfile

import pytest

from ingest.extract.base import Content
from ingest.given import Given
from ingest.identify import identify
from ingest.identify.formats import extension_for

MAIL = b"Received: from a by b; Mon, 18 Mar 2024 09:12:44 +0100\r\nFrom: a@x.example\r\nTo: b@y.example\r\nSubject: Hello\r\n\r\nBody\r\n"


def found(content: bytes, name: str = "", declared: str = "") -> tuple[str, str, str]:
    seen = identify(Content(data=content), Given(name, declared_mime=declared))
    return seen.format, seen.basis, seen.declared


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_mail_is_known_by_its_header_block_whatever_its_name() -> None:
    assert found(MAIL, "note.txt") == ("email", "structure", "text/plain")
    assert found(MAIL, "") == ("email", "structure", "")
    assert found(MAIL, "x.eml") == ("email", "structure", "")


def test_a_note_that_begins_with_a_colon_line_is_no_mail() -> None:
    assert found(b"Date: 12 June\nPresent: Ann, Bob\n\nWe met.\n", "note.txt")[0] == "txt"


def test_a_broken_message_keeps_the_format_its_name_claims() -> None:
    assert found(b"Recieved from somewhere\nSubject=?x\n\nText\n", "broken.eml")[:2] == ("email", "name")


def test_mailbox_is_told_from_one_message_with_an_envelope_line() -> None:
    line = b"From a@x.example Mon Mar 18 09:12:44 2024\n"
    one = line + MAIL.replace(b"\r\n", b"\n")
    assert found(one + b"\n" + one, "Inbox")[0] == "mbox"
    assert found(one, "Inbox")[0] == "email"
    assert found(one, "Inbox.mbox")[0] == "mbox"


def test_office_documents_are_known_by_their_parts() -> None:
    types = {"[Content_Types].xml": b"<Types/>"}
    assert found(zipped(**types, **{"word/document.xml": b"<x/>"}), "a.zip") == ("docx", "structure", "application/zip")
    assert found(zipped(**types, **{"xl/workbook.xml": b"<x/>"}))[0] == "xlsx"
    assert found(zipped(**types, **{"xl/workbook.bin": b"x"}))[0] == "xlsb"
    assert found(zipped(mimetype=b"application/vnd.oasis.opendocument.text"))[0] == "odt"
    assert found(zipped(**{"a.txt": b"x"}), "a.zip")[0] == "zip"


def test_ole_files_are_known_by_their_streams() -> None:
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    assert found(ole + "EncryptedPackage\0".encode("utf-16-le"), "a.docx")[0] == "encrypted-office"
    assert found(ole + "__properties_version1.0\0".encode("utf-16-le"))[0] == "msg"
    assert found(ole + "WordDocument\0".encode("utf-16-le"))[0] == "doc"


@pytest.mark.parametrize(("content", "name", "expected"), [
    (b"%PDF-1.7\n", "x.bin", "pdf"), (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n", "x.txt", "vtt"),
    (b"1\r\n00:00:01,000 --> 00:00:02,000\r\nHallo\r\n", "call.txt", "srt"), (b"<!DOCTYPE html><html><body>x</body></html>", "x.pdf", "html"),
    (b"a;b\n1;2\n", "x.csv", "csv"), (b'{"a": 1}', "x.json", "json"), (b"# Title\n", "x.md", "md"), (b"II*\0abcd", "scan.tif", "tiff"),
    (b"BEGIN:VCALENDAR\n", "x", "ics"), (b"{\\rtf1 x}", "x.doc", "rtf"), (b"plain words\n", "", "txt")])
def test_format_is_found(content: bytes, name: str, expected: str) -> None:
    assert found(content, name)[0] == expected


def test_disagreement_between_claim_and_content_is_kept() -> None:
    assert found(b"%PDF-1.7\n", "x.docx", "application/msword") == ("pdf", "signature", "application/msword")


def test_empty_content_has_the_format_of_its_name() -> None:
    assert found(b"", "Untitled.docx")[:2] == ("docx", "name")


def test_unknown_bytes_are_unknown_and_keep_what_was_declared() -> None:
    seen = identify(Content(data=bytes(range(7, 250))), Given("thing", declared_mime="application/x-thing"))
    assert (seen.format, seen.mime, seen.basis) == ("unknown", "application/x-thing", "declared")


def test_usual_extension_of_a_media_type() -> None:
    assert (extension_for("image/png"), extension_for("text/x-unknown"), extension_for("x/y")) == ("png", "txt", "bin")
