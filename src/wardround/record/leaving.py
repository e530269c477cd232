"""Blobs that leave the record: their rows at once, their files as soon as that is kept.

A file cannot be removed within a transaction. So its name is written down in the one that takes
the blob out, and is forgotten only when the file is gone: whoever is killed in between leaves
nothing that the next run does not find.
"""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from wardround.database import Database
from wardround.disk import sync_folder
from wardround.record.tables import blobs, leaving


def take_out(tx: Connection, which: ColumnElement[bool]) -> None:
    """Take blobs out of the record, and write down the names of their files."""
    tx.execute(insert(leaving).from_select(["name"], select(blobs.c.name).where(which)))
    tx.execute(delete(blobs).where(which))


def remove_left(database: Database, place: Callable[[str], Path]) -> int:
    """Remove the files of what was taken out, and return how many; cut off, go on."""
    with database.read() as tx:
        names = tx.execute(select(leaving.c.name)).scalars().all()
    for name in names:
        file = place(name)
        file.unlink(missing_ok=True)
        if file.parent.is_dir():
            sync_folder(file.parent)
        with database.begin() as tx:
            tx.execute(delete(leaving).where(leaving.c.name == name))
    return len(names)
