"""Every row of the database as JSON lines and back, the same for SQLite and PostgreSQL.

Bytes are written as base64 and moments as ISO 8601 in UTC; all else is what JSON has. Rows are read
within one transaction that sees the database as it stood at one moment, so that a backup is of that
moment while people go on working.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection, Row, Table, func, select

from wardround.database import metadata

ROWS = 500
"""How many rows are written to one part, and inserted at a time."""

_KEPT = ("record_version", "round_order", "security_key", "security_person")
"""A database that holds nothing has no row in any of these."""

_MIGRATIONS = sa.table("alembic_version", sa.column("version_num"))

Part = tuple[str, bytes]
"""The name of a table, and some of its rows as JSON lines."""


def version_of(tx: Connection) -> str:
    """Return the version of the database's tables."""
    return str(tx.execute(select(_MIGRATIONS.c.version_num)).scalar_one())


def dump(tx: Connection) -> Iterator[Part]:
    """Yield every table in parts, in an order in which what is referred to comes first."""
    for table in metadata.sorted_tables:
        query = select(table).order_by(*table.primary_key)
        found = tx.execute(query, execution_options={"yield_per": ROWS})
        yield table.name, b""
        for rows in found.partitions():
            yield table.name, b"".join(_line(table, row) for row in rows)


def load(tx: Connection, parts: Iterable[Part]) -> dict[str, int]:
    """Put every part into its table, and return how many rows each has then.

    The tables are those of the archive's version, so they are read from the database itself. What a
    migration has put into one is in the archive too, and gives way to it.
    """
    tables = _standing(tx)
    counts: dict[str, int] = {}
    for name, lines in parts:
        if name not in counts and tx.execute(select(tables[name]).limit(1)).first():
            tx.execute(tables[name].delete())
        rows = [_row(tables[name], line) for line in lines.splitlines()]
        counts[name] = counts.get(name, 0) + len(rows)
        if rows:
            tx.execute(tables[name].insert(), rows)
    if tx.dialect.name == "postgresql":
        for name in counts:
            _count_on(tx, tables[name])
    return counts


def is_empty(tx: Connection) -> bool:
    """Return whether nothing was ever kept in the database; it may have its tables already."""
    tables = _standing(tx)
    kept = (select(tables[name]).limit(1) for name in _KEPT if name in tables)
    return all(tx.execute(query).first() is None for query in kept)


def _standing(tx: Connection) -> dict[str, Table]:
    known = sa.MetaData()
    known.reflect(tx)
    return dict(known.tables)


def _line(table: Table, row: Row[Any]) -> bytes:
    written = {column.name: _written(row[at]) for at, column in enumerate(table.columns)}
    return orjson.dumps(written, option=orjson.OPT_NON_STR_KEYS) + b"\n"  # a name may be quoted


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC).isoformat()
    return value


def _row(table: Table, line: bytes) -> dict[str, Any]:
    written = orjson.loads(line)
    return {name: _read(table.columns[name].type, value) for name, value in written.items()}


def _read(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.LargeBinary):
        return b64decode(value)
    if isinstance(kind, sa.DateTime):
        return datetime.fromisoformat(value)
    return value


def _count_on(tx: Connection, table: Table) -> None:
    """Let the sequence behind a table's key go on after the largest that was put back."""
    for column in table.primary_key:
        if isinstance(column.type, sa.Integer):
            named = select(func.pg_get_serial_sequence(table.name, column.name))
            sequence = tx.execute(named).scalar_one()
            if sequence is not None:
                following = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
                tx.execute(select(func.setval(sequence, following, sa.false())))
