"""Opening what is kept: the record's database with its keys."""

from wardround.bootstrap.masters import make_master, open_master
from wardround.database import Database
from wardround.record import Blobs, refresh_index
from wardround.security import NOBODY, Vault, has_keys, seal_clear
from wardround.settings import Settings


def open_database(settings: Settings) -> Database:
    """Open the record's database, brought up to date; what was kept in clear is sealed first."""
    settings.home.mkdir(parents=True, exist_ok=True)
    bare = Database(settings.database_url)
    bare.migrate()
    # A key is made for a database that has none yet, and never beside one that lost its own.
    take = open_master if has_keys(bare) else make_master
    bare.dispose()
    vault = Vault(take(settings))
    database = Database(settings.database_url, vault)
    try:
        vault.prepare(database)
        seal_clear(database)
        _seal_blobs(settings, database)
        refresh_index(database)
    except BaseException:
        database.dispose()
        raise
    return database


def _seal_blobs(settings: Settings, database: Database) -> None:
    blobs = Blobs(settings.blobs, database)
    clear = blobs.in_clear()
    if clear:
        from wardround.rounds import owners_of_inputs  # it brings the workflows along

        owners = owners_of_inputs(database)
        for file in clear:
            blobs.adopt(file, owners.get(file.name, NOBODY))
