"""Run by Alembic: migrations use the connection of the caller, in the caller's transaction."""
from alembic import context

from archive.adapters.catalogue.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
