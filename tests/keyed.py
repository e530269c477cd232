"""A database with its keys, as an installation has it."""

from pathlib import Path

from wardround.database import Database
from wardround.security import KeyFile, Vault


def keyed(url: str, folder: Path) -> Database:
    """Open a database with a vault, whose master key is kept in ``folder``."""
    vault = Vault(KeyFile.make(folder / "master.key"))
    database = Database(url, vault)
    database.migrate()
    vault.prepare(database)
    return database
