"""Where versions are taken from and put: the tables of the record, many rows at a time."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from wardround.kernel import StaleVersion
from wardround.record.stored import Stored
from wardround.record.tables import index, resources, versions
from wardround.record.values import rows_of

Key = tuple[str, str]
"""A resource's type and id."""

OF_VERSION = (
    (versions.c.kind == resources.c.kind)
    & (versions.c.id == resources.c.id)
    & (versions.c.version == resources.c.version)
)
"""Joins a resource with the version of it that stands."""

_AT_ONCE = 500
"""How many resources one query asks for."""

_TURNS = 0x57415244
"""The family of locks that transactions on PostgreSQL take turns by, one a resource type."""


class Shelf:
    """The rows of the record, within the transaction ``tx``."""

    def __init__(self, tx: Connection) -> None:
        self._tx = tx

    def standing(self, keys: Iterable[Key]) -> dict[Key, Stored]:
        """Return what stands under each key, and keep others from changing it meanwhile."""
        found: dict[Key, Stored] = {}
        for kind, asked in _in_parts(keys):
            ids = asked if self._tx.dialect.name == "sqlite" else self._locked(kind, asked)
            of_these = (resources.c.kind == kind) & resources.c.id.in_(ids)
            query = select(versions).join(resources, OF_VERSION).where(of_these)
            found |= {(kind, row.id): stored(row) for row in self._tx.execute(query)}
        return found

    def _locked(self, kind: str, ids: Sequence[str]) -> Sequence[str]:
        """Return which of the resources are there, each locked until the transaction ends.

        A statement of its own: the next one sees what the lock waited for. It may also see what has
        come in between, but that is not locked, so it does not count.
        """
        of_these = (resources.c.kind == kind) & resources.c.id.in_(ids)
        query = select(resources.c.id).where(of_these).order_by(resources.c.id)
        return self._tx.execute(query.with_for_update()).scalars().all()

    def count_rows(self) -> None:
        """Let PostgreSQL count what many new rows have changed, or it searches by guesses at first.

        SQLite is told once, by the migration, what a large record looks like.
        """
        if self._tx.dialect.name != "sqlite":
            self._tx.execute(text(f"ANALYZE {resources}, {versions}, {index}"))

    def take_turns(self, kinds: Iterable[str]) -> None:
        """Let no other transaction look whether a resource of these types is there meanwhile.

        Else two that create what is not there yet would both find nothing. SQLite has one writer.
        """
        if self._tx.dialect.name != "sqlite":
            for kind in sorted(set(kinds)):
                self._tx.execute(select(func.pg_advisory_xact_lock(_TURNS, func.hashtext(kind))))

    def put(self, fresh: Sequence[Stored], contents: Mapping[Key, dict[str, Any]]) -> None:
        """Put new versions on top of what stands; ``contents`` is what they are found by."""
        rows = [vars(version) for version in fresh]
        heads = [{k: v for k, v in row.items() if k != "body"} for row in rows]
        try:
            self._do(insert(versions), rows)
            self._do(insert(resources), [head for head in heads if head["version"] == 1])
        except IntegrityError:
            raise StaleVersion(
                "Somebody else wrote this meanwhile.", mend="Read it again."
            ) from None
        again = [head for head in heads if head["version"] > 1]
        keys = [{"of_kind": head["kind"], "of_id": head["id"]} for head in again]
        self._do(
            update(resources).where(*_of_key(resources)),
            [key | head for key, head in zip(keys, again, strict=True)],
        )
        self._do(delete(index).where(*_of_key(index)), keys)
        self._do(
            insert(index),
            [row for (kind, i), content in contents.items() for row in rows_of(kind, i, content)],
        )

    def _do(self, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._tx.execute(statement, rows)


def stored(row: Row[Any]) -> Stored:
    """Return a row of the versions as what it is."""
    updated: datetime = row.updated
    aware = updated.replace(tzinfo=UTC) if updated.tzinfo is None else updated.astimezone(UTC)
    return Stored(row.kind, row.id, row.version, aware, row.body, row.deleted)


def _of_key(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (table.c.kind == bindparam("of_kind"), table.c.id == bindparam("of_id"))


def _in_parts(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    by_kind: dict[str, list[str]] = {}
    for kind, resource_id in sorted(keys):
        by_kind.setdefault(kind, []).append(resource_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), _AT_ONCE):
            yield kind, ids[start : start + _AT_ONCE]
