"""The databases that tests are lent: a test finds nothing of the one before it."""

import pytest
from sqlalchemy import text

from tests.postgres import Server
from wardround.database import Database

pytestmark = pytest.mark.postgres


HEAD = "SELECT id FROM security_audit_head"


def run(url: str, *statements: str) -> None:
    database = Database(url)
    with database.begin() as tx:
        for statement in statements:
            tx.execute(text(statement))
    database.dispose()


def asked(url: str, query: str) -> list[object]:
    database = Database(url)
    with database.begin() as tx:
        found = list(tx.execute(text(query)).scalars())
    database.dispose()
    return found


def test_what_one_test_wrote_the_next_does_not_find(postgres: Server) -> None:
    with postgres.fresh() as first:
        run(first, "INSERT INTO record_blob_leaving (name) VALUES ('a')")
        numbers = "SELECT nextval(pg_get_serial_sequence('record_index', 'row'))"
        began = asked(first, numbers)
        assert asked(first, HEAD) == [0]
        run(first, "UPDATE security_audit_head SET id = 7")
    with postgres.fresh() as second:
        assert second == first
        assert asked(second, "SELECT name FROM record_blob_leaving") == []
        assert asked(second, numbers) == began
        assert asked(second, HEAD) == [0]


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more (id integer)",
        "DROP TABLE record_blob_leaving",
        "ALTER TABLE record_blob_leaving ADD COLUMN more integer",
        "ALTER TABLE record_blob ALTER COLUMN owner DROP NOT NULL",
        "ALTER TABLE record_blob_leaving ALTER COLUMN name SET DEFAULT 'a'",
        "CREATE INDEX more ON record_blob_leaving (name)",
        "ALTER TABLE record_blob_leaving ADD CONSTRAINT more CHECK (name <> '')",
        "UPDATE alembic_version SET version_num = '0001'",
        "DROP TABLE alembic_version",
        "CREATE SCHEMA dbos CREATE TABLE more (id integer)",
    ],
)
def test_what_was_changed_is_not_lent_again(postgres: Server, change: str) -> None:
    with postgres.fresh() as first:
        run(first, change)
    with postgres.fresh() as second:
        assert second != first
        assert asked(second, "SELECT name FROM record_blob_leaving") == []


def test_two_at_once_are_two(postgres: Server) -> None:
    with postgres.fresh() as first, postgres.fresh() as second:
        assert first != second
