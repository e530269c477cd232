"""One database, reached through transactions: SQLite on a laptop, PostgreSQL by one setting."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, inspect, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from wardround.database.failures import SETTING, in_words
from wardround.kernel import InvalidInput, Unavailable

Transaction = Connection
"""A transaction, as rooms are handed it."""

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

_LAST = "last"

PATIENCE_MILLISECONDS = 30_000
"""How long one writer waits for another before it gives up."""


class Database:
    """The one database; rooms work inside the transactions it hands out.

    ``url`` is ``sqlite:///file`` or ``postgresql://user:password@host:port/name``, which may also
    begin with ``postgres://``, as hosts of databases write it. A database that cannot be used
    raises ``Unavailable``, here and inside a transaction, and says how to mend it.

    ``vault`` is what the rooms above seal and open with; it goes with each transaction.
    """

    def __init__(self, url: str, vault: object = None) -> None:
        self._url = _parsed(url)
        self._vault = vault
        self._engine = _sqlite(self._url) if self.is_sqlite else _postgresql(self._url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self._url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine underneath, for migrations and for tests."""
        return self._engine

    def version(self) -> str:
        """Return what it is and of which version, such as ``PostgreSQL 16.4``."""
        with self.read() as tx:
            number = ".".join(map(str, tx.dialect.server_version_info or ()))
        return f"{'SQLite' if self.is_sqlite else 'PostgreSQL'} {number}"

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction that writes: it is kept as a whole, or not at all on an error.

        On SQLite one writes at a time. On PostgreSQL (read committed) what must not change
        meanwhile is locked by ``FOR UPDATE`` or checked by the condition of an ``UPDATE``.
        """
        with in_words(self._url), self._engine.connect() as tx:
            self._tell(tx, writes=True)
            with tx.begin():
                yield tx
                for last in tx.info.pop(_LAST, {}).values():
                    last()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Open a transaction that only reads; it sees the database as it stood at one moment."""
        with in_words(self._url, reading=True), self._engine.connect() as tx:
            self._tell(tx, writes=False)
            if not self.is_sqlite:
                tx.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with tx.begin():
                yield tx

    def _tell(self, tx: Connection, *, writes: bool) -> None:
        """Say anew what a transaction is: ``info`` outlives it, with its connection."""
        tx.info.clear()
        tx.info.update(writes=writes, vault=self._vault)

    def has_tables(self) -> bool:
        """Whether anything was ever made in it."""
        with in_words(self._url, reading=True), self._engine.connect() as tx:
            return bool(inspect(tx).get_table_names())

    def migrate(self, version: str | None = None) -> None:
        """Bring the tables up to date, or to an earlier ``version`` where they are before that.

        Raise ``Unavailable`` where they are newer than we are.
        """
        from wardround.database.migrate import upgrade

        with in_words(self._url):
            upgrade(self, version)

    def compact(self) -> None:
        """Write the files anew without what was deleted or replaced, which they else still hold."""
        with in_words(self._url):
            bare = self._engine.raw_connection()
            try:
                if self.is_sqlite:
                    for statement in _COMPACT:
                        bare.cursor().execute(statement)
                else:
                    bare.driver_connection.autocommit = True  # type: ignore[union-attr]
                    bare.cursor().execute("VACUUM FULL")
                    bare.driver_connection.autocommit = False  # type: ignore[union-attr]
            finally:
                bare.close()

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()


_COMPACT = ("PRAGMA query_only = OFF", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def do_last(tx: Connection, name: str, what: Callable[[], None]) -> None:
    """Have ``what`` done as the last thing before the transaction is kept, once for each name.

    What all writers wait for, such as the head of a chain, is then held for the shortest time.
    Where it fails, the whole transaction does.
    """
    if not tx.info.get("writes"):
        raise RuntimeError("only a transaction of Database.begin has a last thing to do")
    tx.info.setdefault(_LAST, {}).setdefault(name, what)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise _not_one_of_ours() from None
    backend = parsed.get_backend_name()
    if backend in {"postgres", "postgresql"}:
        if find_spec("psycopg") is None:
            raise Unavailable(
                "PostgreSQL needs its driver.", mend="Run: pip install 'wardround[postgres]'."
            )
        return parsed.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise _not_one_of_ours()
    return parsed


def _not_one_of_ours() -> InvalidInput:
    return InvalidInput(
        "The record is kept in a SQLite file or in PostgreSQL.",
        where=SETTING,
        mend="Write postgresql://user:password@host:port/name, or sqlite:///file.",
    )


def _postgresql(url: URL) -> Engine:
    return create_engine(
        url,
        connect_args={"options": f"-c lock_timeout={PATIENCE_MILLISECONDS}"},
        hide_parameters=True,
        max_overflow=20,
        pool_pre_ping=True,
        pool_size=10,
    )


def _sqlite(url: URL) -> Engine:
    engine = create_engine(
        url, connect_args={"check_same_thread": False}, hide_parameters=True, max_overflow=40
    )

    @event.listens_for(engine, "do_connect")
    def connecting(*_: object) -> None:
        # SQLite would make the file readable for everybody; its companions take after it.
        with suppress(OSError):
            Path(url.database or "").touch(mode=0o600)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: object) -> None:
        # We begin transactions ourselves: the driver's own way begins them too late to be safe.
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {PATIENCE_MILLISECONDS}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(tx: Connection) -> None:
        writes = tx.info.get("writes", True)
        tx.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        tx.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
