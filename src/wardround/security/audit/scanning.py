"""The trail read by its columns, oldest first: for a review of many events, of all or of one.

An event's own text is left where it is, and so is its hash: what is counted and compared needs
neither. Reading goes by an index of time (of one person, or of one patient, where that is asked
for) a part at a time, so that the length of the trail behind it does not matter.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, Select, and_, or_, select

from wardround.security.tables import audit, utc

_PART = 5000
_NOTHING: Mapping[str, str] = {}


class Glance(NamedTuple):
    """What the columns of one event say."""

    id: int
    at: datetime
    action: str
    outcome: str
    actor: str | None
    role: str | None
    subject: str | None
    entity: str | None
    purpose: str | None
    detail: Mapping[str, str]


def scan_trail(
    tx: Connection,
    since: datetime,
    until: datetime,
    *,
    actor: str | None = None,
    subject: str | None = None,
) -> Iterator[Glance]:
    """Yield the events from ``since`` to before ``until`` by their time; of one person or patient.

    What the transaction itself has recorded is not among them yet.
    """
    query = _asked(actor, subject).where(audit.c.at < until)
    begin, last = since, -1
    while True:
        # The first condition is the index's; what follows leaves out what was given before.
        after = or_(audit.c.at > begin, and_(audit.c.at == begin, audit.c.id > last))
        rows = tx.execute(query.where(audit.c.at >= begin, after)).all()
        for row in rows:
            detail = _NOTHING if row.detail == "{}" else orjson.loads(row.detail)
            begin, last = utc(row.at), row.id
            yield Glance(
                last,
                begin,
                row.action,
                row.outcome,
                row.actor,
                row.role,
                row.subject,
                row.entity,
                row.purpose,
                detail,
            )
        if len(rows) < _PART:
            return


def _asked(actor: str | None, subject: str | None) -> Select[Any]:
    columns = [audit.c[name] for name in Glance._fields]
    query = select(*columns).order_by(audit.c.at, audit.c.id).limit(_PART)
    if actor is not None:
        query = query.where(audit.c.actor == actor)
    if subject is not None:
        query = query.where(audit.c.subject == subject)
    return query
