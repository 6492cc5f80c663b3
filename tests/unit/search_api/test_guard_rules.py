"""What is let in: the name a request was sent to, and the page it came from."""
from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from archive.errors import NotAllowed
from search_api.guard import check_host, check_origin

JSON = {"host": "127.0.0.1:8000", "content-type": "application/json"}


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:1", "LOCALHOST", "[::1]:8000"])
def test_names_of_this_machine_are_let_in(host: str) -> None:
    check_host(Headers({"host": host}), loopback=True)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "", "[::1", "evil.example@127.0.0.1:x"])
def test_other_names_are_refused_on_loopback(host: str) -> None:
    with pytest.raises(NotAllowed):
        check_host(Headers({"host": host}), loopback=True)


def test_any_name_is_let_in_where_keys_are_asked_for() -> None:
    check_host(Headers({"host": "archive.example"}), loopback=False)


def test_writing_request_of_a_program_is_let_in() -> None:
    check_origin("POST", Headers(JSON))


def test_writing_request_of_our_own_page_is_let_in() -> None:
    check_origin("POST", Headers(JSON | {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}))


@pytest.mark.parametrize("extra", [{"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9000"}, {"sec-fetch-site": "cross-site"},
                                   {"sec-fetch-site": "same-site"}])
def test_writing_request_of_another_page_is_refused(extra: dict[str, str]) -> None:
    with pytest.raises(NotAllowed):
        check_origin("POST", Headers(JSON | extra))


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "TEXT/PLAIN; charset=utf-8", ""])
def test_content_types_that_any_page_may_send_are_refused(content_type: str) -> None:
    with pytest.raises(NotAllowed):
        check_origin("POST", Headers(JSON | {"content-type": content_type}))


def test_reading_request_may_come_from_anywhere() -> None:
    check_origin("GET", Headers({"origin": "http://evil.example", "sec-fetch-site": "cross-site"}))
