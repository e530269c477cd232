import threading
from importlib import import_module
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import wardround
from wardround.database import Database, metadata
from wardround.kernel import Unavailable

ROOMS = (
    "wardround.governance.registry.tables",
    "wardround.governance.complaints.tables",
    "wardround.governance.watch.tables",
    "wardround.privacy.assets.tables",
    "wardround.privacy.breaches.tables",
    "wardround.privacy.disclosures.tables",
    "wardround.privacy.egress.agreements.tables",
    "wardround.privacy.holds.tables",
    "wardround.privacy.oversight.tables",
    "wardround.privacy.safeguards.tables",
    "wardround.record.tables",
    "wardround.revenue.tables",
    "wardround.rounds.tables",
    "wardround.security.tables",
)
"""Where tables are declared."""


def test_every_room_with_tables_is_listed() -> None:
    source = Path(wardround.__file__).parent
    found = {
        ".".join(("wardround", *path.relative_to(source).with_suffix("").parts))
        for path in source.rglob("tables.py")
        if "sqlalchemy" in path.read_text("utf-8")  # other tables are code lists
    }
    assert found == set(ROOMS)


def test_migrations_make_what_the_rooms_declare(database: Database) -> None:
    for room in ROOMS:
        import_module(room)
    with database.begin() as tx:
        context = MigrationContext.configure(tx, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_columns_are_in_the_order_declared(database: Database) -> None:
    for room in ROOMS:
        import_module(room)
    with database.begin() as tx:
        found = inspect(tx)
        for table in metadata.sorted_tables:
            made = [column["name"] for column in found.get_columns(table.name)]
            assert made == [column.name for column in table.columns]


def test_migrating_again_changes_nothing(database: Database) -> None:
    def state() -> object:
        with database.read() as tx:
            found = inspect(tx)
            return {name: found.get_indexes(name) for name in found.get_table_names()}

    before = state()
    database.migrate()
    assert state() == before


def test_a_database_newer_than_the_code(database: Database) -> None:
    with database.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match=r"version 9999.*Install the newer Wardround"):
        database.migrate()
    with database.read() as tx:
        version = tx.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    assert version == "9999"


def test_a_failed_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    versions = tmp_path / "migrations"
    own = Path(wardround.__file__).parent / "database" / "migrations"
    (versions / "versions").mkdir(parents=True)
    for file in [own / "env.py", *sorted((own / "versions").glob("0*.py"))]:
        (versions / file.relative_to(own)).write_text(file.read_text())
    (versions / "versions" / "broken.py").write_text(
        "revision = 'broken'\n"
        f"down_revision = {max(p.stem[:4] for p in (own / 'versions').glob('0*.py'))!r}\n"
        "def upgrade():\n    raise ZeroDivisionError\n"
    )
    monkeypatch.setattr("wardround.database.migrate.VERSIONS", versions)
    with pytest.raises(ZeroDivisionError):
        database.migrate()
    with database.read() as tx:
        assert inspect(tx).get_table_names() == []
    database.dispose()


def test_processes_that_start_at_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(4)]
    if not databases[0].is_sqlite:
        with databases[0].begin() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE"))
            tx.execute(text("CREATE SCHEMA public"))
    faults: list[BaseException] = []

    def start(database: Database) -> None:
        try:
            database.migrate()
        except BaseException as error:  # noqa: BLE001 (told by the assertion below)
            faults.append(error)

    threads = [threading.Thread(target=start, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    for database in databases:
        database.dispose()
