"""Addresses of mailboxes, and the names that messages get from them."""
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadRequest
from ingest.sources.imap_address import Address, folder_name, parse


@pytest.mark.parametrize(("given", "meant"), [
    ("imaps://tom@mail.example", Address("tom", "mail.example", 993, True, "")),
    ("imap://tom@mail.example/", Address("tom", "mail.example", 143, False, "")),
    ("IMAP://tom@alder.example@Mail.example:1143/Clients/Alder/", Address("tom@alder.example", "Mail.example", 1143, False, "Clients/Alder")),
    ("imaps://tom%40alder.example@[::1]/Kündigung%20A", Address("tom@alder.example", "[::1]", 993, True, "Kündigung A")),
])
def test_address_is_understood(given: str, meant: Address) -> None:
    assert parse(given) == meant


@pytest.mark.parametrize("given", ["imap://mail.example/x", "imap://@mail.example", "imap://tom@", "imap://tom@ma il.example", "imap://tom@mail.example:0",
                                   "imap://tom@mail.example:99999", "imap://tom:secret@mail.example", "imap://tom%00@mail.example", "imap:///x",
                                   "imap://tom%ff@mail.example", "imap://tom@mail.example/a%0d%0ab"])
def test_address_that_is_none_is_refused(given: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(given)
    assert "secret" not in refused.value.message


def test_mailbox_is_the_same_with_and_without_tls_and_another_on_another_port() -> None:
    accounts = [parse(f"{a}tom@Mail.example{b}").account for a, b in (("imap://", ""), ("imaps://", ""), ("imaps://", ":993"), ("imap://", ":1143"))]
    assert accounts == ["imap://tom@mail.example/"] * 3 + ["imap://tom@mail.example:1143/"]


@given(one=st.text(), other=st.text(), validity=st.integers(1, 2 ** 32 - 1))
def test_two_folders_never_share_a_name(one: str, other: str, validity: int) -> None:
    address = parse("imap://tom@mail.example")
    encodable = [text.encode("utf-8", "backslashreplace").decode() for text in (one, other)]
    names = [folder_name(address, text, validity) for text in encodable]
    assert (names[0] == names[1]) == (encodable[0] == encodable[1])
    assert not any(a != b and a.startswith(b) for a, b in (names, names[::-1]))
