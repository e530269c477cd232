"""Migrations: Alembic, run from the package, with no file for anybody to edit."""

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from wardround.kernel import Unavailable

if TYPE_CHECKING:
    from wardround.database.database import Database

VERSIONS = Path(__file__).parent / "migrations"

_LOCK = 0x57415244
"""The number that processes which migrate at once take turns by, on PostgreSQL."""


def upgrade(database: "Database", version: str | None = None) -> None:
    """Bring the tables to a version, or to the newest we know, in one transaction."""
    config = Config()
    config.set_main_option("script_location", str(VERSIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    head = version or scripts.get_current_head()
    assert head is not None  # noqa: S101 (there are migrations)
    if version is not None and version not in {one.revision for one in scripts.walk_revisions()}:
        raise Unavailable(
            f"This is of database version {version}, which this Wardround does not know.",
            mend="Install the Wardround that made it, or a newer one.",
        )
    with database.begin() as tx:
        if not database.is_sqlite:
            tx.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        now = MigrationContext.configure(tx).get_current_revision()
        if now == head:
            return
        if now is not None and now not in {script.revision for script in scripts.walk_revisions()}:
            raise Unavailable(
                f"The database is at version {now}, which this Wardround does not know.",
                mend="Install the newer Wardround that made it.",
            )
        config.attributes["connection"] = tx
        command.upgrade(config, head)
