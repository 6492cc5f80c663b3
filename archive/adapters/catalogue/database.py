"""The database beneath the catalogue: connections, the one writer, the change log and the custody chain.

Every write is one transaction that takes the writer's lock first (SQLite: BEGIN IMMEDIATE; PostgreSQL: the row `writer` of `heads`).  So
sequence numbers are committed in their order, and a reader that has seen change n has seen all before it.
"""
from __future__ import annotations

import fcntl
import hashlib
import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect, Engine, Table, bindparam, create_engine, event, func, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.migrate import bring_up_to_date
from archive.clock import stamp
from archive.errors import BadSettings, CasetrailError, StoreFull, Unavailable
from archive.model.custody import GENESIS, Event, chain
from archive.ports import Clock

T = TypeVar("T")
WAL_PAGES = 8000
"""Pages (of 4 KiB) that SQLite's log may hold before they are written to their places: the same pages are written again and again while a run goes on."""
CHUNK = 500
"""Values in one IN list: below the limits of every database here."""


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), size):
        yield values[start:start + size]


def clean(text: str) -> str:
    """Return text that every database can hold: no NUL, lone surrogates written out as `\\udcXX`."""
    if text.isascii():
        return text.replace("\0", "\ufffd") if "\0" in text else text
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\ufffd")


class Writing:
    """One write transaction: its connection, its moment, and the numbers that it takes."""

    def __init__(self, connection: Connection, at: str) -> None:
        self.connection, self.at = connection, at
        self._heads: dict[str, str] = dict(connection.execute(select(t.heads.c.name, t.heads.c.value)).all())
        self._dirty: set[str] = set()
        self._events: list[Event] = []

    def number(self, name: str) -> int:
        """Return the last number taken of a sequence, 0 before the first."""
        return int(self._heads.get(name) or "0")

    def take(self, name: str) -> int:
        """Return the next number of a sequence (`change_seq`, `arrival`)."""
        number = int(self._heads.get(name, "0")) + 1
        self.set(name, str(number))
        return number

    def log(self, *events: Event) -> None:
        self._events.extend(events)

    def insert(self, table: Any, rows: Sequence[dict[str, Any]], *, replace: Sequence[str] = (), ignore: bool = False) -> None:
        """Insert rows; where the primary key is taken, `replace` these columns or `ignore` the row."""
        if not rows:
            return
        statement, names = _insert(self.connection.dialect, table, tuple(rows[0]), tuple(replace), ignore)
        if names:
            values_of = itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)
            self.connection.exec_driver_sql(statement, [values_of(row) for row in rows])
        else:
            self.connection.exec_driver_sql(statement, list(rows))

    def finish(self) -> None:
        """Write the custody events and the heads; the last thing before the commit."""
        if self._events:
            rows, previous = [], self._heads.get("custody_digest", GENESIS)
            for entry in self._events:
                link = chain(self.take("custody_seq"), self.at, entry, previous)
                previous = link.digest
                rows.append({"seq": link.seq, "at": link.at, "action": entry.action, "actor": clean(entry.actor), "subject": clean(entry.subject),
                             "details": json.dumps(entry.details, sort_keys=True), "previous": link.previous, "digest": link.digest})
            self.insert(t.custody, rows)
            self.set("custody_digest", previous)
        for name in self._dirty:
            self.connection.execute(update(t.heads).where(t.heads.c.name == name).values(value=self._heads[name]))

    def set(self, name: str, value: str) -> None:
        self._heads[name] = value
        self._dirty.add(name)


class Database:
    """An engine for a catalogue URL. SQLite is opened in WAL mode with `synchronous=FULL`: what was committed survives a power loss."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.clock = clock
        self.engine = _engine(url)
        # Threads of one process wait for each other here: SQLite would have them ask again and again.
        self._turn: AbstractContextManager[object] = threading.Lock() if self.engine.dialect.name == "sqlite" else nullcontext()
        with translated("The catalogue cannot be opened."), _opening(self.engine):
            bring_up_to_date(self.engine)

    @contextmanager
    def write(self) -> Iterator[Writing]:
        with self._turn, translated(), self.engine.connect().execution_options(casetrail_write=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(select(t.heads.c.value).where(t.heads.c.name == "writer").with_for_update())
            writing = Writing(connection, stamp(self.clock.now()))
            yield writing
            writing.finish()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with translated(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def exclusive(self, name: str) -> Iterator[None]:
        """Hold a lock that one process at a time can have: a file beside SQLite's, an advisory lock in PostgreSQL."""
        if self.engine.dialect.name == "postgresql":
            number = int.from_bytes(hashlib.sha256(f"casetrail {name}".encode()).digest()[:7], "big")
            with translated(), self.engine.connect() as connection:
                connection.execute(select(func.pg_advisory_lock(number)))
                try:
                    yield
                finally:
                    connection.execute(select(func.pg_advisory_unlock(number)))
            return
        path = Path(str(self.engine.url.database)).with_suffix(f".{name}.lock")
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def log(self, events: Iterable[Event]) -> None:
        listed = list(events)
        if listed:
            with self.write() as writing:
                writing.log(*listed)

    def stream(self, page: Callable[[Connection, Any], tuple[list[T], Any]], start: Any) -> Iterator[T]:
        """Yield all rows page by page, each page in a transaction of its own, so that a slow reader holds nothing open."""
        after = start
        while True:
            with self.read() as connection:
                rows, after = page(connection, after)
            yield from rows
            if not rows:
                return

    def count(self, table: Any) -> int:
        with self.read() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _opening(engine: Engine) -> Iterator[None]:
    """Let one process at a time open the SQLite databases of a folder: of two that make a new one, SQLite refuses one at once, without waiting.

    The folder itself is locked, so that nothing has to be written for it.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    folder = os.open(Path(str(engine.url.database)).parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        fcntl.flock(folder, fcntl.LOCK_UN)      # a process that was forked meanwhile holds the folder open too
        os.close(folder)


@contextmanager
def translated(message: str = "The catalogue did not answer.") -> Iterator[None]:
    """Turn the errors of the database driver into those that callers know; the cause goes to the log only."""
    try:
        yield
    except CasetrailError:
        raise
    except DBAPIError as error:
        cause = str(error.orig).lower()
        if "full" in cause or "no space" in cause:
            raise StoreFull("The catalogue cannot grow: no space is left.", "Free some space, then run the same command again.") from error
        if isinstance(error, OperationalError) or error.connection_invalidated:
            raise Unavailable(message, "See that CASETRAIL_CATALOGUE_URL names a database that runs and may be written, then try again.") from error
        raise


@lru_cache(256)
def _insert(dialect: Dialect, table: Table, columns: tuple[str, ...], replace: tuple[str, ...], ignore: bool) -> tuple[str, tuple[str, ...]]:
    """Return the statement that inserts rows of these columns, as the driver takes it, and the order of values where it wants them in order.

    Rows go to the driver as they are: all that our columns hold it takes as it is, and turning each row into parameters costs more than the insert.
    """
    if dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as upsert
    else:
        from sqlalchemy.dialects.sqlite import insert as upsert  # type: ignore[assignment]
    statement = upsert(table).values({name: bindparam(name) for name in columns})
    if ignore:
        statement = statement.on_conflict_do_nothing()
    elif replace:
        keys = [c.name for c in table.primary_key.columns]
        statement = statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in replace})
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    return str(compiled), tuple(getattr(compiled, "positiontup", None) or ())


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadSettings("CASETRAIL_CATALOGUE_URL is no database URL.", "Use sqlite:///PATH or postgresql://…") from error
    if parsed.get_backend_name() == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BadSettings(f"CASETRAIL_CATALOGUE_URL names {parsed.get_backend_name()!r}, which is no database of ours.", "Use sqlite:///PATH or postgresql://…")
    folder = Path(parsed.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSettings(f"{folder} cannot be made ({error.strerror}).", "Set CASETRAIL_HOME to a folder that may be written.") from error
    engine = create_engine(parsed, connect_args={"timeout": 60, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None       # transactions are begun by us, below
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"wal_autocheckpoint={WAL_PAGES}", "cache_size=-32000", "temp_store=MEMORY"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("casetrail_write") else "BEGIN")

    return engine
