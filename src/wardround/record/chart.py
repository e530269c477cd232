"""The chart: FHIR R4 resources with every version they went through, within one transaction."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select

from wardround.kernel import (
    Clock,
    Conflict,
    Deleted,
    InvalidInput,
    NotFound,
    StaleVersion,
    TooLarge,
    system_clock,
)
from wardround.record.body import ID, parse, require_id
from wardround.record.search import MOST, Parameters, conditions, page
from wardround.record.shelf import Key, Shelf
from wardround.record.stored import Incoming, Stored
from wardround.record.tables import resources, versions
from wardround.record.transactions import transact

MOST_VERSIONS = 2**31 - 1
"""The largest version that a database holds."""


class Chart:
    """The resources of the record, read and written within the transaction ``tx``."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock
        self._shelf = Shelf(tx)

    def create(self, body: bytes, id: str | None = None) -> Stored:  # noqa: A002 (FHIR's word)
        """Keep a new resource; the record gives it an id where the caller names none.

        Raise ``InvalidInput`` where it is no FHIR R4 resource, ``Conflict`` where the id is taken.
        """
        found = parse(body)
        kind, new_id = found["resourceType"], require_id(id or str(uuid4()), "id")
        if id is not None and found.get("id", id) != id:
            raise InvalidInput("The resource says another id.", where="resource.id")
        if self._shelf.standing([(kind, new_id)]):
            raise Conflict("There is a resource under this id.", where=f"{kind}/{new_id}")
        return self._keep([Incoming(kind, new_id, body, found)], {})[0]

    def read(self, reference: str, version: int | None = None) -> Stored:
        """Return a resource as it stands, or one version of it; ``NotFound`` or ``Deleted``."""
        query = _versions_of(reference).order_by(versions.c.version.desc()).limit(1)
        if version is not None:
            if not 0 < version <= MOST_VERSIONS:
                raise _not_found(reference)
            query = query.where(versions.c.version == version)
        row = self._tx.execute(query).one_or_none()
        if row is None:
            raise _not_found(reference)
        if row.deleted:
            raise Deleted("This resource was deleted.", where=reference)
        return self._shelf.opened([row])[0]

    def update(self, body: bytes, if_version: int | None = None) -> Stored:
        """Keep the next version of the resource that ``body`` names, or its first.

        Raise ``StaleVersion`` where ``if_version`` is not the version that stands (0: none yet).
        """
        found = parse(body)
        if "id" not in found:
            raise InvalidInput("An update names the resource's id.", where="resource.id")
        key = (found["resourceType"], found["id"])
        standing = self._shelf.standing([key])
        _require_version(key, if_version, standing.get(key))
        return self._keep([Incoming(*key, body, found)], standing)[0]

    def delete(self, reference: str, if_version: int | None = None) -> None:
        """Mark a resource as deleted; its history stays."""
        key = _split(reference)
        now = self._shelf.standing([key]).get(key)
        if now is None:
            raise _not_found(reference)
        if now.deleted:
            raise Deleted("This resource was deleted.", where=reference)
        _require_version(key, if_version, now)
        at = self._clock().astimezone(UTC)
        self._shelf.put([Stored(*key, now.version + 1, at, b"", deleted=True)], {})

    def history(self, reference: str) -> list[Stored]:
        """Return every version of a resource, newest first; a deletion is one of them."""
        query = _versions_of(reference).order_by(versions.c.version.desc())
        found = self._shelf.opened(self._tx.execute(query).all())
        if not found:
            raise _not_found(reference)
        return found

    def search(self, kind: str, parameters: Parameters) -> list[Stored]:
        """Return the resources of a type that match, newest first or as ``_sort`` says.

        ``parameters`` are FHIR search parameters; a sequence of values means all of them. With
        ``_count`` and ``_offset`` a page is returned; without, all, or ``TooLarge`` is raised where
        more than 10,000 match: nothing is left out unseen. ``count`` tells the total.
        """
        ids = page(self._tx, kind, parameters)
        if len(ids) > MOST:
            raise TooLarge(
                f"More than {MOST:,} resources match.",
                where=kind,
                mend="Ask for pages of them, by _count and _offset.",
            )
        return self._shelf.standing_as(kind, ids)

    def count(self, kind: str, parameters: Parameters) -> int:
        """Return how many resources match, whatever page was asked for."""
        query = select(func.count()).select_from(resources)
        return self._tx.execute(query.where(conditions(self._tx, kind, parameters))).scalar_one()

    def transaction(self, bundle: bytes, file: str | None = None) -> list[Stored]:
        """Do what a transaction bundle asks, and return what its entries are now, in their order.

        An error names the entry, and with ``file`` the line; the caller's transaction then undoes
        the whole. Resources whose bytes are those that stand get no new version.
        """
        return transact(self, bundle, file)

    def take_turns(self, kinds: Iterable[str]) -> None:
        """Let no other transaction create resources of these types by a condition meanwhile."""
        self._shelf.take_turns(kinds)

    def keep_all(self, incoming: Sequence[Incoming]) -> list[Stored]:
        """Keep many resources under their ids; the same bytes again make no new version."""
        standing = self._shelf.standing((one.kind, one.id) for one in incoming)
        unchanged, fresh = [], []
        for one in incoming:
            now = standing.get((one.kind, one.id))
            _require_version((one.kind, one.id), one.if_version, now, one.place)
            if now is not None and not now.deleted and now.body == one.body:
                unchanged.append(now)
            else:
                fresh.append(one)
        return [*unchanged, *self._keep(fresh, standing)]

    def _keep(self, incoming: Sequence[Incoming], standing: dict[Key, Stored]) -> list[Stored]:
        at = self._clock().astimezone(UTC)
        fresh, contents = [], {}
        for one in incoming:
            key = (one.kind, one.id)
            version = standing[key].version + 1 if key in standing else 1
            fresh.append(Stored(*key, version, at, one.body))
            contents[key] = one.resource
        self._shelf.put(fresh, contents)
        return fresh


def _require_version(
    key: Key, wanted: int | None, now: Stored | None, place: object = None
) -> None:
    standing = 0 if now is None else now.version
    if wanted is not None and wanted != standing:
        raise StaleVersion(
            f"Version {wanted} is not the one that stands, which is {standing}.",
            where=str(place or "/".join(key)),
            mend="Read it again, and change that.",
        )


def _versions_of(reference: str) -> Any:
    kind, resource_id = _split(reference)
    return select(versions).where(versions.c.kind == kind, versions.c.id == resource_id)


def _split(reference: str) -> Key:
    kind, slash, resource_id = reference.partition("/")
    if not slash or not kind or not resource_id:
        raise InvalidInput("A reference is Type/id.", where=reference[:80])
    if not ID.fullmatch(resource_id) or not kind.isalpha():
        raise _not_found(reference)
    return kind, resource_id


def _not_found(reference: str) -> NotFound:
    return NotFound("There is no such resource.", where=reference[:80])
