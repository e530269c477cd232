"""Figures of the trail: how far it goes back, how often something happened, who was last in."""

from datetime import datetime

from sqlalchemy import Connection, func, select

from wardround.kernel import Noun
from wardround.security.audit.balp import Outcome
from wardround.security.tables import audit, utc


class Extent(Noun):
    """From which event to which the trail goes, and since when."""

    first: int
    last: int
    since: datetime

    @property
    def events(self) -> int:
        """How many events there are: their numbers have no gap."""
        return self.last - self.first + 1


def trail_extent(tx: Connection) -> Extent | None:
    """Return how far the trail goes, or nothing where it is empty."""
    first, last = tx.execute(select(func.min(audit.c.id), func.max(audit.c.id))).one()
    if first is None:
        return None
    since = tx.execute(select(audit.c.at).where(audit.c.id == first)).scalar_one()
    return Extent(first=first, last=last, since=utc(since))


def count_events(
    tx: Connection,
    action: str,
    since: datetime,
    outcome: Outcome | None = None,
    code: str | None = None,
) -> int:
    """Return how often ``action`` was recorded; with ``code``, only where its detail has it."""
    query = select(func.count()).where(audit.c.action == action, audit.c.at >= since)
    if outcome is not None:
        query = query.where(audit.c.outcome == outcome)
    if code is not None:
        query = query.where(audit.c.detail.contains(f'"{code}"', autoescape=True))
    return int(tx.execute(query).scalar_one())


def last_sign_ins(tx: Connection, since: datetime) -> dict[str, datetime]:
    """Return when each person last signed in, of those who did since then."""
    query = select(audit.c.actor, func.max(audit.c.at)).where(
        audit.c.action == "sign-in", audit.c.outcome == "success", audit.c.at >= since
    )
    rows = tx.execute(query.group_by(audit.c.actor))
    return {actor: utc(at) for actor, at in rows if actor is not None}
