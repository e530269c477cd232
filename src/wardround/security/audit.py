"""The audit trail: who did what to whose chart, when, and whether it was allowed.

It can only grow: triggers in the database refuse to change or remove an event. It holds ids and
codes, never a name or a word of a chart, so that it can be kept and read apart from the record.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from pydantic import Field
from sqlalchemy import Connection, insert, select

from wardround.kernel import Actor, Clock, InvalidInput, Noun, Role, system_clock
from wardround.security.tables import audit, utc

Outcome = Literal["success", "failure"]

_ACTION = re.compile(r"[a-z][a-z0-9.-]{0,63}")
_REFERENCE = re.compile(r"[A-Za-z]+/[A-Za-z0-9.-]{1,128}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/:-]{0,127}")


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
    detail: dict[str, str] = Field(default_factory=dict)


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
    ) -> None:
        """Add an event.

        ``action`` is a short code such as ``sign``; ``subject`` and ``entity`` are references
        such as ``Patient/1`` and ``draft/7f3a``; ``detail`` maps codes to codes. Anything that
        could hold free text is refused with ``InvalidInput``.
        """
        detail = dict(detail or {})
        _require(_ACTION, "action", action)
        for field, reference in (("subject", subject), ("entity", entity)):
            if reference is not None:
                _require(_REFERENCE, field, reference)
        for name, value in detail.items():
            _require(_CODE, "detail", name)
            _require(_CODE, "detail", value)
        self._tx.execute(
            insert(audit).values(
                at=self._clock(),
                action=action,
                outcome=outcome,
                actor=None if actor is None else actor.id,
                role=None if actor is None else actor.role.value,
                subject=subject,
                entity=entity,
                detail=detail,
            )
        )

    def list(  # noqa: PLR0913 (each is a filter, all by name)
        self,
        *,
        action: str | None = None,
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
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        equal = {"action": action, "actor": actor, "subject": subject, "entity": entity}
        for name, value in equal.items():
            if value is not None:
                query = query.where(audit.c[name] == value)
        if since is not None:
            query = query.where(audit.c.at >= since)
        if until is not None:
            query = query.where(audit.c.at < until)
        if before is not None:
            query = query.where(audit.c.id < before)
        return [
            Event.model_validate({**row, "at": utc(row["at"])})
            for row in self._tx.execute(query).mappings()
        ]


def _require(pattern: re.Pattern[str], field: str, value: str) -> None:
    if not pattern.fullmatch(value):
        raise InvalidInput("The audit trail takes codes and references, no free text.", where=field)
