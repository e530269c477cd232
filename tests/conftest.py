"""What every room's tests share: a database of each kind, empty and up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.keyed import keyed
from tests.postgres import Server
from wardround.database import Database

pytest_plugins = ["tests.house.longest_first", "tests.house.no_network", "tests.house.no_skips"]

KINDS = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
"""The databases that everything is tested on."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of our own, with a template that every test's database is made from."""
    binaries = Server.binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (Debian: apt install postgresql)")
    server = Server(binaries)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database that is up to date, of each kind in turn."""
    with _fresh(request, tmp_path) as url:
        yield url


@pytest.fixture(scope="session", params=KINDS)
def unchanged_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """An empty database of each kind that all share: for tests that undo what they do."""
    folder = tmp_path_factory.mktemp("unchanged")
    with _fresh(request, folder) as url, opened(url, folder) as database:
        yield database


@pytest.fixture
def tx(unchanged_database: Database) -> Iterator[Connection]:
    """A transaction of each kind of database in turn, of which nothing stays."""
    with unchanged_database.begin() as tx, tx.begin_nested() as undone:
        yield tx
        tx.info.clear()  # no event of what is undone
        undone.rollback()


@pytest.fixture
def database(database_url: str, tmp_path: Path) -> Iterator[Database]:
    """An empty database that is up to date, of each kind in turn."""
    with opened(database_url, tmp_path) as database:
        yield database


@contextmanager
def opened(url: str, folder: Path) -> Iterator[Database]:
    """Open a database with a vault, whose master key is kept in ``folder``."""
    database = keyed(url, folder)
    try:
        yield database
    finally:
        database.dispose()


@contextmanager
def _fresh(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'wardround.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.fresh() as url:
        yield url
