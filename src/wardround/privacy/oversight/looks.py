"""When the trail was looked through, by whom, and what came of it: proof of a regular review."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from wardround.kernel import Actor, Clock, Noun, system_clock
from wardround.privacy.oversight.tables import looks
from wardround.security import AuditTrail, PurposeOfUse, utc


class Look(Noun):
    """One time: how many days were looked through, accesses in them, and new cases.

    Without a person it was the server.
    """

    at: datetime
    by: str | None
    days: int
    accesses: int
    new: int


class Looks:
    """The register, within one transaction; every look is audited."""

    def __init__(self, tx: Connection, clock: Clock = system_clock) -> None:
        self._tx = tx
        self._clock = clock

    def keep(self, days: int, accesses: int, new: int, by: Actor | None) -> None:
        """Keep that somebody, or the server, looked."""
        look = str(uuid4())
        self._tx.execute(
            insert(looks).values(
                id=look,
                at=self._clock(),
                by=None if by is None else by.id,
                days=days,
                accesses=accesses,
                new=new,
            )
        )
        AuditTrail(self._tx, self._clock).record(
            "sweep-access",
            "success",
            actor=by,
            entity=f"look/{look}",
            detail={"days": str(days), "accesses": str(accesses), "new": str(new)},
            purpose=PurposeOfUse.COMPLIANCE,
        )

    def last(self) -> Look | None:
        """Return the last time."""
        row = self._tx.execute(select(looks).order_by(looks.c.at.desc()).limit(1)).one_or_none()
        if row is None:
            return None
        known = {name: getattr(row, name) for name in Look.model_fields}
        return Look.model_validate(known | {"at": utc(row.at)})
