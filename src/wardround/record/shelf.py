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
from wardround.record.hidden import hide
from wardround.record.owner import owner_of
from wardround.record.parameter import Parameter
from wardround.record.stored import Stored
from wardround.record.tables import index, resources, version_place, versions
from wardround.record.values import Row as IndexRow
from wardround.record.values import rows_of
from wardround.security import vault_of

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
            found |= {(kind, one.id): one for one in self.opened(self._tx.execute(query).all())}
        return found

    def standing_as(self, kind: str, ids: Sequence[str]) -> list[Stored]:
        """Return the resources of a type in the order of ``ids``; none is kept from changing."""
        found: dict[str, Stored] = {}
        for _, asked in _in_parts((kind, one) for one in ids):
            of_these = (resources.c.kind == kind) & resources.c.id.in_(asked)
            query = select(versions).join(resources, OF_VERSION).where(of_these)
            found |= {one.id: one for one in self.opened(self._tx.execute(query).all())}
        return [found[one] for one in ids if one in found]

    def opened(self, rows: Sequence[Row[Any]]) -> list[Stored]:
        """Return rows of the versions as what they are, their bodies unsealed."""
        there = [row for row in rows if not row.deleted]
        sealed = [(row.body, version_place(row.kind, row.id, row.version)) for row in there]
        bodies = iter(vault_of(self._tx).open_all(self._tx, sealed) if sealed else ())
        return [_stored(row, b"" if row.deleted else next(bodies)) for row in rows]

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
        rows = [
            self._sealed(version, contents.get((version.kind, version.id))) for version in fresh
        ]
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
        self.put_index(contents)

    def put_index(self, contents: Mapping[Key, dict[str, Any]]) -> None:
        """Add the rows that resources are found by."""
        self._do(
            insert(index),
            [
                self._kept(parameter, row)
                for (kind, resource_id), content in contents.items()
                for parameter, row in rows_of(kind, resource_id, content)
            ],
        )

    def _kept(self, parameter: Parameter, row: IndexRow) -> IndexRow:
        if not parameter.hidden:
            return {**row, "sealed": None}
        return hide(vault_of(self._tx), self._tx, row, parameter.kind)

    def _sealed(self, version: Stored, content: dict[str, Any] | None) -> dict[str, Any]:
        """Return the row of a version, its body sealed under the key of whose data it is."""
        row = dict(vars(version))
        if not version.deleted:
            mine = version.kind == "Patient"
            owner = version.reference if mine else owner_of(content or version.json())
            place = version_place(version.kind, version.id, version.version)
            row["body"] = vault_of(self._tx).seal(self._tx, owner, version.body, place)
        return row

    def _do(self, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
        if rows:
            self._tx.execute(statement, rows)


def _stored(row: Row[Any], body: bytes) -> Stored:
    updated: datetime = row.updated
    aware = updated.replace(tzinfo=UTC) if updated.tzinfo is None else updated.astimezone(UTC)
    return Stored(row.kind, row.id, row.version, aware, body, row.deleted)


def _of_key(table: Table) -> tuple[ColumnElement[bool], ...]:
    return (table.c.kind == bindparam("of_kind"), table.c.id == bindparam("of_id"))


def _in_parts(keys: Iterable[Key]) -> Iterator[tuple[str, list[str]]]:
    by_kind: dict[str, list[str]] = {}
    for kind, resource_id in sorted(keys):
        by_kind.setdefault(kind, []).append(resource_id)
    for kind, ids in by_kind.items():
        for start in range(0, len(ids), _AT_ONCE):
            yield kind, ids[start : start + _AT_ONCE]
