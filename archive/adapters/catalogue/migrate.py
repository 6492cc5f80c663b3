"""Bring a database to the schema of today (Alembic). Asked at every opening, so the common case is one cheap look."""
from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, inspect, text

from archive.errors import BadSettings

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0007"
"""The newest migration; a test holds this to the folder."""

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations that a database lacks. Raises BadSettings for one that a newer Casetrail has written."""
    if _version(engine) == HEAD:
        return
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
