"""Who asks: keys by header, the local user on loopback, and nobody else."""
from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from archive.errors import NotAuthenticated
from archive.model.viewer import LOCAL, Viewer
from archive.ports import ApiKey, Catalogue
from search_api.auth import Gate, digest_of_secret, is_loopback, new_secret

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
AGENT = Viewer("key:1", "agent", frozenset({"C-1"}))


class Stopped:
    def now(self) -> datetime:
        return NOW


class Keys:
    """The two questions about keys, answered from a list."""

    def __init__(self, *held: tuple[str, ApiKey]) -> None:
        self.held = {digest_of_secret(secret): key for secret, key in held}

    def key(self, secret_sha256: str) -> ApiKey | None:
        return self.held.get(secret_sha256)


def key(*, expires_at: datetime = NOW + timedelta(days=1), revoked_at: str | None = None) -> ApiKey:
    return ApiKey("1", "test", AGENT, expires_at.isoformat(), revoked_at)


def gate(*held: tuple[str, ApiKey], keys_required: bool = True) -> Gate:
    return Gate(cast(Catalogue, cast(Any, Keys(*held))), Stopped(), keys_required)


def test_valid_key_names_its_viewer() -> None:
    assert gate(("ct_good", key())).viewer("Bearer ct_good") == AGENT


def test_scheme_is_matched_whatever_its_case() -> None:
    assert gate(("ct_good", key())).viewer("bearer ct_good") == AGENT


def test_browser_may_show_the_key_as_password() -> None:
    shown = base64.b64encode(b"anyone:ct_good").decode()
    assert gate(("ct_good", key())).viewer(f"Basic {shown}") == AGENT


@pytest.mark.parametrize("held", [[], [("ct_good", key(expires_at=NOW))], [("ct_good", key(revoked_at="2026-02-01T00:00:00.000Z"))]])
def test_unknown_expired_and_revoked_keys_are_refused_in_the_same_words(held: list[tuple[str, ApiKey]]) -> None:
    with pytest.raises(NotAuthenticated) as refused:
        gate(*held).viewer("Bearer ct_good")
    assert refused.value.message == "The key is unknown, expired or revoked."


@pytest.mark.parametrize("header", ["ct_good", "Bearer", "Digest ct_good", "Basic !!", "Basic " + base64.b64encode(b"\xff\xfe").decode(), "Bearer \ud800"])
def test_header_that_cannot_be_understood_is_refused(header: str) -> None:
    with pytest.raises(NotAuthenticated):
        gate(("ct_good", key())).viewer(header)


def test_without_a_header_only_a_loopback_server_knows_who_asks() -> None:
    assert gate(keys_required=False).viewer(None) == LOCAL
    with pytest.raises(NotAuthenticated):
        gate(keys_required=True).viewer(None)


def test_key_shown_to_a_loopback_server_counts() -> None:
    assert gate(("ct_good", key()), keys_required=False).viewer("Bearer ct_good") == AGENT
    with pytest.raises(NotAuthenticated):
        gate(keys_required=False).viewer("Bearer ct_bad")


def test_fresh_keys_differ_and_hold_256_bits() -> None:
    secrets = {new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert all(len(base64.urlsafe_b64decode(secret.removeprefix("ct_") + "=")) == 32 for secret in secrets)


@pytest.mark.parametrize(("host", "loopback"), [("127.0.0.1", True), ("127.8.9.1", True), ("::1", True), ("[::1]", True), ("localhost", True),
                                                ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("archive.example", False), ("", False)])
def test_only_addresses_of_this_machine_are_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
