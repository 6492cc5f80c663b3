"""A real PostgreSQL for tests: a fresh cluster in a temporary folder from Debian's binaries, on loopback, with a password."""
from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from servers.process import CannotHave, free_ports, hand_over, run_as_plain_user, running, working_folder


@dataclass(frozen=True)
class PostgresServer:
    """`url` is that of the maintenance database; `database` makes fresh ones."""
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    _numbers: Iterator[int] = field(default_factory=itertools.count, repr=False)

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, name: str) -> str:
        return f"postgresql://{self.user}:{self.password}@{self.host}:{self.port}/{name}"

    def database(self) -> str:
        """Make a fresh empty database and return its URL."""
        import psycopg
        name = f"test_{os.getpid()}_{next(self._numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        return self.url_of(name)


@contextmanager
def postgresql(durable: bool = True) -> Iterator[PostgresServer]:
    """Start a cluster of its own. With `durable` False nothing is fsynced: enough where processes die, not power. Raises CannotHave."""
    binaries = _binaries()
    with working_folder("postgresql") as folder:
        port = free_ports(1)[0]
        server = PostgresServer("127.0.0.1", port, "casetrail", secrets.token_hex(16))
        word = folder / "password"
        word.write_text(server.password, "ascii")
        hand_over(folder)
        environment = {"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
        data = folder / "data"
        run_as_plain_user([binaries / "initdb", "-D", data, "-U", server.user, f"--pwfile={word}", "--auth=scram-sha-256",
                           "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], environment, folder)
        settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": str(folder), "max_connections": "100"}
        if not durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        asked = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        with running([binaries / "postgres", "-D", data, *options], log=folder / "server.log", folder=folder, environment=environment,
                     ready=lambda: subprocess.run(asked, check=False).returncode == 0, seconds=60, stop_signal=signal.SIGINT):
            yield server


def _binaries() -> Path:
    """Return the folder of PostgreSQL's programs, the newest of Debian's first."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    for folder in [*debian, *([Path(on_path).resolve().parent] if on_path else [])]:
        if all((folder / name).is_file() for name in ("initdb", "postgres", "pg_isready")):
            return folder
    raise CannotHave("PostgreSQL's programs (initdb, postgres) are missing; on Debian: apt-get install postgresql")
