"""No bytes break a reader, and what comes in as a message comes out as it was."""
from __future__ import annotations

import base64
import io
import itertools
import re
import zipfile
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import csv, headers, mbox, read_whole
from ingest.extract.base import Content, Work
from ingest.extract.markup import show
from ingest.extract.quotes import segments
from ingest.extract.text import clean, decode
from ingest.fence import wire
from ingest.given import Given
from ingest.identify import identify

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FORMATS = ("email", "mbox", "html", "txt", "csv", "tsv", "json", "zip", "docx", "xlsx", "xls", "ods", "pdf", "vtt", "srt", "png", "unknown")
_FORBIDDEN = re.compile("[\0\ud800-\udfff\r]")

SEEDS = (
    b"From: a@x.example\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n=?utf-8?Q?x?=\r\n--B--",
    b"From a@x.example Mon Mar 18 09:12:44 2024\nSubject: x\n\nBody\n\nFrom - \nSubject: y\n\n", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj",
    b'<html><p class="x">a<script>b</script><!-- c --><table><tr><td>d</table>', b'a;"b ""c""";1,5\n"x\ny";2;3\n', b"PK\x03\x04", b"WEBVTT\n\n")


def strings(value: object) -> Iterator[str]:
    """Yield every string inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def hold(members: list[Child | Unread], read: Extracted) -> None:
    """Hold a result to what every result promises."""
    assert isinstance(read.outcome, Done | Skipped | Failed)
    names = [m.inner for m in members]
    assert len(names) == len(set(names)) and all(names)
    assert all(".." not in name.split("/") and not name.startswith("/") for name in names)
    assert not any(_FORBIDDEN.search(s) for s in strings(msgspec.to_builtins(wire.read_of(read)))), read
    size = len(read.text)
    assert all(0 <= p.start <= p.end <= size for p in read.pages) and all(0 <= s.start <= s.end <= size for s in read.segments)
    assert all(0 <= c.start <= c.end <= size for t in read.tables for row in t.rows for c in row)
    assert wire.extracted_of(msgspec.msgpack.decode(wire.encoder.encode(wire.read_of(read)), type=wire.Read)) == read


@pytest.mark.parametrize("format_name", FORMATS)
@QUICK
@given(content=st.one_of(st.binary(max_size=400), st.tuples(st.sampled_from(SEEDS), st.binary(max_size=60), st.integers(0, 100)).map(
    lambda t: t[0][:t[2]] + t[1] + t[0][t[2]:])))
def test_any_bytes_end_in_an_outcome(format_name: str, content: bytes) -> None:
    hold(*read_whole(Work(Content(data=content), Identified(format_name, "x/y", "declared"), Given("x"), Limits())))


@QUICK
@given(content=st.binary(max_size=300), name=st.text(max_size=20), declared=st.sampled_from(["", "message/rfc822", "text/plain", "junk"]))
def test_any_bytes_have_a_format(content: bytes, name: str, declared: str) -> None:
    found = identify(Content(data=content), Given(name, declared_mime=declared))
    assert found.format and found.mime and found.basis in ("signature", "structure", "name", "declared", "none")


LINES = st.lists(st.one_of(st.sampled_from([b"", b"From here", b">From x", b"From a@x.example Mon Mar 18 2024", b"\xff\xfe", b"Subject: y"]),
                           st.binary(max_size=40).map(lambda b: b.replace(b"\n", b"").replace(b"\r", b""))), max_size=12)


@QUICK
@given(bodies=st.lists(LINES, min_size=1, max_size=6), crlf=st.booleans(), chunk=st.sampled_from([7, 64, 1 << 20]))
def test_any_message_survives_a_mailbox_to_the_byte(bodies: list[list[bytes]], crlf: bool, chunk: int) -> None:
    end = b"\r\n" if crlf else b"\n"
    messages = [b"Message-ID: <%d@x>" % n + end + end + b"".join(line + end for line in _quoted(body)) for n, body in enumerate(bodies)]
    raw = b"".join(b"From a@x.example Mon Mar 18 09:12:44 2024" + end + message + end for message in messages)

    class Short(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(min(size or chunk, chunk) if size and size > 0 else -1)

    assert [content for content, _ in mbox.messages(Short(raw), 1 << 30)] == messages


def _quoted(body: list[bytes]) -> list[bytes]:
    """Quote what looks like a separator, as every writer of mailboxes has to."""
    return [b">" + line if line.startswith(b"From ") else line for line in body]


@QUICK
@given(content=st.binary(max_size=500), name=st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="/\\"), min_size=1, max_size=30))
def test_any_attachment_survives_a_mail_to_the_byte(content: bytes, name: str) -> None:
    encoded = base64.b64encode(name.encode()).decode()
    raw = (f'Content-Type: multipart/mixed; boundary="B"\r\n\r\n--B\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; '
           f'filename="=?utf-8?B?{encoded}?="\r\nContent-Transfer-Encoding: base64\r\n\r\n').encode() + base64.encodebytes(content) + b"\r\n--B--\r\n"
    members, _ = read_whole(Work(Content(data=raw), Identified("email", "message/rfc822", "structure"), Given("x.eml"), Limits()))
    assert len(members) == 1 and isinstance(members[0], Child) and members[0].content == content


@QUICK
@given(members=st.dictionaries(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20), st.binary(max_size=200),
                               max_size=6))
def test_any_member_survives_a_zip_to_the_byte(members: dict[str, bytes]) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    found, read = read_whole(Work(Content(data=out.getvalue()), Identified("zip", "application/zip", "signature"), Given("x.zip"), Limits()))
    hold(found, read)
    files = sorted(content for name, content in members.items() if not name.endswith("/"))
    assert sorted(m.content for m in found if isinstance(m, Child)) == files


@QUICK
@given(content=st.binary(max_size=300), declared=st.text(max_size=20))
def test_decoded_text_is_clean(content: bytes, declared: str) -> None:
    text, basis = decode(content, declared)
    assert not _FORBIDDEN.search(text) and clean(text) == text and basis


@QUICK
@given(text=st.text(max_size=300))
def test_markup_gives_text_with_sound_offsets(text: str) -> None:
    page = show("<blockquote>" + text + "<h1>x</h1>")
    assert all(0 <= a < b <= len(page.text) for a, b in (*page.headings, *page.quotes))


@QUICK
@given(text=st.text(alphabet=">\n -abcFrom:OnwroteMo,", max_size=200))
def test_segments_are_in_order_and_cover_all_words(text: str) -> None:
    found = segments(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    covered = "".join(text[s.start:s.end] for s in found)
    assert "".join(covered.split()) == "".join(text.split())


@QUICK
@given(rows=st.lists(st.lists(st.text(alphabet='ab,;" \n1.', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5),
       delimiter=st.sampled_from([",", ";", "\t", "|"]))
def test_cells_are_read_back_as_written(rows: list[list[str]], delimiter: str) -> None:
    import csv as stdlib
    out = io.StringIO()
    stdlib.writer(out, delimiter=delimiter, lineterminator="\n", quoting=stdlib.QUOTE_ALL).writerows(rows)
    assert [[value for _, _, value in row] for row in csv.rows_of(out.getvalue(), delimiter)] == rows


@QUICK
@given(raw=st.binary(max_size=200))
def test_headers_never_raise(raw: bytes) -> None:
    headers.words(raw)
    headers.addresses(raw)
    headers.message_ids(raw)
    headers.moment(raw)
    headers.content_type(raw)
