"""How Alembic runs our migrations: inside the transaction it is handed."""

from alembic import context

from wardround.database.database import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
context.run_migrations()
