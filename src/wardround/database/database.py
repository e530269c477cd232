"""One database, reached through transactions: SQLite on a laptop, PostgreSQL by one setting."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from wardround.kernel import InvalidInput, Unavailable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""What every room declares its tables on."""

BUSY_MILLISECONDS = 30_000
"""How long a writer waits for another on SQLite, where one writes at a time."""


class Database:
    """The one database; rooms work inside the transactions it hands out.

    ``url`` is ``sqlite:///file`` or ``postgresql://user:password@host:port/name``.
    """

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self._engine = _sqlite(self._url) if self.is_sqlite else _postgresql(self._url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine underneath, for migrations and for tests."""
        return self._engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction that writes: it is kept as a whole, or not at all on an error."""
        with _spoken(self._url), self._engine.connect() as tx:
            if self.is_sqlite:
                tx.info["write"] = True
            with tx.begin():
                yield tx

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads; it sees the database as it stood at one moment."""
        with _spoken(self._url), self._engine.connect() as tx:
            if self.is_sqlite:
                tx.info["write"] = False
            with tx.begin():
                yield tx

    def migrate(self) -> None:
        """Bring the tables up to date; raise ``Unavailable`` where they are newer than we are."""
        from wardround.database.migrate import upgrade

        with _spoken(self._url):
            upgrade(self)

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise InvalidInput(
            "This is not the URL of a database.",
            where="WARDROUND_DATABASE",
            mend="Write postgresql://user:password@host:port/name, or sqlite:///file.",
        ) from None
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        if find_spec("psycopg") is None:
            raise Unavailable(
                "PostgreSQL needs its driver.", mend="Run: pip install 'wardround[postgres]'."
            )
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise InvalidInput(
            "The record is kept in a SQLite file or in PostgreSQL.",
            where="WARDROUND_DATABASE",
            mend="Write postgresql://user:password@host:port/name, or sqlite:///file.",
        )
    return parsed


def _postgresql(url: URL) -> Engine:
    return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False}, max_overflow=40)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        # We begin transactions ourselves: the driver's own way begins them too late to be safe.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(tx: Connection) -> None:
        tx.exec_driver_sql("BEGIN IMMEDIATE" if tx.info.get("write", True) else "BEGIN")

    return engine


@contextmanager
def _spoken(url: URL) -> Iterator[None]:
    """Turn what a driver says of the database itself into words for who runs it."""
    where = Path(url.database).name if url.get_backend_name() == "sqlite" and url.database else None
    try:
        yield
    except OperationalError as error:
        said = str(error.orig).splitlines()[0] if error.orig else "It does not answer."
        raise Unavailable(
            f"The database cannot be used: {said}.",
            where=where or "WARDROUND_DATABASE",
            mend="Check that it is there, writable, and that its disk is not full.",
        ) from error
    except DatabaseError as error:
        if "not a database" not in str(error.orig):
            raise
        raise Unavailable(
            "This file is not a SQLite database.",
            where=where,
            mend="Move it away, or name another in WARDROUND_DATABASE.",
        ) from error
