"""`python -m archive.adapters.migrations`: write new_sqlite.sql anew, after a migration was added."""
from __future__ import annotations

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from archive.adapters.catalogue.migrate import NEW_SQLITE, migrate, statements_of

engine = create_engine("sqlite://", poolclass=StaticPool)
migrate(engine)
NEW_SQLITE.write_text(statements_of(engine), "utf-8")
