"""Bring a database to the schema of today (Alembic). Asked at every opening, so the common case is one cheap look."""
from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from archive.errors import BadSettings

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0008"
"""The newest migration; a test holds this to the folder."""

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
NEW_SQLITE = MIGRATIONS / "new_sqlite.sql"
"""What all migrations add up to on SQLite; written by `python -m archive.adapters.migrations`, and a test holds it to them."""


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that a database lacks. Raises BadSettings for one that a newer Casetrail has written."""
    if _version(engine) == HEAD or _made(engine):
        return
    migrate(engine)


def migrate(engine: Engine) -> None:
    """Run the migrations that a database lacks, one by one."""
    from alembic import command
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    config = alembic_config()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    version = _version(engine)
    if version and version not in known:
        raise BadSettings(f"The catalogue was written by a newer Casetrail (schema {version}).", "Use that version, or another catalogue.")
    with engine.connect().execution_options(casetrail_write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(1128354115)"))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise BadSettings("The catalogue's schema cannot be brought up to date.", "See docs/operations.md, migrations.") from error


def _made(engine: Engine) -> bool:
    """Make the tables of a new SQLite database by the statements that all migrations add up to; return whether it was new.

    Every archive begins with one, and Alembic takes longer to be loaded and to run than all else that opening does.
    """
    if engine.dialect.name != "sqlite":
        return False
    with engine.connect().execution_options(casetrail_write=True) as connection, connection.begin():
        if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar():
            return False
        statement = ""
        for line in NEW_SQLITE.read_text("utf-8").splitlines(keepends=True):
            statement += line
            if sqlite3.complete_statement(statement):
                connection.exec_driver_sql(statement)
                statement = ""
    return True


def statements_of(engine: Engine) -> str:
    """Return the statements that make a SQLite database as this one is, for NEW_SQLITE."""
    with engine.connect() as connection:
        made = [f"{row.sql};" for row in connection.execute(text(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'trigger', rowid"))]
        for query in ("SELECT 'INSERT INTO heads VALUES (' || quote(name) || ', ' || quote(value) || ');' FROM heads ORDER BY name",
                      "SELECT 'INSERT INTO alembic_version VALUES (' || quote(version_num) || ');' FROM alembic_version"):
            made += connection.execute(text(query)).scalars()
    return "\n".join([*made, ""])


def alembic_config() -> Config:
    """Return the Alembic configuration of the catalogue; the caller sets `attributes["connection"]`."""
    from alembic.config import Config
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
