"""A database with its keys, as an installation has it."""

from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from wardround.database import Database
from wardround.security import KeyFile, Vault

SQLITE = "sqlite:///"


def keyed(url: str, folder: Path) -> Database:
    """Open a database with a vault, whose master key is kept in ``folder``."""
    if url.startswith(SQLITE):
        lay(Path(url.removeprefix(SQLITE)))
    vault = Vault(KeyFile.make(folder / "master.key"))
    database = Database(url, vault)
    database.migrate()
    vault.prepare(database)
    return database


def lay(file: Path) -> None:
    """Put an empty database that is up to date where there is none: quicker than to migrate one."""
    if file.exists():
        return
    made = file.with_name(f"{file.name}.{uuid4().hex}")
    made.touch(mode=0o600)
    made.write_bytes(_migrated())
    with suppress(FileExistsError):  # several that start at once: the first lays it
        file.hardlink_to(made)
    made.unlink()


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "wardround.db"
        database = Database(f"{SQLITE}{file}")
        database.migrate()
        database.dispose()
        return file.read_bytes()
