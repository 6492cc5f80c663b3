"""Formats told by their structure: mail by its header block, mailboxes by their first line, zip and OLE files by what they contain."""
from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_SCAN_BYTES = 64 << 20
_SNIFF = 1 << 14

_FIELD = re.compile(rb"[!-9;-~]{1,76}[ \t]*:")
_MAIL_FIELDS = frozenset(b"from to cc bcc subject date message-id received return-path mime-version content-type reply-to sender in-reply-to "
                         b"references delivered-to x-mailer dkim-signature x-originating-ip content-transfer-encoding x-received "
                         b"thread-index thread-topic x-priority list-id resent-from importance authentication-results arc-seal".split())
_SURE_FIELDS = frozenset(b"message-id received return-path mime-version delivered-to dkim-signature x-received content-transfer-encoding".split())
_ENVELOPE = re.compile(rb"From [^\r\n]{1,400}\r?\n")
_ENVELOPE_DATE = re.compile(rb"\d{1,2}:\d\d(:\d\d)?\b.*\d{4}|\d{4}.*\d{1,2}:\d\d")
_EMLX = re.compile(rb"\s*\d{1,10}\s*\r?\n")


def header_fields(head: bytes) -> list[bytes]:
    """Return the names (lower case) of the fields with which bytes begin, as far as they are a header block; folded lines are skipped."""
    names: list[bytes] = []
    head = head[:_SNIFF]
    ends = [at for at in (head.find(b"\n\n"), head.find(b"\n\r\n")) if at >= 0]
    for line in head[:min(ends, default=len(head)) + 1].splitlines():
        if not line:
            return names
        if line[:1] in b" \t" and names:
            continue
        if not _FIELD.match(line):
            return names if len(names) > 3 else []
        names.append(line.partition(b":")[0].strip().lower())
    return names


def is_mail(head: bytes, claimed: bool) -> bool:
    """Say whether bytes begin like a message (RFC 5322). `claimed`: the carrier or the name says so, then one known field is enough;

    else there must be a field that only mail programs write, or sender, date and subject or recipient together.
    """
    if head.startswith(b"From "):
        first = _ENVELOPE.match(head)
        head = head[first.end():] if first else head
    elif head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    found = set(header_fields(head.lstrip(b"\r\n")[:_SNIFF]))
    known = found & _MAIL_FIELDS
    if claimed:
        return bool(known)
    return len(known) >= 2 and bool(found & _SURE_FIELDS)


def is_mail_like(head: bytes) -> bool:
    """Say whether bytes without any other claim are a message written by hand or printed: From, Date and To or Subject on top."""
    found = set(header_fields(head[:_SNIFF]))
    return {b"from", b"date"} <= found and bool(found & {b"to", b"subject"})


def is_mbox(head: bytes) -> bool:
    """Say whether bytes begin like a mailbox file (RFC 4155): an envelope line with a date, then a header field,

    or one without, then a header block of a message (Thunderbird writes "From - ", some exports an id).
    """
    first = _ENVELOPE.match(head.lstrip(b"\r\n") if head[:1] in b"\r\n" else head)
    if first is None:
        return False
    rest = head.lstrip(b"\r\n")[first.end():]
    if _ENVELOPE_DATE.search(first.group()):
        return not rest.strip() or bool(_FIELD.match(rest)) or rest.startswith(b">From ")
    return len(first.group().split()) <= 2 and len(set(header_fields(rest)) & _MAIL_FIELDS) >= 2


def is_emlx(head: bytes) -> bool:
    """Say whether bytes are an Apple Mail message: a line with the length, then the message."""
    count = _EMLX.match(head[:40])
    return count is not None and is_mail(head[count.end():], claimed=True)


_CMS = re.compile(rb"\x30(?:\x80|[\x81-\x84][\x00-\xff]{1,4}?|[\x00-\x7f])\x06(?:\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x02\x03\x06]"
                  rb"|\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01)",
                  re.DOTALL)


def is_signed(head: bytes) -> bool:
    """Say whether bytes are signed, sealed or packed content by the object identifier with which they begin (CMS, RFC 5652, 3)."""
    return head[:1] == b"\x30" and _CMS.match(head[:32]) is not None


def is_ole(head: bytes) -> bool:
    return head.startswith(_OLE)


_OLE_STREAMS = (("EncryptedPackage", "encrypted-office"), ("__properties_version1.0", "msg"), ("WordDocument", "doc"), ("Workbook", "xls"),
                ("PowerPoint Document", "ppt"), ("Book", "xls"), ("Quill", "pub"))


def ole_format(stream: BinaryIO) -> str:
    """Return what an OLE compound file holds by the names in its directory ([MS-CFB] 2.6), "ole" when none is known."""
    content = stream.read(_OLE_SCAN_BYTES)
    for name, format_name in _OLE_STREAMS:
        if (name + "\0").encode("utf-16-le") in content:
            return format_name
    return "ole"


_OOXML_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_ODF = {"application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods",
        "application/vnd.oasis.opendocument.presentation": "odp", "application/vnd.oasis.opendocument.text-template": "odt",
        "application/vnd.oasis.opendocument.spreadsheet-template": "ods", "application/vnd.oasis.opendocument.presentation-template": "odp",
        "application/vnd.oasis.opendocument.graphics": "odg", "application/vnd.oasis.opendocument.text-master": "odt",
        "application/epub+zip": "epub"}


def zip_format(stream: BinaryIO) -> str:
    """Return what a zip file is: an office document by its parts (ECMA-376-2, ODF 1.3 part 2), else "zip". "" when it is no zip."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            known = set(names[:5000])
            if "mimetype" in known:
                info = archive.getinfo("mimetype")
                if info.file_size < 200 and not info.flag_bits & 1:
                    with archive.open(info) as member:
                        kind = member.read(200).decode("ascii", "replace").strip()
                    if kind in _ODF:
                        return _ODF[kind]
            if "[Content_Types].xml" in known or any(n.replace("\\", "/").lower() == "[content_types].xml" for n in known):
                lowered = {n.replace("\\", "/").lower() for n in known}
                if "xl/workbook.bin" in lowered:
                    return "xlsb"
                for prefix, format_name in _OOXML_PARTS:
                    if any(n.startswith(prefix) for n in lowered):
                        return format_name
            return "zip"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, KeyError, EOFError, RuntimeError):
        return ""


_CUE = re.compile(rb"\d{1,3}:\d\d:\d\d[,.]\d{1,3}\s*-->\s*\d{1,3}:\d\d:\d\d[,.]\d{1,3}")
_SBV = re.compile(rb"\d{1,2}:\d\d:\d\d\.\d{3},\d{1,2}:\d\d:\d\d\.\d{3}\s*\r?\n")
_HTML = re.compile(rb"\s*(<!--.{0,2000}?-->\s*)*<(!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)


_INVOICE = re.compile(rb"<(?:[\w.-]+:)?(?:CrossIndustryInvoice|CrossIndustryDocument|FatturaElettronica)[\s>]"
                      rb"|<(?:[\w.-]+:)?(?:Invoice|CreditNote)\s[^>]{0,3000}urn:oasis:names:specification:ubl:schema:xsd:(?:Invoice|CreditNote)-2\"")
"""The root of an electronic invoice: CII, FatturaPA, UBL."""
_FLAT_ODF = re.compile(rb"<office:document\s[^>]{0,3500}office:mimetype=\"application/vnd\.oasis\.opendocument\.(\w+)\"")


def text_format(head: bytes) -> str:
    """Return the format of a text by how it begins, "" when that says nothing."""
    bare = head[3:] if head.startswith(b"\xef\xbb\xbf") else head
    start = bare.lstrip()[:2048]
    if bare.startswith(b"WEBVTT") and bare[6:7] in (b"", b" ", b"\t", b"\n", b"\r"):
        return "vtt"
    if _SBV.match(start):
        return "sbv"
    if re.match(rb"\d{1,6}\s*\r?\n", start) and _CUE.search(start[:80]):
        return "srt"
    if start.startswith(b"BEGIN:VCALENDAR"):
        return "ics"
    if start.startswith(b"BEGIN:VCARD"):
        return "vcf"
    if start.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(bare[:8192]):
        return "html"
    if start.startswith(b"<") and (found := _INVOICE.search(bare[:4096])) and b"<html" not in bare[:found.start()].lower():
        return "einvoice"
    if start.startswith(b"<?xml"):
        flat = _FLAT_ODF.search(bare[:4096])
        return {b"text": "odt", b"presentation": "odp"}.get(flat[1], "xml") if flat else "html" if b"<html" in bare[:4096].lower() else "xml"
    if start.startswith(b"-----BEGIN PGP"):
        return "pgp"
    return ""
