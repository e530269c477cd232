"""The chart: FHIR R4 resources with every version they went through, within one transaction."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from wardround.kernel import (
    Clock,
    Conflict,
    Deleted,
    InvalidInput,
    NotFound,
    StaleVersion,
    system_clock,
)
from wardround.record.body import parse, require_id
from wardround.record.search import Parameters, conditions, paged
from wardround.record.stored import Stored
from wardround.record.tables import index, resources, versions
from wardround.record.values import rows_of


class Chart:
    """The resources of the record, read and written within the transaction ``tx``."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def create(self, body: bytes, id: str | None = None) -> Stored:  # noqa: A002 (FHIR's word)
        """Keep a new resource; the record gives it an id where the caller names none."""
        found = parse(body)
        kind, new_id = found["resourceType"], require_id(id or str(uuid4()), "id")
        if self._current(kind, new_id) is not None:
            raise Conflict("There is a resource under this id.", where=f"{kind}/{new_id}")
        return self._keep([(kind, new_id, 1, body, found)])[0]

    def read(self, reference: str, version: int | None = None) -> Stored:
        """Return a resource as it stands, or one version of it; ``NotFound`` or ``Deleted``."""
        kind, resource_id = _split(reference)
        query = select(versions).where(versions.c.kind == kind, versions.c.id == resource_id)
        if version is None:
            query = query.order_by(versions.c.version.desc()).limit(1)
        else:
            query = query.where(versions.c.version == version)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such resource.", where=reference)
        if row.deleted:
            raise Deleted("This resource was deleted.", where=reference)
        return _stored(row)

    def update(self, body: bytes, if_version: int | None = None) -> Stored:
        """Keep the next version of the resource that ``body`` names, or its first.

        Raise ``StaleVersion`` where ``if_version`` is no longer the version that stands.
        """
        found = parse(body)
        if "id" not in found:
            raise InvalidInput("An update names the resource's id.", where="resource.id")
        kind, resource_id = found["resourceType"], found["id"]
        now = self._current(kind, resource_id)
        standing = 0 if now is None else now.version
        if if_version is not None and if_version != standing:
            raise StaleVersion(
                f"Version {if_version} is not the one that stands, which is {standing}.",
                where=f"{kind}/{resource_id}",
                mend="Read it again, and change that.",
            )
        return self._keep([(kind, resource_id, standing + 1, body, found)])[0]

    def delete(self, reference: str) -> None:
        """Mark a resource as deleted; its history stays."""
        last = self.read(reference)
        values = {"version": last.version + 1, "updated": self._clock(), "deleted": True}
        key = {"kind": last.kind, "id": last.id}
        self._tx.execute(insert(versions).values(**key, **values, body=b""))
        self._tx.execute(update(resources).where(*_is(resources, **key)).values(**values))
        self._tx.execute(delete(index).where(*_is(index, **key)))

    def history(self, reference: str) -> list[Stored]:
        """Return every version of a resource, newest first; a deletion is one of them."""
        kind, resource_id = _split(reference)
        query = (
            select(versions)
            .where(versions.c.kind == kind, versions.c.id == resource_id)
            .order_by(versions.c.version.desc())
        )
        found = [_stored(row) for row in self._tx.execute(query)]
        if not found:
            raise NotFound("There is no such resource.", where=reference)
        return found

    def search(self, kind: str, parameters: Parameters) -> list[Stored]:
        """Return the resources of a type that match, newest first or as ``_sort`` says."""
        query = select(versions).join(
            resources,
            (versions.c.kind == resources.c.kind)
            & (versions.c.id == resources.c.id)
            & (versions.c.version == resources.c.version),
        )
        query = query.where(conditions(kind, parameters))
        rows = self._tx.execute(paged(query, kind, parameters))
        return [_stored(row) for row in rows]

    def count(self, kind: str, parameters: Parameters) -> int:
        """Return how many resources match, whatever page was asked for."""
        query = select(func.count()).select_from(resources)
        return self._tx.execute(query.where(conditions(kind, parameters))).scalar_one()

    def transaction(self, bundle: bytes, where: str = "Bundle") -> list[Stored]:
        """Do all that a transaction bundle asks, or nothing of it, and return what was kept."""
        from wardround.record.bundles import transact

        return transact(self, bundle, where)

    def keep_all(self, entries: Iterable[tuple[str, bytes, dict[str, Any]]]) -> list[Stored]:
        """Keep many parsed resources by their ids at once; the same bytes again change nothing."""
        fresh, kept = [], []
        for resource_id, body, found in entries:
            kind = found["resourceType"]
            now = self._current(kind, resource_id)
            if now is not None and not now.deleted:
                standing = self.read(f"{kind}/{resource_id}")
                if standing.body == body:
                    kept.append(standing)
                    continue
            fresh.append((kind, resource_id, now.version + 1 if now else 1, body, found))
        return [*kept, *self._keep(fresh)]

    def _keep(self, entries: list[tuple[str, str, int, bytes, dict[str, Any]]]) -> list[Stored]:
        if not entries:
            return []
        at = self._clock()
        rows = [
            {"kind": kind, "id": i, "version": n, "updated": at, "deleted": False, "body": body}
            for kind, i, n, body, _ in entries
        ]
        try:
            self._tx.execute(insert(versions), rows)
        except IntegrityError:
            raise StaleVersion("This changed meanwhile.", mend="Read it again.") from None
        new = [{k: v for k, v in row.items() if k != "body"} for row in rows if row["version"] == 1]
        if new:
            self._tx.execute(insert(resources), new)
        for kind, i, n, _, _ in entries:
            if n > 1:
                self._advance(kind, i, n, at)
        values = [v for kind, i, _, _, found in entries for v in rows_of(kind, i, found)]
        if values:
            self._tx.execute(insert(index), values)
        return [Stored(kind, i, n, at, body) for kind, i, n, body, _ in entries]

    def _advance(self, kind: str, resource_id: str, version: int, at: datetime) -> None:
        done = self._tx.execute(
            update(resources)
            .where(*_is(resources, kind=kind, id=resource_id), resources.c.version == version - 1)
            .values(version=version, updated=at, deleted=False)
        )
        if done.rowcount != 1:
            raise StaleVersion("This resource changed meanwhile.", where=f"{kind}/{resource_id}")
        self._tx.execute(delete(index).where(*_is(index, kind=kind, id=resource_id)))

    def _current(self, kind: str, resource_id: str) -> Row[Any, Any] | None:
        query = select(resources.c.version, resources.c.deleted)
        query = query.where(*_is(resources, kind=kind, id=resource_id)).with_for_update()
        return self._tx.execute(query).one_or_none()


def _is(table: Any, **key: str) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]


def _split(reference: str) -> tuple[str, str]:
    kind, slash, resource_id = reference.partition("/")
    if not slash or not kind or not resource_id:
        raise InvalidInput("A reference is Type/id.", where=reference[:80])
    return kind, resource_id


def _stored(row: Row[Any, Any]) -> Stored:
    updated: datetime = row.updated
    aware = updated.replace(tzinfo=UTC) if updated.tzinfo is None else updated.astimezone(UTC)
    return Stored(row.kind, row.id, row.version, aware, row.body, row.deleted)
