"""The audit trail: who did what to whose chart, when, for what, and whether it was allowed.

It can only grow: triggers in the database refuse to change or remove an event, and a chain of
hashes shows it where somebody took the triggers away. It holds ids and codes, never a name or a
word of a chart, so that it can be kept and read apart from the record.

Events are put into the chain as the last thing their transaction does: writers wait for the head
of the chain only while it is written. Their order is that of the commits, whatever clocks say.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import Field, field_validator
from sqlalchemy import Connection, Select, insert, select, update

from wardround.database import do_last
from wardround.kernel import Actor, Clock, InvalidInput, Noun, Role, system_clock
from wardround.security.audit.balp import Outcome, audit_event
from wardround.security.audit.chain import link, said
from wardround.security.audit.checkpoints import EVERY, head, mark
from wardround.security.audit.kinds import PURPOSES
from wardround.security.tables import audit, audit_head, utc

_ACTION = re.compile(r"[a-z][a-z0-9.-]{0,63}")
_REFERENCE = re.compile(r"[A-Za-z]+/[A-Za-z0-9.-]{1,128}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}")
_PENDING = "audit"
_PAGE = 1000


class Event(Noun):
    """One event of the trail; ``actor`` is a person's id, ``subject`` whose chart it was about."""

    id: int
    at: datetime
    action: str
    outcome: Outcome
    actor: str | None = None
    role: Role | None = None
    subject: str | None = None
    entity: str | None = None
    purpose: str | None = None
    detail: dict[str, str] = Field(default_factory=dict)

    @field_validator("detail", mode="before")
    @classmethod
    def _read(cls, value: object) -> object:
        return orjson.loads(value) if isinstance(value, str) else value


class Told(Noun):
    """What an event tells, before it has its place in the trail: ``record``'s own parameters."""

    action: str
    outcome: Outcome = "success"
    actor: Actor | None = None
    subject: str | None = None
    entity: str | None = None
    detail: dict[str, str] = Field(default_factory=dict)
    purpose: str | None = None


class AuditTrail:
    """The trail, within one transaction: an event stands if and only if what it tells of does."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def record(
        self,
        action: str,
        outcome: Outcome,
        *,
        actor: Actor | None = None,
        subject: str | None = None,
        entity: str | None = None,
        detail: Mapping[str, str] | None = None,
        purpose: str | None = None,
    ) -> None:
        """Add an event.

        ``action`` is a short code such as ``sign``; ``subject`` and ``entity`` are references
        such as ``Patient/1`` and ``draft/7f3a``; ``detail`` maps codes to codes; ``purpose`` is a
        v3 PurposeOfUse code such as ``TREAT``. Anything that could hold free text is refused with
        ``InvalidInput``.
        """
        self._add(
            Told.model_construct(
                action=action,
                outcome=outcome,
                actor=actor,
                subject=subject,
                entity=entity,
                detail=dict(detail or {}),
                purpose=purpose,
            )
        )

    def record_many(self, events: Iterable[Told]) -> None:
        """Add many events at once, in their order."""
        for event in events:
            self._add(event)

    def _add(self, told: Told) -> None:
        _check(told)
        at = self._clock().astimezone(UTC)
        row = {
            "at": at,
            "action": told.action,
            "outcome": told.outcome,
            "actor": None if told.actor is None else told.actor.id,
            "role": None if told.actor is None else told.actor.role.value,
            "subject": told.subject,
            "entity": told.entity,
            "purpose": told.purpose,
            "detail": orjson.dumps(told.detail).decode(),
            "event": audit_event(
                at=at,
                action=told.action,
                outcome=told.outcome,
                actor=told.actor,
                subject=told.subject,
                entity=told.entity,
                detail=told.detail,
                purpose=told.purpose,
            ).decode(),
        }
        do_last(self._tx, _PENDING, self._append)
        self._tx.info.setdefault(_PENDING, []).append(row)

    def _append(self) -> None:
        """Put what this transaction recorded into the chain."""
        rows: list[dict[str, Any]] = self._tx.info.pop(_PENDING, [])
        if not rows:
            return
        number, previous = head(self._tx, lock=True)
        marked = number // EVERY
        for row in rows:
            number += 1
            row["id"] = number
            row["hash"] = previous = link(previous, said(row))
        self._tx.execute(insert(audit), rows)
        self._tx.execute(update(audit_head).values(id=number, hash=previous))
        if number // EVERY > marked:
            mark(self._tx, self._clock)

    def named(self, ids: Iterable[int]) -> list[Event]:
        """Return these events, oldest first; what was moved to an archive is not among them."""
        columns = [audit.c[name] for name in Event.model_fields]
        query = select(*columns).where(audit.c.id.in_(list(ids))).order_by(audit.c.id)
        rows = self._tx.execute(query).mappings()
        return [Event.model_validate({**row, "at": utc(row["at"])}) for row in rows]

    def list(  # noqa: PLR0913 (each is a filter, all by name)
        self,
        *,
        action: str | None = None,
        outcome: Outcome | None = None,
        actor: str | None = None,
        subject: str | None = None,
        entity: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        before: int | None = None,
        limit: int = 100,
    ) -> list[Event]:
        """Return the events that match, newest first, at most ``limit``.

        ``since`` is inclusive and ``until`` exclusive; ``before`` is the id of an event, to read
        the next page.
        """
        self._append()
        equal = {
            "action": action,
            "outcome": outcome,
            "actor": actor,
            "subject": subject,
            "entity": entity,
        }
        query = _matching(equal, since, until).order_by(audit.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.id < before)
        columns = [audit.c[name] for name in Event.model_fields]
        rows = self._tx.execute(query.with_only_columns(*columns)).mappings()
        return [Event.model_validate({**row, "at": utc(row["at"])}) for row in rows]

    def resources(
        self,
        *,
        action: str | None = None,
        outcome: Outcome | None = None,
        actor: str | None = None,
        subject: str | None = None,
        entity: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Iterator[tuple[Event, dict[str, Any], str]]:
        """Yield what matches, oldest first: the event, its FHIR ``AuditEvent``, its hash in hex.

        It reads a thousand at a time, so that a whole trail is never held.
        """
        self._append()
        equal = {
            "action": action,
            "outcome": outcome,
            "actor": actor,
            "subject": subject,
            "entity": entity,
        }
        query = _matching(equal, since, until).order_by(audit.c.id).limit(_PAGE)
        last = 0
        while True:
            rows = self._tx.execute(query.where(audit.c.id > last)).mappings().all()
            for row in rows:
                known = {name: row[name] for name in Event.model_fields}
                event = Event.model_validate({**known, "at": utc(row["at"])})
                last = event.id
                resource: dict[str, Any] = orjson.loads(row["event"])
                kind = resource.pop("resourceType")
                yield event, {"resourceType": kind, "id": str(last), **resource}, row["hash"].hex()
            if len(rows) < _PAGE:
                return


def _matching(
    equal: Mapping[str, str | None], since: datetime | None, until: datetime | None
) -> Select[Any]:
    query = select(audit)
    for name, value in equal.items():
        if value is not None:
            query = query.where(audit.c[name] == value)
    if since is not None:
        query = query.where(audit.c.at >= since)
    if until is not None:
        query = query.where(audit.c.at < until)
    return query


def _check(told: Told) -> None:
    _require(_ACTION, "action", told.action)
    for field, reference in (("subject", told.subject), ("entity", told.entity)):
        if reference is not None:
            _require(_REFERENCE, field, reference)
    for name, value in told.detail.items():
        _require(_CODE, "detail", name)
        _require(_CODE, "detail", value)
    if told.purpose is not None and told.purpose not in PURPOSES:
        raise InvalidInput("This is no code of PurposeOfUse.", where="purpose")


def _require(pattern: re.Pattern[str], field: str, value: str) -> None:
    if not pattern.fullmatch(value):
        raise InvalidInput("The audit trail takes codes and references, no free text.", where=field)
