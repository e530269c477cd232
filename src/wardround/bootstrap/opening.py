"""Opening what is kept: the record's database with its keys."""

from pathlib import Path

from wardround.bootstrap.masters import make_master, open_master
from wardround.database import Database
from wardround.kernel import Unavailable
from wardround.record import Blobs, refresh_index
from wardround.security import NOBODY, Vault, has_keys, seal_clear
from wardround.settings import Settings


def open_database(settings: Settings) -> Database:
    """Open the record's database, brought up to date; what was kept in clear is sealed first."""
    settings.home.mkdir(parents=True, exist_ok=True)
    bare = Database(settings.database_url)
    if not bare.has_tables() and _has_files(settings.blobs):
        raise Unavailable(
            "There are sealed files, but the database that has their keys is empty.",
            where=str(settings.home),
            mend="Put the database back (wardround restore), or move the files away to begin anew.",
        )
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


def _has_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


def is_installed(settings: Settings) -> bool:
    """Whether there is a database with its keys; nothing is made by asking."""
    if settings.database_url.startswith("sqlite"):
        file = settings.database_url.partition("///")[2]
        if not Path(file).is_file():
            return False
    bare = Database(settings.database_url)
    try:
        return bare.has_tables() and has_keys(bare)
    finally:
        bare.dispose()


def _seal_blobs(settings: Settings, database: Database) -> None:
    blobs = Blobs(settings.blobs, database)
    clear = blobs.in_clear()
    if clear:
        from wardround.rounds import owners_of_inputs  # it brings the workflows along

        owners = owners_of_inputs(database)
        for file in clear:
            blobs.adopt(file, owners.get(file.name, NOBODY))
