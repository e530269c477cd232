"""How Alembic runs our migrations: inside the transaction it is handed."""

from alembic import context

from wardround.database.database import metadata

connection = context.config.attributes["connection"]
prefix = context.config.attributes.get("only", "")


def _ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    """Whether a new migration is to look at this table: each room's tables make their own."""
    return kind != "table" or (name or "").startswith(prefix)


context.configure(
    connection=connection,
    target_metadata=metadata,
    include_object=_ours,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
