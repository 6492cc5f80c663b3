"""Fixtures that start real servers, each when the first test asks for it, and stop them at the end of the session.

A server that cannot be had skips its tests by name; with CASETRAIL_REQUIRE_SERVERS=1 (set in `.ci/run`) it fails them.
Outside pytest (bench/) use the context managers: `servers.elasticsearch.elasticsearch`, `servers.seaweed.seaweed`,
`servers.postgresql.postgresql`, `servers.dovecot.dovecot`.
"""
from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeVar

import pytest
from servers.dovecot import MailServer, dovecot
from servers.elasticsearch import Node, elasticsearch, node
from servers.postgresql import PostgresServer, postgresql
from servers.process import CannotHave
from servers.seaweed import S3Server, seaweed

_SERVER_OF = {"elasticsearch_url": "elasticsearch", "elasticsearch_node": "elasticsearch", "s3": "s3", "postgresql": "postgresql",
              "postgresql_url": "postgresql", "postgresql_database": "postgresql", "mail_server": "dovecot"}
_MISSING: dict[str, str] = {}
T = TypeVar("T")


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """URL of a real Elasticsearch 9.2. Tests share it: give every index a name of its own."""
    with _had("Elasticsearch", elasticsearch()) as url:
        yield url


@pytest.fixture(scope="module")
def elasticsearch_node() -> Iterator[Node]:
    """A real Elasticsearch of a module's own, to be killed and started again."""
    with _had("Elasticsearch", node()) as made:
        yield made


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """A real S3 server: `url`, `access_key`, `secret_key`, `environment()`, `client()`, and `bucket()` for a fresh bucket."""
    with _had("S3 (SeaweedFS)", seaweed()) as server:
        yield server


@pytest.fixture(scope="session", name="postgresql")
def _postgresql() -> Iterator[PostgresServer]:
    """A real PostgreSQL: `url`, and `database()` for a fresh database."""
    with _had("PostgreSQL", postgresql(durable=False)) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_url(postgresql: PostgresServer) -> str:
    """URL of the maintenance database of a real PostgreSQL."""
    return postgresql.url


@pytest.fixture
def postgresql_database(postgresql: PostgresServer) -> str:
    """URL of a fresh, empty database."""
    return postgresql.database()


@pytest.fixture(scope="session")
def mail_server() -> Iterator[MailServer]:
    """A real mail server (dovecot). Tests share it: give each a user of its own."""
    with _had("IMAP (dovecot)", dovecot()) as server:
        yield server


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that asks for a server, so that `-m "not server"` leaves them out."""
    for item in items:
        for name in sorted({_SERVER_OF[fixture] for fixture in getattr(item, "fixturenames", ()) if fixture in _SERVER_OF}):
            item.add_marker(pytest.mark.server(name))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for name, why in _MISSING.items():
        terminalreporter.write_line(f"NOT TESTED against {name}: {why}", yellow=True)


@contextmanager
def _had(name: str, server: AbstractContextManager[T]) -> Iterator[T]:
    try:
        value = server.__enter__()
    except CannotHave as missing:
        _MISSING[name] = str(missing)
        if os.environ.get("CASETRAIL_REQUIRE_SERVERS") == "1":
            pytest.fail(f"{name} cannot be had: {missing}", pytrace=False)
        pytest.skip(f"{name} cannot be had: {missing}")
    try:
        yield value
    finally:
        server.__exit__(None, None, None)
