"""Opening what is kept: the record's database with its keys."""

from wardround.database import Database
from wardround.record import refresh_index
from wardround.security import KeyFile, Master, Vault, has_keys
from wardround.settings import Settings


def open_database(settings: Settings) -> Database:
    """Open the record's database, brought up to date."""
    settings.home.mkdir(parents=True, exist_ok=True)
    bare = Database(settings.database_url)
    bare.migrate()
    # A key is made for a database that has none yet, and never beside one that lost its own.
    take = KeyFile if has_keys(bare) else KeyFile.make
    bare.dispose()
    vault = Vault(take(settings.master_key))
    database = Database(settings.database_url, vault)
    vault.prepare(database)
    refresh_index(database)
    return database


def open_master(settings: Settings) -> Master:
    """Return the master key, which must be there."""
    return KeyFile(settings.master_key)
