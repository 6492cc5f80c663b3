"""How files go out: names, types, and bytes that are compared on the way."""
from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import IntegrityBroken
from archive.model.digest import digest_of
from search_api.routes.attachment import content_disposition, media_type_of, safe_name
from search_api.routes.streaming import json_lines, json_list, streamed
from search_api.services.records import CHUNK_BYTES, verified


@pytest.mark.parametrize(("name", "safe"), [
    ("Notice.pdf", "Notice.pdf"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\x.exe", "x.exe"), ("a\r\nSet-Cookie: x", "aSet-Cookie x"),
    (".htaccess", "htaccess"),
    ("invoice\u202egpj.exe", "invoicegpj.exe"), ("", "download"), ("...", "download"), ("Kündigung.pdf", "Kündigung.pdf")])
def test_names_lose_what_a_program_could_misread(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_breaks_the_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii() and header.isprintable()
    assert header.count('"') == 2
    assert header.startswith('attachment; filename="')


def test_long_name_keeps_its_extension() -> None:
    assert safe_name("x" * 500 + ".pdf").endswith("x.pdf")
    assert len(safe_name("x" * 500 + ".pdf")) <= 120


@pytest.mark.parametrize("mime", ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "message/rfc822", "",
                                  "text/html; charset=utf-8"])
def test_what_a_browser_could_run_goes_out_as_octets(mime: str) -> None:
    assert media_type_of(mime) == "application/octet-stream"


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_intact_bytes_go_out_whole(size: int) -> None:
    content = b"x" * size
    assert b"".join(verified(io.BytesIO(content), digest_of(content), "r")) == content


@pytest.mark.parametrize("size", [1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_altered_bytes_never_go_out_whole(size: int) -> None:
    content, seen = b"x" * size, b""
    with pytest.raises(IntegrityBroken):
        for chunk in verified(io.BytesIO(b"y" + content[1:]), digest_of(content), "r"):
            seen += chunk
    assert len(seen) < size


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_list_sent_piece_by_piece_is_one_object(count: int) -> None:
    values = [{"n": i, "words": 'a"\n\ud800'} for i in range(count)]
    assert json.loads(b"".join(json_list("records", iter(values)))) == {"records": values}
    assert [json.loads(line) for line in b"".join(json_lines(iter(values))).splitlines()] == values


def test_what_fails_at_once_fails_before_the_answer_begins() -> None:
    def broken() -> Iterator[bytes]:
        raise IntegrityBroken("no")
        yield b""

    with pytest.raises(IntegrityBroken):
        streamed(broken(), "text/plain")
