"""Mails that are not as the standards want them, or as only few programs write them; Apple's files; signed and sealed ones."""
from __future__ import annotations

import base64
import binascii
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.email_headers import mih_of
from ingest.extract.mime_blocks import unflowed
from ingest.given import Given
from ingest.identify import identify


def read(content: bytes, name: str = "x.eml", declared: str = "") -> tuple[str, list[Child | Unread], Extracted]:
    given, source = Given(name, declared_mime=declared), Content(data=content)
    found = identify(source, given)
    return found.format, *read_whole(Work(source, found, given, Limits()))


def contents(members: list[Child | Unread]) -> dict[str, bytes]:
    return {m.inner: m.content for m in members if isinstance(m, Child)}


HEAD = b"From: a@x.example\r\nSubject: S\r\nMIME-Version: 1.0\r\n"


# ---------------------------------------------------------------- files inside texts

def uu(name: str, content: bytes) -> bytes:
    lines = [binascii.b2a_uu(content[n:n + 45]) for n in range(0, len(content), 45)]
    return f"begin 644 {name}\n".encode() + b"".join(lines) + b"`\nend\n"


def yenc(name: str, content: bytes, crc: int | None = None) -> bytes:
    out, line = bytearray(), bytearray()
    for byte in content:
        byte = (byte + 42) & 255
        line += bytes((0x3D, (byte + 64) & 255)) if byte in (0, 10, 13, 0x3D) else bytes((byte,))
        if len(line) >= 128:
            out += line + b"\r\n"
            line.clear()
    out += line + b"\r\n"
    checksum = zlib.crc32(content) if crc is None else crc
    return f"=ybegin line=128 size={len(content)} name={name}\r\n".encode() + bytes(out) + f"=yend size={len(content)} crc32={checksum:08x}\r\n".encode()


@pytest.mark.parametrize("block", [uu, yenc])
def test_file_inside_a_text_is_a_child_to_the_byte(block: object) -> None:
    content = bytes(range(256)) * 7
    _, members, got = read(HEAD + b"\r\nbefore\r\n\r\n" + block("a b.bin", content) + b"\r\nafter\r\n")  # type: ignore[operator]
    assert contents(members) == {"a b.bin": content} and got.text.split() == ["before", "after"]


def test_several_files_inside_a_text_are_several_children() -> None:
    _, members, got = read(HEAD + b"\n" + uu("a", b"one") + b"between\n" + uu("b", b"two"))
    assert contents(members) == {"a": b"one", "b": b"two"} and got.text.strip() == "between"


def test_wrong_checksum_of_yenc_is_said() -> None:
    _, members, got = read(HEAD + b"\r\n" + yenc("a", b"one", 1))
    assert contents(members) == {"a": b"one"} and "checksum" in getattr(got.outcome, "note", "")


def test_sentence_that_begins_like_a_block_stays_text() -> None:
    _, members, got = read(HEAD + b"\r\nbegin 644 things today,\r\nand end none.\r\n")
    assert members == [] and got.text.startswith("begin 644 things today")


def test_news_article_with_bytes_in_it_is_a_message_whatever_its_name() -> None:
    content = bytes(range(256)) * 4
    found, members, got = read(b"From: a@x.example\r\nNewsgroups: n\r\nDate: 27 Oct 2001 15:07:44 +0200\r\nSubject: S\r\nMessage-ID: <m@x>\r\n\r\n"
                               + yenc("a.bin", content), "0001.ntx")
    assert found == "email" and contents(members) == {"a.bin": content} and got.mail is not None and got.mail.message_id == "<m@x>"


# ---------------------------------------------------------------- flowed text

def test_flowed_lines_are_joined_and_quotes_stay_apart() -> None:
    assert unflowed("a long \nline\n> quoted \n> on\nnew \n\nend \n-- \nAnn", False) == "a long line\n> quoted on\nnew\n\nend\n-- \nAnn"
    assert unflowed("日本 \n語", True) == "日本語"
    _, _, got = read(HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\nThe notice \r\nperiod is \r\nthirty days.\r\n")
    assert got.text == "The notice period is thirty days."


def test_text_that_is_not_flowed_keeps_its_lines() -> None:
    assert read(HEAD + b"\r\nThe notice \r\nperiod\r\n")[2].text == "The notice \nperiod"


# ---------------------------------------------------------------- parts of messages

def test_fragment_of_a_message_is_read_and_says_which_it_is() -> None:
    _, _, got = read(HEAD + b'Content-Type: message/partial; id="abc"; number=2; total=3\r\n\r\nmiddle of it\r\n')
    assert got.text == "middle of it" and got.metadata["email:partial"] == "2 of 3, abc"


def test_apple_double_gives_the_file_and_its_fork_apart() -> None:
    part = (b'Content-Type: multipart/appledouble; boundary="A"\r\n\r\n--A\r\nContent-Type: application/applefile; name="a.pdf"\r\n'
            b'Content-Transfer-Encoding: base64\r\n\r\nAAUWBw==\r\n--A\r\nContent-Type: application/pdf; name="a.pdf"\r\n\r\n%PDF-\r\n--A--')
    _, members, _ = read(HEAD + b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n\r\ntext\r\n--B\r\n' + part + b"\r\n--B--\r\n")
    assert contents(members) == {"._a.pdf": bytes.fromhex("00051607"), "a.pdf": b"%PDF-"}


def test_html_is_read_where_the_plain_text_only_points_to_it() -> None:
    html = b"<p>" + b"The contract ends on the last day of the month after notice. " * 10 + b"</p>"
    alternatives = b'Content-Type: multipart/alternative; boundary="B"\r\n\r\n--B\r\n\r\n%s\r\n--B\r\nContent-Type: text/html\r\n\r\n' + html + b"\r\n--B--\r\n"
    assert "The contract ends" in read(HEAD + alternatives % b"Please view this message as HTML.")[2].text
    assert read(HEAD + alternatives % (b"Quite long enough a text to be the body of a mail. " * 5))[2].text.startswith("Quite long")


def test_message_without_a_body_says_so() -> None:
    outcome = read(HEAD + b"\r\n")[2].outcome
    assert isinstance(outcome, Done) and outcome.note == "the message has no body"


def test_broken_sender_is_kept_as_it_is() -> None:
    _, _, got = read(b"From: MAILER-DAEMON\r\nTo: Bailey , Susan </O=ENRON/OU=NA (X)/CN=RECIPIENTS/CN=SBAILE2>\r\nSubject: S\r\n\r\nB")
    assert got.participants[0].name == "MAILER-DAEMON" and "/o=enron/ou=na (x)/cn=recipients/cn=sbaile2" in {p.address for p in got.participants}


# ---------------------------------------------------------------- signed and sealed

def signed(content: bytes, detached: bool = False) -> bytes:
    """Return content in a CMS signature by a certificate made here."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs7
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Ann Example")])
    day = datetime(2024, 1, 1, tzinfo=UTC)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
                   .not_valid_before(day).not_valid_after(day + timedelta(days=9)).sign(key, hashes.SHA256()))
    options = [pkcs7.PKCS7Options.Binary] + ([pkcs7.PKCS7Options.DetachedSignature] if detached else [])
    return pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(certificate, key, hashes.SHA256()).sign(serialization.Encoding.DER, options)


def sealed(content: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import pkcs7
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Bob Example")])
    day = datetime(2024, 1, 1, tzinfo=UTC)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(8)
                   .not_valid_before(day).not_valid_after(day + timedelta(days=9)).sign(key, hashes.SHA256()))
    return pkcs7.PKCS7EnvelopeBuilder().set_data(content).add_recipient(certificate).encrypt(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary])


INSIDE = (b'Content-Type: multipart/mixed; boundary="I"\r\n\r\n--I\r\n\r\nsigned words\r\n'
          b'--I\r\nContent-Type: text/plain; name="a.txt"\r\n\r\nattached\r\n--I--\r\n')


def smime(kind: bytes, content: bytes) -> bytes:
    fields = b'Content-Type: application/pkcs7-mime; smime-type=%s; name="smime.p7m"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return HEAD + fields % kind + base64.encodebytes(content)


def test_body_inside_a_signature_is_read_in_its_place() -> None:
    _, members, got = read(smime(b"signed-data", signed(INSIDE)))
    assert got.text == "signed words" and contents(members) == {"a.txt": b"attached"} and got.metadata["email:signed"] == "S/MIME"


def test_sealed_message_is_encrypted_and_its_headers_are_read() -> None:
    _, members, got = read(smime(b"enveloped-data", sealed(INSIDE)))
    assert isinstance(got.outcome, Failed) and got.outcome.code == "encrypted" and got.subject == "S" and got.participants
    assert list(contents(members)) == ["smime.p7m"]
    assert getattr(read(contents(members)["smime.p7m"], "smime.p7m", "application/pkcs7-mime")[2].outcome, "code", "") == "encrypted"


def test_signed_document_gives_the_document_and_who_signed() -> None:
    found, members, got = read(signed(b"%PDF-1.7 contract"), "contract.pdf.p7m")
    assert found == "p7m" and contents(members) == {"contract.pdf": b"%PDF-1.7 contract"} and "CN=Ann Example" in got.text


def test_detached_signature_names_who_signed() -> None:
    found, members, got = read(signed(b"x", detached=True), "smime.p7s", "application/pkcs7-signature")
    assert found == "p7s" and members == [] and "CN=Ann Example" in got.text and "elsewhere" in getattr(got.outcome, "note", "")


def test_pgp_message_is_encrypted_whether_mime_or_inline() -> None:
    armour = b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n"
    mime = (b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="B"\r\n\r\n--B\r\n'
            b"Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--B\r\nContent-Type: application/octet-stream\r\n\r\n" + armour + b"--B--\r\n")
    for content in (HEAD + b"\r\n" + armour, HEAD + mime):
        assert getattr(read(content)[2].outcome, "code", "") == "encrypted"


@pytest.mark.parametrize(("content", "code"), [
    (b"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----\n", "encrypted"), (b"\x85\x01\x0c\x03" + bytes(20), "encrypted"),
    (b"\xc1\xc0\x4c\x03" + bytes(20), "encrypted"), (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQ\n-----END PGP PUBLIC KEY BLOCK-----\n", ""),
    (b"\x99\x01\x0d\x04" + bytes(20), ""), (b"Version: 1\n", "")])
def test_openpgp_file_is_encrypted_or_a_key_or_a_signature(content: bytes, code: str) -> None:
    found, _, got = read(content, "x.pgp", "application/pgp-encrypted")
    assert found == "pgp" and getattr(got.outcome, "code", "") == code


def test_empty_multipart_inside_a_mail_is_no_attachment() -> None:
    inner = b'--B\r\nContent-Type: multipart/alternative; boundary="C"\r\n\r\n\r\n'
    _, members, got = read(HEAD + b'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\n\r\ntext\r\n' + inner + b"--B--\r\n")
    assert members == [] and got.text == "text"


# ---------------------------------------------------------------- Apple Mail

def emlx(message: bytes, length: int | None = None) -> bytes:
    plist = (b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n'
             b'<plist version="1.0"><dict><key>date-received</key><integer>1710749564</integer><key>flags</key><integer>5</integer></dict></plist>\n')
    return b"%-10d\n" % (len(message) if length is None else length) + message + plist


def test_apple_message_is_the_message_between_length_and_state() -> None:
    message = HEAD + b"\r\nHello\r\n"
    found, _, got = read(emlx(message), "12.emlx")
    assert found == "emlx" and got.text == "Hello" and got.subject == "S"
    assert got.metadata["emlx:date-received"] == "2024-03-18T08:12:44+00:00" and got.metadata["emlx:flags"] == "read, answered"
    assert got.mail is not None and (got.mail.received_at, got.mail.received_basis) == ("2024-03-18T08:12:44+00:00", "property date-received")


def test_apple_message_that_is_cut_says_so() -> None:
    _, _, got = read(emlx(HEAD + b"\r\nHello\r\n", 10_000)[:120], "12.emlx")
    assert "shorter than its length" in getattr(got.outcome, "note", "")


# ---------------------------------------------------------------- identification hash

def test_mih_is_of_the_first_id_with_its_brackets() -> None:
    # the vectors of ours in docs/formats.md; no public ones are known
    assert mih_of(b" <m1@x.example>\r\n") == mih_of(b"<m1@x.example> (comment)") == "64123f58f59c05cec9c181f5126311b6"
    assert mih_of(b"m1@x.example") == "a2124c449c291c4568dc938904d97a4b" and mih_of(None) == mih_of(b"  ") == ""
    assert mih_of(b"<M1@x.example>") != mih_of(b"<m1@x.example>")
    assert read(HEAD + b"Message-ID: <m1@x.example>\r\n\r\nB")[2].metadata["edrm:mih"] == "64123f58f59c05cec9c181f5126311b6"
    assert "edrm:mih" not in read(HEAD + b"\r\nB")[2].metadata
