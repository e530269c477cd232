"""What a database says when it cannot go on, in words for the person who runs it.

No word of what was being written is repeated: it may be a patient's.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from wardround.kernel import InvalidInput, Unavailable, WardroundError

SETTING = "WARDROUND_DATABASE"

AUTHORITY = "Name who signed it in WARDROUND_CERTIFICATE_AUTHORITIES."

KNOWN = (
    ("certificate verify failed", "The database's certificate is not trusted.", AUTHORITY),
    ("server certificate for", "The database's certificate is for another name.", "Check both."),
    ("root certificate", "The certificate authorities cannot be read.", AUTHORITY),
    ("does not support ssl", "The database answers in clear only.", "Turn TLS on there."),
    ("not a database", "This file is not a SQLite database.", f"Name another in {SETTING}."),
    ("readonly", "The database is read-only.", "Check the rights of its file and folder."),
    ("read-only transaction", "This transaction only reads.", "Write within begin()."),
    ("is full", "The disk of the database is full.", "Make room; nothing was half-written."),
    ("disk i/o error", "The disk refuses to write.", "Make room, or check the disk."),
    ("no space left", "The disk of the database is full.", "Make room; nothing was half-written."),
    ("image is malformed", "The database is damaged.", "Restore it from a backup."),
    ("malformed database", "The database is damaged.", "Restore it from a backup."),
    ("could not decode", "The database is damaged.", "Restore it from a backup."),
    ("deadlock", "Two writers stood in each other's way.", "Try again."),
    ("locked", "The database is busy with another writer.", "Try again in a moment."),
    ("lock timeout", "The database is busy with another writer.", "Try again in a moment."),
    ("could not serialize", "Two writers stood in each other's way.", "Try again."),
    ("unable to open", "The database cannot be opened.", "Check that its folder is there."),
    ("no such table", "The database is not up to date.", "Start Wardround once: it brings it up."),
    ("no such column", "The database is not up to date.", "Start Wardround once: it brings it up."),
    ("does not exist", "The database or a part of it does not exist.", f"Check {SETTING}."),
    ("authentication failed", "The database does not let us in.", f"Check {SETTING}."),
    ("refused", "No database answers there.", f"Check {SETTING}, and that it runs."),
    ("resolve host", "No database answers there.", f"Check {SETTING}, and that it runs."),
    ("timeout expired", "No database answers there.", f"Check {SETTING}, and that it runs."),
    ("on socket", "No database answers there.", f"Check {SETTING}, and that it runs."),
    ("connection option", "The database is not named as it should be.", f"Check {SETTING}."),
    ("connection is bad", "The database is not named as it should be.", f"Check {SETTING}."),
)
"""What a driver's message holds, what is wrong, and how to mend it; the first that fits counts."""


@contextmanager
def in_words(url: URL, *, reading: bool = False) -> Iterator[None]:
    """Raise ``Unavailable`` where the database itself fails; a fault of ours stays as it is.

    ``reading`` tells that the transaction is one of those that only read.
    """
    try:
        yield
    except NoConnectionFree as error:
        raise Unavailable(
            "Too many requests want the database at once.", mend="Try again in a moment."
        ) from error
    except IntegrityError:
        raise
    except DatabaseError as error:
        told = _told(error.orig, url, reading=reading and error.statement is not None)
        if told is None and isinstance(error, OperationalError):
            told = _unusable(url)
        if told is None:
            raise
        raise told from error
    except UnicodeDecodeError as error:  # SQLite's own message, that quotes a damaged page
        if not _of_driver(error):
            raise
        raise Unavailable(
            "The database is damaged.", where=_where(url), mend="Restore it from a backup."
        ) from None
    except sqlite3.DatabaseError as error:  # of a cursor of its own, that reads very many rows
        raise _told(error, url, reading=reading) or _unusable(url) from None


def _of_driver(error: UnicodeDecodeError) -> bool:
    """Whether an error comes from where the driver is called, and not from a text of ours."""
    frames = [frame.f_code.co_filename for frame, _ in walk_tb(error.__traceback__)]
    return "sqlalchemy" in Path(frames[-1]).parts or frames[-1].endswith("database/database.py")


def _told(error: object, url: URL, *, reading: bool) -> WardroundError | None:
    said = str(error).lower()
    if "(0x00)" in said:  # PostgreSQL keeps no such text; SQLite would
        return InvalidInput("A text holds the character U+0000.", mend="Take it out.")
    if reading:
        # SQLite says of our transaction what it also says of a file that nobody may write.
        said = said.replace("readonly database", "read-only transaction")
    for sign, what, mend in KNOWN:
        if sign in said:
            return Unavailable(what, where=_where(url), mend=mend)
    return None


def _unusable(url: URL) -> Unavailable:
    return Unavailable(
        "The database cannot be used.", where=_where(url), mend="See the server's log."
    )


def _where(url: URL) -> str:
    if url.get_backend_name() == "sqlite" and url.database:
        return Path(url.database).name
    return SETTING
